"""A plan read back: the year before it is told, the year that it is for is asked for, each by its authority."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao import desk
from baocao.linking import Link, Setting
from baocao.model.document import Kind
from baocao.model.period import Period
from baocao.model.target import TargetKind
from baocao.reporting.reading_back import ReadBack, loadable, planned_year
from tests.unit.linking.small_reports import YEAR, passage, read, table, told

HEAD = """\
ỦY BAN NHÂN DÂN TỈNH SƠN KHÊ
Số: 12/KH-UBND
Sơn Khê, ngày {day}

{kind}
{summary}

"""


def _planned(tmp_path: Path, kind: str, summary: str, day: str = "15 tháng 12 năm 2026") -> Period | None:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(HEAD.format(kind=kind, summary=summary, day=day), encoding="utf-8")
    reading = desk.read(path)
    return planned_year(reading.document, reading.claims)


@pytest.mark.parametrize("day", ["15 tháng 12 năm 2026", "05 tháng 01 năm 2027"])
def test_a_plan_is_for_the_year_of_its_title(tmp_path: Path, day: str) -> None:
    assert _planned(tmp_path, "KẾ HOẠCH", "Phát triển kinh tế - xã hội năm 2027", day) == Period.part(2027)


def test_a_report_on_a_plan_is_no_plan(tmp_path: Path) -> None:
    assert _planned(tmp_path, "BÁO CÁO", "Kết quả thực hiện Kế hoạch năm 2026") is None


PLAN = Setting("90", Period.part(2026), YEAR.authorities, planned=Period.part(2027))
RESULTS = passage("TÌNH HÌNH THỰC HIỆN KẾ HOẠCH NĂM 2026", Kind.HEADING, "Phần I")
TARGETS = passage("MỤC TIÊU, CHỈ TIÊU CHỦ YẾU", Kind.HEADING, "Phần II")
RICE = "Sản lượng lúa: HĐND tỉnh giao 900 tấn, UBND tỉnh giao từ 880 tấn trở lên; thực hiện năm 2026 là 870 tấn."


def test_results_and_targets_stand_apart() -> None:
    found = read(RESULTS, "Sản lượng lúa đạt 870 tấn, bằng 98,9% kế hoạch UBND tỉnh giao.", TARGETS, RICE, setting=PLAN)
    assert [told(one) for one in found] == [
        "870 value lua_san_luong:2026-A1",
        "98,9 percent lua_san_luong:2026-A1 / lua_san_luong:2026-A1:target:UBND tỉnh",
        "900 value lua_san_luong:2027-A1:target:HĐND tỉnh",
        "880 value lua_san_luong:2027-A1:target:UBND tỉnh",
        "870 value lua_san_luong:2026-A1",
    ]


def test_a_part_is_known_though_its_number_stands_apart_from_its_title() -> None:
    number, title = (passage(text, Kind.HEADING, label) for text, label in (("Phần I", "Phần I"), (RESULTS.text, "")))
    below = passage("A. CHỈ TIÊU NÔNG NGHIỆP", Kind.HEADING, "A.")
    after = passage("A. KẾ HOẠCH NĂM 2027", Kind.HEADING, "A.")
    found = read(number, title, below, "Sản lượng lúa đạt 870 tấn.", after, RICE, setting=PLAN)
    assert [told(one) for one in found] == [
        "870 value lua_san_luong:2026-A1",
        "900 value lua_san_luong:2027-A1:target:HĐND tỉnh",
        "880 value lua_san_luong:2027-A1:target:UBND tỉnh",
        "870 value lua_san_luong:2026-A1",
    ]


def test_a_plan_without_results_asks_for_all_that_it_tells() -> None:
    assert [told(one) for one in read("Sản lượng lúa: HĐND tỉnh giao 900 tấn.", setting=PLAN)] == [
        "900 value lua_san_luong:2027-A1:target:HĐND tỉnh"
    ]


def test_what_nobody_is_named_for_stays_unsure() -> None:
    assert [told(one) for one in read(TARGETS, "Sản lượng lúa đạt 900 tấn.", setting=PLAN)] == ["900 ?"]


def test_the_same_of_two_authorities_is_each_one_s() -> None:
    line = "Số xã đạt chuẩn nông thôn mới: HĐND tỉnh và UBND tỉnh cùng giao duy trì 04 xã."
    (found,) = read(TARGETS, line, setting=PLAN)
    both = "ntm_xa_dat_chuan:2027-A1:target:HĐND tỉnh / ntm_xa_dat_chuan:2027-A1:target:UBND tỉnh"
    assert told(found) == f"04 value {both}"
    assert isinstance(found, Link)
    assert found.meant is not None
    assert found.meant.kind is TargetKind.MAINTAIN


def test_the_annex_sets_what_is_asked_for_against_the_year_before() -> None:
    annex = table(
        [
            [
                "TT",
                "Chỉ tiêu",
                "ĐVT",
                "Thực hiện năm 2026",
                "HĐND tỉnh giao năm 2027",
                "HĐND tỉnh giao năm 2027 so với thực hiện năm 2026 (%)",
            ],
            ["1", "Tổng đàn trâu", "con", "1.000", "1.200", "120"],
            ["2", "Tỷ lệ hộ nghèo", "%", "4,5", "dưới 4", ""],
        ]
    )
    assert [told(one) for one in read(TARGETS, annex, setting=PLAN)] == [
        "1.000 value dan_trau:2026-A1",
        "1.200 value dan_trau:2027-A1:target:HĐND tỉnh",
        "120 percent dan_trau:2027-A1:target:HĐND tỉnh / dan_trau:2026-A1",
        "4,5 value ty_le_ho_ngheo:2026-A1",
        "dưới 4 value ty_le_ho_ngheo:2027-A1:target:HĐND tỉnh",
    ]


def test_targets_are_loaded_as_they_are_meant() -> None:
    lines = (
        RICE,
        "Tỷ trọng dịch vụ: HĐND tỉnh giao 36,5 - 38%.",
        "Tỷ lệ hộ nghèo: HĐND tỉnh giao dưới 4%, UBND tỉnh giao giảm 0,5%.",
        "Số vụ tai nạn giao thông: HĐND tỉnh giao không quá 60 vụ.",
    )
    readings = read(TARGETS, *lines, setting=PLAN)
    found = ReadBack(None, tuple(readings), PLAN)  # type: ignore[arg-type]
    assert [(row[1], row[4], str(row[-1])) for row in loadable(found, are_targets=True).rows] == [
        ("lua_san_luong", "HĐND tỉnh", "900"),
        ("lua_san_luong", "UBND tỉnh", "từ 880 trở lên"),
        ("ty_trong_dich_vu", "HĐND tỉnh", "36,5-38"),
        ("ty_le_ho_ngheo", "HĐND tỉnh", "dưới 4"),
        ("ty_le_ho_ngheo", "UBND tỉnh", "giảm 0,5"),
        ("tai_nan_vu", "HĐND tỉnh", "không quá 60"),
    ]
    assert [str(row[-1]) for row in loadable(found).rows] == ["870"]
