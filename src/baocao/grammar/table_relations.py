"""How the columns of a table hang together, learned from its rows and checked with its head.

A relation is what a column must be of other columns: a percentage of two, a growth, a difference,
a sum, a product. It counts when most rows obey it, or when the head points to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import permutations
from typing import NamedTuple

from baocao.grammar.table_cells import Entry
from baocao.grammar.table_header import Column, formula_of
from baocao.grammar.table_sheet import Row, Sheet
from baocao.grammar.vocabulary import is_measured
from baocao.model import Strength

RATIO, GROWTH, DIFFERENCE, SUM, PRODUCT = "ratio", "growth", "difference", "sum", "product"
_HUNDRED = Decimal(100)
_NEIGHBOURS = 9  # columns to either side in which operands are looked for
_ROWS = 60  # rows that a relation is learned from
_VAIN = 3  # rows without one that obeys it, after which it is given up
_LEAST = 3  # rows that must obey it
_PLAIN = ("plan", "actual", "last", "total", "change", "remains", "output", "area")  # marks of what is no percentage
_SMALL = 10  # figures below it meet by chance


class Relation(NamedTuple):
    """Column ``result`` is ``operation`` of ``operands``: ratio and growth (a, b), difference a - b, sum, product."""

    operation: str
    result: int
    operands: tuple[int, ...]
    strength: Strength
    basis: str
    factor: Decimal = Decimal(1)


class _Trial(NamedTuple):
    relation: Relation
    agreeing: int
    telling: int  # of them, those that no other reading would meet by chance
    tried: int
    pointed: int  # 2: the head names both sides; 1: the head names the operation; 0: it says nothing

    @property
    def is_learned(self) -> bool:
        return self.telling >= _LEAST and 3 * self.agreeing >= 2 * self.tried

    @property
    def merit(self) -> tuple[int, int, int, int]:
        span = max(self.relation.operands) - min(self.relation.operands)
        return (self.telling + self.pointed, self.agreeing, self.pointed, -span)


def relations(sheet: Sheet) -> list[Relation]:
    """The relations of a sheet's columns, at most one for each column and operation."""
    rows = [row for row in sheet.rows if len(row.entries) >= 2][:_ROWS]
    found: list[Relation] = []
    for index in sheet.figures:
        column = sheet.columns[index]
        relation = _by_formula(sheet, rows, column) or _best(_trials(sheet, rows, column))
        if relation is not None:
            found.append(relation)
    found.extend(_sums(sheet, rows, found))
    return found


def _sums(sheet: Sheet, rows: list[Row], known: list[Relation]) -> list[Relation]:
    """Columns that are sums of their neighbours, and then of what is left beside them when parts are set aside."""
    differences = {frozenset((each.result, *each.operands)) for each in known if each.operation == DIFFERENCE}
    taken = {each.result for each in known}
    parts = {index for each in known if each.operation == SUM for index in each.operands}
    additive = [i for i in sheet.figures if sheet.is_additive(i) and not sheet.columns[i].has("change")]
    found: list[Relation] = []
    for is_second in (False, True):
        left = [i for i in additive if not is_second or i not in parts]
        if is_second and len(left) == len(additive):
            break
        for index in left:
            if index in taken and not is_second:
                continue
            total = _best(_sum_trials(sheet, rows, index, left))
            if total is not None and frozenset((index, *total.operands)) not in differences:
                found.append(total)
                parts.update(total.operands)
    return found


def _by_formula(sheet: Sheet, rows: list[Row], column: Column) -> Relation | None:
    formula = formula_of(sheet.head, column) if column.formula else None
    if formula is None:
        return None
    operation, operands = formula
    trial = _try(rows, Relation(operation, column.index, operands, Strength.CERTAIN, "formula in the head"), 2)
    if operation == PRODUCT:
        return _best(_product_trials(sheet, rows, column.index, [operands]))
    strength = Strength.CERTAIN if 3 * trial.agreeing >= 2 * trial.tried and trial.agreeing > 1 else Strength.LIKELY
    return trial.relation._replace(strength=strength) if 2 * trial.agreeing >= trial.tried else None


