"""The whole story in browsers, one for each role: from the account and the target to the report that all may read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from baocao_web.collecting.models import Entry
from baocao_web.places import office
from tests.web.browsing import Watched, hand_on, needs_browser, serving
from tests.web.offices import HERE, Office
from tests.web.reports import OUTLINE

pytestmark = [
    needs_browser,
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]
YEAR = 2026
FIGURES = {"lua_dien_tich": "1.234", "lua_san_luong": "7.280", "ho_ngheo": "41", "dan_so": "8.123"}
REPORTER = "minh-moi"
NEW = "một mật khẩu mới đủ dài"


def test_from_the_target_to_the_issued_report(made: Office, tmp_path: Path, browser: Any) -> None:
    connection.close()
    with serving(tmp_path) as address:
        people = {name: Watched(browser, address, name) for name in ("quan", "tuan", "hoa", "son", "ngoc")}
        for one in people.values():
            one.page.set_default_timeout(20_000)
        secret = _account_is_made(people["quan"])
        reporter = _signs_in(browser, address, REPORTER, secret)
        _target_is_assigned(people["tuan"])
        entry = _round_is_opened(people["tuan"])
        _form_is_filled_while_the_line_drops(reporter, entry)
        _form_is_returned_and_mended(people["hoa"], reporter, entry)
        _form_is_approved(people["hoa"], people["tuan"], entry)
        _leader_sees_it(people["son"])
        _report_is_written(people["tuan"])
        _report_is_issued(people["son"])
        _council_reads_it(people["ngoc"])
        visitor = browser.new_context(locale="vi-VN").new_page()
        visitor.goto(f"{address}/published/")
        visitor.click("tbody a")
        assert "1.234" in visitor.inner_text("article.paper")
        for name, one in people.items():
            assert (name, one.outside, one.complaints) == (name, [], [])
        assert reporter.outside == []
    call_command("verify_ledger")


def _account_is_made(administrator: Watched) -> str:
    """A reporter's account with its role; the password of one time that the page shows."""
    page = administrator.open("/people/new/")
    page.fill("[name=username]", REPORTER)
    page.fill("[name=full_name]", "Nguyễn Hư Mới")
    page.fill("[name=unit]", "phuong thuong hoa")
    page.click("main form.fields button")
    secret = page.inner_text("code.secret").strip()
    page.click("a:has-text('Đã ghi lại')")
    giving = page.locator("form[action$='grants']")
    giving.locator("[name=role]").select_option("reporter")
    giving.locator("[name=unit]").fill("phuong thuong hoa")
    giving.locator("button").click()
    page.wait_for_selector("td:has-text('Phường Thượng Họa')")
    return str(secret)


def _signs_in(browser: Any, address: str, name: str, secret: str) -> Watched:
    """With the password of one time, which is changed at once."""
    watched = Watched(browser, address, None)
    page = watched.open("/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", secret)
    page.click("main button:has-text('Đăng nhập')")
    page.fill("[name=oldpassword]", secret)
    page.fill("[name=password1]", NEW)
    page.fill("[name=password2]", NEW)
    page.press("[name=password2]", "Enter")
    page.wait_for_load_state()
    return watched


def _target_is_assigned(compiler: Watched) -> None:
    page = compiler.open(f"/plans/decision?unit={HERE}&year={YEAR}")
    page.fill("[name=authority]", "HĐND tỉnh")
    page.fill("[name=decision]", "12/NQ-HĐND ngày 20/12/2025")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.fill("[name='t:lua_dien_tich']", "1.300")
    page.click("button:has-text('Ghi quyết định')")
    page.wait_for_selector("td:has-text('1.300')")


def _round_is_opened(compiler: Watched) -> int:
    """A form of four indicators, and a round of the year; the entry of the commune."""
    page = compiler.open("/rounds/forms/")
    page.fill("[name=code]", "BN-01")
    page.fill("[name=title]", "Kết quả năm")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    for code in FIGURES:
        page.check(f"[name=indicator][value={code}]")
    page.click("button:has-text('Lập biểu')")
    page.wait_for_load_state()
    page = compiler.open("/rounds/")
    page.select_option("[name=form]", label="BN-01 (1) Kết quả năm")
    page.fill("[name=period]", f"năm {YEAR}")
    days = {"opens_on": -3, "due_on": 3, "late_on": 5, "locked_on": 7}
    for name, ahead in days.items():
        page.fill(f"[name={name}]", f"{office.today() + timedelta(days=ahead):%d/%m/%Y}")
    page.click("button:has-text('Mở đợt')")
    page.wait_for_selector("h1:has-text('Kết quả năm')")
    entry = Entry.objects.get(round__form__code="BN-01", unit=HERE)
    connection.close()
    return int(entry.pk)


