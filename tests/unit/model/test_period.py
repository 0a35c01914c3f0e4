"""Periods: codes that lead back, cut-offs of Decree 09/2019, the same period of last year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baocao.figures.intake_periods import read_period
from baocao.model.period import CutOff, NotAPeriod, Period

DECREE = CutOff.DECREE_09
days = st.dates(date(1990, 1, 1), date(2080, 12, 31))


@pytest.mark.parametrize(
    ("period", "code"),
    [
        (Period.part(2021), "2021-A1"),
        (Period.part(2021, "S", 1), "2021-S1"),
        (Period.part(2021, "Q", 2), "2021-Q2"),
        (Period.part(2021, "M", 5), "2021-M05"),
        (Period.months(2021, 1, 9), "2021-01-01/P9M"),
        (Period.cumulative(date(2021, 6, 13)), "2021-01-01/P164D"),
        (Period.school_year(2020), "2020-09-01/P12M"),
    ],
)
def test_codes(period: Period, code: str) -> None:
    assert period.code == code
    assert Period.parse(code) == period


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (Period.part(2021, "M", 1, DECREE), date(2020, 12, 15), date(2021, 1, 14)),
        (Period.part(2021, "Q", 2, DECREE), date(2021, 3, 15), date(2021, 6, 14)),
        (Period.part(2021, "S", 1, DECREE), date(2020, 12, 15), date(2021, 6, 14)),
        (Period.part(2021, "S", 2, DECREE), date(2021, 6, 15), date(2021, 12, 14)),
        (Period.part(2021, cut_off=DECREE), date(2020, 12, 15), date(2021, 12, 14)),
        (Period.cumulative(date(2021, 5, 31), DECREE), date(2020, 12, 15), date(2021, 5, 31)),
        (Period.cumulative(date(2021, 12, 20), DECREE), date(2021, 12, 15), date(2021, 12, 20)),
    ],
)
def test_cut_offs_of_the_decree(period: Period, start: date, end: date) -> None:
    assert (period.start, period.end) == (start, end)


@given(days, st.integers(0, 800))
def test_every_period_leads_back_from_its_code(start: date, length: int) -> None:
    period = Period(start, start + timedelta(days=length))
    assert Period.parse(period.code) == period


@given(days, st.integers(0, 800))
def test_the_period_before_ends_where_this_one_begins(start: date, length: int) -> None:
    period = Period(start, start + timedelta(days=length))
    assert period.previous.end + timedelta(days=1) == period.start
    assert not period.previous.overlaps(period)


def test_last_year_keeps_the_cut_off_day() -> None:
    assert Period.cumulative(date(2021, 5, 31)).last_year == Period.cumulative(date(2020, 5, 31))
    assert Period.part(2024, "M", 2).last_year == Period.part(2023, "M", 2)
    assert Period.part(2025, "M", 2).last_year == Period.part(2024, "M", 2)


def test_a_year_is_split_only_into_parts_that_make_it() -> None:
    assert [quarter.code for quarter in Period.part(2024).split(3)] == ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]
    assert Period.months(2024, 1, 5).split(3) == ()
    assert Period.part(2021, "S", 1, DECREE).split(1)[0] == Period.part(2021, "M", 1, DECREE)


@pytest.mark.parametrize(
    "code", ["", "2021-M13", "2021-Q0", "21", "2021-02-30/P1M", "2021-01-01/P0D", "0000", "2021-X1"]
)
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(NotAPeriod):
        Period.parse(code)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("vụ đông xuân 2024 - 2025", date(2024, 11, 1), date(2025, 5, 31)),
        ("Vụ mùa năm 2025", date(2025, 6, 1), date(2025, 11, 30)),
        ("vụ hè thu 2025", date(2025, 5, 1), date(2025, 9, 30)),
        ("năm học 2024 - 2025", date(2024, 9, 1), date(2025, 8, 31)),
    ],
)
def test_seasons_and_school_years(words: str, start: date, end: date) -> None:
    assert read_period(words) == Period(start, end)
