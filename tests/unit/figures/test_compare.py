"""The annex made from figures and targets: percentages, ratings, notes and the tally. All figures are invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from baocao.figures import compare_words
from baocao.figures.compare import Annex, Completeness, Line, Wanted, compare, grouped, lines
from baocao.figures.compare_count import Tally
from baocao.figures.compare_earlier import Earlier
from baocao.figures.compare_progress import elapsed, progress
from baocao.figures.targets import TargetConflict
from baocao.model.indicator import Aim, Indicator, Over
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


def _words(annex: Annex, place: int) -> tuple[str, ...]:
    """What stands in a row's cells: targets, result, rating, note."""
    row = annex.rows[place]
    targets = (compare_words.asked(plan.target).vi for plan in row.plans)
    note = compare_words.notes(row, annex.authorities[0])
    result = compare_words.result(row)
    told = result.vi if isinstance(result, Text) else str(result or "")
    return (*targets, told, row.rating.value if row.rating else "", note.vi if note else "")


def test_the_annex_in_words() -> None:
    annex = _annex(thu=Completeness(18, 19, ("Xã Đồi Thử",)))
    assert [row.number for row in annex.rows] == ["1", "2", "2a", "2b", "3", "4", "5"]
    of_revenue = "thiếu 1/19 đơn vị"
    assert [_words(annex, place) for place in range(7)] == [
        ("58,4", "52", "55.1", "incomplete", of_revenue),
        ("", "not_met", "hợp phần không đạt: 2b"),
        ("70", "77", "exceeded", ""),
        ("92", "91.8", "not_met", ""),
        ("giảm 3", "8.4", "exceeded", ""),
        ("đảm bảo", "đảm bảo", "met", ""),
        ("41250", "", ""),
    ]
    assert annex.tally.text.vi == (
        "Trong 4 chỉ tiêu: 2 chỉ tiêu đạt và vượt kế hoạch (trong đó 1 chỉ tiêu vượt), "
        "1 chỉ tiêu không đạt (chỉ tiêu số 2), 1 chỉ tiêu chưa đủ số liệu để đánh giá (chỉ tiêu số 1)."
    )
    names = {row.number: row.indicator.name for row in annex.rows}
    assert annex.tally.named(names).vi.endswith(
        "1 chỉ tiêu không đạt (chỉ tiêu số 2: Gia đình văn hóa), "
        "1 chỉ tiêu chưa đủ số liệu để đánh giá (chỉ tiêu số 1: Thu ngân sách)."
    )
    assert annex.tally.text.en == (
        "Of 4 indicators: 2 met or exceeded the plan (1 of them exceeded it), 1 did not meet it (no. 2), "
        "1 cannot be rated yet, as units are missing (no. 1)."
    )


def test_each_authority_has_its_own_count() -> None:
    annex = _annex()
    assert annex.tally_by(COUNCIL) == annex.tally
    assert annex.tally_by(PROVINCE).rated == (("1", Rating.EXCEEDED),)
    only_province = Wanted("01", YEAR, (PROVINCE, COUNCIL))
    rows = compare(only_province, lines(CATALOGUE, CODES), FIGURES, TARGETS).rows
    note = compare_words.notes(rows[2], PROVINCE)
    assert note is not None
    assert note.en == "rated by HĐND huyện's plan"


def test_a_result_is_set_against_several_earlier_figures() -> None:
    figures = (
        _seen("thu", "26", HALF), _seen("thu", "20", HALF.last_year), _seen("thu", "32.5", HALF.previous),
        _seen("thu", "50", YEAR.last_year), _seen("ngheo", "8.4", HALF), _seen("ngheo", "10.5", YEAR.last_year),
    )  # fmt: skip
    wanted = Wanted("01", HALF, (COUNCIL,), against=tuple(Earlier))
    rows = compare(wanted, lines(CATALOGUE, CODES), figures, TARGETS).rows
    assert [(when.value, one.earlier, one.percent, one.change) for when, one in rows[0].earlier] == [
        ("last_year", 20, 130, 6),
        ("previous", Decimal("32.5"), 80, Decimal("-6.5")),
    ]
    assert rows[4].versus(Earlier.YEAR_START) == (Decimal("10.5"), 80, Decimal("-2.1"))
    assert rows[4].versus(Earlier.PREVIOUS) is None


def test_a_year_begins_as_the_one_before_it_has_ended() -> None:
    assert Earlier.YEAR_START.of(HALF) == YEAR.last_year
    decree = Period.part(2024, "S", cut_off=CutOff.DECREE_09)
    assert Earlier.YEAR_START.of(decree) == Period(date(2022, 12, 15), date(2023, 12, 14))


def test_what_is_assured_is_set_against_nothing() -> None:
    figures = (*FIGURES, _seen("an_ninh", "0", YEAR.last_year))
    row = _annex(figures).rows[5]
    assert (row.rating, row.earlier, row.is_assured) == (Rating.MET, (), True)
    assert _words(_annex((_seen("an_ninh", "0"),)), 5)[1:3] == ("chưa đảm bảo", "not_met")


def test_what_is_left_to_the_years_end_is_pending_and_says_so() -> None:
    origin = Origin(OriginKind.FORM_CELL, "bieu-1#thon")
    marked = Observation(Address("01", "thon", YEAR), None, origin, AT, "an", NoValue.NOT_RATED)
    annex = _annex((marked, _seen("co_quan", "95")))
    assert [annex.rows[place].rating for place in (1, 2, 3)] == [Rating.PENDING, Rating.PENDING, Rating.EXCEEDED]
    assert "1 chỉ tiêu cuối năm đánh giá (chỉ tiêu số 2)" in annex.tally.text.vi


