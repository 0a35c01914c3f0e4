"""A draft becomes a sound Word file: every figure bound, every label printed, whatever the words hold."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from baocao.formats import docx_narratives, docx_write, read
from baocao.formats.docx_prompts import is_prompt
from baocao.model import Document, Kind, Passage, Table
from baocao.model.draft import (
    Annex,
    Block,
    Chart,
    ChartKind,
    Column,
    Draft,
    Grid,
    GridCell,
    Head,
    Heading,
    Line,
    Manner,
    Narrative,
    Note,
    Paragraph,
    Series,
    Signature,
    Words,
)
from tests.unit.formats.large_draft import DRAFTED, HEAD, RECIPIENTS, SIGNATURE, Chance, large_draft
from tests.unit.formats.sound_word import FIGURES, W, faults, parts_of

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = (
    "<b>&amp; \"'</w:t></w:r></w:p>",
    "\x00\x01\x0b\x1f\x7f\ud800\ufffe\uffff",
    "]]><!-- -->&#0;",
    "dòng một\ndòng hai\r\n\tthụt",
    "\u202eđảo chữ",
    "עמותת שלום",
    "مركز ١٢",
    "e\u0301\u0323 tổ hợp",
    "👩\u200d🌾 x" * 5,
    "x" * 5000,
)


def paragraph(*pieces: str, manner: Manner = Manner.BODY) -> Paragraph:
    return Paragraph(tuple(Words(piece) for piece in pieces), manner)


def draft_of(*blocks: Block, annexes: tuple[Annex, ...] = ()) -> Draft:
    return Draft(HEAD, blocks, SIGNATURE, RECIPIENTS, annexes, "year", "xa-dong-sang", "2025")


def body_of(content: bytes) -> etree._Element:
    return etree.fromstring(parts_of(content)["word/document.xml"])


def read_back(content: bytes, folder: Path) -> Document:
    path = folder / "report.docx"
    path.write_bytes(content)
    return read(path)


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Passage)]


@pytest.fixture(scope="module")
def small() -> Draft:
    return large_draft(sections=6, annexes=2, rows=5, paragraphs=4)


def test_a_chart_that_does_not_fit_leaves_less_than_a_third_of_a_page_empty() -> None:
    """Ten bars stand on a third of the 25 cm between the margins: behind a page's last words no more stays empty."""
    series = Series("Số vụ", tuple(map(Decimal, range(1, 11))))
    chart = Chart(ChartKind.BAR, "Số vụ", "vụ", tuple(f"Xã {place}" for place in range(10)), (series,))
    body = parts_of(docx_write.written(draft_of(chart), DRAFTED))["word/document.xml"].decode()
    height = re.search(r'<wp:extent cx="\d+" cy="(\d+)"', body)
    assert height is not None
    assert int(height[1]) / 360_000 < 25 / 3


def test_a_report_is_sound(small: Draft) -> None:
    assert faults(docx_write.written(small, DRAFTED)) == []


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/document.xml", b'<w:id w:val="2"/>', b'<w:id w:val="1"/>'),
        ("word/document.xml", b'<w:tag w:val="n1"/><w:id w:val="1"/>', b'<w:id w:val="1"/><w:tag w:val="n1"/>'),
        ("word/document.xml", b'<w:pStyle w:val="Nation"/>', b'<w:jc w:val="left"/><w:pStyle w:val="Nation"/>'),
        ("word/document.xml", b'r:id="rIdHeader"', b'r:id="rIdNone"'),
        ("word/document.xml", b'<w:tcW w:w="3800"', b'<w:tcW w:w="3801"'),
        ("word/styles.xml", b"<w:b/><w:bCs/><w:sz", b'<w:sz w:val="2"/><w:b/><w:bCs/><w:sz'),
        ("word/footnotes.xml", b'<w:footnote w:id="1">', b'<w:footnote w:id="99">'),
        ("word/charts/chart1.xml", b'<c:autoTitleDeleted val="0"/>', b"<c:unheard/>"),
        ("word/_rels/document.xml.rels", b"header1.xml", b"header9.xml"),
        ("customXml/item1.xml", b'id="n1"', b'id="n0"'),
    ],
)
def test_the_checker_sees_what_is_not_sound(small: Draft, part: str, old: bytes, new: bytes) -> None:
    parts = parts_of(docx_write.written(small, DRAFTED))
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    assert faults(stream.getvalue())


