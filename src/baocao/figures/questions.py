"""What is asked of the figures, and the small tables that lead from the stored figures to the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from baocao.figures.expressions import EXACT, Adds
from baocao.model.indicator import Indicator
from baocao.model.observation import Scenario
from baocao.model.period import Period

_LENGTHS = (6, 3, 1)  # months; how the parts of a year are reported


class Against(Enum):
    """The earlier period that a figure is set against."""

    LAST_YEAR = "last_year"  # cùng kỳ: to the same cut-off day
    PREVIOUS = "previous"  # kỳ trước

    def of(self, period: Period) -> Period:
        return period.last_year if self is Against.LAST_YEAR else period.previous


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


class Piece(NamedTuple):
    """One row of the table ``piece`` (expressions.py)."""

    asked: int
    period: int
    grain: int
    place: int
    days: int
    role: int


def pieces(question: Question, stored: Mapping[Period, int]) -> list[Piece]:
    """The stored periods that make each asked one and the earlier one that it is set against."""
    rows: list[Piece] = []
    for asked, period in enumerate(question.periods):
        rows += _pieces(asked, period, 0, stored)
        if question.against is not None:
            rows += _pieces(asked, question.against.of(period), 1, stored)
    return rows


def _pieces(asked: int, period: Period, role: int, stored: Mapping[Period, int]) -> Iterable[Piece]:
    if period in stored:
        yield Piece(asked, stored[period], EXACT, 0, period.days, role)
    for months in _LENGTHS:
        parts = period.split(months)
        for place, part in enumerate(parts if len(parts) > 1 else ()):
            if part in stored:
                yield Piece(asked, stored[part], months, place, part.days, role)


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
