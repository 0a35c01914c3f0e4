"""How the figures of a unit stand: to each authority's plan, to the same period, unit by unit, and to the year's end.

Only what figures show: no cause is ever given. Everything is asked of ``Facts`` and carries the addresses that it was
taken from, so that each printed number can be looked up again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from baocao.drafting.facts import Fact, Facts
from baocao.drafting.own_level import fitting
from baocao.model.bound import Bound, bound_of
from baocao.model.indicator import Aim, Indicator
from baocao.model.observation import Address, NoValue
from baocao.model.period import Period
from baocao.model.sheet import column_letters
from baocao.model.target import Rating, Target, TargetKind
from baocao.reference.indicators import sectors

_A_DAY = 1
_CAPPED = frozenset({TargetKind.AT_MOST, TargetKind.REDUCE_BY})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of which unit and period, by the plan as it stood on a day; and on which day that is told."""

    unit: str
    period: Period
    on: date
    told_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether the period goes on when it is told of: then nothing is missed yet."""
        return self.told_on is not None and self.told_on < self.period.end

    def address(self, code: str) -> Address:
        return Address(self.unit, code, self.period)


@dataclass(frozen=True, slots=True)
class AgainstPlan:
    """A result beside one authority's target.

    ``percent`` is result ÷ plan × 100 (None where nobody would print one). ``gap`` is by how much the result is
    better than what is asked for, in the indicator's unit: below nought it is behind by so much. A total that units
    are missing from has neither.
    """

    target: Target
    rating: Rating
    percent: Decimal | None = None
    gap: Decimal | None = None

    @property
    def authority(self) -> str:
        return self.target.address.authority


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator of the plan: "9", or a part of it, "9a". The plans are in the order of the authorities.

    ``ratings`` are those of the whole indicator, also where it has parts and no figure of its own.
    """

    number: str
    indicator: Indicator
    result: Fact
    plans: tuple[AgainstPlan, ...]
    ratings: tuple[tuple[str, Rating], ...]

    @property
    def is_part(self) -> bool:
        return not self.number.isdigit()

    def rating_by(self, authority: str) -> Rating | None:
        return dict(self.ratings).get(authority)

    def plan_of(self, authority: str) -> AgainstPlan | None:
        return next((plan for plan in self.plans if plan.authority == authority), None)


def value_of(fact: Fact) -> Decimal | None:
    """A fact's value; that nothing occurred is nought."""
    return Decimal(0) if fact.value is None and fact.mark is NoValue.NONE_OCCURRED else fact.value


def standings(facts: Facts, wanted: Wanted) -> tuple[Standing, ...]:
    """All indicators with targets, in the order of the annex, each followed by its parts."""
    judged: dict[str, dict[str, Rating]] = {}
    for one in facts.judged(wanted.unit, wanted.period.year, wanted.on):
        judged.setdefault(one.indicator, {})[one.authority] = one.rating
    parts = {part for code in judged for part in _parts(facts, code, {code})}
    found: list[Standing] = []
    number = 0
    for code, ratings in judged.items():
        indicator = facts.indicator(code)
        if indicator is None or code in parts:
            continue
        number += 1
        found.append(_standing(facts, wanted, str(number), indicator, ratings))
        below_it = fitting(facts, wanted.unit, tuple(_parts(facts, code, {code})), wanted.period.year)
        for place, part in enumerate(below_it):
            below = facts.indicator(part)
            if below is not None:
                label = f"{number}{column_letters(place).lower()}"
                found.append(_standing(facts, wanted, label, below, judged.get(part, {})))
    return tuple(found)


def capped(facts: Facts, wanted: Wanted) -> tuple[Standing, ...]:
    """What is asked to stay below a bound, or to fall, beside the headlines."""
    judged = {one.indicator for one in facts.judged(wanted.unit, wanted.period.year, wanted.on)}
    seen = set(judged).union(*(_parts(facts, code, {code}) for code in judged))
    found: list[Standing] = []
    for code in (code for sector in sectors() for code in facts.sector(sector)):
        indicator = facts.indicator(code)
        if indicator is None or code in seen:
            continue
        asked = facts.targets(wanted.unit, code, wanted.period.year, wanted.on)
        if any(one.kind in _CAPPED and one.low is not None and not one.address.breakdown for one in asked):
            found.append(_standing(facts, wanted, str(len(found) + 1), indicator, {}))
    return tuple(one for one in found if one.plans)


def _parts(facts: Facts, code: str, seen: set[str]) -> Iterator[str]:
    indicator = facts.indicator(code)
    for part in indicator.parts if indicator is not None else ():
        if part not in seen:
            seen.add(part)
            yield part
            yield from _parts(facts, part, seen)


