"""The pages of key tasks in a browser: at both sizes, by who may do what, without a fault, nothing from outside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from baocao_web.tasks.models import Progress, Task
from demo import office_tasks
from demo.province import tasks
from demo.province.writing import table
from tests.web.browsing import Watched, needs_browser, serving
from tests.web.offices import HERE, THERE, Office

pytestmark = needs_browser


@pytest.fixture
def loaded(made: Office, tmp_path: Path) -> Office:
    """The office with the province's tasks and those of two communes."""
    from baocao_web.people.models import Grant, User
    from baocao_web.people.roles import Role

    second = User.objects.create_user("binh", full_name="Nguyễn Hư Bình")
    Grant.objects.create(user=second, role=Role.APPROVER.value, unit=THERE)
    table(tmp_path / "nhiem-vu.csv", tasks.rows())
    people = office_tasks.People("tuan", {HERE: "lan", THERE: "minh"}, {HERE: "hoa", THERE: "binh"})
    office_tasks.load(tmp_path / "nhiem-vu.csv", people)
    connection.close()
    return made


def test_a_task_is_set_told_of_and_confirmed_on_its_pages(loaded: Office, tmp_path: Path, browser: Any) -> None:
    (tmp_path / "bien-ban.pdf").write_bytes(b"%PDF-1.4")
    with serving(tmp_path) as address:
        compiler = Watched(browser, address, "tuan")
        page = compiler.open("/tasks/new")
        page.fill("[name=title]", "Làm đường vào khu sản xuất Đồng Phác")
        page.select_option("[name=unit]", HERE)
        page.fill("[name=decided_on]", "5/10/2020")
        page.fill("[name=due_on]", "1/10/2020")
        page.click("button:has-text('Lưu')")
        page.wait_for_selector("text=sớm hơn ngày văn bản giao")
        page.fill("[name=due_on]", "31/12/2099")
        page.click("button:has-text('Lưu')")
        page.wait_for_selector("h1:has-text('Làm đường vào khu')")
        path = page.url.removeprefix(address)
        reporter = Watched(browser, address, "lan", 360)
        page = reporter.open("/tasks/?q=dong+phac")
        page.click("text=Làm đường vào khu sản xuất Đồng Phác")
        page.select_option("[name=state]", "done")
        page.fill("[name=text]", "Đã đổ bê tông 2 km.")
        page.set_input_files("[name=files]", str(tmp_path / "bien-ban.pdf"))
        page.click("button:has-text('Gửi báo cáo')")
        page.wait_for_selector("text=báo hoàn thành, chờ xác nhận")
        with page.expect_download() as saved:
            page.click("text=bien-ban.pdf")
        assert Path(saved.value.path()).read_bytes() == b"%PDF-1.4"
        approver = Watched(browser, address, "hoa")
        page = approver.open(path)
        page.click("button:has-text('Xác nhận')")
        page.wait_for_selector(".page .state:has-text('hoàn thành trước hạn')")
        for watched in (compiler, reporter, approver):
            assert watched.outside == []
            assert [one for one in watched.complaints if "409" not in one] == []
    assert Progress.objects.filter(task__title__startswith="Làm đường").get().verdict == "confirmed"


def test_the_counts_of_the_sentence_lead_to_their_tasks(loaded: Office, tmp_path: Path, browser: Any) -> None:
    with serving(tmp_path) as address:
        page = Watched(browser, address, "son").open("/tasks/")
        sentence = page.inner_text(".counted")
        assert sentence.startswith("Trong ")
        for link, state in (("s-done", "đã hoàn thành"), ("s-late", "chậm tiến độ")):
            page.goto(f"{address}/tasks/")
            count = int(page.inner_text(f".counted a[href*='{link}']"))
            assert f"{count:02} nhiệm vụ {state}" in sentence
            page.click(f".counted a[href*='{link}']")
            assert page.locator("table.stacked tbody tr").count() == count


@pytest.mark.parametrize("width", [360, 1440])
def test_the_pages_fit_and_can_be_read_aloud(loaded: Office, tmp_path: Path, browser: Any, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    claimed = Task.objects.get(title__startswith="Số hóa").pk
    periodic = Task.objects.exclude(every="").get().pk
    connection.close()
    paths = {
        "list": "/tasks/",
        "board": "/tasks/board",
        "none": "/tasks/?q=khongco",
        "new": "/tasks/new",
        "take": "/tasks/take",
        "claimed": f"/tasks/{claimed}/",
        "periodic": f"/tasks/{periodic}/",
        "amend": f"/tasks/{claimed}/amend",
    }
    with serving(tmp_path) as address:
        watched = Watched(browser, address, "tuan", width, bypass_csp=True)  # axe is put into the page as a script
        for name, path in paths.items():
            page = watched.open(path)
            page.screenshot(path=str(tmp_path / f"{name}-{width}.png"), full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            found = Axe().run(page)
            grave = [one for one in found.response["violations"] if one["impact"] in ("serious", "critical")]
            assert grave == [], (path, [(one["id"], one["nodes"][0]["html"]) for one in grave])
