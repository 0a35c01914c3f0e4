"""Where the figures stand in a sheet: the row of headings is found, and each column told what it holds.

Two layouts are known. Long: one figure a row, in a column of its own. Wide: each column of figures is
headed by a period ("Thực hiện năm 2024") or by an indicator ("Diện tích lúa (ha)").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from baocao.figures.intake_names import Names
from baocao.figures.intake_periods import read_heading, read_period
from baocao.figures.intake_words import authority_meant, column_meant, is_computed, scenario_meant
from baocao.model.indicator import Indicator
from baocao.model.observation import Scenario
from baocao.model.period import CutOff, Period
from baocao.model.sheet import Percentage, Sheet, SheetCell, SheetRow, column_letters
from baocao.model.text import Text

_NO_HEADINGS = Text(
    "không tìm thấy dòng tiêu đề trong {rows} dòng đầu; cần một dòng có cột đơn vị hoặc chỉ tiêu, "
    "và cột giá trị, hoặc các cột là kỳ số liệu hay tên chỉ tiêu.",
    "no row of headings among the first {rows} rows; one is needed with a column for the unit or the indicator, "
    "and one for the value, or columns that are headed by periods or indicators.",
)
_UNKNOWN_HEADING = Text(
    "không hiểu tiêu đề cột “{seen}”; hãy đổi tên cột (đơn vị, chỉ tiêu, kỳ, giá trị, đơn vị tính, kịch bản, cấp giao, "
    "phân tổ, quyết định, ghi chú ...), hoặc xóa cột.",
    "the column heading “{seen}” is not understood; rename the column (unit, indicator, period, value, measure, "
    "scenario, authority, breakdown, decision, note ...), or delete it.",
)
_TWICE = Text(
    "hai cột cùng là “{seen}”; hãy giữ lại một cột.",
    "two columns are both “{seen}”; keep one of them.",
)
_BESIDE_VALUE = Text(
    "cột “{seen}” đứng cạnh cột giá trị nên không rõ số nào là số liệu; hãy bỏ một trong hai.",
    "the column “{seen}” stands beside a column of values, so that it is not clear which is the figure; drop one.",
)
_DIMENSION = "by "  # begins the field of a column of members of one dimension
_SEARCHED = 40  # rows, for the headings
_MANY_ALLOWED = frozenset({"unit", "indicator", "ignored"})  # a code and a name beside it


@dataclass(frozen=True, slots=True)
class Rejection:
    """What was not taken in: where it stands, what was seen there, and why; ``column`` is a letter or empty."""

    sheet: str
    row: int
    column: str
    seen: str
    text: Text

    @property
    def place(self) -> str:
        """As spreadsheets write it: "Biểu 1!C5", or "C5" in a text file."""
        return (f"{self.sheet}!" if self.sheet else "") + f"{self.column}{self.row}"


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of figures and what its heading says of them all."""

    column: int
    period: Period | None = None
    scenario: Scenario | None = None
    indicator: str = ""
    measure: str = ""
    authority: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        return (self.period, self.scenario, self.indicator, self.authority)


@dataclass(frozen=True, slots=True)
class Layout:
    """The row of headings, the columns by field, and the columns of figures."""

    headings: int
    fields: dict[str, tuple[int, ...]]
    values: tuple[ValueColumn, ...]
    is_wide: bool
    width: int


@dataclass(slots=True)
class _Headings:
    """The headings of one row, sorted by what they mean."""

    fields: dict[str, list[int]] = field(default_factory=dict)
    values: list[ValueColumn] = field(default_factory=list)
    unknown: list[tuple[int, str]] = field(default_factory=list)

    @property
    def is_row_of_headings(self) -> bool:
        known = set(self.fields) - {"ignored"}
        return bool(known & {"unit", "indicator"}) and bool("value" in known or self.values)


def dimension_headed(field: str) -> str:
    """The dimension whose members a field holds; "" for other fields."""
    return field[len(_DIMENSION) :] if field.startswith(_DIMENSION) else ""


def text_of(cell: SheetCell) -> str:
    """A cell as a key: a code that a spreadsheet keeps as a number is its digits."""
    if isinstance(cell, str):
        return cell
    value = cell.value if isinstance(cell, Percentage) else cell
    shown = f"{value:f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown) + ("%" if isinstance(cell, Percentage) else "")


def find_layout(sheet: Sheet, names: Names, cut_off: CutOff) -> Layout | tuple[Rejection, ...]:
    """Where everything stands, or why that cannot be told."""
    for row in sheet.rows[:_SEARCHED]:
        headings = _headings(row, names, cut_off)
        if headings.is_row_of_headings:
            problems = tuple(_problems(sheet, row, headings))
            return problems or _layout(row, headings)
    first = sheet.rows[0]
    seen = " | ".join(filter(None, map(text_of, first.cells)))[:80]
    return (Rejection(sheet.name, first.number, "", seen, _NO_HEADINGS.fill(rows=min(len(sheet.rows), _SEARCHED))),)


