"""From level to level: a unit collects the same form from those below it, and takes what they make into its own.

The round below is the one of the same form and period that the unit itself owns. What is taken is shown first, cell by
cell, beside what stands in the unit's own form, and bound by a digest to what was shown. Which cells were taken, and
which units they lack, stays with the entry: so the total above can name a village that its commune had to leave out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection, transaction

from baocao.figures.store_rows import Refused, exact
from baocao.model.text import Text
from baocao_web.collecting.forms_kept import Kept, form_of
from baocao_web.collecting.keeping import Held, NotTaken, Permission, admit, as_done, hold, write_cells
from baocao_web.collecting.layout import Column, Row
from baocao_web.collecting.models import Entry, Form, Round
from baocao_web.collecting.passing_on import Act, demand_version
from baocao_web.collecting.rounds import opening
from baocao_web.collecting.rounds.opening import Days, reporting_to
from baocao_web.collecting.sheets import Sheet
from baocao_web.collecting.totals.consolidating import Consolidated, Sum, consolidate
from baocao_web.collecting.typing import EMPTY, Cell
from baocao_web.people.recording import Done, append, replayed
from baocao_web.people.roles import Role
from baocao_web.places import office
from baocao_web.places.calendar import working_day

EARLIER: Final = 2  # working days that units below have less, where nothing else is said
NOTHING: Final = "{}"

_MOVED = Text(
    "số tổng hợp của cấp dưới đã thay đổi; bảng dưới đây là số mới, hãy xem lại rồi lấy.",
    "what the units below make has changed; the table shows it anew: look at it, then take it.",
)
_NONE_CHOSEN = Text("chưa chọn ô nào để lấy.", "no cell is chosen.")
_NO_SUM = Text(
    "ô “{cell}” không lấy được: cấp dưới chưa có số, hoặc ô không mở để sửa.",
    "cell “{cell}” cannot be taken: the units below told nothing, or it is not open.",
)
_TOO_LARGE = Text("tổng của ô “{cell}” không ghi được: {why}", "the sum of cell “{cell}” cannot be kept: {why}")


@dataclass(frozen=True, slots=True)
class Offer:
    """One cell: what stands in the unit's own form, and what the units below make."""

    cell: str
    row: Row
    column: Column
    now: Cell
    sum: Sum
    was_taken: bool  # and stands as it was taken then
    is_open: bool

    @property
    def differs(self) -> bool:
        return self.sum.value is not None and self.now.amount != self.sum.value

    @property
    def is_usual(self) -> bool:
        """Whether it is taken unless somebody says otherwise: where nobody typed a figure of his own."""
        return self.is_open and self.differs and (self.now.is_empty or self.was_taken)


def has_below(sheet: Sheet) -> bool:
    """Whether units report to the one whose form it is."""
    return bool(reporting_to(sheet.unit, sheet.kept.period.end))


def round_below(unit: str, kept: Kept) -> Round | None:
    """The round in which a unit collects the same form for the same period."""
    return Round.objects.filter(owner=unit, form_id=kept.form, period=kept.period.code).first()


def usual_days(sheet: Sheet) -> Days:
    """The days of the units below: due some working days before the unit itself, never after it."""
    kept, due = sheet.kept, sheet.due_on
    first = min(max(working_day(due, -EARLIER), kept.opens_on, office.today()), due)
    return Days(kept.opens_on, first, due, max(sheet.locked_on, due + timedelta(days=1)))


def open_below(sheet: Sheet, due_on: date | None, by: str) -> Round:
    """Open the round of the units below with the unit's own form. Raises ``opening.NotOpened``."""
    days, kept = usual_days(sheet), sheet.kept
    if due_on is not None:
        days = Days(min(days.opens_on, due_on), due_on, max(due_on, days.late_on), days.locked_on)
    title = Round.objects.values_list("title", flat=True).get(pk=kept.id)
    form = Form.objects.get(pk=kept.form)
    wanted = opening.Wanted(form, sheet.unit, kept.period, days, title, steps=(Role.COMPILER,))
    return opening.open_round(wanted, by)


def offers(sheet: Sheet, found: Consolidated) -> list[Offer]:
    """What could be taken, cell by cell in the order of the form."""
    taken = taken_of(sheet.below)
    return [
        Offer(
            cell,
            row,
            column,
            now := sheet.cells.get(cell, EMPTY),
            found.sums[cell],
            cell in taken and now.value == taken[cell][0],
            not sheet.open_cells or cell in sheet.open_cells,
        )
        for cell, (row, column) in sheet.kept.layout.entries.items()
        if cell in found.sums
    ]


