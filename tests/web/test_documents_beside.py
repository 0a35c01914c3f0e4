"""A report held against another: a Word copy that came back from other hands, and the report of the year before."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from baocao.model.draft import Number, Paragraph
from baocao_web.documents import drafting, earlier, jobs
from baocao_web.documents.models import Job, Report
from baocao_web.documents.reading_room import printed
from baocao_web.documents.states import State
from tests.web.offices import Office, signed_in
from tests.web.reports import checked, drafted, told, waited


@pytest.fixture
def report(made: Office) -> Report:
    told()
    return drafted()


def _word(report: Report, *changes: tuple[str, str]) -> bytes:
    """The report's Word file with some of its text changed by hand."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(printed(drafting.as_it_stands(report)))) as ours, zipfile.ZipFile(out, "w") as made:
        for name in ours.namelist():
            content = ours.read(name)
            if name == "word/document.xml":
                text = content.decode()
                for before, now in changes:
                    assert before in text
                    text = text.replace(before, now, 1)
                content = text.encode()
            made.writestr(name, content)
    return out.getvalue()


def _bring(report: Report, content: bytes, name: str = "sua.docx") -> Any:
    return signed_in("tuan").post(f"/documents/{report.pk}/returned/", {"file": SimpleUploadedFile(name, content)})


def test_what_was_changed_in_word_is_shown_and_written_parts_are_taken_over(report: Report) -> None:
    asked = "[Cần viết: nguyên nhân khách quan của những chỉ tiêu, nhiệm vụ chưa đạt hoặc đạt thấp]"
    changes = (("<w:showingPlcHdr/>", ""), (asked, "Do hạn hán kéo dài."), ("1.234", "1.243"))
    answer = _bring(report, _word(report, *changes))
    assert answer.status_code == 302, answer.content.decode()
    job, client = Job.objects.get(kind="came_back"), signed_in("tuan")
    assert waited(job) is State.DONE, job.fault
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Do hạn hán" in page
    assert "sửa tay" in page
    assert "1.243" in page
    assert [one["now"] for one in jobs.outcome_of(job)["numbers"]] == ["1.243"]
    taken = client.post(f"{answer.headers['Location']}take", {"part": ["nguyen_nhan_khach_quan"]})
    assert taken.status_code == 302
    parts = drafting.current_parts(report)
    assert list(parts) == ["nguyen_nhan_khach_quan"]
    assert parts["nguyen_nhan_khach_quan"].text.startswith("Do hạn hán")
    assert client.post(f"{answer.headers['Location']}take", {"part": ["nguyen_nhan_khach_quan"]}).status_code == 409


def test_a_word_copy_of_another_report_is_refused_in_words(report: Report, made: Office) -> None:
    from docx import Document as Word

    out = io.BytesIO()
    Word().save(out)
    answer = _bring(report, out.getvalue())
    job = Job.objects.get(kind="came_back")
    assert waited(job) is State.FAILED
    assert "baocao draft" in jobs.fault_of(job).vi or "bản Word" in jobs.fault_of(job).vi
    assert jobs.fault_of(job).vi[:20] in signed_in("tuan").get(answer.headers["Location"]).content.decode()
    assert _bring(report, b"x", "a.pdf").status_code == 409


def test_only_those_who_draft_bring_a_copy_back(report: Report) -> None:
    for who in ("son", "ngoc", "lan", "quan"):
        client = signed_in(who)
        assert client.get(f"/documents/{report.pk}/returned/").status_code == 403
        assert client.post(f"/documents/{report.pk}/returned/").status_code == 403
    assert signed_in("tuan").get(f"/documents/{report.pk}/returned/99999/").status_code == 404


