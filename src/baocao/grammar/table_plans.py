"""Plan figures of annex tables, with the result that stands in the same row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from baocao.grammar.lexing import Quantum
from baocao.grammar.stretch import Stretch
from baocao.grammar.table_cells import Entry, Unit
from baocao.grammar.table_sheet import Row, Sheet

_MOST = 500  # plan figures of one document; longer tables are lists of projects, not of indicators


class PlannedCell(NamedTuple):
    """A plan figure of a table: its cell as a stretch, whose plan it is, the row's label, the row's result."""

    stretch: Stretch
    quantum: Quantum
    authority: str
    label: str
    result: Quantum | None


def planned_cells(sheets: Iterable[Sheet]) -> list[PlannedCell]:
    """The plan figures of all sheets, in the order of the rows."""
    found: list[PlannedCell] = []
    for sheet in sheets:
        plans = plan_columns(sheet)
        if not plans:
            continue
        result = result_column(sheet)
        for row in sheet.rows:
            found.extend(_of_row(sheet, row, plans, result))
            if len(found) >= _MOST:
                return found
    return found


def plan_columns(sheet: Sheet) -> list[int]:
    """The columns of plan figures."""
    return [i for i in sheet.figures if sheet.columns[i].has("plan") and not _is_derived(sheet, i)]


def result_column(sheet: Sheet) -> int:
    """The column of results: the last that calls itself so, else the first after the plans; -1 when there is none."""
    plain = [i for i in sheet.figures if not _is_derived(sheet, i) and not sheet.columns[i].has("plan", "last")]
    actual = [i for i in plain if sheet.columns[i].has("actual")]
    plans = plan_columns(sheet)
    after = [i for i in plain if not plans or i > max(plans)]
    return actual[-1] if actual else after[0] if after else -1


def _is_derived(sheet: Sheet, index: int) -> bool:
    return sheet.columns[index].has("percent", "change", "remains")


def _of_row(sheet: Sheet, row: Row, plans: list[int], result: int) -> Iterator[PlannedCell]:
    if not row.label:
        return
    achieved = row.entries.get(result)
    told = _cell(sheet, row, result, achieved) if achieved is not None else None
    for index in plans:
        entry = row.entries.get(index)
        if entry is None:
            continue
        cell = _cell(sheet, row, index, entry)
        if cell is not None:
            authority = sheet.columns[index].authority
            yield PlannedCell(*cell, authority, row.label, told[1] if told is not None else None)


def _cell(sheet: Sheet, row: Row, index: int, entry: Entry) -> tuple[Stretch, Quantum] | None:
    stretch = Stretch(entry.text, entry.span.block, entry.span.document, entry.span.cell)
    if len(stretch.places) != 1:
        return None
    quantum = stretch.quantum(stretch.places[0])
    if quantum.measure is None:
        lend(quantum, sheet.unit_at(row, index))
    return stretch, quantum


def lend(quantum: Quantum, unit: Unit | None) -> None:
    """Give a bare figure the unit that its row or column names."""
    if unit is not None:
        quantum.measure = unit.measure
        quantum.scale += unit.scale
        quantum.settle()
