"""When a unit is reminded of a form, and its superior told: so many working days before or after the due day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Final

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from baocao_web.environment import Environment
from baocao_web.places.calendar import is_working, working_day

_USUAL: Final = "-3,-1,1,3"
_ESCALATE: Final = 5
FARTHEST: Final = 60  # working days
STALE: Final = 3  # working days after which what was not told is not told any more
_FROM, _TO = 7, 18  # hours of the office's clock within which people are written to


@dataclass(frozen=True, slots=True)
class Reminders:
    """Working days from the due day on which a unit is reminded, and the one on which its superior is told."""

    days: tuple[int, ...]
    escalate: int  # nought for never


class Cause(Enum):
    """Why somebody is told; the name of a notice's kind begins with it."""

    REMINDER = "due"  # soon, or since a day or two
    ESCALATION = "escalate"
    RETURN = "return"  # sent back to be mended

    @classmethod
    def of(cls, kind: str) -> Cause:
        """The cause of a kind such as "due-3", "escalate+5", "return@12"."""
        return next(cause for cause in cls if kind.startswith(cause.value))

    def kind(self, number: int) -> str:
        """The kind of a notice: so many working days from the due day, or what was returned."""
        return f"return@{number}" if self is Cause.RETURN else f"{self.value}{number:+d}"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One reason to tell somebody: so many working days from the due day."""

    days: int
    cause: Cause = Cause.REMINDER

    @property
    def kind(self) -> str:
        """Its name in a notice."""
        return self.cause.kind(self.days)


def reminders(environment: Environment) -> Reminders:
    """The days that the environment names. Raises ``ImproperlyConfigured``."""
    listed = environment.listed("REMIND", _USUAL)
    try:
        days = tuple(sorted({int(word) for word in listed}))
    except ValueError as problem:
        raise ImproperlyConfigured(f"BAOCAO_REMIND: expected whole numbers such as {_USUAL}") from problem
    escalate = environment.number("ESCALATE", _ESCALATE)
    if any(abs(count) > FARTHEST for count in (*days, escalate)):
        raise ImproperlyConfigured(f"BAOCAO_REMIND and BAOCAO_ESCALATE: at most {FARTHEST} working days")
    return Reminders(days, escalate)


def is_office_hour(now: datetime) -> bool:
    """Whether people are written to at a moment: by day, on working days."""
    local = timezone.localtime(now)
    return is_working(local.date()) and _FROM <= local.hour < _TO


def is_fresh(at: datetime, now: datetime) -> bool:
    """Whether something that happened is still worth telling: not before the last few working days."""
    return working_day(timezone.localtime(now).date(), -STALE) <= timezone.localtime(at).date()


def occasions(wanted: Reminders, due_on: date, today: date) -> Iterator[Occasion]:
    """What is to be told of a form that is owed: the last reminder whose day has come, and that it is much too late.

    After a clock that stood still only the last one is told, and nothing that is days old.
    """
    oldest = working_day(today, -STALE)
    reached = [count for count in wanted.days if oldest < working_day(due_on, count) <= today]
    if reached:
        yield Occasion(reached[-1])
    if wanted.escalate and oldest < working_day(due_on, wanted.escalate) <= today:
        yield Occasion(wanted.escalate, Cause.ESCALATION)


def working_days(start: date, end: date) -> int:
    """How many working days lie behind one day, up to another; below nought where that is the earlier one."""
    if end < start:
        return -working_days(end, start)
    return sum(is_working(start + timedelta(days=count)) for count in range(1, (end - start).days + 1))
