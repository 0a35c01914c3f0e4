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


DECIDED = "Đơn vị;Chỉ tiêu;Kỳ;Quyết định{more};HĐND giao\n00097;thu;2026;{cells};5\n"


@pytest.mark.parametrize(
    ("cell", "number", "kind", "issuer"),
    [
        ("12/NQ-HĐND, 20/12/2025", "12/NQ-HĐND", "", ""),
        ("Số 12/NQ-HĐND ngày 20/12/2025", "12/NQ-HĐND", "", ""),
        ("Số: 12 /NQ–HĐND; 20.12.2025", "12/NQ-HĐND", "", ""),
        ("12/NQ-HĐND - 2025-12-20", "12/NQ-HĐND", "", ""),
        ("NQ 12/2025/NQ-HĐND (20-12-2025)", "12/2025/NQ-HĐND", "", ""),
        ("Nghị quyết số 12/NQ-HĐND ngày 20 tháng 12 năm 2025 của HĐND xã.", "12/NQ-HĐND", "", "HĐND xã"),
        ("Quyết định của UBND tỉnh số 7/QĐ-UBND ngày 20/12/2025 về giao chỉ tiêu", "7/QĐ-UBND", "", "UBND tỉnh"),
        ("Nghị quyết số 12 ngày 20/12/2025", "12", "NQ", ""),
    ],
)
def test_a_decision_and_its_day_may_stand_in_one_cell(cell: str, number: str, kind: str, issuer: str) -> None:
    (target,) = taken(DECIDED.format(more="", cells=f'"{cell}"')).targets
    assert target.decision == Decision(number, date(2025, 12, 20), kind, issuer)
    assert target.holds_from == date(2025, 12, 20)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("20/12/2025", "cần số, ký hiệu và ngày ban hành"),
        ("theo kết luận", "cần số, ký hiệu và ngày ban hành"),
        ("12/NQ-HĐND, 20/12/2025; 5/NQ-HĐND, 1/2/2026", "của một văn bản"),
        ("12/NQ-HĐND ngày 31/11/2025", "không có trong lịch"),
        ("12/NQ-HĐND", "không có ngày ban hành"),
        ("Quyết định số 12/NQ-HĐND, 20/12/2025", "ký hiệu lại ghi “NQ”"),
    ],
)
def test_a_decision_that_cannot_be_read_is_refused_at_its_cell(cell: str, told: str) -> None:
    refused = taken(DECIDED.format(more="", cells=f'"{cell}"'))
    assert refusals_of(refused) == [("D2", cell)]
    assert told in refused.rejections[0].text.vi
    assert refused.targets == ()


def test_the_day_of_its_own_column_must_be_the_one_of_the_decision() -> None:
    more = ";Ngày quyết định"
    (target,) = taken(DECIDED.format(more=more, cells="Số 12/NQ-HĐND;20/12/2025")).targets
    assert target.decision == Decision("12/NQ-HĐND", date(2025, 12, 20))
    refused = taken(DECIDED.format(more=more, cells='"12/NQ-HĐND, 20/12/2025";21/12/2025'))
    assert refusals_of(refused) == [("E2", "21/12/2025")]
