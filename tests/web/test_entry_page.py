"""The entry page in a browser: by keyboard, with a pasted block, with the line down, and with two at one cell."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from baocao_web.people import recording
from tests.web.browsing import Watched, serving
from tests.web.offices import HERE, THERE, Office, post, signed_in

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: pages are not looked at"),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]
AREA, OUTPUT, POOR = "lua_dien_tich:actual", "lua_san_luong:actual", "ho_ngheo:actual"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        launched = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def address(made: Office, tmp_path: Path) -> Iterator[str]:
    entry = made.entry()
    entry.beside = json.dumps({"lua_dien_tich:last_year": "1234.5", "ho_ngheo:last_year": "321"})
    entry.save()
    connection.close()
    with serving(tmp_path) as served:
        yield served


def field(page: Any, cell: str) -> Any:
    return page.locator(f"[name='{cell}']")


def opened(watched: Watched, made: Office) -> Any:
    """The form's page, with its script at work."""
    page = watched.open(f"/forms/{made.entry().pk}/")
    settled(page)
    return page


def settled(page: Any, text: str = "Đã lưu") -> None:
    from playwright.sync_api import expect

    expect(page.locator("#line")).to_contain_text(text, timeout=20_000)


def test_a_form_is_filled_by_keyboard_and_every_cell_is_kept(made: Office, address: str, browser: Any) -> None:
    watched = Watched(browser, address, "lan")
    page = opened(watched, made)
    field(page, AREA).focus()
    page.keyboard.type("12.345")
    page.keyboard.press("Enter")
    page.keyboard.type("65.000,5")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("khoảng 3")
    settled(page)
    assert {cell: kept[0] or kept[3] for cell, kept in made.cells().items()} == {
        AREA: "12345",
        OUTPUT: "65000.5",
        POOR: "khoảng 3",
    }
    assert page.locator("[data-computed='lua_nang_suat:actual']").inner_text() == "52,6533"
    assert field(page, POOR).get_attribute("aria-invalid") == "true"
    field(page, AREA).focus()
    assert "gấp khoảng 10 lần" in page.locator("#cell-words").inner_text()
    assert (watched.outside, watched.complaints) == ([], [])


def test_a_block_from_a_workbook_falls_into_its_cells(made: Office, address: str, browser: Any) -> None:
    watched = Watched(browser, address, "lan")
    page = opened(watched, made)
    field(page, AREA).focus()
    page.evaluate(
        """text => {
            const given = new DataTransfer();
            given.setData('text/plain', text);
            const event = new ClipboardEvent('paste', { clipboardData: given, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(event);
        }""",
        "1.234,5\t9\r\n6.500\t9\r\n52,6\t9\r\n<script>alert(1)</script>\t9\r\n",
    )
    settled(page)
    kept = made.cells()
    assert kept[AREA][0] == "1234.5"
    assert kept[OUTPUT][0] == "6500"
    assert kept[POOR][3] == "<script>alert(1)</script>"
    assert "rơi vào chỗ không nhập được" in page.locator("#banner").inner_text()
    page.reload()
    assert field(page, POOR).input_value() == "<script>alert(1)</script>"
    assert (watched.outside, watched.complaints) == ([], [])


def test_what_is_typed_while_the_line_is_down_is_sent_when_it_is_back(made: Office, address: str, browser: Any) -> None:
    watched = Watched(browser, address, "lan")
    page = opened(watched, made)
    watched.context.set_offline(True)
    field(page, AREA).fill("10")
    field(page, OUTPUT).fill("abc")
    settled(page, "Mất mạng: 2 ô")
    assert field(page, OUTPUT).get_attribute("aria-invalid") == "true", "it is judged all the same"
    assert made.cells() == {}
    page.close()  # the browser is shut before the line is back
    watched.context.set_offline(False)
    page = watched.context.new_page()
    page.goto(f"{address}/forms/{made.entry().pk}/")
    settled(page)
    assert made.cells()[AREA][0] == "10"
    assert made.cells()[OUTPUT][3] == "abc"
    recorded = [cell for line in recording.lines(made.entry().stream) for cell in json.loads(line.details)["cells"]]
    assert sorted(recorded) == [AREA, OUTPUT], "each cell was recorded once"


def test_an_answer_that_is_lost_on_its_way_doubles_nothing(made: Office, address: str, browser: Any) -> None:
    watched = Watched(browser, address, "lan")
    page = opened(watched, made)
    lost = []

    def lose(route: Any) -> None:
        if not lost:
            lost.append(route.fetch().status)  # the server has done it, the browser never hears of it
            route.abort()
        else:
            route.continue_()

    page.route("**/save", lose)
    field(page, AREA).fill("10")
    settled(page)
    assert lost == [200]
    assert made.entry().version == 1
    assert len(list(recording.lines(made.entry().stream))) == 1


def test_of_two_at_one_cell_both_are_heard(made: Office, address: str, browser: Any) -> None:
    watched = Watched(browser, address, "lan")
    page = opened(watched, made)
    post(signed_in("hoa"), f"/forms/{made.entry().pk}/save", base=0, cells={AREA: "77", POOR: "5"})
    field(page, AREA).fill("88")
    settled(page, "1 ô có hai người cùng sửa")
    assert field(page, POOR).input_value() == "5", "what another typed meanwhile is shown"
    field(page, AREA).focus()
    assert "77" in page.locator("#cell-words").inner_text()
    page.click("button:has-text('Giữ “88”')")
    settled(page)
    assert made.cells()[AREA][0] == "88"


def test_a_form_that_was_passed_on_meanwhile_keeps_what_was_typed_in_the_browser(
    made: Office, address: str, browser: Any
) -> None:
    post(signed_in("hoa"), f"/forms/{made.entry().pk}/save", base=0, cells={AREA: "77"})
    watched = Watched(browser, address, "lan")
    page = opened(watched, made)
    post(signed_in("hoa"), f"/forms/{made.entry().pk}/submit", version=1)
    field(page, AREA).fill("99")
    page.wait_for_selector("#banner:not([hidden])")
    assert "đã nộp" in page.locator("#banner").inner_text()
    assert "99" in page.evaluate("JSON.stringify({...localStorage})")
    assert made.cells()[AREA][0] == "77"


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("who", ["lan", "hoa", "tuan"])
def test_pages_can_be_used_by_everybody(made: Office, address: str, browser: Any, who: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    watched = Watched(browser, address, who, width, bypass_csp=True)  # axe is put into the page as a script
    for path in ("/forms/", f"/forms/{made.entry(HERE).pk}/"):
        page = watched.open(path)
        found = Axe().run(page)
        grave = [one["id"] for one in found.response["violations"] if one["impact"] in ("serious", "critical")]
        assert grave == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than the screen"
    assert watched.outside == []
    assert watched.page.goto(f"{address}/forms/{made.entry(THERE).pk}/").status == (200 if who == "tuan" else 403)
