"""One figure that a document states twice, the second time with a slip of the pen.

Two figures of one subject differ rightly most of the time: another day, another place, another kind.
So only such pairs are looked at that a slip explains: two digits that changed places, a single digit in
a long number, a decimal sign that has moved, or another first figure of a pair A/B. They are found by
their digits, so the work grows with the number of figures and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations
from typing import Final, NamedTuple

from baocao.grammar.lexing import FRACTION, Quantum
from baocao.grammar.paper import Paper, content_words
from baocao.grammar.said import Said, digits_of, is_swap, may_be_one, said_of, shared
from baocao.grammar.stretch import Stretch
from baocao.model import Strength, Value

RESTATED: Final = "stated twice"
_FEW = 12  # figures of one key beyond which the key says nothing
_LONG = 4  # digits from which a single other digit is a slip


class Stated(NamedTuple):
    """A figure of the document and the way its digits are looked up."""

    stretch: Stretch
    place: int  # of its token
    quantum: Quantum
    digits: str


def restated(paper: Paper) -> Iterator[Value]:
    """The pairs of figures that seem to be one figure stated twice; the later one is ``stated``."""
    figures = [*_figures(paper.stretches)]
    seen: dict[tuple[int, int], Said] = {}
    told: set[tuple[int, int, int, int]] = set()
    for first, second in _candidates(figures):
        place = (id(first.stretch), first.place, id(second.stretch), second.place)
        if place in told:
            continue
        told.add(place)
        if _is_one(_said(seen, first), _said(seen, second), first, second):
            yield _claim(first, second)


def _said(seen: dict[tuple[int, int], Said], one: Stated) -> Said:
    place = (id(one.stretch), one.place)
    if place not in seen:
        seen[place] = said_of(one.stretch, one.place)
    return seen[place]


def _figures(stretches: Iterable[Stretch]) -> Iterator[Stated]:
    for stretch in stretches:
        for index in stretch.places:
            quantum = stretch.quantum(index)
            if quantum.upper is None and quantum.value > 0 and _is_amount(quantum):
                digits = digits_of(quantum)
                if len(digits) > 2 or quantum.of is not None:
                    yield Stated(stretch, index, quantum, digits)


def _is_amount(quantum: Quantum) -> bool:
    """Whether a number is printed as an amount; a bare "4215" may be a code."""
    number = quantum.number
    if number.flaw is not None:
        return False
    return quantum.measure is not None or quantum.of is not None or number.grouped or number.decimals > 0


def _unit(quantum: Quantum) -> str:
    """ "hộ nghèo" and "hộ" are counted alike."""
    return quantum.dimension.split(" ", 1)[0] if quantum.measure is not None else ""


def _candidates(figures: list[Stated]) -> Iterator[tuple[Stated, Stated]]:
    swapped: dict[tuple[str, int, str], list[Stated]] = defaultdict(list)
    single: dict[tuple[str, int, str], list[Stated]] = defaultdict(list)
    paired: dict[tuple[str, Decimal], list[Stated]] = defaultdict(list)
    shifted: dict[tuple[str, str], list[Stated]] = defaultdict(list)
    for figure in figures:
        unit, size = _unit(figure.quantum), figure.quantum.amount.adjusted()
        digits = figure.digits
        if len(digits) > 2:
            swapped[unit, size, "".join(sorted(digits))].append(figure)
            shifted[unit, digits].append(figure)
        if len(digits) >= _LONG and not figure.quantum.is_percent:
            for place in range(len(digits)):
                single[unit, size, f"{digits[:place]}?{digits[place + 1 :]}"].append(figure)
        whole = figure.quantum.of
        if whole is not None and figure.stretch.kinds[figure.place] == FRACTION and whole.amount >= 10:
            paired[unit, whole.amount].append(figure)
    for table in (swapped, single, paired, shifted):
        for found in table.values():
            if 1 < len(found) <= _FEW:
                yield from _pairs(found)


def _pairs(found: list[Stated]) -> Iterator[tuple[Stated, Stated]]:
    for first, second in combinations(found, 2):
        if first.quantum.amount != second.quantum.amount:
            yield first, second


def _is_one(first: Said, second: Said, one: Stated, other: Stated) -> bool:
    if not may_be_one(first, second):
        return False
    if not (first.words & second.words) - content_words(f"{one.quantum.unit} {other.quantum.unit}"):
        return False  # nothing in common but the unit
    common, of_shorter, of_longer = shared(first, second)
    if one.stretch is other.stretch and one.stretch.sentence[one.place] == other.stretch.sentence[other.place]:
        return False  # side by side two figures are two things; that is for lists to say
    if _is_part(first, second, one, other) or _is_part(second, first, other, one) or _have_other_bases(one, other):
        return False
    if len(one.digits) == len(other.digits) and is_swap(one.digits, other.digits):
        if first.words == second.words and (len(one.digits) >= _LONG or first.period):
            return common >= 1
        return common >= 2 and of_shorter > 0.99
    return common >= 3 and of_shorter > 0.99 and of_longer >= 0.75


def _have_other_bases(one: Stated, other: Stated) -> bool:
    """Whether two percentages print their bases: "bằng 106,5% so với năm 2024 (3.732,4 tấn)" is of no other tonnes."""
    bases = _base_behind(one), _base_behind(other)
    return None not in bases and bases[0] != bases[1]


def _base_behind(one: Stated) -> Decimal | None:
    """The one figure in the bracket behind a percentage, in its own clause."""
    stretch, following = one.stretch, one.stretch.next_figure(one.place)
    if not one.quantum.is_percent or following < 0 or stretch.clause[following] != stretch.clause[one.place]:
        return None
    opening = stretch.parent[following]
    is_alone = opening > one.place and [*stretch.figures_between(opening, stretch.close[opening])] == [following]
    return stretch.quantum(following).amount if is_alone else None


def _is_part(whole: Said, part: Said, one: Stated, other: Stated) -> bool:
    """ "163 thôn" and "136 thôn đạt danh hiệu văn hóa": a few of a short count with more words, and fewer of them."""
    more = part.words - whole.words
    return (
        len(one.digits) < _LONG
        and whole.words < part.words
        and len(more) > 1
        and other.quantum.amount < one.quantum.amount
    )


def _claim(first: Stated, second: Stated) -> Value:
    also = first.stretch.figure(first.quantum).span
    figure = second.stretch.figure(second.quantum)
    return Value(figure.span, figure, Strength.LIKELY, RESTATED, (also,))
