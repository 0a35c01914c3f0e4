"""What the engine is fed with of units that were divided: the parts of their figures that went to each heir."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from baocao.figures import store
from baocao.figures.catalogue import Catalogue
from baocao.figures.feeding import facts
from baocao.figures.recast_identities import identities_of
from baocao.figures.recast_parts import parted
from baocao.figures.recast_rows import Shares, total
from baocao.figures.recast_sums import Cell
from baocao.figures.remembered import remembered
from baocao.figures.snapshot import Fact
from baocao.figures.trees import Divided, part_key
from baocao.model.indicator import Indicator, Over
from baocao.model.observation import Scenario
from baocao.model.period import Period

_PARTING: Final = (
    *("recast_parts", "recast_sums", "recast_rounding", "recast_rows", "recast_identities"),
    *("breakdowns", "formula_tree", "questions", "ways"),
)


def parts(
    connection: Any,
    divided: Sequence[Divided],
    on: date,
    codes: Iterable[str],
    scenario: Scenario,
    catalogue: Catalogue,
) -> Iterator[Fact]:
    """What lies in each heir of the current additive figures of units that were divided.

    The parts of a figure add up to it, and make whatever sums it made: so all that may make sums with the indicators
    asked for is read, and parted, together.
    """
    if not divided:
        return
    asked = {code for code in codes if _is_additive(catalogue[code])}
    kin = [code for code in identities_of(catalogue).kin(asked) if _is_additive(catalogue[code])]
    told = store.current(connection, [one.source for one in divided], kin, scenarios=[scenario])
    known = {one.source: one for one in divided}
    periods = _Periods()
    figures: dict[tuple[str, str], dict[Cell, Fact]] = {}
    for fact in facts(told):
        if fact.amount is not None:
            cell = Cell(fact.indicator, fact.breakdown, periods[fact.period])
            figures.setdefault((fact.unit, fact.authority), {})[cell] = fact
    for (unit, _), its in figures.items():
        for fact, amounts in _parted(its, known[unit], catalogue):
            if fact.indicator in asked:
                for key, places in _within(known[unit], on):
                    yield Fact(key, *fact[1:-1], total([amounts[place] for place in places]))


def _is_additive(indicator: Indicator) -> bool:
    return indicator.over_place is Over.SUM


def _parted(told: Mapping[Cell, Fact], one: Divided, catalogue: Catalogue) -> Iterator[tuple[Fact, list[Decimal]]]:
    amounts = {cell: fact.amount for cell, fact in told.items() if fact.amount is not None}
    shares, identities = Shares.of(one.shares), identities_of(catalogue)
    codes = tuple(dict.fromkeys(cell.indicator for cell in amounts))
    figures = [(*cell[:2], cell.period.code, str(amount)) for cell, amount in amounts.items()]
    asked = repr((figures, shares, [catalogue[code] for code in codes], identities.of(codes)))

    def part() -> list[list[str]]:
        found = parted(amounts, shares, catalogue.__getitem__, identities)
        return [[f"{amount:f}" for amount in found[cell]] for cell in amounts]

    # units that were divided tell nothing any more, so the same figures are parted again and again
    kept = remembered("parts", asked, _PARTING, part)
    return ((fact, list(map(Decimal, amounts))) for fact, amounts in zip(told.values(), kept, strict=True))


class _Periods(dict[str, Period]):
    """Periods by their codes, each read once."""

    def __missing__(self, code: str) -> Period:
        found = self[code] = Period.parse(code)
        return found


def _within(one: Divided, on: date) -> list[tuple[str, tuple[int, ...]]]:
    """The keys of what lies in each heir of a divided unit, with the places of the parts that make it."""
    return [(part_key(one.source, target, on), places) for target, places in sorted(one.within.items())]
