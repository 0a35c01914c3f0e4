"""Figures of all units of one view, added up by the engine and derived by the catalogue, period after period.

Every figure carries how many units stand behind it. What units above state of themselves is kept apart: it
is told beside the sum, never added to it, and never put in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from baocao.figures import feeding_parts, store, trees
from baocao.figures.asking import Row
from baocao.figures.engine import Answer, Engine
from baocao.figures.formula_tree import Binary, Expression, Name, When, names, walk
from baocao.figures.formula_value import evaluate
from baocao.figures.questions import Branch, Question, Tree
from baocao.figures.recast_totals import undivided_table
from baocao.figures.ways import Stored
from baocao.ledger.book import Book
from baocao.ledger.contained import Contained, contained, less
from baocao.ledger.rolled_codes import all_of, judged_by, meant, with_parts
from baocao.ledger.rolled_engine import engine_over
from baocao.ledger.rolled_sums import PLACES, Figure, Place, Sums, across, adds_over_time, parted
from baocao.ledger.rolled_told import Tellings, Told
from baocao.model.observation import Scenario
from baocao.model.org_unit import Level
from baocao.model.period import Period

__all__ = ["Figure", "Place", "Rolled", "Sums", "Told", "View", "meant"]

_STEP: Final = Decimal(1).scaleb(-PLACES)


@dataclass(frozen=True, slots=True)
class View:
    """Whose figures count where: of the units of a day (None: of each period's last), or as they were."""

    on: date | None = None
    as_was: bool = False
    base: Level = Level.COMMUNE

    def day(self, period: Period, on: date | None = None) -> date:
        """The day whose units a period's figures are told in: that asked for, but where they are as they were."""
        return period.end if self.as_was else on or self.on or period.end


@dataclass(slots=True)
class Rolled:
    """Sums by period, each computed once. ``codes`` are the indicators that are read, parts included.

    With ``only`` nothing is summed but what is of these units, which is what a report of one unit asks most; in the
    periods of ``but_in``, whose figures its tables tell of every unit, all is.
    """

    book: Book
    view: View
    scenario: Scenario = Scenario.ACTUAL
    indicators: tuple[str, ...] = ()
    only: frozenset[str] = frozenset()
    but_in: frozenset[Period] = frozenset()
    kind: type[Engine] = Engine
    codes: tuple[str, ...] = field(init=False)
    strangers: tuple[str, ...] = field(init=False)  # units and indicators with figures that nothing is known of
    _engine: Engine = field(init=False)
    _sums: dict[tuple[Period, date], Sums] = field(default_factory=dict, init=False)
    _below: dict[tuple[Period, date], Mapping[str, tuple[str, ...]]] = field(default_factory=dict, init=False)
    _partial: dict[tuple[Period, date], Mapping[str, tuple[str, ...]]] = field(default_factory=dict, init=False)
    _told: dict[Period, Mapping[Place, Told]] = field(default_factory=dict, init=False)
    _told_for: dict[Period, Mapping[tuple[str, str, str], frozenset[Period]]] = field(default_factory=dict, init=False)
    _contained: dict[Period, Contained] = field(default_factory=dict, init=False)
    _trees: dict[tuple[date, Period, bool], Tree] = field(default_factory=dict, init=False)
    _parts: dict[date, tuple[str, ...]] = field(default_factory=dict, init=False)
    _kept: list[MutableMapping[Period, Any]] = field(init=False)  # what is known of figures told, of all views
    _departments: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        units = self.book.geography.units
        self._kept = [self._told, self._told_for]
        self._departments = frozenset(unit.key for unit in units if unit.level is Level.DEPARTMENT)
        last = store.last_revision(self.book.connection)
        self.codes = with_parts(self.book, judged_by(self.book, self.indicators))
        self._engine = engine_over(self.book, last, self.codes, self.scenario, self.kind)
        kinds = (("unit", self.book.geography), ("indicator", self.book.indicators))
        stored = ((kind, known, self._engine.codes.numbers(kind)) for kind, known in kinds)
        self.strangers = tuple(code for _, known, codes in stored for code in sorted(codes) if code not in known)
        if not self.indicators:
            self.indicators = all_of(self.book, set(self._engine.codes.numbers("indicator")))
            self.codes = with_parts(self.book, self.indicators)

    def sums(self, period: Period, on: date | None = None) -> Sums:
        """The figures of a period in the units of a day, by default that of the view."""
        day = self.view.day(period, on)
        found = self._sums.get((period, day))
        if found is None:
            found = self._parted(period, self.tree(period, day))
            if self._gives_way(period):
                standing = self._parted(period, self._standing(period, day))
                found = across(less(self, found, period, day), standing, self.book)
            found = self._sums[period, day] = self._without_silent(found, period, day)
        return found

    def look_ahead(self, periods: Sequence[Period], on: date | None = None) -> None:
        """Ask for the sums of several periods at once, where these are of the same units.

        Twelve months cost little more than one: it is the asking that takes long.
        """
        asked: dict[tuple[Branch, ...], list[Period]] = {}
        for period in periods:
            day = self.view.day(period, on)
            if (period, day) not in self._sums and not self._gives_way(period):
                asked.setdefault(self.tree(period, day).branches, []).append(period)
        for its in asked.values():
            rows: dict[Period, list[Row]] = {period: [] for period in its}
            for row in self._ask(tuple(its), self.tree(its[0], self.view.day(its[0], on))) or ():
                rows[row.period].append(row)
            for period, own in rows.items():
                day = self.view.day(period, on)
                self._sums[period, day] = self._without_silent(parted(own, self.book), period, day)

    def of(self, *units: str, but_in: Sequence[Period] = ()) -> Rolled:
        """The same over the same engine, with sums of these units alone; in some periods of all."""
        other = copy(self)
        other.only, other.but_in = frozenset(units), frozenset(but_in)
        other._sums, other._below, other._partial, other._trees = {}, {}, {}, {}
        return other

    def about(self, codes: Sequence[str]) -> Rolled:
        """The same over the same engine, of these indicators alone."""
        other = self.of(*self.only)
        other.codes = with_parts(self.book, codes)
        other._told, other._told_for, other._contained = {}, {}, {}
        self._kept += [other._told, other._told_for]
        return other

    def told_by(self, base: Level) -> Rolled:
        """The same over the same engine, with sums of what the units of another level told."""
        other = self.of(*self.only)
        other.view = replace(self.view, base=base)
        other._told, other._told_for, other._contained, other._parts = {}, {}, {}, {}
        other._kept = [other._told, other._told_for]
        return other

    def _gives_way(self, period: Period) -> bool:
        """Whether units that told a part of a period have ended before its end."""
        units = self.book.geography.at(self._told_from(period).start, self.view.base)
        return not all(unit.holds_on(period.end) for unit in units)

    def _standing(self, period: Period, day: date) -> Tree:
        """The tree of the units that stand at a period's end alone."""
        geography, base = self.book.geography, self.view.base
        if self.view.as_was:
            return self._asked(trees.as_it_was(geography, period.end, base), period)
        return self._asked(trees.as_of(geography, day, Period(period.end, period.end), base), period)

    def _asked(self, tree: Tree, period: Period) -> Tree:
        """A tree as far as it is asked for."""
        if not self.only or period in self.but_in:
            return tree
        return Tree(tuple(branch for branch in tree.branches if branch.ancestor in self.only))

    def stands(self, unit: str, period: Period) -> bool:
        """Whether a unit, or the one that a part is of, is there at the end of a period."""
        return self.book.geography.by_key(trees.whole_key(unit)).holds_on(period.end)

    def reporting(self, period: Period) -> Mapping[Place, Told]:
        """Of which units below there are figures, whatever the view."""
        if period not in self._told:
            self._hear((period,))
        return self._told[period]

    def _hear(self, periods: tuple[Period, ...]) -> None:
        """Ask what units told of several periods at once."""
        reports = (self.view.base, Level.DEPARTMENT)
        keys = sorted(unit.key for unit in self.book.geography.units if unit.level in reports)
        keys += [key for laid in self._parts.values() for key in laid]
        answer = self._ask(periods, Tree(tuple(Branch(key, key) for key in keys)))
        lines = answer.by_keys() if answer is not None else {}
        self._told.update((each, Tellings(lines.get(each, {}), self._engine.codes)) for each in periods)

    @property
    def stored(self) -> Stored:
        """The periods that figures are stored for."""
        return Stored(self._engine.codes.periods)

    def told_periods(self, period: Period) -> Mapping[tuple[str, str, str], frozenset[Period]]:
        """The stored periods that each unit, indicator and breakdown told of a period."""
        if period not in self._told_for:
            question = Question((period,), self.scenario, indicators=self.codes)
            self._told_for[period] = self._engine.told_periods(question, self.book.indicators)
        return self._told_for[period]

    def below(self, period: Period, on: date | None = None) -> Mapping[str, tuple[str, ...]]:
        """The reporting units that count towards each unit, itself included where it reports."""
        day = self.view.day(period, on)
        if (period, day) not in self._below:
            found: dict[str, list[str]] = {}
            for branch in self.tree(period, day).branches:
                if not branch.is_stated:
                    found.setdefault(branch.ancestor, []).append(branch.unit)
            self._below[period, day] = {ancestor: tuple(units) for ancestor, units in found.items()}
        return self._below[period, day]

    def mixes(self, place: Place, period: Period, on: date | None = None) -> bool:
        """Whether a quotient would have other units above its line than below it: then it says nothing."""
        formula = self.book.catalogue.definition(place.indicator)
        if formula is None or not any(isinstance(node, Binary) and node.sign == "/" for node in walk(formula)):
            return False
        now = [name.code for name in names(formula) if name.when is When.NOW]
        now = [code for code in now if not self.book.catalogue[code].is_derived]
        tellers = {self.tellers(place._replace(indicator=code), period, on) for code in now}
        if len({adds_over_time(self.book, code) for code in now}) > 1:  # a stock is told by those that stand
            tellers = {tuple(unit for unit in units if self.stands(unit, period)) for units in tellers}
        return len(tellers) > 1

    def counted(self, place: Place, period: Period, on: date | None = None) -> tuple[str, ...]:
        """The reporting units that count towards a figure, without those whose part is in the figures of others."""
        below = self.below(period, on).get(place.unit, ())
        gone = {*self.contained(period).within(place, below), *self._silent(place, period, below)}
        return tuple(unit for unit in below if unit not in gone) if gone else below

    def _silent(self, place: Place, period: Period, below: Iterable[str]) -> tuple[str, ...]:
        """The departments that told nothing of a figure: each reports of its own field, so that none is missed."""
        departments = [unit for unit in below if unit in self._departments]
        told = self.reporting(period) if departments else {}
        leaves = self.leaves(place.indicator)
        return tuple(
            unit
            for unit in departments
            if not any(place._replace(unit=unit, indicator=code) in told for code in leaves)
        )

    def _without_silent(self, sums: Sums, period: Period, day: date) -> Sums:
        """Sums that wait for no department that has nothing to do with them."""
        if not self._departments:
            return sums
        below = self.below(period, day)
        computed = {
            place: figure._replace(
                expected=figure.expected - len(self._silent(place, period, below.get(place.unit, ())))
            )
            for place, figure in sums.computed.items()
        }
        return Sums(computed, sums.stated)

    def contained(self, period: Period) -> Contained:
        """Which figures of earlier units are in what the units after them told."""
        if period not in self._contained:
            self._contained[period] = contained(self, period)
        return self._contained[period]

    def tellers(self, place: Place, period: Period, on: date | None = None) -> tuple[str, ...]:
        """The units below that told a figure."""
        told = self.reporting(period)
        return tuple(unit for unit in self.counted(place, period, on) if place._replace(unit=unit) in told)

    def partial(self, period: Period, on: date | None = None) -> Mapping[str, tuple[str, ...]]:
        """For each unit: the earlier units whose figures lie in it to a part that no decision states."""
        day = self.view.day(period, on)
        if (period, day) not in self._partial:
            self._partial[period, day] = self._undivided(period, day)
        return self._partial[period, day]

    def _undivided(self, period: Period, day: date) -> Mapping[str, tuple[str, ...]]:
        if self._is_same(self._told_from(period), day):
            return {}
        whole = {ancestor: set(units) for ancestor, units in self.below(period, day).items()}
        told_from = self._told_from(period)
        found: dict[str, set[str]] = {}
        for source, heir in undivided_table(self.book.geography, self.view.base, day):
            if not trees.was_there(self.book.geography.by_key(source), told_from):
                continue
            for above in self.book.geography.path(heir, day):
                if source not in whole.get(above.key, ()):
                    found.setdefault(above.key, set()).add(source)
        return {unit: tuple(sorted(sources)) for unit, sources in found.items()}

    def lacking(self, place: Place, period: Period) -> tuple[tuple[str, Period], ...]:
        """The figures that a derived one needs and does not have; none when it divides by zero."""
        formula, day = self.book.catalogue.definition(place.indicator), self.view.day(period)
        parts = [(name.code, meant(name.when, period)) for name in names(formula)] if formula else []
        return tuple(
            dict.fromkeys(
                (code, when) for code, when in parts if self.value(place._replace(indicator=code), when, day) is None
            )
        )

    def leaves(self, code: str) -> tuple[str, ...]:
        """What an indicator is computed from in the end, whatever formulas stand between; itself when it is not."""
        uses = self.book.catalogue.uses.get(code) or (code,)
        if not self.book.catalogue[code].is_derived:
            return uses
        return tuple(dict.fromkeys(leaf for one in uses for leaf in self.leaves(one)))

    def missing(self, place: Place, period: Period) -> tuple[str, ...]:
        """The units below that lack the figure, or a part that it is computed from."""
        told, needed = self.reporting(period), self.leaves(place.indicator)
        return tuple(
            unit
            for unit in self.counted(place, period)
            if not all(
                place._replace(unit=unit, indicator=code) in told
                for code in needed
                if adds_over_time(self.book, code) or self.stands(unit, period)
            )
        )

    def tree(self, period: Period, day: date) -> Tree:
        """Which units count where; those of the period, or of its last day where no part of it is told apart."""
        told = self._told_from(period)
        key = (day, told, period in self.but_in)
        if key not in self._trees:
            geography, base = self.book.geography, self.view.base
            if self.view.as_was:
                tree = trees.as_they_were(geography, told, base)
            elif self._is_same(told, day):
                tree = trees.as_it_was(geography, day, base)
            else:
                self._lay_parts(day)
                tree = trees.as_of(geography, day, told, base)
            self._trees[key] = self._asked(tree, period)
        return self._trees[key]

    def _lay_parts(self, day: date) -> None:
        """Give the engine the parts of the figures of units that were divided by known shares, as of a day."""
        if day in self._parts:
            return
        divided = trees.divided(self.book.geography, day, self.view.base)
        told = self.book.connection, divided, day, self.codes, self.scenario
        laid = list(feeding_parts.parts(*told, self.book.catalogue))
        self._engine.lay_beside(laid)
        self._parts[day] = tuple(trees.part_key(one.source, to, day) for one in divided for to in sorted(one.within))
        parted = [Period.parse(code) for code in {fact.period for fact in laid}]
        for kept in self._kept:
            for period in [each for each in kept if any(each.overlaps(part) for part in parted)]:
                del kept[period]

    def _told_from(self, period: Period) -> Period:
        """From the last day of the first period that figures of this one are told for."""
        ends = [each.end for each in self._engine.codes.periods if period.contains(each)]
        return Period(min(ends, default=period.end), period.end)

    def _is_same(self, told: Period, day: date) -> bool:
        """Whether the units that told the figures are those of the day, or are to be taken for them."""
        geography, base = self.book.geography, self.view.base
        there = (unit for start in (told.start, told.end) for unit in geography.at(start, base))
        return self.view.as_was or all(unit.holds_on(day) for unit in there)

    def value(self, place: Place, period: Period, on: date | None = None) -> Decimal | None:
        """One figure, computed by its formula where it has one; None when anything that it needs is missing."""
        formula = self._formula(place.indicator)
        if self.mixes(place, period, on):
            return None
        if formula is None:
            found = self.sums(period, on).computed.get(place)
            return found.value if found else None
        day = on or self.view.day(period)

        def look_up(name: Name) -> Decimal | None:
            return self.value(place._replace(indicator=name.code), meant(name.when, period), day)

        outcome = evaluate(formula, look_up)
        return None if outcome.value is None else outcome.value.quantize(_STEP, ROUND_HALF_UP)

    def figure(self, place: Place, period: Period, on: date | None = None) -> Figure | None:
        """One computed figure with its completeness; that of a formula is the completeness of its weakest part."""
        formula = self._formula(place.indicator)
        if self.mixes(place, period, on):
            return None
        if formula is None:
            return self.sums(period, on).computed.get(place)
        day = on or self.view.day(period)
        value = self.value(place, period, on)
        if value is None:
            return None
        parts = [
            self.figure(place._replace(indicator=name.code), meant(name.when, period), day) for name in names(formula)
        ]
        known = [part for part in parts if part]
        least = min(known, key=lambda part: (part.reporting - part.expected, part))
        wanted = [meant(name.when, period).days for name in names(formula)]
        short = min(part.days - days for part, days in zip(parts, wanted, strict=True) if part)
        days = period.days + min(short, 0)
        return Figure(value, least.reporting, least.expected, days, max(part.added for part in known))

    def _formula(self, code: str) -> Expression | None:
        return self.book.catalogue.definition(code) if self.book.catalogue[code].formula else None

    def _ask(self, periods: tuple[Period, ...], tree: Tree) -> Answer | None:
        """The engine's answer; None where no indicator is asked for, which would mean all of them."""
        question = Question(periods, self.scenario, indicators=self.codes)
        return self._engine.ask(question, tree, self.book.indicators) if self.codes else None

    def _parted(self, period: Period, tree: Tree) -> Sums:
        answer = self._ask((period,), tree)
        return parted(() if answer is None else answer, self.book)
