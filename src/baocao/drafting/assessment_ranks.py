"""The units below by one indicator: who leads, who lags, who shares a place, and who has no figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from baocao.drafting.assessment import Wanted, value_of
from baocao.drafting.facts import Fact, Facts
from baocao.model.indicator import Aim, Indicator
from baocao.model.observation import Address
from baocao.model.org_unit import OrgUnit
from baocao.reference import load

_RATE = "phan_tram"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit's place: two that share the second are followed by the fourth."""

    place: int
    unit: OrgUnit
    fact: Fact
    value: Decimal


@dataclass(frozen=True, slots=True)
class Ranking:
    """The units in order, the best first where a direction is good, else the greatest; those without a figure apart."""

    indicator: Indicator
    ranked: tuple[Ranked, ...]
    missing: tuple[OrgUnit, ...]

    @property
    def is_telling(self) -> bool:
        """Whether there are enough units, and the first and the last of them far enough apart."""
        rules = load("assessment")["ranks"]
        if len(self.ranked) < rules["least_units"]:
            return False
        first, last = abs(self.ranked[0].value), abs(self.ranked[-1].value)
        if self.indicator.unit == _RATE:
            return bool(abs(first - last) >= rules["least_points"])
        return bool(abs(first - last) * 100 >= max(first, last) * rules["least_percent"] > 0)

    @property
    def leading(self) -> tuple[Ranked, ...]:
        """The first few; none where a tie would make them many, or all."""
        return _first(self.ranked) if self.is_telling else ()

    @property
    def trailing(self) -> tuple[Ranked, ...]:
        """The last few, the very last first."""
        return _first(tuple(reversed(self.ranked))) if self.is_telling else ()


def _first(ranked: tuple[Ranked, ...]) -> tuple[Ranked, ...]:
    """So many as are told, and who ties with the last of them; fewer where that would be more than half of all."""
    told = load("assessment")["ranks"]["told"]
    for count in range(min(told, len(ranked)), 0, -1):
        last = ranked[count - 1].value
        kept = (*ranked[:count], *takewhile(lambda one, last=last: one.value == last, ranked[count:]))  # type: ignore[misc]
        if 2 * len(kept) <= len(ranked):
            return kept
    return ()


def ranking(facts: Facts, wanted: Wanted, code: str) -> Ranking:
    """The units directly below by an indicator. Raises ``KeyError`` for an unknown code."""
    indicator = facts.indicator(code)
    if indicator is None:
        raise KeyError(code)
    found, missing = [], []
    for unit in facts.below(wanted.unit, wanted.period.end):
        fact = facts.fact(Address(unit.key, code, wanted.period))
        value = value_of(fact)
        if value is None:
            missing.append(unit)
        else:
            found.append((value, unit, fact))
    is_lower_better = indicator.aim is Aim.LOWER
    found.sort(key=lambda one: one[0] if is_lower_better else -one[0])
    ranked: list[Ranked] = []
    for place, (value, unit, fact) in enumerate(found, 1):
        is_tied = bool(ranked) and ranked[-1].value == value
        ranked.append(Ranked(ranked[-1].place if is_tied else place, unit, fact, value))
    return Ranking(indicator, tuple(ranked), tuple(missing))
