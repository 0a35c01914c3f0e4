"""Figures kept ready in one process, and brought up to date by what came since they were last looked at.

Whoever asks again and again about figures that move on need not begin anew each time: a figure that came in changes
the sums of the periods that are made of its own, and no others. All that is kept here is derived, and equals what is
computed anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from baocao.figures import feeding, store
from baocao.figures.engine_live import LiveEngine
from baocao.figures.snapshot import Fact
from baocao.figures.store_rows import Revision
from baocao.figures.ways import Piece, Stored
from baocao.ledger.book import Book
from baocao.ledger.rolled import View
from baocao.ledger.rolled_engine import is_prepared
from baocao.ledger.rolled_live import LiveRolled
from baocao.model.period import Period
from baocao.model.text import Problem, Text

MOST_VIEWS: Final = 48  # kept side by side: days, units and sets of indicators that were asked about
MOST_MADE: Final = 20_000  # things made of the figures of a period that are kept

T = TypeVar("T")
_NOT_PREPARED = Text(
    "kho số liệu lớn và chưa có bản chụp để tính; quản trị viên chạy “manage.py prepare_figures”, hoặc chờ lần chạy "
    "“manage.py tick” tới.",
    "the store is large and has no snapshot to add up from; run “manage.py prepare_figures”, or wait for the next run "
    "of “manage.py tick”.",
)

_Wanted = tuple[View, frozenset[str], tuple[str, ...]]


class NotPrepared(Problem):
    """A snapshot would have to be built first, which takes longer than anybody waits for a page."""


@dataclass(slots=True)
class Following:
    """The figures of a book as they stand when ``catch_up`` was last called; by view, units and indicators.

    Raises ``NotPrepared``, as does ``catch_up``, where a large store has no snapshot near enough.
    """

    book: Book
    revision: int = field(init=False)
    _stamp: str = field(init=False)
    _first: LiveRolled = field(init=False)
    _views: OrderedDict[_Wanted, LiveRolled] = field(default_factory=OrderedDict, init=False)
    _pieces: dict[Period, tuple[Piece, ...]] = field(default_factory=dict, init=False)
    _stored: Stored | None = field(default=None, init=False)
    _made: dict[Period, dict[Hashable, Any]] = field(default_factory=dict, init=False)

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

    def made(
        self, what: Hashable, periods: Sequence[Period], make: Callable[[Sequence[Period]], Mapping[Period, T]]
    ) -> dict[Period, T]:
        """What was made of the figures of some periods, each made again when such figures came; ``what`` names it."""
        if sum(map(len, self._made.values())) > MOST_MADE:
            self._made.clear()
        lacking = [period for period in periods if what not in self._made.get(period, ())]
        for period, found in (make(lacking) if lacking else {}).items():
            self._made.setdefault(period, {})[what] = found
        return {period: self._made[period][what] for period in periods}

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
        moved = {one.period_code for one in ours}
        come = {Period.parse(code) for code in moved}.difference(self._first.engine.codes.periods)
        if come:
            self._pieces_of_all()
        self._first.engine.renew(feeding.facts(ours))
        if come:
            self._add_up_anew(come)
        self._forget(moved, {one.unit for one in ours})
        return [Period.parse(code) for code in sorted(moved)]

    def put(self, facts: Sequence[Fact]) -> None:
        """Take facts in place of those of the store, until figures of the same addresses come from it."""
        if not facts:
            return
        self._first.engine.renew(facts)
        self._forget({fact.period for fact in facts}, {fact.unit for fact in facts})

    def _begin(self) -> None:
        """Read everything; what was derived is let go."""
        if not is_prepared(self.book):
            raise NotPrepared(_NOT_PREPARED)
        self._views.clear()
        self._pieces.clear()
        self._made.clear()
        self._stored = None
        self.revision = store.last_revision(self.book.connection)
        self._stamp = store.stamp_of(self.book.connection, self.revision)
        self._first = LiveRolled(self.book, View(), kind=LiveEngine)

    def _is_known(self, changed: Iterable[Revision]) -> bool:
        """Whether figures came for what there are figures for already: then the ways to add them up stay the same."""
        told, divided = self._first.first_told, self._first.divided
        return all(
            one.indicator in told["indicator"]
            and one.breakdown in told["breakdown"]
            and (one.unit in self.book.geography or one.unit in told["unit"])
            and one.unit not in divided
            for one in changed
        )

    @property
    def _kept_periods(self) -> set[Period]:
        return {*self._made, *(period for rolled in self._views.values() for period in rolled.kept_periods)}

    def _pieces_of(self, period: Period) -> tuple[Piece, ...]:
        """The stored periods that figures of a period are made of."""
        if period not in self._pieces:
            self._stored = self._stored or self._first.stored
            self._pieces[period] = tuple(self._stored.pieces(0, period, 0))
        return self._pieces[period]

    def _pieces_of_all(self) -> None:
        for period in self._kept_periods:
            self._pieces_of(period)

    def _add_up_anew(self, come: Collection[Period]) -> None:
        """Figures came of periods that there were none of: other ways may lead to what is asked for now."""
        before, self._pieces, self._stored = self._pieces, {}, None
        for period in self._kept_periods:
            if self._pieces_of(period) != before[period] or any(period.overlaps(one) for one in come):
                self._made.pop(period, None)
                for rolled in self._views.values():
                    rolled.let_go(period)

    def _forget(self, moved: Collection[str], units: Collection[str]) -> None:
        numbers = {self._first.engine.codes.numbers("period")[code] for code in moved}

        def is_moved(period: Period) -> bool:
            return any(piece.period in numbers for piece in self._pieces_of(period))

        for period in [period for period in self._made if is_moved(period)]:
            del self._made[period]
        for rolled in self._views.values():
            for period in rolled.kept_periods:
                if is_moved(period):
                    rolled.expect(period, units)
