"""What a unit tells of days before it began holds what the units that it came from told of those days.

A commune formed on 1 July that tells of the whole year tells of all its land: the first half that the communes
before it reported is in that figure, and adding it again would count it twice. Only what adds over time is
concerned; a stock is that of the units that stand at the end (rolled_sums.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from baocao.figures.trees import was_there, whole_key
from baocao.ledger.rolled_sums import Figure, Place, Sums, adds_over_time
from baocao.model.period import Period

if TYPE_CHECKING:
    from baocao.ledger.rolled import Rolled

_Kind = tuple[str, str]  # indicator, breakdown


@dataclass(frozen=True, slots=True)
class Contained:
    """For what indicators which units told of days before they began, and to which units each earlier one went."""

    tellers: Mapping[_Kind, frozenset[str]]
    heirs: Mapping[str, frozenset[str]]

    def within(self, place: Place, below: Collection[str]) -> dict[str, bool]:
        """Those below a place that are not to be added, and whether all that came of them there told so."""
        tellers = self.tellers.get((place.indicator, place.breakdown), frozenset()).intersection(below)
        if not tellers:
            return {}
        there = frozenset(below)
        found = {}
        for unit in below:
            heirs = self.heirs.get(whole_key(unit), frozenset()) & there
            if heirs & tellers and unit not in heirs:
                found[unit] = heirs <= tellers
        return found


_NOTHING = Contained({}, {})


def contained(rolled: Rolled, period: Period) -> Contained:
    """What the figures of a period hold already of those of earlier units."""
    geography, base = rolled.book.geography, rolled.view.base
    there = geography.at(period.end, base)
    begun = {unit.key: unit.valid_from for unit in there if _is_within(unit.valid_from, period)}
    stored = [each for each in rolled.stored.numbers if period.contains(each)]
    if not any(_is_within(day, each) for day in set(begun.values()) for each in stored):
        return _NOTHING
    tellers: dict[_Kind, set[str]] = {}
    for (unit, code, breakdown), periods in rolled.told_periods(period).items():
        is_flow = code in rolled.book.indicators and adds_over_time(rolled.book, code)
        day = begun.get(unit)
        if is_flow and any(_is_within(day, each) and period.contains(each) for each in periods):
            tellers.setdefault((code, breakdown), set()).add(unit)
    if not tellers:
        return _NOTHING
    ended = [one.key for one in geography.units if one.level is base and one.valid_to and was_there(one, period)]
    heirs = {key: geography.lineage(key, period.end).keys for key in ended}
    return Contained(
        {kind: frozenset(units) for kind, units in tellers.items()},
        {key: frozenset(units) - {key} for key, units in heirs.items()},
    )


def _is_within(day: date | None, period: Period) -> bool:
    """Whether a unit that began on a day tells of days before it by a figure of this period."""
    return day is not None and period.start < day <= period.end


def less(rolled: Rolled, sums: Sums, period: Period, on: date) -> Sums:
    """The figures without what the units of the period's end hold already."""
    held = rolled.contained(period)
    if not held.tellers:
        return sums
    below, told = rolled.below(period, on), rolled.reporting(period)
    computed = dict(sums.computed)
    for place, figure in sums.computed.items():
        gone = held.within(place, below.get(place.unit, ()))
        if gone:
            amounts = [told[one].amount for one in (place._replace(unit=key) for key in gone) if one in told]
            computed[place] = Figure(
                figure.value - sum(amounts),
                figure.reporting - len(amounts),
                figure.expected - len(gone),
                figure.days,
                figure.added,
            )
    return Sums(computed, sums.stated)


def gone(rolled: Rolled, place: Place, period: Period) -> Iterator[tuple[bool, tuple[str, ...]]]:
    """The units whose figures were not added, those that are wholly in the figures of others first."""
    if not rolled.contained(period).tellers:
        return
    below, told = rolled.below(period).get(place.unit, ()), rolled.reporting(period)
    codes = (place.indicator, *rolled.leaves(place.indicator))
    found: dict[str, bool] = {}
    for code in dict.fromkeys(codes):
        own = place._replace(indicator=code)
        its = rolled.contained(period).within(own, below)
        found |= {key: is_whole for key, is_whole in its.items() if own._replace(unit=key) in told}
    for is_whole in (True, False):
        keys = tuple(key for key, whole in found.items() if whole is is_whole)
        if keys:
            yield is_whole, keys
