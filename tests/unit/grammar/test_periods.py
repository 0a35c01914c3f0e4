"""Dates and periods: what each shape is read as, and what is no date."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from baocao import formats
from baocao.grammar.periods import dates, frame
from baocao.model import Strength

DAYS = [
    ("Họp ngày 15/6/2021 tại xã.", (15, 6, 2021)),
    ("Họp ngày 15-6-2021 tại xã.", (15, 6, 2021)),
    ("Họp ngày 15.6.2021 tại xã.", (15, 6, 2021)),
    ("Họp ngày 04/ 7/2016 tại xã.", (4, 7, 2016)),
    ("Họp ngày 15 tháng 6 năm 2021 tại xã.", (15, 6, 2021)),
    ("Họp ngày 15 tháng 6 tại xã.", (15, 6, None)),
    ("Họp ngày 15/6 tại xã.", (15, 6, None)),
    ("Họp ngày 15/6/21 tại xã.", (15, 6, 2021)),
    ("Công bố ngày 31/11/2021.", (31, 11, 2021)),
    ("Mở lớp ngày 12-15/6/2021 tại xã.", (15, 6, 2021)),
    ("Xong trước ngày 15/6/2021. Chi trả cho 12 hộ.", (15, 6, 2021)),
    ("NGÀY 15 THÁNG 6 NĂM 2021", (15, 6, 2021)),
]

PERIODS = [
    ("Trong tháng 6/2021", {"basis": "month", "month": 6, "year": 2021}),
    ("Đến 6/2021 hoàn thành", {"basis": "month", "month": 6, "year": 2021}),
    ("tháng 6 năm 2021", {"basis": "month", "month": 6, "year": 2021}),
    ("quý IV/2021", {"basis": "quarter", "quarter": 4, "year": 2021}),
    ("Quý 3 năm 2022", {"basis": "quarter", "quarter": 3, "year": 2022}),
    ("trong quý II, toàn xã", {"basis": "quarter", "quarter": 2, "year": None}),
    ("6 tháng đầu năm 2021", {"basis": "months", "months": 6, "year": 2021}),
    ("Sáu tháng đầu năm", {"basis": "months", "months": 6, "year": None}),
    ("9 tháng năm 2022", {"basis": "months", "months": 9, "year": 2022}),
    ("6 tháng cuối năm 2021", {"basis": "months_left", "months": 6, "year": 2021}),
    ("năm 2022", {"basis": "year", "year": 2022}),
    ("giai đoạn 2021 - 2025", {"basis": "stage", "year": 2021}),
    ("nhiệm kỳ 2020-2025", {"basis": "stage", "year": 2020}),
    ("năm học 2020 – 2021", {"basis": "school_year", "year": 2020}),
    ("vụ Đông Xuân 2020-2021", {"basis": "season", "year": 2020}),
    ("kế hoạch 03 năm 2022-2024", {"basis": "stage", "year": 2022, "months": 36}),
]

NO_DATES = [
    "Trực 24/24 giờ, 16/17 xã hoàn thành, đạt 1/2 tiêu chí, 412/430 ha, xếp thứ 6/10.",
    "Hợp đồng số 12/10/2021/HĐ-XD; Nghị định 12/2021 của Chính phủ; số 05/2021/QĐ-UBND.",
    "Mỗi tháng 15 triệu đồng, mỗi ngày 30 lượt, mỗi quý 2 lần, 12 tháng tù.",
    "Đạt 1.583,7 ha, bằng 99,5% KH; 6.384/6.510 con; phiên bản 2.10.",
    "Đến 12/13 xã, thị trấn đạt chuẩn, tăng từ 5/12 lên 8/12.",
]


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_days(text: str, expected: tuple[int, int, int | None]) -> None:
    (read,) = dates(text, 3, 1)
    assert (read.day, read.month, read.year) == expected
    assert read.at.block == 3
    assert read.at.document == 1
    assert text[read.at.start : read.at.end] == read.text


@pytest.mark.parametrize(("text", "expected"), PERIODS)
def test_periods(text: str, expected: dict[str, object]) -> None:
    (read,) = dates(text, 0, 0)
    assert {name: getattr(read, name) for name in expected} == expected


@pytest.mark.parametrize("text", NO_DATES)
def test_what_looks_like_a_date_and_is_none(text: str) -> None:
    assert dates(text, 0, 0) == []


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("tăng 5% so với cùng kỳ năm 2020", "same_period"),
        ("tăng 5% so với cùng kỳ 2020", "same_period"),
        ("giảm 3 vụ so với cùng kỳ quý I năm 2019", "same_period"),
        ("tính đến ngày 31/5/2021 thu được 5 tỷ đồng", "until"),
        ("tính đến hết tháng 6/2021 thu được 5 tỷ đồng", "until_end"),
        ("kể từ ngày 01/7/2025 giải thể", "since"),
        ("(Kèm theo Báo cáo số 12/BC-UBND ngày 15/6/2021)", "attached"),
        ("tổ chức ngày 15/6/2021", ""),
    ],
)
def test_what_a_date_is_for(text: str, cue: str) -> None:
    assert dates(text, 0, 0)[-1].cue == cue


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Tính đến hết tháng 6/2021 chi được 15 tỷ đồng.", Strength.CERTAIN),
        ("Đến ngày 30/6/2021 đã tiêm 12.000 liều.", Strength.LIKELY),
        ("Ước tính đến hết tháng 6/2021 chi được 15 tỷ đồng.", Strength.POSSIBLE),
        ("Phấn đấu đến ngày 31/12/2021 đạt 100%.", Strength.POSSIBLE),
        ("Giấy phép có hiệu lực đến ngày 31/12/2025 đã được cấp.", Strength.POSSIBLE),
    ],
)
def test_how_sure_a_cut_off_tells_a_result(text: str, strength: Strength) -> None:
    assert dates(text, 0, 0)[0].strength is strength


def test_ranges_know_both_ends() -> None:
    (read,) = dates("tổ chức ngày 04 - 07 tháng 7 năm 2022", 0, 0)
    assert read.until is not None
    assert (read.on, read.until.on) == (date(2022, 7, 4), date(2022, 7, 7))
    first, last = dates("từ ngày 15/12/2021 đến hết ngày 14/6/2022", 0, 0)
    assert first.until is not None
    assert first.until.on == last.on == date(2022, 6, 14)


@pytest.mark.parametrize("text", ["(03/02/1930-03/02/2023)", "từ 03/02/1930 - 03/02/2023."])
def test_ranges_in_figures(text: str) -> None:
    assert [each.on for each in dates(text, 0, 0)] == [date(1930, 2, 3), date(2023, 2, 3)]


def test_an_impossible_day_has_no_place_on_the_calendar() -> None:
    (read,) = dates("Họp ngày 30/02/2024.", 0, 0)
    assert read.on is None


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "Mẫu Khê, ngày 15 tháng 6 năm 2021\n\nBÁO CÁO\n\nTình hình 6 tháng đầu năm; nhiệm vụ 6 tháng cuối năm 2021",
            (date(2021, 6, 15), 2021, 6),
        ),
        ("Mẫu Khê, ngày     tháng     năm 2023\n\nBÁO CÁO\n\nKết quả năm 2022; nhiệm vụ năm 2023", (None, 2022, 12)),
        (
            "Mẫu Khê, ngày 30 tháng 7 năm 2021\n\nKẾ HOẠCH\n\nPhát triển kinh tế - xã hội năm 2022",
            (date(2021, 7, 30), 2021, None),
        ),
        ("Mẫu Khê, ngày 05 tháng 10 năm 2024\n\nBÁO CÁO\n\nCông tác quý III năm 2024", (date(2024, 10, 5), 2024, 3)),
        ("Thu ngân sách tăng so với cùng kỳ năm 2020.", (None, None, None)),
    ],
)
def test_the_head_gives_the_day_of_issue_and_the_period(
    head: str, expected: tuple[date | None, int | None, int | None], tmp_path: Path
) -> None:
    path = tmp_path / "bao-cao.txt"
    path.write_text(f"UBND HUYỆN MẪU KHÊ\n\n{head}\n\nNội dung báo cáo.\n", encoding="utf-8")
    read = frame(formats.read(path))
    assert (read.issued_on, read.year, read.months) == expected


@pytest.mark.parametrize("text", ["ngày" + "." * 40_000, "ngày " * 8_000, "năm 2021 - " * 4_000, "12/" * 13_000])
def test_hostile_texts_take_no_longer_than_others(text: str) -> None:
    start = time.perf_counter()
    dates(text, 0, 0)
    assert time.perf_counter() - start < 2
