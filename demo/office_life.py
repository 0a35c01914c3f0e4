"""What the people of the fictional office have done so far: forms filled in, passed on, returned, forgotten.

Everything goes through the application's own actions, at the moment at which it is said to have happened: its record
and its boards tell the story as they would tell a real one. The story is drawn from a seed.
"""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final
from unittest.mock import patch

from django.utils import timezone

from baocao.figures import store
from baocao.model.observation import Scenario
from baocao.model.period import Period
from baocao_web.collecting import keeping, layout, passing_on, submitting
from baocao_web.collecting.models import Entry, Round
from baocao_web.people.models import Grant, User
from baocao_web.people.roles import Role
from baocao_web.places import office

SEED: Final = 2026
COMPILER: Final = "tong-hop"
_NAMES: Final = {Role.REPORTER: "nhap", Role.APPROVER: "duyet"}
_CALLED: Final = {Role.REPORTER: "Người nhập", Role.APPROVER: "Người duyệt"}
_DRIFT: Final = (94, 112)  # per cent of what the same month of last year had, where nothing is stored
_NOT_AVAILABLE: Final = "chưa có số liệu"
_RETURNED: Final = "Sản lượng chưa khớp diện tích và năng suất, đề nghị kiểm tra lại."


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a unit's form, and how many days before it is due that is."""

    share: int  # per cent of its cells that are filled in
    days_before: int
    is_submitted: bool = True
    is_approved: bool = True
    is_accepted: bool = True  # by the office that collects it
    is_returned: bool = False


_OVER: Final = (
    Fate(100, 4), Fate(100, 3), Fate(100, 1), Fate(100, 0), Fate(100, 2), Fate(100, 5), Fate(100, 2),
    Fate(100, -2), Fate(100, 1, is_accepted=False), Fate(35, 6, is_submitted=False),
)  # fmt: skip
_NOW: Final = (
    Fate(0, 9, is_submitted=False), Fate(60, 8, is_submitted=False), Fate(100, 9), Fate(100, 10, is_accepted=False),
    Fate(100, 8, is_returned=True), Fate(100, 9, is_approved=False), Fate(40, 8, is_submitted=False),
)  # fmt: skip


def live(over: Round, now: Round) -> None:
    """Let every unit of a round that is over, and of one that is open, do what it does."""
    draw = random.Random(SEED)
    for its, fates in ((over, _OVER), (now, _NOW)):
        for turn, entry in enumerate(Entry.objects.filter(round=its).order_by("unit")):
            _do(entry, its, fates[turn % len(fates)], draw)


def _do(entry: Entry, its: Round, fate: Fate, draw: random.Random) -> None:
    reporter, approver = (_somebody(role, entry.unit) for role in (Role.REPORTER, Role.APPROVER))
    texts = _texts(entry, its, fate.share, draw)
    with _clock_at(_moment(its.due_on - timedelta(days=fate.days_before), its.opens_on, draw)) as clock:
        version = _typed(entry, reporter, texts, clock, draw)
        if not fate.is_submitted:
            return
        clock.forward(minutes=20)
        if (refused := submitting.submit(_act(entry, reporter, version), _anybody).refused) is not None:
            raise RuntimeError(f"{entry.unit}: {refused.vi}")
        if not fate.is_approved:
            return
        clock.forward(hours=2)
        passing_on.approve(_act(entry, approver, version), _anybody)
        clock.forward(hours=3)
        if fate.is_returned:
            passing_on.send_back(_act(entry, COMPILER, version), _anybody, _RETURNED)
        elif fate.is_accepted:
            passing_on.approve(_act(entry, COMPILER, version), _anybody)


def _typed(entry: Entry, by: str, texts: Mapping[str, str], clock: _Clock, draw: random.Random) -> int:
    """Cells as they are typed, some at a time; the version that the entry then has."""
    version, keys = entry.version, list(texts)
    while keys:
        count = draw.randrange(5, 30)
        some, keys = {key: texts[key] for key in keys[:count]}, keys[count:]
        version = keeping.save(keeping.Save(entry.pk, by, version, some, uuid.uuid4().hex), _anybody).version
        clock.forward(minutes=4)
    return version


def _texts(entry: Entry, its: Round, share: int, draw: random.Random) -> dict[str, str]:
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
        texts[key] = _NOT_AVAILABLE if value is None else f"{value:f}".replace(".", ",")
    return dict(list(texts.items())[: len(texts) * share // 100])


def _act(entry: Entry, by: str, version: int) -> passing_on.Act:
    return passing_on.Act(entry.pk, by, version, uuid.uuid4().hex)


def _anybody(*_: object) -> None:
    """The story asks for no permission: who does what is told by the roles that it gives."""


def _somebody(role: Role, unit: str) -> str:
    """The account of a role in a unit; where there is none it is made, and nobody can sign in with it."""
    known = Grant.objects.filter(role=role.value, unit=unit).select_related("user").first()
    if known is not None:
        return str(known.user.username)
    name = f"{_NAMES[role]}-{unit.partition('@')[0].removeprefix('MH').lower()}"
    user = User.objects.create_user(name, None, full_name=f"{_CALLED[role]} {office.unit(unit).name}")
    Grant.objects.create(user=user, role=role.value, unit=unit)
    return name


def _moment(day: date, opens: date, draw: random.Random) -> datetime:
    """A moment of the working day, after the round opened and before now."""
    at = datetime.combine(max(day, opens), time(8, draw.randrange(60)), timezone.get_current_timezone())
    return min(at, timezone.now() - timedelta(hours=12))


class _Clock:
    """A clock that goes when it is told to."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at.astimezone(UTC)

    def forward(self, **by: int) -> None:
        self._at += timedelta(**by)


@contextmanager
def _clock_at(moment: datetime) -> Iterator[_Clock]:
    clock = _Clock(moment)
    with patch.object(timezone, "now", clock.now):
        yield clock
