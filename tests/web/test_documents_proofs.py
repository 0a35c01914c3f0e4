"""Files of anybody, brought in to be proof-read: read aside, remarked on, compared, and never trusted."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from baocao import desk
from baocao.project import Choice
from baocao_web.documents import drafting, jobs, proofing
from baocao_web.documents.models import Job, Upload, Verdict
from baocao_web.documents.reading_room import printed
from baocao_web.documents.states import State
from baocao_web.people import recording
from tests.unit.formats.pdf_files import Words, notes_in, write_pdf
from tests.web.offices import HERE, PROVINCE, Office, signed_in
from tests.web.reports import drafted, told, waited

WRONG = (
    "ỦY BAN NHÂN DÂN PHƯỜNG THƯỢNG HỌA\n\nBÁO CÁO\nKết quả năm 2026 <script>alert(1)</script>\n\n"
    "Toàn phường gieo trồng 100 ha lúa, trong đó vụ xuân 60 ha, vụ mùa 50 ha; đạt 59% kế hoạch (118/100 ha).\n"
    "Thu ngân sách 50 tỷ đồng, đạt 95% kế hoạch (50/100 tỷ đồng).\n"
)


def _brought(content: bytes, name: str, who: str = "ngoc") -> Any:
    return signed_in(who).post("/documents/proofs/", {"file": SimpleUploadedFile(name, content), "unit": PROVINCE})


def _read(content: bytes, name: str) -> tuple[Upload, Job]:
    answer = _brought(content, name)
    assert answer.status_code == 302, answer.content.decode()
    upload = Upload.objects.latest("pk")
    job = Job.objects.get(kind="check", upload=upload)
    waited(job)
    return upload, job


@pytest.mark.parametrize(
    ("who", "status"), [("tuan", 302), ("ngoc", 302), ("son", 403), ("lan", 403), ("hoa", 403), ("quan", 403)]
)
def test_files_are_brought_in_by_those_who_proof_read(
    made: Office, who: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "AT_ONCE", 0)  # nothing is read in this test
    assert _brought(b"Xin.", "a.txt", who).status_code == status
    assert Upload.objects.count() == (status == 302)
    if status == 302:
        path = f"/documents/proofs/{Upload.objects.get().pk}/"
        assert signed_in("ngoc").get(path).status_code == 200
        assert signed_in("lan").get(path).status_code == 403
        assert signed_in("lan").post(f"{path}verdict", {"key": "0" * 12}).status_code == 403
        assert signed_in("lan").post(f"{path}figures").status_code == 403


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.exe", b"MZ", "a.exe"),
        ("a.docm", b"PK", "a.docm"),
        ("a.txt", b"", "tệp rỗng"),
        ("b.docx", b"x" * (proofing.MOST + 1), "21 MB"),
    ],
)
def test_a_file_that_is_not_taken_is_answered_in_words(made: Office, name: str, content: bytes, words: str) -> None:
    answer = _brought(content, name)
    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert not Upload.objects.exists()


def test_findings_are_shown_accepted_and_taken_back(made: Office) -> None:
    upload, job = _read(WRONG.encode(), "báo cáo <b>.txt")
    assert job.state == State.DONE.value, job.fault
    client, path = signed_in("ngoc"), f"/documents/proofs/{upload.pk}/"
    page = client.get(path).content.decode()
    found = jobs.outcome_of(job)["findings"]
    assert {"error"} <= {one["severity"] for one in found}
    assert "báo cáo &lt;b&gt;.txt" in page
    key = next(one["key"] for one in found if one["severity"] == "error")
    assert client.post(f"{path}verdict", {"key": key, "what": "accept", "words": ""}).status_code == 409
    assert client.post(f"{path}verdict", {"key": "zz", "what": "accept", "words": "x"}).status_code == 409
    said = {"key": key, "what": "accept", "words": "Đã <i>đối chiếu</i>"}
    assert client.post(f"{path}verdict", said).status_code == 302
    page = client.get(path).content.decode()
    assert "Đã chấp nhận (1)" in page
    assert "Đã &lt;i&gt;đối chiếu&lt;/i&gt;" in page
    client.post(f"{path}verdict", {"key": key, "what": "reopen", "words": ""})
    assert "Đã chấp nhận (" not in client.get(path).content.decode()
    assert Verdict.objects.count() == 2
    assert [line.action for line in recording.lines(upload.stream)] == ["proof_read"] * 3


def test_the_whole_text_is_a_page_shut_off_from_ours(made: Office) -> None:
    upload, _ = _read(WRONG.encode(), "a.txt")
    answer = signed_in("ngoc").get(f"/documents/proofs/{upload.pk}/text")
    page, policy = answer.content.decode(), answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-scripts; default-src 'none'")
    assert "unsafe" not in policy
    assert "<script>alert(1)</script>" not in page


def test_a_word_file_comes_back_with_the_findings_as_comments(made: Office) -> None:
    from docx import Document as Word

    word, out = Word(), io.BytesIO()
    for line in WRONG.replace("<script>alert(1)</script>", "").split("\n"):
        word.add_paragraph(line)
    word.save(out)
    upload, job = _read(out.getvalue(), "a.docx")
    client = signed_in("ngoc")
    found = jobs.outcome_of(job)["findings"]
    answer = client.post(f"/documents/proofs/{upload.pk}/annotate")
    made_of = Job.objects.get(kind="annotate")
    assert answer.headers["Location"] == f"/documents/jobs/{made_of.pk}/"
    assert waited(made_of) is State.DONE, made_of.fault
    copy = client.get(f"/documents/jobs/{made_of.pk}/file").content
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        comments = package.read("word/comments.xml").decode()
    assert all(one["key"] in comments for one in found)
    assert signed_in("lan").get(f"/documents/jobs/{made_of.pk}/file").status_code == 403


def test_the_figures_of_a_file_are_held_against_the_store(made: Office) -> None:
    told()
    draft = drafting.as_it_stands(drafted())
    told({"lua_dien_tich": (1300, 1200)})  # the store has moved on since
    upload, _ = _read(printed(draft), "cu.docx")
    client = signed_in("ngoc")
    client.post(f"/documents/proofs/{upload.pk}/figures", {"unit": HERE, "period": "2026"})
    compared = Job.objects.get(kind="compare")
    assert waited(compared) is State.DONE, compared.fault
    held = proofing.held_against_store(compared)
    odd = {(one.text, one.stored) for one in held if one.agrees is False}
    assert ("1.234", "1.300") in odd
    assert any(one.text == "7.280" and one.agrees for one in held)
    page = client.get(f"/documents/proofs/{upload.pk}/figures").content.decode()
    assert page.index("1.300") < page.index("khớp")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_hostile_file_is_refused_in_words(made: Office) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b"<w:document>" + b"<w:p/>" * 40_000_000)
    _, job = _read(bomb.getvalue(), "bom.docx")
    assert job.state == State.FAILED.value
    assert str(jobs.folder_of(job)) not in jobs.fault_of(job).vi
    page = signed_in("ngoc").get(f"/documents/proofs/{job.upload_id}/").content.decode()
    assert jobs.fault_of(job).vi[:30] in page


def test_reading_ends_after_its_time_whatever_it_is_in_the_middle_of() -> None:
    words = (
        "from baocao_web.documents import errands; errands.SECONDS = 1; errands.limit(is_of_strangers=True)\n"
        "while True: pass"
    )
    ends = {
        -signal.SIGALRM,
        -signal.SIGKILL,
        -signal.SIGXCPU,
    }  # the clock or the limit of the processor, whichever is first
    assert subprocess.run([sys.executable, "-c", words], timeout=60, check=False).returncode in ends


def test_what_reads_files_of_strangers_is_told_neither_key_nor_database(made: Office) -> None:
    job = Job.objects.create(kind="check", digest="0", by="ngoc")
    told_of = jobs._bare_environment(jobs.folder_of(job))
    assert not [name for name in told_of if name.startswith(("BAOCAO_", "DJANGO_", "PG"))]


def test_a_pdf_comes_back_with_the_findings_as_notes_on_their_words(made: Office, tmp_path: Path) -> None:
    lines = ["BÁO CÁO", "Thu ngân sách 50 tỷ đồng, đạt 95% kế hoạch (50/100 tỷ đồng)."]
    file = write_pdf(tmp_path / "a.pdf", [[Words(line, 72, 700 - 20 * at) for at, line in enumerate(lines)]])
    upload, job = _read(file.read_bytes(), "a.pdf")
    found = jobs.outcome_of(job)["findings"]
    assert found
    client = signed_in("ngoc")
    assert "Bản PDF có ghi chú" in client.get(f"/documents/proofs/{upload.pk}/").content.decode()
    client.post(f"/documents/proofs/{upload.pk}/annotate")
    made_of = Job.objects.get(kind="annotate")
    assert waited(made_of) is State.DONE, made_of.fault
    answer = client.get(f"/documents/jobs/{made_of.pk}/file")
    assert answer.headers["Content-Type"] == "application/pdf"
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(answer.content)
    assert all(any(one["key"] in note for _, note in notes_in(copy)) for one in found)
    text, _ = _read(b"Xin.", "a.txt")
    assert client.post(f"/documents/proofs/{text.pk}/annotate").status_code == 409


def test_what_was_accepted_stays_so_when_the_file_is_edited_elsewhere(tmp_path: Path) -> None:
    keys = []
    for name, more in (("a.txt", ""), ("b.txt", "Thêm một đoạn mới ở đầu.\n\nVà một đoạn nữa.\n\n")):
        (tmp_path / name).write_text(more + WRONG, encoding="utf-8")
        result = desk.check([tmp_path / name], choice=Choice(), jobs=1)
        keys.append({one.key(result.documents) for one in result.reports[0].findings})
    assert len(keys[0]) == 2
    assert keys[0] == keys[1]
