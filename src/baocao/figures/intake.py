"""Rows of a file become observations and targets, each at its one address, or are rejected with their reason.

Nothing is guessed: a name that two units share, a number that can be read in two ways, a unit that did
not exist on the last day of the period are all refused, with the place, what was seen, and what to do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from baocao.figures.intake_cells import NotAssured, Refusal, figure_in, is_blank, target_in
from baocao.figures.intake_columns import ValueColumn
from baocao.figures.intake_heads import text_of
from baocao.figures.intake_keys import Defaults, Keys
from baocao.figures.intake_layout import Layout, Rejection, find_layout, numbers_columns
from baocao.figures.intake_names import Names
from baocao.figures.intake_numbers import Habit, habit_of
from baocao.figures.intake_parts import Part, Parts
from baocao.figures.intake_targets import Plans
from baocao.figures.intake_totals import is_total_row, off, total_cells, without_foot
from baocao.model.observation import Address, Observation, Origin, OriginKind, Scenario
from baocao.model.sheet import Sheet, SheetCell, SheetRow, column_letters
from baocao.model.target import Target
from baocao.model.text import Text

__all__ = ["Defaults", "Intake", "Rejection", "take_in"]

_TWICE = Text(
    "địa chỉ {address} đã có ở ô {other}; một tệp chỉ được nêu mỗi số liệu một lần, hãy xóa một trong hai dòng.",
    "the address {address} stands at {other} too; a file states each figure once, delete one of the two.",
)
_BLANK = Text(
    "ô giá trị trống; hãy ghi số, hoặc ký hiệu: chưa có số liệu, không phát sinh, không thu thập, chưa đánh giá.",
    "the value is blank; write the number, or a mark: not available, none occurred, not collected, not rated.",
)
_BEYOND = Text(
    "dòng có nội dung ở bên phải cột tiêu đề cuối cùng; có thể một dấu phẩy thập phân đã tách số thành hai ô, "
    "hãy đặt số trong ngoặc kép hoặc dùng dấu chấm phẩy để ngăn cột.",
    "the row goes on beyond the last heading; perhaps a decimal comma has parted a number into two cells, "
    "put the number in quotation marks, or part the columns by semicolons.",
)
_JOINED = Text(
    "ô giá trị được gộp trên nhiều ô ({area}), không rõ số thuộc dòng nào; hãy bỏ gộp ô và ghi số vào từng dòng.",
    "the value's cell is merged over several ({area}), so it is not clear whose it is; unmerge it.",
)


@dataclass(frozen=True, slots=True)
class Intake:
    """What a file holds. ``blanks`` counts the empty cells of wide tables, where nothing is stated.

    ``rows`` counts the figures that were stated, good and bad, ``totals`` the cells of sums, which are passed over.
    ``places`` tell of each target, in their order, where it stands: its sheet, its row, its column counted from 0.
    """

    sha256: str
    observations: tuple[Observation, ...]
    targets: tuple[Target, ...]
    rejections: tuple[Rejection, ...]
    blanks: int
    rows: int
    recorded_at: datetime
    recorded_by: str
    totals: int = 0
    places: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Table:
    """One sheet with its rows of figures: those below the headings and above the form's foot."""

    sheet: Sheet
    layout: Layout
    rows: Sequence[SheetRow]


@dataclass(frozen=True, slots=True)
class _Stated:
    """One cell with a figure, before it is understood."""

    sheet: Sheet
    layout: Layout
    row: SheetRow
    value: ValueColumn
    part: Part | None = None

    @property
    def cell(self) -> SheetCell:
        return self.row.cells[self.value.column] if self.value.column < len(self.row.cells) else ""

    @property
    def place(self) -> str:
        name = f"{self.sheet.name}!" if self.sheet.name else ""
        return f"{name}{column_letters(self.value.column)}{self.row.number}"

    def rejected(self, column: int | None, seen: str, text: Text) -> Rejection:
        letters = "" if column is None else column_letters(column)
        return Rejection(self.sheet.name, self.row.number, letters, seen, text)


