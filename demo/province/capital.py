"""Public investment by source and programme, and the budget estimates of three authorities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from demo.province.growing import Level
from demo.province.places import PATCHES
from demo.province.series import MONTHS, Breakdown, Grid, Series, added, year_of

if TYPE_CHECKING:
    from demo.province.growing import Model

CODES = (
    "von_giao", "von_giao_trong_nam", "von_keo_dai", "von_phan_bo", "von_giai_ngan", "von_sn_giao", "von_sn_giai_ngan",
    "du_toan_thu",
)  # fmt: skip
# million đồng a year for 1,000 people, and how much of a year's capital is spent, in thousandths
ASSIGNED = {
    ("nstw", "ntm"): (420, 902), ("nstw", "giam_ngheo"): (310, 861), ("nstw", "dtts"): (520, 828),
    ("nstw", "can_doi"): (610, 924), ("ns_tinh", "can_doi"): (980, 948), ("ns_tinh", "ntm"): (150, 935),
    ("ns_xa", "can_doi"): (460, 955), ("ns_xa", "ntm"): (90, 941), ("oda", "can_doi"): (120, 722),
    ("khac", "khac"): (130, 886),
}  # fmt: skip
RECURRENT = {"ntm": (95, 884), "giam_ngheo": (210, 846), "dtts": (260, 812)}
ESTIMATES = {"trung_uong": 965, "ubnd_tinh": 1000, "hdnd": 1075}  # of what the committee asks for, in thousandths


def capital(model: Model) -> Mapping[str, Series]:
    """Capital of the year and carried over, what is allotted, what is disbursed by the end of each month."""
    fresh, old, allotted, spent = ({} for _ in range(4))
    for pair, (level, rate) in ASSIGNED.items():
        name = "/".join(pair)
        fresh[pair] = model.fixed(Level(f"capital {name}", "fixed", (), level * 1000, "m", 64, "even", 0, "")).grid
        old[pair] = _part(fresh[pair], lambda patch, year, n=name: 68 - 9 * year + model.chance.about(9, n, patch))
        whole = added((fresh[pair], old[pair]))
        allotted[pair] = _allotted(whole)
        spent[pair] = _spent(model, name, whole, rate)
    found = {
        "von_giao": _crossed({pair: added((fresh[pair], old[pair])) for pair in ASSIGNED}, is_stock=True),
        "von_giao_trong_nam": _crossed(fresh, is_stock=True),
        "von_keo_dai": _crossed(old, is_stock=True),
        "von_phan_bo": _crossed(allotted, is_stock=True),
        "von_giai_ngan": _crossed(spent, is_stock=False),
    }
    return found | _recurrent(model) | {"du_toan_thu": _estimates(model)}


def _part(grid: Grid, per_mille) -> Grid:  # type: ignore[no-untyped-def]
    return [
        [value * max(0, per_mille(patch, max(0, year_of(month)))) // 1000 for month, value in enumerate(row)]
        for patch, row in enumerate(grid)
    ]


def _allotted(whole: Grid) -> Grid:
    """Nine tenths are allotted in January, all by May."""
    return [
        [value * min(1000, 900 + 25 * ((month - 1) % 12)) // 1000 for month, value in enumerate(row)] for row in whole
    ]


def _spent(model: Model, name: str, whole: Grid, rate: int) -> Grid:
    season = model.seasons["invest"]
    grid = []
    for patch, row in enumerate(whole):
        values = [0] * MONTHS
        for year in range(3):
            part = rate + 6 * year + model.chance.about(25, "spent", name, patch, year)
            total = row[12 * (year + 1)] * min(998, part) // 1000
            done = 0
            for month in range(12):
                to = total * sum(season[: month + 1]) // 1000
                values[12 * year + 1 + month], done = to - done, to
        grid.append(values)
    return grid


def _crossed(grids: Mapping[tuple[str, str], Grid], is_stock: bool) -> Series:
    """The whole, its sources, its programmes, and both at once."""
    parts: dict[Breakdown, Series] = {}
    for place, dimension in ((0, "nguon_von"), (1, "chuong_trinh")):
        for member in dict.fromkeys(pair[place] for pair in grids):
            grid = added(one for pair, one in grids.items() if pair[place] == member)
            parts[((dimension, member),)] = _plain(grid, is_stock)
    for (source, programme), grid in grids.items():
        parts[(("chuong_trinh", programme), ("nguon_von", source))] = _plain(grid, is_stock)
    whole = _plain(added(grids.values()), is_stock)
    whole.parts.update(parts)
    return whole


def _plain(grid: Grid, is_stock: bool) -> Series:
    return Series(stock=grid) if is_stock else Series(grid)


def _recurrent(model: Model) -> dict[str, Series]:
    assigned, spent = {}, {}
    for programme, (level, rate) in RECURRENT.items():
        row = Level(f"recurrent {programme}", "fixed", (), level * 1000, "m", 40, "even", 0, "rural")
        assigned[programme] = model.fixed(row).grid
        spent[programme] = _spent(model, f"recurrent {programme}", assigned[programme], rate)
    found = {}
    for code, grids, is_stock in (("von_sn_giao", assigned, True), ("von_sn_giai_ngan", spent, False)):
        found[code] = _plain(added(grids.values()), is_stock)
        found[code].parts.update(
            {(("chuong_trinh", programme),): _plain(grid, is_stock) for programme, grid in grids.items()}
        )
    return found


def _estimates(model: Model) -> Series:
    """Estimates of revenue: a little under what came in, in thousands; members are authorities, not parts."""
    revenue = model.series("thu_ngan_sach").grid
    grid = []
    for patch in range(len(PATCHES)):
        row = [0] * MONTHS
        for month in range(MONTHS):
            year = max(0, year_of(month))
            whole = sum(revenue[patch][12 * year + 1 : 12 * year + 13]) * (930 + model.chance.about(25, patch, year))
            row[month] = whole // 1_000_000 * 1000
        grid.append(row)
    made = Series(stock=grid)
    for authority, part in ESTIMATES.items():
        made.parts[(("co_quan_giao", authority),)] = Series(
            stock=[[value * part // 1000 for value in row] for row in grid]
        )
    return made
