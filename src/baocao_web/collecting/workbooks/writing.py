"""A form as a workbook to be filled in offline: locked but for the cells of entry, checking itself, knowing its ids.

The first column and the first row are hidden and hold the keys of lines and columns, so that a cell is found by its key
wherever it stands when the file comes back. Text is written as text: nothing that people typed becomes a formula.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from baocao.formats.xlsx_write_cells import title_text
from baocao.model.sheet import column_letters
from baocao_web.collecting.grids import checks_of
from baocao_web.collecting.layout import Column, Row, cell_key
from baocao_web.collecting.paper import printing
from baocao_web.collecting.paper.printing import Printed
from baocao_web.collecting.sheets import MARKS, Sheet
from baocao_web.collecting.workbooks import formulas, rules
from baocao_web.collecting.workbooks.book import A4, LOCKED, PARTED, WHOLE, Book, opened, put
from baocao_web.collecting.workbooks.ids import MARK, SHEET, Identity, shut

KEYS: Final = 0  # the hidden column of keys, and the hidden row
FIRST: Final = 4  # the first column of figures, behind the keys, TT, Chỉ tiêu and Đơn vị tính
_WIDTHS: Final = (0, 6, 40, 13)
_FIGURES: Final = 15
_CHECK: Final = 48
_SIDE: Final = 58  # letters of the left side of the head that stand in one line


def written(sheet: Sheet, at: datetime, *, may_enter: bool) -> bytes:
    """The workbook of a unit's form; without ``may_enter`` it is for reading alone."""
    out = io.BytesIO()
    book = opened(out, f"{sheet.kept.code} {sheet.kept.title.vi}")
    form = _Form(book, sheet, printing.printed(sheet), may_enter=may_enter)
    form.write()
    rules.guide(book, may_enter=may_enter)
    _ids(book, Identity.of(sheet, at))
    book.book.close()
    return out.getvalue()


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
            look: dict[str, object] = {"bold": at == 2, "valign": "top", "text_wrap": True}
            self.out.merge_range(at, 1, at, FIRST - 1, "", self.book.format(**look))
            self.out.write_string(at, 1, words, self.book.format(**look))
            self.out.set_row(at, 16.5 * (1 + len(words) // _SIDE))
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
        formula = formulas.checked(row, self.checks, self.at, self.sheet.beside, self.words)
        if formula:
            style = self.book.format(font_color="#7A4B00", text_wrap=True, valign="vcenter", font_size=10)
            self.out.write_formula(line, self.last + 1, formula, style, value="")

    def _cell(self, row: Row, column: Column, line: int) -> None:
        cell, right = cell_key(row, column), self.columns[column.key]
        is_entry = cell in self.layout.entries
        style = self._look(cell)
        if cell in self.computed:
            one, value = self.computed[cell]
            shown = "" if value is None else value
            self.out.write_formula(line, right, formulas.computed(one, self.at), style, value=shown)
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

    def _look(self, cell: str) -> Any:
        """Open where something may be typed: where single cells were returned, in these alone."""
        look: dict[str, object] = {"border": 1, "align": "right", "valign": "vcenter", "num_format": WHOLE}
        is_open = cell in (self.sheet.open_cells or self.layout.entries)
        if is_open and self.may_enter:
            return self.book.format(**look, locked=False, bg_color="#FFF9DB")
        if cell in self.computed:
            return self.book.format(**look, bold=True, bg_color="#EEF1F3")
        return self.book.format(**look, font_color="#000000" if cell in self.layout.entries else "#4A5560")

    def _validation(self) -> None:
        """Decimals where a figure has some, and what may be typed."""
        body = (self.body, FIRST, self.body + len(self.layout.rows) - 1, self.last)
        corner = f"{column_letters(FIRST)}{self.body + 1}"
        parted = f"=AND(ISNUMBER({corner}),{corner}<>INT({corner}))"
        style = self.book.book.add_format({"num_format": PARTED})
        self.out.conditional_format(*body, {"type": "formula", "criteria": parted, "format": style})
        for stretch in rules.stretches(self.checks, self.body, self.columns) if self.may_enter else ():
            rules.keep(self.out, self.book, stretch)

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
        out.set_paper(A4)
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
        out.protect("", LOCKED)
        entries = [self.places[cell] for cell in self.layout.entries]
        if entries:
            out.set_selection(*min(entries), *min(entries))


def _ids(book: Book, identity: Identity) -> None:
    """The hidden sheet by which the file is known again; no program offers to show it."""
    out = book.book.add_worksheet(SHEET)
    for line, told in enumerate(identity.lines()):
        for right, words in enumerate(told):
            if words:
                out.write_string(line, right, shut(words))
    out.protect("", LOCKED)
    out.very_hidden()
