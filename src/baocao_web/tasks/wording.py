"""What people type of tasks, made fit to be kept: no signs that steer or turn, no more than has room, days that are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from baocao.model.text import Problem, Text
from baocao_web.places.days import read_day

_STEERING: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_BRACES: Final = str.maketrans("{}", "()")  # messages have slots in braces
_FAULTS = Text(
    "Chưa ghi được: {count} mục cần sửa, nêu ở từng mục. Không có gì bị mất.",
    "Not saved yet: {count} fields need mending, as told beside each. Nothing is lost.",
)
_LONG = Text(
    "dài {seen} ký tự, nhiều nhất là {limit}; hãy rút gọn, phần chi tiết ghi vào tệp minh chứng.",
    "{seen} letters, {limit} at most; shorten it, and put the details into a file.",
)


Reading = Callable[[str], Any]


class BadFields(Problem):
    """Fields that cannot be taken: what is wrong with each, by its name; nothing was kept."""

    def __init__(self, faults: Mapping[str, Text]) -> None:
        super().__init__(_FAULTS.fill(count=len(faults)))
        self.faults = faults


def refuse(faults: Mapping[str, Text]) -> None:
    """Raises ``BadFields`` where there are any faults."""
    if faults:
        raise BadFields(faults)


def read_each(typed: Mapping[str, str], readings: Mapping[str, Reading]) -> tuple[dict[str, Any], dict[str, Text]]:
    """What was typed in each field, None where it cannot be read, and what is wrong with those."""
    values: dict[str, Any] = {}
    faults: dict[str, Text] = {}
    for name, reading in readings.items():
        try:
            values[name] = reading(typed.get(name, ""))
        except Problem as problem:
            values[name], faults[name] = None, problem.text
    return values, faults


def whole(seen: str) -> int:
    """A number as a page sends it back; −1, which nothing is numbered, for anything else."""
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1


def quoted(seen: str) -> str:
    """What somebody typed, short and fit to stand in a message."""
    return clean(seen)[:40].translate(_BRACES)


def clean(seen: str) -> str:
    """Words of one line, without signs that steer or turn."""
    return " ".join(_STEERING.sub(" ", unicodedata.normalize("NFC", seen)).split())


def line(seen: str, most: int) -> str:
    """Words of one line. Raises ``Problem`` for more than has room."""
    return _fitting(clean(seen), most)


def paragraphs(seen: str, most: int) -> str:
    """Words of several lines, blank ones at the ends left out. Raises ``Problem`` for more than has room."""
    rows = seen.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    clean = (_STEERING.sub("", unicodedata.normalize("NFC", row)).rstrip() for row in rows)
    return _fitting("\n".join(clean).strip(), most)


def day(seen: str) -> date | None:
    """The day that was typed, none where nothing was. Raises ``Problem``."""
    return read_day(seen) if seen.strip() else None


def _fitting(words: str, most: int) -> str:
    if len(words) > most:
        raise Problem(_LONG.fill(seen=len(words), limit=most))
    return words
