"""A report in a browser: drafted, written on, proof-read, issued and opened; at both sizes, for everybody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from baocao_web.documents import drafting
from baocao_web.documents.models import Edition, Report
from tests.web.browsing import Watched, needs_browser, serving
from tests.web.offices import HERE, Office
from tests.web.reports import OUTLINE, checked, drafted, told, written
from tests.web.test_documents import FINDING

pytestmark = [
    needs_browser,
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]


def test_a_report_goes_from_its_draft_to_the_open_page(made: Office, tmp_path: Path, browser: Any) -> None:
    told()
    connection.close()
    with serving(tmp_path) as address:
        compiler = Watched(browser, address, "tuan")
        page = compiler.open("/documents/")
        page.set_default_timeout(120_000)
        page.select_option("[name=unit]", HERE)
        page.select_option("[name=outline]", OUTLINE)
        page.fill("[name=period]", "năm 2026")
        page.click("button:has-text('Soạn')")
        page.wait_for_selector("article.paper")
        page.click("button:has-text('Giữ tất cả')")
        page.wait_for_load_state()
        page.click("#part-mo_dau a")
        page.wait_for_selector("text=Bạn đang giữ phần này")
        page.fill("[name=text]", "Năm 2026 phường đạt nhiều kết quả.")
        page.click("button:has-text('Lưu')")
        while waiting := page.query_selector(".beside-block:has(p.asked) p.doing a"):
            waiting.click()
            page.wait_for_selector("text=Cần viết:")
            page.fill("[name=text]", "Không có.")
            page.click("button:has-text('Lưu')")
            page.wait_for_selector("article.paper")
        page.wait_for_selector("text=Bộ soát không nêu điểm nào")
        assert "Năm 2026 phường đạt nhiều kết quả." in page.inner_text("article.paper")
        page.click("a.source >> text=1.234 >> nth=0")
        page.wait_for_selector("text=Số liệu các đơn vị trong kỳ")
        leader = Watched(browser, address, "son")
        page = leader.open("/documents/1/")
        page.click("a:has-text('Ban hành')")
        page.fill("[name=number]", "12")
        page.click("button:has-text('Ban hành')")
        page.wait_for_selector("text=Số: 12/BC-UBND")
        page.click("button:has-text('Công khai')")
        page.wait_for_load_state()
        visitor = browser.new_context(locale="vi-VN").new_page()
        visitor.goto(f"{address}/published/")
        visitor.click("tbody a")
        assert "Năm 2026 phường đạt nhiều kết quả." in visitor.inner_text("article.paper")
        visitor.click("a.source >> text=1.234 >> nth=0")
        visitor.wait_for_selector("text=Phường Thượng Họa")
        assert compiler.outside == leader.outside == []
        assert compiler.complaints == leader.complaints == []


@pytest.mark.parametrize("width", [360, 1440])
def test_the_pages_of_reports_can_be_used_by_everybody(made: Office, tmp_path: Path, browser: Any, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    told()
    report: Report = drafted()
    drafted(period="2025-A1")
    edition = _issued(report)
    checked(report, [FINDING])
    connection.close()
    with serving(tmp_path) as address:
        watched = Watched(browser, address, "tuan", width, bypass_csp=True)  # axe is put into the page as a script
        look_at = Axe()
        for path in (
            "/documents/",
            f"/documents/{report.pk}/",
            f"/documents/{report.pk}/numbers/3",
            f"/documents/{report.pk}/parts/mo_dau",
            f"/documents/{report.pk}/last-year",
            f"/documents/{report.pk}/returned/",
            f"/documents/editions/{edition.pk}/",
            "/documents/proofs/",
            "/published/",
        ):
            page = watched.page
            assert page.goto(address + path).status == 200, path
            found = look_at.run(page)
            grave = [one["id"] for one in found.response["violations"] if one["impact"] in ("serious", "critical")]
            assert grave == [], path
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
                f"{path} is wider than the screen"
            )


def _issued(report: Report) -> Edition:
    from tests.web.offices import signed_in

    written(report)
    signed_in("tuan").post(f"/documents/{report.pk}/settle", {"keep": "all"})
    report.refresh_from_db()
    checked(report, [])
    given = {"number": "05", "on": "05/11/2026", "state": drafting.state_of(report)}
    assert signed_in("son").post(f"/documents/{report.pk}/issue", given).status_code == 302
    return Edition.objects.get()
