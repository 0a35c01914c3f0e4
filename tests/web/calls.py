"""Calls of programs: a token for somebody of the fictional office, and what a program sends with it."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.test import Client

from baocao_web.api import sparing, tokens
from baocao_web.api.models import Token
from baocao_web.api.tokens import Wanted
from baocao_web.people.models import User

ROOT = "/api/v1"
AREA = "lua_dien_tich:actual"
FIGURES = {"lua_dien_tich": "1234.5", "lua_san_luong": "6172.5", "ho_ngheo": "12"}


def made(name: str, unit: str, *, may_write: bool = True, called: str = "phần mềm", **more: Any) -> tuple[Token, str]:
    """A token of somebody in all roles that he has."""
    user = User.objects.get(username=name)
    roles = [grant.role for grant in user.grants.all()]
    given = {"name": called, "unit": unit, "roles": roles, "days": 30, "may_write": may_write, **more}
    return tokens.make(user, user, Wanted(**given))


class Program:
    """A program that calls with a token."""

    def __init__(self, secret: str, language: str = "vi") -> None:
        sparing.forget()
        self.client = Client(headers={"host": "localhost"})
        self.headers = {"Authorization": f"Bearer {secret}", "Accept-Language": language}

    @classmethod
    def of(cls, name: str, unit: str, **more: Any) -> Program:
        return cls(made(name, unit, **more)[1])

    def get(self, path: str, *, headers: dict[str, str] | None = None, **asked: Any) -> Any:
        return self.client.get(ROOT + path, asked, headers={**self.headers, **(headers or {})})

    def send(self, method: str, path: str, key: str = "", *, raw: str | None = None, **told: Any) -> Any:
        """A call that changes something, under a name of its own where none is given."""
        headers = {**self.headers, "Idempotency-Key": key or str(uuid.uuid4())}
        content = json.dumps(told) if raw is None else raw
        return self.client.generic(method, ROOT + path, content, content_type="application/json", headers=headers)

    def post(self, path: str, key: str = "", **told: Any) -> Any:
        return self.send("POST", path, key, **told)

    def save(self, entry: int, version: int, key: str = "", **cells: Any) -> Any:
        """Save cells: a string is a figure, None empties, a dictionary is sent as it is."""
        told = {
            f"{code}:actual": value if isinstance(value, dict) else {"value": value} for code, value in cells.items()
        }
        return self.send("PATCH", f"/entries/{entry}/cells", key, version=version, cells=told)


def filled(program: Program, entry: int) -> None:
    """Save a form's first figures."""
    assert program.save(entry, 0, **FIGURES).status_code == 200