def take_in(
    sheets: Iterable[Sheet],
    sha256: str,
    names: Names,
    defaults: Defaults,
    recorded_at: datetime,
    recorded_by: str,
    plans: Plans | None = None,
) -> Intake:
    """All figures of a file's sheets. ``sha256`` is the digest of the file, by which it is known again.

    ``plans`` are the targets known before; those of this file are counted among them.
    """
    rejections: list[Rejection] = []
    tables = _tables(sheets, names, defaults, rejections)
    stated = [one for table in tables for one in _stated(table, names, rejections)]
    filled = [one for one in stated if not is_blank(one.cell)]
    habit = defaults.habit or habit_of(one.cell for one in filled if isinstance(one.cell, str))
    known = Plans() if plans is None else plans
    reader = _Reader(sha256, names, Keys(names, defaults), habit, _crossed(filled), recorded_at, recorded_by, known)
    read = reader.read_all([one for one in stated if not (one.layout.is_wide and is_blank(one.cell))], rejections)
    taken = _without_doubles(read, rejections)
    for table in tables:
        rejections += off(table.sheet, table.layout, table.rows, names, defaults.indicator, habit)
    return Intake(
        sha256,
        tuple(figure for _, figure in taken if isinstance(figure, Observation)),
        tuple(figure for _, figure in taken if isinstance(figure, Target)),
        tuple(_once(rejections)),
        sum(one.layout.is_wide for one in stated) - sum(one.layout.is_wide for one in filled),
        sum(not one.layout.is_wide or not is_blank(one.cell) for one in stated),
        recorded_at,
        recorded_by,
        sum(total_cells(table.layout, table.rows) for table in tables),
        tuple((one.sheet.name, one.row.number, one.value.column) for one, asked in taken if isinstance(asked, Target)),
    )


def _tables(sheets: Iterable[Sheet], names: Names, defaults: Defaults, rejections: list[Rejection]) -> Sequence[_Table]:
    found = []
    for sheet in sheets:
        layout = find_layout(sheet, names, defaults.cut_off) if sheet.rows else ()
        if not isinstance(layout, Layout):
            rejections += layout
            continue
        below = [row for row in sheet.rows if row.number > layout.headings]
        if below and numbers_columns(below[0]):
            below.pop(0)
        found.append(_Table(sheet, layout, without_foot(layout, below, names) if layout.is_wide else below))
    return found


def _stated(table: _Table, names: Names, rejections: list[Rejection]) -> Iterator[_Stated]:
    """Every cell in which a figure is to be; sums of the others are none."""
    sheet, layout = table.sheet, table.layout
    joined, parts = _Joined(sheet, layout), Parts(layout, names)
    for row in table.rows:
        if is_total_row(layout, row):
            continue
        beyond = next((at for at in range(layout.width, len(row.cells)) if not is_blank(row.cells[at])), None)
        if beyond is not None:
            seen = text_of(row.cells[beyond])
            rejections.append(Rejection(sheet.name, row.number, column_letters(beyond), seen, _BEYOND))
            continue
        filled = joined.filled(row)
        part = parts.of(filled)
        for value in layout.values:
            area = joined.area(row.number, value.column)
            one = _Stated(sheet, layout, filled, value, part)
            if area is None:
                yield one
            elif not is_blank(one.cell):
                rejections.append(one.rejected(value.column, text_of(one.cell), _JOINED.fill(area=area)))


class _Joined:
    """Merged cells: what stands in the first holds for all, save for figures."""

    def __init__(self, sheet: Sheet, layout: Layout) -> None:
        rows = {row.number: row for row in sheet.rows}
        self._values = {value.column for value in layout.values}
        self._areas: dict[tuple[int, int], str] = {}
        self._fills: dict[int, dict[int, SheetCell]] = defaultdict(dict)
        for top, left, bottom, right in sheet.merged:
            if top <= layout.headings or top not in rows:
                continue
            first = rows[top].cells[left] if left < len(rows[top].cells) else ""
            area = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
            for number in range(top, min(bottom, max(rows)) + 1):
                for column in range(left, min(right, layout.width) + 1):
                    self._areas[number, column] = area
                    self._fills[number][column] = first

    def area(self, row: int, column: int) -> str | None:
        return self._areas.get((row, column))

    def filled(self, row: SheetRow) -> SheetRow:
        fills = {at: cell for at, cell in self._fills.get(row.number, {}).items() if at not in self._values}
        if not fills:
            return row
        cells = list(row.cells) + [""] * (max(fills) + 1 - len(row.cells))
        for column, cell in fills.items():
            cells[column] = cell
        return SheetRow(row.number, tuple(cells))


