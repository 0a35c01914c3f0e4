"""The periods that figures are for.

A period is its first and its last day. Statistics and budget reports use calendar days; periodic
administrative reports close on the 14th (Decree 09/2019/NĐ-CP, article 12); some are asked for by odd
cut-off days (31/5, 13/6). Codes are those of SDMX TIME_PERIOD: 2021, 2021-A1, 2021-S1, 2021-Q2,
2021-M05 where the period is one of the calendar, else the start and the length: 2020-12-15/P6M.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

_DAY = timedelta(days=1)
_CALENDAR = re.compile(r"(\d{4})(?:-(A|S|Q|M)(\d{1,2}))?")
_LENGTH = re.compile(r"(\d{4})-(\d{2})-(\d{2})/P(\d+)([YMD])")
_FIRST, _LAST = 2, 9998  # years that have one before and one behind them in the calendar
_PARTS = {"A": 1, "S": 2, "Q": 4, "M": 12}  # how many of each make a year


class NotAPeriod(ValueError):
    """A text that is no period code; the text is the argument."""


class CutOff(Enum):
    """When the periods of a year close."""

    CALENDAR = "calendar"
    DECREE_09 = "decree_09"  # on the 14th of their last month


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """All days from ``start`` to ``end``, both included. Raises ``NotAPeriod`` when it would be empty."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise NotAPeriod(f"{self.start}/{self.end}")

    @classmethod
    def part(cls, year: int, kind: str = "A", number: int = 1, cut_off: CutOff = CutOff.CALENDAR) -> Period:
        """The ``number``-th year, half year, quarter or month ("A", "S", "Q", "M") of a year."""
        if kind not in _PARTS or not 1 <= number <= _PARTS[kind] or not _FIRST <= year <= _LAST:
            raise NotAPeriod(f"{year}-{kind}{number}")
        length = 12 // _PARTS[kind]
        return cls.months(year, (number - 1) * length + 1, length, cut_off)

    @classmethod
    def months(cls, year: int, first: int, length: int, cut_off: CutOff = CutOff.CALENDAR) -> Period:
        """``length`` months from the ``first`` of a year on: the first nine are ``months(year, 1, 9)``.

        Month 0 is December of the year before, -1 its November, and so on.
        """
        start = _plus_months(date(year, 1, 1), first - 1)
        end = _plus_months(start, length) - _DAY
        if cut_off is CutOff.DECREE_09:
            return cls(_plus_months(start, -1).replace(day=15), end.replace(day=14))
        return cls(start, end)

    @classmethod
    def cumulative(cls, to: date, cut_off: CutOff = CutOff.CALENDAR) -> Period:
        """From the start of the year to a day, as the rule is for periodic reports (lũy kế)."""
        if cut_off is CutOff.CALENDAR:
            return cls(date(to.year, 1, 1), to)
        year = to.year if (to.month, to.day) < (12, 15) else to.year + 1
        return cls(date(year - 1, 12, 15), to)

    @classmethod
    def school_year(cls, first: int) -> Period:
        """The school year that begins in September of the year ``first``."""
        return cls(date(first, 9, 1), date(first + 1, 8, 31))

    @classmethod
    def parse(cls, code: str) -> Period:
        """The period of a code. Raises ``NotAPeriod``."""
        try:
            if found := _CALENDAR.fullmatch(code):
                year, kind, number = found.groups()
                return cls.part(int(year), kind or "A", int(number or 1))
            if found := _LENGTH.fullmatch(code):
                year, month, day, count, measure = found.groups()
                return _within(_of_length(date(int(year), int(month), int(day)), int(count), measure))
        except (ValueError, OverflowError) as problem:
            raise NotAPeriod(code) from problem
        raise NotAPeriod(code)

    @property
    def code(self) -> str:
        """The SDMX code; ``parse`` gives the same period back."""
        if months := self.whole_months:
            return self._calendar_code(months)
        months = _months_between(self.start, self.end + _DAY)
        if months and _of_length(self.start, months, "M") == self:
            return f"{self.start}/P1Y" if months == 12 else f"{self.start}/P{months}M"
        return f"{self.start}/P{self.days}D"

    def _calendar_code(self, months: int) -> str:
        year, month = self.start.year, self.start.month
        for kind, parts in _PARTS.items():
            if months * parts == 12 and (month - 1) % months == 0:
                number = (month - 1) // months + 1
                return f"{year:04d}-M{number:02d}" if kind == "M" else f"{year:04d}-{kind}{number}"
        return f"{self.start}/P{months}M"

    @property
    def whole_months(self) -> int:
        """How many calendar months this is, 0 when it does not begin and end with one."""
        if self.start.day != 1 or (self.end + _DAY).day != 1:
            return 0
        return _months_between(self.start, self.end + _DAY)

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def year(self) -> int:
        """The year that the period is counted to: that of its last day, which is why 15/12-14/12 works."""
        return self.end.year

    @property
    def last_year(self) -> Period:
        """The same period a year earlier (cùng kỳ), to the same cut-off day; the end of February stays the end."""
        return Period(_plus_months(self.start, -12), _plus_months(self.end + _DAY, -12) - _DAY)

    @property
    def previous(self) -> Period:
        """The period of the same length that ends the day before this one begins."""
        months = _months_between(self.start, self.end + _DAY)
        if months and _of_length(self.start, months, "M") == self:
            return Period(_plus_months(self.start, -months), self.start - _DAY)
        return Period(self.start - timedelta(days=self.days), self.start - _DAY)

    def split(self, months: int) -> tuple[Period, ...]:
        """The periods of so many months that make up this one, in order; none where they leave a rest."""
        pieces, start = [], self.start
        while start <= self.end:
            piece = _of_length(start, months, "M")
            pieces.append(piece)
            start = piece.end + _DAY
        return tuple(pieces) if pieces[-1].end == self.end else ()

    def contains(self, other: Period | date) -> bool:
        if isinstance(other, Period):
            return self.start <= other.start and other.end <= self.end
        return self.start <= other <= self.end

    def overlaps(self, other: Period) -> bool:
        return self.start <= other.end and other.start <= self.end


def _within(period: Period) -> Period:
    """The period itself. Raises ``NotAPeriod`` where the calendar ends beside it."""
    if not _FIRST <= period.start.year <= period.end.year <= _LAST:
        raise NotAPeriod(f"{period.start}/{period.end}")
    return period


def _of_length(start: date, count: int, measure: str) -> Period:
    if measure == "D":
        return Period(start, start + timedelta(days=count - 1))
    return Period(start, _plus_months(start, count * (12 if measure == "Y" else 1)) - _DAY)


@lru_cache(maxsize=4_096)  # the same few days are moved by the same few months thousands of times
def _plus_months(day: date, count: int) -> date:
    """The same day so many months on, or the last day of that month when it is shorter."""
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _months_between(start: date, after: date) -> int:
    """Whole months from a day to a later one, 0 when there is a rest of days."""
    months = (after.year - start.year) * 12 + after.month - start.month
    return months if months > 0 and _plus_months(start, months) == after else 0
