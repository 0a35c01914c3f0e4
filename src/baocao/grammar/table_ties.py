"""The body says again what an annex table says: the same indicator, and figures that should be one.

Two slips are certain enough to be told: figures whose digits are the table's in another order, and
a result with the table's very percentage of the plan but another amount.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from baocao.grammar.lexing import QUANTITY, Quantum
from baocao.grammar.moves import is_upwards
from baocao.grammar.neighbours import lead
from baocao.grammar.paper import Paper, content_words
from baocao.grammar.said import is_adrift, is_swap, parts_of
from baocao.grammar.stretch import Stretch, quantity_of
from baocao.grammar.table_cells import Entry
from baocao.grammar.table_plans import result_column
from baocao.grammar.table_sheet import Row, Sheet
from baocao.model import Figure, Ratio, Strength, Value

TIED = "annex"
_DIGITS = 3
_MOST = 1000  # rows of one sheet; longer tables are lists, not indicators
_NEAR = 30  # characters before a figure in which it is called an estimate
_LABEL = 2  # content words of a label that can be known again


class _Place(NamedTuple):
    sheet: Sheet
    row: Row
    column: int
    entry: Entry
    alike: tuple[Entry, ...] = ()  # the figures of all rows of this label: one indicator may stand in several tables


def ties(paper: Paper, said: Iterable[Ratio]) -> Iterator[Value]:
    """Figures of the body that the row of their indicator gives otherwise."""
    by_digits: dict[str, list[_Place]] = defaultdict(list)
    by_percent: dict[Decimal, list[_Place]] = defaultdict(list)
    alike = _by_label(paper)
    for sheet in paper.sheets:
        result = result_column(sheet)
        for row in sheet.rows[:_MOST]:
            if row.total or len(content_words(row.label)) < _LABEL:
                continue
            for column, entry in row.entries.items():
                same = alike[content_words(row.label)]
                if sheet.columns[column].has("percent"):
                    if entry.decimals and result in row.entries:
                        by_percent[entry.value].append(_Place(sheet, row, result, row.entries[result], same))
                elif len(_digits(entry.value)) >= _DIGITS:
                    by_digits["".join(sorted(_digits(entry.value)))].append(_Place(sheet, row, column, entry, same))
    if by_digits:
        yield from _transposed(paper, by_digits)
    if by_percent:
        yield from _same_percent(paper, said, by_percent)


def _by_label(paper: Paper) -> dict[frozenset[str], tuple[Entry, ...]]:
    """The figures of all rows of one label, in all tables."""
    found: dict[frozenset[str], list[Entry]] = defaultdict(list)
    for sheet in paper.sheets:
        for row in sheet.rows[:_MOST]:
            found[content_words(row.label)] += row.entries.values()
    return {label: tuple(entries) for label, entries in found.items()}


def _digits(value: Decimal) -> str:
    """The significant digits of a figure."""
    return "".join(map(str, value.normalize().as_tuple().digits)).strip("0") if value else ""


def _transposed(paper: Paper, by_digits: dict[str, list[_Place]]) -> Iterator[Value]:
    for stretch in paper.stretches:
        for index in stretch.places:
            quantum = stretch.quantum(index)
            if stretch.kinds[index] != QUANTITY or quantum.is_percent:
                continue
            digits = _digits(quantum.value)
            if len(digits) < _DIGITS:
                continue
            for place in by_digits.get("".join(sorted(digits)), ()):
                if _digits(place.entry.value) != digits and _speaks_against(stretch, index, place):
                    yield _claim(stretch, quantum, place)
                    break


def _speaks_against(stretch: Stretch, index: int, place: _Place) -> bool:
    """Whether the sentence is of the row's indicator, the units fit, and the row has this figure nowhere."""
    quantum = stretch.quantum(index)
    unit = place.sheet.unit_at(place.row, place.column)
    if unit is None or unit.measure.dimension != quantum.dimension:
        return False
    if _is_bound(stretch, index) or any(_is_same(quantum, place, entry) for entry in place.alike):
        return False
    ratio = quantum.amount / _amount(place, place.entry)
    if not Decimal("0.3") < ratio < 3:
        return False
    said, given = _digits(quantum.value), _digits(place.entry.value)
    is_foretold = _is_estimated(stretch, quantum) is not ("ước" in place.sheet.columns[place.column].heading.lower())
    if is_foretold and not (len(said) == len(given) and is_swap(said, given)):
        return False  # an estimate is not yet the result; but two digits change places by a slip only
    low, high = stretch.sentence_range(index)
    start = stretch.tokens[low - 1].end if low else 0
    parts = parts_of(stretch, index)
    if parts is not None:  # of a list each figure has its own words, if anything tells what they are parts of
        if is_adrift(stretch, parts[-1]):
            return False
        start = stretch.tokens[index - 1].end
    words = content_words(stretch.text[start : quantum.start])
    if not content_words(place.row.label) <= words or _is_of_another(stretch, index, low, place):
        return False
    return not any(_is_same(stretch.quantum(other), place, place.entry) for other in stretch.figures_between(low, high))


