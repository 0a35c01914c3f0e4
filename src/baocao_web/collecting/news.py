"""What became of a form since a page showed it: cells that others typed, remarks, and whether it was passed on.

Pages ask this again and again, so nothing costs anything while nothing is new: one row is looked at, without its cells.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import connection

from baocao_web.collecting.remarking import Remark, remarks
from baocao_web.collecting.states import State
from baocao_web.collecting.typing import Cell


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page shows: the version of its cells, the place of the last remark, and where the form has come to."""

    version: int
    remarked: int
    state: str
    step: int


@dataclass(frozen=True, slots=True)
class News:
    """What is new. ``threads`` says of each cell how many remarks there are, and 1 where they are not settled."""

    seen: Seen
    cells: Mapping[str, Cell] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    threads: Mapping[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Watched:
    """An entry as its row has it, without what it holds."""

    unit: str
    round: int
    seen: Seen


def watched(entry: int) -> Watched | None:
    """How an entry stands, None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit, round_id, version, remarked, state, step FROM collecting_entry WHERE id = %s", [entry]
        )
        found = cursor.fetchone()
    return None if found is None else Watched(found[0], found[1], Seen(*found[2:]))


def since(entry: int, seen: Seen) -> News:
    """What is new since somebody saw it so."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version, remarked, state, step, cells, remarks FROM collecting_entry WHERE id = %s", [entry]
        )
        version, remarked, state, step, cells, threads = cursor.fetchone()
    fresh = {cell: Cell(*kept) for cell, kept in json.loads(cells).items() if kept[2] > seen.version}
    said = tuple(remarks(entry, seen.remarked)) if remarked > seen.remarked else ()
    return News(Seen(version, remarked, State(state).value, step), fresh, said, json.loads(threads))
