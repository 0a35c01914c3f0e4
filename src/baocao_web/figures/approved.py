"""The figures that somebody has approved, alone: all figures but what stands in forms that nobody has approved yet.

They are followed beside all figures, in a process that was asked for them: what such a form tells is taken out of the
sums as if its unit had told nothing, and comes back once the form is approved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection

from baocao.figures import feeding, store
from baocao.figures.snapshot import Fact
from baocao.figures.store_rows import Revision
from baocao.ledger.following import Following
from baocao.model.observation import OriginKind, Scenario
from baocao_web.figures.unapproved import codes_of, entry_of

_WAITING: Final = (
    "SELECT e.id, e.unit, e.round_id, max(h.id) FROM collecting_entry AS e "
    "JOIN collecting_handover AS h ON h.entry_id = e.id AND h.is_fed "
    "WHERE e.state <> 'approved' AND e.stands IS NULL GROUP BY e.id, e.unit, e.round_id"
)
_Told = tuple[int, str, int, int]  # an entry, its unit and round, and what it handed over last


@dataclass(slots=True)
class Approved:
    """Figures that are followed without those of the entries in ``_out``."""

    following: Following
    _out: dict[int, tuple[_Told, tuple[Fact, ...]]] = field(default_factory=dict)

    def catch_up(self, raw: Any) -> Following:
        """Take in what was recorded and approved since."""
        if self.following.catch_up(raw) is None:
            self._out.clear()
        waiting = {told[0]: told for told in _waiting()}
        back = [entry for entry, (told, _) in self._out.items() if waiting.get(entry) != told]
        let_in = [fact for entry in back for fact in self._out.pop(entry)[1]]
        self.following.put(list(_as_stored(raw, let_in)))
        fresh = [told for entry, told in waiting.items() if entry not in self._out]
        for told, facts in _told_by(raw, fresh):
            self._out[told[0]] = told, facts
            self.following.put([fact._replace(amount=None) for fact in facts])
        return self.following


def _waiting() -> list[_Told]:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        return [tuple(row) for row in cursor.fetchall()]


def _told_by(raw: Any, entries: list[_Told]) -> Iterator[tuple[_Told, tuple[Fact, ...]]]:
    """What entries tell that is in the store: their units' figures that came from them."""
    rounds: dict[int, dict[str, _Told]] = {}
    for told in entries:
        rounds.setdefault(told[2], {})[told[1]] = told
    for number, by_unit in rounds.items():
        codes = codes_of(number)
        periods = sorted({period for its in codes.values() for period in its})
        found: dict[str, list[Revision]] = {unit: [] for unit in by_unit}
        for one in store.current(raw, sorted(by_unit), sorted(codes), periods, [Scenario.ACTUAL]):
            origin = one.observation.origin
            if origin.kind is OriginKind.FORM_CELL and entry_of(origin.reference)[0] == by_unit[one.unit][0]:
                found[one.unit].append(one)
        for unit, revisions in found.items():
            yield by_unit[unit], tuple(feeding.facts(revisions))


def _as_stored(raw: Any, facts: list[Fact]) -> Iterator[Fact]:
    """The same addresses with what the store tells of them now."""
    wanted = {fact._replace(amount=None) for fact in facts}
    if not wanted:
        return
    units, codes = {fact.unit for fact in wanted}, {fact.indicator for fact in wanted}
    for fact in feeding.facts(store.current(raw, sorted(units), sorted(codes), None, [Scenario.ACTUAL])):
        if fact._replace(amount=None) in wanted:
            yield fact
