"""The consolidated form as a file: what all units told, side by side, with totals that the workbook works out itself.

Of each typed column there is a sheet: a line an indicator, a column a unit, the total before them as a formula. Units
whose figures are not in the total stand there with their state and no figures; which units a total lacks is told on a
sheet of its own. The CSV holds the same, a line for each cell of the form.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from baocao.formats.xlsx_write_cells import title_text
from baocao.model.sheet import column_letters
from baocao.showing.grid_files import harmless, plain
from baocao_web.collecting.grids import checks_of
from baocao_web.collecting.layout import Column, Row, cell_key
from baocao_web.collecting.paper import printing
from baocao_web.collecting.sheets import MARKS, words_of
from baocao_web.collecting.totals.consolidating import Consolidated, cells_counted
from baocao_web.collecting.typing import Cell, cells_of
from baocao_web.collecting.workbooks import formulas
from baocao_web.collecting.workbooks.book import A4, PARTED, WHOLE, Book, opened, put
from baocao_web.pages import unit_name

_TOP: Final = 4  # the line of heads, behind title, period and who is counted
_BODY: Final = _TOP + 2
_TOTAL, _LACKING, _UNITS = 3, 4, 5  # columns
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_NOUGHT: Final = MARKS["none_occurred"]
_BOM: Final = "\ufeff"

Cells = Mapping[int, Mapping[str, Cell]]


def workbook(found: Consolidated) -> bytes:
    """The consolidated form as a workbook."""
    out = io.BytesIO()
    book = opened(out, found.kept.title.vi)
    cells = _cells(found)
    checks = checks_of(found.kept)
    worked = {entry: checks.look(told, {}, changed=()).computed for entry, told in cells.items()}
    names: set[str] = set()
    for column in found.kept.layout.columns:
        if column.is_entry:
            _Sheet(book, found, cells, worked, column, _named(column.name.vi, names)).write()
    _lacking(book, found, _named(printing.words()["total"]["missing_sheet"], names))
    book.book.close()
    return out.getvalue()


def csv_bytes(found: Consolidated) -> bytes:
    """The consolidated form as CSV: UTF-8, commas and decimal points; no word in it becomes a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    units = [harmless(unit_name(one.unit)) for one in found.standings]
    writer.writerow([*printing.words()["total"]["csv"], *units])
    cells = _cells(found)
    for row in found.kept.layout.rows:
        for column in () if row.is_heading else found.kept.layout.columns:
            if column.is_entry:
                writer.writerow(_line(found, cells, row, column))
    return (_BOM + out.getvalue()).encode()


def _line(found: Consolidated, cells: Cells, row: Row, column: Column) -> list[str]:
    key = cell_key(row, column)
    made = found.sums.get(key)
    words = (key, row.number, row.indicator, row.name.vi, row.measure.vi, column.name.vi)
    total = plain(made.value) if made is not None and made.value is not None else ""
    told = (cells.get(one.entry, {}).get(key) for one in found.standings)
    return [*map(harmless, words), total, str(len(made.missing)) if made is not None else "", *map(_plain, told)]


def _plain(cell: Cell | None) -> str:
    """A unit's cell: digits of a figure, words for all else."""
    if cell is None:
        return ""
    return cell.value if cell.value is not None else harmless(words_of(cell))


def _cells(found: Consolidated) -> dict[int, dict[str, Cell]]:
    """What the counted units told, by their entries."""
    counted = [one for one in found.standings if found.counts(one)]
    return {entry: cells_of(cells) for entry, _, cells in cells_counted(counted)}


def _named(wanted: str, taken: set[str]) -> str:
    """A name that a sheet may have and no other has."""
    base = title_text(wanted).translate(_FORBIDDEN).strip()[:26] or "Biểu"
    name, count = base, 1
    while name.casefold() in taken:
        count += 1
        name = f"{base} ({count})"
    taken.add(name.casefold())
    return name


