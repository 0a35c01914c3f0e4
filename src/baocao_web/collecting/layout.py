"""What stands on a form (biểu): rows and columns, and which address each of its cells fills.

A layout is kept as JSON with its form and never changes once a round uses it: a change is a new version. A cell is
known by its row and its column ("yen_bai.lua@mua:actual"), which stays the same from one version to the next, so that
figures, workbooks and comments find their cell again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from enum import Enum
from functools import cached_property
from typing import Any, Final

from baocao.model.observation import Address, Scenario, breakdown_of
from baocao.model.period import Period
from baocao.model.text import Text

LARGEST: Final = 20_000  # cells of one form: more is no form but a file to be loaded
APART: Final = ":"
NO_WORDS: Final = Text("", "")


class When(Enum):
    """Which period a column is of, seen from that of the round."""

    THIS = "this"
    YEAR_TO_DATE = "year_to_date"  # lũy kế từ đầu năm
    PREVIOUS = "previous"
    LAST_YEAR = "last_year"  # cùng kỳ
    WHOLE_YEAR = "whole_year"  # for estimates of the year

    def of(self, period: Period) -> Period:
        """The period meant, of a round's period."""
        match self:
            case When.THIS:
                return period
            case When.PREVIOUS:
                return period.previous
            case When.LAST_YEAR:
                return period.last_year
            case When.YEAR_TO_DATE:
                return Period(period.end.replace(month=1, day=1), period.end)
            case When.WHOLE_YEAR:
                return Period.part(period.end.year)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a form: an indicator, or a member of its breakdown, or of one unit; without one a heading."""

    key: str
    name: Text
    number: str = ""
    indicator: str = ""
    breakdown: str = ""
    measure: Text = NO_WORDS
    unit: str = ""
    is_derived: bool = False
    is_compulsory: bool = False

    @property
    def is_heading(self) -> bool:
        return not self.indicator


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a form: figures of one scenario and period; ``is_entry`` where people type them."""

    key: str
    name: Text
    scenario: Scenario = Scenario.ACTUAL
    when: When = When.THIS
    is_entry: bool = True


@dataclass(frozen=True)  # no slots: cells are gathered once
class Layout:
    """The rows and columns of one version of a form."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]

    @cached_property
    def entries(self) -> Mapping[str, tuple[Row, Column]]:
        """The cells that people fill, by their keys, in the order of the form."""
        return {
            cell_key(row, column): (row, column)
            for row in self.rows
            if not row.is_heading and not row.is_derived
            for column in self.columns
            if column.is_entry
        }

    @cached_property
    def is_of_units(self) -> bool:
        """Whether its lines are of units, so that one office fills it in for all of them."""
        return any(row.unit for row in self.rows)

    def doubled(self, period: Period) -> tuple[Column, Column] | None:
        """Two columns of entry that are one in this period, as the year to date and January are."""
        seen: dict[tuple[Scenario, Period], Column] = {}
        for column in self.columns:
            key = (column.scenario, column.when.of(period))
            if column.is_entry and key in seen:
                return seen[key], column
            if column.is_entry:
                seen[key] = column
        return None

    def address(self, cell: str, unit: str, period: Period) -> Address:
        """The address that a cell fills for a unit and a round's period. Raises ``KeyError``."""
        row, column = self.entries[cell]
        return self.address_of(row, column, unit, period)

    def address_of(self, row: Row, column: Column, unit: str, period: Period) -> Address:
        """The address of any cell that is of an indicator."""
        of = column.when.of(period)
        return Address(row.unit or unit, row.indicator, of, column.scenario, "", breakdown_of(row.breakdown))

    def figures(self) -> Iterator[tuple[Row, Column]]:
        """All cells that hold a figure, typed or not."""
        return ((row, column) for row in self.rows if not row.is_heading for column in self.columns)


def cell_key(row: Row, column: Column) -> str:
    return f"{row.key}{APART}{column.key}"


def written(layout: Layout) -> dict[str, Any]:
    """A layout as JSON."""
    return {
        "rows": [asdict(row) for row in layout.rows],
        "columns": [
            {**asdict(column), "scenario": column.scenario.value, "when": column.when.value}
            for column in layout.columns
        ],
    }


def read(kept: Mapping[str, Any]) -> Layout:
    """A layout from JSON as ``written`` made it."""
    rows = tuple(replace(Row(**row), name=Text(**row["name"]), measure=Text(**row["measure"])) for row in kept["rows"])
    columns = tuple(
        Column(
            column["key"],
            Text(**column["name"]),
            Scenario(column["scenario"]),
            When(column["when"]),
            column["is_entry"],
        )
        for column in kept["columns"]
    )
    return Layout(rows, columns)
