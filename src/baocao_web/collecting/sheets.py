"""A form as a page shows it: every line with its cells, what was typed, and what stands beside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from html import escape

from baocao_web.collecting import returning
from baocao_web.collecting.forms_kept import Kept, form_of
from baocao_web.collecting.keeping import day_of
from baocao_web.collecting.returning import Returned
from baocao_web.collecting.states import State
from baocao_web.collecting.typing import Cell, cells_of
from baocao_web.database.statements import ask
from baocao_web.pages import number
from baocao_web.places import office


@dataclass(frozen=True, slots=True)
class Sheet:
    """One unit's form in one round, as it stands."""

    id: int
    unit: str
    state: State
    step: int
    version: int
    kept: Kept
    cells: Mapping[str, Cell]
    beside: Mapping[str, str]
    extended_to: date | None
    digest: str
    returned: Returned | None
    threads: str  # JSON: cell → how many remarks, and 1 where they are not settled
    remarked: int
    below: str  # JSON of what was taken from the units below
    stands: int | None = None
    mend_by: date | None = None

    @property
    def due_on(self) -> date:
        return self.kept.due(self.extended_to)

    @property
    def open_cells(self) -> tuple[str, ...]:
        """The only cells that are open, where single cells were returned; none where all are."""
        is_returned = self.state is State.RETURNED and self.returned is not None
        return self.returned.cells if is_returned and self.returned is not None else ()

    @property
    def locked_on(self) -> date:
        return self.kept.locked(self.extended_to, self.mend_by)

    @property
    def is_locked(self) -> bool:
        """Whether nothing can be typed any more."""
        return self.kept.is_locked(office.today(), self.extended_to, self.mend_by)

    def words(self, cell: str) -> str:
        """What stands in a cell."""
        found = self.cells.get(cell)
        return words_of(found) if found is not None else _figure(self.beside.get(cell))

    def told(self) -> tuple[dict[str, str], dict[str, str]]:
        """The words of all cells, and what the states of some add to their inputs: both as sound HTML."""
        words = {cell: _figure(value) for cell, value in self.beside.items()}
        words |= {cell: _html(found) for cell, found in self.cells.items()}
        states = {cell: _UNREAD for cell, found in self.cells.items() if found[3] is not None}
        for cell in self.kept.layout.entries if self.open_cells else ():
            states[cell] = states.get(cell, "") + (_RETURNED if cell in self.open_cells else _CLOSED)
        return words, states


_UNREAD = ' aria-invalid="true"'
_RETURNED, _CLOSED = " data-returned", " readonly"


def _html(cell: Cell) -> str:
    return _figure(cell[0]) if cell[0] is not None else escape(words_of(cell))


@lru_cache(maxsize=65_536)
def _figure(told: str | None) -> str:
    """A stored figure as officials write it.

    >>> _figure("1492.90"), _figure("-1234567"), _figure(None)
    ('1.492,9', '-1.234.567', '')
    """
    if told is None:
        return ""
    whole, _, decimals = told.partition(".")
    if not whole.isdigit():
        return number(Decimal(told))
    decimals = decimals.rstrip("0")  # digits alone, as nearly all are: a form has hundreds
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{decimals}" if decimals else grouped


def words_of(cell: Cell) -> str:
    """A cell as its reader writes it."""
    if cell.typed is not None:
        return cell.typed
    if cell.mark is not None:
        return MARKS[cell.mark]
    return _figure(cell.value)


MARKS: Mapping[str, str] = {
    "not_available": "chưa có số liệu",
    "none_occurred": "không phát sinh",
    "not_collected": "không thu thập",
    "not_rated": "chưa đánh giá",
}


def sheet_of(entry: int) -> Sheet | None:
    """An entry's form, None where there is none."""
    found = ask(_SELECT, [entry])
    if not found:
        return None
    unit, state, step, version, cells, beside, round_id, extended, digest, returned, threads, *rest = found[0]
    remarked, below, stands, mend_by = rest
    return Sheet(
        id=entry,
        unit=unit,
        state=State(state),
        step=step,
        version=version,
        kept=form_of(round_id),
        cells=cells_of(json.loads(cells)),
        beside=json.loads(beside),
        extended_to=day_of(extended),
        digest=digest,
        returned=returning.read(returned),
        threads=threads,
        remarked=remarked,
        below=below,
        stands=stands,
        mend_by=day_of(mend_by),
    )


_SELECT = (
    "SELECT unit, state, step, version, cells, beside, round_id, extended_to, digest, returned, remarks, remarked, "
    "below, stands, mend_by FROM collecting_entry WHERE id = %s"
)
