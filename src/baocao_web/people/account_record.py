"""What happens to accounts, and what was refused to people, as lines of the record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from django.db import transaction

from baocao_web.database.statements import ask
from baocao_web.people.models import User
from baocao_web.people.recording import Done, Line, Replayed, append, moment_of

_STREAM_LENGTH: Final = 80
A_MINUTE, AN_HOUR = 20, 120  # refusals of one account that are told one by one
_LAST: Final = "SELECT at FROM people_record WHERE stream = %s ORDER BY place DESC LIMIT 1 OFFSET %s"


def note(user: User, by: str, action: str, **details: Any) -> Line:
    """Tell one thing that happened to an account; the account's row is held, so that its lines come in order."""
    with transaction.atomic():
        User.objects.select_for_update().filter(pk=user.pk).first()
        return append(Done(_stream("account", user.username), by, action, user.unit, details))


def refuse(username: str, told: Mapping[str, Any]) -> None:
    """Tell that something was refused: which page with which ids and why, never what was typed.

    The same refusal within a minute is told once. Of an account that is refused again and again only the first ones of
    a minute and of an hour are told one by one, and of the rest that there were more: so nobody fills the record.
    """
    stream, now = _stream("refused", username), datetime.now(UTC)
    with transaction.atomic():
        User.objects.select_for_update().filter(username=username).first()
        minute = now.isoformat(timespec="minutes")
        if _is_flood(stream, now):
            told, minute = {"more": True}, now.isoformat(timespec="hours")
        named = sha256(f"{minute} {told}".encode()).hexdigest()[:40]
        try:
            append(Done(stream, username, "refused", "", told, named))
        except Replayed:
            return


def _is_flood(stream: str, now: datetime) -> bool:
    """Whether so much was refused to an account of late that single lines tell nothing more."""
    for count, time in ((A_MINUTE, timedelta(minutes=1)), (AN_HOUR, timedelta(hours=1))):
        rows = ask(_LAST, [stream, count - 1])
        if rows and moment_of(rows[0][0]) > now - time:
            return True
    return False


def _stream(kind: str, username: str) -> str:
    return f"{kind}:{username}"[:_STREAM_LENGTH]
