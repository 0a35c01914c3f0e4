"""A sheet's numbers are read as the sheet shows them."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest

from baocao.formats import Unreadable, limits, read, sheet_sizes
from baocao.formats.xlsx_formats import format_of, printed
from baocao.model import Document, Table

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(path: Path, *sheets: str, formats: tuple[str, ...] = (), states: tuple[str, ...] = ()) -> Path:
    """A workbook of the given sheet data; style n has the n-th of ``formats`` (style 0 is general)."""
    numbers = range(1, len(sheets) + 1)
    state = dict(zip(numbers, states, strict=False))
    named = "".join(
        f'<sheet name="Biểu {n}" sheetId="{n}" r:id="rId{n}" state="{state.get(n, "visible")}"/>' for n in numbers
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    codes = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(formats))
    styles = '<xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(formats)))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId99" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        f"<cellXfs>{styles}</cellXfs></styleSheet>",
    }
    for number, inside in zip(numbers, sheets, strict=True):
        parts[f"xl/worksheets/sheet{number}.xml"] = f'<worksheet xmlns="{MAIN}">{inside}</worksheet>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + content)
    return path


def number(place: str, value: str, style: int = 0) -> str:
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>' if style else f'<c r="{place}"><v>{value}</v></c>'


def text(place: str, value: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def sheet(*rows: tuple[int, str], after: str = "") -> str:
    return "<sheetData>" + "".join(f'<row r="{at}">{cells}</row>' for at, cells in rows) + f"</sheetData>{after}"


def shown(found: Document, block: int = 0) -> dict[tuple[int, int], str]:
    table = found.blocks[block]
    assert isinstance(table, Table)
    for cell in table.cells:
        (run,) = cell.runs
        assert found.source[run.source : run.source + run.length] == cell.text
    return {(cell.row, cell.column): cell.text for cell in table.cells}


def test_numbers_are_printed_in_vietnamese_figures_without_a_floats_noise(tmp_path: Path) -> None:
    cells = number("C3", "0.30000000000000004") + number("D3", "1234.5") + number("E3", "15000") + number("F3", "-7")
    found = read(workbook(tmp_path / "a.xlsx", sheet((3, cells))))
    assert shown(found) == {(2, 2): "0,3", (2, 3): "1234,5", (2, 4): "15000", (2, 5): "-7"}
    assert found.source == "0,3\t1234,5\t15000\t-7\n"


def test_formats_decide_what_is_shown(tmp_path: Path) -> None:
    formats = ("0.0%", "#,##0.00", "0", "#,##0.0,,", "0.##", "0.0&quot;%&quot;", "dd/mm/yyyy", "0.0_);(0.0)")
    values = ("0.97101449", "14000.0912", "2.5", "48600000", "12.50", "87.46", "46174", "3.25")
    cells = "".join(number(f"{'ABCDEFGH'[n]}1", value, n + 1) for n, value in enumerate(values))
    found = shown(read(workbook(tmp_path / "a.xlsx", sheet((1, cells)), formats=formats)))
    assert list(found.values()) == ["97,1%", "14.000,09", "3", "48,6", "12,5", "87,5%", "01/06/2026", "3,3"]


@pytest.mark.parametrize(
    ("value", "code", "figure"),
    [
        (0.1 + 0.2, "General", "0,3"),
        (1e-7, "", "0,0000001"),
        (1.5e20, "", "150000000000000000000"),
        (123456789012345.6, "", "123456789012346"),
        (5, "", "5"),
        (-0.0, "", "0"),
        (0.005, "0.00", "0,01"),
        (-1234567.891, "#,##0.0", "-1.234.567,9"),
        (0.5, "0%", "50%"),
        (7, "00", "07"),
        (2.0, '0.0" ha"', "2,0 ha"),
        (12, "[Red]0.0", "12,0"),
        (12, "0.00E+00", "12"),
        (12, "# ?/?", "12"),
        (12, "@", "12"),
        (1234, "#,##0\\ _₫", "1.234"),
    ],
)
def test_a_figure_through_its_format(value: float, code: str, figure: str) -> None:
    assert printed(value, format_of(code)) == figure


def test_merged_cells_errors_booleans_and_wrapped_words(tmp_path: Path) -> None:
    first = text("A1", "Kế hoạch&#10;năm 2026") + '<c r="C1" t="e"><v>#REF!</v></c><c r="D1" t="b"><v>1</v></c>'
    data = sheet((1, first), (3, number("A3", "5")), after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>')
    found = read(workbook(tmp_path / "a.xlsx", data))
    assert shown(found) == {(0, 0): "Kế hoạch năm 2026", (0, 2): "#REF!", (0, 3): "TRUE", (2, 0): "5"}
    table = found.blocks[0]
    assert isinstance(table, Table)
    assert (table.cells[0].row_span, table.cells[0].column_span) == (2, 2)
    assert (table.title, table.rows, table.columns) == ("Biểu 1", 3, 4)


def test_each_visible_sheet_is_a_table_and_hidden_ones_are_left_out(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        *(sheet((1, number("A1", f"{n}"))) for n in range(4)),
        states=("visible", "hidden", "veryHidden"),
    )
    found = read(path)
    assert found.source == "0\n3\n"
    assert [block.title for block in found.blocks if isinstance(block, Table)] == ["Biểu 1", "Biểu 4"]


def test_a_workbook_without_content_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no visible sheet"):
        read(workbook(tmp_path / "a.xlsx", sheet()))


@pytest.mark.parametrize(
    "far",
    [
        sheet((1, number("A1", "1")), (1048576, number("XFD1048576", "1"))),
        "<sheetData><row r='1048576'><c><v>1</v></c></row><row r='1'><c r='XFD1'><v>2</v></c></row></sheetData>",
    ],
)
def test_a_cell_in_the_far_corner_is_refused_before_memory_is_taken(tmp_path: Path, far: str) -> None:
    with pytest.raises(Unreadable, match="too many cells"):
        read(workbook(tmp_path / "a.xlsx", far))


def test_more_cells_than_the_limit_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CELLS", 3)
    with pytest.raises(Unreadable, match="too many cells"):
        read(
            workbook(
                tmp_path / "a.xlsx",
                sheet((1, number("A1", "1") + number("B1", "2")), (2, number("A2", "3") + number("B2", "4"))),
            )
        )


def test_a_large_sheet_is_read_in_linear_time(tmp_path: Path) -> None:
    names = [f"{first}{second}" for first in "ABCD" for second in "ABCDEFGHIJKLMNOPQRSTUVWXY"]
    rows = ((at, "".join(number(f"{name}{at}", f"{at}.5") for name in names)) for at in range(1, 501))
    path = workbook(tmp_path / "a.xlsx", sheet(*rows))
    start = time.perf_counter()
    table = read(path).blocks[0]
    assert isinstance(table, Table)
    assert len(table.cells) == 50_000
    assert time.perf_counter() - start < 5


def ods(path: Path, rows: str) -> Path:
    """A LibreOffice sheet of the given rows."""
    kinds = ("office", "table", "text")
    names = " ".join(f'xmlns:{kind}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"' for kind in kinds)
    table = f'<table:table table:name="B">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", f"<office:document-content {names}>{body}</office:document-content>")
    return path


CELL = '<table:table-cell office:value-type="float" office:value="5.5"{}><text:p>5,5</text:p></table:table-cell>'


def test_a_libreoffice_sheet_is_read_and_its_empty_rest_costs_nothing(tmp_path: Path) -> None:
    rest = '<table:table-cell table:number-columns-repeated="16382"/>'
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    below = f'<table:table-row table:number-rows-repeated="1048575">{empty}</table:table-row>'
    rows = f"<table:table-row>{CELL.format('')}{CELL.format('')}{rest}</table:table-row>{below}"
    assert shown(read(ods(tmp_path / "a.ods", rows))) == {(0, 0): "5,5", (0, 1): "5,5"}


def test_a_cell_repeated_ten_million_times_is_refused(tmp_path: Path) -> None:
    wide = CELL.format(' table:number-columns-repeated="1000"')
    rows = f'<table:table-row table:number-rows-repeated="10000">{wide}</table:table-row>'
    with pytest.raises(Unreadable, match="too many cells"):
        read(ods(tmp_path / "a.ods", rows))


def test_a_binary_sheet_says_how_far_it_goes() -> None:
    def record(number: int, body: bytes) -> bytes:
        return bytes([number, len(body)]) + body

    near = record(0, (4).to_bytes(4, "little") + bytes(8)) + record(5, (2).to_bytes(4, "little") + bytes(12))
    sheet_sizes.admit_xlsb(b"\x81\x01\x00" + near)
    far = record(0, (1_048_575).to_bytes(4, "little")) + record(5, (16_383).to_bytes(4, "little"))
    with pytest.raises(Unreadable, match="too many cells"):
        sheet_sizes.admit_xlsb(near + far)
