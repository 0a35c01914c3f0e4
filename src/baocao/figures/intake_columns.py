"""What the headings over each column of a sheet mean: a key, a figure of something, or what others make.

Of several headings, one below the other, each may say a part: the year above, "KH" and "TH" below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import permutations

from baocao.figures.intake_heads import Heads, is_caption, is_total
from baocao.figures.intake_names import Names
from baocao.figures.intake_periods import read_heading, read_period
from baocao.figures.intake_words import authority_meant, column_meant, fold, is_computed, scenario_meant
from baocao.model.indicator import Indicator
from baocao.model.observation import Scenario
from baocao.model.period import CutOff, Period
from baocao.model.text import Text
from baocao.reference import indicators as reference

_DIMENSION = "by "  # begins the field of a column of members of one dimension


def dimension_headed(field: str) -> str:
    """The dimension whose members a field holds; "" for other fields."""
    return field[len(_DIMENSION) :] if field.startswith(_DIMENSION) else ""


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of figures and what its heading says of them all."""

    column: int
    period: Period | None = None
    scenario: Scenario | None = None
    indicator: str = ""
    measure: str = ""
    authority: str = ""
    unit: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        return (self.period, self.scenario, self.indicator, self.authority, self.unit)

    def within(self, above: ValueColumn) -> ValueColumn:
        """With what a heading above says and this one does not."""
        return ValueColumn(
            self.column,
            self.period or above.period,
            self.scenario or above.scenario,
            self.indicator or above.indicator,
            self.measure or above.measure,
            self.authority or above.authority,
            self.unit or above.unit,
        )


@dataclass(slots=True)
class Headings:
    """The columns of a sheet, sorted by what their headings mean.

    ``unknown`` are columns whose own heading is not understood, ``above`` those under a caption that is not.
    """

    fields: dict[str, list[int]] = field(default_factory=dict)
    values: list[ValueColumn] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    unknown: list[tuple[int, str]] = field(default_factory=list)
    above: list[tuple[int, str]] = field(default_factory=list)

    @property
    def is_row_of_headings(self) -> bool:
        known = set(self.fields) - {"ignored"}
        return bool(known & {"unit", "indicator"}) and bool("value" in known or self.values)


def sorted_out(heads: Heads, names: Names, cut_off: CutOff) -> Headings:
    """Every column under what its headings mean."""
    found = Headings()
    reader = _Reader(names, cut_off, found)
    for column, texts in enumerate(heads.columns):
        if texts:
            reader.sort(column, texts)
    _settle_totals(heads, found)
    _settle_measure(heads, found)
    return _beside_plans(heads, found)


