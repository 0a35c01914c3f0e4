"""What anybody of the fictional office does: cells typed, forms passed on, each at the moment that is told of it.

Everything goes through the application's own actions, so that its record tells the story as it would tell a real one.
"""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final
from unittest.mock import patch

from django.utils import timezone

from baocao.figures import store
from baocao.model.observation import Scenario
from baocao.model.period import Period
from baocao_web.collecting import keeping, layout, passing_on
from baocao_web.collecting.models import Entry, Round
from baocao_web.collecting.typing import cells_of
from baocao_web.people.models import Grant, User
from baocao_web.people.roles import Role
from baocao_web.places import office

NOT_AVAILABLE: Final = "chưa có số liệu"
_NAMES: Final = {Role.REPORTER: "nhap", Role.APPROVER: "duyet", Role.COMPILER: "tong-hop"}
_CALLED: Final = {Role.REPORTER: "Người nhập", Role.APPROVER: "Người duyệt", Role.COMPILER: "Người tổng hợp"}
_DRIFT: Final = (94, 112)  # per cent of what the same month of last year had, where nothing is stored


def typed(entry: Entry, by: str, texts: Mapping[str, str], clock: Clock, draw: random.Random) -> int:
    """Cells as they are typed, some at a time; the version that the entry then has."""
    version, keys = entry.version, list(texts)
    while keys:
        count = draw.randrange(5, 30)
        some, keys = {key: texts[key] for key in keys[:count]}, keys[count:]
        version = keeping.save(keeping.Save(entry.pk, by, version, some, uuid.uuid4().hex), anybody).version
        clock.forward(minutes=4)
    return version


def texts_of(entry: Entry, its: Round, share: int, draw: random.Random) -> dict[str, str]:
    """What a unit types: what the province's store holds of it, else what it had a year before, a little changed."""
    period, laid = Period.parse(its.period), layout.read(its.form.layout)
    beside = json.loads(entry.beside)
    with office.book() as book:
        listed = store.current(book.connection, units=[entry.unit], periods=[period], scenarios=[Scenario.ACTUAL])
        told = {one.address: one.value for one in listed if one.value is not None}
    texts = {}
    for key, (row, _) in laid.entries.items():
        value = told.get(laid.address(key, entry.unit, period))
        if value is None and (before := beside.get(f"{row.key}{layout.APART}last_year")):
            value = (Decimal(before) * draw.randrange(*_DRIFT) / 100).quantize(Decimal(before))
        texts[key] = NOT_AVAILABLE if value is None else f"{value:f}".replace(".", ",")
    return dict(list(texts.items())[: len(texts) * share // 100])


def act(entry: Entry, by: str, version: int) -> passing_on.Act:
    """What somebody does with a form whose figures he sees as they are."""
    seen = cells_of(json.loads(Entry.objects.values_list("cells", flat=True).get(pk=entry.pk)))
    return passing_on.Act(entry.pk, by, version, uuid.uuid4().hex, passing_on.digest_of(seen))


def anybody(*_: object) -> None:
    """The story asks for no permission: who does what is told by the roles that it gives."""


def somebody(role: Role, unit: str) -> str:
    """The account of a role in a unit; where there is none it is made, and nobody can sign in with it."""
    known = Grant.objects.filter(role=role.value, unit=unit).select_related("user").first()
    if known is not None:
        return str(known.user.username)
    name = f"{_NAMES[role]}-{unit.partition('@')[0].removeprefix('MH').lower()}"
    user = User.objects.create_user(name, None, full_name=f"{_CALLED[role]} {office.unit(unit).name}")
    Grant.objects.create(user=user, role=role.value, unit=unit)
    return name


def moment(day: date, opens: date, draw: random.Random) -> datetime:
    """A moment of the working day, after the round opened and before now."""
    at = datetime.combine(max(day, opens), time(8, draw.randrange(60)), timezone.get_current_timezone())
    return min(at, timezone.now() - timedelta(hours=12))


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at.astimezone(UTC)

    def forward(self, **by: int) -> None:
        self._at += timedelta(**by)


@contextmanager
def clock_at(at: datetime) -> Iterator[Clock]:
    clock = Clock(at)
    with patch.object(timezone, "now", clock.now):
        yield clock