_NUMBERED = re.compile(r"\(?(?P<letter>[A-Z])?(?P<number>[0-9]{1,2})?\)?")


def numbers_columns(row: SheetRow) -> bool:
    """Whether a row only numbers the columns, as forms do below their headings: A, B, 1, 2 or (1), (2), (3)."""
    numbers = []
    for text in filter(None, map(text_of, row.cells)):
        found = _NUMBERED.fullmatch(text)
        if found is None or bool(found["letter"]) is bool(found["number"]):
            return False
        if found["number"]:
            numbers.append(int(found["number"]))
        elif numbers:
            return False
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))


def _headings(row: SheetRow, names: Names, cut_off: CutOff) -> _Headings:
    found = _Headings()
    for column, cell in enumerate(row.cells):
        text = " ".join(text_of(cell).split())
        if not text:
            continue
        meant = column_meant(text)
        # "% so với HĐND giao" is computed, though it ends like a column of targets
        computed = not meant and is_computed(text) and not names.is_indicator(text)
        headed = None if meant or computed else _value_column(column, text, names, cut_off)
        if not meant and not headed and not computed and (dimension := names.breakdowns.dimension(text)):
            meant = _DIMENSION + dimension
        if meant:
            found.fields.setdefault(meant, []).append(column)
        elif headed:
            found.values.append(headed)
        elif computed:
            found.fields.setdefault("ignored", []).append(column)
        else:
            found.unknown.append((column, text))
    return _beside_plans(row, found)


def _beside_plans(row: SheetRow, found: _Headings) -> _Headings:
    """A column of results ("kết quả") beside columns of plans is one of several columns of figures."""
    columns = found.fields.get("value", [])
    scenarios = [scenario_meant(text_of(row.cells[column])) for column in columns]
    if found.values and all(scenarios) and not any(one.indicator for one in found.values):
        results = [ValueColumn(column, scenario=one) for column, one in zip(columns, scenarios, strict=True)]
        found.values = sorted([*found.values, *results], key=lambda value: value.column)
        found.fields.pop("value", None)
    return found


_IN_BRACKETS = re.compile(r"(?P<name>.+?)\s*\((?P<measure>[^()]+)\)")


def _value_column(column: int, text: str, names: Names, cut_off: CutOff) -> ValueColumn | None:
    measure = ""
    found = _IN_BRACKETS.fullmatch(text)
    if found and names.is_measure(found["measure"]) and not names.is_indicator(text):
        text, measure = found["name"], found["measure"]
    indicator = names.indicator(text) if names.is_indicator(text) else None
    if isinstance(indicator, Indicator):
        return ValueColumn(column, indicator=indicator.code, measure=measure)
    if scenario := scenario_meant(text):
        return ValueColumn(column, scenario=scenario, measure=measure)
    if headed := read_heading(text, cut_off):
        return ValueColumn(column, headed[1], headed[0], measure=measure)
    return _assigned(column, text, measure, cut_off)


def _assigned(column: int, text: str, measure: str, cut_off: CutOff) -> ValueColumn | None:
    """A column of targets of one authority: "HĐND giao", "Kế hoạch UBND tỉnh giao năm 2024"."""
    named = authority_meant(text)
    if named is None:
        return None
    authority, rest = named
    period = read_period(rest, cut_off) if rest else None
    if isinstance(period, Text):
        return None
    return ValueColumn(column, period, Scenario.TARGET, measure=measure, authority=authority)


def _problems(sheet: Sheet, row: SheetRow, headings: _Headings) -> Iterator[Rejection]:
    for column, text in headings.unknown:
        yield Rejection(sheet.name, row.number, column_letters(column), text, _UNKNOWN_HEADING.fill(seen=text))
    for meant, columns in headings.fields.items():
        if len(columns) > 1 and meant not in _MANY_ALLOWED:
            seen = text_of(row.cells[columns[1]])
            yield Rejection(sheet.name, row.number, column_letters(columns[1]), seen, _TWICE.fill(seen=seen))
    if "value" in headings.fields:
        for extra in headings.values:
            seen = text_of(row.cells[extra.column])
            yield Rejection(sheet.name, row.number, column_letters(extra.column), seen, _BESIDE_VALUE.fill(seen=seen))
    kinds = Counter(one.key for one in headings.values)
    for one in headings.values:
        if kinds[one.key] > 1:
            seen = text_of(row.cells[one.column])
            yield Rejection(sheet.name, row.number, column_letters(one.column), seen, _TWICE.fill(seen=seen))


def _layout(row: SheetRow, headings: _Headings) -> Layout:
    fields = {meant: tuple(columns) for meant, columns in headings.fields.items()}
    is_wide = "value" not in fields
    values = tuple(headings.values) if is_wide else (ValueColumn(fields["value"][0]),)
    return Layout(row.number, fields, values, is_wide, len(row.cells))
