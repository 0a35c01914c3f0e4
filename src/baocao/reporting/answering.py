"""What drafting asks, answered by the ledger: figures as they stand now, in the units of the day reported on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from baocao.drafting.facts import Fact, Judged
from baocao.figures import compare, store, store_targets
from baocao.figures.compare_earlier import Earlier
from baocao.figures.projection import Projecting
from baocao.figures.projection_back_test import back_test
from baocao.figures.said import rounded
from baocao.figures.targets import plan
from baocao.ledger.annex_results import Needed, Results, gather
from baocao.ledger.annexing import leading_first
from baocao.ledger.book import Book
from baocao.ledger.completeness import lacks_units
from baocao.ledger.locality import around
from baocao.ledger.rolled import Place, Rolled, View
from baocao.model.indicator import Indicator
from baocao.model.observation import Address, Scenario, written
from baocao.model.org_unit import Level, OrgUnit
from baocao.model.period import Period
from baocao.model.projection import NotProjected, Projection, Tried
from baocao.model.target import Target
from baocao.model.text import Text
from baocao.reference import indicators as reference

_TRIED = 3  # earlier years in which projecting is tried again
_PARTS = (3, 1)  # months to a part of a year
HEADLINES = "chu_yeu"  # the sector whose indicators are rated and counted in a report


@dataclass  # no slots: the sectors are gathered when first asked for
class Answers:
    """The figures of one book, told in the units of the day ``on``. Everything looked up once is kept.

    Answers are of one moment: a store that moves on is asked with new ``Answers``. ``told_on`` is the day on which the
    report is written; None for one behind the period.
    """

    book: Book
    on: date
    base: Level = Level.COMMUNE
    revision: int = field(init=False)
    unit_key: str = ""
    told_on: date | None = None
    _rolled: Rolled = field(init=False)
    _own: Rolled = field(init=False)
    _year: Period = field(init=False)  # that the day lies in, to that day
    _told_below: dict[str, None] = field(default_factory=dict, init=False)  # the indicators told of units below
    _below: dict[Period, tuple[Rolled, frozenset[str]]] = field(default_factory=dict, init=False)
    _facts: dict[Address, Fact] = field(default_factory=dict, init=False)
    _plans: dict[tuple[str, date], tuple[Target, ...]] = field(default_factory=dict, init=False)
    _asked_for: dict[tuple[str, date], dict[Address, Decimal | None]] = field(default_factory=dict, init=False)
    _years: dict[tuple[str, int, date], dict[str, list[Target]]] = field(default_factory=dict, init=False)
    _known: set[Period] = field(default_factory=set, init=False)  # that the unit's own figures were asked of
    _judged: dict[tuple[str, int, date], tuple[Judged, ...]] = field(default_factory=dict, init=False)
    _projecting: dict[tuple[str, Period], Projecting] = field(default_factory=dict, init=False)

    @classmethod
    def about(
        cls, book: Book, unit: str, on: date, base: Level = Level.COMMUNE, told_on: date | None = None
    ) -> Answers:
        """Answers about one unit and those below it; nothing else of the map is gone through."""
        return cls(replace(book, geography=around(book.geography, unit)), on, base, unit, told_on)

    def __post_init__(self) -> None:
        self.revision = store.last_revision(self.book.connection)
        self._rolled = Rolled(self.book, View(self.on, base=self.base))
        self._year = Period(date(self.on.year, 1, 1), self.on)
        self._own = self._rolled.of(self.unit_key, but_in=(self._year,)) if self.unit_key else self._rolled

    def fact(self, address: Address) -> Fact:
        """One figure: what the unit states itself, else what the units below make, else an estimate or a mark."""
        found = self._facts.get(address)
        if found is None:
            found = self._facts[address] = self._asked(address) if address.authority else self._result(address)
        return found

    def _asked(self, address: Address) -> Fact:
        """A target as a figure; that of a year to come may be decided when it has begun."""
        held = self._plan(address.unit, self.on).get(address)
        if held is None and address.period.start > self.on:
            held = self._plan(address.unit, address.period.end).get(address)
        return Fact(address, held, revision=self.revision)

    def _result(self, address: Address) -> Fact:
        if address.indicator not in self.book.indicators:
            return Fact(address)
        place = Place(address.unit, address.indicator, written(address.breakdown))
        for rolled in filter(None, (self._rolled_of(address), self._villages)):
            stated = rolled.sums(address.period, self.on).stated.get(place)
            if stated is not None:
                return Fact(address, stated, revision=self.revision)
            value = rolled.value(place, address.period, self.on)
            if value is not None:
                made = self._made(rolled, address, place, value)
                # what the unit estimates of itself stands before a sum that some of those below are missing from
                return (self._estimated(address) or made) if made.is_incomplete else made
        return self._unsaid(address)

    def _rolled_of(self, address: Address) -> Rolled:
        """The sums that a figure stands in.

        Those of the report's own unit are asked for by themselves, but for the year that is told of every unit below.
        Of other units and periods only the indicators are asked for that the report told of units below before, and
        those beside this one in its sector.
        """
        unit, code, period = address.unit, address.indicator, address.period
        if unit == self.unit_key:
            if period not in self._known:
                beside = self._beside(period)
                self._known.update(beside, (period,))
                self._own.look_ahead(beside, self.on)
            return self._own
        self._told_below[code] = None
        if not self.unit_key or period == self._year:
            return self._own
        if period not in self._below or code not in self._below[period][1]:
            codes = tuple(dict.fromkeys((*self._told_below, *self.sector(self.book.indicators[code].sector))))
            self._below[period] = (self._rolled.about(codes), frozenset(codes))
        return self._below[period][0]

    def _beside(self, period: Period) -> tuple[Period, ...]:
        """A month or a quarter with the others of its year, which charts and tables set beside it."""
        ways = (Period.part(period.year).split(months) for months in _PARTS)
        parts = next((parts for parts in ways if period in parts), ())
        return tuple(each for each in parts if each.end <= self.on)

    @cached_property
    def _villages(self) -> Rolled | None:
        """What villages told, of which a commune's own report is made where the commune itself told nothing."""
        geography = self.book.geography
        if self.unit_key not in geography or geography.by_key(self.unit_key).level is not Level.COMMUNE:
            return None
        is_told_by_villages = any(unit.level is Level.VILLAGE for unit in geography.units)
        return self._rolled.told_by(Level.VILLAGE) if is_told_by_villages else None

    def _made(self, rolled: Rolled, address: Address, place: Place, value: Decimal) -> Fact:
        """A figure made of those of the units below, with the units that lack it."""
        figure = rolled.figure(place, address.period)
        if figure is None or not lacks_units(rolled, place, address.period, self.on):
            return Fact(address, value, revision=self.revision)
        missing = tuple(self.book.name_of(key) for key in rolled.missing(place, address.period))
        return Fact(address, value, None, figure.reporting, figure.expected, missing, revision=self.revision)

    def _unsaid(self, address: Address) -> Fact:
        """Where there is no result: the unit's own estimate, or the mark that it gave."""
        own = self._told_by_itself(address, Scenario.ESTIMATE) or self._told_by_itself(address, Scenario.ACTUAL)
        return own or Fact(address, revision=self.revision)

    def _estimated(self, address: Address) -> Fact | None:
        own = self._told_by_itself(address, Scenario.ESTIMATE)
        return own if own is not None and own.value is not None else None

    def _told_by_itself(self, address: Address, scenario: Scenario) -> Fact | None:
        found = store.find(self.book.connection, replace(address, scenario=scenario))
        if found is None:
            return None
        own = found.observation
        is_estimate = own.value is not None
        return Fact(address, own.value, own.mark, is_estimate=is_estimate, revision=self.revision)

    def indicator(self, code: str) -> Indicator | None:
        return self.book.indicators.get(code)

    def sector(self, code: str) -> Sequence[str]:
        return self._sectors.get(code, ())

    @cached_property
    def _sectors(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.book.indicators.values():
            found[one.sector].append(one.code)
        return found

    def measure(self, code: str) -> Text:
        return self.book.measure_of(code)

    def targets(self, unit: str, indicator: str, year: int, on: date) -> Sequence[Target]:
        return self._by_indicator(unit, year, on).get(indicator, ())

    def _by_indicator(self, unit: str, year: int, on: date) -> dict[str, list[Target]]:
        """The targets of a year by indicator, those of the leading authority first."""
        key = (unit, year, on)
        if key not in self._years:
            held = [one for one in self._held(unit, on) if one.address.period.year == year]
            order = {name: place for place, name in enumerate(leading_first(held))}
            found: dict[str, list[Target]] = defaultdict(list)
            for one in sorted(held, key=lambda one: (order[one.address.authority], one.address)):
                found[one.address.indicator].append(one)
            self._years[key] = found
        return self._years[key]

    def _held(self, unit: str, on: date) -> tuple[Target, ...]:
        """All targets of a unit that hold on a day."""
        key = (unit, on)
        if key not in self._plans:
            self._plans[key] = plan(store_targets.kept_of_unit(self.book.connection, unit), on)
        return self._plans[key]

    def _plan(self, unit: str, on: date) -> dict[Address, Decimal | None]:
        """The figures asked for, by address."""
        key = (unit, on)
        if key not in self._asked_for:
            self._asked_for[key] = {one.address: one.low for one in self._held(unit, on)}
        return self._asked_for[key]

    def judged(self, unit: str, year: int, on: date) -> Sequence[Judged]:
        """The ratings of the headline indicators; of all with targets where none of these is a headline."""
        key = (unit, year, on)
        if key not in self._judged:
            self._judged[key] = tuple(self._rate(unit, year, on))
        return self._judged[key]

    def _rate(self, unit: str, year: int, on: date) -> Iterator[Judged]:
        period = Period(date(year, 1, 1), on) if on < date(year, 12, 31) else Period.part(year)
        targets = tuple(one for one in self._held(unit, on) if one.address.period.year == year)
        if not targets:
            return
        given = {one.address.indicator for one in targets}
        codes = self._headings(given)
        needed = Needed(self.book.geography.by_key(unit), period, (Earlier.LAST_YEAR,), targets, self.base)
        listed = [line.indicator for line in compare.lines(self.book.indicators, codes)]
        found = self._gathered(needed, listed, on)
        told = given | {one.address.indicator for one in found.observations if one.address.period == period}
        authorities = leading_first(targets)
        is_open = self.told_on is not None and self.told_on < on
        wanted = compare.Wanted(unit, period, authorities, on, is_open=is_open)
        lines = compare.lines(self.book.indicators, codes, told)
        made = compare.compare(wanted, lines, found.observations, targets, found.completeness, found.incomplete)
        by_number = {row.number: row.indicator.code for row in made.rows}
        for authority in authorities:
            for number, rating in made.tally_by(authority).rated:
                yield Judged(by_number[number], authority, rating)

    def _gathered(self, needed: Needed, listed: Sequence[Indicator], on: date) -> Results:
        """The results that a unit is rated by, those of its villages where there are no others."""
        is_now = on == self.on
        own = self._own if needed.unit.key == self.unit_key else self._rolled
        found = gather(self.book, needed, listed, own if is_now else None)
        if self._villages is None:
            return found
        below = gather(self.book, replace(needed, base=Level.VILLAGE), listed, self._villages if is_now else None)
        told = {(one.address.indicator, one.address.period) for one in found.observations}
        added = [one for one in below.observations if (one.address.indicator, one.address.period) not in told]
        made = {one.address.indicator for one in added if one.address.period == needed.period}
        counted = {code: counts for code, counts in below.completeness.items() if code in made}
        short = {key for key in below.incomplete if key not in told}
        return replace(
            found,
            observations=(*found.observations, *added),
            completeness={**found.completeness, **counted},
            incomplete=found.incomplete | short,
        )

    def _headings(self, given: set[str]) -> list[str]:
        every = [one for one in self.book.indicators.values() if given.intersection((one.code, *one.parts))]
        inside = {part for one in every for part in one.parts}
        heads = [one for one in every if one.code not in inside]
        headlines = [one.code for one in heads if one.sector == HEADLINES]
        return headlines or [one.code for one in heads]

    def projection(self, address: Address) -> Projection | NotProjected:
        key = (address.unit, address.period)
        if key not in self._projecting:
            whole, known = Period.part(address.period.year), _Known(self, address.unit)
            on = address.period.end
            self._projecting[key] = Projecting(self.book.catalogue, known, whole, on, lacks=known.lacks)
        return self._projecting[key].of(address.indicator)

    def tried(self, address: Address) -> Tried | None:
        """Projecting tried again in each earlier year that the figures reach back to."""
        last, days = address.period.last_year, dict[int, date]()
        for _ in range(_TRIED):
            days[last.year], last = last.end, last.last_year
        known = [(address.unit, _Known(self, address.unit))]
        found = back_test(
            self.book.catalogue, [address.indicator], known, days, days_of=lambda whole: [days[whole.end.year]]
        )
        if not found.cases:
            return None
        years = tuple(case.projection.whole.end.year for case in found.cases)
        return Tried(years, rounded(found.errors[0].mean))

    def unit(self, key: str) -> OrgUnit:
        return self.book.geography.by_key(key)

    def below(self, unit: str, on: date) -> Sequence[OrgUnit]:
        return self.book.geography.children(unit, on)

    def members(self, dimension: str) -> Sequence[tuple[str, Text]]:
        found = reference.dimensions().get(dimension)
        return tuple((member.code, member.name) for member in found.members) if found else ()


@dataclass(frozen=True, slots=True)
class _Known:
    """A unit's figures for any period, as projecting asks for them: those that all units stand behind."""

    answers: Answers
    unit: str

    def __call__(self, code: str, period: Period) -> Decimal | None:
        found = self._fact(code, period)
        return None if found.is_incomplete else found.value

    def lacks(self, code: str, period: Period) -> bool:
        return self._fact(code, period).is_incomplete

    def _fact(self, code: str, period: Period) -> Fact:
        return self.answers.fact(Address(self.unit, code, period))
