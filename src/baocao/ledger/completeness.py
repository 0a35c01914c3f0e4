"""Whether all units that ought to stand behind a total do: else it is set against nothing.

A figure computed by a formula is as complete as the least complete of what it is made of, earlier periods included.
A unit that began within the period, after others that told of its days before, lacks days of a sum and no unit.
"""

from __future__ import annotations

from datetime import date

from baocao.figures.compare import Completeness
from baocao.figures.formula_tree import names
from baocao.figures.trees import whole_key
from baocao.ledger.rolled import Place, Rolled, meant
from baocao.ledger.rolled_sums import adds_over_time
from baocao.model.period import Period


def lacks_units(rolled: Rolled, place: Place, period: Period, on: date | None = None) -> bool:
    """Whether units are missing from a figure that is made of those below; not of one that there is none of."""
    listed = rolled.book.catalogue
    formula = listed.definition(place.indicator) if listed[place.indicator].formula else None
    if formula is None:
        found = rolled.sums(period, on).computed.get(place)
        is_short = found is not None and found.reporting < found.expected
        return is_short and not _are_heirs_alone(rolled, place, period, on or rolled.view.day(period))
    day = on or rolled.view.day(period)
    parts = dict.fromkeys((name.code, meant(name.when, period)) for name in names(formula))
    return any(lacks_units(rolled, place._replace(indicator=code), when, day) for code, when in parts)


def _are_heirs_alone(rolled: Rolled, place: Place, period: Period, day: date) -> bool:
    """Whether all that tell nothing began within the period and took over from units that told of it."""
    if not adds_over_time(rolled.book, place.indicator):
        return False
    told, leaves, geography = rolled.reporting(period), rolled.leaves(place.indicator), rolled.book.geography

    def has_told(unit: str) -> bool:
        return all(place._replace(unit=unit, indicator=code) in told for code in leaves)

    for unit in rolled.counted(place, period, day):
        if has_told(unit):
            continue
        key = whole_key(unit)
        begun = geography.by_key(key).valid_from
        if begun is None or begun <= period.start:
            return False
        if not any(has_told(source) for source in geography.lineage(key, period.start).keys):
            return False
    return True


def short_of(rolled: Rolled, place: Place, period: Period, on: date | None = None) -> Completeness | None:
    """How many of its units stand behind a figure that lacks some, and who they are; None where none are missing."""
    if not lacks_units(rolled, place, period, on):
        return None
    figure = rolled.figure(place, period, on)
    if figure is None:
        return None
    missing = tuple(rolled.book.name_of(key) for key in rolled.missing(place, period))
    return Completeness(figure.reporting, figure.expected, missing)
