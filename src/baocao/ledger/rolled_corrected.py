"""A period's sums corrected by what single units told anew, where what was told before is known.

The result is what would be added up from all units. Where it cannot be had this way, nothing is said and the caller
adds up: for averages over units, for figures of departments, and for ratios that somebody tells as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from baocao.figures.expressions import Adds
from baocao.ledger.rolled_sums import Figure, Place, Sums, ratio_of
from baocao.ledger.rolled_told import Change, Tellings
from baocao.model.period import Period

if TYPE_CHECKING:
    from baocao.ledger.rolled_live import LiveRolled

_NOTHING: Final = Figure(Decimal(0), 0, 0, 1_000_000)  # before the first unit told a figure: no days are fewer


class At(NamedTuple):
    """Which sums: of a period, in the units of a day."""

    period: Period
    day: date


def corrected(rolled: LiveRolled, sums: Sums, at: At, told: Tellings, changes: Iterable[Change]) -> Sums | None:
    """The sums as they are now; None where they must be added up. ``told`` holds the changes already."""
    above, below = rolled.above(at.period, at.day), rolled.below(at.period, at.day)
    computed = dict(sums.computed)
    touched: set[Place] = set()
    for change in changes:
        if rolled.is_told_alone(change.place):
            return None
        indicator = rolled.book.catalogue[change.place.indicator]
        if indicator.numerator:
            continue  # the quotient of its parts, which are told beside it
        way = Adds.of(indicator.over_place)
        for unit in above.get(change.place.unit, ()):
            if unit != change.place.unit and way is Adds.NONE:
                continue
            if way is Adds.MEAN:
                return None
            place = change.place._replace(unit=unit)
            _put(computed, place, change, told, below)
            touched.add(place)
    _renew_ratios(rolled, computed, touched)
    return Sums(computed, sums.stated)


def _put(
    computed: dict[Place, Figure],
    place: Place,
    change: Change,
    told: Tellings,
    below: Mapping[str, tuple[str, ...]],
) -> None:
    """One figure with a unit's new amount in place of the one before."""
    was, now = change.before, change.now
    figure = computed.get(place) or _NOTHING._replace(expected=len(below[place.unit]))
    reporting = figure.reporting + (now is not None) - (was is not None)
    if not reporting:
        computed.pop(place, None)
        return
    value, added, days = figure.value, figure.added, figure.days
    if was is not None:
        value, added = value - was.amount, added - was.is_added
    if now is not None:
        value, added, days = value + now.amount, added + now.is_added, min(days, now.days)
    if was is not None and was.days == figure.days and (now is None or now.days > was.days):
        # it may have been the least
        days = told.least_days(place, below[place.unit])
    computed[place] = figure._replace(value=value, reporting=reporting, days=days, added=added)


def _renew_ratios(rolled: LiveRolled, computed: dict[Place, Figure], touched: Iterable[Place]) -> None:
    """The ratios of which a part has changed."""
    ratios = rolled.ratios_of
    for place in touched:
        for code in ratios.get(place.indicator, ()):
            ratio = place._replace(indicator=code)
            found = ratio_of(rolled.book, ratio, computed)
            if found is None:
                computed.pop(ratio, None)
            else:
                computed[ratio] = found
