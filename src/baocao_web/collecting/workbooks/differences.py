"""What an uploaded workbook would change, cell by cell, and taking what its owner chose of it.

Three contents of a cell are set beside each other: as it was when the workbook was downloaded, as it is now, and as the
workbook has it. A cell that the workbook leaves as it was changes nothing, whatever happened to it since. One that both
changed is a conflict, and is taken only where somebody says so.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final

from django.db import transaction

from baocao.model.text import Text
from baocao_web.collecting import keeping
from baocao_web.collecting.forms_kept import form_of
from baocao_web.collecting.grids import checks_of
from baocao_web.collecting.keeping import NotTaken, Permission, Save, Saved
from baocao_web.collecting.layout import Column, Row, cell_key
from baocao_web.collecting.sheets import Sheet, words_of
from baocao_web.collecting.typing import EMPTY, Cell
from baocao_web.collecting.workbooks import waiting as workbook_waiting
from baocao_web.collecting.workbooks.reading import Found
from baocao_web.collecting.workbooks.waiting import Waiting
from baocao_web.people.names import names_of
from baocao_web.people.recording import Done, append, lines

ACTION: Final = "workbook"  # what the record calls the taking of a workbook

_GONE: Final = Text(
    "tệp tải lên không còn chờ (đã ghi nhận, đã bỏ, hoặc quá {hours} giờ); hãy tải tệp lên lại.",
    "no uploaded file waits any more (it was taken or dropped, or {hours} hours are over); upload it again.",
)
_OTHER: Final = Text(
    "một tệp khác đã được tải lên sau khi mở trang này; hãy xem lại các ô của tệp mới.",
    "another file was uploaded since this page was opened; look at the cells of the new one.",
)
_UNREAD: Final = Text("ô {address}: {fault}", "cell {address}: {fault}")


class Kind(Enum):
    """What the workbook would do to a cell."""

    CHANGE = "change"
    CONFLICT = "conflict"  # others changed it since the workbook was downloaded
    CLOSED = "closed"  # only other cells were returned for correction
    UNREAD = "unread"  # what the workbook has is no figure

    @property
    def may_be_taken(self) -> bool:
        return self in (Kind.CHANGE, Kind.CONFLICT)


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that the workbook has otherwise than it stands here. ``by`` and ``at`` tell who changed it since."""

    cell: str
    row: Row
    column: Column
    address: str
    kind: Kind
    was: str
    now: str
    mine: str
    fault: Text | None = None
    doubts: tuple[Text, ...] = ()
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Differences:
    """All that a workbook would change in the version of the entry that was looked at.

    ``same`` counts the cells that stand as the workbook has them, ``newer`` those that it leaves as they were when it
    was downloaded and that others changed since: they stay. ``elsewhere`` is what would be odd in other cells.
    """

    version: int
    found: tuple[Difference, ...]
    same: int
    newer: int
    elsewhere: tuple[tuple[Row, Column, tuple[Text, ...]], ...]

    def of(self, kind: Kind) -> list[Difference]:
        return [one for one in self.found if one.kind is kind]


def differences(sheet: Sheet, waiting: Waiting) -> Differences:
    """What a waiting workbook would change in a form as it stands."""
    same = newer = 0
    differing: dict[str, tuple[Found, Cell]] = {}
    for cell in sheet.kept.layout.entries:
        told, now, before = waiting.cells.get(cell), sheet.cells.get(cell, EMPTY), waiting.before.get(cell, EMPTY)
        if told is None or _is_same(told, now, before):
            same += 1
        elif told.fault is None and _cell(told).is_same(before):
            newer += 1
        else:
            differing[cell] = told, before
    doubts = _doubts(sheet, {cell: told for cell, (told, _) in differing.items()})
    others = _others(sheet, waiting.version)
    found = tuple(
        _difference(sheet, cell, told, before, others.get(cell, ("", None)), tuple(doubts.get(cell, ())))
        for cell, (told, before) in differing.items()
    )
    elsewhere = tuple(
        (row, column, tuple(doubts[key]))
        for row, column in sheet.kept.layout.figures()
        if (key := cell_key(row, column)) in doubts and key not in differing
    )
    return Differences(sheet.version, found, same, newer, elsewhere)


