"""The address of a figure in a file: from its row, its column's heading, or what holds for the whole file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from baocao.figures.intake_cells import Refusal
from baocao.figures.intake_columns import ValueColumn, dimension_headed
from baocao.figures.intake_decisions import read_decision
from baocao.figures.intake_heads import text_of
from baocao.figures.intake_layout import Layout
from baocao.figures.intake_names import Names
from baocao.figures.intake_numbers import Habit
from baocao.figures.intake_parts import Part, bare, measure_behind
from baocao.figures.intake_periods import read_period
from baocao.figures.intake_words import fold, scenario_meant, without_kind
from baocao.model.indicator import Indicator
from baocao.model.observation import Address, Breakdown, Scenario
from baocao.model.org_unit import OrgUnit
from baocao.model.period import CutOff, Period
from baocao.model.sheet import SheetRow
from baocao.model.target import Decision
from baocao.model.text import Text

_MISSING = {
    "unit": Text(
        "không có đơn vị; hãy ghi mã đơn vị vào dòng này, hoặc nêu đơn vị cho cả tệp (--unit).",
        "no unit is given; write the unit's code in this row, or name the unit for the whole file (--unit).",
    ),
    "indicator": Text(
        "không có chỉ tiêu; hãy ghi mã chỉ tiêu vào dòng này, hoặc nêu chỉ tiêu cho cả tệp (--indicator).",
        "no indicator is given; write the indicator's code in this row, or name the indicator for the whole file "
        "(--indicator).",
    ),
    "period": Text(
        "không có kỳ số liệu; hãy ghi kỳ vào dòng này, hoặc nêu kỳ cho cả tệp (--period).",
        "no period is given; write the period in this row, or name the period for the whole file (--period).",
    ),
    "authority": Text(
        "chỉ tiêu giao mà không có cấp giao; hãy thêm cột cấp giao (ví dụ UBND tỉnh, HĐND), hoặc nêu cho cả tệp "
        "(--authority).",
        "a target without its authority; add a column for the authority, or name it for the whole file (--authority).",
    ),
    "decision": Text(
        "chỉ tiêu giao mà không có quyết định và ngày ban hành; hãy thêm cột số quyết định và ngày quyết định, "
        "hoặc nêu quyết định cho cả tệp (--decision).",
        "a target without its decision and day of issue; add both columns, or name it for the whole file (--decision).",
    ),
}
_NO_SCENARIO = Text(
    "“{seen}” không phải là loại số liệu; cần: giao, thực hiện, ước hoặc gốc.",
    "“{seen}” is no scenario; expected is target, actual, estimate or baseline.",
)
_NOT_ITS_NAME = Text(
    "tên “{seen}” không khớp với mã {code}, là của “{name}”; hãy sửa mã hoặc tên.",
    "the name “{seen}” does not go with {code}, which is “{name}”; correct the code or the name.",
)
_TWO_MEMBERS = Text(
    "chiều phân tổ {dimension} được nêu hai lần, là {one} và {two}; hãy giữ lại một.",
    "the breakdown {dimension} is given twice, as {one} and as {two}; keep one of them.",
)
_NO_DAY = Text(
    "“{seen}” không phải là ngày; cần dạng 31/12/2024 hoặc 2024-12-31.",
    "“{seen}” is no day; expected is 31/12/2024 or 2024-12-31.",
)
_UNDATED = Text(
    "“{seen}” không có ngày ban hành; hãy ghi ngày ngay sau số, như “12/NQ-HĐND, 20/12/2025”, "
    "hoặc ghi vào cột ngày quyết định.",
    "“{seen}” has no day of issue; write it behind the number, as “12/NQ-HĐND, 20/12/2025”, "
    "or into a column for the day.",
)
_OTHER_DAY = Text(
    "ngày quyết định “{seen}” khác ngày ghi trong “{decision}”; hãy giữ lại ngày đúng.",
    "the day “{seen}” is not the one in “{decision}”; keep the right one.",
)
_FOR_ACTUAL = Text(
    "cấp giao chỉ dùng cho chỉ tiêu giao, dòng này là số “{seen}”; hãy xóa cấp giao hoặc sửa loại số liệu.",
    "an authority belongs to targets alone, and this row states “{seen}”; delete it or correct the scenario.",
)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for a whole file where its rows do not say otherwise; None and "" where nothing does.

    ``decisions`` are those of several authorities, ``decision`` that of any other. ``habit`` is how the file
    writes numbers, None to find out. ``cut_off`` is for periods told in words.
    """

    unit: str = ""
    indicator: str = ""
    period: Period | None = None
    scenario: Scenario = Scenario.ACTUAL
    authority: str = ""
    decision: Decision | None = None
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    holds_from: date | None = None
    habit: Habit | None = None
    cut_off: CutOff = CutOff.CALENDAR


