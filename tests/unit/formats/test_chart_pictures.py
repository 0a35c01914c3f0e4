"""Charts drawn for the printed file: the figures of the Word file, none changed, in their places."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from baocao.formats import docx_write, docx_write_charts, pdf_write_pictures
from baocao.formats.chart_pictures import picture
from baocao.formats.chart_scales import scale_of
from baocao.formats.docx_charts import chart_of
from baocao.model.draft import Chart, ChartKind, Draft, Series
from tests.unit.formats.large_draft import DRAFTED, HEAD, RECIPIENTS, SIGNATURE

SVG = "{http://www.w3.org/2000/svg}"
WIDTH, HEIGHT = Decimal(450), Decimal(180)


def chart(kind: ChartKind, *rows: tuple[str | None, ...], names: tuple[str, ...] = ()) -> Chart:
    series = tuple(
        Series(f"Sản lượng {place}", tuple(None if value is None else Decimal(value) for value in row))
        for place, row in enumerate(rows)
    )
    return Chart(kind, "Sản lượng & giá trị (tấn)", "", names or tuple(f"T{at}" for at in range(len(rows[0]))), series)


CHARTS = [
    chart(ChartKind.COLUMN, ("1204.5", "956", None), ("12", "0", "7.25")),
    chart(ChartKind.BAR, ("32659", "14545"), names=("Phường Suối <Vàng>", "Xã Núi Mây")),
    chart(ChartKind.LINE, ("3", None, "-2", "1")),
]


def drawn(one: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(picture(one, WIDTH, HEIGHT))


def words(one: Chart) -> list[str]:
    return [found.text or "" for found in drawn(one).iter(f"{SVG}text")]


def boxes(one: Chart, side: str) -> list[Decimal]:
    return [Decimal(found.get(side, "")) for found in drawn(one).iter(f"{SVG}rect")][1:]


@pytest.mark.parametrize("one", CHARTS)
def test_a_chart_comes_back_from_a_word_file_as_it_was_drafted(one: Chart) -> None:
    assert chart_of(docx_write_charts.part(one).encode()) == one


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"<c:v>956</c:v>", b"<c:v>9E2</c:v>"), (b"1F4E79", b"FF0000"), (b"</c:chart>", b""), (b"<c:ser>", b"<c:x>")],
)
def test_a_chart_that_was_changed_is_none_of_ours(before: bytes, after: bytes) -> None:
    content = docx_write_charts.part(CHARTS[0]).encode()
    assert before in content
    assert chart_of(content.replace(before, after)) is None


def test_every_figure_name_and_colour_is_in_the_picture() -> None:
    shown = words(CHARTS[0])
    assert {"1.204,50", "956,00", "12,00", "7,25", "T0", "T1", "T2", "Sản lượng 0", "Sản lượng 1"} <= set(shown)
    assert "Sản lượng & giá trị (tấn)" in shown
    assert {"32.659", "14.545", "Phường Suối <Vàng>", "Xã Núi Mây"} <= set(words(CHARTS[1]))


def test_bars_are_as_long_as_their_figures() -> None:
    first, second = boxes(CHARTS[1], "width")
    assert abs(first / second - Decimal(32659) / 14545) < Decimal("0.001")
    tall = boxes(chart(ChartKind.COLUMN, ("200", "50", "-100")), "height")
    assert [round(one / tall[1], 1) for one in tall] == [4, 1, 2]


def test_a_line_is_broken_where_there_is_no_figure() -> None:
    thick = [one for one in drawn(CHARTS[2]).iter(f"{SVG}line") if one.get("stroke-width") == "2.25"]
    assert len(thick) == 1
    assert len(list(drawn(CHARTS[2]).iter(f"{SVG}circle"))) == 3


def test_everything_lies_inside_the_picture() -> None:
    many = chart(ChartKind.COLUMN, *[tuple(str(1000 * place + at) for at in range(12)) for place in range(3)])
    for one in (*CHARTS, many):
        for found in drawn(one).iter(f"{SVG}text"):
            assert 0 < Decimal(found.get("x", "")) < WIDTH
            assert 0 < Decimal(found.get("y", "")) <= HEIGHT


@pytest.mark.parametrize(
    ("kind", "values", "ticks"),
    [
        (ChartKind.COLUMN, ("0", "3"), ["0", "1", "2", "3"]),
        (ChartKind.COLUMN, ("1922.3", "584"), ["0", "500", "1.000", "1.500", "2.000"]),
        (ChartKind.COLUMN, ("0.25", "0.1"), ["0", "0,05", "0,10", "0,15", "0,20", "0,25"]),
        (ChartKind.LINE, ("94.26", "96.89"), ["92", "93", "94", "95", "96", "97"]),
        (ChartKind.COLUMN, ("94.26", "96.89"), ["0", "20", "40", "60", "80", "100"]),
        (ChartKind.BAR, ("165", "176"), ["0", "50", "100", "150", "200"]),
        (ChartKind.COLUMN, ("-30", "40"), ["-40", "-20", "0", "20", "40"]),
        (ChartKind.COLUMN, ("0", "0"), ["0", "1"]),
    ],
)
def test_an_axis_goes_by_round_figures_and_bars_begin_at_nought(
    kind: ChartKind, values: tuple[str, ...], ticks: list[str]
) -> None:
    scale = scale_of(chart(kind, values), 5, Decimal(0))
    assert [scale.printed(tick) for tick in scale.ticks()] == ticks


def test_the_greatest_figure_has_room_over_its_bar() -> None:
    scale = scale_of(chart(ChartKind.COLUMN, ("1990",)), 5, Decimal("0.1"))
    assert scale.share(Decimal(1990)) <= Decimal("0.9")


def test_a_chart_that_word_changed_is_left_to_libreoffice() -> None:
    draft = Draft(HEAD, (CHARTS[0], CHARTS[1]), SIGNATURE, RECIPIENTS)
    with zipfile.ZipFile(io.BytesIO(docx_write.written(draft, DRAFTED))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert "word/charts/chart2.xml" in parts
    parts["word/charts/chart2.xml"] = parts["word/charts/chart2.xml"].replace(b"1F4E79", b"FF0000")
    made = pdf_write_pictures.drawn(parts)
    assert "word/media/rIdChart1.svg" in made
    assert "word/charts/chart1.xml" not in made
    assert b"charts/chart1.xml" not in made["word/_rels/document.xml.rels"] + made["[Content_Types].xml"]
    assert made["word/charts/chart2.xml"] == parts["word/charts/chart2.xml"]
    assert made["word/document.xml"].count(b"<c:chart ") == made["word/document.xml"].count(b"<pic:pic ") == 1
    assert "32.659" not in "".join(content.decode() for name, content in made.items() if name.endswith(".svg"))
