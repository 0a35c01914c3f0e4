"""What is received, settled and still pending: files, petitions, mediations, inspections, judgments, land files.

What is pending at the end of a month is carried into the next, so received = settled + pending in every period.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from demo.province.draws import divided
from demo.province.growing import Level
from demo.province.series import MONTHS, Grid, Series, added, mapped

if TYPE_CHECKING:
    from demo.province.growing import Model

HS_CODES = (
    "hs_tiep_nhan", "hs_ky_truoc_chuyen", "hs_tiep_nhan_moi", "hs_truc_tuyen", "hs_truc_tiep", "hs_giai_quyet",
    "hs_giai_quyet_truoc_han", "hs_giai_quyet_dung_han", "hs_giai_quyet_qua_han", "hs_dang_giai_quyet",
    "hs_dang_trong_han", "hs_dang_qua_han",
)  # fmt: skip
DON_CODES = (
    "don_tiep_nhan", "don_ky_truoc_chuyen", "don_moi", "don_khieu_nai", "don_to_cao", "don_kien_nghi",
    "don_khong_du_dieu_kien", "don_thuoc_tham_quyen", "don_khong_thuoc_tham_quyen", "don_da_giai_quyet",
    "don_dang_giai_quyet",
)  # fmt: skip
HOA_GIAI_CODES = ("hoa_giai_vu", "hoa_giai_thanh", "hoa_giai_khong_thanh", "hoa_giai_dang")
THANH_TRA_CODES = ("thanh_tra_cuoc", "thanh_tra_ket_luan", "thanh_tra_dang_thuc_hien")
AN_CODES = ("an_phai_thi_hanh", "an_thi_hanh_xong")
DAT_CODES = ("dat_ho_so_tiep_nhan", "dat_ho_so_giai_quyet", "dat_ho_so_dang_giai_quyet")


class Queue(NamedTuple):
    """New, settled in the month, and pending at its end."""

    new: Grid
    settled: Grid
    pending: Grid


def queued(model: Model, name: str, new: Grid, pending: int) -> Queue:
    """Of what is there in a month, so many thousandths stay pending."""
    settled, left = [], []
    for patch, row in enumerate(new):
        rests = model.chance.draws(MONTHS, "pending", name, patch)
        done, stays = [0] * MONTHS, [row[0] * pending // 1000] + [0] * (MONTHS - 1)
        for month in range(1, MONTHS):
            there = stays[month - 1] + row[month]
            stays[month] = min(there, (there * pending * 65_536 + rests[month] * 1000) // 65_536_000)
            done[month] = there - stays[month]
        settled.append(done)
        left.append(stays)
    return Queue(new, settled, left)


def _of_members(model: Model, code: str, dimension: str, row: Level, pending: int) -> dict[str, Queue]:
    """One queue for each member of a breakdown."""
    whole = model.bare_flow(row)
    divided_by = model.with_members(code, Series(whole))
    return {
        pair[0][1]: queued(model, f"{code} {pair[0][1]}", part.grid, pending)
        for pair, part in divided_by.parts.items()
        if pair[0][0] == dimension
    }


def _whole(dimension: str, parts: Mapping[str, Series]) -> Series:
    """The sum of members, each of which may be a flow, a stock and an opening at once."""
    kinds = {
        kind: added(getattr(part, kind) for part in parts.values())
        for kind in ("flow", "stock", "opening")
        if getattr(next(iter(parts.values())), kind) is not None
    }
    return Series(**kinds, parts={((dimension, member),): part for member, part in parts.items()})


def _ratio(model: Model, name: str, grid: Grid, start: int, growth: int) -> Grid:
    """So many thousandths of every value, more from month to month."""
    return mapped(
        lambda patch, month, value: min(
            value,
            (
                value * min(1000, start + growth * month // 12) * 65_536
                + model.chance.draws(MONTHS, name, patch)[month] * 1000
            )
            // 65_536_000,
        ),
        grid,
    )


def _less(grid: Grid, *others: Grid) -> Grid:
    return [
        [value - sum(other[patch][month] for other in others) for month, value in enumerate(row)]
        for patch, row in enumerate(grid)
    ]


def files(model: Model) -> Mapping[str, Series]:
    """The one-stop shop: more from year to year is handed in online, little is late."""
    row = Level("hs_tiep_nhan_moi", "flow", (), 742_000, "m", 46, "school", 40, "")
    fields = _of_members(model, "hs_tiep_nhan_moi", "linh_vuc_thu_tuc", row, 96)
    parts: dict[str, dict[str, Series]] = {code: {} for code in HS_CODES}
    for field, queue in fields.items():
        name = f"hs {field}"
        online = _ratio(model, f"{name} online", queue.new, 545, 118)
        early = _ratio(model, f"{name} early", queue.settled, 610, 25)
        late = _ratio(model, f"{name} late", queue.settled, 16, -3)
        late = mapped(lambda p, m, value, e=early, s=queue.settled: min(value, s[p][m] - e[p][m]), late)
        overdue = _ratio(model, f"{name} overdue", queue.pending, 21, -4)
        made = (
            Series(queue.settled, queue.pending),
            Series(opening=queue.pending),
            Series(queue.new),
            Series(online),
            Series(_less(queue.new, online)),
            Series(queue.settled),
            Series(early),
            Series(_less(queue.settled, early, late)),
            Series(late),
            Series(stock=queue.pending),
            Series(stock=_less(queue.pending, overdue)),
            Series(stock=overdue),
        )
        for code, series in zip(HS_CODES, made, strict=True):
            parts[code][field] = series
    return {code: _whole("linh_vuc_thu_tuc", members) for code, members in parts.items()}


def petitions(model: Model) -> Mapping[str, Series]:
    """Petitions: what is carried over is within competence; some are passed on, some fail the conditions."""
    row = Level("don_moi", "flow", (), 3_150, "m", -55, "even", 110, "")
    fields = _of_members(model, "don_moi", "loai_don", row, 0)
    parts: dict[str, dict[str, Series]] = {code: {} for code in DON_CODES if code not in DON_CODES[3:6]}
    kinds: dict[str, list[Series]] = {code: [] for code in DON_CODES[3:6]}
    for field, all_new in fields.items():
        new = all_new.new
        outside = _ratio(model, f"don {field} outside", new, 172, -8)
        unfit = _ratio(model, f"don {field} unfit", _less(new, outside), 96, -5)
        queue = queued(model, f"don {field}", _less(new, outside, unfit), 240)
        made = {
            "don_tiep_nhan": Series(new, opening=queue.pending),
            "don_ky_truoc_chuyen": Series(opening=queue.pending),
            "don_moi": Series(new),
            "don_khong_du_dieu_kien": Series(unfit),
            "don_thuoc_tham_quyen": Series(queue.settled, queue.pending),
            "don_khong_thuoc_tham_quyen": Series(outside),
            "don_da_giai_quyet": Series(queue.settled),
            "don_dang_giai_quyet": Series(stock=queue.pending),
        }
        for code, series in made.items():
            parts[code][field] = series
        for code, one in zip(kinds, _kinds(new, queue.pending), strict=True):
            kinds[code].append(one)
    found = {code: _whole("loai_don", members) for code, members in parts.items()}
    for code, ones in kinds.items():
        opening = added(one.opening for one in ones if one.opening is not None)
        found[code] = Series(added(one.grid for one in ones), opening=opening)
    return found


def _kinds(new: Grid, pending: Grid) -> tuple[Series, ...]:
    """Complaints, denunciations, proposals: of what is new and of what is carried over alike."""
    grids = [
        [[divided(value, [150, 40, 810])[at] for value in row] for row in grid]
        for grid in (new, pending)
        for at in range(3)
    ]
    return tuple(Series(grids[at], opening=grids[3 + at]) for at in range(3))


def mediations(model: Model) -> Mapping[str, Series]:
    """Mediation: four in five succeed."""
    new = model.bare_flow(Level("hoa_giai_vu", "flow", (), 2_300, "q", -32, "even", 100, "rural"))
    queue = queued(model, "hoa_giai", new, 90)
    failed = _ratio(model, "hoa_giai failed", queue.settled, 172, -14)
    return dict(
        zip(
            HOA_GIAI_CODES,
            (
                Series(queue.settled, queue.pending),
                Series(_less(queue.settled, failed)),
                Series(failed),
                Series(stock=queue.pending),
            ),
            strict=True,
        )
    )


def inspections(model: Model) -> Mapping[str, Series]:
    """Inspections: concluded, or still under way."""
    row = Level("thanh_tra_cuoc", "flow", (), 210, "q", 8, "autumn", 90, "")
    kinds = _of_members(model, "thanh_tra_ket_luan", "loai_thanh_tra", row, 260)
    made: dict[str, dict[str, Series]] = {code: {} for code in THANH_TRA_CODES}
    for kind, queue in kinds.items():
        series = (Series(queue.settled, queue.pending), Series(queue.settled), Series(stock=queue.pending))
        for code, one in zip(THANH_TRA_CODES, series, strict=True):
            made[code][kind] = one
    return {code: _whole("loai_thanh_tra", members) for code, members in made.items()}


def judgments(model: Model) -> Mapping[str, Series]:
    """Judgments to be executed, of which most are, within the year."""
    new = model.bare_flow(Level("an_phai_thi_hanh", "flow", (), 8_200, "q", 24, "even", 60, "town"))
    queue = queued(model, "an", new, 620)
    return {"an_phai_thi_hanh": Series(queue.settled, queue.pending), "an_thi_hanh_xong": Series(queue.settled)}


def land_files(model: Model) -> Mapping[str, Series]:
    """Files about land."""
    new = model.bare_flow(Level("dat_ho_so_tiep_nhan", "flow", (), 118_000, "m", 42, "even", 50, ""))
    queue = queued(model, "dat", new, 145)
    made = (Series(queue.settled, queue.pending), Series(queue.settled), Series(stock=queue.pending))
    return dict(zip(DAT_CODES, made, strict=True))