@dataclass(frozen=True, slots=True)
class Key:
    """All that is known of a figure but the figure itself; ``measure`` is the stated unit of measure, or ""."""

    address: Address
    indicator: Indicator
    measure: str
    decision: Decision | None = None
    holds_from: date | None = None
    kind: tuple[int | None, str] = (None, "")  # of a target, as its column says


@dataclass(slots=True)
class _Row:
    """The cells of a row by field, each read once for all the figures of the row."""

    layout: Layout
    cells: SheetRow
    _texts: dict[str, list[tuple[int, str]]] = field(default_factory=dict, init=False)
    _firsts: dict[str, tuple[int | None, str]] = field(default_factory=dict, init=False)
    indicator: Indicator | None = field(default=None, init=False)
    breakdowns: dict[str, Breakdown] = field(default_factory=dict, init=False)
    part: Part | None = field(default=None, init=False)

    def texts(self, field: str) -> list[tuple[int, str]]:
        found = self._texts.get(field)
        if found is None:
            found = self._texts[field] = self._read(self.layout.fields.get(field, ()))
        return found

    def _read(self, columns: Sequence[int]) -> list[tuple[int, str]]:
        cells = self.cells.cells
        found = [(at, " ".join(text_of(cells[at]).split())) for at in columns if at < len(cells)]
        return [(at, text) for at, text in found if text]

    def first(self, field: str) -> tuple[int | None, str]:
        found = self._firsts.get(field)
        if found is None:
            texts = self.texts(field)
            found = texts[0] if texts else (next(iter(self.layout.fields.get(field, ())), None), "")
            self._firsts[field] = found
        return found


class Keys:
    """The addresses of figures, one row after another."""

    def __init__(self, names: Names, defaults: Defaults) -> None:
        self._names = names
        self._defaults = defaults
        self._row: _Row | None = None

    def of(self, layout: Layout, cells: SheetRow, value: ValueColumn, part: Part | None = None) -> Key:
        """The address of one figure and what goes with it, in a row that is ``part`` of what stands above it.

        Raises ``Refusal`` at the first cell that is wrong.
        """
        row = self._row
        if row is None or row.cells is not cells or row.layout is not layout:
            row = self._row = _Row(layout, cells)
        row.part = part
        return _key_of(row, value, self._names, self._defaults)


def _key_of(row: _Row, value: ValueColumn, names: Names, defaults: Defaults) -> Key:
    period = _period(row, value, defaults)
    unit = _unit(row, value, names, defaults, period.end)
    indicator = _indicator(row, value, names, defaults)
    scenario = _scenario(row, value, defaults)
    breakdown = _breakdown(row, names, indicator)
    measure = row.first("measure")[1] or value.measure or _measure_in(row, names)
    if not measure and row.part is not None:
        measure = row.part.measure
    if scenario is not Scenario.TARGET:
        column, seen = row.first("authority")
        if seen:
            raise Refusal(column, seen, _FOR_ACTUAL.fill(seen=scenario.value))
        return Key(Address(unit.key, indicator.code, period, scenario, "", breakdown), indicator, measure)
    column, seen = row.first("authority")
    authority = seen or value.authority or defaults.authority
    if not authority:
        raise Refusal(column, "", _MISSING["authority"])
    address = Address(unit.key, indicator.code, period, scenario, authority, breakdown)
    decision = _decision(row, defaults.decisions.get(authority, defaults.decision))
    column, seen = row.first("holds_from")
    holds_from = _day(column, seen) if seen else defaults.holds_from or decision.issued_on
    return Key(address, indicator, measure, decision, holds_from, row.first("target_kind"))


def _period(row: _Row, value: ValueColumn, defaults: Defaults) -> Period:
    if value.period is not None:
        return value.period
    column, seen = row.first("period")
    if not seen:
        if defaults.period is None:
            raise Refusal(column, "", _MISSING["period"])
        return defaults.period
    found = read_period(seen, defaults.cut_off)
    if isinstance(found, Text):
        raise Refusal(column, seen, found)
    return found


def _unit(row: _Row, value: ValueColumn, names: Names, defaults: Defaults, on: date) -> OrgUnit:
    texts = [(value.column, value.unit)] if value.unit else [*row.texts("unit")]
    if not texts and defaults.unit:
        texts = [(row.first("unit")[0] or 0, defaults.unit)]
    if not texts:
        raise Refusal(row.first("unit")[0], "", _MISSING["unit"])
    # a code beside a name is the surer of the two, whichever column comes first
    if len(texts) > 1:
        texts.sort(key=lambda text: not any(sign.isdigit() for sign in text[1]))
    column, seen = texts[0]
    unit = names.unit(seen, on)
    if isinstance(unit, Text):
        raise Refusal(column, seen, unit)
    for column, other in texts[1:]:
        if other not in (unit.code, unit.key) and without_kind(fold(other)) != without_kind(fold(unit.name)):
            raise Refusal(column, other, _NOT_ITS_NAME.fill(seen=other, code=seen, name=unit.name))
    return unit


