"""Whole numbers parted by shares so that every sum among them holds in each part too (controlled rounding).

Exact shares keep every sum but are no whole numbers; rounded one by one they keep none. So one number after another
is moved to a whole one, and what makes a sum with it moves along, not beyond the whole numbers next to its own exact
share (L. H. Cox, "A constructive procedure for unbiased controlled rounding", JASA 82, 1987).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from fractions import Fraction
from math import gcd
from typing import Final

from baocao.figures.recast_rows import Shares

_MOST_MOVES: Final = 1_000
_TABU: Final = 7  # moves for which one that was made is left alone

Sum = Mapping[int, int]  # by the place of a number: how often it counts; all of it together makes nought


def apportioned(
    values: Sequence[int], sums: Sequence[Sum], shares: Shares, rests: Container[int] = ()
) -> list[list[int]]:
    """For each share its part of every value: the parts of a value make it, and each sum holds in each part.

    ``sums`` hold of the values. A part is one of the two whole numbers next to its exact share as far as the sums
    allow, and lies between nought and its value. Greater values come nearest to theirs; ``rests``, the places of
    values that nobody will see, give way to all others. A sum in which no value counts just once may not hold.
    """
    rest, whole = list(values), shares.whole
    found = []
    for weight in shares.weights[:-1]:
        part = _part(rest, sums, Fraction(weight, whole), rests) if weight else [0] * len(rest)
        found.append(part)
        rest = [value - its for value, its in zip(rest, part, strict=True)]
        whole -= weight
    return [*found, rest]


def _part(values: Sequence[int], sums: Sequence[Sum], share: Fraction, rests: Container[int]) -> list[int]:
    """One share of all values."""
    part = _Parting(values, sums, share, rests).part()
    if not all(0 <= its <= value or value <= its <= 0 for its, value in zip(part, values, strict=True)):
        _bring_back(part, values, _Parting(values, sums, share, rests))
    return part


def _outside(its: int, value: int) -> int:
    """How far a part lies outside of its value: a part of 3 is from 0 to 3."""
    return max(min(value, 0) - its, its - max(value, 0), 0)


def _bring_back(part: list[int], values: Sequence[int], free: _Parting) -> None:
    """Move parts that lie outside of their values back into them, with what makes sums with them.

    A move that was made is not undone for a while, so that the search leaves places where no single move is good.
    """
    moved: dict[int, int] = {}
    for turn in range(_MOST_MOVES):
        beyond = [place for place, value in enumerate(values) if _outside(part[place], value)]
        if not beyond:
            return
        worst = beyond[turn % len(beyond)]
        sign = 1 if part[worst] < 0 else -1
        ways = (
            {worst: sign}
            if worst in free.users
            else {place: sign if times > 0 else -sign for place, times in free.rows.get(worst, {}).items()}
        )
        costs = [
            (_cost(part, values, free, place, step), moved.get(place, 0), place)
            for place, step in ways.items()
            if moved.get(place, -_TABU) + _TABU <= turn
        ]
        if costs:
            place = min(costs)[2]
            moved[place] = turn
            part[place] += ways[place]
            for user in free.users[place]:
                part[user] += ways[place] * free.rows[user][place]


def _cost(part: list[int], values: Sequence[int], free: _Parting, place: int, step: int) -> int:
    """By how much more parts lie outside of their values after a move."""
    steps = {place: step, **{user: step * free.rows[user][place] for user in free.users[place]}}
    return sum(_outside(part[of] + its, values[of]) - _outside(part[of], values[of]) for of, its in steps.items())


class _Parting:
    """One share taken of all values. ``exact`` counts in parts of which ``whole`` make one.

    ``rows`` say of each value that a sum determines how it moves with those that are free; ``users`` are, of each
    free one, the values that move with it.
    """

    def __init__(self, values: Sequence[int], sums: Iterable[Sum], share: Fraction, rests: Container[int]) -> None:
        self.whole = share.denominator
        self.exact = [value * share.numerator for value in values]
        self.rests = rests
        self.rows: dict[int, dict[int, int]] = {}
        self.users: dict[int, set[int]] = {place: set() for place, of in enumerate(self.exact) if of}
        for each in sums:
            self._solve(each)

    def part(self) -> list[int]:
        """The whole numbers."""
        for place in sorted(self.users, key=lambda place: (-abs(self.exact[place]), place)):
            self._settle(place)
        return [exact // self.whole for exact in self.exact]

    def _solve(self, sums: Sum) -> None:
        """Let a sum determine one of its values: the least that counts once. A sum in which none does is not kept."""
        form: dict[int, int] = {}
        for place, times in sums.items():
            if place in self.rows:
                _add(form, self.rows[place], times)
            elif place in self.users:
                _add(form, {place: 1}, times)
        common = gcd(*form.values())
        if common > 1:
            form = {place: times // common for place, times in form.items()}
        single = [place for place, times in form.items() if abs(times) == 1]
        if single:
            self._determine(min(single, key=self._weight), form)

    def _weight(self, place: int) -> tuple[bool, int, int]:
        """How little it matters that a value is determined by others."""
        return place not in self.rests, abs(self.exact[place]), -place

    def _determine(self, place: int, form: dict[int, int]) -> None:
        """From ``form`` being nought follows how the value at ``place``, free until now, moves with the others."""
        sign = -form.pop(place)
        row = {other: times * sign for other, times in form.items()}
        users = self.users.pop(place)
        self.rows[place] = row
        for other in row:
            self.users[other].add(place)
        for user in users:
            its = self.rows[user]
            by = its.pop(place)
            for other, times in row.items():
                found = its.get(other, 0) + times * by
                if found:
                    its[other] = found
                    self.users[other].add(user)
                else:
                    del its[other]
                    self.users[other].discard(user)

    def _settle(self, place: int) -> None:
        """Move a free value to a whole number, or as far as one of those that move with it becomes whole.

        That one then stays, and determines this value by the others that are still free.
        """
        if place not in self.users:
            return
        over = self.exact[place] % self.whole
        ways = (self.whole - over, -over) if 2 * over >= self.whole else (-over, self.whole - over)
        far = [(user, times) for user in self.users[place] if abs(times := self.rows[user][place]) > 1]
        step = min(ways, key=lambda way: self._beyond(far, way)) if far else ways[0]
        stopping, room = self._first_to_stop(place, step)
        step = room if step > 0 else -room
        self.exact[place] += step
        for user in self.users[place]:
            self.exact[user] += step * self.rows[user][place]
        if stopping is None:
            self._fix(place)
        else:
            form = self.rows.pop(stopping)
            for other in form:
                self.users[other].discard(stopping)
            self._determine(place, form)

    def _beyond(self, far: Sequence[tuple[int, int]], step: int) -> int:
        """How many values that cannot stop a step, as they move further than it, would go beyond a whole number."""
        return sum(not 0 <= self.exact[user] % self.whole + times * step <= self.whole for user, times in far)

    def _first_to_stop(self, place: int, step: int) -> tuple[int | None, int]:
        """Which value becomes whole first when one moves, and how far that is; none when it can move all the way."""
        stopping, room = None, abs(step)
        for user in sorted(self.users[place]):
            times = self.rows[user][place]
            over = self.exact[user] % self.whole
            if abs(times) == 1:
                left = (self.whole - over) % self.whole if (step > 0) == (times > 0) else over
                if left < room:
                    stopping, room = user, left
        return stopping, room

    def _fix(self, place: int) -> None:
        for user in self.users.pop(place):
            del self.rows[user][place]


def _add(form: dict[int, int], other: Mapping[int, int], times: int) -> None:
    """Add a linear form to another one; what comes to nought goes."""
    for place, its in other.items():
        found = form.get(place, 0) + its * times
        if found:
            form[place] = found
        else:
            form.pop(place, None)
