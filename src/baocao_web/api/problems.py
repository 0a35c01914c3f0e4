"""What a call is told when it is not done: RFC 9457, in the language asked for, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse
from django.utils import translation

from baocao.model.text import Text
from baocao_web.pages import said

MEDIA: Final = "application/problem+json"
_URN: Final = "urn:baocao:problem:"


class Kind(Enum):
    """What kind of problem it is: its name, its status, its title."""

    MALFORMED = ("malformed", HTTPStatus.BAD_REQUEST, Text("Yêu cầu không đọc được", "The call cannot be read"))
    NO_TOKEN = (
        "no-token",
        HTTPStatus.UNAUTHORIZED,
        Text("Thiếu mã truy cập, hoặc mã không còn hiệu lực", "No token, or one that is not in force"),
    )
    FORBIDDEN = ("forbidden", HTTPStatus.FORBIDDEN, Text("Không có quyền", "Not allowed"))
    NOT_FOUND = ("not-found", HTTPStatus.NOT_FOUND, Text("Không có", "Not found"))
    METHOD = ("method", HTTPStatus.METHOD_NOT_ALLOWED, Text("Không có phương thức này", "No such method"))
    CONFLICT = ("conflict", HTTPStatus.CONFLICT, Text("Chưa thực hiện được", "Not done as things stand"))
    CELLS = (
        "cells-changed",
        HTTPStatus.CONFLICT,
        Text("Ô đã có người khác sửa; chưa ghi gì", "Cells were changed by another; nothing was saved"),
    )
    LENGTH = ("length", HTTPStatus.LENGTH_REQUIRED, Text("Thiếu độ dài nội dung", "The body's length is missing"))
    TOO_LARGE = ("too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Text("Quá lớn", "Too large"))
    MEDIA = (
        "media",
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        Text("Không nhận loại nội dung này", "This kind of content is not taken"),
    )
    INVALID = ("invalid", HTTPStatus.UNPROCESSABLE_ENTITY, Text("Có trường không hợp lệ", "Fields are not valid"))
    KEY_REUSED = (
        "key-reused",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Text("Khóa lần gọi đã dùng cho việc khác", "The idempotency key was used for another call"),
    )
    TOO_MANY = ("too-many-calls", HTTPStatus.TOO_MANY_REQUESTS, Text("Gọi quá dày", "Too many calls"))
    NOT_PREPARED = (
        "not-prepared",
        HTTPStatus.SERVICE_UNAVAILABLE,
        Text("Số liệu đang được chuẩn bị", "The figures are being prepared"),
    )
    NO_ROOM = (
        "no-room",
        HTTPStatus.INSUFFICIENT_STORAGE,
        Text("Máy chủ hết chỗ trên đĩa; chưa ghi gì", "The server's disk has no room; nothing was saved"),
    )
    OUR_FAULT = (
        "our-fault",
        HTTPStatus.INTERNAL_SERVER_ERROR,
        Text("Máy chủ gặp lỗi; chưa ghi gì", "The server failed; nothing was saved"),
    )

    @property
    def urn(self) -> str:
        return _URN + str(self.value[0])

    @property
    def status(self) -> HTTPStatus:
        return self.value[1]

    @property
    def title(self) -> Text:
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Fault:
    """One field that is wrong. ``at`` is a JSON pointer into the body, or the name of what else the call holds."""

    at: str
    text: Text
    source: str = "body"  # or query, path, header


class Refused(Exception):
    """A call that is not done, with all that its caller is told."""

    def __init__(
        self, kind: Kind, text: Text | None = None, faults: Iterable[Fault] = (), more: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(kind)
        self.kind, self.text, self.faults, self.more = kind, text, tuple(faults), dict(more or {})


def answer(refused: Refused, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """The answer that tells a problem."""
    kind = refused.kind
    told: dict[str, Any] = {"type": kind.urn, "title": said(kind.title), "status": int(kind.status)}
    if refused.text is not None:
        told["detail"] = _sentence(refused.text)
    if refused.faults:
        told["errors"] = [
            {"in": fault.source, "at": fault.at, "detail": _sentence(fault.text)} for fault in refused.faults
        ]
    content = json.dumps({**told, **refused.more}, ensure_ascii=False)
    made = HttpResponse(content, status=int(kind.status), content_type=MEDIA, headers=dict(headers or {}))
    made.headers["Content-Language"] = translation.get_language() or "vi"
    return made


def _sentence(text: Text) -> str:
    words = said(text)
    return words[:1].upper() + words[1:]
