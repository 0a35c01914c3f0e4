"""What a plan is set against: that of an authority for a year, as it stood on a day, or a draft that is none yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from baocao.figures import store_targets
from baocao.figures.targets import plan
from baocao.model.period import Period
from baocao.model.target import Decision, Target
from baocao.model.text import Problem, Text
from baocao_web.figures.feeding_in import raw
from baocao_web.places.days import YEARS, read_day
from baocao_web.plans import subjects
from baocao_web.plans.draft_lines import shown, targets
from baocao_web.plans.models import Draft
from baocao_web.plans.subjects import Subject

_DRAFT: Final = "draft"
_APART: Final = "|"
_NAME = Text("{authority} giao năm {year}", "{authority}, {year}")
_NAME_ON = Text("{authority} giao năm {year}, tính đến {day}", "{authority}, {year}, as of {day}")
_DRAFTED = Text("dự kiến “{title}” năm {year}", "draft “{title}”, {year}")
_UNREAD = Text(
    "không hiểu bên so sánh “{seen}”; hãy chọn trong danh sách.",
    "“{seen}” is no side to compare; choose one of the list.",
)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: its name and its targets by what each asks for."""

    key: str
    name: Text
    year: int
    targets: Mapping[Subject, Target]

    @property
    def is_draft(self) -> bool:
        """Whether nobody has decided on it yet."""
        return self.key.startswith(f"{_DRAFT}{_APART}")


def choices(unit: str) -> dict[str, Text]:
    """The plans that a unit has, the latest year first, by the keys that ``side`` reads."""
    pairs = {(one.address.period.year, one.address.authority) for one in store_targets.kept_of_unit(raw(), unit)}
    ordered = sorted(pairs, key=lambda pair: (-pair[0], pair[1]))
    return {f"{year}{_APART}{who}": _NAME.fill(authority=who, year=year) for year, who in ordered}


def drafted(unit: str) -> dict[str, Text]:
    """The drafts of a unit that are none of a decision yet, by the keys that ``side`` reads."""
    found = Draft.objects.filter(unit=unit, assigned_at=None).order_by("-pk")
    return {f"{_DRAFT}{_APART}{one.pk}": _DRAFTED.fill(title=_plain(one.title), year=one.year) for one in found}


def decided_on(unit: str, key: str) -> list[tuple[date, str]]:
    """The days from which decisions of one plan hold, the earliest first, with their numbers."""
    year, _, who = key.partition(_APART)
    found = {
        (one.holds_from, one.decision.number)
        for one in store_targets.kept_of_unit(raw(), unit)
        if str(one.address.period.year) == year and one.address.authority == who
    }
    return sorted(found)


def adjusted(unit: str, key: str) -> list[tuple[str, date, date]]:
    """The decisions that adjusted a plan: the number of each, the day before it holds, the day from which it does."""
    days = decided_on(unit, key)
    return [(number, on - timedelta(days=1), on) for on, number in days if on > days[0][0]]


def side(unit: str, key: str, on: str = "", *, may_see_drafts: bool = False) -> Side:
    """What a key names, as it stood on a day ("" for the year's last). Raises ``Problem``."""
    first, sign, rest = key.partition(_APART)
    if first == _DRAFT and may_see_drafts and rest.isascii() and rest.isdigit() and len(rest) < 12:
        found = Draft.objects.filter(pk=int(rest), unit=unit).first()
        if found is not None:
            return _of_draft(found, key)
    if not sign or not (first.isascii() and first.isdigit() and YEARS[0] <= int(first) <= YEARS[1]) or not rest:
        raise Problem(_UNREAD.fill(seen=_plain(key)))
    year = Period.part(int(first))
    day = read_day(on) if on.strip() else year.end
    held = plan(store_targets.kept_of_unit(raw(), unit), day)
    of = {subjects.of(one): one for one in held if one.address.authority == rest and one.address.period == year}
    facts = {"authority": _plain(rest), "year": year.year}
    name = _NAME_ON.fill(**facts, day=f"{day:%d/%m/%Y}") if on.strip() else _NAME.fill(**facts)
    return Side(key, name, year.year, of)


def decision_of_draft(draft: Draft) -> Decision:
    """What stands in the place of the decision that a draft does not have."""
    return Decision(draft.title, Period.part(draft.year).end)


def _of_draft(draft: Draft, key: str) -> Side:
    of = {subjects.of(one): one for one in targets(draft, shown(draft), decision_of_draft(draft))}
    return Side(key, _DRAFTED.fill(title=_plain(draft.title), year=draft.year), draft.year, of)


def _plain(words: str) -> str:
    return words[:120]
