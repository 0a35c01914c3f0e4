"""The consolidated form: what the units of a round make together, cell by cell, and who is missing in each.

It is added up from the entries as they stand at this moment, so that it shows a form the instant it is passed on. What
a unit has typed but not submitted is its own affair and is not counted; where only approved figures are asked for,
what waits for approval is not counted either. What was approved stands while the unit corrects it: its approved
version counts until the next one is approved, and the total tells who is correcting. The decoded cells of each entry
are kept in memory by its version: of a hundred units one has changed.

A quotient is of the units that told both what stands above its line and what stands below it. Where some told one of
these alone, it says nothing of anybody and is not given; so the rest of the program holds it too.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final, NamedTuple

from django.db import connection

from baocao.model.indicator import Over
from baocao.model.org_unit import Level
from baocao.model.text import Text
from baocao_web.collecting.forms_kept import Kept, form_of
from baocao_web.collecting.grids import checks_of
from baocao_web.collecting.states import State
from baocao_web.collecting.typing import Cell
from baocao_web.places import office

_COUNTED: Final = (State.SUBMITTED.value, State.APPROVED.value)
_MOST_KEPT: Final = 20_000  # entries whose cells are kept decoded in one process
_NOUGHT = "none_occurred"
_NOTHING: Final[Mapping[str, Decimal | None]] = {}


class Standing(NamedTuple):
    """One unit's entry in the round; ``version`` is the one that counts."""

    entry: int
    unit: str
    state: State
    step: int
    version: int
    is_corrected: bool = False  # at this moment, and what was approved before stands

    @property
    def is_counted(self) -> bool:
        return self.is_corrected or self.state.value in _COUNTED

    @property
    def is_approved(self) -> bool:
        return self.is_corrected or self.state is State.APPROVED

    @property
    def answers_for_a_part(self) -> bool:
        """Whether it tells of its own sector alone, so that cells which it leaves out are not missing."""
        return office.is_known(self.unit) and office.unit(self.unit).level is Level.DEPARTMENT


@dataclass(frozen=True, slots=True)
class Sum:
    """One consolidated cell: ``missing`` are the places in ``Consolidated.standings`` that told nothing of it.

    What ``is_unlike`` is a quotient that cannot be told: not all units that told one of its parts told the others.
    """

    value: Decimal | None
    told: int
    missing: tuple[int, ...]
    is_unlike: bool = False


@dataclass(frozen=True, slots=True)
class Consolidated:
    """A round added up. ``standings`` are all its units, in the order of their names."""

    kept: Kept
    standings: tuple[Standing, ...]
    sums: Mapping[str, Sum]
    is_approved_only: bool = False

    @property
    def counted(self) -> int:
        return sum(self.counts(standing) for standing in self.standings)

    def counts(self, standing: Standing) -> bool:
        """Whether a unit's figures are in the sums."""
        return standing.is_approved if self.is_approved_only else standing.is_counted

    @property
    def uncounted(self) -> list[Standing]:
        """The units of which nothing is in the sums."""
        return [standing for standing in self.standings if not self.counts(standing)]

    @property
    def digest(self) -> str:
        """What binds somebody who takes these sums to what he saw."""
        told = {cell: f"{one.value:f}" for cell, one in sorted(self.sums.items()) if one.value is not None}
        stands = [[one.entry, one.version, self.counts(one)] for one in self.standings]
        return sha256(json.dumps([told, stands], separators=(",", ":")).encode()).hexdigest()

    def doubts(self) -> Mapping[str, list[Text]]:
        """What the rules of the catalogue doubt in the sums, by cell."""
        known = {cell: Cell(f"{one.value:f}", None, 0) for cell, one in self.sums.items() if one.value is not None}
        unlike = {cell for cell, one in self.sums.items() if one.is_unlike}
        return checks_of(self.kept).look(known, {}, unlike=unlike).doubts

    @property
    def approved(self) -> int:
        return sum(standing.is_approved for standing in self.standings)

    @property
    def unapproved(self) -> list[Standing]:
        """The units whose figures are in the sums though nobody has approved them yet."""
        return [standing for standing in self.standings if self.counts(standing) and not standing.is_approved]

    @property
    def corrected(self) -> list[Standing]:
        """The units that are correcting what was approved: their figures are those of before."""
        return [standing for standing in self.standings if standing.is_corrected]

    def missing(self, cell: str) -> list[Standing]:
        """The units that a cell lacks."""
        return [self.standings[at] for at in self.sums[cell].missing]


_decoded: OrderedDict[int, tuple[int, dict[str, Decimal | None]]] = OrderedDict()


