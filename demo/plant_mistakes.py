"""A report in which mistakes are planted on purpose: a draft, altered before it is written, the same for the same seed.

One mistake of each kind of ``mistakes.KINDS``, each in a line of its own; what is planted is told, so that what the
proof-reader finds can be counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import NamedTuple

from baocao.model.draft import Block, Draft, Grid, Line, Narrative, Note, Number, Paragraph, Piece, text_of
from baocao.model.text import Text
from demo.mistakes import KINDS, Mistake


class Planted(NamedTuple):
    """A planted mistake: of which kind, what stood there, what stands there now, and the words of its line."""

    kind: Text
    meant: str
    printed: str
    line: str


def planted(draft: Draft, seed: int) -> tuple[Draft, list[Planted]]:
    """The draft with a mistake of each kind that it has a place for; kinds with few places choose first."""
    lines = list(_lines(draft))
    places = {number: _places(lines, mistake) for number, mistake in enumerate(KINDS)}
    altered: dict[int, Line] = {}
    told: dict[int, Planted] = {}
    for number in sorted(places, key=lambda one: (len(places[one]), one)):
        free = [place for place in places[number] if place[0] not in altered]
        if free:
            told[number] = _plant(lines, altered, KINDS[number], Random(f"{seed} {number}"), free)
    new = iter([altered.get(at, line.pieces) for at, line in enumerate(lines)])
    return _rebuilt(draft, lambda _: next(new)), [told[number] for number in sorted(told)]


class _Line(NamedTuple):
    pieces: Line
    in_annex: bool


_Place = tuple[int, int]  # the line's number, the piece's place in it


def _places(lines: list[_Line], mistake: Mistake) -> list[_Place]:
    """Where a mistake of a kind can be made."""
    dice = Random(0)
    return [
        (at, index)
        for at, line in enumerate(lines)
        if line.in_annex is mistake.in_annex
        for index in range(len(line.pieces))
        if mistake.slip(line.pieces, index, dice) is not None
    ]


def _plant(
    lines: list[_Line], altered: dict[int, Line], mistake: Mistake, dice: Random, places: list[_Place]
) -> Planted:
    """One mistake of a kind, at one of the places."""
    at, index = dice.choice(places)
    line = lines[at].pieces
    made = mistake.slip(line, index, dice)
    assert made is not None  # it is one of the places
    altered[at] = (*line[:index], made, *line[index + 1 :])
    return Planted(mistake.name, *_difference(line[index], made), text_of(altered[at]))


def _difference(meant: Piece, made: Piece) -> tuple[str, str]:
    """What differs between two pieces, in whole words."""
    assert not isinstance(meant, Note)
    assert not isinstance(made, Note)
    if isinstance(meant, Number):
        return meant.text, made.text
    old, new = meant.text.split(" "), made.text.split(" ")
    apart = [at for at, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
    low, high = apart[0], apart[-1] + 1
    return " ".join(old[low:high]).strip(",.;"), " ".join(new[low:high]).strip(",.;")


def _lines(draft: Draft) -> Iterator[_Line]:
    """Every line in the order in which the draft is rebuilt, those of notes behind the line that they hang on."""
    found: list[_Line] = []

    def noted(in_annex: bool) -> Callable[[Line], Line]:
        def keep(line: Line) -> Line:
            found.append(_Line(line, in_annex))
            return line

        return keep

    for block in draft.blocks:
        _block(block, noted(False))
    for annex in draft.annexes:
        for block in annex.blocks:
            _block(block, noted(True))
    yield from found


def _rebuilt(draft: Draft, change: Callable[[Line], Line]) -> Draft:
    blocks = tuple(_block(block, change) for block in draft.blocks)
    annexes = tuple(
        replace(annex, blocks=tuple(_block(block, change) for block in annex.blocks)) for annex in draft.annexes
    )
    return replace(draft, blocks=blocks, annexes=annexes)


def _block(block: Block, change: Callable[[Line], Line]) -> Block:
    match block:
        case Paragraph():
            return replace(block, line=_line(block.line, change))
        case Narrative():
            return replace(
                block, paragraphs=tuple(replace(one, line=_line(one.line, change)) for one in block.paragraphs)
            )
        case Grid():
            rows = tuple(tuple(replace(one, line=_line(one.line, change)) for one in row) for row in block.rows)
            return replace(block, rows=rows)
        case _:
            return block


def _line(line: Line, change: Callable[[Line], Line]) -> Line:
    """A line changed, then the notes that hang on it."""
    return tuple(
        Note(tuple(_line(below, change) for below in piece.lines)) if isinstance(piece, Note) else piece
        for piece in change(line)
    )
