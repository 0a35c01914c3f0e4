"""Who is to be told of which key tasks: rows that say so, made once, before anything is sent.

Whoever tells how far a task has come, or that it is done, is reminded of it no more. A report that was returned is
told to the one who made it and to those who tell of the unit's tasks; much too late, the nearest superior is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from baocao.model.period import Period
from baocao_web.people.models import User
from baocao_web.people.recording import Done, append
from baocao_web.people.roles import Role
from baocao_web.places import office
from baocao_web.running.reminding import BY, Reachable, receivers
from baocao_web.running.schedule import Cause, Occasion, is_fresh, is_office_hour, occasions
from baocao_web.tasks.models import Progress, TaskNotice
from baocao_web.tasks.register import RETURNED, Asked, Followed, followed, units_with_tasks
from baocao_web.tasks.standings import Standing

_AT_ONCE: Final = 500
_OF_LATE: Final = timedelta(days=30)  # more than the longest holidays


class _Key(NamedTuple):
    """What makes a notice one that can stand once only."""

    task_id: int
    kind: str
    due_on: date
    way: str
    person: int


def make_notices(now: datetime) -> int:
    """Write down who is to be told of which tasks; how many new things that is. Two at once make one."""
    if not (settings.CHANNELS.has_mail or settings.CHANNELS.webhook) or not is_office_hour(now):
        return 0
    reachable = Reachable()
    wanted = {*_of_owed(now, reachable), *_of_returns(now, reachable)}
    return _written_down(wanted, now) if _new(wanted) else 0


def _new(wanted: set[_Key]) -> list[_Key]:
    there = TaskNotice.objects.filter(due_on__in={key.due_on for key in wanted}).values_list(*_Key._fields)
    return sorted(wanted.difference(_Key._make(key) for key in there))


def _written_down(wanted: set[_Key], now: datetime) -> int:
    with transaction.atomic():
        if connection.vendor == "postgresql":  # SQLite has one writer at a time anyway
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext('baocao task notices'))")
        new = _new(wanted)  # another clock may have been quicker
        rows = [TaskNotice(**key._asdict(), made_at=now) for key in new]
        TaskNotice.objects.bulk_create(rows, batch_size=_AT_ONCE)
        if new:
            told = {"tasks": sorted({key.task_id for key in new}), "on": timezone.localtime(now).date().isoformat()}
            append(Done("chasing:tasks", BY, "remind", settings.OFFICE_UNIT, told))
    return len(new)


def is_owed(one: Followed) -> bool:
    """Whether a task waits for its unit: neither done, nor told as done."""
    return not one.standing.is_over and one.standing is not Standing.CLAIMED


def _of_owed(now: datetime, reachable: Reachable) -> Iterator[_Key]:
    """What is to be told today of tasks that are not done."""
    today = timezone.localtime(now).date()
    units = units_with_tasks(office.is_known)
    for one in followed(Asked(units, Period(today, today), today)):
        if not is_owed(one) or one.due_on is None:
            continue
        for occasion in occasions(settings.REMINDERS, one.due_on, today):
            for way, person in receivers(_people(one, occasion, reachable)):
                yield _Key(one.task.pk, occasion.kind, one.due_on, way.value, person)


def _people(one: Followed, occasion: Occasion, reachable: Reachable) -> list[int]:
    """Who tells of a task; the compilers where nobody else does, and the superiors when it is much too late."""
    if occasion.cause is Cause.ESCALATION:
        return reachable.superiors(one.task.unit)
    roles = (Role.REPORTER,) if occasion.days < 0 else (Role.REPORTER, Role.APPROVER)
    return _who_tell(one.task.unit, roles, reachable)


def _who_tell(unit: str, roles: tuple[Role, ...], reachable: Reachable) -> list[int]:
    return reachable.of(unit, roles, "") or reachable.of(unit, (Role.COMPILER,), "")


def _of_returns(now: datetime, reachable: Reachable) -> Iterator[_Key]:
    """That a report was returned, once for each, while it is not long ago and nothing newer was told."""
    for told in _returned(now):
        assert told.verdict_at is not None  # of what was settled
        if is_fresh(told.verdict_at, now):
            people = {*_who_tell(told.task.unit, (Role.REPORTER,), reachable), *_maker(told)}
            on = timezone.localtime(told.verdict_at).date()
            for way, person in receivers(sorted(people)):
                yield _Key(told.task_id, Cause.RETURN.kind(told.number), on, way.value, person)


def _returned(now: datetime) -> Iterator[Progress]:
    """What was told last of a task that is followed, where that was sent back of late."""
    found = Progress.objects.filter(verdict=RETURNED, verdict_at__gt=now - _OF_LATE, task__dropped_on=None)
    for told in found.select_related("task").order_by("pk"):
        if office.is_known(told.task.unit) and is_last(told):
            yield told


def is_last(told: Progress) -> bool:
    """Whether nothing newer was told of the same task, or of the same turn of it."""
    return not Progress.objects.filter(task=told.task_id, turn=told.turn, number__gt=told.number).exists()


def _maker(told: Progress) -> list[int]:
    found = User.objects.filter(username=told.by, is_active=True).exclude(email="")
    return list(found.values_list("pk", flat=True))