def _best(trials: Iterable[_Trial]) -> Relation | None:
    """The trial that most rows obey, as strong as rows and head make it; None when too little speaks for it."""
    best = max(trials, key=lambda trial: trial.merit, default=None)
    if best is None:
        return None
    relation = best.relation
    if best.is_learned:
        most = best.pointed == 2 or 4 * best.agreeing >= 3 * best.tried
        sure = best.telling >= 8 or (best.pointed > 0 and most)
        return relation._replace(strength=Strength.CERTAIN if sure else Strength.LIKELY, basis="learned from the rows")
    if not best.pointed or best.tried == 0:
        return None
    if best.telling and 2 * best.agreeing >= best.tried:
        return relation._replace(strength=Strength.LIKELY, basis="the head and a row")
    if best.pointed == 2 and best.tried == 1:
        return relation._replace(strength=Strength.LIKELY, basis="the head")
    return None


def _trials(sheet: Sheet, rows: list[Row], column: Column) -> Iterator[_Trial]:
    near = [i for i in sheet.figures if i != column.index and abs(i - column.index) <= _NEIGHBOURS]
    if column.has("percent") or not (column.has(*_PLAIN) or _is_counted(sheet, rows, column)):
        for first, second in permutations(near, 2):
            if not _can_divide(sheet, column, first, second):
                continue
            pointed = _points(sheet, column, first, second)
            if not column.has("share"):
                yield _try(rows, _plain(RATIO, column, first, second), pointed)
            yield _try(rows, _plain(GROWTH, column, first, second), pointed if column.has("change") else 0)
    if column.has("change", "remains"):
        yield from _difference_trials(sheet, rows, column, near)
    if column.has("output") or not column.has("percent", "change", "remains", "plan"):
        pairs = [pair for pair in permutations(near, 2) if _are_factors(sheet, column.index, *pair)]
        yield from _product_trials(sheet, rows, column.index, pairs)


def _is_counted(sheet: Sheet, rows: list[Row], column: Column) -> bool:
    """Whether a column without a word of per cent holds counts of a thing: "Đơn vị tính: đơn"."""
    units = [sheet.unit_at(row, column.index) for row in rows[:_VAIN]]
    return bool(units) and all(unit is not None and not is_measured(unit.measure.dimension) for unit in units)


def _plain(operation: str, column: Column, first: int, second: int) -> Relation:
    return Relation(operation, column.index, (first, second), Strength.LIKELY, "")


def _can_divide(sheet: Sheet, column: Column, first: int, second: int) -> bool:
    """Whether a percentage may be of these two: not of another percentage that is told of the same things."""
    one, other = sheet.columns[first], sheet.columns[second]
    if one.has("percent") != other.has("percent"):
        return False
    return not (one.has("percent") and column.index > max(first, second) and not column.has("change"))


def _points(sheet: Sheet, column: Column, first: int, second: int) -> int:
    """How far the head names the sides of a percentage: what is compared, and with what."""
    part, whole = sheet.columns[first], sheet.columns[second]
    if part.has("percent", "change") or whole.has("percent", "change"):
        return 0
    own = part.has("actual") or not part.has("plan", "last")
    if column.has("last"):
        return 2 if whole.has("last") and own else 0
    if column.has("plan"):
        same = not column.authority or not whole.authority or column.authority == whole.authority
        return 2 if whole.has("plan") and own and same else 0
    return 1 if not part.has("plan", "last") and first > second else 0


def _difference_trials(sheet: Sheet, rows: list[Row], column: Column, near: list[int]) -> Iterator[_Trial]:
    for first, second in permutations(near, 2):
        one, other = sheet.columns[first], sheet.columns[second]
        if one.has("percent") != other.has("percent") or one.has("change", "remains") or other.has("change"):
            continue
        pointed = 2 if other.has("last") and not one.has("plan", "last") else 1
        yield _try(rows, _plain(DIFFERENCE, column, first, second), pointed)


