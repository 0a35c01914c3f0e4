"""Where a number stands, as people find it: its section, its note or its table's row, and the words around it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from baocao.model import Document, Kind, Passage, Table
from baocao.model.document import Cell
from baocao.model.text import Text

_AROUND = 40  # letters of text on either side
_NOTE = Text("Chú thích {label}", "Note {label}")
_HEADER = Text("Đầu trang, chân trang", "Header or footer")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the text: ``before`` and ``after`` are all the words of its paragraph or cell."""

    section: Text
    before: str = ""
    shown: str = ""
    after: str = ""

    @property
    def words(self) -> str:
        """The nearest words, the number in square brackets."""
        before, after = _tail(self.before), _head(self.after)
        return f"{before}[{self.shown}]{after}".strip()


@dataclass(frozen=True)  # no slots: the index is made when first asked for
class Spots:
    """Finds places by stretches of ``Document.source``."""

    document: Document

    @cached_property
    def _starts(self) -> list[tuple[int, int, int]]:
        """(source offset, block, cell or -1) of every stretch of text."""
        return sorted(
            (run.source, block, cell) for block, cell, holder in _holders(self.document) for run in holder.runs
        )

    @cached_property
    def _headings(self) -> list[tuple[int, str]]:
        return [
            (number, f"{block.label} {block.text}".strip() if not block.text.startswith(block.label) else block.text)
            for number, block in enumerate(self.document.blocks)
            if isinstance(block, Passage) and block.kind is Kind.HEADING
        ]

    def at(self, start: int, end: int) -> Spot:
        """The place of ``[start, end)``; a start below nought is a header's or a footer's."""
        index = bisect_right(self._starts, (start, len(self.document.blocks), 0)) - 1
        if start < 0 or index < 0:
            return Spot(_HEADER)
        _, number, cell = self._starts[index]
        block = self.document.blocks[number]
        holder = block.cells[cell] if isinstance(block, Table) else block
        first, last = _position(holder, start), _position(holder, end)
        row = _row_label(block, block.cells[cell]) if isinstance(block, Table) else ""
        before = f"{row}: {holder.text[:first]}" if row else holder.text[:first]
        return Spot(self._section(number), before, holder.text[first:last], holder.text[last:])

    def row_at(self, start: int) -> tuple[int, int] | None:
        """The block and the row of the table in which a place stands; None outside tables."""
        index = bisect_right(self._starts, (start, len(self.document.blocks), 0)) - 1
        if start < 0 or index < 0:
            return None
        _, number, cell = self._starts[index]
        block = self.document.blocks[number]
        return (number, block.cells[cell].row) if isinstance(block, Table) else None

    def row(self, start: int) -> tuple[str, ...]:
        """The texts of the row of a table in which a place stands; none outside tables."""
        found = self.row_at(start)
        block = self.document.blocks[found[0]] if found is not None else None
        if found is None or not isinstance(block, Table):
            return ()
        return tuple(" ".join(one.text.split()) for one in block.cells if one.row == found[1])

    def _section(self, number: int) -> Text:
        block = self.document.blocks[number]
        if isinstance(block, Passage) and block.kind is Kind.NOTE:
            return _NOTE.fill(label=block.label)
        index = bisect_right(self._headings, (number, "\U0010ffff")) - 1
        name = self._headings[index][1] if index >= 0 else self.document.title
        return Text(name, name)


def _holders(document: Document) -> Iterator[tuple[int, int, Passage | Cell]]:
    for number, block in enumerate(document.blocks):
        if isinstance(block, Table):
            for place, cell in enumerate(block.cells):
                yield number, place, cell
        else:
            yield number, -1, block


def _position(holder: Passage | Cell, source: int) -> int:
    """Where a source offset stands in a holder's text."""
    at = 0
    for run in holder.runs:
        if source < run.source:
            break
        at = run.start + min(source - run.source, run.length)
    return at


def _row_label(table: Table, cell: Cell) -> str:
    """The words that a row of a table begins with."""
    for other in table.cells:
        if other.row == cell.row and other is not cell and any(sign.isalpha() for sign in other.text):
            return " ".join(other.text.split())
    return ""


def _tail(text: str) -> str:
    if len(text) <= _AROUND:
        return text
    cut = text[-_AROUND:]
    return "…" + cut[cut.find(" ") + 1 :]


def _head(text: str) -> str:
    if len(text) <= _AROUND:
        return text
    cut = text[:_AROUND]
    return (cut.rpartition(" ")[0] or cut) + "…"
