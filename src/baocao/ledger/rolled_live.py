"""Sums of figures that move on while they are kept: corrected by what changed, and added up anew where that is unsure.

What a unit told before and what it tells now is all that a sum over units needs to be corrected. It is added up anew
where units gave way to others within the period, where figures are averaged over units, and where the units above
tell figures of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import reduce

from baocao.figures import trees
from baocao.figures.engine import Keys, Line
from baocao.figures.engine_live import LiveEngine
from baocao.figures.formula_tree import When
from baocao.figures.questions import Question
from baocao.ledger.gaps import Gaps
from baocao.ledger.rolled import Place, Rolled, View
from baocao.ledger.rolled_codes import meant, whens, with_parts
from baocao.ledger.rolled_corrected import At, corrected
from baocao.ledger.rolled_sums import Sums
from baocao.ledger.rolled_told import Tellings, Told
from baocao.model.org_unit import Level
from baocao.model.period import Period


@dataclass(slots=True)
class LiveRolled(Rolled):
    """A roll-up over an engine that takes in what comes. ``settle`` it before it is read."""

    _late: dict[Period, set[str]] = field(default_factory=dict, init=False)  # who told more than is kept
    _moving: set[Period] = field(default_factory=set, init=False)  # periods that figures came for before
    first_told: Mapping[str, frozenset[str]] = field(default_factory=dict, init=False)  # by kind: with figures
    looked_up: dict[Period, Gaps] = field(default_factory=dict, init=False)  # what was found missing
    _values: dict[Period, dict[tuple[Place, date | None], Decimal | None]] = field(default_factory=dict, init=False)
    _every: tuple[str, ...] = field(default=(), init=False)  # the indicators that there are figures of
    _ahead: tuple[Period, ...] = field(default=(), init=False)  # that a page asks about
    _when: frozenset[tuple[When, ...]] | None = field(default=None, init=False)  # what formulas are made of

    @property
    def engine(self) -> LiveEngine:
        """The engine that all views of these figures share."""
        assert isinstance(self._engine, LiveEngine)  # of that kind
        return self._engine

    def __post_init__(self) -> None:
        Rolled.__post_init__(self)
        numbers = self._engine.codes.numbers
        self.first_told = {kind: frozenset(numbers(kind)) for kind in ("unit", "indicator", "breakdown")}

    def viewed(self, view: View, units: frozenset[str] = frozenset(), codes: tuple[str, ...] = ()) -> LiveRolled:
        """The same over the same engine, in another view, of these units and indicators alone."""
        other = copy(self)
        other.view, other.only, other._every = view, units, self._every or self.codes
        if codes:
            other.codes, other.indicators = with_parts(self.book, codes), codes
        other._sums, other._below, other._partial, other._trees = {}, {}, {}, {}
        other._told, other._told_for, other._contained = {}, {}, {}
        other._late, other._moving, other.looked_up, other._values, other._ahead, other._when = (
            {},
            set(),
            {},
            {},
            (),
            None,
        )
        self._kept += [other._told, other._told_for]
        return other

    def leave(self, other: LiveRolled) -> None:
        """Think no more of a view."""
        gone = (id(other._told), id(other._told_for))
        self._kept[:] = [kept for kept in self._kept if id(kept) not in gone]

    @property
    def divided(self) -> frozenset[str]:
        """The units of which parts were laid before the engine: a new figure of theirs has new parts."""
        return frozenset(trees.whole_key(key) for laid in self._parts.values() for key in laid)

    @property
    def kept_periods(self) -> Collection[Period]:
        """The periods that something is kept of."""
        return {*(period for period, _ in self._sums), *self._told, *self._told_for, *self._contained, *self._values}

    def expect(self, period: Period, units: Collection[str]) -> None:
        """Figures came that a period is made of, told by these units."""
        self.looked_up.pop(period, None)
        self._values.pop(period, None)
        self._told_for.pop(period, None)
        self._contained.pop(period, None)
        self._late.setdefault(period, set()).update(units)

    def let_go(self, period: Period) -> None:
        """Keep nothing of a period: other stored periods make it than before."""
        self._drop(period)
        for kept in (self._told_for, self._contained, self.looked_up, self._values, self._late):
            kept.pop(period, None)
        for table in (self._below, self._partial):
            for key in [key for key in table if key[0] == period]:
                del table[key]

    def settle(self) -> None:
        """Make what is kept what would be computed anew: one question for all units and periods that moved."""
        late, self._late = self._late, {}
        reports = (self.view.base, Level.DEPARTMENT)
        known = {}
        for period, units in late.items():
            is_below = all(self._level(unit) in reports for unit in units)
            if is_below and isinstance(self._told.get(period), Tellings):
                known[period] = units
            else:
                self._drop(period)
        self._moving.update(late)
        if known and self.codes:
            question = Question(tuple(sorted(known)), self.scenario, indicators=self.codes)
            now = self.engine.told(question, frozenset().union(*known.values()), self.book.indicators)
            for period, units in known.items():
                self._correct(period, units, now[period])

    def _correct(self, period: Period, units: Collection[str], now: Mapping[Keys, Line]) -> None:
        kept = self._told[period]
        assert isinstance(kept, Tellings)  # there are no others among what is known
        changes = kept.replace(units, now)
        for at in [At(*key) for key in self._sums if key[0] == period]:
            found = None if self._gives_way(period) else corrected(self, self._sums[at], at, kept, changes)
            if found is None:
                del self._sums[at]
            else:
                self._sums[at] = found

    def _level(self, unit: str) -> Level | None:
        """The level of a unit; None of one that the map does not know."""
        return self.book.geography.by_key(unit).level if unit in self.book.geography else None

    def _drop(self, period: Period) -> None:
        self._told.pop(period, None)
        for key in [key for key in self._sums if key[0] == period]:
            del self._sums[key]

    def sums(self, period: Period, on: date | None = None) -> Sums:
        if period in self._moving:  # what units told is kept, so that the sums can be corrected the next time
            Rolled.reporting(self, period)
        return Rolled.sums(self, period, on)

    def look_ahead(self, periods: Sequence[Period], on: date | None = None) -> None:
        """The same, with the periods that formulas mean; what units told is asked of all at once too, if at all."""
        self._ahead = tuple(dict.fromkeys((*periods, *self._meant(periods))))
        Rolled.look_ahead(self, self._ahead, on)

    def _meant(self, periods: Sequence[Period]) -> Iterator[Period]:
        """The earlier periods that figures of some are computed from, as far as there are figures of them."""
        first = min((period.start for period in self.engine.codes.periods), default=date.max)
        if self._when is None:
            self._when = whens(self.book, (code for code in self.codes if self._formula(code) is not None))
        for period in periods:
            for chain in self._when:
                earlier = reduce(lambda at, when: meant(when, at), chain, period)
                if earlier.end >= first:
                    yield earlier

    def reporting(self, period: Period) -> Mapping[Place, Told]:
        if period not in self._told:  # whoever asks of one asks of the others next
            self._hear(tuple(each for each in dict.fromkeys((period, *self._ahead)) if each not in self._told))
        return self._told[period]

    def value(self, place: Place, period: Period, on: date | None = None) -> Decimal | None:
        if self._formula(place.indicator) is not None:  # it may be made of other periods too
            return Rolled.value(self, place, period, on)
        kept = self._values.setdefault(period, {})
        if (place, on) not in kept:
            kept[place, on] = Rolled.value(self, place, period, on)
        return kept[place, on]

    def above(self, period: Period, day: date) -> Mapping[str, tuple[str, ...]]:
        """The units that each reporting unit counts towards."""
        found: dict[str, list[str]] = {}
        for branch in self.tree(period, day).branches:
            if not branch.is_stated:
                found.setdefault(branch.unit, []).append(branch.ancestor)
        return {unit: tuple(units) for unit, units in found.items()}

    def is_of_units(self, period: Period, day: date) -> bool:
        """Whether the units that told a period's figures are those of a day: then nothing of it is to be re-cast."""
        return self._is_same(self._told_from(period), day)

    @property
    def ratios_of(self) -> Mapping[str, tuple[str, ...]]:
        """The ratios that are made of each indicator, among those asked for."""
        found: dict[str, list[str]] = {}
        for code in self.codes:
            indicator = self.book.catalogue[code]
            for part in (indicator.numerator, indicator.denominator):
                if part:
                    found.setdefault(part, []).append(code)
        return {part: tuple(codes) for part, codes in found.items()}

    def is_told_alone(self, place: Place) -> bool:
        """Whether a figure is of a department, or a ratio that somebody told as such."""
        is_ratio = bool(self.book.catalogue[place.indicator].numerator)
        return place.unit in self._departments or (is_ratio and place.indicator in self.first_told["indicator"])

    def _lay_parts(self, day: date) -> None:
        """Parts are laid once for all views, so they are of all indicators, whichever are asked about first."""
        asked, self.codes = self.codes, self._every or self.codes
        try:
            Rolled._lay_parts(self, day)
        finally:
            self.codes = asked
