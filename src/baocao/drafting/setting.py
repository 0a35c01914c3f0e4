"""For whom, for when and in whose name a report is written, and the words that follow from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from baocao.drafting.outline import Outline, Purpose
from baocao.drafting.phrases.wording import unit_within
from baocao.model.draft import Block, Paragraph, Signature
from baocao.model.org_unit import OrgUnit
from baocao.model.period import Period
from baocao.model.task import KeyTask
from baocao.reference import load

_NOBODY = Signature(())
_MONTHS = 12
_PART_YEAR = 9  # the last month up to which a report is one on a part of its year
Tables = Callable[[str], Sequence[Block]]


def no_tables(name: str) -> Sequence[Block]:
    """A report without tables."""
    return ()


@dataclass(frozen=True, slots=True)
class Setting:
    """``period`` is the one reported on; of a plan, the year planned for. ``on`` is the day it is written.

    ``narratives`` are the parts that people wrote, by key; ``decisions`` the instruments that set the plan, as cited;
    of a plan for next year ``year_decisions`` are those of the year whose results are told.
    """

    unit: OrgUnit
    period: Period
    on: date
    issuer: str
    place: str
    governing: str = ""
    council: str = ""
    number: str = ""
    addressed_to: tuple[str, ...] = ()
    signature: Signature = _NOBODY
    recipients: tuple[str, ...] = ()
    narratives: Mapping[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    decisions: tuple[str, ...] = ()
    year_decisions: tuple[str, ...] = ()
    tasks: tuple[KeyTask, ...] = ()
    tables: Tables = no_tables

    def results(self, outline: Outline) -> Period:
        """The period whose results are told: of a plan for next year that of the year before it."""
        return self.period.last_year if outline.purpose is Purpose.NEXT_YEAR else self.period

    @property
    def planned_on(self) -> date:
        """The day whose plan is told of the year to come: that of writing, else the first day of that year."""
        return min(max(self.on, self.period.start), self.period.end)


def period_words(period: Period) -> str:
    """What a period is called in a sentence: "năm 2026", "9 tháng đầu năm 2026"."""
    words = load("composing")
    if period == Period.part(period.year):
        return _year_words(period.year)
    if months := _months_since_new_year(period):
        return str(words["months_words"]).format(months=months, year=period.year)
    return str(words["part_words"]).format(start=day_words(period.start), end=day_words(period.end))


def _year_words(year: int) -> str:
    return str(load("composing")["year_words"]).format(year=year)


def _months_since_new_year(period: Period) -> int:
    """How many whole months of its year a period tells, 0 for one that begins later; one month is called otherwise."""
    return period.whole_months if period.start.month == 1 and 1 < period.whole_months < _MONTHS else 0


def since_words(period: Period) -> str:
    """What the same period of the year before is called: "năm 2025", "cùng kỳ năm 2025"."""
    is_year = period == Period.part(period.year)
    return str(load("composing")["since_year" if is_year else "since_part"]).format(year=period.year - 1)


def day_words(day: date) -> str:
    """A day as officials write it: a nought before days below ten and before January and February."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if day.month < 3 else f"{day.day:02d}/{day.month}/{day.year}"


def slots(outline: Outline, setting: Setting) -> dict[str, str]:
    """What the slots of an outline's words are filled with; what nothing is known for is left out.

    They speak of the period whose results are told: in a plan the year planned for is ``next_year``.
    """
    period = setting.results(outline)
    words = load("composing")
    first = period.year - (period.year - 1) % 5
    found = {
        "unit": unit_within(setting.unit.name),
        **_of_level(setting.unit),
        "issuer": setting.issuer,
        "council": setting.council,
        "period": period_words(period),
        "same_period": since_words(period),
        "rest_of_year": _rest_words(period),
        **_times(outline, period),
        "year_ahead": str(period.year + _is_of_year(outline, period)),
        "cutoff": day_words(period.end),
        "until": _until_words(period, setting.on),
        "year": str(period.year),
        "last_year": str(period.year - 1),
        "next_year": str(period.year + 1),
        "term": str(words["term_words"]).format(first=first, last=first + 4),
        "decisions": "; ".join(setting.decisions),
        "year_decisions": "; ".join(_of_results(outline, setting)),
    }
    return {name: value for name, value in found.items() if value}


def _of_results(outline: Outline, setting: Setting) -> tuple[str, ...]:
    """The instruments that set the targets of the year whose results are told."""
    return setting.year_decisions if outline.purpose is Purpose.NEXT_YEAR else setting.decisions


def _of_level(unit: OrgUnit) -> dict[str, str]:
    words = load("composing")["levels"]
    named = (own for word, own in words["words"].items() if unit.name.lower().startswith(word))
    return {**words[unit.level.value], **next(named, {})}


def titled(title: str, known: Mapping[str, str]) -> str:
    """A heading with its slots filled; one written in capitals is capitals all over. Raises ``KeyError``."""
    text = title.format_map(known)
    letters = title.format_map(dict.fromkeys(known, ""))
    return text.upper() if letters.isupper() else text


def _rest_words(period: Period) -> str:
    """What comes behind a period in its year: "3 tháng cuối năm 2026"; nothing behind a whole year."""
    if period == Period.part(period.year):
        return ""
    months = _months_since_new_year(period)
    is_counted = bool(months) and months < _MONTHS - 1
    wording = str(load("composing")["rest_words" if is_counted else "rest_of_part"])
    return wording.format(months=_MONTHS - months, year=period.year)


def _is_of_year(outline: Outline, period: Period) -> bool:
    """Whether a report is on its whole year: also where figures count up to a day of the last months only.

    Year reports are written for the council's session in December, of the figures of ten or eleven months.
    """
    return outline.purpose is Purpose.NEXT_YEAR or period.end.month > _PART_YEAR


def _times(outline: Outline, period: Period) -> dict[str, str]:
    """The times that a report's title names: the one told, with its year and without, and the one to come."""
    if _is_of_year(outline, period):
        told = _year_words(period.year)
        return {"told": told, "told_part": told, "ahead": _year_words(period.year + 1)}
    if outline.purpose is Purpose.SIX_MONTHS:  # also where its figures end two weeks or a month before
        period = Period.part(period.year, "S", 1)
    months = _months_since_new_year(period)
    part = str(load("composing")["months_part"]).format(months=months) if months else period_words(period)
    return {"told": period_words(period), "told_part": part, "ahead": _rest_words(period)}


def _until_words(period: Period, on: date) -> str:
    """Up to which day figures count; what is written before that day can only be estimated."""
    key = "until_estimated" if on < period.end else "until"
    return str(load("composing")[key]).format(day=day_words(period.end))


def filled(words: str, known: Mapping[str, str]) -> str | None:
    """Words with their slots filled; None where nothing is known for one of them."""
    try:
        return words.format_map(known)
    except KeyError:
        return None
