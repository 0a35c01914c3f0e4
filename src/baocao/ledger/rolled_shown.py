"""Which units a roll-up shows: those that were asked for, or the smallest that holds all and those right below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from baocao.ledger.book import Book
from baocao.model.org_unit import Level
from baocao.model.period import Period

if TYPE_CHECKING:
    from baocao.ledger.rolling import Asked


def units_shown(book: Book, period: Period, asked: Asked, filled: Iterable[str]) -> Sequence[str]:
    """The keys of the units that are shown, each before those below it."""
    day, geography = asked.view.day(period), book.geography
    if asked.units and asked.level is None:
        return asked.units
    there = [key for key in filled if key in geography and geography.by_key(key).holds_on(day)]
    if asked.level is not None:
        tops = asked.units or (geography.at(day, Level.COUNTRY)[0].key,)
        of_level = {unit.key for top in tops for unit in geography.descendants(top, asked.level, day)}
        return sorted(of_level if asked.units else of_level.intersection(there))
    reporting = [key for key in there if geography.by_key(key).level is asked.view.base] or there
    holders = geography.holders(reporting, day)
    if not holders:
        return ()
    top = holders[0].key
    return (top, *(unit.key for unit in geography.children(top, day) if unit.key in set(there)))