@dataclass(slots=True)
class _Reader:
    """Reads the headings of one column after another."""

    names: Names
    cut_off: CutOff
    found: Headings

    def sort(self, column: int, texts: tuple[str, ...]) -> None:
        own, above = texts[-1], texts[:-1]
        parts = [self._value(column, text) for text in above]
        if self._is_done(column, texts):
            return
        meant = self._field(own)
        if is_total(own) and not meant:
            self._total(column, own, parts)
        elif meant == "value" and any(parts):
            self._add(ValueColumn(column, scenario=scenario_meant(own)), texts, parts)
        elif meant:
            self.found.fields.setdefault(meant, []).append(column)
        elif headed := self._value(column, own):
            self._add(headed, texts, parts)
        else:
            self.found.unknown.append((column, own))

    def _field(self, own: str) -> str | None:
        """The field that a heading names; what is computed from other columns is of no matter."""
        meant = column_meant(own)
        if meant is None and self._is_computed(own):
            return "ignored"
        # a period or an indicator may be called like a dimension
        if meant is None and not self._value(0, own) and (dimension := self.names.breakdowns.dimension(own)):
            return _DIMENSION + dimension
        return meant

    def _is_computed(self, text: str) -> bool:
        # "% so với HĐND giao" is computed, though it ends like a column of targets
        return not column_meant(text) and is_computed(text) and not self.names.is_indicator(text)

    def _is_done(self, column: int, texts: tuple[str, ...]) -> bool:
        """Whether the column is done with: headings that name an indicator together, or a caption of computed ones."""
        above = texts[:-1]
        if any(map(self._is_computed, above)):
            self.found.fields.setdefault("ignored", []).append(column)
            return True
        for order in permutations(texts[-2:]) if above else ():
            headed = self._value(column, " ".join(order))
            if headed and headed.indicator:
                self._add(headed, (*texts[:-2], ""), [self._value(column, text) for text in texts[:-2]])
                return True
        return False

    def _total(self, column: int, own: str, parts: list[ValueColumn | None]) -> None:
        """The whole of what stands above, or the sum of the columns beside it."""
        whole = next((part for part in reversed(parts) if part and part.indicator), None)
        if whole:
            self._add(whole, (own,), [part for part in parts if part is not whole])
        else:
            self.found.totals.append(column)

    def _add(self, headed: ValueColumn, texts: tuple[str, ...], parts: list[ValueColumn | None]) -> None:
        for part, text in zip(reversed(parts), reversed(texts[:-1]), strict=False):
            if part is not None:
                headed = headed.within(part)
            elif not self._is_caption(text):
                self.found.above.append((headed.column, text))
        self.found.values.append(headed)

    def _is_caption(self, text: str) -> bool:
        is_sector = fold(text) in {fold(name.vi) for name in reference.sectors().values()}
        return is_sector or is_caption(text) or column_meant(text) in ("unit", "indicator", "value")

    def _value(self, column: int, text: str) -> ValueColumn | None:
        names, measure = self.names, ""
        found = _IN_BRACKETS.fullmatch(text)
        if found and names.is_measure(found["measure"]) and not names.is_indicator(text):
            text, measure = found["name"], found["measure"]
        indicator = names.indicator(text) if names.is_indicator(text) else None
        if isinstance(indicator, Indicator):
            return ValueColumn(column, indicator=indicator.code, measure=measure)
        if scenario := scenario_meant(text):
            return ValueColumn(column, scenario=scenario, measure=measure)
        if headed := read_heading(text, self.cut_off):
            return ValueColumn(column, headed[1], headed[0], measure=measure)
        assigned = _assigned(column, text, measure, self.cut_off)
        if assigned is None and not column_meant(text) and not is_total(text) and names.is_unit(text):
            return ValueColumn(column, measure=measure, unit=text)
        return assigned


_IN_BRACKETS = re.compile(r"(?P<name>.+?)\s*\((?P<measure>[^()]+)\)")


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


def _settle_totals(heads: Heads, found: Headings) -> None:
    """Only beside columns of units can a column be their sum; elsewhere "Tổng số" is not understood."""
    if not any(one.unit for one in found.values):
        found.unknown += [(column, heads.columns[column][-1]) for column in found.totals]
        found.totals = []


def _settle_measure(heads: Heads, found: Headings) -> None:
    """Where columns are headed by units, a column "Đơn vị" beside them holds the units of measure."""
    columns = found.fields.get("unit", [])
    short = [column for column in columns if fold(heads.columns[column][-1]) == "don vi"]
    if short and short == columns and "measure" not in found.fields and any(one.unit for one in found.values):
        found.fields["measure"] = found.fields.pop("unit")


def _beside_plans(heads: Heads, found: Headings) -> Headings:
    """A column of results ("kết quả") beside columns of plans is one of several columns of figures."""
    columns = found.fields.get("value", [])
    scenarios = [scenario_meant(heads.columns[column][-1]) for column in columns]
    if found.values and all(scenarios) and not any(one.indicator for one in found.values):
        results = [ValueColumn(column, scenario=one) for column, one in zip(columns, scenarios, strict=True)]
        found.values = sorted([*found.values, *results], key=lambda value: value.column)
        found.fields.pop("value", None)
    return found
