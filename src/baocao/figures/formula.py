"""Reading a formula that an official wrote into its tree.

Codes, or Vietnamese names in quotes; + - * / and brackets; numbers as they are written in Vietnam
(1.234,5 and 5%); sum, min, max with ";" between; cùng kỳ(x), kỳ trước(x), đầu năm(x); and for identities
= ≈ ≠ < ≤ > ≥. What cannot be read is refused with its place and with what could stand there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Protocol

from baocao.figures.formula_tree import (
    Binary,
    Choice,
    Comparison,
    Expression,
    Formula,
    Name,
    Negative,
    Number,
    Relation,
    Several,
    When,
    fold,
)
from baocao.model import Problem, Text

if TYPE_CHECKING:
    from lark import Lark, Token

LONGEST = 4000  # letters; a formula of all 47 criteria of a set has some 1500
DEEPEST = 40  # brackets within brackets
MOST_SIGNS = 200

_WHEN_WORDS = {
    "cùng kỳ": When.LAST_YEAR,
    "cung ky": When.LAST_YEAR,
    "kỳ trước": When.PREVIOUS,
    "ky truoc": When.PREVIOUS,
    "đầu năm": When.YEAR_START,
    "dau nam": When.YEAR_START,
}
_CHOICE_WORDS = {
    "sum": Choice.SUM,
    "tổng": Choice.SUM,
    "min": Choice.MIN,
    "nhỏ nhất": Choice.MIN,
    "max": Choice.MAX,
    "lớn nhất": Choice.MAX,
}
_COMPARISONS: dict[str, Comparison] = {
    "=": "=", "==": "=", "≈": "≈", "~": "≈", "≠": "≠", "<>": "≠", "!=": "≠",
    "<": "<", "<=": "≤", "≤": "≤", ">": ">", ">=": "≥", "≥": "≥",
}  # fmt: skip
_SIGNS = {"–": "-", "−": "-", "×": "*", "·": "*", "÷": "/", ":": "/"}
_EXPECTED = (  # what the terminals of the grammar are called; those of one line always come together
    (
        ("CODE", "QUOTED", "NUMBER"),
        Text("mã chỉ tiêu, tên trong ngoặc kép, số hoặc “(”", "a code, a name in quotes, a number or “(”"),
    ),
    (("TIMES",), Text("dấu + - * /", "a sign + - * /")),
    (("COMPARISON",), Text("dấu = ≈ < ≤ > ≥", "a sign = ≈ < ≤ > ≥")),
    (("SEMICOLON",), Text("“;” giữa các số hạng của hàm", "“;” between the terms of the function")),
    (("RPAR",), Text("“)”", "“)”")),
    (("$END",), Text("hết công thức", "the end of the formula")),
)
_UNREADABLE = Text(
    "Công thức “{formula}”, ký tự thứ {place}: thấy {seen}, cần {expected}.",
    "Formula “{formula}”, character {place}: saw {seen}, expected {expected}.",
)
_END = Text("hết công thức", "the end of the formula")
_ODD_NUMBER = Text(
    "số viết kiểu Việt Nam (1.234,5), không dính chữ", "a number in Vietnamese style (1.234,5), apart from letters"
)
_ODD_NAME = Text(
    "mã gồm chữ thường không dấu, hoặc tên đặt trong ngoặc kép",
    "a code of small letters without marks, or a name in quotes",
)
_TOO_LONG = Text(
    "Công thức dài quá mức ({seen}); tối đa {most}. Hãy tách thành nhiều chỉ tiêu.",
    "The formula goes too far ({seen}); at most {most}. Part it into several indicators.",
)
_UNKNOWN = Text(
    "Công thức “{formula}”, ký tự thứ {place}: không có chỉ tiêu “{seen}”{near}.",
    "Formula “{formula}”, character {place}: there is no indicator “{seen}”{near}.",
)
_NEAR = Text("; có thể là {near}", "; perhaps {near}")
_ONE_TERM = Text("từ hai số hạng trở lên, cách nhau bằng “;”", "two terms or more, with “;” between")
_SHIFT = Text("một lần chuyển kỳ cho mỗi chỉ tiêu", "one shift of period for each indicator")


def told(text: Text, **facts: object) -> Text:
    """A text with its slots filled, a fact that is a text itself in its own language; it may be said as it is.

    Braces among the facts are doubled, since ``Text.say`` looks for slots once more.
    """
    vi = {name: fact.say("vi") if isinstance(fact, Text) else fact for name, fact in facts.items()}
    en = {name: fact.say("en") if isinstance(fact, Text) else fact for name, fact in facts.items()}
    return Text(_braced(text.vi.format(**vi)), _braced(text.en.format(**en)))


def _braced(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


class NotAFormula(Problem):
    """A formula that cannot be read; ``text`` says why, ``at`` where (0 for the first letter)."""

    def __init__(self, text: Text, at: int = 0) -> None:
        super().__init__(text)
        self.at = at


class Names(Protocol):
    """Whoever knows the indicators that a formula may name."""

    def code_of(self, word: str) -> str | None:
        """The code of an indicator told by its code or Vietnamese name, None when it is unknown."""

    def near(self, word: str) -> tuple[str, ...]:
        """The codes most like an unknown word, best first."""


def parse(line: str, known: Names | None = None) -> Formula:
    """The tree of a formula, its names turned into codes that are ``known``.

    Without ``known`` every code is taken as it stands, and a name in quotes stays what is between them.
    Raises ``NotAFormula``.
    """
    line = unicodedata.normalize("NFC", line)
    _refuse_the_endless(line)
    from lark.exceptions import UnexpectedInput

    try:
        tree: Formula = _parser().parse(line)  # type: ignore[assignment]
    except UnexpectedInput as problem:
        raise _unreadable(line, problem) from None
    except _Flaw as flaw:
        raise _refused(line, flaw.at, flaw.seen, flaw.expected) from None
    return tree if known is None else _with_codes(tree, _Naming(line, known))


def expression(line: str, known: Names | None = None) -> Expression:
    """As ``parse``, for a formula that must not compare. Raises ``NotAFormula``."""
    tree = parse(line, known)
    if isinstance(tree, Relation):
        one = Text("một biểu thức, không so sánh", "an expression without a comparison")
        raise _refused(line, tree.at, Text(f"“{tree.comparison}”", f"“{tree.comparison}”"), one)
    return tree


def relation(line: str, known: Names | None = None) -> Relation:
    """As ``parse``, for an identity. Raises ``NotAFormula`` when nothing is compared."""
    tree = parse(line, known)
    if not isinstance(tree, Relation):
        raise _refused(line, len(line), _END, _EXPECTED[2][1])
    return tree


def _refuse_the_endless(line: str) -> None:
    """Raises ``NotAFormula`` for what no official writes, and what would go deeper than the stack."""
    deep = deepest = 0
    for letter in line:
        deep += (letter == "(") - (letter == ")")
        deepest = max(deepest, deep)
    signs = sum(letter in "+-–−*×·/÷:;" for letter in line)
    for seen, most, vi, en in (
        (len(line), LONGEST, "ký tự", "characters"),
        (deepest, DEEPEST, "lớp ngoặc", "brackets deep"),
        (signs, MOST_SIGNS, "dấu", "signs"),
    ):
        if seen > most:
            raise NotAFormula(told(_TOO_LONG, seen=Text(f"{seen} {vi}", f"{seen} {en}"), most=most))


class _Flaw(Exception):
    """What the grammar lets pass and the tree does not."""

    def __init__(self, at: int, seen: Text, expected: Text) -> None:
        super().__init__(seen.en)
        self.at, self.seen, self.expected = at, seen, expected


@cache
def _parser() -> Lark:
    """Made once in a process (some 20 ms); the tree is built while reading, so without recursion."""
    from lark import Lark

    grammar = files(__package__).joinpath("formula.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", transformer=_Building(), propagate_positions=False)


class _Building:
    """What each production of formula.lark makes; named as there."""

    def relation(self, parts: list[Any]) -> Relation:
        left, sign, right = parts
        return Relation(_COMPARISONS[str(sign)], left, right, sign.start_pos)

    def binary(self, parts: list[Any]) -> Binary:
        left, sign, right = parts
        written: Any = _SIGNS.get(str(sign), str(sign))
        return Binary(written, left, right, sign.start_pos)

    def negative(self, parts: list[Any]) -> Negative:
        return Negative(parts[1], parts[0].start_pos)

    def positive(self, parts: list[Any]) -> Expression:
        kept: Expression = parts[1]
        return kept

    def number(self, parts: list[Token]) -> Number:
        digits = parts[0].replace(".", "").replace(",", ".")
        is_percent = len(parts) > 1  # "E-2" and no division: exact however many digits are written
        return Number(Decimal(digits + "E-2" * is_percent), is_percent, parts[0].start_pos or 0)

    def code(self, parts: list[Token]) -> Name:
        return Name(str(parts[0]), at=parts[0].start_pos or 0)

    def quoted(self, parts: list[Token]) -> Name:
        return Name(parts[0][1:-1].strip(), at=parts[0].start_pos or 0)

    def shifted(self, parts: list[Any]) -> Expression:
        word, of = parts
        when = _WHEN_WORDS[_plain(word)]
        return fold(of, _Shifting(when, word.start_pos, str(word)))

    def several(self, parts: list[Any]) -> Several:
        word, *terms = parts
        if len(terms) < 2:
            raise _Flaw(word.start_pos, Text(f"“{word}” với một số hạng", f"“{word}” with one term"), _ONE_TERM)
        return Several(_CHOICE_WORDS[_plain(word)], tuple(terms), word.start_pos)


def _plain(word: str) -> str:
    return re.sub(r"[\s_]+", " ", word.lower())


class _Same:
    """The algebra that builds the same tree again; others differ from it in their names."""

    def number(self, node: Number) -> Expression:
        return node

    def name(self, node: Name) -> Expression:
        return node

    def negative(self, node: Negative, of: Expression) -> Expression:
        return replace(node, of=of)

    def binary(self, node: Binary, left: Expression, right: Expression) -> Expression:
        return replace(node, left=left, right=right)

    def several(self, node: Several, of: tuple[Expression, ...]) -> Expression:
        return replace(node, of=of)


class _Shifting(_Same):
    """cùng kỳ(a + b) is cùng kỳ(a) + cùng kỳ(b): periods are kept with the names alone."""

    def __init__(self, when: When, at: int, word: str) -> None:
        self.when, self.at, self.word = when, at, word

    def name(self, node: Name) -> Expression:
        if node.when is not When.NOW:
            raise _Flaw(self.at, Text(f"“{self.word}” chồng nhau", f"“{self.word}” around another shift"), _SHIFT)
        return replace(node, when=self.when)


class _Naming(_Same):
    """Codes in place of names."""

    def __init__(self, line: str, known: Names) -> None:
        self.line, self.known = line, known

    def name(self, node: Name) -> Expression:
        code = self.known.code_of(node.code)
        if code is None:
            near = ", ".join(self.known.near(node.code))
            hint = told(_NEAR, near=near) if near else Text("", "")
            facts = {"formula": self.line, "place": node.at + 1, "seen": node.code, "near": hint}
            raise NotAFormula(told(_UNKNOWN, **facts), node.at)
        return replace(node, code=code)


def _with_codes(tree: Formula, naming: _Naming) -> Formula:
    if isinstance(tree, Relation):
        return replace(tree, left=fold(tree.left, naming), right=fold(tree.right, naming))
    return fold(tree, naming)


def _unreadable(line: str, problem: Any) -> NotAFormula:
    """What is said of a place where the grammar cannot go on."""
    token = getattr(problem, "token", None)
    if token is not None and token.type == "$END":
        return _refused(line, len(line), _END, _wanted(problem.accepts or problem.expected))
    if token is not None:
        return _refused(line, token.start_pos, _quoted(str(token)), _wanted(problem.accepts or problem.expected))
    at: int = problem.pos_in_stream
    seen = re.match(r"\w[\w.,]*\w|.", line[at:], re.DOTALL)
    word = seen[0] if seen else ""
    expected = _ODD_NUMBER if word[0].isdigit() else _ODD_NAME if word[0].isalpha() else _wanted(problem.allowed or ())
    return _refused(line, at, _quoted(word), expected)


def _wanted(terminals: Iterable[str]) -> Text:
    found = set(terminals)
    wanted = [text for kinds, text in _EXPECTED if found.intersection(kinds)]
    return Text(", ".join(text.vi for text in wanted), ", ".join(text.en for text in wanted))


def _quoted(word: str) -> Text:
    shown = f"“{_braced(word)}”"
    return Text(shown, shown)


def _refused(line: str, at: int, seen: Text, expected: Text) -> NotAFormula:
    return NotAFormula(told(_UNREADABLE, formula=line, place=at + 1, seen=seen, expected=expected), at)
