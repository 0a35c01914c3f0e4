"""What people type of tasks, made fit to be kept: no signs that steer or turn, no more than has room, days that are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Final

from baocao.model.text import Problem, Text
from baocao_web.places.days import read_day

_STEERING: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_YEARS: Final = (2000, 2100)
_LONG = Text(
    "dài {seen} ký tự, nhiều nhất là {limit}; hãy rút gọn, phần chi tiết ghi vào tệp minh chứng.",
    "{seen} letters, {limit} at most; shorten it, and put the details into a file.",
)
_YEAR = Text(
    "ngày {seen} nằm ngoài các năm {first} – {last}; hãy xem lại năm.",
    "{seen} is outside of the years {first} – {last}; look at the year again.",
)


class BadFields(Problem):
    """Fields that cannot be taken: what is wrong with each, by its name; nothing was kept."""

    def __init__(self, text: Text, faults: Mapping[str, Text]) -> None:
        super().__init__(text)
        self.faults = faults


def line(seen: str, most: int) -> str:
    """Words of one line. Raises ``Problem`` for more than has room."""
    return _fitting(" ".join(_STEERING.sub(" ", unicodedata.normalize("NFC", seen)).split()), most)


def paragraphs(seen: str, most: int) -> str:
    """Words of several lines, blank ones at the ends left out. Raises ``Problem`` for more than has room."""
    rows = seen.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    clean = (_STEERING.sub("", unicodedata.normalize("NFC", row)).rstrip() for row in rows)
    return _fitting("\n".join(clean).strip(), most)


def day(seen: str) -> date | None:
    """The day that was typed, none where nothing was. Raises ``Problem``."""
    if not seen.strip():
        return None
    found = read_day(seen)
    if not _YEARS[0] <= found.year <= _YEARS[1]:
        raise Problem(_YEAR.fill(seen=f"{found:%d/%m}/{found.year}", first=_YEARS[0], last=_YEARS[1]))
    return found


def _fitting(words: str, most: int) -> str:
    if len(words) > most:
        raise Problem(_LONG.fill(seen=len(words), limit=most))
    return words
