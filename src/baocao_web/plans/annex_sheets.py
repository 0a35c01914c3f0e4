"""The tables of an annex as they are kept, and as they stand once people corrected them.

A correction says what a cell is read as instead of what it holds, or that a cell, a row or a sheet is left out. The one
reader of forms then reads the corrected tables: there is no second way in which a figure finds its address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final, NamedTuple

from baocao.figures.intake_numbers import Habit, read_number
from baocao.model.sheet import Percentage, Sheet, SheetCell, SheetRow
from baocao.model.text import Problem, Text

LONGEST: Final = 200  # characters of a corrected cell
MOST: Final = 5_000  # corrections of one annex
_KEY: Final = re.compile(r"([0-9]{1,4})(?::([0-9]{1,7})(?::([0-9]{1,5}))?)?")
_Area = tuple[int, int, int, int]

_FORGED = Text(
    "tệp không có ô “{seen}”; hãy tải lại trang rồi sửa lại.",
    "the file has no cell “{seen}”; load the page again and correct it there.",
)
_TOO_MANY = Text(
    "{seen} chỗ sửa trong một tệp, nhiều nhất là {limit}; hãy sửa trong tệp rồi tải lên lại.",
    "{seen} corrections of one file, {limit} at most; correct the file itself and bring it in again.",
)
_LONG = Text("nội dung sửa dài quá {limit} ký tự.", "a correction has more than {limit} characters.")


class Spot(NamedTuple):
    """A cell (row as spreadsheets number it, column from 0), a row (column -1) or a sheet (row 0) of a file."""

    sheet: int
    row: int = 0
    column: int = -1

    @property
    def key(self) -> str:
        """As pages and rows of the database name it: "0:7:2", "0:7", "0"."""
        if not self.row:
            return str(self.sheet)
        return f"{self.sheet}:{self.row}" + (f":{self.column}" if self.column >= 0 else "")


@dataclass(frozen=True, slots=True)
class Corrections:
    """What cells are read as, by their keys, and what is left out."""

    cells: Mapping[str, str] = field(default_factory=dict)
    left: frozenset[str] = frozenset()

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Corrections:
        return cls(dict(told.get("cells", {})), frozenset(told.get("left", ())))

    @property
    def told(self) -> dict[str, Any]:
        """As the database and the record keep them."""
        return {"cells": dict(sorted(self.cells.items())), "left": sorted(self.left)}


def spot(key: str, sheets: Sequence[Sheet]) -> Spot:
    """The place that a key names in these sheets. Raises ``Problem`` where there is none."""
    found = _KEY.fullmatch(key)
    if found is None:
        raise Problem(_FORGED.fill(seen=_plain(key)))
    at = Spot(int(found[1]), int(found[2] or 0), -1 if found[3] is None else int(found[3]))
    is_there = at.sheet < len(sheets)
    if is_there and at.row:
        rows = {row.number for row in sheets[at.sheet].rows}
        is_there = at.row in rows and at.column < _width(sheets[at.sheet])
    if not is_there:
        raise Problem(_FORGED.fill(seen=_plain(key)))
    return at


def admitted(given: Corrections, sheets: Sequence[Sheet]) -> Corrections:
    """Corrections that fit the sheets. Raises ``Problem``."""
    if len(given.cells) + len(given.left) > MOST:
        raise Problem(_TOO_MANY.fill(seen=len(given.cells) + len(given.left), limit=MOST))
    if any(len(words) > LONGEST for words in given.cells.values()):
        raise Problem(_LONG.fill(limit=LONGEST))
    for key in given.cells:
        if spot(key, sheets).column < 0:
            raise Problem(_FORGED.fill(seen=_plain(key)))
    for key in given.left:
        spot(key, sheets)
    return given


def corrected(sheets: Sequence[Sheet], given: Corrections) -> tuple[Sheet, ...]:
    """The sheets as the corrections have them, in the same order; a sheet left out has no rows."""
    cells: dict[int, dict[tuple[int, int], str]] = {}
    left: dict[int, set[tuple[int, int]]] = {}
    for key, words in given.cells.items():
        at = spot(key, sheets)
        cells.setdefault(at.sheet, {})[at.row, at.column] = words
    for key in given.left:
        at = spot(key, sheets)
        left.setdefault(at.sheet, set()).add((at.row, at.column))
    return tuple(
        _corrected(sheet, cells.get(at, {}), left.get(at, set())) if at in cells or at in left else sheet
        for at, sheet in enumerate(sheets)
    )


def without(sheet: Sheet, places: Iterable[tuple[int, int]]) -> Sheet:
    """The sheet with some cells, by row and column, made blank."""
    return _written(sheet, dict.fromkeys(places, ""))


def _corrected(sheet: Sheet, cells: Mapping[tuple[int, int], str], left: set[tuple[int, int]]) -> Sheet:
    if (0, -1) in left:
        return replace(sheet, rows=(), merged=())
    gone = {row for row, column in left if column < 0}
    touched = {place for place, words in cells.items() if words}  # a caption taken away is so over all its columns
    parted = _parted(sheet, touched | {place for place in left if place[1] >= 0}, gone)
    blanks: dict[tuple[int, int], SheetCell] = {place: "" for place in left if place[1] >= 0}
    written = _written(parted, blanks | {place: _cell(words) for place, words in cells.items()})
    return replace(written, rows=tuple(row for row in written.rows if row.number not in gone))


def _cell(words: str) -> SheetCell:
    """A plain number as people here write it, which the file's own way of writing must not turn into another."""
    found = read_number(words, Habit.VIETNAMESE)
    return found if isinstance(found, Decimal) else " ".join(words.split())


