"""Which figures stand near a figure, as a reader's eye goes: brackets that it does not stand in are passed over."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from functools import cache

from baocao.grammar.lexing import FRACTION, QUANTITY, Quantum
from baocao.grammar.stretch import Stretch
from baocao.model import Comparator, Figure, Span
from baocao.reference import load

_FIGURES = (QUANTITY, FRACTION)
_DEEP = 9  # brackets in brackets
_REACH = 90  # tokens that the eye goes back or ahead


def surroundings(stretch: Stretch, index: int) -> set[int]:
    """The brackets that a token stands in, and the open text."""
    found = {-1}
    parent = stretch.parent[index]
    while parent >= 0 and len(found) < _DEEP:
        found.add(parent)
        parent = stretch.parent[parent]
    return found


def before(stretch: Stretch, index: int, sentences: int = 0, *, bracketed: bool = False) -> Iterator[int]:
    """The figures before a token, nearest first, of its sentence and of some sentences before it."""
    outer = surroundings(stretch, index)
    sentence = stretch.sentence[index]
    for position in range(index - 1, max(-1, index - _REACH), -1):
        if sentence - stretch.sentence[position] > sentences:
            return
        if stretch.kinds[position] in _FIGURES and (bracketed or stretch.parent[position] in outer):
            yield position


def after(stretch: Stretch, index: int, sentences: int = 0, *, bracketed: bool = False) -> Iterator[int]:
    """The figures after a token, nearest first."""
    outer = surroundings(stretch, index)
    sentence = stretch.sentence[index]
    for position in range(index + 1, min(len(stretch.kinds), index + _REACH)):
        if stretch.sentence[position] - sentence > sentences:
            return
        if stretch.kinds[position] in _FIGURES and (bracketed or stretch.parent[position] in outer):
            yield position


def inside(stretch: Stretch, opening: int, *, nested: bool = False) -> list[int]:
    """The figures of a bracket, as far as the eye goes."""
    end = min(stretch.close.get(opening, opening), opening + _REACH)
    return list(stretch.figures_between(opening + 1, end, None if nested else opening))


def row_of(stretch: Stretch, index: int, wanted: Container[int]) -> list[int]:
    """The figures of a row around a token, itself among them, in the order of the text."""
    back = [i for i in before(stretch, index, bracketed=True) if i in wanted]
    ahead = [i for i in after(stretch, index, bracketed=True) if i in wanted]
    return [*reversed(back), index, *ahead]


def cues_before(stretch: Stretch, index: int, *, clause: bool = False) -> str:
    """The cue letters of a token's sentence (or clause) before it, as far as the eye goes back."""
    unit = stretch.clause if clause else stretch.sentence
    low = index
    while low > 0 and index - low < _REACH and unit[low - 1] == unit[index] and stretch.kinds[low - 1] != ".":
        if clause and stretch.kinds[low - 1] == ";":
            break
        low -= 1
    return stretch.kinds[low:index]


def lead(stretch: Stretch, index: int) -> str:
    """The cue letters between the last figure or mark and a figure."""
    low = index
    while low > 0 and stretch.kinds[low - 1] not in "QF;.():…,":
        low -= 1
    return stretch.kinds[low:index]


def lead_words(stretch: Stretch, index: int, limit: int = 60) -> str:
    """The words right before a figure, in lower case."""
    return stretch.words_before(index, limit).lower()


def trail_words(stretch: Stretch, index: int, limit: int = 60) -> str:
    """The words right after a figure, in lower case."""
    return stretch.words_after(index, limit).lower()


def akin(first: Quantum, second: Quantum) -> bool:
    """Whether two figures may be one thing at two times: one dimension, or a rate and its own first unit."""
    if first.dimension == second.dimension:
        return True
    if first.is_percent or second.is_percent:
        return False
    if not first.unit or not second.unit:
        return True
    one, other = first.unit.split("/")[0], second.unit.split("/")[0]
    return one == other or one.startswith(other + " ") or other.startswith(one + " ")


def is_bare_year(stretch: Stretch, quantum: Quantum) -> bool:
    """Whether a number without a unit is a year or a month after all: "so với 2020", "tháng 8.2022"."""
    if (quantum.unit and quantum.end > quantum.number_end) or quantum.number.grouped or quantum.scale:
        return False
    return bool(_BARE_YEAR.fullmatch(stretch.text[quantum.start : quantum.number_end]))


_BARE_YEAR = re.compile(r"(?:\d{1,2}[.,])?(?:19|20)\d\d")


def is_percentage(figure: Figure) -> bool:
    """Whether a figure is a percentage or a number of points."""
    return figure.quantity.unit in _percents()


@cache
def _percents() -> frozenset[str]:
    return frozenset(load("units")["measure"]["percent"])


def is_plain(quantum: Quantum) -> bool:
    """Whether a figure is one definite number: no range, no "trên", "khoảng"."""
    return quantum.upper is None and quantum.comparator is Comparator.EXACTLY


def lent(figure: Figure, stated: Figure) -> Figure:
    """A figure printed without its noun is counted where what it makes is counted: "64/80, giảm 16 vụ"."""
    quantity = figure.quantity
    if stated.quantity.is_count and not quantity.unit and not quantity.decimals and not quantity.scale:
        return replace(figure, quantity=replace(quantity, is_count=True))
    return figure


def extent(stretch: Stretch, stated: Quantum, figures: Iterable[Figure | None]) -> tuple[Span, tuple[Span, ...]]:
    """The span from the first to the last figure of a statement, and the places of its figures elsewhere."""
    start, end = stated.start, stated.end
    also: list[Span] = []
    for figure in figures:
        if figure is None:
            continue
        span = figure.span
        if (span.block, span.cell) == (stretch.block, stretch.cell) and abs(span.start - stated.start) < _NEAR:
            start, end = min(start, span.start), max(end, span.end)
        else:
            also.append(span)
    return stretch.span(start, end), tuple(dict.fromkeys(also))


_NEAR = 400  # characters within which figures make one statement
