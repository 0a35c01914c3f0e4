"""Sending what is to be told of key tasks: what of it still holds, by mail to people and by the webhook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from baocao_web.people.models import User
from baocao_web.running import task_words, webhook
from baocao_web.running.schedule import Cause
from baocao_web.running.sending import Queue, Sent
from baocao_web.running.task_reminding import is_last, is_owed
from baocao_web.running.task_words import ToldTask
from baocao_web.tasks.models import Progress, Task, TaskNotice
from baocao_web.tasks.register import RETURNED, one_followed


def send_mails(now: datetime) -> Sent:
    """One mail to each person for whom something waits."""
    return _queue.mail(now)


def call_webhook(now: datetime) -> Sent:
    """One message for all that waits for the webhook."""

    def post(told: Sequence[ToldTask]) -> bool:
        today = timezone.localtime(now).date()
        return webhook.post(settings.CHANNELS.webhook, now, [webhook.of_task(one, today) for one in told])

    return _queue.call(post, now)


def _holding(taken: Sequence[TaskNotice], now: datetime) -> Iterator[ToldTask]:
    """What still holds of notices: the task is owed by that day, or what was returned was not told anew."""
    today = timezone.localtime(now).date()
    tasks = Task.objects.filter(dropped_on=None).in_bulk([one.task_id for one in taken])
    for notice in taken:
        if notice.task_id not in tasks:
            continue
        one, cause = one_followed(tasks[notice.task_id], today), Cause.of(notice.kind)
        if cause is Cause.RETURN:
            told = _returned(notice)
            if told is not None:
                yield ToldTask(notice.pk, one, cause, told.reason)
        elif is_owed(one) and one.due_on == notice.due_on:
            yield ToldTask(notice.pk, one, cause)


def _returned(notice: TaskNotice) -> Progress | None:
    number = int(notice.kind.partition("@")[2])
    told = Progress.objects.filter(task=notice.task_id, number=number, verdict=RETURNED).first()
    return told if told is not None and is_last(told) else None


def _written(user: User, told: Sequence[ToldTask], now: datetime) -> tuple[str, str]:
    today = timezone.localtime(now).date()
    return task_words.subject(told), task_words.body(str(user), told, today)


_queue = Queue(TaskNotice, _holding, _written, "task-notice")
