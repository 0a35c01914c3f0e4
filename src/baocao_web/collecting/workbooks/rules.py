"""What may be typed into a form's workbook: rules that its cells keep by themselves, and how it is filled in.

A cell takes a number, one written as 1.234,5, or a mark. Beyond a plausible range the program asks once and lets it
be: an odd year is a year too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from baocao.ledger.judging import range_said
from baocao.model.sheet import column_letters
from baocao_web.collecting.checking import Checks
from baocao_web.collecting.layout import Column, Row, cell_key
from baocao_web.collecting.paper import printing
from baocao_web.collecting.sheets import MARKS
from baocao_web.collecting.workbooks.book import LOCKED, Book

_MARKS: Final = "ky_hieu"  # the name by which rules know the list of marks
_LONGEST: Final = 255  # characters of a message


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of one column that one rule holds for: first and last line, the column, and the range."""

    first: int
    last: int
    right: int
    measure: str
    low: Decimal | None
    high: Decimal | None

    @property
    def at(self) -> str:
        """The first cell; a rule is written for it and moves along."""
        return f"{column_letters(self.right)}{self.first + 1}"


def stretches(checks: Checks, body: int, columns: dict[str, int]) -> Iterator[Stretch]:
    """The cells of entry by the rules that hold for them; ``body`` is the line of the first row."""
    for column in (one for one in checks.layout.columns if one.is_entry):
        lines = enumerate(checks.layout.rows, body)
        for kind, group in groupby(lines, key=lambda pair: _kind(checks, pair[1], column)):
            found = [line for line, _ in group]
            if kind is not None:
                (low, high), measure = kind
                yield Stretch(found[0], found[-1], columns[column.key], measure, low, high)


def _kind(checks: Checks, row: Row, column: Column) -> tuple[tuple[Decimal | None, Decimal | None], str] | None:
    cell = cell_key(row, column)
    return (checks.ranges.get(cell, (None, None)), row.measure.vi) if cell in checks.layout.entries else None


def keep(out: Any, book: Book, stretch: Stretch) -> None:
    """Give the cells of a stretch their rule, and let what is neither number nor mark be seen."""
    area = (stretch.first, stretch.right, stretch.last, stretch.right)
    out.data_validation(*area, _rule(stretch))
    wrong = book.book.add_format({"bg_color": "#F8D7DA", "font_color": "#8A1C1C"})
    is_wrong = f'=AND(ISTEXT({stretch.at}),{stretch.at}<>"",NOT({_readable(stretch.at)}))'
    out.conditional_format(*area, {"type": "formula", "criteria": is_wrong, "format": wrong})


def _rule(stretch: Stretch) -> dict[str, object]:
    words, at, low, high = printing.words()["workbook"], stretch.at, stretch.low, stretch.high
    told = words["input"].format(measure=stretch.measure) if stretch.measure else words["input_bare"]
    rule: dict[str, object] = {"validate": "custom", "input_title": words["input_title"]}
    rule["input_message"] = told[:_LONGEST]
    if low is None and high is None:
        stop = {"error_title": words["stop_title"], "error_message": words["stop"], "error_type": "stop"}
        return {**rule, "value": f"={_readable(at)}", **stop}
    ends = ([f"{at}>={low:f}"] if low is not None else []) + ([f"{at}<={high:f}"] if high is not None else [])
    said = words["range"].format(range=range_said(low, high).vi)
    warning = {"error_title": words["range_title"], "error_message": said[:_LONGEST], "error_type": "warning"}
    return {**rule, "value": f"=OR(AND(ISNUMBER({at}),{','.join(ends)}),{_is_mark(at)})", **warning}


def _readable(at: str) -> str:
    """The condition that a cell is a number, one written as 1.234,5, or a mark."""
    written_so = f'_xlfn.NUMBERVALUE({at},",",".")'
    return f"OR(ISNUMBER({at}),{_is_mark(at)},ISNUMBER({written_so}))"


def _is_mark(at: str) -> str:
    return f"ISNUMBER(MATCH(TRIM({at}),{_MARKS},0))"


def guide(book: Book, *, may_enter: bool) -> None:
    """How the form is filled in, and the marks, which validation looks up."""
    words = printing.words()["workbook"]
    out = book.book.add_worksheet(words["guide"])
    lines = words["lines"] if may_enter else [words["closed"]]
    wrapped = book.format(text_wrap=True, valign="top")
    for line, told in enumerate(lines):
        out.write_string(line, 0, told, wrapped)
    first = len(lines) + 1
    out.write_string(first, 0, words["marks"], book.format(bold=True))
    for line, mark in enumerate(MARKS.values(), first + 1):
        out.write_string(line, 0, mark, book.format(indent=1))
    out.set_column(0, 0, 95)
    out.hide_gridlines(2)
    out.protect("", LOCKED)
    span = f"$A${first + 2}:$A${first + 1 + len(MARKS)}"
    book.book.define_name(_MARKS, f"='{words['guide']}'!{span}")
