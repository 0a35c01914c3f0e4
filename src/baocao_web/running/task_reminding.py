"""Reminding of key tasks: one mail to each person of all that is due soon or overdue, each thing told once.

What is to be told is written down first, by rows that can stand once only; a row is taken, sent and ended. Whoever
tells how far a task has come, or that it is done, is reminded of it no more.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from baocao.model.period import Period
from baocao.model.text import Text
from baocao_web.pages import day, said, unit_name
from baocao_web.people.models import User
from baocao_web.people.recording import Done, append
from baocao_web.people.roles import Role
from baocao_web.places import office
from baocao_web.running.reminder_words import in_language
from baocao_web.running.reminding import BY, Reachable
from baocao_web.running.schedule import Occasion, is_office_hour, occasions, working_days
from baocao_web.tasks.models import Task, TaskNotice
from baocao_web.tasks.register import Asked, Followed, followed, one_followed, units_with_tasks
from baocao_web.tasks.standings import Standing

_LEASE: Final = timedelta(minutes=10)
_LAST: Final = timedelta(days=3)  # from when a thing was to be told; then it is not told any more
_AT_ONCE: Final = 100  # tasks of one mail
_SUPERIORS: Final = (Role.COMPILER, Role.LEADER)
_log = logging.getLogger(__name__)

_SUBJECT = Text("Nhắc nhiệm vụ trọng tâm: {count} nhiệm vụ", "Reminder: {count} key tasks")
_GREETING = Text("Kính gửi ông/bà {name},", "Dear {name},")
_OWED = Text(
    "Các nhiệm vụ sau đây sắp đến hạn hoặc đã quá hạn nhưng chưa hoàn thành:",
    "The following tasks are nearly due or overdue, and not done yet:",
)
_TASK = Text("- {title} ({owner}, {unit}): {state}.", "- {title} ({owner}, {unit}): {state}.")
_LEFT = Text("hạn {due}, còn {count} ngày làm việc", "due on {due}, {count} working days left")
_TODAY = Text("hạn là hôm nay, {due}", "due today, {due}")
_OVER = Text("hạn {due}, đã quá {count} ngày làm việc", "due on {due}, {count} working days late")
_ASKED = Text(
    "Đề nghị ông/bà cập nhật tiến độ, hoặc đôn đốc cơ quan chủ trì.",
    "Please tell how far they have come, or see to it that their owners do.",
)
_AUTOMATIC = Text(
    "Thư này do phần mềm gửi tự động, đề nghị không trả lời.", "This mail was sent by the program; please do not reply."
)


def remind(now: datetime) -> int:
    """Write down what is to be told now and send it; how many mails went out. Two at once send each thing once."""
    if not settings.CHANNELS.has_mail:
        return 0
    if is_office_hour(now):
        make_notices(now)
    return sum(_send(person, now) for person in _people_waiting())


def make_notices(now: datetime) -> int:
    """Write down who is to be told of which tasks; how many new things that is."""
    today = timezone.localtime(now).date()
    reachable = Reachable()
    with transaction.atomic():
        if connection.vendor == "postgresql":  # SQLite has one writer at a time anyway
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext('baocao task notices'))")
        wanted = {
            (one.task.pk, occasion.kind, one.due_on, person)
            for one, occasion in _owed(now)
            for person in _people(one, occasion, reachable)
        }
        fields = ("task_id", "kind", "due_on", "person")
        there = TaskNotice.objects.filter(due_on__in={key[2] for key in wanted}).values_list(*fields)
        new = sorted(wanted.difference(there))
        TaskNotice.objects.bulk_create(
            [TaskNotice(**dict(zip(fields, key, strict=True)), made_at=now) for key in new], batch_size=500
        )
        if new:
            told = {"tasks": sorted({key[0] for key in new}), "on": today.isoformat()}
            append(Done("chasing:tasks", BY, "remind", settings.OFFICE_UNIT, told))
    return len(new)


def _owed(now: datetime) -> Iterator[tuple[Followed, Occasion]]:
    """The tasks that are not done, with what is to be told of them today."""
    today = timezone.localtime(now).date()
    units = units_with_tasks(office.is_known)
    for one in followed(Asked(units, Period(today, today), today)):
        if _is_owed(one) and one.due_on is not None:
            for occasion in occasions(settings.REMINDERS, one.due_on, today):
                yield one, occasion


def _is_owed(one: Followed) -> bool:
    return not one.standing.is_over and one.standing is not Standing.CLAIMED


def _people(one: Followed, occasion: Occasion, reachable: Reachable) -> list[int]:
    """Who tells of a task; the compilers where nobody else does, and superiors when it is much too late."""
    if occasion.is_escalation:
        return reachable.of(one.task.unit, _SUPERIORS, "")
    roles = (Role.REPORTER,) if occasion.days < 0 else (Role.REPORTER, Role.APPROVER)
    return reachable.of(one.task.unit, roles, "") or reachable.of(one.task.unit, (Role.COMPILER,), "")


def _people_waiting() -> list[int]:
    return list(_waiting().order_by("person").values_list("person", flat=True).distinct())


def _waiting() -> QuerySet[TaskNotice]:
    return TaskNotice.objects.filter(Q(claimed_until=None) | Q(claimed_until__lt=timezone.now()), ended_at=None)


def _send(person: int, now: datetime) -> int:
    """One mail of all that waits for somebody and still holds; how many went out."""
    taken = _take(person)
    told = list(_still_owed(taken, now))
    live = {notice for notice, _ in told}
    _end({one.pk for one in taken} - live, is_sent=False)
    user = User.objects.filter(pk=person, is_active=True).exclude(email="").first()
    if not told or user is None:
        _end(live, is_sent=False)
        return 0
    try:
        _mail(user, [one for _, one in told], min(live), now)
    except (OSError, SMTPException):
        _log.warning("a reminder of tasks could not be sent, a later turn tries again", exc_info=True)
        return 0
    _end(live, is_sent=True)
    return 1


def _take(person: int) -> list[TaskNotice]:
    with transaction.atomic():
        found = _waiting().filter(person=person).order_by("pk")
        if connection.features.has_select_for_update_skip_locked:
            found = found.select_for_update(skip_locked=True)
        taken = list(found[:_AT_ONCE])
        TaskNotice.objects.filter(pk__in=[one.pk for one in taken]).update(claimed_until=timezone.now() + _LEASE)
    return taken


def _still_owed(taken: Sequence[TaskNotice], now: datetime) -> Iterator[tuple[int, Followed]]:
    """What still holds of notices: the task is owed by that day, and it is not long ago."""
    today = timezone.localtime(now).date()
    tasks = Task.objects.filter(dropped_on=None).in_bulk([one.task_id for one in taken])
    for notice in taken:
        if notice.task_id in tasks and now - notice.made_at < _LAST:
            one = one_followed(tasks[notice.task_id], today)
            if _is_owed(one) and one.due_on == notice.due_on:
                yield notice.pk, one


def _end(numbers: Iterable[int], *, is_sent: bool) -> None:
    TaskNotice.objects.filter(pk__in=list(numbers)).update(ended_at=timezone.now(), is_sent=is_sent)


def _mail(user: User, found: Sequence[Followed], number: int, now: datetime) -> None:
    today = timezone.localtime(now).date()
    with in_language(user.language):
        rows = [line for one in found for line in _lines(one, today)]
        parts = [said(_GREETING.fill(name=str(user))), "", said(_OWED), *rows, "", said(_ASKED), "", said(_AUTOMATIC)]
        subject = said(_SUBJECT.fill(count=len(found)))
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    headers = {"Auto-Submitted": "auto-generated", "Message-ID": f"<task-notice-{number}-{user.pk}@{host}>"}
    EmailMessage(subject, "\n".join(parts) + "\n", to=[user.email], headers=headers).send()


def _lines(one: Followed, today: date) -> Iterator[str]:
    assert one.due_on is not None  # of what is owed by a day
    task, count = one.task, working_days(today, one.due_on)
    words = _TODAY if one.due_on == today else _LEFT if one.due_on > today else _OVER
    state = said(words.fill(due=day(one.due_on), count=abs(count)))
    yield said(_TASK).format(title=task.title, owner=task.owner, unit=unit_name(task.unit), state=state)
    if settings.CHANNELS.address:
        yield f"  {settings.CHANNELS.address}{reverse('task', args=[task.pk])}"
