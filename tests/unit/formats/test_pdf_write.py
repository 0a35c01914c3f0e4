"""What the printed pages look like, measured on the PDF: where numbers, rules, margins and tables come to stand."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from baocao.formats import NeedsProgram, Unreadable, docx_write, pdf_write, read
from baocao.formats.pdf_dates import dated
from tests.unit.formats.large_draft import DRAFTED, large_draft

pdfplumber = pytest.importorskip("pdfplumber", reason="pdfplumber is not installed: printed pages were not measured")
needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: nothing was printed"
)
MILLIMETRE = 72 / 25.4
DRAFT = large_draft(sections=3, annexes=2, rows=40)


@pytest.fixture(scope="module")
def printed() -> bytes:
    return pdf_write.converted(docx_write.written(DRAFT, DRAFTED))


@pytest.fixture(scope="module")
def pages(printed: bytes) -> Iterator[list]:  # type: ignore[type-arg]
    with pdfplumber.open(io.BytesIO(printed)) as document:
        yield list(document.pages)


def line_of(page, text: str):  # type: ignore[no-untyped-def]
    """The first line of a page that holds the text."""
    return next(line for line in page.extract_text_lines() if text in line["text"])


def rule_below(page, line, reach: float = 8):  # type: ignore[no-untyped-def]
    """The horizontal rule right below a line of text."""
    drawn = [edge for edge in page.edges if edge["orientation"] == "h"]
    return next(edge for edge in drawn if 0 <= edge["top"] - line["bottom"] < reach and edge["x0"] < line["x1"] + 90)


def middle(thing) -> float:  # type: ignore[no-untyped-def]
    return float(thing["x0"] + thing["x1"]) / 2


@needs_libreoffice
def test_the_first_page_has_no_number_and_the_others_one_in_the_middle_of_the_top_margin(pages) -> None:  # type: ignore[no-untyped-def]
    tops = [page.crop((0, 0, page.width, 17 * MILLIMETRE)).extract_text_lines() for page in pages]
    standing = [page for page in pages if page.width < page.height]
    assert [[line["text"] for line in lines] for lines in tops[: len(standing)]] == [
        [] if place == 1 else [str(place)] for place in range(1, len(standing) + 1)
    ]
    for page, lines in zip(pages, tops, strict=True):
        right = (15 if page.width > page.height else 20) * MILLIMETRE
        for line in lines:
            assert middle(line) == pytest.approx((30 * MILLIMETRE + page.width - right) / 2, abs=1)
            assert 8 * MILLIMETRE < line["top"] < 16 * MILLIMETRE
            assert 13 <= line["chars"][0]["size"] <= 14


@needs_libreoffice
def test_annexes_lie_on_their_side_count_anew_and_repeat_their_heads(pages) -> None:  # type: ignore[no-untyped-def]
    lying = [page for page in pages if page.width > page.height]
    assert {(round(page.width / MILLIMETRE), round(page.height / MILLIMETRE)) for page in lying} == {(297, 210)}
    numbers = [page.crop((0, 0, page.width, 17 * MILLIMETRE)).extract_text() for page in lying]
    assert numbers == ["", "2", "", "2"]
    for page in lying:
        assert "Chỉ tiêu" in page.extract_text()
        assert "HĐND xã" in page.extract_text()
    firsts = [page.extract_text().splitlines()[:3] for page in lying[::2]]
    assert [lines[0] for lines in firsts] == ["Phụ lục I", "Phụ lục II"]
    assert firsts[0][2] == "(Kèm theo Báo cáo số 07/BC-UBND ngày 05 tháng 12 năm 2025)"


@needs_libreoffice
def test_nothing_leaves_the_margins(pages) -> None:  # type: ignore[no-untyped-def]
    for page in pages:
        right = 15 if page.width > page.height else 20
        letters = [char for char in page.chars if char["text"].strip() and char["top"] > 20 * MILLIMETRE]
        assert min(char["x0"] for char in letters) >= 30 * MILLIMETRE - 0.6
        assert max(char["x1"] for char in letters) <= page.width - right * MILLIMETRE + 0.6
        assert max(char["bottom"] for char in letters) <= page.height - 20 * MILLIMETRE + 0.6


@needs_libreoffice
def test_rules_are_as_long_as_the_decree_wants(pages) -> None:  # type: ignore[no-untyped-def]
    first = pages[0]
    half = first.width * 0.48
    right = first.crop((half, 0, first.width, first.height / 3))
    motto = line_of(right, "Độc lập - Tự do - Hạnh phúc")
    rule = rule_below(right, motto)
    assert rule["width"] == pytest.approx(motto["x1"] - motto["x0"], rel=0.02)
    assert middle(rule) == pytest.approx(middle(motto), abs=1)
    left = first.crop((0, 0, half, first.height / 3))
    number = line_of(left, "Số: 07")
    issuers = [
        line
        for line in left.extract_text_lines()
        if line["bottom"] < number["top"] and line["chars"][0]["fontname"].endswith("Bold")
    ]
    longest = max(line["x1"] - line["x0"] for line in issuers)
    rule = rule_below(left, issuers[-1])
    assert 1 / 3 <= rule["width"] / longest <= 1 / 2
    assert middle(rule) == pytest.approx(middle(issuers[-1]), abs=1)
    summary = [line_of(first, "Tình hình phát triển"), line_of(first, "nhiệm vụ năm 2026")]
    rule = rule_below(first, summary[-1])
    assert 1 / 3 <= rule["width"] / max(line["x1"] - line["x0"] for line in summary) <= 1 / 2


@needs_libreoffice
def test_who_signs_stands_beside_who_gets_it_with_the_last_words(pages) -> None:  # type: ignore[no-untyped-def]
    page = next(page for page in pages if "Nơi nhận:" in page.extract_text())
    text = page.extract_text()
    assert "xã Đồng Sáng./." in text
    assert text.index("TM. ỦY BAN NHÂN DÂN") < text.index("KT. CHỦ TỊCH") < text.index("Nông Văn Tưởng")
    left, right = line_of(page, "Nơi nhận:"), line_of(page, "Nông Văn Tưởng")
    assert left["chars"][0]["x0"] == pytest.approx(30 * MILLIMETRE, abs=1)
    assert right["x0"] > page.width / 2
    assert (round(left["chars"][0]["size"]), left["chars"][0]["fontname"].split("+")[1]) == (
        12,
        "LiberationSerif-BoldItalic",
    )


@needs_libreoffice
def test_only_one_family_of_letters_is_inside(printed: bytes, tmp_path: Path) -> None:
    if shutil.which("pdffonts") is None:
        pytest.skip("poppler is not installed: the fonts of the PDF were not listed")
    path = tmp_path / "a.pdf"
    path.write_bytes(printed)
    listed = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert listed
    for line in listed:
        assert re.match(r"[A-Z]{6}\+LiberationSerif\S*\s+TrueType\s+WinAnsi\s+yes yes yes", line), line


@needs_libreoffice
def test_every_figure_is_in_the_text_of_the_pdf(printed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(printed)
    source = read(path).source
    lost = [number.text for number in DRAFT.numbers if number.text not in source]
    assert lost == []


@needs_libreoffice
def test_the_same_file_makes_the_same_pdf_for_the_archive(printed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    assert pdf_write.converted(docx_write.written(DRAFT, DRAFTED)) == printed
    assert b"<pdfaid:part>2</pdfaid:part>" in printed
    assert b"/CreationDate(D:20251220083000Z')" in printed


@needs_libreoffice
def test_a_pdf_may_be_plain(tmp_path: Path) -> None:
    short = replace(DRAFT, blocks=DRAFT.blocks[:5], annexes=())
    plain = pdf_write.converted(docx_write.written(short, DRAFTED), for_archive=False)
    assert plain.startswith(b"%PDF-1.")
    assert b"pdfaid" not in plain


def test_without_libreoffice_its_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NeedsProgram) as refused:
        pdf_write.converted(b"")
    assert refused.value.package == "libreoffice-writer-nogui"
    assert "Word" in refused.value.text.vi


@needs_libreoffice
def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(Unreadable):
        pdf_write.converted(b"no package")


def test_a_pdf_of_another_make_is_left_as_it_is() -> None:
    assert dated(b"%PDF-1.7 other", "2025-12-20T08:30:00Z", b"x") == b"%PDF-1.7 other"
    assert dated(b"/CreationDate(D:20200101000000Z')", "", b"x") == b"/CreationDate(D:20200101000000Z')"