def _crossed(filled: Iterable[_Stated]) -> frozenset[tuple[str, int]]:
    """Columns in which an x can only be a mark: most of their cells hold numbers."""
    numbers: dict[tuple[str, int], int] = defaultdict(int)
    for one in filled:
        crossed = isinstance(one.cell, str) and one.cell.casefold() == "x"
        is_number = not isinstance(one.cell, str) or one.cell[:1].isdigit()
        numbers[one.sheet.name, one.value.column] += is_number - crossed
    return frozenset(column for column, more in numbers.items() if more > 0)


@dataclass(slots=True)
class _Reader:
    """Reads one stated figure after another, all with the same habits and defaults."""

    sha256: str
    names: Names
    keys: Keys
    habit: Habit
    crossed: frozenset[tuple[str, int]]
    recorded_at: datetime
    recorded_by: str
    plans: Plans

    def read_all(
        self, stated: Sequence[_Stated], rejections: list[Rejection]
    ) -> list[tuple[_Stated, Observation | Target]]:
        """What can be read, in the file's order; a result in words waits until all targets of the file are known."""
        read: dict[int, Observation | Target] = {}
        waiting: list[int] = []
        for at, one in enumerate(stated):
            try:
                read[at] = self.read(one)
            except NotAssured:
                waiting.append(at)
            except Refusal as refusal:
                rejections.append(one.rejected(refusal.column, refusal.seen, refusal.text))
        self.plans.add(figure for figure in read.values() if isinstance(figure, Target))
        for at in waiting:
            try:
                read[at] = self.read(stated[at])
            except Refusal as refusal:
                rejections.append(stated[at].rejected(refusal.column, refusal.seen, refusal.text))
        return [(stated[at], read[at]) for at in sorted(read)]

    def read(self, one: _Stated) -> Observation | Target:
        """Raises ``Refusal``."""
        if is_blank(one.cell):
            raise Refusal(one.value.column, "", _BLANK)
        key = self.keys.of(one.layout, one.row, one.value, one.part)
        if key.address.scenario is Scenario.TARGET:
            target = target_in(one.cell, one.value.column, key, self.names, self.habit)
            refused = self.plans.refusal(target)
            if refused is not None:
                raise Refusal(one.value.column, text_of(one.cell), refused)
            return target
        may_cross = (one.sheet.name, one.value.column) in self.crossed
        is_assured = self.plans.is_assured(key.address)
        value, mark = figure_in(one.cell, one.value.column, key, self.names, self.habit, may_cross, is_assured)
        origin = Origin(OriginKind.FILE_CELL, f"{self.sha256}#{one.place}")
        return Observation(key.address, value, origin, self.recorded_at, self.recorded_by, mark)


def _without_doubles(
    taken: list[tuple[_Stated, Observation | Target]], rejections: list[Rejection]
) -> list[tuple[_Stated, Observation | Target]]:
    """Figures whose address is stated once; of the others every place is rejected, naming another."""
    places: dict[tuple[Address, tuple[date, ...]], list[_Stated]] = defaultdict(list)
    for one, figure in taken:
        places[figure.address, _days(figure)].append(one)
    single = []
    for one, figure in taken:
        same = places[figure.address, _days(figure)]
        if len(same) == 1:
            single.append((one, figure))
        else:
            other = next(place for place in same if place is not one)
            text = _TWICE.fill(address=figure.address, other=other.place)
            rejections.append(replace(one.rejected(one.value.column, text_of(one.cell), text), other=other.place))
    return single


def _days(figure: Observation | Target) -> tuple[date, ...]:
    """The days that tell two targets of one address apart: from when they hold, and of their decisions."""
    return (figure.holds_from, figure.decision.issued_on) if isinstance(figure, Target) else ()


def _once(rejections: Iterable[Rejection]) -> list[Rejection]:
    """Each place and reason once (a wide row's unknown unit is met at every figure), by sheet and row."""
    ordered = list(dict.fromkeys(rejections))
    sheets = {name: at for at, name in enumerate(dict.fromkeys(one.sheet for one in ordered))}
    return sorted(ordered, key=lambda one: (sheets[one.sheet], one.row, len(one.column), one.column))