def test_the_report_of_the_year_before_stands_beside_and_what_is_at_odds_comes_first(report: Report) -> None:
    client, path = signed_in("son"), f"/documents/{report.pk}/last-year"
    assert "Chưa có báo cáo" in client.get(path).content.decode()
    before = drafted(period="2025-A1")
    checked(before, [])
    now, then = drafting.as_it_stands(report), earlier.draft_then(before)
    rows = earlier.rows(earlier.printed(now), earlier.printed(then))
    area = next(row for row in rows if row.address.indicator == "lua_dien_tich")
    assert (area.now, area.said_now, area.printed_then, area.is_at_odds) == ("1.234", "1.200", "1.200", False)
    corrected = replace(now, blocks=tuple(replace_text(block, "1.200", "1.190", Decimal(1190)) for block in now.blocks))
    odd = earlier.rows(earlier.printed(corrected), earlier.printed(then))[0]
    assert (odd.address.indicator, odd.said_now, odd.printed_then, odd.is_at_odds) == (
        "lua_dien_tich", "1.190", "1.200", True
    )  # fmt: skip
    page = client.get(path).content.decode()
    assert "1.200" in page
    assert signed_in("lan").get(path).status_code == 403


def replace_text(block: Any, text: str, by: str, value: Decimal) -> Any:
    """A paragraph in which one number was corrected."""
    if not isinstance(block, Paragraph):
        return block
    line = tuple(
        replace(piece, text=by, value=value) if isinstance(piece, Number) and piece.text == text else piece
        for piece in block.line
    )
    return replace(block, line=line)


ELSEWHERE = (
    "ỦY BAN NHÂN DÂN PHƯỜNG THƯỢNG HỌA\n\nBÁO CÁO\nKết quả thực hiện nhiệm vụ năm 2025\n\n"
    "Diện tích gieo cấy lúa đạt 1.190 ha. Sản lượng lúa đạt 6.960 tấn.\nSố hộ nghèo còn 57 hộ.\n"
)


def elsewhere(lines: str = ELSEWHERE) -> bytes:
    """The Word file of a report that was not made here."""
    from docx import Document as Word

    word, out = Word(), io.BytesIO()
    for line in lines.split("\n"):
        word.add_paragraph(line)
    word.save(out)
    return out.getvalue()


def test_last_year_s_report_that_was_made_elsewhere_is_brought_in_and_set_beside(report: Report) -> None:
    path, client = f"/documents/{report.pk}/last-year", signed_in("tuan")
    answer = client.post(path, {"file": SimpleUploadedFile("bao-cao-2025.docx", elsewhere())})
    assert answer.status_code == 302, answer.content.decode()
    job = Job.objects.get(kind="last_year")
    assert waited(job) is State.DONE, job.fault
    found = {one.indicator: printed.text for one, printed in earlier.printed_in(job).items()}
    assert found["lua_dien_tich"] == "1.190"
    rows = earlier.rows(earlier.printed(drafting.as_it_stands(report)), earlier.printed_in(job))
    assert (rows[0].address.indicator, rows[0].said_now, rows[0].printed_then) == ("lua_dien_tich", "1.200", "1.190")
    assert rows[0].is_at_odds
    page = client.get(answer.headers["Location"]).content.decode()
    assert "hai báo cáo ghi khác nhau" in page
    assert "bao-cao-2025.docx" in page
    assert client.get("/documents/proofs/").content.decode().count("bao-cao-2025.docx") == 0
    drafted(period="2025-A1")
    assert "So với tệp bao-cao-2025.docx" in client.get(path).content.decode(), "ours comes first, the file stays"


def test_a_file_of_last_year_is_brought_in_by_those_who_draft_and_is_a_report(report: Report) -> None:
    path = f"/documents/{report.pk}/last-year"
    for who in ("son", "ngoc"):
        assert signed_in(who).get(path).status_code == 200
        assert signed_in(who).post(path, {"file": SimpleUploadedFile("a.docx", elsewhere())}).status_code == 403
    refused = signed_in("tuan").post(path, {"file": SimpleUploadedFile("a.xlsx", b"PK")})
    assert refused.status_code == 409
    assert ".docx, .pdf" in refused.content.decode()
    assert signed_in("tuan").post(path).status_code == 409
    assert not Job.objects.filter(kind="last_year").exists()
