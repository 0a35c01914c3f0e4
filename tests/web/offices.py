"""A small fictional office: people of every role, a form of four indicators, and a round that is open."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client

from baocao.model.text import Text
from baocao_web.collecting import layout
from baocao_web.collecting.models import Entry, Form, Round
from baocao_web.people.models import Grant, User
from baocao_web.people.roles import Role
from baocao_web.places import office

PROVINCE, HERE, THERE = "MH", "MHX01@2025-07-01", "MHX02@2025-07-01"
PERIOD = "2026-M10"
INDICATORS = ("lua_dien_tich", "lua_san_luong", "lua_nang_suat", "ho_ngheo")
BACKEND = "baocao_web.people.backends.Accounts"


@dataclass(frozen=True, slots=True)
class Office:
    """What a test needs to know of it."""

    form: Form
    round: Round

    @classmethod
    def made(cls, steps: tuple[Role, ...] = (Role.APPROVER, Role.COMPILER)) -> Office:
        """The office in the database at hand."""
        people = {
            "lan": (Role.REPORTER, HERE),
            "minh": (Role.REPORTER, THERE),
            "hoa": (Role.APPROVER, HERE),
            "tuan": (Role.COMPILER, PROVINCE),
            "son": (Role.LEADER, PROVINCE),
            "ngoc": (Role.REVIEWER, PROVINCE),
            "quan": (Role.ADMINISTRATOR, PROVINCE),
        }
        for name, (role, unit) in people.items():
            user = User.objects.create_user(name, full_name=f"Nguyễn Hư {name.title()}")
            Grant.objects.create(user=user, role=role.value, unit=unit)
        form = Form.objects.create(code="B01", title="Nông nghiệp", owner=PROVINCE, layout=layout.written(_layout()))
        today = office.today()
        days = {"opens_on": -5, "due_on": 5, "late_on": 7, "locked_on": 9}
        round_ = Round.objects.create(
            form=form,
            owner=PROVINCE,
            period=PERIOD,
            title="Nông nghiệp tháng 10",
            steps=[role.value for role in steps],
            **{name: today + timedelta(days=count) for name, count in days.items()},
        )
        for unit in (HERE, THERE):
            Entry.objects.create(round=round_, unit=unit)
        return cls(form, round_)

    def entry(self, unit: str = HERE) -> Entry:
        return Entry.objects.get(round=self.round, unit=unit)

    def cells(self, unit: str = HERE) -> dict[str, Any]:
        """The cells of an entry as they are kept."""
        found: dict[str, Any] = json.loads(self.entry(unit).cells)
        return found


def _layout() -> layout.Layout:
    listed = office.catalogue()
    rows = [
        layout.Row(code, listed[code].name, str(number), code, is_derived=listed[code].is_derived)
        for number, code in enumerate(INDICATORS, 1)
    ]
    columns = (
        layout.Column("actual", Text("Thực hiện", "Actual")),
        layout.Column("last_year", Text("Cùng kỳ", "Last year"), when=layout.When.LAST_YEAR, is_entry=False),
    )
    return layout.Layout((layout.Row("", Text("Trồng trọt", "Crops"), "I"), *rows), columns)


def person(name: str) -> User:
    """Somebody of the office by his name."""
    found: User = User.objects.get(username=name)
    return found


def signed_in(name: str, *, enforce_csrf: bool = False) -> Client:
    """A browser in which somebody has signed in."""
    client = Client(enforce_csrf_checks=enforce_csrf, headers={"host": "localhost"})
    client.force_login(User.objects.get(username=name), backend=BACKEND)
    return client


def post(client: Client, path: str, **body: Any) -> Any:
    """A post as our script sends it, under a name of its own where none is given."""
    given = {"request": uuid.uuid4().hex, **body}
    return client.post(path, json.dumps(given), content_type="application/json")
