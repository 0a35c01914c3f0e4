"""A workbook is a table a sheet; its numbers are printed as the sheet shows them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from baocao.formats import limits, sheet_reader, sheet_sizes
from baocao.formats.errors import Unreadable
from baocao.formats.line_breaks import goes_on
from baocao.formats.package import Package
from baocao.formats.xlsx_formats import NumberFormat, S, number_formats, printed
from baocao.model import Block, Cell, Document, Run, Table, Text

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

SUFFIXES: tuple[str, ...] = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")

_NOTHING = Text(
    "bảng tính không có ô nào có nội dung ở các trang tính hiện; hãy bỏ ẩn trang tính cần soát.",
    "no visible sheet of the workbook has any content; unhide the sheet to be read.",
)

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STYLED = re.compile(rb"""<(?:\w+:)?c\s+r="([A-Z]{1,3})([0-9]{1,7})"\s+s="([0-9]{1,6})\"""")
_ERRORS = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*\bt=["']e["'])[^>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*>(.{0,400}?)</(?:\w+:)?c>""",
    re.S,
)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]{1,20})<")
_ALONE = (1, 1)
Place = tuple[int, int]
Look = NumberFormat | str  # how a number is shown, or the error that stands in its place ("#REF!")


def read(path: Path, name: str) -> Document:
    """The document of a workbook: a table for each visible sheet that holds anything. Raises ``Unreadable``."""
    formats = weighed(path)
    source: list[str] = []
    blocks: list[Block] = []
    writer = _Writer(source)
    workbook = opened(path)
    try:
        for title in visible(workbook):
            table = _sheet(workbook, title, formats.get(title, {}), writer)
            if table is not None:
                blocks.append(table)
    finally:
        workbook.close()
    if not blocks:
        raise Unreadable(_NOTHING)
    return Document(name, "".join(source), tuple(blocks), suffix=path.suffix.lower() or ".xlsx")


def opened(path: Path) -> CalamineWorkbook:
    """The workbook, open. Raises ``Unreadable``."""
    from python_calamine import CalamineWorkbook

    with sheet_reader.guarded():
        return CalamineWorkbook.from_path(str(path))


def visible(workbook: CalamineWorkbook) -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]


class _Writer:
    """Writes the source and counts what was written, in characters and in cells."""

    def __init__(self, source: list[str]) -> None:
        self.length = 0
        self.cells = 0
        self._source = source

    def write_line(self, text: str) -> None:
        self._source.append(text)
        self._source.append("\n")
        self.length += len(text) + 1


def _sheet(workbook: CalamineWorkbook, title: str, formats: dict[Place, Look], writer: _Writer) -> Table | None:
    with sheet_reader.guarded():
        sheet = workbook.get_sheet_by_name(title)
        if sheet.start is None:
            return None
        merged = _merged(sheet)
        grid = sheet.to_python(skip_empty_area=True)
    cells: list[Cell] = []
    top, left = sheet.start
    for row, values in enumerate(grid, top):
        at = writer.length
        texts: list[str] = []
        for column, value in enumerate(values, left):
            text = _shown(value, formats.get((row, column)) if formats else None) if value != "" or formats else ""
            if text:
                length = len(text)
                spans = merged.get((row, column), _ALONE) if merged else _ALONE
                cells.append(Cell(text, (Run(0, at, length),), row, column, *spans))
                texts.append(text)
                at += length + 1
        if texts:
            writer.write_line("\t".join(texts))
        if len(cells) + writer.cells > limits.MAX_CELLS:
            raise sheet_sizes.too_many(f"> {limits.MAX_CELLS}", limits.MAX_CELLS)
    writer.cells += len(cells)
    return _table(cells, title) if cells else None


def _table(cells: list[Cell], title: str) -> Table:
    rows = max(cell.row + cell.row_span for cell in cells)
    columns = max(cell.column + cell.column_span for cell in cells)
    return Table(tuple(cells), rows, columns, unicodedata.normalize("NFC", title))


def _merged(sheet: CalamineSheet) -> dict[Place, Place]:
    """(rows, columns) covered, by a merged area's first cell."""
    return {first: (last[0] - first[0] + 1, last[1] - first[1] + 1) for first, last in sheet_reader.merged(sheet)}


def _shown(value: object, shown: Look | None) -> str:
    """What a cell prints."""
    if isinstance(shown, str):
        return shown
    if isinstance(value, float):
        return printed(value, shown)
    if isinstance(value, str):
        return _text(value) if value else ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return printed(value, shown)
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time | timedelta):
        return str(value)
    return ""


def _text(value: str) -> str:
    text = unicodedata.normalize("NFC", value).strip()
    if "\n" not in text and "\r" not in text:
        return text
    found = ""
    for line in (line.strip() for line in text.splitlines()):
        if line:
            found += ((" " if goes_on(found, line) else "\n") if found else "") + line
    return found


def weighed(path: Path) -> dict[str, dict[Place, Look]]:
    """Check a package's true size before another reader unpacks it; the number formats by sheet and cell."""
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            return {}  # an old binary workbook cannot swell
    with Package(path) as package:
        if "xl/workbook.xml" not in package.names:
            _admit_other(package)
            return {}
        for part in package.names & {"xl/sharedStrings.xml"}:
            package.weigh(part)
        styles = number_formats(package.xml("xl/styles.xml"))
        return {title: _formats_in(package.part(part) or b"", styles) for title, part in sheet_parts(package)}


def _admit_other(package: Package) -> None:
    """Weigh the parts of an .ods or .xlsb file, and measure its sheets."""
    for name in package.names:
        if name == "content.xml":
            sheet_sizes.admit_ods(package.part(name) or b"")
        elif name.startswith("xl/worksheets/") and name.endswith(".bin"):
            sheet_sizes.admit_xlsb(package.part(name) or b"")
        else:
            package.weigh(name)


def sheet_parts(package: Package) -> Iterator[tuple[str, str]]:
    """Name and part of each visible sheet."""
    targets = {key: target for key, _, target in package.relations("xl/workbook.xml")}
    root = package.xml("xl/workbook.xml")
    for sheet in [] if root is None else root.iterfind(f"{S}sheets/{S}sheet"):
        part = targets.get(sheet.get(_RELATION, ""))
        if part and sheet.get("state", "visible") == "visible":
            yield sheet.get("name", ""), part


def _formats_in(content: bytes, styles: dict[int, NumberFormat]) -> dict[Place, Look]:
    """The formats of one sheet's cells. A sheet that claims a far corner would be spread out in memory: refused."""
    sheet_sizes.admit_xlsx(content)
    found: dict[Place, Look] = {}
    letters_known: dict[bytes, int] = {}
    for letters, digits, style in _STYLED.findall(content) if styles else ():
        shown = styles.get(int(style))
        if shown is not None:
            column = letters_known.get(letters)
            if column is None:
                column = letters_known[letters] = sheet_sizes.column(letters)
            found[int(digits) - 1, column] = shown
    if b't="e"' in content or b"t='e'" in content:
        for letters, digits, inside in _ERRORS.findall(content):
            value = _VALUE.search(inside)
            if value is not None:
                found[int(digits) - 1, sheet_sizes.column(letters)] = value[1].decode("ascii", "replace")
    return found
