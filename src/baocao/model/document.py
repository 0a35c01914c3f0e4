"""A document as it was read: blocks of logical text, each tied to the places it came from.

A reader turns a file into one flat ``source`` text and a tuple of blocks over it. A block's text is
what a person reads: hard-wrapped lines joined, footnote marks taken out, emphasis marks left out,
a sentence cut in two by a page's footnotes made whole. ``Run`` records lead every character back
to ``source``; formats that can write comments know how to go from ``source`` to their own parts.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple


class Run(NamedTuple):
    """A stretch of a block's text copied letter by letter from the source."""

    start: int  # in the block's text
    source: int  # in Document.source
    length: int


class Mark(NamedTuple):
    """A footnote or endnote mark that was taken out of a block's text at position ``at``."""

    at: int
    label: str
    source: int  # where the mark stands in Document.source, -1 when it has no place there


class Kind(Enum):
    """What part a passage plays on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a heading or a note. ``label`` is its printed number ("II.", "a)", "3"), or ""."""

    text: str
    runs: tuple[Run, ...]
    kind: Kind = Kind.PARAGRAPH
    label: str = ""
    marks: tuple[Mark, ...] = ()

    def source_at(self, position: int) -> int:
        """The source offset of one position of the text (a joint belongs to what stands before it)."""
        return _source_at(self.runs, position)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; a merged cell stands once, at its first row and column, with its spans."""

    text: str
    runs: tuple[Run, ...]
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    marks: tuple[Mark, ...] = ()

    def source_at(self, position: int) -> int:
        return _source_at(self.runs, position)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed: all its cells, row by row. ``title`` is the sheet's name or the caption."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    title: str = ""

    def grid(self) -> list[list[Cell | None]]:
        """The cells by row and column; a merged cell stands in every place that it covers."""
        places: list[list[Cell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, min(self.rows, cell.row + cell.row_span)):
                for column in range(cell.column, min(self.columns, cell.column + cell.column_span)):
                    places[row][column] = cell
        return places


Block = Passage | Table


class Span(NamedTuple):
    """A stretch of text: of block ``block`` (and of its cell ``cell``, -1 in a passage)."""

    block: int
    start: int
    end: int
    cell: int = -1
    document: int = 0


@dataclass(frozen=True)
class Document:
    """One file's content. ``name`` is the path as the user gave it; ``source`` is NFC."""

    name: str
    source: str
    blocks: tuple[Block, ...]
    title: str = ""
    suffix: str = ".txt"
    notes: dict[str, int] = field(default_factory=dict)  # note label → index of its first block

    def text_of(self, span: Span) -> str:
        """What is printed at a span, as logical text."""
        return self.holder(span).text[span.start : span.end]

    def holder(self, span: Span) -> Passage | Cell:
        """The passage or the cell that a span points into."""
        block = self.blocks[span.block]
        if isinstance(block, Table):
            return block.cells[span.cell]
        return block

    def source_range(self, span: Span) -> tuple[int, int]:
        """``[start, end)`` in ``source``; a span that a page's foot cuts in two keeps its first part."""
        pieces = self.source_pieces(span)
        return pieces[0] if pieces else (0, 0)

    def source_pieces(self, span: Span) -> list[tuple[int, int]]:
        """All stretches of ``source`` that a span stands on, white space between lines included.

        Two neighbouring runs count as one stretch when only white space or a mark stands between
        them; a note that cuts the sentence in two starts a new stretch.
        """
        holder = self.holder(span)
        pieces: list[tuple[int, int]] = []
        for run in holder.runs:
            low = max(span.start, run.start)
            high = min(span.end, run.start + run.length)
            if low >= high:
                continue
            first, last = run.source + low - run.start, run.source + high - run.start
            if pieces and first - pieces[-1][1] <= _NEAR:
                pieces[-1] = (pieces[-1][0], last)
            else:
                pieces.append((first, last))
        return pieces


_NEAR = 12  # characters of line ends, indents and marks that may stand between two joined lines


def _source_at(runs: tuple[Run, ...], position: int) -> int:
    if not runs:
        return 0
    index = bisect_right(runs, position, key=lambda run: run.start) - 1
    run = runs[max(index, 0)]
    return run.source + min(max(position - run.start, 0), run.length)
