"""Ratios that nobody told, from what was re-cast of their numerator and their denominator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from baocao.figures.recast_rows import How, Missing, Row, in_order, quotient
from baocao.model.indicator import Indicator
from baocao.model.observation import Address, NoValue
from baocao.model.org_unit import Level


def untold(rows: Sequence[Row], indicators: Mapping[str, Indicator], codes: Iterable[str]) -> tuple[Row, ...]:
    """The ratios ``codes`` of all units that have figures to compute them from, where no row tells them already.

    One whose parts are not known in full has no value, and is missing what they miss.
    """
    placed = {(row.address, row.level): row for row in rows if row.how is not How.LEFT}
    found = [row for code in codes for row in _of(indicators[code], placed)]
    return tuple(sorted(found, key=lambda row: (in_order(row.address), row.level.value)))


def _of(indicator: Indicator, placed: Mapping[tuple[Address, Level], Row]) -> Iterator[Row]:
    parts = (indicator.numerator, indicator.denominator)
    if not indicator.numerator:
        return
    places = dict.fromkeys(
        (replace(address, indicator=indicator.code), level) for address, level in placed if address.indicator in parts
    )
    for address, level in places:
        if (address, level) not in placed:
            above, below = (placed.get((replace(address, indicator=code), level)) for code in parts)
            yield _ratio(address, level, indicator, above, below)


def _ratio(address: Address, level: Level, indicator: Indicator, above: Row | None, below: Row | None) -> Row:
    is_known = above is not None and below is not None and above.is_complete and below.is_complete
    if is_known and above and below and above.value is not None and below.value:
        return Row(address, level, How.RECOMPUTED, quotient(above.value, below.value, indicator.per), None, ())
    missing = {each for row in (above, below) if row for each in row.missing}
    if above is None or below is None:
        missing.add(Missing(address.unit, NoValue.NOT_AVAILABLE))
    ordered = tuple(sorted(missing, key=lambda each: (each.unit, each.mark.value, each.value or 0)))
    return Row(address, level, How.NOT_RECAST, None, NoValue.NOT_AVAILABLE, (), ordered)
