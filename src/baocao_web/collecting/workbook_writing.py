"""A form as a workbook to be filled in offline: locked but for the cells of entry, checking itself, knowing its ids.

The first column and the first row are hidden and hold the keys of lines and columns, so that a cell is found by its key
wherever it stands when the file comes back. Text is written as text: nothing that people typed becomes a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from baocao.formats.xlsx_write_cells import title_text
from baocao.ledger.judging import range_said
from baocao.model.sheet import column_letters
from baocao_web.collecting import printing, workbook_formulas
from baocao_web.collecting.grids import checks_of
from baocao_web.collecting.layout import Column, Row, cell_key
from baocao_web.collecting.printing import Printed
from baocao_web.collecting.sheets import MARKS, Sheet
from baocao_web.collecting.workbook_ids import MARK, SHEET, Identity, shut
from baocao_web.pages import number

FONT: Final = "Times New Roman"
DIGITS: Final = 15  # of a number that a spreadsheet keeps; more is written as text
WHOLE, PARTED = "[$-42A]#,##0", "[$-42A]#,##0.######"  # as in Vietnam, where the program lets a file say so
KEYS: Final = 0  # the hidden column of keys, and the hidden row
FIRST: Final = 4  # the first column of figures, behind the keys, TT, Chỉ tiêu and Đơn vị tính
_MADE: Final = datetime(2000, 1, 1)
_A4: Final = 9
_WIDTHS: Final = (0, 6, 40, 13)
_FIGURES: Final = 15
_CHECK: Final = 48
_MARK_LINES: Final = "ky_hieu"  # the name by which validation knows the marks
_PROTECTED: Final = {"format_columns": True, "format_rows": True, "autofilter": False, "sort": False}


@dataclass(slots=True)
class Book:
    """A workbook being written, with its looks: each made once."""

    book: Any
    _formats: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)

    def format(self, **wanted: object) -> Any:
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"font_name": FONT, "font_size": 12, **wanted})
        return self._formats[key]


def opened(out: io.BytesIO, title: str) -> Book:
    """A new workbook in which text never becomes a formula or a link."""
    import xlsxwriter

    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title[:255], "author": "baocao", "created": _MADE})
    book.set_calc_mode("auto")
    return Book(book)


def written(sheet: Sheet, at: datetime, *, may_enter: bool) -> bytes:
    """The workbook of a unit's form; without ``may_enter`` it is for reading alone."""
    out = io.BytesIO()
    book = opened(out, f"{sheet.kept.code} {sheet.kept.title.vi}")
    form = _Form(book, sheet, printing.printed(sheet), may_enter=may_enter)
    form.write()
    _guide(book, may_enter=may_enter)
    _ids(book, Identity.of(sheet, at))
    book.book.close()
    return out.getvalue()


def name_of(text: str) -> str:
    """A file's name without what a system, a browser or a mail server may stumble over."""
    return "".join(sign if (sign.isascii() and sign.isalnum()) or sign in "-._" else "-" for sign in text).strip("-.")


