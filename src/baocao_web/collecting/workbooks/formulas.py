"""A form's rules as formulas of a workbook: totals that compute themselves, and words beside a line that is odd.

The workbook judges as the page does, as far as a spreadsheet can: where figures of a formula are missing it shows
nothing; "≈", which the page judges by how the figures were rounded, allows one per cent here. What is uploaded is
judged again by the rules themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from baocao.figures.formula_tree import Binary, Choice, Name, Negative, Number, Relation, Several, fold
from baocao.ledger.judging import range_said
from baocao_web.collecting.checking import DECIMALS, Checks, Computed, Rule
from baocao_web.collecting.layout import Column, Row, cell_key

Reference = Callable[[str], str]  # the place of a cell on the sheet: "E12"

LONGEST: Final = 8_000  # characters of a formula; programs take 8.192
_LONGEST_WORDS: Final = 240  # of a text within one; programs take 255
_FAULTS: Final = {"=": "<>", "≠": "=", "<": ">=", "≤": ">", ">": "<=", "≥": "<"}
_PLACES: Final = 6  # decimals to which two sides are compared: what binary fractions leave behind is none of it
_SCALES: Final = (10, 100, 1_000, 1_000_000)
_NEAR: Final = (Decimal("0.8"), Decimal("1.25"))


def computed(one: Computed, at: Reference) -> str:
    """The formula of a computed cell; nothing is shown while a figure is missing or where it divides by nought."""
    parts = ",".join(dict.fromkeys(at(cell) for cell in one.cells.values()))
    worked = fold(one.formula, _Written(one.cells, at))
    return f'=IF(COUNT({parts})={_count(one.cells, at)},IFERROR(ROUND({worked},{DECIMALS}),""),"")'


def checked(row: Row, checks: Checks, at: Reference, beside: Mapping[str, str], told: Mapping[str, str]) -> str:
    """The formula that says what is odd in a line; nothing for a line without rules."""
    columns = [column for column in checks.layout.columns if column.is_entry]
    parts = [
        f'IF({fault},"{_quoted(words)}","")'
        for column in columns
        for fault, words in _faults(row, column, checks, at, beside, told, is_named=len(columns) > 1)
    ]
    formula = "="
    for part in parts:
        joined = f"{formula}&{part}" if formula != "=" else f"={part}"
        if len(joined) > LONGEST:
            break
        formula = joined
    return formula if parts else ""


def _faults(
    row: Row,
    column: Column,
    checks: Checks,
    at: Reference,
    beside: Mapping[str, str],
    told: Mapping[str, str],
    *,
    is_named: bool,
) -> Iterator[tuple[str, str]]:
    """Conditions under which a cell is odd, each with what is said then."""
    cell = cell_key(row, column)
    name = f"{column.name.vi}: " if is_named else ""
    low, high = checks.ranges.get(cell, (None, None))
    if low is not None or high is not None:
        ends = ([f"{at(cell)}<{_plain(low)}"] if low is not None else []) + (
            [f"{at(cell)}>{_plain(high)}"] if high is not None else []
        )
        words = told["out_of_range"].format(column=name, range=range_said(low, high).vi)
        yield f"AND(ISNUMBER({at(cell)}),OR({','.join(ends)}))", words
    slipped = [
        f"AND({at(cell)}>={_plain(low)},{at(cell)}<={_plain(high)})" for low, high in _slips(cell, checks, beside)
    ]
    if slipped and cell in checks.layout.entries:
        yield f"AND(ISNUMBER({at(cell)}),OR({','.join(slipped)}))", told["slip"].format(column=name)
    for rule in checks.rules:
        if rule.cell == cell:
            yield _broken(rule, at), told["identity"].format(column=name, rule=rule.words.vi)


def _slips(cell: str, checks: Checks, beside: Mapping[str, str]) -> Iterator[tuple[Decimal, Decimal]]:
    """Between which figures a cell is off by a power of ten from all that stands beside it."""
    likened = [Decimal(beside[other]) for other in checks.beside.get(cell, ()) if other in beside]
    if not likened or not all(likened):
        return
    for times in _SCALES:
        is_small = times == _SCALES[0]  # ten things where there was one are no slip
        if not (is_small and min(map(abs, likened)) < times):
            yield from _between([other * times for other in likened], Decimal(0))
        yield from _between([other / times for other in likened], Decimal(times if is_small else 0))


def _between(likened: Sequence[Decimal], least: Decimal) -> Iterator[tuple[Decimal, Decimal]]:
    """What is near to all of some figures at once, and not smaller than ``least``."""
    ends = [sorted((other * _NEAR[0], other * _NEAR[1])) for other in likened]
    low, high = max(low for low, _ in ends), min(high for _, high in ends)
    if low > 0:
        low = max(low, least)
    else:
        high = min(high, -least)
    if low <= high:
        yield low, high


def _broken(rule: Rule, at: Reference) -> str:
    """The condition under which an identity does not hold."""
    parts = ",".join(dict.fromkeys(at(cell) for cell in rule.cells.values()))
    return (
        f"IF(COUNT({parts})={_count(rule.cells, at)},IFERROR({_compared(rule.relation, rule.cells, at)},FALSE),FALSE)"
    )


def _compared(relation: Relation, cells: Mapping[Name, str], at: Reference) -> str:
    left, right = (fold(side, _Written(cells, at)) for side in (relation.left, relation.right))
    if relation.comparison == "≈":
        return f"ABS({left}-{right})>0.01*MAX(ABS({left}),ABS({right}))"
    return f"ROUND({left}-{right},{_PLACES}){_FAULTS[relation.comparison]}0"


def _count(cells: Mapping[Name, str], at: Reference) -> int:
    return len(dict.fromkeys(at(cell) for cell in cells.values()))


class _Written:
    """The algebra of formulas written as a spreadsheet's, names by their places."""

    def __init__(self, cells: Mapping[Name, str], at: Reference) -> None:
        self.cells, self.at = cells, at

    def number(self, node: Number) -> str:
        return _plain(node.value)

    def name(self, node: Name) -> str:
        return self.at(self.cells[node])

    def negative(self, node: Negative, of: str) -> str:
        return f"(-{of})"

    def binary(self, node: Binary, left: str, right: str) -> str:
        return f"({left}{node.sign}{right})"

    def several(self, node: Several, of: tuple[str, ...]) -> str:
        named = {Choice.SUM: "SUM", Choice.MIN: "MIN", Choice.MAX: "MAX"}
        return f"{named[node.choice]}({','.join(of)})"


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _quoted(words: str) -> str:
    """Words within a formula."""
    short = words if len(words) <= _LONGEST_WORDS else f"{words[: _LONGEST_WORDS - 2]}… "
    return short.replace('"', '""')
