"""Cells as a workbook stores them: what is a number, what a formula, what only looks like one of them."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from xlsxwriter import Workbook as WrittenBook

from baocao.formats import sheet_cells
from baocao.formats.errors import Unreadable
from baocao.formats.sheet_cells import Kind, Look, StoredCell, read


def stored(tmp_path: Path, **cells: Any) -> dict[str, StoredCell]:
    """Cells as openpyxl writes them, read back by their places."""
    book = Workbook()
    for place, value in cells.items():
        value, look = value if isinstance(value, tuple) else (value, "")
        book.active[place] = value
        if look:
            book.active[place].number_format = look
    book.save(tmp_path / "a.xlsx")
    (sheet,) = read(tmp_path / "a.xlsx")
    return {f"{chr(ord('A') + column)}{row + 1}": cell for (row, column), cell in sheet.cells.items()}


def test_each_kind_of_content_is_known(tmp_path: Path) -> None:
    found = stored(tmp_path, A1="Xã", B1=1.5, C1=True, D1="#N/A", E1="=1+1", F1="1.234,5", G1=datetime.date(2026, 1, 2))
    assert {place: (cell.kind, cell.text) for place, cell in found.items() if place != "G1"} == {
        "A1": (Kind.TEXT, "Xã"),
        "B1": (Kind.NUMBER, "1.5"),
        "C1": (Kind.TRUTH, "TRUE"),
        "D1": (Kind.FAULT, "#N/A"),
        "E1": (Kind.NOTHING, ""),
        "F1": (Kind.TEXT, "1.234,5"),
    }
    assert [place for place, cell in found.items() if cell.is_formula] == ["E1"]
    assert found["G1"].look is Look.DAY


@pytest.mark.parametrize(
    ("code", "look"),
    [
        ("General", Look.PLAIN), ("0", Look.PLAIN), ("#,##0.##", Look.PLAIN), ("[$-42A]#,##0", Look.PLAIN),
        ("0%", Look.PERCENT), ("0.0%;-0.0%", Look.PERCENT), ('0"%"', Look.PLAIN),
        ("dd/mm/yyyy", Look.DAY), ("[h]:mm", Look.DAY), ("mmm-yy", Look.DAY),
        ('0" ngày"', Look.PLAIN), ("@", Look.PLAIN),
    ],
)  # fmt: skip
def test_a_number_is_shown_as_its_format_says(tmp_path: Path, code: str, look: Look) -> None:
    assert stored(tmp_path, A1=(0.85, code))["A1"].look is look


def test_results_of_formulas_and_escaped_letters_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with WrittenBook(path) as book:
        sheet = book.add_worksheet("Một")
        sheet.write_formula("A1", "=2*3", None, 6)
        sheet.write_formula("B1", '=""', None, "")
        sheet.write_string("C1", "a_x0041_b\x07")
        sheet.write_string("E1", "half")
        sheet.write_rich_string("D1", "một ", book.add_format({"bold": True}), "hai")
        book.add_worksheet("Ẩn").very_hidden()
    replaced(path, "xl/sharedStrings.xml", b"half", b"_xD800_")
    first, second = read(path)
    assert first.text(0, 4) == "\ufffd", "half a letter is none"
    assert first.cells[0, 0] == StoredCell(Kind.NUMBER, "6", is_formula=True)
    assert first.cells[0, 1].is_formula
    assert first.text(0, 2) == "a_x0041_b\x07"
    assert first.text(0, 3) == "một hai"
    assert first.text(9, 9) == ""
    assert (first.is_hidden, second.is_hidden) == (False, True)


def test_cells_that_do_not_say_where_they_stand_are_behind_each_other(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    body = '<sheetData><row><c><v>1</v></c><c r="D1"><v>2</v></c><c t="inlineStr"><is><t>ba</t></is></c></row>'
    rewritten(path, f"{body}<row><c><v>4</v></c></row></sheetData>")
    (sheet,) = read(path)
    assert {place: cell.text for place, cell in sheet.cells.items()} == {
        (0, 0): "1",
        (0, 3): "2",
        (0, 4): "ba",
        (1, 0): "4",
    }


def replaced(path: Path, part: str, old: bytes, new: bytes) -> None:
    """A package with one part changed."""
    with zipfile.ZipFile(path) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for name, body in parts.items():
            after.writestr(name, body.replace(old, new) if name == part else body)


def rewritten(path: Path, rows: str, sheets: int = 1) -> None:
    """A workbook whose only sheet has these rows."""
    out = io.BytesIO()
    book = Workbook()
    for _ in range(sheets - 1):
        book.create_sheet()
    book.save(out)
    with zipfile.ZipFile(out) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            body = before.read(name)
            if name.endswith("sheet1.xml"):
                body = re.sub(b"<sheetData>.*</sheetData>", rows.encode(), body)
                assert rows.encode() in body
            after.writestr(name, body)


def test_what_is_no_workbook_or_too_much_of_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(Unreadable, match="no Excel workbook"):
        read(path)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    with pytest.raises(Unreadable, match="no Excel workbook"):
        read(path)
    rewritten(path, '<sheetData><row r="1"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    with pytest.raises(Unreadable, match="too many cells"):
        read(path)
    rewritten(path, "<sheetData></sheetData>", sheet_cells.MOST_SHEETS + 1)
    with pytest.raises(Unreadable, match="21 sheets"):
        read(path)
    rewritten(path, f"<sheetData>{' ' * 100_000}</sheetData>", 3)
    monkeypatch.setattr(sheet_cells, "MOST_PART", 50_000)
    with pytest.raises(Unreadable, match="swells"):
        read(path)
    monkeypatch.undo()
    monkeypatch.setattr(sheet_cells, "MOST_PARTS", 100_000)
    with pytest.raises(Unreadable, match="swells"):
        read(path)
