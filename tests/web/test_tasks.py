"""Key tasks: set, told of, confirmed, returned, amended; done once, never over another's words, all of it recorded."""

from __future__ import annotations

import json
import threading
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from baocao.model.task import TaskState
from baocao_web.people import recording
from baocao_web.people.models import Grant, User
from baocao_web.people.roles import Role
from baocao_web.places import office
from baocao_web.tasks import assigning, evidence
from baocao_web.tasks.models import Evidence, Progress, Task
from baocao_web.tasks.register import one_followed, turns_open
from baocao_web.tasks.standings import Standing
from tests.web.offices import HERE, THERE, Office, signed_in

SCRIPT = "<script>alert('x')</script>"


def days(count: int) -> date:
    return office.today() + timedelta(days=count)


def shown(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def a_task(unit: str = HERE, title: str = "Xây cầu Bến Thử", **more: Any) -> Task:
    """A task that the compiler has set."""
    given = {"owner": "Ban Quản lý dự án", "due_on": days(30), "decided_on": days(-60), "source": "12/NQ-HĐND", **more}
    compiler = User.objects.get(username="tuan")
    return assigning.create(assigning.Fields(unit=unit, title=title, **given), compiler, uuid.uuid4().hex)


def told(client: Client, task: Task, **body: Any) -> Any:
    """A report of progress as the page sends it."""
    last = task.progress.order_by("-number").first()
    given = {
        "request": uuid.uuid4().hex,
        "base": last.number if last else 0,
        "on": shown(office.today()),
        "state": "ongoing",
        "text": "Đã xong móng.",
        **body,
    }
    return client.post(f"/tasks/{task.pk}/progress", given)


def settled(client: Client, task: Task, verdict: str, number: int | None = None, **body: Any) -> Any:
    """An approver's answer as the page sends it."""
    last = task.progress.order_by("-number").first()
    given = {"request": uuid.uuid4().hex, "verdict": verdict, "number": number or (last.number if last else 0), **body}
    return client.post(f"/tasks/{task.pk}/verdict", given)


def form(task: Task | None = None, **more: Any) -> dict[str, Any]:
    """The form of a task as the page sends it."""
    given = {"request": uuid.uuid4().hex, "unit": HERE, "title": "Xây cầu Bến Thử", "owner": "Ban Quản lý dự án"}
    if task is not None:
        given |= {"base": str(task.version), "due_on": shown(task.due_on), "decided_on": shown(task.decided_on)}
        given |= {"source": task.source}
    return {**given, **more}


def standing(task: Task, on: date | None = None) -> Standing:
    return one_followed(Task.objects.get(pk=task.pk), on or office.today()).standing


def events(task: Task) -> list[tuple[str, str, dict[str, Any]]]:
    return [(line.by, line.action, json.loads(line.details)) for line in recording.lines(task.stream)]


def refusals(name: str) -> int:
    return len(list(recording.lines(f"refused:{name}")))


def test_a_task_goes_from_being_set_to_being_confirmed(made: Office) -> None:
    answer = signed_in("tuan").post(
        "/tasks/new",
        form(due_on=shown(days(10)), decided_on=shown(days(-90)), lead="Nguyễn Hư Cấu", deliverable="Cầu 30 m"),
    )
    assert answer.status_code == 302
    task = Task.objects.get()
    assert (task.unit, task.due_on, task.decided_on, task.made_by) == (HERE, days(10), days(-90), "tuan")
    assert standing(task) is Standing.WAITING
    assert told(signed_in("lan"), task, percent="40").status_code == 302
    assert standing(task) is Standing.ONGOING
    assert told(signed_in("lan"), task, state="done", done_on=shown(days(-1)), text="Đã thông xe.").status_code == 302
    assert standing(task) is Standing.CLAIMED, "that it is done counts when it is confirmed"
    assert standing(task).state is TaskState.ONGOING
    assert settled(signed_in("hoa"), task, "confirm").status_code == 302
    assert standing(task) is Standing.DONE_EARLY
    assert standing(task, days(-2)) is Standing.WAITING, "as of a day before anything was told"
    assert [(by, action) for by, action, _ in events(task)] == [
        ("tuan", "task_assign"),
        ("lan", "track"),
        ("lan", "track"),
        ("hoa", "approve"),
    ]
    assert not list(recording.faults())


def test_what_is_returned_counts_no_more_and_says_why(made: Office) -> None:
    task = a_task(due_on=days(-1))
    told(signed_in("lan"), task)
    told(signed_in("lan"), task, state="done")
    assert settled(signed_in("hoa"), task, "return", reason="").status_code == 409
    assert settled(signed_in("hoa"), task, "return", reason="Chưa có biên bản nghiệm thu").status_code == 302
    assert standing(task) is Standing.OVERDUE
    assert one_followed(task, office.today()).is_returned
    page = signed_in("lan").get(f"/tasks/{task.pk}/").content.decode()
    assert "Chưa có biên bản nghiệm thu" in page
    assert told(signed_in("lan"), task, state="done", done_on=shown(days(0))).status_code == 302
    assert settled(signed_in("hoa"), task, "confirm").status_code == 302
    assert standing(task) is Standing.DONE_LATE


def test_what_is_confirmed_is_opened_again_by_who_may_correct(made: Office) -> None:
    task = a_task()
    told(signed_in("lan"), task, state="done")
    settled(signed_in("hoa"), task, "confirm")
    answer = told(signed_in("lan"), task, text="Còn sửa lan can.")
    assert answer.status_code == 409
    assert "đã được xác nhận hoàn thành" in answer.content.decode()
    assert "Còn sửa lan can." in answer.content.decode(), "what was typed stays on the page"
    assert settled(signed_in("hoa"), task, "return", reason="nhầm").status_code == 403
    assert settled(signed_in("tuan"), task, "return", reason="nhầm").status_code == 302
    assert standing(task) is Standing.WAITING


def test_nobody_confirms_his_own_report(made: Office) -> None:
    task = a_task()
    told(signed_in("hoa"), task, state="done")
    answer = settled(signed_in("hoa"), task, "confirm")
    assert answer.status_code == 409
    assert "không ai tự xác nhận" in answer.content.decode()
    assert Progress.objects.get().verdict == ""
    assert refusals("hoa") == 1


@pytest.mark.parametrize(
    ("who", "see", "create", "amend", "tell", "confirm", "send_back", "drop"),
    [
        ("lan", 200, 403, 403, 302, 403, 403, 403),
        ("hoa", 200, 403, 403, 302, 302, 302, 403),
        ("tuan", 200, 302, 302, 302, 302, 302, 302),
        ("son", 200, 403, 403, 403, 403, 403, 403),
        ("ngoc", 200, 403, 403, 403, 403, 403, 403),
        ("quan", 403, 403, 403, 403, 403, 403, 403),
        ("minh", 403, 403, 403, 403, 403, 403, 403),
    ],
)
def test_who_may_do_what(
    made: Office, who: str, see: int, create: int, amend: int, tell: int, confirm: int, send_back: int, drop: int
) -> None:
    client, other = signed_in(who), User.objects.create_user("khac", full_name="Người Khác")
    Grant.objects.create(user=other, role=Role.REPORTER.value, unit=HERE)
    task, second = a_task(), a_task(title="Việc hai")
    for one in (task, second):
        told(signed_in("khac"), one)
    assert client.get(f"/tasks/{task.pk}/").status_code == see
    assert client.post("/tasks/new", form(title="Việc mới")).status_code == create
    assert client.post(f"/tasks/{task.pk}/amend", form(task, title="Tên khác")).status_code == amend
    assert settled(client, task, "confirm").status_code == confirm
    assert settled(client, second, "return", reason="Thiếu minh chứng").status_code == send_back
    assert told(client, task).status_code == tell
    assert client.post(f"/tasks/{task.pk}/drop", {"reason": "Đã ghép"}).status_code == drop
    assert bool(refusals(who)) is (403 in (see, create, amend, tell, confirm, send_back, drop))
    assert not list(recording.faults())


def test_a_call_that_comes_twice_is_done_once(made: Office) -> None:
    compiler, reporter, approver = signed_in("tuan"), signed_in("lan"), signed_in("hoa")
    body = form(due_on=shown(days(10)))
    first, second = (compiler.post("/tasks/new", body) for _ in range(2))
    task = Task.objects.get()
    assert first["Location"] == second["Location"] == f"/tasks/{task.pk}/"
    name = uuid.uuid4().hex
    assert [told(reporter, task, request=name, base=0).status_code for _ in range(3)] == [302] * 3
    assert Progress.objects.count() == 1
    name = uuid.uuid4().hex
    assert [settled(approver, task, "confirm", request=name).status_code for _ in range(2)] == [302] * 2
    body = form(title="Xây cầu Bến Thử 2", base="1")
    assert [compiler.post(f"/tasks/{task.pk}/amend", body).status_code for _ in range(2)] == [302] * 2
    name = uuid.uuid4().hex
    drops = [compiler.post(f"/tasks/{task.pk}/drop", {"reason": "ghép", "request": name}) for _ in range(2)]
    assert [one.status_code for one in drops] == [302] * 2
    assert [action for _, action, _ in events(task)] == ["task_assign", "track", "approve", "task_amend", "task_drop"]


def test_two_who_amend_one_task_lose_nothing(made: Office) -> None:
    task = a_task()
    first, second = (form(task) for _ in range(2))
    assert signed_in("tuan").post(f"/tasks/{task.pk}/amend", first | {"lead": "Trần Thị Một"}).status_code == 302
    client = signed_in("tuan")
    answer = client.post(f"/tasks/{task.pk}/amend", second | {"lead": "Lê Văn Hai", "deliverable": "Cầu"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Lê Văn Hai" in page, "what was typed stands in the form"
    assert "Trần Thị Một" in page, "and what is there now beside it"
    assert Task.objects.get().lead == "Trần Thị Một"
    by, action, details = events(task)[-1]
    assert (by, action, details["beside"], details["lead"]) == ("tuan", "task_amend", True, "Lê Văn Hai")
    again = form(Task.objects.get(), lead="Lê Văn Hai", deliverable="Cầu")
    assert client.post(f"/tasks/{task.pk}/amend", again).status_code == 302
    assert Task.objects.get().lead == "Lê Văn Hai"
    assert "giữ bên cạnh" in client.get(f"/tasks/{task.pk}/").content.decode()


def test_two_who_tell_of_one_task_lose_nothing(made: Office) -> None:
    task = a_task()
    told(signed_in("hoa"), task, text="Đã xong móng.", base=0)
    answer = told(signed_in("lan"), task, text="Đã xong mố cầu.", base=0)
    assert answer.status_code == 409
    assert "Đã xong mố cầu." in answer.content.decode()
    assert "Đã xong móng." in answer.content.decode()
    assert [one.text for one in Progress.objects.all()] == ["Đã xong móng."]
    assert events(task)[-1][2]["text"] == "Đã xong mố cầu."
    assert told(signed_in("lan"), task, text="Đã xong mố cầu.").status_code == 302


def test_an_approver_who_has_not_read_the_newest_report_confirms_nothing(made: Office) -> None:
    task = a_task()
    told(signed_in("lan"), task)
    told(signed_in("lan"), task, state="done")
    answer = settled(signed_in("hoa"), task, "return", number=1, reason="Lý do dài của tôi")
    assert answer.status_code == 409
    assert "không phải là báo cáo mới nhất" in answer.content.decode()
    assert settled(signed_in("hoa"), task, "confirm", number=77).status_code == 409
    assert {one.verdict for one in Progress.objects.all()} == {""}
    assert settled(signed_in("hoa"), task, "nonsense").status_code == 404


def test_two_at_one_moment_are_both_kept(made: Office) -> None:
    task = a_task()
    clients = [signed_in(name) for name in ("lan", "hoa")]
    answers: list[int] = []

    def tell(client: Client, number: int) -> None:
        try:
            body = {"base": 0, "on": shown(office.today()), "state": "ongoing", "text": f"Lời của {number}"}
            answers.append(client.post(f"/tasks/{task.pk}/progress", body).status_code)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=tell, args=(client, at)) for at, client in enumerate(clients)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(answers) == [302, 409]
    texts = {details.get("text") for _, _, details in events(task)}
    assert {"Lời của 0", "Lời của 1"} <= texts
    assert not list(recording.faults())


@pytest.mark.parametrize(
    ("field", "seen", "words"),
    [
        ("due_on", "31/11/2026", "không phải là ngày"),
        ("due_on", "30/02/2027", "không phải là ngày"),
        ("due_on", "1/1/1999", "nằm ngoài các năm"),
        ("due_on", "1/6/2020", "sớm hơn ngày văn bản giao 01/07/2020"),
        ("decided_on", "9/9/2099", "chưa đến"),
        ("title", " \u200b\u202e ", "hãy ghi tên nhiệm vụ"),
        ("title", "x" * 501, "501 ký tự, nhiều nhất là 500"),
        ("every", "W", "chọn định kỳ"),
    ],
)
def test_fields_that_cannot_be_are_told_and_nothing_is_lost(made: Office, field: str, seen: str, words: str) -> None:
    body = form(decided_on="1/7/2020", lead="Người đã gõ") | {field: seen}
    answer = signed_in("tuan").post("/tasks/new", body)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert words in page
    assert "Người đã gõ" in page
    assert not Task.objects.exists()
    assert refusals("tuan") == 1


def test_a_periodic_task_has_no_other_due_day(made: Office) -> None:
    answer = signed_in("tuan").post("/tasks/new", form(every="Q", due_on=shown(days(9))))
    assert answer.status_code == 409
    assert "nhiệm vụ định kỳ có hạn là ngày cuối mỗi kỳ" in answer.content.decode()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"on": "31/2/2026"}, "không phải là ngày"),
        ({"on": "9/9/2099"}, "chưa đến"),
        ({"on": "1/1/2020"}, "sớm hơn ngày văn bản giao"),
        ({"state": "done", "done_on": "9/9/2099"}, "sau ngày báo cáo"),
        ({"state": "done", "done_on": "1/1/2020"}, "sớm hơn ngày văn bản giao"),
        ({"state": "sleeping"}, "chọn trạng thái"),
        ({"percent": "101"}, "số nguyên từ 0 đến 100"),
        ({"percent": "{0}"}, "số nguyên từ 0 đến 100"),
        ({"text": "  "}, "hãy ghi kết quả"),
        ({"text": "x" * 5001}, "5001 ký tự"),
        ({"turn": "2026-Q1"}, "chọn kỳ"),
        ({"turn": "<b>", "base": "7"}, "1 mục cần sửa"),
    ],
)
def test_reports_that_cannot_be_are_told_and_nothing_is_lost(made: Office, body: dict[str, str], words: str) -> None:
    task = a_task()
    answer = told(signed_in("lan"), task, **{"link": "kho lưu trữ số 5", **body})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert words in page
    assert "kho lưu trữ số 5" in page
    assert not Progress.objects.exists()
    assert refusals("lan") == 1


