"""Targets: what an authority asks for, by which decision, from which day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from baocao.model.observation import Address


class TargetKind(Enum):
    """How a target is meant, which decides how a result is rated against it."""

    EXACTLY = "exactly"
    AT_LEAST = "at_least"  # từ 4% trở lên, trên 67%
    AT_MOST = "at_most"  # dưới 4%, không quá
    RANGE = "range"  # 16-32: the lower bound counts
    MAINTAIN = "maintain"  # duy trì 3 xã
    REDUCE_BY = "reduce_by"  # giảm 4%: the fall is the result
    ASSURED = "assured"  # đảm bảo: done or not done, without a figure


class Rating(Enum):
    """How a result stands to its target."""

    EXCEEDED = "exceeded"  # vượt
    MET = "met"  # đạt
    NOT_MET = "not_met"  # không đạt
    PENDING = "pending"  # cuối năm đánh giá
    INCOMPLETE = "incomplete"  # chưa đủ số liệu: units are missing from the result
    UNKNOWN = "unknown"  # không có số liệu


@dataclass(frozen=True, slots=True)
class Decision:
    """The instrument that sets a target: its kind ("QĐ", "NQ"), number, day and issuer."""

    number: str
    issued_on: date
    kind: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What one authority asks for at one address. ``address.scenario`` is TARGET and its authority is given.

    ``low`` is the figure asked for (or the lower bound of a range), ``high`` the upper bound; an assured
    target has neither. A strict bound ("trên 67%", "dưới 4%") does not count itself. The target that holds
    on a day is that with the latest ``holds_from`` not after it; later decisions supersede earlier ones.
    """

    address: Address
    kind: TargetKind
    decision: Decision
    holds_from: date
    low: Decimal | None = None
    high: Decimal | None = None
    is_strict: bool = False
    rated_at_year_end: bool = False

    def __post_init__(self) -> None:
        if not self.address.authority:
            raise ValueError("a target needs its authority")
        if (self.low is None) is not (self.kind is TargetKind.ASSURED):
            raise ValueError(f"{self.kind.value}: a figure is needed, and only an assured target has none")
        if (self.high is None) is (self.kind is TargetKind.RANGE):
            raise ValueError("a range has two bounds, other targets one")
