"""What waits for somebody: forms to fill in or mend, forms to decide on, and his own that wait for others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from baocao_web.collecting.forms_kept import Kept, form_of
from baocao_web.collecting.models import Entry
from baocao_web.collecting.permits import is_turn
from baocao_web.collecting.states import State
from baocao_web.people.policies import grants_of, may
from baocao_web.people.roles import Action
from baocao_web.places import office


class Wait(Enum):
    """What an entry waits for, seen by the one who asks."""

    FILL = "fill"
    DECIDE = "decide"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One entry in somebody's list."""

    id: int
    unit: str
    kept: Kept
    state: State
    version: int
    extended_to: date | None
    wait: Wait
    has_remarks: bool

    @property
    def due_on(self) -> date:
        return self.kept.due(self.extended_to)

    @property
    def is_late(self) -> bool:
        return self.state.may_be_filled and office.today() > self.due_on

    @property
    def is_locked(self) -> bool:
        return self.state.may_be_filled and office.today() >= self.kept.locked(self.extended_to)


def for_user(user: object) -> list[Waiting]:
    """All entries of open rounds that concern somebody, the next due first."""
    found = list(_concerning(user))
    return sorted(found, key=lambda one: (one.due_on, one.kept.code, office.order(one.unit), one.unit))


def is_anything_to_do(user: object) -> bool:
    """Whether somebody has a form to fill in or to decide on."""
    return any(one.wait is not Wait.OTHERS for one in _concerning(user))


def _concerning(user: object) -> Iterator[Waiting]:
    columns = ("id", "unit", "round_id", "state", "step", "version", "extended_to", "remarks")
    for key, unit, round_id, told, step, version, extended, remarks in Entry.objects.filter(
        round__is_closed=False
    ).values_list(*columns):
        kept, state = form_of(round_id), State(told)
        wait = _wait(user, unit, kept, state, step)
        if wait is not None:
            yield Waiting(key, unit, kept, state, version, extended, wait, remarks != "{}")


def _wait(user: object, unit: str, kept: Kept, state: State, step: int) -> Wait | None:
    """What it waits for; nothing where the round is one of units below, and others look after it there."""
    sector = kept.sector or None
    near = [grant.unit for grant in grants_of(user) if office.is_within(grant.unit, kept.owner)]
    if not near:
        return None
    if state is State.SUBMITTED and is_turn(user, unit, kept, step) and may(user, Action.APPROVE, unit, sector):
        return Wait.DECIDE
    is_his = any(own != kept.owner and office.is_within(unit, own) for own in near)
    if not is_his or not may(user, Action.ENTER, unit, sector):
        return None
    return Wait.FILL if state.may_be_filled else Wait.OTHERS
