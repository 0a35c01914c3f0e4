"""What waits for somebody: forms to fill in, to pass on, or to mend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from baocao_web.collecting.forms_kept import Kept, form_of
from baocao_web.collecting.models import Entry
from baocao_web.collecting.states import State
from baocao_web.people.policies import may
from baocao_web.people.roles import Action
from baocao_web.places import office


@dataclass(frozen=True, slots=True)
class Waiting:
    """One entry in somebody's list."""

    id: int
    unit: str
    kept: Kept
    state: State
    is_late: bool


def for_user(user: object) -> list[Waiting]:
    """All entries of open rounds that somebody may see, the next due first."""
    found = list(_seen(user))
    return sorted(found, key=lambda one: (one.kept.due_on, one.kept.code, one.unit))


def _seen(user: object) -> Iterator[Waiting]:
    today = office.today()
    rows = Entry.objects.filter(round__is_closed=False).values_list("id", "unit", "round_id", "state")
    for key, unit, round_id, state in rows:
        kept = form_of(round_id)
        if may(user, Action.SEE, unit, kept.sector or None):
            now = State(state)
            yield Waiting(key, unit, kept, now, now.may_be_filled and today > kept.due_on)
