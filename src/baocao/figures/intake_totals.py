"""Rows and columns of sums in a form: they are proved against what they add up, and never loaded.

A sum that does not come to its parts is refused, as one of the two is false; which one only the office knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from baocao.figures.intake_columns import ValueColumn
from baocao.figures.intake_heads import is_total, text_of
from baocao.figures.intake_layout import Layout, Rejection
from baocao.figures.intake_names import Names
from baocao.figures.intake_numbers import Habit, read_number
from baocao.figures.intake_words import mark_meant
from baocao.figures.said import figure, with_figures
from baocao.model.indicator import Indicator, Over
from baocao.model.observation import NoValue
from baocao.model.sheet import Percentage, Sheet, SheetCell, SheetRow, column_letters
from baocao.model.text import Text

_OFF = Text(
    "tổng ghi {total}, cộng {count} đơn vị trong biểu được {sum}; hãy sửa số sai, hoặc xóa tổng nếu biểu "
    "không liệt kê đủ đơn vị.",
    "the total is given as {total}, the {count} units of the table make {sum}; correct the false figure, or delete "
    "the total where the table does not list all units.",
)


def is_total_row(layout: Layout, row: SheetRow) -> bool:
    """Whether a row stands for all units of its table: "Tổng số", "Cộng". A file of one figure a row has none."""
    if not layout.is_wide:
        return False
    named = [text_of(row.cells[at]) for at in layout.fields.get("unit", ()) if at < len(row.cells)]
    filled = [text for text in named if text]
    return bool(filled) and all(map(is_total, filled))


def total_cells(layout: Layout, rows: Iterable[SheetRow]) -> int:
    """How many cells of sums there are."""
    return sum(_filled(row, at) for row in rows for at in _columns_of_sums(layout, row))


def _columns_of_sums(layout: Layout, row: SheetRow) -> Sequence[int]:
    return [value.column for value in layout.values] if is_total_row(layout, row) else layout.totals


def _filled(row: SheetRow, at: int) -> bool:
    return at < len(row.cells) and row.cells[at] != ""


def off(
    sheet: Sheet, layout: Layout, rows: Sequence[SheetRow], names: Names, default: str, habit: Habit
) -> Iterator[Rejection]:
    """The sums that do not come to what they add up, where all of it is known."""
    parts = [row for row in rows if not is_total_row(layout, row)]
    for row in parts if len(layout.totals) == 1 else ():
        if _adds_up(_of_row(layout, row, names, default)):
            cells = {value.column: _number(row, value.column, habit) for value in layout.values if value.unit}
            yield from _compared(sheet, row, layout.totals[0], list(cells.values()), habit)
    sums = [row for row in rows if is_total_row(layout, row)]
    if len(sums) != 1 or "indicator" in layout.fields:
        return
    for value in layout.values:
        if _adds_up(_of_column(value, names, default)):
            yield from _compared(
                sheet, sums[0], value.column, [_number(row, value.column, habit) for row in parts], habit
            )


def _of_row(layout: Layout, row: SheetRow, names: Names, default: str) -> Indicator | None:
    texts = [text_of(row.cells[at]) for at in layout.fields.get("indicator", ()) if _filled(row, at)]
    found = [names.indicator(" ".join(text.split())) for text in texts or [default]]
    return next((one for one in found if isinstance(one, Indicator)), None)


def _of_column(value: ValueColumn, names: Names, default: str) -> Indicator | None:
    found = names.indicator(value.indicator or default)
    return found if isinstance(found, Indicator) else None


def _adds_up(indicator: Indicator | None) -> bool:
    return indicator is not None and indicator.over_place is Over.SUM


def _number(row: SheetRow, at: int, habit: Habit) -> Decimal | None:
    """A plain number, nought where nothing occurred or nothing stands; None for what cannot be added."""
    cell: SheetCell = row.cells[at] if at < len(row.cells) else ""
    if isinstance(cell, Percentage):
        return None
    if isinstance(cell, Decimal):
        return cell
    if not cell or mark_meant(cell) is NoValue.NONE_OCCURRED:
        return Decimal(0)
    found = read_number(cell, habit)
    return None if isinstance(found, Text) else found


def _compared(
    sheet: Sheet, row: SheetRow, at: int, parts: Sequence[Decimal | None], habit: Habit
) -> Iterator[Rejection]:
    if not _filled(row, at):
        return
    total = _number(row, at, habit)
    numbers = [part for part in parts if part is not None]
    if total is None or not parts or len(numbers) < len(parts):
        return
    summed = sum(numbers, Decimal(0))
    if abs(total - summed) > _rounding([total, *numbers]):
        told = with_figures(_OFF, total=figure(total), sum=figure(summed), count=len(numbers))
        yield Rejection(sheet.name, row.number, column_letters(at), text_of(row.cells[at]), told)


def _rounding(numbers: Sequence[Decimal]) -> Decimal:
    """What rounding of each may come to: nothing for counts, half of the last decimal for what has decimals."""
    places = max(max(-int(number.as_tuple().exponent), 0) for number in numbers)
    return Decimal(5 * len(numbers)).scaleb(-places - 1) if places else Decimal(0)


def without_foot(layout: Layout, rows: Sequence[SheetRow], names: Names) -> Sequence[SheetRow]:
    """The rows without the foot of a form, where it is told who made it and who signs.

    It begins after a blank row below the last figure, and none of its rows names a unit or an indicator.
    """
    last = max((at for at, row in enumerate(rows) if not _is_wordy(layout, row, names)), default=len(rows))
    gaps = (at for at in range(last + 1, len(rows)) if rows[at].number > rows[at - 1].number + 1)
    return rows[: next(gaps, len(rows))]


def _is_wordy(layout: Layout, row: SheetRow, names: Names) -> bool:
    """Whether a row has no cell that may be a figure, and no key of one."""
    figures = [row.cells[value.column] for value in layout.values if _filled(row, value.column)]
    keys = [
        text_of(row.cells[at])
        for kind in ("unit", "indicator")
        for at in layout.fields.get(kind, ())
        if _filled(row, at)
    ]
    if any(names.is_unit(key) or names.is_indicator(key) for key in keys):
        return False
    return all(isinstance(cell, str) and not cell[0].isdigit() and mark_meant(cell) is None for cell in figures)
