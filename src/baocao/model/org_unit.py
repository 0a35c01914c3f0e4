"""The units that figures are about, and how they change: provinces, communes, departments, villages.

A unit that changes its extent, its name or its parent becomes another unit, even when it keeps its
official code: Decision 19/2025/QĐ-TTg gave most merged communes the code of one of their predecessors.
So a unit is told apart by its ``key``, which is the code and, from the second version on, the first
day of its validity. The lineage between versions stands in ``UnitChange``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction


class Level(Enum):
    """The level of a unit in the tree; departments and villages are units of other kinds."""

    COUNTRY = "country"
    PROVINCE = "province"
    DISTRICT = "district"  # abolished on 1/7/2025
    COMMUNE = "commune"  # xã, phường, thị trấn, đặc khu
    VILLAGE = "village"  # thôn, xóm, tổ dân phố
    DEPARTMENT = "department"  # sở, phòng, ban


@dataclass(frozen=True, slots=True)
class OrgUnit:
    """One unit as it was from ``valid_from`` to ``valid_to``, both days included; None is open.

    ``parent`` is the key of the unit above, None for the country.
    """

    code: str
    name: str
    level: Level
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def key(self) -> str:
        """What addresses carry: "00097", or "00097@2025-07-01" for a later version of that code."""
        return self.code if self.valid_from is None else f"{self.code}@{self.valid_from.isoformat()}"

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class ChangeKind(Enum):
    """What happened to the units of one change."""

    MERGE = "merge"  # nhập
    SPLIT = "split"  # chia tách, điều chỉnh một phần
    RENAME = "rename"  # đổi tên
    UPGRADE = "upgrade"  # thành lập phường, thị trấn, thành phố trên cơ sở nguyên trạng
    MOVE = "move"  # chuyển về đơn vị cấp trên khác
    ABOLISH = "abolish"  # kết thúc hoạt động, không có đơn vị kế thừa (cấp huyện)


@dataclass(frozen=True, slots=True)
class Flow:
    """What share of ``source`` became part of ``target``; None where no decision states the share."""

    source: str
    target: str
    share: Fraction | None = Fraction(1)


@dataclass(frozen=True, slots=True)
class UnitChange:
    """One change of units: the sources end the day before ``on``, the targets begin on it.

    ``decision`` is the instrument that ordered it. Units that end without a successor
    stand in ``ended``.
    """

    on: date
    kind: ChangeKind
    flows: tuple[Flow, ...]
    decision: str = ""
    ended: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(flow.source for flow in self.flows)) + self.ended

    @property
    def targets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(flow.target for flow in self.flows))
