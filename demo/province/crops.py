"""Crops: area, then what is harvested of it, then the output that the yield makes; in two half years.

What is sown for spring is told with the first half year, the main rainy season and winter with the second, each with
its output, so that area times yield is output in every period that is reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from demo.province.draws import divided
from demo.province.growing import Level
from demo.province.series import MONTHS, Grid, Series, added, mapped, year_of

if TYPE_CHECKING:
    from demo.province.growing import Model

# code: area a year for 1,000 people in tenths of a hectare; yield in tenths of a tạ; growth of both in thousandths
ANNUAL = {
    "lua": (640, 535, -4, 9),
    "ngo": (360, 452, 6, 13),
    "khoai_lang": (30, 720, -20, 6),
    "san": (140, 1420, 12, 10),
    "khoai_tay": (16, 1450, 25, 8),
    "lac": (60, 182, 10, 12),
    "dau_tuong": (25, 148, -25, 5),
    "mia": (40, 6100, -30, 7),
    "thuoc_la": (12, 212, 15, 6),
    "rau": (150, 1580, 38, 11),
    "dau": (30, 121, -8, 5),
    "hoa": (5, 900, 60, 9),
    "khac": (60, 600, 5, 5),
}
PERENNIAL = {"che": 92, "cam_quyt": 118, "nhan_vai": 71, "chuoi": 210, "xoai": 65, "khac": 80}  # tenths of a tạ
INDUSTRIAL = ("lac", "dau_tuong", "mia", "thuoc_la")
_SOWN = [0, 0, 0, 0, 0, 460, 0, 0, 0, 0, 0, 540]  # in June and December, the months that close a half year
CODES = (
    "cay_hang_nam_dien_tich", "cay_hang_nam_thu_hoach", "cay_hang_nam_san_luong", "lua_dien_tich", "lua_san_luong",
    "ngo_dien_tich", "ngo_san_luong", "cay_cong_nghiep_dien_tich", "cay_cong_nghiep_san_luong",
    "luong_thuc_san_luong", "cay_lau_nam_san_luong",
)  # fmt: skip


def crops(model: Model) -> Mapping[str, Series]:
    """All courses of crops."""
    model.seasons["sown"] = _SOWN
    area = {crop: _area(model, crop) for crop in ANNUAL}
    harvested = {crop: mapped(lambda _p, _m, value: value * 992 // 1000, grid) for crop, grid in area.items()}
    output = {crop: _output(model, crop, grid) for crop, grid in harvested.items()}
    rice, maize = (_output(model, crop, area[crop]) for crop in ("lua", "ngo"))
    output |= {"lua": rice, "ngo": maize}
    found = {
        "cay_hang_nam_dien_tich": _by_crop(area),
        "cay_hang_nam_thu_hoach": _by_crop(harvested | {"lua": area["lua"], "ngo": area["ngo"]}),
        "cay_hang_nam_san_luong": _by_crop(output),
        "lua_dien_tich": Series(area["lua"]),
        "lua_san_luong": Series(rice),
        "ngo_dien_tich": Series(area["ngo"]),
        "ngo_san_luong": Series(maize),
        "cay_cong_nghiep_dien_tich": Series(added(area[crop] for crop in INDUSTRIAL)),
        "cay_cong_nghiep_san_luong": Series(added(output[crop] for crop in INDUSTRIAL)),
        "luong_thuc_san_luong": Series(added((rice, maize))),
    }
    made = {code: model.with_members(code, series) for code, series in found.items()}
    return made | {"cay_lau_nam_san_luong": _perennial(model)}


def _area(model: Model, crop: str) -> Grid:
    level, _, growth, _ = ANNUAL[crop]
    row = Level(f"area of {crop}", "flow", (), level * 1000, "s", growth, "sown", 20, "rural")
    return model.bare_flow(row)


def _output(model: Model, crop: str, area: Grid) -> Grid:
    _, base, _, growth = ANNUAL[crop]
    yearly = {year: model.chance.about(22, "yield", crop, year) for year in range(-1, 3)}
    luck = [model.chance.about(60, "yield", crop, patch) for patch in range(len(area))]

    def of(patch: int, month: int, value: int) -> int:
        per_mille = 1000 + luck[patch] + yearly[year_of(month)] + growth * year_of(month)
        autumn = 935 if month % 12 == 0 else 1070  # the second crop of the year gives less
        return value * base * per_mille * autumn // 100_000_000

    return mapped(of, area)


def _by_crop(grids: Mapping[str, Grid]) -> Series:
    parts = {(("cay_hang_nam", crop),): Series(grid) for crop, grid in grids.items()}
    return Series(added(grids.values()), parts=parts)


def _perennial(model: Model) -> Series:
    bearing = model.series("cay_lau_nam_cho_san_pham")
    parts = {}
    for pair, series in bearing.parts.items():
        grid = []
        for patch, course in enumerate(series.grid):
            row = [0] * MONTHS
            luck = 1000 + model.chance.about(70, "yield", pair[0][1], patch)
            for year in range(3):
                whole = course[12 * (year + 1)] * PERENNIAL[pair[0][1]] * (luck + 14 * year) // 100_000
                row[12 * year + 6], row[12 * year + 12] = divided(whole, [36, 64])
            grid.append(row)
        parts[pair] = Series(grid)
    return Series(added(part.grid for part in parts.values()), parts=parts)
