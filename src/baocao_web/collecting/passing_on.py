"""Approving and returning: an entry goes from hand to hand, and every hand is recorded.

A round names the roles that pass an entry on, in order. What is approved is bound by a digest of its cells: who
approves names the digest that he saw, and approves that or nothing. Submitting, the first act, is in ``submitting``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from django.db import connection, transaction

from baocao.model.text import Text
from baocao_web.collecting import returning
from baocao_web.collecting.forms_kept import Kept, form_of
from baocao_web.collecting.keeping import Held, NotTaken, Permission, as_done, hold
from baocao_web.collecting.returning import Returned
from baocao_web.collecting.states import State
from baocao_web.collecting.typing import Cell, cells_of
from baocao_web.people.recording import Done, append, replayed

_STALE = Text(
    "biểu đã thay đổi (phiên bản {seen}, nay là {now}); hãy tải lại trang và xem lại trước khi {act}.",
    "the form has changed (version {seen}, now {now}); load the page again and look before you {act}.",
)
_OTHER_FIGURES = Text(
    "số liệu không còn là số liệu đã xem; hãy tải lại trang và xem lại trước khi duyệt.",
    "the figures are no longer those that were seen; load the page again and look before you approve.",
)
_NOT_SUBMITTED = Text(
    "biểu đang ở trạng thái “{state}”, chưa {act} được.", "the form is “{state}”: it cannot be {act} now."
)
_NO_REASON = Text(
    "trả lại biểu phải nêu lý do, để đơn vị biết cần sửa gì.", "say why it is returned, so that it can be mended."
)
_NO_CELL = Text(
    "biểu này không có ô “{cell}” để nhập; hãy tải lại trang.", "this form has no cell “{cell}” to fill; load it again."
)
_ACTS = {
    "submit": Text("nộp", "submit it"),
    "approve": Text("duyệt", "approved"),
    "return": Text("trả lại", "returned"),
    "correct": Text("mở lại để sửa", "opened for correction"),
    "gather": Text("lấy số tổng hợp", "take the sums"),
}
LONGEST: Final = 2_000  # signs of a reason or a remark
_FIRST: Final = "coalesce(submitted_at, %s)"


@dataclass(frozen=True, slots=True)
class Act:
    """Who passes which entry on, as it was in the version that he saw; ``digest`` binds him to its figures."""

    entry: int
    by: str
    version: int
    request: str
    digest: str = ""


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


def approve(act: Act, permit: Permission) -> Outcome:
    """Pass an entry on by one step; behind the last one it is approved. Raises ``NotTaken``."""

    def work(held: Held, kept: Kept) -> Outcome:
        _demand_state(held, "approve", State.SUBMITTED)
        demand_version(held, act, "approve")
        digest = digest_of(cells_of(held.cells))
        if act.digest not in ("", digest):
            raise NotTaken(_OTHER_FIGURES)
        step = held.step + 1
        outcome = Outcome(State.APPROVED if step >= len(kept.steps) else State.SUBMITTED, step, held.version)
        is_over = outcome.state is State.APPROVED  # until then those behind see what was returned and mended
        write(held, outcome, {"digest": digest} | ({"returned": returning.NOTHING} if is_over else {}))
        note(held, act, "approve", outcome, {"digest": digest})
        return outcome

    return acted(act, "approve", permit, work)


def send_back(act: Act, permit: Permission, reason: str, cells: Sequence[str] = ()) -> Outcome:
    """Return an entry, or single cells of it, to the unit with a reason. Raises ``NotTaken``."""
    return _opened(act, "return", permit, reason, cells)


def open_again(act: Act, permit: Permission, reason: str, cells: Sequence[str] = ()) -> Outcome:
    """Let a unit correct what was approved already: what it types is new revisions. Raises ``NotTaken``."""
    return _opened(act, "correct", permit, reason, cells)


_RETURNED_FROM = {"return": State.SUBMITTED, "correct": State.APPROVED}


def _opened(act: Act, name: str, permit: Permission, reason: str, cells: Sequence[str]) -> Outcome:
    words = " ".join(reason.split())[:LONGEST]
    chosen = tuple(sorted(set(cells)))

    def work(held: Held, kept: Kept) -> Outcome:
        _demand_state(held, name, _RETURNED_FROM[name])
        demand_version(held, act, name)
        if not words:
            raise NotTaken(_NO_REASON)
        unknown = next((cell for cell in chosen if cell not in kept.layout.entries), None)
        if unknown is not None:
            raise NotTaken(_NO_CELL.fill(cell=unknown[:80]))
        outcome = Outcome(State.RETURNED, 0, held.version)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        told = Returned(name, act.by, at, words, held.version, chosen)
        write(held, outcome, {"digest": "", "returned": returning.written(told)})
        note(held, act, name, outcome, {"reason": words, "cells": list(chosen)})
        return outcome

    return acted(act, name, permit, work)


def acted(act: Act, name: str, permit: Permission, work: Callable[[Held, Kept], Outcome]) -> Outcome:
    """Do an act upon an entry that is held and permitted; one that was done already is answered as it was then.

    Whoever did it hears so even where it is not his turn any more: he may not have heard it the first time.
    """
    with transaction.atomic():
        held = hold(act.entry)
        kept = form_of(held.round)
        before = replayed(held.stream, act.request)
        if before is None or before.by != act.by:
            permit(held, kept)
        return work(held, kept) if before is None else outcome_of(as_done(before, name, act.by))


def outcome_of(told: Mapping[str, Any]) -> Outcome:
    """What an act made of an entry, as the record tells it."""
    return Outcome(State(told["state"]), told["step"], told["version"])


def note(held: Held, act: Act, name: str, outcome: Outcome, further: Mapping[str, Any]) -> None:
    """Record an act."""
    told = {"state": outcome.state.value, "step": outcome.step, "version": outcome.version, **further}
    append(Done(held.stream, act.by, name, held.unit, told, act.request))


def write(held: Held, outcome: Outcome, further: Mapping[str, object]) -> None:
    """Put an entry where an act brought it; ``further`` are columns that it changes besides.

    The first time of submitting stays: it tells whether the unit was late.
    """
    columns = {"state": outcome.state.value, "step": outcome.step, **further}
    sets = ", ".join(f"{name} = {_FIRST if name == 'submitted_at' else '%s'}" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE collecting_entry SET {sets} WHERE id = %s", [*columns.values(), held.id])


def demand_version(held: Held, act: Act, name: str) -> None:
    """Raises ``NotTaken`` where the entry is not as the one who acts saw it."""
    if held.version != act.version:
        words = _ACTS[name]
        raise NotTaken(
            Text(
                _STALE.vi.format(seen=act.version, now=held.version, act=words.vi),
                _STALE.en.format(seen=act.version, now=held.version, act=words.en),
            )
        )


def _demand_state(held: Held, act: str, wanted: State) -> None:
    if held.state is not wanted:
        words, state = _ACTS[act], held.state.name_of
        raise NotTaken(
            Text(
                _NOT_SUBMITTED.vi.format(state=state.vi, act=words.vi),
                _NOT_SUBMITTED.en.format(state=state.en, act=words.en),
            )
        )
