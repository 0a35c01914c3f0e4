"""Claims along a row: each figure of a column that follows from other columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from baocao.grammar.percents import PLAN, SAME_PERIOD, WHOLE
from baocao.grammar.table_plans import plan_columns
from baocao.grammar.table_relations import (
    DIFFERENCE,
    GROWTH,
    PRODUCT,
    RATIO,
    SUM,
    Relation,
    agrees,
    operands_of,
    relations,
)
from baocao.grammar.table_sheet import Row, Sheet
from baocao.model import Agreement, Change, Claim, Direction, Figure, Product, Ratio, Span, Strength, Total

_GOOD = (Agreement.EXACT, Agreement.TRUNCATED, Agreement.WITHIN_ROUNDING)


def column_claims(sheet: Sheet) -> Iterator[Claim]:
    """The claims of all rows of a sheet, by the relations of its columns."""
    found = relations(sheet)
    for relation in found:
        for row in sheet.rows:
            stated = row.entries.get(relation.result)
            operands = operands_of(row, relation)
            if stated is None:
                continue
            if not operands:
                yield from _of_other_plan(sheet, row, relation)
                continue
            claim = _claim(sheet, row, relation)
            if not agrees(relation, stated, operands) and claim.agreement is Agreement.DISAGREE:
                claim = _otherwise(sheet, row, relation) or _weighed(claim)
            yield claim
    yield from _shares_of_total(sheet, {relation.result for relation in found})


def _of_other_plan(sheet: Sheet, row: Row, relation: Relation) -> Iterator[Claim]:
    """A percentage of a plan that the row leaves empty is weighed against the one plan that it has."""
    if relation.operation != RATIO or relation.operands[0] not in row.entries:
        return
    plans = [index for index in plan_columns(sheet) if index in row.entries and row.entries[index].value > 0]
    if relation.operands[1] in plan_columns(sheet) and len(plans) == 1:
        turned = relation._replace(operands=(relation.operands[0], plans[0]), basis="the row's only plan")
        claim = _claim(sheet, row, turned._replace(strength=Strength.POSSIBLE))
        yield claim if claim.agreement in _GOOD else replace(claim, strength=Strength.LIKELY)


def _weighed(claim: Claim) -> Claim:
    """A claim against a percentage is only likely when rounded whole numbers under it would explain it."""
    if not isinstance(claim, Ratio) or claim.part is None or claim.whole is None:
        return claim
    rounded = replace(claim, part=_rounded(claim.part), whole=_rounded(claim.whole))
    return claim if rounded.agreement is Agreement.DISAGREE else replace(claim, strength=Strength.LIKELY)


def _rounded(figure: Figure) -> Figure:
    return replace(figure, quantity=replace(figure.quantity, is_count=False))


def _otherwise(sheet: Sheet, row: Row, relation: Relation) -> Claim | None:
    """Another reading of one row that agrees exactly: its plan over its result (of a fall), points, growth."""
    if relation.operation not in (RATIO, GROWTH):
        return None
    first, second = relation.operands
    for operation, pair in (
        (RATIO, (first, second)),
        (GROWTH, (first, second)),
        (RATIO, (second, first)),
        (DIFFERENCE, (first, second)),
    ):
        if operation == DIFFERENCE and not (row.unit is not None and row.unit.is_percent):
            continue
        claim = _claim(sheet, row, relation._replace(operation=operation, operands=pair, strength=Strength.POSSIBLE))
        if claim.agreement is Agreement.EXACT:
            return claim
    return None


def _claim(sheet: Sheet, row: Row, relation: Relation) -> Claim:
    """The claim of a row; a relation that was turned round for one row has its columns turned round."""
    figures = tuple(sheet.figure(row, column) for column in relation.operands if column in row.entries)
    also = (row.label_span,) if row.label_span is not None else ()
    return _made(sheet, relation, sheet.figure(row, relation.result), figures, also)


def _made(
    sheet: Sheet, relation: Relation, stated: Figure, figures: tuple[Figure, ...], also: tuple[Span, ...]
) -> Claim:
    at, strength, basis = stated.span, relation.strength, relation.basis
    if relation.operation == SUM:
        return Total(at, stated, strength, basis, also, figures)
    first, second = figures
    if relation.operation == PRODUCT:
        return Product(at, stated, strength, basis, also, first, second, relation.factor)
    if relation.operation == RATIO:
        column = sheet.columns[relation.result]
        against = SAME_PERIOD if column.has("last") else PLAN if column.has("plan") else WHOLE
        return Ratio(at, stated, strength, basis, also, first, second, against, column.authority)
    relative = relation.operation == GROWTH
    if not relative and sheet.columns[relation.result].has("remains"):
        return Change(at, stated, strength, basis, also, first, second, Direction.DOWN, relative)
    return Change(at, stated, strength, basis, also, second, first, Direction.UP, relative)


def _shares_of_total(sheet: Sheet, known: set[int]) -> Iterator[Claim]:
    """A column of shares that no other column gives, each of which is its row's part of the total row."""
    total = next((row for row in sheet.rows if row.total), None)
    if total is None:
        return
    for index in sheet.figures:
        column = sheet.columns[index]
        if index in known or not column.has("percent") or column.has("plan", "last", "change"):
            continue
        base = next((i for i in reversed(sheet.figures) if i < index and sheet.is_additive(i)), -1)
        whole = total.entries.get(base)
        if whole is None or whole.value == 0:
            continue
        claims = [claim for row in sheet.rows if (claim := _share(sheet, row, index, base, total)) is not None]
        good = sum(claim.agreement in _GOOD for claim in claims)
        if good >= 3 and 3 * good >= 2 * len(claims):
            yield from claims


def _share(sheet: Sheet, row: Row, index: int, base: int, total: Row) -> Ratio | None:
    stated, part = row.entries.get(index), row.entries.get(base)
    if row.total or stated is None or part is None or not Decimal(0) <= stated.value <= 100:
        return None
    also = (row.label_span,) if row.label_span is not None else ()
    figures = sheet.figure(row, base), sheet.figure(total, base)
    return Ratio(
        stated.span, sheet.figure(row, index), Strength.LIKELY, "share of the total row", also, *figures, WHOLE
    )