def test_the_same_draft_makes_the_same_bytes(small: Draft) -> None:
    once = docx_write.written(small, DRAFTED)
    assert docx_write.written(large_draft(sections=6, annexes=2, rows=5, paragraphs=4), DRAFTED) == once
    assert docx_write.written(small, DRAFTED + timedelta(seconds=1)) != once


def test_every_figure_is_in_the_figures_part_in_the_order_of_the_draft(small: Draft) -> None:
    figures = etree.fromstring(parts_of(docx_write.written(small, DRAFTED))["customXml/item1.xml"])
    numbers = list(small.numbers)
    assert len(numbers) > 100
    assert [(figure.get("id"), figure.get("printed")) for figure in figures] == [
        (f"n{place}", number.text) for place, number in enumerate(numbers, 1)
    ]
    first = figures[0]
    assert first.tag == f"{FIGURES}figure"
    assert first.get("addresses") == " ".join(map(str, numbers[0].source.addresses))
    assert Decimal(first.get("value", "")) == numbers[0].value
    assert (first.get("form"), first.get("reckoning"), first.get("revision")) == ("1/1/0/0", "value", "17")
    assert dict(figures.attrib) == {
        "outline": "year",
        "unit": "xa-dong-sang",
        "period": "2025-A1",
        "revision": "17",
        "drafted": DRAFTED.isoformat(),
    }


def test_the_reader_sees_every_number_and_note(small: Draft, tmp_path: Path) -> None:
    document = read_back(docx_write.written(small, DRAFTED), tmp_path)
    for number in small.numbers:
        assert number.text in document.source
    notes = [block for block in document.blocks if isinstance(block, Passage) and block.kind is Kind.NOTE]
    assert [note.label for note in notes] == [str(place) for place in range(1, len(notes) + 1)]
    assert document.title.startswith("BÁO CÁO Tình hình")
    assert len([block for block in document.blocks if isinstance(block, Table)]) >= 4


@pytest.mark.parametrize(("values", "by_ones"), [(("0", "2"), True), (("1", "9"), False), (("0.5", "1"), False)])
def test_the_axis_of_a_few_whole_things_goes_by_ones(values: tuple[str, ...], *, by_ones: bool) -> None:
    series = Series("Số vụ", tuple(Decimal(value) for value in values))
    content = docx_write.written(draft_of(Chart(ChartKind.COLUMN, "Số vụ", "vụ", ("T1", "T2"), (series,))), DRAFTED)
    assert (b'<c:majorUnit val="1"/>' in parts_of(content)["word/charts/chart1.xml"]) is by_ones
    assert faults(content) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_people_type_is_printed_and_never_breaks_the_file(text: str) -> None:
    cell = GridCell((Words(text),))
    grid = Grid((Column(Decimal(1)), Column(Decimal(2))), ((cell, cell),), ((cell, cell),), text)
    head = replace(HEAD, issuer=text, summary=text, place=text, symbol=text, number=text, addressed_to=(text, text))
    chart = Chart(ChartKind.COLUMN, text, text, (text, "b"), (Series(text, (Decimal(1), None)),))
    number = replace(Chance().number(), name=text)
    draft = Draft(
        head,
        (
            Heading(1, text, text, text),
            Heading(3, "I.", text),
            Paragraph((Words(text), number, Note(((Words(text), Note(((Words(text),),))),)))),
            Narrative(text, (paragraph(text),)),
            Narrative("empty", ()),
            grid,
            chart,
        ),
        Signature((text,), text),
        (text, text),
        (Annex(text, text, (grid,)),),
        text,
        text,
        text,
    )
    content = docx_write.written(draft, DRAFTED)
    assert faults(content) == []


def test_letters_that_xml_forbids_leave_the_others(tmp_path: Path) -> None:
    content = docx_write.written(
        draft_of(paragraph("Xóm \x00Nà\x1f Lũng\ud800 & <Bản> \u202eCọ"), paragraph("x")), DRAFTED
    )
    assert "Xóm Nà Lũng & <Bản> \u202eCọ\u202c" in read_back(content, tmp_path).source


