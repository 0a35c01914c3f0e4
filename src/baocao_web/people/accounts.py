"""What administrators do with accounts: open, amend, close, open again, give another password, tie an identity."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from baocao.model.text import Problem, Text
from baocao_web.people.account_record import note
from baocao_web.people.administering import demand_account, refuse_to_lose_the_last
from baocao_web.people.identities import PROVIDER
from baocao_web.people.models import User
from baocao_web.people.policies import demand
from baocao_web.people.roles import Action

ONE_TIME_DAYS: Final = 7
_USERNAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
_SIGNS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another one when read aloud or by hand
_SUBJECT_LENGTH: Final = 190

_NAME = Text(
    "tên đăng nhập “{seen}” không dùng được; hãy dùng 2–60 chữ thường không dấu, chữ số, dấu chấm, gạch.",
    "“{seen}” is no username; use 2 to 60 small letters without marks, digits, dots and dashes.",
)
_TAKEN = Text(
    "tên đăng nhập “{seen}” đã có người dùng; hãy chọn tên khác.", "“{seen}” is taken already; choose another username."
)
_NAMELESS = Text("chưa ghi họ và tên; hãy ghi.", "the full name is missing; write it.")
_EMAIL = Text("“{seen}” không phải địa chỉ thư điện tử.", "“{seen}” is no e-mail address.")
_SUBJECT = Text("chưa ghi mã danh tính; hãy ghi.", "the identity's code is missing; write it.")
_TIED = Text("danh tính này đã gắn với tài khoản khác.", "this identity is tied to another account.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is told of somebody whose account it is."""

    full_name: str
    position: str = ""
    email: str = ""
    language: str = "vi"

    def checked(self) -> Wanted:
        """The same without blanks at the ends. Raises ``Problem``."""
        found = Wanted(
            " ".join(self.full_name.split())[:200],
            " ".join(self.position.split())[:200],
            self.email.strip()[:254],
            self.language if self.language in ("vi", "en") else "vi",
        )
        if not found.full_name:
            raise Problem(_NAMELESS)
        try:
            validate_email(found.email or "none@example.org")
        except ValidationError as problem:
            raise Problem(_EMAIL.fill(seen=found.email[:60])) from problem
        return found


def new_password() -> str:
    """A password to be read aloud once: four groups of five signs."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(5)) for _ in range(4))


def open_account(by: User, username: str, wanted: Wanted, unit: str) -> tuple[User, str]:
    """An account that belongs to a unit, and its one-time password. Raises ``Problem``, ``PermissionDenied``."""
    demand(by, Action.GRANT, unit)
    return _made(by.username, username, wanted, unit)


def open_first(username: str, wanted: Wanted, unit: str) -> User:
    """An account made by whoever runs the installation: nobody has signed in yet who could permit it."""
    return _made("manage.py", username, wanted, unit)[0]


def _made(by: str, username: str, wanted: Wanted, unit: str) -> tuple[User, str]:
    named, told, password = username.strip().lower(), wanted.checked(), new_password()
    if not _USERNAME.fullmatch(named):
        raise Problem(_NAME.fill(seen=username.strip()[:60]))
    with transaction.atomic():
        user, is_new = User.objects.get_or_create(username=named, defaults={**_fields(told), "unit": unit})
        if not is_new:
            raise Problem(_TAKEN.fill(seen=named))
        _give(user, password)
        user.save()
        note(user, by, "account_opened", of=unit)
    return user, password


def _fields(told: Wanted) -> dict[str, str]:
    return {name: getattr(told, name) for name in ("full_name", "position", "email", "language")}


def _give(user: User, password: str) -> None:
    user.set_password(password)
    user.one_time_until = timezone.now() + timedelta(days=ONE_TIME_DAYS)


def _held(by: User, pk: int) -> User:
    """The account, its row held, if it may be looked after. Raises ``User.DoesNotExist``, ``PermissionDenied``."""
    user = User.objects.select_for_update().get(pk=pk)
    demand_account(by, user)
    return user


def amend(by: User, pk: int, wanted: Wanted) -> None:
    """Tell otherwise of somebody. Raises ``Problem``, ``PermissionDenied``."""
    told = _fields(wanted.checked())
    with transaction.atomic():
        user = _held(by, pk)
        changed = sorted(name for name, value in told.items() if getattr(user, name) != value)
        if not changed:
            return
        for name in changed:
            setattr(user, name, told[name])
        user.save(update_fields=changed)
        note(user, by.username, "account_amended", fields=changed)


def close(by: User, pk: int) -> None:
    """Nobody signs in to it any more, and who has signed in is out at his next step. Raises ``Problem``."""
    with transaction.atomic():
        user = _held(by, pk)
        if not user.is_active:
            return
        refuse_to_lose_the_last(list(user.grants.select_related("user")))
        user.is_active = False
        user.end_sessions()
        user.save(update_fields=["is_active", "sign_outs"])
        note(user, by.username, "account_closed")


def reopen(by: User, pk: int) -> None:
    """Its person may sign in again, with the password that he had."""
    with transaction.atomic():
        user = _held(by, pk)
        if user.is_active:
            return
        user.is_active = True
        user.save(update_fields=["is_active"])
        note(user, by.username, "account_reopened")


def reset(by: User, pk: int, *, factors: bool) -> str:
    """Another one-time password, all sessions ended; with ``factors`` the second step of signing in is taken off."""
    password = new_password()
    with transaction.atomic():
        user = _held(by, pk)
        _give(user, password)
        user.end_sessions()
        user.save(update_fields=["password", "one_time_until", "sign_outs"])
        if factors:
            Authenticator.objects.filter(user=user).delete()
        note(user, by.username, "password_reset", factors=factors)
    return password


def tie(by: User, pk: int, subject: str) -> None:
    """Let a provider's subject sign in to an account; nothing written unties it. Raises ``Problem``."""
    named = subject.strip()
    if len(named) > _SUBJECT_LENGTH:
        raise Problem(_SUBJECT)
    with transaction.atomic():
        user = _held(by, pk)
        if SocialAccount.objects.filter(provider=PROVIDER, uid=named).exclude(user=user).exists():
            raise Problem(_TIED)
        SocialAccount.objects.filter(provider=PROVIDER, user=user).delete()
        if named:
            SocialAccount.objects.create(provider=PROVIDER, uid=named, user=user)
        note(user, by.username, "identity_tied" if named else "identity_untied", provider=PROVIDER)
