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
_QUARTER = 3
_STEPS = (1, _QUARTER)  # months to a column, the finest first
_ROMAN = ("I", "II", "III", "IV")


def chart(looking: Looking, wanted: Say) -> Iterator[Chart]:
    """One chart of the series asked for, in the unit of the first; none where nothing is known.

    What is told quarter by quarter is shown by quarters, so that no month stands empty.
    """
    title = wanted.name.format(**looking.slots) or looking.name(wanted.of[0])
    if wanted.by == _BY_UNIT:
        names = tuple(name for _, name in looking.units())
        series = tuple(_by_unit(looking, one) for one in wanted.of)
        kind = ChartKind.BAR
    else:
        found = [(step, tuple(_by_time(looking, one, step) for one in wanted.of)) for step in _STEPS]
        step, series = next(((step, made) for step, made in found if _is_whole(made)), found[0])
        names, kind = tuple(_names(looking, step)), ChartKind.COLUMN
        title = _titled(title, step)
    if any(value is not None for one in series for value in one.values):
        yield Chart(kind, title, looking.measure(wanted.of[0]), names, series)


def _is_whole(series: tuple[Series, ...]) -> bool:
    return all(value is not None for one in series for value in one.values)


def _titled(title: str, step: int) -> str:
    """An outline's title says what it asks for, "theo tháng"; what is told by quarters is titled so."""
    words = load("composing")["chart"]
    return title.replace(words["by_months"], words["by_quarters"]) if step == _QUARTER else title


def _names(looking: Looking, step: int) -> Iterator[str]:
    words = load("composing")["chart"]
    for period in looking.period.split(step):
        last = period.end.month
        yield str(words["quarter" if step == _QUARTER else "month"]).format(month=last, quarter=_ROMAN[last // 3 - 1])


def _by_time(looking: Looking, wanted: Asked, step: int) -> Series:
    periods = looking.period.split(step)
    return Series(looking.name(wanted), tuple(_value(looking, wanted, period) for period in periods))


def _value(looking: Looking, wanted: Asked, period: Period) -> Decimal | None:
    return looking.facts.fact(looking.address(wanted, period)).value


def _by_unit(looking: Looking, wanted: Asked) -> Series:
    facts = (looking.facts.fact(looking.address(wanted, unit=key)) for key, _ in looking.units())
    return Series(looking.name(wanted), tuple(fact.value for fact in facts))
