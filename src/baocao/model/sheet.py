"""A sheet of rows as a file holds it: what is to be loaded, before anybody knows what it means."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Percentage:
    """A number that its workbook shows with a percent sign: ``value`` is 97.1 where 97,1% is shown."""

    value: Decimal


NOT_COMPUTED = "=?"  # stands for a formula whose result the file does not hold: not to be taken for a blank

SheetCell = str | Decimal | Percentage
"""Text in NFC without blanks around it ("" when empty), a number as the workbook stores it, or a percentage."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row; ``number`` is that which a spreadsheet or a text editor shows, from 1 on."""

    number: int
    cells: tuple[SheetCell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``merged`` are areas of joined cells: first row, first column, last row, last column.

    Rows are told by their ``number``, columns are counted from 0. ``name`` is empty for a text file.
    """

    name: str
    rows: tuple[SheetRow, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()


def column_letters(column: int) -> str:
    """How a spreadsheet names a column: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
