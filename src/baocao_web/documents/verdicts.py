"""What people say of findings: accepted with a reason, taken back, or a comment. Only ever added to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from baocao.model.text import Problem, Text
from baocao_web.documents.models import Report, Upload, Verdict
from baocao_web.people.policies import demand
from baocao_web.people.recording import Done, append
from baocao_web.people.roles import Action

LONGEST: Final = 2_000
_KEY: Final = re.compile(r"[0-9a-f]{12}")
_MALFORMED = Text(
    "không rõ phát hiện nào hoặc làm gì với phát hiện đó; hãy tải lại trang.",
    "it is not clear which finding is meant, or what is done with it; load the page again.",
)
_WORDLESS = Text(
    "hãy ghi lý do chấp nhận hoặc ý kiến (không quá {limit} ký tự).",
    "write why it is accepted, or a comment (of at most {limit} letters).",
)
_WHAT: Final = {"accept": True, "reopen": False, "comment": None}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody says of a finding, as typed."""

    key: str
    what: str
    words: str

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Asked:
        return cls(str(given.get("key", "")), str(given.get("what", "")), str(given.get("words", "")).strip())


def say(asked: Asked, user: Any, *, report: Report | None = None, upload: Upload | None = None) -> None:
    """Keep what is said of a finding. Raises ``Problem``."""
    subject = report or upload
    assert subject is not None
    demand(user, Action.PROOF_READ, subject.unit)
    if not _KEY.fullmatch(asked.key) or asked.what not in _WHAT:
        raise Problem(_MALFORMED)
    if len(asked.words) > LONGEST or (not asked.words and asked.what != "reopen"):
        raise Problem(_WORDLESS.fill(limit=LONGEST))
    by = user.get_username()
    with transaction.atomic():
        Verdict.objects.create(
            report=report, upload=upload, key=asked.key, is_accepted=_WHAT[asked.what], words=asked.words, by=by
        )
        told = {"finding": asked.key, "what": asked.what, "words": asked.words}
        append(Done(subject.stream, by, "proof_read", subject.unit, told))


def accepted(*, report: Report | None = None, upload: Upload | None = None) -> set[str]:
    """The findings that are accepted now."""
    last: dict[str, bool] = {}
    for one in Verdict.objects.filter(report=report, upload=upload, is_accepted__isnull=False).order_by("pk"):
        last[one.key] = bool(one.is_accepted)
    return {key for key, is_accepted in last.items() if is_accepted}


def said_of(*, report: Report | None = None, upload: Upload | None = None) -> dict[str, list[Verdict]]:
    """All that was said, by finding, the earliest first."""
    found: dict[str, list[Verdict]] = {}
    for one in Verdict.objects.filter(report=report, upload=upload).order_by("pk"):
        found.setdefault(one.key, []).append(one)
    return found