def consolidate(round_id: int, units: Sequence[str] | None = None, *, is_approved_only: bool = False) -> Consolidated:
    """A round added up, of all its units or of some of them. Raises ``Round.DoesNotExist``."""
    kept = form_of(round_id)
    standings, figures = _entries(round_id, units, is_approved_only=is_approved_only)
    addable = {
        cell
        for cell, (row, _) in kept.layout.entries.items()
        if office.catalogue()[row.indicator].over_place is Over.SUM
    }
    excused = frozenset(
        at for at, one in enumerate(standings) if figures[at] is not _NOTHING and one.answers_for_a_part
    )
    sums = {cell: _sum(cell, figures, excused) for cell in kept.layout.entries if cell in addable}
    known = {cell: Cell(f"{one.value:f}", None, 0) for cell, one in sums.items() if one.value is not None}
    checks = checks_of(kept)
    parts = {one.cell: set(one.cells.values()) for one in checks.computed}
    unlike = {one.cell for one in checks.computed if one.is_quotient and _is_unlike(parts[one.cell], figures)}
    for cell, value in checks.look(known, {}, changed=(), unlike=unlike).computed.items():
        missing = sorted({at for part in parts[cell] if part in sums for at in sums[part].missing})
        sums[cell] = Sum(value, len(standings) - len(missing), tuple(missing), cell in unlike)
    return Consolidated(kept, standings, sums, is_approved_only)


def _is_unlike(parts: Iterable[str], figures: Sequence[Mapping[str, Decimal | None]]) -> bool:
    """Whether some units told one part of a quotient and not another. Computed parts are judged for themselves."""
    typed = [part for part in parts if any(part in figure for figure in figures)]
    tellers = {tuple(figure.get(part) is not None for figure in figures) for part in typed}
    return len(tellers) > 1


def _sum(cell: str, figures: Sequence[Mapping[str, Decimal | None]], excused: frozenset[int]) -> Sum:
    """What all told of a cell; that nothing occurred counts as nought, other marks as not told."""
    total, told, missing = Decimal(0), 0, []
    for at, figure in enumerate(figures):
        value = figure.get(cell)
        if value is None:
            if at not in excused:
                missing.append(at)
        else:
            total += value
            told += 1
    return Sum(total if told else None, told, tuple(missing))


def _entries(
    round_id: int, units: Sequence[str] | None, *, is_approved_only: bool
) -> tuple[tuple[Standing, ...], list[Mapping[str, Decimal | None]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, unit, state, step, coalesce(stands, version), stands IS NOT NULL FROM collecting_entry "
            "WHERE round_id = %s",
            [round_id],
        )
        found = [
            Standing(key, unit, State(state), step, version, bool(is_corrected))
            for key, unit, state, step, version, is_corrected in cursor.fetchall()
        ]
    if units is not None:
        wanted = set(units)
        found = [one for one in found if one.unit in wanted]
    found.sort(key=lambda one: (office.order(one.unit), one.unit))
    counts = [one for one in found if (one.is_approved if is_approved_only else one.is_counted)]
    stale = [one for one in counts if _decoded.get(one.entry, (None,))[0] != one.version]
    fresh = {entry: (version, _amounts(cells)) for entry, version, cells in cells_counted(stale)}
    _decoded.update(fresh)
    while len(_decoded) > _MOST_KEPT:
        _decoded.popitem(last=False)
    counted = {one.entry for one in counts}
    return tuple(found), [
        (fresh.get(one.entry) or _decoded[one.entry])[1] if one.entry in counted else _NOTHING for one in found
    ]


def cells_counted(standings: Iterable[Standing]) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """The cells of entries in the version that counts: what stands there, or what was approved before a correction."""
    every = list(standings)
    wanted = {(one.entry, one.version) for one in every if one.is_corrected}
    told = {one.entry for one in every} - {entry for entry, _ in wanted}
    for entry, version, cells in _rows(_AS_IT_STANDS, sorted(told)):
        yield entry, version, json.loads(cells)
    for entry, version, cells in _rows(_HANDED_OVER, sorted(entry for entry, _ in wanted)):
        if (entry, version) in wanted:
            yield entry, version, json.loads(cells)


_AS_IT_STANDS: Final = "SELECT id, version, cells FROM collecting_entry WHERE id IN ({})"
_HANDED_OVER: Final = "SELECT entry_id, version, cells FROM collecting_handover WHERE entry_id IN ({})"


def _rows(statement: str, entries: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    for at in range(0, len(entries), 500):
        some = entries[at : at + 500]
        with connection.cursor() as cursor:
            cursor.execute(statement.format(", ".join(["%s"] * len(some))), list(some))
            yield from cursor.fetchall()


def _amounts(cells: Mapping[str, Any]) -> dict[str, Decimal | None]:
    return {cell: _amount(value, mark) for cell, (value, mark, *_) in cells.items()}


def _amount(value: str | None, mark: str | None) -> Decimal | None:
    if value is not None:
        return Decimal(value)
    return Decimal(0) if mark == _NOUGHT else None


def forget() -> None:
    """Decode everything again when it is next asked for."""
    _decoded.clear()
