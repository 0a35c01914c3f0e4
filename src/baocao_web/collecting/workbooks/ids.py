"""What a downloaded form is known by when it comes back: its form, version, round and unit, and each cell as it was.

They stand on a hidden sheet, under a seal made with the application's key: nobody can make a workbook of one unit into
that of another, nor change what its cells are said to have been. What a seal covers is the text of all lines, as a
spreadsheet program keeps it when it saves the file.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.conf import settings

from baocao.model.text import Problem, Text
from baocao_web.collecting.sheets import Sheet
from baocao_web.collecting.typing import EMPTY, Cell

SHEET: Final = "baocao"
MARK: Final = "baocao.form.1"  # in the first cell of both sheets: the way of writing them
_PURPOSE: Final = b"baocao_web.collecting.workbook"
_FACTS: Final = ("form", "form_version", "code", "round", "entry", "unit", "period", "version", "at")
_NUMBERS: Final = ("form", "form_version", "round", "entry", "version")
_WIDTH: Final = 5
_SEAL: Final = "seal"
_CELL: Final = "cell"

_FORGED = Text(
    "mã ẩn của tệp đã bị thay đổi, nên không biết tệp thuộc biểu nào; hãy tải biểu về lại và chép số liệu sang.",
    "the hidden ids of the file were changed, so it cannot be told whose it is; download the form anew and copy the "
    "figures over.",
)


class NotOurs(Problem):
    """A workbook that no form can be told from."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which form of which unit a workbook is, and when; ``version`` is that of the entry when it was downloaded."""

    form: int
    form_version: int
    code: str
    round: int
    entry: int
    unit: str
    period: str
    version: int
    at: str
    cells: Mapping[str, Cell]

    @classmethod
    def of(cls, sheet: Sheet, at: datetime) -> Identity:
        """The identity of a form that is being downloaded."""
        kept = sheet.kept
        return cls(
            form=kept.form,
            form_version=kept.form_version,
            code=kept.code,
            round=kept.id,
            entry=sheet.id,
            unit=sheet.unit,
            period=kept.period.code,
            version=sheet.version,
            at=at.isoformat(timespec="seconds"),
            cells={key: sheet.cells.get(key, EMPTY) for key in kept.layout.entries},
        )

    def lines(self) -> list[tuple[str, ...]]:
        """The lines of the hidden sheet, the seal last; to be written by ``shut``."""
        lines = [(MARK, "", "", "", ""), *((name, str(getattr(self, name)), "", "", "") for name in _FACTS)]
        for key, cell in self.cells.items():
            lines.append((_CELL, key, str(cell.version), *_content(cell)))
        return [*lines, (_SEAL, _seal(lines, settings.SECRET_KEY), "", "", "")]


def shut(text: str) -> str:
    """Text in which no spreadsheet program sees an escape: some take "_xa_" for the letter of that number.

    >>> shut("ntm_xa_dat:actual"), opened(shut("a~1_b"))
    ('ntm~1xa~1dat:actual', 'a~1_b')
    """
    return text.replace("~", "~0").replace("_", "~1")


def opened(text: str) -> str:
    """The way back from ``shut``."""
    return text.replace("~1", "_").replace("~0", "~")


def read(lines: Sequence[Sequence[str]]) -> Identity:
    """The identity that a hidden sheet tells. Raises ``NotOurs`` where its seal does not hold."""
    rows = [tuple(line) for line in lines]
    if len(rows) < 2 or any(len(row) != _WIDTH for row in rows) or rows[-1][0] != _SEAL:
        raise NotOurs(_FORGED)
    body, seal = rows[:-1], rows[-1][1]
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(hmac.compare_digest(_seal(body, key).encode(), seal.encode()) for key in keys):
        raise NotOurs(_FORGED)
    facts: dict[str, str] = {row[0]: row[1] for row in body if row[0] in _FACTS}
    numbers = {name: int(facts[name]) for name in _NUMBERS}
    words = {name: facts[name] for name in _FACTS if name not in _NUMBERS}
    return Identity(**numbers, **words, cells=dict(_cells(body)))  # type: ignore[arg-type]


def _cells(rows: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, Cell]]:
    for kind, key, version, how, what in rows:
        if kind == _CELL:
            typed = json.loads(what) if how == "typed" else None
            yield key, Cell(what if how == "value" else None, what if how == "mark" else None, int(version), typed)


def _content(cell: Cell) -> tuple[str, str]:
    """Which of a cell's contents it has, and that; what people typed in letters that every program keeps."""
    if cell.value is not None:
        return "value", cell.value
    if cell.mark is not None:
        return "mark", cell.mark
    return ("typed", json.dumps(cell.typed)) if cell.typed is not None else ("", "")


def _seal(lines: Sequence[tuple[str, ...]], key: str) -> str:
    """The seal of all lines under one key."""
    told = json.dumps(lines, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    bound = hmac.new(key.encode(), _PURPOSE, sha256).digest()  # a key of this purpose alone
    return hmac.new(bound, told, sha256).hexdigest()
