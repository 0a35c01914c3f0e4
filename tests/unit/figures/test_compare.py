"""The annex made from figures and targets: percentages, ratings, notes and the tally. All figures are invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from baocao.figures.compare import Annex, Completeness, Line, Wanted, compare, grouped, lines
from baocao.figures.compare_progress import elapsed, progress
from baocao.figures.compare_table import printed
from baocao.figures.targets import TargetConflict
from baocao.model.indicator import Aim, Indicator, Over, UnitOfMeasure
from baocao.model.observation import Address, NoValue, Observation, Origin, OriginKind, Scenario
from baocao.model.period import CutOff, Period
from baocao.model.target import Decision, Rating, Target, TargetKind
from baocao.model.text import Text

YEAR, HALF = Period.part(2024), Period.part(2024, "S", 1)
COUNCIL, PROVINCE = "HĐND huyện", "UBND tỉnh"
AT = datetime(2025, 1, 5, tzinfo=UTC)


def _indicator(code: str, vi: str, unit: str = "ho", **more: object) -> Indicator:
    return Indicator(code, Text(vi, vi), unit, "kinh_te", **more)  # type: ignore[arg-type]  # any of its fields


CATALOGUE = {
    one.code: one
    for one in (
        _indicator("thu", "Thu ngân sách", "ty_dong"),
        _indicator("van_hoa", "Gia đình văn hóa", "phan_tram", parts=("thon", "co_quan"), over_time=Over.LAST),
        _indicator("thon", "Thôn văn hóa", "phan_tram", over_time=Over.LAST),
        _indicator("co_quan", "Cơ quan văn hóa", "phan_tram", over_time=Over.LAST),
        _indicator("ngheo", "Tỷ lệ hộ nghèo", "phan_tram", aim=Aim.LOWER, over_time=Over.LAST),
        _indicator("an_ninh", "Quốc phòng, an ninh", "khong", over_time=Over.NONE),
        _indicator("dan_so", "Dân số", "nguoi"),
    )
}
CODES = ("thu", "van_hoa", "ngheo", "an_ninh", "dan_so")


def _seen(
    code: str, value: str | None, period: Period = YEAR, scenario: Scenario = Scenario.ACTUAL, hour: int = 0
) -> Observation:
    number = None if value is None else Decimal(value)
    mark = NoValue.NOT_COLLECTED if value is None else None
    origin = Origin(OriginKind.FORM_CELL, f"bieu-1#{code}")
    return Observation(Address("01", code, period, scenario), number, origin, AT.replace(hour=hour), "an", mark)


def _asked(
    code: str,
    low: str | None,
    authority: str = COUNCIL,
    kind: TargetKind = TargetKind.EXACTLY,
    number: str = "7",
    period: Period = YEAR,
) -> Target:
    address = Address("01", code, period, Scenario.TARGET, authority)
    decision = Decision(number, date(2023, 12, 8), "NQ", authority)
    return Target(address, kind, decision, date(2024, 1, 1), None if low is None else Decimal(low))


TARGETS = (
    _asked("thu", "58.4"),
    _asked("thu", "52", PROVINCE),
    _asked("thon", "70"),
    _asked("co_quan", "92"),
    _asked("ngheo", "3", kind=TargetKind.REDUCE_BY),
    _asked("an_ninh", None, kind=TargetKind.ASSURED),
)
FIGURES = (
    _seen("thu", "55.1"),
    _seen("thu", "50", YEAR.last_year),
    _seen("thon", "77"),
    _seen("co_quan", "91.8"),
    _seen("ngheo", "8.4"),
    _seen("ngheo", "12", YEAR.last_year),
    _seen("an_ninh", "1"),
    _seen("dan_so", "41250"),
)


def _annex(figures: Sequence[Observation] = FIGURES, period: Period = YEAR, **told: Completeness) -> Annex:
    return compare(Wanted("01", period, (COUNCIL, PROVINCE)), lines(CATALOGUE, CODES), figures, TARGETS, told)


def test_the_annex_as_it_is_printed() -> None:
    measures = {"ty_dong": UnitOfMeasure("ty_dong", Text("tỷ đồng", "billion đồng"), "money")}
    table = printed(_annex(thu=Completeness(18, 19, ("Xã Đồi Thử",))), measures=measures)
    assert table.heads == (
        "TT", "Chỉ tiêu", "ĐVT", "HĐND huyện giao", "UBND tỉnh giao", "Kết quả thực hiện", "% so với HĐND huyện giao",
        "% so với UBND tỉnh giao", "Cùng kỳ năm trước", "% so với cùng kỳ", "Tăng, giảm so với cùng kỳ", "Đánh giá",
        "Ghi chú",
    )  # fmt: skip
    of_revenue = "so với UBND tỉnh giao: vượt; thiếu 1/19 đơn vị: Xã Đồi Thử"
    ngheo = ("8,4", "120", "", "12", "70", "-3,6", "Vượt", "")
    assert table.rows == (
        ("1", "Thu ngân sách", "tỷ đồng", "58,4", "52", "55,1", "94,35", "105,96", "50", "110,2", "5,1", "Không đạt",
         of_revenue),
        ("2", "Gia đình văn hóa", "phan_tram", *[""] * 8, "Không đạt", "hợp phần không đạt: 2b"),
        ("2a", "Thôn văn hóa", "phan_tram", "70", "", "77", "110", *[""] * 4, "Vượt", ""),
        ("2b", "Cơ quan văn hóa", "phan_tram", "92", "", "91,8", "99,78", *[""] * 4, "Không đạt", ""),
        ("3", "Tỷ lệ hộ nghèo", "phan_tram", "giảm 3", "", *ngheo),
        ("4", "Quốc phòng, an ninh", "khong", "đảm bảo", "", "đảm bảo", *[""] * 5, "Đạt", ""),
        ("5", "Dân số", "nguoi", "", "", "41.250", *[""] * 7),
    )  # fmt: skip
    assert table.tally == (
        "Trong 4 chỉ tiêu: 2 chỉ tiêu đạt và vượt kế hoạch (vượt: 1), 2 không đạt (chỉ tiêu số 1, 2)."
    )


def test_the_annex_in_english() -> None:
    table = printed(_annex(), "en")
    assert table.rows[0][6:8] == ("94.35", "105.96")
    assert table.rows[1][-1] == "parts not met: 2b"
    assert table.tally == "Of 4 indicators: 2 met or exceeded the plan (exceeded: 1), 2 did not meet it (no. 1, 2)."


def test_the_first_authority_that_asks_leads() -> None:
    wanted = Wanted("01", YEAR, (PROVINCE, COUNCIL))
    rows = compare(wanted, lines(CATALOGUE, CODES), FIGURES, TARGETS).rows
    assert (rows[0].rating, rows[4].rating) == (Rating.EXCEEDED, Rating.EXCEEDED)


def test_the_latest_revision_counts_in_whatever_order_they_come() -> None:
    revised = (_seen("thu", "60", hour=3), *FIGURES)
    assert _annex(revised) == _annex(revised[::-1])
    assert _annex(revised).rows[0].result == 60


def test_an_estimate_stands_where_nothing_was_achieved_yet() -> None:
    estimate = _seen("thu", "59", scenario=Scenario.ESTIMATE)
    assert _annex((*FIGURES, estimate)).rows[0].result == Decimal("55.1")
    row = _annex((estimate,)).rows[0]
    assert (row.result, row.is_estimate) == (59, True)
    assert printed(_annex((estimate,))).rows[0][-1].startswith("số ước thực hiện")
    uncollected = _annex((_seen("thu", None),))
    assert (uncollected.rows[0].rating, printed(uncollected).rows[0][5]) == (Rating.UNKNOWN, "không thu thập")


def test_in_the_middle_of_the_year_the_plan_of_the_year_is_pending_and_progress_is_told() -> None:
    figures = (
        _seen("thu", "26.28", HALF),
        _seen("thu", "21", HALF.last_year),
        _seen("thu", "50", YEAR.last_year),
    )
    annex = _annex(figures, HALF)
    row = annex.rows[0]
    assert (row.rating, row.plans[0].rated.percent) == (Rating.PENDING, Decimal(45))
    assert row.progress is not None
    assert not row.progress.is_behind
    assert printed(annex).rows[0][-1] == (
        "đạt 45% kế hoạch khi đã qua 49,7% thời gian; cùng thời điểm các năm trước: 2023 42%"
    )
    assert annex.tally.text.vi == (
        "Trong 4 chỉ tiêu: 0 chỉ tiêu đạt và vượt kế hoạch, 0 không đạt, 1 cuối năm đánh giá (chỉ tiêu số 1), "
        "3 chưa có số liệu (chỉ tiêu số 2, 3, 4)."
    )


def test_a_target_for_the_half_year_goes_before_that_of_the_year() -> None:
    targets = (*TARGETS, _asked("thu", "25", period=HALF), _asked("thu", "30", period=Period.part(2024, "S", 2)))
    wanted = Wanted("01", HALF, (COUNCIL,))
    row = compare(wanted, lines(CATALOGUE, ["thu"]), (_seen("thu", "26", HALF),), targets).rows[0]
    assert (row.plans[0].target.low, row.rating) == (25, Rating.EXCEEDED)


def test_the_year_of_decree_09_is_rated_against_the_plan_of_the_year() -> None:
    year = Period.part(2024, cut_off=CutOff.DECREE_09)
    assert _annex((_seen("thu", "55.1", year),), year).rows[0].rating is Rating.NOT_MET
    half = Period.part(2024, "S", cut_off=CutOff.DECREE_09)
    assert _annex((_seen("thu", "55.1", half),), half).rows[0].rating is Rating.PENDING


def test_targets_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(TargetConflict, match="two different targets"):
        compare(Wanted("01", YEAR, (COUNCIL,)), lines(CATALOGUE, CODES), FIGURES, (*TARGETS, _asked("thu", "60")))


def test_lines_of_ones_own() -> None:
    own = (Line("I.1", CATALOGUE["thu"]), Line("9a", CATALOGUE["thon"]), Line("9b", CATALOGUE["co_quan"]))
    annex = compare(Wanted("01", YEAR, (COUNCIL,)), own, FIGURES, TARGETS)
    assert annex.tally.rated == (("I.1", Rating.NOT_MET), ("9a", Rating.NOT_MET))
    with pytest.raises(KeyError):
        lines(CATALOGUE, ["khac"])


def test_which_lines_make_one_indicator() -> None:
    numbers = ["1", "", "2", "2a", "2.1", "9a", "9b", "", "10", "1", "1"]
    assert grouped(numbers) == [[0, 1], [2, 3, 4], [5, 6, 7], [8], [9], [10]]


def test_progress_against_time_and_earlier_years() -> None:
    assert [elapsed(YEAR, day) for day in (date(2023, 5, 1), date(2024, 12, 31), date(2026, 1, 1))] == [0, 1, 1]
    assert elapsed(YEAR, date(2024, 1, 1)).denominator == 366
    on = date(2024, 6, 30)
    behind = progress(Decimal(40), Decimal(100), YEAR, on)
    usual = progress(
        Decimal(40), Decimal(100), YEAR, on, [(2022, Decimal(3), Decimal(9)), (2023, Decimal(4), Decimal(10))]
    )
    assert behind is not None
    assert usual is not None
    assert (behind.is_behind, usual.is_behind) == (True, False)
    assert [year for year, _ in usual.earlier] == [2023, 2022]
    assert progress(Decimal(40), Decimal(0), YEAR, on) is None
