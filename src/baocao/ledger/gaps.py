"""Which stretches of a period a total lacks: for a flow the days that no figure covers, for a stock its last days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from baocao.figures.expressions import EVEN, PART_MISSING, STOCK
from baocao.figures.trees import whole_key
from baocao.figures.ways import Piece
from baocao.ledger.rolled import Figure, Place, Rolled
from baocao.model.indicator import Over
from baocao.model.observation import breakdown_of
from baocao.model.period import Period

_DAY = timedelta(days=1)


@dataclass(slots=True)
class Gaps:
    """What the units lack of one period; looked up when a figure is found that does not cover all of it."""

    rolled: Rolled
    period: Period
    day: date | None = None  # in whose units; None for those of the view
    _told: Mapping[tuple[str, str, str], frozenset[Period]] | None = field(default=None, init=False)
    _members: dict[tuple[str, str], list[str]] = field(default_factory=dict, init=False)
    _ways: dict[int, list[tuple[Period, Piece]]] = field(default_factory=dict, init=False)
    _found: dict[tuple[Place, Figure], Mapping[tuple[Period, ...], tuple[str, ...]]] = field(
        default_factory=dict, init=False
    )

    def of(self, place: Place, figure: Figure) -> Mapping[tuple[Period, ...], tuple[str, ...]]:
        """What is missing, and for each the units that lack it, all of them in order."""
        if figure.days >= self.period.days:
            return {}
        key = (place, figure)
        if key not in self._found:
            self._found[key] = self._lacking(place)
        return self._found[key]

    def _lacking(self, place: Place) -> Mapping[tuple[Period, ...], tuple[str, ...]]:
        self._look_up()
        found: dict[tuple[Period, ...], list[str]] = {}
        for unit in self.rolled.counted(place, self.period, self.day):
            missing = {gap for code in self._leaves(place.indicator) for gap in self._unit(place, unit, code)}
            if missing:
                found.setdefault(tuple(sorted(missing)), []).append(unit)
        return {periods: tuple(units) for periods, units in sorted(found.items())}

    def _leaves(self, code: str) -> Iterator[str]:
        for part in self.rolled.leaves(code):
            if part == code:
                yield code
            else:
                yield from self._leaves(part)

    def _look_up(self) -> None:
        if self._told is not None:
            return
        self._told = self.rolled.told_periods(self.period)
        for unit, code, breakdown in self._told:
            self._members.setdefault((unit, code), []).append(breakdown)
        stored = self.rolled.stored
        periods = {number: each for each, number in stored.numbers.items()}
        for piece in stored.pieces(0, self.period, 0):
            self._ways.setdefault(piece.grain, []).append((periods[piece.period], piece))

    def _unit(self, place: Place, unit: str, code: str) -> Iterator[Period]:
        told = self._told or {}
        asked = set(breakdown_of(place.breakdown))
        lines = [place.breakdown] if (unit, code, place.breakdown) in told else self._members.get((unit, code), [])
        over = self.rolled.book.catalogue[code].over_time
        for line in lines:
            if asked <= set(breakdown_of(line)):  # the members that were added up, where the whole was not told
                yield from self._within_life(place, unit, over, self._gaps(over, told[unit, code, line]))

    def _within_life(self, place: Place, unit: str, over: Over, gaps: Iterable[Period]) -> Iterator[Period]:
        """What a unit lacks while it was there; of a stock nothing, where others stand in its place at the end.

        As it was, a unit's own figure stands for nobody before or after it: then all of the period is wanted.
        """
        whole = self.rolled.book.geography.by_key(whole_key(unit))
        if over is not Over.SUM and not self.rolled.stands(unit, self.period):
            return
        if self.rolled.view.as_was and place.unit == unit:
            yield from gaps
            return
        for gap in gaps:
            start = max(gap.start, whole.valid_from or gap.start)
            end = min(gap.end, whole.valid_to or gap.end)
            if start <= end:
                yield Period(start, end)

    def _gaps(self, over: Over, told: frozenset[Period]) -> Iterator[Period]:
        if over is Over.LAST:
            last = max(each.end for each in told)
            return _between([Period(self.period.start, max(last, self.period.start))], self.period)
        if over not in (Over.SUM, Over.MEAN):
            return iter(())
        best, covered = (0, 0), []
        for grain, pieces in self._ways.items():
            if grain <= STOCK or (over is Over.MEAN and grain < EVEN):
                continue
            its = [(each, piece) for each, piece in pieces if each in told]
            days = sum(piece.days for _, piece in its)
            if 0 < days < PART_MISSING and (days, grain) > best:
                best, covered = (days, grain), [each for each, _ in its]
        return _between(covered, self.period) if 0 < best[0] < self.period.days else iter(())


def _between(covered: Iterable[Period], whole: Period) -> Iterator[Period]:
    """The days of a period that others leave open."""
    start = whole.start
    for each in sorted(covered):
        if start < each.start:
            yield Period(start, each.start - _DAY)
        start = max(start, each.end + _DAY)
    if start <= whole.end:
        yield Period(start, whole.end)
