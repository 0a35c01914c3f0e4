"""Who may do what where: the one function that decides, and nothing is allowed that it does not allow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.core.exceptions import PermissionDenied

from baocao_web.people.models import Grant, User
from baocao_web.people.roles import MAY, Action, Role
from baocao_web.places import office


def may(user: object, action: Action, unit: str, sector: str | None = None) -> bool:
    """Whether somebody may do something with a unit; with ``sector``, whether with what belongs to that sector.

    A grant holds for its unit, for all below it, and for the units that these have become since. A grant narrowed to
    some sectors allows nothing that is asked for without one, save to see.
    """
    return any(
        action in MAY[Role(grant.role)] and _covers_sector(grant, action, sector) and _covers_unit(grant, unit)
        for grant in grants_of(user)
    )


def grants_of(user: object) -> Iterable[Grant]:
    """What somebody was granted; nothing to those who have not signed in or whose account is closed."""
    if not isinstance(user, User) or not user.is_active:
        return ()
    found: tuple[Grant, ...] | None = user.granted
    if found is None:  # asked once in the life of a request, which is that of the user object
        found = user.granted = tuple(user.grants.all())
    return found


def has_role(user: object, role: Role, unit: str, sector: str | None = None) -> bool:
    """Whether somebody is this very thing for a unit: that he may approve does not say whose turn it is.

    As with ``may``, a grant narrowed to some sectors makes nobody anything for what has no sector.
    """
    return any(grant.role == role.value and is_covered(grant, unit, sector) for grant in grants_of(user))


def is_covered(grant: Grant, unit: str, sector: str | None) -> bool:
    """Whether a grant holds for what a unit does in a sector, or without one."""
    return (not grant.sectors or sector in grant.sectors) and _covers_unit(grant, unit)


def demand(user: object, action: Action, unit: str, sector: str | None = None) -> None:
    """Raises ``PermissionDenied`` where ``may`` says no."""
    if not may(user, action, unit, sector):
        raise PermissionDenied


def units_for(user: object, action: Action) -> Iterator[str]:
    """The units that somebody was granted an action for, without those below them."""
    yield from dict.fromkeys(grant.unit for grant in grants_of(user) if action in MAY[Role(grant.role)])


def _covers_unit(grant: Grant, unit: str) -> bool:
    return office.is_within(unit, grant.unit)


def _covers_sector(grant: Grant, action: Action, sector: str | None) -> bool:
    if not grant.sectors:
        return True
    return action is Action.SEE if sector is None else sector in grant.sectors
