"""A small country and a small catalogue, both invented, and a short way to take in a text file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from baocao.figures.intake import Defaults, Intake, take_in
from baocao.figures.intake_names import Names
from baocao.formats.rows import text_sheet
from baocao.model.indicator import Indicator, Over, UnitOfMeasure
from baocao.model.org_unit import Level, OrgUnit
from baocao.model.sheet import Sheet
from baocao.model.text import Text

AT = datetime(2025, 1, 1, tzinfo=UTC)
DIGEST = "ab" * 32
UNITS = (
    OrgUnit("VN", "Việt Nam", Level.COUNTRY),
    OrgUnit("01", "Tỉnh Sông Thử", Level.PROVINCE, "VN"),
    OrgUnit("02", "Tỉnh Núi Thử", Level.PROVINCE, "VN"),
    OrgUnit("00097", "Xã Tân An", Level.COMMUNE, "01"),
    OrgUnit("00098", "Xã Tân An", Level.COMMUNE, "02"),
    OrgUnit("00101", "Xã Hòa Bình", Level.COMMUNE, "01", None, date(2025, 6, 30)),
    OrgUnit("00101", "Phường Hòa Bình", Level.COMMUNE, "01", date(2025, 7, 1)),
    OrgUnit("00102", "Xã Tân Lập", Level.COMMUNE, "01"),
    OrgUnit("00103", "Xã Tân Lạp", Level.COMMUNE, "01"),
)
INDICATORS = (
    Indicator("dien_tich", Text("Diện tích lúa", "Rice area"), "ha", "crops", breakdowns=("season",)),
    Indicator("thu", Text("Thu ngân sách", "Revenue"), "trieu_dong", "budget"),
    Indicator("ty_le", Text("Tỷ lệ hộ nghèo", "Poverty rate"), "percent", "poverty", over_place=Over.NONE),
    Indicator("xa_ntm", Text("Số xã đạt chuẩn", "Communes up to standard"), "xa", "ntm"),
)
MEASURES = (
    UnitOfMeasure("ha", Text("ha", "hectare"), "area", Decimal(10000)),
    UnitOfMeasure("m2", Text("m2", "square metre"), "area"),
    UnitOfMeasure("dong", Text("đồng", "dong"), "money"),
    UnitOfMeasure("trieu_dong", Text("triệu đồng", "million dong"), "money", Decimal(10**6)),
    UnitOfMeasure("ty_dong", Text("tỷ đồng", "billion dong"), "money", Decimal(10**9)),
    UnitOfMeasure("ngay", Text("ngày", "day"), "time", Decimal(7)),
    UnitOfMeasure("tan", Text("tấn", "tonne"), "mass", Decimal(1000)),
    UnitOfMeasure("percent", Text("%", "percent"), "ratio"),
    UnitOfMeasure("xa", Text("xã", "commune"), "communes"),
)


@dataclass(frozen=True, slots=True)
class Member:
    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Dimension:
    code: str
    name: Text
    members: tuple[Member, ...]


SEASON = Dimension(
    "season",
    Text("Mùa vụ", "Season"),
    (Member("dong_xuan", Text("Đông xuân", "Winter")), Member("mua", Text("Vụ mùa", "Autumn"))),
)


def names(under: str | None = None) -> Names:
    return Names(UNITS, INDICATORS, MEASURES, under, [SEASON])


def intake_of(*sheets: Sheet, under: str | None = None, **defaults: Any) -> Intake:
    return take_in(sheets, DIGEST, names(under), Defaults(**defaults), AT, "an")


def taken(text: str, under: str | None = None, **defaults: Any) -> Intake:
    """What a CSV file with this text holds."""
    return intake_of(text_sheet(text.encode()), under=under, **defaults)


def long_row(
    unit: str = "00097", indicator: str = "thu", period: str = "2024", value: str = "5", **more: Any
) -> Intake:
    """What a long file with one row holds, after two rows that show it to be Vietnamese (1,5)."""
    heading = "unit;indicator;period;value" + "".join(f";{name}" for name in more)
    row = ";".join((unit, indicator, period, value, *more.values()))
    return taken(f"{heading}\n{row}\n00102;ty_le;1999;1,5" + ";" * len(more) + "\n")


def figures_of(intake: Intake) -> list[str]:
    return [f"{one.address} = {one.value if one.mark is None else one.mark.value}" for one in intake.observations]


def refusals_of(intake: Intake) -> list[tuple[str, str]]:
    """Where something was refused, and what was seen there."""
    return [(one.place.vi, one.seen) for one in intake.rejections]
