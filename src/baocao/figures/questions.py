"""What is asked of the figures, and the small tables that lead from the stored figures to the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from baocao.figures.expressions import Adds
from baocao.figures.ways import Piece, Stored
from baocao.model.indicator import Indicator
from baocao.model.observation import Scenario
from baocao.model.period import CutOff, Period


class Against(Enum):
    """The earlier period that a figure is set against."""

    LAST_YEAR = "last_year"  # cùng kỳ: to the same cut-off day
    PREVIOUS = "previous"  # kỳ trước
    YEAR_START = "year_start"  # đầu năm: as it stood when the year before had ended

    def of(self, period: Period) -> Period:
        match self:
            case Against.LAST_YEAR:
                return period.last_year
            case Against.PREVIOUS:
                return period.previous
            case Against.YEAR_START:
                return year_before(period)


def year_before(period: Period) -> Period:
    """The year that ended when that of a period began, closing on the 14th where the period does."""
    is_decree_09 = (period.start.month, period.start.day) == (12, 15) or (period.start.day, period.end.day) == (15, 14)
    return Period.part(period.year - 1, cut_off=CutOff.DECREE_09 if is_decree_09 else CutOff.CALENDAR)


@dataclass(frozen=True, slots=True)
class Question:
    """Which figures are asked for. ``indicators`` empty asks for all of the catalogue.

    A question sets figures against an earlier period, or against each authority's plan (``has_plan``), or neither.
    """

    periods: tuple[Period, ...]
    scenario: Scenario = Scenario.ACTUAL
    against: Against | None = None
    indicators: tuple[str, ...] = ()
    has_plan: bool = False


class Branch(NamedTuple):
    """That a unit's figures count towards an ancestor (or itself); ``is_stated``: told, not added."""

    unit: str
    ancestor: str
    is_stated: bool = False


@dataclass(frozen=True)
class Tree:
    """Which units' figures make those of which others, as of one view of the units."""

    branches: tuple[Branch, ...]

    @cached_property
    def expected(self) -> Mapping[str, int]:
        """How many reporting units stand behind each unit."""
        counts: dict[str, int] = {}
        for branch in self.branches:
            if not branch.is_stated:
                counts[branch.ancestor] = counts.get(branch.ancestor, 0) + 1
        return counts


class Target(NamedTuple):
    """What one authority asks of a unit, as a plain figure to divide by."""

    indicator: str
    period: Period
    unit: str
    breakdown: str
    authority: str
    amount: object  # Decimal


def pieces(question: Question, stored: Mapping[Period, int]) -> list[Piece]:
    """The stored periods that make each asked one and the earlier one that it is set against."""
    rows: list[Piece] = []
    known = Stored(stored)
    for asked, period in enumerate(question.periods):
        rows += known.pieces(asked, period, 0)
        if question.against is not None:
            rows += known.pieces(asked, question.against.of(period), 1)
    return rows


@dataclass(frozen=True, slots=True)
class Needs:
    """The indicators that a question needs, how they add, and the ratios computed from them."""

    codes: tuple[str, ...]
    over_time: Mapping[str, Adds]
    over_place: Mapping[str, Adds]
    ratios: tuple[Indicator, ...]


def needs(question: Question, indicators: Mapping[str, Indicator]) -> Needs:
    """What must be read to answer a question, ratios' parts included. Raises ``KeyError`` with an unknown code."""
    asked = [indicators[code] for code in question.indicators] or list(indicators.values())
    ratios = tuple(each for each in asked if each.numerator)
    codes = sorted(
        {each.code for each in asked} | {code for each in ratios for code in (each.numerator, each.denominator)}
    )
    return Needs(
        tuple(codes),
        {code: Adds.of(indicators[code].over_time) for code in codes},
        {code: Adds.of(indicators[code].over_place) for code in codes},
        ratios,
    )


def columns(rows: Sequence[tuple[object, ...]], width: int) -> list[list[object]]:
    """Rows as columns, which engines take in one go."""
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]
