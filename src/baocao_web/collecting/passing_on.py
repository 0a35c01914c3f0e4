"""Submitting, approving and returning: an entry goes from hand to hand, and every hand is recorded.

A round names the roles that pass an entry on, in order. What is approved is bound by a digest of its cells; figures are
handed over to the store by the same transaction, so they are counted if and only if they were passed on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from baocao.model.text import Text
from baocao_web.collecting.forms_kept import Kept, form_of
from baocao_web.collecting.keeping import Held, NotTaken, Permission, admit, hold
from baocao_web.collecting.states import State
from baocao_web.collecting.typing import Cell, cells_of
from baocao_web.people.recording import Done, Replayed, append

_UNREAD = Text(
    "{count} ô chưa đọc được thành số ({cells}); hãy sửa, hoặc ghi ký hiệu “chưa có số liệu”.",
    "{count} cells are no figures ({cells}); correct them, or type the mark “not available”.",
)
_EMPTY = Text(
    "{count} ô bắt buộc còn trống ({cells}); hãy ghi số liệu, hoặc ghi “chưa có số liệu”.",
    "{count} compulsory cells are empty ({cells}); type figures, or the mark “not available”.",
)
_NOTHING = Text("biểu chưa có số liệu nào; hãy nhập trước khi nộp.", "the form holds no figure; type some first.")
_STALE = Text(
    "biểu đã thay đổi (phiên bản {seen}, nay là {now}); hãy tải lại trang và xem lại trước khi {act}.",
    "the form has changed (version {seen}, now {now}); load the page again and look before you {act}.",
)
_NOT_SUBMITTED = Text(
    "biểu đang ở trạng thái “{state}”, chưa {act} được.", "the form is “{state}”: it cannot be {act} now."
)
_NO_REASON = Text(
    "trả lại biểu phải nêu lý do, để đơn vị biết cần sửa gì.", "say why it is returned, so that it can be mended."
)
_NO_EXTENSION = Text("gia hạn phải nêu lý do.", "say why the date is extended.")
_EARLIER = Text(
    "ngày gia hạn {to} sớm hơn hạn nộp {due}; hãy chọn ngày muộn hơn.",
    "{to} is before the due day {due}; choose a later one.",
)
_NO_WORDS = Text("ý kiến chưa có nội dung.", "the comment is empty.")
_NO_CELL = Text("biểu này không có ô “{cell}”.", "this form has no cell “{cell}”.")
_ACTS = {
    "submit": Text("nộp", "submit it"),
    "approve": Text("duyệt", "approved"),
    "return": Text("trả lại", "returned"),
    "correct": Text("mở lại để sửa", "opened for correction"),
}
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Act:
    """Who passes which entry on, as it was in the version that he saw."""

    entry: int
    by: str
    version: int
    request: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an entry is after an act."""

    state: State
    step: int
    version: int


