"""Reminders for another program: JSON, signed, each with a number by which one that comes twice is known."""

from __future__ import annotations

import hashlib
import hmac
import json
import urllib.request
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from urllib.error import HTTPError

from baocao_web.pages import unit_name
from baocao_web.running.channels import SECONDS, Webhook
from baocao_web.running.reminder_words import Told
from baocao_web.running.schedule import Cause, working_days
from baocao_web.running.task_words import ToldTask

NAMES: Final = {Cause.REMINDER: "reminder", Cause.ESCALATION: "escalation", Cause.RETURN: "returned"}


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """What is meant for one address is not carried to another."""

    def redirect_request(self, *_given: Any, **_more: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirects)


def post(hook: Webhook, now: datetime, notices: Sequence[Mapping[str, object]]) -> bool:
    """Send notices. Raises ``OSError`` where the other side does not take them."""
    content = json.dumps({"notices": notices}, ensure_ascii=False).encode()
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


def of_form(one: Told, today: date) -> dict[str, object]:
    """What another program is told of a form: never of a person, never what somebody wrote."""
    return {
        "id": one.notice,
        "kind": NAMES[one.cause],
        "form": one.kept.code,
        "title": one.kept.title.vi,
        "period": one.kept.period.code,
        "unit": one.unit,
        "unit_name": unit_name(one.unit),
        "due_on": one.due_on.isoformat(),
        "working_days_late": working_days(one.due_on, today),
    }


def of_task(one: ToldTask, today: date) -> dict[str, object]:
    """What another program is told of a task."""
    due_on = one.followed.due_on
    return {
        "id": f"task-{one.notice}",
        "kind": f"task_{NAMES[one.cause]}",
        "task": one.followed.task.pk,
        "title": one.followed.task.title,
        "unit": one.followed.task.unit,
        "unit_name": unit_name(one.followed.task.unit),
        "due_on": due_on.isoformat() if due_on else None,
        "working_days_late": working_days(due_on, today) if due_on else None,
    }
