"""One row of a printed annex: its plans, its result, and how the percentages and the rating follow from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from baocao.figures.compare_heads import Columns, rating_said, says
from baocao.figures.intake_words import outcome_meant, toned
from baocao.figures.rating import Rated, judge
from baocao.figures.target_words import ReadNumber, TargetWords, read_target
from baocao.model.indicator import Aim
from baocao.model.quantity import Interval, Quantity
from baocao.model.target import Rating, TargetKind
from baocao.model.text import Text
from baocao.reference import load

_FIGURES = (TargetKind.EXACTLY, TargetKind.MAINTAIN, TargetKind.REDUCE_BY)


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row as it reads. ``plans`` and ``result`` are None where a cell is blank, words where it is not understood.

    ``aims`` are the directions that the indicator's name allows, the likeliest first.
    """

    place: int
    number: str
    name: str
    measure: str
    plans: tuple[tuple[int, TargetWords | Text], ...]
    result: TargetWords | Text | None
    aims: tuple[Aim, ...]
    rating: Rating | None

    def plan(self, column: int) -> TargetWords | Text | None:
        return dict(self.plans).get(column)

    @property
    def achieved(self) -> Decimal | None:
        """The result's figure; 1 or 0 for what is assured or not; None where nothing certain is said."""
        return achieved(self.result)

    @property
    def is_bare(self) -> bool:
        return not self.plans and self.result is None and self.rating is None


def achieved(result: TargetWords | Text | None) -> Decimal | None:
    if not isinstance(result, TargetWords):
        return None
    if result.kind is TargetKind.ASSURED:
        return Decimal(1)
    return result.low if result.kind in _FIGURES else None


def row_of(cells: Sequence[str], place: int, columns: Columns, read_number: ReadNumber, context: str) -> PrintedRow:
    """A row's cells as what they say. ``context`` is the name of the indicator that the row is a part of."""
    name = cells[columns.name]
    plans = tuple((at, read_target(cells[at], read_number)) for at in columns.plans if _is_said(cells[at]))
    seen = cells[columns.result]
    result = read_result(seen, read_number) if _is_said(seen) else None
    measure = cells[columns.measure] if columns.measure >= 0 else ""
    number = cells[columns.number].strip("(). ") if columns.number >= 0 else ""
    rating = rating_said(cells[columns.rating]) if columns.rating >= 0 else None
    return PrintedRow(place, number, name, measure, plans, result, aims_of(name, context), rating)


def _is_said(cell: str) -> bool:
    return any(sign.isalnum() for sign in cell)


def read_result(text: str, read_number: ReadNumber) -> TargetWords | Text:
    """A result as printed; "chưa đảm bảo" is read as nought of what was to be assured."""
    outcome = outcome_meant(text)
    if outcome is None:
        return read_target(text, read_number)
    return TargetWords(TargetKind.ASSURED) if outcome else TargetWords(TargetKind.EXACTLY, Decimal(0))


def aims_of(name: str, context: str = "") -> tuple[Aim, ...]:
    """Which way is good, as far as a name tells; both ways where it speaks of lowering what is bad.

    Shares of a structure have no direction. "còn" tells that the level is meant: "tỷ lệ hộ nghèo còn 3%".
    """
    if says(name, "structure", "rows") or says(context, "structure", "rows"):
        return (Aim.NONE,)
    if not says(name, "lower_is_better", "ratings"):
        return (Aim.HIGHER,)
    if says(name, "lowering", "ratings"):
        return (Aim.HIGHER, Aim.LOWER)
    return (Aim.LOWER, Aim.HIGHER)


def rated(row: PrintedRow, column: int) -> tuple[Rated, ...]:
    """The result against the plan of one column, in each direction that the name allows; none where none is told."""
    plan, result = row.plan(column), row.achieved
    if not isinstance(plan, TargetWords) or result is None or _mixes(plan, row):
        return ()
    found = tuple(judge(plan, result, aim) for aim in row.aims if not _is_level(plan, row, aim))
    if row.aims == (Aim.NONE,) and found and found[0].rating is Rating.NOT_MET:
        return (found[0]._replace(rating=Rating.UNKNOWN),)  # nobody says which way a structure is to move
    return found


def _mixes(plan: TargetWords, row: PrintedRow) -> bool:
    """Whether one of plan and result is a figure and the other an assurance, or their units of measure differ."""
    if not isinstance(row.result, TargetWords):
        return True
    if plan.kind is TargetKind.ASSURED:
        return row.achieved not in (0, 1)
    if row.result.kind is TargetKind.ASSURED:
        return True
    return bool(plan.measure and row.result.measure and plan.measure != row.result.measure)


def _is_level(plan: TargetWords, row: PrintedRow, aim: Aim) -> bool:
    """Whether a fall is asked for and the result may be a level: what it fell from does not stand in the row."""
    return plan.kind is TargetKind.REDUCE_BY and aim is not Aim.HIGHER


def interval(value: Decimal, measure: str) -> Interval:
    """Every value that is printed like this. Whole numbers of counted things are themselves alone."""
    exponent = value.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    is_count = decimals == 0 and bool(measure) and not _is_measured(measure)
    return Quantity(value, decimals, is_count=is_count).interval


@cache
def _measures() -> frozenset[str]:
    return frozenset(toned(word) for words in load("units")["measure"].values() for word in words)


def _is_measured(measure: str) -> bool:
    """Whether a unit of measure is one of physics, money or percent, whose figures are rounded when printed."""
    return any(word in _measures() for word in toned(measure.replace("%", " % ")).split())
