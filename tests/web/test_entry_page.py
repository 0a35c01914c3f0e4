"""The entry page in a browser: by keyboard, with a pasted block, with the line down, and with two at one cell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from baocao_web.people import recording
from tests.web.browsing import Watched, hand_on, needs_browser, serving
from tests.web.offices import HERE, THERE, Office, post, signed_in

pytestmark = [
    needs_browser,
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]
AREA, OUTPUT, POOR = "lua_dien_tich:actual", "lua_san_luong:actual", "ho_ngheo:actual"


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


@pytest.mark.parametrize("way", ["the session ends", "the tab is closed at once"])
def test_what_was_typed_over_an_older_version_is_never_put_over_anothers(
    made: Office, address: str, browser: Any, way: str
) -> None:
    watched = Watched(browser, address, "lan")
    page = opened(watched, made)
    if way == "the session ends":
        cookies = watched.context.cookies()
        watched.context.clear_cookies()
        field(page, AREA).fill("10")
        page.wait_for_selector("#banner:not([hidden])", timeout=20_000)
        watched.context.add_cookies(cookies)
    else:
        page.route("**/save", lambda route: route.abort())
        field(page, AREA).fill("10")
    post(signed_in("hoa"), f"/forms/{made.entry().pk}/save", base=0, cells={AREA: "20", POOR: "5"})
    page.close()
    watched.page = watched.context.new_page()
    page = watched.open(f"/forms/{made.entry().pk}/")
    settled(page, "1 ô có hai người cùng sửa")
    assert made.cells()[AREA][0] == "20", "the other's figure stands until somebody chooses"
    field(page, AREA).focus()
    assert "20" in page.locator("#cell-words").inner_text()
    page.click("button:has-text('Giữ “10”')")
    settled(page)
    assert made.cells()[AREA][0] == "10"


def test_what_is_doubted_or_blank_is_read_once_more_before_a_form_is_passed_on(
    made: Office, address: str, browser: Any
) -> None:
    watched = Watched(browser, address, "lan")
    page = opened(watched, made)
    field(page, AREA).fill("1.234.500")  # a thousand times last year's
    settled(page)
    page.click("button:has-text('Nộp biểu')")
    asked = page.locator("#sure").inner_text()
    assert "gấp khoảng 1.000 lần" in asked
    assert "2 ô để trống" in asked
    page.click("#sure button[value=no]")
    assert made.entry().state == "open"
    page.click("button:has-text('Nộp biểu')")
    page.click("#sure button[value=yes]")
    page.wait_for_selector(".state.submitted", timeout=20_000)


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


# ---- what others do, remarks, and what comes back -------------------------------------------------------------------


def hurried(page: Any) -> None:
    """Ask for news now, as the page does by itself after some seconds."""
    page.evaluate("dispatchEvent(new Event('baocao:news'))")


def told_of(page: Any, text: str) -> None:
    from playwright.sync_api import expect

    expect(page.locator("#news")).to_contain_text(text, timeout=20_000)


def test_what_another_types_and_says_appears_by_itself(made: Office, address: str, browser: Any) -> None:
    watched = Watched(browser, address, "lan")
    page = opened(watched, made)
    entry = made.entry().pk
    post(signed_in("hoa"), f"/forms/{entry}/save", base=0, cells={AREA: "77", POOR: "5"})
    told_of(page, "2 ô vừa được người khác sửa")  # nobody hurried the page
    assert field(page, AREA).input_value() == "77"
    assert field(page, AREA).get_attribute("data-state") == "others"
    post(signed_in("tuan"), f"/forms/{entry}/remarks", cell=AREA, text="<b>Sao</b> nhiều vậy?")
    told_of(page, "Ý kiến mới của Nguyễn Hư Tuan")
    mark = page.locator("td:has([name='lua_dien_tich:actual']) .remark")
    assert mark.get_attribute("aria-label").startswith("1 ý kiến, chưa giải quyết: ")
    assert "Thực hiện" in mark.get_attribute("aria-label"), "it names its cell"
    field(page, AREA).focus()
    page.keyboard.press("Control+Alt+m")
    page.wait_for_selector("#thread li:has-text('nhiều vậy')")
    assert "<b>Sao</b> nhiều vậy?" in page.locator("#thread").inner_text(), "script and markup are words"
    page.keyboard.type("Vụ này được mùa.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#thread li:has-text('được mùa')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.name") == AREA, "one is back in the cell"
    assert json.loads(made.entry().remarks) == {AREA: [2, 1]}
    post(signed_in("hoa"), f"/forms/{entry}/submit", version=1)
    page.wait_for_selector("#banner:has-text('đã nộp')", timeout=20_000)
    assert (watched.outside, watched.complaints) == ([], [])


def test_what_is_typed_here_is_never_written_over_by_what_comes_in(made: Office, address: str, browser: Any) -> None:
    watched = Watched(browser, address, "lan")
    page = opened(watched, made)
    page.route("**/save", lambda route: route.abort())
    field(page, AREA).fill("88")
    settled(page, "Mất mạng")
    post(signed_in("hoa"), f"/forms/{made.entry().pk}/save", base=0, cells={AREA: "77", OUTPUT: "9"})
    page.unroute("**/save")
    settled(page, "1 ô có hai người cùng sửa")
    assert field(page, AREA).input_value() == "88"
    assert field(page, OUTPUT).input_value() == "9"
    post(signed_in("hoa"), f"/forms/{made.entry().pk}/save", base=1, cells={AREA: "78"})
    hurried(page)
    field(page, AREA).focus()
    page.wait_for_selector("#cell-words:has-text('78')", timeout=20_000)
    page.click("button:has-text('Giữ “88”')")
    settled(page)
    assert made.cells()[AREA][0] == "88"
    history = signed_in("lan").get(f"/forms/{made.entry().pk}/cells/{AREA}").content.decode()
    assert all(figure in history for figure in ("88", "78", "77")), "all that was typed is kept"


def test_a_page_that_nobody_looks_at_asks_nothing(made: Office, address: str, browser: Any) -> None:
    watched = Watched(browser, address, "lan")
    asked: list[str] = []
    page = opened(watched, made)
    page.on("request", lambda request: "/news" in request.url and asked.append(request.url))
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true, configurable: true })")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(6_500)
    assert asked == []
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => false, configurable: true })")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(500)
    assert len(asked) == 1, "who comes back sees at once what is new"


def test_a_remark_that_cannot_be_sent_is_kept(made: Office, address: str, browser: Any) -> None:
    watched = Watched(browser, address, "lan")
    page = opened(watched, made)
    field(page, OUTPUT).focus()
    page.click("#open-remarks")
    watched.context.set_offline(True)
    page.fill("#say textarea", "Chờ kiểm tra lại")
    page.click("#say button[value=say]")
    page.wait_for_selector("#unsaid:has-text('vẫn được giữ')")
    page.close()
    watched.context.set_offline(False)
    page = watched.context.new_page()
    page.goto(f"{address}/forms/{made.entry().pk}/")
    settled(page)
    field(page, OUTPUT).focus()
    page.click("#open-remarks")
    assert page.input_value("#say textarea") == "Chờ kiểm tra lại"
    page.click("#say button[value=settle]")
    page.wait_for_selector("#thread li:has-text('đã giải quyết')")
    assert json.loads(made.entry().remarks) == {OUTPUT: [1, 0]}


def test_a_form_is_handed_over_as_it_stands_on_the_screen(made: Office, address: str, browser: Any) -> None:
    watched = Watched(browser, address, "lan")
    page = opened(watched, made)
    page.evaluate(
        """typed => {
            for (const [cell, text] of Object.entries(typed)) {
                const input = document.getElementsByName(cell)[0];
                input.value = text;
                input.dispatchEvent(new Event('input', { bubbles: true }));
            }
            document.querySelector('form[data-with-typed] button').click();
        }""",
        {AREA: "10", OUTPUT: "61"},
    )
    page.click("#sure button[value=yes]")
    page.wait_for_selector(".state.submitted", timeout=20_000)
    assert {cell: kept[0] for cell, kept in made.cells().items()} == {AREA: "10", OUTPUT: "61"}
    assert [line.action for line in recording.lines(made.entry().stream)] == ["enter", "submit"]
    assert page.evaluate("Object.keys(localStorage).length") == 0, "nothing is left to be sent"


def test_a_handing_over_whose_answer_is_lost_is_done_once(made: Office, address: str, browser: Any) -> None:
    watched = Watched(browser, address, "lan")
    page = opened(watched, made)
    lost: list[int] = []

    def lose(route: Any) -> None:
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/submit", lose)
    field(page, AREA).fill("10")
    hand_on(page, "Nộp biểu")
    page.wait_for_selector("#banner:not([hidden])")
    assert lost == [200]
    hand_on(page, "Nộp biểu")
    page.wait_for_selector(".state.submitted", timeout=20_000)
    assert [line.action for line in recording.lines(made.entry().stream)] == ["enter", "submit"]


def test_cells_are_returned_mended_and_approved_on_the_pages(made: Office, address: str, browser: Any) -> None:
    entry = made.entry().pk
    post(signed_in("lan"), f"/forms/{entry}/save", base=0, cells={AREA: "10", OUTPUT: "600", POOR: "5"})
    post(signed_in("lan"), f"/forms/{entry}/submit", version=1)
    approver = Watched(browser, address, "hoa")
    page = approver.open(f"/forms/{entry}/")
    page.wait_for_selector("td[data-cell][tabindex='0']")
    page.click("summary:has-text('Trả lại')")
    page.locator("td[data-cell]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press(" ")
    assert page.locator("button:has-text('Trả lại 1 ô đã chọn')").count() == 1
    page.fill("[name=reason]", "Sản lượng gấp 10 lần")
    page.keyboard.press("Enter")
    page.wait_for_selector(".state.returned", timeout=20_000)
    reporter = Watched(browser, address, "lan")
    page = opened(reporter, made)
    assert "Sản lượng gấp 10 lần" in page.locator("section.returned").inner_text()
    assert field(page, AREA).get_attribute("readonly") is not None
    page.click(f"[data-goto='{OUTPUT}']")
    assert page.evaluate("document.activeElement.name") == OUTPUT
    assert "bị trả lại" in page.locator("#cell-words").inner_text()
    page.keyboard.type("60")
    hand_on(page, "Nộp biểu")
    page.wait_for_selector(".state.submitted", timeout=20_000)
    for who in ("hoa", "tuan"):
        watched = Watched(browser, address, who)
        page = watched.open(f"/forms/{entry}/")
        assert "đã sửa" in page.locator("section.returned").inner_text()
        page.wait_for_selector("td[data-cell][tabindex='0']")
        with page.expect_navigation():
            hand_on(page, "Duyệt")
        assert (watched.outside, watched.complaints) == ([], [])
    assert made.entry().state == "approved"
    assert made.cells()[OUTPUT][0] == "60"


@pytest.mark.parametrize("width", [360, 1440])
def test_every_page_of_collecting_can_be_used_by_everybody(
    made: Office, address: str, browser: Any, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    entry = made.entry().pk
    post(signed_in("lan"), f"/forms/{entry}/save", base=0, cells={AREA: "10", OUTPUT: "600"})
    post(signed_in("lan"), f"/forms/{entry}/submit", version=1)
    post(signed_in("hoa"), f"/forms/{entry}/return", version=1, reason="Xem lại sản lượng", cells=[OUTPUT])
    post(signed_in("tuan"), f"/forms/{entry}/remarks", cell=OUTPUT, text="Gấp mười năm trước")
    visits = [
        ("lan", f"/forms/{entry}/"),
        ("lan", f"/forms/{entry}/history"),
        ("lan", f"/forms/{entry}/cells/{OUTPUT}"),
    ]
    round_ = f"/rounds/{made.round.pk}"
    visits += [("tuan", path) for path in (f"{round_}/", f"{round_}/days", f"{round_}/total", f"{round_}/cells/{AREA}")]
    for who, path in visits:
        watched = Watched(browser, address, who, width, bypass_csp=True)
        page = watched.open(path)
        found = Axe().run(page)
        grave = [one["id"] for one in found.response["violations"] if one["impact"] in ("serious", "critical")]
        assert grave == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than the screen"
        watched.context.close()
