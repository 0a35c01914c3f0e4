"""Plans and results in words: what is assured is told so, and no plan stands beside another of the same day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from baocao.figures.intake import Intake, take_in
from baocao.figures.intake_keys import Defaults
from baocao.figures.intake_targets import Plans
from baocao.figures.target_words import TargetWords, read_target
from baocao.formats.rows import text_sheet
from baocao.model.period import Period
from baocao.model.target import Decision, Target, TargetKind
from tests.unit.figures.small_catalogue import AT, figures_of, names, refusals_of, taken

YEAR = Period.part(2024)
DECISION = Decision("12/NQ-HĐND", date(2023, 12, 8))
ANNEX = "Đơn vị;Chỉ tiêu;HĐND giao;Kết quả\n00097;thu;{asked};{result}\n"


def _annex(asked: str, result: str) -> Intake:
    return taken(ANNEX.format(asked=asked, result=result), period=YEAR, decision=DECISION)


@pytest.mark.parametrize(
    ("told", "value"),
    [("Đảm bảo", 1), ("hoàn thành", 1), ("Đạt", 1), ("chưa đảm bảo", 0), ("Không hoàn thành", 0), ("dam bao", 1)],
)
def test_words_tell_the_result_of_what_was_to_be_assured(told: str, value: int) -> None:
    (one,) = _annex("đảm bảo", told).observations
    assert one.value == Decimal(value)


def test_words_are_no_result_of_what_has_a_figure() -> None:
    intake = _annex("100", "Đảm bảo")
    assert refusals_of(intake) == [("D2", "Đảm bảo")]
    assert "nạp biểu giao chỉ tiêu trước" in intake.rejections[0].text.vi
    assert "load the plan first" in intake.rejections[0].text.en


def test_a_plan_known_before_allows_words_and_a_figure_asked_for_does_not() -> None:
    (asked,) = _annex("đảm bảo", "").targets
    result = "Đơn vị;Chỉ tiêu;Kết quả\n00097;thu;đảm bảo\n"
    assert figures_of(_with(result, asked)) == ["00097:thu:2024-A1:actual = 1"]
    (figure,) = taken(
        ANNEX.format(asked="5", result="").replace("HĐND", "UBND"), period=YEAR, decision=DECISION
    ).targets
    assert refusals_of(_with(result, asked, figure)) == [("C2", "đảm bảo")]


def _with(text: str, *known: Target) -> Intake:
    plans = Plans(
        lambda unit, code: [one for one in known if (one.address.unit, one.address.indicator) == (unit, code)]
    )
    plans.add(known)
    return take_in(
        [text_sheet(text.encode())], "0" * 64, names(None), Defaults(period=YEAR, decision=DECISION), AT, "an", plans
    )


def test_two_plans_of_one_day_contradict_each_other_and_name_the_first() -> None:
    (asked,) = _annex("5", "").targets
    refused = _with(ANNEX.format(asked="6", result=""), asked)
    assert refusals_of(refused) == [("C2", "6")]
    assert "12/NQ-HĐND" in refused.rejections[0].text.vi
    assert _with(ANNEX.format(asked="5", result=""), asked).rejections == ()


def test_a_file_may_hold_a_plan_and_its_adjustment_from_the_same_day() -> None:
    intake = taken(
        "Đơn vị;Chỉ tiêu;Kỳ;Giá trị;Kịch bản;Cấp giao;Quyết định;Ngày quyết định;Hiệu lực từ\n"
        "00097;thu;2024;5;giao;HĐND;12/NQ-HĐND;8/12/2023;1/1/2024\n"
        "00097;thu;2024;4;giao;HĐND;20/NQ-HĐND;15/7/2024;1/1/2024\n"
    )
    assert [(one.low, one.decision.number) for one in intake.targets] == [(5, "12/NQ-HĐND"), (4, "20/NQ-HĐND")]


@pytest.mark.parametrize("printed", ["66% (cuối năm đánh giá)", "66%, đánh giá cuối năm"])
def test_a_target_says_that_it_is_rated_at_years_end(printed: str) -> None:
    read = read_target(printed, lambda text: Decimal(text))
    assert read == TargetWords(TargetKind.EXACTLY, Decimal(66), measure="%", is_rated_at_year_end=True)


KINDS = "Đơn vị;Chỉ tiêu;Kỳ;Loại chỉ tiêu;HĐND giao\n00097;thu;2024;{kind};{asked}\n00102;ty_le;1999;;1,5\n"


@pytest.mark.parametrize(
    ("kind", "asked", "found", "is_strict"),
    [
        ("", "5", TargetKind.EXACTLY, False),
        ("tối thiểu", "5", TargetKind.AT_LEAST, False),
        ("trên", "5", TargetKind.AT_LEAST, True),
        ("Tối đa", "5", TargetKind.AT_MOST, False),
        ("dưới", "dưới 5", TargetKind.AT_MOST, True),
        ("khoảng", "5-6", TargetKind.RANGE, False),
        ("duy trì", "5", TargetKind.MAINTAIN, False),
        ("giảm", "5", TargetKind.REDUCE_BY, False),
        ("đảm bảo", "đảm bảo", TargetKind.ASSURED, False),
    ],
)
def test_a_column_may_say_of_what_kind_a_target_is(kind: str, asked: str, found: TargetKind, is_strict: bool) -> None:
    (target, _) = taken(KINDS.format(kind=kind, asked=asked), decision=DECISION).targets
    assert (target.kind, target.is_strict) == (found, is_strict)


@pytest.mark.parametrize(
    ("kind", "asked"), [("tối thiểu", "dưới 5"), ("đảm bảo", "5"), ("khoảng", "5"), ("to lớn", "5")]
)
def test_a_kind_that_its_target_contradicts_is_refused(kind: str, asked: str) -> None:
    assert refusals_of(taken(KINDS.format(kind=kind, asked=asked), decision=DECISION)) == [("D2", kind)]
