"""Forms as offices draw them: units as columns, headings in several rows, sums, numbered columns, a foot."""

from __future__ import annotations

from decimal import Decimal

import pytest

from baocao.model.period import Period
from baocao.model.sheet import Sheet, SheetCell, SheetRow
from tests.unit.figures.small_catalogue import figures_of, intake_of, refusals_of, taken

YEAR = Period.part(2024)
Area = tuple[int, int, int, int]


def sheet(rows: dict[int, tuple[SheetCell, ...]], *merged: Area) -> Sheet:
    return Sheet("Biểu", tuple(SheetRow(number, row) for number, row in rows.items()), merged)


def d(number: str) -> Decimal:
    return Decimal(number)


FORM: dict[int, tuple[SheetCell, ...]] = {
    1: ("BIỂU TỔNG HỢP", "", "", "", "", ""),
    3: ("STT", "Chỉ tiêu", "ĐVT", "Tổng số", "Chia theo xã", ""),
    4: ("", "", "", "", "Xã Tân Lập", "Tân Lạp"),
    5: ("A", "B", "C", "1=2+3", d("2"), d("3")),
    6: ("I", "NÔNG NGHIỆP", "", "", "", ""),
    7: (d("1"), "Diện tích lúa", "ha", d("3.75"), d("1.5"), d("2.25")),
    8: (d("2"), "Tỷ lệ hộ nghèo", "%", d("4"), d("3"), d("5")),
    9: (d("3"), "Thu ngân sách", "tỷ đồng", d("2"), d("2"), "-"),
    11: ("", "NGƯỜI LẬP BIỂU", "", "", "CHỦ TỊCH", ""),
    15: ("", "Nguyễn Văn Mẫu", "", "", "Trần Thị Thử", ""),
}
JOINED: tuple[Area, ...] = ((1, 0, 1, 5), (3, 0, 4, 0), (3, 1, 4, 1), (3, 2, 4, 2), (3, 3, 4, 3), (3, 4, 3, 5))
FIGURES = [
    "00102:dien_tich:2024-A1:actual = 1.5",
    "00103:dien_tich:2024-A1:actual = 2.25",
    "00102:ty_le:2024-A1:actual = 3",
    "00103:ty_le:2024-A1:actual = 5",
    "00102:thu:2024-A1:actual = 2000",
    "00103:thu:2024-A1:actual = none_occurred",
]


@pytest.mark.parametrize("merged", [JOINED, ()], ids=["joined cells", "no joined cells"])
def test_units_are_columns_under_a_caption(merged: tuple[Area, ...]) -> None:
    intake = intake_of(sheet(FORM, *merged), period=YEAR)
    assert refusals_of(intake) == []
    assert figures_of(intake) == FIGURES
    assert (intake.rows, intake.totals) == (6, 3)
    assert [one.origin.reference.rpartition("!")[2] for one in intake.observations][:2] == ["E7", "F7"]


def test_a_sum_that_its_parts_do_not_make_is_refused() -> None:
    off = FORM | {7: (d("1"), "Diện tích lúa", "ha", d("37.5"), d("1.5"), d("2.25"))}
    intake = intake_of(sheet(off, *JOINED), period=YEAR)
    assert refusals_of(intake) == [("Biểu!D7", "37.5")]
    assert "tổng ghi 37,5, cộng 2 đơn vị trong biểu được 3,75" in intake.rejections[0].text.vi
    assert figures_of(intake) == FIGURES  # the parts are there for who asks for them alone


def test_sums_of_rounded_figures_may_differ_by_their_rounding_and_counts_may_not() -> None:
    rows = {1: ("Xã", "Diện tích lúa (ha)", "Thu ngân sách"), 2: ("Cộng", d("3.8"), d("5"))}
    parts = {3: ("Tân Lập", d("1.5"), d("2")), 4: ("Tân Lạp", d("2.2"), d("2"))}
    intake = intake_of(sheet(rows | parts), period=YEAR)
    assert refusals_of(intake) == [("Biểu!C2", "5")]
    assert (len(intake.observations), intake.totals) == (4, 2)


@pytest.mark.parametrize("named", ["Tổng số", "TỔNG CỘNG:", "cộng", "Toàn tỉnh"])
def test_a_row_of_sums_is_not_a_unit(named: str) -> None:
    intake = taken(f"TT;Xã, phường;Thu ngân sách\n;{named};5\n1;Tân Lập;2\n2;Tân Lạp;3\n", period=YEAR)
    assert (refusals_of(intake), len(intake.observations), intake.totals) == ([], 2, 1)


def test_a_row_of_sums_in_a_file_of_one_figure_a_row_is_refused() -> None:
    assert refusals_of(taken("unit;indicator;period;value\nTổng số;thu;2024;5\n")) == [("A2", "Tổng số")]


