"""Figures that count already and that nobody has approved: what was handed over counts at once, and is told apart.

The consolidated form and the pages of figures hold it alike: what is submitted counts, with a mark until it is
approved; what was approved stands, without one, while it is corrected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db import connection

from baocao.model.observation import Observation, OriginKind, Scenario
from baocao.model.period import Period
from baocao_web.collecting.forms_kept import form_of
from baocao_web.collecting.states import State

_WAITING: Final = (
    "SELECT e.id, e.unit, e.round_id, e.state FROM collecting_entry AS e WHERE e.state <> %s AND e.stands IS NULL "
    "AND EXISTS (SELECT 1 FROM collecting_handover AS h WHERE h.entry_id = e.id)"
)
_codes: dict[tuple[int, str], Mapping[str, frozenset[Period]]] = {}  # by form and period: what its cells are of
_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Unapproved:
    """The entries that were handed over and are not approved: their states, and of each round the units of its."""

    states: Mapping[int, State]
    units: Mapping[int, frozenset[str]]
    followed: dict[tuple[date, Period], bool] = field(default_factory=dict, compare=False)  # looked up for one page

    def told(self, code: str) -> Iterator[tuple[frozenset[Period], frozenset[str]]]:
        """Of which periods an indicator is told in forms that nobody has approved, and by which units."""
        for number, units in self.units.items():
            periods = codes_of(number).get(code)
            if periods:
                yield periods, units

    def holds(self, observed: Observation) -> bool:
        """Whether a figure was told by such an entry."""
        origin = observed.origin
        return origin.kind is OriginKind.FORM_CELL and entry_of(origin.reference)[0] in self.states


def unapproved() -> Unapproved:
    """As it stands at this moment."""
    states: dict[int, State] = {}
    units: dict[int, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [State.APPROVED.value])
        for entry, unit, number, state in cursor.fetchall():
            states[entry] = State(state)
            layout = form_of(number).layout
            if not layout.is_of_units:
                units.setdefault(number, set()).add(unit)
            elif number not in units:  # one office tells of all of them in one form
                units[number] = {row.unit for row in layout.rows if row.unit}
    return Unapproved(states, {number: frozenset(its) for number, its in units.items()})


def codes_of(number: int) -> Mapping[str, frozenset[Period]]:
    """The indicators of a round's cells, each with the periods that its results are of."""
    kept = form_of(number)
    key = (kept.form, kept.period.code)
    if key not in _codes:
        if len(_codes) >= _MOST:
            _codes.clear()
        found: dict[str, set[Period]] = {}
        for row, column in kept.layout.entries.values():
            if column.scenario is Scenario.ACTUAL:
                found.setdefault(row.indicator, set()).add(column.when.of(kept.period))
        _codes[key] = {code: frozenset(periods) for code, periods in found.items()}
    return _codes[key]


def entry_of(reference: str) -> tuple[int | None, str]:
    """The entry and the cell that a form's reference names.

    >>> entry_of("B01.1/12/lua_dien_tich:actual#3")
    (12, 'lua_dien_tich:actual')
    """
    _, _, rest = reference.partition("/")
    number, _, cell = rest.partition("/")
    return (int(number), cell.rpartition("#")[0]) if number.isdigit() else (None, "")
