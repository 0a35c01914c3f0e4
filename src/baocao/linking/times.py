"""The periods that a text names, where they stand, and what they are: the figure's own, or what it is set against.

A period without its year is of the report's year. "Cùng kỳ" is the figure's own period a year earlier.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from typing import NamedTuple

from baocao.linking.links import Setting
from baocao.model.period import NotAPeriod, Period

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WORDS = {"ba": 3, "sáu": 6, "chín": 9}
_YEAR = r"(?P<year>20\d\d)(?![\d.,]\d|\d)"
_DAY_MONTH = r"(?P<day>\d{1,2})/(?P<month>\d{1,2})"
_DAY_OF_MONTH = r"(?P<day>\d{1,2}) tháng (?P<month>\d{1,2})"
_OF_YEAR = rf"(?:\s*(?:/|năm\s)\s*{_YEAR})?"


class Role(Enum):
    OWN = "own"
    SAME = "same"  # the same period a year earlier
    NONE = "none"  # a time that is no period of a figure


class Time(NamedTuple):
    """A period at its place in the text; ``period`` is None where the words do not say which."""

    start: int
    end: int
    role: Role
    period: Period | None


Made = Callable[["re.Match[str]", Setting], Period | None]


def _year_of(found: re.Match[str], setting: Setting) -> int:
    named = found.groupdict().get("year")
    return int(named) if named else setting.period.year


def _months(found: re.Match[str], setting: Setting) -> Period:
    count = _WORDS.get(found["count"]) or int(found["count"])
    first = 13 - count if (found["which"] or "").startswith("cuối") else 1
    if not 1 <= count <= 12:
        raise NotAPeriod(found[0])
    return Period.months(_year_of(found, setting), first, count, setting.cut_off)


def _quarter(found: re.Match[str], setting: Setting) -> Period:
    part = _ROMAN.get(found["part"]) or int(found["part"])
    return Period.part(_year_of(found, setting), "Q", part, setting.cut_off)


def _month(found: re.Match[str], setting: Setting) -> Period:
    return Period.part(int(found["year"]), "M", int(found["month"]), setting.cut_off)


def _until_month(found: re.Match[str], setting: Setting) -> Period:
    return Period.months(_year_of(found, setting), 1, int(found["month"]), setting.cut_off)


def _until_day(found: re.Match[str], setting: Setting) -> Period:
    return Period.cumulative(date(_year_of(found, setting), int(found["month"]), int(found["day"])), setting.cut_off)


def _year(found: re.Match[str], setting: Setting) -> Period:
    return Period.part(_year_of(found, setting), cut_off=setting.cut_off)


def _none(found: re.Match[str], setting: Setting) -> None:
    return None


def _same(found: re.Match[str], setting: Setting) -> Period | None:
    """Of the year named, or of the year before the figure's own, which the figure says."""
    named = found.groupdict().get("year")
    if not named:
        return None
    years, earlier = setting.period.year - int(named), setting.period
    for _ in range(max(0, years)):
        earlier = earlier.last_year
    return earlier


_FORMS: tuple[tuple[re.Pattern[str], Role, Made], ...] = tuple(
    (re.compile(form), role, make)
    for form, role, make in (
        (r"giai đoạn\s+20\d\d\s*[-–]\s*20\d\d", Role.NONE, _none),
        (
            rf"\b(?:cùng kỳ|cùng kì|cùng thời điểm|cùng thời kỳ|svck|ck)(?:\s+(?:của\s+)?(?:năm\s+)?{_YEAR})",
            Role.SAME,
            _same,
        ),
        (
            r"\b(?:cùng kỳ|cùng kì|cùng thời điểm|cùng thời kỳ|svck|ck)(?:\s+năm (?:trước|ngoái))?(?!\w)",
            Role.SAME,
            _none,
        ),
        (r"\bnăm (?:trước|ngoái)(?!\w)", Role.SAME, _none),
        (
            rf"(?P<count>\d{{1,2}}|ba|sáu|chín) tháng (?P<which>đầu |cuối )?(?:năm(?:\s+{_YEAR})?|năm nay)(?!\w)",
            Role.OWN,
            _months,
        ),
        (rf"quý (?P<part>i{{1,3}}|iv|[1-4])(?!\w){_OF_YEAR}", Role.OWN, _quarter),
        (
            rf"(?:tính )?(?:đến|tới)(?: hết)?(?: ngày)?\s+{_DAY_MONTH}(?:/{_YEAR})?(?![\d/])",
            Role.OWN,
            _until_day,
        ),
        (
            rf"(?:tính )?(?:đến|tới)(?: hết)? ngày {_DAY_OF_MONTH}(?: năm {_YEAR})?(?!\w)",
            Role.OWN,
            _until_day,
        ),
        (rf"(?:tính )?(?:đến|tới) hết tháng (?P<month>\d{{1,2}})(?!\d){_OF_YEAR}", Role.OWN, _until_month),
        (rf"tháng (?P<month>\d{{1,2}})\s*(?:/|năm\s)\s*{_YEAR}", Role.OWN, _month),
        (rf"(?:\b(?:cả )?năm\s+){_YEAR}(?!\s*[-–]\s*20\d\d)", Role.OWN, _year),
        (r"\bcả năm(?!\w)", Role.OWN, _year),
        (r"\b(?:năm|ngày|tháng) \d[\d/]*(?:\s*[-–]\s*20\d\d)?|\bđến \d{1,2}/\d[\d/]*", Role.NONE, _none),
    )
)
_LIKELY = re.compile(r"năm|tháng|quý|cùng|ck|giai đoạn|đến|tới|ngày")


def times_in(low: str, setting: Setting) -> Iterator[Time]:
    """The times of a text in lower case, in order; of two at one place the first form that is listed."""
    if _LIKELY.search(low) is None:
        return
    found = [
        (match.start(), -match.end(), place, role, match, make)
        for place, (form, role, make) in enumerate(_FORMS)
        for match in form.finditer(low)
    ]
    end = 0
    for start, _, _, role, match, make in sorted(found, key=lambda one: one[:3]):
        if start < end:
            continue
        end = match.end()
        try:
            yield Time(start, end, role, make(match, setting))
        except ValueError:  # a thirteenth month, the 31st of June
            yield Time(start, end, Role.NONE, None)
