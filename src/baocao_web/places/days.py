"""Days as people type them: 5/11/2026, 05-11-2026, 5.11.2026; a browser's own way, 2026-11-05, is read too."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from baocao.model.text import Problem, Text

_TYPED: Final = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})")
_WRITTEN: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NO_DAY = Text(
    "“{seen}” không phải là ngày; hãy ghi ngày/tháng/năm, như 05/11/2026.",
    "“{seen}” is no day; write day/month/year, as 05/11/2026.",
)


class NotADay(Problem):
    """Words that are no day, or a day that the calendar does not have."""


def read_day(seen: str) -> date:
    """The day that was typed. Raises ``NotADay``.

    >>> read_day("5/11/2026"), read_day("2026-11-05")
    (datetime.date(2026, 11, 5), datetime.date(2026, 11, 5))
    """
    words = seen.strip()
    typed, written = _TYPED.fullmatch(words), _WRITTEN.fullmatch(words)
    try:
        if typed is not None:
            return date(int(typed[3]), int(typed[2]), int(typed[1]))
        if written is not None:
            return date(*(int(part) for part in written.groups()))
    except ValueError:
        pass
    raise NotADay(_NO_DAY.fill(seen=words[:40].replace("{", "(").replace("}", ")")))
