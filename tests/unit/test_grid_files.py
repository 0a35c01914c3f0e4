"""Tables for other programs: figures stay figures, and no word of a file becomes a formula."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from baocao.ledger.grid import Cell, Column, Grid
from baocao.model.text import Text
from baocao.showing.grid_files import csv_bytes, harmless, xlsx_bytes

ROWS: tuple[tuple[Cell, ...], ...] = (
    ("=1+1", Decimal("-5.50")),
    ("- lúa", -3),
    (Text("@SUM(1)", "+cmd"), None),
    ("Xã Đồng Phác", Decimal("1492.9")),
)
GRID = Grid(Text("Bảng", "Table"), (Column("name", Text("Tên", "Name")), Column("value", Text("Số", "Figure"))), ROWS)


def test_words_of_a_csv_are_words_and_figures_figures() -> None:
    rows = list(csv.reader(io.StringIO(csv_bytes(GRID, "vi").decode("utf-8-sig"))))
    assert rows[1:] == [["'=1+1", "-5.5"], ["'- lúa", "-3"], ["'@SUM(1)", ""], ["Xã Đồng Phác", "1492.9"]]
    assert b"'+cmd" in csv_bytes(GRID, "en")


def test_words_of_a_workbook_are_words() -> None:
    sheet = load_workbook(io.BytesIO(xlsx_bytes(GRID, "vi"))).active
    told = [(cell.data_type, cell.value) for cell in sheet["A"][3:7]]
    assert told == [("s", "=1+1"), ("s", "- lúa"), ("s", "@SUM(1)"), ("s", "Xã Đồng Phác")]
    assert [cell.value for cell in sheet["B"][3:5]] == [-5.5, -3]


@pytest.mark.parametrize("word", ["=1", "+1", "-1", "@A1", "\t=1", "\r=1", "＝1"])
def test_what_begins_a_formula_gets_a_sign_before_it(word: str) -> None:
    assert harmless(word) == f"'{word}"


@pytest.mark.parametrize("word", ["", "Xã", "1", "'=1", " =1", "a=1", "– lúa"])
def test_other_words_are_left_alone(word: str) -> None:
    assert harmless(word) == word