def test_a_report_does_not_go_back_behind_the_last_one(made: Office) -> None:
    task = a_task()
    told(signed_in("lan"), task)
    answer = told(signed_in("lan"), task, on=shown(days(-3)))
    assert answer.status_code == 409
    assert f"đã có báo cáo đến ngày {shown(office.today())}" in answer.content.decode()


def test_forged_numbers_and_other_units_tasks_are_refused_and_recorded(made: Office) -> None:
    task = a_task(unit=THERE, title="Việc của xã khác")
    told(signed_in("minh"), task)
    client = signed_in("hoa")
    assert client.get(f"/tasks/{task.pk}/").status_code == 403
    assert told(client, task, base=1).status_code == 403
    assert settled(client, task, "confirm").status_code == 403
    assert client.post("/tasks/987654/progress", {"text": "x"}).status_code == 404
    assert client.post(f"/tasks/{10**25}/progress", {"text": "x"}).status_code == 404
    assert client.get("/tasks/evidence/987654").status_code == 404
    assert client.post("/tasks/new", form(unit=THERE)).status_code == 403
    assert client.post(f"/tasks/{task.pk}/amend", form(task, unit=HERE)).status_code == 403
    seen = [json.loads(line.details) for line in recording.lines("refused:hoa")]
    assert {"method": "POST", "page": "task_tell", "ids": {"pk": 987654}, "why": "not there"} in seen
    assert {"method": "POST", "page": "task_settle", "ids": {"pk": task.pk}, "why": "not allowed"} in seen
    assert Progress.objects.count() == 1
    compiler = User.objects.create_user("xa", full_name="Tổng Hợp Xã")
    Grant.objects.create(user=compiler, role=Role.COMPILER.value, unit=HERE)
    own = a_task()
    assert signed_in("xa").post(f"/tasks/{own.pk}/amend", form(own, unit=THERE)).status_code == 403
    assert Task.objects.get(pk=own.pk).unit == HERE
    assert signed_in("xa").post("/tasks/new", form(unit="KHONG@CO")).status_code == 409


