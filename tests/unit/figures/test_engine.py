"""Questions to the engine: what is added to what, what is told beside it, and what is never guessed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest

from baocao.figures import engine as engine_module
from baocao.figures import snapshot
from baocao.figures.asking import Row
from baocao.figures.engine import Engine
from baocao.figures.questions import Against, Branch, Question, Target, Tree
from baocao.figures.snapshot import Fact
from baocao.model import Text
from baocao.model.indicator import Indicator, Over
from baocao.model.observation import Scenario
from baocao.model.period import CutOff, Period

NAMED = Text("Chỉ tiêu giả định", "A fictional indicator")
ACTUAL = tuple(Scenario).index(Scenario.ACTUAL)
YEAR, QUARTER = Period.part(2024), Period.part(2024, "Q", 1)
KNOWN = {
    each.code: each
    for each in (
        Indicator("flow", NAMED, "1", "s"),
        Indicator("other", NAMED, "1", "s"),
        Indicator("stock", NAMED, "1", "s", over_time=Over.LAST),
        Indicator("level", NAMED, "1", "s", over_time=Over.MEAN, over_place=Over.MEAN),
        Indicator("alone", NAMED, "1", "s", over_time=Over.NONE, over_place=Over.NONE),
        Indicator(
            "share",
            NAMED,
            "%",
            "s",
            over_time=Over.RECOMPUTE,
            over_place=Over.RECOMPUTE,
            numerator="flow",
            denominator="other",
            per=Decimal(100),
        ),
    )
}
_TOLD = [Branch(unit, above) for unit in ("a", "b", "c") for above in (unit, "province")]
TREE = Tree((*_TOLD, Branch("province", "province", is_stated=True)))


def fact(unit: str, indicator: str, period: Period, amount: str | None) -> Fact:
    return Fact(unit, indicator, period.code, ACTUAL, "", "", None if amount is None else Decimal(amount))


def month(number: int, year: int = 2024) -> Period:
    return Period.part(year, "M", number)


def ask(tmp_path: Path, facts: list[Fact], question: Question, **more: object) -> dict[tuple[str, str], Row]:
    engine = Engine(snapshot.build(tmp_path / "snapshots", facts, 1))
    if "targets" in more:
        engine.take_targets(more["targets"])  # type: ignore[arg-type]
    rows = list(engine.ask(question, TREE, KNOWN))
    keyed = {(row.unit + ("*" if row.is_stated else ""), row.indicator): row for row in rows}
    assert len(keyed) == len(rows)
    return keyed


def test_flows_are_summed_and_stocks_are_the_last(tmp_path: Path) -> None:
    facts = [fact(unit, code, month(n), str(n)) for unit in "ab" for code in ("flow", "stock") for n in (1, 2, 3)]
    found = ask(tmp_path, facts, Question((QUARTER,)))
    assert found["a", "flow"].amount == 6
    assert found["province", "flow"].amount == 12
    assert found["a", "stock"].amount == 3
    assert found["province", "stock"].amount == 6


def test_a_total_says_how_many_units_stand_behind_it(tmp_path: Path) -> None:
    found = ask(tmp_path, [fact("a", "flow", QUARTER, "5")], Question((QUARTER,)))
    assert (found["province", "flow"].reporting, found["province", "flow"].expected) == (1, 3)


def test_a_total_says_how_much_of_the_period_its_parts_cover(tmp_path: Path) -> None:
    facts = [fact("a", "flow", month(n), "1") for n in (1, 2, 3)] + [fact("b", "flow", month(1), "1")]
    found = ask(tmp_path, facts, Question((QUARTER,)))
    assert found["a", "flow"].days == QUARTER.days
    assert found["province", "flow"].days == month(1).days


def test_a_quarter_and_its_months_count_once(tmp_path: Path) -> None:
    facts = [fact("a", "flow", month(n), "10") for n in (1, 2)] + [fact("a", "flow", QUARTER, "33")]
    assert ask(tmp_path, facts, Question((QUARTER,)))["a", "flow"].amount == 33


def test_months_that_cover_more_win_over_one_quarter_of_a_year(tmp_path: Path) -> None:
    facts = [fact("a", "flow", month(n), "1") for n in range(1, 13)] + [fact("a", "flow", QUARTER, "99")]
    assert ask(tmp_path, facts, Question((YEAR,)))["a", "flow"].amount == 12


def test_what_a_unit_above_states_is_told_beside_the_sum_and_not_added(tmp_path: Path) -> None:
    facts = [fact("a", "flow", YEAR, "4"), fact("province", "flow", YEAR, "5")]
    found = ask(tmp_path, facts, Question((YEAR,)))
    assert found["province", "flow"].amount == 4
    assert found["province*", "flow"].amount == 5


def test_a_ratio_is_recomputed_and_never_averaged(tmp_path: Path) -> None:
    facts = [
        fact("a", "flow", YEAR, "1"),
        fact("a", "other", YEAR, "2"),
        fact("b", "flow", YEAR, "1"),
        fact("b", "other", YEAR, "100"),
    ]
    found = ask(tmp_path, facts, Question((YEAR,), indicators=("share",)))
    assert found["a", "share"].amount == 50
    assert found["province", "share"].amount == Decimal("1.9608")  # 2 of 102, where the mean would be 25,5


def test_a_percentage_that_was_told_alone_is_not_rolled_up(tmp_path: Path) -> None:
    found = ask(tmp_path, [fact("a", "share", YEAR, "50"), fact("b", "share", YEAR, "10")], Question((YEAR,)))
    assert {unit for unit, _ in found} == {"a", "b"}


def test_what_does_not_add_stays_where_and_when_it_was_told(tmp_path: Path) -> None:
    facts = [fact("a", "alone", month(1), "1"), fact("a", "alone", QUARTER, "7")]
    assert {key: row.amount for key, row in ask(tmp_path, facts, Question((QUARTER,))).items()} == {("a", "alone"): 7}


def test_a_level_is_the_mean_of_what_was_observed(tmp_path: Path) -> None:
    facts = [fact("a", "level", month(n), value) for n, value in ((1, "1"), (2, "2"), (3, "2"))]
    assert ask(tmp_path, facts, Question((QUARTER,)))["a", "level"].amount == Decimal("1.6667")


def test_last_year_stands_beside_this_one(tmp_path: Path) -> None:
    facts = [fact("a", "flow", month(n, year), str(n + year)) for n in (1, 2, 3) for year in (2023, 2024)]
    row = ask(tmp_path, facts, Question((QUARTER,), against=Against.LAST_YEAR))["a", "flow"]
    assert (row.amount, row.earlier, row.change, row.percent) == (6078, 6075, 3, Decimal("100.0494"))


def test_a_figure_without_an_earlier_one_has_no_percentage(tmp_path: Path) -> None:
    row = ask(tmp_path, [fact("a", "flow", YEAR, "3")], Question((YEAR,), against=Against.LAST_YEAR))["a", "flow"]
    assert (row.earlier, row.change, row.percent) == (None, None, None)


def test_nothing_is_divided_by_zero(tmp_path: Path) -> None:
    facts = [fact("a", "flow", YEAR, "3"), fact("a", "flow", YEAR.last_year, "0")]
    row = ask(tmp_path, facts, Question((YEAR,), against=Against.LAST_YEAR))["a", "flow"]
    assert (row.change, row.percent) == (3, None)


def test_each_authority_has_its_own_percentage(tmp_path: Path) -> None:
    targets = [Target("flow", YEAR, "a", "", who, Decimal(plan)) for who, plan in (("HĐND", "40"), ("UBND", "30"))]
    engine = Engine(snapshot.build(tmp_path, [fact("a", "flow", YEAR, "20")], 1))
    engine.take_targets(targets)
    rows = [(row.authority, row.percent) for row in engine.ask(Question((YEAR,), has_plan=True), TREE, KNOWN)]
    assert sorted(rows) == [("HĐND", Decimal(50)), ("UBND", Decimal("66.6667"))]


def test_a_period_once_asked_for_is_not_taken_for_a_told_one(tmp_path: Path) -> None:
    engine = Engine(snapshot.build(tmp_path, [fact("a", "flow", month(n), "1") for n in (1, 2, 3)], 1))
    first, second = (list(engine.ask(Question((QUARTER,)), TREE, KNOWN)) for _ in range(2))
    assert first == second


def test_later_figures_lie_over_the_snapshot(tmp_path: Path) -> None:
    engine = Engine(snapshot.build(tmp_path, [fact("a", "flow", month(1), "1"), fact("b", "flow", month(1), "2")], 1))
    engine.lay_over([fact("a", "flow", month(1), "10"), fact("c", "flow", month(2), "5")])
    found = {row.unit: row.amount for row in engine.ask(Question((QUARTER,)), TREE, KNOWN)}
    assert found == {"a": 10, "b": 2, "c": 5, "province": 17}


def test_a_mark_laid_over_a_figure_takes_it_away(tmp_path: Path) -> None:
    engine = Engine(snapshot.build(tmp_path, [fact("a", "flow", YEAR, "1")], 1))
    engine.lay_over([fact("a", "flow", YEAR, None)])
    assert list(engine.ask(Question((YEAR,)), TREE, KNOWN)) == []


def test_an_empty_store_answers_with_nothing() -> None:
    assert list(Engine(None).ask(Question((YEAR,)), TREE, KNOWN)) == []


def test_an_unknown_indicator_is_refused() -> None:
    with pytest.raises(KeyError, match="nothing"):
        Engine(None).ask(Question((YEAR,), indicators=("nothing",)), TREE, KNOWN)


@pytest.mark.parametrize(
    ("top", "bottom", "expected"),
    [
        ("1", "3", "33.3333"),
        ("2", "3", "66.6667"),
        ("-1", "3", "-33.3333"),
        ("0.000005", "1", "0.0005"),
        ("999999999999", "0.000001", None),  # beyond 10^10: no percentage
        ("13.747", "20", "68.735"),
    ],
)
def test_quotients_are_exact_to_four_decimals(tmp_path: Path, top: str, bottom: str, expected: str | None) -> None:
    facts = [fact("a", "flow", YEAR, top), fact("a", "other", YEAR, bottom)]
    row = ask(tmp_path, facts, Question((YEAR,), indicators=("share",)))["a", "share"]
    assert row.amount == (None if expected is None else Decimal(expected))


NINE, HALF = Period.months(2024, 1, 9), Period.part(2024, "S", 1)
SECOND = Period.part(2024, "Q", 2)


def test_the_second_quarter_is_six_months_less_the_first(tmp_path: Path) -> None:
    facts = [fact("a", "flow", HALF, "50"), fact("a", "flow", QUARTER, "20"), fact("b", "flow", HALF, "7")]
    found = ask(tmp_path, facts, Question((SECOND,)))
    assert found["a", "flow"].amount == 30
    assert (found["province", "flow"].amount, found["province", "flow"].reporting) == (30, 1)
    assert found["a", "flow"].days == SECOND.days


def test_a_month_is_what_the_cumulative_figure_grew_by(tmp_path: Path) -> None:
    facts = [fact("a", "flow", Period.months(2024, 1, n), str(n * n)) for n in (4, 5, 6)]
    for asked, amount in ((month(5), 9), (month(6), 11)):
        assert ask(tmp_path / asked.code, facts, Question((asked,)))["a", "flow"].amount == amount


def test_a_year_is_its_nine_months_and_the_last_quarter_or_the_last_months(tmp_path: Path) -> None:
    facts = [fact(unit, "flow", NINE, "90") for unit in "abc"] + [fact("a", "flow", Period.part(2024, "Q", 4), "10")]
    facts += [fact("b", "flow", month(n), "1") for n in (10, 11, 12)]
    found = ask(tmp_path, facts, Question((YEAR,)))
    assert [found[unit, "flow"].amount for unit in "abc"] == [100, 93, 90]
    assert [found[unit, "flow"].days for unit in "abc"] == [366, 366, 274]


def test_ten_months_are_three_quarters_and_the_month_behind_them(tmp_path: Path) -> None:
    ten, quarters = Period(YEAR.start, month(10).end), [Period.part(2024, "Q", n) for n in (1, 2, 3)]
    facts = [fact("a", code, each, str(n)) for n, each in enumerate(quarters, 1) for code in ("flow", "stock", "level")]
    facts += [fact("b", "flow", each, str(n)) for n, each in enumerate(quarters, 1)] + [
        fact("b", "flow", month(10), "9")
    ]
    found = ask(tmp_path, facts, Question((ten,)))
    assert (found["a", "flow"].amount, found["a", "flow"].days) == (6, ten.days - 31)
    assert (found["b", "flow"].amount, found["b", "flow"].days) == (15, ten.days)
    assert found["a", "stock"].amount == 3
    assert ("a", "level") not in found, "a mean is not made of unequal parts"


def test_a_quarter_less_its_other_months_is_a_month(tmp_path: Path) -> None:
    facts = [fact("a", "flow", QUARTER, "60"), fact("a", "flow", month(1), "10"), fact("a", "flow", month(3), "30")]
    found = {n: ask(tmp_path / str(n), facts, Question((month(n),))) for n in (1, 2, 3)}
    assert found[1]["a", "flow"].amount == 10
    assert ("a", "flow") not in found[2]  # two months stand apart there: they are no one stretch of time
    facts.append(fact("a", "flow", Period.months(2024, 2, 2), "50"))
    assert ask(tmp_path / "after", facts, Question((month(2),)))["a", "flow"].amount == 20


def test_a_stock_of_six_months_is_that_of_the_second_quarter_and_is_never_taken_away(tmp_path: Path) -> None:
    facts = [fact("a", "stock", HALF, "50"), fact("a", "stock", QUARTER, "20")]
    assert ask(tmp_path, facts, Question((SECOND,)))["a", "stock"].amount == 50
    assert ("a", "stock") not in ask(tmp_path / "january", facts, Question((month(1),)))


def test_a_mean_is_not_made_of_unequal_parts(tmp_path: Path) -> None:
    facts = [fact("a", "level", NINE, "3"), fact("a", "level", Period.part(2024, "Q", 4), "5")]
    assert ask(tmp_path, facts, Question((YEAR,)))["a", "level"].days == Period.part(2024, "Q", 4).days


def test_a_difference_is_set_against_the_difference_of_last_year(tmp_path: Path) -> None:
    facts = [fact("a", "flow", HALF, "50"), fact("a", "flow", QUARTER, "20"), fact("a", "flow", HALF.last_year, "40")]
    question = Question((SECOND,), against=Against.LAST_YEAR)
    assert ask(tmp_path, facts, question)["a", "flow"].earlier is None
    facts.append(fact("a", "flow", QUARTER.last_year, "25"))
    row = ask(tmp_path / "both", facts, question)["a", "flow"]
    assert (row.amount, row.earlier, row.change, row.percent) == (30, 15, 15, 200)


def test_the_year_starts_as_the_one_before_has_ended(tmp_path: Path) -> None:
    facts = [fact("a", "stock", month(12, 2023), "40"), fact("a", "stock", QUARTER, "50")]
    row = ask(tmp_path, facts, Question((QUARTER,), against=Against.YEAR_START))["a", "stock"]
    assert (row.earlier, row.percent) == (40, 125)
    six = Period.part(2024, "S", 1, CutOff.DECREE_09)
    assert Against.YEAR_START.of(six) == Period.part(2023, cut_off=CutOff.DECREE_09)


def test_the_earlier_figure_may_be_told_by_other_lengths_than_this_years(tmp_path: Path) -> None:
    facts = [fact("a", "flow", month(n), "2") for n in (1, 2, 3)] + [fact("a", "flow", QUARTER.last_year, "5")]
    row = ask(tmp_path, facts, Question((QUARTER,), against=Against.LAST_YEAR))["a", "flow"]
    assert (row.amount, row.earlier, row.percent) == (6, 5, 120)


def test_trees_asked_with_in_turn_and_from_threads_do_not_mix(tmp_path: Path) -> None:
    engine = Engine(snapshot.build(tmp_path, [fact(unit, "flow", YEAR, "1") for unit in "abc"], 1))
    known = [Tree(tuple(Branch(unit, f"top{size}") for unit in "abc"[:size])) for size in (1, 2, 3)]
    first = engine.ask(Question((YEAR,)), known[0], KNOWN)

    def total(turn: int) -> tuple[str, Decimal | None]:
        (row,) = engine.ask(Question((YEAR,)), known[turn % 3], KNOWN)
        return row.unit, row.amount

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(total, range(60)))
    assert found == [(f"top{turn % 3 + 1}", Decimal(turn % 3 + 1)) for turn in range(60)]
    assert [(row.unit, row.amount) for row in first] == [("top1", Decimal(1))]


def test_a_tree_that_nobody_holds_is_let_go(tmp_path: Path) -> None:
    engine = Engine(snapshot.build(tmp_path, [fact("a", "flow", YEAR, "1")], 1))
    for turn in range(20):
        tree = Tree((Branch("a", f"top{turn}"),))
        assert [row.unit for row in engine.ask(Question((YEAR,)), tree, KNOWN)] == [f"top{turn}"]
        del tree
    rows = engine.ask(Question((YEAR,)), TREE, KNOWN)
    assert {row.unit for row in rows} == {"a", "province"}
    assert len(engine.tables) <= 2


def test_what_is_laid_beside_counts_like_what_was_laid_over(tmp_path: Path) -> None:
    engine = Engine(snapshot.build(tmp_path, [fact("a", "flow", YEAR, "1")], 1))
    engine.lay_over([fact("b", "flow", YEAR, "2")])
    engine.lay_beside([fact("c", "flow", YEAR, "4")])
    assert {row.unit: row.amount for row in engine.ask(Question((YEAR,)), TREE, KNOWN)}["province"] == 7


def test_what_was_asked_before_is_asked_anew_when_figures_came(tmp_path: Path) -> None:
    engine = Engine(snapshot.build(tmp_path, [fact("a", "flow", YEAR, "1")], 1))

    def total() -> Decimal | None:
        return {row.unit: row.amount for row in engine.ask(Question((YEAR,)), TREE, KNOWN)}["province"]

    assert total() == total() == 1
    engine.lay_over([fact("b", "flow", YEAR, "2")])
    assert total() == 3
    engine.lay_beside([fact("c", "flow", YEAR, "4")])
    assert total() == 7
    engine.lay_over([])
    assert total() == 1


def test_many_questions_from_threads_keep_apart_what_units_told(tmp_path: Path) -> None:
    facts = [fact(unit, "flow", month(n), str(n)) for unit in "abc" for n in range(1, 13)]
    engine = Engine(snapshot.build(tmp_path, facts, 1))

    def total(n: int) -> Decimal | None:
        rows = engine.ask(Question((month(n % 12 + 1),)), TREE, KNOWN)
        return {row.unit: row.amount for row in rows}["province"]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(total, range(60))) == [3 * (n % 12 + 1) for n in range(60)]


@pytest.mark.parametrize("against", [None, Against.LAST_YEAR])
def test_a_store_of_many_units_answers_as_one_of_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, against: Against | None
) -> None:
    """Of many units nothing is kept between questions, and only those that are asked for are read."""
    facts = [fact(unit, code, month(n), str(n)) for unit in "abcxyz" for code in ("flow", "stock") for n in (1, 2, 4)]
    facts += [fact("x", "flow", QUARTER.last_year, "7"), fact("b", "flow", QUARTER.last_year, "5")]
    built = snapshot.build(tmp_path, facts, 1)
    question = Question((QUARTER, month(4)), against=against)
    few = list(Engine(built).ask(question, TREE, KNOWN))
    for name in ("_SMALL", "_FEW"):
        monkeypatch.setattr(engine_module, name, 0)
        assert list(Engine(built).ask(question, TREE, KNOWN)) == few
    assert {row.unit for row in few} == {"a", "b", "c", "province"}
