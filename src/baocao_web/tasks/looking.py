"""What a page of tasks is asked for: unit, period, standing, words; and the links that change what is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict

from baocao.model.period import Period
from baocao.model.task import TaskState
from baocao.model.text import Text
from baocao_web.people.policies import demand, may, units_for
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.places.days import NotADay, read_day
from baocao_web.places.periods import NotAsked, period_asked
from baocao_web.places.signs import bare
from baocao_web.tasks.register import ORDERS, Asked, Followed, day_of, followed, units_with_tasks
from baocao_web.tasks.standings import NAMES, STATE_NAMES, Standing

_NAMES: Final = ("unit", "period", "on", "standing", "owner", "q", "sort")
_LONGEST: Final = 200
AWAITS, RETURNED = "awaits", "returned"


def _in_state(state: TaskState, one: Followed) -> bool:
    return one.standing.state is state


def _in_standing(standing: Standing, one: Followed) -> bool:
    return one.standing is standing


FILTERS: Final[Mapping[str, tuple[Text, Callable[[Followed], bool]]]] = {
    **{f"s-{state.value}": (name, partial(_in_state, state)) for state, name in STATE_NAMES.items()},
    **{standing.value: (name, partial(_in_standing, standing)) for standing, name in NAMES.items()},
    AWAITS: (Text("chờ xác nhận", "to be confirmed"), lambda one: one.awaits),
    RETURNED: (Text("bị trả lại", "returned"), lambda one: one.is_returned),
}


@dataclass(frozen=True, slots=True)
class Looked:
    """What is asked for, as typed and as meant. ``problem`` says why the period typed was not taken."""

    typed: Mapping[str, str]
    unit: str
    period: Period
    on: date
    units: tuple[str, ...]  # with tasks, that the reader may see, at or below the unit
    problem: Text | None = None

    @property
    def asked(self) -> Asked:
        return Asked(self.units, self.period, self.on, self.typed["q"], self.typed["owner"])

    def found(self) -> list[Followed]:
        """The tasks asked for in their order, of every standing."""
        return sorted(followed(self.asked), key=ORDERS.get(self.typed["sort"], ORDERS["due"]))

    def narrowed(self, found: list[Followed]) -> list[Followed]:
        """Those of the standing asked for."""
        if self.typed["standing"] not in FILTERS:
            return found
        return [one for one in found if FILTERS[self.typed["standing"]][1](one)]

    def link(self, **changed: object) -> str:
        """The query that asks for the same but for what is changed; what is empty is left out."""
        told = {**self.typed, **{name: str(value) for name, value in changed.items()}}
        return "?" + urlencode({name: value for name, value in told.items() if value})


def look(user: object, query: QueryDict) -> Looked:
    """What somebody asks for, narrowed to what he may see. Raises ``PermissionDenied``, ``Http404``."""
    typed = {name: bare(query.get(name, "")).strip()[:_LONGEST] for name in _NAMES}
    unit = typed["unit"] or next(iter(units_for(user, Action.SEE)), "")
    if not unit:
        raise PermissionDenied
    if not office.is_known(unit):
        raise Http404
    demand(user, Action.SEE, unit)
    named = [unit] if typed["unit"] else list(units_for(user, Action.SEE))
    units = units_with_tasks(
        lambda one: any(office.is_within(one, above) for above in named) and may(user, Action.SEE, one)
    )
    period, problem = _period(typed["period"])
    return Looked(typed, unit, period, _day(typed["on"], day_of(period)), tuple(units), problem)


def counted(unit: str, period: Period, on: date, state: str = "") -> str:
    """The query for the tasks that a report counted on a day, all of them or those of one state."""
    standing = {"standing": f"s-{state}"} if state else {}
    return "?" + urlencode({"unit": unit, "period": period.code, "on": f"{on:%d/%m/%Y}", **standing})


def _day(seen: str, last: date) -> date:
    """The day as of which tasks are told: the one named, where it is none that is still to come."""
    try:
        return min(read_day(seen), last) if seen else last
    except NotADay:
        return last


def _period(seen: str) -> tuple[Period, Text | None]:
    this_year = Period.part(office.today().year)
    if not seen:
        return this_year, None
    try:
        return period_asked(seen), None
    except NotAsked as problem:
        return this_year, problem.text


def is_late(one: Followed) -> bool:
    """Whether somebody must see to a task: overdue, or behind by its owner's own account."""
    return one.standing.state is TaskState.LATE


def is_due_soon(one: Followed, days: int, today: date) -> bool:
    """Whether a task that is not late falls due within so many days."""
    is_open = not one.standing.is_over and one.standing is not Standing.CLAIMED and not is_late(one)
    return is_open and one.due_on is not None and 0 <= (one.due_on - today).days <= days
