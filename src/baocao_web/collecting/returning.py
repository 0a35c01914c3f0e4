"""What was returned: which cells, by whom and why; and what the unit made of them until it submitted again.

A form is returned whole or in single cells. Of single cells only these are open; all others stay as they were handed
over. What they were then is the handover of that version: so what changed can be shown without keeping it twice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from django.db import connection
from django.utils import timezone

from baocao.model.text import Text
from baocao_web.collecting.typing import EMPTY, Cell

NOTHING: Final = "{}"

_NAMES: Final = {
    "return": Text("Trả lại", "Returned"),
    "correct": Text("Mở lại để sửa", "Opened for correction"),
}


@dataclass(frozen=True, slots=True)
class Returned:
    """One return: ``since`` is the version returned; no ``cells`` means the whole form."""

    act: str
    by: str
    at: str
    reason: str
    since: int
    cells: tuple[str, ...] = ()

    @property
    def name_of(self) -> Text:
        return _NAMES[self.act]

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)

    def is_open(self, cell: str) -> bool:
        return not self.cells or cell in self.cells


@dataclass(frozen=True, slots=True)
class Mended:
    """A cell that was returned, or that changed since: what it was and what it is."""

    cell: str
    before: Cell
    now: Cell

    @property
    def is_changed(self) -> bool:
        return not self.now.is_same(self.before)


def read(kept: str) -> Returned | None:
    """What an entry keeps of its return; None where it was not returned."""
    if kept == NOTHING:
        return None
    told = json.loads(kept)
    return Returned(**{**told, "cells": tuple(told["cells"])})


def written(returned: Returned) -> str:
    return json.dumps(asdict(returned), ensure_ascii=False, separators=(",", ":"))


def mended(entry: int, returned: Returned, cells: Mapping[str, Cell], order: Sequence[str]) -> list[Mended]:
    """The cells that were returned, and others that changed since, in the order of the form."""
    before = handed_over(entry, returned.since)
    named = set(returned.cells)
    found = (Mended(cell, before.get(cell, EMPTY), cells.get(cell, EMPTY)) for cell in order)
    return [one for one in found if one.cell in named or one.is_changed]


def handed_over(entry: int, version: int) -> dict[str, Cell]:
    """The cells of an entry as they were handed over in one version; none where it was not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cells FROM collecting_handover WHERE entry_id = %s AND version = %s", [entry, version])
        return _cells(cursor.fetchone())


def last_handed_over(entry: int) -> dict[str, Cell]:
    """The cells that an entry told when it was handed over for good, without those that it withdrew then."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cells FROM collecting_handover WHERE entry_id = %s AND NOT is_held ORDER BY version DESC LIMIT 1",
            [entry],
        )
        return {key: cell for key, cell in _cells(cursor.fetchone()).items() if not cell.is_empty}


def every_handed_over(entry: int) -> dict[int, dict[str, Cell]]:
    """The cells of each version that an entry was handed over in, the first first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT version, cells FROM collecting_handover WHERE entry_id = %s ORDER BY version", [entry])
        return {version: _cells((cells,)) for version, cells in cursor.fetchall()}


def release(entry: int, version: int) -> None:
    """Let a correction that was held go to the store, told as of the moment of its approval."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE collecting_handover SET is_held = %s, at = %s WHERE entry_id = %s AND version = %s AND is_held",
            [False, timezone.now(), entry, version],
        )


def _cells(found: tuple[str] | None) -> dict[str, Cell]:
    return {cell: Cell(*told) for cell, told in json.loads(found[0]).items()} if found else {}
