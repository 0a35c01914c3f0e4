"""Figures in cells: a cell holds one figure and at most its unit, and dashes mean that there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from baocao.grammar.lexing import tokenize
from baocao.grammar.numbers import Flaw, Number, read_number
from baocao.grammar.vocabulary import WORD, Measure, comparators, is_measured
from baocao.model import Comparator, Span

_CELL = re.compile(
    r"(?P<before>(?:[^\W\d_][^\W\d]{0,12}\s+){1,3}|[<>≤≥~]=?\s*)?(?P<sign>[-–−+]\s?)?(?P<number>\d[\d.,]*\d|\d)"
    r"(?:\s*[-–]\s*(?P<upper>\d[\d.,]*\d|\d))?\s*(?P<after>[^\d/]{0,24})$"
)
_FROM = "từ"
_SIGNS = {">": Comparator.AT_LEAST, "≥": Comparator.AT_LEAST, "<": Comparator.AT_MOST, "≤": Comparator.AT_MOST}
_ENGLISH = re.compile(r"[-–−+]?\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?$")
_THOUSANDS = re.compile(r"\d{1,3},\d{3}$")
_BRACKETED = re.compile(r"\(([^()]{1,30})\)")
_POWER = re.compile(r"10*(?:\.000)*\s+")


class Unit(NamedTuple):
    """A unit as a column or a row names it: the measure and the scale word before it."""

    measure: Measure
    scale: int

    @property
    def is_percent(self) -> bool:
        return self.measure.dimension == "percent"

    @property
    def is_measured(self) -> bool:
        return bool(self.scale) or is_measured(self.measure.dimension)


class Entry(NamedTuple):
    """The figure of one cell, as printed; ``span`` is the cell."""

    value: Decimal
    decimals: int
    span: Span
    text: str
    upper: Decimal | None = None
    comparator: Comparator = Comparator.EXACTLY


def entry_of(text: str, span: Span, *, english: bool = False) -> Entry | None:
    """The figure that a cell holds; None for words, dates, dashes and empty cells.

    ``english`` says that the table groups thousands by commas.
    """
    match = _CELL.match(text) if any(map(str.isdecimal, text[:16])) else None
    if match is None:
        return None
    comparator = _comparator((match["before"] or "").strip().lower(), match["after"].strip().lower())
    if comparator is None:
        return None
    number = _number(match["number"], english)
    if number.flaw is Flaw.GROUPS:
        return None
    sign = (match["sign"] or "").strip()
    value = -number.value if sign and sign != "+" else number.value
    upper = _number(match["upper"], english).value if match["upper"] else None
    if upper is not None and upper <= number.value:
        return None
    return Entry(value, number.decimals, span, text.strip(), upper, comparator)


def _comparator(word: str, after: str) -> Comparator | None:
    """What the words around a figure make of it; "từ" opens a bound that the words behind the figure close."""
    if not word:
        return Comparator.EXACTLY
    if word == _FROM:
        return next((bound for phrase, bound in comparators()[1].items() if after.endswith(phrase)), None)
    return _SIGNS.get(word[0]) or comparators()[0].get(word)


def _number(printed: str, english: bool) -> Number:
    if english and _THOUSANDS.match(printed):
        return Number(Decimal(printed.replace(",", "")), 0, grouped=True)
    return read_number(printed)


def groups_by_commas(texts: Iterable[str]) -> bool:
    """Whether a table's figures are printed the English way ("1,234,567")."""
    return any(text.count(",") > 1 and _ENGLISH.match(text) for text in texts)


@lru_cache(maxsize=1024)
def unit_of(text: str, *, wholly: bool = False) -> Unit | None:
    """The unit that a cell of the unit column names ("tr. đồng /người/năm", "1.000 con"), or None.

    ``wholly`` asks that nothing but a known unit stands there.
    """
    power = _POWER.match(text)
    scale = power[0].count("0") if power else 0
    named = re.sub(r"\s*/\s*", "/", text[power.end() if power else 0 :]).strip()
    if not named or len(named) > 40:
        return None
    tokens = tokenize(f"2 {named}")
    if not tokens or tokens[0].figure is None or tokens[0].figure.measure is None:
        return None
    quantum = tokens[0].figure
    assert quantum.measure is not None
    if wholly and quantum.end < len(named) + 2:
        return None
    return Unit(quantum.measure, quantum.scale + scale)


def unit_in(text: str) -> Unit | None:
    """The unit in brackets of a heading or a label ("Diện tích (ha)"), or None."""
    for match in _BRACKETED.finditer(text):
        inner = match[1].strip()
        found = unit_of(inner.removeprefix("ĐVT:").removeprefix("Đơn vị:").strip(), wholly=True)
        if found is not None:
            return found
    return None


def folded(text: str) -> str:
    """A text as its words in lower case with one blank around each, for whole-word look-ups."""
    return f" {' '.join(WORD.findall(text.lower()))} "