def _standing(facts: Facts, wanted: Wanted, number: str, indicator: Indicator, ratings: dict[str, Rating]) -> Standing:
    result = facts.fact(wanted.address(indicator.code))
    asked = facts.targets(wanted.unit, indicator.code, wanted.period.year, wanted.on)
    own = [target for target in asked if not target.address.breakdown]
    falls = any(target.kind is TargetKind.REDUCE_BY for target in own) and indicator.aim is not Aim.HIGHER
    before = facts.fact(replace(result.address, period=wanted.period.last_year)) if falls else None
    plans = tuple(
        against(target, result, indicator, wanted, ratings.get(target.address.authority), before) for target in own
    )
    told = dict(ratings) or {plan.authority: plan.rating for plan in plans}
    return Standing(number, indicator, result, plans, tuple(told.items()))


def against(
    target: Target,
    result: Fact,
    indicator: Indicator,
    wanted: Wanted,
    rating: Rating | None = None,
    before: Fact | None = None,
) -> AgainstPlan:
    """A result set against a target; the rating that is known already goes before our own.

    ``before`` is the same figure a year earlier, from which a level was to fall.
    """
    value, bound = value_of(result), bound_of(target, indicator.aim)
    if value is None or bound is None:
        return AgainstPlan(target, rating or _without(result, target, value))
    period, asked = wanted.period, target.address.period
    is_final = not wanted.is_open and (period.end >= asked.end or period.days >= asked.days - _A_DAY)
    if result.is_incomplete:
        return AgainstPlan(target, rating or _of_part(bound, value, target, indicator, is_final=is_final))
    if target.kind is TargetKind.REDUCE_BY and indicator.aim is not Aim.HIGHER:
        fell = _fallen(bound, value, before, target, is_final=is_final)
        return AgainstPlan(target, rating or fell)  # no percentage: the fall itself is printed nowhere
    percent = value * 100 / bound.at if bound.at else None
    gap = None if bound.is_upwards is None else (value - bound.at if bound.is_upwards else bound.at - value)
    return AgainstPlan(target, rating or _rated(bound, value, target, is_final=is_final), percent, gap)


def _without(result: Fact, target: Target, value: Decimal | None) -> Rating:
    if result.mark is NoValue.NOT_RATED:
        return Rating.PENDING
    if target.kind is TargetKind.ASSURED and value in (0, 1):
        return Rating.MET if value else Rating.NOT_MET
    return Rating.UNKNOWN


def _of_part(bound: Bound, value: Decimal, target: Target, indicator: Indicator, *, is_final: bool) -> Rating:
    """The rating that units still missing from a total cannot change, else that there are not enough figures."""
    is_least = indicator.only_grows and target.kind is not TargetKind.REDUCE_BY
    if is_least and bound.rate_of_part(value) is not None:
        return _rated(bound, value, target, is_final=is_final)
    return Rating.PENDING if target.rated_at_year_end and not is_final else Rating.INCOMPLETE


def _fallen(bound: Bound, value: Decimal, before: Fact | None, target: Target, *, is_final: bool) -> Rating:
    base = None if before is None else value_of(before)
    if before is None or base is None:
        return Rating.UNKNOWN
    return Rating.INCOMPLETE if before.is_incomplete else _rated(bound, base - value, target, is_final=is_final)


def _rated(bound: Bound, value: Decimal, target: Target, *, is_final: bool) -> Rating:
    """Before the target's period is over, only a floor that is reached already is said to be."""
    rating = bound.rate(value)
    is_reached = rating in (Rating.MET, Rating.EXCEEDED) and bound.is_upwards is not False
    is_open = not is_final and (target.rated_at_year_end or not is_reached)
    return Rating.PENDING if is_open else rating


def authorities(found: Iterable[Standing]) -> tuple[str, ...]:
    """Who asks for something, in the order in which the targets name them."""
    return tuple(dict.fromkeys(plan.authority for standing in found for plan in standing.plans))


def rated(found: Iterable[Standing], authority: str, *ratings: Rating) -> tuple[Standing, ...]:
    """The whole indicators that an authority's plan rates so."""
    return tuple(one for one in found if not one.is_part and one.rating_by(authority) in ratings)


@dataclass(frozen=True, slots=True)
class Gap:
    """A total that some units are not in."""

    indicator: Indicator
    fact: Fact


def incomplete(facts: Facts, wanted: Wanted, codes: Iterable[str]) -> tuple[Gap, ...]:
    """The totals that lack units, in the order given."""
    found = []
    for code in codes:
        indicator, fact = facts.indicator(code), facts.fact(wanted.address(code))
        if indicator is not None and fact.is_incomplete:
            found.append(Gap(indicator, fact))
    return tuple(found)
