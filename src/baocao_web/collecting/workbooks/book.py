"""How workbooks of forms are made: their letters, looks and formats of numbers; nothing typed becomes a formula."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from baocao_web.pages import number

FONT: Final = "Times New Roman"
DIGITS: Final = 15  # of a number that a spreadsheet keeps; more is written as text
WHOLE, PARTED = "[$-42A]#,##0", "[$-42A]#,##0.######"  # as in Vietnam, where the program lets a file say so
A4: Final = 9
LOCKED: Final = {"format_columns": True, "format_rows": True, "autofilter": False, "sort": False}
_MADE: Final = datetime(2000, 1, 1)  # of every workbook: the same figures make the same file


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


def name_of(text: str) -> str:
    """A file's name without what a system, a browser or a mail server may stumble over."""
    return "".join(sign if (sign.isascii() and sign.isalnum()) or sign in "-._" else "-" for sign in text).strip("-.")


def put(out: Any, line: int, right: int, value: Decimal, style: Any) -> None:
    """A figure as a number; as text where it has more digits than a spreadsheet keeps."""
    if len(value.as_tuple().digits) <= DIGITS:
        out.write_number(line, right, value, style)
    else:
        out.write_string(line, right, number(value), style)