def digest_of(cells: Mapping[str, Cell]) -> str:
    """What binds an approval to the figures approved: the cells' contents in the order of their keys."""
    told = {key: [cell.value, cell.mark] for key, cell in sorted(cells.items()) if not cell.is_empty}
    return sha256(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def submit(act: Act, permit: Permission) -> Outcome:
    """Hand an entry to the next role of its round. Raises ``NotTaken``."""

    def work(held: Held, kept: Kept) -> Outcome:
        admit(held, kept)
        _demand_version(held, act, "submit")
        cells = cells_of(held.cells)
        _demand_whole(cells, kept)
        digest = digest_of(cells)
        outcome = Outcome(State.SUBMITTED if kept.steps else State.APPROVED, 0, held.version)
        _write(held, outcome, digest, is_submitted=True)
        _hand_over(held, act.by)
        _note(held, act, "submit", outcome, {"digest": digest})
        return outcome

    return _acted(act, permit, work)


def approve(act: Act, permit: Permission) -> Outcome:
    """Pass an entry on by one step; behind the last one it is approved. Raises ``NotTaken``."""

    def work(held: Held, kept: Kept) -> Outcome:
        _demand_state(held, "approve", State.SUBMITTED)
        _demand_version(held, act, "approve")
        step = held.step + 1
        outcome = Outcome(State.APPROVED if step >= len(kept.steps) else State.SUBMITTED, step, held.version)
        digest = digest_of(cells_of(held.cells))
        _write(held, outcome, digest)
        _note(held, act, "approve", outcome, {"digest": digest})
        return outcome

    return _acted(act, permit, work)


def send_back(act: Act, permit: Permission, reason: str, cells: Sequence[str] = ()) -> Outcome:
    """Return an entry, or single cells of it, to the unit with a reason. Raises ``NotTaken``."""

    def work(held: Held, kept: Kept) -> Outcome:
        _demand_state(held, "return", State.SUBMITTED)
        return _opened(held, act, "return", reason, cells)

    return _acted(act, permit, work)


def open_again(act: Act, permit: Permission, reason: str, cells: Sequence[str] = ()) -> Outcome:
    """Let a unit correct what was approved already: what it types is new revisions. Raises ``NotTaken``."""

    def work(held: Held, kept: Kept) -> Outcome:
        _demand_state(held, "correct", State.APPROVED)
        return _opened(held, act, "correct", reason, cells)

    return _acted(act, permit, work)


def extend(entry: int, by: str, to: date, reason: str, permit: Permission) -> None:
    """Give one unit longer than the others, to the end of a day, with a reason. Raises ``NotTaken``."""
    words = " ".join(reason.split())
    if not words:
        raise NotTaken(_NO_EXTENSION)
    with transaction.atomic():
        held = hold(entry)
        kept = form_of(held.round)
        permit(held, kept)
        if to < kept.due_on:
            raise NotTaken(_EARLIER.fill(to=f"{to:%d/%m/%Y}", due=f"{kept.due_on:%d/%m/%Y}"))
        with connection.cursor() as cursor:
            cursor.execute("UPDATE collecting_entry SET extended_to = %s WHERE id = %s", [to, held.id])
        append(Done(held.stream, by, "extend", held.unit, {"to": to.isoformat(), "reason": words[:2000]}))


def comment(entry: int, by: str, cell: str, text: str, permit: Permission) -> None:
    """Say something about a cell, or of the whole form where ``cell`` is empty. Raises ``NotTaken``."""
    words = " ".join(text.split())
    if not words:
        raise NotTaken(_NO_WORDS)
    with transaction.atomic():
        held = hold(entry)
        kept = form_of(held.round)
        permit(held, kept)
        if cell and cell not in kept.layout.entries:
            raise NotTaken(_NO_CELL.fill(cell=cell))
        append(Done(held.stream, by, "comment", held.unit, {"cell": cell, "text": words[:2000]}))


def _opened(held: Held, act: Act, name: str, reason: str, cells: Sequence[str]) -> Outcome:
    words = " ".join(reason.split())
    if not words:
        raise NotTaken(_NO_REASON)
    outcome = Outcome(State.RETURNED, 0, held.version)
    _write(held, outcome, "")
    _note(held, act, name, outcome, {"reason": words[:2000], "cells": sorted(cells)})
    return outcome


def _acted(act: Act, permit: Permission, work: Callable[[Held, Kept], Outcome]) -> Outcome:
    try:
        with transaction.atomic():
            held = hold(act.entry)
            kept = form_of(held.round)
            permit(held, kept)
            return work(held, kept)
    except Replayed as before:
        told = before.details
        return Outcome(State(told["state"]), told["step"], told["version"])


def _note(held: Held, act: Act, name: str, outcome: Outcome, further: Mapping[str, Any]) -> None:
    told = {"state": outcome.state.value, "step": outcome.step, "version": outcome.version, **further}
    append(Done(held.stream, act.by, name, held.unit, told, act.request))


def _demand_state(held: Held, act: str, *states: State) -> None:
    if held.state not in states:
        words, state = _ACTS[act], held.state.name_of
        raise NotTaken(
            Text(
                _NOT_SUBMITTED.vi.format(state=state.vi, act=words.vi),
                _NOT_SUBMITTED.en.format(state=state.en, act=words.en),
            )
        )


def _demand_version(held: Held, act: Act, name: str) -> None:
    if held.version != act.version:
        words = _ACTS[name]
        raise NotTaken(
            Text(
                _STALE.vi.format(seen=act.version, now=held.version, act=words.vi),
                _STALE.en.format(seen=act.version, now=held.version, act=words.en),
            )
        )


def _demand_whole(cells: Mapping[str, Cell], kept: Kept) -> None:
    """Raises ``NotTaken`` for cells that are no figures, and for compulsory ones that are empty."""
    if all(cell.is_empty for cell in cells.values()):
        raise NotTaken(_NOTHING)
    unread = [key for key, cell in cells.items() if cell.typed is not None]
    if unread:
        raise NotTaken(_UNREAD.fill(count=len(unread), cells=_named(unread, kept)))
    empty = [
        key
        for key, (row, _) in kept.layout.entries.items()
        if row.is_compulsory and (key not in cells or cells[key].is_empty)
    ]
    if empty:
        raise NotTaken(_EMPTY.fill(count=len(empty), cells=_named(empty, kept)))


def _named(keys: Sequence[str], kept: Kept) -> str:
    names = [kept.layout.entries[key][0].name.vi for key in keys if key in kept.layout.entries]
    more = len(names) - _NAMED
    return "; ".join(names[:_NAMED]) + (f" … +{more}" if more > 0 else "")


def _write(held: Held, outcome: Outcome, digest: str, *, is_submitted: bool = False) -> None:
    sets = ["state = %s", "step = %s", "digest = %s"]
    values: list[object] = [outcome.state.value, outcome.step, digest]
    if is_submitted:
        sets.append("submitted_at = coalesce(submitted_at, %s)")  # the first time tells whether it was late
        values.append(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE collecting_entry SET {', '.join(sets)} WHERE id = %s", [*values, held.id])


def _hand_over(held: Held, by: str) -> None:
    """Put the cells on their way to the store; the same version only once."""
    cells = {key: found[:3] for key, found in held.cells.items() if found[0] is not None or found[1] is not None}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO collecting_handover (entry_id, version, at, by, cells, is_fed) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (entry_id, version) DO NOTHING",
            [held.id, held.version, timezone.now(), by, json.dumps(cells, separators=(",", ":")), False],
        )
