"""The sums that the figures of one unit make among themselves, which those of its heirs must make too.

A total and its parts (the identities of the catalogue), a whole and the members of its breakdowns, a year and its
months. Only what held of the unit is asked of its heirs: where it told figures that contradict each other, they do
so too. Where a total was told with some of its parts alone, these are not more than the total in any heir either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from baocao.figures.breakdowns import wholes
from baocao.figures.formula_tree import Name, When
from baocao.figures.questions import year_before
from baocao.figures.recast_identities import Identities, Identity
from baocao.figures.ways import LENGTHS
from baocao.model.indicator import Indicator, Over
from baocao.model.period import Period

Sum = dict[int, int]  # of the place of each figure: how often it counts


class Cell(NamedTuple):
    """What one figure of a unit is of."""

    indicator: str
    breakdown: str
    period: Period


_Line = tuple[str, str]  # an indicator and a breakdown
_OverTime = list[tuple[tuple[int, int], ...]]  # sums of figures of a line, by the places of their periods


@dataclass(slots=True)
class Told:
    """The additive figures of one unit, as whole numbers of one size, in the order of their cells.

    Behind them ``values`` has what the sums need besides: what the months of a year come to, and the ``rests``, by
    which a total is more than those of its parts that were told.
    """

    values: list[int]
    indicator: Callable[[str], Indicator]
    rests: set[int] = field(default_factory=set)
    _lines: dict[_Line, dict[Period, int]] = field(default_factory=dict)
    _breakdowns: dict[str, list[str]] = field(default_factory=dict)
    _members: dict[_Line, dict[int, list[str]]] = field(default_factory=dict)  # of a whole, by their dimension
    _found: dict[tuple[_Line, Period], Sum | None] = field(default_factory=dict)
    _splits: dict[Period, tuple[tuple[Period, ...], ...]] = field(default_factory=dict)
    _over_time: dict[tuple[Over, tuple[Period, ...]], _OverTime] = field(default_factory=dict)

    @classmethod
    def of(cls, cells: Mapping[Cell, int], indicator: Callable[[str], Indicator]) -> Told:
        told = cls(list(cells.values()), indicator)
        for place, cell in enumerate(cells):
            told._lines.setdefault(cell[:2], {})[cell.period] = place
        for code, line in list(told._lines):
            told._breakdowns.setdefault(code, []).append(line)
            told._note(code, line)
        return told

    def _note(self, code: str, line: str) -> None:
        """Note of which wholes a breakdown is a member, and of which wholes they are in turn."""
        for dimension, whole in wholes(self.indicator(code), line) if line else ():
            members = self._members.setdefault((code, whole), {}).setdefault(dimension, [])
            if line not in members:
                members.append(line)
                self._note(code, whole)

    def sums(self, identities: Identities) -> Iterator[Sum]:
        """All sums that hold: each as what together makes nought."""
        for line, its in self._lines.items():
            yield from self._of_line(line, its)
        for whole, dimensions in self._members.items():
            for members in dimensions.values():
                yield from self._of_members(whole, members)
        for identity in identities.of(self._breakdowns):
            yield from self._same(identity)
            for breakdown, period in dict.fromkeys(self._places(identity)):
                if (found := self._looked_up(identity, breakdown, period)) is not None:
                    yield from self._held(*found)

    def _held(self, form: Sum, is_bound: bool) -> Iterator[Sum]:
        """What makes nought; what makes more than it must, with the rest taken away."""
        rest = self._comes_to(form)
        if len(form) > 1 and rest == 0:
            yield form
        elif len(form) > 1 and rest > 0 and is_bound:
            self.rests.add(len(self.values))
            yield self._with(form, rest)

    def _with(self, form: Sum, rest: int) -> Sum:
        self.values.append(rest)
        return {**form, len(self.values) - 1: -1}

    def _of_line(self, line: _Line, its: Mapping[Period, int]) -> Iterator[Sum]:
        """What one line's figures of several periods make: a quarter its months, and the year what was told of it."""
        over, places = self.indicator(line[0]).over_time, tuple(its.values())
        if len(its) < 2 or over not in (Over.SUM, Over.LAST):
            return
        key = (over, tuple(its))
        if key not in self._over_time:
            self._over_time[key] = list(_flows(key[1]) if over is Over.SUM else _stocks(key[1]))
        for one in self._over_time[key]:
            yield from self._held({places[place]: times for place, times in one}, is_bound=False)
        if over is Over.SUM:
            for year in _years(key[1]):
                form = {places[place]: 1 for place in year if self.values[places[place]]}
                if len(form) > 1:
                    yield self._with(form, sum(self.values[place] for place in form))

    def _of_members(self, whole: _Line, members: Iterable[str]) -> Iterator[Sum]:
        lines = [(whole[0], member) for member in members]
        for period in dict.fromkeys(period for line in lines for period in self._lines.get(line, ())):
            total = self._value(whole, period)
            parts = [part for line in lines if (part := self._value(line, period)) is not None]
            if total is not None:
                yield from self._held(_joined([(total, 1), *((part, -1) for part in parts)]), is_bound=True)

    def _same(self, identity: Identity) -> Iterator[Sum]:
        """The parts of a total that are the members of its breakdown too, told the same of every period."""
        for total, parts in identity.totals:
            for members in self._members.get((total, ""), {}).values():
                for member, part in product(members, parts):
                    yield from self._equal((total, member), (part, ""))

    def _equal(self, line: _Line, other: _Line) -> Iterable[Sum]:
        """That two figures are one, where they were told alike of two periods or more, and not of nought alone."""
        pairs = [(self._value(line, period), self._value(other, period)) for period in self._lines.get(line, ())]
        forms = [_joined([(first, 1), (second, -1)]) for first, second in pairs if first and second]
        known = sum(any(self.values[place] for place in form) for form in forms)
        return forms if known > 1 and not any(map(self._comes_to, forms)) else ()

    def _comes_to(self, form: Sum) -> int:
        return sum(self.values[place] * times for place, times in form.items())

    def _places(self, identity: Identity) -> Iterator[tuple[str, Period]]:
        """The breakdowns and periods that an identity may be asked of."""
        for code in identity.now:
            for line in self._breakdowns.get(code, ()):
                for period in self._lines[code, line]:
                    yield line, period

    def _looked_up(self, identity: Identity, line: str, period: Period) -> tuple[Sum, bool] | None:
        """An identity in figures; without parts that nobody told it is a bound of those told, else there is none."""
        known: list[tuple[Sum, int]] = []
        lacking = set()
        for name, times in identity.times.items():
            value = self._value((name.code, line), _meant(name, period))
            if value is None:
                lacking.add(times > 0)
            else:
                known.append((value, times))
        if len(lacking) > 1 or len(known) < 2 or (identity.is_bound and True in lacking):
            return None
        turn = -1 if True in lacking else 1  # an equation may be read from either side
        return _joined((value, turn * times) for value, times in known), identity.is_bound or bool(lacking)

    def _value(self, line: _Line, period: Period) -> Sum | None:
        """What a figure is made of: itself, its periods, or the members of its breakdown; None where nobody told."""
        key = (line, period)
        if key not in self._found:
            own = self._own(line, period)
            self._found[key] = own if own is not None else self._of_parts(line, period)
        return self._found[key]

    def _own(self, line: _Line, period: Period) -> Sum | None:
        its = self._lines.get(line, {})
        if period in its:
            return {its[period]: 1}
        over = self.indicator(line[0]).over_time if its else Over.NONE
        if over is Over.SUM:
            for parts in self._split(period):
                if all(part in its for part in parts):
                    return {its[part]: 1 for part in parts}
        if over is Over.LAST:
            return next(({place: 1} for told, place in its.items() if told.end == period.end), None)
        return None

    def _of_parts(self, line: _Line, period: Period) -> Sum | None:
        for members in self._members.get(line, {}).values():
            parts = [part for one in members if (part := self._value((line[0], one), period)) is not None]
            if parts:
                return _joined((part, 1) for part in parts)
        return None

    def _split(self, period: Period) -> tuple[tuple[Period, ...], ...]:
        if period not in self._splits:
            self._splits[period] = _splits(period)
        return self._splits[period]