def _is_bound(stretch: Stretch, index: int) -> bool:
    """Whether a figure is an end of a range in brackets: "(khoảng từ 933 người đến 964 người)"."""
    parent, place = stretch.parent[index], stretch.places.index(index)
    if parent < 0:
        return False
    ends = stretch.places[max(0, place - 1) : place + 2]
    return any(
        stretch.parent[first] == stretch.parent[second] == parent
        and lead(stretch, first).endswith("f")
        and lead(stretch, second) == "u"
        and not is_upwards(stretch, second - 1)
        for first, second in pairwise(ends)
    )


def _is_estimated(stretch: Stretch, quantum: Quantum) -> bool:
    return "ước" in stretch.lowered[max(0, quantum.start - _NEAR) : quantum.start]


def _is_of_another(stretch: Stretch, index: int, low: int, place: _Place) -> bool:
    """Whether the sentence gives a figure of the row before a ";", and this one with a subject of its own behind it."""
    mark = max(low, stretch.kinds.rfind(";", low, index))
    if stretch.kinds[mark : mark + 1] != ";":
        return False
    own = content_words(stretch.text[stretch.tokens[mark].end : stretch.quantum(index).start])
    if len(own - content_words(place.row.label)) < _LABEL:
        return False
    entries = place.row.entries.values()
    before = (stretch.quantum(other) for other in stretch.figures_between(low, mark))
    return any(_is_same(figure, place, entry) for figure in before for entry in entries)


def _is_same(quantum: Quantum, place: _Place, entry: Entry) -> bool:
    """Whether two figures are one, printed with more or fewer decimals."""
    own = quantity_of(quantum).ulp
    other = abs(_amount(place, entry) / entry.value).scaleb(-entry.decimals) if entry.value else own
    return abs(quantum.amount - _amount(place, entry)) <= max(own, other) * (entry.decimals != quantum.number.decimals)


def _amount(place: _Place, entry: Entry) -> Decimal:
    unit = place.sheet.unit_at(place.row, place.column)
    if unit is None:
        return entry.value
    return entry.value.scaleb(unit.scale) * unit.measure.factor


def _same_percent(paper: Paper, said: Iterable[Ratio], by_percent: dict[Decimal, list[_Place]]) -> Iterator[Value]:
    stretches = {stretch.block: stretch for stretch in paper.stretches}
    for claim in said:
        if claim.stated is None or claim.part is None or claim.part.quantity.value == 0 or claim.whole is None:
            continue
        stretch = stretches.get(claim.part.span.block)
        if stretch is None or claim.at.cell >= 0:
            continue
        index = next((i for i in stretch.places if stretch.tokens[i].start == claim.part.span.start), -1)
        for place in by_percent.get(claim.stated.quantity.value, ()):
            if index >= 0 and _has_base(stretch, claim.whole, place) and _speaks_against(stretch, index, place):
                yield _claim(stretch, stretch.quantum(index), place)
                break


def _has_base(stretch: Stretch, whole: Figure, place: _Place) -> bool:
    """Whether the row has the base of a percentage too: of one thing a slip changes one figure, not both."""
    printed = [one for i in stretch.places for one in (stretch.quantum(i), stretch.quantum(i).of) if one is not None]
    bases = [one for one in printed if one.start == whole.span.start]
    return any(_is_same(base, place, entry) for base in bases for entry in place.row.entries.values())


def _claim(stretch: Stretch, quantum: Quantum, place: _Place) -> Value:
    label = place.row.label_span
    also = (place.entry.span, label) if label is not None else (place.entry.span,)
    figure = stretch.figure(quantum)
    return Value(figure.span, figure, Strength.LIKELY, TIED, also)
