"""How large a sheet claims to be: its cells are spread out in memory up to the last one, wherever that one stands."""

from __future__ import annotations

import re

from baocao.formats import limits
from baocao.formats.errors import Unreadable
from baocao.model import Text

_TOO_LARGE = Text(
    "bảng tính có quá nhiều ô ({count} ô, giới hạn {limit}); hãy tách các trang tính ra tệp riêng hoặc xóa vùng thừa.",
    "the workbook has too many cells ({count}, the limit is {limit}); split its sheets or delete unused areas.",
)
_BEYOND = Text(
    "bảng tính bị hỏng: có ô nằm ngoài cỡ lớn nhất của một trang tính; hãy mở bằng Excel rồi lưu lại.",
    "the workbook is damaged: a cell stands beyond the largest size of a sheet; open it in Excel and save it again.",
)
_WIDEST = 16_384  # columns that a sheet can have
_LONGEST = 1_048_576  # rows
_ROWS = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br=["']([0-9]{1,7})["']""")
_PLACES = re.compile(rb"""\sr=["']([A-Za-z]{1,12})([0-9]{1,20})""")
_ODS_ROW = b"<table:table-row"
_ODS_ROWS = re.compile(rb'number-rows-repeated="([0-9]{1,9})"')
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*value-type=[^>]*)>|<table:table-cell\b([^>/]*)>")
_ODS_COLUMNS = re.compile(rb'number-columns-repeated="([0-9]{1,9})"')
_ROW_RECORD = 0
_CELL_RECORDS = range(1, 12)


def too_many(count: int | str, limit: int) -> Unreadable:
    """The refusal of a sheet with too many cells."""
    return Unreadable(_TOO_LARGE.fill(count=count, limit=limit))


def admit_xlsx(content: bytes) -> None:
    """Raises ``Unreadable`` when a sheet's last row and column span too many places."""
    stated = set(_PLACES.findall(content))
    rows = max(map(int, _ROWS.findall(content)), default=0) or content.count(b"<row")
    rows = max(rows, max((int(digits) for digits in {digits for _, digits in stated}), default=0))
    columns = max((column(letters.upper()) + 1 for letters in {letters for letters, _ in stated}), default=0)
    if rows > _LONGEST or columns > _WIDEST:
        raise Unreadable(_BEYOND)
    loose = content.count(b"<c>") + content.count(b"<c/>")  # cells that do not say where they stand
    _admit(rows * max(columns, min(loose, _WIDEST)))


def admit_ods(content: bytes) -> None:
    """A cell that says it is repeated is as many cells."""
    places = 0
    for row in content.split(_ODS_ROW)[1:]:
        head = row[: row.find(b">") + 1]
        cells = sum(_repeated(_ODS_COLUMNS, filled or other) for filled, other in _ODS_CELL.findall(row))
        places += _repeated(_ODS_ROWS, head) * cells
        _admit(places)


def admit_xlsb(content: bytes) -> None:
    """The binary sheet is a row of records: number, length, body; a row's and a cell's begin with where they stand."""
    at = rows = columns = 0
    while at < len(content):
        record, at = _number(content, at, 2)
        length, at = _number(content, at, 4)
        if record == _ROW_RECORD:
            rows = max(rows, int.from_bytes(content[at : at + 4], "little") + 1)
        elif record in _CELL_RECORDS:
            columns = max(columns, int.from_bytes(content[at : at + 4], "little") + 1)
        at += length
    _admit(rows * columns)


def _admit(places: int) -> None:
    if places > limits.MAX_GRID:
        raise too_many(places, limits.MAX_GRID)


def _repeated(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1


def _number(content: bytes, at: int, longest: int) -> tuple[int, int]:
    """A number in groups of seven bits, the lowest first, and where it ends."""
    number = 0
    for index in range(longest):
        if at >= len(content):
            break
        byte = content[at]
        at += 1
        number |= (byte & 0x7F) << 7 * index
        if byte < 0x80:
            break
    return number, at


def column(letters: bytes) -> int:
    """The column's number from 0, by its letters; -1 for none."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
