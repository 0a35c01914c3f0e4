"""Rations: lists in one passage that imply the same amount per head, without printing it.

Two lists that divide to one round amount (15 kg a head) tell the ration; a third of the same
nouns that divides to a crooked one is doubtful.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from baocao.grammar.lexing import QUANTITY, Quantum
from baocao.grammar.neighbours import extent, is_plain
from baocao.grammar.numbers import write_number
from baocao.grammar.stretch import Stretch
from baocao.grammar.vocabulary import is_measured
from baocao.model import Figure, Product, Quantity, Strength

_ROUND = 2  # digits of a ration that somebody decided


class Portion(NamedTuple):
    """So many heads and what they got together."""

    heads: Quantum
    total: Quantum

    @property
    def each(self) -> Decimal:
        return self.total.amount / self.heads.amount


def rations(stretch: Stretch) -> list[Product]:
    """The products that a ration implied elsewhere in the passage makes of a count."""
    claims: list[Product] = []
    groups: dict[tuple[str, str], list[Portion]] = defaultdict(list)
    for portion in _portions(stretch):
        groups[portion.heads.dimension, portion.total.dimension].append(portion)
    for group in groups.values():
        if len(group) >= 2:
            claims.extend(_shared(stretch, group))
    return claims


def _portions(stretch: Stretch) -> Iterator[Portion]:
    """Neighbouring figures of one clause, a count of heads and a mass or a sum of money."""
    for first, second in pairwise(stretch.places):
        one, other = stretch.quantum(first), stretch.quantum(second)
        heads, total = (one, other) if other.dimension in _GIVEN else (other, one)
        if stretch.text[total.end : total.end + 2].lstrip().startswith("/"):
            continue  # an amount a head already
        if total.dimension not in _GIVEN or heads.dimension in _GIVEN or not heads.unit:
            continue
        if stretch.clause[first] != stretch.clause[second] or stretch.parent[first] != stretch.parent[second]:
            continue
        if _is_count(heads) and is_plain(total) and total.amount > 0 and _kinds(stretch, first, second) == QUANTITY * 2:
            yield Portion(heads, total)


_GIVEN = frozenset({"mass", "money"})


def _kinds(stretch: Stretch, first: int, second: int) -> str:
    return stretch.kinds[first] + stretch.kinds[second]


def _is_count(quantum: Quantum) -> bool:
    whole = quantum.number.decimals == 0 and quantum.scale == 0 and quantum.value > 1
    return whole and is_plain(quantum) and not is_measured(quantum.dimension)


def _shared(stretch: Stretch, group: list[Portion]) -> Iterator[Product]:
    by_rate: dict[Decimal, list[Portion]] = defaultdict(list)
    for portion in group:
        by_rate[portion.each].append(portion)
    shared = {each for each, portions in by_rate.items() if len(portions) >= 2 and _digits(each) <= _ROUND}
    for each in shared:
        for portion in by_rate[each]:
            yield _claim(stretch, portion, each, Strength.POSSIBLE)
    if len(shared) != 1 or group[0].total.dimension != "mass":
        return
    (ration,) = shared
    for portion in group:
        if portion.each not in shared and _digits(portion.each) > _ROUND:
            yield _claim(stretch, portion, ration, Strength.LIKELY)


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _claim(stretch: Stretch, portion: Portion, each: Decimal, strength: Strength) -> Product:
    """The total follows from the heads and the ration that the other lists imply."""
    heads, stated = stretch.figure(portion.heads), stretch.figure(portion.total)
    unit = "kg" if portion.total.dimension == "mass" else "đồng"
    noun = stretch.text[portion.heads.number_end : portion.heads.end].strip() or portion.heads.unit
    text = f"{write_number(each)} {unit}/{noun}"
    decimals = max(0, -int(each.normalize().as_tuple().exponent))
    ration = Figure(Quantity(each, decimals, unit), heads.span, text)
    at, also = extent(stretch, portion.total, (heads,))
    return Product(at, stated, strength, "ration", also, heads, ration)
