"""What is still blank on a report is told before it is downloaded or issued, and no more once it is there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from baocao_web.documents import drafting
from baocao_web.documents.blanks import blanks_of
from baocao_web.documents.models import Report
from baocao_web.places import office
from tests.web.offices import Office, signed_in
from tests.web.reports import drafted, told


@pytest.fixture
def report(made: Office) -> Report:
    told()
    return drafted()


def test_what_is_to_be_filled_in_is_told_above_the_files(report: Report) -> None:
    page = signed_in("tuan").get(f"/documents/{report.pk}/").content.decode()
    assert "Cần điền: số văn bản, họ tên người ký" in page
    assert page.index("Cần điền") < page.index("report.docx")


def test_who_issues_is_told_what_issuing_does_not_fill_in(report: Report) -> None:
    page = signed_in("son").get(f"/documents/{report.pk}/issue").content.decode()
    assert "Còn để trống trên bản in: họ tên người ký" in page
    assert "số văn bản," not in page


def test_nothing_is_told_of_what_is_there(report: Report) -> None:
    draft = drafting.on_paper(drafting.as_it_stands(report), "05", office.today())
    assert "họ tên người ký" in list(map(str, blanks_of(draft)))
    whole = replace(draft, signature=replace(draft.signature, name="Lê Văn Thử"), recipients=("Như trên",))
    assert blanks_of(whole) == []
