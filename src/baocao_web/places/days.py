"""Days as people type them: 5/11/2026, 05-11-2026, 5.11.2026; a browser's own way, 2026-11-05, is read too.

A day or a period that somebody asks for lies within the years that an office works in. What lies outside of them is a
slip of the hand, and would be beyond the calendars that pages count with.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from baocao.model.text import Problem, Text

YEARS: Final = (2000, 2100)  # the first and the last in which anything is asked for
_TYPED: Final = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})")
_WRITTEN: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NO_DAY = Text(
    "“{seen}” không phải là ngày; hãy ghi ngày/tháng/năm, như 05/11/2026.",
    "“{seen}” is no day; write day/month/year, as 05/11/2026.",
)
_FAR = Text(
    "ngày {seen} nằm ngoài các năm {first} – {last}; hãy xem lại năm.",
    "{seen} is outside of the years {first} – {last}; look at the year again.",
)


class NotADay(Problem):
    """Words that are no day, a day that the calendar does not have, or one far from any that an office works on."""


def read_day(seen: str) -> date:
    """The day that was typed. Raises ``NotADay``.

    >>> read_day("5/11/2026"), read_day("2026-11-05")
    (datetime.date(2026, 11, 5), datetime.date(2026, 11, 5))
    """
    words = seen.strip()
    typed, written = _TYPED.fullmatch(words), _WRITTEN.fullmatch(words)
    try:
        if typed is not None:
            return near(date(int(typed[3]), int(typed[2]), int(typed[1])))
        if written is not None:
            return near(date(*(int(part) for part in written.groups())))
    except ValueError:
        pass
    raise NotADay(_NO_DAY.fill(seen=words[:40].replace("{", "(").replace("}", ")")))


def near(day: date) -> date:
    """The day itself. Raises ``NotADay`` where it lies outside of the years that are asked for."""
    if not is_near(day, day):
        raise NotADay(_FAR.fill(seen=f"{day.day:02}/{day.month:02}/{day.year:04}", first=YEARS[0], last=YEARS[1]))
    return day


def is_near(first: date, last: date) -> bool:
    """Whether all days from one to another lie within the years that are asked for."""
    return YEARS[0] <= first.year and last.year <= YEARS[1]