def _is_same(told: Found, now: Cell, before: Cell) -> bool:
    """Whether the workbook has what stands here; or still the words that were no figure when it was downloaded."""
    return told.text == before.typed if told.fault is not None else _cell(told).is_same(now)


def _difference(
    sheet: Sheet, cell: str, told: Found, before: Cell, other: tuple[str, datetime | None], doubts: tuple[Text, ...]
) -> Difference:
    row, column = sheet.kept.layout.entries[cell]
    now = sheet.cells.get(cell, EMPTY)
    by, at = other
    return Difference(
        cell=cell,
        row=row,
        column=column,
        address=told.address,
        kind=_kind(sheet, cell, told, now, before),
        was=words_of(before),
        now=words_of(now),
        mine=told.text if told.fault else words_of(_cell(told)),
        fault=told.fault,
        doubts=doubts,
        by=by,
        at=at,
    )


def _kind(sheet: Sheet, cell: str, told: Found, now: Cell, before: Cell) -> Kind:
    if told.fault is not None:
        return Kind.UNREAD
    if sheet.open_cells and cell not in sheet.open_cells:
        return Kind.CLOSED
    return Kind.CHANGE if now.is_same(before) else Kind.CONFLICT


def _cell(told: Found) -> Cell:
    typed = told.typed
    return Cell(typed.value, typed.mark, 0, typed.typed)


def _doubts(sheet: Sheet, differing: Mapping[str, Found]) -> Mapping[str, list[Text]]:
    """What the form's rules say of it with all that the workbook would change."""
    mine = {key: _cell(told) for key, told in differing.items() if told.fault is None}
    return checks_of(sheet.kept).look(dict(sheet.cells) | mine, sheet.beside, changed=mine).doubts


def _others(sheet: Sheet, since: int) -> dict[str, tuple[str, datetime]]:
    """Who changed each cell last behind a version, and when."""
    found: dict[str, tuple[str, datetime]] = {}
    if sheet.version <= since:
        return found
    for line in lines(f"entry:{sheet.id}"):
        told = json.loads(line.details)
        cells = told.get("cells")
        if isinstance(cells, dict) and told.get("version", 0) > since:
            found |= dict.fromkeys(cells, (line.by, datetime.fromisoformat(line.at)))
    names = names_of(by for by, _ in found.values())
    return {cell: (names.get(by, by), at) for cell, (by, at) in found.items()}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody chose of a workbook: which cells of which file, over which version; ``request`` names the call."""

    entry: int
    sha256: str
    version: int
    cells: Collection[str]
    request: str


def take(chosen: Chosen, user: Any, permit: Permission) -> Saved:
    """Take the chosen cells of the workbook that waits, all in one save. Raises ``NotTaken``.

    A cell that somebody changed since the page was looked at stays as it is, and is told in ``beside``.
    """
    waiting = workbook_waiting.find(user, chosen.entry)
    if waiting is None:
        raise NotTaken(_GONE.fill(hours=workbook_waiting.HOURS))
    if waiting.sha256 != chosen.sha256:
        raise NotTaken(_OTHER)
    texts = dict(_texts(waiting, chosen.cells))
    with transaction.atomic():
        held = keeping.hold(chosen.entry)
        permit(held, form_of(held.round))
        saved = keeping.save(Save(chosen.entry, user.get_username(), chosen.version, texts, chosen.request), permit)
        if not saved.is_replayed:
            told = {"file": waiting.name, "sha256": waiting.sha256, "version": saved.version}
            append(Done(held.stream, user.get_username(), ACTION, held.unit, told | {"taken": len(saved.taken)}))
    return saved


def _texts(waiting: Waiting, cells: Collection[str]) -> Iterator[tuple[str, str]]:
    for cell in cells:
        told = waiting.cells.get(cell)
        if told is not None and told.fault is not None:
            facts = {"address": told.address}
            vi, en = told.fault.vi, told.fault.en
            raise NotTaken(Text(_UNREAD.vi.format(**facts, fault=vi), _UNREAD.en.format(**facts, fault=en)))
        yield cell, told.text if told is not None else ""  # a cell that no form has is refused by the save
