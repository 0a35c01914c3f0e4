"""The grid of a Word table: which cell stands where, merged ones once with the rows and columns that they cover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from baocao.formats.docx_styles import W, is_on, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROW = f"{W}tr"
_CELL = f"{W}tc"
_CELL_LOOK = f"{W}tcPr"
_ROW_LOOK = f"{W}trPr"
_MERGED_DOWN = f"{W}vMerge"
_DELETED = f"{W}del"
_CELL_DELETED = f"{W}cellDel"
_HIDDEN = f"{W}hidden"
_CELL_WRAPPERS = (f"{W}sdt", f"{W}sdtContent", f"{W}customXml")
_ROW_WRAPPERS = (*_CELL_WRAPPERS, f"{W}ins", f"{W}moveTo")
_WIDEST = 63  # columns that Word allows


@dataclass(slots=True)
class GridCell:
    """A cell's element and its place."""

    element: _Element
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


def grid(table: _Element) -> tuple[list[GridCell], int, int]:
    """The cells row by row, and the numbers of rows and columns; deleted and hidden rows are left out."""
    cells: list[GridCell] = []
    columns = 0
    above: dict[int, GridCell] = {}  # by column, the cell that a vertical merge would go on with
    row = 0
    for element in rows(table):
        here: dict[int, GridCell] = {}
        column = _before(element)
        for cell in _cells(element):
            properties = cell.find(_CELL_LOOK)
            width = _width(properties)
            placed = _placed(cell, properties, GridCell(cell, row, column, 1, width), here, above)
            if placed is not None:
                cells.append(placed)
            column += width
        above = here
        columns = max(columns, column)
        row += 1
    return cells, row, columns


def _placed(
    cell: _Element,
    properties: _Element | None,
    new: GridCell,
    here: dict[int, GridCell],
    above: dict[int, GridCell],
) -> GridCell | None:
    """The new cell, or None when it only goes on with a merged one."""
    merge = None if properties is None else properties.find(_MERGED_DOWN)
    origin = above.get(new.column)
    if merge is not None and merge.get(f"{W}val", "continue") == "continue" and origin is not None:
        origin.row_span = new.row - origin.row + 1
        here[new.column] = origin
        return None
    if properties is not None and value(properties, "hMerge") in ("continue", ""):
        left = max((key for key in here if key < new.column), default=None)
        if left is not None:
            here[left].column_span += new.column_span
            return None
    here[new.column] = new
    return new


def rows(table: _Element) -> Iterator[_Element]:
    """A table's rows, also those in content controls, without deleted and hidden ones."""
    for child in table:
        if child.tag == _ROW:
            if not _is_left_out(child):
                yield child
        elif child.tag in _ROW_WRAPPERS:
            yield from rows(child)


def _is_left_out(row: _Element) -> bool:
    properties = row.find(_ROW_LOOK)
    if properties is None:
        return False
    if properties.find(_DELETED) is not None:
        return True
    hidden = properties.find(_HIDDEN)
    return hidden is not None and is_on(hidden.get(f"{W}val"))


def _cells(row: _Element) -> Iterator[_Element]:
    for child in row:
        if child.tag == _CELL:
            properties = child.find(_CELL_LOOK)
            if properties is None or properties.find(_CELL_DELETED) is None:
                yield child
        elif child.tag in _CELL_WRAPPERS:
            yield from _cells(child)


def _before(row: _Element) -> int:
    """Grid columns left empty before a row's first cell."""
    properties = row.find(_ROW_LOOK)
    return 0 if properties is None else _clamped(value(properties, "gridBefore"), 0)


def _width(properties: _Element | None) -> int:
    return 1 if properties is None else max(1, _clamped(value(properties, "gridSpan"), 1))


def _clamped(text: str | None, otherwise: int) -> int:
    return min(int(text), _WIDEST) if text is not None and text.isdigit() and len(text) < 10 else otherwise
