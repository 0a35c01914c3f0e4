"""Reports, files to be proof-read and key tasks, as programs reach them."""

from __future__ import annotations

import io
import json
import threading
import uuid
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections

from baocao_web.documents import issuing, jobs
from baocao_web.documents.models import Job, Upload
from baocao_web.people import recording
from baocao_web.places import office
from baocao_web.tasks.models import Progress, Task
from tests.web.calls import ROOT, Program
from tests.web.offices import HERE, PROVINCE, THERE, Office
from tests.web.reports import waited
from tests.web.test_documents_issued import _issue as issue
from tests.web.test_documents_issued import report  # noqa: F401 - a fixture
from tests.web.test_documents_proofs import WRONG


def bring(program: Program, content: bytes, name: str, unit: str = PROVINCE, key: str = "") -> Any:
    headers = {**program.headers, "Idempotency-Key": key or str(uuid.uuid4())}
    file = SimpleUploadedFile(name, content)
    return program.client.post(f"{ROOT}/proofs", {"unit": unit, "file": file}, headers=headers)


def test_an_issued_report_is_handed_out_to_the_byte(report: Any) -> None:  # noqa: F811
    edition = issue(report)
    tuan, lan, minh = Program.of("tuan", PROVINCE), Program.of("lan", HERE), Program.of("minh", THERE)
    line = tuan.get(f"/reports/{report.pk}").json()
    assert [one["id"] for one in line["editions"]] == [edition.pk]
    assert tuan.get("/reports").json()["items"][0]["revision"] == report.revision
    assert [one["id"] for one in lan.get("/editions").json()["items"]] == [edition.pk]
    answer = lan.get(f"/editions/{edition.pk}/files/report.docx")
    assert sha256(answer.content).hexdigest() == line["editions"][0]["sha256"]["docx"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    figures = lan.get(f"/editions/{edition.pk}/files/figures.json")
    assert json.loads(figures.content) == json.loads(edition.figures)
    assert lan.get(f"/editions/{edition.pk}/files/passwd").status_code == 422
    assert minh.get("/editions").json()["items"] == []
    assert minh.get(f"/editions/{edition.pk}/files/report.docx").status_code == 403
    assert lan.get(f"/reports/{report.pk}").status_code == 403


def test_an_edition_that_was_tampered_with_is_not_handed_out(report: Any) -> None:  # noqa: F811
    edition = issue(report)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE documents_edition SET figures = %s WHERE id = %s", ["[]", edition.pk])
    with pytest.raises(Exception, match="does not match"):
        issuing.whole(type(edition).objects.get(pk=edition.pk))
    answer = Program.of("lan", HERE).get(f"/editions/{edition.pk}/files/figures.json")
    assert answer.status_code == 409
    assert "nhật ký" in answer.json()["detail"]


def test_a_file_is_read_and_its_findings_are_told(made: Office) -> None:
    ngoc = Program.of("ngoc", PROVINCE)
    answer = bring(ngoc, WRONG.encode(), "báo cáo.txt")
    assert answer.status_code == 202, answer.content.decode()
    number = answer.json()["id"]
    assert waited(Job.objects.get(kind="check", upload=number)).value == "done"
    told = ngoc.get(f"/proofs/{number}").json()
    assert told["state"] == "done"
    assert told["findings"]
    first = told["findings"][0]
    assert first["message"]["vi"] != first["message"]["en"]
    assert not first["is_accepted"]
    assert Program.of("lan", HERE).get(f"/proofs/{number}").status_code == 403
    line = next(iter(recording.lines(f"upload:{number}")))
    assert json.loads(line.details)["token"] == "phần mềm"


def test_a_file_that_comes_twice_is_brought_in_once(made: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "AT_ONCE", 0)  # nothing is read in this test
    ngoc = Program.of("ngoc", PROVINCE)
    first, again = (bring(ngoc, b"Xin.", "a.txt", key="mot-lan-gui") for _ in range(2))
    assert first.json() == again.json()
    assert Upload.objects.count() == 1
    assert bring(ngoc, b"Khac.", "a.txt", key="mot-lan-gui").json()["type"] == "urn:baocao:problem:key-reused"


@pytest.mark.parametrize(
    ("content", "name", "unit", "status"),
    [
        (b"", "a.txt", PROVINCE, 422),
        (b"MZ", "a.exe", PROVINCE, 422),
        (b"Xin.", "a.txt", "KHÔNG", 422),
        (b"x" * (20 * 1024**2 + 1), "a.txt", PROVINCE, 422),
        (b"x" * (50 * 1024**2), "a.txt", PROVINCE, 413),
    ],
)
def test_files_that_are_not_taken_are_told_why(made: Office, content: bytes, name: str, unit: str, status: int) -> None:
    answer = bring(Program.of("ngoc", PROVINCE), content, name, unit)
    assert answer.status_code == status
    told = answer.json()
    assert told.get("detail") or told["errors"][0]["detail"]
    assert Upload.objects.count() == 0


def test_a_body_without_its_file_names_what_is_missing(made: Office) -> None:
    ngoc = Program.of("ngoc", PROVINCE)
    headers = {**ngoc.headers, "Idempotency-Key": str(uuid.uuid4())}
    answer = ngoc.client.post(f"{ROOT}/proofs", {"unit": PROVINCE}, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["at"] == "/file"
    raw = ngoc.client.generic(
        "POST",
        f"{ROOT}/proofs",
        io.BytesIO(b"--x\r\nbroken").read(),
        "multipart/form-data; boundary=x",
        headers=headers,
    )
    assert raw.status_code in (400, 422)
    assert raw.headers["Content-Type"] == "application/problem+json"


@pytest.fixture
def task(made: Office) -> Task:
    """A task of one unit that is due next week."""
    today = office.today()
    return Task.objects.create(
        unit=HERE,
        owner="Văn phòng",
        title="Cứng hóa đường trục thôn",
        due_on=today + timedelta(days=7),
        made_by="tuan",
        made_on=today,
        folded="cung hoa",
    )


def test_progress_is_told_once_over_what_was_known(task: Task) -> None:
    lan = Program.of("lan", HERE)
    assert [one["id"] for one in lan.get("/tasks").json()["items"]] == [task.pk]
    assert Program.of("minh", THERE).get("/tasks").json()["items"] == []
    path = f"/tasks/{task.pk}/progress"
    answers = [lan.post(path, "bao-cao-1", base=0, state="ongoing", text="Đã xong 2 km.", percent=40) for _ in range(2)]
    assert [answer.json() for answer in answers] == [{"number": 1}] * 2
    told = lan.get(f"/tasks/{task.pk}").json()
    assert (told["told"], told["percent"], told["counted_as"]) == (1, 40, "ongoing")
    assert lan.post(path, base=0, state="ongoing", text="Cũ.").status_code == 409
    assert Progress.objects.count() == 1
    late = lan.post(path, base=1, state="done", text="Xong.", on="2999-01-01")
    assert late.status_code == 422
    assert "/on" in {fault["at"] for fault in late.json()["errors"]}
    assert Program.of("son", PROVINCE).post(path, base=1, state="done", text="Xong.").status_code == 403
    (line,) = recording.lines(f"task:{task.pk}")
    assert json.loads(line.details)["token"] == "phần mềm"


def test_calls_at_one_moment_under_one_key_are_one_call(made: Office) -> None:
    lan, entry = Program.of("lan", HERE), made.entry().pk
    seen: list[tuple[int, str]] = []

    def call() -> None:
        answer = lan.save(entry, 0, "cung-mot-luc", lua_dien_tich="5")
        seen.append((answer.status_code, answer.headers.get("Idempotency-Replayed", "")))
        connections["default"].close()

    threads = [threading.Thread(target=call) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(seen) == [(200, ""), *[(200, "true")] * 3]
    assert made.entry().version == 1
    assert len(list(recording.lines(f"entry:{entry}"))) == 1
