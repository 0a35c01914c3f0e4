"""Whose account somebody may look after: one that reaches nowhere beyond where he himself grants."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from baocao.model.text import Problem, Text
from baocao_web.people.models import Grant, User
from baocao_web.people.policies import demand, may, units_for
from baocao_web.people.roles import Action, Role
from baocao_web.places import office

_LAST = Text(
    "{name} là người quản trị cuối cùng của {unit}; hãy giao vai trò quản trị cho người khác trước.",
    "{name} is the last administrator of {unit}; make somebody else one first.",
)


def reaches(account: User) -> set[str]:
    """The units that an account belongs to or has a role for; the whole office where there are none."""
    found = {grant.unit for grant in account.grants.all()}
    if account.unit:
        found.add(account.unit)
    return found or {settings.OFFICE_UNIT}


def may_administer(user: object, account: User) -> bool:
    """Whether somebody may close an account, open it, or give it another password.

    Whoever resets a password can come in by it: so he must be allowed to grant for all that the account reaches.
    """
    return all(may(user, Action.GRANT, unit) for unit in reaches(account))


def is_seen(user: object, account: User) -> bool:
    """Whether an account stands on somebody's list: it reaches a unit that he grants for."""
    return any(may(user, Action.GRANT, unit) for unit in reaches(account))


def demand_account(user: object, account: User) -> None:
    """Raises ``PermissionDenied`` where ``may_administer`` says no."""
    if not may_administer(user, account):
        raise PermissionDenied


def demand_grant(user: object, unit: str, sectors: list[str]) -> None:
    """Raises ``PermissionDenied`` where somebody grants beyond his own unit or sectors."""
    asked: list[str | None] = [*sectors] or [None]
    for sector in asked:
        demand(user, Action.GRANT, unit, sector)


def demand_anywhere(user: object) -> tuple[str, ...]:
    """The units that somebody grants for. Raises ``PermissionDenied`` where there are none."""
    found = tuple(units_for(user, Action.GRANT))
    if not found:
        raise PermissionDenied
    return found


def refuse_to_lose_the_last(losing: list[Grant]) -> None:
    """Raises ``Problem`` where a unit would have no administrator left once these grants hold no more.

    Within the caller's transaction: all grants of administrators are held, so that two cannot take each other's.
    """
    gone = {grant.pk for grant in losing}
    every = Grant.objects.filter(role=Role.ADMINISTRATOR.value).order_by("pk")
    list(every.select_for_update().values_list("pk"))  # first held, then read: what another did meanwhile is seen
    left = [grant for grant in every.select_related("user") if grant.pk not in gone and _can_act(grant)]
    for grant in losing:
        if not _can_act(grant) or grant.role != Role.ADMINISTRATOR.value:
            continue
        if not any(office.is_within(grant.unit, other.unit) for other in left):
            unit = office.unit(grant.unit).name if office.is_known(grant.unit) else grant.unit
            raise Problem(_LAST.fill(name=str(grant.user), unit=unit))


def _can_act(grant: Grant) -> bool:
    """Whether a grant makes somebody an administrator who can act now: for all sectors, and able to sign in."""
    user = grant.user
    is_late = user.one_time_until is not None and user.one_time_until < timezone.now()
    return not grant.sectors and user.is_active and not is_late
