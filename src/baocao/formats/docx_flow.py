"""Pieces of printed text become blocks over one flat source, and every character can be led back to its element."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from baocao.formats.docx_text import Piece
from baocao.model import Block, Cell, Kind, Mark, Passage, Run, Table

if TYPE_CHECKING:
    from lxml.etree import _Element

_UNSEEN = frozenset("\u00ad\u200b\u200c\u2060\ufeff")  # soft hyphens and joints of no width


class Anchor(NamedTuple):
    """A stretch of source and the element that prints it; ``positions`` as in ``Piece``."""

    start: int
    end: int
    element: _Element
    positions: tuple[int, ...] | None


class Place(NamedTuple):
    """Where a cell stands in its table."""

    row: int
    column: int
    row_span: int
    column_span: int


class Flow:
    """The document as it grows: its source, its blocks, and the anchors that lead back into the file."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.anchors: list[Anchor] = []
        self._parts: list[str] = []
        self._length = 0

    @property
    def source(self) -> str:
        return "".join(self._parts)

    def passage(self, pieces: Sequence[Piece], kind: Kind, label: str, head: str = "") -> None:
        """Add a passage; ``head`` is text before it that no block holds (a note's own number)."""
        if not any(piece.text.strip() for piece in pieces):
            return
        self.write(head)
        text, runs, marks = self._lay(pieces)
        self.write("\n")
        if text or marks:
            self.blocks.append(Passage(text, runs, kind, label, marks))

    def cell(self, pieces: Sequence[Piece], place: Place) -> Cell:
        """Write a cell's text; it is the caller's to put into a table."""
        text, runs, marks = self._lay(pieces)
        return Cell(text, runs, *place, marks)

    def table(self, cells: Sequence[Cell], rows: int, columns: int, title: str = "") -> None:
        if any(cell.text for cell in cells):
            self.blocks.append(Table(tuple(cells), rows, columns, title))

    def write(self, text: str) -> None:
        """Add source text that no block holds."""
        self._parts.append(text)
        self._length += len(text)

    def _lay(self, pieces: Sequence[Piece]) -> tuple[str, tuple[Run, ...], tuple[Mark, ...]]:
        """The pieces' text without marks and outer white space, its runs and its marks."""
        texts: list[str] = []
        runs: list[Run] = []
        marks: list[Mark] = []
        length = 0
        for piece in composed(pieces):
            text, start = piece.text, self._length
            if not text:
                continue
            self.write(text)
            if piece.element is not None:
                self.anchors.append(Anchor(start, self._length, piece.element, piece.positions))
            if piece.note:
                marks.append(Mark(length, piece.note, start))
                continue
            if runs and runs[-1].source + runs[-1].length == start:
                runs[-1] = runs[-1]._replace(length=runs[-1].length + len(text))
            else:
                runs.append(Run(length, start, len(text)))
            texts.append(text)
            length += len(text)
        return _trimmed("".join(texts), runs, marks)


def _trimmed(text: str, runs: list[Run], marks: list[Mark]) -> tuple[str, tuple[Run, ...], tuple[Mark, ...]]:
    left = len(text) - len(text.lstrip())
    shown = text.strip()
    if len(shown) == len(text):
        return text, tuple(runs), tuple(marks)
    kept: list[Run] = []
    for run in runs:
        low, high = max(run.start, left), min(run.start + run.length, left + len(shown))
        if low < high:
            kept.append(Run(low - left, run.source + low - run.start, high - low))
    moved = tuple(mark._replace(at=min(max(mark.at - left, 0), len(shown))) for mark in marks)
    return shown, tuple(kept), moved


def composed(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces with letters composed (NFC) and unseen characters left out."""
    whole = "".join(piece.text for piece in pieces)
    if whole.isascii() or (unicodedata.is_normalized("NFC", whole) and _UNSEEN.isdisjoint(whole)):
        return pieces
    done: list[Piece] = []
    at = 0
    for piece in pieces:
        done.append(_composed_piece(piece, whole, at))
        at += len(piece.text)
    return done


def _composed_piece(piece: Piece, whole: str, at: int) -> Piece:
    """One piece composed; accents that begin the next piece go to the letter that they stand on."""
    letters: list[str] = []
    positions: list[int] = []
    index, end = at, at + len(piece.text)
    while index < end and unicodedata.combining(whole[index]) and index > 0:
        index += 1  # the letter before has taken them
    while index < end:
        after = index + 1
        while after < len(whole) and unicodedata.combining(whole[after]):
            after += 1
        cluster = "" if whole[index] in _UNSEEN else unicodedata.normalize("NFC", whole[index:after])
        letters.append(cluster)
        positions.extend([index - at] * len(cluster))
        index = after
    return piece._replace(text="".join(letters), positions=tuple(positions))
