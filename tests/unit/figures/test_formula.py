"""What officials may write in a formula, and what is said of the rest."""

from __future__ import annotations

from decimal import Decimal

import pytest

from baocao.figures.formula import NotAFormula, expression, parse, relation
from baocao.figures.formula_tree import (
    Binary,
    Choice,
    Name,
    Negative,
    Number,
    Relation,
    Several,
    When,
    codes,
    names,
    walk,
)


class Two:
    """Names that know two indicators."""

    def code_of(self, word: str) -> str | None:
        return {"lua": "lua", "Diện tích lúa": "lua", "ngo": "ngo"}.get(word)

    def near(self, word: str) -> tuple[str, ...]:
        return ("lua",) if word == "lau" else ()


def test_signs_bind_as_in_school() -> None:
    assert parse("a + b * c") == Binary("+", Name("a"), Binary("*", Name("b"), Name("c")))
    assert parse("a - b - c") == Binary("-", Binary("-", Name("a"), Name("b")), Name("c"))
    assert parse("(a + b) / c") == Binary("/", Binary("+", Name("a"), Name("b")), Name("c"))
    assert parse("-a * b") == Binary("*", Negative(Name("a")), Name("b"))
    assert parse("a × b : c − d") == parse("a * b / c - d")


@pytest.mark.parametrize(
    ("written", "value"),
    [("1.234,5", "1234.5"), ("1234,5", "1234.5"), ("1.000", "1000"), ("0,5", "0.5"),
     ("12.345.678", "12345678")],
)  # fmt: skip
def test_numbers_are_written_as_in_vietnam(written: str, value: str) -> None:
    assert parse(written) == Number(Decimal(value))


def test_a_percentage_is_a_share() -> None:
    assert parse("5%") == Number(Decimal("0.05"), is_percent=True)
    assert parse("5%") != parse("0,05")
    assert parse("1" * 40 + "%") == Number(Decimal("1" * 38 + ".11"), is_percent=True)


@pytest.mark.parametrize(
    ("written", "when"),
    [("cùng kỳ(a)", When.LAST_YEAR), ("Cùng  kỳ (a)", When.LAST_YEAR), ("kỳ trước(a)", When.PREVIOUS),
     ("đầu năm(a)", When.YEAR_START), ("cung_ky(a)", When.LAST_YEAR)],
)  # fmt: skip
def test_other_periods_go_with_the_names(written: str, when: When) -> None:
    assert parse(written) == Name("a", when)


def test_a_shift_of_a_sum_shifts_each_name() -> None:
    assert parse("cùng kỳ(a + 2)") == Binary("+", Name("a", When.LAST_YEAR), Number(Decimal(2)))


def test_letters_may_be_decomposed() -> None:
    import unicodedata

    assert parse(unicodedata.normalize("NFD", "đầu năm(a)")) == Name("a", When.YEAR_START)


def test_functions_take_two_terms_or_more() -> None:
    assert parse("sum(a; b; 1,5)") == Several(Choice.SUM, (Name("a"), Name("b"), Number(Decimal("1.5"))))
    assert parse("tổng(a; b)") == parse("sum(a;b)")
    assert parse("nhỏ nhất(a; b)") == parse("min(a;b)")
    assert parse("lớn nhất(a; b)") == parse("max(a;b)")
    assert parse("summer + sum(a; b)") == Binary("+", Name("summer"), Several(Choice.SUM, (Name("a"), Name("b"))))


@pytest.mark.parametrize(
    ("written", "sign"), [("=", "="), ("==", "="), ("<=", "≤"), ("≥", "≥"), ("<>", "≠"), ("~", "≈"), ("<", "<")]
)
def test_identities_compare_two_sides(written: str, sign: str) -> None:
    tree = relation(f"a {written} b")
    assert tree == Relation(sign, Name("a"), Name("b"))  # type: ignore[arg-type]


def test_names_in_quotes_become_codes() -> None:
    assert parse('"Diện tích lúa" + ngo', Two()) == Binary("+", Name("lua"), Name("ngo"))
    assert parse("“Diện tích lúa” = ngo", Two()) == Relation("=", Name("lua"), Name("ngo"))


def test_what_a_formula_uses() -> None:
    tree = parse("a + cùng kỳ(a) * b - a")
    assert names(tree) == (Name("a"), Name("a", When.LAST_YEAR), Name("b"))
    assert codes(tree) == ("a", "b")
    assert len(list(walk(tree))) == 7


@pytest.mark.parametrize(
    ("formula", "place", "seen", "expected"),
    [
        ("a +", 4, "hết công thức", "mã chỉ tiêu"),
        ("", 1, "hết công thức", "mã chỉ tiêu"),
        ("a b", 3, "“b”", "dấu + - * /"),
        ("(a", 3, "hết công thức", "“)”"),
        ("a)", 2, "“)”", "hết công thức"),
        ("1.5 * a", 1, "“1.5”", "kiểu Việt Nam"),
        ("a * 0.123", 5, "“0.123”", "kiểu Việt Nam"),
        ("2x", 1, "“2x”", "kiểu Việt Nam"),
        ("1,234,567", 1, "“1,234,567”", "kiểu Việt Nam"),
        ("diện tích + 1", 1, "“diện”", "ngoặc kép"),
        ("a + B", 5, "“B”", "không dấu"),
        ("max(a, b)", 6, "“,”", "“;”"),
        ("sum(a)", 1, "một số hạng", "hai số hạng"),
        ("cùng kỳ(kỳ trước(a))", 1, "chồng nhau", "một lần"),
        ("a = b = c", 7, "“=”", "hết công thức"),
        ("a $ b", 3, "“$”", "dấu + - * /"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(formula: str, place: int, seen: str, expected: str) -> None:
    with pytest.raises(NotAFormula) as refused:
        parse(formula)
    said = refused.value.text.say("vi")
    assert f"ký tự thứ {place}:" in said
    assert refused.value.at == place - 1
    before, _, after = said.partition(", cần ")
    assert seen in before
    assert expected in after
    assert f"character {place}:" in refused.value.text.say("en")


def test_an_unknown_name_is_told_with_what_is_like_it() -> None:
    with pytest.raises(NotAFormula) as refused:
        parse("ngo + lau", Two())
    assert refused.value.text.say("vi") == (
        "Công thức “ngo + lau”, ký tự thứ 7: không có chỉ tiêu “lau”; có thể là lua."
    )
    with pytest.raises(NotAFormula) as other:
        parse("khoai", Two())
    assert "có thể" not in other.value.text.say("vi")


def test_a_definition_does_not_compare_and_an_identity_does() -> None:
    with pytest.raises(NotAFormula, match="without a comparison"):
        expression("a = b")
    with pytest.raises(NotAFormula, match="a sign ="):
        relation("a + b")


def test_braces_in_a_formula_can_be_told() -> None:
    with pytest.raises(NotAFormula) as refused:
        parse("a + {b}")
    assert "“a + {b}”" in refused.value.text.say("vi")


@pytest.mark.parametrize("formula", ["(" * 41 + "a" + ")" * 41, "+".join(["a"] * 300), "a" * 5000, "-" * 201 + "a"])
def test_what_goes_too_far_is_refused_before_it_is_read(formula: str) -> None:
    with pytest.raises(NotAFormula, match="too far"):
        parse(formula)


def test_what_goes_just_so_far_is_read() -> None:
    assert parse("(" * 40 + "a" + ")" * 40) == Name("a")
    assert len(names(parse("+".join(f"a{i}" for i in range(201))))) == 201