def test_years_stand_over_plan_and_result() -> None:
    rows = {
        1: ("Chỉ tiêu", "ĐVT", "Năm 2023", "", "Năm 2024", "", "So sánh (%)"),
        2: ("", "", "Thực hiện", "Ước thực hiện", "Thực hiện", "Ước thực hiện", ""),
        3: ("Thu ngân sách", "triệu đồng", d("1"), d("2"), d("3"), d("4"), d("300")),
    }
    merged = ((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5), (1, 6, 2, 6))
    unknown = intake_of(sheet(rows, *merged), unit="01")
    assert refusals_of(unknown) == [("Biểu!G2", "So sánh (%)")]
    rows[1] = (*rows[1][:6], "So với cùng kỳ (%)")
    assert figures_of(intake_of(sheet(rows, *merged), unit="01")) == [
        "01:thu:2023-A1:actual = 1",
        "01:thu:2023-A1:estimate = 2",
        "01:thu:2024-A1:actual = 3",
        "01:thu:2024-A1:estimate = 4",
    ]


def test_an_indicator_stands_over_its_years_or_is_told_in_two_rows() -> None:
    rows = {
        1: ("Xã", "Thu ngân sách (triệu đồng)", "", "Diện tích"),
        2: ("", "2023", "2024", "Lúa (ha)"),
        3: ("Tân Lập", d("1"), d("2"), d("3")),
    }
    merged = ((1, 0, 2, 0), (1, 1, 1, 2))
    intake = intake_of(sheet(rows, *merged), period=YEAR)
    assert figures_of(intake) == [
        "00102:thu:2023-A1:actual = 1",
        "00102:thu:2024-A1:actual = 2",
        "00102:dien_tich:2024-A1:actual = 3",
    ]


@pytest.mark.parametrize("caption", ["Cùng kỳ năm trước", "Hộ cận nghèo"])
def test_a_caption_that_may_change_what_figures_mean_is_refused(caption: str) -> None:
    rows = {
        1: ("Xã", caption, ""),
        2: ("", "Thu ngân sách", "Diện tích lúa (ha)"),
        3: ("Tân Lập", d("1"), d("2")),
    }
    intake = intake_of(sheet(rows, (1, 0, 2, 0), (1, 1, 1, 2)), period=YEAR)
    assert refusals_of(intake) == [("Biểu!B2", caption), ("Biểu!C2", caption)]
    assert "tiêu đề nhóm" in intake.rejections[0].text.vi


def test_a_column_called_unit_beside_columns_of_units_holds_measures() -> None:
    text = "Chỉ tiêu;Đơn vị;Tân Lập;Tân Lạp\nThu ngân sách;tỷ đồng;1;2\n"
    assert figures_of(taken(text, period=YEAR)) == [
        "00102:thu:2024-A1:actual = 1000",
        "00103:thu:2024-A1:actual = 2000",
    ]
    doubtful = text.replace("Đơn vị", "Xã")
    assert refusals_of(taken(doubtful, period=YEAR)) == [("B1", "Xã")]


def test_a_unit_headed_twice_and_one_that_does_not_hold_are_refused() -> None:
    twice = "Chỉ tiêu;Tân Lập;Xã Tân Lập\nThu ngân sách;1;2\n"
    assert refusals_of(taken(twice, period=YEAR)) == [("B2", "1"), ("C2", "2")]
    many = "Chỉ tiêu;Tân An\nThu ngân sách;1\n"
    assert refusals_of(taken(many, period=YEAR)) == [("B2", "Tân An")]
    assert figures_of(taken(many, under="02", period=YEAR)) == ["00098:thu:2024-A1:actual = 1"]


def test_the_last_row_with_a_word_for_a_number_is_no_foot() -> None:
    text = "Xã;Thu ngân sách\nTân Lập;1\n\nTân Lạp;năm\n"
    assert refusals_of(taken(text, period=YEAR)) == [("B4", "năm")]
    unknown = text.replace("\n\nTân Lạp", "\nXã Lạ")
    assert refusals_of(taken(unknown, period=YEAR)) == [("A3", "Xã Lạ")]


@pytest.mark.parametrize(
    "named",
    [
        "1. Thu ngân sách",
        "1.2 Thu ngân sách",
        "a) Thu ngân sách",
        "II. Thu ngân sách",
        "- Thu ngân sách",
        "+Thu ngân sách",
    ],
)
def test_what_forms_count_their_rows_with_is_no_part_of_a_name(named: str) -> None:
    assert figures_of(taken(f"Chỉ tiêu;2024\n{named};5\n", unit="01")) == ["01:thu:2024-A1:actual = 5"]


def test_a_measure_behind_a_name_holds_for_its_row() -> None:
    text = "Chỉ tiêu;2024\n1. Thu ngân sách (tỷ đồng);5\nDiện tích lúa (m2);15000\n"
    assert figures_of(taken(text, unit="01")) == ["01:thu:2024-A1:actual = 5000", "01:dien_tich:2024-A1:actual = 1.5"]
    other = "Chỉ tiêu;ĐVT;2024\nThu ngân sách (tỷ đồng);triệu đồng;5\n"
    assert refusals_of(taken(other, unit="01")) == [("A2", "Thu ngân sách (tỷ đồng)")]
    unknown = "Chỉ tiêu;2024\nThu ngân sách (ước);5\n"
    assert refusals_of(taken(unknown, unit="01")) == [("A2", "Thu ngân sách (ước)")]
