"""CSV files and workbooks as bare rows with their places, for loading: numbers exact, nothing interpreted.

A workbook's numbers come as it stores them (15 digits, as spreadsheets count), not as it shows them:
a cell that shows 15,2 may hold 15.234, and that is what was recorded. Only the percent sign is taken
from the look, since it says by what the number is multiplied.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from baocao.formats import content, limits, rows_hidden, sheet_reader, sheet_sizes
from baocao.formats.encodings import decode
from baocao.formats.errors import Unreadable
from baocao.formats.xlsx_formats import NumberFormat
from baocao.model.sheet import NOT_COMPUTED, Percentage, Sheet, SheetCell, SheetRow
from baocao.model.text import Text

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

    from baocao.formats.xlsx import Look, Place

SUFFIXES: tuple[str, ...] = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")

_NOT_ROWS = Text(
    "tệp không phải là bảng dữ liệu; hãy đưa tệp CSV hoặc bảng tính (.xlsx, .xls, .ods).",
    "the file is no table of figures; give a CSV file or a workbook (.xlsx, .xls, .ods).",
)
_BROKEN_CSV = Text(
    "dòng {row}: không đọc được theo dạng CSV; hãy kiểm tra dấu ngoặc kép rồi lưu lại.",
    "row {row}: cannot be read as CSV; check the quotation marks and save the file again.",
)
_NOTHING = Text(
    "không có dòng nào có nội dung ở các trang tính hiện; hãy kiểm tra lại tệp.",
    "no visible sheet has a row with content; check the file.",
)
_SEPARATORS = "\t;|,"  # the comma last: it is the decimal sign of Vietnamese files
_DIGITS = 15
_LOOKED_AT = 40  # lines, to find the separator


_FAR = 50  # places beyond the last filled one to which a merged area is followed
# A formula with an empty result (t="str") is no such cell: =IF(A1="";"";...) is common in forms
_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\s(?![^>]*\bt=["']str["'])[^>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*>"""
    rb"""<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"""
)


class Rows(NamedTuple):
    """What a file holds, and the digest of its bytes, which tells it apart from any other."""

    sha256: str
    sheets: tuple[Sheet, ...]
    hidden: tuple[Text, ...] = ()  # what a workbook hides, which a reader must be told


def read(path: Path) -> Rows:
    """All visible sheets with their rows. Raises ``Unreadable`` with the reason and the remedy."""
    head = limits.admit(path)
    try:
        with path.open("rb") as file:
            digest = sha256()
            while part := file.read(limits.MEBIBYTE):
                digest.update(part)
        kind = content.recognise(path, head)
        if kind is content.Content.SHEETS:
            sheets = _workbook(path)
        elif kind is content.Content.TEXT:
            sheets = (text_sheet(path.read_bytes()),)
        else:
            raise Unreadable(_NOT_ROWS)
    except OSError as error:
        raise limits.unreadable(error) from error
    if not any(sheet.rows for sheet in sheets):
        raise Unreadable(_NOTHING)
    return Rows(digest.hexdigest(), sheets, rows_hidden.hidden(path, sheets) if kind is content.Content.SHEETS else ())


def text_sheet(raw: bytes) -> Sheet:
    """The rows of a CSV file in any of the encodings and separators that offices use; blank rows left out."""
    if len(raw) > limits.MAX_FILE_BYTES:
        raise Unreadable(_NOT_ROWS)
    text = decode(raw)
    first, _, rest = text.partition("\n")
    skipped = 0
    if first.lower().startswith("sep=") and len(first.strip()) == len("sep=") + 1:  # Excel's own hint
        separator, text, skipped = first[len("sep=")], rest, 1
    else:
        separator = _separator(text)
    return Sheet("", tuple(_lines(text, separator, skipped)))