@dataclass
class _Form:
    """Writes the sheet of the form."""

    book: Book
    sheet: Sheet
    told: Printed
    may_enter: bool

    def __post_init__(self) -> None:
        words = printing.words()["workbook"]
        self.words: Mapping[str, Any] = words
        self.layout = self.sheet.kept.layout
        self.checks = checks_of(self.sheet.kept)
        self.out = self.book.book.add_worksheet(words["sheet"])
        self.last = FIRST + len(self.layout.columns) - 1
        self.top = 2 + max(len(self.told.left), len(self.told.right)) + 3  # behind keys, head, title, period, a blank
        self.body = self.top + 2
        self.rows = {row.key: self.body + place for place, row in enumerate(self.layout.rows) if not row.is_heading}
        self.columns = {column.key: FIRST + place for place, column in enumerate(self.layout.columns)}
        self.places = {
            cell_key(row, column): (self.rows[row.key], self.columns[column.key])
            for row, column in self.layout.figures()
        }
        found = self.checks.look(self.sheet.cells, self.sheet.beside, changed=())
        self.computed = {one.cell: (one, found.computed.get(one.cell)) for one in self.checks.computed}

    def write(self) -> None:
        """The whole sheet, from its hidden keys to who signs."""
        self._keys()
        self._head()
        for row, line in zip(self.layout.rows, range(self.body, self.body + len(self.layout.rows)), strict=True):
            self._line(row, line)
        self._validation()
        self._foot(self.body + len(self.layout.rows) + 1)
        self._page()

    def at(self, cell: str) -> str:
        """The place of a cell as formulas name it."""
        down, right = self.places[cell]
        return f"{column_letters(right)}{down + 1}"

    def _keys(self) -> None:
        self.out.write_string(KEYS, KEYS, MARK)
        for column in self.layout.columns:
            self.out.write_string(KEYS, self.columns[column.key], shut(column.key))
        self.out.set_row(KEYS, None, None, {"hidden": True})

    def _head(self) -> None:
        style, middle = self.book.format(), max(FIRST, (self.last + FIRST) // 2)
        for at, words in enumerate(self.told.left, 2):
            self.out.write_string(at, 1, words, self.book.format(bold=at == 2))
        for at, words in enumerate(self.told.right, 2):
            self.out.write_string(at, middle, words, style)
        title = self.top - 3
        bold = self.book.format(bold=True, align="center", valign="vcenter", text_wrap=True, font_size=14)
        self.out.merge_range(title, 1, title, self.last, "", bold)
        self.out.write_string(title, 1, title_text(self.told.title).upper(), bold)
        self.out.set_row(title, 20 * (1 + len(self.told.title) // 70))
        italic = self.book.format(italic=True, align="center")
        self.out.merge_range(title + 1, 1, title + 1, self.last, "", italic)
        self.out.write_string(title + 1, 1, self.told.period, italic)
        look = {"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        for right, (head, letter) in enumerate(zip(self.told.heads, self.told.letters, strict=True), 1):
            self.out.write_string(self.top, right, title_text(head), self.book.format(bold=True, **look))
            self.out.write_string(self.top + 1, right, letter, self.book.format(italic=True, font_size=10, **look))
        check = self.book.format(bold=True, font_color="#7A4B00", valign="vcenter")
        self.out.write_string(self.top, self.last + 1, self.words["check"], check)
        self.out.set_row(self.top, 48)

    def _line(self, row: Row, line: int) -> None:
        look: dict[str, object] = {"border": 1, "valign": "vcenter", "bold": row.is_heading}
        wrapped = self.book.format(**look, text_wrap=True)
        mark = f" {printing.words()['head']['compulsory']}" if row.is_compulsory else ""
        self.out.write_string(line, 1, row.number, self.book.format(**look, align="center"))
        self.out.write_string(line, 2, title_text(row.name.vi) + mark, wrapped)
        self.out.write_string(
            line, 3, title_text(row.measure.vi), self.book.format(**look, align="center", text_wrap=True)
        )
        self.out.set_row(line, 16.5 * (1 + len(row.name.vi) // 42))
        if row.is_heading:
            for right in self.columns.values():
                self.out.write_blank(line, right, None, self.book.format(**look))
            return
        self.out.write_string(line, KEYS, shut(row.key))
        for column in self.layout.columns:
            self._cell(row, column, line)
        formula = workbook_formulas.checked(row, self.checks, self.at, self.sheet.beside, self.words)
        if formula:
            style = self.book.format(font_color="#7A4B00", text_wrap=True, valign="vcenter", font_size=10)
            self.out.write_formula(line, self.last + 1, formula, style, value="")

    def _cell(self, row: Row, column: Column, line: int) -> None:
        cell, right = cell_key(row, column), self.columns[column.key]
        is_entry = cell in self.layout.entries
        style = self._look(is_entry=is_entry, is_computed=cell in self.computed)
        if cell in self.computed:
            one, value = self.computed[cell]
            shown = "" if value is None else value
            self.out.write_formula(line, right, workbook_formulas.computed(one, self.at), style, value=shown)
            return
        kept = self.sheet.cells.get(cell) if is_entry else None
        told = kept.value if kept is not None else self.sheet.beside.get(cell)
        if told is not None:
            put(self.out, line, right, Decimal(told), style)
        elif kept is not None and not kept.is_empty:
            words = title_text(kept.typed) if kept.typed is not None else MARKS[kept.mark or ""]
            self.out.write_string(line, right, words, style)
        else:
            self.out.write_blank(line, right, None, style)

    def _look(self, *, is_entry: bool, is_computed: bool) -> Any:
        look: dict[str, object] = {"border": 1, "align": "right", "valign": "vcenter", "num_format": WHOLE}
        if is_entry and self.may_enter:
            return self.book.format(**look, locked=False, bg_color="#FFF9DB")
        if is_computed:
            return self.book.format(**look, bold=True, bg_color="#EEF1F3")
        return self.book.format(**look, font_color="#000000" if is_entry else "#4A5560")

    def _validation(self) -> None:
        """What may be typed: stretches of lines with one range and one measure are told by one rule."""
        body = (self.body, FIRST, self.body + len(self.layout.rows) - 1, self.last)
        corner = f"{column_letters(FIRST)}{self.body + 1}"
        parted = f"=AND(ISNUMBER({corner}),{corner}<>INT({corner}))"
        style = self.book.book.add_format({"num_format": PARTED})
        self.out.conditional_format(*body, {"type": "formula", "criteria": parted, "format": style})
        if not self.may_enter:
            return
        wrong = self.book.book.add_format({"bg_color": "#F8D7DA", "font_color": "#8A1C1C"})
        for first, last, right, row, column in self._stretches():
            at = f"{column_letters(right)}{first + 1}"
            self.out.data_validation(first, right, last, right, self._rule(at, row, column))
            told = f'=AND(ISTEXT({at}),{at}<>"",NOT({_readable(at)}))'
            self.out.conditional_format(
                first, right, last, right, {"type": "formula", "criteria": told, "format": wrong}
            )

    def _stretches(self) -> Iterator[tuple[int, int, int, Row, Column]]:
        """First and last line of entry cells that one rule holds for, their column, and their first row."""
        for column in (one for one in self.layout.columns if one.is_entry):
            rows = [(self.body + place, row) for place, row in enumerate(self.layout.rows)]
            for key, group in groupby(rows, key=lambda pair: self._kind(pair[1], column)):
                found = list(group)
                if key is not None:
                    yield found[0][0], found[-1][0], self.columns[column.key], found[0][1], column

    def _kind(self, row: Row, column: Column) -> object:
        cell = cell_key(row, column)
        return (self.checks.ranges.get(cell), row.measure.vi) if cell in self.layout.entries else None

    def _rule(self, at: str, row: Row, column: Column) -> dict[str, object]:
        words, measure = self.words, row.measure.vi
        low, high = self.checks.ranges.get(cell_key(row, column), (None, None))
        rule: dict[str, object] = {
            "validate": "custom",
            "input_title": words["input_title"],
            "input_message": (words["input"].format(measure=measure) if measure else words["input_bare"])[:255],
        }
        if low is None and high is None:
            told = {"error_title": words["stop_title"], "error_message": words["stop"], "error_type": "stop"}
            return {**rule, "value": f"={_readable(at)}", **told}
        ends = [f"{at}>={low:f}"] if low is not None else []
        ends += [f"{at}<={high:f}"] if high is not None else []
        said = words["range"].format(range=range_said(low, high).vi)
        told = {"error_title": words["range_title"], "error_message": said[:255], "error_type": "warning"}
        value = f"=OR(AND(ISNUMBER({at}),{','.join(ends)}),ISNUMBER(MATCH(TRIM({at}),{_MARK_LINES},0)))"
        return {**rule, "value": value, **told}

    def _foot(self, line: int) -> None:
        foot, middle = printing.words()["foot"], max(FIRST, (self.last + FIRST) // 2)
        if any(row.is_compulsory for row in self.layout.rows):  # signs are written out in a workbook
            self.out.write_string(line, 1, foot["compulsory"], self.book.format(italic=True, font_size=10))
            line += 1
        centred = {"align": "center"}
        sides = ((2, 2, "compiler"), (middle, self.last, "head"))
        self._signs(line, middle, self.last, self.told.day, italic=True, **centred)
        for first, last, who in sides:
            self._signs(line + 1, first, last, foot[who].upper(), bold=True, **centred)
            self._signs(line + 2, first, last, foot[f"{who}_signs"], italic=True, **centred)

    def _signs(self, line: int, first: int, last: int, words: str, **look: object) -> None:
        style = self.book.format(**look)
        if last > first:
            self.out.merge_range(line, first, line, last, "", style)
        self.out.write_string(line, first, words, style)

    def _page(self) -> None:
        """A4 as the form is printed, the head in view and on every page; the keys and the checks are not printed."""
        out = self.out
        (out.set_landscape if self.told.is_lying else out.set_portrait)()
        out.set_paper(_A4)
        out.fit_to_pages(1, 0)
        out.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
        out.set_footer("&R&P/&N")
        out.repeat_rows(self.top, self.top + 1)
        out.freeze_panes(self.body, 3)
        out.print_area(1, 1, self.body + len(self.layout.rows) + 8, self.last)
        for at, width in enumerate(_WIDTHS):
            out.set_column(at, at, width, None, {"hidden": at == KEYS})
        out.set_column(FIRST, self.last, _FIGURES)
        out.set_column(self.last + 1, self.last + 1, _CHECK)
        out.hide_gridlines(2)
        out.protect("", _PROTECTED)
        entries = [self.places[cell] for cell in self.layout.entries]
        if entries:
            out.set_selection(*min(entries), *min(entries))


def put(out: Any, line: int, right: int, value: Decimal, style: Any) -> None:
    """A figure as a number; as text where it has more digits than a spreadsheet keeps."""
    if len(value.as_tuple().digits) <= DIGITS:
        out.write_number(line, right, value, style)
    else:
        out.write_string(line, right, number(value), style)


def _readable(at: str) -> str:
    """The condition that a cell is a number, one written as 1.234,5, or a mark."""
    written_so = f'_xlfn.NUMBERVALUE({at},",",".")'
    return f"OR(ISNUMBER({at}),ISNUMBER(MATCH(TRIM({at}),{_MARK_LINES},0)),ISNUMBER({written_so}))"


def _guide(book: Book, *, may_enter: bool) -> None:
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
    out.protect("", _PROTECTED)
    span = f"$A${first + 2}:$A${first + 1 + len(MARKS)}"
    book.book.define_name(_MARK_LINES, f"='{words['guide']}'!{span}")


def _ids(book: Book, identity: Identity) -> None:
    """The hidden sheet by which the file is known again; no program offers to show it."""
    out = book.book.add_worksheet(SHEET)
    for line, told in enumerate(identity.lines()):
        for right, words in enumerate(told):
            if words:
                out.write_string(line, right, shut(words))
    out.protect("", _PROTECTED)
    out.very_hidden()
