"""Charts of a report: indicators month by month, or unit by unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from baocao.drafting.looking import Looking
from baocao.drafting.outline import Say
from baocao.drafting.outline import Series as Asked
from baocao.model.draft import Chart, ChartKind, Series
from baocao.model.period import Period
from baocao.reference import load

_BY_UNIT = "units"


def chart(looking: Looking, wanted: Say) -> Iterator[Chart]:
    """One chart of the series asked for, in the unit of the first; none where nothing is known."""
    series = tuple(_series(looking, one, wanted.by) for one in wanted.of)
    if not any(value is not None for one in series for value in one.values):
        return
    by_unit = wanted.by == _BY_UNIT
    categories = tuple(name for _, name in looking.units()) if by_unit else tuple(_months(looking))
    title = wanted.name.format(**looking.slots) or looking.name(wanted.of[0])
    kind = ChartKind.BAR if by_unit else ChartKind.COLUMN
    yield Chart(kind, title, looking.measure(wanted.of[0]), categories, series)


def _months(looking: Looking) -> Iterator[str]:
    wording = str(load("composing")["chart"]["month"])
    yield from (wording.format(month=month.start.month) for month in _periods(looking))


def _periods(looking: Looking) -> tuple[Period, ...]:
    return looking.period.split(1)


def _series(looking: Looking, wanted: Asked, by: str) -> Series:
    values: tuple[Decimal | None, ...]
    if by == _BY_UNIT:
        values = tuple(looking.facts.fact(looking.address(wanted, unit=key)).value for key, _ in looking.units())
    else:
        values = tuple(looking.facts.fact(looking.address(wanted, month)).value for month in _periods(looking))
    return Series(looking.name(wanted), values)
