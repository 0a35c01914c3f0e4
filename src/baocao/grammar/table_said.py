"""The body states the figure of a table's row otherwise: the same indicator, unit and period, another value.

Only a row that stands once and has one result can be meant, and only a sentence that speaks of nothing but the
row's label; figures that are far from the row's are of another thing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from baocao.grammar.lexing import QUANTITY, Quantum
from baocao.grammar.paper import Paper, content_words
from baocao.grammar.said import LEVEL, WIDTH, Said, said_of
from baocao.grammar.stretch import Stretch, quantity_of
from baocao.grammar.table_cells import Entry
from baocao.grammar.table_sheet import Row, Sheet
from baocao.model import Strength, Value

_BRACKETED = re.compile(r"\([^()]*\)")
ROW: Final = "annex row"
_MOST = 600  # rows that are compared; longer tables are lists, not indicators
_LABEL = 3  # content words of a label that names one indicator
_SIZE = Decimal("1.25")  # two readings of one thing are of one size
_TRIED = 20  # rows of the right size that are looked at for one figure
_DIGITS = 3
_NEAR = 30  # characters before a figure in which it is called an estimate
_OTHER_COLUMN = ("percent", "change", "remains", "plan", "last")


class _Result(NamedTuple):
    """The one result of a row."""

    amount: Decimal
    entry: Entry
    row: Row
    sheet: Sheet
    words: frozenset[str]
    years: frozenset[str]
    heading: str


def said_otherwise(paper: Paper) -> Iterator[Value]:
    """Figures of the body that the only row of their indicator gives otherwise."""
    results = _results(paper)
    if not results:
        return
    keys = {dimension: [result.amount for result in found] for dimension, found in results.items()}
    for stretch in paper.stretches:
        for index in stretch.places:
            quantum = stretch.quantum(index)
            if quantum.dimension not in keys or not _is_telling(stretch, index, quantum):
                continue
            at = bisect_left(keys[quantum.dimension], quantum.amount / _SIZE)
            found = _meant(stretch, index, results[quantum.dimension][at : at + _TRIED])
            if found is not None:
                yield _claim(stretch, quantum, found)


def _results(paper: Paper) -> dict[str, list[_Result]]:
    """The results of all rows that can be meant, by dimension, in the order of their size."""
    labels: Counter[frozenset[str]] = Counter()
    found: list[tuple[str, _Result]] = []
    for sheet in paper.sheets:
        column = _only_result(sheet)
        for row in sheet.rows[:_MOST]:
            words = content_words(_BRACKETED.sub(" ", row.label))
            labels[words] += 1
            if column in row.entries and not row.of_which and len(words) >= _LABEL and len(found) < _MOST:
                found.extend(_result(sheet, row, column, words))
    by_dimension: dict[str, list[_Result]] = {}
    for dimension, result in found:
        if labels[result.words] == 1:
            by_dimension.setdefault(dimension, []).append(result)
    return {dimension: sorted(each, key=_amount) for dimension, each in by_dimension.items()}


def _amount(result: _Result) -> Decimal:
    return result.amount


def _only_result(sheet: Sheet) -> int:
    """The one column of results; -1 where there is none or where there are several."""
    plain = [column for column in sheet.figures if not sheet.columns[column].has(*_OTHER_COLUMN)]
    return plain[0] if len(plain) == 1 and sheet.columns[plain[0]].has("actual") else -1


def _result(sheet: Sheet, row: Row, column: int, words: frozenset[str]) -> Iterator[tuple[str, _Result]]:
    entry, unit = row.entries[column], sheet.unit_at(row, column)
    if unit is None or unit.is_percent or entry.upper is not None or entry.value <= 0:
        return
    factor = unit.measure.factor.scaleb(unit.scale)
    head = sheet.columns[column]
    years = frozenset(map(str, head.years))
    result = _Result(entry.value * factor, entry, row, sheet, words, years, head.heading.lower())
    yield unit.measure.dimension, result


def _is_telling(stretch: Stretch, index: int, quantum: Quantum) -> bool:
    """Whether a figure is a plain amount with enough digits to be one of a table."""
    if stretch.kinds[index] != QUANTITY or quantum.is_percent or quantum.upper is not None:
        return False
    return sum(map(str.isdigit, str(quantum.value))) >= _DIGITS and not quantum.comparator.value


def _meant(stretch: Stretch, index: int, near: list[_Result]) -> _Result | None:
    """The row that the words before a figure name, when it has this figure nowhere."""
    quantum = stretch.quantum(index)
    lead = stretch.lowered[max(0, quantum.start - WIDTH) : quantum.start]
    said: Said | None = None
    for result in near:
        if result.amount > quantum.amount * _SIZE:
            return None
        if not all(word in lead for word in result.words):
            continue
        if ("ước" in lead[-_NEAR:]) is not ("ước" in result.heading):
            continue  # an estimate is not yet the result
        said = said or said_of(stretch, index)
        if _is_one(said, result, quantum) and not _is_printed(quantum, result):
            return result
    return None


def _is_one(said: Said, result: _Result, quantum: Quantum) -> bool:
    """Whether a figure is said of a row's label, of nothing else, and of no other time or place."""
    if said.role != LEVEL or said.days or said.months or said.names or not result.words <= said.words:
        return False
    if said.years and said.years != result.years:
        return False
    return not said.words - result.words - content_words(quantum.unit)


def _is_printed(quantum: Quantum, result: _Result) -> bool:
    """Whether the row has the figure in any of its columns, printed with more or fewer decimals."""
    own = quantity_of(quantum).ulp
    for column, entry in result.row.entries.items():
        unit = result.sheet.unit_at(result.row, column)
        if unit is not None:
            factor = unit.measure.factor.scaleb(unit.scale)
            if abs(quantum.amount - entry.value * factor) <= max(own, factor.scaleb(-entry.decimals)):
                return True
    return False


def _claim(stretch: Stretch, quantum: Quantum, result: _Result) -> Value:
    label = result.row.label_span
    also = (result.entry.span, label) if label is not None else (result.entry.span,)
    figure = stretch.figure(quantum)
    return Value(figure.span, figure, Strength.LIKELY, ROW, also)
