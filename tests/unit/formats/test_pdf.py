"""PDF pages become blocks: notes at their feet, ruled tables, running heads, sentences cut by pages.

All places and figures are invented.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from baocao.formats import limits, pdf
from baocao.formats.errors import Unreadable
from baocao.formats.layout_lines import Line, setting_of
from baocao.model import Document, Kind, Passage, Table
from tests.unit.formats.pdf_files import Drawn, Rule, Words, write_pdf


def read(path: Path) -> Document:
    document = pdf.read(path, path.name)
    for block in document.blocks:
        for holder in block.cells if isinstance(block, Table) else (block,):
            for run in holder.runs:
                printed = document.source[run.source : run.source + run.length]
                assert holder.text[run.start : run.start + run.length] == printed
    return document


def passages(document: Document) -> list[Passage]:
    return [block for block in document.blocks if isinstance(block, Passage)]


def page(number: int, body: list[str], notes: list[tuple[str, str]]) -> list[Drawn]:
    """A page with its number, a running head, body lines and notes; "^" in a body line raises what follows."""
    drawn: list[Drawn] = [Words(str(number), 300, 800, 13), Words("Báo cáo của huyện Mẫu Sơn Hạ", 200, 780, 10)]
    y = 740.0
    for line in body:
        x = 121.0 if line.startswith("- ") else 85.0
        first, _, rest = line.partition("^")
        drawn.append(Words(first, x, y))
        if rest:
            raised, _, after = rest.partition(" ")
            end = x + sum(14 * (0.3 if letter in " .,:;()-" else 0.5) for letter in first)
            drawn.append(Words(raised, end, y + 5, 8))
            drawn.append(Words(after, end + 4 * len(raised) + 4.2, y))
        y -= 18
    y = 110.0
    for label, text in notes:
        drawn.append(Words(label, 85, y + 4, 6))
        drawn.append(Words(text, 89 + 3 * len(label), y, 10))
        y -= 12
    return drawn


@pytest.fixture(name="report")
def report_file(tmp_path: Path) -> Path:
    first = [
        "1. Sản xuất nông nghiệp",
        "- Trồng trọt: Diện tích gieo trồng tại các xã đạt 11.836 ha^1 bằng",
        "102% kế hoạch; diện tích mặt nước nuôi trồng thủy sản là 25 m^2 giữ",
        "mức của năm trước.",
        "- Chăn nuôi: Tổng đàn gia súc của huyện đạt 6.384 con^2 và các đơn",
        "vị đang tiếp tục triển khai công tác tiêm phòng trên địa bàn các",
    ]
    second = ["xã theo kế hoạch đã giao.", "2. Y tế", "- Khám bệnh được 9.372 lượt trên địa bàn."]
    third = ["- Dịch bệnh được kiểm soát trên địa bàn các xã, không có ổ dịch mới."]
    notes = [("1", "Lúa 5.794 ha; ngô 6.885 ha."), ("2", "Trâu 199 con, bò 48 con.")]
    return write_pdf(tmp_path / "báo cáo.pdf", [page(1, first, notes), page(2, second, []), page(3, third, [])])


def test_notes_heads_and_cut_sentences(report: Path) -> None:
    document = read(report)
    body = [block for block in passages(document) if block.kind is not Kind.NOTE]
    assert [(block.label, block.kind.value) for block in body] == [
        ("1.", "heading"),
        ("-", "paragraph"),
        ("-", "paragraph"),
        ("2.", "heading"),
        ("-", "paragraph"),
        ("-", "paragraph"),
    ]
    assert "11.836 ha bằng 102% kế hoạch" in body[1].text
    assert "25 m² giữ mức" in body[1].text
    assert [mark.label for block in body for mark in block.marks] == ["1", "2"]
    assert body[2].text.endswith("trên địa bàn các xã theo kế hoạch đã giao.")
    assert set(document.notes) == {"1", "2"}
    note = document.blocks[document.notes["2"]]
    assert isinstance(note, Passage)
    assert note.text == "Trâu 199 con, bò 48 con."
    assert "Báo cáo của huyện" not in " ".join(block.text for block in passages(document))


def _table(rows: list[list[str]], top: float) -> list[Drawn]:
    """Ruled cells, 90 by 20 points each."""
    drawn: list[Drawn] = []
    columns = len(rows[0])
    for row in range(len(rows) + 1):
        drawn.append(Rule(85, top - 20 * row, 85 + 90 * columns, top - 20 * row))
    for column in range(columns + 1):
        drawn.append(Rule(85 + 90 * column, top, 85 + 90 * column, top - 20 * len(rows)))
    for row, cells in enumerate(rows):
        drawn += [Words(text, 88 + 90 * at, top - 15 - 20 * row, 11) for at, text in enumerate(cells) if text]
    return drawn


def test_a_ruled_table_goes_on_over_the_pages_end(tmp_path: Path) -> None:
    pytest.importorskip("pdfplumber", reason="pdfplumber (extra: tables) is not installed")
    head = ["TT", "Chỉ tiêu", "Kế hoạch", "Thực hiện"]
    above: list[Drawn] = [Words("BIỂU CHỈ TIÊU CHỦ YẾU", 200, 760)]
    path = write_pdf(
        tmp_path / "bieu.pdf",
        [
            [*above, *_table([head, ["1", "Lúa", "430", "412"], ["2", "Ngô", "", "1.583,7"]], 700)],
            [*_table([head, ["3", "Mía", "300", "264,3"]], 780), Words("Trên đây là báo cáo của huyện.", 85, 600)],
        ],
    )
    document = read(path)
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert (table.rows, table.columns, table.title) == (4, 4, "BIỂU CHỈ TIÊU CHỦ YẾU")
    grid = [[cell.text if cell else "" for cell in row] for row in table.grid()]
    assert grid == [head, ["1", "Lúa", "430", "412"], ["2", "Ngô", "", "1.583,7"], ["3", "Mía", "300", "264,3"]]


def test_cut_off_damaged_and_overlong_files_are_refused(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = report.read_bytes()
    report.write_bytes(content[: len(content) // 2])
    with pytest.raises(Unreadable, match="cut off"):
        pdf.read(report, report.name)
    report.write_bytes(b"%PDF-1.4\n" + b"junk " * 50 + b"startxref\n0\n%%EOF\n")
    with pytest.raises(Unreadable, match="damaged"):
        pdf.read(report, report.name)
    report.write_bytes(content)
    monkeypatch.setattr(limits, "MAX_PAGES", 2)
    with pytest.raises(Unreadable, match="3 pages"):
        pdf.read(report, report.name)


def test_pages_without_anything_are_refused(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "trang.pdf", [[Rule(10, 10, 20, 10), Words("x", 1, 1)]])
    path.write_bytes(path.read_bytes().replace(b"<21> Tj", b"<> Tj  "))
    with pytest.raises(Unreadable, match="no words"):
        pdf.read(path, path.name)


def test_a_locked_file_is_refused(tmp_path: Path) -> None:
    qpdf = shutil.which("qpdf")
    if qpdf is None:
        pytest.skip("qpdf is not installed, no locked PDF can be made")
    import subprocess

    path = write_pdf(tmp_path / "mo.pdf", [[Words("Báo cáo", 85, 700)]])
    locked = tmp_path / "khoa.pdf"
    subprocess.run([qpdf, "--encrypt", "mat", "khau", "256", "--", str(path), str(locked)], check=True)
    with pytest.raises(Unreadable, match="password"):
        pdf.read(locked, locked.name)


def test_a_mark_behind_a_length_that_a_small_space_parts_is_no_power(tmp_path: Path) -> None:
    words = "Chiều dài kênh mương là 12 km"
    end = 85 + sum(14 * (0.3 if letter in " .,:;()-" else 0.5) for letter in words)
    drawn = [
        Words(words, 85, 700),
        Words("3", end + 2.3, 705, 8),
        Words("2. Xã Khe Mẫu có 25 m", 85, 660),
        Words("2", 85 + 14 * (0.3 * 6 + 0.5 * 14), 665, 8),
    ]
    read_in = read(write_pdf(tmp_path / "bao-cao.pdf", [drawn]))
    texts = [passage.text for passage in passages(read_in)]
    assert texts[0] == words
    assert "m²" in texts[1]


def test_many_notes_in_small_type_do_not_make_the_lines_of_the_text_look_short() -> None:
    body = [("diện tích gieo trồng cả năm của các xã vùng cao và vùng thấp", False)] * 12
    notes = [
        ("trong đó có nhiều loại cây trồng hằng năm và lâu năm khác nhau của các xã vùng cao, vùng thấp", True)
    ] * 20
    lines = [
        Line(text, 100 * at, 0, 0, 0, False, small=small, full=True) for at, (text, small) in enumerate([*body, *notes])
    ]
    setting = setting_of(lines)
    assert setting.wrapped
    assert setting.width == len(body[0][0])


def test_the_words_of_a_chart_are_no_words_of_the_text(tmp_path: Path) -> None:
    drawn = [
        Words("1. Khách du lịch đến huyện trong năm 2025 là 12.480 lượt,", 85, 700, mark="P"),
        Words("14.000", 90, 660, 9, mark="Figure"),
        Words("Xã Khe Mẫu", 140, 640, 9, mark="Figure"),
        Words("7.000", 90, 620, 9, mark="Figure"),
        Words("tăng 4% so với năm 2024.", 85, 560, mark="P"),
    ]
    read_in = read(write_pdf(tmp_path / "bao-cao.pdf", [drawn]))
    words = " ".join(passage.text for passage in passages(read_in))
    assert words == "1. Khách du lịch đến huyện trong năm 2025 là 12.480 lượt, tăng 4% so với năm 2024."


def test_a_title_goes_on_in_its_second_line_behind_a_semicolon(tmp_path: Path) -> None:
    drawn = [
        Words("BÁO CÁO", 260, 740),
        Words("Kết quả phát triển kinh tế - xã hội năm 2025;", 150, 722),
        Words("phương hướng, nhiệm vụ năm 2026", 180, 704),
        Words("Tổng thu ngân sách trên địa bàn huyện năm 2025 là 12,5 tỷ đồng, vượt dự toán.", 85, 660),
    ]
    read_in = read(write_pdf(tmp_path / "bao-cao.pdf", [drawn]))
    assert read_in.title == "BÁO CÁO Kết quả phát triển kinh tế - xã hội năm 2025; phương hướng, nhiệm vụ năm 2026"


def test_a_note_that_ends_a_page_with_an_item_goes_on_at_the_foot_of_the_next(tmp_path: Path) -> None:
    first = [
        "- Số học sinh của huyện là 21.972 em^1 tại các trường trên địa bàn",
        "toàn huyện.",
        "- Số trường đạt chuẩn quốc gia của huyện là 57 trường trên tổng số",
        "94 trường trên địa bàn các xã.",
    ]
    second = [
        "- Số giáo viên của huyện là 1.421 người^2 tại các trường trên địa bàn",
        "các xã, thị trấn.",
        "- Số phòng học kiên cố của huyện tăng 12 phòng trên địa bàn các xã",
        "vùng cao.",
    ]
    long = "Mầm non 5.943 em; tiểu học 8.535 em; trung học cơ sở 5.170 em; chia theo giới: nam 11.418 em;"
    pages = [page(1, first, [("1", long)]), page(2, second, [("", "Nữ 10.554 em."), ("2", "Nữ 1.102 người.")])]
    notes = {block.label: block.text for block in passages(read(write_pdf(tmp_path / "bao-cao.pdf", pages)))}
    assert notes["1"] == f"{long} Nữ 10.554 em."
    assert notes["2"] == "Nữ 1.102 người."
