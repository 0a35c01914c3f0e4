"""The largest rises and falls since the same period of the year before, never told on a tiny base."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from baocao.drafting.assessment import Wanted, value_of
from baocao.drafting.facts import Fact, Facts
from baocao.model.indicator import Indicator
from baocao.model.observation import Address
from baocao.reference import load

_PERCENT = "phan_tram"


@dataclass(frozen=True, slots=True)
class Move:
    """A figure and that of the same period; ``percent`` is None for a rate, which moves by points (``change``)."""

    indicator: Indicator
    now: Fact
    before: Fact
    change: Decimal
    percent: Decimal | None

    @property
    def size(self) -> Decimal:
        """How far it moved, for setting one move beside another of its kind."""
        return abs(self.change if self.percent is None else self.percent)


@dataclass(frozen=True, slots=True)
class Moves:
    """Rises and falls, the largest first; of equal ones the order of the codes given. Rates stand apart."""

    rises: tuple[Move, ...]
    falls: tuple[Move, ...]
    rates_up: tuple[Move, ...] = ()
    rates_down: tuple[Move, ...] = ()


def move(facts: Facts, wanted: Wanted, code: str) -> Move | None:
    """How an indicator moved; None where a figure is missing, the base too small, or the move not worth a word.

    A figure that not all units stand behind is not set against one that they do.
    """
    indicator = facts.indicator(code)
    if indicator is None:
        return None
    now = facts.fact(wanted.address(code))
    before = facts.fact(Address(wanted.unit, code, wanted.period.last_year))
    value, base = value_of(now), value_of(before)
    if value is None or base is None or now.is_incomplete or before.is_incomplete:
        return None
    rules = load("assessment")["moves"]
    if indicator.unit == _PERCENT:
        return Move(indicator, now, before, value - base, None) if abs(value - base) >= rules["least_points"] else None
    if base < rules["least"].get(indicator.unit, rules["least"]["otherwise"]):
        return None
    percent = (value - base) * 100 / base
    return Move(indicator, now, before, value - base, percent) if abs(percent) >= rules["least_percent"] else None


def moves(facts: Facts, wanted: Wanted, codes: Iterable[str]) -> Moves:
    """The largest moves among the indicators of the codes."""
    found = [one for code in dict.fromkeys(codes) if (one := move(facts, wanted, code)) is not None]
    told = load("assessment")["moves"]["told"]

    def largest(*, is_rate: bool, is_up: bool) -> tuple[Move, ...]:
        kept = [one for one in found if (one.percent is None) is is_rate and (one.change > 0) is is_up]
        return tuple(sorted(kept, key=lambda one: -one.size)[:told])

    return Moves(
        largest(is_rate=False, is_up=True),
        largest(is_rate=False, is_up=False),
        largest(is_rate=True, is_up=True),
        largest(is_rate=True, is_up=False),
    )
