"""The decision that a form is enclosed with: taken where the form is designed, told wherever the form is printed."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

from openpyxl import load_workbook

from baocao.model.period import Period
from baocao_web.collecting.models import Entry, Form
from baocao_web.collecting.rounds.opening import Days, Wanted, open_round
from baocao_web.people import recording
from baocao_web.places import office
from tests.web.offices import HERE, PROVINCE, Office, signed_in

DECISION = "Quyết định số 12/QĐ-UBND ngày 05/01/2026"
SAID = f"Ban hành kèm theo {DECISION}"


def designed(**typed: str) -> Form:
    given = {"code": "BN-01", "title": "Kết quả năm", "indicator": ["ho_ngheo", "dan_so"], **typed}
    assert signed_in("tuan").post("/rounds/forms/", given).status_code == 302
    return Form.objects.latest("pk")


def an_entry(form: Form) -> Entry:
    today = office.today()
    days = Days(*(today + timedelta(days=count) for count in (-3, 3, 5, 7)))
    opened = open_round(Wanted(form, PROVINCE, Period.part(2026, "M", 9), days), "tuan")
    return Entry.objects.get(round=opened, unit=HERE)


def words_of(word: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        return package.read("word/document.xml").decode()


def test_the_decision_stands_on_the_page_the_word_file_and_the_workbook(made: Office) -> None:
    form = designed(issued_with=f"  {DECISION} ")
    told = list(recording.lines(f"form:{form.pk}"))[-1]
    assert DECISION in told.details
    path, client = f"/forms/{an_entry(form).pk}", signed_in("lan")
    pages = [client.get(f"{path}/print"), signed_in("tuan").get(f"/rounds/forms/{form.pk}/print")]
    total = signed_in("tuan").get(f"/rounds/{Entry.objects.get(round__form=form, unit=HERE).round_id}/total/print")
    for page in (*pages, total):
        assert f"<p>{SAID}</p>" in page.content.decode()
    assert SAID in words_of(client.get(f"{path}/print?file=docx").content)
    sheet: Any = load_workbook(io.BytesIO(client.get(f"{path}/workbook/file").content))["Biểu"]
    assert [sheet.cell(line, 2).value for line in (3, 4)] == ["Biểu số: BN-01", SAID]


def test_words_that_paper_has_before_the_decision_are_not_said_twice(made: Office) -> None:
    assert designed(issued_with=f"(Ban hành kèm theo {DECISION}").issued_with == DECISION
    assert designed(code="BN-02", issued_with=f"Kèm theo {DECISION}").issued_with == DECISION


def test_a_form_without_a_decision_says_nothing_of_one(made: Office) -> None:
    form = designed()
    assert form.issued_with == ""
    assert "Ban hành kèm theo" not in signed_in("tuan").get(f"/rounds/forms/{form.pk}/print").content.decode()
