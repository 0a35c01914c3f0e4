"""Reports in work: drafted, shown with the way to every number's source, written on by several people."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from baocao.formats import libreoffice
from baocao.model.draft import Narrative
from baocao_web.documents import draft_json, drafting, jobs, writing_parts
from baocao_web.documents.models import Hold, Job, Part, Report
from baocao_web.documents.states import State
from baocao_web.people import recording
from baocao_web.people.models import Grant, User
from baocao_web.people.roles import Role
from tests.web.offices import HERE, PROVINCE, THERE, Office, signed_in
from tests.web.reports import OUTLINE, YEAR, checked, drafted, told, waited

FINDING = {
    "key": "0123456789ab",
    "rule": "ratio",
    "severity": "error",
    "title": {"vi": "Tỷ lệ", "en": "Ratio"},
    "message": {"vi": "in 95%, tính ra <b>59%</b>", "en": "printed 95%, comes to 59%"},
    "sum": {"vi": "59 / 100", "en": "59 / 100"},
    "where": {"vi": "I", "en": "I"},
    "pieces": [["đạt 95%", "figure"]],
    "also": [],
    "block": 0,
}

ADDRESS = f"{HERE}:lua_dien_tich:2026-A1:actual"


@pytest.fixture
def report(made: Office) -> Report:
    told()
    return drafted()


def _paths(report: Report) -> list[str]:
    base = f"/documents/{report.pk}/"
    return ["/documents/", base, f"{base}numbers/0", f"{base}report.docx", f"{base}parts/mo_dau", f"{base}progress"]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("tuan", "111111"),
        ("son", "111101"),
        ("ngoc", "111101"),
        ("lan", "000000"),
        ("hoa", "000000"),
        ("quan", "000000"),
    ],
)
def test_a_report_in_work_opens_to_those_whom_it_concerns(report: Report, who: str, seen: str) -> None:
    checked(report, [])
    client = signed_in(who)
    answers = [client.get(path).status_code for path in _paths(report)]
    assert set(answers) <= {200, 403}
    assert "".join("1" if status == 200 else "0" for status in answers) == seen


def test_what_is_done_to_a_report_asks_for_the_right_to_draft(report: Report) -> None:
    checked(report, [])
    base = f"/documents/{report.pk}/"
    for who in ("son", "ngoc", "lan", "minh", "quan"):
        client = signed_in(who)
        for path in ("draft", "settle", "parts/mo_dau", "parts/mo_dau/hold", "parts/mo_dau/release"):
            assert client.post(base + path, {"text": "x", "base": "0", "keep": "all"}).status_code == 403, (who, path)
    assert not Part.objects.exists()
    assert not Hold.objects.exists()


def test_a_compiler_of_another_commune_neither_sees_nor_makes_it(report: Report) -> None:
    user = User.objects.create_user("la", full_name="Nguyễn Thị Lạ")
    Grant.objects.create(user=user, role=Role.COMPILER.value, unit=THERE)
    client = signed_in("la")
    assert client.get(f"/documents/{report.pk}/").status_code == 403
    assert "Thượng Họa" not in client.get("/documents/").content.decode()
    answer = client.post("/documents/", {"unit": HERE, "outline": OUTLINE, "period": "năm 2025"})
    assert answer.status_code == 403
    assert Report.objects.count() == 1
    assert client.get("/documents/999999/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"period": "hôm nọ"}, "hôm nọ"),
        ({"outline": "tho"}, "tho"),
        ({"unit": "ZZ<script>"}, "ZZ&lt;script&gt;"),
    ],
)
def test_a_report_that_cannot_be_made_says_why_and_keeps_what_was_typed(
    made: Office, typed: dict[str, str], words: str
) -> None:
    answer = signed_in("tuan").post("/documents/", {"unit": HERE, "outline": OUTLINE, "period": "năm 2026", **typed})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert words in page
    assert f'value="{typed.get("period", "năm 2026")}"' in page
    assert not Report.objects.exists()


def test_a_report_is_drafted_by_a_process_of_its_own_and_proof_read(made: Office) -> None:
    told()
    client = signed_in("tuan")
    answer = client.post("/documents/", {"unit": HERE, "outline": OUTLINE, "period": "năm 2026"})
    report = Report.objects.get()
    assert answer.headers["Location"] == f"/documents/{report.pk}/"
    waiting = client.get(f"/documents/{report.pk}/")
    assert "hx-get" in waiting.content.decode()
    assert waited(Job.objects.get(kind="draft")) is State.DONE
    page = client.get(f"/documents/{report.pk}/").content.decode()
    assert "1.234" in page
    checking = Job.objects.get(kind="check_draft")
    assert waited(checking) is State.DONE, checking.fault
    assert jobs.outcome_of(checking) == {"findings": []}
    assert client.get(f"/documents/{report.pk}/progress").headers["HX-Refresh"] == "true"
    assert [line.action for line in recording.lines(report.stream)] == ["draft", "draft"]


def test_a_unit_that_told_nothing_is_answered_in_words(made: Office) -> None:
    client = signed_in("tuan")
    client.post("/documents/", {"unit": HERE, "outline": OUTLINE, "period": "năm 2026"})
    assert waited(Job.objects.get(kind="draft")) is State.FAILED
    page = client.get(f"/documents/{Report.objects.get().pk}/").content.decode()
    assert "chưa có số liệu nào" in page
    assert "Soạn lại" in page


def test_every_number_leads_to_its_own_source(report: Report) -> None:
    checked(report, [])
    client = signed_in("son")
    page = client.get(f"/documents/{report.pk}/").content.decode()
    numbers = list(drafting.as_it_stands(report).numbers)
    linked = re.findall(rf'href="/documents/{report.pk}/numbers/(\d+)"><data [^>]*>([^<]*)</data>', page)
    assert [(int(n), text) for n, text in linked] == [(n, one.text) for n, one in enumerate(numbers)]
    place = next(n for n, one in enumerate(numbers) if ADDRESS in map(str, one.source.addresses))
    source = client.get(f"/documents/{report.pk}/numbers/{place}").content.decode()
    assert ADDRESS in source
    assert numbers[place].text in source
    assert "/forms/1/cells/lua_dien_tich:actual" in source
    assert "Phường Thượng Họa" in source
    assert client.get(f"/documents/{report.pk}/numbers/{len(numbers)}").status_code == 404


def test_a_draft_comes_back_from_json_to_the_letter(report: Report) -> None:
    draft = draft_json.read(report.drafted)
    assert draft_json.written(draft) == report.drafted
    assert draft.unit == HERE
    assert any(isinstance(block, Narrative) for block in draft.blocks)


def test_findings_stand_in_the_margin_and_cannot_speak_html(report: Report) -> None:
    checked(report, [FINDING])
    page = signed_in("tuan").get(f"/documents/{report.pk}/").content.decode()
    assert "tính ra &lt;b&gt;59%&lt;/b&gt;" in page
    assert page.index('class="margin"') < page.index("/parts/mo_dau")


def test_what_is_said_of_a_finding_stays_with_it_while_the_report_is_written(report: Report) -> None:
    checked(report, [FINDING])
    client, path = signed_in("ngoc"), f"/documents/{report.pk}/"
    client.post(f"{path}verdict", {"key": FINDING["key"], "what": "comment", "words": "đã hỏi phòng kinh tế"})
    assert "đã hỏi phòng kinh tế" in client.get(path).content.decode()
    client.post(f"{path}verdict", {"key": FINDING["key"], "what": "accept", "words": "đúng theo văn bản gốc"})
    place = writing_parts.places(report)[0]
    writing_parts.save(report, place.key, User.objects.get(username="tuan"), "Viết lại phần này.", place.version)
    checked(report, [FINDING])
    page = client.get(path).content.decode()
    assert "Phát hiện đã chấp nhận (1)" in " ".join(page.split())
    assert "đúng theo văn bản gốc" in page
    assert "Bộ soát không nêu điểm nào." in page
    client.post(f"{path}verdict", {"key": FINDING["key"], "what": "reopen"})
    page = client.get(path).content.decode()
    assert "Bộ soát nêu 1 điểm cần xem" in page
    assert "đúng theo văn bản gốc" in page, "what was said before stands beside it"


def test_a_part_is_written_and_stands_in_the_report_and_its_word_file(report: Report) -> None:
    client, path = signed_in("tuan"), f"/documents/{report.pk}/parts/mo_dau"
    checked(report, [])
    text = "Năm qua xã <i>đã</i> cố gắng.\n- **Một** là giữ rừng;"
    for odd in ("abc", "-1", "²", "9" * 5_000, "77"):
        refused = client.post(path, {"text": "Lời đang viết", "base": odd})
        assert (refused.status_code, "Lời đang viết" in refused.content.decode()) == (409, True), odd[:9]
    assert client.post(path, {"text": text, "base": "0"}).status_code == 302
    checked(report, [])
    page = client.get(f"/documents/{report.pk}/").content.decode()
    assert "Năm qua xã &lt;i&gt;đã&lt;/i&gt; cố gắng." in page
    assert "<b>Một</b> là giữ rừng" in page
    assert client.get(f"/documents/{report.pk}/report.docx").content.startswith(b"PK")
    line = list(recording.lines(report.stream))[-1]
    assert (line.by, line.action) == ("tuan", "draft")
    assert "giữ rừng" in line.details


def _second() -> Any:
    user = User.objects.create_user("mai", full_name="Trần Thị Mai")
    Grant.objects.create(user=user, role=Role.COMPILER.value, unit=PROVINCE)
    return signed_in("mai")


def test_of_two_who_write_in_one_part_nobody_loses_a_word(report: Report) -> None:
    one, two, path = signed_in("tuan"), _second(), f"/documents/{report.pk}/parts/mo_dau"
    checked(report, [])
    assert "Bạn đang giữ" in one.post(f"{path}/hold").content.decode()
    assert "tuan đang sửa" in two.post(f"{path}/hold").content.decode()
    beside = two.post(path, {"text": "Lời của Mai.", "base": "0"})
    assert beside.status_code == 409
    assert "giữ bên cạnh" in beside.content.decode()
    assert "Lời của Mai." in beside.content.decode()
    assert one.post(path, {"text": "Lời của Tuấn.", "base": "0"}).status_code == 302
    kept = [(part.by, part.text, part.is_beside) for part in writing_parts.history(report, "mo_dau")]
    assert kept == [("tuan", "Lời của Tuấn.", False), ("mai", "Lời của Mai.", True)]
    assert drafting.current_parts(report)["mo_dau"].text == "Lời của Tuấn."


def test_a_save_over_a_hold_that_expired_is_kept_beside_only_where_another_wrote(report: Report) -> None:
    one, two, path = signed_in("tuan"), _second(), f"/documents/{report.pk}/parts/mo_dau"
    checked(report, [])
    one.post(f"{path}/hold")
    Hold.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert "Bạn đang giữ" in two.post(f"{path}/hold").content.decode()
    assert two.post(path, {"text": "Mai viết.", "base": "0"}).status_code == 302
    checked(report, [])
    late = one.post(path, {"text": "Tuấn viết.", "base": "0"})
    assert late.status_code == 409
    page = late.content.decode()
    assert "Tuấn viết." in page
    assert "Mai viết." in page
    assert 'name="base" value="1"' in page  # both are joined over what stands now
    assert one.post(path, {"text": "Mai viết. Tuấn viết.", "base": "1"}).status_code == 302
    assert drafting.current_parts(report)["mo_dau"].text == "Mai viết. Tuấn viết."


def test_a_part_too_long_is_refused_and_kept_on_the_page(report: Report) -> None:
    checked(report, [])
    text = "x" * (writing_parts.LONGEST + 1)
    answer = signed_in("tuan").post(f"/documents/{report.pk}/parts/mo_dau", {"text": text, "base": "0"})
    assert answer.status_code == 409
    assert text in answer.content.decode()
    assert not Part.objects.exists()


def test_a_part_without_a_place_any_more_is_told_of(report: Report) -> None:
    Part.objects.create(report=report, key="cu", version=1, base=0, text="Đoạn viết từ trước.", by="mai")
    checked(report, [])
    page = signed_in("tuan").get(f"/documents/{report.pk}/").content.decode()
    assert "không còn chỗ" in page
    assert "Đoạn viết từ trước." in page


def test_a_report_in_work_is_taken_as_word_as_its_annexes_and_as_pdf(report: Report) -> None:
    client, path = signed_in("tuan"), f"/documents/{report.pk}/"
    for name, kind in (("report.docx", "wordprocessingml"), ("annexes.xlsx", "spreadsheetml")):
        answer = client.get(f"{path}{name}")
        assert answer.content.startswith(b"PK"), name
        assert kind in answer.headers["Content-Type"]
        assert answer.headers["Content-Disposition"].startswith("attachment")
    asked = client.post(f"{path}pdf")
    job = Job.objects.get(kind="pdf")
    assert asked.headers["Location"] == f"/documents/jobs/{job.pk}/"
    if waited(job) is State.DONE:
        assert client.get(f"/documents/jobs/{job.pk}/file").content.startswith(b"%PDF")
    else:
        assert libreoffice.program() is None, job.fault
    assert client.get(f"/documents/{report.pk + 1}/report.docx").status_code == 404


def test_the_history_of_a_part_tells_every_version_and_whose_it_is(report: Report) -> None:
    path, client = f"/documents/{report.pk}/parts/mo_dau", signed_in("tuan")
    for base, text in enumerate(("Mở đầu một.", "Mở đầu hai.")):
        assert client.post(path, {"text": text, "base": str(base)}).status_code == 302
    page = client.get(path).content.decode()
    assert page.index("Mở đầu hai.") < page.index("Mở đầu một."), "the latest first"
    assert page.count("Nguyễn Hư Tuan") >= 2
    assert [one.version for one in writing_parts.history(report, "mo_dau")] == [2, 1]


def test_suggested_sentences_are_kept_or_taken_out(report: Report) -> None:
    checked(report, [])
    client = signed_in("tuan")
    offered = drafting.suggestions(drafting.as_it_stands(report))
    assert offered
    from baocao.formats.docx_write_figures import suggestion_mark

    first = suggestion_mark(offered[0].line)
    assert client.post(f"/documents/{report.pk}/settle", {"decline": first}).status_code == 302
    assert client.post(f"/documents/{report.pk}/settle", {"decline": first}).status_code == 409
    assert client.post(f"/documents/{report.pk}/settle", {"keep": "all"}).status_code == 302
    report.refresh_from_db()
    left = drafting.as_it_stands(report)
    assert not drafting.suggestions(left)
    assert offered[0].line not in [getattr(block, "line", None) for block in left.blocks]
    assert YEAR in left.period


def test_work_that_dies_is_tried_once_more_and_then_told_of(made: Office) -> None:
    job = Job.objects.create(kind="check", digest="0", by="tuan", state=State.RUNNING.value, tries=1)
    jobs.folder_of(job).mkdir(parents=True)
    (jobs.folder_of(job) / "asked.json").write_text('{"kind": "none"}', encoding="utf-8")
    jobs.settle(job)
    assert job.state == State.WAITING.value
    assert waited(job) is State.FAILED
    assert "KeyError" in jobs.fault_of(job).vi
    lost = Job.objects.create(kind="check", digest="1", by="tuan", state=State.RUNNING.value, tries=2)
    assert jobs.look(lost) is State.FAILED
    assert "dừng giữa chừng" in jobs.fault_of(lost).vi


def test_a_report_is_written_in_the_name_that_the_installation_gives(
    made: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(settings.FOLDER) / "letterheads"
    folder.mkdir()
    own = folder / "MHX01.toml"
    own.write_text('[report]\nsigner = "Lê Văn Thử"\nrecipients = ["Như trên"]\n', encoding="utf-8")
    assert drafting.letterhead(HERE) == {"signer": "Lê Văn Thử", "recipients": ["Như trên"]}
    assert drafting.letterhead(THERE) == {}
    shared = '[report]\nissuer = "UBND tỉnh Minh Họa"\nsigner = "Nguyễn Hư Cấu"\n[report.MHX02]\nsigner = "Trần Mẫu"\n'
    (folder / "baocao.toml").write_text(shared, encoding="utf-8")
    assert drafting.letterhead(PROVINCE) == {"issuer": "UBND tỉnh Minh Họa", "signer": "Nguyễn Hư Cấu"}
    assert drafting.letterhead(HERE)["signer"] == "Lê Văn Thử"  # its own file before the one that all share
    assert drafting.letterhead(THERE) == {"signer": "Trần Mẫu"}
    own.unlink()
    assert drafting.letterhead(HERE) == {}  # what is the province's is not the commune's
    monkeypatch.setattr(settings, "OFFICE_UNIT", "")
    assert drafting.letterhead(PROVINCE) == {}  # nobody says whose the table is


def test_a_report_on_the_screen_carries_the_commune_s_own_name(made: Office) -> None:
    folder = Path(settings.FOLDER) / "letterheads"
    folder.mkdir()
    shared = (
        '[report]\nissuer = "Ủy ban nhân dân tỉnh Minh Họa"\n[report.MHX01]\nsigner = "Lê Văn Thử"\nplace = "Họa"\n'
    )
    (folder / "baocao.toml").write_text(shared, encoding="utf-8")
    told()
    report = Report.objects.create(unit=HERE, outline=OUTLINE, period=YEAR, made_by="tuan")
    job = drafting.draft_again(report, User.objects.get(username="tuan"))
    assert waited(job) is State.DONE, job.fault
    with transaction.atomic():
        drafting.take_in(job)
    report.refresh_from_db()
    checked(report, [])
    page = signed_in("tuan").get(f"/documents/{report.pk}/").content.decode()
    assert "ỦY BAN NHÂN DÂN PHƯỜNG THƯỢNG HỌA" in page
    assert "TỈNH MINH HỌA" not in page
    assert "Lê Văn Thử" in page
    assert "Họa, ngày" in page
    (folder / "baocao.toml").write_text("[report]\nsigner = 5\n", encoding="utf-8")
    answer = signed_in("tuan").post(f"/documents/{report.pk}/draft")
    assert answer.status_code == 409
    assert "report.signer" in answer.content.decode()


def test_the_clock_goes_on_with_work_that_waits_and_sweeps_away_what_is_long_over(made: Office) -> None:
    job = Job.objects.create(kind="check", digest="0", by="tuan", state=State.DONE.value)
    jobs.folder_of(job).mkdir(parents=True)
    assert jobs.sweep() == 0
    Job.objects.update(made_at=timezone.now() - timedelta(days=8))
    waiting = Job.objects.create(kind="check", digest="1", by="tuan", tries=1)  # its server was stopped
    call_command("tick", stdout=StringIO())
    assert waited(waiting) is State.FAILED
    assert not jobs.folder_of(job).exists()
