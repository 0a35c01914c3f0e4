"""What re-cast rows come to in the units above; and lineage as plain rows, for a join in a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from baocao.figures.recast_rows import How, Missing, Row, in_order, total
from baocao.model.geography import Geography
from baocao.model.indicator import Indicator, Over
from baocao.model.observation import Address, NoValue
from baocao.model.org_unit import Level, OrgUnit


@dataclass(frozen=True, slots=True)
class Total:
    """A sum in a unit above, with the sources that it lacks; without a value where a ratio cannot be made of two."""

    address: Address
    value: Decimal | None
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class LineageRow:
    """So much of a figure of ``source`` counts in ``target``, a unit of the other day: numerator / denominator.

    A join that sums value × numerator / denominator by target is exact where the denominator is 1, as in all
    rows of the national map; where it is not, only ``recast`` leaves no rest.
    """

    source: str
    target: str
    level: Level  # of the target
    numerator: int
    denominator: int


def totals(
    rows: Iterable[Row], geography: Geography, on: date, indicators: Mapping[str, Indicator], level: Level
) -> tuple[Total, ...]:
    """The additive figures of the units of one level, summed in every unit above them.

    What is left undivided counts in each unit that holds it all, so no total of such a unit loses anything.
    """
    values: dict[Address, list[Decimal]] = {}
    missing: dict[Address, set[Missing]] = {}
    for row in rows:
        if row.level is not level or indicators[row.address.indicator].over_place is not Over.SUM:
            continue
        held, lacking = _left(row, geography, on) if row.how is How.LEFT else _placed(row, geography, on)
        for key in held if row.value is not None else ():
            values.setdefault(replace(row.address, unit=key), []).append(row.value or Decimal(0))
        for key, each in lacking:
            missing.setdefault(replace(row.address, unit=key), set()).add(each)
    return tuple(
        Total(address, total(its), tuple(sorted(missing.get(address, ()), key=lambda each: (each.unit, str(each)))))
        for address, its in sorted(values.items(), key=lambda pair: in_order(pair[0]))
    )


_Lacking = list[tuple[str, Missing]]  # the unit above, and what it lacks


def _placed(row: Row, geography: Geography, on: date) -> tuple[list[str], _Lacking]:
    """Counted in all units above its own; what is undivided is told by the row that was left, not by this one."""
    held = [unit.key for unit in geography.path(row.address.unit, on)[1:]]
    return held, [(key, each) for key in held for each in row.missing if each.mark is not NoValue.NOT_RECAST]


def _left(row: Row, geography: Geography, on: date) -> tuple[list[str], _Lacking]:
    """Counted in the units that hold all its places, missing from those that hold only some of them."""
    held = [unit.key for unit in geography.path(row.held_by, on)] if row.held_by else []
    places = {unit.key for place in row.among for unit in geography.path(place, on)[1:]}
    if row.mark is None:
        each = Missing(row.address.unit, NoValue.NOT_RECAST, row.value)
        return held, [(key, each) for key in sorted(places.difference(held))]
    if row.mark is NoValue.NONE_OCCURRED:
        return held, []
    return held, [(key, Missing(row.address.unit, row.mark)) for key in sorted(places.union(held))]


def lineage_table(geography: Geography, level: Level, on: date) -> tuple[LineageRow, ...]:
    """For every unit of a level that ever was: the units of a day, and those above them, that count its figures."""
    rows = []
    for key, path_shares in _shares(geography, level, on):
        for target, (above, share) in sorted(path_shares.items()):
            rows.append(LineageRow(key, target, above, share.numerator, share.denominator))
    return tuple(rows)


def undivided_table(geography: Geography, level: Level, on: date) -> tuple[tuple[str, str], ...]:
    """Source and each unit of the day in which an undivided part of it may lie: figures to be marked there."""
    return tuple(
        (unit.key, key)
        for unit in sorted((unit for unit in geography.units if unit.level is level), key=lambda unit: unit.key)
        for part in geography.lineage(unit.key, on).undivided
        if not part.is_held
        for key in part.keys
    )


def _shares(geography: Geography, level: Level, on: date) -> Iterable[tuple[str, dict[str, tuple[Level, Fraction]]]]:
    paths: dict[tuple[str, ...], tuple[OrgUnit, ...]] = {}
    for key in sorted(unit.key for unit in geography.units if unit.level is level):
        shares: dict[str, tuple[Level, Fraction]] = {}
        for part in geography.lineage(key, on).parts:
            if part.keys not in paths:
                paths[part.keys] = geography.holders(part.keys, on)
            for holder in paths[part.keys]:
                _, share = shares.get(holder.key, (holder.level, Fraction(0)))
                shares[holder.key] = (holder.level, share + part.share)
        yield key, shares
