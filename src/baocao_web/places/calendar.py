"""The days of offices: working days, in which due days are counted, and how much of a year is over."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from baocao.model.period import Period

_TET_BEFORE, _TET_AFTER = 1, 3


@lru_cache(maxsize=1)
def _listed() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "holidays.toml").read_text(encoding="utf-8"))


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
    return day.weekday() < 5 and day not in holidays(day.year)


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