def test_ten_thousand_words_in_one_paragraph_are_all_there(tmp_path: Path) -> None:
    words = " ".join(f"từ{place}" for place in range(10_000))
    content = docx_write.written(draft_of(Narrative("long", (paragraph(words),))), DRAFTED)
    assert words in " ".join(text.text or "" for text in body_of(content).iter(f"{W}t"))
    assert "từ9999" in read_back(content, tmp_path).source


def test_a_right_to_left_name_is_a_run_of_its_own() -> None:
    body = body_of(docx_write.written(draft_of(paragraph("Ông שלום כהן, 12 ha"), paragraph("x")), DRAFTED))
    turned = [run for run in body.iter(f"{W}r") if run.find(f"{W}rPr/{W}rtl") is not None]
    assert ["".join(text.text or "" for text in run.iter(f"{W}t")) for run in turned] == ["שלום כהן"]


@pytest.mark.parametrize(
    ("last", "shown"),
    [
        (paragraph("Kính trình xem xét."), "Kính trình xem xét./."),
        (paragraph("Kính trình", " xem xét"), "Kính trình xem xét./."),
        (paragraph("Đã xong./."), "Đã xong./."),
        (Narrative("end", (paragraph("Lời của cơ quan."),)), "Lời của cơ quan./."),
        (Narrative("end", ()), "./."),
        (Heading(3, "I.", "Mục cuối"), "./."),
    ],
)
def test_the_text_ends_as_the_decree_says(last: Block, shown: str, tmp_path: Path) -> None:
    document = read_back(docx_write.written(draft_of(paragraph("Mở đầu."), last), DRAFTED), tmp_path)
    assert shown in texts(document)


def test_a_last_note_stands_before_the_end(tmp_path: Path) -> None:
    line: Line = (Words("Đạt kế hoạch"), Note(((Words("Số liệu ước."),),)))
    document = read_back(docx_write.written(draft_of(Paragraph(line)), DRAFTED), tmp_path)
    found = next(block for block in document.blocks if isinstance(block, Passage) and block.text.endswith("./."))
    assert (found.text, found.marks[0].at) == ("Đạt kế hoạch./.", len("Đạt kế hoạch"))


def test_narratives_and_suggestions_are_content_controls() -> None:
    blocks = (
        Heading(3, "I.", "KẾT QUẢ", "results"),
        Narrative("results.causes", (paragraph("Do thời tiết."), paragraph("Do giá cả."))),
        replace(paragraph("Diện tích vượt kế hoạch."), is_suggested=True),
        replace(paragraph("Năng suất giảm."), is_suggested=True),
        paragraph("Hết."),
    )
    body = body_of(docx_write.written(draft_of(*blocks), DRAFTED))
    controls = {
        control.find(f"{W}sdtPr/{W}tag").get(f"{W}val"): ["".join(part.itertext()) for part in control.iter(f"{W}p")]  # type: ignore[union-attr]
        for control in body.iter(f"{W}sdt")
    }
    assert controls == {
        "narrative:results.causes": ["Do thời tiết.", "Do giá cả."],
        "suggested:results.1": ["Diện tích vượt kế hoạch."],
        "suggested:results.2": ["Năng suất giảm."],
    }


def test_an_empty_narrative_only_asks(tmp_path: Path) -> None:
    causes = Narrative("causes", (), "nguyên nhân của [năm nay]")
    content = docx_write.written(draft_of(Narrative("later", ()), causes, paragraph("Hết.")), DRAFTED)
    shown = ["".join(one.itertext()) for one in body_of(content).iter(f"{W}p")]
    prompts = ["[Cần viết nội dung phần này]", "[Cần viết: nguyên nhân của (năm nay)]"]
    assert [text for text in shown if is_prompt(text)] == prompts
    assert "Cần viết" not in read_back(content, tmp_path).source
    path = tmp_path / "kept.docx"
    for prompt_kept in (content, _without_marks_of_prompts(content)):  # other programs make words of a prompt
        path.write_bytes(prompt_kept)
        assert {key: one.paragraphs for key, one in docx_narratives.read(path).items()} == {
            "narrative:later": (),
            "narrative:causes": (),
        }


def _without_marks_of_prompts(content: bytes) -> bytes:
    parts = parts_of(content)
    body = parts["word/document.xml"]
    assert b"<w:showingPlcHdr/>" in body
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, inside in parts.items():
            package.writestr(name, inside.replace(b"<w:showingPlcHdr/>", b""))
    return made.getvalue()