def _separator(text: str) -> str:
    """The sign that parts the first lines most evenly: the same count in most of them."""
    sample = [line for line in text.split("\n", 4 * _LOOKED_AT)[: 4 * _LOOKED_AT] if line.strip()][:_LOOKED_AT]

    def evenness(separator: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(sample, delimiter=separator) if len(row) > 1]
        usual = max(set(counts), key=lambda count: (counts.count(count), count), default=0)
        return counts.count(usual), -_SEPARATORS.index(separator)

    try:
        return max(_SEPARATORS, key=evenness)
    except csv.Error:
        return ","


def _lines(text: str, separator: str, skipped: int) -> Iterator[SheetRow]:
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=separator, strict=True)
    count, at = 0, skipped + 1
    try:
        for cells in reader:
            row = tuple(cell.strip() for cell in cells)
            count += len(row)
            if count > limits.MAX_CELLS:
                raise sheet_sizes.too_many(f"> {limits.MAX_CELLS}", limits.MAX_CELLS)
            if any(row):
                yield SheetRow(at, row)
            at = skipped + reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(_BROKEN_CSV.fill(row=at)) from error


def _workbook(path: Path) -> tuple[Sheet, ...]:
    from baocao.formats import xlsx

    looks = xlsx.weighed(path)
    _mark_formulas(path, looks)
    workbook = xlsx.opened(path)
    try:
        titles = xlsx.visible(workbook)
        with sheet_reader.guarded():
            return tuple(_sheet(workbook.get_sheet_by_name(title), title, looks.get(title, {})) for title in titles)
    finally:
        workbook.close()


def not_computed(path: Path) -> int:
    """How many cells of a workbook hold a formula whose result was never stored."""
    marks: dict[str, dict[Place, Look]] = {"": {}}
    try:
        _mark_formulas(path, marks)
    except Unreadable:
        return 0  # an old workbook under the new name
    return sum(map(len, marks.values()))


def _mark_formulas(path: Path, looks: dict[str, dict[Place, Look]]) -> None:
    """Among the looks of cells, put a mark where a program wrote a formula and left its computing to others."""
    from baocao.formats import xlsx
    from baocao.formats.package import Package

    if not looks:
        return  # no .xlsx file
    with Package(path) as package:
        for title, part in xlsx.sheet_parts(package):
            content = package.part(part) or b""
            for letters, digits in _FORMULA.findall(content) if b"<f" in content or b":f" in content else ():
                looks.setdefault(title, {})[int(digits) - 1, sheet_sizes.column(letters)] = NOT_COMPUTED


def _sheet(sheet: CalamineSheet, title: str, looks: dict[Place, Look]) -> Sheet:
    if sheet.start is None:
        return Sheet(title, ())
    top, left = sheet.start
    rows: list[SheetRow] = []
    errors: dict[int, dict[int, str]] = {}  # calamine gives formulas' errors as empty cells
    for (row, column), look in looks.items():
        if isinstance(look, str):
            errors.setdefault(row, {})[column] = look
    for row, values in enumerate(sheet.to_python(skip_empty_area=True), top):
        cells: list[SheetCell] = [""] * left
        cells += [_cell(value, looks.get((row, column))) for column, value in enumerate(values, left)]
        for column, error in errors.get(row, {}).items():
            cells += [""] * (column + 1 - len(cells))
            cells[column] = error
        if any(cell != "" for cell in cells):
            rows.append(SheetRow(row + 1, tuple(cells)))
    merged = sorted(
        (first[0] + 1, first[1], last[0] + 1, last[1])
        for first, last in sheet_reader.merged(sheet, _FAR)
        if first != last
    )
    return Sheet(unicodedata.normalize("NFC", title), tuple(rows), tuple(merged))


def _cell(value: object, look: Look | None) -> SheetCell:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).strip() if value else ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        number = Decimal(value if isinstance(value, int) else f"{value:.{_DIGITS}g}")
        if isinstance(look, NumberFormat) and look.is_percent:
            return Percentage(number.scaleb(2))
        return number
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)
