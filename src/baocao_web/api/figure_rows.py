"""Figures as rows, each with its whole address: as told then, in the units of today, re-cast to them; and targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from baocao.figures import store
from baocao.ledger import recasting
from baocao.ledger.book import CannotAsk
from baocao.ledger.following import Following
from baocao.ledger.recasting import re_cast
from baocao.ledger.rolled import Place, Rolled, View
from baocao.model.observation import NoValue, Scenario, written
from baocao.model.org_unit import Level, OrgUnit
from baocao.model.period import Period
from baocao.model.target import Target
from baocao.model.text import Problem, Text
from baocao_web.figures import live
from baocao_web.figures.feeding_in import raw
from baocao_web.places import office
from baocao_web.plans import overview

MOST: Final = 100_000  # addresses of one question
_TOO_MANY = Text(
    "câu hỏi gồm {count} số liệu, nhiều nhất là {most}; hãy hỏi ít đơn vị, chỉ tiêu hoặc kỳ hơn.",
    "the question is of {count} figures, {most} at most; ask for fewer units, indicators or periods.",
)


class TooMany(Problem):
    """A question of more figures than one answer may hold."""


class Units(Enum):
    """The view of units: whose figures count where."""

    AS_WAS = "as_was"  # of the units as they were
    TODAY = "today"  # added up in the units of today
    RECAST = "recast"  # re-cast to the units of today


@dataclass(frozen=True, slots=True)
class Asked:
    """What figures are asked for; an empty ``authorities`` means any, ``breakdowns`` those beside the totals."""

    units: tuple[OrgUnit, ...]
    indicators: tuple[str, ...]
    periods: tuple[Period, ...]
    scenario: Scenario = Scenario.ACTUAL
    view: Units = Units.AS_WAS
    authorities: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ("",)

    def demand_reasonable(self) -> None:
        """Raises ``TooMany``."""
        count = len(self.units) * len(self.indicators) * len(self.periods) * max(len(self.breakdowns), 1)
        if count > MOST:
            raise TooMany(_TOO_MANY.fill(count=count, most=MOST))


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. ``reporting`` of ``expected`` units stand behind a computed one; ``is_stated``: its unit told it."""

    unit: str
    indicator: str
    period: Period
    scenario: Scenario
    view: Units
    value: Decimal | None
    breakdown: str = ""
    authority: str = ""
    mark: NoValue | None = None
    reporting: int | None = None
    expected: int | None = None
    is_stated: bool = False
    target: Target | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """By what rows are put in order; no two of one answer have the same."""
        return (self.indicator, self.unit, self.breakdown, self.authority, f"{self.period.start}", f"{self.period.end}")


def rows(asked: Asked) -> list[Row]:
    """All figures that there are of what is asked for, by their keys.

    Raises ``TooMany``, ``NotPrepared``, and ``Problem`` where figures that contradict each other cannot be re-cast.
    """
    asked.demand_reasonable()
    if asked.scenario is Scenario.TARGET:
        return sorted(_targets(asked), key=lambda row: row.key)
    with live.reading() as known:
        found = _recast(asked, known) if asked.view is Units.RECAST else _rolled(asked, known)
        return sorted(found, key=lambda row: row.key)


def _targets(asked: Asked) -> Iterator[Row]:
    """Targets are of their own unit and period alone: none is made of others."""
    years = {period.year for period in asked.periods}
    for unit in asked.units:
        for year in sorted(years):
            for one in overview.held(unit.key, year):
                address = one.address
                if address.indicator not in asked.indicators or address.period not in asked.periods:
                    continue
                if asked.authorities and address.authority not in asked.authorities:
                    continue
                if written(address.breakdown) not in asked.breakdowns:
                    continue
                yield Row(
                    unit.key,
                    address.indicator,
                    address.period,
                    Scenario.TARGET,
                    asked.view,
                    one.low,
                    written(address.breakdown),
                    address.authority,
                    target=one,
                )


