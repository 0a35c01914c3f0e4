"""Periods as files name them: SDMX codes, and the words of Vietnamese reports."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from baocao.figures.intake_words import fold, scenario_meant
from baocao.model.observation import Scenario
from baocao.model.period import CutOff, NotAPeriod, Period
from baocao.model.text import Text
from baocao.reference import load

_UNKNOWN = Text(
    "“{seen}” không phải là kỳ số liệu; cần mã như 2024, 2024-S1, 2024-Q2, 2024-M05 hoặc chữ như "
    "“6 tháng năm 2024”, “Quý II/2024”, “tháng 5/2024”, “đến 31/5/2024”.",
    "“{seen}” is no period; expected is a code such as 2024, 2024-S1, 2024-Q2, 2024-M05, or words such as "
    "“6 tháng năm 2024”, “Quý II/2024”, “tháng 5/2024”, “đến 31/5/2024”.",
)
_ONE_DAY = Text(
    "“{seen}” là một ngày, chưa rõ là kỳ nào; nếu là lũy kế từ đầu năm, hãy ghi “đến {seen}”, "
    "nếu là tháng, hãy ghi “tháng {month}/{year}”.",
    "“{seen}” is a day, and not clearly a period; for the total since the start of the year write “đến {seen}”, "
    "for the month “tháng {month}/{year}”.",
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = r"(?:nam )?(?P<year>[12][0-9]{3})"
_DAY = r"(?:ngay )?(?P<day>[0-9]{1,2}) (?:thang )?(?P<month>[0-9]{1,2}) (?:nam )?(?P<year>[12][0-9]{3})"
_FROM = _DAY.replace("<day>", "<day1>").replace("<month>", "<month1>").replace("<year>", "<year1>")
Found = re.Match[str]


def _number(words: str) -> int:
    return _ROMAN.get(words) or int(words)


def _to(found: Found, cut_off: CutOff) -> Period:
    return Period.cumulative(date(int(found["year"]), int(found["month"]), int(found["day"])), cut_off)


def _between(found: Found, cut_off: CutOff) -> Period:
    first = date(int(found["year1"]), int(found["month1"]), int(found["day1"]))
    return Period(first, date(int(found["year"]), int(found["month"]), int(found["day"])))


def _months(found: Found, cut_off: CutOff) -> Period:
    """Six months and the like from the start of the year, or to its end ("6 tháng cuối năm")."""
    count, is_last = int(found["count"]), (found["which"] or "").startswith("cuoi")
    if not 1 <= count <= 12:
        raise NotAPeriod(found[0])
    return Period.months(int(found["year"]), 13 - count if is_last else 1, count, cut_off)


def _school_year(found: Found, cut_off: CutOff) -> Period:
    if int(found["end"]) != int(found["year"]) + 1:
        raise NotAPeriod(found[0])
    return Period.school_year(int(found["year"]))


def _season(found: Found, cut_off: CutOff) -> Period:
    """A crop season by its name and year; of two years ("đông xuân 2024 - 2025") the second is that of the harvest."""
    year = int(found["end"] or found["year"])
    if found["end"] and year != int(found["year"]) + 1:
        raise NotAPeriod(found[0])
    season = _SEASONS[found["season"]]
    return Period.months(year, season["first"], season["months"])


_SEASONS = {fold(word): season for season in load("seasons").values() for word in season["words"]}
_NAMES = "|".join(sorted(_SEASONS, key=len, reverse=True))
_FORMS: tuple[tuple[re.Pattern[str], Callable[[Found, CutOff], Period]], ...] = tuple(
    (re.compile(form), make)
    for form, make in (
        (rf"(?:ca )?{_YEAR}", lambda found, off: Period.part(int(found["year"]), cut_off=off)),
        (rf"quy (?P<part>i{{1,3}}|iv|[1-4]) {_YEAR}", lambda found, off: _part(found, "Q", off)),
        (rf"(?:thang )?(?P<part>[0-9]{{1,2}}) {_YEAR}", lambda found, off: _part(found, "M", off)),
        (rf"(?:luy ke )?(?P<count>[0-9]{{1,2}}) thang (?P<which>dau |cuoi )?{_YEAR}", _months),
        (rf"(?:luy ke )?(?:tinh )?(?:den|toi) (?:het )?{_DAY}", _to),
        (
            rf"(?:luy ke )?(?:tinh )?(?:den|toi) het thang (?P<count>[0-9]{{1,2}}) (?P<which>x)?{_YEAR}",
            _months,
        ),
        (rf"tu {_FROM} (?:den|toi) (?:het )?{_DAY}", _between),
        (rf"vu (?P<season>{_NAMES}) {_YEAR}(?: (?P<end>[12][0-9]{{3}}))?", _season),
        (r"nam hoc (?P<year>[12][0-9]{3}) (?P<end>[12][0-9]{3})", _school_year),
    )
)
_BARE_DAY = re.compile(_DAY)


def _part(found: Found, kind: str, cut_off: CutOff) -> Period:
    return Period.part(int(found["year"]), kind, _number(found["part"]), cut_off)


def read_period(text: str, cut_off: CutOff = CutOff.CALENDAR) -> Period | Text:
    """The period that a text names, or why it is refused. Words follow ``cut_off``; codes speak for themselves."""
    try:
        return Period.parse(text.strip())
    except NotAPeriod:
        pass
    words = fold(text)
    for form, make in _FORMS:
        if found := form.fullmatch(words):
            try:
                return make(found, cut_off)
            except ValueError:
                break
    if found := _BARE_DAY.fullmatch(words):
        return _ONE_DAY.fill(seen=text, month=found["month"], year=found["year"])
    return _UNKNOWN.fill(seen=text)


def read_heading(text: str, cut_off: CutOff = CutOff.CALENDAR) -> tuple[Scenario | None, Period] | None:
    """What a column of figures is headed by: "Thực hiện năm 2024", "KH 2025", "6 tháng năm 2024"; else None."""
    words = text.split()
    for cut in range(min(len(words), 4)):
        scenario = scenario_meant(" ".join(words[:cut])) if cut else None
        if cut and scenario is None:
            continue
        period = read_period(" ".join(words[cut:]), cut_off)
        if isinstance(period, Period):
            return scenario, period
    return None