def _splits(period: Period) -> tuple[tuple[Period, ...], ...]:
    return tuple(parts for months in LENGTHS if len(parts := period.split(months)) > 1)


def _flows(periods: tuple[Period, ...]) -> Iterator[tuple[tuple[int, int], ...]]:
    """Periods that others make."""
    places = {period: place for place, period in enumerate(periods)}
    for period, place in places.items():
        for parts in _splits(period):
            if all(part in places for part in parts):
                yield ((place, 1), *((places[part], -1) for part in parts))


def _stocks(periods: tuple[Period, ...]) -> Iterator[tuple[tuple[int, int], ...]]:
    """Periods that end on one day."""
    first: dict[object, int] = {}
    for place, period in enumerate(periods):
        if first.setdefault(period.end, place) != place:
            yield (first[period.end], 1), (place, -1)


def _years(periods: tuple[Period, ...]) -> Iterator[tuple[int, ...]]:
    """The shortest periods of each year, where there are several that do not overlap."""
    years: dict[int, list[int]] = {}
    for place in sorted(range(len(periods)), key=lambda place: (periods[place].days, periods[place])):
        its = years.setdefault(periods[place].year, [])
        if not any(periods[place].overlaps(periods[other]) for other in its):
            its.append(place)
    return (tuple(its) for its in years.values() if len(its) > 1)


def _meant(name: Name, period: Period) -> Period:
    match name.when:
        case When.NOW:
            return period
        case When.LAST_YEAR:
            return period.last_year
        case When.PREVIOUS:
            return period.previous
        case When.YEAR_START:
            return year_before(period)


def _joined(forms: Iterable[tuple[Sum, int]]) -> Sum:
    found: Sum = {}
    for form, times in forms:
        for place, its in form.items():
            found[place] = found.get(place, 0) + times * its
    return {place: times for place, times in found.items() if times}
