"""What a workbook hides: sheets, which are not read, and rows and columns, which are.

A filtered list keeps its other rows, and they were reported; whoever loads the file no longer sees them, so
that they are told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from baocao.formats.errors import Unreadable
from baocao.model.sheet import Sheet, column_letters
from baocao.model.text import Text

_SHEETS = Text(
    "trang tính bị ẩn không được đọc: {names}; nếu cần nạp, hãy bỏ ẩn rồi nạp lại.",
    "hidden sheets were not read: {names}; unhide what is to be loaded, and load the file again.",
)
_ROWS = Text(
    "trang tính “{sheet}” có dòng bị ẩn, vẫn được đọc: {names}; nếu không phải số liệu báo cáo, hãy xóa rồi nạp lại.",
    "the sheet “{sheet}” has hidden rows, which are read: {names}; delete what is not reported, and load it again.",
)
_COLUMNS = Text(
    "trang tính “{sheet}” có cột bị ẩn, vẫn được đọc: {names}; nếu không phải số liệu báo cáo, hãy xóa rồi nạp lại.",
    "the sheet “{sheet}” has hidden columns, which are read: {names}; delete what is not reported, and load it again.",
)
_NAMED = 12
_HIDDEN = rb"""<(?:\w+:)?%s\b(?=[^>]*\bhidden=["'](?:1|true)["'])[^>]*>"""
_ROW = re.compile(_HIDDEN % b"row")
_COLUMN = re.compile(_HIDDEN % b"col")
_NUMBER = re.compile(rb"""\b(r|min|max)=["']([0-9]{1,7})["']""")


def hidden(path: Path, sheets: tuple[Sheet, ...]) -> tuple[Text, ...]:
    """What is hidden in a workbook, in words; of older kinds of workbooks the sheets alone are known."""
    from baocao.formats import xlsx

    workbook = xlsx.opened(path)
    try:
        seen = set(xlsx.visible(workbook))
        names = [one.name for one in workbook.sheets_metadata if one.name not in seen]
    finally:
        workbook.close()
    found = [_SHEETS.fill(names=_listed(names))] if names else []
    return (*found, *_within(path, {sheet.name: sheet for sheet in sheets}))


def _within(path: Path, sheets: dict[str, Sheet]) -> Iterator[Text]:
    from baocao.formats import xlsx
    from baocao.formats.package import Package

    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return
    try:
        with Package(path) as package:
            for title, part in xlsx.sheet_parts(package):
                content = package.part(part) or b""
                if title in sheets and b"hidden=" in content:
                    yield from _told(sheets[title], content)
    except Unreadable:
        return  # an old workbook under the new name


def _told(sheet: Sheet, content: bytes) -> Iterator[Text]:
    filled = {row.number for row in sheet.rows}
    rows = [str(at) for tag in _ROW.findall(content) if (at := _numbers(tag).get("r", 0)) in filled]
    if rows:
        yield _ROWS.fill(sheet=sheet.name, names=_listed(rows))
    width = max((len(row.cells) for row in sheet.rows), default=0)
    spans = [_numbers(tag) for tag in _COLUMN.findall(content)]
    hidden_at = {at for span in spans for at in range(span.get("min", 1) - 1, min(span.get("max", 0), width))}
    columns = [at for at in sorted(hidden_at) if any(at < len(row.cells) and row.cells[at] != "" for row in sheet.rows)]
    if columns:
        yield _COLUMNS.fill(sheet=sheet.name, names=_listed([column_letters(at) for at in columns]))


def _numbers(tag: bytes) -> dict[str, int]:
    return {name.decode(): int(digits) for name, digits in _NUMBER.findall(tag)}


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_NAMED]) + (" ..." if len(names) > _NAMED else "")
