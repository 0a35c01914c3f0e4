"""The annexes of a draft as one workbook: numbers as numbers, and formulas that work every % and total out again.

Text is never taken for a formula: only what a cell's ``formula`` holds becomes one, and that only when it is made of
cells, numbers, signs and SUM. Needs ``xlsxwriter`` (the extra ``figures``). The same draft gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from baocao.formats.docx_write_text import clean
from baocao.formats.xlsx_write_cells import Shown, placed, shift, shown, title_text
from baocao.model.draft import Align, Annex, Draft, Grid, GridCell, Manner, Paragraph, numbers_in, text_of
from baocao.model.sheet import column_letters
from baocao.model.text import Problem, Text

_MADE = datetime(2000, 1, 1)  # of every workbook: the same draft makes the same file
_FONT = "Times New Roman"
_PAGE = 128  # characters that fit a landscape A4 page at this size
_NARROWEST, _WIDEST = 5, 60
_A4 = 9
_ALIGNS = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
_LONGEST_NAME = 24  # Excel takes 31; a number may come behind
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_SOURCES = ("Ô", "Cách tính", "Địa chỉ", "Giá trị", "Phiên bản")
_SOURCES_NAME = "Nguon so lieu"
_NEEDED = Text(
    "Ghi sổ tính cần gói xlsxwriter: pip install 'baocao[figures]'.",
    "Writing workbooks needs xlsxwriter: pip install 'baocao[figures]'.",
)


class CannotWrite(Problem):
    """What keeps a workbook from being written, in words."""


def workbook(draft: Draft) -> bytes:
    """The workbook of a draft's annexes, one sheet a table, and a hidden one that tells where each number is from.

    Raises ``CannotWrite`` without xlsxwriter, ``ValueError`` for a formula that is none of ours.
    """
    try:
        import xlsxwriter
    except ImportError as missing:
        raise CannotWrite(_NEEDED) from missing
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    about, issuer = (clean(words)[:255] for words in (draft.head.summary, draft.head.issuer))
    book.set_properties({"title": about, "author": issuer, "created": _MADE})
    book.set_calc_mode("auto")
    writing = _Writing(book)
    for annex in draft.annexes:
        for title, unit, grid, notes in _tables(annex):
            writing.sheet(annex, title, unit, grid, notes)
    writing.sources(is_empty=not draft.annexes)
    book.close()
    return out.getvalue()


def _tables(annex: Annex) -> Iterator[tuple[list[str], str, Grid, list[str]]]:
    """Each grid of an annex with the lines above it, the unit of measure, and the notes up to the next caption."""
    above: list[str] = []
    unit = ""
    waiting: tuple[list[str], str, Grid, list[str]] | None = None
    for block in annex.blocks:
        if isinstance(block, Grid):
            if waiting is not None:
                yield waiting
            waiting, above, unit = (above, unit, block, []), [], ""
        elif isinstance(block, Paragraph) and block.manner is Manner.UNIT:
            unit = text_of(block.line)
        elif isinstance(block, Paragraph):
            is_note = waiting is not None and block.manner is not Manner.CAPTION
            (waiting[3] if is_note and waiting is not None else above).append(text_of(block.line))
    if waiting is not None:
        yield waiting


@dataclass(slots=True)
class _Writing:
    """A workbook being written. ``told`` are the rows of the sheet of sources."""

    book: Any
    names: set[str] = field(default_factory=set)
    told: list[tuple[str, ...]] = field(default_factory=list)
    _formats: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)

    def format(self, **wanted: object) -> Any:
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"font_name": _FONT, "font_size": 11, **wanted})
        return self._formats[key]

    def sheet(self, annex: Annex, titles: Sequence[str], unit: str, grid: Grid, notes: Sequence[str]) -> None:
        """One table on a page of its own: titles, unit of measure, the head that stays in view, rows, notes."""
        name = self._name(annex.label or annex.title)
        sheet = self.book.add_worksheet(name)
        width = max(len(grid.columns), 1)
        at = 0
        for line in dict.fromkeys(filter(None, (annex.label.upper(), annex.title, *titles))):
            sheet.merge_range(at, 0, at, width - 1, "") if width > 1 else None
            sheet.write_string(
                at, 0, clean(line), self.format(bold=True, align="center", valign="vcenter", text_wrap=True)
            )
            sheet.set_row(at, 16 * (1 + len(line) // _PAGE))
            at += 1
        if unit:
            sheet.merge_range(at, 0, at, width - 1, "") if width > 1 else None
            sheet.write_string(at, 0, clean(unit), self.format(italic=True, align="right"))
            at += 1
        self._page(sheet, annex, grid, at)
        self._rows(sheet, name, grid, grid.head, at, at, is_head=True)
        self._rows(sheet, name, grid, grid.rows, at + len(grid.head), at, is_head=False)
        foot = at + len(grid.head) + len(grid.rows) + 1
        for down, note in enumerate(notes, foot):
            sheet.write_string(down, 0, clean(note), self.format(italic=True))

    def _name(self, wanted: str) -> str:
        """A name that a sheet may have and no other sheet has."""
        plain = _FORBIDDEN.sub(" ", clean(title_text(wanted))).strip()
        while len(plain.encode("utf-16-le")) > 2 * _LONGEST_NAME:  # as Excel counts letters
            plain = plain[:-1]
        plain = plain.strip() or "Biểu"
        name, count = plain, 1
        while name.casefold() in self.names:
            count += 1
            name = f"{plain} ({count})"
        self.names.add(name.casefold())
        return name

    def _page(self, sheet: Any, annex: Annex, grid: Grid, top: int) -> None:
        """A4, lying where the annex lies, as wide as the page, its head on every page and always in view."""
        (sheet.set_landscape if annex.is_landscape else sheet.set_portrait)()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
        sheet.set_header("&C&P")
        if grid.head:
            sheet.repeat_rows(top, top + len(grid.head) - 1)
            sheet.freeze_panes(top + len(grid.head), min(2, len(grid.columns)))
        whole = sum((column.width for column in grid.columns), Decimal(0)) or Decimal(1)
        for at, column in enumerate(grid.columns):
            wide = min(max(column.width / whole * _PAGE, Decimal(_NARROWEST)), Decimal(_WIDEST))
            sheet.set_column(at, at, float(wide))

    def _rows(
        self,
        sheet: Any,
        name: str,
        grid: Grid,
        rows: Sequence[Sequence[GridCell]],
        top: int,
        corner: int,
        *,
        is_head: bool,
    ) -> None:
        """Cells at their places; those that a span covers are joined."""
        for down, right, cell in placed(rows, len(grid.columns)):
            found = shown(cell)
            align = "center" if is_head else _ALIGNS[grid.columns[right].align]
            bold = is_head or cell.is_bold
            style: dict[str, object] = {"border": 1, "align": align, "valign": "vcenter", "bold": bold}
            style["text_wrap"] = found.value is None
            if found.value is not None:
                style["num_format"] = found.number_format
            last = (top + down + cell.rows - 1, right + cell.columns - 1)
            if last != (top + down, right):
                sheet.merge_range(top + down, right, *last, "", self.format(**style))
            self._cell(sheet, (top + down, right), cell, found, self.format(**style), corner)
            self._tell(name, top + down, right, cell)

    def _cell(self, sheet: Any, at: tuple[int, int], cell: GridCell, found: Shown, style: Any, corner: int) -> None:
        if found.value is None:
            if found.text:
                sheet.write_string(*at, clean(found.text), style)
            else:
                sheet.write_blank(*at, None, style)
        elif cell.formula:
            sheet.write_formula(*at, shift(cell.formula, corner), style, value=found.value)
        else:
            sheet.write_number(*at, found.value, style)

    def _tell(self, name: str, down: int, right: int, cell: GridCell) -> None:
        """Where the numbers of a cell are from, for the sheet of sources."""
        for number in numbers_in(cell.line):
            addresses = " ".join(map(str, number.source.addresses))
            row = (f"{name}!{column_letters(right)}{down + 1}", number.source.reckoning.value, addresses)
            self.told.append((*row, f"{number.value:f}", str(number.revision)))

    def sources(self, *, is_empty: bool) -> None:
        """The hidden sheet that tells the address of every number; a workbook has one sheet at least."""
        sheet = self.book.add_worksheet(self._name(_SOURCES_NAME))
        for down, row in enumerate([_SOURCES, *self.told]):
            for right, word in enumerate(row):
                sheet.write_string(down, right, clean(word), self.format(bold=down == 0))
        if not is_empty:
            sheet.hide()
