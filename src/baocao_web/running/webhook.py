"""Reminders for another program: JSON, signed, each with a number by which one that comes twice is known."""

from __future__ import annotations

import hashlib
import hmac
import json
import urllib.request
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.error import HTTPError

from django.utils import timezone

from baocao_web.pages import unit_name
from baocao_web.running.channels import SECONDS, Webhook
from baocao_web.running.reminder_words import Told
from baocao_web.running.schedule import working_days


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """What is meant for one address is not carried to another."""

    def redirect_request(self, *_given: Any, **_more: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirects)


def post(hook: Webhook, now: datetime, told: Sequence[Told]) -> bool:
    """Send reminders. Raises ``OSError`` where the other side does not take them."""
    today = timezone.localtime(now).date()
    content = json.dumps({"notices": [_shown(one, today) for one in told]}, ensure_ascii=False).encode()
    at = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "X-Baocao-Timestamp": at,
        "X-Baocao-Signature": signature(hook.secret, at, content),
    }
    asked = urllib.request.Request(hook.url, content, headers, method="POST")
    try:
        with _opener.open(asked, timeout=SECONDS) as answer:
            answer.read(1)
            return True
    except HTTPError as problem:  # its own description holds the answer's words
        raise OSError(problem.code) from None


def signature(secret: str, at: str, content: bytes) -> str:
    """What the other side works out from the moment and the content, to know whom a message is from."""
    return "sha256=" + hmac.new(secret.encode(), at.encode() + b"." + content, hashlib.sha256).hexdigest()


def _shown(one: Told, today: Any) -> dict[str, object]:
    return {
        "id": one.notice,
        "kind": "escalation" if one.is_escalation else "reminder",
        "form": one.kept.code,
        "title": one.kept.title.vi,
        "period": one.kept.period.code,
        "unit": one.unit,
        "unit_name": unit_name(one.unit),
        "due_on": one.due_on.isoformat(),
        "working_days_late": working_days(one.due_on, today),
    }