def taken_of(below: str) -> Mapping[str, list[Any]]:
    """Which cells an entry took from below: cell → [figure, units that it lacks]."""
    found: Mapping[str, list[Any]] = json.loads(below).get("cells", {})
    return found


def round_of(below: str) -> int | None:
    """The round that an entry took cells from."""
    found: int | None = json.loads(below).get("round")
    return found


def take(act: Act, permit: Permission, cells: Sequence[str], *, is_approved_only: bool) -> int:
    """Write what the units below make into chosen cells; the entry's version then. Raises ``NotTaken``.

    ``act.digest`` is that of the sums that were shown: if they have moved since, nothing is taken.
    """
    if not cells:
        raise NotTaken(_NONE_CHOSEN)
    with transaction.atomic():
        held = hold(act.entry)
        kept = form_of(held.round)
        permit(held, kept)
        before = replayed(held.stream, act.request)
        if before is not None:
            return int(as_done(before, "gather", act.by, {})["version"])
        admit(held, kept)
        demand_version(held, act, "gather")
        below = round_below(held.unit, kept)
        found = consolidate(below.pk, is_approved_only=is_approved_only) if below is not None else None
        if found is None or found.digest != act.digest:
            raise NotTaken(_MOVED)
        return _taken(held, act, found, cells)


def _taken(held: Held, act: Act, found: Consolidated, cells: Sequence[str]) -> int:
    version = held.version + 1
    values = {cell: _value(held, found, cell) for cell in dict.fromkeys(cells)}
    lacks = {cell: [one.unit for one in found.missing(cell)] for cell in values}
    write_cells(held, {cell: Cell(value, None, version) for cell, value in values.items()}, version)
    told = {
        "version": version,
        "round": found.kept.id,
        "digest": act.digest,
        "cells": {cell: [value, None, None] for cell, value in values.items()},
        "lacks": {cell: units for cell, units in lacks.items() if units},
    }
    append(Done(held.stream, act.by, "gather", held.unit, told, act.request))
    _remember(held.id, found.kept.id, {cell: [value, lacks[cell]] for cell, value in values.items()})
    return version


def _value(held: Held, found: Consolidated, cell: str) -> str:
    made = found.sums.get(cell)
    if made is None or made.value is None or cell not in found.kept.layout.entries or not held.is_open(cell):
        raise NotTaken(_NO_SUM.fill(cell=cell[:80]))
    try:
        return exact(made.value, cell)
    except Refused as problem:
        name = found.kept.layout.entries[cell][0].name
        raise NotTaken(
            Text(
                _TOO_LARGE.vi.format(cell=name.vi, why=problem.text.vi),
                _TOO_LARGE.en.format(cell=name.en, why=problem.text.en),
            )
        ) from problem


def _remember(entry: int, round_id: int, taken: Mapping[str, list[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT below FROM collecting_entry WHERE id = %s", [entry])
        told = {"round": round_id, "cells": {**taken_of(cursor.fetchone()[0]), **taken}}
        written = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        cursor.execute("UPDATE collecting_entry SET below = %s WHERE id = %s", [written, entry])


def below_of(entries: Iterable[int]) -> dict[int, str]:
    """What entries keep of what they took from below, of those that took anything."""
    wanted = list(entries)
    found: dict[int, str] = {}
    for at in range(0, len(wanted), 500):
        rows = Entry.objects.filter(pk__in=wanted[at : at + 500]).exclude(below=NOTHING)
        found.update(rows.values_list("pk", "below"))
    return found


def lacking_below(round_id: int) -> dict[str, tuple[str, ...]]:
    """The units of a round that took what those below them made, and lack some of these: unit → the lacking ones."""
    found: dict[str, tuple[str, ...]] = {}
    rows = Entry.objects.filter(round_id=round_id).exclude(below=NOTHING).values_list("unit", "cells", "below")
    for unit, cells, below in rows:
        now = json.loads(cells)
        stands = [lacks for cell, (value, lacks) in taken_of(below).items() if now.get(cell, [None])[0] == value]
        lacking = tuple(dict.fromkeys(each for lacks in stands for each in lacks))
        if lacking:
            found[unit] = lacking
    return found
