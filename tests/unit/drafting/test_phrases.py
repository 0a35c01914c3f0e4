"""Figures are told in the words that are true of them: more, less, equal, not yet, nothing, unknown."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from baocao.drafting import phrases
from baocao.drafting.phrases import Asked, Told, say, sentence
from baocao.drafting.phrases.wording import run_on, wordings_of
from baocao.model.draft import RISEN, Form, Number, Reckoning, Source, Words, numbers_in, text_of
from baocao.model.observation import Address, NoValue
from baocao.model.period import Period
from baocao.reference import load
from bench.said import Dice

WORDINGS = range(0, 720, 5)
COUNT = Form(digits=2)


def told(
    name: str, value: str | None, measure: str = "ha", form: Form | None = None, mark: NoValue | None = None
) -> Told:
    address = Address(f"{name} {value}", "x", Period.part(2025))
    source = Source(Reckoning.VALUE, (address,))
    return Told(name, None if value is None else Decimal(value), measure, form or Form(1), source, 7, mark)


def every(statement: phrases.Statement) -> set[str]:
    """All that a statement may sound like."""
    return {text_of(say(statement, wording)) for wording in WORDINGS}


def test_a_figure_is_told_with_its_unit() -> None:
    assert every(phrases.Level(told("Diện tích ngô", "1412.5"))) == {
        "Diện tích ngô đạt 1.412,5 ha", "Diện tích ngô là 1.412,5 ha", "Diện tích ngô: 1.412,5 ha",
    }  # fmt: skip


def test_what_is_no_merit_is_not_reached() -> None:
    accidents = phrases.Level(told("Số vụ cháy", "7", "vụ", COUNT), is_reached=False)
    assert every(accidents) == {"Số vụ cháy là 07 vụ", "Số vụ cháy: 07 vụ"}


def test_one_verb_is_not_said_twice() -> None:
    texts = every(phrases.Level(told("Số xã đạt chuẩn", "9", "xã", COUNT)))
    assert texts == {"Số xã đạt chuẩn là 09 xã", "Số xã đạt chuẩn: 09 xã"}


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (NoValue.NONE_OCCURRED, "không phát sinh"),
        (NoValue.NOT_COLLECTED, "không thu thập"),
        (NoValue.NOT_AVAILABLE, "chưa"),
        (NoValue.NOT_RATED, "chưa đánh giá"),
        (NoValue.NOT_RECAST, "chưa quy đổi"),
        (None, "chưa có số liệu"),
    ],
)
def test_a_mark_says_why_there_is_no_figure(mark: NoValue | None, words: str) -> None:
    for text in every(phrases.Level(told("Số vụ cháy", None, "vụ", COUNT, mark))):
        assert text.startswith("Số vụ cháy")
        assert words in text
        assert not re.search(r"\d", text)


def test_nought_is_told_and_never_padded() -> None:
    assert every(phrases.Level(told("Số vụ cháy", "0", "vụ", COUNT), is_reached=False)) == {
        "Số vụ cháy là 0 vụ", "Số vụ cháy: 0 vụ",
    }  # fmt: skip


def test_a_tiny_figure_is_not_printed_as_nought() -> None:
    assert all("0,004 ha" in text for text in every(phrases.Level(told("Diện tích", "0.004"))))


def test_a_very_large_figure_keeps_every_digit() -> None:
    assert all("1.000.000.000.000.001,5 ha" in text for text in every(phrases.Level(told("S", "1000000000000001.5"))))


def test_a_figure_below_nought_stands_behind_a_verb() -> None:
    assert every(phrases.Level(told("Cán cân", "-2.3", "tỷ đồng"))) == {"Cán cân là -2,3 tỷ đồng"}


def test_a_unit_that_is_the_name_itself_is_said_once() -> None:
    groups = told("Số tổ hòa giải", "544", "tổ hòa giải", COUNT)
    assert every(phrases.Level(groups, is_reached=False)) == {"Số tổ hòa giải là 544", "Số tổ hòa giải: 544"}
    fires = told("Số vụ cháy", "12", "vụ", COUNT)  # what is counted is not the unit alone
    assert every(phrases.Level(fires, is_reached=False)) == {"Số vụ cháy là 12 vụ", "Số vụ cháy: 12 vụ"}


def test_nor_is_such_a_unit_said_of_its_plan_and_of_an_earlier_time() -> None:
    groups, plan = (told("Tổng số hợp tác xã", one, "hợp tác xã", COUNT) for one in ("24", "30"))
    for text in every(phrases.PlanAndLastYear(groups, (Asked(plan, "HĐND"),), are_bases_told=True)):
        assert re.search(r" 24, (đạt|bằng) 80% kế hoạch HĐND giao \(30\)$", text)
    texts = every(phrases.Moved(groups, plan))
    assert any(" 24, giảm 06 hợp tác xã so với cùng kỳ năm trước (30)" in text for text in texts)


def fall(value: str, form: Form | None = None) -> Told:
    return told("Mức giảm tỷ lệ hộ nghèo", value, "%", form or Form(2))


def test_a_fall_below_nought_is_told_as_a_rise() -> None:
    assert every(phrases.Level(fall("-0.68"))) == {"Tỷ lệ hộ nghèo tăng 0,68 điểm phần trăm"}
    assert every(phrases.Level(fall("-0.68"), is_estimate=True)) == {"Tỷ lệ hộ nghèo ước tăng 0,68 điểm phần trăm"}
    assert all(text.startswith("Mức giảm tỷ lệ hộ nghèo") for text in every(phrases.Level(fall("0.68"))))


def test_nothing_is_reckoned_of_a_rise_and_a_fall() -> None:
    statement = phrases.PlanAndLastYear(
        fall("-0.68"), (Asked(fall("1.5"), "HĐND"),), fall("1.82"), "năm 2025", are_bases_told=True
    )
    assert every(statement) == {
        "Tỷ lệ hộ nghèo tăng 0,68 điểm phần trăm (kế hoạch HĐND giao giảm 1,50 điểm phần trăm; "
        "năm 2025 giảm 1,82 điểm phần trăm)"
    }
    for statement in (
        phrases.PlanAndLastYear(fall("0.3"), (), fall("-0.68"), "năm 2025", are_bases_told=True),
        phrases.Moved(fall("0.3"), fall("-0.68"), "năm 2025"),
    ):
        assert all(text.endswith(" 0,30%, năm 2025 tăng 0,68 điểm phần trăm") for text in every(statement))


def test_a_fall_told_as_a_rise_keeps_its_address_and_how_it_is_told() -> None:
    (number,) = numbers_in(say(phrases.Level(fall("-0.68"))))
    assert (number.value, number.source.argument) == (Decimal("0.68"), RISEN)
    assert number.source.addresses == fall("-0.68").source.addresses


# against plans and last year


def compared(value: str, plan: str, last_year: str | None = None, *, bases: bool = False) -> phrases.PlanAndLastYear:
    before = None if last_year is None else told("cùng kỳ", last_year)
    asked = (Asked(told("kế hoạch", plan), "UBND tỉnh"),)
    return phrases.PlanAndLastYear(told("Diện tích", value), asked, before, are_bases_told=bases)


def test_what_is_reached_is_said_once_whether_the_plan_is_met_or_not() -> None:
    for value in ("50", "120"):
        texts = every(compared(value, "100", "40", bases=True))
        assert max(text.split().count("đạt") for text in texts) == 1
    assert all("vượt" not in text for text in every(compared("50", "100")))


def test_nought_is_no_percentage_of_the_year_before() -> None:
    for text in every(compared("0", None, "12", bases=True)):
        assert text.endswith(", cùng kỳ năm trước là 12,0 ha")


def test_a_crop_s_area_and_output_stand_beside_their_plans_and_the_year_before() -> None:
    area, plan, before = (told("diện tích", one) for one in ("850", "1000", "800"))
    rate, output = told("năng suất", "50", "tạ/ha"), told("sản lượng", "4250", "tấn", Form(0))
    crop = phrases.CropLine("Cây ngô", area, rate, output, Asked(plan, "HĐND"), None, before)
    for text in every(crop):
        assert re.search(
            r"850,0 ha, (đạt|bằng) 85% kế hoạch HĐND giao \(1\.000,0 ha\) và bằng 106,\d+% so với cùng kỳ", text
        )
        assert re.search(r"; năng suất (đạt )?50,0 tạ/ha; sản lượng (đạt )?4\.250 tấn$", text)


def test_a_plan_that_is_exceeded_may_be_told_by_how_much() -> None:
    texts = every(compared("112", "100", bases=True))
    assert any("vượt 12% so với kế hoạch UBND tỉnh giao (100,0 ha)" in text for text in texts)
    assert any("112,0/100,0 ha" in text for text in texts)
    assert all("mới" not in text for text in texts)


def leaving_room(value: str, low: str, high: str, measure: str = "ha", *, is_reached: bool = True) -> set[str]:
    asked = Asked(told("kế hoạch", low, measure), "HĐND", upper=told("kế hoạch", high, measure))
    result = told("Kết quả", value, measure)
    return every(phrases.PlanAndLastYear(result, (asked,), are_bases_told=True, is_reached=is_reached))


@pytest.mark.parametrize("value", ["16", "20", "32"])
def test_a_result_within_the_bounds_of_a_plan_is_told_so(value: str) -> None:
    texts = leaving_room(value, "16", "32")
    assert all(text.endswith(f" {value},0 ha, nằm trong mức kế hoạch HĐND giao (16,0 - 32,0 ha)") for text in texts)


def test_a_result_beyond_the_bounds_of_a_plan_is_told_so() -> None:
    assert all(text.endswith("vượt mức kế hoạch HĐND giao (5,0 - 7,0%)") for text in leaving_room("7.5", "5", "7", "%"))
    texts = leaving_room("7.5", "5", "7", "%", is_reached=False)
    assert all(text.endswith("cao hơn mức kế hoạch HĐND giao (5,0 - 7,0%)") for text in texts)


def test_what_falls_short_of_the_bounds_is_told_by_how_much() -> None:
    texts = leaving_room("12", "16", "32")
    assert all(text.endswith("bằng 75% mức thấp nhất của kế hoạch HĐND giao (16,0 - 32,0 ha)") for text in texts)
    texts = leaving_room("4.2", "5", "7", "%")
    assert all(text.endswith("thấp hơn 0,8 điểm phần trăm so với kế hoạch HĐND giao (5,0 - 7,0%)") for text in texts)


def test_both_bounds_are_told_as_finely() -> None:
    asked = Asked(told("kế hoạch", "5", "%", Form(0)), "HĐND", upper=told("kế hoạch", "7.25", "%", Form(2)))
    for text in every(phrases.PlanAndLastYear(told("Kết quả", "6", "%"), (asked,), are_bases_told=True)):
        assert text.endswith("(5,00 - 7,25%)")


def test_bounds_that_would_be_printed_alike_are_told_more_finely() -> None:
    asked = Asked(told("kế hoạch", "5.1", "%", Form(0)), "HĐND", upper=told("kế hoạch", "5.3", "%", Form(0)))
    for text in every(phrases.PlanAndLastYear(told("Kết quả", "5.2", "%"), (asked,), are_bases_told=True)):
        assert text.endswith("(5,1 - 5,3%)")


def test_a_plan_that_leaves_room_is_told_whole_before_anything_is_done() -> None:
    assert all("chưa" in text and text.endswith(" 16,0 - 32,0 ha)") for text in leaving_room("0", "16", "32"))


def test_a_sentence_tells_levels_or_excesses_and_never_both() -> None:
    plans = Asked(told("kế hoạch", "100"), "HĐND"), Asked(told("kế hoạch", "98"), "UBND tỉnh")
    statement = phrases.PlanAndLastYear(told("Diện tích", "112"), plans, told("cùng kỳ", "105"), are_bases_told=True)
    texts = every(statement)
    assert any("vượt 12%" in text and "vượt 14,3%" in text and "tăng 6,7% so với cùng kỳ" in text for text in texts)
    for text in texts:
        assert not re.search(r"(vượt|tăng|giảm) \d", text) or not re.search(r"(bằng|đạt) [\d,]+%", text), text


def test_of_plans_of_which_one_is_missed_each_is_told_as_a_level() -> None:
    plans = Asked(told("kế hoạch", "100"), "HĐND"), Asked(told("kế hoạch", "120"), "UBND tỉnh")
    for text in every(phrases.PlanAndLastYear(told("Diện tích", "112"), plans, are_bases_told=True)):
        assert "vượt" not in text


@pytest.mark.parametrize(("value", "percent"), [("99.96", "99,96%"), ("100.04", "100,04%"), ("100", "100%")])
def test_only_a_whole_hundred_is_a_hundred(value: str, percent: str) -> None:
    assert all(percent in text for text in every(compared(value, "100")))


def test_nothing_done_yet_is_said_so() -> None:
    for text in every(compared("0", "450")):
        assert "chưa" in text
        assert "450,0 ha" in text


def test_no_percentage_is_of_nought_or_of_what_is_below_it() -> None:
    for plan in ("0", "-5"):
        for text in every(compared("12", plan, "12", bases=True)):
            assert "%" not in text
            assert "kế hoạch UBND tỉnh giao là" in text


def test_the_same_as_last_year_is_neither_rise_nor_fall() -> None:
    for text in every(compared("12", "10", "12")):
        assert "cùng kỳ năm trước" in text
        assert "tăng" not in text.replace("không tăng", "")


def test_an_unknown_plan_or_last_year_is_left_out() -> None:
    statement = compared("12", "10", None)
    unknown = phrases.PlanAndLastYear(statement.told, (Asked(told("kế hoạch", None)),), told("cùng kỳ", None))
    assert all(len(re.findall(r"\d+,\d", text)) == 1 for text in every(unknown))


def test_a_rate_moves_by_points() -> None:
    rate = told("Tỷ lệ hộ nghèo", "6.34", "%", Form(2)), told("cùng kỳ", "9.87", "%", Form(2))
    texts = every(phrases.Moved(*rate, is_reached=False))
    assert all("giảm 3,53 điểm phần trăm" in text for text in texts)
    assert any("giảm từ 9,87% xuống còn 6,34%" in text for text in texts)


def test_a_difference_is_that_of_the_figures_as_they_are_printed() -> None:
    now, before = told("Tỷ lệ", "1.17564", "%", Form(2)), told("cùng kỳ", "1.51342", "%", Form(2))
    for text in every(phrases.Moved(now, before)) | every(
        phrases.PlanAndLastYear(now, (), before, are_bases_told=True)
    ):
        assert "giảm 0,33 điểm phần trăm" in text
        assert "1,18%" in text
        assert "1,51%" in text


@pytest.mark.parametrize(("now", "before"), [("3", "1"), ("0", "4"), ("9", "8")])
def test_of_a_few_things_no_rate_is_told(now: str, before: str) -> None:
    moved = phrases.Moved(told("Số vụ", now, "vụ", COUNT), told("cùng kỳ", before, "vụ", COUNT), is_reached=False)
    assert all("%" not in text and "vụ so với cùng kỳ" in text for text in every(moved))


def test_of_a_few_things_beside_a_plan_the_difference_is_told() -> None:
    asked = Asked(told("kế hoạch", "4", "xã", COUNT), "HĐND")
    now, before = told("Số xã", "4", "xã", COUNT), told("cùng kỳ", "3", "xã", COUNT)
    for text in every(phrases.PlanAndLastYear(now, (asked,), before, are_bases_told=True)):
        assert "tăng 01 xã so với cùng kỳ năm trước (03 xã)" in text
        assert "100% kế hoạch HĐND giao" in text


def test_nothing_now_and_nothing_before_is_told_without_figures_of_the_year_before() -> None:
    none = told("Số vụ", "0", "vụ", COUNT), told("cùng kỳ", "0", "vụ", COUNT)
    for is_reached, words in ((False, "không phát sinh"), (True, "chưa có")):  # of what is striven for nothing "occurs"
        moved = phrases.Moved(*none, is_reached=is_reached)
        beside = phrases.PlanAndLastYear(none[0], (), none[1], are_bases_told=True, is_reached=is_reached)
        for statement in (moved, beside):
            assert all(text.endswith(f"0 vụ, cùng kỳ năm trước cũng {words}") for text in every(statement))


def test_a_rise_from_nothing_has_no_rate() -> None:
    moved = phrases.Moved(
        told("Số vụ", "3", "vụ", COUNT), told("cùng kỳ", "0", "vụ", COUNT), "cùng kỳ", is_reached=False
    )
    for text in every(moved):
        assert "tăng 03 vụ so với cùng kỳ (cùng kỳ không phát sinh)" in text


def test_two_rates_without_end_are_told_with_the_decimals_in_which_they_differ() -> None:
    third = Decimal(100) / 3
    now, before = told("Tỷ lệ", str(third + Decimal("0.0004")), "%"), told("cùng kỳ", str(third), "%")
    for text in every(phrases.Moved(now, before)):
        assert "tăng 0,001 điểm phần trăm" in text
        assert "33,333%" in text


# wholes


def test_parts_are_all_of_a_total_only_when_they_make_it() -> None:
    parts = told("trâu", "200", "con", COUNT), told("bò", "300", "con", COUNT)
    right = every(phrases.TotalWithParts(told("Tổng đàn", "500", "con", COUNT), parts))
    short = every(phrases.TotalWithParts(told("Tổng đàn", "501", "con", COUNT), parts))
    assert all(not text.endswith("...") for text in right)
    assert all(text.endswith("...") for text in short)


def test_a_part_that_is_not_known_is_named() -> None:
    parts = told("trâu", "200", "con", COUNT), told("bò", None, "con")
    for text in every(phrases.TotalWithParts(told("Tổng đàn", "500", "con", COUNT), parts)):
        assert "bò chưa có số liệu" in text


def test_rounded_parts_make_their_rounded_total() -> None:
    parts = tuple(told(name, "0.4444", form=Form(0)) for name in "abc")
    for text in every(phrases.TotalWithParts(told("Tổng", "1.3332", form=Form(0)), parts)):
        figures = [Decimal(figure.replace(",", ".")) for figure in re.findall(r"\d+(?:,\d+)?", text)]
        assert figures[0] == sum(figures[1:])


def test_three_thirds_leave_the_last_one_unsaid() -> None:
    thirds = tuple(told(name, str(Decimal(100) / 3), "%") for name in ("nông nghiệp", "công nghiệp", "dịch vụ"))
    assert all(text.endswith("còn lại là dịch vụ") for text in every(phrases.Structure("Cơ cấu kinh tế", thirds)))


def test_of_a_flow_what_is_known_stands_in_its_order() -> None:
    fresh, resolved, pending = (told("hồ sơ", one, "hồ sơ", COUNT) for one in ("1300", "1200", "150"))
    whole = told("hồ sơ", None, "hồ sơ", COUNT)
    assert every(phrases.Flow("hồ sơ", whole, resolved, pending, fresh=fresh)) == {
        "tiếp nhận mới 1.300 hồ sơ; đã giải quyết 1.200 hồ sơ; hiện còn 150 hồ sơ"
    }


# counts and names


def counted(value: int, measure: str = "chỉ tiêu") -> Told:
    return told(f"c{value}", str(value), measure, COUNT)


def test_the_ratings_leave_out_what_there_is_none_of() -> None:
    ratings = phrases.Ratings(counted(17), counted(9), counted(5), counted(3), counted(0), ("a", "b", "c"))
    for text in every(ratings):
        assert "17 chỉ tiêu chủ yếu, có 09 chỉ tiêu vượt kế hoạch; 05 chỉ tiêu đạt kế hoạch; 03" in text
        assert text.endswith("không đạt kế hoạch (a, b, c)")


def test_what_has_no_figure_is_not_what_is_rated_later() -> None:
    ratings = phrases.Ratings(counted(19), counted(9), counted(5), counted(0), counted(2), (), counted(3))
    for text in every(ratings):
        assert text.endswith("02 chỉ tiêu cuối năm đánh giá; 03 chỉ tiêu chưa có số liệu")
    asked = (Asked(told("kế hoạch", "4", "%"), "HĐND"),)
    assert every(phrases.Lacking("Tỷ lệ hộ nghèo", asked)) == {
        "Tỷ lệ hộ nghèo (kế hoạch HĐND giao 4,0%): chưa có số liệu"
    }


def test_everything_exceeded_is_said_at_once() -> None:
    ratings = phrases.Ratings(counted(17), counted(17), counted(0), counted(0), counted(0))
    assert every(ratings) == {"cả 17 chỉ tiêu chủ yếu đều vượt kế hoạch"}


def test_no_unit_is_none_and_a_name_with_a_comma_is_one() -> None:
    none = phrases.Names(counted(0, "xã"), "xã", "chưa gửi báo cáo", ())
    assert every(none) == {"không có xã nào chưa gửi báo cáo"}
    two = phrases.Names(counted(2, "đơn vị"), "đơn vị", "chưa gửi báo cáo", ("Phòng Văn hóa, Thông tin", "Văn phòng"))
    assert all("Phòng Văn hóa, Thông tin; Văn phòng" in text for text in every(two))


def test_of_all_units_none_is_named() -> None:
    every_one = phrases.Names(counted(2, "xã"), "xã", "có hợp tác xã", ("Khau Đỏ", "Phú Sa"), counted(2, "xã"))
    assert every(every_one) == {"cả 02/02 xã có hợp tác xã"}


def test_missing_units_are_named() -> None:
    missing = phrases.MissingUnits(counted(2, "xã"), "xã", ("Khau Đỏ", "Phú Sa"), counted(16, "xã"))
    assert all("02/16 xã" in text and "Khau Đỏ, Phú Sa" in text for text in every(missing))


# the line


def test_every_number_knows_what_it_was_taken_from() -> None:
    numbers = list(numbers_in(say(compared("112", "100", "90", bases=True), 1)))
    assert [one.source.reckoning for one in numbers].count(Reckoning.VALUE) == 3
    for one in numbers:
        assert one.revision == 7
        assert one.text == one.form.printed(one.value)
        assert len(one.source.addresses) == (1 if one.source.reckoning is Reckoning.VALUE else 2)


def test_a_sentence_has_a_capital_and_one_full_stop() -> None:
    line = say(phrases.Tasks(*(counted(n, "nhiệm vụ") for n in (3, 3, 0, 0, 0))), 0)
    assert text_of(sentence(line)).startswith("Trong")
    assert text_of(sentence(sentence(line))).count(".") == 1


def test_a_statement_of_no_known_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="nothing says a Form"):
        say(Form())  # type: ignore[arg-type]


def test_every_wording_is_used() -> None:
    """No wording stands in the file that nobody can meet, and each has been read back by then."""
    dice = Dice(3)
    texts = {text_of(say(dice.statement(), dice.wording())) for _ in range(6000)}
    # tested above, or with its address, or of figures that are hardly ever there
    seldom = {"rise_alone", "fall_alone", "part_below", "range"}
    for group, table in load("phrases").items():
        for key in table:
            if group in ("marks", "units", "kinds") or key in seldom:
                continue
            for wording in wordings_of(f"{group}.{key}"):
                pattern = re.compile(
                    "".join(".+?" if i % 2 else re.escape(p) for i, p in enumerate(re.split(r"\{(\w+)\}", wording)))
                )
                assert any(pattern.search(text) for text in texts), f"{group}.{key}: {wording}"


def test_numbers_are_all_numbers() -> None:
    """No digit of a figure is written as mere words: each belongs to a number with a source."""
    line = say(compared("112", "100", "90", bases=True), 3)
    words = "".join(piece.text for piece in line if not isinstance(piece, Number))
    assert not re.search(r"\d", words)


def test_a_rate_is_told_beside_its_plan_by_points() -> None:
    def texts(value: str, plan: str, *, is_reached: bool = True) -> set[str]:
        rate, asked = told("Tỷ lệ che phủ rừng", value, "%", Form(2)), told("kế hoạch", plan, "%", Form(1))
        return every(phrases.PlanAndLastYear(rate, (Asked(asked, "HĐND"),), are_bases_told=True, is_reached=is_reached))

    assert all("vượt 0,15 điểm phần trăm so với kế hoạch HĐND giao (58,2" in text for text in texts("58.35", "58.2"))
    assert all("thấp hơn 0,85 điểm phần trăm so với kế hoạch" in text for text in texts("57.35", "58.2"))
    assert all("cao hơn 0,15 điểm" in text for text in texts("58.35", "58.2", is_reached=False))
    assert all("bằng kế hoạch HĐND giao (100" in text for text in texts("100", "100"))


def test_what_goes_on_behind_a_semicolon_begins_small() -> None:
    lines = [(Words("Tổng đàn trâu là 15 con"),), (Words("Tổng đàn bò là 12 con"),), (Words("HIV: 01 ca"),)]
    assert text_of(run_on(lines, "; ")) == "Tổng đàn trâu là 15 con; tổng đàn bò là 12 con; HIV: 01 ca"
    assert text_of(run_on(lines[:1], "; ", is_led=True)) == "tổng đàn trâu là 15 con"


def test_behind_words_with_a_colon_no_second_one_stands() -> None:
    schools = say(phrases.Level(told("Số trường là công lập", "252", "trường", COUNT), is_reached=False))
    (number,) = [piece for piece in schools if isinstance(piece, Number)]
    lines = [(Words("Số trường học: "), number, Words(" trường")), (Words("Số lớp: "), number)]
    assert text_of(run_on(lines, "; ", is_led=True)) == "số trường học là 252 trường; số lớp: 252"
    assert text_of(run_on(lines, "; ")) == "Số trường học: 252 trường; số lớp: 252"


def test_a_unit_within_a_sentence_begins_small_and_a_name_alone_does_not() -> None:
    count, whole = told("số xã", "2", "xã", COUNT), told("số xã", "9", "xã", COUNT)
    names = "Xã Khe Giấy Mới", "Khau Sơn"
    for text in every(phrases.Names(count, "xã", "đạt chuẩn", names, whole)):
        assert "xã Khe Giấy Mới" in text
        assert "Khau Sơn" in text


def test_what_is_missed_is_named_within_the_sentence() -> None:
    counts = [told("chỉ tiêu", value, "chỉ tiêu", COUNT) for value in ("3", "2", "0", "1", "0")]
    for text in every(phrases.Ratings(*counts, missed_names=("Thu ngân sách",))):
        assert "(thu ngân sách)" in text


def test_a_verb_that_the_name_has_is_not_said_again() -> None:
    assert every(phrases.Level(told("Số đại biểu là nữ", "9", "người", COUNT), is_reached=False)) == {
        "Số đại biểu là nữ: 09 người"
    }
    assert every(phrases.Level(told("Tiêu chí số 1: số xã đạt", "8", "xã", COUNT), is_reached=True)) == {
        "Tiêu chí số 1: số xã đạt là 08 xã"
    }


def test_parts_with_a_comma_in_their_names_stand_apart_by_semicolons() -> None:
    parts = told("hộ tịch, chứng thực", "200", "hồ sơ", COUNT), told("đất đai", "300", "hồ sơ", COUNT)
    for text in every(phrases.TotalWithParts(told("Số hồ sơ", "500", "hồ sơ", COUNT), parts)):
        assert "hộ tịch, chứng thực 200 hồ sơ; đất đai 300 hồ sơ" in text


def test_a_name_that_ends_in_a_number_stands_apart_from_the_figure() -> None:
    parts = told("đối tượng 2", "4", "người", COUNT), told("đối tượng khác", "7", "người", COUNT)
    for text in every(phrases.TotalWithParts(told("Số người", "11", "người", COUNT), parts)):
        assert "đối tượng 2: 04 người" in text
        assert "đối tượng khác 07 người" in text