def test_a_note_within_a_note_is_told_in_brackets(tmp_path: Path) -> None:
    note = Note(((Words("Ngoài"), Note(((Words("trong"),), (Words("nữa"),)))), (Words("Dòng hai"),)))
    document = read_back(
        docx_write.written(draft_of(Paragraph((Words("Có"), note)), paragraph("x")), DRAFTED), tmp_path
    )
    shown = [text for text in texts(document) if "Ngoài" in text or "Dòng hai" in text]
    assert shown == ["Ngoài (trong; nữa)", "Dòng hai"]


def test_an_open_head_leaves_room_for_the_hand() -> None:
    head = Head("ỦY BAN NHÂN DÂN XÃ ĐỒNG SÁNG", "BC-UBND", "Đồng Sáng", "Báo cáo", "Tình hình năm 2025")
    annex = Annex("Phụ lục", "Chỉ tiêu", (paragraph("Không có."),), is_landscape=False)
    draft = Draft(head, (paragraph("Hết."),), Signature(("CHỦ TỊCH",)), (), (annex,))
    content = docx_write.written(draft, DRAFTED)
    assert faults(content) == []
    words = " ".join("".join(body_of(content).itertext()).split())
    assert "Số: /BC-UBND" in words
    assert "ngày tháng năm" in words
    assert "(Kèm theo Báo cáo số /BC-UBND ngày tháng năm )" in words
    assert "Nơi nhận" not in words


def test_the_document_says_what_it_is() -> None:
    parts = parts_of(docx_write.written(large_draft(sections=1, annexes=0), DRAFTED))
    core = parts["docProps/core.xml"].decode()
    assert "<dc:title>BÁO CÁO Tình hình" in core
    assert ">2025-12-20T08:30:00Z</dcterms:created>" in core
    assert "<dc:language>vi-VN</dc:language>" in core
    assert b'<w:lang w:val="vi-VN"' in parts["word/styles.xml"]
    assert b'w:name="compatibilityMode"' in parts["word/settings.xml"]


def test_sections_turn_the_paper_and_count_anew(small: Draft) -> None:
    sections = list(body_of(docx_write.written(small, DRAFTED)).iter(f"{W}sectPr"))
    shapes = [
        (
            section.find(f"{W}pgSz").get(f"{W}orient"),  # type: ignore[union-attr]
            None if (number := section.find(f"{W}pgNumType")) is None else number.get(f"{W}start"),
        )
        for section in sections
    ]
    assert shapes == [(None, None), ("landscape", "1"), ("landscape", "1")]


def test_a_table_that_ends_its_section_leaves_no_room_below() -> None:
    grid = Grid((Column(Decimal(1)),), (), ((GridCell((Words("a"),)),),))
    annex = Annex("Phụ lục I", "BIỂU", (grid, grid))
    body = body_of(docx_write.written(draft_of(grid, paragraph("Hết."), annexes=(annex,)), DRAFTED))[0]
    kinds = [
        "table" if child.tag == f"{W}tbl" else child.find(f"{W}pPr/{W}pStyle").get(f"{W}val")  # type: ignore[union-attr]
        for child in body
        if child.tag != f"{W}sectPr"
    ]
    assert kinds[kinds.index("AnnexTie") + 1 :] == ["table", "AfterTable", "table", "SectionEnd"]
    at = kinds.index("AfterTable")
    assert kinds[at - 1 : at + 3] == ["table", "AfterTable", "BodyText", "table"]


def test_headings_that_people_add_by_their_style_are_counted(small: Draft) -> None:
    numbering = etree.fromstring(parts_of(docx_write.written(small, DRAFTED))["word/numbering.xml"])
    linked = [style.get(f"{W}val") for style in numbering.iter(f"{W}pStyle")]
    assert linked == [f"Heading{level}" for level in range(1, 6)]


@pytest.mark.parametrize(("unit", "gap"), [("km", True), ("m²", True), ("m", True), ("xóm", False), ("năm", False)])
def test_a_mark_is_no_power_of_a_length(unit: str, gap: bool) -> None:
    line: Line = (Words(f"dài 12 {unit}"), Note(((Words("Trong đó."),),)), Words("."))
    body = body_of(docx_write.written(draft_of(Paragraph(line), paragraph("x")), DRAFTED))
    assert (f"12 {unit}\u00a0" in "".join(body.itertext())) is gap
