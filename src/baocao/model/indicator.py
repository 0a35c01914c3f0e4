"""Indicators: what is measured, and how it adds over places and over time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from baocao.model.text import Text


class Over(Enum):
    """How figures of parts make the figure of the whole, over places or over time."""

    SUM = "sum"
    MEAN = "mean"  # of levels observed at several times (never of percentages)
    LAST = "last"  # a stock: the latest of the period
    RECOMPUTE = "recompute"  # from numerator and denominator, or from the formula
    NONE = "none"  # cannot be rolled up


class Aim(Enum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class UnitOfMeasure:
    """A unit of measure; one of it is ``factor`` base units of its dimension (SDMX UNIT_MEASURE).

    With đồng as the base of money, triệu đồng has the factor 1000000: a figure in one unit is told in another
    of the same dimension as ``figure * factor / other.factor``. A dimension may be made of others: "mass/area".
    """

    code: str
    name: Text
    dimension: str
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the catalogue (DHIS2: data element and indicator in one, the two axes of adding split).

    ``formula`` is written in codes of other indicators; ``numerator`` and ``denominator`` are codes,
    and the ratio is told ``per`` so many (100 for percent). ``parts`` are the indicators that make a
    compound one, which fails if one of them fails. ``identities`` are equations that must hold.
    ``plausible`` is the range beyond which a figure is asked about, ends included.
    """

    code: str
    name: Text
    unit: str
    sector: str
    aim: Aim = Aim.HIGHER
    over_place: Over = Over.SUM
    over_time: Over = Over.SUM
    numerator: str = ""
    denominator: str = ""
    per: Decimal = Decimal(1)
    formula: str = ""
    weight: str = ""
    breakdowns: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()
    plausible: tuple[Decimal | None, Decimal | None] = (None, None)
    department: str = ""
    source: str = ""

    @property
    def is_derived(self) -> bool:
        """Whether its figures are computed from those of other indicators."""
        return bool(self.formula or self.numerator)

    @property
    def only_grows(self) -> bool:
        """Whether units that are missing from its total can only add to it: a sum of what is never below nought."""
        least = self.plausible[0]
        return self.over_place is Over.SUM and not self.is_derived and least is not None and least >= 0
