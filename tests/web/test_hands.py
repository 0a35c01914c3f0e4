"""Whose hands a form goes through, what is told of them afterwards, and what waits for whom."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baocao.model.org_unit import Level
from baocao_web.collecting import forms_kept, waiting
from baocao_web.collecting.models import Entry, Round
from baocao_web.collecting.waiting import Wait
from baocao_web.people.models import Grant, User
from baocao_web.places import office
from baocao_web.running import reminding
from tests.web.offices import HERE, PROVINCE, THERE, Office, signed_in
from tests.web.test_corrections import approved, past
from tests.web.test_passing_on import AREA, STEPS, done, page, path, save, submitted

# ---- whose hands it went through -------------------------------------------------------------------------------------


def with_roles(name: str, *roles: tuple[str, str, list[str]]) -> None:
    user = User.objects.create_user(name, full_name=f"Trần Hư {name.title()}")
    for role, unit, sectors in roles:
        Grant.objects.create(user=user, role=role, unit=unit, sectors=sectors)


def test_nobody_approves_what_he_entered_while_another_can(made: Office) -> None:
    save(made, {AREA: "10"}, 0, who="hoa")
    done(made, "lan", "submit")
    with_roles("dung", ("approver", HERE, []))
    refused = done(made, "hoa", "approve")
    assert refused.status_code == 409
    assert "người khác phải duyệt bước này (Trần Hư Dung)" in refused.json()["refused"]
    assert ">Duyệt</button>" not in page(made, "hoa"), "what is not to be done is not offered"
    assert ">Duyệt</button>" in page(made, "dung")
    assert [one.wait for one in waiting.for_user(User.objects.get(username="hoa"))] == [Wait.OTHERS]
    assert done(made, "dung", "approve").status_code == 200


def test_an_office_that_has_nobody_else_approves_what_it_entered(made: Office) -> None:
    save(made, {AREA: "10"}, 0, who="hoa")
    done(made, "hoa", "submit")
    assert done(made, "hoa", "approve").status_code == 200


def test_nobody_passes_two_steps_of_one_form(made: Office) -> None:
    with_roles("hai", ("approver", PROVINCE, []), ("compiler", PROVINCE, []))
    submitted(made)
    assert done(made, "hai", "approve").status_code == 200
    assert done(made, "hai", "approve").status_code == 409
    board = signed_in("hai").get(f"/rounds/{made.round.pk}/").content.decode()
    assert 'name="pick"' not in board, "nor is it offered among many"
    assert done(made, "tuan", "return", reason="Xem lại").status_code == 200
    done(made, "lan", "submit")
    assert done(made, "hoa", "approve").status_code == 200
    assert done(made, "hai", "approve").status_code == 200, "what was approved before the return is over"


def test_a_turn_is_of_the_sector_of_the_form(made: Office) -> None:
    with_roles("hai", ("approver", PROVINCE, []), ("compiler", PROVINCE, ["y_te"]))
    submitted(made)
    done(made, "hoa", "approve")
    for sector, status in (("", 403), ("nong_nghiep", 403), ("y_te", 200)):
        made.form.sector = sector
        made.form.save()
        forms_kept.forget()
        assert done(made, "hai", "approve").status_code == status, sector


# ---- who saw what when -----------------------------------------------------------------------------------------------


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html[html.find("<main") :]))


def test_histories_tell_who_passed_on_which_figures(made: Office) -> None:
    approved(made)
    done(made, "tuan", "correct", reason="Đo lại", cells=[AREA])
    save(made, {AREA: "12"}, 1)
    for who, act in STEPS:
        done(made, who, act)
    cell = plain(signed_in("tuan").get(path(made, f"cells/{AREA}")).content.decode())
    assert "Nguyễn Hư Tuan duyệt: 12 (phiên bản 2)" in cell
    assert "Nguyễn Hư Tuan duyệt: 10 (phiên bản 1)" in cell
    assert "Nguyễn Hư Lan nộp biểu: 10 (phiên bản 1)" in cell
    html = signed_in("tuan").get(path(made, "history")).content.decode()
    whole = plain(html)
    assert "duyệt (phiên bản 2) (Diện tích gieo cấy lúa, Thực hiện: 10 → 12)" in whole
    for version, figure in ((1, "10"), (2, "12")):
        where = path(made, f"versions/{version}")
        assert f'href="{where}"' in html
        seen = plain(signed_in("tuan").get(where).content.decode())
        assert f"Diện tích gieo cấy lúa {figure} " in seen, seen
        assert "Nguyễn Hư Hoa duyệt" in seen
    assert signed_in("tuan").get(path(made, "versions/7")).status_code == 404
    assert signed_in("minh").get(path(made, "versions/1")).status_code == 403


# ---- what waits, and how long ----------------------------------------------------------------------------------------


def test_a_round_that_was_locked_long_ago_waits_for_nobody(made: Office) -> None:
    past(made, 2)
    lan = User.objects.get(username="lan")
    assert [(one.unit, one.is_locked) for one in waiting.for_user(lan)] == [(HERE, True)], "a month it is told"
    assert not waiting.is_anything_to_do(lan), "but nothing can be done"
    past(made, 385)
    assert waiting.for_user(lan) == []
    Entry.objects.filter(pk=made.entry().pk).update(extended_to=office.today())
    assert waiting.is_anything_to_do(lan), "what was given longer is open"


def test_forms_of_other_units_are_not_read_for_a_list(made: Office) -> None:
    others = [
        unit.key for unit in office.geography().at(office.today(), Level.COMMUNE) if unit.key not in (HERE, THERE)
    ]
    waiting.for_user(User.objects.get(username="lan"))  # what is read once in the life of a process
    with CaptureQueriesContext(connection) as few:
        waiting.for_user(User.objects.get(username="lan"))
    Entry.objects.bulk_create(Entry(round=made.round, unit=unit) for unit in others)
    with CaptureQueriesContext(connection) as many:
        waiting.for_user(User.objects.get(username="lan"))
    assert len(many) == len(few)
    asked = next(one["sql"] for one in many.captured_queries if "collecting_entry" in one["sql"])
    assert "IN (" in asked.partition("WHERE")[2]


def test_pages_of_many_units_and_rounds_ask_no_more(made: Office) -> None:
    tuan = signed_in("tuan")
    pages = (f"/rounds/{made.round.pk}/cells/{AREA}", "/rounds/", f"/rounds/{made.round.pk}/total")

    def asked() -> list[int]:
        found = []
        for where in pages:
            forms_kept.forget()
            with CaptureQueriesContext(connection) as each:
                assert tuan.get(where).status_code == 200
            found.append(len(each))
        return found

    submitted(made)
    asked()  # what is read once in the life of a process
    few = asked()
    days = {name: getattr(made.round, name) for name in ("opens_on", "due_on", "late_on", "locked_on")}
    for number in range(1, 10):
        other = Round.objects.create(form=made.form, owner=PROVINCE, period=f"2025-M0{number}", title="x", **days)
        Entry.objects.create(round=other, unit=HERE)
    cells = made.entry().cells
    for unit in office.geography().at(office.today(), Level.COMMUNE):
        if unit.key not in (HERE, THERE):
            Entry.objects.create(round=made.round, unit=unit.key, state="submitted", version=1, cells=cells)
    asked()  # each version is decoded once
    assert asked() == few


def test_people_are_told_by_their_names(made: Office) -> None:
    file = SimpleUploadedFile("Báo cáo của phường.txt", "Trong 120 hộ nghèo có 20 hộ thoát nghèo.".encode())
    client = signed_in("tuan")
    answer = client.post("/documents/proofs/", {"file": file, "unit": PROVINCE})
    for where in (answer.headers["Location"], "/documents/proofs/"):
        seen = plain(client.get(where).content.decode())
        assert "Nguyễn Hư Tuan" in seen
        assert " tuan " not in seen


def test_a_round_that_was_due_long_ago_is_not_looked_through_by_the_clock(made: Office) -> None:
    today = office.today()
    assert list(reminding.open_rounds(today)) == [made.round.pk]
    past(made, 385)
    assert list(reminding.open_rounds(today)) == []
    Entry.objects.filter(pk=made.entry().pk).update(mend_by=today)
    assert list(reminding.open_rounds(today)) == [made.round.pk], "what was opened anew is owed"


def test_a_form_that_was_returned_is_told_as_such_among_the_missing(made: Office) -> None:
    submitted(made)
    done(made, "hoa", "return", reason="Xem lại")
    seen = plain(signed_in("tuan").get(f"/rounds/{made.round.pk}/total").content.decode())
    assert "Phường Thượng Họa (bị trả lại), Xã Khe Giấy Mới." in seen