def test_a_post_without_its_token_is_refused(made: Office) -> None:
    task = a_task()
    client = signed_in("lan")
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"}, cookies=client.cookies.output(header=""))
    strict.cookies = client.cookies
    for path in ("progress", "verdict", "amend", "drop"):
        assert strict.post(f"/tasks/{task.pk}/{path}", {"text": "x"}).status_code == 403
    assert strict.post("/tasks/new", form()).status_code == 403
    assert strict.post("/tasks/take", {}).status_code == 403
    assert refusals("lan") == 6
    assert not Progress.objects.exists()


def test_evidence_is_kept_and_handed_out_to_be_saved_only(made: Office) -> None:
    task = a_task()
    page = SimpleUploadedFile("..\\biên bản <b>: 1.pdf", SCRIPT.encode(), "text/html")
    other = SimpleUploadedFile("ảnh.jpg", b"\xff\xd8\xff")
    assert told(signed_in("lan"), task, files=[page, other], link="javascript:alert(1)").status_code == 302
    first, second = Evidence.objects.order_by("pk")
    assert not set(first.name) & set('/\\<>":')
    assert second.name == "ảnh.jpg"
    answer = signed_in("son").get(f"/tasks/evidence/{first.pk}")
    assert answer.content == SCRIPT.encode()
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "X-Bad" not in answer.headers
    shown_page = signed_in("lan").get(f"/tasks/{task.pk}/").content.decode()
    assert SCRIPT not in shown_page
    assert 'href="javascript' not in shown_page
    assert signed_in("minh").get(f"/tasks/evidence/{first.pk}").status_code == 403
    assert events(task)[-1][2]["files"][first.sha256] == first.name


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("to.pdf", 50 * 1024 * 1024, "nặng 50 MB, giới hạn là 10 MB"),
        ("chay.exe", 10, "không thuộc loại được nhận"),
        ("trang.html", 10, "không thuộc loại được nhận"),
        ("rong.pdf", 0, "rỗng (0 byte)"),
        ("{0}.svg", 10, "không thuộc loại được nhận"),
    ],
)
def test_evidence_that_cannot_be_taken_costs_no_words(made: Office, name: str, size: int, words: str) -> None:
    task = a_task()
    answer = told(signed_in("lan"), task, text="Lời dài đã gõ", files=SimpleUploadedFile(name, b"a" * size))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert words in page
    assert "Lời dài đã gõ" in page
    assert not Progress.objects.exists()
    assert not Evidence.objects.exists()
    assert refusals("lan") == 1


