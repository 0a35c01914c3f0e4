"""What the application server does beside its command line; gunicorn reads this file of the folder it starts in."""

import html
from http import HTTPStatus
from pathlib import Path
from threading import Thread
from typing import Any

from gunicorn import util

import baocao_web

limit_request_line = 8_190  # a table of many chosen indicators has a long address
umask = 0o027  # without it gunicorn lets everybody on the machine write what it keeps
_PAGE = Path(baocao_web.__file__).with_name("at_the_door.html").read_text(encoding="utf-8")
_TOO_LONG = {HTTPStatus.REQUEST_URI_TOO_LONG, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE}


def _refused(sock: Any, status_int: int, reason: str, mesg: str) -> None:
    """What is refused before the application hears of it is told in words too, and nothing of what was sent."""
    vi, en = (
        ("Địa chỉ trang quá dài. Hãy quay lại và chọn ít mục hơn.", "The address is too long. Go back and choose less.")
        if status_int in _TOO_LONG
        else (
            "Hệ thống không trả lời được yêu cầu này: yêu cầu sai dạng, hoặc mất quá nhiều thời gian. Hãy quay lại, "
            "chọn ít hơn rồi thử lại.",
            "This request could not be answered: it is malformed, or took too long. Go back, choose "
            "less, and try again.",
        )
    )
    body = _PAGE.replace("{vi}", html.escape(vi)).replace("{en}", html.escape(en)).encode()
    head = (
        f"HTTP/1.1 {status_int} {reason}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
        "Content-Security-Policy: default-src 'none'\r\nCache-Control: no-store\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    util.write_nonblock(sock, head.encode("latin-1") + body)


util.write_error = _refused


def post_worker_init(worker: Any) -> None:
    """Read the figures while the first visitors sign in, so that none of them waits for it."""
    from baocao_web.figures import live

    Thread(target=live.begin, name="figures", daemon=True).start()
