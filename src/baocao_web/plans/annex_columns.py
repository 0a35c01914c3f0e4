"""The columns of an annex: what the heading of each says, and whether its figures belong to the decision at hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from re import compile as pattern
from typing import Final

from baocao.figures.intake_columns import ValueColumn
from baocao.figures.intake_heads import text_of
from baocao.figures.intake_layout import Layout, find_layout, numbers_columns
from baocao.figures.intake_names import Names
from baocao.figures.intake_numbers import Habit, habit_of
from baocao.figures.intake_totals import is_total_row
from baocao.figures.intake_words import fold
from baocao.model.observation import Scenario
from baocao.model.period import CutOff, Period
from baocao.model.sheet import Sheet, column_letters
from baocao.model.target import Decision
from baocao.model.text import Text
from baocao_web.plans.annex_sheets import Spot, without

_OF_PLAN: Final = Text("chỉ tiêu do {authority} giao", "targets of {authority}")
_OF_ACTUAL: Final = Text("số thực hiện, không phải chỉ tiêu: không lấy", "results, no targets: not taken")
_OF_YEAR: Final = Text("của kỳ {period}, không phải năm {year}: không lấy", "of {period}, not of {year}: not taken")
_OF_OTHER: Final = Text(
    "do {authority} giao, không theo quyết định này: không lấy", "set by {authority}, not by this decision: not taken"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The decision that an annex belongs to: of whom, for which unit (and those below it) and year."""

    unit: str
    year: int
    authority: str
    decision: Decision
    holds_from: date

    @property
    def period(self) -> Period:
        return Period.part(self.year)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of figures: where its heading stands, what it says, what it was taken for."""

    at: Spot
    letters: str
    heading: str
    meaning: Text
    is_taken: bool
    caption: Spot | None = None  # what stands over it and is the reason why it is not taken


APART: Final = "\x1f"  # a sign that no name of a sheet holds


def own_name(sheet: Sheet, at: int) -> str:
    """A name by which a sheet is known again: its number, behind it its own name."""
    return f"{at}{APART}{sheet.name}"


_OWN_NAME: Final = pattern(f"[0-9]+{APART}(?P<name>[^!]*)!")


def by_own_names(words: str, sheets: Sequence[Sheet]) -> str:
    """Words with sheets by their own names; the only sheet is not named."""
    name = r"\g<name>!" if len(sheets) > 1 else ""
    return _OWN_NAME.sub(name, words).replace(APART, " ")


def number_of(name: str) -> int:
    return int(name.partition(APART)[0])


@dataclass(frozen=True, slots=True)
class Whole:
    """A column (by its letters) or a row (by its number) of sums: where it is named, and how."""

    at: Spot
    named: str
    words: str


def layout_of(sheet: Sheet, names: Names) -> Layout | None:
    """Where everything stands in a sheet; None where that cannot be told."""
    found = find_layout(sheet, names, CutOff.CALENDAR) if sheet.rows else ()
    return found if isinstance(found, Layout) else None


def prepared(sheet: Sheet, at: int, layout: Layout | None, asked: Asked, columns: list[Column]) -> Sheet:
    """The sheet without the figures of columns that this decision has nothing to do with; each is told."""
    if layout is None or not layout.is_wide:
        return sheet
    gone: set[int] = set()
    for value in layout.values:
        meaning, is_taken = _meaning(value, asked)
        heading = _heading(sheet, layout, value.column)
        place = Spot(at, layout.headings, value.column)
        caption = None if is_taken else _caption(sheet, at, layout, value)
        columns.append(Column(place, column_letters(value.column), heading, meaning, is_taken, caption))
        if not is_taken:
            gone.add(value.column)
    if any(value.unit and value.column in gone for value in layout.values):
        gone.update(layout.totals)  # of columns of which some are not taken
    rows = [row.number for row in sheet.rows[_below(sheet, layout) :] if not numbers_columns(row)]
    return without(sheet, ((row, column) for row in rows for column in gone))


def _below(sheet: Sheet, layout: Layout) -> int:
    """How many rows there are down to the headings."""
    return sum(row.number <= layout.headings for row in sheet.rows)


def habit(sheets: Iterable[Sheet], layouts: Iterable[Layout | None]) -> Habit | None:
    """How the figures of an annex are written where they do not tell themselves: as here; None where they do."""
    texts = (
        text
        for sheet, layout in zip(sheets, layouts, strict=True)
        if layout is not None
        for row in sheet.rows[_below(sheet, layout) :]
        for value in layout.values
        if value.column < len(row.cells) and isinstance(text := row.cells[value.column], str)
    )
    return Habit.VIETNAMESE if habit_of(texts) is Habit.UNKNOWN else None


def wholes(sheet: Sheet, at: int, layout: Layout | None) -> list[Whole]:
    """The columns and rows of sums: they are never taken, unless somebody says that they are the unit's own targets."""
    if layout is None:
        return []
    found = [
        Whole(Spot(at, layout.headings, column), column_letters(column), _heading(sheet, layout, column))
        for column in layout.totals
    ]
    for row in sheet.rows[_below(sheet, layout) :]:
        if is_total_row(layout, row):
            column = next(one for one in layout.fields["unit"] if one < len(row.cells) and text_of(row.cells[one]))
            found.append(Whole(Spot(at, row.number, column), str(row.number), text_of(row.cells[column])))
    return found


def _meaning(value: ValueColumn, asked: Asked) -> tuple[Text, bool]:
    """What a column of figures is, and whether its targets are of this decision."""
    if value.scenario not in (None, Scenario.TARGET):
        return _OF_ACTUAL, False
    if value.period is not None and value.period != asked.period:
        return _OF_YEAR.fill(period=value.period.code, year=asked.year), False
    if value.authority and not is_of(value.authority, asked.authority):
        return _OF_OTHER.fill(authority=value.authority), False
    return _OF_PLAN.fill(authority=asked.authority), True


def is_of(seen: str, authority: str) -> bool:
    """Whether a heading's authority is the one meant: "HĐND" in the annex of "HĐND tỉnh"."""
    one, other = f"{fold(seen)} ", f"{fold(authority)} "
    return one.startswith(other) or other.startswith(one)


def _heading(sheet: Sheet, layout: Layout, column: int) -> str:
    """What stands over a column, from its widest group down."""
    texts = (words for _, words in _heads(sheet, layout, column))
    return " / ".join(dict.fromkeys(filter(None, texts)))


def _caption(sheet: Sheet, at: int, layout: Layout, value: ValueColumn) -> Spot | None:
    """Where the caption over a column stands whose own heading is a unit or an indicator; else None."""
    if not (value.unit or value.indicator):
        return None
    *above, own = _heads(sheet, layout, value.column)
    return next((Spot(at, *place) for place, words in reversed(above) if words and words != own[1]), None)


def _heads(sheet: Sheet, layout: Layout, column: int) -> list[tuple[tuple[int, int], str]]:
    """The cells over a column and their words, the highest first; joined ones by their head."""
    rows = {row.number: row for row in sheet.rows}
    found = []
    for number in range(max(layout.headings - 2, 1), layout.headings + 1):
        area = next((one for one in sheet.merged if one[0] <= number <= one[2] and one[1] <= column <= one[3]), None)
        row, at = (area[0], area[1]) if area else (number, column)
        cells = rows[row].cells if row in rows else ()
        found.append(((row, at), " ".join(text_of(cells[at]).split()) if at < len(cells) else ""))
    return found
