"""Poor households: those of the start of the year, less who came out, with who fell back and who is new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from demo.province.growing import Level
from demo.province.places import PATCHES
from demo.province.series import MONTHS, Grid, Series, added

if TYPE_CHECKING:
    from demo.province.growing import Model

CODES = (
    "ho_ngheo", "ho_thoat_ngheo", "ho_ngheo_phat_sinh", "ho_tai_ngheo", "ho_can_ngheo", "ho_ngheo_da_chieu",
    "ho_ngheo_dtts",
)  # fmt: skip
_OUT = {1: 10, 2: 15, 3: 15, 4: 60}  # of a year's way out of poverty, by quarter: most is judged at the end


def poverty(model: Model) -> Mapping[str, Series]:
    """Poverty by patch: more of it where more belong to ethnic minorities, a fifth less every year."""
    households = model.series("tong_so_ho")
    poor, out, new, again = ([_zeros() for _ in PATCHES] for _ in range(4))
    for patch, place in enumerate(PATCHES):
        rate = 28 + place.minority * 17 // 100 + model.chance.about(12, "poor", patch)
        poor[patch][0] = households.grid[patch][0] * rate // 1000
        for year in range(3):
            _year(model, patch, year, (poor, out, new, again))
    whole = Series(stock=poor)
    shared = {pair[0][0]: households for pair in households.parts}
    model.with_members("ho_ngheo", whole, {"thanh_thi_nong_thon": shared["thanh_thi_nong_thon"]})
    near = model.stock(Level("ho_can_ngheo", "stock", (), 15_200, "q", -78, "even", 0, "rural"))
    return {
        "ho_ngheo": whole,
        "ho_thoat_ngheo": Series(out),
        "ho_ngheo_phat_sinh": Series(new),
        "ho_tai_ngheo": Series(again),
        "ho_can_ngheo": near,
        "ho_ngheo_da_chieu": Series(stock=added((poor, near.grid))),
        "ho_ngheo_dtts": Series(stock=whole.parts[(("dan_toc", "thieu_so"),)].grid),
    }


def _year(model: Model, patch: int, year: int, grids: tuple[Grid, Grid, Grid, Grid]) -> None:
    """One year: at the last month of each quarter households come out, fall back, become poor."""
    poor, out, new, again = grids
    start = poor[patch][12 * year]
    leaving = start * (214 + model.chance.about(30, "out", patch, year)) // 1000
    coming = start * (22 + model.chance.about(6, "in", patch, year)) // 1000
    gone = arrived = 0
    for month in range(12 * year + 1, 12 * year + 13):
        poor[patch][month] = poor[patch][month - 1]
        if month % 3:
            continue
        quarter = (month - 12 * year) // 3
        to = leaving * sum(_OUT[at] for at in range(1, quarter + 1)) // 100
        come = coming * quarter // 4
        out[patch][month], gone = to - gone, to
        fresh, arrived = come - arrived, come
        again[patch][month] = fresh // 4
        new[patch][month] = fresh - fresh // 4
        poor[patch][month] += fresh - out[patch][month]


def _zeros() -> list[int]:
    return [0] * MONTHS