def _indicator(row: _Row, value: ValueColumn, names: Names, defaults: Defaults) -> Indicator:
    if value.indicator or value.measure:
        return _read_indicator(row, value, names, defaults)
    if row.indicator is None:
        row.indicator = _read_indicator(row, value, names, defaults)
    return row.indicator


def _measure_in(row: _Row, names: Names) -> str:
    """The unit of measure that stands behind the name of the indicator, in brackets."""
    found = (measure_behind(seen, names) for _, seen in row.texts("indicator"))
    return next(filter(None, found), "")


def _read_indicator(row: _Row, value: ValueColumn, names: Names, defaults: Defaults) -> Indicator:
    if row.part is not None and not value.indicator:
        if row.part.refusal is not None:
            raise Refusal(row.part.column, row.part.seen, row.part.refusal)
        return row.part.indicator
    texts: list[tuple[int | None, str]] = [*row.texts("indicator")]
    if value.indicator:
        texts = [(value.column, value.indicator)]
    elif not texts and defaults.indicator:
        texts = [(None, defaults.indicator)]
    if not texts:
        raise Refusal(row.first("indicator")[0], "", _MISSING["indicator"])
    has_measure = bool(row.first("measure")[1] or value.measure)
    found = [names.indicator(bare(seen, names, has_measure=has_measure)) for _, seen in texts]
    indicator = next((one for one in found if isinstance(one, Indicator)), found[0])
    if isinstance(indicator, Text):
        raise Refusal(*texts[0], indicator)
    for (column, seen), one in zip(texts, found, strict=True):
        if one != indicator:
            raise Refusal(column, seen, _NOT_ITS_NAME.fill(seen=seen, code=indicator.code, name=indicator.name.vi))
    return indicator


def _scenario(row: _Row, value: ValueColumn, defaults: Defaults) -> Scenario:
    column, seen = row.first("scenario")
    if not seen:
        return value.scenario or defaults.scenario
    found = scenario_meant(seen)
    if found is None:
        raise Refusal(column, seen, _NO_SCENARIO.fill(seen=seen))
    return found


def _breakdown(row: _Row, names: Names, indicator: Indicator) -> Breakdown:
    if indicator.code not in row.breakdowns:
        row.breakdowns[indicator.code] = _read_breakdown(row, names, indicator)
    return row.breakdowns[indicator.code]


def _read_breakdown(row: _Row, names: Names, indicator: Indicator) -> Breakdown:
    column, line = row.first("breakdown")
    found = names.breakdowns.parts(line, indicator)
    if isinstance(found, Text):
        raise Refusal(column, line, found)
    if row.part is not None and row.part.indicator is indicator:
        found |= dict(row.part.breakdown)
    for heading in row.layout.fields:
        dimension = dimension_headed(heading)
        column, seen = row.first(heading)
        if not dimension or not seen:
            continue
        member = names.breakdowns.member(dimension, seen, indicator)
        if isinstance(member, Text):
            raise Refusal(column, seen, member)
        if found.setdefault(dimension, member) != member:
            raise Refusal(column, seen, _TWO_MEMBERS.fill(dimension=dimension, one=found[dimension], two=member))
    return tuple(sorted(found.items()))


def _decision(row: _Row, usual: Decision | None) -> Decision:
    column, number = row.first("decision")
    if not number:
        if usual is None:
            raise Refusal(column, "", _MISSING["decision"])
        return usual
    written = read_decision(number)
    if isinstance(written, Text):
        raise Refusal(column, number, written)
    day_column, seen = row.first("decided_on")
    day = _day(day_column, seen) if seen else written.issued_on
    if day is None:
        if usual is None or usual.number != written.number:
            place = (column, number) if day_column is None else (day_column, "")
            raise Refusal(*place, _UNDATED.fill(seen=number))
        return usual
    if written.issued_on not in (None, day):
        raise Refusal(day_column, seen, _OTHER_DAY.fill(seen=seen, decision=number))
    return written.on(day)


_DAY = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})")


def _day(column: int | None, seen: str) -> date:
    try:
        if found := _DAY.fullmatch(seen):
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
        return date.fromisoformat(seen)
    except ValueError as problem:
        raise Refusal(column, seen, _NO_DAY.fill(seen=seen)) from problem
