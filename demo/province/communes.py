"""What communes are, one by one: whether they meet a criterion, and of what kind they are.

A commune counts at its first patch, the old ones until 6/2025, the new ones from then on; sums over any units hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from demo.province.draws import ONE
from demo.province.places import NEW_COMMUNES, OLD_COMMUNES, PATCHES, REFORM, Commune
from demo.province.series import MONTHS, Grid, Series, added

if TYPE_CHECKING:
    from demo.province.growing import Model

NTM = tuple(f"ntm_tc{at:02}" for at in range(1, 20))
NTM26 = tuple(f"ntm26_tc{at:02}" for at in range(1, 11))
_EASE = (95, 60, 85, 97, 62, 58, 90, 92, 70, 45, 40, 88, 80, 86, 78, 84, 42, 91, 96)  # met in 2024, in hundredths
_EASE26 = (80, 42, 66, 38, 55, 70, 48, 74, 60, 82)
_OF_CRITERION = (4, 5, 5, 4, 6, 5, 5, 4, 5, 4)  # the 47 indicators of the ten criteria
_SINCE_2026 = 25
FLAGS = {  # how many communes have it at the start, in hundredths, and how many more every year
    "xa_phu_hop_tre_em": (84, 6), "xa_chuan_tiep_can_phap_luat": (86, 6), "xa_khong_ma_tuy": (38, 9),
}  # fmt: skip
LEVELS_OF_SCHOOLING = {
    "mam_non_5_tuoi": 98, "tieu_hoc_1": 99, "tieu_hoc_2": 97, "tieu_hoc_3": 84, "thcs_1": 98, "thcs_2": 80,
    "thcs_3": 52, "xoa_mu_chu": 88,
}  # fmt: skip
CODES = (
    "tong_so_xa", "phan_loai_chinh_quyen", "ntm_xa_thuc_hien", "ntm_xa_dat_chuan", "ntm_xa_nang_cao",
    "ntm_xa_kieu_mau", "ntm_tieu_chi_dat", "ntm_tieu_chi_tang_them", *NTM, "ntm26_tieu_chi_dat", "ntm26_chi_tieu_dat",
    *NTM26, *FLAGS, "xa_khu_vuc_iii", "xa_pho_cap",
)  # fmt: skip


def communes(model: Model) -> Mapping[str, Series]:
    """All counts of communes."""
    found = _kinds() | _criteria(model)
    for code, (start, growth) in FLAGS.items():
        found[code] = Series(
            stock=_counted(lambda one, month, c=code, s=start, g=growth: _has(model, c, one, month, s, g))
        )
    found["xa_khu_vuc_iii"] = Series(stock=_counted(lambda one, month: _minority(one) > 760 + 4 * month))
    return found | {"xa_pho_cap": _schooling(model)}


def _counted(has: Callable[[Commune, int], bool | int]) -> Grid:
    """A count at the first patch of every commune that stands in that month."""
    grid = [[0] * MONTHS for _ in PATCHES]
    for communes_then, months in ((OLD_COMMUNES, range(REFORM + 1)), (NEW_COMMUNES, range(REFORM + 1, MONTHS))):
        for one in communes_then:
            for month in months:
                grid[one.patches[0]][month] = int(has(one, month))
    return grid


def _minority(one: Commune) -> int:
    people = sum(PATCHES[at].people for at in one.patches)
    return sum(PATCHES[at].people * PATCHES[at].minority for at in one.patches) // people


def _has(model: Model, code: str, one: Commune, month: int, start: int, growth: int) -> bool:
    """Whether a commune meets something; once met it stays met. Merged communes are judged by their first part,
    and one that is good at one thing is mostly good at others."""
    key = PATCHES[one.patches[0]].old
    own, common = model.chance.draws(1, code, key)[0], model.chance.draws(1, "commune", key)[0]
    luck = (own + 3 * common) * 100 // (4 * ONE)
    poorest = max(PATCHES[at].minority for at in one.patches)
    return luck < start + growth * month // 12 + (450 - poorest) // 40


def _kinds() -> dict[str, Series]:
    every = _counted(lambda _one, _month: 1)
    kinds = {"xa": "Xã", "phuong": "Phường", "thi_tran": "Thị trấn"}
    parts = {
        (("loai_xa", code),): Series(stock=_counted(lambda one, _month, w=word: one.name.startswith(w)))
        for code, word in kinds.items()
    }
    rural = _counted(lambda one, _month: one.is_rural)
    return {
        "tong_so_xa": Series(stock=every, parts=parts),
        "phan_loai_chinh_quyen": Series(stock=every),
        "ntm_xa_thuc_hien": Series(stock=rural),
    }


def _criteria(model: Model) -> dict[str, Series]:
    def met(code: str, ease: int, growth: int, first: int = 0) -> Grid:
        return _counted(
            lambda one, month: one.is_rural and month >= first and _has(model, code, one, month, ease, growth)
        )

    old = {code: met(code, ease, 7) for code, ease in zip(NTM, _EASE, strict=True)}
    new = {code: met(code, ease, 0, _SINCE_2026) for code, ease in zip(NTM26, _EASE26, strict=True)}
    whole, whole26 = added(old.values()), added(new.values())
    full = [[int(value == len(NTM)) for value in row] for row in whole]
    advanced = [[int(value and at % 3 == 0) for value in row] for at, row in enumerate(full)]
    model_ones = [[int(value and at % 9 == 0) for value in row] for at, row in enumerate(full)]
    weighted = [
        [[value * weight for value in row] for row in grid]
        for grid, weight in zip(new.values(), _OF_CRITERION, strict=True)
    ]
    partly = _counted(
        lambda one, month: (9 + model.chance.draws(1, "ntm26", one.code)[0] * 5 // ONE) * (month >= 25) * one.is_rural
    )
    indicators = [
        [min(47 * bool(some), some + more) for more, some in zip(mores, somes, strict=True)]
        for mores, somes in zip(added(weighted), partly, strict=True)
    ]
    found = {code: Series(stock=grid) for code, grid in old.items()}
    found |= {code: Series(stock=grid, since=_SINCE_2026) for code, grid in new.items()}
    return found | {
        "ntm_xa_dat_chuan": Series(stock=full),
        "ntm_xa_nang_cao": Series(stock=advanced),
        "ntm_xa_kieu_mau": Series(stock=model_ones),
        "ntm_tieu_chi_dat": Series(stock=whole),
        "ntm_tieu_chi_tang_them": Series(_more(whole)),
        "ntm26_tieu_chi_dat": Series(stock=whole26, since=_SINCE_2026),
        "ntm26_chi_tieu_dat": Series(stock=indicators, since=_SINCE_2026),
    }


def _more(whole: Grid) -> Grid:
    """What is met in a month and was not before; the new communes of 7/2025 begin with what they have."""
    return [
        [max(0, row[month] - row[month - 1]) if month and month != REFORM + 1 else 0 for month in range(MONTHS)]
        for row in whole
    ]


def _schooling(model: Model) -> Series:
    parts = {
        (("muc_pho_cap", member),): Series(
            stock=_counted(lambda one, month, m=member, s=start: _has(model, m, one, month, s, 2))
        )
        for member, start in LEVELS_OF_SCHOOLING.items()
    }
    return Series(stock=_counted(lambda _one, _month: 1), parts=parts)