def test_why_a_result_cannot_be_rated_is_told() -> None:
    (fallen,) = (_seen("ngheo", "8.4"),)
    annex = _annex((fallen,))
    assert _words(annex, 4)[-1].startswith("chưa có số kỳ gốc")
    assert [said.vi for row in annex.rows[3:5] if (said := compare_words.rating(row))] == [
        "Chưa có số liệu",
        "Chưa đánh giá được",
    ]


def test_parts_that_nothing_is_known_of_are_left_out_and_the_others_numbered() -> None:
    assert [line.number for line in lines(CATALOGUE, CODES, {"co_quan"})] == ["1", "2", "2a", "3", "4", "5"]


def test_a_plan_of_a_past_day_knows_no_later_decision() -> None:
    later = _asked("thu", "50", number="20")
    later = replace(later, decision=replace(later.decision, issued_on=date(2024, 7, 15)))
    targets = (*TARGETS, later)

    def low(on: date | None) -> Decimal | None:
        wanted = Wanted("01", YEAR, (COUNCIL,), on)
        return compare(wanted, lines(CATALOGUE, ["thu"]), FIGURES, targets).rows[0].plans[0].target.low

    assert (low(None), low(date(2024, 6, 30)), low(date(2024, 7, 15))) == (50, Decimal("58.4"), 50)


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
    assert _words(_annex((estimate,)), 0)[-1].startswith("số ước thực hiện")
    uncollected = _annex((_seen("thu", None),))
    assert _words(uncollected, 0)[2:4] == ("không thu thập", "unknown")


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
    assert row.progress.text.vi == (
        "đạt 45% kế hoạch khi đã qua 49,7% thời gian; cùng thời điểm các năm trước: 2023 42%"
    )
    assert annex.tally.text.vi == (
        "Trong 4 chỉ tiêu: 1 chỉ tiêu cuối năm đánh giá (chỉ tiêu số 1), "
        "3 chỉ tiêu chưa có số liệu để đánh giá (chỉ tiêu số 2, 3, 4)."
    )


def test_an_earlier_year_that_lacks_units_is_no_measure_of_progress_or_of_a_fall() -> None:
    before = HALF.last_year
    told = (("20", HALF), ("30", before), ("50", YEAR.last_year))
    figures = [_seen("thu", value, period) for value, period in told]
    wanted, listed = Wanted("01", HALF, (COUNCIL,)), lines(CATALOGUE, ("thu",))
    (row,) = compare(wanted, listed, figures, TARGETS).rows
    assert row.progress is not None
    assert [year for year, _ in row.progress.earlier] == [2023]
    assert row.versus(Earlier.LAST_YEAR) == (30, Decimal("66.6667"), -10)
    (row,) = compare(wanted, listed, figures, TARGETS, incomplete={("thu", before)}).rows
    assert row.progress is not None
    assert row.progress.earlier == ()
    assert row.versus(Earlier.LAST_YEAR) == (30, None, None)
    (row,) = compare(wanted, listed, figures, TARGETS, {"thu": Completeness(1, 2)}).rows
    assert row.progress is None
    poor = compare(Wanted("01", YEAR, (COUNCIL,)), lines(CATALOGUE, ("ngheo",)), FIGURES, TARGETS).rows[0]
    assert poor.rating is Rating.EXCEEDED
    short = {("ngheo", YEAR.last_year)}
    (poor,) = compare(
        Wanted("01", YEAR, (COUNCIL,)), lines(CATALOGUE, ("ngheo",)), FIGURES, TARGETS, incomplete=short
    ).rows
    assert (poor.rating, poor.plans[0].rated.percent) == (Rating.INCOMPLETE, None)
    note = compare_words.notes(poor, COUNCIL)
    assert note is not None
    assert note.vi == "số kỳ gốc còn thiếu đơn vị"


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


def test_of_two_plans_of_a_year_that_counts_which_begins_as_the_period() -> None:
    year = Period.part(2024, cut_off=CutOff.DECREE_09)
    half = Period.part(2024, "S", cut_off=CutOff.DECREE_09)
    targets = (_asked("thu", "58"), _asked("thu", "60", period=year))

    def low(period: Period) -> Decimal | None:
        wanted = Wanted("01", period, (COUNCIL,))
        rows = compare(wanted, lines(CATALOGUE, ["thu"]), (_seen("thu", "26", period),), targets).rows
        return rows[0].plans[0].target.low

    assert (low(half), low(HALF), low(YEAR)) == (60, 58, 58)


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


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        ("+ +", "Trong 2 chỉ tiêu: 2 chỉ tiêu vượt kế hoạch, không có chỉ tiêu nào không đạt."),
        ("= =", "Trong 2 chỉ tiêu: 2 chỉ tiêu đạt kế hoạch, không có chỉ tiêu nào không đạt."),
        ("- -", "Trong 2 chỉ tiêu: chưa có chỉ tiêu nào đạt kế hoạch, 2 chỉ tiêu không đạt (chỉ tiêu số 1, 2)."),
        ("? ?", "Trong 2 chỉ tiêu: 2 chỉ tiêu cuối năm đánh giá (chỉ tiêu số 1, 2)."),
    ],
)
def test_a_count_says_no_noughts(ratings: str, said: str) -> None:
    meant = {"+": Rating.EXCEEDED, "=": Rating.MET, "-": Rating.NOT_MET, "?": Rating.PENDING}
    tally = Tally(tuple((str(at), meant[sign]) for at, sign in enumerate(ratings.split(), 1)))
    assert tally.text.vi == said
