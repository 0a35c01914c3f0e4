"""The pages of plans in a browser: an annex from the upload to its targets, and all of them on a phone and a desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from baocao_web.plans import overview
from baocao_web.plans.assigning import Asked, assign
from tests.web.browsing import Watched, needs_browser, serving
from tests.web.offices import HERE, PROVINCE, THERE, Office, person
from tests.web.test_plans_annex import FORM, PATH, workbook

pytestmark = [
    needs_browser,
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]


@pytest.fixture
def watched(made: Office, browser: Any, tmp_path: Path) -> Iterator[Watched]:
    """Somebody who compiles, at a desk, over a province with a plan of this year."""
    lines = {"lua_san_luong": "6.000", "lua_nang_suat": "48,5-52", "lua_dien_tich": "1.000"}
    assign(Asked(PROVINCE, 2026, "UBND tỉnh", "9/QĐ-UBND ngày 15/12/2025", lines=lines), person("tuan"))
    connection.close()
    with serving(tmp_path) as address:
        yield Watched(browser, address, "tuan")


def test_an_annex_is_brought_in_matched_by_search_and_recorded(watched: Watched, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    (tmp_path / "phụ lục.xlsx").write_bytes(workbook(FORM))
    page = watched.open(PATH)
    page.fill("[name=authority]", "HĐND tỉnh")
    page.fill("[name=decision]", "12/NQ-HĐND ngày 20/12/2025")
    page.set_input_files("[name=file]", str(tmp_path / "phụ lục.xlsx"))
    page.click("text=Đọc phụ lục")
    expect(page.locator("h1")).to_have_text("phụ lục.xlsx")
    page.locator("[name='find:0:3:1']").press_sequentially("nang suat lua")
    found = page.locator("[name='pick:0:3:1'][value='lua_nang_suat']")
    expect(found).to_be_visible()
    page.locator("[name='find:0:3:1']").fill("gieo cay lua")
    page.locator("[name='pick:0:3:1'][value='lua_dien_tich']").check()
    page.locator("text=Áp dụng chỗ sửa").first.click()
    page.click("text=Ghi 2 chỉ tiêu theo quyết định này")
    expect(page.locator("h1")).to_contain_text("Chỉ tiêu giao năm 2026")
    expect(page.locator("main")).to_contain_text("không quá 300")
    assert (watched.outside, watched.complaints) == ([], [])
    assert {one.address.authority for one in overview.held(PROVINCE, 2026)} == {"HĐND tỉnh", "UBND tỉnh"}


def test_pages_fit_a_phone_and_a_desk_and_are_labelled(watched: Watched, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook(FORM))
    page = watched.open(PATH)
    page.fill("[name=authority]", "HĐND tỉnh")
    page.fill("[name=decision]", "12/NQ-HĐND ngày 20/12/2025")
    page.set_input_files("[name=file]", str(tmp_path / "a.xlsx"))
    page.click("text=Đọc phụ lục")
    annex = page.url
    watched.open(f"/plans/drafts?unit={PROVINCE}&year=2027")
    page.fill("[name=title]", "Phương án 1")
    page.click("text=Lập dự kiến")
    asked = f"?unit={PROVINCE}&year=2026"
    own = [f"/plans/{asked}", f"/plans/decision{asked}", f"/plans/compare{asked}", f"/plans/allocation{asked}", PATH]
    own += [f"/plans/allocation/lua_san_luong{asked}", f"/plans/drafts{asked}", f"/plans/history/lua_san_luong{asked}"]
    for address in [annex, page.url, *(watched.address + path for path in own)]:
        page.goto(address)
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert _overflow(page) == 0, (address, width)
        assert page.evaluate(_UNLABELLED) == [], address
    assert (watched.outside, watched.complaints) == ([], [])


_UNLABELLED = """() => [...document.querySelectorAll('main input, main select, main textarea')]
    .filter(one => one.type !== 'hidden' && !one.labels.length && !one.getAttribute('aria-label'))
    .map(one => one.outerHTML.slice(0, 120))"""


def _overflow(page: Any) -> int:
    """By how many points a page is wider than the window."""
    told: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return told


def test_a_column_is_pasted_and_the_sum_runs_along(watched: Watched) -> None:
    from playwright.sync_api import expect

    page = watched.open(f"/plans/allocation/lua_dien_tich?unit={PROVINCE}&year=2026")
    first = page.locator("[name^='u:']").first
    expect(page.locator("#sum")).to_have_text("Cộng 0; còn 1.000 chưa giao")
    first.focus()
    page.keyboard.type("1.200,5")
    expect(page.locator("#sum")).to_have_text("Cộng 1.200,5; vượt 200,5")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == page.locator("[name^='u:']").nth(1).get_attribute("name")
    page.keyboard.press("ArrowUp")
    _paste(page, "100\r\n200\r\n300,5\r\n")
    expect(page.locator("#sum")).to_have_text("Cộng 600,5; còn 399,5 chưa giao")
    _paste(page, "Khe Giấy Mới\t250\nPhường Thượng Họa\t150\nXã Không Đâu\t9\n")
    assert page.locator(f"[name='u:{THERE}']").input_value() == "250"
    assert page.locator(f"[name='u:{HERE}']").input_value() == "150"
    expect(page.locator("#banner")).to_contain_text("1 giá trị dán vào")
    page.fill("[name=decision]", "10/QĐ-UBND ngày 20/12/2025")
    page.click("text=Ghi phân bổ")
    expect(page.locator("h1")).to_contain_text("Phân bổ chỉ tiêu năm")
    assert (watched.outside, watched.complaints) == ([], [])
    assert [str(one.low) for unit in (HERE, THERE) for one in overview.held(unit, 2026)] == ["150", "250"]


def _paste(page: Any, text: str) -> None:
    page.evaluate(
        """text => {
            const given = new DataTransfer();
            given.setData('text/plain', text);
            const event = new ClipboardEvent('paste', { clipboardData: given, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def test_a_target_is_found_without_marks_and_what_is_wrong_is_jumped_to(watched: Watched) -> None:
    from playwright.sync_api import expect

    page = watched.open(f"/plans/decision?unit={PROVINCE}&year=2026")
    page.locator("#search input").press_sequentially("dien tich gieo cay lua")
    found = page.locator("tr[data-name]:visible")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("đang giao: 1.000 (UBND tỉnh)")
    page.locator("#search input").press("Enter")
    page.fill("[name='t:lua_dien_tich']", "10.100")
    page.locator("#search input").fill("")
    page.fill("[name=authority]", "UBND tỉnh")
    page.fill("[name=decision]", "11/QĐ-UBND ngày 15/7/2026")
    page.click("text=Ghi quyết định")
    expect(page.locator(".banner a")).to_have_text("Diện tích gieo cấy lúa")
    expect(page.locator("[name='t:lua_dien_tich']")).to_be_focused()
    expect(page.locator("[name='t:lua_dien_tich']")).to_be_in_viewport()
    page.set_viewport_size({"width": 360, "height": 800})
    assert _overflow(page) == 0
    page.locator("[name=sure]").check()
    page.click("text=Ghi quyết định")
    expect(page.locator("h1")).to_contain_text("Chỉ tiêu giao năm 2026")
    page.goto(f"{watched.address}/plans/history/lua_dien_tich?unit={PROVINCE}")
    page.locator("summary", has_text="sửa do gõ nhầm").first.click()
    assert _overflow(page) == 0
    page.locator("[name=words]").first.fill("1.010")
    page.locator("[name=reason]").first.fill("thừa một số 0")
    page.locator("text=Ghi chỗ sửa").first.click()
    expect(page.locator("main")).to_contain_text("10.100 → 1.010 (thừa một số 0)")
    assert watched.outside == []
    assert all("409" in one for one in watched.complaints), "nothing but the question that was asked"
