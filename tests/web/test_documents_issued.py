"""Reports that are issued: to the byte as they were signed, and open to everybody once they are published."""

from __future__ import annotations

import csv
import io
import json
import re
from hashlib import sha256
from html import unescape

import pytest
from django.db import connection
from django.test import Client

from baocao_web.documents import drafting, jobs
from baocao_web.documents.models import Edition, Job, Report
from baocao_web.documents.states import State
from baocao_web.people import recording
from tests.web.offices import Office, signed_in
from tests.web.reports import checked, drafted, told, waited, written
from tests.web.test_documents import FINDING

NUMBER, DAY = "05", "05/11/2026"


@pytest.fixture
def report(made: Office) -> Report:
    """A report in which nothing waits for anybody."""
    told()
    report = drafted()
    written(report)
    marks = {"keep": "all"}
    signed_in("tuan").post(f"/documents/{report.pk}/settle", marks)
    report.refresh_from_db()
    checked(report, [])
    return report


def _issue(report: Report, who: str = "son", **typed: str) -> Edition:
    given = {"number": NUMBER, "on": DAY, "state": drafting.state_of(report), **typed}
    answer = signed_in(who).post(f"/documents/{report.pk}/issue", given)
    assert answer.status_code == 302, answer.content.decode()
    return Edition.objects.get(pk=int(answer.headers["Location"].strip("/").rpartition("/")[2]))


def _visitor() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.mark.parametrize(("who", "status"), [("tuan", 403), ("ngoc", 403), ("lan", 403), ("quan", 403), ("son", 302)])
def test_only_a_leader_issues(report: Report, who: str, status: int) -> None:
    given = {"number": NUMBER, "on": DAY, "state": drafting.state_of(report)}
    assert signed_in(who).post(f"/documents/{report.pk}/issue", given).status_code == status
    assert Edition.objects.count() == (status == 302)


def test_an_edition_is_the_very_bytes_and_the_record_holds_their_digests(report: Report) -> None:
    edition = _issue(report)
    line = list(recording.lines(report.stream))[-1]
    told_of = json.loads(line.details)
    assert (line.action, line.by) == ("issue", "son")
    assert told_of["sha256"]["docx"] == sha256(bytes(edition.docx)).hexdigest()
    assert told_of["revision"] == report.revision
    client = signed_in("lan")  # who sees the unit sees what was issued
    assert client.get(f"/documents/editions/{edition.pk}/report.docx").content == bytes(edition.docx)
    page = client.get(f"/documents/editions/{edition.pk}/").content.decode()
    assert told_of["sha256"]["docx"] in page
    assert "Số: 05/BC-UBND" in page
    assert signed_in("minh").get(f"/documents/editions/{edition.pk}/").status_code == 403
    assert signed_in("lan").get("/documents/editions/99999/").status_code == 404


def test_an_edition_that_was_tampered_with_is_not_handed_out(report: Report) -> None:
    edition = _issue(report)
    signed_in("son").post(f"/documents/editions/{edition.pk}/publish")
    with connection.cursor() as cursor:
        changed = edition.figures.replace("1234", "9999")
        assert changed != edition.figures
        cursor.execute("UPDATE documents_edition SET figures = %s WHERE id = %s", [changed, edition.pk])
    answer = _visitor().get(f"/published/{edition.pk}/figures.csv")
    assert answer.status_code == 409
    assert "9999" not in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"number": "năm"}, "số văn bản"),
        ({"on": "hôm qua"}, "hôm qua"),
        ({"on": "05/11/2029"}, "05/11/2029"),
        ({"state": "0" * 64}, "đã thay đổi"),
    ],
)
def test_what_cannot_be_issued_says_why_and_keeps_what_was_typed(
    report: Report, typed: dict[str, str], words: str
) -> None:
    given = {"number": "07", "on": DAY, "state": drafting.state_of(report), **typed}
    answer = signed_in("son").post(f"/documents/{report.pk}/issue", given)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert words in page
    assert f'value="{given["number"]}"' in page
    assert not Edition.objects.exists()


def test_suggestions_and_errors_are_settled_before_a_report_is_issued(made: Office) -> None:
    told()
    report = drafted()
    given = {"number": NUMBER, "on": DAY, "state": drafting.state_of(report)}
    leader, compiler = signed_in("son"), signed_in("tuan")
    assert "câu gợi ý" in leader.post(f"/documents/{report.pk}/issue", given).content.decode()
    compiler.post(f"/documents/{report.pk}/settle", {"keep": "all"})
    report.refresh_from_db()
    given["state"] = drafting.state_of(report)
    refused = leader.post(f"/documents/{report.pk}/issue", given).content.decode()
    assert "phần chưa ai viết (" in refused
    assert "BÀI HỌC KINH NGHIỆM" in refused
    assert "phần phải do người viết" in compiler.get(f"/documents/{report.pk}/").content.decode()
    written(report)
    assert "phần phải do người viết" not in compiler.get(f"/documents/{report.pk}/").content.decode()
    given["state"] = drafting.state_of(report)
    checked(report, [FINDING])
    assert "còn nêu 1 lỗi" in leader.post(f"/documents/{report.pk}/issue", given).content.decode()
    said = {"key": FINDING["key"], "what": "accept", "words": "Số liệu đúng, đã đối chiếu."}
    assert leader.post(f"/documents/{report.pk}/verdict", said).status_code == 403
    assert compiler.post(f"/documents/{report.pk}/verdict", {**said, "words": " "}).status_code == 409
    assert compiler.post(f"/documents/{report.pk}/verdict", said).status_code == 302
    assert leader.post(f"/documents/{report.pk}/issue", given).status_code == 302


