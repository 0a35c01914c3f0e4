"""The annexes' workbook holds numbers, works its totals and percentages out again, and takes no text for a formula."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from baocao.formats.xlsx_write import workbook
from baocao.formats.xlsx_write_cells import placed, shift, shown
from baocao.model.draft import (
    Align,
    Annex,
    Column,
    Draft,
    Form,
    Grid,
    GridCell,
    Head,
    Manner,
    Number,
    Paragraph,
    Reckoning,
    Signature,
    Source,
    Words,
)
from baocao.model.observation import Address
from baocao.model.period import Period

OFFICE = shutil.which("soffice")
HAS_CALC = OFFICE is not None and (Path(OFFICE).resolve().parent / "libsclo.so").exists()
YEAR = Period.part(2026)


def number(value: str, decimals: int = 0, **form: int) -> Number:
    source = Source(Reckoning.VALUE, (Address("99", "lua_dien_tich", YEAR),))
    return Number.of(Decimal(value), Form(decimals, **form), source, 3)


def cell(*pieces: Number | str, formula: str = "", **spans: int) -> GridCell:
    line = tuple(Words(piece) if isinstance(piece, str) else piece for piece in pieces)
    return GridCell(line, formula=formula, **spans)


def percent(value: str) -> Number:
    return Number.of(Decimal(value), Form(1, is_trimmed=True), Source(Reckoning.PERCENT), 3)


GRID = Grid(
    (Column(Decimal(4), Align.CENTRE), Column(Decimal(20), Align.LEFT), *(Column(Decimal(9)),) * 3),
    (
        (cell("TT", rows=2), cell("Đơn vị", rows=2), cell("Diện tích (ha)", columns=3)),
        (cell("Kế hoạch"), cell("Thực hiện"), cell("%")),
    ),
    (
        (cell(), cell("Tổng số"), cell(number("1600"), formula="=SUM(C4:C5)"),
         cell(number("1492.9", 1), formula="=SUM(D4:D5)"), cell(percent("93.30625"), formula="=D3/C3*100")),
        (cell("1"), cell("=HYPERLINK(\"x\")"), cell(number("800")), cell(number("780.4", 1)),
         cell(percent("97.55"), formula="=D4/C4*100")),
        (cell("2"), cell("+cmd|' /C calc'!A0"), cell("từ ", number("800"), " trở lên"), cell(number("712.5", 1)),
         cell(percent("89.0625"), formula="=D5/C5*100")),
    ),
    "Lúa",
)  # fmt: skip


def draft(*annexes: Annex) -> Draft:
    head = Head("UBND TỈNH SÔNG MÂY", "BC-UBND", "Sông Mây", "BÁO CÁO", "Tình hình năm 2026 (số liệu hư cấu)")
    return Draft(head, (), Signature(()), (), annexes)


def annex(*grids: Grid, label: str = "Phụ lục I", **more: bool) -> Annex:
    blocks: list[Paragraph | Grid] = []
    for grid in grids:
        blocks += [
            Paragraph((Words("Diện tích lúa"),), Manner.CAPTION),
            Paragraph((Words("Đơn vị tính: ha"),), Manner.UNIT),
            grid,
            Paragraph((Words("Ghi chú: số liệu hư cấu."),)),
        ]
    return Annex(label, "Kết quả trồng trọt", tuple(blocks), **more)


def opened(made: bytes, *, is_value: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made), data_only=is_value)


def test_numbers_are_numbers_and_totals_and_percentages_are_formulas() -> None:
    made = workbook(draft(annex(GRID)))
    formulas, values = opened(made).worksheets[0], opened(made, is_value=True).worksheets[0]
    # four lines stand above the table: label, title, caption, unit of measure
    assert [formulas.cell(7, column).value for column in (3, 4, 5)] == ["=SUM(C8:C9)", "=SUM(D8:D9)", "=D7/C7*100"]
    assert [values.cell(7, column).value for column in (3, 4, 5)] == [1600, 1492.9, 93.30625]
    assert formulas.cell(8, 3).value == 800
    assert formulas.cell(8, 4).number_format == "[$-42A]#,##0.0"
    assert formulas.cell(9, 3).value == 800
    assert formulas.cell(9, 3).number_format == '[$-42A]"từ "#,##0" trở lên"'


def test_text_is_never_a_formula() -> None:
    sheet = opened(workbook(draft(annex(GRID)))).worksheets[0]
    for row in (8, 9):
        assert sheet.cell(row, 2).data_type == "s"
    assert sheet.cell(8, 2).value == '=HYPERLINK("x")'


@pytest.mark.parametrize(
    "formula", ['=HYPERLINK("http://x")', "=cmd|' /C calc'!A0", "=Sheet2!A1", "=A1&B1", "SUM(A1)", "=NOW()", "=[1]A!A1"]
)
def test_a_formula_of_another_kind_is_refused(formula: str) -> None:
    with pytest.raises(ValueError, match="made of cells"):
        shift(formula, 3)


def test_formulas_move_with_their_table() -> None:
    assert shift("=100*(I3+J3)/H3", 4) == "=100*(I7+J7)/H7"
    assert shift("=SUM(C4:C9,AB12)", 10) == "=SUM(C14:C19,AB22)"
    assert shift("=ROUND(C4,2)-ROUND(D4,2)", 10) == "=ROUND(C14,2)-ROUND(D14,2)"
    assert shift("=10*L3/E3", 0) == "=10*L3/E3"


def test_the_head_stays_in_view_and_is_printed_on_every_page() -> None:
    sheet = opened(workbook(draft(annex(GRID)))).worksheets[0]
    assert sheet.freeze_panes == "C7"
    assert sheet.print_title_rows == "$5:$6"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth in (None, 1)  # one page wide where nothing is said
    assert sheet.page_setup.fitToHeight == 0
    assert [sheet.cell(row, 1).value for row in range(1, 5)] == [
        "PHỤ LỤC I", "Kết quả trồng trọt", "Diện tích lúa", "Đơn vị tính: ha",
    ]  # fmt: skip
    assert "C5:E5" in {str(area) for area in sheet.merged_cells.ranges}
    assert sheet.cell(11, 1).value == "Ghi chú: số liệu hư cấu."


def test_each_table_has_a_sheet_with_a_name_of_its_own() -> None:
    made = opened(workbook(draft(annex(GRID, GRID), annex(GRID, label="Phụ lục [I]: a/b", is_landscape=False))))
    assert made.sheetnames == ["Phụ lục I", "Phụ lục I (2)", "Phụ lục  I   a b", "Nguon so lieu"]
    assert made.worksheets[2].page_setup.orientation == "portrait"


def test_a_hidden_sheet_tells_where_each_number_is_from() -> None:
    made = opened(workbook(draft(annex(GRID))))
    sources = made["Nguon so lieu"]
    assert sources.sheet_state == "hidden"
    rows = [[one.value for one in row] for row in sources.iter_rows(min_row=2)]
    assert ["Phụ lục I!C7", "value", "99:lua_dien_tich:2026-A1:actual", "1600", "3"] in rows
    assert len(rows) == 9


def test_a_draft_without_annexes_is_a_workbook_all_the_same() -> None:
    assert opened(workbook(draft())).sheetnames == ["Nguon so lieu"]


def test_the_same_draft_gives_the_same_bytes() -> None:
    assert workbook(draft(annex(GRID))) == workbook(draft(annex(GRID)))


def test_what_no_cell_may_hold_is_left_out() -> None:
    grid = Grid((Column(Decimal(1)),), ((cell("a\x00\x0bb"),),), ((cell("x" * 40_000),),))
    made = workbook(draft(annex(grid, label="\x01'Lạ'")))
    sheet = opened(made).worksheets[0]
    assert sheet.cell(5, 1).value == "ab"
    assert len(sheet.cell(6, 1).value) == 32_767
    assert zipfile.ZipFile(io.BytesIO(made)).testzip() is None


@pytest.mark.parametrize(
    ("given", "value", "number_format"),
    [
        (cell(number("7", digits=2)), 7, "[$-42A]00"),
        (cell(number("123", digits=2)), 123, "[$-42A]#,##0"),
        (cell(number("11327000000", 1, scale=9)), 11.327, "[$-42A]#,##0.0"),
        (cell("-", number("2")), -2, "[$-42A]+#,##0;[$-42A]-#,##0"),
        (cell("+", number("3")), 3, "[$-42A]+#,##0;[$-42A]-#,##0"),
        (cell(number("16"), "-32"), 16, '[$-42A]#,##0"-32"'),
        (cell("dưới ", number("4", 2)), 4, '[$-42A]"dưới "#,##0.00'),
        (cell("-"), None, ""),
    ],
)
def test_a_number_keeps_the_words_beside_it(given: GridCell, value: float | None, number_format: str) -> None:
    found = shown(given)
    assert (found.value, found.number_format) == (value, number_format)


def test_spans_that_run_into_each_other_are_cut() -> None:
    rows = ((cell("a"), cell("b", rows=9)), (cell("c", columns=5),))
    assert [(down, right, one.columns, one.rows) for down, right, one in placed(rows, 2)] == [
        (0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 1, 1),
    ]  # fmt: skip


def worked_out(sheet: Any, formula: str) -> Fraction:
    """A formula's value by the numbers in the sheet's cells, formulas in them worked out in their turn."""

    def value(name: str) -> Fraction:
        found = sheet[name].value
        if isinstance(found, str) and found.startswith("="):
            return worked_out(sheet, found)
        return Fraction(str(found)) if isinstance(found, int | float) else Fraction(0)

    def total(found: re.Match[str]) -> str:
        cells = [cell for area in found[1].split(",") for cell in _cells(area)]
        return f"Fraction('{sum((value(cell) for cell in cells), Fraction(0))}')"

    summed = re.sub(r"SUM\(([^()]*)\)", total, formula[1:])
    plain = re.sub(r"(?<!')\b[A-Z]+[0-9]+\b", lambda found: f"Fraction('{value(found[0])}')", summed)
    result: Fraction = eval(plain, {"__builtins__": {}, "Fraction": Fraction})
    return result


def _cells(area: str) -> list[str]:
    first, _, last = area.partition(":")
    letters = first.rstrip("0123456789")
    rows = [int((end or first)[len(letters) :]) for end in (first, last)]
    return [f"{letters}{row}" for row in range(rows[0], rows[1] + 1)]


def test_every_formula_makes_the_value_that_is_stored_with_it() -> None:
    made = workbook(draft(annex(GRID)))
    formulas, values = opened(made).worksheets[0], opened(made, is_value=True).worksheets[0]
    cells = [one for row in formulas.iter_rows() for one in row if one.data_type == "f"]
    assert len(cells) == 5
    for one in cells:
        assert worked_out(formulas, one.value) == Fraction(str(values[one.coordinate].value)), one.coordinate


@pytest.mark.skipif(not HAS_CALC, reason="LibreOffice Calc is not installed: it does not work the formulas out again")
def test_another_program_works_out_the_same_values(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    made = workbook(draft(annex(GRID)))
    path.write_bytes(_without_cached_values(made))
    assert OFFICE is not None
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    filters = "csv:Text - txt - csv (StarCalc):44,34,76"
    call = [OFFICE, profile, "--headless", "--convert-to", filters, "--outdir", str(tmp_path), str(path)]
    subprocess.run(call, check=True, capture_output=True, timeout=120)
    rows = list(csv.reader((tmp_path / "bieu.csv").read_text(encoding="utf-8").splitlines()))
    assert rows[6][2:5] == ["1.600", "1.492,9", "93,3"]
    assert rows[7][1:5] == ['=HYPERLINK("x")', "800", "780,4", "97,6"]
    assert rows[8][2:5] == ["từ 800 trở lên", "712,5", "89,1"]


def _without_cached_values(made: bytes) -> bytes:
    """The workbook with every formula's stored value made wrong, so that what is read was worked out again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name.endswith("sheet1.xml"):
                text = content.decode()
                for value in ("1600", "1492.9", "93.30625", "97.55", "89.0625"):
                    text = text.replace(f"</f><v>{value}</v>", "</f>")
                assert "</f><v>" not in text
                content = text.encode()
            after.writestr(name, content)
    return out.getvalue()
