"""What stands in a form that was passed on is what its record says was passed on, cell by cell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from django.db import connection

from baocao.model.text import Text
from baocao_web.collecting.passing_on import digest_of
from baocao_web.collecting.states import State
from baocao_web.collecting.typing import cells_of

_ACTS: Final = ("submit", "approve", "return", "correct")
_BOUND: Final = (State.SUBMITTED.value, State.APPROVED.value)
_AT_ONCE: Final = 500

_OTHER_CELLS = Text(
    "biểu số {entry} ({unit}): số liệu đang có không phải là số liệu đã {state} theo nhật ký.",
    "form {entry} ({unit}): its figures are not those that were {state} by the record.",
)
_OTHER_STATE = Text(
    "biểu số {entry} ({unit}): đang ghi là “{now}”, nhật ký ghi là “{told}”.",
    "form {entry} ({unit}): it stands as “{now}”, by the record it is “{told}”.",
)
_LAST: Final = (
    "SELECT r.stream, r.details FROM people_record AS r JOIN ("
    "  SELECT stream, max(place) AS place FROM people_record WHERE action IN (%s, %s, %s, %s) GROUP BY stream"
    ") AS last ON last.stream = r.stream AND last.place = r.place WHERE r.stream LIKE 'entry:%%'"
)


def faults() -> Iterator[Text]:
    """The forms that are not as the record tells, by their numbers."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST, _ACTS)
        told = {int(stream.removeprefix("entry:")): json.loads(details) for stream, details in cursor.fetchall()}
        cursor.execute("SELECT max(id) FROM collecting_entry")
        last = cursor.fetchone()[0] or 0
        for first in range(1, last + 1, _AT_ONCE):
            cursor.execute(
                "SELECT id, unit, state, digest, cells FROM collecting_entry WHERE id >= %s AND id < %s ORDER BY id",
                [first, first + _AT_ONCE],
            )
            for entry, unit, state, digest, cells in cursor.fetchall():
                yield from _faults(entry, unit, state, (digest, cells), told.get(entry))


def _faults(entry: int, unit: str, state: str, kept: tuple[str, str], told: dict[str, Any] | None) -> Iterator[Text]:
    """What is wrong with one form; one that was never passed on is open, and bound to nothing yet."""
    was = State(told["state"]) if told is not None else State.OPEN
    now = State(state)
    if now is not was:
        then, name = was.name_of, now.name_of
        vi = _OTHER_STATE.vi.format(entry=entry, unit=unit, now=name.vi, told=then.vi)
        yield Text(vi, _OTHER_STATE.en.format(entry=entry, unit=unit, now=name.en, told=then.en))
    elif state in _BOUND and told is not None:
        digest, cells = kept
        if not digest_of(cells_of(json.loads(cells))) == digest == told["digest"]:
            name = now.name_of
            vi = _OTHER_CELLS.vi.format(entry=entry, unit=unit, state=name.vi)
            yield Text(vi, _OTHER_CELLS.en.format(entry=entry, unit=unit, state=name.en))