def _form_is_filled_while_the_line_drops(reporter: Watched, entry: int) -> None:
    page = reporter.open("/forms/")
    page.click(f"a[href='/forms/{entry}/']")
    _settled(page)
    for turn, (code, figure) in enumerate(FIGURES.items()):
        if turn == 1:
            _settled(page)
            reporter.context.set_offline(True)
        page.fill(f"[name='{code}:actual']", figure)
    _settled(page, "Mất mạng: 3 ô")
    reporter.context.set_offline(False)
    _settled(page)
    hand_on(page, "Nộp biểu")
    page.wait_for_selector("#state:has-text('đã nộp')")


def _form_is_returned_and_mended(approver: Watched, reporter: Watched, entry: int) -> None:
    page = approver.open(f"/forms/{entry}/")
    page.click("summary:has-text('Trả lại')")
    page.fill("[name=reason]", "Xem lại số hộ nghèo.")
    page.click("form.act:has([name=reason]) button")
    page.wait_for_selector("#state:has-text('trả lại')")
    page = reporter.open(f"/forms/{entry}/")
    assert "Xem lại số hộ nghèo." in page.inner_text("main")
    _settled(page)
    page.fill("[name='ho_ngheo:actual']", "42")
    _settled(page)
    hand_on(page, "Nộp biểu")
    page.wait_for_selector("#state:has-text('đã nộp')")


def _form_is_approved(approver: Watched, compiler: Watched, entry: int) -> None:
    page = approver.open(f"/forms/{entry}/")
    hand_on(page, "Duyệt")
    page.wait_for_selector("form.act button:has-text('Duyệt')", state="detached")
    page = compiler.open("/forms/")
    page.check(f"tr:has(a[href='/forms/{entry}/']) input[type=checkbox]")
    page.click("button:has-text('Duyệt các biểu đã chọn')")
    page.wait_for_load_state()
    assert Entry.objects.get(pk=entry).state == "approved"
    connection.close()
    page = compiler.open(f"/forms/{entry}/")
    assert "đã duyệt" in page.inner_text("#state")


def _leader_sees_it(leader: Watched) -> None:
    page = leader.open(f"/dashboard/?unit={HERE}&period={YEAR}-M12")
    assert "1.234" in page.inner_text("main")


def _report_is_written(compiler: Watched) -> None:
    page = compiler.open("/documents/")
    page.select_option("[name=unit]", HERE)
    page.select_option("[name=outline]", OUTLINE)
    page.fill("[name=period]", f"năm {YEAR}")
    page.click("button:has-text('Soạn')")
    page.wait_for_selector("article.paper")
    if page.query_selector("button:has-text('Giữ tất cả')"):
        page.click("button:has-text('Giữ tất cả')")
        page.wait_for_load_state()
    while waiting := page.query_selector(".beside-block:has(p.asked) p.doing a"):
        waiting.click()
        page.fill("[name=text]", "Không có.")
        page.click("button:has-text('Lưu')")
        page.wait_for_selector("article.paper")
    page.wait_for_selector("text=Bộ soát không nêu điểm nào")
    said = page.inner_text("article.paper")
    assert all(figure in said for figure in ("1.234", "42", "1.300"))


def _report_is_issued(leader: Watched) -> None:
    page = leader.open("/documents/1/")
    page.click("a:has-text('Ban hành')")
    page.fill("[name=number]", "12")
    page.click("button:has-text('Ban hành')")
    page.wait_for_selector("text=Số: 12/BC-UBND")
    page.click("button:has-text('Công khai')")
    page.wait_for_load_state()


def _council_reads_it(reviewer: Watched) -> None:
    page = reviewer.open("/documents/")
    page.click("tbody a >> nth=0")
    assert "1.234" in page.inner_text("main")


def _settled(page: Any, text: str = "Đã lưu") -> None:
    from playwright.sync_api import expect

    expect(page.locator("#line")).to_contain_text(text, timeout=20_000)
