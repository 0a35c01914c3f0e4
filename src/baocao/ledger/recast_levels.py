"""What re-cast figures come to in the units above, with all that each sum lacks; ratios are recomputed from sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date

from baocao.figures.recast_rows import Missing, Row, in_order, quotient
from baocao.figures.recast_totals import Total, totals
from baocao.ledger.book import Book
from baocao.model.indicator import Indicator
from baocao.model.observation import Address, NoValue
from baocao.model.org_unit import Level


def totals_of(
    book: Book, rows: Sequence[Row], day: date | None, level: Level, base: Level, codes: Iterable[str]
) -> tuple[Total, ...]:
    """The totals of the units of one level, on a day or (None) on the last of each period, ordered by address.

    ``codes`` are what is wanted: sums, and ratios of two of them.
    """
    wanted = tuple(codes)
    found: list[Total] = []
    for on in [day] if day else sorted({row.address.period.end for row in rows}):
        sums = _sums(book, [row for row in rows if day or row.address.period.end == on], on, level, base)
        found += (each for address, each in sums.items() if address.indicator in wanted)
        found += _ratios(book, sums, wanted)
    return tuple(sorted(found, key=lambda each: in_order(each.address)))


def _sums(book: Book, rows: Sequence[Row], on: date, level: Level, base: Level) -> dict[Address, Total]:
    known: dict[Address, set[str]] = {}  # by the address without its unit: which units have or may have a part
    for row in rows:
        known.setdefault(replace(row.address, unit=""), set()).update((row.address.unit, *row.among))
    return {
        each.address: _with_silent(book, each, known[replace(each.address, unit="")], on, base)
        for each in totals(rows, book.geography, on, book.indicators, base)
        if book.geography.by_key(each.address.unit).level is level
    }


def _with_silent(book: Book, each: Total, known: AbstractSet[str], on: date, base: Level) -> Total:
    """With the units that told nothing at all, not even why."""
    below = (unit.key for unit in book.geography.descendants(each.address.unit, base, on))
    silent = tuple(Missing(key, NoValue.NOT_AVAILABLE) for key in sorted(below) if key not in known)
    return replace(each, missing=(*each.missing, *silent))


def _ratios(book: Book, sums: Mapping[Address, Total], codes: Iterable[str]) -> Iterator[Total]:
    for code in codes:
        indicator = book.indicators[code]
        for address, above in sums.items() if indicator.numerator else ():
            below = sums.get(replace(address, indicator=indicator.denominator))
            if address.indicator == indicator.numerator and below is not None:
                yield _ratio(replace(address, indicator=code), indicator, above, below)


def _ratio(address: Address, indicator: Indicator, above: Total, below: Total) -> Total:
    """The quotient of two sums, of the same units only: of others it would say nothing."""
    missing = tuple(dict.fromkeys((*above.missing, *below.missing)))
    is_of_same = {each.unit for each in above.missing} == {each.unit for each in below.missing}
    if above.value is None or not below.value or not is_of_same:
        return Total(address, None, missing)
    return Total(address, quotient(above.value, below.value, indicator.per), missing)
