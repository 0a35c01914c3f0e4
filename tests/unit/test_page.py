"""The page: everything escaped, nothing from outside, every finding beside its words."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import html

from baocao.model import Document, Finding, Passage, Run, Severity, Span, Table, Text
from baocao.showing.page import GENERATOR, page
from tests.unit import sample_report as sample

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

HOSTILE = "<img src=x onerror=alert(1)>\"'&{{script}}</script><!--"


@pytest.fixture
def shown(tmp_path: Path) -> str:
    document = sample.document(tmp_path)
    return page(0, sample.findings(document), (document,), sample.TITLES, "vi", accepted=2)


def test_every_finding_stands_beside_its_own_paragraph(shown: str) -> None:
    tree = html.fromstring(shown)
    cards = tree.xpath("//*[contains(@class, 'finding')]")
    assert [card.get("data-severity") for card in cards] == ["error", "warning", "note"]
    for card in cards:
        row = next(card.iterancestors("div", "main")).getparent()
        assert row.xpath(f".//mark[contains(concat(' ', @data-f, ' '), ' {card.get('data-f')} ')]")


def test_the_report_is_shown_word_for_word(shown: str, tmp_path: Path) -> None:
    document = sample.document(tmp_path)
    words = re.sub(r"\s+", "", html.fromstring(shown).find(".//main").text_content())
    for block in document.blocks:
        assert isinstance(block, Passage)
        first = block.text[: block.marks[0].at] if block.marks else block.text
        assert re.sub(r"\s+", "", first) in words


def test_note_marks_lead_to_their_notes(shown: str) -> None:
    tree = html.fromstring(shown)
    (mark,) = tree.xpath("//sup/a")
    (row,) = tree.xpath(f"//*[@id='{mark.get('href')[1:]}']")
    assert "210 ha lúa xuân" in row.text_content()


def test_the_policy_allows_the_pages_own_style_and_script_and_nothing_else(shown: str) -> None:
    tree = html.fromstring(shown)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    for tag in ("style", "script"):
        text = re.search(rf"<{tag}>(.*?)</{tag}>", shown, re.DOTALL)
        assert text is not None
        digest = base64.b64encode(hashlib.sha256(text[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not tree.xpath("//@src | //link | //@style | //@onclick")
    assert all(link.startswith("#") for link in tree.xpath("//@href"))
    assert "url(" not in shown


def test_the_page_says_who_made_it(shown: str) -> None:
    assert GENERATOR in shown.encode()[:2048]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_hostile_text_stays_text_wherever_it_stands(lang: str) -> None:
    block = Passage(HOSTILE, (Run(0, 0, len(HOSTILE)),))
    document = Document(HOSTILE, HOSTILE, (block,), title=HOSTILE)
    span = Span(0, 0, len(HOSTILE))
    finding = Finding(HOSTILE, Severity.ERROR, span, Text(HOSTILE, HOSTILE), (), (span,), HOSTILE, HOSTILE, HOSTILE)
    shown = page(0, (finding,), (document,), {HOSTILE: Text(HOSTILE, HOSTILE)}, "vi" if lang == "vi" else "en")
    tree = html.fromstring(shown)
    assert not tree.xpath("//img | //@onerror | //comment()")
    assert len(tree.xpath("//script")) == 1
    assert tree.find(".//main").text_content().count(HOSTILE) >= 2


def test_a_clean_report_says_so_and_needs_no_bar(tmp_path: Path) -> None:
    document = sample.document(tmp_path)
    shown = page(0, (), (document,), {}, "en")
    assert "No findings" in shown
    assert html.fromstring(shown).get("lang") == "en"


def test_tables_keep_their_empty_and_merged_cells() -> None:
    document = sample.with_table()
    tree = html.fromstring(page(0, (), (document,), {}, "vi"))
    rows = [[cell.text_content() for cell in row] for row in tree.xpath("//table/tr")]
    assert rows[2] == ["Sản lượng", "", "2.120"]
    assert tree.xpath("//table/caption")[0].text == "Biểu 01"


def test_a_long_table_shows_its_head_and_the_rows_with_findings() -> None:
    from baocao.model import Cell

    cells = tuple(Cell(str(row), (Run(0, row * 7, len(str(row))),), row, 0) for row in range(5000))
    document = Document("dài.xlsx", "", (Table(cells, 5000, 1),))
    finding = Finding("ratio", Severity.ERROR, Span(0, 0, 4, cell=4000), Text("a", "a"))
    shown = html.fromstring(page(0, (finding,), (document,), {}, "vi"))
    rows = [row.text_content() for row in shown.xpath("//table/tr")]
    assert "4000" in rows
    assert len(rows) < 40
    assert sum("không có phát hiện" in row for row in rows) == 2


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: the page was not opened in a browser")
def test_a_browser_runs_the_page_without_a_complaint(shown: str, tmp_path: Path) -> None:
    """The script takes the bar out of hiding, which it can only do when the policy lets it run."""
    assert CHROMIUM is not None
    (tmp_path / "page.html").write_text(shown, encoding="utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--dump-dom"]
    run = subprocess.run(
        [*command, (tmp_path / "page.html").as_uri()], capture_output=True, text=True, timeout=60, check=True
    )
    assert '<nav class="bar" aria-label="Đi qua và lọc các phát hiện">' in run.stdout
    assert "– / 3" in run.stdout
    assert "CONSOLE" not in run.stderr
