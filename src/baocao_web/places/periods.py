"""Periods as pages and programs ask for them: by their codes or in words, within the years that an office works in."""

from __future__ import annotations

from typing import Final

from baocao.figures.intake_periods import read_period
from baocao.model.period import CutOff, Period
from baocao.model.text import Problem, Text
from baocao_web.places.days import YEARS, is_near

_LONGEST: Final = 120  # signs: the longest way of naming a period has half of them
_FAR = Text(
    "kỳ “{seen}” nằm ngoài các năm {first} – {last}; hãy xem lại năm.",
    "the period “{seen}” is outside of the years {first} – {last}; look at the year again.",
)


class NotAsked(Problem):
    """Words that name no period, or one outside of the years that an office works in."""


def period_asked(seen: str) -> Period:
    """The period that was asked for. Raises ``NotAsked``.

    >>> period_asked("tháng 5/2026").code
    '2026-M05'
    """
    words = "".join(sign if sign.isprintable() else " " for sign in seen).strip()[:_LONGEST]
    shown = words.replace("{", "(").replace("}", ")")
    found = read_period(words, CutOff.CALENDAR)
    if isinstance(found, Text):
        raise NotAsked(found)
    if not is_near(found.start, found.end):
        raise NotAsked(_FAR.fill(seen=shown, first=YEARS[0], last=YEARS[1]))
    return found
