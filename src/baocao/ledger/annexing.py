"""The annex of a unit and a period: what each authority asked for, whose plan rates, and the result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from baocao.figures import compare, store_targets
from baocao.figures.compare_earlier import Earlier
from baocao.figures.intake_words import fold, is_council
from baocao.ledger.annex_results import Needed, gather
from baocao.ledger.annex_table import table
from baocao.ledger.book import Book, CannotAsk
from baocao.ledger.grid import Grid
from baocao.model.org_unit import Level, OrgUnit
from baocao.model.period import Period
from baocao.model.target import Target
from baocao.model.text import Text

_NO_TARGETS = Text(
    "{unit} chưa được giao chỉ tiêu nào cho kỳ {period}; hãy nạp biểu giao chỉ tiêu hoặc kiểm tra mã đơn vị.",
    "{unit} has no targets for {period}; load the plan, or check the unit's code.",
)
_NOT_THEN = Text(
    "ngày {day} {unit} chưa được giao chỉ tiêu nào cho kỳ {period}; chỉ tiêu sớm nhất theo văn bản ngày {first}.",
    "on {day} {unit} had no targets for {period} yet; the earliest decision is of {first}.",
)
_NO_AUTHORITY = Text(
    "{unit}, kỳ {period}: không có chỉ tiêu nào do “{seen}” giao; các cấp đã giao: {known}.",
    "{unit}, {period}: no target is asked for by “{seen}”; these ask for some: {known}.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which annex: of a unit and a period, against authorities (empty: all), by the plan known on a day.

    The first authority rates. When none is named, a council's plan goes before others, since the report is made to
    the council that has resolved on it; else the plan of who asks for most.
    """

    unit: OrgUnit
    period: Period
    authorities: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    on: date | None = None
    base: Level = Level.COMMUNE
    against: tuple[Earlier, ...] = (Earlier.LAST_YEAR,)


def annex(book: Book, asked: Asked) -> Grid:
    """The table with its count sentence first among the remarks. Raises ``CannotAsk``, ``TargetConflict``."""
    targets = _concerned(book, asked)
    authorities = _authorities(asked, targets)
    targets = tuple(one for one in targets if one.address.authority in authorities)
    codes = asked.indicators or tuple(_headings(book, {one.address.indicator for one in targets}))
    needed = Needed(asked.unit, asked.period, asked.against, targets, asked.base)
    found = gather(book, needed, [line.indicator for line in compare.lines(book.indicators, codes)])
    told = {one.address.indicator for one in targets}
    told |= {one.address.indicator for one in found.observations if one.address.period == asked.period}
    wanted = compare.Wanted(asked.unit.key, asked.period, authorities, asked.on, asked.against)
    lines = compare.lines(book.indicators, codes, told)
    made = compare.compare(wanted, lines, found.observations, targets, found.completeness, found.incomplete)
    if asked.on is not None and not made.tally.rated:
        first = min(max(one.holds_from, one.decision.issued_on) for one in targets)
        facts = {"day": f"{asked.on:%d/%m/%Y}", "first": f"{first:%d/%m/%Y}"}
        raise CannotAsk(_NOT_THEN.fill(unit=asked.unit.name, period=asked.period.code, **facts))
    return table(book, asked.unit, asked.on, made, found)


def _concerned(book: Book, asked: Asked) -> tuple[Target, ...]:
    """The targets of a unit for a period and the longer ones around it. Raises ``CannotAsk`` when there are none."""
    every = store_targets.kept_of_unit(book.connection, asked.unit.key)
    targets = tuple(one for one in every if _concerns(one, asked))
    if not targets:
        raise CannotAsk(_NO_TARGETS.fill(unit=asked.unit.name, period=asked.period.code))
    return targets


def _concerns(target: Target, asked: Asked) -> bool:
    period = target.address.period
    return period.year == asked.period.year or period.contains(asked.period)


def _authorities(asked: Asked, targets: Sequence[Target]) -> tuple[str, ...]:
    """Whose plans are set beside the results, the leading one first. Raises ``CannotAsk`` with an unknown name."""
    known = leading_first(targets)
    by_name = {fold(name): name for name in known}
    for seen in asked.authorities:
        if fold(seen) not in by_name:
            facts = {"unit": asked.unit.name, "period": asked.period.code, "known": ", ".join(known)}
            raise CannotAsk(_NO_AUTHORITY.fill(seen=seen, **facts))
    return tuple(dict.fromkeys(by_name[fold(seen)] for seen in asked.authorities)) or known


def leading_first(targets: Iterable[Target]) -> tuple[str, ...]:
    """The authorities in the order in which they rate: councils, then others, each by how much they ask for."""
    counts = Counter(authority for authority, _ in {(one.address.authority, one.address.indicator) for one in targets})
    return tuple(sorted(counts, key=lambda one: (not is_council(one), -counts[one], one)))


def _headings(book: Book, given: set[str]) -> Iterator[str]:
    """The indicators with targets in the order of the catalogue; parts stand under the one that they make."""
    wholes = {one.code: one.parts for one in book.indicators.values() if given.intersection((one.code, *one.parts))}
    inside = {part for code, parts in wholes.items() if parts for part in parts}
    return (code for code in wholes if code not in inside)