def _are_factors(sheet: Sheet, index: int, first: int, second: int) -> bool:
    """Whether two columns are the area and the yield of an output, all three told of one time: a plan is no result."""
    columns = [sheet.columns[each] for each in (index, first, second)]
    sides = {mark for column in columns for mark in ("plan", "last", "actual") if column.has(mark)}
    return columns[1].has("area") and columns[2].has("yield") and len(sides) <= 1


def _product_trials(sheet: Sheet, rows: list[Row], index: int, pairs: Iterable[tuple[int, ...]]) -> Iterator[_Trial]:
    pointed = 2 if sheet.columns[index].has("output") else 0
    for operands in pairs:
        for factor in (Decimal("0.1"), Decimal(1)):
            yield _try(rows, Relation(PRODUCT, index, operands, Strength.LIKELY, "", factor), pointed)


def _sum_trials(sheet: Sheet, rows: list[Row], index: int, additive: list[int]) -> Iterator[_Trial]:
    """A column as the sum of those right after it, or right before it."""
    place = additive.index(index)
    pointed = 1 if sheet.columns[index].has("total") else 0
    for count in range(2, 9):
        after, before = additive[place + 1 : place + 1 + count], additive[max(0, place - count) : place]
        for operands in (after, before):
            if len(operands) == count:
                yield _try(rows, Relation(SUM, index, tuple(operands), Strength.LIKELY, ""), pointed)


def _try(rows: list[Row], relation: Relation, pointed: int) -> _Trial:
    agreeing = telling = tried = 0
    for row in rows:
        stated = row.entries.get(relation.result)
        operands = operands_of(row, relation)
        if stated is None or not operands:
            continue
        tried += 1
        if tried == _VAIN and not agreeing:
            break
        if agrees(relation, stated, operands):
            agreeing += 1
            telling += _is_telling(relation, stated, operands)
    return _Trial(relation, agreeing, telling, tried, pointed)


def operands_of(row: Row, relation: Relation) -> tuple[Entry, ...]:
    """The operands' figures in a row; () when they are not there. A sum may lack some of its parts."""
    if relation.operation != SUM:
        first, second = map(row.entries.get, relation.operands)
        return () if first is None or second is None else (first, second)
    entries = tuple(row.entries[i] for i in relation.operands if i in row.entries)
    return entries if len(entries) >= 2 else ()


def agrees(relation: Relation, stated: Entry, operands: tuple[Entry, ...]) -> bool:
    """Whether a row obeys a relation, up to one last place."""
    value = computed(relation, [entry.value for entry in operands])
    if value is None:
        return False
    slack = Decimal(1).scaleb(-stated.decimals)
    if relation.operation in (SUM, DIFFERENCE):
        inputs = max((entry.decimals for entry in operands), default=0)
        slack = Decimal(1).scaleb(-inputs) if inputs else Decimal(0)
        slack = max(slack, Decimal(1).scaleb(-stated.decimals) if inputs > stated.decimals else Decimal(0))
    elif relation.operation == PRODUCT:
        slack = max(slack, abs(value) / 500)
    return abs(value - stated.value) <= slack


def computed(relation: Relation, values: list[Decimal]) -> Decimal | None:
    """What a relation makes of its operands; None where it would divide by nothing."""
    if relation.operation == SUM:
        return sum(values, Decimal(0))
    first, second = values
    if relation.operation == DIFFERENCE:
        return first - second
    if relation.operation == PRODUCT:
        return first * second * relation.factor
    if second == 0:
        return None
    share = _HUNDRED * first / second
    return share if relation.operation == RATIO else share - _HUNDRED


def _is_telling(relation: Relation, stated: Entry, operands: tuple[Entry, ...]) -> bool:
    if relation.operation == RATIO:
        return stated.value != _HUNDRED and stated.value != 0
    if relation.operation == PRODUCT:
        return True
    largest = max(abs(entry.value) for entry in (stated, *operands))
    return stated.value != 0 and largest >= _SMALL and sum(entry.value != 0 for entry in operands) >= 2
