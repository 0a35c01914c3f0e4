"""Saving what was typed: durable before it is acknowledged, done once however often it comes, never over another's.

A save names the version that it was typed over. A cell that somebody else has changed since keeps the other's content;
what was typed is recorded beside it and sent back, for the person who typed it to decide. The same is done with what is
typed into a cell that is not open, where single cells were returned. The statements are written out: this is what
everybody does all day, and at the hour of a deadline three thousand units do it at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, Final, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from baocao.model.text import Problem, Text
from baocao_web.collecting import returning
from baocao_web.collecting.forms_kept import Kept, form_of
from baocao_web.collecting.returning import Returned
from baocao_web.collecting.states import State
from baocao_web.collecting.typing import EMPTY, Cell, Typed, read
from baocao_web.database.statements import ask, tell
from baocao_web.people.recording import Done, Replayed, append, head_of

_CALL: Final = 16  # signs of a digest: enough that no two calls of one form have the same
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
_OTHER_CALL = Text(
    "lần gửi này mang tên của một việc khác đã làm; hãy tải lại trang rồi thử lại.",
    "this call has the name of another one that was done; load the page again and try once more.",
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

    @property
    def call(self) -> str:
        """What tells this call from another that bears its name by mistake."""
        told = json.dumps([self.base, sorted(self.texts.items())], ensure_ascii=True)
        return sha256(told.encode()).hexdigest()[:_CALL]


@dataclass(slots=True)
class Saved:
    """What became of a save.

    ``beside`` are cells that another had changed, with what stands there now; ``closed`` those that are not open;
    ``others`` those that changed since the version typed over and were not typed into: a page that goes on from
    ``version`` must show them. ``remarked`` is the place of the last remark: a page that knows an earlier one asks.
    """

    version: int
    taken: dict[str, Cell] = field(default_factory=dict)
    faults: dict[str, Text] = field(default_factory=dict)
    beside: dict[str, Cell] = field(default_factory=dict)
    closed: dict[str, Cell] = field(default_factory=dict)
    others: dict[str, Cell] = field(default_factory=dict)
    remarked: int = 0
    is_replayed: bool = False

    @property
    def is_all_seen(self) -> bool:
        """Whether the page that sent it shows what stands here now."""
        return not (self.beside or self.closed or self.others)


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
    digest: str
    returned: Returned | None
    remarked: int
    stands: int | None
    mend_by: date | None

    @property
    def stream(self) -> str:
        return f"entry:{self.id}"

    def is_open(self, cell: str) -> bool:
        """Whether a cell may be typed into while the entry may be filled."""
        return self.state is not State.RETURNED or self.returned is None or self.returned.is_open(cell)


_SELECT = (
    "SELECT id, unit, state, step, version, cells, extended_to, round_id, digest, returned, remarked, stands, mend_by "
    "FROM collecting_entry WHERE id = %s"
)
_UPDATE = "UPDATE collecting_entry SET cells = %s, version = %s WHERE id = %s"


def hold(entry: int) -> Held:
    """Lock an entry for the rest of the transaction. Raises ``NotTaken`` where there is none."""
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""  # SQLite has one writer at a time anyway
    found = ask(_SELECT + lock, [entry])
    if not found:
        raise NotTaken(_GONE)
    key, unit, state, step, version, cells, extended, round_id, digest, returned, remarked, stands, mend_by = found[0]
    told = returning.read(returned)
    stand = (key, unit, State(state), step, version, json.loads(cells), day_of(extended))
    return Held(*stand, round_id, digest, told, remarked, stands, day_of(mend_by))


def day_of(kept: date | str | None) -> date | None:
    """A day as databases give it: SQLite as text."""
    return date.fromisoformat(kept) if isinstance(kept, str) else kept


Permission = Callable[["Held", Kept], None]


def save(asked: Save, permit: Permission) -> Saved:
    """Keep what was typed, if ``permit`` lets it. Raises ``NotTaken``, and what ``permit`` raises."""
    texts = typed_of(asked)  # before anything is locked
    with transaction.atomic():
        held = hold(asked.entry)
        permit(held, form_of(held.round))
        return save_held(asked, texts, held)[0]


def typed_of(asked: Save) -> Mapping[str, Typed]:
    """The texts of a save, read. Raises ``NotTaken`` where they are too many."""
    if len(asked.texts) > MOST_CELLS:
        raise NotTaken(_TOO_MANY.fill(seen=len(asked.texts), limit=MOST_CELLS))
    return {key: read(text) for key, text in asked.texts.items()}


def save_held(asked: Save, texts: Mapping[str, Typed], held: Held) -> tuple[Saved, Held]:
    """Keep what was typed into an entry that is held and permitted; the entry as it then is. Raises ``NotTaken``.

    A call that was done already is answered even where the entry was passed on since: the page must know that it was.
    """
    head = head_of(held.stream, asked.request)
    if head.before is not None:
        return _as_before(head.before, asked, texts, held), held
    kept = form_of(held.round)
    admit(held, kept)
    unknown = next((key for key in texts if key not in kept.layout.entries), None)
    if unknown is not None:
        raise NotTaken(_UNKNOWN.fill(cell=unknown))
    saved = _settled(held, asked.base, texts)
    version = held.version + 1 if saved.taken else held.version
    saved.version = version
    told = {
        "version": version,
        "cells": {key: _told(cell) for key, cell in saved.taken.items()},
        "call": asked.call,
    }
    for name, left in (("beside", saved.beside), ("closed", saved.closed)):
        if left:
            told[name] = {key: _told(texts[key]) for key in left}
    append(Done(held.stream, asked.by, "enter", held.unit, told, asked.request), head)
    if saved.taken:
        held = write_cells(held, saved.taken, version)
    return saved, held


def write_cells(held: Held, taken: Mapping[str, Cell], version: int) -> Held:
    """Put cells into a held entry as its next version."""
    cells = held.cells | {key: list(cell) for key, cell in taken.items()}
    tell(_UPDATE, [_json(cells), version, held.id])
    return held._replace(cells=cells, version=version)


def _settled(held: Held, base: int, texts: Mapping[str, Typed]) -> Saved:
    """Which cells are taken, which stay as another left them or are not open, which were the same already."""
    saved = Saved(held.version, remarked=held.remarked)
    for key, typed in texts.items():
        there = held.cells.get(key)
        now = Cell(*there) if there else EMPTY
        wanted = Cell(typed.value, typed.mark, held.version + 1, typed.typed)
        if typed.fault:
            saved.faults[key] = typed.fault
        if wanted.is_same(now):
            continue
        if not held.is_open(key):
            saved.closed[key] = now
        elif now.version > base:
            saved.beside[key] = now
        else:
            saved.taken[key] = wanted
    saved.others.update(_since(held, base, held.version, texts))
    return saved


def _since(held: Held, base: int, until: int, typed: Mapping[str, Typed]) -> dict[str, Cell]:
    """The cells that changed behind one version up to another, but for those typed into."""
    if until <= base:
        return {}
    kept = held.cells.items()
    return {key: Cell(*found) for key, found in kept if base < found[2] <= until and key not in typed}


def admit(held: Held, kept: Kept) -> None:
    """Raises ``NotTaken`` where the entry was passed on, is not open yet, or is locked."""
    if not held.state.may_be_filled:
        name = held.state.name_of
        raise NotTaken(Text(_PASSED_ON.vi.format(state=name.vi), _PASSED_ON.en.format(state=name.en)))
    day = timezone.localdate()
    if day < kept.opens_on:
        raise NotTaken(_NOT_OPEN.fill(on=f"{kept.opens_on:%d/%m/%Y}"))
    if kept.is_locked(day, held.extended_to, held.mend_by):
        raise NotTaken(_LOCKED.fill(on=f"{kept.locked(held.extended_to, held.mend_by):%d/%m/%Y}"))


def _as_before(before: Replayed, asked: Save, texts: Mapping[str, Typed], held: Held) -> Saved:
    """The answer that the same call had the first time: its version, and of others what was there by then."""
    told = as_done(before, "enter", asked.by, {"call": asked.call})
    version = told["version"]
    taken = {key: Cell(each[0], each[1], version, each[2]) for key, each in told["cells"].items()}
    faults = {key: typed.fault for key, typed in texts.items() if typed.fault}
    left = {
        name: {key: Cell(*held.cells[key]) if key in held.cells else EMPTY for key in told.get(name, ())}
        for name in ("beside", "closed")
    }
    others = _since(held, asked.base, version, texts)
    return Saved(version, taken, faults, **left, others=others, remarked=held.remarked, is_replayed=True)


def as_done(before: Replayed, action: str, by: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was recorded of a call that comes again with what it ``asked`` for.

    Raises ``NotTaken`` where its name was given to another one: neither would be done, and nobody told.
    """
    told = before.details
    if (before.action, before.by) != (action, by) or any(told.get(name) != was for name, was in asked.items()):
        raise NotTaken(_OTHER_CALL)
    return told


def _told(cell: Cell | Typed) -> list[str | None]:
    return [cell.value, cell.mark, cell.typed]


def _json(cells: Mapping[str, Any]) -> str:
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
