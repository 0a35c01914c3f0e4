"""A stock is what was there on a day: of a period the latest that was told, by whatever lengths units report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baocao.figures.engine import Engine
from baocao.figures.questions import Against, Question
from baocao.figures.snapshot import Fact
from baocao.model.period import Period
from tests.unit.figures.test_engine import KNOWN, QUARTER, TREE, YEAR, ask, fact, month

TEN, NINE, SIX = (Period.months(2024, 1, months) for months in (10, 9, 6))
SECOND, THIRD, FOURTH = (Period.part(2024, "Q", number) for number in (2, 3, 4))


def stocks(*periods: Period, unit: str = "a") -> list[Fact]:
    """A stock of as many as the day of the year has on which its period ends: it names the day itself."""
    return [fact(unit, "stock", each, str(each.end.timetuple().tm_yday)) for each in periods]


@pytest.mark.parametrize(
    ("told", "asked", "last"),
    [
        ([QUARTER, SECOND, THIRD], TEN, date(2024, 9, 30)),
        ([month(3), month(6), month(9)], TEN, date(2024, 9, 30)),
        ([QUARTER, month(8)], TEN, date(2024, 8, 31)),
        ([QUARTER, SECOND, THIRD, month(1), month(10)], TEN, date(2024, 10, 31)),
        ([QUARTER, SECOND, month(1), month(2), month(7)], TEN, date(2024, 7, 31)),
        ([SIX, month(8)], TEN, date(2024, 8, 31)),
        ([NINE, month(2)], TEN, date(2024, 9, 30)),
        ([SECOND], TEN, date(2024, 6, 30)),
        ([QUARTER, month(5)], SIX, date(2024, 5, 31)),
        ([NINE, month(7)], THIRD, date(2024, 9, 30)),
        ([TEN], FOURTH, date(2024, 10, 31)),
        ([TEN, month(12)], FOURTH, date(2024, 12, 31)),
        ([Period.parse("2024-10-15/P1M")], YEAR, date(2024, 11, 14)),
    ],
)
def test_the_latest_is_taken_whatever_the_lengths_of_the_periods(
    tmp_path: Path, told: list[Period], asked: Period, last: date
) -> None:
    others = [fact("b", "flow", each, "1") for each in (QUARTER, month(4), NINE)]
    found = ask(tmp_path, [*stocks(*told), *others], Question((asked,)))["a", "stock"]
    assert found.amount == last.timetuple().tm_yday
    assert found.days == (last - asked.start).days + 1


def test_a_total_is_made_of_each_units_own_latest_and_tells_the_oldest_of_them(tmp_path: Path) -> None:
    facts = [*stocks(QUARTER, SECOND, THIRD), *stocks(*map(month, range(1, 11)), unit="b")]
    found = ask(tmp_path, facts, Question((TEN,)))["province", "stock"]
    assert found.amount == 274 + 305
    assert (found.reporting, found.days) == (2, NINE.days)


def test_what_is_told_after_the_period_or_before_it_is_no_stock_of_it(tmp_path: Path) -> None:
    assert ask(tmp_path, stocks(SIX, FOURTH, YEAR), Question((THIRD,))) == {}


def test_last_years_stock_is_that_of_its_own_latest_day(tmp_path: Path) -> None:
    facts = stocks(QUARTER, SECOND, THIRD, month(8).last_year, QUARTER.last_year)
    found = ask(tmp_path, facts, Question((TEN,), against=Against.LAST_YEAR))["a", "stock"]
    assert found.amount == 274
    assert found.earlier == 243


STORED = [part for length in (1, 3, 6) for part in YEAR.split(length)] + [TEN, NINE, Period.months(2024, 1, 2)]
ASKED = (YEAR, TEN, NINE, SIX, SECOND, THIRD, FOURTH, month(10), Period.months(2024, 7, 5))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(STORED), min_size=1, unique=True), st.lists(st.sampled_from(STORED), unique=True))
def test_of_any_mixture_the_latest_is_taken(told: list[Period], flows: list[Period]) -> None:
    engine = Engine(None)
    engine.lay_over([*stocks(*told), *(fact("a", "flow", each, "1") for each in flows)])
    rows = engine.ask(Question(ASKED, indicators=("stock",)), TREE, KNOWN)
    found = {row.period: row.amount for row in rows if row.unit == "a"}
    for asked in ASKED:
        ends = [each.end for each in told if asked.start <= each.end <= asked.end]
        assert found.get(asked) == (Decimal(max(ends).timetuple().tm_yday) if ends else None)
