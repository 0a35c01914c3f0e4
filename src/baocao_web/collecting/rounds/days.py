"""The days of a round once it is open: moved for all, given longer to one unit, closed and opened again; with a reason.

Due, late and locked are three settings. Moving one of them moves no other, and none moves a unit's own extension.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from django.db import connection, transaction

from baocao.model.text import Text
from baocao_web.collecting.forms_kept import forget, form_of
from baocao_web.collecting.keeping import NotTaken, Permission, hold
from baocao_web.collecting.models import Round
from baocao_web.collecting.passing_on import LONGEST
from baocao_web.collecting.rounds.opening import Days
from baocao_web.people.recording import Done, append
from baocao_web.places.signs import sentence

_FIELDS: Final = ("opens_on", "due_on", "late_on", "locked_on")
_NO_REASON = Text("đổi ngày của đợt phải nêu lý do.", "say why the days of the round are moved.")
_NO_EXTENSION = Text("gia hạn phải nêu lý do.", "say why the date is extended.")
_NO_CLOSING = Text("khóa hoặc mở lại đợt phải nêu lý do.", "say why the round is closed or opened again.")
_EARLIER = Text(
    "ngày gia hạn {to} sớm hơn hạn nộp {due}; hãy chọn ngày muộn hơn.",
    "{to} is before the due day {due}; choose a later one.",
)
_GONE = Text("đợt này không còn; hãy mở lại danh sách đợt.", "this round is gone; open the list of rounds again.")
_SAME = Text("các ngày vẫn như cũ, không có gì để đổi.", "the days are as they were: there is nothing to move.")

RoundPermission = Callable[[Round], None]


def extend(entry: int, by: str, to: date, reason: str, permit: Permission) -> None:
    """Give one unit longer than the others, to the end of a day, with a reason. Raises ``NotTaken``."""
    words = _words(reason, _NO_EXTENSION)
    with transaction.atomic():
        held = hold(entry)
        kept = form_of(held.round)
        permit(held, kept)
        if to < kept.due_on:
            raise NotTaken(_EARLIER.fill(to=f"{to:%d/%m/%Y}", due=f"{kept.due_on:%d/%m/%Y}"))
        with connection.cursor() as cursor:
            cursor.execute("UPDATE collecting_entry SET extended_to = %s WHERE id = %s", [to, held.id])
        append(Done(held.stream, by, "extend", held.unit, {"to": to.isoformat(), "reason": words}))


def move(round_id: int, by: str, days: Days, reason: str, permit: RoundPermission) -> None:
    """Give a round other days, in their order, with a reason. Raises ``NotTaken``."""
    words = _words(reason, _NO_REASON)
    with transaction.atomic():
        held = _held(round_id, permit)
        days.demand_order()
        before = {name: getattr(held, name) for name in _FIELDS}
        after = {name: getattr(days, name) for name in _FIELDS}
        if before == after:
            raise NotTaken(_SAME)
        for name, day in after.items():
            setattr(held, name, day)
        held.save(update_fields=_FIELDS)
        moved = {name: [before[name].isoformat(), after[name].isoformat()] for name in _FIELDS}
        moved = {name: both for name, both in moved.items() if both[0] != both[1]}
        append(Done(f"round:{held.pk}", by, "move_days", held.owner, {"days": moved, "reason": words}))
    forget()


def close(round_id: int, by: str, reason: str, permit: RoundPermission, *, is_closed: bool) -> None:
    """Let nothing more be typed in a round whatever its days are, or let it again. Raises ``NotTaken``."""
    words = _words(reason, _NO_CLOSING)
    with transaction.atomic():
        held = _held(round_id, permit)
        if held.is_closed is is_closed:
            return
        held.is_closed = is_closed
        held.save(update_fields=["is_closed"])
        if is_closed:  # what was returned before is closed with it; what is returned after has its own day
            held.entry_set.filter(mend_by__isnull=False).update(mend_by=None)
        act = "close_round" if is_closed else "reopen_round"
        append(Done(f"round:{held.pk}", by, act, held.owner, {"reason": words}))
    forget()


def reasons_of(entries: Iterable[int]) -> dict[int, str]:
    """Why entries were given longer, the last time."""
    streams = [f"entry:{entry}" for entry in entries]
    found: dict[int, str] = {}
    for at in range(0, len(streams), 500):
        some = streams[at : at + 500]
        places = ", ".join(["%s"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT stream, details FROM people_record WHERE action = 'extend' AND stream IN ({places}) "
                "ORDER BY stream, place",
                some,
            )
            for stream, details in cursor.fetchall():
                found[int(stream.removeprefix("entry:"))] = json.loads(details)["reason"]
    return found


def _held(round_id: int, permit: RoundPermission) -> Round:
    held = Round.objects.select_for_update().select_related(None).filter(pk=round_id).first()
    if held is None:
        raise NotTaken(_GONE)
    permit(held)
    return held


def _words(reason: str, lacking: Text) -> str:
    words = sentence(reason, LONGEST)
    if not words:
        raise NotTaken(lacking)
    return words
