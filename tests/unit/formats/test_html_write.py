"""A draft on the screen: nothing asked for outside, notes linked both ways, every figure told, words never markup."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest

from baocao.formats import html_write
from baocao.model.draft import (
    Align,
    Chart,
    ChartKind,
    Column,
    Draft,
    Grid,
    GridCell,
    Heading,
    Manner,
    Narrative,
    Paragraph,
    Series,
    Words,
)
from tests.unit.formats.large_draft import HEAD, RECIPIENTS, SIGNATURE, large_draft
from tests.unit.formats.test_docx_write import HOSTILE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_EMPTY = {"meta", "col", "br", "rect", "circle", "line", "polyline"}


class Reading(HTMLParser):
    """What a page holds: its elements with their attributes, its text, and whether all is closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _EMPTY:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _EMPTY:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] != ["style"]:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def draft_of(*blocks) -> Draft:  # type: ignore[no-untyped-def]
    return Draft(HEAD, blocks, SIGNATURE, RECIPIENTS)


@pytest.fixture(scope="module")
def page() -> str:
    return html_write.written(large_draft(sections=6, annexes=2, rows=5))


def test_nothing_is_asked_for_outside(page: str) -> None:
    reading = Reading(page)
    asked = [name for _, attributes in reading.elements for name in attributes if name in ("src", "srcset", "data")]
    assert asked == []
    assert all((link["href"] or "").startswith("#") for link in reading.all("a"))
    assert "default-src 'none'" in page
    assert "url(" not in page
    assert not any("style" in attributes for _, attributes in reading.elements)
    assert reading.all("script") == []


def test_notes_are_linked_both_ways(page: str) -> None:
    reading = Reading(page)
    ids = [attributes["id"] for _, attributes in reading.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [(link["href"] or "")[1:] for link in reading.all("a")]
    assert set(links) <= set(ids)
    marks = [link for link in links if link.startswith("note-")]
    assert marks == [f"note-{place}" for place in range(1, len(marks) + 1)]
    assert [link for link in links if link.startswith("mark-")] == [mark.replace("note", "mark") for mark in marks]


def test_every_figure_says_its_value_and_where_it_is_from(page: str) -> None:
    draft = large_draft(sections=6, annexes=2, rows=5)
    shown = Reading(page).all("data")
    numbers = list(draft.numbers)
    assert sorted(element["value"] or "" for element in shown) == sorted(f"{number.value:f}" for number in numbers)
    titles = {element["title"] for element in shown}
    assert f"{numbers[0].name} ({numbers[0].source.addresses[0]})" in titles


@pytest.mark.parametrize("text", HOSTILE)
def test_words_are_never_markup(text: str) -> None:
    grid = Grid((Column(Decimal(1)),), ((GridCell((Words(text),)),),), ((GridCell((Words(text),)),),), text)
    chart = Chart(ChartKind.LINE, text, text, (text, "b"), (Series(text, (Decimal(-1), None)),))
    written = html_write.written(draft_of(Heading(1, text, text), Paragraph((Words(text),)), grid, chart))
    reading = Reading(written)
    written.encode("utf-8")
    assert len(reading.all("b")) == len(Reading(html_write.written(draft_of(Paragraph((Words("x"),))))).all("b"))


def test_a_column_keeps_its_side_below_a_span() -> None:
    columns = (Column(Decimal(1), Align.LEFT), Column(Decimal(1), Align.LEFT), Column(Decimal(1), Align.RIGHT))
    rows = ((GridCell((Words("a"),), 1, 2), GridCell(), GridCell()), (GridCell((Words("b"),)), GridCell((Words("9"),))))
    cells = Reading(html_write.written(draft_of(Grid(columns, (), rows)))).all("td")
    assert [cell.get("class") for cell in cells] == [None, None, "right", None, "right"]


def test_dashes_stand_once_and_the_text_ends() -> None:
    text = Reading(
        html_write.written(draft_of(Paragraph((Words("- Lúa"),), Manner.DASH), Paragraph((Words("Hết."),))))
    ).text
    assert "- Lúa" in text
    assert "- - " not in text
    assert "Hết./." in text


def test_what_people_have_still_to_write_is_asked_for() -> None:
    waiting = (Narrative("a", (), "nguyên nhân & trách nhiệm"), Narrative("b", (Paragraph((Words("Có lời."),)),), "x"))
    page = html_write.written(Draft(HEAD, waiting, SIGNATURE, RECIPIENTS))
    assert re.findall(r'<p class="suggested asked">(.*?)</p>', page) == ["[Cần viết: nguyên nhân &amp; trách nhiệm]"]


def test_headings_follow_each_other(page: str) -> None:
    levels = [int(tag[1]) for tag, _ in Reading(page).elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1


def test_a_chart_is_told_in_words() -> None:
    chart = Chart(ChartKind.COLUMN, "Diện tích", "ha", ("Lúa", "Ngô"), (Series("2025", (Decimal("12.5"), None)),))
    picture = Reading(html_write.written(draft_of(chart))).all("svg")[0]
    assert picture["aria-label"] == "2025: Lúa 12,5, Ngô không có số liệu"


def test_a_chart_without_figures_is_not_drawn() -> None:
    chart = Chart(ChartKind.BAR, "Diện tích", "ha", ("Lúa",), (Series("2025", (None,)),))
    assert Reading(html_write.written(draft_of(chart))).all("svg") == []


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: axe-core was not run on the draft's page")
def test_axe_finds_nothing(page: str, tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: axe-core was not run")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")
    file = tmp_path / "draft.html"
    file.write_text(page, encoding="utf-8")
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for width in (360, 1440):
            # axe is put into the page as a script, which the page's own policy forbids
            tab = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True).new_page()
            asked: list[str] = []
            tab.on("request", lambda request, asked=asked: asked.append(request.url))
            tab.goto(file.as_uri())
            results = axe.Axe().run(tab)
            assert results.violations_count == 0, results.generate_report()
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert asked == [file.as_uri()]
        browser.close()


def test_a_chart_names_its_colours_without_one_over_the_other_and_figures_without_noughts() -> None:
    names = ("Giá trị sản xuất nông, lâm nghiệp và thủy sản", "Giá trị sản xuất công nghiệp và xây dựng", "Dịch vụ")
    series = tuple(Series(name, (Decimal("584.00"), Decimal("12.50"))) for name in names)
    page = html_write.written(draft_of(Chart(ChartKind.BAR, "Giá trị", "tỷ đồng", ("Quý I", "Quý II"), series)))
    at = [page.index(f">{name}</text>") for name in names]
    places = [re.findall(r'<text x="(\d+)" y="(\d+)"', page[: one + 1])[-1] for one in at]
    for (x, y), (next_x, next_y), name in zip(places, places[1:], names, strict=False):
        assert int(next_y) > int(y) or int(next_x) > int(x) + 5 * len(name)
    assert ">584</text>" in page
    assert ">12,5</text>" in page


def test_a_broad_table_is_as_broad_as_its_columns_need() -> None:
    columns = (Column(Decimal(1)), Column(Decimal(4)), *[Column(Decimal(1))] * 6)
    row = tuple(GridCell((Words("a"),)) for _ in columns)
    page = html_write.written(draft_of(Grid(columns, (row,), (row,))))
    assert '<table class="broad">' in page
    assert '<col width="36%">' in page
