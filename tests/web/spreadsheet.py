"""A spreadsheet program, as far as the formulas of our workbooks need one: it works out what a workbook would show."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from typing import Any

from openpyxl.utils import range_boundaries

_TOKENS = re.compile(
    r'(?P<text>"(?:[^"]|"")*")|(?P<span>[A-Z]{1,3}\d+:[A-Z]{1,3}\d+)|(?P<name>[A-Z][A-Z.]*)\(|(?P<cell>[A-Z]{1,3}\d+)'
    r"|(?P<truth>TRUE|FALSE)|(?P<number>\d+(?:\.\d+)?)|(?P<sign><>|<=|>=|[-+*/=<>&(),])"
)
_SIGNS = {"<>": "!=", "=": "==", "&": "+"}
_WRONG = (ArithmeticError, DivisionByZero, InvalidOperation, TypeError, ValueError)


class Word(str):
    """A text in a cell: greater than every number, and nothing to reckon with."""

    def __lt__(self, other: Any) -> bool:
        return isinstance(other, str) and str(self) < str(other)

    def __gt__(self, other: Any) -> bool:
        return not isinstance(other, str) or str(self) > str(other)

    def __le__(self, other: Any) -> bool:
        return not self > other

    def __ge__(self, other: Any) -> bool:
        return not self < other


class Sheet:
    """One sheet of an openpyxl workbook, its formulas worked out when they are asked for."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.known: dict[str, Any] = {}

    def __getitem__(self, place: str) -> Any:
        if place not in self.known:
            value = self.sheet[place].value
            if isinstance(value, str) and value.startswith("="):
                value = self.worked_out(value)
            elif isinstance(value, int | float):
                value = Decimal(str(value))
            self.known[place] = Word(value) if isinstance(value, str) else value
        return self.known[place]

    def worked_out(self, formula: str) -> Any:
        """What a formula comes to."""
        known = {"__builtins__": {}, **_FUNCTIONS, "cell": self._number, "span": self._span}
        return eval(_python(formula), known)

    def _number(self, place: str) -> Any:
        value = self[place]
        return _Blank() if value is None else value

    def _span(self, span: str) -> list[Any]:
        left, top, right, bottom = range_boundaries(span)
        places = (self.sheet.cell(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        return [self._number(place.coordinate) for place in places]


class _Blank(Decimal):
    """An empty cell: nought to reckon with, but no number."""


def _python(formula: str) -> str:
    out, at = [], 1
    while at < len(formula):
        found = _TOKENS.match(formula, at)
        assert found is not None, formula[at : at + 40]
        out.append(_written(found))
        at = found.end()
    return "".join(out)


def _written(found: re.Match[str]) -> str:
    kind = found.lastgroup
    token = found[kind or 0]
    match kind:
        case "text":
            return repr(token[1:-1].replace('""', '"'))
        case "span" | "cell":
            return f"{kind}({token!r})"
        case "name":
            return f"{token}(lambda:" if token == "IFERROR" else f"{token}("
        case "truth":
            return token.title()
        case "number":
            return f"DECIMAL({token!r})"
        case _:
            return _SIGNS.get(token, token)


def _is_number(value: object) -> bool:
    return isinstance(value, Decimal) and not isinstance(value, _Blank)


def _numbers(values: tuple[Any, ...]) -> list[Decimal]:
    flat = [each for value in values for each in (value if isinstance(value, list) else [value])]
    return [each for each in flat if _is_number(each)]


def _iferror(work: Any, other: Any) -> Any:
    try:
        return work()
    except _WRONG:
        return other


def _round(value: Decimal, places: Decimal) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)


_FUNCTIONS = {
    "DECIMAL": Decimal,
    "ABS": abs,
    "AND": lambda *values: all(values),
    "OR": lambda *values: any(values),
    "COUNT": lambda *values: len(_numbers(values)),
    "COUNTIF": lambda values, word: sum(value == word for value in values if isinstance(value, str)),
    "IF": lambda condition, one, other: one if condition else other,
    "IFERROR": _iferror,
    "ISNUMBER": _is_number,
    "MAX": lambda *values: max(_numbers(values)),
    "MIN": lambda *values: min(_numbers(values)),
    "ROUND": _round,
    "SUM": lambda *values: sum(_numbers(values), Decimal(0)),
}
