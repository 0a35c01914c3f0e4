"""Rows that wait to be told are taken, sent and ended, in that order, so that two clocks never send one of them both.

A sender that dies in between leaves its rows to the next one: then, and only then, a message may go out again, under
the same number. What could not be sent is tried again, after longer and longer pauses.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import partial
from smtplib import SMTPConnectError, SMTPException, SMTPServerDisconnected
from typing import Any, Final, Generic, NamedTuple, Protocol, TypeVar

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, models, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation

from baocao_web.people.models import User
from baocao_web.running.channels import Way

LAST: Final = timedelta(days=3)  # from when a thing was to be told; then it is not told any more
_LEASE: Final = timedelta(minutes=10)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=4), timedelta(hours=6)
_AT_ONCE: Final = 200  # rows of one message
_NO_SERVER: Final = (SMTPConnectError, SMTPServerDisconnected)
_log = logging.getLogger(__name__)


class Numbered(Protocol):
    """What still holds of a row."""

    @property
    def notice(self) -> int: ...


T = TypeVar("T", bound=Numbered)


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


@dataclass(frozen=True, slots=True)
class Queue(Generic[T]):
    """What waits to be told: its rows, what of them still holds, and how a mail about that is written."""

    rows: type[models.Model]
    holds: Callable[[Sequence[Any], datetime], Iterable[T]]
    write: Callable[[User, Sequence[T], datetime], tuple[str, str]]  # subject and words, in the language at hand
    name: str  # of the numbers of its mails

    def mail(self, now: datetime) -> Sent:
        """One mail to each person for whom something waits; a server that does not answer is left alone until later."""
        sent = failed = 0
        people = self._waiting().filter(way=Way.MAIL.value).order_by("person").values_list("person", flat=True)
        for person in list(people.distinct()) if settings.CHANNELS.has_mail else []:
            outcome = self._settle(Way.MAIL, person, partial(self._mail, person, now), now)
            sent, failed = sent + (outcome is Outcome.SENT), failed + outcome.is_failure
            if outcome is Outcome.UNREACHED:
                break
        return Sent(sent, failed)

    def call(self, post: Callable[[Sequence[T]], bool], now: datetime) -> Sent:
        """One message for all that waits for the webhook. ``post`` raises ``OSError`` where it is not taken."""
        if settings.CHANNELS.webhook is None:
            return Sent()
        outcome = self._settle(Way.WEBHOOK, 0, post, now)
        return Sent(int(outcome is Outcome.SENT), int(outcome.is_failure))

    def _waiting(self) -> QuerySet[Any]:
        is_free = Q(claimed_until=None) | Q(claimed_until__lt=timezone.now())
        return self.rows._default_manager.filter(is_free, ended_at=None)

    def _settle(self, way: Way, person: int, send: Callable[[Sequence[T]], bool], now: datetime) -> Outcome:
        """Take what waits for one receiver and send what still holds."""
        taken = self._take(way, person)
        told = list(self.holds([row for row in taken if timezone.now() - row.made_at < LAST], now))
        live = [one.notice for one in told]
        self._end({row.pk for row in taken} - set(live), is_sent=False)
        if not told:
            return Outcome.NOTHING
        try:
            is_sent = send(told)
        except (OSError, SMTPException) as problem:
            _log.warning("a reminder could not be sent, a later turn tries again", exc_info=True)
            self._wait_longer(taken)
            is_of_this = isinstance(problem, SMTPException) and not isinstance(problem, _NO_SERVER)
            return Outcome.REFUSED if is_of_this else Outcome.UNREACHED
        self._end(live, is_sent=is_sent)
        return Outcome.SENT if is_sent else Outcome.NOTHING

    def _take(self, way: Way, person: int) -> list[Any]:
        with transaction.atomic():
            found = self._waiting().filter(way=way.value, person=person).order_by("pk")
            if connection.features.has_select_for_update_skip_locked:
                found = found.select_for_update(skip_locked=True)
            taken = list(found[:_AT_ONCE])
            self._of(row.pk for row in taken).update(claimed_until=timezone.now() + _LEASE, tries=F("tries") + 1)
        return taken

    def _of(self, numbers: Iterable[int]) -> QuerySet[Any]:
        return self.rows._default_manager.filter(pk__in=list(numbers))

    def _end(self, numbers: Iterable[int], *, is_sent: bool) -> None:
        self._of(numbers).update(ended_at=timezone.now(), is_sent=is_sent)

    def _wait_longer(self, taken: Sequence[Any]) -> None:
        """Twice as long after every failure."""
        for tries in {row.tries for row in taken}:
            pause = min(_FIRST_PAUSE * 2 ** min(tries, 12), _LONGEST_PAUSE)
            self._of(row.pk for row in taken if row.tries == tries).update(claimed_until=timezone.now() + pause)

    def _mail(self, person: int, now: datetime, told: Sequence[T]) -> bool:
        """Write to one person; to nobody where the account was closed meanwhile."""
        user = User.objects.filter(pk=person, is_active=True).exclude(email="").first()
        if user is None:
            return False
        with translation.override("en" if user.language == "en" else "vi"):
            subject, words = self.write(user, told, now)
        host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
        headers = {"Auto-Submitted": "auto-generated", "Message-ID": f"<{self.name}-{told[0].notice}-{person}@{host}>"}
        EmailMessage(subject, words, to=[user.email], headers=headers).send()
        return True
