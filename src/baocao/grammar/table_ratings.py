"""Ratings of rows: "Vượt KH", "Đạt", "Không đạt" follow from the percentages of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from baocao.grammar.table_cells import Entry, folded
from baocao.grammar.table_plans import plan_columns, result_column
from baocao.grammar.table_sheet import Row, Sheet
from baocao.model import Comparator, Strength, Value
from baocao.reference import load

RATED = "rating"
_FULL = Decimal(100)
_NEARLY = Decimal("99.5")  # rounds to 100
_CEILINGS = (Comparator.AT_MOST,)


def rating_claims(sheet: Sheet) -> Iterator[Value]:
    """The rows whose rating no percentage of theirs bears out.

    Half-way through a year ratings are given for progress and not for the whole plan: where many rows
    of a table are like that, none is told.
    """
    columns = _percent_columns(sheet)
    against, judged = [], 0
    for place, row in enumerate(sheet.rows):
        if not row.rating or row.rated is None or _is_compound(sheet.rows, place) or _is_lower_better(row.label):
            continue
        percents, entries = _percents(sheet, row, columns)
        if not percents or _is_ceiling(sheet, row):
            continue
        judged += 1
        if not any(_bears_out(row.rating, percent) for percent in percents):
            sure = row.rating != "exceeded" or max(percents) < _NEARLY
            strength = Strength.CERTAIN if sure else Strength.LIKELY
            spans = tuple(entry.span for entry in entries)
            also = (*spans, row.label_span) if row.label_span is not None else spans
            against.append(Value(row.rated, None, strength, RATED, also))
    if 3 * len(against) <= judged or judged <= 2:
        yield from against


def _percent_columns(sheet: Sheet) -> list[int]:
    percent = [i for i in sheet.figures if sheet.columns[i].has("percent") and not sheet.columns[i].has("change")]
    plan = [i for i in percent if sheet.columns[i].has("plan") and not sheet.columns[i].has("last")]
    return plan or [i for i in percent if not sheet.columns[i].has("last")]


def _percents(sheet: Sheet, row: Row, columns: list[int]) -> tuple[list[Decimal], list[Entry]]:
    """The percentages of the plan as printed, else those of the row's plans and its result."""
    printed = [row.entries[i] for i in columns if i in row.entries]
    if printed:
        return [entry.value for entry in printed], printed
    result = row.entries.get(result_column(sheet))
    plans = [row.entries[i] for i in plan_columns(sheet) if i in row.entries and row.entries[i].value > 0]
    if columns or result is None:
        return [], []
    return [_FULL * result.value / plan.value for plan in plans], [*plans, result]


def _is_ceiling(sheet: Sheet, row: Row) -> bool:
    """Whether a plan of the row is not to be passed ("không quá 26", "dưới 4")."""
    plans = (row.entries[i] for i in plan_columns(sheet) if i in row.entries)
    return any(plan.comparator in _CEILINGS for plan in plans)


def _bears_out(rating: str, percent: Decimal) -> bool:
    if rating == "missed":
        return percent < _FULL
    return percent > _FULL if rating == "exceeded" else percent >= _NEARLY


def _is_compound(rows: list[Row], place: int) -> bool:
    """Whether a rating stands for rows under it too: rows without a number and without a rating of their own."""
    row = rows[place]
    if not row.entries:
        return True
    following = rows[place + 1] if place + 1 < len(rows) else None
    if following is None or following.rating or not following.entries:
        return False
    return following.marker in ("", "-", "+", "*", "•", "small") and following.marker != row.marker


def _is_lower_better(label: str) -> bool:
    words, table = folded(label), load("tables")["ratings"]
    if not any(f" {phrase} " in words for phrase in table["lower_is_better"]):
        return False
    return " còn " in words or not any(f" {phrase} " in words for phrase in table["lowering"])
