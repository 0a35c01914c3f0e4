"""Approving and returning: an entry goes from hand to hand, and every hand is recorded.

A round names the roles that pass an entry on, in order. What is approved is bound by a digest of its cells: who
approves names the digest that he saw, and approves that or nothing. Submitting, the first act, is in ``submitting``.

What is returned or opened for correction is open to the end of a named day, whatever the days of the round are. A
version that was approved stands while it is corrected: its figures count until the correction is approved as well.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

from baocao.model.text import Text
from baocao_web.collecting import returning
from baocao_web.collecting.forms_kept import Kept, form_of
from baocao_web.collecting.keeping import Held, NotTaken, Permission, as_done, hold
from baocao_web.collecting.returning import Returned
from baocao_web.collecting.states import State
from baocao_web.collecting.typing import Cell, cells_of
from baocao_web.people.recording import Done, append, replayed
from baocao_web.places.calendar import working_day
from baocao_web.places.signs import sentence

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
_NO_DIGEST = Text(
    "lần duyệt này không nêu số liệu đã xem; hãy tải lại trang, xem số liệu rồi duyệt.",
    "this call does not name the figures that were seen; load the page again, look at them, then approve.",
)
_NO_DAY = Text(
    "ngày {until} không dùng được; hãy chọn hạn sửa từ hôm nay {today} đến {last}.",
    "{until} cannot be taken; choose a day from today, {today}, to {last}.",
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
MENDING: Final = 3  # working days in which what was returned is mended, where no day is named
FARTHEST: Final = 90  # days for which it may be open
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
        if act.digest != digest:
            raise NotTaken(_OTHER_FIGURES if act.digest else _NO_DIGEST)
        step = held.step + 1
        outcome = Outcome(State.APPROVED if step >= len(kept.steps) else State.SUBMITTED, step, held.version)
        is_over = outcome.state is State.APPROVED  # until then those behind see what was returned and mended
        write(held, outcome, {"digest": digest} | (settled() if is_over else {}))
        if is_over and held.stands is not None:
            returning.release(held.id, held.version)
        note(held, act, "approve", outcome, {"digest": digest})
        return outcome

    return acted(act, "approve", permit, work, {"version": act.version, "digest": act.digest})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be mended: why, which cells (all where none is named), and to the end of which day."""

    reason: str
    cells: Sequence[str] = ()
    until: date | None = None


def send_back(act: Act, permit: Permission, asked: Asked) -> Outcome:
    """Return an entry, or single cells of it, to the unit with a reason. Raises ``NotTaken``."""
    return _opened(act, "return", permit, asked)


def open_again(act: Act, permit: Permission, asked: Asked) -> Outcome:
    """Let a unit correct what was approved already: what it types is new revisions. Raises ``NotTaken``."""
    return _opened(act, "correct", permit, asked)


_RETURNED_FROM = {"return": State.SUBMITTED, "correct": State.APPROVED}


def _opened(act: Act, name: str, permit: Permission, asked: Asked) -> Outcome:
    words = sentence(asked.reason, LONGEST)
    chosen = tuple(sorted(set(asked.cells)))

    def work(held: Held, kept: Kept) -> Outcome:
        _demand_state(held, name, _RETURNED_FROM[name])
        demand_version(held, act, name)
        if not words:
            raise NotTaken(_NO_REASON)
        unknown = next((cell for cell in chosen if cell not in kept.layout.entries), None)
        if unknown is not None:
            raise NotTaken(_NO_CELL.fill(cell=unknown[:80]))
        until = _mend_by(asked.until)
        outcome = Outcome(State.RETURNED, 0, held.version)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        told = Returned(name, act.by, at, words, held.version, chosen)
        stands = {"stands": held.version} if name == "correct" else {}
        write(held, outcome, {"digest": "", "returned": returning.written(told), "mend_by": until, **stands})
        note(held, act, name, outcome, {"reason": words, "cells": list(chosen), "until": until.isoformat()})
        return outcome

    return acted(act, name, permit, work, {"reason": words, "cells": list(chosen)})


def _mend_by(until: date | None) -> date:
    """The last day on which what is opened may be mended. Raises ``NotTaken`` for one that is over or far off."""
    today = timezone.localdate()
    if until is None:
        return working_day(today, MENDING)
    last = today + timedelta(days=FARTHEST)
    if not today <= until <= last:
        told = {"until": until, "today": today, "last": last}
        raise NotTaken(_NO_DAY.fill(**{key: f"{day:%d/%m/%Y}" for key, day in told.items()}))
    return until


def settled() -> dict[str, object]:
    """What an entry keeps no longer once it is approved: that something was returned or is being corrected."""
    return {"returned": returning.NOTHING, "stands": None, "mend_by": None}


def acted(
    act: Act, name: str, permit: Permission, work: Callable[[Held, Kept], Outcome], asked: Mapping[str, Any]
) -> Outcome:
    """Do an act upon an entry that is held and permitted; one that was done already is answered as it was then.

    Whoever did it hears so even where it is not his turn any more: he may not have heard it the first time.
    """
    with transaction.atomic():
        held = hold(act.entry)
        kept = form_of(held.round)
        before = replayed(held.stream, act.request)
        if before is None or before.by != act.by:
            permit(held, kept)
        return work(held, kept) if before is None else outcome_of(as_done(before, name, act.by, asked))


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
