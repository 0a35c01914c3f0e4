"""Sending what is to be told. A row is taken, sent and ended, in that order, so that two clocks never send it both.

A sender that dies in between leaves the row to the next one: then, and only then, a mail may go out again, under the
same Message-ID.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import Enum
from functools import partial
from smtplib import SMTPConnectError, SMTPException, SMTPServerDisconnected
from typing import Final, NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from baocao_web.collecting.forms_kept import form_of
from baocao_web.collecting.models import Entry
from baocao_web.collecting.states import State
from baocao_web.people.models import User
from baocao_web.running import reminder_words, webhook
from baocao_web.running.models import Notice, Way
from baocao_web.running.reminder_words import Told

_LEASE: Final = timedelta(minutes=10)
_LAST: Final = timedelta(days=3)  # from when a thing was to be told; then it is not told any more
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=4), timedelta(hours=6)
_AT_ONCE: Final = 200  # notices of one message

_NO_SERVER: Final = (SMTPConnectError, SMTPServerDisconnected)

_log = logging.getLogger(__name__)


class Outcome(Enum):
    """What came of one message."""

    NOTHING = "nothing"  # to be sent any more
    SENT = "sent"
    REFUSED = "refused"  # this one
    UNREACHED = "unreached"  # the server: none will be taken

    @property
    def is_failure(self) -> bool:
        return self in (Outcome.REFUSED, Outcome.UNREACHED)


class Sent(NamedTuple):
    """How many messages went out, and how many wait for the next turn."""

    sent: int = 0
    failed: int = 0


def send_mails(now: datetime) -> Sent:
    """One mail to each person for whom something waits; a server that does not answer is left alone until later."""
    sent = failed = 0
    people = _waiting().filter(way=Way.MAIL.value).order_by("person").values_list("person", flat=True).distinct()
    for person in list(people) if settings.CHANNELS.has_mail else []:
        outcome = _settle(Way.MAIL, person, partial(_mail, person, now))
        sent, failed = sent + (outcome is Outcome.SENT), failed + outcome.is_failure
        if outcome is Outcome.UNREACHED:
            break
    return Sent(sent, failed)


def call_webhook(now: datetime) -> Sent:
    """One message for all that waits for the webhook."""
    if settings.CHANNELS.webhook is None:
        return Sent()
    outcome = _settle(Way.WEBHOOK, 0, partial(webhook.post, settings.CHANNELS.webhook, now))
    return Sent(int(outcome is Outcome.SENT), int(outcome.is_failure))


def _waiting() -> QuerySet[Notice]:
    is_free = Q(claimed_until=None) | Q(claimed_until__lt=timezone.now())
    return Notice.objects.filter(is_free, ended_at=None)


def _settle(way: Way, person: int, send: Callable[[Sequence[Told]], bool]) -> Outcome:
    """Take what waits for one receiver and send what still holds."""
    taken = _take(way, person)
    told = list(_told(taken))
    live = [one.notice for one in told]
    _end({notice.pk for notice in taken} - set(live), is_sent=False)
    if not told:
        return Outcome.NOTHING
    try:
        is_sent = send(told)
    except (OSError, SMTPException) as problem:
        _log.warning("a reminder could not be sent, a later turn tries again", exc_info=True)
        _wait_longer(taken)
        is_of_this = isinstance(problem, SMTPException) and not isinstance(problem, _NO_SERVER)
        return Outcome.REFUSED if is_of_this else Outcome.UNREACHED
    _end(live, is_sent=is_sent)
    return Outcome.SENT if is_sent else Outcome.NOTHING


def _take(way: Way, person: int) -> list[Notice]:
    with transaction.atomic():
        found = _waiting().filter(way=way.value, person=person).order_by("pk")
        if connection.features.has_select_for_update_skip_locked:
            found = found.select_for_update(skip_locked=True)
        taken = list(found[:_AT_ONCE])
        numbers = [one.pk for one in taken]
        Notice.objects.filter(pk__in=numbers).update(claimed_until=timezone.now() + _LEASE, tries=F("tries") + 1)
    return taken


def _told(taken: Sequence[Notice]) -> Iterator[Told]:
    """What still holds of notices: the form is owed as it was, and it is not long ago."""
    entries = Entry.objects.in_bulk([one.entry_id for one in taken])
    for notice in taken:
        entry = entries[notice.entry_id]
        kept = form_of(entry.round_id)
        is_owed = State(entry.state).may_be_filled and kept.due(entry.extended_to) == notice.due_on
        if is_owed and not kept.is_closed and timezone.now() - notice.made_at < _LAST:
            is_escalation = notice.kind.startswith("escalate")
            yield Told(notice.pk, entry.pk, entry.unit, kept, notice.due_on, is_escalation)


def _end(numbers: Iterable[int], *, is_sent: bool) -> None:
    Notice.objects.filter(pk__in=list(numbers)).update(ended_at=timezone.now(), is_sent=is_sent)


def _wait_longer(taken: Sequence[Notice]) -> None:
    """Twice as long after every failure."""
    for tries in {one.tries for one in taken}:
        pause = min(_FIRST_PAUSE * 2 ** min(tries, 12), _LONGEST_PAUSE)
        numbers = [one.pk for one in taken if one.tries == tries]
        Notice.objects.filter(pk__in=numbers).update(claimed_until=timezone.now() + pause)


def _mail(person: int, now: datetime, told: Sequence[Told]) -> bool:
    """Write to one person; to nobody where the account was closed meanwhile."""
    user = User.objects.filter(pk=person, is_active=True).exclude(email="").first()
    if user is None:
        return False
    today = timezone.localtime(now).date()
    with reminder_words.in_language(user.language):
        words = reminder_words.body(str(user), told, today)
        subject = reminder_words.subject(told)
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    headers = {"Auto-Submitted": "auto-generated", "Message-ID": f"<notice-{told[0].notice}-{person}@{host}>"}
    EmailMessage(subject, words, to=[user.email], headers=headers).send()
    return True
