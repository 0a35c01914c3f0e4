"""What a Word file prints, is read; what it hides, deletes or merely computes with, is not."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from baocao.formats import read
from baocao.model import Cell, Document, Kind, Passage, Table
from tests.unit.formats.word_files import cell, mark, notes, paragraph, run, table, word_file


def document(folder: Path, body: str, **parts: str) -> Document:
    found = read(word_file(folder / "mẫu.docx", body, **parts))
    assert unicodedata.is_normalized("NFC", found.source)
    for block in found.blocks:
        for holder in block.cells if isinstance(block, Table) else (block,):
            check_runs(found, holder)
    return found


def check_runs(found: Document, holder: Passage | Cell) -> None:
    """Every letter of a block is led back to the same letter of the source."""
    covered = "".join(found.source[at.source : at.source + at.length] for at in holder.runs)
    assert covered == holder.text
    assert [at.start for at in holder.runs] == sorted(at.start for at in holder.runs)


def texts(found: Document) -> list[str]:
    return [block.text if isinstance(block, Passage) else "<table>" for block in found.blocks]


@pytest.mark.parametrize(
    ("xml", "printed"),
    [
        (run("Đạt ") + run("97,1%", "<w:b/>"), "Đạt 97,1%"),
        (f'{run("Còn ")}<w:ins w:id="1" w:author="a">{run("mới ")}</w:ins>{run("thôi")}', "Còn mới thôi"),
        ('<w:del w:id="1"><w:r><w:delText>cũ</w:delText></w:r></w:del>' + run("mới"), "mới"),
        (
            f'<w:moveFrom w:id="1">{run("đây ")}</w:moveFrom>{run("A ")}<w:moveTo w:id="2">{run("đây")}</w:moveTo>',
            "A đây",
        ),
        (run("lộ ") + run("ẩn", "<w:vanish/>") + run("rõ", '<w:vanish w:val="0"/>'), "lộ rõ"),
        (f'<w:hyperlink r:id="x">{run("liên kết")}</w:hyperlink>', "liên kết"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('trong ô')}</w:sdtContent></w:sdt>", "trong ô"),
        (run("a") + "<w:r><w:tab/></w:r>" + run("b"), "a\tb"),
        (run("dài") + "<w:r><w:br/></w:r>" + run("tiếp"), "dài tiếp"),
        (run("COVID") + "<w:r><w:noBreakHyphen/></w:r>" + run("19"), "COVID-19"),
        (run("so\u00adft") + "<w:r><w:softHyphen/></w:r>" + run("ware"), "software"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run(" 5%"), "≥ 5%"),
        (run("120 m") + run("2", '<w:vertAlign w:val="superscript"/>'), "120 m²"),
        (run("<!-- c -->" + "5 ha"), "5 ha"),
        (f'<w:fldSimple w:instr="=1+1">{run("2")}</w:fldSimple>', "2"),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f></m:oMath>",
            "3/4",
        ),
    ],
)
def test_a_paragraph_prints(tmp_path: Path, xml: str, printed: str) -> None:
    assert texts(document(tmp_path, paragraph(xml))) == [printed]


def test_a_field_prints_its_result_and_not_its_code(tmp_path: Path) -> None:
    def step(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText>REF a</w:instrText></w:r>" + run("mã")
    nested = step("begin") + code + step("begin") + code + step("separate") + run("x") + step("end")
    body = paragraph(run("Xem ") + nested + step("separate") + run("mục 5") + step("end") + run("."))
    assert texts(document(tmp_path, body)) == ["Xem mục 5."]


def test_a_field_that_never_ends_swallows_nothing_after_its_paragraph(tmp_path: Path) -> None:
    broken = paragraph(run("A") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("B"))
    assert texts(document(tmp_path, broken + paragraph("C"))) == ["A", "C"]


def test_letters_written_as_base_and_accents_are_composed_across_runs(tmp_path: Path) -> None:
    written = unicodedata.normalize("NFD", "Tổng diện tích: 5 ha")
    body = paragraph(run(written[:2]) + run(written[2:3]) + run(written[3:], "<w:b/>"))
    assert texts(document(tmp_path, body)) == ["Tổng diện tích: 5 ha"]


def test_a_manual_line_break_may_begin_an_item(tmp_path: Path) -> None:
    line = "<w:r><w:br/></w:r>"
    body = paragraph(
        run("Gồm các xã sau.") + line + run("- Xã Giả: 5 hộ") + line + run("nghèo;") + line + run("- Xã Ví: 3 hộ.")
    )
    assert texts(document(tmp_path, body)) == ["Gồm các xã sau.", "- Xã Giả: 5 hộ nghèo;", "- Xã Ví: 3 hộ."]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(tmp_path: Path) -> None:
    body = paragraph("Thu 5 tỷ", '<w:rPr><w:del w:id="1"/></w:rPr>') + paragraph(" đồng.")
    assert texts(document(tmp_path, body)) == ["Thu 5 tỷ đồng."]


def test_headings_are_told_by_style_by_outline_level_and_by_look(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="K"><w:basedOn w:val="H"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    )
    body = (
        paragraph("Theo kiểu kế thừa", '<w:pStyle w:val="K"/>')
        + paragraph("Theo mức dàn ý", '<w:outlineLvl w:val="1"/>')
        + paragraph(run("II. VĂN HÓA", "<w:b/>"))
        + paragraph("Xã có 5 thôn.")
        + paragraph("Mục lục ..... 3", '<w:pStyle w:val="T"/>')
    )
    found = document(tmp_path, body, styles=styles)
    assert [block.kind for block in found.blocks if isinstance(block, Passage)] == [Kind.HEADING] * 3 + [Kind.PARAGRAPH]
    assert "Mục lục" not in found.source


def test_footnotes_and_endnotes_are_tied_to_their_marks(tmp_path: Path) -> None:
    body = paragraph(run("Diện tích 30 ha") + mark(2) + run(", đạt 50%") + mark(1, "endnote") + run(".")) + paragraph(
        run("Có 5 xã") + mark(1) + run(".")
    )
    found = document(
        tmp_path,
        body,
        footnotes=notes("Năm xã.", "Lúa 20 ha, ngô 10 ha."),
        endnotes=notes("Kế hoạch 60 ha.", kind="endnote"),
    )
    assert texts(found) == [
        "Diện tích 30 ha, đạt 50%.",
        "Có 5 xã.",
        "Lúa 20 ha, ngô 10 ha.",
        "Năm xã.",
        "Kế hoạch 60 ha.",
    ]
    first = found.blocks[0]
    assert isinstance(first, Passage)
    assert [(at.at, at.label) for at in first.marks] == [(15, "1"), (24, "i")]
    assert found.source[first.marks[0].source] == "¹"
    assert found.notes == {"1": 2, "2": 3, "i": 4}
    note = found.blocks[2]
    assert isinstance(note, Passage)
    assert (note.kind, note.label) == (Kind.NOTE, "1")


def test_a_note_may_have_a_mark_of_its_own(tmp_path: Path) -> None:
    own = '<w:r><w:footnoteReference w:id="1" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    found = document(tmp_path, paragraph(run("Thu 5 tỷ") + own), footnotes=notes("Ước tính."))
    assert texts(found) == ["Thu 5 tỷ", "Ước tính."]
    assert found.notes == {"*": 1}


def test_typed_note_marks_are_marks_when_their_notes_are_there(tmp_path: Path) -> None:
    def up(text: str) -> str:
        return run(text, '<w:vertAlign w:val="superscript"/>')

    body = (
        paragraph(run("Rộng 500 m") + up("2") + run(", có 5 thôn") + up("1") + run(" và 3 chợ") + up("2") + run("."))
        + paragraph(up("1") + run(" Gồm cả thôn mới."))
        + paragraph(up("2") + run(" Chợ xã."))
    )
    found = document(tmp_path, body)
    first = found.blocks[0]
    assert isinstance(first, Passage)
    assert first.text == "Rộng 500 m², có 5 thôn và 3 chợ."
    assert [at.label for at in first.marks] == ["1", "2"]
    assert texts(found)[1:] == ["Gồm cả thôn mới.", "Chợ xã."]
    assert found.notes == {"1": 1, "2": 2}


def test_raised_figures_without_notes_stay_as_printed(tmp_path: Path) -> None:
    body = paragraph(run("Mật độ 10") + run("3", '<w:vertAlign w:val="superscript"/>') + run(" con."))
    assert texts(document(tmp_path, body)) == ["Mật độ 10³ con."]


def test_a_table_has_merged_cells_once(tmp_path: Path) -> None:
    start, more, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    rows = (
        cell("TT", start) + cell("Chỉ tiêu", start) + cell("Kết quả", wide),
        cell("", more) + cell("", more) + cell("Thực hiện") + cell("%"),
        cell("1") + cell("Lúa") + cell("5") + cell("50"),
    )
    found = document(tmp_path, paragraph(run("BẢNG SỐ LIỆU", "<w:b/>")) + table(*rows))
    grid = found.blocks[1]
    assert isinstance(grid, Table)
    assert (grid.rows, grid.columns, grid.title) == (3, 4, "BẢNG SỐ LIỆU")
    assert [(at.text, at.row, at.column, at.row_span, at.column_span) for at in grid.cells[:5]] == [
        ("TT", 0, 0, 2, 1),
        ("Chỉ tiêu", 0, 1, 2, 1),
        ("Kết quả", 0, 2, 1, 2),
        ("Thực hiện", 1, 2, 1, 1),
        ("%", 1, 3, 1, 1),
    ]
    assert "1\tLúa\t5\t50\n" in found.source


def test_a_cell_joins_wrapped_words_and_keeps_entries_apart(tmp_path: Path) -> None:
    heading = paragraph("Kế hoạch") + paragraph("năm") + paragraph("(ha)")
    body = table(cell(heading) + cell(paragraph("62,35") + paragraph("67,74")))
    grid = document(tmp_path, body).blocks[0]
    assert isinstance(grid, Table)
    assert [at.text for at in grid.cells] == ["Kế hoạch năm (ha)", "62,35\n67,74"]


def test_a_table_in_a_cell_follows_its_table_and_a_lone_cell_is_a_frame(tmp_path: Path) -> None:
    inner = table(cell("x") + cell("y"))
    body = table(cell("a") + cell(paragraph("b") + inner + paragraph("C"))) + table(cell("khung"))
    found = document(tmp_path, body)
    assert texts(found) == ["<table>", "<table>", "khung"]
    outer = found.blocks[0]
    assert isinstance(outer, Table)
    assert [at.text for at in outer.cells] == ["a", "b\nC"]


def test_deleted_rows_are_left_out(tmp_path: Path) -> None:
    gone = f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr>{cell("cũ")}{cell("1")}</w:tr>'
    body = table(cell("a") + cell("b")).replace("</w:tbl>", gone + "</w:tbl>")
    assert "cũ" not in document(tmp_path, body).source


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    inside = f"<w:txbxContent>{paragraph('Trong khung: 5 ha')}</w:txbxContent>"
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
        f"{inside}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(document(tmp_path, paragraph(run("Ngoài") + box))) == ["Ngoài", "Trong khung: 5 ha"]
    old = f"<w:r><w:pict><v:textbox>{inside}</v:textbox></w:pict></w:r>"
    assert texts(document(tmp_path, paragraph(run("Ngoài") + old))) == ["Ngoài", "Trong khung: 5 ha"]


def test_content_controls_hold_text_and_prompts_do_not(tmp_path: Path) -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('Đã nhập')}</w:sdtContent></w:sdt>"
    prompt = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraph('Bấm để nhập')}</w:sdtContent></w:sdt>"
    )
    assert texts(document(tmp_path, control + prompt)) == ["Đã nhập"]


def test_strict_files_are_read_too(tmp_path: Path) -> None:
    path = word_file(tmp_path / "s.docx", paragraph("Đạt 5 ha"))
    from tests.unit.formats.word_files import word_parts, write_package

    strict = {
        name: content.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"
        )
        for name, content in word_parts(paragraph("Đạt 5 ha")).items()
    }
    assert read(write_package(path, strict)).source == "Đạt 5 ha\n"