def _parted(sheet: Sheet, places: set[tuple[int, int]], gone: set[int]) -> Sheet:
    """The sheet with the joined areas that a correction touches parted into columns, each with the area's words; and
    those that begin in a row that is left out beginning in the next one."""
    areas, copies = list[_Area](), dict[tuple[int, int], SheetCell]()
    for area in sheet.merged:
        top, left, bottom, right = area
        first = _at(sheet, top, left)
        while top in gone and top < bottom:
            top += 1
            copies[top, left] = first
        if right > left and any(top <= row <= bottom and left <= column <= right for row, column in places):
            copies |= {(top, column): first for column in range(left, right + 1)}
            areas += [(top, column, bottom, column) for column in range(left, right + 1) if bottom > top]
        elif (top, left) != (bottom, right):
            areas.append((top, left, bottom, right))
    return _written(replace(sheet, merged=tuple(areas)), copies)


def _written(sheet: Sheet, cells: Mapping[tuple[int, int], SheetCell]) -> Sheet:
    """The sheet with other cells; what is written into a joined area stands at its head."""
    if not cells:
        return sheet
    by_row: dict[int, dict[int, SheetCell]] = {}
    for (row, column), cell in cells.items():
        head = next((one for one in sheet.merged if one[0] <= row <= one[2] and one[1] <= column <= one[3]), None)
        at = (head[0], head[1]) if head else (row, column)
        by_row.setdefault(at[0], {})[at[1]] = cell
    return replace(sheet, rows=tuple(_row(row, by_row.get(row.number, {})) for row in sheet.rows))


def _row(row: SheetRow, cells: Mapping[int, SheetCell]) -> SheetRow:
    if not cells:
        return row
    made = [*row.cells, *([""] * (max(cells) + 1 - len(row.cells)))]
    for column, cell in cells.items():
        made[column] = cell
    return SheetRow(row.number, tuple(made))


def _at(sheet: Sheet, row: int, column: int) -> SheetCell:
    found = next((one for one in sheet.rows if one.number == row), None)
    return found.cells[column] if found is not None and column < len(found.cells) else ""


def _width(sheet: Sheet) -> int:
    return max((len(row.cells) for row in sheet.rows), default=0)


def _plain(words: str) -> str:
    return words[:40].replace("{", "(").replace("}", ")")


def written(sheets: Iterable[Sheet]) -> str:
    """Sheets as JSON, every figure digit by digit."""
    told = [
        {"name": one.name, "rows": [[row.number, [*map(_told, row.cells)]] for row in one.rows], "merged": one.merged}
        for one in sheets
    ]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def read(line: str) -> tuple[Sheet, ...]:
    """The sheets that ``written`` wrote."""
    return tuple(_sheets(json.loads(line)))


def _sheets(told: Sequence[Mapping[str, Any]]) -> Iterator[Sheet]:
    for one in told:
        rows = tuple(SheetRow(number, tuple(map(_known, cells))) for number, cells in one["rows"])
        yield Sheet(one["name"], rows, tuple((top, left, bottom, right) for top, left, bottom, right in one["merged"]))


def _told(cell: SheetCell) -> str | list[str]:
    if isinstance(cell, Percentage):
        return ["%", f"{cell.value:f}"]
    return ["", f"{cell:f}"] if isinstance(cell, Decimal) else cell


def _known(told: str | Sequence[str]) -> SheetCell:
    if isinstance(told, str):
        return told
    value = Decimal(told[1])
    return Percentage(value) if told[0] else value