@dataclass
class _Sheet:
    """Writes the sheet of one column of the form."""

    book: Book
    found: Consolidated
    cells: Cells
    worked: Mapping[int, Mapping[str, Decimal | None]]  # what a unit's computed cells come to
    column: Column
    name: str

    def __post_init__(self) -> None:
        self.words: Mapping[str, Any] = printing.words()["total"]
        self.out = self.book.book.add_worksheet(self.name)
        self.figure = self.book.format(border=1, valign="vcenter", align="right", num_format=WHOLE)
        self.layout = self.found.kept.layout
        self.last = _UNITS + max(len(self.found.standings), 1) - 1
        self.lines = {
            cell_key(row, self.column): place for place, row in enumerate(self.layout.rows, _BODY) if not row.is_heading
        }
        self.computed = {
            one.cell: one
            for one in checks_of(self.found.kept).computed
            if one.cell in self.lines and all(cell in self.lines for cell in one.cells.values())
        }

    def write(self) -> None:
        """The whole sheet."""
        self._head()
        for place, row in enumerate(self.layout.rows, _BODY):
            self._line(row, place)
        self._page()

    def _head(self) -> None:
        kept, found = self.found.kept, self.found
        bold = self.book.format(bold=True, font_size=14)
        self.out.write_string(0, 0, title_text(self.words["title"].format(title=kept.title.vi)), bold)
        head = f"{printing.head_of_column(kept, self.column)}. {printing.period_words(kept)}, {unit_name(kept.owner)}."
        self.out.write_string(1, 0, title_text(head), self.book.format(italic=True))
        counts = {"counted": found.counted, "all": len(found.standings), "approved": found.approved}
        self.out.write_string(
            2,
            0,
            self.words["counted_approved" if found.is_approved_only else "counted"].format(**counts),
            self.book.format(italic=True),
        )
        look = {"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        for right, words in enumerate(self.words["columns"]):
            self.out.merge_range(_TOP, right, _TOP + 1, right, "", self.book.format(bold=True, **look))
            self.out.write_string(_TOP, right, words, self.book.format(bold=True, **look))
        for right, one in enumerate(found.standings, _UNITS):
            shade = {} if found.counts(one) else {"font_color": "#8A1C1C"}
            self.out.write_string(_TOP, right, title_text(unit_name(one.unit)), self.book.format(bold=True, **look))
            state = self.book.format(italic=True, font_size=10, **look, **shade)
            told = self.words["correcting"] if one.is_corrected else one.state.name_of.vi
            self.out.write_string(_TOP + 1, right, told, state)
        self.out.set_row(_TOP, 48)

    def _line(self, row: Row, line: int) -> None:
        look: dict[str, object] = {"border": 1, "valign": "vcenter", "bold": row.is_heading}
        self.out.write_string(line, 0, row.number, self.book.format(**look, align="center"))
        self.out.write_string(line, 1, title_text(row.name.vi), self.book.format(**look, text_wrap=True))
        self.out.write_string(line, 2, title_text(row.measure.vi), self.book.format(**look, align="center"))
        if row.is_heading:
            for right in range(_TOTAL, self.last + 1):
                self.out.write_blank(line, right, None, self.book.format(**look))
            return
        key = cell_key(row, self.column)
        self._total(key, line)
        for right, one in enumerate(self.found.standings, _UNITS):
            self._cell(key, line, right, self.cells.get(one.entry, {}).get(key))

    def _total(self, key: str, line: int) -> None:
        made = self.found.sums.get(key)
        look: dict[str, object] = {"border": 1, "valign": "vcenter"}
        self._put(line, _LACKING, len(made.missing) if made and made.missing else None, align="center", **look)
        if made is None:
            style = self.book.format(**look, align="right", italic=True)
            self.out.write_string(line, _TOTAL, self.words["not_added"], style)
            return
        look |= {"bold": True, "bg_color": "#EEF1F3"}
        is_elsewhere = key not in self.computed and key not in self.layout.entries  # its parts are, on the form
        if is_elsewhere or made.is_unlike:
            self._put(line, _TOTAL, made.value, **look)
            return
        style = self.book.format(**look, align="right", num_format=WHOLE)
        value = "" if made.value is None else made.value
        self.out.write_formula(line, _TOTAL, self._formula(key, line), style, value=value)

    def _formula(self, key: str, line: int) -> str:
        """The total of a line: worked out like the indicator, or the sum of the units that told anything."""
        if key in self.computed:
            return formulas.computed(self.computed[key], lambda cell: self._at(cell, _TOTAL))
        span = f"{column_letters(_UNITS)}{line + 1}:{column_letters(self.last)}{line + 1}"
        return f'=IF(COUNT({span})+COUNTIF({span},"{_NOUGHT}")=0,"",SUM({span}))'

    def _cell(self, key: str, line: int, right: int, told: Cell | None) -> None:
        """What a unit told; what is computed of it is a figure too, for a hundred units' formulas are slow to open."""
        if key in self.computed:
            value = self.worked.get(self.found.standings[right - _UNITS].entry, {}).get(key)
        elif told is None or told.value is not None:
            value = told.amount if told is not None else None
        else:
            self.out.write_string(line, right, title_text(words_of(told)), self.figure)
            return
        if value is None:
            self.out.write_blank(line, right, None, self.figure)
        else:
            put(self.out, line, right, value, self.figure)

    def _put(self, line: int, right: int, value: Decimal | int | None, **look: object) -> None:
        """A figure, or nothing."""
        style = self.book.format(**{"align": "right", "num_format": WHOLE, **look})
        if value is None:
            self.out.write_blank(line, right, None, style)
        else:
            put(self.out, line, right, Decimal(value), style)

    def _at(self, cell: str, right: int) -> str:
        return f"{column_letters(right)}{self.lines[cell] + 1}"

    def _page(self) -> None:
        last = _BODY + len(self.layout.rows) - 1
        corner = f"{column_letters(_TOTAL)}{_BODY + 1}"
        parted = f"=AND(ISNUMBER({corner}),{corner}<>INT({corner}))"
        style = self.book.book.add_format({"num_format": PARTED})
        rule = {"type": "formula", "criteria": parted, "format": style}
        self.out.conditional_format(_BODY, _TOTAL, last, self.last, rule)
        self.out.set_landscape()
        self.out.set_paper(A4)
        self.out.fit_to_pages(1 if len(self.found.standings) <= 12 else 0, 0)
        self.out.repeat_rows(_TOP, _TOP + 1)
        self.out.repeat_columns(0, _TOTAL)
        self.out.freeze_panes(_BODY, _UNITS)
        self.out.set_footer("&R&P/&N")
        for right, width in enumerate((6, 44, 13, 15, 9)):
            self.out.set_column(right, right, width)
        self.out.set_column(_UNITS, self.last, 14)


def _lacking(book: Book, found: Consolidated, name: str) -> None:
    """Which units the totals lack: first those of which nothing is in them, then cell by cell."""
    words = printing.words()["total"]
    out = book.book.add_worksheet(name)
    bold = book.format(bold=True, border=1, align="center")
    wrapped = book.format(border=1, text_wrap=True, valign="top")
    for right, head in enumerate(words["missing"]):
        out.write_string(0, right, head, bold)
    for line, told in enumerate(_lacks(found, words), 1):
        for right, text in enumerate(told):
            out.write_string(line, right, title_text(text), wrapped)
    for right, width in enumerate((48, 24, 90)):
        out.set_column(right, right, width)
    out.freeze_panes(1, 0)


def _lacks(found: Consolidated, words: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    absent = {one.entry for one in found.standings if not found.counts(one)}
    if absent:
        named = [f"{unit_name(one.unit)} ({one.state.name_of.vi})" for one in found.uncounted]
        yield words["whole_form"], "", "; ".join(named)
    for cell, (row, column) in found.kept.layout.entries.items():
        if cell in found.sums:
            units = [unit_name(one.unit) for one in found.missing(cell) if one.entry not in absent]
            if units:
                yield f"{row.number} {row.name.vi}".strip(), column.name.vi, "; ".join(units)