def test_a_files_name_leads_nowhere() -> None:
    assert evidence.named('../a/b"\r\nX-Bad: 1\u202e.pdf') == ".. a b X-Bad 1 .pdf"
    assert evidence.named("x" * 400 + ".docx").endswith("x.docx")
    assert len(evidence.named("x" * 400 + ".docx")) == 150


def test_too_many_files_are_refused(made: Office) -> None:
    files = [SimpleUploadedFile(f"{at}.txt", b"a") for at in range(evidence.FILES + 1)]
    answer = told(signed_in("lan"), a_task(), files=files)
    assert answer.status_code == 409
    assert "nhiều nhất là 5" in answer.content.decode()


def test_script_in_every_field_stays_words(made: Office) -> None:
    words = dict.fromkeys(("title", "owner", "lead", "source", "deliverable"), SCRIPT)
    assert signed_in("tuan").post("/tasks/new", form(**words)).status_code == 302
    task = Task.objects.get()
    told(signed_in("lan"), task, text=SCRIPT, link=SCRIPT)
    settled(signed_in("hoa"), task, "return", reason=SCRIPT)
    for path in (f"/tasks/{task.pk}/", "/tasks/", "/tasks/board", f"/tasks/{task.pk}/amend", f"/tasks/?q={SCRIPT}"):
        page = signed_in("tuan").get(path).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_a_dropped_task_is_told_of_no_more_and_kept(made: Office) -> None:
    task = a_task()
    assert signed_in("tuan").post(f"/tasks/{task.pk}/drop", {"reason": " "}).status_code == 409
    assert signed_in("tuan").post(f"/tasks/{task.pk}/drop", {"reason": "Ghép vào việc khác"}).status_code == 302
    assert told(signed_in("lan"), task).status_code == 409
    assert "Xây cầu" not in signed_in("tuan").get("/tasks/").content.decode()
    assert "thôi theo dõi từ" in signed_in("lan").get(f"/tasks/{task.pk}/").content.decode()
    assert events(task)[-1][:2] == ("tuan", "task_drop")


