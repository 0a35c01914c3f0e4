"""What a verdict may depend on: not on the scale, not on the order of the parts, and never worse nearer by."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from baocao import grammar
from baocao.grammar.numbers import write_number
from baocao.model import Agreement, Interval, Quantity, Ratio, Total
from baocao.model.quantity import agreement
from tests.properties.fragments import document_of

GRADES = [Agreement.EXACT, Agreement.TRUNCATED, Agreement.WITHIN_ROUNDING, Agreement.DISAGREE]

places = st.integers(0, 3)
scales = st.sampled_from([Decimal(1), Decimal(2), Decimal(7), Decimal(10), Decimal(1000), Decimal("0.1")])
areas = st.integers(100, 99_999).map(lambda digits: Decimal(digits) / 10)


def _grade_of_ratio(part: Decimal, whole: Decimal, stated: str) -> Agreement:
    text = f"Lúa gieo {write_number(part)} ha, đạt {stated}% kế hoạch ({write_number(whole)} ha)."
    (claim,) = [claim for claim in grammar.read(document_of([text]))[0] if isinstance(claim, Ratio)]
    return claim.agreement


@given(areas, areas, places, scales)
def test_scaling_both_figures_of_a_right_percentage_keeps_it_right(
    part: Decimal, whole: Decimal, decimals: int, scale: Decimal
) -> None:
    ulp = Decimal(1).scaleb(-decimals)
    percent = 100 * part / whole
    rounded = write_number(percent.quantize(ulp, ROUND_HALF_UP), decimals)
    cut = write_number(percent.quantize(ulp, ROUND_DOWN), decimals)
    assert _grade_of_ratio(part * scale, whole * scale, rounded) is Agreement.EXACT
    assert _grade_of_ratio(part * scale, whole * scale, cut) in (Agreement.EXACT, Agreement.TRUNCATED)


@given(areas, areas, scales, st.sampled_from([Decimal("0.5"), Decimal("0.9"), Decimal("1.1"), Decimal(3)]))
def test_scaling_both_figures_of_a_wrong_percentage_keeps_it_wrong(
    part: Decimal, whole: Decimal, scale: Decimal, off: Decimal
) -> None:
    assume(part > 50)
    assume(whole > 50)
    percent = 100 * part / whole
    assume(percent > 10)
    stated = write_number((percent * off).quantize(Decimal("0.1")), 1)
    assert _grade_of_ratio(part * scale, whole * scale, stated) is Agreement.DISAGREE


@given(st.lists(st.integers(2, 900), min_size=2, max_size=6), st.integers(0, 3))
def test_counts_make_their_total_in_any_order_and_nothing_else(parts: list[int], off: int) -> None:
    total = sum(parts) + off
    names = ["Khe Lạnh", "Bản Sim", "Nà Hoa", "Đồng Cọ", "Vân Hạ", "Sông Chanh"]
    for order in (parts, parts[::-1]):
        listed = ", ".join(f"{name} {write_number(Decimal(n))} hộ" for name, n in zip(names, order, strict=False))
        text = f"Toàn xã có {write_number(Decimal(total))} hộ trồng chè ({listed})."
        claims = [claim for claim in grammar.read(document_of([text]))[0] if type(claim) is Total]
        (grade,) = {claim.agreement for claim in claims if claim.stated and claim.stated.quantity.value == total}
        assert grade is (Agreement.EXACT if off == 0 else Agreement.DISAGREE)


stated_figures = st.builds(
    lambda digits, decimals: Quantity(Decimal(digits).scaleb(-decimals), decimals, "%"),
    st.integers(-99_999, 99_999),
    places,
)
distances = st.integers(0, 40_000).map(lambda digits: Decimal(digits).scaleb(-4))


def _rank(stated: Quantity, distance: Decimal, slack: Decimal, *, exact_inputs: bool = False) -> int:
    centre = stated.value + distance
    expected = Interval(centre - slack, centre + slack)
    return GRADES.index(agreement(stated, expected, centre, exact_inputs=exact_inputs))


@given(stated_figures, distances, distances, st.sampled_from([1, -1]), distances, st.booleans())
def test_a_figure_farther_off_never_agrees_better(
    stated: Quantity, first: Decimal, second: Decimal, side: int, slack: Decimal, exact_inputs: bool
) -> None:
    near, far = sorted((first, second))
    assert _rank(stated, side * near, slack, exact_inputs=exact_inputs) <= _rank(
        stated, side * far, slack, exact_inputs=exact_inputs
    )


@given(stated_figures, distances, st.sampled_from([1, -1]), distances, distances)
def test_coarser_inputs_never_make_it_worse(
    stated: Quantity, distance: Decimal, side: int, first: Decimal, second: Decimal
) -> None:
    fine, coarse = sorted((first, second))
    assert _rank(stated, side * distance, coarse) <= _rank(stated, side * distance, fine)


@given(stated_figures, distances)
def test_a_figure_that_rounds_to_the_stated_one_is_exact(stated: Quantity, distance: Decimal) -> None:
    assume(distance <= stated.ulp / 2)
    assert _rank(stated, distance, Decimal(0)) == _rank(stated, -distance, Decimal(0)) == 0
