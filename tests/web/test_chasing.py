"""Chasing: the letter to units that are late, as the decree lays letters out, and each unit's record over a year."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from python_calamine import CalamineWorkbook

from baocao.formats import docx_write
from baocao.formats.decree_30 import breaches
from baocao.formats.package import Package
from baocao_web.collecting import forms_kept
from baocao_web.collecting.models import Entry, Round
from baocao_web.people import recording
from baocao_web.places import office
from baocao_web.running import chasing_letter
from tests.unit.formats.large_draft import DRAFTED
from tests.web.offices import HERE, THERE, Office, post, signed_in


def overdue(made: Office, days: int = 10) -> None:
    """The round was due some days ago."""
    due = office.today() - timedelta(days=days)
    Round.objects.filter(pk=made.round.pk).update(
        opens_on=due - timedelta(days=9), due_on=due, late_on=due, locked_on=due + timedelta(days=90)
    )
    forms_kept.forget()


def signed_by_somebody() -> None:
    """The office's letterhead says who signs."""
    folder = Path(settings.FOLDER) / "letterheads"
    folder.mkdir()
    (folder / "MH.toml").write_text('[report]\nsigner = "Nguyễn Hư Cấu"\n', encoding="utf-8")


def filed(folder: Path, content: bytes) -> Path:
    path = folder / "a.docx"
    path.write_bytes(content)
    return path


def faults_of(path: Path) -> set[str]:
    with Package(path) as package:
        return {breach.rule.key for breach in breaches(package)}


def words_of(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        found = package.read("word/document.xml").decode()
    return " ".join(re.sub(r"<[^>]+>", "", part) for part in found.split("</w:p>"))


def test_the_letter_names_who_is_late_and_is_laid_out_as_the_decree_wants(made: Office, tmp_path: Path) -> None:
    overdue(made)
    signed_by_somebody()
    path = f"/forms/{made.entry().pk}"
    post(signed_in("lan"), f"{path}/save", base=0, cells={"ho_ngheo:actual": "5"})
    assert post(signed_in("lan"), f"{path}/submit", version=1).status_code == 200
    client = signed_in("tuan")
    assert f"/rounds/{made.round.pk}/letter" in client.get(f"/rounds/{made.round.pk}/").content.decode()
    answer = client.post(f"/rounds/{made.round.pk}/letter")
    assert answer.status_code == 200
    assert "don-doc-B01-2026-M10.docx" in answer["Content-Disposition"]
    written = filed(tmp_path, answer.content)
    assert faults_of(written) == set()
    words = words_of(written)
    assert "V/v đôn đốc nộp biểu số liệu tháng 10/2026" in words
    assert "Kính gửi: Ủy ban nhân dân xã Khe Giấy Mới" in words
    assert "Thượng Họa" not in words, "who has submitted is not written to"
    assert "còn 01 đơn vị chưa nộp 01 biểu số liệu đã quá hạn" in words
    (line,) = recording.lines(f"letters:{made.round.owner}")
    assert (line.by, line.action) == ("tuan", "chase")
    assert json.loads(line.details)["entries"] == [made.entry(THERE).pk]


def test_many_late_units_stand_in_an_annex(made: Office, tmp_path: Path) -> None:
    below = office.geography().children(made.round.owner, office.today())
    for unit in [one.key for one in below if one.key not in (HERE, THERE)]:
        Entry.objects.create(round=made.round, unit=unit)
    overdue(made)
    late = chasing_letter.overdue([made.round.pk] * 2)  # as though each owed two forms
    assert len(late) > chasing_letter.ON_PAGE
    draft = chasing_letter.letter(made.round.owner, late, {"signer": "Nguyễn Hư Cấu"}, office.today())
    written = filed(tmp_path, docx_write.written(draft, DRAFTED))
    assert faults_of(written) == set()
    words = words_of(written)
    assert "Kính gửi: Các đơn vị có tên trong danh sách kèm theo" in words
    assert "(Kèm theo Công văn số" in words
    assert "Phường Thượng Họa" in words


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("about-size", lambda text: text.replace('<w:sz w:val="24"/>', '<w:sz w:val="40"/>')),
        ("about-upright", lambda text: text.replace('<w:sz w:val="24"/>', '<w:b/><w:sz w:val="24"/>')),
        (
            "about-centred",
            lambda text: re.sub(
                r'(<w:pStyle w:val="Number"/><w:ind [^>]*/>)(</w:pPr>(?:(?!</w:p>).)*V/v)',
                r'\1<w:jc w:val="left"/>\2',
                text,
            ),
        ),
    ],
)
def test_a_letter_laid_out_otherwise_is_seen(
    made: Office, tmp_path: Path, key: str, change: Callable[[str], str]
) -> None:
    overdue(made)
    whole = chasing_letter.write(made.round.owner, [made.round.pk], "tuan")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as package, zipfile.ZipFile(out, "w") as other:
        for name in package.namelist():
            content = package.read(name)
            if name == "word/document.xml":
                changed = change(content.decode()).encode()
                assert changed != content
                content = changed
            other.writestr(name, content)
    assert key in faults_of(filed(tmp_path, out.getvalue()))