def test_the_same_task_is_not_set_twice(made: Office) -> None:
    task = a_task()
    answer = signed_in("tuan").post("/tasks/new", form(title="XÂY CẦU  bến thử"))
    assert answer.status_code == 409
    assert f"(số {task.pk})" in answer.content.decode()
    other = a_task(title="Việc khác")
    answer = signed_in("tuan").post(f"/tasks/{other.pk}/amend", form(other))
    assert answer.status_code == 409
    assert f"(số {task.pk})" in answer.content.decode()


def test_each_turn_of_a_periodic_task_stands_for_itself(made: Office) -> None:
    task = a_task(every="Q", due_on=None, decided_on=date(office.today().year - 1, 1, 5))
    turns = turns_open(task, office.today())
    assert len(turns) == 4
    now, before = turns[:2]
    assert standing(task) is Standing.NOT_BEGUN, "the turn before was never told of"
    told(signed_in("lan"), task, turn=before.code, state="done", done_on=shown(before.end))
    settled(signed_in("hoa"), task, "confirm")
    assert standing(task) is Standing.WAITING
    assert one_followed(task, office.today()).turn == now.code
    assert standing(task, before.end) is Standing.NOT_BEGUN, "as of a day before anything was told"
    told(signed_in("lan"), task, turn=now.code)
    assert standing(task) is Standing.ONGOING
    assert told(signed_in("lan"), task, turn="1999-Q1").status_code == 409
