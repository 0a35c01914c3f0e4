"""The head of a table: which rows are its head, and what each column holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from baocao.grammar.percents import authority_in
from baocao.grammar.table_cells import Unit, folded, unit_in
from baocao.reference import load

Texts = list[list[str]]  # the printed text by row and column; merged cells stand in every place that they cover

_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_INDEX = re.compile(r"\(?([A-Z]|\d{1,2})\)?(?:\s*=\s*(.{3,}))?$")
_REFERENCE = re.compile(r"\(?(\d{1,2})\)?")
_FIGURE = re.compile(r"[-–−+]?\d[\d.,]*\s*%?$")
_OF_UNITS = {"percent": "percent", "area": "area", "yield": "yield", "mass": "output"}  # a unit marks its column
_DEEPEST = 20  # rows; letterhead and title of a sheet stand above its head


@dataclass(slots=True)
class Column:
    """One column: its heading, the marks that the heading's words give it, whose plan it is, its unit."""

    index: int
    heading: str
    marks: frozenset[str]
    authority: str = ""
    unit: Unit | None = None
    years: tuple[int, ...] = ()
    formula: str = ""

    def has(self, *marks: str) -> bool:
        return not self.marks.isdisjoint(marks)


@dataclass(slots=True)
class Head:
    """The head of a table: its columns, the first row below it, and the columns by their printed index."""

    columns: list[Column]
    below: int
    printed: dict[str, int] = field(default_factory=dict)


class _Found(NamedTuple):
    first: int
    last: int  # one past


def head_of(texts: Texts, start: int = 0) -> Head | None:
    """The head that begins at or after a row; None when the table has figures from the first row on."""
    found = _rows_of_head(texts, start)
    if found is None:
        return None
    columns = [_column(index, _heading(texts, found, index)) for index in range(len(texts[0]))]
    _weigh_years(columns)
    head = Head(columns, found.last)
    if found.last < len(texts):
        index_row = _index_row(texts[found.last])
        if index_row is not None:
            head.below += 1
            for column, (label, formula) in index_row.items():
                head.printed[label] = column
                columns[column].formula = formula
    return head


def _rows_of_head(texts: Texts, start: int) -> _Found | None:
    first = _first_row(texts, start)
    if first is None:
        return None
    last = first + 1
    own = 2 if _is_number(texts[first][0]) and len(texts[first]) > 2 else 1
    while last < len(texts) and last - first < 4 and _goes_on(texts, first, last, own):
        last += 1
    return _Found(first, last)


def _first_row(texts: Texts, start: int) -> int | None:
    width = len(texts[0])
    wanted = 2 if width < 4 else 3
    for row in range(start, min(len(texts), start + _DEEPEST)):
        filled = [text for text in dict.fromkeys(texts[row]) if text]
        if any(_is_number(text) for text in texts[row][:2]) and len(filled) >= 2:
            return row
        if len(filled) >= wanted:
            return None if _has_figures(texts[row]) else row
    return None


def _is_number(text: str) -> bool:
    return folded(text).strip(" .") in _words()["number"]


def _has_figures(row: list[str]) -> bool:
    return any(_FIGURE.match(text) and not _YEAR.fullmatch(text) for text in row)


def _goes_on(texts: Texts, first: int, row: int, own: int) -> bool:
    """Whether a row belongs to the head still: nothing of its own in the label's columns, and no figures."""
    above = texts[first]
    if any(text and text != above[index] for index, text in enumerate(texts[row][:own])):
        return False
    return any(texts[row]) and not _has_figures(texts[row])


def _heading(texts: Texts, found: _Found, column: int) -> str:
    """The words over a column, top row first; an empty place belongs to the group on its left."""
    parts: list[str] = []
    for row in range(found.first, found.last):
        text = texts[row][column]
        if not text and row + 1 < found.last and texts[row + 1][column]:
            text = _group(texts, row, column)
        if text and text not in parts:
            parts.append(text)
    return " ".join(parts)


def _group(texts: Texts, row: int, column: int) -> str:
    for left in range(column - 1, -1, -1):
        if texts[row][left]:
            return texts[row][left] if texts[row + 1][left] else ""
        if not texts[row + 1][left]:
            return ""
    return ""


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {mark: tuple(phrases) for mark, phrases in load("tables")["columns"].items()}


def _column(index: int, heading: str) -> Column:
    words = folded(heading)
    marks = frozenset(mark for mark, phrases in _words().items() if any(f" {phrase} " in words for phrase in phrases))
    if "number" in marks and words.strip(" .") not in _words()["number"]:
        marks -= {"number"}
    years = tuple(int(year) for year in _YEAR.findall(heading))
    unit = unit_in(heading)
    if unit is not None and unit.measure.dimension in _OF_UNITS:
        marks |= {_OF_UNITS[unit.measure.dimension]}
    return Column(index, heading, marks, authority_in(heading), unit, years)


def _weigh_years(columns: list[Column]) -> None:
    """A column of an earlier year than the newest one is last year's, unless it is a plan or a comparison."""
    latest = max((max(column.years) for column in columns if column.years), default=0)
    for column in columns:
        if column.years and max(column.years) < latest and not column.has("plan", "percent", "change"):
            column.marks |= {"last"}


def _index_row(row: list[str]) -> dict[int, tuple[str, str]] | None:
    """A row that numbers the columns ("A | B | 1 | 2 | 3=2/1"): label and formula by column."""
    found: dict[int, tuple[str, str]] = {}
    for column, text in enumerate(row):
        if not text:
            continue
        match = _INDEX.match(text.strip())
        if match is None:
            return None
        found[column] = (match[1], match[2] or "")
    numbers = [int(label) for label, _ in found.values() if label.isdigit()]
    rising = all(later - earlier == 1 for earlier, later in pairwise(numbers))
    return found if len(found) >= 3 and len(numbers) >= 2 and numbers[0] <= 3 and rising else None


def formula_of(head: Head, column: Column) -> tuple[str, tuple[int, ...]] | None:
    """What an index row's formula says: the operation and the columns, or None when it is not understood."""
    text = re.sub(r"\s|%", "", column.formula).lower().replace("x100", "*100").replace("×100", "*100").replace(":", "/")
    text = text.replace("*100", "").replace("100*", "")
    references = [head.printed.get(match) for match in _REFERENCE.findall(text)]
    shape = _REFERENCE.sub("n", text).replace("(", "").replace(")", "")
    operands = tuple(index for index in references if index is not None)
    if not operands or len(operands) != len(references):
        return None
    operation = {"n/n": "ratio", "n-n": "difference", "n-n/n": "growth", "n*n": "product", "nxn": "product"}.get(shape)
    if operation == "growth" and operands[1] != operands[2]:
        return None
    if operation is None and re.fullmatch(r"n(?:\+n)+", shape):
        operation = "sum"
    return (operation, operands[:2] if operation == "growth" else operands) if operation else None
