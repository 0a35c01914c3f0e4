"""What units told of themselves in one period: kept as the engine's lines, made figures when they are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from baocao.figures.asking import Codes
from baocao.figures.engine import Keys, Line
from baocao.ledger.rolled_sums import Place


class Told(NamedTuple):
    """What is known of a figure that one unit told: how many days it covers, and whether members were added up."""

    days: int
    is_added: bool
    amount: Decimal


class Change(NamedTuple):
    """What one unit tells of a figure now, and what it told before; None where it told nothing."""

    place: Place
    before: Told | None
    now: Told | None


class Tellings(Mapping[Place, Told]):
    """The figures of units by their places. Most are only asked whether they are there: ten thousands of a province."""

    def __init__(self, lines: dict[Keys, Line], codes: Codes) -> None:
        self._lines = lines
        self._codes = codes
        self._numbers = tuple(codes.numbers(kind) for kind in ("unit", "indicator", "breakdown"))

    def __getitem__(self, place: Place) -> Told:
        told = _told(self._lines.get(self._keys(place)))
        if told is None:
            raise KeyError(place)
        return told

    def __contains__(self, place: object) -> bool:
        return isinstance(place, Place) and self._keys(place) in self._lines

    def __iter__(self) -> Iterator[Place]:
        units, indicators, breakdowns = (self._codes.texts(kind) for kind in ("unit", "indicator", "breakdown"))
        for unit, indicator, breakdown in self._lines:
            yield Place(units[unit], indicators[indicator], breakdowns[breakdown])

    def replace(self, told_by: Iterable[str], lines: Mapping[Keys, Line]) -> list[Change]:
        """Put lines in place of all that some units told; what has changed by it."""
        numbers = {self._numbers[0].get(unit, 0) for unit in told_by}
        before = {keys: line for keys, line in self._lines.items() if keys[0] in numbers}
        now = {keys: line for keys, line in lines.items() if keys[0] in numbers}
        for keys in before:
            del self._lines[keys]
        self._lines.update(now)
        units, indicators, breakdowns = (self._codes.texts(kind) for kind in ("unit", "indicator", "breakdown"))
        return [
            Change(
                Place(units[keys[0]], indicators[keys[1]], breakdowns[keys[2]]),
                _told(before.get(keys)),
                _told(now.get(keys)),
            )
            for keys in {**before, **now}
            if before.get(keys) != now.get(keys)
        ]

    def least_days(self, place: Place, told_by: Iterable[str]) -> int:
        """The fewest days that a figure of one of these units covers. Raises ``ValueError`` where none told any."""
        _, indicator, breakdown = self._keys(place)
        numbers = self._numbers[0]
        found = (self._lines.get((numbers.get(unit, 0), indicator, breakdown)) for unit in told_by)
        return min(line[0] for line in found if line)

    def __len__(self) -> int:
        return len(self._lines)

    def _keys(self, place: Place) -> Keys:
        units, indicators, breakdowns = self._numbers
        return units.get(place.unit, 0), indicators.get(place.indicator, 0), breakdowns.get(place.breakdown, -1)


def _told(line: Line | None) -> Told | None:
    return None if line is None else Told(line[0], bool(line[1]), Decimal(line[2]))
