"""Giving roles and taking them: nobody gives what reaches beyond his own unit."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from baocao.model.text import Problem, Text
from baocao.reference import indicators as reference
from baocao_web.people.account_record import note
from baocao_web.people.administering import demand_grant, is_seen, refuse_to_lose_the_last
from baocao_web.people.models import Grant, User
from baocao_web.people.roles import Role
from baocao_web.places import office

_NO_ROLE = Text("chưa chọn vai trò; hãy chọn một vai trò.", "no role is chosen; choose one.")
_NO_SECTOR = Text("không có lĩnh vực “{seen}”.", "there is no sector “{seen}”.")
_NO_UNIT = Text("không có đơn vị “{seen}”.", "there is no unit “{seen}”.")


def give(by: User, pk: int, role: str, unit: str, sectors: list[str]) -> None:
    """Make somebody something for a unit; given again with other sectors, these hold from then on.

    Raises ``Problem``, ``PermissionDenied``, ``User.DoesNotExist``.
    """
    _check(role, unit, sectors)
    demand_grant(by, unit, sectors)
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=pk)
        if not is_seen(by, user):
            raise PermissionDenied
        before = Grant.objects.filter(user=user, role=role, unit=unit).first()
        if before is not None:
            demand_grant(by, unit, before.sectors)
            if sectors:
                refuse_to_lose_the_last([before])
        _put(user, by.username, role, unit, sectors)


def give_first(user: User, role: Role, unit: str) -> None:
    """A role that whoever runs the installation gives."""
    _check(role.value, unit, [])
    with transaction.atomic():
        _put(user, "manage.py", role.value, unit, [])


def _check(role: str, unit: str, sectors: list[str]) -> None:
    if role not in {one.value for one in Role}:
        raise Problem(_NO_ROLE)
    if not office.is_known(unit):
        raise Problem(_NO_UNIT.fill(seen=unit[:40]))
    known = reference.sectors()
    for sector in sectors:
        if sector not in known:
            raise Problem(_NO_SECTOR.fill(seen=sector[:40]))


def _put(user: User, by: str, role: str, unit: str, sectors: list[str]) -> None:
    Grant.objects.update_or_create(user=user, role=role, unit=unit, defaults={"sectors": sorted(set(sectors))})
    note(user, by, "role_given", role=role, of=unit, sectors=sorted(set(sectors)))


def take(by: User, pk: int, grant_pk: int) -> None:
    """Let a role hold no more. Raises ``Problem``, ``PermissionDenied``, ``Grant.DoesNotExist``."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=pk)
        grant = user.grants.select_related("user").get(pk=grant_pk)
        demand_grant(by, grant.unit, grant.sectors)
        refuse_to_lose_the_last([grant])
        told = {"role": grant.role, "of": grant.unit, "sectors": grant.sectors}
        grant.delete()
        note(user, by.username, "role_taken", **told)
