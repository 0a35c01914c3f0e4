"""The terminal: what a reviewer reads, in colour and plain."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from baocao.model import Document, Finding, Severity, Span, Text
from baocao.showing import claims, terminal
from baocao.showing.place import Places, excerpt
from tests.unit import sample_report as sample


@pytest.fixture
def document(tmp_path: Path) -> Document:
    return sample.document(tmp_path)


def _shown(document: Document, lang: str = "vi") -> str:
    out = io.StringIO()
    findings = sample.findings(document)
    lines = terminal.lines(
        document.name, findings, (document,), sample.TITLES, "en" if lang == "en" else "vi", accepted=2
    )
    terminal.show(lines, out)
    return out.getvalue()


def test_a_finding_shows_its_place_its_sentence_its_arithmetic_and_its_key(document: Document) -> None:
    shown = _shown(document)
    key = sample.findings(document)[0].key((document,))
    assert "1 lỗi · 1 cảnh báo · 1 lưu ý · 2 đã chấp nhận" in shown
    assert "LỖI  Tỷ lệ phần trăm\n" in shown
    assert f"    ratio #{key}\n" in shown
    assert "I. LĨNH VỰC KINH TẾ › 1. Sản xuất nông nghiệp" in shown
    assert "đạt ⟦99,1%⟧ kế hoạch" in shown
    assert "412 / 430 = 95,8% (báo cáo ghi 99,1%)" in shown


def test_english_is_complete(document: Document) -> None:
    shown = _shown(document, "en")
    assert "1 error · 1 warning · 1 note · 2 accepted" in shown
    assert "the report says 99,1%" in shown


@pytest.mark.parametrize("width", [80, 120])
def test_colours_fold_to_the_window_and_no_word_is_lost(
    document: Document, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = re.sub(r"[⟦⟧\s]", "", _shown(document))
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = _shown(document)
    assert "\x1b[" in coloured
    bare = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert max(map(len, bare.splitlines())) <= width
    assert re.sub(r"\s", "", bare) == plain
    assert not any(line.endswith(" ") for line in bare.splitlines())


def test_no_color_is_respected(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in _shown(document)


def test_a_note_is_named_by_its_number(document: Document) -> None:
    assert Places(document).of(sample.place_of(document, "210 ha lúa xuân"), "vi") == "chú thích 1"


def test_a_table_row_is_named_by_its_first_words() -> None:
    document = sample.with_table()
    span = Span(0, 0, 3, cell=4)
    assert Places(document).of(span, "vi") == "bảng Biểu 01 › dòng “Diện tích lúa”"
    finding = Finding("ratio", Severity.ERROR, span, Text("a", "b"), marked=(span,))
    assert "".join(piece.text for piece in excerpt(document, finding)) == "Diện tích lúa | 430 | 412"


def test_a_long_sentence_is_cut_around_what_is_said_of_it() -> None:
    from baocao.model import Passage, Run

    text = "chữ " * 500 + "đạt 97,5% kế hoạch" + " chữ" * 500
    document = Document("a.txt", text, (Passage(text, (Run(0, 0, len(text)),)),))
    start = text.index("đạt")
    finding = Finding("ratio", Severity.ERROR, Span(0, start, start + 18), Text("a", "b"))
    shown = "".join(piece.text for piece in excerpt(document, finding))
    assert len(shown) < 500
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "đạt 97,5% kế hoạch" in shown


def test_claims_are_told_with_their_derivation(tmp_path: Path) -> None:
    from baocao import desk

    document = sample.document(tmp_path)
    reading = desk.read(Path(document.name))
    out = io.StringIO()
    terminal.show(claims.lines(reading.document, reading.claims, "vi", explain=True), out)
    assert "412 / 430" in out.getvalue()
    assert "giá trị suy ra: 95,8" in out.getvalue()
