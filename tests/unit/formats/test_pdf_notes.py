"""Remarks in a copy of a PDF: on their very words, or by themselves where the words are not found."""

from __future__ import annotations

from pathlib import Path

from baocao.formats import pdf, pdf_notes
from baocao.formats.pdf_notes import Remark
from tests.unit.formats.pdf_files import Words, notes_in, write_pdf

ON_WORDS, ALONE = 9, 1
LINES = (
    "Thu ngân sách 50 tỷ đồng, đạt 95% kế hoạch.",
    "Thu nội địa 20 tỷ đồng, đạt 95% kế hoạch",
    "được giao; chi 30 tỷ đồng.",
)


def drawn(path: Path) -> Path:
    return write_pdf(path, [[Words(line, 72, 700 - 20 * at) for at, line in enumerate(LINES)]])


def remarks_on(text: str, *words: tuple[str, int]) -> list[Remark]:
    """A remark on each stretch of words, the so-manieth of its kind."""
    found = []
    for stretch, nth in words:
        at = -1
        for _ in range(nth):
            at = text.index(stretch, at + 1)
        found.append(Remark(at, at + len(stretch), (f"về “{stretch}”", f"lần {nth}")))
    return found


def test_a_remark_stands_on_its_words_also_where_these_are_said_twice(tmp_path: Path) -> None:
    source, target = drawn(tmp_path / "a.pdf"), tmp_path / "b.pdf"
    text = pdf.read(source, "a.pdf").source
    remarks = remarks_on(text, ("95%", 1), ("95%", 2), ("30 tỷ", 1))
    assert pdf_notes.annotate(source, target, text, remarks, "baocao") == 3
    assert notes_in(target) == [(ON_WORDS, "\n".join(one.lines)) for one in remarks]
    assert notes_in(source) == [], "the file itself stays as it is"
    assert pdf.read(target, "b.pdf").source == text


def test_words_that_are_not_there_have_a_note_of_their_own(tmp_path: Path) -> None:
    source, target = drawn(tmp_path / "a.pdf"), tmp_path / "b.pdf"
    text = "Một câu không có trong tệp: 77 tỷ đồng."
    assert pdf_notes.annotate(source, target, text, remarks_on(text, ("77 tỷ", 1), ("Một câu", 1)), "baocao") == 0
    assert [kind for kind, _ in notes_in(target)] == [ALONE, ALONE]
