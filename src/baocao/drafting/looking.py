"""Figures looked up for one report: as they are told, with what was asked for and with those of the year before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from baocao.drafting.counting import counted, units_below
from baocao.drafting.facts import Fact, Facts
from baocao.drafting.outline import Outline, Say, Series
from baocao.drafting.phrases import Asked, Told
from baocao.drafting.setting import Setting, since_words, slots
from baocao.model.draft import UPPER, Form, Reckoning, Source
from baocao.model.indicator import Aim, Indicator
from baocao.model.observation import Address, NoValue, Scenario
from baocao.model.period import Period
from baocao.model.target import Target, TargetKind
from baocao.reference import load
from baocao.reference.indicators import dimensions, measures

_RATED = frozenset({TargetKind.EXACTLY, TargetKind.AT_LEAST, TargetKind.RANGE, TargetKind.MAINTAIN})
_UNCOUNTED = frozenset({"area", "mass", "money", "usd", "length", "ratio", "volume", "energy", "time", "score", "none"})
_DECIMALS = 2
_PERCENT = "%"
_MANY = 100  # from which a mean of people or of things is told in whole ones


@dataclass(slots=True)
class Looking:
    """All look-ups of one draft. ``used`` are the series that were told, ``silent`` those without a figure."""

    facts: Facts
    outline: Outline
    setting: Setting
    used: set[Series] = field(default_factory=set)
    silent: dict[Series, None] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)

    @property
    def period(self) -> Period:
        """The period whose results are told."""
        return self.setting.results(self.outline)

    @property
    def since(self) -> str:
        return since_words(self.period)

    @property
    def slots(self) -> dict[str, str]:
        return slots(self.outline, self.setting)

    def indicator(self, series: Series) -> Indicator | None:
        return self.facts.indicator(series.indicator)

    def address(self, series: Series, period: Period | None = None, unit: str = "") -> Address:
        """Where a result of this report stands."""
        key = unit or self.setting.unit.key
        return Address(key, series.indicator, period or self.period, Scenario.ACTUAL, "", series.breakdown)

    def told(self, series: Series, *, name: str = "", unit: str = "") -> Told:
        """A result of the period; that nothing is known of it is remembered."""
        self.used.add(series)
        fact = self.facts.fact(self.address(series, unit=unit))
        if fact.value is None and fact.mark is None and not unit and not series.breakdown:
            self.silent[series] = None
        if not unit:
            self.missing.update(dict.fromkeys(fact.missing))
        if fact.is_estimate:
            fact = replace(fact, address=replace(fact.address, scenario=Scenario.ESTIMATE))
        return self.as_told(series, fact, name)

    def as_told(self, series: Series, fact: Fact, name: str = "") -> Told:
        """A fact in the form that a sentence tells it in."""
        source = Source(Reckoning.VALUE, (fact.address,))
        form = self.form(series, fact.value)
        measure = self.measure(series)
        named = name or self.name(series)
        return Told(named, fact.value, measure, form, source, fact.revision, fact.mark, fact.is_estimate)

    def before(self, series: Series, name: str = "") -> Told | None:
        """The figure of the same period a year earlier, in the units of today.

        None where there is none that can be set beside the result: units are missing from neither of the two.
        """
        fact = self.facts.fact(self.address(series, self.period.last_year))
        is_told = fact.value is not None and not fact.is_incomplete and not self.is_incomplete(series)
        return self.as_told(series, fact, name) if is_told else None

    def is_incomplete(self, series: Series) -> bool:
        """Whether units are missing from the result."""
        return self.facts.fact(self.address(series)).is_incomplete

    def is_base_incomplete(self, series: Series) -> bool:
        """Whether units are missing from the same period of the year before."""
        return self.facts.fact(self.address(series, self.period.last_year)).is_incomplete

    def plans(self, series: Series, period: Period | None = None) -> tuple[Asked, ...]:
        """What each authority asks for in figures that a result can be a percentage of."""
        return tuple(
            Asked(self.of_target(series, target), target.address.authority, upper=self.upper_of(series, target))
            for target in self.targets(series, period)
            if self._is_compared(target, series)
        )

    def _is_compared(self, target: Target, series: Series) -> bool:
        """Whether a sentence sets a result against a target: ceilings of rates too, in points, and a fall of falls."""
        if target.low is None:
            return False
        if target.kind is TargetKind.AT_MOST:
            return self.measure(series) == _PERCENT
        return target.kind in _RATED or (target.kind is TargetKind.REDUCE_BY and self.is_level(target, series))

    def targets(self, series: Series, period: Period | None = None) -> Iterator[Target]:
        """The targets of a year, those of this very breakdown: as the plan stands at the end of the period told.

        Of a year to come as it stands on the day of writing.
        """
        asked, on = period or self.period, self.period.end if period is None else self.setting.planned_on
        found = self.facts.targets(self.setting.unit.key, series.indicator, asked.year, on)
        return (target for target in found if target.address.breakdown == series.breakdown)

    def is_level(self, target: Target, series: Series) -> bool:
        """Whether a target is a level that a result can be set against, and not a fall to be reckoned from another."""
        found = self.indicator(series)
        is_higher = found is not None and found.aim is Aim.HIGHER
        return target.low is not None and (target.kind is not TargetKind.REDUCE_BY or is_higher)

    def is_rated_later(self, series: Series) -> bool:
        """Whether all that is asked for is rated only when its time is over, and that is still to come."""
        found = list(self.targets(series))
        return bool(found) and all(one.rated_at_year_end and one.address.period.end > self.period.end for one in found)

    def of_target(self, series: Series, target: Target, name: str = "") -> Told:
        """A target's figure as a sentence tells it."""
        source = Source(Reckoning.VALUE, (target.address,))
        form, named = self.form(series, target.low), name or self.name(series)
        return Told(named, target.low, self.measure(series), form, source, self.facts.revision)

    def upper_of(self, series: Series, target: Target) -> Told | None:
        """The other bound of a target's range."""
        if target.high is None:
            return None
        source = Source(Reckoning.VALUE, (target.address,), UPPER)
        form = self.form(series, target.high)
        return Told(self.name(series), target.high, self.measure(series), form, source, self.facts.revision)

    def is_said(self, wanted: Say) -> bool:
        """Whether the condition of a thing to say holds, by the figures of the period."""
        return (wanted.when is None or bool(self._value(wanted.when))) and (
            wanted.unless is None or self._is_nought(wanted.unless)
        )

    def _is_nought(self, series: Series) -> bool:
        """Whether all units told that nothing occurred; what nobody reported is not nought."""
        fact = self.facts.fact(self.address(series))
        return not fact.missing and (fact.value == 0 or fact.mark is NoValue.NONE_OCCURRED)

    def _value(self, series: Series) -> Decimal | None:
        return self.facts.fact(self.address(series)).value

    def measure(self, series: Series) -> str:
        """The unit of measure's name; empty for an indicator that nothing is known of."""
        found = self.indicator(series)
        return self.facts.measure(found.code).vi if found else ""

    def form(self, series: Series, value: Decimal | None) -> Form:
        """As many decimals as the figure has, two at most; counts with a nought before them."""
        found = self.indicator(series)
        known = measures().get(found.unit) if found else None
        own = 0 if value is None else max(0, -int(value.normalize().as_tuple().exponent))
        decimals = min(own, _DECIMALS)
        is_counted = known is not None and known.dimension.split("/")[0] not in _UNCOUNTED
        if known is not None and is_counted and known.factor == 1 and value is not None and abs(value) >= _MANY:
            decimals = 0 if "/" not in known.dimension else decimals
        return Form(decimals, digits=2 if is_counted and not decimals else 1)

    def name(self, series: Series) -> str:
        """The indicator's name, with the member of its breakdown behind it."""
        found = self.indicator(series)
        name = found.name.vi if found else series.indicator
        for dimension, member in series.breakdown:
            name = str(load("composing")["member_name"]).format(name=name, member=self.member(dimension, member))
        return name

    def member(self, dimension: str, member: str) -> str:
        """The name of a member of a breakdown."""
        return {code: text.vi for code, text in self.facts.members(dimension)}.get(member, member)

    def members(self, series: Series, dimension: str) -> Iterator[tuple[Series, str]]:
        """The series of each member of a dimension, with the member's name."""
        for code, text in self.facts.members(dimension):
            breakdown = tuple(sorted((*series.breakdown, (dimension, code))))
            yield replace(series, breakdown=breakdown), text.vi

    def dimension(self, code: str) -> str:
        """What a breakdown is called within a sentence."""
        found = dimensions().get(code)
        return found.name.vi[:1].lower() + found.name.vi[1:] if found else code

    def is_reached(self, series: Series) -> bool:
        """Whether more of it is better, so that one says that it was reached."""
        found = self.indicator(series)
        return found is not None and found.aim is Aim.HIGHER

    def units(self) -> Iterator[tuple[str, str]]:
        """The reporting units directly below, by key and name."""
        for unit in units_below(self.facts, self.setting.unit.key, self.period):
            yield unit.key, unit.name

    def counted(self, question: str, measure: str) -> Told:
        """How many things a question finds that the figures answer. Raises ``LookupError`` where they do not."""
        number = counted(self.facts, self.setting.unit.key, self.period, question)
        if number is None:
            raise LookupError(question)
        return self.count(number, question, measure)

    def count(self, number: int, argument: str, measure: str, name: str = "") -> Told:
        """How many things a question finds."""
        source = Source(Reckoning.COUNT, (), argument)
        return Told(name or measure, Decimal(number), measure, Form(digits=2), source, self.facts.revision)
