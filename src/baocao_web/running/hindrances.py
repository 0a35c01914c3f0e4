"""What hinders the machine itself is told in words: no room on the disk, a key that is lost.

Whatever a call began is undone by then, and what was acknowledged before stands. A page of entry keeps what was typed
and sends it again until it is taken, as it does while the line is down.
"""

from __future__ import annotations

import errno
import logging
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.defaults import server_error

from baocao.model.text import Text
from baocao_web.pages import said
from baocao_web.people.ciphering import Unopened

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_FULL_SQLITE: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE})
_FULL_POSTGRESQL: Final = "53100"  # disk_full
_AGAIN: Final = 60  # seconds
_JSON: Final = "application/json"
_log = logging.getLogger(__name__)

NO_ROOM: Final = Text(
    "Máy chủ hết chỗ trên đĩa nên chưa ghi được gì của lần này; những gì đã báo “Đã lưu” vẫn còn nguyên. "
    "Ô đang nhập được giữ trong trình duyệt và tự gửi lại. Hãy báo người quản trị, rồi thử lại sau.",
    "The server has no room left on its disk, so nothing of this was kept; all that was told as saved is there. "
    "Cells being typed are kept in this browser and sent again. Tell the administrator, then try again later.",
)

NO_ROOM_FOR: Final = Text(
    "hết chỗ trên đĩa; chưa ghi được gì, những gì đang có vẫn nguyên. Hãy dọn chỗ rồi chạy lại.",
    "there is no room left on the disk; nothing was written, and what is there is as it was. "
    "Make room, then run it again.",
)


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What is in the way, as it is told."""

    status: HTTPStatus
    text: Text
    event: str  # as the log calls it


def hindrance_of(error: BaseException | None) -> Hindrance | None:
    """What hindered the machine where an error came from that; None where it is an error of ours."""
    if any(is_full(one) for one in _causes(error)):
        return Hindrance(HTTPStatus.INSUFFICIENT_STORAGE, NO_ROOM, "the disk has no room")
    if isinstance(error, Unopened):
        return Hindrance(HTTPStatus.SERVICE_UNAVAILABLE, error.text, "a secret cannot be opened")
    return None


def is_full(error: BaseException) -> bool:
    """Whether an error says that a disk, or a share of it, has no room left."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) in _FULL_SQLITE
    return getattr(error, "sqlstate", None) == _FULL_POSTGRESQL


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and those that it came from."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def failed(request: HttpRequest) -> HttpResponse:
    """The answer to whatever was not foreseen: in words where the machine was hindered, else that it is our fault."""
    found = hindrance_of(sys.exc_info()[1])
    if found is None:
        return server_error(request)
    _log.error(found.event)
    words = said(found.text)
    if request.headers.get("Content-Type", "").startswith(_JSON):
        answer: HttpResponse = JsonResponse({"refused": words}, status=found.status)
    else:
        answer = render(request, "hindered.html", {"words": words}, status=found.status)
    answer.headers["Retry-After"] = str(_AGAIN)
    return answer
