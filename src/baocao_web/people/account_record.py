"""What happens to accounts, and what was refused to people, as lines of the record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from django.db import transaction

from baocao_web.people.models import User
from baocao_web.people.recording import Done, Line, Replayed, append

_STREAM_LENGTH: Final = 80


def note(user: User, by: str, action: str, **details: Any) -> Line:
    """Tell one thing that happened to an account; the account's row is held, so that its lines come in order."""
    with transaction.atomic():
        User.objects.select_for_update().filter(pk=user.pk).first()
        return append(Done(_stream("account", user.username), by, action, user.unit, details))


def refuse(username: str, method: str, page: str, numbers: Mapping[str, int]) -> None:
    """Tell that something was refused: which page with which ids, never what was typed.

    The same refusal within a minute is told once, so that nobody fills the record by asking again and again.
    """
    minute = datetime.now(UTC).isoformat(timespec="minutes")
    told = {"method": method, "page": page, "ids": dict(numbers)}
    named = sha256(f"{minute} {told}".encode()).hexdigest()[:40]
    with transaction.atomic():
        User.objects.select_for_update().filter(username=username).first()
        try:
            append(Done(_stream("refused", username), username, "refused", "", told, named))
        except Replayed:
            return


def _stream(kind: str, username: str) -> str:
    return f"{kind}:{username}"[:_STREAM_LENGTH]
