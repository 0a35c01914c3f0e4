"""A form is downloaded, filled in and brought back in a browser; and its pages can be used by everybody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from openpyxl import load_workbook

from baocao_web.collecting.models import Entry
from tests.web.browsing import Watched, needs_browser, serving
from tests.web.offices import HERE, Office, post, signed_in
from tests.web.test_workbooks import AREA, OUTPUT, POOR, download, packed, put, upload

pytestmark = [
    needs_browser,
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]


def test_a_form_goes_out_and_comes_back_in_a_browser(made: Office, tmp_path: Path, browser: Any) -> None:
    entry = made.entry()
    connection.close()
    with serving(tmp_path) as address:
        watched = Watched(browser, address, "lan")
        page = watched.open(f"/forms/{entry.pk}/")
        page.get_by_role("link", name="Nhập từ Excel").click()
        with page.expect_download() as coming:
            page.get_by_role("link", name="Tải biểu (.xlsx)").click()
        file = tmp_path / coming.value.suggested_filename
        coming.value.save_as(file)
        assert file.name == "B01-2026-M10-MHX01.xlsx"
        book = put(
            load_workbook(file), lua_dien_tich__actual=1234.5, lua_san_luong__actual=6500, ho_ngheo__actual="=A1"
        )
        book.save(file)
        page.get_by_label("Tệp đã điền").set_input_files(file)
        page.get_by_role("button", name="Tải lên và xem thay đổi").click()
        assert page.get_by_role("checkbox").count() == 2, "the cell that is no figure cannot be ticked"
        box = page.get_by_label("Diện tích gieo cấy lúa")
        box.focus()
        page.keyboard.press("Space")
        assert not box.is_checked()
        page.get_by_role("button", name="Ghi nhận các ô đã đánh dấu").click()
        page.wait_for_url(f"**/forms/{entry.pk}/workbook")
        assert f"“{file.name}”, 1 ô" in page.locator("main").inner_text()
        assert (watched.outside, watched.complaints) == ([], [])
    assert {cell: kept[0] for cell, kept in made.cells().items()} == {OUTPUT: "6500"}


def test_a_printed_page_is_a_sheet_of_paper(made: Office, tmp_path: Path, browser: Any) -> None:
    import pypdfium2

    entry = made.entry()
    post(signed_in("lan"), f"/forms/{entry.pk}/save", base=0, cells={AREA: "1.234,5"})
    connection.close()
    with serving(tmp_path) as address:
        watched = Watched(browser, address, "lan")
        page = watched.open(f"/forms/{entry.pk}/print")
        boxes = [page.locator(f"article {part}").bounding_box() for part in ("header", "h1", "table", "footer")]
        ends = [0, *(box["y"] + box["height"] for box in boxes)]
        assert all(box["y"] >= end for box, end in zip(boxes, ends[:-1], strict=True)), "one below the other"
        page.evaluate("window.print = () => document.body.dataset.printed = 'yes'")
        page.get_by_role("button", name="In").click()
        assert page.evaluate("document.body.dataset.printed") == "yes"
        printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        assert (watched.outside, watched.complaints) == ([], [])
    assert len(printed) == 1
    assert [round(length) for length in printed[0].get_size()] == [595, 842]
    text = printed[0].get_textpage().get_text_range()
    assert "1.234,5" in text
    assert "Thoát" not in text, "the page around the form is not printed"


@pytest.mark.parametrize("width", [360, 1440])
def test_the_pages_of_workbooks_can_be_used_by_everybody(
    made: Office, tmp_path: Path, browser: Any, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    entry: Entry = made.entry(HERE)
    client, other = signed_in("lan"), signed_in("hoa")
    Entry.objects.filter(pk=entry.pk).update(beside=json.dumps({"lua_dien_tich:last_year": "1234.5"}))
    post(client, f"/forms/{entry.pk}/save", base=0, cells={AREA: "5"})
    book = put(download(client, entry), lua_dien_tich__actual=12345, lua_san_luong__actual="khoảng 3")
    post(other, f"/forms/{entry.pk}/save", base=1, cells={AREA: "55"})
    upload(client, entry, packed(put(book, ho_ngheo__actual=-4)))
    connection.close()
    with serving(tmp_path) as address:
        watched = Watched(browser, address, "lan", width, bypass_csp=True)  # axe is put into the page as a script
        for path in ("workbook", "workbook/differences", "print"):
            page = watched.open(f"/forms/{entry.pk}/{path}")
            found = Axe().run(page)
            grave = [one["id"] for one in found.response["violations"] if one["impact"] in ("serious", "critical")]
            assert grave == [], path
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is too wide"
        assert watched.outside == []
        page = watched.open(f"/forms/{entry.pk}/workbook/differences")
        boxes = page.get_by_role("checkbox")
        assert [box.get_attribute("value") for box in boxes.all()] == [AREA, POOR]
        assert [box.is_checked() for box in boxes.all()] == [False, True]
