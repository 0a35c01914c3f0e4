"""The figures of a divided unit in the parts that went to its heirs: nothing is lost, and all their sums still hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Final

from baocao.figures.recast_identities import Identities
from baocao.figures.recast_rounding import apportioned
from baocao.figures.recast_rows import EXACT, Shares, apportion
from baocao.figures.recast_sums import Cell, Sum, Told
from baocao.model.indicator import Indicator

_NONE: Final = Identities()


def parted(
    told: Mapping[Cell, Decimal], shares: Shares, indicator: Callable[[str], Indicator], identities: Identities = _NONE
) -> dict[Cell, list[Decimal]]:
    """For each additive figure of one unit its parts, in the order of the shares. ``told`` is all that it told of them.

    The parts of a figure make it, at the last decimal that figures of its family were told with. Whatever sums the
    figures made, their parts make; a part is next to its exact share as far as the sums allow.
    """
    if len(shares.weights) == 1:
        return {cell: [amount] for cell, amount in told.items()}
    cells = sorted(told, key=lambda cell: (cell.indicator, cell.breakdown, cell.period))
    finest = _finest(told)
    places = max(finest.values(), default=0)
    family = Told.of({cell: _whole(told[cell], places) for cell in cells}, indicator)
    sums = list(family.sums(identities))
    found: dict[Cell, list[Decimal]] = {}
    alone = set(range(len(cells)))
    for members, its in _families(len(family.values), sums):
        of = [cells[place] for place in members if place < len(cells)]
        own = max(finest[cell.indicator] for cell in of)
        step = 10 ** (places - own)
        at = {place: number for number, place in enumerate(members)}
        parts = apportioned(
            [family.values[place] // step for place in members],
            [{at[place]: times for place, times in one.items()} for one in its],
            shares,
            {at[place] for place in members if place in family.rests},
        )
        found |= {
            cell: [Decimal(part[at[place]]).scaleb(-own, EXACT) for part in parts]
            for place, cell in zip(members, of, strict=False)
        }
        alone.difference_update(members)
    for place in alone:
        cell = cells[place]
        found[cell] = apportion(told[cell].quantize(Decimal(1).scaleb(-finest[cell.indicator]), context=EXACT), shares)
    return found


def _finest(told: Mapping[Cell, Decimal]) -> dict[str, int]:
    """With how many decimals the figures of each indicator were told at most."""
    found: dict[str, int] = {}
    for cell, amount in told.items():
        exponent = amount.as_tuple().exponent
        if not isinstance(exponent, int):
            raise ValueError(f"{amount} is no figure")
        found[cell.indicator] = max(found.get(cell.indicator, 0), -exponent)
    return found


def _whole(amount: Decimal, places: int) -> int:
    return int(amount.scaleb(places, EXACT))


def _families(count: int, sums: Iterable[Sum]) -> list[tuple[list[int], list[Sum]]]:
    """The places of the figures that sums bind to each other, in order, with those sums."""
    above = list(range(count))

    def first(place: int) -> int:
        while above[place] != place:
            above[place] = place = above[above[place]]
        return place

    listed = list(sums)
    for one in listed:
        into, *others = sorted(first(place) for place in one)
        for other in others:
            above[first(other)] = first(into)
    found: dict[int, tuple[list[int], list[Sum]]] = {}
    for one in listed:
        found.setdefault(first(next(iter(one))), ([], []))[1].append(one)
    for place in range(count):
        if first(place) in found:
            found[first(place)][0].append(place)
    return [found[key] for key in sorted(found)]
