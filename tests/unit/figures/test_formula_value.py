"""What formulas come to, and what is missing from them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from baocao.figures.formula import expression, relation
from baocao.figures.formula_tree import Name, When
from baocao.figures.formula_value import Outcome, evaluate, judge
from baocao.model import Agreement

FIGURES = {
    Name("a"): Decimal("12"),
    Name("b"): Decimal("5"),
    Name("a", When.LAST_YEAR): Decimal("10"),
    Name("khong"): Decimal(0),
    Name("dien_tich"): Decimal("1250"),
    Name("nang_suat"): Decimal("45.6"),
    Name("san_luong"): Decimal("5702"),
    Name("lech"): Decimal("5720"),
    Name("le"): Decimal("0.0"),
}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("a / cùng kỳ(a) * 100 - 100", "20"),
        ("a / 3 * 3", "12"),
        ("(a - b) * 1,5", "10.5"),
        ("sum(a; b; 1)", "18"),
        ("min(a; b) - max(a; b)", "-7"),
        ("-a * 5%", "-0.6"),
        ("+a", "12"),
    ],
)
def test_values_are_exact(formula: str, value: str) -> None:
    assert evaluate(expression(formula), FIGURES.get) == Outcome(Decimal(value))


def test_a_quotient_without_end_is_rounded_at_the_28th_digit() -> None:
    assert evaluate(expression("1/3"), FIGURES.get).value == Decimal("0.3333333333333333333333333333")


def test_what_is_missing_is_named_and_never_zero() -> None:
    outcome = evaluate(expression("a + x * b - cùng kỳ(y) + x"), FIGURES.get)
    assert outcome == Outcome(None, (Name("x"), Name("y", When.LAST_YEAR)))
    assert evaluate(expression("x * 0"), FIGURES.get).missing == (Name("x"),)
    assert evaluate(expression("sum(a; x)"), FIGURES.get).value is None
    assert evaluate(expression("max(a; x)"), FIGURES.get).value is None


def test_a_figure_that_is_no_number_is_missing() -> None:
    assert evaluate(expression("a"), lambda _: Decimal("NaN")).missing == (Name("a"),)
    assert evaluate(expression("a"), lambda _: Decimal("Infinity")).missing == (Name("a"),)


def test_division_by_zero_is_no_value() -> None:
    assert evaluate(expression("a / khong"), FIGURES.get) == Outcome(None, by_zero=True)
    assert evaluate(expression("1 + sum(a / (b - 5); 1)"), FIGURES.get).by_zero


@pytest.mark.parametrize(
    ("identity", "agreement"),
    [
        ("a = b + 7", Agreement.EXACT),
        ("a = b", Agreement.DISAGREE),
        ("a ≠ b", Agreement.EXACT),
        ("b <= a", Agreement.EXACT),
        ("a < 12", Agreement.DISAGREE),
        ("a > b", Agreement.EXACT),
        ("a >= 13", Agreement.DISAGREE),
        ("san_luong = dien_tich * nang_suat / 10", Agreement.DISAGREE),
        ("san_luong ≈ dien_tich * nang_suat / 10", Agreement.WITHIN_ROUNDING),
        ("lech ≈ dien_tich * nang_suat / 10", Agreement.DISAGREE),
        ("nang_suat ≈ san_luong / dien_tich * 10", Agreement.WITHIN_ROUNDING),
        ("a ≈ x", None),
        ("a = b / khong", Agreement.UNDECIDABLE),
        ("a ≈ b / (nang_suat - 45,61)", Agreement.UNDECIDABLE),
        ("a ≈ 3 + min(b; nang_suat)", Agreement.DISAGREE),
    ],
)
def test_identities_are_judged_in_grades(identity: str, agreement: Agreement | None) -> None:
    assert judge(relation(identity), FIGURES.get).agreement is agreement


def test_a_judgement_tells_both_sides_and_their_difference() -> None:
    judgement = judge(relation("lech = dien_tich * nang_suat / 10"), FIGURES.get)
    assert (judgement.left.value, judgement.right.value) == (Decimal(5720), Decimal(5700))
    assert judgement.difference == 20
    assert judge(relation("a = x"), FIGURES.get).difference is None
