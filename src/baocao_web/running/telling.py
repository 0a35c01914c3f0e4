"""Sending what is to be told of forms: what of it still holds, to people by mail and to a program by the webhook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from baocao_web.collecting import returning
from baocao_web.collecting.forms_kept import form_of
from baocao_web.collecting.models import Entry
from baocao_web.collecting.rounds import punctuality
from baocao_web.collecting.states import State
from baocao_web.people.models import User
from baocao_web.running import reminder_words, webhook
from baocao_web.running.models import Notice
from baocao_web.running.reminder_words import Told
from baocao_web.running.reminding import return_kind
from baocao_web.running.schedule import Cause
from baocao_web.running.sending import Queue, Sent


def send_mails(now: datetime) -> Sent:
    """One mail to each person for whom something waits."""
    return _queue.mail(now)


def call_webhook(now: datetime) -> Sent:
    """One message for all that waits for the webhook."""

    def post(told: Sequence[Told]) -> bool:
        today = timezone.localtime(now).date()
        return webhook.post(settings.CHANNELS.webhook, now, [webhook.of_form(one, today) for one in told])

    return _queue.call(post, now)


def _holding(taken: Sequence[Notice], now: datetime) -> Iterator[Told]:
    """What still holds of notices: the form is owed as it was, or waits to be mended as it was returned."""
    entries = Entry.objects.in_bulk([one.entry_id for one in taken])
    for notice in taken:
        entry = entries[notice.entry_id]
        kept = form_of(entry.round_id)
        if kept.is_closed or not State(entry.state).may_be_filled:
            continue
        due_on, cause, reason = punctuality.of_entry(entry).owed_on, Cause.of(notice.kind), ""
        if cause is Cause.RETURN:
            returned = returning.read(entry.returned) if entry.state == State.RETURNED.value else None
            if returned is None or return_kind(returned) != notice.kind:
                continue
            reason = returned.reason
        elif due_on != notice.due_on:
            continue
        yield Told(notice.pk, entry.pk, entry.unit, kept, due_on, cause, reason)


def _written(user: User, told: Sequence[Told], now: datetime) -> tuple[str, str]:
    today = timezone.localtime(now).date()
    return reminder_words.subject(told), reminder_words.body(str(user), told, today)


_queue = Queue(Notice, _holding, _written, "notice")
