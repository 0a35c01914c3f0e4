"""The days of offices: working days, in which due days are counted, and how much of a year is over."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from baocao.model.period import CutOff, Period

_TET_BEFORE, _TET_AFTER = 1, 3
_KINDS = ("closed", "open")
_DECREED = 14


@lru_cache(maxsize=1)
def _listed() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "holidays.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _own() -> tuple[frozenset[date], frozenset[date]]:
    """The days that the office's own file closes, and those that it opens: what is announced for a single year."""
    if not settings.OFFICE_DAYS:
        return frozenset(), frozenset()
    try:
        told = tomllib.loads(Path(settings.OFFICE_DAYS).read_text(encoding="utf-8"))
        closed, opened = (frozenset(date.fromisoformat(str(day)) for day in told.pop(name, ())) for name in _KINDS)
    except (OSError, ValueError, TypeError) as problem:
        raise ImproperlyConfigured(f"BAOCAO_DAYS: {settings.OFFICE_DAYS}: {problem}") from problem
    if told:
        raise ImproperlyConfigured(f"BAOCAO_DAYS: {settings.OFFICE_DAYS}: {sorted(told)}; expected {list(_KINDS)}")
    return closed, opened


def forget() -> None:
    """Read the office's own days again when they are next asked for."""
    _own.cache_clear()


def closing(period: Period) -> date:
    """The last day whose figures count in a period by the office's cut-off: its end, or the 14th of its last month.

    The latter is that of Decree 09/2019/NĐ-CP for reports of months, quarters, half years and years. The period keeps
    its name and address: what is called November closes on 14/11.
    """
    is_whole = (period.end + timedelta(days=1)).day == 1
    by_decree = CutOff(settings.OFFICE_CUT_OFF) is CutOff.DECREE_09
    return period.end.replace(day=_DECREED) if by_decree and is_whole else period.end


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """The days of a year on which offices are closed though they are no weekend."""
    listed = _listed()
    found = {date.fromisoformat(f"{year}-{day}") for day in listed["every_year"]["days"]}
    moving = {name: [date.fromisoformat(day) for day in days] for name, days in listed["moving"].items()}
    for first in moving["tet_first_day"]:
        found |= {first + timedelta(days=count) for count in range(-_TET_BEFORE, _TET_AFTER + 1)}
    found |= {day for name in ("hung_kings", "national_day_beside") for day in moving[name]}
    return frozenset(day for day in found if day.year == year)


def is_working(day: date) -> bool:
    """Whether offices work on a day."""
    closed, opened = _own()
    return day in opened or (day.weekday() < 5 and day not in holidays(day.year) and day not in closed)


def working_day(day: date, count: int) -> date:
    """The ``count``-th working day after a day; before it where ``count`` is below nought.

    >>> working_day(date(2026, 4, 29), 1)
    datetime.date(2026, 5, 4)
    """
    step = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working(day)
    return day


def so_far(year: int, today: date) -> Period | None:
    """A year up to the end of its last month that is over: what results are told of. None before there is one.

    >>> so_far(2026, date(2026, 11, 21)).end, so_far(2025, date(2026, 11, 21)).end, so_far(2026, date(2026, 1, 31))
    (datetime.date(2026, 10, 31), datetime.date(2025, 12, 31), None)
    """
    end = min(date(year, 12, 31), today.replace(day=1) - timedelta(days=1))
    return Period(date(year, 1, 1), end) if end.year == year else None
