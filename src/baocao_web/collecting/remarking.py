"""Remarks on the cells of a form: a thread at each cell, in the record like all that is done with it.

The entry keeps only how many remarks stand at which cell and whether they are settled, so that a page costs nothing
more for them; what was said is read when somebody asks for it, or when there is something new.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from baocao.model.text import Text
from baocao_web.collecting.forms_kept import form_of
from baocao_web.collecting.keeping import NotTaken, Permission, as_done, hold
from baocao_web.collecting.passing_on import LONGEST
from baocao_web.people.names import names_of
from baocao_web.people.recording import Done, Line, append, lines, replayed
from baocao_web.places.signs import sentence

MOST: Final = 500  # remarks of one answer: the latest

_NO_WORDS = Text("ý kiến chưa có nội dung.", "the remark is empty.")
_NO_CELL = Text("biểu này không có ô “{cell}”; hãy tải lại trang.", "this form has no cell “{cell}”; load it again.")


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a cell, of the whole form where ``cell`` is empty; ``is_settling`` closes the thread."""

    entry: int
    by: str
    cell: str
    text: str
    is_settling: bool = False
    request: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark as it stands at its place in the record; ``by`` is the name of a person."""

    place: int
    cell: str
    at: datetime
    by: str
    text: str
    is_settling: bool


def remark(said: Said, permit: Permission) -> int:
    """Say something of a cell; the remark's place. Raises ``NotTaken``."""
    words = sentence(said.text, LONGEST)
    with transaction.atomic():
        held = hold(said.entry)
        kept = form_of(held.round)
        permit(held, kept)
        if not words and not said.is_settling:
            raise NotTaken(_NO_WORDS)
        if said.cell and said.cell not in kept.layout.entries:
            raise NotTaken(_NO_CELL.fill(cell=said.cell[:80]))
        told = {"cell": said.cell, "text": words} | ({"settled": True} if said.is_settling else {})
        before = replayed(held.stream, said.request) if said.request is not None else None
        if before is not None:
            as_done(before, "comment", said.by, told | {"settled": said.is_settling or None})
            return before.place
        line = append(Done(held.stream, said.by, "comment", held.unit, told, said.request))
        _count(held.id, said.cell, line.place, is_open=not said.is_settling)
    return line.place


def _count(entry: int, cell: str, place: int, *, is_open: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT remarks FROM collecting_entry WHERE id = %s", [entry])
        kept = json.loads(cursor.fetchone()[0])
        kept[cell] = [kept.get(cell, (0, 0))[0] + 1, int(is_open)]
        written = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        cursor.execute("UPDATE collecting_entry SET remarks = %s, remarked = %s WHERE id = %s", [written, place, entry])


def remarks(entry: int, behind: int = 0, cell: str | None = None) -> list[Remark]:
    """What was said behind a place of the record, of all cells or of one; the latest where there is too much."""
    found = [_remark(line) for line in lines(f"entry:{entry}", "comment", behind)]
    wanted = [one for one in found if cell is None or one.cell == cell][-MOST:]
    names = names_of(one.by for one in wanted)
    return [Remark(one.place, one.cell, one.at, names.get(one.by, one.by), one.text, one.is_settling) for one in wanted]


def _remark(line: Line) -> Remark:
    told = json.loads(line.details)
    moment = datetime.fromisoformat(line.at)
    return Remark(line.place, told["cell"], moment, line.by, told["text"], bool(told.get("settled")))
