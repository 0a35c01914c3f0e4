"""A call that changes something is done once: its caller names it, and the same call gets the same answer again.

What is done and the answer to it are one transaction: so there is an answer if and only if something was done, and a
call that was refused may be made again under the same name.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated, Any, Final

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Header, Schema

from baocao.model.text import Text
from baocao_web.api.models import Answered
from baocao_web.api.problems import Kind, Refused

KEPT: Final = timedelta(days=7)
_NAME_LENGTH: Final = 40  # of a call in the record
_REUSED = Text(
    "khóa này đã dùng cho một lần gọi khác; mỗi việc phải có khóa riêng.",
    "this key was used for another call; every call needs a key of its own.",
)
_AT_ONCE = Text(
    "có người khác vừa ghi vào cùng chỗ này; chưa ghi gì, hãy gọi lại.",
    "another was writing at the same place just now; nothing was saved, call again.",
)

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=80,
        pattern=r"^[A-Za-z0-9._:-]+$",
        description="Tên của chính lần gọi này, như một UUID · A name for this very call, such as a UUID",
    ),
]


def once(
    request: HttpRequest, key: str, work: Callable[[str], Schema], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """Do a piece of work under a name for the record, or tell what came of it before. Raises what ``work`` raises."""
    token, call = request.auth.token, _digest(request)
    before = Answered.objects.filter(token=token, key=key).first()
    if before is None:
        try:
            with transaction.atomic():
                made = Answered.objects.create(token=token, key=key, call=call)
                told = work(sha256(f"{token.pk} {key} {call}".encode()).hexdigest()[:_NAME_LENGTH])
                made.status, made.body = int(status), json.dumps(told.model_dump(mode="json"), ensure_ascii=False)
                made.save(update_fields=["status", "body"])
                Answered.objects.filter(token=token, at__lt=timezone.now() - KEPT).delete()
                return _answer(made)
        except IntegrityError:
            before = Answered.objects.filter(token=token, key=key).first()
            if before is None:  # another wrote into the same stream of the record at this very moment
                raise Refused(Kind.CONFLICT, _AT_ONCE) from None
    if before.call != call:
        raise Refused(Kind.KEY_REUSED, _REUSED)
    return _answer(before, is_known=True)


def _answer(kept: Answered, *, is_known: bool = False) -> HttpResponse:
    headers = {"Idempotency-Replayed": "true"} if is_known else {}
    return HttpResponse(kept.body, status=kept.status, content_type="application/json", headers=headers)


def _digest(request: HttpRequest) -> str:
    """What tells one call from another: where it goes and what it brings, whatever a file's boundary is called."""
    digest = sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type == "multipart/form-data":
        told: dict[str, Any] = {name: request.POST.getlist(name) for name in sorted(request.POST)}
        digest.update(json.dumps(told).encode())
        for name in sorted(request.FILES):
            for file in request.FILES.getlist(name):
                digest.update(f"\n{name} {file.name}\n".encode())
                for chunk in file.chunks():
                    digest.update(chunk)
                file.seek(0)
    else:
        digest.update(request.body)
    return digest.hexdigest()
