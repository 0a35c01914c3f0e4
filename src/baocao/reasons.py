"""Why the system or a parser refused something, by its kind: never in a library's own words."""

from __future__ import annotations

import errno
import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from baocao.model import Text

_KINDS = {
    errno.EACCES: Text("không có quyền", "no right"),
    errno.EPERM: Text("không có quyền", "no right"),
    errno.ENOENT: Text("không có tệp hoặc thư mục này", "no such file or folder"),
    errno.EEXIST: Text("đã có sẵn", "it exists already"),
    errno.EISDIR: Text("đây là thư mục", "it is a folder"),
    errno.ENOTDIR: Text("một phần của đường dẫn không phải là thư mục", "a part of the path is no folder"),
    errno.ENAMETOOLONG: Text("tên hoặc đường dẫn quá dài", "the name or the path is too long"),
    errno.ELOOP: Text("liên kết chạy vòng", "a loop of links"),
    errno.ENOSPC: Text("hết chỗ trên đĩa", "no room on the disk"),
    errno.EDQUOT: Text("hết phần đĩa được cấp", "the share of the disk is used up"),
    errno.EROFS: Text("đĩa chỉ cho đọc", "the disk is for reading only"),
    errno.EIO: Text("đĩa bị lỗi", "the disk failed"),
}
_SYSTEM = Text("lỗi hệ thống số {number}", "system error {number}")
_LOOP = _KINDS[errno.ELOOP]
_AT = re.compile(r"at line (\d+), column (\d+)")
_SYNTAX = Text("sai cú pháp ở dòng {line}, cột {column}", "wrong syntax at line {line}, column {column}")
_SYNTAX_AT_END = Text("sai cú pháp, tệp kết thúc giữa chừng", "wrong syntax, the file ends too early")
_NOT_UTF8 = Text("không phải chữ UTF-8, từ byte thứ {place}", "no UTF-8 text from byte {place} on")
_TOO_DEEP = Text("lồng vào nhau quá nhiều tầng", "nested too deep")
_WRONG_VALUE = Text("có giá trị không dùng được", "a value in it cannot be used")
_SPECIAL = Text("không phải tệp thông thường", "no ordinary file")


class NotRead(Exception):
    """A settings file that cannot be read; ``reason`` says why, to be put between brackets."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def reason(error: BaseException) -> Text:
    """Why something failed, in a few words."""
    if isinstance(error, NotRead):
        return error.reason
    if isinstance(error, OSError):
        return _KINDS.get(error.errno or 0) or _SYSTEM.fill(number=error.errno or "?")
    if isinstance(error, RecursionError):
        return _TOO_DEEP
    if isinstance(error, RuntimeError):  # how older Pythons report a loop of links
        return _LOOP
    if isinstance(error, UnicodeDecodeError):
        return _NOT_UTF8.fill(place=error.start + 1)
    if isinstance(error, tomllib.TOMLDecodeError):
        at = _AT.search(str(error))
        return _SYNTAX.fill(line=at[1], column=at[2]) if at else _SYNTAX_AT_END
    return _WRONG_VALUE


def because(sentence: Text, error: BaseException, **facts: object) -> Text:
    """A sentence in both languages with the reason in its slot ``{seen}``."""
    return with_reason(sentence, reason(error), **facts)


def with_reason(sentence: Text, why: Text, **facts: object) -> Text:
    """A sentence in both languages, its slot ``{seen}`` filled in each with its own words."""
    return Text(sentence.say("vi", seen=why.vi, **facts), sentence.say("en", seen=why.en, **facts))


def settings(file: Path) -> dict[str, Any]:
    """What a TOML file holds. Raises ``NotRead``; a pipe is not waited for."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise NotRead(_SPECIAL)
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise NotRead(reason(error)) from error
