"""Rows come with their places and exact numbers, out of whatever offices save."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
import xlsxwriter

from baocao.formats import Unreadable, rows
from baocao.model.sheet import Percentage, Sheet, SheetRow, column_letters

TABLE = "Đơn vị;Giá trị\nXã Hòa Bình;1,5\n"


def _rows(sheet: Sheet) -> list[tuple[int, tuple[object, ...]]]:
    return [(row.number, row.cells) for row in sheet.rows]


@pytest.mark.parametrize("separator", [";", "\t", "|", ","])
def test_the_separator_is_found(separator: str) -> None:
    text = f'đơn vị{separator}giá trị{separator}c\nxã A{separator}"1,5"{separator}"a; b"\nxã B{separator}2{separator}\n'
    sheet = rows.text_sheet(text.encode())
    assert _rows(sheet)[1] == (2, ("xã A", "1,5", "a; b"))
    assert _rows(sheet)[2] == (3, ("xã B", "2", ""))


def test_decimal_commas_part_no_cells_where_semicolons_do() -> None:
    sheet = rows.text_sheet(b"a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n")
    assert _rows(sheet)[2] == (3, ("4,5", "5,5", "6,5"))


def test_the_hint_of_a_spreadsheet_is_followed_and_counted() -> None:
    assert _rows(rows.text_sheet(b"sep=|\na|1;2\n")) == [(2, ("a", "1;2"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
def test_encodings_of_offices_are_read(encoding: str) -> None:
    import unicodedata

    text = TABLE + "Xã Tân Lập của tỉnh;2\n" * 3
    if encoding == "cp1258":  # its letters carry the tone marks apart
        text = "".join(_apart(sign) for sign in unicodedata.normalize("NFC", text))
    sheet = rows.text_sheet(text.encode(encoding))
    assert _rows(sheet)[:2] == [(1, ("Đơn vị", "Giá trị")), (2, ("Xã Hòa Bình", "1,5"))]


def _apart(sign: str) -> str:
    """A letter as Windows-1258 writes it: the hat or horn in the letter, the tone mark behind."""
    import unicodedata

    try:
        sign.encode("cp1258")
    except UnicodeEncodeError:
        marks = unicodedata.normalize("NFD", sign)
        tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
        rest = "".join(mark for mark in marks if mark not in tones)
        return unicodedata.normalize("NFC", rest) + "".join(tones)
    return sign


def test_decomposed_letters_become_one() -> None:
    import unicodedata

    assert _rows(rows.text_sheet(unicodedata.normalize("NFD", TABLE).encode())) == _rows(
        rows.text_sheet(TABLE.encode())
    )


def test_rows_keep_their_numbers_over_blank_rows_and_line_breaks() -> None:
    sheet = rows.text_sheet(b'a,b\r\n\r\n,\r\n"x\r\ny",1\r\nz,2\r\n')
    assert _rows(sheet) == [(1, ("a", "b")), (4, ("x\ny", "1")), (6, ("z", "2"))]


@pytest.mark.parametrize("text", ['a,b\n"x,1\ny,2\n', 'a,b\n"x"y,2\n'])
def test_broken_quotation_marks_are_refused_with_their_row(text: str) -> None:
    with pytest.raises(Unreadable, match="row 2"):
        rows.text_sheet(text.encode())


def test_a_file_is_known_by_its_bytes(tmp_path: Path) -> None:
    file = tmp_path / "biểu.csv"
    file.write_text(TABLE, encoding="utf-8")
    read = rows.read(file)
    assert read.sha256 == sha256(TABLE.encode()).hexdigest()
    assert read.sheets == (Sheet("", (SheetRow(1, ("Đơn vị", "Giá trị")), SheetRow(2, ("Xã Hòa Bình", "1,5")))),)


def _workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Biểu 1")
    sheet.write_row("B3", ["Đơn vị", " Giá trị ", "Ngày"])
    sheet.write_string("B4", "00097")
    sheet.write_number("C4", 15.234, book.add_format({"num_format": "#,##0.0"}))
    sheet.write_datetime("D4", datetime(2024, 5, 31), book.add_format({"num_format": "dd/mm/yyyy"}))
    sheet.write_number("B5", 97)
    sheet.write_number("C5", 0.97125, book.add_format({"num_format": "0.0%"}))
    sheet.write_formula("C6", "=1/0", None, "#DIV/0!")
    sheet.write_formula("C7", "=0.1+0.2", None, 0.30000000000000004)
    sheet.write_boolean("D7", True)
    sheet.merge_range("B8:B9", "00098")
    sheet.write_number("C9", 1e30)
    book.add_worksheet("Ẩn").hide()
    book.add_worksheet("Trống")
    book.close()
    return path


def test_a_workbooks_numbers_are_those_that_it_stores(tmp_path: Path) -> None:
    sheet, empty = rows.read(_workbook(tmp_path / "a.xlsx")).sheets
    assert (sheet.name, empty.name, empty.rows) == ("Biểu 1", "Trống", ())
    assert _rows(sheet) == [
        (3, ("", "Đơn vị", "Giá trị", "Ngày")),
        (4, ("", "00097", Decimal("15.234"), "31/05/2024")),
        (5, ("", Decimal(97), Percentage(Decimal("97.125")), "")),
        (6, ("", "", "#DIV/0!", "")),
        (7, ("", "", Decimal("0.3"), "TRUE")),
        (8, ("", "00098", "", "")),
        (9, ("", "", Decimal("1E+30"), "")),
    ]
    assert sheet.merged == ((8, 1, 9, 1),)


def test_a_formula_that_was_never_computed_is_told(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Đơn vị", "Giá trị"])
    book.active.append(["00097", "=1+1"])
    book.active["B3"] = date(2024, 5, 31)
    book.save(tmp_path / "a.xlsx")
    (sheet,) = rows.read(tmp_path / "a.xlsx").sheets
    assert _rows(sheet)[1:] == [(2, ("00097", "=?")), (3, ("", "31/05/2024"))]


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    pdf, book, blank = tmp_path / "a.pdf", tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    pdf.write_bytes(b"%PDF-1.4\n")
    with zipfile.ZipFile(book, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook")
    xlsxwriter.Workbook(str(blank)).close()
    for path in (pdf, book, blank, tmp_path / "none.csv", tmp_path):
        with pytest.raises(Unreadable):
            rows.read(path)


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_spreadsheets_do(column: int, letters: str) -> None:
    assert column_letters(column) == letters
