"""A table of figures for other programs: JSON lines, CSV, a workbook. All digits, and the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from baocao.ledger.grid import Cell, Grid
from baocao.model import Language, Text
from baocao.showing.words import said

_BOM = "\ufeff"  # spreadsheets take a CSV file without it for one of an older encoding
_EXACT = 15  # digits of a number that a workbook keeps
_MADE = datetime(2000, 1, 1)  # of every workbook: the same figures make the same file
_WIDEST = 60
_NOTES = Text("Lưu ý", "Notes")
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # with which a spreadsheet program begins a formula


def json_lines(grid: Grid, lang: Language) -> list[str]:
    """One object a row, by the columns' names; figures digit by digit, words in the language asked for."""
    names = [column.name for column in grid.columns]
    return [
        "{" + ", ".join(f"{json.dumps(name)}: {_json(cell, lang)}" for name, cell in zip(names, row, strict=True)) + "}"
        for row in grid.rows
    ]


def _json(cell: Cell, lang: Language) -> str:
    if isinstance(cell, Decimal):
        return plain(cell)
    value = said(cell, lang) if isinstance(cell, Text) else list(cell) if isinstance(cell, tuple) else cell
    return json.dumps(value, ensure_ascii=False)


def csv_bytes(grid: Grid, lang: Language, *, is_for_people: bool = False) -> bytes:
    """UTF-8 with commas and decimal points; no word in it becomes a formula.

    The columns are headed by their names, which programs know, or in words, as people know them.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    heads = (said(column.head, lang) if is_for_people else column.name for column in grid.columns)
    writer.writerow([harmless(head) for head in heads])
    for row in grid.rows:
        writer.writerow([_harmless_text(cell, lang) for cell in row])
    return (_BOM + out.getvalue()).encode()


def xlsx_bytes(grid: Grid, lang: Language) -> bytes:
    """A workbook: the title, the table headed for people, the remarks below. Needs ``xlsxwriter``."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"author": "baocao", "created": _MADE})
    title = said(grid.title, lang)
    sheet = book.add_worksheet(title.translate(_FORBIDDEN)[:31].strip(" '") or "baocao")
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "align": "center", "valign": "vcenter"})
    cell_format = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
    sheet.write_string(0, 0, title, bold)
    for at, column in enumerate(grid.columns):
        sheet.write_string(2, at, said(column.head, lang), head)
        texts = [said(column.head, lang), *(_plain_text(row[at], lang) for row in grid.rows)]
        sheet.set_column(at, at, min(max(map(len, texts)) + 2, _WIDEST))
    for down, row in enumerate(grid.rows, 3):
        for at, cell in enumerate(row):
            _write(sheet, down, at, cell, lang, cell_format)
    foot = len(grid.rows) + 4
    for down, remark in enumerate([_NOTES, *grid.remarks] if grid.remarks else [], foot):
        sheet.write_string(down, 0, said(remark, lang), bold if down == foot else None)
    sheet.freeze_panes(3, 0)
    book.close()
    return out.getvalue()


def _write(sheet: Any, down: int, at: int, cell: Cell, lang: Language, cell_format: Any) -> None:
    """A figure as a number where a workbook keeps all its digits, everything else as text: never a formula."""
    if isinstance(cell, int) or (
        isinstance(cell, Decimal) and len(plain(cell).lstrip("-0.").replace(".", "")) <= _EXACT
    ):
        sheet.write_number(down, at, cell, cell_format)
    else:
        sheet.write_string(down, at, _plain_text(cell, lang), cell_format)


def _plain_text(cell: Cell, lang: Language) -> str:
    match cell:
        case None:
            return ""
        case Text():
            return said(cell, lang)
        case Decimal():
            return plain(cell)
        case tuple():
            return "; ".join(cell)
        case _:
            return str(cell)


def _harmless_text(cell: Cell, lang: Language) -> str:
    shown = _plain_text(cell, lang)
    return shown if isinstance(cell, int | Decimal) else harmless(shown)  # a figure below nought stays a figure


def harmless(words: str) -> str:
    """Words that no spreadsheet program takes for a formula when it opens a CSV file.

    >>> harmless("=1+1"), harmless("Xã Đồng Phác")
    ("'=1+1", 'Xã Đồng Phác')
    """
    return f"'{words}" if words.startswith(_STARTS) else words


def plain(value: Decimal) -> str:
    """All digits of a figure and no noughts after them: "1.5" for 1.500000."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
