"""The identities of the catalogue that are sums and differences: how often each figure counts in them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from baocao.figures.formula_tree import (
    Binary,
    Choice,
    Name,
    Negative,
    Number,
    Relation,
    Several,
    When,
    fold,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from baocao.figures.catalogue import Catalogue

_KEPT: Final = 8  # catalogues
_BOUNDS: Final = {"=": 0, "≥": 1, "≤": -1}

Times = dict[Name, int]


class Identity(NamedTuple):
    """``times`` say how often each figure counts: together they make nought, or with ``is_bound`` nought or more."""

    times: Times
    is_bound: bool

    @property
    def codes(self) -> tuple[str, ...]:
        """The indicators that are in it, each once."""
        return tuple(dict.fromkeys(name.code for name in self.times))

    @property
    def now(self) -> tuple[str, ...]:
        """Those whose figure of the period itself is in it."""
        return tuple(name.code for name in self.times if name.when is When.NOW)

    @property
    def totals(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The totals of the period, each with the parts that make it; none where something else is said."""
        if self.is_bound or len(self.now) < len(self.times):
            return ()
        sides = [[name.code for name, times in self.times.items() if (times > 0) is side] for side in (True, False)]
        return tuple(
            (one[0], tuple(other)) for one, other in (sides, reversed(sides)) if len(one) == 1 and len(other) > 1
        )


class Identities:
    """Identities, and which indicators belong together by them."""

    def __init__(self, identities: Iterable[Identity] = ()) -> None:
        self._of: dict[str, list[Identity]] = {}
        for each in identities:
            for code in each.codes:
                self._of.setdefault(code, []).append(each)

    def of(self, codes: Iterable[str]) -> tuple[Identity, ...]:
        """The identities in which one of these indicators is, each once."""
        found = {id(each): each for code in codes for each in self._of.get(code, ())}
        return tuple(found.values())

    def kin(self, codes: Iterable[str]) -> tuple[str, ...]:
        """These indicators and all that are bound to them, by one identity or by several."""
        found = dict.fromkeys(codes)
        waiting = list(found)
        while waiting:
            for each in self._of.get(waiting.pop(), ()):
                new = [code for code in each.codes if code not in found]
                found |= dict.fromkeys(new)
                waiting += new
        return tuple(found)


@lru_cache(_KEPT)
def identities_of(catalogue: Catalogue) -> Identities:
    """Those of a catalogue. Raises ``NotAFormula`` for one that cannot be read."""
    relations = (relation for one in catalogue.indicators for relation in catalogue.identities(one.code))
    return Identities(found for relation in relations if (found := _identity(relation)) is not None)


def _identity(relation: Relation) -> Identity | None:
    """A relation as an identity; None of one that multiplies, rounds or compares in another way."""
    bound = _BOUNDS.get(relation.comparison)
    left, right = fold(relation.left, _Linear()), fold(relation.right, _Linear())
    if bound is None or left is None or right is None:
        return None
    times = _joined(left, right, -1)
    if bound < 0:
        times = {name: -its for name, its in times.items()}
    return Identity(times, bool(bound)) if times else None


class _Linear:
    """The algebra of sums and differences; None of what is neither."""

    def number(self, node: Number) -> Times | None:
        return None if node.value else {}

    def name(self, node: Name) -> Times | None:
        return {node: 1}

    def negative(self, node: Negative, of: Times | None) -> Times | None:
        return None if of is None else _joined({}, of, -1)

    def binary(self, node: Binary, left: Times | None, right: Times | None) -> Times | None:
        if node.sign not in "+-" or left is None or right is None:
            return None
        return _joined(left, right, 1 if node.sign == "+" else -1)

    def several(self, node: Several, of: tuple[Times | None, ...]) -> Times | None:
        found: Times | None = {}
        for part in of:
            found = None if found is None or part is None else _joined(found, part, 1)
        return found if node.choice is Choice.SUM else None


def _joined(left: Times, right: Times, times: int) -> Times:
    found = dict(left)
    for name, its in right.items():
        found[name] = found.get(name, 0) + times * its
    return {name: its for name, its in found.items() if its}
