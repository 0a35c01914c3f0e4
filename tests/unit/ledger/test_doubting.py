"""What is odd in a file is told as it is loaded, and loaded all the same; so is what its workbook hides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from baocao.figures.intake_keys import Defaults
from baocao.ledger import book, taking
from baocao.ledger.book import Book
from baocao.ledger.sources import Sources
from baocao.ledger.taking import Taken

DEMO = Path(__file__).resolve().parents[3] / "demo" / "so-lieu"
HEAD = ["Đơn vị", "Chỉ tiêu", "Kỳ", "Giá trị"]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Book]:
    with book.opened(tmp_path / "kho.sqlite", Sources(DEMO / "don-vi.csv"), is_new_allowed=True) as found:
        yield found


def take(made: Book, path: Path) -> Taken:
    (taken,) = taking.take(made, [path], taking.Asked(Defaults(), by="an"))
    assert not taken.rejections
    return taken


def csv(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "a.csv"
    path.write_text(";".join(HEAD) + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_figures_beyond_the_plausible_are_told_and_loaded(made: Book, tmp_path: Path) -> None:
    taken = take(made, csv(tmp_path, "SM01;ty_le_ho_ngheo;2024;150", "SM02;ho_ngheo;2024;-5", "SM01;ho_ngheo;2024;5"))
    assert taken.new == 3
    assert [note.vi for note in taken.notes] == [
        "Xã Bến Thử, Tỷ lệ hộ nghèo, 2024-A1: 150 nằm ngoài khoảng hợp lý (từ 0 đến 100); "
        "hãy kiểm tra số và đơn vị tính.",
        "Xã Đồi Thử, Số hộ nghèo, 2024-A1: -5 nằm ngoài khoảng hợp lý (từ 0); hãy kiểm tra số và đơn vị tính.",
    ]


def test_identities_are_looked_at_where_a_file_tells_all_of_their_figures(made: Book, tmp_path: Path) -> None:
    lines = ("SM01;ho_ngheo;2024;99", "SM01;tong_so_ho;2024;10", "SM02;ho_ngheo;2024;99", "SM02;tong_so_ho;2023;10")
    (note,) = take(made, csv(tmp_path, *lines)).notes
    assert note.vi.startswith("Xã Bến Thử, 2024-A1: không khớp “Số hộ nghèo <= Tổng số hộ dân cư”: 99 so với 10")


def test_a_file_that_is_wrong_throughout_is_told_so_in_few_lines(made: Book, tmp_path: Path) -> None:
    months = (
        f"SM0{unit};ho_ngheo;{year}-M{month:02d};-1"
        for unit in (1, 2)
        for year in (2023, 2024)
        for month in range(1, 13)
    )
    notes = take(made, csv(tmp_path, *months)).notes
    assert len(notes) == 21
    assert notes[-1].vi == "và 28 số liệu khác cũng cần kiểm tra."


def test_hidden_rows_and_columns_are_loaded_and_hidden_sheets_are_not_and_both_are_told(
    made: Book, tmp_path: Path
) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Biểu 1"
    for row in (["Chỉ tiêu", "Kỳ", "SM01", "SM02"], ["ho_ngheo", 2024, 1, 2], ["tong_so_ho", 2024, 10, 20]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[9].hidden = True  # nothing stands there
    sheet.column_dimensions["D"].hidden = True
    other = workbook.create_sheet("Nháp")
    other.append(HEAD)
    other.append(["SM01", "ho_ngheo", 2023, 7])
    other.sheet_state = "hidden"
    workbook.save(tmp_path / "a.xlsx")
    taken = take(made, tmp_path / "a.xlsx")
    assert taken.new == 4
    sheets, rows, columns = (note.vi for note in taken.notes)
    assert "không được đọc: Nháp;" in sheets
    assert "“Biểu 1” có dòng bị ẩn, vẫn được đọc: 3;" in rows
    assert "“Biểu 1” có cột bị ẩn, vẫn được đọc: D;" in columns


def test_a_formula_without_its_result_is_refused_with_what_to_do(made: Book, tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(HEAD)
    sheet.append(["SM01", "ho_ngheo", 2024, "=1+1"])
    workbook.save(tmp_path / "a.xlsx")
    (taken,) = taking.take(made, [tmp_path / "a.xlsx"], taking.Asked(Defaults(), by="an"))
    assert [bad.text.vi.partition(";")[0] for bad in taken.rejections] == ["công thức chưa có kết quả trong tệp"]
