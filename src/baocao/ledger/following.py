"""Figures kept ready in one process, and brought up to date by what came since they were last looked at.

Whoever asks again and again about figures that move on need not begin anew each time: a figure that came in changes
the sums of the periods that are made of its own, and no others. All that is kept here is derived, and equals what is
computed anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from baocao.figures import feeding, store
from baocao.figures.engine_live import LiveEngine
from baocao.figures.store_rows import Revision
from baocao.ledger.book import Book
from baocao.ledger.rolled import View
from baocao.ledger.rolled_live import LiveRolled
from baocao.model.period import Period

MOST_VIEWS: Final = 48  # kept side by side: days, units and sets of indicators that were asked about

_Wanted = tuple[View, frozenset[str], tuple[str, ...]]


@dataclass(slots=True)
class Following:
    """The figures of a book as they stand when ``catch_up`` was last called; by view, units and indicators."""

    book: Book
    revision: int = field(init=False)
    _stamp: str = field(init=False)
    _first: LiveRolled = field(init=False)
    _views: OrderedDict[_Wanted, LiveRolled] = field(default_factory=OrderedDict, init=False)
    _pieces: dict[Period, frozenset[int]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._begin()

    def of(self, view: View, units: Iterable[str] = (), codes: Iterable[str] = ()) -> LiveRolled:
        """Sums in one view: of some units alone, of some indicators alone; of all where none are named."""
        wanted = (view, frozenset(units), tuple(codes))
        found = self._views.get(wanted)
        if found is None:
            found = self._views[wanted] = self._first.viewed(*wanted)
            if len(self._views) > MOST_VIEWS:
                self._first.leave(self._views.popitem(last=False)[1])
        self._views.move_to_end(wanted)
        found.settle()
        return found

    @property
    def told(self) -> Collection[Period]:
        """The periods that there are figures of."""
        return self._first.engine.codes.periods

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators that there are figures of, and those made of these, in the order of the catalogue."""
        return self._first.indicators

    def catch_up(self, connection: Any) -> Collection[Period] | None:
        """Take in what was recorded since. The periods that figures changed for; None where all was begun anew.

        ``connection`` is the one that is read from now on: that of before may be closed.
        """
        self.book.turn_to(connection)
        last = store.last_revision(connection)
        if last < self.revision or store.stamp_of(connection, self.revision) != self._stamp:
            self._begin()  # another store: one that was restored, say
            return None
        if last == self.revision:
            return ()
        changed = tuple(store.changed_since(connection, self.revision))
        if not self._is_known(changed):
            self._begin()
            return None
        self.revision = max(last, *(one.id for one in changed)) if changed else last
        self._stamp = store.stamp_of(connection, self.revision)
        ours = [one for one in changed if one.scenario == self._first.scenario.value]
        self._first.engine.renew(feeding.facts(ours))
        moved = {one.period_code for one in ours}
        self._forget(moved, {one.unit for one in ours})
        return [Period.parse(code) for code in sorted(moved)]

    def _begin(self) -> None:
        """Read everything; what was derived is let go."""
        self._views.clear()
        self._pieces.clear()
        self.revision = store.last_revision(self.book.connection)
        self._stamp = store.stamp_of(self.book.connection, self.revision)
        self._first = LiveRolled(self.book, View(), kind=LiveEngine)

    def _is_known(self, changed: Iterable[Revision]) -> bool:
        """Whether figures came for what there are figures for already: then the ways to add them up stay the same."""
        told, divided = self._first.first_told, self._first.divided
        periods = {period.code for period in self._first.engine.codes.periods}
        return all(
            one.period_code in periods
            and one.indicator in told["indicator"]
            and one.breakdown in told["breakdown"]
            and (one.unit in self.book.geography or one.unit in told["unit"])
            and one.unit not in divided
            for one in changed
        )

    def _forget(self, moved: Collection[str], units: Collection[str]) -> None:
        codes = self._first.engine.codes
        numbers = {codes.numbers("period")[code] for code in moved}
        stored = self._first.stored
        for rolled in self._views.values():
            for period in rolled.kept_periods:
                if period not in self._pieces:
                    self._pieces[period] = frozenset(piece.period for piece in stored.pieces(0, period, 0))
                if not numbers.isdisjoint(self._pieces[period]):
                    rolled.expect(period, units)
