"""What must hold of ratings, of the annex made from any figures, and of any printed table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from baocao.figures.compare import Wanted, compare, lines
from baocao.figures.compare_printed import check
from baocao.figures.intake_numbers import Habit, read_number
from baocao.figures.rating import compound, rate
from baocao.figures.said import figure, quotient
from baocao.model import Agreement, Cell, Table
from baocao.model.bound import bound_of
from baocao.model.indicator import Aim, Indicator
from baocao.model.observation import Address, Observation, Origin, OriginKind, Scenario
from baocao.model.period import Period
from baocao.model.target import Decision, Rating, Target, TargetKind
from baocao.model.text import Text

YEAR = Period.part(2024)
START = datetime(2025, 1, 1, tzinfo=UTC)
CODES = ("mot", "hai", "ba")
CATALOGUE = {code: Indicator(code, Text(f"Chỉ tiêu {code}", code), "ha", "thu") for code in CODES}
HEADS = ("TT", "Chỉ tiêu", "ĐVT", "KH năm 2024", "Thực hiện", "% so với KH", "Đánh giá")

_figures = st.decimals(min_value=0, max_value=10**9, places=3)
_amounts = st.decimals(min_value=1, max_value=10**9, places=2)
_words = st.text("0123456789,.-% đảmbovượtkhạigườ", max_size=14)


@st.composite
def _targets(draw: st.DrawFn) -> Target:
    kind = draw(st.sampled_from(TargetKind))
    low = None if kind is TargetKind.ASSURED else draw(_figures)
    high = None if kind is not TargetKind.RANGE or low is None else low + draw(_figures)
    address = Address("01", draw(st.sampled_from(CODES)), YEAR, Scenario.TARGET, draw(st.sampled_from("AB")))
    decision = Decision("7", date(2023, 12, 8))
    return Target(address, kind, decision, date(2024, 1, 1), low, high, draw(st.booleans()))


@given(_targets(), _figures, st.sampled_from(Aim))
def test_a_better_result_is_never_rated_worse(target: Target, result: Decimal, aim: Aim) -> None:
    bound = bound_of(target, aim)
    if bound is None or bound.is_upwards is None:
        return
    worst_first = (Rating.NOT_MET, Rating.MET, Rating.EXCEEDED)
    better = result + 1 if bound.is_upwards else result - 1
    assert worst_first.index(bound.rate(better)) >= worst_first.index(bound.rate(result))


@given(_targets(), _figures)
def test_where_more_is_better_the_percentage_says_the_same_as_the_rating(target: Target, result: Decimal) -> None:
    found = rate(target, result, Aim.HIGHER)
    if found.percent is None or target.kind is TargetKind.AT_MOST:
        return
    if found.rating is Rating.EXCEEDED:
        assert found.percent >= 100
    elif found.rating is Rating.MET or target.is_strict:
        assert found.percent <= 100
    else:
        assert found.percent <= 100
        assert found.rating is Rating.NOT_MET


@given(st.lists(st.sampled_from(Rating), min_size=1))
def test_a_whole_is_rated_alike_in_any_grouping_of_its_parts(parts: list[Rating]) -> None:
    cut = len(parts) // 2
    halves = [compound(half) for half in (parts[:cut], parts[cut:]) if half]
    assert compound(halves) is compound(parts) is compound(parts[::-1])


@given(_figures, _amounts)
def test_a_quotient_is_within_half_of_its_last_place(part: Decimal, whole: Decimal) -> None:
    found = quotient(part, whole)
    assert found is not None
    assert abs(Fraction(found) - Fraction(part) * 100 / Fraction(whole)) <= Fraction(1, 20000)


@given(
    st.lists(st.tuples(st.sampled_from(CODES), _figures, st.integers(0, 5), st.sampled_from((YEAR, YEAR.last_year)))),
    st.lists(_targets(), unique_by=lambda target: (target.address.indicator, target.address.authority)),
    st.randoms(use_true_random=False),
)
def test_the_order_of_arrival_does_not_matter(
    told: list[tuple[str, Decimal, int, Period]], targets: list[Target], random: Random
) -> None:
    observations = [
        Observation(
            Address("01", code, period),
            value,
            Origin(OriginKind.FORM_CELL, str(value)),
            START + timedelta(hours=hour),
            "an",
        )
        for code, value, hour, period in told
    ]
    wanted, annex_lines = Wanted("01", YEAR, ("A", "B")), lines(CATALOGUE, CODES)
    first = compare(wanted, annex_lines, observations, targets)
    random.shuffle(observations)
    assert compare(wanted, annex_lines, [*observations, *observations[:1]], targets[::-1]) == first


@given(st.lists(st.tuples(_amounts, _figures), min_size=2, max_size=6), st.integers(0, 3))
def test_an_annex_that_was_computed_has_no_slip(rows: list[tuple[Decimal, Decimal]], places: int) -> None:
    made = [HEADS]
    for number, (plan, result) in enumerate(rows, 1):
        target = Target(
            Address("01", "mot", YEAR, Scenario.TARGET, "A"),
            TargetKind.EXACTLY,
            Decision("7", date(2023, 12, 8)),
            date(2024, 1, 1),
            plan,
        )
        rating = {Rating.EXCEEDED: "Vượt KH", Rating.MET: "Đạt"}.get(rate(target, result).rating, "Không đạt")
        share = f"{quotient(result, plan):.{places}f}".replace(".", ",")
        made.append((str(number), "Diện tích", "ha", figure(plan).vi, figure(result).vi, share, rating))
    found = check(_table(made), lambda text: read_number(text, Habit.VIETNAMESE))
    assert found is not None
    assert found.slips == ()
    assert len(found.cells) == 2 * len(rows)
    assert all(cell.agreement is not Agreement.UNDECIDABLE for cell in found.cells)


@given(st.lists(st.lists(_words, min_size=7, max_size=7), min_size=1, max_size=6))
def test_any_cells_are_judged_or_left_alone(body: list[list[str]]) -> None:
    found = check(_table([HEADS, *body]), lambda text: read_number(text, Habit.VIETNAMESE))
    if found is not None:
        assert all((cell.slip is None) or cell.printed for cell in found.cells)
        assert found == check(_table([HEADS, *body]), lambda text: read_number(text, Habit.VIETNAMESE))


def _table(rows: Sequence[Sequence[str]]) -> Table:
    cells = tuple(Cell(text, (), row, column) for row, line in enumerate(rows) for column, text in enumerate(line))
    return Table(cells, len(rows), len(HEADS))
