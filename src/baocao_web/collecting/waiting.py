"""What waits for somebody: forms to fill in or mend, forms to decide on, and his own that wait for others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import Final

from django.db.models import Q, QuerySet

from baocao_web.collecting.forms_kept import Kept, form_of
from baocao_web.collecting.hands import Turn, barred
from baocao_web.collecting.models import Entry
from baocao_web.collecting.permits import is_turn
from baocao_web.collecting.states import State
from baocao_web.people.policies import grants_of, may
from baocao_web.people.roles import Action
from baocao_web.places import office

SHOWN: Final = 30  # days behind its lock for which a form stands in the lists of those who did not hand it in

_FEW: Final = 500  # units that are named in one statement; who has more is asked for all


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
    step: int
    extended_to: date | None
    mend_by: date | None
    wait: Wait
    has_remarks: bool

    @property
    def due_on(self) -> date:
        """Until when it is to be handed in: the due day, or that until which it is to be mended."""
        due = self.kept.due(self.extended_to)
        return due if self.mend_by is None else max(due, self.mend_by)

    @property
    def is_late(self) -> bool:
        return self.state.may_be_filled and office.today() > self.due_on

    @property
    def is_locked(self) -> bool:
        return self.state.may_be_filled and self.kept.is_locked(office.today(), self.extended_to, self.mend_by)


def for_user(user: object) -> list[Waiting]:
    """All entries that concern somebody, the next due first: of rounds that are open, and what was not decided on."""
    found = _without_own(user, list(_concerning(user)))
    return sorted(found, key=lambda one: (one.due_on, one.kept.code, office.order(one.unit), one.unit))


def is_anything_to_do(user: object) -> bool:
    """Whether somebody has a form to fill in or to decide on."""
    return any(one.wait is not Wait.OTHERS and not one.is_locked for one in _without_own(user, list(_concerning(user))))


def _concerning(user: object) -> Iterator[Waiting]:
    """What a round asks of somebody ends when it is locked, save what was given longer, and what is to be decided."""
    units = _near(user)
    if not units:
        return
    columns = ("id", "unit", "round_id", "state", "step", "version", "extended_to", "mend_by", "remarks")
    for key, unit, round_id, told, step, version, extended, mend_by, remarks in _open(units).values_list(*columns):
        if not any(office.is_within(unit, own) for own in units):
            continue
        kept, state = form_of(round_id), State(told)
        wait = _wait(user, unit, kept, state, step)
        if wait is not None:
            yield Waiting(key, unit, kept, state, version, step, extended, mend_by, wait, remarks != "{}")


def _near(user: object) -> frozenset[str]:
    return frozenset(grant.unit for grant in grants_of(user))


def _open(units: frozenset[str]) -> QuerySet[Entry]:
    """Entries of some units and those below, that something can still be done with or was not long ago."""
    today = office.today()
    is_open = Q(round__is_closed=False) & (
        Q(round__locked_on__gt=today - timedelta(days=SHOWN)) | Q(extended_to__gte=today)
    )
    is_undecided = Q(round__is_closed=False, state=State.SUBMITTED.value)
    found = Entry.objects.filter(is_open | Q(mend_by__gte=today) | is_undecided)
    within = [one.key for one in office.geography().units if any(office.is_within(one.key, own) for own in units)]
    return found.filter(unit__in=[*within, *units]) if len(within) <= _FEW else found


def _without_own(user: object, found: list[Waiting]) -> Iterator[Waiting]:
    """The same, but that what somebody had in his hands before waits for others."""
    decide = [Turn(one.id, one.unit, one.kept, one.step) for one in found if one.wait is Wait.DECIDE]
    own = barred(user, decide)
    return (replace(one, wait=Wait.OTHERS) if one.id in own else one for one in found)


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
