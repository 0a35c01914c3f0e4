"""Saving what was typed: durable before it is acknowledged, done once however often it comes, never over another's.

A save names the version that it was typed over. A cell that somebody else has changed since keeps the other's content;
what was typed is recorded beside it and sent back, for the person who typed it to decide. The statements are written
out: this is what everybody does all day, and at the hour of a deadline three thousand units do it at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from baocao.model.text import Problem, Text
from baocao_web.collecting.forms_kept import Kept, form_of
from baocao_web.collecting.states import State
from baocao_web.collecting.typing import EMPTY, Cell, Typed, read
from baocao_web.people.recording import Done, Replayed, append

MOST_CELLS: Final = 5_000  # of one save: a pasted block of a whole form, and no more

_GONE = Text("biểu này không còn; hãy mở lại danh sách biểu.", "this form is gone; open the list of forms again.")
_UNKNOWN = Text(
    "biểu này không có ô “{cell}”; có thể biểu đã có phiên bản mới, hãy tải lại trang.",
    "this form has no cell “{cell}”; there may be a new version of it, load the page again.",
)
_TOO_MANY = Text(
    "{seen} ô trong một lần ghi, nhiều nhất là {limit}; hãy dán từng phần nhỏ hơn.",
    "{seen} cells in one save, {limit} at most; paste smaller parts.",
)
_PASSED_ON = Text(
    "biểu đang ở trạng thái “{state}”, không sửa được; hãy đề nghị trả lại biểu nếu cần sửa.",
    "the form is “{state}” and cannot be changed; ask for it to be returned if it must be.",
)
_LOCKED = Text(
    "biểu đã khóa từ ngày {on}; hãy đề nghị cơ quan tổng hợp gia hạn.",
    "the form is locked since {on}; ask the office that collects it for an extension.",
)
_NOT_OPEN = Text("biểu mở nhập từ ngày {on}.", "the form is open from {on}.")


class NotTaken(Problem):
    """A save that is refused as a whole; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Save:
    """What somebody typed: texts by cell, over which version, and the name of this very call."""

    entry: int
    by: str
    base: int
    texts: Mapping[str, str]
    request: str


@dataclass(slots=True)
class Saved:
    """What became of a save.

    ``beside`` are cells that another had changed, with what stands there now; ``others`` those that changed since the
    version typed over and were not typed into: a page that goes on from ``version`` must show them.
    """

    version: int
    taken: dict[str, Cell] = field(default_factory=dict)
    faults: dict[str, Text] = field(default_factory=dict)
    beside: dict[str, Cell] = field(default_factory=dict)
    others: dict[str, Cell] = field(default_factory=dict)
    is_replayed: bool = False


class Held(NamedTuple):
    """An entry's row, locked until the end of the transaction."""

    id: int
    unit: str
    state: State
    step: int
    version: int
    cells: dict[str, list[Any]]
    extended_to: date | None
    round: int

    @property
    def stream(self) -> str:
        return f"entry:{self.id}"


_SELECT = (
    "SELECT id, unit, state, step, version, cells, extended_to, round_id FROM collecting_entry WHERE id = %s{lock}"
)
_UPDATE = "UPDATE collecting_entry SET cells = %s, version = %s WHERE id = %s"


def hold(entry: int) -> Held:
    """Lock an entry for the rest of the transaction. Raises ``NotTaken`` where there is none."""
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""  # SQLite has one writer at a time anyway
    with connection.cursor() as cursor:
        cursor.execute(_SELECT.format(lock=lock), [entry])
        found = cursor.fetchone()
    if found is None:
        raise NotTaken(_GONE)
    key, unit, state, step, version, cells, extended, round_id = found
    extended_to = date.fromisoformat(extended) if isinstance(extended, str) else extended
    return Held(key, unit, State(state), step, version, json.loads(cells), extended_to, round_id)


Permission = Callable[["Held", Kept], None]


def save(asked: Save, permit: Permission) -> Saved:
    """Keep what was typed, if ``permit`` lets it. Raises ``NotTaken``, and what ``permit`` raises."""
    if len(asked.texts) > MOST_CELLS:
        raise NotTaken(_TOO_MANY.fill(seen=len(asked.texts), limit=MOST_CELLS))
    read_texts = {key: read(text) for key, text in asked.texts.items()}  # before anything is locked
    try:
        with transaction.atomic():
            held = hold(asked.entry)
            permit(held, form_of(held.round))
            return _kept(asked, read_texts, held)
    except Replayed as before:
        return _as_before(before, asked, read_texts)


def _kept(asked: Save, texts: Mapping[str, Typed], held: Held) -> Saved:
    kept = form_of(held.round)
    admit(held, kept)
    unknown = next((key for key in texts if key not in kept.layout.entries), None)
    if unknown is not None:
        raise NotTaken(_UNKNOWN.fill(cell=unknown))
    saved = _settled(held, asked.base, texts)
    version = held.version + 1 if saved.taken else held.version
    saved.version = version
    told = {"version": version, "cells": {key: _told(cell) for key, cell in saved.taken.items()}}
    if saved.beside:
        told["beside"] = {key: _told(texts[key]) for key in saved.beside}
    append(Done(held.stream, asked.by, "enter", held.unit, told, asked.request))
    if saved.taken:
        cells = held.cells | {key: list(cell) for key, cell in saved.taken.items()}
        with connection.cursor() as cursor:
            cursor.execute(_UPDATE, [_json(cells), version, held.id])
    return saved


def _settled(held: Held, base: int, texts: Mapping[str, Typed]) -> Saved:
    """Which cells are taken, which stay as another left them, which were the same already."""
    saved = Saved(held.version)
    for key, typed in texts.items():
        there = held.cells.get(key)
        now = Cell(*there) if there else EMPTY
        wanted = Cell(typed.value, typed.mark, held.version + 1, typed.typed)
        if typed.fault:
            saved.faults[key] = typed.fault
        if wanted.is_same(now):
            continue
        if now.version > base:
            saved.beside[key] = now
        else:
            saved.taken[key] = wanted
    if held.version > base:
        since = ((key, Cell(*kept)) for key, kept in held.cells.items() if kept[2] > base and key not in texts)
        saved.others.update(since)
    return saved


def admit(held: Held, kept: Kept) -> None:
    """Raises ``NotTaken`` where the entry was passed on, is not open yet, or is locked."""
    if not held.state.may_be_filled:
        name = held.state.name_of
        raise NotTaken(Text(_PASSED_ON.vi.format(state=name.vi), _PASSED_ON.en.format(state=name.en)))
    day = timezone.localdate()
    if day < kept.opens_on:
        raise NotTaken(_NOT_OPEN.fill(on=f"{kept.opens_on:%d/%m/%Y}"))
    locked_on = kept.locked(held.extended_to)
    if kept.is_closed or day >= locked_on:
        raise NotTaken(_LOCKED.fill(on=f"{locked_on:%d/%m/%Y}"))


def _as_before(before: Replayed, asked: Save, texts: Mapping[str, Typed]) -> Saved:
    """The answer that the same call had the first time."""
    version = before.details["version"]
    taken = {key: Cell(told[0], told[1], version, told[2]) for key, told in before.details["cells"].items()}
    faults = {key: typed.fault for key, typed in texts.items() if typed.fault}
    return Saved(version, taken, faults, is_replayed=True)


def _told(cell: Cell | Typed) -> list[str | None]:
    return [cell.value, cell.mark, cell.typed]


def _json(cells: Mapping[str, Any]) -> str:
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
