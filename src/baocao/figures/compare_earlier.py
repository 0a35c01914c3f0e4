"""The earlier figures that a result is set against: the same period last year, the previous one, the year's start."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from baocao.figures.said import quotient
from baocao.model.indicator import Indicator, Over
from baocao.model.period import CutOff, Period

_CLOSES = (12, 15)  # month and day on which a year of Decree 09/2019/NĐ-CP begins, in the calendar year before


class Earlier(Enum):
    """When an earlier figure is of."""

    LAST_YEAR = "last_year"  # cùng kỳ: to the same cut-off day
    PREVIOUS = "previous"  # kỳ trước: as long a period, right before
    YEAR_START = "year_start"  # đầu năm: as the year before has ended

    def of(self, period: Period) -> Period:
        """The period of the earlier figure; the start of a year is what the whole year before it came to."""
        if self is Earlier.LAST_YEAR:
            return period.last_year
        if self is Earlier.PREVIOUS:
            return period.previous
        is_decree = (period.start.month, period.start.day) == _CLOSES
        return Period.part(period.year - 1, cut_off=CutOff.DECREE_09 if is_decree else CutOff.CALENDAR)

    def is_for(self, indicator: Indicator) -> bool:
        """Whether there is such a figure: what adds up over a year begins it with nought, and only levels go on."""
        return self is not Earlier.YEAR_START or indicator.over_time is not Over.SUM


class Compared(NamedTuple):
    """A figure against an earlier one: as a percentage of it (a level), and the change in the indicator's unit.

    Both are None where units are missing from one of the two: totals of other units are not set against each other.
    """

    earlier: Decimal
    percent: Decimal | None
    change: Decimal | None


def versus(now: Decimal, then: Decimal, *, are_whole: bool = True) -> Compared:
    """A figure against an earlier one; ``are_whole``: whether all units stand behind both."""
    return Compared(then, quotient(now, then), now - then) if are_whole else Compared(then, None, None)
