"""What is taken in stands at its one address; what could mean two things is refused, with place and remedy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from baocao.figures.intake_layout import Rejection
from baocao.figures.intake_numbers import Habit
from baocao.model.observation import NoValue, Origin, OriginKind
from baocao.model.period import CutOff, Period
from baocao.model.sheet import Percentage, Sheet, SheetCell, SheetRow
from baocao.model.target import Decision, TargetKind
from baocao.model.text import Text
from tests.unit.figures.small_catalogue import AT, DIGEST, figures_of, intake_of, long_row, refusals_of, taken

YEAR = Period.part(2024)


def sheet(
    *rows: tuple[SheetCell, ...], name: str = "Biểu 1", merged: tuple[tuple[int, int, int, int], ...] = ()
) -> Sheet:
    return Sheet(name, tuple(SheetRow(number, row) for number, row in enumerate(rows, 1)), merged)


def test_a_long_file_gives_one_figure_a_row_with_its_place() -> None:
    intake = taken("Mã đơn vị;Chỉ tiêu;Kỳ;Giá trị;ĐVT;Phân tổ\n00097;Diện tích lúa;Quý II/2024;1.234,5;ha;season=mua\n")
    (one,) = intake.observations
    assert str(one.address) == "00097:dien_tich:2024-Q2:actual::season=mua"
    assert (one.value, one.recorded_at, one.recorded_by) == (Decimal("1234.5"), AT, "an")
    assert one.origin == Origin(OriginKind.FILE_CELL, f"{DIGEST}#D2")
    assert (intake.rows, intake.blanks, intake.rejections) == (1, 0, ())


@pytest.mark.parametrize(
    "headings",
    ["gia tri,KY,ma don vi,chi tieu", "Value,Period,Unit,Indicator", "Số liệu,Kỳ báo cáo,Xã/phường,Nội dung"],
)
def test_headings_stand_in_any_order_language_and_with_or_without_tone_marks(headings: str) -> None:
    assert figures_of(taken(f"Biểu số 1\n\n{headings}\n7,2024,00097,thu\n")) == ["00097:thu:2024-A1:actual = 7"]


def test_a_wide_file_of_indicators_takes_its_period_from_the_call() -> None:
    intake = taken(
        "TT\tĐịa bàn\tDiện tích lúa (m2)\tThu ngân sách\n1\tXã Tân Lập\t15000\t\n2\tTân Lạp\t-\t2\n", period=YEAR
    )
    assert figures_of(intake) == [
        "00102:dien_tich:2024-A1:actual = 1.5",
        "00103:dien_tich:2024-A1:actual = none_occurred",
        "00103:thu:2024-A1:actual = 2",
    ]
    assert (intake.rows, intake.blanks) == (3, 1)


def test_a_wide_file_of_periods_takes_scenarios_from_its_headings() -> None:
    intake = taken("Chỉ tiêu,ĐVT,Thực hiện năm 2023,Ước thực hiện 2024\nI. KINH TẾ,,,\nThu,tỷ đồng,1,2\n", unit="01")
    assert figures_of(intake) == ["01:thu:2023-A1:actual = 1000", "01:thu:2024-A1:estimate = 2000"]
    assert intake.blanks == 2


def test_workbook_cells_are_exact_and_codes_may_be_numbers() -> None:
    intake = intake_of(
        sheet(
            ("unit", "indicator", "period", "value"),
            ("00097", "ty_le", Decimal(2024), Percentage(Decimal("97.125"))),
            ("00097", "thu", Decimal(2024), Decimal("15.234")),
            (Decimal(97), "thu", Decimal(2023), Decimal(1)),
        )
    )
    assert figures_of(intake) == ["00097:ty_le:2024-A1:actual = 97.125", "00097:thu:2024-A1:actual = 15.234"]
    assert intake.observations[0].origin.reference == f"{DIGEST}#Biểu 1!D2"
    assert refusals_of(intake) == [("Biểu 1!A4", "97")]
    assert "00097" in intake.rejections[0].text.vi  # the code that lost its zeros


@pytest.mark.parametrize(
    ("unit", "on", "key"),
    [
        ("00101", "2024", "00101"),
        ("00101", "2025", "00101@2025-07-01"),
        ("00101@2025-07-01", "2025-S2", "00101@2025-07-01"),
        ("hoa binh", "2024", "00101"),
        ("Xã Hoà Bình", "2025-S1", "00101"),
        ("PHƯỜNG HÒA BÌNH", "2026", "00101@2025-07-01"),
        ("Tân Lạp", "2024", "00103"),
        ("UBND X. Tân Lạp", "2024", "00103"),
        ("P.Hòa Bình", "2026", "00101@2025-07-01"),
        ("tỉnh Núi Thử", "2024", "02"),
    ],
)
def test_units_are_found_by_code_key_and_name_as_of_the_end_of_the_period(unit: str, on: str, key: str) -> None:
    assert long_row(unit, period=on).observations[0].address.unit == key


@pytest.mark.parametrize(
    ("unit", "on", "told"),
    [
        ("Tân An", "2024", "00097"),  # two of that name: both are candidates
        ("tan lap", "2024", "00103"),  # without tone marks it is two communes
        ("Tân Láp", "2024", "00102"),  # wrong tone marks are not overlooked
        ("Xã Hòa Bình", "2025", "30/06/2025"),
        ("00101@2025-07-01", "2025-S1", "01/07/2025"),
        ("Xã Hòa Bìnhh", "2024", "Hòa Bình"),
        ("99999", "2024", "99999"),
        ("Tổng cộng", "2024", "Tổng cộng"),
        ("", "2024", "đơn vị"),
    ],
)
def test_units_that_are_not_clear_are_refused_with_candidates(unit: str, on: str, told: str) -> None:
    (refused,) = long_row(unit, period=on).rejections
    assert (refused.place.vi, refused.seen) == ("A2", unit)
    assert told in refused.text.vi


def test_names_are_looked_for_in_one_province_when_it_is_named() -> None:
    assert figures_of(taken("unit,indicator,period,value\nTân An,thu,2024,5\n", under="02")) == [
        "00098:thu:2024-A1:actual = 5"
    ]


@pytest.mark.parametrize(
    ("beside", "refused"), [("Tân An", []), ("xã tân an", []), ("Tân Lập", [("B2", "Tân Lập")]), ("", [])]
)
def test_a_name_beside_a_code_must_agree_with_it(beside: str, refused: list[tuple[str, str]]) -> None:
    intake = taken(f"mã đơn vị,tên đơn vị,chỉ tiêu,kỳ,giá trị\n00097,{beside},thu,2024,5\n")
    assert refusals_of(intake) == refused


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("2024", "2024-A1"), ("năm 2024", "2024-A1"), ("cả năm 2024", "2024-A1"), ("2024-M05", "2024-M05"),
        ("6 tháng năm 2024", "2024-S1"), ("6 tháng đầu năm 2024", "2024-S1"), ("6 tháng cuối năm 2024", "2024-S2"),
        ("9 tháng năm 2024", "2024-01-01/P9M"), ("Quý II/2024", "2024-Q2"), ("quý 4 năm 2024", "2024-Q4"),
        ("tháng 5/2024", "2024-M05"), ("Tháng 12 năm 2024", "2024-M12"), ("đến 31/5/2024", "2024-01-01/P5M"),
        ("lũy kế đến ngày 13 tháng 6 năm 2024", "2024-01-01/P165D"), ("đến hết tháng 5/2024", "2024-01-01/P5M"),
        ("từ 15/12/2023 đến 14/6/2024", "2023-12-15/P6M"), ("năm học 2023-2024", "2023-09-01/P1Y"),
    ],
)  # fmt: skip
def test_periods_are_read_from_codes_and_words(words: str, code: str) -> None:
    assert long_row(period=words).observations[0].address.period == Period.parse(code)


def test_words_follow_the_cut_off_that_the_caller_names() -> None:
    intake = taken("unit,indicator,period,value\n01,thu,6 tháng năm 2024,5\n", cut_off=CutOff.DECREE_09)
    assert intake.observations[0].address.period == Period(date(2023, 12, 15), date(2024, 6, 14))


@pytest.mark.parametrize(
    "words",
    [
        "31/5/2024",
        "tháng 13/2024",
        "đến 31/11/2024",
        "15 tháng năm 2024",
        "quý V/2024",
        "24",
        "năm học 2023-2025",
        "0 tháng năm 2024",
        "",
    ],
)
def test_periods_that_are_not_clear_are_refused(words: str) -> None:
    (refused,) = long_row(period=words).rejections
    assert refused.place.vi == "C2"


@pytest.mark.parametrize(
    ("stated", "value"),
    [
        ("5", "5"),
        ("-5", "-5"),
        ("−5,25", "-5.25"),
        ("1.234", "1234"),
        ("1.234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("0,000001", "0.000001"),
    ],
)
def test_numbers_are_read_by_the_habit_of_the_file(stated: str, value: str) -> None:
    assert long_row(value=stated).observations[0].value == Decimal(value)


@pytest.mark.parametrize(
    "stated",
    ["1e5", "NaN", "Infinity", "-inf", "4.40.049", "126,153.000",
     "12 ha", "(5)", "năm", "٣", "0x1F", "1_000", "1..5", ",5",
     "1" + "0" * 30, "0,0000001", "#DIV/0!", "#REF!", "x", "5%", ""],
)  # fmt: skip
def test_words_errors_and_odd_numbers_in_number_cells_are_refused(stated: str) -> None:
    (refused,) = long_row(value=stated).rejections
    assert (refused.place.vi, refused.seen) == ("D2", stated)
    assert refused.text.vi != refused.text.en


@pytest.mark.parametrize(
    ("others", "figures"),
    [("1.5", ["1.234"]), ("1,5", ["1234"]), ("12.345.678", ["1234"]), ("7", []), ("1,5;1.5", []), ("126,153.000", [])],
)
def test_one_thousand_or_a_little_over_one_is_told_by_the_rest_of_the_file(others: str, figures: list[str]) -> None:
    rows = "".join(f"00102\tthu\t{2000 + at}\t{other}\n" for at, other in enumerate(others.split(";")))
    intake = taken(f"unit\tindicator\tperiod\tvalue\n00097\tthu\t2024\t1.234\n{rows}")
    assert [str(one.value) for one in intake.observations if one.address.period == YEAR] == figures
    if not figures:
        assert ("D2", "1.234") in refusals_of(intake)


def test_the_caller_may_say_how_the_file_writes_numbers() -> None:
    text = "unit\tindicator\tperiod\tvalue\n00097\tthu\t2024\t1,234\n"
    assert taken(text, habit=Habit.MACHINE).observations[0].value == 1234
    assert taken(text, habit=Habit.VIETNAMESE).observations[0].value == Decimal("1.234")
    assert refusals_of(taken(text.replace("1,234", "1,234.5"), habit=Habit.VIETNAMESE)) == [("D2", "1,234.5")]
    assert refusals_of(taken(text.replace("1,234", "12,5"), habit=Habit.MACHINE)) == [("D2", "12,5")]


@pytest.mark.parametrize(
    ("stated", "mark"),
    [
        ("chưa có số liệu", NoValue.NOT_AVAILABLE), ("KHÔNG PHÁT SINH", NoValue.NONE_OCCURRED),
        ("-", NoValue.NONE_OCCURRED),
        ("khong thu thap", NoValue.NOT_COLLECTED), ("chưa đánh giá", NoValue.NOT_RATED), ("...", NoValue.NOT_AVAILABLE),
        ("not_available", NoValue.NOT_AVAILABLE),
    ],
)  # fmt: skip
def test_coded_marks_stand_in_place_of_a_number(stated: str, mark: NoValue) -> None:
    (first, _) = long_row(value=stated).observations
    assert (first.value, first.mark) == (None, mark)


def test_an_x_is_a_mark_only_among_numbers() -> None:
    column = taken("unit,dien_tich,xa_ntm\n00097,1,x\n00102,2,x\n00103,x,1\n", period=YEAR)
    assert figures_of(column).count("00103:dien_tich:2024-A1:actual = not_collected") == 1
    assert refusals_of(column) == [("C2", "x"), ("C3", "x")]


@pytest.mark.parametrize(
    ("measure", "value", "kept"),
    [
        ("đồng", "1500000", "1.5"),
        ("tỷ đồng", "0,25", "250"),
        ("Triệu  đồng", "3", "3"),
        ("trieu_dong", "3", "3"),
        ("", "3", "3"),
    ],
)
def test_units_of_measure_are_converted_exactly(measure: str, value: str, kept: str) -> None:
    assert str(long_row(value=value, measure=measure).observations[0].value) == kept


@pytest.mark.parametrize(
    ("indicator", "measure", "value", "told"),
    [
        ("dien_tich", "tấn", "5", "ha"), ("thu", "tấn", "5", "triệu đồng"), ("thu", "tỷ đồngg", "5", "tỷ đồng"),
        ("thu", "đồng", "0,5", "triệu đồng"), ("thu", "tỷ đồng", "1000000000", "10^12"), ("ty_le", "ha", "5%", "ha"),
    ],
)  # fmt: skip
def test_units_of_measure_that_do_not_fit_are_refused(indicator: str, measure: str, value: str, told: str) -> None:
    (refused,) = long_row(indicator=indicator, value=value, measure=measure).rejections
    assert told in refused.text.vi


@pytest.mark.parametrize(
    ("breakdown", "told"),
    [
        ("crop=rice", "season"),
        ("season", "season"),
        ("season=mua;Mùa vụ=mua", "Mùa vụ=mua"),
        ("season=hè", "dong_xuan"),
    ],
)
def test_breakdowns_are_those_of_the_indicator(breakdown: str, told: str) -> None:
    intake = taken(f"unit,indicator,period,value,breakdown\n00097,dien_tich,2024,5,{breakdown}\n")
    assert refusals_of(intake) == [("E2", breakdown)]
    assert told in intake.rejections[0].text.en


@pytest.mark.parametrize("breakdown", ["season=dong_xuan", "Mùa vụ = đông xuân", "season=Winter;"])
def test_breakdowns_are_told_by_code_or_name(breakdown: str) -> None:
    member = breakdown.strip(";").rpartition("=")[2].strip()
    for text in (
        f"unit,indicator,period,value,breakdown\n00097,dien_tich,2024,5,{breakdown}\n",
        f"unit,indicator,period,value,Mùa vụ\n00097,dien_tich,2024,5,{member}\n",
    ):
        assert figures_of(taken(text)) == ["00097:dien_tich:2024-A1:actual::season=dong_xuan = 5"]


def test_a_column_of_a_dimension_that_the_indicator_lacks_must_be_blank() -> None:
    intake = taken("unit,indicator,period,value,season\n00097,thu,2024,5,mua\n00098,thu,2024,5,\n")
    assert refusals_of(intake) == [("E2", "mua")]
    both = taken("unit,indicator,period,value,season,phân tổ\n00097,dien_tich,2024,5,mua,season=dong_xuan\n")
    assert refusals_of(both) == [("E2", "mua")]


def test_one_address_stated_twice_is_refused_at_both_places() -> None:
    intake = taken(
        "unit,indicator,period,value\n00097,thu,2024,5\n00098,thu,2024,5\nXã Hòa Bình,thu,2024,1\n"
        "00097,thu,năm 2024,5\n"
    )
    assert refusals_of(intake) == [("D2", "5"), ("D5", "5")]
    assert "D5" in intake.rejections[0].text.vi
    assert "D2" in intake.rejections[1].text.vi
    assert len(intake.observations) == 2


def test_a_decimal_comma_that_parts_a_number_is_seen() -> None:
    assert refusals_of(taken("unit,indicator,period,value\n00097,thu,2024,1,5\n")) == [("E2", "5")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a,b\n1,2\n", "dòng 1"), ("unit,indicator,period,value,foo\n00097,thu,2024,5,1\n", "E1"),
        ("unit,indicator,period,value,value\n00097,thu,2024,5,1\n", "E1"),
        ("unit,period,value,thu\n00097,2024,5,1\n", "D1"),
        ("unit,thu,Thu ngân sách\n00097,5,1\n", "C1"),
    ],
)  # fmt: skip
def test_headings_that_are_not_clear_are_refused(text: str, place: str) -> None:
    intake = taken(text, period=YEAR, indicator="thu")
    assert place in [one.place.vi for one in intake.rejections]
    assert intake.observations == ()


@pytest.mark.parametrize("missing", ["indicator", "period"])
def test_what_neither_the_row_nor_the_call_says_is_refused(missing: str) -> None:
    cells = {"unit": "00097", "indicator": "thu", "period": "2024", "value": "5"} | {missing: ""}
    intake = taken(",".join(cells) + "\n" + ",".join(cells.values()) + "\n")
    assert [one.place.vi for one in intake.rejections] == ["B2" if missing == "indicator" else "C2"]


def test_merged_keys_hold_for_all_their_rows_but_a_merged_figure_is_nobodys() -> None:
    rows: tuple[tuple[SheetCell, ...], ...] = (
        ("Đơn vị", "Chỉ tiêu", "2024"),
        ("00097", "thu", Decimal(1)),
        ("", "dien_tich", Decimal(2)),
        ("00102", "thu", Decimal(3)),
        ("00103", "thu", ""),
    )
    intake = intake_of(sheet(*rows, merged=((2, 0, 3, 0), (4, 2, 5, 2))))
    assert figures_of(intake) == ["00097:thu:2024-A1:actual = 1", "00097:dien_tich:2024-A1:actual = 2"]
    assert refusals_of(intake) == [("Biểu 1!C4", "3")]
    assert "C4:C5" in intake.rejections[0].text.vi


@pytest.mark.parametrize("numbers", ["A,1,2", "(1),(2),(3)", ",1,2"])
def test_a_row_that_numbers_the_columns_is_passed_over(numbers: str) -> None:
    intake = taken(f"unit,thu,dien_tich\n{numbers}\n00097,1,2\n", period=YEAR)
    assert len(figures_of(intake)) == 2
    assert intake.rejections == ()


def test_figures_that_look_like_numbers_of_columns_are_not_passed_over() -> None:
    assert refusals_of(taken("unit,thu,dien_tich\n00097,1,2\n9,10,11\n", period=YEAR)) == [("A3", "9")]
    assert len(figures_of(taken("unit,thu,dien_tich\n00097,1,2\n", period=YEAR))) == 2


def test_several_sheets_are_one_file() -> None:
    head: tuple[SheetCell, ...] = ("unit", "indicator", "period", "value")
    first = sheet(head, ("00097", "thu", "2024", "1.234"), name="Một")
    second = sheet(head, ("00097", "thu", "2024", "2,5"), ("00098", "thu", "2024", "1"), name="Hai")
    intake = intake_of(first, second, Sheet("Trống", ()))
    assert refusals_of(intake) == [("Một!D2", "1.234"), ("Hai!D2", "2,5")]
    assert "Hai!D2" in intake.rejections[0].text.vi


def test_targets_are_typed_and_carry_their_authority_and_decision() -> None:
    intake = taken(
        "unit;indicator;period;scenario;authority;value;decision;decided on;holds from\n"
        "01;ty_le;2024;giao;HĐND;4% trở lên;15/NQ-HĐND;10/12/2023;\n"
        "01;ty_le;2024;giao;HĐND;trên 5%;20/NQ-HĐND;2024-07-05;1/7/2024\n"
        "01;thu;2024;kế hoạch;UBND tỉnh;16-32 tỷ đồng;9/QĐ;10/12/2023;\n"
        "01;xa_ntm;2024;giao;HĐND;duy trì 3 xã;9/QĐ;10/12/2023;\n"
    )
    assert intake.rejections == ()
    first, second, third, fourth = intake.targets
    assert (first.kind, first.low, first.holds_from) == (TargetKind.AT_LEAST, 4, date(2023, 12, 10))
    assert first.decision == Decision("15/NQ-HĐND", date(2023, 12, 10))
    assert (second.is_strict, second.holds_from) == (True, date(2024, 7, 1))
    assert (third.kind, third.low, third.high, third.address.authority) == (
        TargetKind.RANGE,
        16_000,
        32_000,
        "UBND tỉnh",
    )
    assert (fourth.kind, fourth.low) == (TargetKind.MAINTAIN, 3)


def test_what_holds_for_all_targets_may_be_said_once() -> None:
    decision = Decision("9/QĐ-UBND", date(2023, 12, 10), "QĐ", "UBND tỉnh")
    intake = taken(
        "unit,indicator,KH 2024,Thực hiện 2024\n00097,thu,100,90\n", authority="UBND tỉnh", decision=decision
    )
    assert [(one.low, one.decision) for one in intake.targets] == [(100, decision)]
    assert figures_of(intake) == ["00097:thu:2024-A1:actual = 90"]


def test_the_annex_of_a_report_is_taken_in_with_the_plans_of_two_authorities() -> None:
    council, province = Decision("15/NQ-HĐND", date(2023, 12, 20)), Decision("9/QĐ-UBND", date(2023, 12, 10))
    intake = taken(
        "TT;Chỉ tiêu;ĐVT;HĐND giao;KH UBND tỉnh giao năm 2024;Kết quả;% so với HĐND;% so với tỉnh;Đánh giá;Ghi chú\n"
        "1;Thu ngân sách;tỷ đồng;67,76;61,76;70,5;104,04;114,15;Vượt KH;\n"
        "2;Tỷ lệ hộ nghèo;%;dưới 4%;;3,9;;;Đạt;\n",
        unit="01",
        period=YEAR,
        decisions={"HĐND": council, "UBND tỉnh": province},
    )
    assert intake.rejections == ()
    assert figures_of(intake) == ["01:thu:2024-A1:actual = 70500", "01:ty_le:2024-A1:actual = 3.9"]
    assert [(one.address.authority, one.low, one.kind, one.decision) for one in intake.targets] == [
        ("HĐND", 67_760, TargetKind.EXACTLY, council),
        ("UBND tỉnh", 61_760, TargetKind.EXACTLY, province),
        ("HĐND", 4, TargetKind.AT_MOST, council),
    ]


def test_plans_beside_results_need_no_period_in_their_headings() -> None:
    intake = taken("Chỉ tiêu,Kỳ,Ước thực hiện,Thực hiện\nthu,2024,5,4\n", unit="01")
    assert figures_of(intake) == ["01:thu:2024-A1:estimate = 5", "01:thu:2024-A1:actual = 4"]
    assert refusals_of(taken("Chỉ tiêu,Kỳ,KH,Giá trị\nthu,2024,5,4\n", unit="01")) == [("C1", "KH")]


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("giao;;5;9/QĐ;10/12/2023", "E2"), ("giao;HĐND;5;;", "G2"), ("giao;HĐND;5;9/QĐ;", "H2"),
        ("giao;HĐND;5;9/QĐ;31/11/2023", "H2"), ("giao;HĐND;tăng 5%;9/QĐ;10/12/2023", "F2"),
        ("giao;HĐND;5 tấn;9/QĐ;10/12/2023", "F2"), ("giao;HĐND;#N/A;9/QĐ;10/12/2023", "F2"),
        ("dự kiến;;5;;", "D2"), ("thực hiện;HĐND;5;;", "E2"),
    ],
)  # fmt: skip
def test_targets_that_lack_something_are_refused(row: str, place: str) -> None:
    intake = taken(f"unit;indicator;period;scenario;authority;value;decision;decided on\n01;thu;2024;{row}\n")
    assert [one.place.vi for one in intake.rejections] == [place]
    assert intake.targets == ()
    assert intake.observations == ()


def test_a_whole_row_is_placed_in_words() -> None:
    whole = Rejection("Tháng", 3, "", "", Text("vì sao", "why"))
    assert whole.place == Text("trang tính “Tháng”, dòng 3", "sheet “Tháng”, row 3")
    assert replace(whole, sheet="").place.vi == "dòng 3"
    assert replace(whole, column="C").place == Text("Tháng!C3", "Tháng!C3")