def test_nobody_outside_sees_a_report_before_it_is_published_nor_after_it_is_withdrawn(report: Report) -> None:
    edition, visitor = _issue(report), _visitor()
    paths = [
        f"/published/{edition.pk}/{rest}" for rest in ("", "figures.csv", "figures.json", "report.docx", "numbers/0")
    ]
    assert {visitor.get(path).status_code for path in paths} == {404}
    assert signed_in("tuan").post(f"/documents/editions/{edition.pk}/publish").status_code == 403
    assert signed_in("son").post(f"/documents/editions/{edition.pk}/publish").status_code == 302
    assert {visitor.get(path).status_code for path in paths} == {200}
    assert "05" in visitor.get("/published/").content.decode()
    assert visitor.get(f"/documents/editions/{edition.pk}/").status_code == 302  # to sign in
    assert visitor.post(f"/published/{edition.pk}/").status_code == 405
    for reason in (" ", "x" * 2_001, "nh\u202eầm"):
        refused = signed_in("son").post(f"/documents/editions/{edition.pk}/withdraw", {"reason": reason})
        assert refused.status_code == 409
    assert signed_in("son").post(f"/documents/editions/{edition.pk}/withdraw", {"reason": "Nhầm"}).status_code == 302
    assert {visitor.get(path).status_code for path in paths} == {404}


def test_the_figures_behind_a_published_report_are_open_as_csv_and_json(report: Report) -> None:
    edition, visitor = _issue(report), _visitor()
    signed_in("son").post(f"/documents/editions/{edition.pk}/publish")
    content = visitor.get(f"/published/{edition.pk}/figures.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    area = next(row for row in rows if row["indicator"] == "lua_dien_tich" and row["period"] == "2026-A1")
    assert (area["value"], area["text"], area["unit_name"]) == ("1234", "1.234", "Phường Thượng Họa")
    listed = json.loads(visitor.get(f"/published/{edition.pk}/figures.json").content)
    assert [one["text"] for one in listed] == [one.text for one in drafting.as_it_stands(report).numbers]
    page = visitor.get(f"/published/{edition.pk}/numbers/{area['n']}").content.decode()
    assert "1.234" in page
    assert "Phường Thượng Họa" in page


def test_every_number_of_the_open_page_leads_to_what_stands_behind_it(report: Report) -> None:
    edition, visitor = _issue(report), _visitor()
    signed_in("son").post(f"/documents/editions/{edition.pk}/publish")
    page = visitor.get(f"/published/{edition.pk}/").content.decode()
    ways = re.findall(r'<a class="source" href="([^"]+)">', page)
    numbers = list(drafting.as_it_stands(report).numbers)
    assert ways == [f"/published/{edition.pk}/numbers/{n}" for n in range(len(numbers))]
    for n in range(0, len(numbers), 7):
        answer = visitor.get(ways[n])
        assert answer.status_code == 200
        assert numbers[n].text in unescape(answer.content.decode())
    assert visitor.get(f"/published/{edition.pk}/numbers/{len(numbers)}").status_code == 404
    assert "/tasks/" not in page, "nothing leads behind the door"


def test_a_second_edition_leaves_the_first_as_it_was(report: Report) -> None:
    first = _issue(report)
    before = bytes(first.docx)
    client = signed_in("tuan")
    client.post(f"/documents/{report.pk}/parts/mo_dau", {"text": "Mở đầu khác.", "base": "0"})
    checked(report, [])
    given = {"number": NUMBER, "on": DAY, "state": drafting.state_of(report)}
    again = signed_in("son").post(f"/documents/{report.pk}/issue", given)
    assert again.status_code == 409  # the same number once more
    second = _issue(report, number="06")
    assert bytes(Edition.objects.get(pk=first.pk).docx) == before
    assert (second.ordinal, bytes(second.docx) != before) == (2, True)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_edition_is_printed_to_pdf_aside(report: Report) -> None:
    from baocao.formats import libreoffice

    edition, client = _issue(report), signed_in("lan")
    answer = client.post(f"/documents/editions/{edition.pk}/pdf")
    job = Job.objects.get(kind="pdf")
    assert answer.headers["Location"] == f"/documents/jobs/{job.pk}/"
    state = waited(job)
    if libreoffice.program() is None:
        assert "LibreOffice" in jobs.fault_of(job).vi
        return
    assert state is State.DONE, job.fault
    assert client.get(f"/documents/jobs/{job.pk}/file").content.startswith(b"%PDF")
    assert signed_in("minh").get(f"/documents/jobs/{job.pk}/file").status_code == 403
