"""Which units' figures make those of which others, in the views of the units that change over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from baocao.figures.questions import Branch, Tree
from baocao.figures.recast_totals import LineageRow, lineage_table
from baocao.model.geography import Geography
from baocao.model.org_unit import Level, OrgUnit
from baocao.model.period import Period
from baocao.model.text import Problem, Text

_ORDER = (Level.COUNTRY, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE, Level.VILLAGE)

_APPORTIONED = Text(
    "{unit} đã chia cho nhiều đơn vị theo tỷ lệ; hãy dùng lệnh quy đổi (recast) để phần lẻ được chia hết, "
    "rồi mới tổng hợp theo đơn vị ngày {on}.",
    "{unit} was divided among several units by shares; re-cast its figures first, so that no rest is left, "
    "and then roll them up as of {on}.",
)


_PART = ">"  # between the unit that was divided and the one that its part went to; no code has it


class Divided(NamedTuple):
    """A unit that decisions divided: the ``shares`` of its parts, and which of them lie in each unit of a day."""

    source: str
    shares: tuple[Fraction, ...]
    within: dict[str, tuple[int, ...]]


def part_key(source: str, target: str, on: date) -> str:
    """Under which key the part of a unit that lies in another one, on a day, counts."""
    return f"{source}{_PART}{target}@{on}"


def whole_key(key: str) -> str:
    """The unit that a part is of; a unit's own key stays as it is."""
    return key.partition(_PART)[0]


class NeedsRecast(Problem):
    """Figures that a join cannot re-cast without a rest; ``text`` names the unit."""


def as_it_was(geography: Geography, on: date, base: Level = Level.COMMUNE) -> Tree:
    """The tree of one day: the units of the level ``base`` and all departments report, those above hold their sum."""
    branches = []
    for unit in geography.at(on):
        if unit.level in (base, Level.DEPARTMENT):
            branches += [Branch(unit.key, above.key) for above in geography.path(unit.key, on)]
        elif _is_above(unit.level, base):
            branches.append(Branch(unit.key, unit.key, is_stated=True))
    return Tree(tuple(branches))


def as_they_were(geography: Geography, told: Period, base: Level = Level.COMMUNE) -> Tree:
    """The tree of all units that were there at some time of a period, each under those above it in its last days."""
    branches = []
    for unit in geography.units:
        if not was_there(unit, told):
            continue
        if unit.level in (base, Level.DEPARTMENT):
            last = min(unit.valid_to or told.end, told.end)
            branches += [Branch(unit.key, above.key) for above in geography.path(unit.key, last)]
        elif _is_above(unit.level, base):
            branches.append(Branch(unit.key, unit.key, is_stated=True))
    return Tree(tuple(sorted(branches)))


def as_of(geography: Geography, on: date, told: Period, base: Level = Level.COMMUNE) -> Tree:
    """The tree of one day for the figures of a period: what units of then told counts where their extent lies on it.

    Units count that were there at some time of the period, in one that spans a change those before and after.
    What was divided by shares counts in each heir by its part, which ``divided`` tells how to make; what was divided
    without a known share counts in the units that hold all of it, and not below.
    """
    then = {unit.key for unit in geography.units if was_there(unit, told)}
    rows = (row for row in lineage_table(geography, base, on) if row.source in then)
    branches = [
        Branch(row.source if _is_whole(row) else part_key(row.source, row.target, on), row.target) for row in rows
    ]
    above = (unit for unit in geography.units if unit.key in then and _is_above(unit.level, base))
    branches += (Branch(unit.key, unit.key, is_stated=True) for unit in above)
    for unit in geography.at(on, Level.DEPARTMENT):
        branches += [Branch(unit.key, each.key) for each in geography.path(unit.key, on)]
    return Tree(tuple(sorted(branches)))


def divided(geography: Geography, on: date, base: Level = Level.COMMUNE) -> tuple[Divided, ...]:
    """The units of a level that were divided by known shares, as of a day."""
    sources = sorted({row.source for row in lineage_table(geography, base, on) if not _is_whole(row)})
    return tuple(_divided(geography, source, on) for source in sources)


def _divided(geography: Geography, source: str, on: date) -> Divided:
    parts = geography.lineage(source, on).parts
    within: dict[str, tuple[int, ...]] = {}
    for place, part in enumerate(parts):
        for holder in geography.holders(part.keys, on):
            within[holder.key] = (*within.get(holder.key, ()), place)
    some = {key: places for key, places in within.items() if len(places) < len(parts)}
    return Divided(source, tuple(part.share for part in parts), some)


def moves(geography: Geography, on: date, base: Level = Level.COMMUNE) -> Tree:
    """Where the figures of each unit of a level go when they are re-cast to a day: one place each, so nothing is lost.

    A unit that was divided without a known share keeps its figures under its own key.
    """
    rows = lineage_table(geography, base, on)
    placed = {row.source: row.target for row in _whole(rows, on) if row.level is base}
    units = (unit.key for unit in geography.units if unit.level is base)
    return Tree(tuple(Branch(key, placed.get(key, key)) for key in sorted(units)))


def _whole(rows: Iterable[LineageRow], on: date) -> Iterator[LineageRow]:
    for row in rows:
        if not _is_whole(row):
            raise NeedsRecast(_APPORTIONED.fill(unit=row.source, on=f"{on:%d/%m/%Y}"))
        yield row


def _is_whole(row: LineageRow) -> bool:
    return row.numerator == row.denominator


def was_there(unit: OrgUnit, told: Period) -> bool:
    """Whether a unit was there at some time of a period."""
    begun = unit.valid_from is None or unit.valid_from <= told.end
    return begun and (unit.valid_to is None or told.start <= unit.valid_to)


def _is_above(level: Level, base: Level) -> bool:
    return level in _ORDER and base in _ORDER and _ORDER.index(level) < _ORDER.index(base)
