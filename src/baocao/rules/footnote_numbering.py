"""Every footnote mark has its note, every note its mark, and both count on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from baocao.model import Cell, Document, Dossier, Finding, Kind, Mark, Passage, Severity, Span, Text
from baocao.rules.rule import rule

_AROUND = 40  # characters before a mark that show where it stands
_SHOWN = 120  # characters of a note that are marked
_FLAT = frozenset({".txt", ".md", ".pdf"})
_PLAIN = frozenset("0123456789")
_MANY = 3  # more orphans than this are a reading that failed, or notes left out on purpose: one remark is enough
_NO_MARK = Text(
    "Chú thích {stated} không có dấu nào trong bài dẫn tới; hãy kiểm tra số chú thích.",
    "No mark in the text leads to note {stated}; check the numbers of the notes.",
)
_TWICE = Text(
    "Dấu chú thích {stated} đứng ở hai chỗ; mỗi chú thích cần một số riêng.",
    "Note mark {stated} stands in two places; each note needs a number of its own.",
)
_SKIP = Text(
    "Sau chú thích {before} là chú thích {stated}, thiếu {expected}; hãy đánh số lại.",
    "Note {before} is followed by note {stated}, {expected} is missing; renumber.",
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A mark or a note: its number and where it stands."""

    number: int
    at: Span


@rule(
    Severity.ERROR,
    title=Text("Dấu chú thích và chú thích không khớp", "Footnote marks and notes that do not match"),
    says=Text(
        "Dấu chú thích {stated} không có chú thích tương ứng; hãy bổ sung chú thích hoặc bỏ dấu.",
        "Mark {stated} has no note; put the note back, or take the mark away.",
    ),
)
def footnote_numbering(dossier: Dossier) -> Iterator[Finding]:
    """A mark leads to one note."""
    for index, document in enumerate(dossier.documents):
        marks, notes = _marks(document, index), _notes(document, index)
        if not marks or not notes or len({note.number for note in notes}) < len(notes):
            continue  # without notes the marks are no footnotes; notes numbered page by page have no one number
        found = [*_orphans(marks, notes), *_twice(marks), *_gaps(notes, {mark.number for mark in marks})]
        if _is_marked_clearly(document):
            yield from found
        elif len(found) == 1 and (
            found[0].at.block in document.notes.values() or _ends_sentence(document, found[0].at)
        ):
            yield found[0]


def _is_marked_clearly(document: Document) -> bool:
    """Whether the marks cannot be taken for figures, nor figures for marks: raised in the file, or made by Word.

    Marks that are plain digits in a text ("giao thông 2.") are found by their order, and where more
    than one is amiss the order itself is in doubt.
    """
    if document.suffix not in _FLAT:
        return True
    marks = (mark for block in document.blocks if isinstance(block, Passage) for mark in block.marks)
    return not any(document.source[mark.source : mark.source + 1] in _PLAIN for mark in marks if mark.source >= 0)


def _ends_sentence(document: Document, before: Span) -> bool:
    """Whether a plain digit behind a span can only be a mark: at the end of a sentence, where nothing is counted."""
    following = document.holder(before).text[before.end : before.end + 1]
    return following in ("", ".") and not any(c.isdecimal() for c in document.text_of(before))


def _orphans(marks: list[_Place], notes: list[_Place]) -> Iterator[Finding]:
    with_note, with_mark = {note.number for note in notes}, {mark.number for mark in marks}
    for orphans, says in (
        ([mark for mark in marks if mark.number not in with_note], None),
        ([note for note in notes if note.number not in with_mark], _NO_MARK),
    ):
        sure = len(orphans) <= _MANY and len(orphans) * 4 <= len(notes)
        for orphan in orphans if sure else orphans[:1]:
            severity = Severity.ERROR if sure else Severity.WARNING
            yield footnote_numbering.finding(orphan.at, says=says, severity=severity, stated=str(orphan.number))


def _twice(marks: list[_Place]) -> Iterator[Finding]:
    times = Counter(mark.number for mark in marks)
    first: dict[int, _Place] = {}
    for mark in marks:
        if times[mark.number] > 1 and mark.number in first:
            yield footnote_numbering.finding(
                mark.at, says=_TWICE, severity=Severity.WARNING, also=(first[mark.number].at,), stated=str(mark.number)
            )
        first.setdefault(mark.number, mark)


def _gaps(notes: list[_Place], marked: set[int]) -> Iterator[Finding]:
    """Numbers that neither a note nor a mark carries."""
    ordered = sorted(notes, key=lambda note: note.number)
    for before, note in pairwise(ordered):
        missing = set(range(before.number + 1, note.number))
        if missing and not missing & marked:
            yield footnote_numbering.finding(
                note.at,
                says=_SKIP,
                severity=Severity.WARNING,
                also=(before.at,),
                stated=str(note.number),
                expected=str(before.number + 1),
                before=before.number,
            )


def _marks(document: Document, index: int) -> list[_Place]:
    found: list[_Place] = []
    for place, block in enumerate(document.blocks):
        if isinstance(block, Passage):
            found += [_mark(mark, Span(place, 0, 0, -1, index)) for mark in block.marks if mark.label.isdecimal()]
        else:
            for number, cell in enumerate(block.cells):
                found += _cell_marks(cell, Span(place, 0, 0, number, index))
    return found


def _cell_marks(cell: Cell, at: Span) -> list[_Place]:
    return [_mark(mark, at) for mark in cell.marks if mark.label.isdecimal()]


def _mark(mark: Mark, at: Span) -> _Place:
    return _Place(int(mark.label), at._replace(start=max(0, mark.at - _AROUND), end=mark.at))


def _notes(document: Document, index: int) -> list[_Place]:
    """The notes, each at its first passage (what goes on in further passages has no label)."""
    found: list[_Place] = []
    for place, block in enumerate(document.blocks):
        if not isinstance(block, Passage) or block.kind is not Kind.NOTE or not block.label.isdecimal():
            continue
        if document.notes.get(block.label, place) == place:
            found.append(_Place(int(block.label), Span(place, 0, min(len(block.text), _SHOWN), -1, index)))
    return found
