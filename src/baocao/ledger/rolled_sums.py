"""The lines of the engine's answers as figures: computed and stated apart, flows and stocks each of their own units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from baocao.figures.asking import Row
from baocao.figures.recast_rows import quotient
from baocao.ledger.book import Book
from baocao.model.indicator import Over

PLACES: Final = 4  # decimals of quotients, as the engine has them


class Place(NamedTuple):
    """What a figure is of, at one period."""

    unit: str
    indicator: str
    breakdown: str = ""


class Figure(NamedTuple):
    """A computed figure: ``reporting`` of ``expected`` units stand behind it, the least covering ``days``.

    For so many of the units as ``added`` says the members of a breakdown were added up.
    """

    value: Decimal
    reporting: int
    expected: int
    days: int
    added: int = 0


@dataclass(frozen=True, slots=True)
class Sums:
    """All figures of one period: computed ones, and what units state of themselves."""

    computed: Mapping[Place, Figure]
    stated: Mapping[Place, Decimal]


def parted(rows: Iterable[Row], book: Book) -> Sums:
    """Computed and stated figures apart; a ratio is the quotient of its rolled-up parts, or what was told of it."""
    computed: dict[Place, Figure] = {}
    stated: dict[Place, Decimal] = {}
    told: dict[Place, list[Row]] = {}
    for row in rows:
        place = Place(row.unit, row.indicator, row.breakdown)
        if row.amount is None:
            continue
        if row.is_stated:
            stated[place] = row.amount
        elif book.catalogue[row.indicator].numerator:
            told.setdefault(place, []).append(row)
        else:
            computed[place] = Figure(row.amount, row.reporting, row.expected, row.days, row.added)
    for place, its in told.items():
        ratio = ratio_of(book, place, computed)
        if ratio is not None:
            computed[place] = ratio
        own = [row.amount for row in its if row.amount is not None and (ratio is None or row.amount != ratio.value)]
        if own:  # one at most: the engine's quotient of the parts is the ratio, so the other is what was told
            stated[place] = own[0]
    return Sums(computed, stated)


def across(every: Sums, standing: Sums, book: Book) -> Sums:
    """The figures of a period in which units gave way to others.

    What adds over time is made of what all of them told (``every``). A stock, or what does not add, is that of the
    units that stand at the period's end (``standing``): those before them held the same animals and people.
    """
    computed = {place: figure for place, figure in every.computed.items() if adds_over_time(book, place.indicator)}
    for place, figure in standing.computed.items():
        indicator = book.catalogue[place.indicator]
        if not indicator.is_derived and not adds_over_time(book, indicator.code):
            computed[place] = figure
    for place in (*every.computed, *standing.computed):
        if book.catalogue[place.indicator].numerator:
            ratio = ratio_of(book, place, computed)
            if ratio is not None:
                computed[place] = ratio
    return Sums(computed, {**every.stated, **standing.stated})


def adds_over_time(book: Book, code: str) -> bool:
    """Whether an indicator is a flow, of which the parts of a period make the whole."""
    return book.catalogue[code].over_time is Over.SUM


def ratio_of(book: Book, place: Place, computed: Mapping[Place, Figure]) -> Figure | None:
    """A ratio as the quotient of its parts; None where one of them is not there or it divides by zero."""
    indicator = book.catalogue[place.indicator]
    above = computed.get(place._replace(indicator=indicator.numerator))
    below = computed.get(place._replace(indicator=indicator.denominator))
    if above is None or below is None or not below.value:
        return None
    value = quotient(above.value, below.value, indicator.per, PLACES)
    weaker = min(above, below, key=lambda figure: figure.reporting - figure.expected)
    days = min(above.days, below.days)
    return Figure(value, weaker.reporting, weaker.expected, days, max(above.added, below.added))
