"""What is known of one figure: its one address, its value or why there is none, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum

from baocao.model.period import Period

Breakdown = tuple[
    tuple[str, str], ...
]  # (dimension, member), sorted by dimension: (("crop", "rice"), ("season", "mua"))


class Scenario(Enum):
    """As what a figure is stated (SDMX: a part of the series key)."""

    TARGET = "target"  # giao
    ACTUAL = "actual"  # thực hiện
    ESTIMATE = "estimate"  # ước
    BASELINE = "baseline"  # gốc


class NoValue(Enum):
    """Why an address has no value: a coded mark, never a blank (SDMX OBS_STATUS)."""

    NOT_RATED = "not_rated"  # chưa đánh giá
    NONE_OCCURRED = "none_occurred"  # không phát sinh; counts as zero in a sum
    NOT_COLLECTED = "not_collected"  # không thu thập
    NOT_AVAILABLE = "not_available"  # chưa có số liệu
    NOT_RECAST = "not_recast"  # không quy đổi được về đơn vị mới


class OriginKind(Enum):
    """What kind of place a figure was taken from."""

    FORM_CELL = "form_cell"
    FILE_CELL = "file_cell"
    SENTENCE = "sentence"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Where one figure lives. ``unit`` is a unit's key, ``authority`` is empty save for targets."""

    unit: str
    indicator: str
    period: Period
    scenario: Scenario = Scenario.ACTUAL
    authority: str = ""
    breakdown: Breakdown = ()

    def __post_init__(self) -> None:
        if list(self.breakdown) != sorted(dict(self.breakdown).items()):
            raise ValueError(f"a breakdown names each dimension once, in order: {self.breakdown}")

    def __str__(self) -> str:
        parts = (self.unit, self.indicator, self.period.code, self.scenario.value, self.authority)
        return ":".join((*parts, written(self.breakdown))).rstrip(":")


def written(breakdown: Breakdown) -> str:
    """A breakdown on one line: "crop=rice;season=mua"; empty for none."""
    return ";".join(f"{dimension}={member}" for dimension, member in breakdown)


def breakdown_of(line: str) -> Breakdown:
    """The breakdown written on a line. Raises ``ValueError`` with the part that is not "dimension=member"."""
    members: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in line.split(";"))):
        dimension, sign, member = (word.strip() for word in part.partition("="))
        if not (dimension and sign and member) or dimension in members:
            raise ValueError(part)
        members[dimension] = member
    return tuple(sorted(members.items()))


@dataclass(frozen=True, slots=True)
class Origin:
    """The place a figure was taken from: a form's cell, a file's cell, a sentence, or a computation.

    ``reference`` says which, in a way that stays the same when the same file is read again.
    """

    kind: OriginKind
    reference: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One revision of one figure. Exactly one of ``value`` and ``mark`` is given.

    ``recorded_at`` carries a time zone; the latest revision of an address is the current one.
    """

    address: Address
    value: Decimal | None
    origin: Origin
    recorded_at: datetime
    recorded_by: str
    mark: NoValue | None = None

    def __post_init__(self) -> None:
        if (self.value is None) is (self.mark is None):
            raise ValueError("an observation has a value or a mark, and not both")
        if self.recorded_at.tzinfo is None:
            raise ValueError("the time of a record needs its time zone")
