"""A form is printed as the official one: on the page, as Word and as PDF, the same words on each."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from django.conf import settings
from docx import Document

from baocao.formats import libreoffice
from baocao_web.collecting import forms_kept
from baocao_web.collecting.models import Entry, Form
from baocao_web.collecting.paper import files
from baocao_web.places import turns
from tests.unit.formats.sound_word import faults
from tests.web.offices import HERE, Office, signed_in

EVIL = "<script>alert(1)</script> & =1+1"


@pytest.fixture
def entry(made: Office) -> Entry:
    """A form in which something stands in every kind of cell."""
    cells = {
        "lua_dien_tich:actual": ["1234.5", None, 1, None],
        "lua_san_luong:actual": ["6500", None, 1, None],
        "ho_ngheo:actual": [None, "not_available", 1, None],
    }
    beside = {"lua_dien_tich:last_year": "1200"}
    Entry.objects.filter(round=made.round, unit=HERE).update(
        cells=json.dumps(cells), beside=json.dumps(beside), version=1
    )
    return made.entry()


def shown(html: str) -> list[list[str]]:
    """The rows of the table of the page."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", html[html.index("<table>") : html.index("</table>")], re.S)
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        for row in rows
    ]


def test_the_page_is_the_official_form(entry: Entry) -> None:
    html = signed_in("lan").get(f"/forms/{entry.pk}/print").content.decode()
    for words in (
        "Biểu số: B01",
        "Đơn vị báo cáo: Phường Thượng Họa",
        "Đơn vị nhận báo cáo: Tỉnh Minh Họa",
        "(Tháng 10/2026)",
        "Người lập biểu",
        "(Ký, đóng dấu, ghi rõ họ tên)",
        "Thượng Họa, ngày ..... tháng ..... năm 2026",
        "Ký hiệu: “...” chưa có số liệu.",
        "Bản in khi biểu ở trạng thái “đang nhập”, chưa được duyệt.",
    ):
        assert words in html
    rows = shown(html)
    assert rows[0] == ["TT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện", "Cùng kỳ (tháng 10/2025)"]
    assert rows[1] == ["A", "B", "C", "1", "2"]
    assert rows[2] == ["I", "Trồng trọt"]
    assert [row[3:] for row in rows[3:]] == [["1.234,5", "1.200"], ["6.500", ""], ["52,6529", ""], ["...", ""]]


def test_a_form_is_printed_with_nothing_filled_in(entry: Entry) -> None:
    client, key = signed_in("tuan"), entry.round.form_id
    html = client.get(f"/rounds/forms/{key}/print").content.decode()
    assert "Đơn vị báo cáo: ....." in html
    rows = shown(html)
    assert rows[0] == ["TT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện", "Cùng kỳ"]
    assert [row[3:] for row in rows[3:]] == [["", ""]] * 4
    content = client.get(f"/rounds/forms/{key}/print?file=docx").content
    assert faults(content) == []
    assert [len(row.cells) for row in Document(io.BytesIO(content)).tables[1].rows] == [5] * 7
    assert signed_in("quan").get(f"/rounds/forms/{key}/print").status_code == 403
    assert client.get("/rounds/forms/999999/print").status_code == 404


