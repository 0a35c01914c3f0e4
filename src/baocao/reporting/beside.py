"""Words that a report told by its figures and that no figure holds: names behind a count, notes of units that lack.

They are told where they are no longer true, and never changed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from baocao.formats.docx_live import LiveFile
from baocao.model import Table
from baocao.model.draft import Reckoning, Source
from baocao.model.observation import Scenario
from baocao.model.text import Text
from baocao.reference.sector_tables import words
from baocao.reporting.differing import Standing
from baocao.reporting.looking_up import Current, Lookup
from baocao.reporting.placing import Spot, Spots

NAMES: Final = Text(
    "danh sách tên đứng sau số mới {number} cần xem lại: {words}",
    "the names behind the new figure {number} have to be looked at: {words}",
)
_NOTE = Text(
    "ghi chú “{note}” ở hàng “{row}” không còn đúng vì kho số liệu nay {now}; hãy soạn lại báo cáo (draft --from), "
    "hoặc sửa ghi chú và các ô liên quan",
    "the note “{note}” of the row “{row}” is no longer true, as the store now {now}; draft the report again "
    "(draft --from), or change the note and the cells that hang on it",
)
_ALL = Text("đã đủ các đơn vị", "has all the units")
_SOME = Text("thiếu {count}/{expected} đơn vị", "lacks {count} of {expected} units")
# nothing but words between a count and its names: "03 xã đạt chuẩn (A, B, C)", "03 xã: A, B, C"
_NAMED = re.compile(r"^[^.;:()\d]*(?:\((?P<inside>[^)\d]+)\)|:\s+(?P<behind>[^.;\d]+))")

Row = tuple[int, int]


def names_behind(spot: Spot) -> str:
    """The names that a count is told with, "" where none stand behind it."""
    found = _NAMED.match(spot.after)
    return (found["inside"] or found["behind"]).strip() if found else ""


def untrue_notes(live: LiveFile, found: Sequence[Standing], lookup: Lookup) -> Iterator[Text]:
    """The notes of a table's rows that say how many units lack, where no longer as many do."""
    spots = Spots(live.document)
    by_row: dict[Row, list[Source]] = defaultdict(list)
    for one in found:
        row = spots.row_at(one.at[0])
        if row is not None and _is_result(one):
            by_row[row].append(one.kept.source)
    for row, label, note, is_earlier in _noted(live):
        sources = sorted(by_row.get(row, ()), key=lambda source: source.addresses[0].period.end)
        if len(sources) < (2 if is_earlier else 1):
            continue
        current = lookup(sources[0 if is_earlier else -1])
        now = _now(note, current) if current is not None else None
        if now is not None:
            vi, en = (_NOTE.say(lang, note=note[0], row=label, now=now.say(lang)) for lang in ("vi", "en"))
            yield Text(vi, en)


def _is_result(standing: Standing) -> bool:
    """Whether a number is a result as the store has it."""
    source = standing.kept.source
    is_value = source.reckoning is Reckoning.VALUE and not source.argument and len(source.addresses) == 1
    return is_value and source.addresses[0].scenario is Scenario.ACTUAL


def _noted(live: LiveFile) -> Iterator[tuple[Row, str, re.Match[str], bool]]:
    """Every note on units that lack: its row, what the row is of, what it says, and whether of the year before."""
    for number, block in enumerate(live.document.blocks):
        if not isinstance(block, Table):
            continue
        labels: dict[int, str] = {}
        for cell in block.cells:
            text = " ".join(cell.text.split())
            if any(sign.isalpha() for sign in text):
                labels.setdefault(cell.row, text)
            for pattern, is_earlier in _notes():
                if match := pattern.search(text):
                    yield (number, cell.row), labels[cell.row], match, is_earlier


@cache
def _notes() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """The notes on units that lack: each begins its cell, or stands behind another note."""
    said = words()["notes"]
    keys = {"missing": False, "missing_earlier": True}
    known = ((said[key], is_earlier) for key, is_earlier in keys.items() if key in said)
    return tuple((re.compile(r"(?:^|(?<=; ))" + _counted(one)), is_earlier) for one, is_earlier in known)


def _counted(wording: str) -> str:
    """ "thiếu {count}/{expected} đơn vị" as a pattern, up to the next note."""
    before, between, _ = re.split(r"\{count\}|\{expected\}", wording, maxsplit=2)
    return f"{re.escape(before)}(?P<count>\\d+){re.escape(between)}(?P<expected>\\d+)[^;]*"


def _now(note: re.Match[str], current: Current) -> Text | None:
    """How many units lack now; None where the note is still true."""
    if not current.missing:
        return _ALL
    if (int(note["count"]), int(note["expected"])) == (current.missing, current.expected):
        return None
    return _SOME.fill(count=current.missing, expected=current.expected)