def test_nobody_late_needs_no_letter(made: Office) -> None:
    answer = signed_in("tuan").post(f"/rounds/{made.round.pk}/letter")
    assert answer.status_code == 409
    assert "không có đơn vị nào quá hạn" in answer.content.decode()
    assert not list(recording.lines(f"letters:{made.round.owner}"))
    page = signed_in("tuan").get(f"/rounds/{made.round.pk}/").content.decode()
    assert "Lập công văn" not in page


@pytest.mark.parametrize(
    ("who", "letter", "record"),
    [
        ("tuan", 200, 200),
        ("son", 403, 200),
        ("ngoc", 403, 200),
        ("lan", 403, 200),
        ("hoa", 403, 200),
        ("quan", 403, 403),
    ],
)
def test_who_may_chase_and_who_may_see_the_record(made: Office, who: str, letter: int, record: int) -> None:
    overdue(made)
    client = signed_in(who)
    assert client.post(f"/rounds/{made.round.pk}/letter").status_code == letter
    assert client.post("/rounds/letter").status_code == letter
    assert client.get("/rounds/record/2026").status_code == record
    assert client.get(f"/rounds/{made.round.pk}/letter").status_code == 405
    assert client.post("/rounds/999999/letter").status_code == 404


def test_the_record_of_a_year_as_page_and_file(made: Office, tmp_path: Path) -> None:
    post(signed_in("lan"), f"/forms/{made.entry().pk}/save", base=0, cells={"ho_ngheo:actual": "5"})
    post(signed_in("lan"), f"/forms/{made.entry().pk}/submit", version=1)
    overdue(made)
    client = signed_in("tuan")
    page = client.get("/rounds/record/2026").content.decode()
    assert "tháng 10/2026" in page
    assert "Phường Thượng Họa" in page
    assert ">0%<" in page
    told = list(csv.DictReader(io.StringIO(client.get("/rounds/record/2026?file=csv").content.decode("utf-8-sig"))))
    assert [(row["unit"], row["period"], row["late"], row["missing"]) for row in told] == [
        (HERE, "2026-M10", "1", "0"),
        (THERE, "2026-M10", "0", "1"),
    ]
    (tmp_path / "a.xlsx").write_bytes(client.get("/rounds/record/2026?file=xlsx").content)
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()
    assert "Phường Thượng Họa" in rows[3]
    assert client.get("/rounds/record/2026?file=exe").status_code == 404
    own = signed_in("lan").get("/rounds/record/2026?file=csv").content.decode("utf-8-sig")
    assert HERE in own
    assert THERE not in own, "a reporter sees his own unit alone"
    assert "chưa có đợt" in client.get("/rounds/record/2019").content.decode()
