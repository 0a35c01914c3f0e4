"""Changes whose figures stand apart: last year's in a note, this year's before the note's mark, rates in a row.

What is told in a row is matched in its order: the first change with the first figure, and so on.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from baocao.grammar.lexing import QUANTITY, Quantum
from baocao.grammar.neighbours import akin, before, row_of
from baocao.grammar.paper import Paper
from baocao.grammar.stretch import Stretch
from baocao.model import Figure

Owners = dict[str, tuple[Stretch, int]]  # where the mark of a note stands
Times = tuple[Figure, Figure]  # the figure before and the figure after


def in_note(paper: Paper, stretch: Stretch, index: int, moves: Container[int]) -> Times | None:
    """ "19 vụ, 11 người chết; giảm 03 vụ, 02 người chết¹" with the note "Năm trước 22 vụ, 13 người chết"."""
    if not stretch.marks:
        return None
    row = [i for i in row_of(stretch, index, moves) if not stretch.quantum(i).is_percent]
    levels = [
        i for i in before(stretch, row[0])
        if stretch.kinds[i] == QUANTITY and not stretch.quantum(i).is_percent
    ][::-1][-len(row) :]  # fmt: skip
    for note in _notes_of(paper, stretch, index):
        bases = _of_earlier(note)
        if not len(row) == len(levels) == len(bases):
            continue
        place = row.index(index)
        base, level = note.quantum(bases[place]), stretch.quantum(levels[place])
        if akin(base, stretch.quantum(index)) and akin(level, stretch.quantum(index)):
            return note.figure(base), stretch.figure(level)
    return None


def _notes_of(paper: Paper, stretch: Stretch, index: int) -> Iterator[Stretch]:
    """The notes whose marks stand in the sentence of a token, behind it."""
    _, high = stretch.sentence_range(index)
    end = stretch.tokens[high - 1].end + 1
    for at, label in stretch.marks:
        if stretch.tokens[index].start < at <= end:
            yield from paper.notes_at(stretch, label)


def _of_earlier(note: Stretch) -> list[int]:
    """The figures of a note's first sentence, when it speaks of an earlier time."""
    if not note.places or not set("yY") & set(note.kinds[: note.places[0]]):
        return []
    first = note.sentence[note.places[0]]
    return [
        i for i in note.places
        if note.sentence[i] == first and note.kinds[i] == QUANTITY and not note.quantum(i).is_percent
    ]  # fmt: skip


def before_mark(stretch: Stretch, marked: Owners, like: Quantum) -> list[Figure]:
    """The figures of a kind before the mark of the note that a change is told in, those outside brackets first."""
    owner, at = marked.get(stretch.note, (None, -1)) if stretch.note else (None, -1)
    if owner is None:
        return []
    found = [i for i in reversed(owner.places) if owner.tokens[i].start < at and akin(owner.quantum(i), like)]
    found.sort(key=lambda i: owner.parent[i] >= 0)
    return [owner.figure(owner.quantum(i)) for i in found[:3]]


def in_order(stretch: Stretch, index: int, rates: list[int], pairs: list[Times]) -> Times | None:
    """ "tương ứng số vụ tăng 30,4%, số người chết giảm 8,5%": the rates of the changes told before, in their order."""
    row = [i for i in rates if stretch.clause[i] == stretch.clause[index]]
    if len(row) < 2 or index not in row or len(pairs) < len(row):
        return None
    return pairs[-len(row) :][row.index(index)]
