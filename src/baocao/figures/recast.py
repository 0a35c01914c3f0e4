"""A series in the units of another day: as it was, as of today, as of any day; and the way back.

Additive figures are summed, and parted only by shares that a decision states, those of one unit together, so that
what made a sum in it makes one in each heir (recast_parts.py). What no share divides stays
with the old unit, is named as missing from the new ones, and counts in every unit above that holds all the
places where it can lie: so the totals of provinces and of the country are conserved to the last unit. Ratios
are recomputed from their re-cast numerator and denominator, never averaged or apportioned. A figure of any
kind passes unchanged where one unit went, whole and alone, into another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from baocao.figures.recast_identities import Identities
from baocao.figures.recast_parts import parted
from baocao.figures.recast_rows import How, Missing, Row, Shares, Source, in_order, quotient, total
from baocao.figures.recast_sums import Cell
from baocao.model.geography import Geography
from baocao.model.indicator import Indicator, Over
from baocao.model.lineage import WHOLE, Lineage
from baocao.model.observation import Address, NoValue, Observation, Scenario, written
from baocao.model.org_unit import Level
from baocao.model.text import Problem, Text

_Target = tuple[Address, Level]  # a new address, and the level of the units that make its figure


class CannotRecast(Problem):
    """Figures that contradict each other or the catalogue; ``text`` says which."""


_TWICE = Text(
    "hai số liệu cho cùng một địa chỉ {address}; hãy chỉ đưa vào bản ghi hiện hành",
    "two figures for one address {address}; give only the current revision",
)
_NO_INDICATOR = Text(
    "chỉ tiêu {indicator} không có trong danh mục; hãy thêm vào danh mục hoặc sửa mã",
    "the indicator {indicator} is not in the catalogue; add it or mend its code",
)
_SUCCESSOR = Text(
    "{old} và {new} nêu cùng một số liệu, trong khi đơn vị sau kế thừa đơn vị trước; hãy giữ một trong hai",
    "{old} and {new} tell one figure, though the second unit succeeds the first; keep one of the two",
)
_TORN = Text(
    "các dòng quy đổi cho {address} không khớp nhau; hãy quy đổi lại từ số liệu gốc",
    "the re-cast rows for {address} contradict each other; re-cast the original figures again",
)


@dataclass(frozen=True, slots=True)
class Bonds:
    """What figures that are parted by shares must go on making sums with.

    ``kin`` are the other current figures of the units that were divided: those that by ``identities``, or as other
    periods and breakdowns, make sums with the ones that are re-cast. They get no rows of their own.
    """

    identities: Identities
    kin: tuple[Observation, ...] = ()


_NO_BONDS: Final = Bonds(Identities())


@dataclass(slots=True)
class _Gathered:
    """What is known of one new figure while the old ones are passed through."""

    sources: list[Source]
    missing: list[Missing]
    days: list[date]


def as_it_was(
    observations: Iterable[Observation], geography: Geography, indicators: Mapping[str, Indicator]
) -> tuple[Row, ...]:
    """Every figure with the unit that it was told of. Raises ``CannotRecast``, ``UnknownUnit``."""
    current = _current(observations, indicators)
    rows = []
    for address, each in sorted(current.items(), key=lambda pair: in_order(pair[0])):
        source = Source(address.unit, WHOLE, each.value, each.mark)
        level = geography.by_key(address.unit).level
        rows.append(Row(address, level, How.SAME, each.value, each.mark, (source,)))
    return tuple(rows)


def recast(
    observations: Iterable[Observation],
    geography: Geography,
    on: date,
    indicators: Mapping[str, Indicator],
    bonds: Bonds = _NO_BONDS,
) -> tuple[Row, ...]:
    """The figures in the units of a day. ``observations`` are current ones, in any order.

    Raises ``CannotRecast``, ``UnknownUnit``.
    """
    current = _current(observations, indicators)
    work = _Recast(geography, on, indicators)
    work.part_by(current, bonds)
    for address, each in sorted(current.items(), key=lambda pair: in_order(pair[0])):
        work.take(address, each)
    return work.rows()


def undo(rows: Iterable[Row]) -> dict[Address, Decimal | NoValue]:
    """The figures that the rows were made of, from the rows alone. Raises ``CannotRecast`` for torn rows."""
    parts: dict[Address, list[Decimal | NoValue]] = {}
    told: dict[Address, list[Decimal | NoValue]] = {}
    for row in rows:
        into = told if row.how is How.RECOMPUTED else parts
        for source in row.sources:
            figure = source.mark if source.value is None else source.value
            if figure is not None:
                into.setdefault(replace(row.address, unit=source.unit), []).append(figure)
    found = {address: _joined(address, figures) for address, figures in parts.items()}
    for address, figures in told.items():
        if any(figure != found.setdefault(address, figures[0]) for figure in figures):
            raise CannotRecast(_TORN.fill(address=address))
    return dict(sorted(found.items(), key=lambda pair: in_order(pair[0])))


def _joined(address: Address, figures: list[Decimal | NoValue]) -> Decimal | NoValue:
    values = [figure for figure in figures if isinstance(figure, Decimal)]
    if len(values) == len(figures):
        return total(values)
    if len(set(figures)) > 1:
        raise CannotRecast(_TORN.fill(address=address))
    return figures[0]


def _current(observations: Iterable[Observation], indicators: Mapping[str, Indicator]) -> dict[Address, Observation]:
    current: dict[Address, Observation] = {}
    for each in observations:
        if each.address in current:
            raise CannotRecast(_TWICE.fill(address=each.address))
        if each.address.indicator not in indicators:
            raise CannotRecast(_NO_INDICATOR.fill(indicator=each.address.indicator))
        current[each.address] = each
    return current


class _Recast:
    """One pass: old figures are taken in, new rows come out."""

    def __init__(self, geography: Geography, on: date, indicators: Mapping[str, Indicator]) -> None:
        self._geography, self._on, self._indicators = geography, on, indicators
        self._lineages: dict[tuple[str, date], Lineage] = {}
        self._sums: dict[_Target, _Gathered] = {}
        self._others: dict[_Target, _Gathered] = {}
        self._left: list[Row] = []
        self._levels: list[tuple[Address, Observation, Lineage]] = []  # figures that do not add
        self._amounts: dict[Address, list[Decimal]] = {}  # of figures of divided units, in the order of their shares

    def part_by(self, current: Mapping[Address, Observation], bonds: Bonds) -> None:
        """Part the additive figures of divided units, those of one unit together."""
        told: dict[tuple[str, Scenario, str], dict[Cell, Address]] = {}
        amounts: dict[Address, Decimal] = {}
        for address, each in ({each.address: each for each in bonds.kin} | dict(current)).items():
            amount = Decimal(0) if each.mark is NoValue.NONE_OCCURRED else each.value
            is_additive = self._indicators[address.indicator].over_place is Over.SUM
            if amount is None or not is_additive or len(self._lineage(address.unit, self._on).parts) == 1:
                continue
            amounts[address] = amount
            cell = Cell(address.indicator, written(address.breakdown), address.period)
            told.setdefault((address.unit, address.scenario, address.authority), {})[cell] = address
        for (unit, *_), its in told.items():
            shares = Shares.of([part.share for part in self._lineage(unit, self._on).parts])
            figures = {cell: amounts[address] for cell, address in its.items()}
            for cell, found in parted(figures, shares, self._indicators.__getitem__, bonds.identities).items():
                self._amounts[its[cell]] = found

    def take(self, address: Address, each: Observation) -> None:
        unit = self._geography.by_key(address.unit)
        day = _day(each, unit.valid_from, unit.valid_to)
        lineage = self._lineage(unit.key, self._on)
        if self._indicators[address.indicator].over_place is Over.SUM:
            self._part(address, each, lineage, unit.level, day)
            return
        self._levels.append((address, each, lineage))
        for key in (lineage.whole,) if lineage.whole else self._of_level(lineage.keys, unit.level):
            there = self._gather(self._others, replace(address, unit=key), unit.level, day)
            there.sources.append(Source(unit.key, WHOLE, each.value, each.mark))

    def _part(self, address: Address, each: Observation, lineage: Lineage, level: Level, day: date) -> None:
        """Parts one additive figure among the units that it went to."""
        shares = [part.share for part in lineage.parts]
        amounts: list[Decimal] | list[None]
        amounts = [None] * len(shares) if each.value is None else self._amounts.get(address, [each.value])
        for part, amount in zip(lineage.parts, amounts, strict=True):
            source = Source(address.unit, part.share, amount, each.mark)
            if part.is_exact:
                there = replace(address, unit=part.keys[0])
                self._gather(self._sums, there, level, day).sources.append(source)
                continue
            heirs = [] if part.is_held else self._of_level(part.keys, level)
            if each.mark is NoValue.NONE_OCCURRED and heirs:  # nothing occurred in any part of it either
                for key in heirs:
                    self._gather(self._sums, replace(address, unit=key), level, day).sources.append(source)
                continue
            self._leave(address, source, level, part.keys)
            for key in heirs:
                missing = Missing(address.unit, each.mark or NoValue.NOT_RECAST, amount)
                self._gather(self._sums, replace(address, unit=key), level, day).missing.append(missing)

    def _leave(self, address: Address, source: Source, level: Level, among: tuple[str, ...]) -> None:
        holders = self._geography.holders(among, self._on)
        held_by = holders[0].key if holders else ""
        self._left.append(
            Row(address, level, How.LEFT, source.value, source.mark, (source,), among=among, held_by=held_by)
        )

    def rows(self) -> tuple[Row, ...]:
        sums = {target: self._summed(target, its) for target, its in self._sums.items()}
        others = [self._leveled(target, its, sums) for target, its in self._others.items()]
        carried = {replace(row.address, unit=source.unit) for row in others for source in row.sources}
        for address, each, lineage in self._levels:
            if address not in carried:
                source = Source(address.unit, WHOLE, each.value, each.mark)
                self._leave(address, source, self._geography.by_key(address.unit).level, lineage.keys)
        found = [*self._left, *others, *sums.values()]
        return tuple(sorted(found, key=lambda row: (in_order(row.address), row.level.value, row.how.value, row.among)))

    def _summed(self, target: _Target, its: _Gathered) -> Row:
        missing = self._all_missing(target, its)
        sources = tuple(sorted(its.sources, key=lambda source: source.unit))
        if self._passes(target, its, missing):
            return Row(*target, How.SAME, sources[0].value, sources[0].mark, sources)
        values = [source.value for source in sources if source.value is not None]
        if values:
            is_parted = any(source.share != WHOLE for source in sources)
            how = How.APPORTIONED if is_parted else How.SUMMED
            return Row(*target, how, total(values), None, sources, missing)
        marks = {source.mark for source in sources if source.mark}
        if not marks:
            return Row(*target, How.NOT_RECAST, None, NoValue.NOT_RECAST, (), missing)
        if missing:  # "nothing occurred" in a part says nothing of the whole
            marks = marks - {NoValue.NONE_OCCURRED} or {NoValue.NOT_AVAILABLE}
        mark = marks.pop() if len(marks) == 1 else NoValue.NOT_AVAILABLE
        return Row(*target, How.SUMMED, None, mark, sources, missing)

    def _leveled(self, target: _Target, its: _Gathered, sums: Mapping[_Target, Row]) -> Row:
        """The row of a figure that does not add: passed on, recomputed, or marked."""
        address, _ = target
        sources = tuple(sorted(its.sources, key=lambda source: source.unit))
        missing = self._all_missing(target, its)
        if self._passes(target, its, missing):
            return Row(*target, How.SAME, sources[0].value, sources[0].mark, sources)
        indicator = self._indicators[address.indicator]
        if indicator.over_place is Over.RECOMPUTE:
            value = self._ratio(target, indicator, sums)
            if value is not None:
                return Row(*target, How.RECOMPUTED, value, None, sources)
        told = {missing.unit for missing in missing}
        lacking = (Missing(each.unit, NoValue.NOT_RECAST, each.value) for each in sources if each.unit not in told)
        missing = tuple(sorted((*missing, *lacking), key=lambda missing: missing.unit))
        return Row(*target, How.NOT_RECAST, None, NoValue.NOT_RECAST, (), missing)

    @staticmethod
    def _ratio(target: _Target, indicator: Indicator, sums: Mapping[_Target, Row]) -> Decimal | None:
        """The ratio of two re-cast figures; nothing where one of them is not known in full."""
        address, level = target
        above = sums.get((replace(address, indicator=indicator.numerator), level))
        below = sums.get((replace(address, indicator=indicator.denominator), level))
        if above is None or below is None or not (above.is_complete and below.is_complete):
            return None
        if above.value is None or not below.value:
            return None
        return quotient(above.value, below.value, indicator.per)

    def _passes(self, target: _Target, its: _Gathered, missing: tuple[Missing, ...]) -> bool:
        """Whether one unit went, whole and alone, into another: then any figure of it is the figure of the other."""
        if len(its.sources) != 1 or any(each.unit != its.sources[0].unit for each in missing):
            return False
        return not its.missing and self._lineage(its.sources[0].unit, self._on).whole == target[0].unit

    def _all_missing(self, target: _Target, its: _Gathered) -> tuple[Missing, ...]:
        """What was found missing, the sources that told only a mark, and those that told nothing at all.

        Raises ``CannotRecast`` where a unit and its own successor tell the same figure, which would count twice.
        """
        address, level = target
        day = max(its.days)
        taken = {source.unit for source in its.sources} | {missing.unit for missing in its.missing}
        covered = set()
        for unit in sorted(taken):
            reached = set(self._lineage(unit, day).keys)
            if twice := (reached & taken) - {unit}:
                old, new = replace(address, unit=unit), replace(address, unit=min(twice))
                raise CannotRecast(_SUCCESSOR.fill(old=old, new=new))
            covered |= reached
        expected = self._of_level(self._lineage(address.unit, day).keys, level)
        found = list(its.missing)
        found += (Missing(key, NoValue.NOT_AVAILABLE) for key in expected if key not in covered)
        found += (
            Missing(source.unit, source.mark)
            for source in its.sources
            if source.mark and source.mark is not NoValue.NONE_OCCURRED
        )
        return tuple(sorted(found, key=lambda missing: (missing.unit, missing.mark.value, missing.value or 0)))

    def _of_level(self, keys: Iterable[str], level: Level) -> list[str]:
        """Those of one level: a district's figure is never told of, nor missed from, the communes it lay in."""
        return [key for key in keys if self._geography.by_key(key).level is level]

    def _lineage(self, key: str, on: date) -> Lineage:
        found = self._lineages.get((key, on))
        if found is None:
            found = self._lineages[key, on] = self._geography.lineage(key, on)
        return found

    @staticmethod
    def _gather(into: dict[_Target, _Gathered], address: Address, level: Level, day: date) -> _Gathered:
        gathered = into.setdefault((address, level), _Gathered([], [], []))
        gathered.days.append(day)
        return gathered


def _day(each: Observation, start: date | None, end: date | None) -> date:
    """The day that a figure tells of: the end of its period, within the life of its unit."""
    day = each.address.period.end
    if end is not None and day > end:
        return end
    return start if start is not None and day < start else day
