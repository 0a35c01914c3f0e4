"""How the one who asks is known: his account and what he was granted, looked up together, anew with every request."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Final

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection

from baocao_web.database.statements import ask
from baocao_web.people.models import Grant, User

_FIELDS: Final = tuple(field.attname for field in User._meta.concrete_fields)
_GRANTED: Final = ("id", "user_id", "role", "unit", "sectors")
_LOOK_UP: Final = (
    f"SELECT {', '.join(f'u.{name}' for name in _FIELDS)}, {', '.join(f'g.{name}' for name in _GRANTED)} "
    "FROM people_user AS u LEFT JOIN people_grant AS g ON g.user_id = u.id WHERE u.id = %s ORDER BY g.id"
)


class Accounts(AuthenticationBackend):
    """allauth's backend but for one statement where Django's two objects and two questions would be."""

    def get_user(self, user_id: int) -> User | None:
        """The account with its grants; None where it is closed or gone, so that its sessions end at once."""
        rows = ask(_LOOK_UP, [user_id])
        if not rows:
            return None
        user: User = User.from_db(connection.alias, _FIELDS, [_moment(value) for value in rows[0][: len(_FIELDS)]])
        if not user.is_active:
            return None
        user.granted = tuple(_grant(row[len(_FIELDS) :]) for row in rows if row[len(_FIELDS)] is not None)
        return user


def _moment(value: object) -> object:
    """A value as the database gave it; a moment told without its zone is of the one that SQLite keeps them in."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def _grant(row: tuple[Any, ...]) -> Grant:
    key, user, role, unit, sectors = row
    return Grant(key, user, role, unit, json.loads(sectors) if isinstance(sectors, str) else sectors)
