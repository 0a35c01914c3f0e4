"""How many calls a token may make in a minute, told across all processes of the server.

A process takes leave for some calls at once, in one statement; so that counting costs one writing for many calls, and
no token ever makes more calls than it may.
"""

from __future__ import annotations

from time import time
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils import timezone

from baocao_web.api.models import Token

AT_ONCE: Final = (20, 5, 1)  # calls that a process takes leave for: fewer where little of the minute's is left
_MINUTE: Final = 60

_left: dict[int, tuple[int, int]] = {}  # of each token: the minute, and how many calls are left of the leave

_TAKE: Final = (
    "UPDATE api_token SET spent = CASE WHEN minute = %s THEN spent ELSE 0 END + %s, minute = %s, last_used_at = %s "
    "WHERE id = %s AND CASE WHEN minute = %s THEN spent ELSE 0 END + %s <= %s"
)


def spend(token: Token) -> int:
    """Count one call; nought where it may be made, else the seconds until the next one may."""
    now = time()
    minute = int(now // _MINUTE)
    of, left = _left.get(token.pk, (0, 0))
    if of != minute or not left:
        left = _take(token, minute)
        if not left:
            return _MINUTE - int(now % _MINUTE)
    _left[token.pk] = (minute, left - 1)
    return 0


def _take(token: Token, minute: int) -> int:
    most: int = settings.API_CALLS
    with connection.cursor() as cursor:
        for count in AT_ONCE:
            cursor.execute(_TAKE, [minute, count, minute, timezone.now(), token.pk, minute, count, most])
            if cursor.rowcount:
                return count
    return 0


def forget() -> None:
    """Take leave anew with the next call."""
    _left.clear()
