"""The tables of the annexes as files that officials can read and mend: which rows, which columns, what makes what.

One file a table. README.md beside it says what the files hold. A file that cannot be read is a fault of the product:
``problems`` proves all of them sound against the catalogue.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any

from baocao.model.indicator import Indicator, Over
from baocao.model.observation import Breakdown
from baocao.model.text import Text
from baocao.reference.indicators import Dimension

UNITS = "units"  # ``each``: one row for each unit below
_WORDS = "words"  # the file of heads and marks, which is no table


class Shown(Enum):
    """What a column shows of a measure."""

    PLAN = "plan"  # one column for each authority that asks for something
    RESULT = "result"
    PERCENT_PLAN = "percent_plan"  # one column for each authority
    EARLIER = "earlier"  # the same period of the year before
    PERCENT_EARLIER = "percent_earlier"
    CHANGE = "change"  # more or less than the same period


@dataclass(frozen=True, slots=True)
class ColumnForm:
    """The columns of one measure under one head.

    ``made_of`` are other measures whose figures add up to this one, in the same row; with ``over`` the sum is divided
    by that measure and told ``per`` so many.
    """

    of: str
    head: str
    shows: tuple[Shown, ...]
    made_of: tuple[str, ...] = ()
    over: str = ""
    per: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class RowForm:
    """A row, or one for each member of a breakdown or each unit below (``each``, save those ``without``).

    ``level`` 0 is the whole table, 1 a group (I, II), 2 a line (1, 2), 3 a part of it (-). With ``is_sum`` the rows
    of the next level below add up to it. ``measures`` are indicators by the columns' ``of``; none for a bare heading.
    """

    level: int
    name: str = ""
    measures: tuple[tuple[str, str], ...] = ()
    breakdown: Breakdown = ()
    each: str = ""
    without: tuple[str, ...] = ()
    is_sum: bool = False
    number: str = ""

    def indicator(self, measure: str) -> str:
        return dict(self.measures).get(measure, "")


@dataclass(frozen=True, slots=True)
class TableForm:
    """A table of the annexes, for the years from ``first_year`` to ``last_year`` (0: open)."""

    name: str
    title: str
    label: str
    columns: tuple[ColumnForm, ...]
    rows: tuple[RowForm, ...]
    unit_line: str = ""
    has_measure: bool = False
    first_year: int = 0
    last_year: int = 0

    def is_for(self, year: int) -> bool:
        return self.first_year <= year and (not self.last_year or year <= self.last_year)

    @property
    def codes(self) -> tuple[str, ...]:
        """The indicators that it tells of."""
        return tuple(dict.fromkeys(code for row in self.rows for _, code in row.measures))


@cache
def tables() -> tuple[TableForm, ...]:
    """All tables of sectors, in the order of their files."""
    room = sorted(files(__name__).iterdir(), key=lambda entry: entry.name)
    named = [entry for entry in room if entry.name.endswith(".toml") and entry.name != f"{_WORDS}.toml"]
    return tuple(table_in(entry.read_text(encoding="utf-8")) for entry in named)


@cache
def words() -> dict[str, Any]:
    """Heads, marks and the words of targets."""
    return tomllib.loads(files(__name__).joinpath(f"{_WORDS}.toml").read_text(encoding="utf-8"))


def table_in(text: str) -> TableForm:
    """The table of one file's text. Raises ``KeyError``, ``ValueError`` for what no table has."""
    raw = tomllib.loads(text, parse_float=Decimal)
    shared = raw.get("measures", {})
    return TableForm(
        raw["name"],
        raw["title"],
        raw["label"],
        tuple(_column(column) for column in raw["columns"]),
        tuple(_row(row, shared) for row in raw["rows"]),
        raw.get("unit_line", ""),
        raw.get("has_measure", False),
        raw.get("first_year", 0),
        raw.get("last_year", 0),
    )


def _column(raw: Mapping[str, Any]) -> ColumnForm:
    return ColumnForm(
        raw["of"],
        raw["head"],
        tuple(Shown(word) for word in raw.get("shows", ["result"])),
        tuple(raw.get("made_of", ())),
        raw.get("over", ""),
        Decimal(raw.get("per", 1)),
    )


