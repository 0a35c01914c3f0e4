"""What holds of all formulas: they are read or refused, computed exactly, and never make a figure out of none."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from baocao.figures.formula import NotAFormula, expression, parse
from baocao.figures.formula_order import circles, in_order
from baocao.figures.formula_tree import Binary, Expression, Name, Negative, Number, codes, fold, names
from baocao.figures.formula_value import decimal_of, evaluate

NAMES = st.sampled_from(["a", "b", "c_1"]).map(Name)
NUMBERS = st.decimals(0, 100000, places=2).map(Number)


def _joined(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.builds(Binary, st.sampled_from("+-*/"), parts, parts) | st.builds(Negative, parts)


TREES: st.SearchStrategy[Expression] = st.recursive(NAMES | NUMBERS, _joined, max_leaves=12)
FIGURES = st.fixed_dictionaries({code: st.decimals(-1000, 1000, places=3) for code in ("a", "b", "c_1")})


class _Written:
    """The algebra that writes a tree down again."""

    def number(self, node: Number) -> str:
        return f"{node.value:,f}".translate(str.maketrans(",.", ".,"))

    def name(self, node: Name) -> str:
        return node.code

    def negative(self, node: Negative, of: str) -> str:
        return f"(-{of})"

    def binary(self, node: Binary, left: str, right: str) -> str:
        return f"({left} {node.sign} {right})"

    def several(self, node: object, of: tuple[str, ...]) -> str:
        return f"sum({'; '.join(of)})"


class _Exact(_Written):
    """The algebra of fractions, None for a division by zero."""

    def __init__(self, figures: dict[str, Decimal]) -> None:
        self.figures = figures

    def number(self, node: Number) -> Fraction | None:  # type: ignore[override]
        return Fraction(node.value)

    def name(self, node: Name) -> Fraction | None:  # type: ignore[override]
        return Fraction(self.figures[node.code])

    def negative(self, node: Negative, of: Fraction | None) -> Fraction | None:  # type: ignore[override]
        return None if of is None else -of

    def binary(self, node: Binary, left: Fraction | None, right: Fraction | None) -> Fraction | None:  # type: ignore[override]
        if left is None or right is None or (node.sign == "/" and right == 0):
            return None
        return {"+": left + right, "-": left - right, "*": left * right, "/": left / (right or 1)}[node.sign]


@given(TREES)
def test_what_is_written_is_read_as_it_was_meant(tree: Expression) -> None:
    assert expression(fold(tree, _Written())) == tree


@given(TREES, FIGURES)
def test_values_are_those_of_exact_fractions(tree: Expression, figures: dict[str, Decimal]) -> None:
    exact = fold(tree, _Exact(figures))
    outcome = evaluate(tree, lambda name: figures[name.code])
    assert outcome.by_zero is (exact is None)
    assert outcome.value == (None if exact is None else decimal_of(exact))


@given(TREES, FIGURES, st.sampled_from(["a", "b", "c_1"]))
def test_a_missing_figure_is_never_made_up(tree: Expression, figures: dict[str, Decimal], lost: str) -> None:
    outcome = evaluate(tree, lambda name: None if name.code == lost else figures[name.code])
    assert (Name(lost) in outcome.missing) is (Name(lost) in names(tree))
    if lost in codes(tree):
        assert outcome.value is None


@given(st.text(alphabet='ab1_,.;()+-*/%=<>≈"“” \nđầunămcùgkỳsmx', max_size=60))
def test_any_text_is_read_or_refused_in_words(line: str) -> None:
    refused = _refusal(line)
    if refused is not None:
        assert refused.text.say("vi")
        assert refused.text.say("en")
        assert 0 <= refused.at <= len(line)


def _refusal(line: str) -> NotAFormula | None:
    try:
        parse(line)
    except NotAFormula as refused:
        return refused
    return None


GRAPHS = st.dictionaries(st.sampled_from("abcdefgh"), st.lists(st.sampled_from("abcdefgh"), max_size=4))


@given(GRAPHS)
def test_the_order_leaves_out_just_what_stands_in_or_behind_a_circle(uses: dict[str, list[str]]) -> None:
    order = in_order(uses)
    for place, code in enumerate(order):
        assert all(used in order[:place] for used in uses[code] if used in uses)
    assert (len(order) < len(uses)) is bool(circles(uses))
    for path in circles(uses):
        assert path[0] == path[-1]
        assert all(after in uses[before] for before, after in pairwise(path))