def test_the_consolidated_form_is_printed_with_who_is_missing(entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(state="submitted")
    client, key = signed_in("tuan"), entry.round_id
    html = client.get(f"/rounds/{key}/total/print").content.decode()
    for words in (
        "Đơn vị tổng hợp: Tỉnh Minh Họa",
        "Biểu tổng hợp: Nông nghiệp",
        "Đã nộp 1/2 đơn vị, đã duyệt 0.",
        "Chưa có số liệu của: Xã Khe Giấy Mới.",
        "Minh Họa, ngày ..... tháng ..... năm 2026",
    ):
        assert words in html
    rows = shown(html)
    assert rows[0] == ["TT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện"], "what stands beside is each unit's own"
    assert [row[3] for row in rows[3:]] == ["1.234,5", "6.500", "52,6529", ""]
    html = client.get(f"/rounds/{key}/total/print?approved=1").content.decode()
    assert [row[3] for row in shown(html)[3:]] == ["", "", "", ""]
    assert 'href="?file=docx&amp;approved=1"' in html
    content = client.get(f"/rounds/{key}/total/print?file=docx&approved=1").content
    assert faults(content) == []
    assert "Chỉ gồm số đã duyệt: 0/2 đơn vị." in "".join(one.text for one in Document(io.BytesIO(content)).paragraphs)
    assert signed_in("lan").get(f"/rounds/{key}/total/print").status_code == 403


def test_an_official_form_has_one_language(entry: Entry) -> None:
    client = signed_in("lan")
    client.post("/language", {"language": "en"})
    html = client.get(f"/forms/{entry.pk}/print").content.decode()
    assert ">Print</button>" in html
    assert "(Tháng 10/2026)" in html
    assert "Diện tích gieo cấy lúa" in html
    assert "Cùng kỳ (tháng 10/2025)" in html


def test_an_approved_form_bears_no_remark_of_its_state(entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(state="approved")
    assert "chưa được duyệt" not in signed_in("lan").get(f"/forms/{entry.pk}/print").content.decode()


def test_the_word_file_says_what_the_page_says(entry: Entry) -> None:
    answer = signed_in("lan").get(f"/forms/{entry.pk}/print?file=docx")
    assert answer["Content-Disposition"] == 'attachment; filename="B01-2026-M10-MHX01.docx"'
    assert faults(answer.content) == []
    document = Document(io.BytesIO(answer.content))
    head, table, foot = document.tables
    assert "Biểu số: B01" in head.cell(0, 0).text
    assert "Phường Thượng Họa" in head.cell(0, 1).text
    told = [[cell.text for cell in row.cells] for row in table.rows]
    page = shown(signed_in("lan").get(f"/forms/{entry.pk}/print").content.decode())
    assert [row for row in told if len(set(row)) > 2] == [row for row in page if len(row) == 5]
    assert "THỦ TRƯỞNG ĐƠN VỊ" in foot.cell(0, 1).text
    assert document.sections[0].page_width < document.sections[0].page_height


def test_a_wide_form_lies_on_its_side(made: Office) -> None:
    form = Form.objects.get(pk=made.form.pk)
    column = form.layout["columns"][1]
    form.layout["columns"] += [{**column, "key": f"more{place}"} for place in range(4)]
    form.save()
    forms_kept.forget()
    client, key = signed_in("lan"), made.entry().pk
    assert 'class="official lying"' in client.get(f"/forms/{key}/print").content.decode()
    section = Document(io.BytesIO(client.get(f"/forms/{key}/print?file=docx").content)).sections[0]
    assert section.page_width > section.page_height


def test_names_are_letters_on_every_form(made: Office) -> None:
    form = Form.objects.get(pk=made.form.pk)
    form.title = EVIL
    form.layout["rows"][1]["name"] = {"vi": EVIL, "en": EVIL}
    form.save()
    forms_kept.forget()
    client, key = signed_in("lan"), made.entry().pk
    html = client.get(f"/forms/{key}/print").content.decode()
    assert "<script>alert" not in html
    content = client.get(f"/forms/{key}/print?file=docx").content
    assert faults(content) == []
    assert Document(io.BytesIO(content)).tables[1].cell(3, 1).text == EVIL


def test_only_those_who_may_see_a_form_print_it(made: Office) -> None:
    key = made.entry().pk
    for query in ("", "?file=docx", "?file=pdf"):
        assert signed_in("minh").get(f"/forms/{key}/print{query}").status_code == 403
    assert signed_in("ngoc").get(f"/forms/{key}/print?file=exe").status_code == 404
    assert signed_in("ngoc").get("/forms/999999/print").status_code == 404


@pytest.mark.skipif(libreoffice.program() is None, reason="LibreOffice is not installed: nothing was printed")
def test_the_pdf_is_that_of_the_word_file(entry: Entry) -> None:
    import pypdfium2

    answer = signed_in("lan").get(f"/forms/{entry.pk}/print?file=pdf")
    assert answer.status_code == 200
    pages = pypdfium2.PdfDocument(answer.content)
    text = pages[0].get_textpage().get_text_range()
    assert len(pages) == 1
    for words in ("Biểu số: B01", "NÔNG NGHIỆP", "1.234,5", "52,6529", "THỦ TRƯỞNG ĐƠN VỊ"):
        assert words in text


def test_a_pdf_that_cannot_be_made_is_told_in_words(entry: Entry, monkeypatch: Any) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    answer = signed_in("lan").get(f"/forms/{entry.pk}/print?file=pdf")
    assert answer.status_code == 409
    assert "cần LibreOffice" in answer.content.decode()
    monkeypatch.undo()
    monkeypatch.setattr(files, "_WAIT", 0)
    with turns.turn(settings.FOLDER, turns.ON_A_PAGE, 0):
        answer = signed_in("lan").get(f"/forms/{entry.pk}/print?file=pdf")
    assert answer.status_code == 409
    assert "đang có nhiều người in" in answer.content.decode()
