"""A report that comes through a pipe: the name ``-`` stands for what another program writes."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from baocao.formats import limits
from baocao.formats.errors import Unreadable
from baocao.model import Text

NAME = "-"

_EMPTY = Text(
    "đầu vào chuẩn không có gì; hãy chuyển văn bản vào, ví dụ: cat bao-cao.txt | baocao check -",
    "nothing came on the standard input; send a text there, such as: cat report.txt | baocao check -",
)
_NOT_TEXT = Text(
    "đầu vào chuẩn không phải là văn bản thường; hãy lưu thành tệp rồi đưa tên tệp (Word, PDF và Excel đọc từ tệp).",
    "the standard input is not plain text; save it as a file and give its name (Word, PDF and Excel are read so).",
)


def is_meant(path: Path) -> bool:
    """Whether a path is the standard input; a file that has this very name goes before it."""
    return str(path) == NAME and not path.exists()


@cache
def received() -> bytes:
    """All that comes, read once; one byte more than may be tells that it is too long."""
    if sys.stdin is None:  # it was closed by who called
        return b""
    return sys.stdin.buffer.read(limits.MAX_TEXT_BYTES + 1)


def text() -> bytes:
    """The text that comes. Raises ``Unreadable`` for nothing and for what must be read from a file."""
    from baocao.formats import content

    came = received()
    if not came.strip():
        raise Unreadable(_EMPTY)
    head = came[: limits.HEAD_BYTES]
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or b"%PDF-" in head[:1024]:
        raise Unreadable(_NOT_TEXT)
    if content.recognise(Path(NAME), head) is not content.Content.TEXT:
        raise Unreadable(_NOT_TEXT)
    return came
