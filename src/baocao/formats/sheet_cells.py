"""A workbook's cells one by one, as they are stored: what a form that comes back must be judged by.

Other than ``rows``, which tells what a sheet says, this tells how it says it: whether a cell is typed or a formula, a
figure or a text that looks like one, a date or a percentage; and it reads hidden sheets too, where forms keep their
identity. Formulas are never worked out, macros and links never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from baocao.formats import limits, sheet_sizes
from baocao.formats.errors import Unreadable
from baocao.formats.package import Package, parse
from baocao.formats.xlsx_formats import S, format_of
from baocao.model.text import Text

if TYPE_CHECKING:
    from lxml.etree import _Element

Place = tuple[int, int]  # row and column, from 0

MOST_PART: Final = 8 * limits.MEBIBYTE  # of a part's XML: a form of 20.000 cells has a quarter
MOST_PARTS: Final = 24 * limits.MEBIBYTE  # of all parts that are read
MOST_SHEETS: Final = 20
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_WORDS: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DAYS: Final = frozenset({*range(14, 23), 27, 30, 36, *range(45, 48), 50, 57})  # built-in formats of days and hours
_PERCENTS: Final = frozenset({9, 10})
_NO_WORKBOOK: Final = Text(
    "tệp không phải là bảng tính Excel (.xlsx); hãy lưu lại dưới dạng .xlsx rồi tải lên.",
    "the file is no Excel workbook (.xlsx); save it as .xlsx and bring it again.",
)
_SHEETS: Final = Text(
    "tệp có {count} trang tính, nhiều nhất là {limit}; hãy chỉ để lại các trang của biểu.",
    "the workbook has {count} sheets, {limit} at most; leave only those of the form.",
)


class Kind(Enum):
    """What a cell holds."""

    NUMBER = "number"
    TEXT = "text"
    TRUTH = "truth"  # TRUE, FALSE
    FAULT = "fault"  # #REF!, #N/A ...
    NOTHING = "nothing"  # of a formula: it was never worked out


class Look(Enum):
    """As what a number is shown."""

    PLAIN = "plain"
    PERCENT = "percent"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class StoredCell:
    """One filled cell. ``text`` is what is stored: digits of a number with a point, words as they were typed."""

    kind: Kind
    text: str
    is_formula: bool = False
    look: Look = Look.PLAIN


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """The filled cells of one sheet by their places."""

    name: str
    is_hidden: bool
    cells: Mapping[Place, StoredCell]

    def text(self, row: int, column: int) -> str:
        """What is stored at a place; nothing where the cell is empty."""
        found = self.cells.get((row, column))
        return found.text if found is not None else ""


def read(path: Path) -> list[StoredSheet]:
    """All worksheets of an .xlsx file, hidden ones too. Raises ``Unreadable``."""
    head = limits.admit(path)
    if not head.startswith(b"PK"):
        raise Unreadable(_NO_WORKBOOK)
    with Package(path) as package:
        parts = _Parts(package, MOST_PARTS)
        root = parts.xml("xl/workbook.xml")
        if root is None:
            raise Unreadable(_NO_WORKBOOK)
        listed = root.findall(f"{S}sheets/{S}sheet")
        if len(listed) > MOST_SHEETS:
            raise Unreadable(_SHEETS.fill(count=len(listed), limit=MOST_SHEETS))
        targets = {key: (kind, target) for key, kind, target in package.relations("xl/workbook.xml")}
        strings = [_words(one) for one in _children(parts.xml("xl/sharedStrings.xml"), "si")]
        looks = _looks(parts.xml("xl/styles.xml"))
        found = []
        for sheet in listed:
            kind, part = targets.get(sheet.get(_RELATION, ""), ("", ""))
            if kind == "worksheet":
                is_hidden = sheet.get("state", "visible") != "visible"
                cells = dict(_cells(parts.xml(part, is_sheet=True), strings, looks))
                found.append(StoredSheet(sheet.get("name", ""), is_hidden, cells))
        return found


@dataclass(slots=True)
class _Parts:
    """The parts that are read, weighed one by one and together: a small package can hold very much."""

    package: Package
    left: int  # bytes that may still be unpacked

    def xml(self, name: str, *, is_sheet: bool = False) -> _Element | None:
        """The root of a part, None where there is none. Raises ``Unreadable``."""
        content = self.package.part(name, min(MOST_PART, self.left))
        if content is None:
            return None
        self.left -= len(content)
        if is_sheet:
            sheet_sizes.admit_xlsx(content)
        return parse(content, name)


def _children(root: _Element | None, name: str) -> Iterator[_Element]:
    return iter(()) if root is None else root.iterfind(f"{S}{name}")


def _words(holder: _Element) -> str:
    """The text of a string, its runs joined; what is written for the eye of a reader of Chinese is left out."""
    pieces = [
        piece.text or ""
        for piece in holder.iter(f"{S}t")
        if (above := piece.getparent()) is None or above.tag != f"{S}rPh"
    ]
    return _ESCAPE.sub(_letter, "".join(pieces))


def _letter(found: re.Match[str]) -> str:
    """The letter of an escape; half a letter is none."""
    code = int(found[1], 16)
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)


def _cells(root: _Element | None, strings: list[str], looks: list[Look]) -> Iterator[tuple[Place, StoredCell]]:
    """The filled cells; one that does not say where it stands is behind the one before it."""
    row = -1
    for line in _children(None if root is None else root.find(f"{S}sheetData"), "row"):
        told = line.get("r", "")
        row = int(told) - 1 if told.isdigit() and len(told) < 8 else row + 1
        column = -1
        for cell in line.iterfind(f"{S}c"):
            placed = _PLACE.fullmatch(cell.get("r", ""))
            column = sheet_sizes.column(placed[1].encode()) if placed else column + 1
            found = _cell(cell, strings, looks)
            if found is not None:
                yield (int(placed[2]) - 1 if placed else row, column), found


def _cell(cell: _Element, strings: list[str], looks: list[Look]) -> StoredCell | None:
    is_formula = cell.find(f"{S}f") is not None
    held = cell.find(f"{S}is")
    value = cell.findtext(f"{S}v")
    kind, text = _content(cell.get("t", "n"), value, held, strings)
    if kind is Kind.NOTHING and not is_formula:
        return None
    style = cell.get("s", "0")
    look = looks[int(style)] if style.isdigit() and len(style) < 6 and int(style) < len(looks) else Look.PLAIN
    return StoredCell(kind, text, is_formula, look if kind is Kind.NUMBER else Look.PLAIN)


def _content(told: str, value: str | None, held: _Element | None, strings: list[str]) -> tuple[Kind, str]:
    """What kind of content a cell has, and its text."""
    if told == "inlineStr" and held is not None:
        return _filled(_words(held))
    if value is None or (value == "" and told != "str"):
        return Kind.NOTHING, ""
    match told:
        case "s":
            at = int(value) if value.isascii() and value.strip().isdigit() and len(value) < 9 else -1
            return _filled(strings[at]) if 0 <= at < len(strings) else (Kind.FAULT, "#REF!")
        case "str":
            return _filled(_ESCAPE.sub(_letter, value))
        case "b":
            return Kind.TRUTH, "TRUE" if value.strip() == "1" else "FALSE"
        case "e":
            return Kind.FAULT, value
        case "d":
            return Kind.TEXT, value
        case _:
            return Kind.NUMBER, value.strip()


def _filled(text: str) -> tuple[Kind, str]:
    return (Kind.TEXT, text) if text else (Kind.NOTHING, "")


def _looks(root: _Element | None) -> list[Look]:
    """As what each style of the workbook shows a number."""
    codes = {
        int(one.get("numFmtId", "0")): one.get("formatCode", "")
        for one in ([] if root is None else root.iterfind(f"{S}numFmts/{S}numFmt"))
        if one.get("numFmtId", "").isdigit()
    }
    styles = [] if root is None else root.iterfind(f"{S}cellXfs/{S}xf")
    return [_look(int(number) if (number := one.get("numFmtId", "0")).isdigit() else 0, codes) for one in styles]


def _look(number: int, codes: Mapping[int, str]) -> Look:
    code = codes.get(number)
    if code is None:
        return Look.DAY if number in _DAYS else Look.PERCENT if number in _PERCENTS else Look.PLAIN
    shown = format_of(code)
    if shown is not None:
        return Look.PERCENT if shown.is_percent else Look.PLAIN
    plain = _WORDS.sub("", code.split(";")[0]).lower()
    return Look.DAY if "general" not in plain and any(sign in plain for sign in "ymdhs") else Look.PLAIN
