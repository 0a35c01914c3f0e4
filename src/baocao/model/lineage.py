"""Where the extent of a unit lies on another day, through any chain of changes.

What is known is carried as parts: so much of a unit's figures lies within these units. A part with one
unit is exact. A part with several is undivided: no decision says how much of it lies in which. When the
several become one again, the part is exact again, which no rule of thumb about shares could give.

Forward, a share is what the change says. Backward, a unit that was made of one unit only gives all its
figures to that one; a unit made of several is undivided among them, for the share that a change states is
that of the source and says nothing about how the later figure is spread.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from baocao.model.org_unit import Flow, Level, OrgUnit

WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Part:
    """The ``share`` of a unit's figures that lies within ``keys``, sorted.

    ``is_held`` where no unit inherits: the extent then lies somewhere within the units above.
    """

    keys: tuple[str, ...]
    share: Fraction
    is_held: bool = False

    @property
    def is_exact(self) -> bool:
        return len(self.keys) == 1 and not self.is_held


@dataclass(frozen=True, slots=True)
class Lineage:
    """What became of one unit on another day; the shares of its parts make 1."""

    parts: tuple[Part, ...]

    @property
    def known(self) -> tuple[tuple[str, Fraction], ...]:
        """The units that hold a known share."""
        return tuple((part.keys[0], part.share) for part in self.parts if part.is_exact)

    @property
    def undivided(self) -> tuple[Part, ...]:
        """The parts of which no share is known for any one unit."""
        return tuple(part for part in self.parts if not part.is_exact)

    @property
    def keys(self) -> tuple[str, ...]:
        """All units that the extent, or a part of it, may lie in."""
        return tuple(sorted({key for part in self.parts for key in part.keys}))

    @property
    def whole(self) -> str:
        """The one unit that holds everything, or nothing said."""
        return self.parts[0].keys[0] if len(self.parts) == 1 and self.parts[0].is_exact else ""


_Place = tuple[tuple[str, ...], bool]  # the keys of a part, and whether they only hold it
_Steps = list[tuple[str, Fraction | None]]  # the next units, with the share where it is known


@dataclass(frozen=True, slots=True)
class Walk:
    """The ways from unit to unit: ``heirs`` by source, ``sources`` by target, ``children`` by parent."""

    units: Mapping[str, OrgUnit]
    heirs: Mapping[str, list[Flow]]
    sources: Mapping[str, list[Flow]]
    children: Mapping[str, list[str]]

    def to(self, key: str, on: date) -> Lineage:
        """Where the figures of a unit lie on a day."""
        unit = self.units[key]
        if unit.holds_on(on):
            return Lineage((Part((key,), WHOLE),))
        forward = unit.valid_to is not None and unit.valid_to < on
        waiting: dict[_Place, Fraction] = {((key,), False): WHOLE}
        done: dict[_Place, Fraction] = {}
        while waiting:
            (keys, held), share = waiting.popitem()
            if all(self.units[each].holds_on(on) for each in keys):
                done[keys, held] = done.get((keys, held), Fraction(0)) + share
                continue
            for place, part in self._onward(keys, held, on, forward):
                waiting[place] = waiting.get(place, Fraction(0)) + part * share
        return Lineage(tuple(Part(keys, share, held) for (keys, held), share in sorted(done.items())))

    def _onward(self, keys: tuple[str, ...], held: bool, on: date, forward: bool) -> Iterable[tuple[_Place, Fraction]]:
        """One step nearer to the day, as places with what share of this part goes there."""
        if len(keys) == 1:
            steps, is_held = self._steps(keys[0], forward)
            held = held or is_held
            known = [(key, share) for key, share in steps if share is not None]
            for key, share in known:
                yield ((key,), held), share
            if open_ends := tuple(sorted(key for key, share in steps if share is None)):
                yield (open_ends, held), WHOLE - sum(share for _, share in known)
            if not steps:
                yield ((), held), WHOLE
            return
        ends: set[str] = set()
        for key in keys:
            if self.units[key].holds_on(on):
                ends.add(key)
                continue
            steps, is_held = self._steps(key, forward)
            held = held or is_held
            ends.update(end for end, _ in steps)
        yield (tuple(sorted(ends)), held), WHOLE

    def _steps(self, key: str, forward: bool) -> tuple[_Steps, bool]:
        """The next units, and whether they only hold the extent and do not inherit it."""
        if forward and key in self.heirs:
            return [(flow.target, flow.share) for flow in self.heirs[key]], False
        if ends := self._ends(key, forward) or self._through_children(key, forward):
            return _evenly(ends), False
        return _evenly(self._above(key, forward)), True

    def _ends(self, key: str, forward: bool) -> list[str]:
        if forward:
            return [flow.target for flow in self.heirs.get(key, ())]
        return [flow.source for flow in self.sources.get(key, ())]

    def _through_children(self, key: str, forward: bool) -> set[str]:
        """An abolished district lies where its communes lie; offices are no part of an extent."""
        unit = self.units[key]
        ends: set[str] = set()
        for name in self.children.get(key, ()):
            child = self.units[name]
            edge = child.valid_to == unit.valid_to if forward else child.valid_from == unit.valid_from
            if edge and child.level is not Level.DEPARTMENT:
                ends.update(self._ends(name, forward) or self._through_children(name, forward))
        return ends

    def _above(self, key: str, forward: bool) -> list[str]:
        """The unit above that lives on beyond the edge of this one's life, or what it passes into there."""
        unit = self.units[key]
        above = unit.parent
        while above is not None:
            over = self.units[above]
            lives_on = over.valid_to != unit.valid_to if forward else over.valid_from != unit.valid_from
            if lives_on:
                return [above]
            if ends := self._ends(above, forward):
                return ends
            above = over.parent
        return []


def _evenly(ends: Iterable[str]) -> _Steps:
    """One end takes everything; of several, none has a known share."""
    names = sorted(set(ends))
    return [(name, WHOLE if len(names) == 1 else None) for name in names]
