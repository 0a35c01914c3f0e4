"""The ways in which stored periods make an asked one: itself, its parts, or cumulative periods with their difference.

Units do not report alike: one by months, one by quarters, one by figures cumulative from the start of the year
(lũy kế). Each way has its own ``grain``, so that a unit's figure is made in one way and nothing counts twice.
Greater grains win where two ways cover as many days:

===================  =========================================================================================
``EXACT``            the asked period itself
from ``EVEN`` on     its halves, quarters or months: the longer ones first
from 1 on            a cumulative figure and what followed it, where that was told: nine months and the last quarter;
                     of ten months three quarters and the months behind them
below 0              a difference, for what adds over time: the second quarter is six months less the first
``STOCK``            what no other way has and what ends in the period: a stock told then is the stock of its day
===================  =========================================================================================

A stock is made of one figure, the latest that was told: of the ways it takes the one that reaches furthest.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from baocao.figures.expressions import EVEN, EXACT, PART_MISSING, STOCK
from baocao.model.period import Period

LENGTHS: Final = (6, 3, 1)  # months; how the parts of a year are reported
_DAY: Final = timedelta(days=1)
_IN_PARTS: Final = 1000  # keeps such a way apart from that of one figure for all these parts
_MOST_TAKEN_AWAY: Final = 3  # periods: a quarter less two months is read, a year less eleven is not


class Piece(NamedTuple):
    """One row of the table ``piece`` (expressions.py); ``until`` is how many days into the period it ends."""

    asked: int
    period: int
    grain: int
    place: int
    days: int
    role: int
    sign: int
    until: int


class Stored:
    """The periods that figures stand for, by their first and by their last day."""

    def __init__(self, numbers: Mapping[Period, int]) -> None:
        self.numbers = numbers
        self._starting: dict[date, list[Period]] = {}
        self._ending: dict[date, list[Period]] = {}
        for period in sorted(numbers):
            self._starting.setdefault(period.start, []).append(period)
            self._ending.setdefault(period.end, []).append(period)
        self._ends = sorted(self._ending)

    def is_any_told(self, behind: date, until: date) -> bool:
        """Whether figures stand for a period that ends behind one day and not behind another."""
        place = bisect_right(self._ends, behind)
        return place < len(self._ends) and self._ends[place] <= until

    def pieces(self, asked: int, period: Period, role: int) -> Iterator[Piece]:
        """All pieces of all ways; no two ways of a period share a grain."""
        taken: set[int] = set()
        used: set[Period] = set()
        for way in (self._itself, self._even, self._cumulative, self._as_far, self._differences):
            for grain, pieces in way(period):
                if grain not in taken:
                    taken.add(grain)
                    for place, (each, days, sign) in enumerate(pieces):
                        if each in self.numbers:
                            until = (each.end - period.start).days + 1
                            yield Piece(asked, self.numbers[each], grain, place, days, role, sign, until)
                            if grain > 0:
                                used.add(each)
        for place, each in enumerate(self._stocks(period, used)):
            until = (each.end - period.start).days + 1
            yield Piece(asked, self.numbers[each], STOCK, place, until, role, 1, until)

    def _itself(self, period: Period) -> Iterator[_Way]:
        yield EXACT, [(period, period.days, 1)]

    def _even(self, period: Period) -> Iterator[_Way]:
        for months in LENGTHS:
            parts = period.split(months)
            if len(parts) > 1:
                yield EVEN + months, _added(*parts)

    def _cumulative(self, period: Period) -> Iterator[_Way]:
        for first in self._starting.get(period.start, ()):
            if first.end >= period.end:
                continue
            rest = Period(first.end + _DAY, period.end)
            # six months of nine are more than the two that a month each was told of; a part of even ones counts there
            is_even_part = any(first in period.split(months) for months in LENGTHS)
            for parts in ((rest,), *(rest.split(months) for months in LENGTHS)):
                is_even = len({_size(each) for each in (first, *parts)}) == 1  # which is a way of its own
                is_told = any(each in self.numbers for each in parts)
                if not is_even and (is_told or (parts == (rest,) and not is_even_part)):
                    yield _grain(first, parts[0]), _added(first, *parts)

    def _as_far(self, period: Period) -> Iterator[_Way]:
        """Where quarters or halves do not go up in a period: as many as there are in it, and the months behind them."""
        months = period.split(1)
        for length in LENGTHS:
            rest = len(months) % length
            head = Period(period.start, months[-rest - 1].end) if rest and len(months) > 2 * length else None
            if head is not None:
                yield _grain(head, months[-1]) + _IN_PARTS, _added(*head.split(length), *months[-rest:])

    def _differences(self, period: Period) -> Iterator[_Way]:
        for whole in self._around(period):
            is_after = whole.start == period.start
            rest = Period(period.end + _DAY, whole.end) if is_after else Period(whole.start, period.start - _DAY)
            for parts in ((rest,), *(rest.split(months) for months in LENGTHS)):
                if 0 < len(parts) <= _MOST_TAKEN_AWAY and all(each in self.numbers for each in parts):
                    # a part that a unit has not told makes the days of the whole way negative
                    days = period.days - PART_MISSING * len(parts)
                    away = [(each, PART_MISSING, -1) for each in parts]
                    yield -2 * _grain(whole, parts[0]) - is_after, [*away, (whole, days, 1)]

    def _stocks(self, period: Period, used: Collection[Period]) -> list[Period]:
        """What ends in a period and is no part of it otherwise, in the order of time; of one day the shortest last."""
        ends = self._ends[bisect_left(self._ends, period.start) : bisect_right(self._ends, period.end)]
        return [each for end in ends for each in self._ending[end] if each not in used]

    def _around(self, period: Period) -> Iterator[Period]:
        """Longer stored periods that begin or end with this one."""
        yield from (each for each in self._ending.get(period.end, ()) if each.start < period.start)
        yield from (each for each in self._starting.get(period.start, ()) if each.end > period.end)


_Way = tuple[int, list[tuple[Period, int, int]]]  # the grain; each period with its days and its sign


def _added(*parts: Period) -> list[tuple[Period, int, int]]:
    return [(each, each.days, 1) for each in parts]


def _size(period: Period) -> int:
    """The length, the same for the same months of any year."""
    return 31 * len(period.split(1)) or period.days


def _grain(first: Period, then: Period) -> int:
    return _size(first) * 2000 + _size(then)
