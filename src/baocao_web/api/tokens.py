"""Tokens: made by their owner or his administrator, shown once, reaching no further than the owner does today."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from baocao.model.text import Problem, Text
from baocao_web.api.models import Token
from baocao_web.people.account_record import note
from baocao_web.people.administering import demand_account
from baocao_web.people.models import Grant, User
from baocao_web.people.roles import Role
from baocao_web.places import office

DAYS: Final = (30, 90, 180, 365)  # for which a token may be made
ROLES: Final = tuple(role for role in Role if role is not Role.ADMINISTRATOR)  # no program looks after accounts
MOST: Final = 20  # living tokens of one account
_SIGN: Final = "bc_"  # by which people and scanners know a secret of ours
_LENGTH: Final = 60

_NAMELESS = Text(
    "chưa ghi tên; hãy ghi tên phần mềm sẽ dùng mã này.", "the name is missing; write which program will use it."
)
_TWICE = Text(
    "đã có mã tên “{seen}” (kể cả mã đã thu hồi); hãy chọn tên khác, để nhật ký chỉ đúng một mã.",
    "there is a token “{seen}” already, perhaps revoked; choose another name, so that the record means one token.",
)
_NO_ROLE = Text("chưa chọn vai trò nào; hãy chọn ít nhất một.", "no role is chosen; choose one at least.")
_BEYOND = Text(
    "{name} không có vai trò này ở {unit}; mã không thể được phép nhiều hơn chủ của nó.",
    "{name} has no such role for {unit}; a token cannot do more than its owner.",
)
_DAYS = Text("thời hạn phải là {days} ngày.", "the token must last {days} days.")
_TOO_MANY = Text(
    "đã có {limit} mã còn hiệu lực; hãy thu hồi mã không dùng nữa.",
    "there are {limit} tokens in force; revoke those that are not used any more.",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a token is to be: which program, for which unit, in which roles, for how many days."""

    name: str
    unit: str
    roles: Sequence[str]
    days: int
    may_write: bool = False


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: a person's account with what the token leaves of his rights."""

    user: User
    token: Token


def digest_of(secret: str) -> str:
    """What is kept of a secret. It holds 256 bits by chance, so a plain digest cannot be turned back."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def make(by: User, owner: User, wanted: Wanted) -> tuple[Token, str]:
    """A token and its secret, which nobody can show again. Raises ``Problem``, ``PermissionDenied``."""
    _demand_owner(by, owner)
    name = " ".join(wanted.name.split())[:_LENGTH]
    if not name:
        raise Problem(_NAMELESS)
    if wanted.days not in DAYS:
        raise Problem(_DAYS.fill(days=", ".join(map(str, DAYS))))
    roles = [role.value for role in ROLES if role.value in wanted.roles]
    secret = _SIGN + secrets.token_urlsafe(32)
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=owner.pk)
        _demand_within(held, roles, wanted.unit)
        _demand_room(held, name)
        made: Token = Token.objects.create(
            user=held,
            name=name,
            unit=wanted.unit,
            roles=roles,
            may_write=wanted.may_write,
            digest=digest_of(secret),
            shown=secret[: len(_SIGN) + 5],
            made_by=by.username,
            expires_at=timezone.now() + timedelta(days=wanted.days),
        )
        told = {"of": made.unit, "roles": roles, "writes": made.may_write, "until": f"{made.expires_at:%Y-%m-%d}"}
        note(held, by.username, "token_made", named=name, **told)
    return made, secret


def revoke(by: User, owner: User, pk: int) -> None:
    """Let a token open nothing from now on. Raises ``PermissionDenied``, ``Token.DoesNotExist``."""
    _demand_owner(by, owner)
    with transaction.atomic():
        held: Token = Token.objects.select_for_update().get(pk=pk, user=owner)
        if held.revoked_at is not None:
            return
        held.revoked_at, held.revoked_by = timezone.now(), by.username
        held.save(update_fields=["revoked_at", "revoked_by"])
        note(owner, by.username, "token_revoked", named=held.name)


def caller_of(secret: str) -> Caller | None:
    """Who calls with a secret; None where it opens nothing: unknown, over, revoked, or of a closed account."""
    found = Token.objects.select_related("user").filter(digest=digest_of(secret)).first()
    if found is None or not found.holds_at(timezone.now()) or not found.user.is_active:
        return None
    user: User = found.user
    user.granted = tuple(narrowed(user.grants.all(), found.roles, found.unit))
    return Caller(user, found)


def narrowed(grants: Iterable[Grant], roles: Sequence[str], unit: str) -> Iterable[Grant]:
    """What grants come to in some roles and for one unit; nothing that was not granted."""
    for grant in grants:
        if grant.role not in roles or grant.role not in {role.value for role in ROLES}:
            continue
        if office.is_within(unit, grant.unit):
            yield Grant(user_id=grant.user_id, role=grant.role, unit=unit, sectors=grant.sectors)
        elif office.is_within(grant.unit, unit):
            yield Grant(user_id=grant.user_id, role=grant.role, unit=grant.unit, sectors=grant.sectors)


def _demand_owner(by: User, owner: User) -> None:
    if not by.is_active:
        raise PermissionDenied
    if by.pk != owner.pk:
        demand_account(by, owner)


def _demand_within(owner: User, roles: Sequence[str], unit: str) -> None:
    if not roles:
        raise Problem(_NO_ROLE)
    grants = list(owner.grants.all())
    for role in roles:
        if not any(narrowed(grants, [role], unit)):
            name = office.unit(unit).name if office.is_known(unit) else unit[:40]
            raise Problem(_BEYOND.fill(name=str(owner), unit=name))


def _demand_room(owner: User, name: str) -> None:
    standing = Token.objects.filter(user=owner)
    if standing.filter(name=name).exists():
        raise Problem(_TWICE.fill(seen=name))
    if standing.filter(revoked_at=None, expires_at__gt=timezone.now()).count() >= MOST:
        raise Problem(_TOO_MANY.fill(limit=MOST))
