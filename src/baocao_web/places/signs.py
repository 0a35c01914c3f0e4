"""Signs that no words of an office hold: halves of letters, signs that steer machines, marks that turn words around.

A browser sends half a letter where a text was cut within it; marks of direction come with words copied from elsewhere,
and show “021” where “120” stands. Neither is kept: where they stand is told, and in their place stands a sign to see.
"""

from __future__ import annotations

import re
from typing import Final

from baocao.model.text import Problem, Text

SHOWN: Final = "\N{REPLACEMENT CHARACTER}"
_BROKEN: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
_TURNING: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ODD: Final = re.compile(f"[{_BROKEN}{_TURNING}]")
_UNREADABLE: Final = re.compile("[\x00\ud800-\udfff]")
_SILENT: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")  # they show nothing and turn nothing
_BEFORE: Final = 20  # signs before an odd one, to find it by

_ODD_SIGN = Text(
    "sau “{before}” có ký tự hỏng hoặc ký tự ẩn đảo chiều chữ; hãy xóa chỗ đó rồi gõ lại.",
    "behind “{before}” stands a broken sign, or a hidden one that turns words around; delete it and type anew.",
)
_ODD_FIRST = Text(
    "ở đầu có ký tự hỏng hoặc ký tự ẩn đảo chiều chữ; hãy xóa rồi gõ lại.",
    "it begins with a broken sign, or a hidden one that turns words around; delete it and type anew.",
)
_LONG = Text(
    "dài {seen} ký tự, nhiều nhất là {limit}; chưa lưu gì, hãy rút gọn rồi gửi lại.",
    "{seen} letters, {limit} at most; nothing was saved, shorten it and send it again.",
)


def odd_sign(seen: str) -> Text | None:
    """Where the first sign stands that cannot be kept; None where there is none.

    >>> odd_sign("120"), odd_sign("Tăng 12\N{RIGHT-TO-LEFT OVERRIDE}%").en[:17]
    (None, 'behind “Tăng 12” ')
    """
    found = _ODD.search(seen)
    if found is None:
        return None
    before = " ".join(seen[max(0, found.start() - _BEFORE) : found.start()].split())
    return _ODD_SIGN.fill(before=before.translate({123: "(", 125: ")"})) if before else _ODD_FIRST


def is_unreadable(seen: str) -> bool:
    """Whether a sign stands here that no database and no page can hold."""
    return _UNREADABLE.search(seen) is not None


def marked(seen: str) -> str:
    """The same with a sign to see in the place of each that cannot be kept."""
    return _ODD.sub(SHOWN, seen)


def bare(seen: str) -> str:
    """The same without signs that show nothing."""
    return _SILENT.sub("", seen)


def sentence(seen: str, most: int) -> str:
    """Words of one line as they are kept. Raises ``Problem`` for signs that cannot be, and for more than has room."""
    words = " ".join(bare(seen).split())
    odd = odd_sign(words)
    if odd is not None:
        raise Problem(odd)
    if len(words) > most:
        raise Problem(_LONG.fill(seen=len(words), limit=most))
    return words
