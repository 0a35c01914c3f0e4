"""What drafting asks for: figures by address, targets, units; whoever owns the figures answers.

Drafting knows no store. The ledger answers through ``Facts``, a test through a small mapping.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from baocao.model.indicator import Indicator
from baocao.model.observation import Address, NoValue
from baocao.model.org_unit import OrgUnit
from baocao.model.projection import NotProjected, Projection, Tried
from baocao.model.target import Rating, Target
from baocao.model.text import Text


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known at one address: a value, or why there is none (both None: nothing was ever told).

    ``reporting`` of ``expected`` units stand behind a total; ``missing`` names the others.
    ``is_estimate`` says that the value stands in for a result that is not there yet.
    """

    address: Address
    value: Decimal | None = None
    mark: NoValue | None = None
    reporting: int = 0
    expected: int = 0
    missing: tuple[str, ...] = ()
    is_estimate: bool = False
    revision: int = 0

    @property
    def is_incomplete(self) -> bool:
        """Whether units are missing from a total: then it is set against nothing, neither a plan nor another total."""
        return self.value is not None and self.reporting < self.expected


@dataclass(frozen=True, slots=True)
class Judged:
    """An indicator rated against one authority's target: the worst rating of its parts where it is compound."""

    indicator: str
    authority: str
    rating: Rating


class Facts(Protocol):
    """The figures of one store, as they stand now. An ``Address`` is answered for any unit, period and scenario."""

    @property
    def revision(self) -> int:
        """The last revision of the store."""
        ...

    def fact(self, address: Address) -> Fact:
        """One figure, added up or derived where it was not told."""
        ...

    def indicator(self, code: str) -> Indicator | None:
        """The indicator of a code."""
        ...

    def sector(self, code: str) -> Sequence[str]:
        """The codes of a sector's indicators, in the order of the catalogue."""
        ...

    def measure(self, code: str) -> Text:
        """The unit of measure's name as it is printed ("ha", "triệu đồng")."""
        ...

    def targets(self, unit: str, indicator: str, year: int, on: date) -> Sequence[Target]:
        """What each authority asks for in a year, as the plan stood on a day; in the order of the authorities."""
        ...

    def judged(self, unit: str, year: int, on: date) -> Sequence[Judged]:
        """The ratings of all indicators with targets, in the order of the annex."""
        ...

    def projection(self, address: Address) -> Projection | NotProjected:
        """What the year may come to, seen from the end of the address's period, or why that cannot be told."""
        ...

    def tried(self, address: Address) -> Tried | None:
        """How projecting did in earlier years, seen from the same day; None where none can be tried."""
        ...

    def unit(self, key: str) -> OrgUnit:
        """The unit of a key. Raises ``KeyError``."""
        ...

    def below(self, unit: str, on: date) -> Sequence[OrgUnit]:
        """The units directly below on a day (communes of a province; departments stand apart)."""
        ...

    def members(self, dimension: str) -> Sequence[tuple[str, Text]]:
        """The members of a breakdown in their order, with their names."""
        ...