def _rolled(asked: Asked, known: Following) -> Iterator[Row]:
    view = View(as_was=True) if asked.view is Units.AS_WAS else View(office.today())
    keys = tuple(unit.key for unit in asked.units)
    rolled = _sums(asked, known, view, keys)
    marks = _marks(asked, keys)
    for period in asked.periods:
        sums = rolled.sums(period)
        for code in asked.indicators:
            for unit in keys:
                for breakdown in asked.breakdowns:
                    row = _row(asked, rolled, sums.stated, Place(unit, code, breakdown), period)
                    mark = marks.get((unit, code, period.code, breakdown))
                    if row is not None:
                        yield row
                    elif mark is not None:
                        yield Row(unit, code, period, asked.scenario, asked.view, None, breakdown, mark=mark)


def _sums(asked: Asked, known: Following, view: View, units: Sequence[str]) -> Rolled:
    """Sums of these units; of results they are kept ready, of other scenarios they are made for the question."""
    if asked.scenario is Scenario.ACTUAL:
        return known.of(view, units, asked.indicators)
    return Rolled(known.book, view, asked.scenario, asked.indicators, frozenset(units))


def _row(asked: Asked, rolled: Rolled, stated: Mapping[Place, Decimal], place: Place, period: Period) -> Row | None:
    """A figure as its unit told it, else as it is made of those below."""
    figure, own = rolled.figure(place, period), stated.get(place)
    value = own if own is not None else figure.value if figure else None
    if value is None:
        return None
    return Row(
        place.unit,
        place.indicator,
        period,
        asked.scenario,
        asked.view,
        value,
        place.breakdown,
        reporting=figure.reporting if figure else None,
        expected=figure.expected if figure else None,
        is_stated=own is not None,
    )


def _marks(asked: Asked, units: Sequence[str]) -> dict[tuple[str, str, str, str], NoValue]:
    """Why a unit told no figure, in its own words: by unit, indicator, period and breakdown."""
    wanted = set(units)
    found = store.marked(raw(), list(asked.indicators), list(asked.periods), [asked.scenario])
    return {
        (one.unit, one.indicator, one.period_code, one.breakdown): NoValue(one.mark)
        for one in found
        if one.unit in wanted and one.mark
    }


_MARKS: Final = {text: mark for mark, text in recasting.MARKS.items()}


def _recast(asked: Asked, known: Following) -> Iterator[Row]:
    """Figures re-cast to the units of today; nothing of indicators that are made by formulas."""
    book = known.book
    plain = tuple(code for code in asked.indicators if not book.indicators[code].formula)
    for level, units in _by_level(asked.units):
        wanted = recasting.Asked(
            (office.today(),), plain, asked.periods, units, asked.scenario, None if level is Level.COMMUNE else level
        )
        try:
            grid = re_cast(book, wanted) if plain else None
        except CannotAsk:
            continue  # nothing was told of these periods
        at = {column.name: place for place, column in enumerate(grid.columns)} if grid else {}
        for row in grid.rows if grid else ():
            unit, breakdown = str(row[at["unit"]]), str(row[at["breakdown"]])
            if unit not in units or breakdown not in asked.breakdowns:
                continue
            value, why = row[at["value"]], row[at["mark"]]
            yield Row(
                unit,
                str(row[at["indicator"]]),
                Period.parse(str(row[at["period"]])),
                asked.scenario,
                asked.view,
                value if isinstance(value, Decimal) else None,
                breakdown,
                mark=_MARKS.get(why, NoValue.NOT_RECAST) if isinstance(why, Text) else None,
            )


def _by_level(units: Iterable[OrgUnit]) -> list[tuple[Level, tuple[str, ...]]]:
    found: dict[Level, list[str]] = {}
    for unit in units:
        found.setdefault(unit.level, []).append(unit.key)
    return [(level, tuple(keys)) for level, keys in found.items()]
