"""The results that an annex needs: a unit's own figures, and where it has none those made of the units below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from baocao.figures import store
from baocao.figures.compare import EARLIER_YEARS, Completeness
from baocao.figures.compare_earlier import Earlier
from baocao.ledger.book import Book
from baocao.ledger.completeness import lacks_units
from baocao.ledger.contained import gone
from baocao.ledger.gaps import Gaps
from baocao.ledger.remarking import PARTIAL, gaps_told, named
from baocao.ledger.rolled import Figure, Place, Rolled, View
from baocao.model.indicator import Indicator, Over
from baocao.model.observation import Address, Observation, Origin, OriginKind, Scenario
from baocao.model.org_unit import Level, OrgUnit
from baocao.model.period import Period
from baocao.model.target import Target, TargetKind
from baocao.model.text import Text

_RESULTS = (Scenario.ACTUAL, Scenario.ESTIMATE)


@dataclass(frozen=True, slots=True)
class Needed:
    """Of which unit and period results are needed, and against which earlier ones they will be set."""

    unit: OrgUnit
    period: Period
    against: tuple[Earlier, ...]
    targets: tuple[Target, ...]
    base: Level

    def periods(self, indicator: Indicator) -> Iterator[Period]:
        """The period itself, those it is set against, and what falls and progress are told from."""
        yield self.period
        yield from (earlier.of(self.period) for earlier in self.against if earlier.is_for(indicator))
        for target in self.targets:
            if target.address.indicator != indicator.code:
                continue
            whole = target.address.period
            if target.kind is TargetKind.REDUCE_BY:
                yield whole.last_year
            elif indicator.over_time is Over.SUM and whole.days > self.period.days + 1:
                yield from _same_points(self.period, whole)


def _same_points(part: Period, whole: Period) -> Iterator[Period]:
    for _ in range(EARLIER_YEARS):
        part, whole = part.last_year, whole.last_year
        yield from (part, whole)


@dataclass(frozen=True, slots=True)
class Results:
    """All observations that may be needed, and what must be said of those that were computed.

    ``differing`` holds what the units below make where the unit states something else. ``undivided`` are keys of
    earlier units whose parts are in none of the computed figures, by the figures that lack them (None: the period's
    own); ``short`` tells of how many units an earlier figure is made, where these are fewer than they ought to be;
    ``lacking`` which days of the period, or whose parts, are in none of the figures that make a result, and ``open``
    which days of an earlier period; ``incomplete`` are the earlier figures that units are missing from.
    """

    observations: tuple[Observation, ...]
    completeness: Mapping[str, Completeness]
    differing: Mapping[str, Decimal]
    undivided: Mapping[Earlier | None, tuple[str, ...]]
    short: Mapping[tuple[str, Earlier], Completeness]
    lacking: Mapping[str, tuple[Text, ...]]
    open: Mapping[tuple[str, Earlier], Text]
    incomplete: frozenset[tuple[str, Period]] = frozenset()


@dataclass(slots=True)
class _Gathering:
    book: Book
    needed: Needed
    rolled: Rolled
    made: list[Observation]
    completeness: dict[str, Completeness]
    differing: dict[str, Decimal]
    short: dict[tuple[str, Earlier], Completeness]
    lacking: dict[str, tuple[Text, ...]]
    open: dict[tuple[str, Earlier], Text]
    looked_up: dict[Period, Gaps] = field(default_factory=dict)
    incomplete: set[tuple[str, Period]] = field(default_factory=set)
    is_made_below: bool = False

    def take(self, indicator: Indicator, told: Mapping[tuple[str, Period], Decimal | None]) -> None:
        """The figures of one indicator that the unit does not state itself."""
        code, day = indicator.code, self.needed.period.end
        place = Place(self.needed.unit.key, code)
        for period in dict.fromkeys(self.needed.periods(indicator)):
            # the units of today's period count in all, so that like is set against like
            value = self.rolled.value(place, period, day)
            stated = self.rolled.sums(period, day).stated.get(place)
            is_told = (code, period) in told
            own = told[code, period] if is_told else stated
            if own is None and not is_told and not self._may_stand(place, period):
                continue
            if not is_told and (own is not None or value is not None):
                self.made.append(_computed(place, period, own if own is not None else value))
            if own is None and not is_told and value is not None:
                self._is_of(place, period)
            elif period == self.needed.period and value is not None and own is not None and value != own:
                self.differing[code] = value

    def _is_of(self, place: Place, period: Period) -> None:
        """What stands behind a figure that is made of the units below."""
        if period == self.needed.period:
            self.is_made_below = True
            figure = self.rolled.figure(place, period)
            if figure is not None and lacks_units(self.rolled, place, period):
                names = tuple(self.book.name_of(key) for key in self.rolled.missing(place, period))
                self.completeness[place.indicator] = Completeness(figure.reporting, figure.expected, names)
            if figure is not None and (lacking := tuple(self._lacking(place, figure))):
                self.lacking[place.indicator] = lacking
            return
        if lacks_units(self.rolled, place, period, self.needed.period.end):
            self.incomplete.add((place.indicator, period))
        figure = self.rolled.sums(period, self.needed.period.end).computed.get(place)
        for earlier in self.needed.against if figure is not None else ():
            if earlier.of(self.needed.period) != period or figure is None:
                continue
            if figure.reporting < figure.expected and (place.indicator, period) in self.incomplete:
                self.short[place.indicator, earlier] = Completeness(figure.reporting, figure.expected)
            if gaps := self._gaps(place, period):
                told = gaps_told(self.book, gaps, figure.reporting)
                self.open[place.indicator, earlier] = told

    def _may_stand(self, place: Place, period: Period) -> bool:
        """Whether a figure may be set against: one that lacks days only where it is shown, with what it lacks."""
        is_shown = period in (self.needed.period, *(one.of(self.needed.period) for one in self.needed.against))
        return is_shown or not self._gaps(place, period)

    def _gaps(self, place: Place, period: Period) -> Mapping[tuple[Period, ...], tuple[str, ...]]:
        day = self.needed.period.end
        figure = self.rolled.sums(period, day).computed.get(place)
        looked_up = self.looked_up.setdefault(period, Gaps(self.rolled, period, day))
        return looked_up.of(place, figure) if figure is not None else {}

    def _lacking(self, place: Place, figure: Figure) -> Iterator[Text]:
        """The days that no figure of a unit covers, and the earlier units of which nobody knows what lies where."""
        if gaps := self._gaps(place, self.needed.period):
            yield gaps_told(self.book, gaps, figure.reporting)
        for is_whole, keys in gone(self.rolled, place, self.needed.period):
            if not is_whole:
                yield named(PARTIAL, self.book, keys)


def gather(
    book: Book,
    needed: Needed,
    indicators: Sequence[Indicator],
    rolled: Rolled | None = None,
    looked_up: dict[Period, Gaps] | None = None,
    is_left_out: Callable[[Observation], bool] = lambda _: False,
) -> Results:
    """The results of a unit for these indicators, from sums that are made already where there are some.

    ``looked_up`` holds what was found missing in periods before, in the units of the same day and for the same sums.
    What the unit tells itself and ``is_left_out`` is not in those sums either.
    """
    codes = tuple(dict.fromkeys(one.code for one in indicators))
    own = [revision.observation for revision in store.told_by(book.connection, needed.unit.key, codes)]
    own = [one for one in own if not is_left_out(one)]
    told = {(one.address.indicator, one.address.period): one.value for one in own if _is_result(one)}
    rolled = rolled or Rolled(book, View(base=needed.base), indicators=codes)
    gathering = _Gathering(book, needed, rolled, [], {}, {}, {}, {}, {}, {} if looked_up is None else looked_up)
    for code in codes:
        gathering.take(book.indicators[code], told)
    undivided = _undivided(rolled, needed, frozenset(period for _, period in told), gathering.is_made_below)
    found = gathering
    told_of = (found.completeness, found.differing, undivided, found.short, found.lacking, found.open)
    return Results((*own, *found.made), *told_of, frozenset(found.incomplete))


def _undivided(
    rolled: Rolled, needed: Needed, told: frozenset[Period], is_made_below: bool
) -> dict[Earlier | None, tuple[str, ...]]:
    """The earlier units that lie in the unit to an unknown part; of earlier periods those that told a figure then."""
    unit, day = needed.unit.key, needed.period.end
    found: dict[Earlier | None, tuple[str, ...]] = {}
    if is_made_below:
        found[None] = tuple(rolled.partial(needed.period).get(unit, ()))
    for earlier in needed.against:
        period = earlier.of(needed.period)
        partial = () if period in told else rolled.partial(period, day).get(unit, ())
        if partial:
            tellers = {place.unit for place in rolled.reporting(period)}
            found[earlier] = tuple(key for key in partial if key in tellers)
    return {when: keys for when, keys in found.items() if keys}


def _is_result(one: Observation) -> bool:
    return one.address.scenario in _RESULTS and not one.address.breakdown


def _computed(place: Place, period: Period, value: Decimal | None) -> Observation:
    origin = Origin(OriginKind.COMPUTED, "roll-up")
    address = Address(place.unit, place.indicator, period)
    return Observation(address, value, origin, datetime(1970, 1, 1, tzinfo=UTC), "baocao")