def _row(raw: Mapping[str, Any], shared: Mapping[str, str]) -> RowForm:
    own = raw.get("measures", {})
    measures = {} if raw.get("is_heading", False) else {**shared, **own}
    if "indicator" in raw:
        measures = {"": raw["indicator"]}
    return RowForm(
        raw["level"],
        raw.get("name", ""),
        tuple(measures.items()),
        tuple(sorted(raw.get("breakdown", {}).items())),
        raw.get("each", ""),
        tuple(raw.get("without", ())),
        raw.get("is_sum", False),
        raw.get("number", ""),
    )


_NO_INDICATOR = Text(
    "Bảng {table}: không có chỉ tiêu “{code}” trong danh mục; hãy sửa mã.",
    "Table {table}: no indicator “{code}” in the catalogue; correct the code.",
)
_NO_DIMENSION = Text(
    "Bảng {table}, chỉ tiêu {code}: không phân tổ theo “{dimension}”; hãy sửa hàng hoặc danh mục.",
    "Table {table}, indicator {code}: is not broken down by “{dimension}”; correct the row or the catalogue.",
)
_NO_MEMBER = Text(
    "Bảng {table}: phân tổ {dimension} không có “{member}”; hãy sửa hàng.",
    "Table {table}: the breakdown {dimension} has no “{member}”; correct the row.",
)
_NO_MEASURE = Text(
    "Bảng {table}: không hàng nào có số liệu cho cột “{measure}”; hãy sửa cột.",
    "Table {table}: no row has figures for the column “{measure}”; correct the column.",
)
_NO_SUM = Text(
    "Bảng {table}, chỉ tiêu {code}: không cộng được theo đơn vị nên không là tổng của các hàng dưới.",
    "Table {table}, indicator {code}: does not add up over places, so rows below do not make it.",
)


_NO_BASE = Text(
    "Bảng {table}, cột “{measure}”: so sánh cần cả cột thực hiện và cột so sánh; hãy thêm vào shows.",
    "Table {table}, column “{measure}”: a comparison needs the result and its base; add both to shows.",
)
_NEEDS = {
    Shown.PERCENT_PLAN: (Shown.RESULT, Shown.PLAN),
    Shown.PERCENT_EARLIER: (Shown.RESULT, Shown.EARLIER),
    Shown.CHANGE: (Shown.RESULT, Shown.EARLIER),
}


def problems(
    table: TableForm, indicators: Mapping[str, Indicator], dimensions: Mapping[str, Dimension]
) -> tuple[Text, ...]:
    """All that is wrong with a table; empty when it is sound."""
    return tuple(_problems(table, indicators, dimensions))


def _problems(
    table: TableForm, indicators: Mapping[str, Indicator], dimensions: Mapping[str, Dimension]
) -> Iterator[Text]:
    told = {measure for row in table.rows for measure, _ in row.measures}
    for column in table.columns:
        if not {base for shown in column.shows for base in _NEEDS.get(shown, ())} <= set(column.shows):
            yield _NO_BASE.fill(table=table.name, measure=column.of)
        for measure in (column.of, *column.made_of, *filter(None, (column.over,))):
            if measure not in told:
                yield _NO_MEASURE.fill(table=table.name, measure=measure)
    for row in table.rows:
        for dimension, member in (*row.breakdown, *((row.each, member) for member in row.without)):
            if dimension in dimensions and member not in {one.code for one in dimensions[dimension].members}:
                yield _NO_MEMBER.fill(table=table.name, dimension=dimension, member=member)
        for _, code in row.measures:
            yield from _misfits(table, row, code, indicators.get(code))


def _misfits(table: TableForm, row: RowForm, code: str, indicator: Indicator | None) -> Iterator[Text]:
    """What keeps an indicator from standing in a row."""
    if indicator is None:
        yield _NO_INDICATOR.fill(table=table.name, code=code)
        return
    wanted = [dimension for dimension, _ in row.breakdown]
    wanted += [row.each] if row.each not in ("", UNITS) else []
    for dimension in wanted:
        if dimension not in indicator.breakdowns:
            yield _NO_DIMENSION.fill(table=table.name, code=code, dimension=dimension)
    if row.is_sum and indicator.over_place not in (Over.SUM, Over.RECOMPUTE):
        yield _NO_SUM.fill(table=table.name, code=code)
