"""Whoever means harm, or whose hand slips, is refused in plain words and told of in the record; nothing stops."""

from __future__ import annotations

import json
import runpy
import socket
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client, override_settings

from baocao_web.collecting import bound
from baocao_web.collecting.models import Form, Round
from baocao_web.documents.models import Report
from baocao_web.figures import pivoting
from baocao_web.people import account_record, recording
from baocao_web.people.models import Grant, User
from baocao_web.people.roles import Role
from baocao_web.tasks import importing
from tests.web.calls import Program
from tests.web.offices import HERE, PROVINCE, Office, post, signed_in
from tests.web.signing_in import PASSWORD, browser, code_of, is_in, quick_passwords, sign_in, with_codes, with_password

ODD_PERIODS = ("0002", "0002-M01", "0001-01-01/P1D", "1000", "9998", "9998-M12", "9999-12-31/P1D", "1999", "²")
ODD_DAYS = ("31/12/9999", "01/01/0001", "9999-12-31", "31/12/1999", "01/01/2101")
FAR = ("ngoài các năm 2000", "không phải là kỳ")


def is_told(answer: Any, *words: str) -> bool:
    """Whether a call was refused in plain words."""
    is_json = answer.headers["Content-Type"].startswith("application/json")
    told = answer.json()["refused"] if is_json else answer.content.decode()
    return answer.status_code == 409 and any(word in told for word in words)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_period_or_a_day_beyond_the_years_is_refused_wherever_it_is_asked(made: Office) -> None:
    tuan, lan = signed_in("tuan"), signed_in("lan")
    before = Round.objects.count()
    for period in ODD_PERIODS:
        for page in ("/dashboard/", "/figures/ho_ngheo/", "/figures/pivot/?indicator=ho_ngheo&months=36"):
            seen = tuan.get(page + ("&" if "?" in page else "?") + f"period={period}")
            assert is_told(seen, *FAR), (page, period)
        assert is_told(tuan.post("/rounds/", {"form": made.form.pk, "period": period}), *FAR)
        told = {"unit": PROVINCE, "outline": "bao-cao-nam", "period": period}
        assert is_told(tuan.post("/documents/", told), *FAR)
        assert is_told(tuan.get("/tasks/", {"period": period}), *FAR)
    assert (Round.objects.count(), Report.objects.count()) == (before, 0)
    for day in ODD_DAYS:
        entry = made.entry()
        assert is_told(tuan.post(f"/forms/{entry.pk}/extend", {"to": day, "reason": "x"}), "ngoài các năm 2000")
        days = {"opens_on": day, "reason": "x"}
        assert is_told(tuan.post(f"/rounds/{made.round.pk}/days", days), "ngoài các năm 2000")
        assert is_told(signed_in("quan").get("/record/", {"day": day}), "ngoài các năm 2000")
    for page, who in ((f"/rounds/{made.round.pk}/", tuan), (f"/forms/{made.entry().pk}/", lan), ("/documents/", tuan)):
        assert who.get(page).status_code == 200


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_calls_of_programs_know_the_same_years(made: Office) -> None:
    program = Program.of("tuan", PROVINCE)
    entry = made.entry().pk
    refused = [
        program.post(f"/entries/{entry}/extend", to="9999-12-31", reason="x"),
        program.get("/units", on="0001-01-01"),
        program.get("/figures", unit=PROVINCE, indicator="ho_ngheo", period="0002-M01"),
        program.get("/tasks", period="9998-M12"),
        program.get("/targets", unit=PROVINCE, year=2026, on="9999-12-31"),
        program.post("/reports", unit=PROVINCE, outline="bao-cao-nam", period="0002"),
    ]
    assert [answer.status_code for answer in refused] == [422, 422, 422, 422, 422, 409]
    assert "2000-01-01" in refused[1].content.decode()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_record_is_read_on_from_a_line_or_not_at_all(made: Office) -> None:
    quan = signed_in("quan")
    for before in ("9" * 20, "²", "-1", "1e3", "{0}"):
        assert is_told(quan.get("/record/", {"before": before}), "không phải là số của một dòng")
    assert quan.get("/record/", {"before": "9" * 18}).status_code == 200


HALF = "\ud800"  # half a letter, as a browser sends a text that was cut within one
TURNED = "\N{RIGHT-TO-LEFT OVERRIDE}021"


def test_broken_and_turning_signs_are_told_where_they_stand(made: Office) -> None:
    lan, entry = signed_in("lan"), made.entry()
    cells = {"lua_dien_tich:actual": HALF, "lua_san_luong:actual": "6.172,5", "ho_ngheo:actual": TURNED}
    told = post(lan, f"/forms/{entry.pk}/save", base=0, cells=cells).json()
    assert set(told["taken"]) == set(cells)
    assert set(told["faults"]) == {"lua_dien_tich:actual", "ho_ngheo:actual"}
    assert all("ký tự" in fault for fault in told["faults"].values())
    kept = made.cells()
    assert kept["lua_san_luong:actual"][0] == "6172.5"
    assert (kept["lua_dien_tich:actual"][3], kept["ho_ngheo:actual"][3]) == ("\ufffd", "\ufffd021")
    for words in (f"{HALF}x", f"xem {TURNED}", "a\x00b"):
        assert is_told(post(lan, f"/forms/{entry.pk}/remarks", cell="", text=words), "ký tự hỏng")
        named = post(lan, f"/forms/{entry.pk}/remarks", cell=words, text="x", request=words)
        assert is_told(named, "không đúng định dạng")
        assert post(lan, f"/forms/{entry.pk}/save", base=0, cells={words: "1"}).status_code == 409
    for path in ("return", "correct"):
        who = signed_in("hoa" if path == "return" else "tuan")
        assert post(who, f"/forms/{entry.pk}/{path}", version=1, reason=HALF, cells=[]).status_code == 409


def test_what_is_too_long_is_refused_with_its_length_and_never_cut(made: Office) -> None:
    lan, tuan, entry = signed_in("lan"), signed_in("tuan"), made.entry()
    words = "ă" * 2_001
    assert is_told(post(lan, f"/forms/{entry.pk}/remarks", cell="", text=words), "dài 2001 ký tự, nhiều nhất là 2000")
    page = lan.post(f"/forms/{entry.pk}/cells/lua_dien_tich:actual", {"text": words})
    assert is_told(page, "dài 2001 ký tự")
    assert words in page.content.decode(), "what was typed stands on the page still"
    extended = {"to": f"{made.round.due_on:%d/%m/%Y}", "reason": words}
    assert is_told(tuan.post(f"/forms/{entry.pk}/extend", extended), "dài 2001 ký tự")
    assert is_told(tuan.post(f"/rounds/{made.round.pk}/days", {"act": "close", "reason": words}), "dài 2001 ký tự")
    assert (made.entry().remarked, Round.objects.get().is_closed) == (0, False)


def test_the_name_of_a_call_is_not_another_calls(made: Office) -> None:
    """Neither done nor told would be the worst of all: whoever brings something else under a name hears of it."""
    lan, entry = signed_in("lan"), made.entry()
    first = {"base": 0, "cells": {"lua_dien_tich:actual": "5"}, "request": "n1"}
    assert post(lan, f"/forms/{entry.pk}/save", **first).status_code == 200
    assert post(lan, f"/forms/{entry.pk}/save", **first).json()["taken"]
    for other in ({"cells": {"ho_ngheo:actual": "77777"}}, {"cells": {"lua_dien_tich:actual": "6"}}, {"base": 1}):
        assert is_told(post(lan, f"/forms/{entry.pk}/save", **{**first, **other}), "tên của một việc khác")
    said = {"cell": "", "text": "một", "request": "n2"}
    place = post(lan, f"/forms/{entry.pk}/remarks", **said).json()["place"]
    assert post(lan, f"/forms/{entry.pk}/remarks", **said).json()["place"] == place
    for more in ({"text": "hai"}, {"settled": True}, {"cell": "ho_ngheo:actual"}):
        assert is_told(post(lan, f"/forms/{entry.pk}/remarks", **{**said, **more}), "tên của một việc khác")


def refusals(name: str) -> list[dict[str, Any]]:
    return [json.loads(line.details) for line in recording.lines(f"refused:{name}")]


def test_what_is_refused_is_told_in_the_record_and_a_flood_does_not_fill_it(made: Office) -> None:
    lan, entry = signed_in("lan"), made.entry().pk
    refused = {
        post(lan, f"/forms/{entry}/save", base="x", cells={}).status_code: ("save_entry", entry, "not taken"),
        post(lan, "/forms/987654/submit", version=0).status_code: ("submit_entry", 987654, "not taken"),
        lan.post("/forms/987654/workbook/differences").status_code: ("entry_differences", 987654, "not there"),
    }
    assert set(refused) == {409, 404}
    post(lan, f"/forms/{entry}/approve", version=7, typed="1234567")
    lan.post(f"/forms/{entry}/cells/ho_ngheo:actual", {"text": "nửa\x00chữ"})
    told = [(one["page"], one["ids"]["entry"], one["why"]) for one in refusals("lan")]
    assert told == [
        ("save_entry", entry, "not taken"),
        ("submit_entry", 987654, "not taken"),
        ("entry_differences", 987654, "not there"),
        ("approve_entry", entry, "not allowed"),
        ("entry_cell", entry, "malformed"),
    ]
    assert "1234567" not in str(refusals("lan"))
    for number in range(account_record.A_MINUTE * 2):
        post(lan, f"/forms/{number + 1_000}/save", base=0, cells={})
    assert len(refusals("lan")) == account_record.A_MINUTE + 1
    assert refusals("lan")[-1] == {"more": True}
    assert list(recording.faults()) == []


def test_no_database_is_asked_with_half_a_letter_or_none(made: Office) -> None:
    """PostgreSQL cannot hold NUL: it must not come so far, whether it is typed, looked for or part of an address."""
    tuan = signed_in("tuan")
    asked = ("/tasks/?q=%00", "/record/?by=%00", "/people/?q=a%00", "/dashboard/?unit=%00", "/forms/1/cells/%00")
    assert [signed_in("quan").get(path).status_code for path in asked] == [400] * len(asked)
    program = Program.of("tuan", PROVINCE)
    for answer in (program.get("/units", q="\x00"), program.get("/units/%00"), program.get("/tasks", unit="\x00")):
        assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert program.post(f"/entries/{made.entry().pk}/remarks", text="\x00").status_code == 422
    assert [one["why"] for one in refusals("tuan")] == ["malformed"]
    for path, told in (
        ("/rounds/forms/", {"code": "\x00"}),
        ("/rounds/", {"period": "\x00"}),
        ("/tasks/new", {"\x00": "x"}),
    ):
        answer = tuan.post(path, told)
        assert (answer.status_code, "ký tự hỏng" in answer.content.decode()) == (400, True)


def tampered(statement: str, *values: object) -> list[str]:
    """What is told of a database in which somebody with its password has done something, and undoes it again."""

    class _Undone(Exception):
        pass

    told: list[str] = []
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("ALTER TABLE people_record DISABLE TRIGGER ALL")
            else:
                for act in ("update", "delete", "replace"):
                    cursor.execute(f"DROP TRIGGER people_record_is_kept_{act}")
            cursor.execute(statement, values)
            told = [text.en for text in (*recording.faults(), *bound.faults())]
            raise _Undone
    except _Undone:
        return told


def test_what_was_done_to_the_database_behind_our_back_is_told(made: Office) -> None:
    lan, entry = signed_in("lan"), made.entry().pk
    cells = {"lua_dien_tich:actual": "1.234,5", "lua_san_luong:actual": "6.172,5", "ho_ngheo:actual": "12"}
    version = post(lan, f"/forms/{entry}/save", base=0, cells=cells).json()["version"]
    assert post(lan, f"/forms/{entry}/submit", version=version).status_code == 200
    for who in ("hoa", "tuan"):
        act = {"version": version, "digest": made.entry().digest}
        assert post(signed_in(who), f"/forms/{entry}/approve", **act).status_code == 200
    recording.seal("clock")
    assert [*recording.faults(), *bound.faults()] == []
    other = made.entry().cells.replace("1234.5", "9234.5")
    told = tampered("UPDATE collecting_entry SET cells = %s WHERE id = %s", other, entry)
    assert ["are not those that were approved" in text for text in told] == [True]
    assert "by the record it is" in str(
        tampered("UPDATE collecting_entry SET state = 'submitted' WHERE id = %s", entry)
    )
    assert "by the record it is" in str(
        tampered("UPDATE collecting_entry SET state = 'approved' WHERE id <> %s", entry)
    )
    assert "which is gone" in str(tampered("DELETE FROM people_record WHERE stream <> 'seals'"))
    assert tampered("DELETE FROM people_record WHERE stream = 'seals'") == [], "so young a line may stand below none"
    seal = recording.last_seal()
    assert seal[0] == 1
    assert list(recording.faults(seal)) == []
    assert [text.en[:24] for text in recording.faults((1, "0" * 64))] == ["the seal kept elsewhere "]


def test_lines_that_stand_below_no_seal_for_days_are_told(made: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """So the clock that stands still is found, and the seals that somebody deleted."""
    monkeypatch.setattr(recording, "UNSEALED", timedelta(seconds=-5))
    post(signed_in("lan"), f"/forms/{made.entry().pk}/save", base=0, cells={"ho_ngheo:actual": "12"})
    recording.seal("clock")
    assert list(recording.faults()) == []
    assert "below no seal" in str(tampered("DELETE FROM people_record WHERE stream = 'seals'"))


def test_no_line_of_the_record_is_replaced(made: Office) -> None:
    account_record.refuse("lan", {"page": "x"})
    line = next(recording.lines("refused:lan"))
    word = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    names = ", ".join(recording.Line._fields)
    marks = ", ".join(["%s"] * len(line))
    for changed in ({"by": "khác"}, {"by": "khác", "place": 9}):  # its place again, then only the name of its call
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{word} INTO people_record ({names}) VALUES ({marks})", line._replace(**changed))
    assert list(recording.lines("refused:lan")) == [line]


@pytest.fixture
def lan(made: Office) -> Iterator[Office]:
    for _ in quick_passwords():
        cache.clear()
        with_password("lan")
        with_password("hoa")
        yield made


def tried(client: Client, password: str, at: str) -> bool:
    """Whether somebody is in after he typed a password at an address."""
    told = {"login": "lan", "password": password}
    return bool(client.post("/account/login/", told, REMOTE_ADDR=at).status_code == 302)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nobody_keeps_another_out_by_wrong_passwords(lan: Office) -> None:
    own = browser()
    assert tried(own, PASSWORD, "10.0.0.9")
    own.post("/account/logout/")
    for _ in range(6):
        assert not tried(browser(), "sai rồi", "10.0.0.7")
    assert not tried(browser(), PASSWORD, "10.0.0.7"), "who guesses waits, whatever he types"
    assert tried(browser(), PASSWORD, "10.0.0.8"), "the account is open from elsewhere"
    assert tried(own, PASSWORD, "10.0.0.7"), "and where he works, even behind the same address"
    rates = {**settings.SIGN_IN_RATES, "strangers": "8/h/key"}
    with override_settings(SIGN_IN_RATES=rates):
        for number in range(20, 30):
            tried(browser(), "sai rồi", f"10.0.1.{number}")
        assert not tried(browser(), PASSWORD, "10.0.2.1"), "many addresses have no more tries than these together"
        own.post("/account/logout/")
        assert tried(own, PASSWORD, "10.0.0.9")
    stolen = browser()
    stolen.cookies.load({name: one.value for name, one in own.cookies.items() if name.startswith("known_")})
    for _ in range(6):
        tried(stolen, "sai rồi", "10.0.0.3")
    assert not tried(stolen, PASSWORD, "10.0.0.3"), "a known browser has its own five tries and no more"


def test_a_form_designed_twice_is_one_and_a_code_has_one_office(made: Office) -> None:
    told = {"code": "B09", "title": "Trồng trọt", "indicator": ["lua_dien_tich"]}
    places = {signed_in("tuan").post("/rounds/forms/", told)["Location"] for _ in range(3)}
    assert (len(places), Form.objects.filter(code="B09").count()) == (1, 1)
    assert signed_in("tuan").post("/rounds/forms/", {**told, "title": "Trồng trọt, mới"})["Location"] not in places
    compiler = User.objects.create_user("xa", full_name="Tổng Hợp Xã")
    Grant.objects.create(user=compiler, role=Role.COMPILER.value, unit=HERE)
    assert is_told(signed_in("xa").post("/rounds/forms/", told), "đã có ở cơ quan khác")
    assert Form.objects.filter(code="B09").count() == 2


def test_who_comes_second_is_told_what_stands_there_and_is_no_trespasser(made: Office) -> None:
    lan, hoa, entry = signed_in("lan"), signed_in("hoa"), made.entry().pk
    cells = {"lua_dien_tich:actual": "1.234,5", "lua_san_luong:actual": "6.172,5", "ho_ngheo:actual": "12"}
    version = post(lan, f"/forms/{entry}/save", base=0, cells=cells).json()["version"]
    assert post(lan, f"/forms/{entry}/submit", version=version).status_code == 200
    given = {"version": version, "digest": made.entry().digest}
    assert post(hoa, f"/forms/{entry}/approve", **given).status_code == 200
    tuan = signed_in("tuan")
    asked = {"version": version, "reason": "Xem lại", "cells": []}
    assert post(tuan, f"/forms/{entry}/return", **asked).status_code == 200
    assert is_told(post(tuan, f"/forms/{entry}/return", **asked), "bị trả lại")
    assert [one["why"] for one in refusals("tuan")] == ["not taken"]
    assert post(signed_in("minh"), f"/forms/{entry}/return", **asked).status_code == 403


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_table_that_is_worked_at_too_long_is_stopped_and_says_what_to_leave_out(
    made: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "/figures/pivot/?indicator=ho_ngheo&indicator=lua_dien_tich&months=36&period=2026-M10"
    assert signed_in("tuan").get(page).status_code == 200
    monkeypatch.setattr(pivoting, "SECONDS", -1)
    assert is_told(signed_in("tuan").get(page), "2 chỉ tiêu × 1 đơn vị × 36 kỳ")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_answer_is_empty_or_bare(made: Office) -> None:
    answer = signed_in("lan").get("/forms/approve")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Trang này không nhận yêu cầu như vậy" in answer.content.decode()


def at_the_door(status: int) -> str:
    """What the application server answers by itself to what it does not let in."""
    told = runpy.run_path(str(Path(__file__).parents[2] / "gunicorn.conf.py"))
    ours, theirs = socket.socketpair()
    with ours, theirs:
        told["_refused"](ours, status, "Reason", "<script>what was sent</script>")
        return theirs.recv(8_192).decode()


def test_the_application_server_refuses_in_words_and_tells_nothing_of_what_was_sent() -> None:
    assert "Địa chỉ trang quá dài" in at_the_door(414)
    late = at_the_door(500)
    assert late.startswith("HTTP/1.1 500 Reason\r\n")
    assert "mất quá nhiều thời gian" in late
    assert "script" not in late


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_list_of_tasks_that_swells_is_refused_before_it_is_read(made: Office) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"<row/>" * (importing.UNPACKED // 6 + 1))
    for name, content in (("a.xlsx", packed.getvalue()), ("a.csv", b"Nhi\n" * (importing.LINES + 1))):
        answer = signed_in("tuan").post("/tasks/take", {"unit": PROVINCE, "file": SimpleUploadedFile(name, content)})
        assert is_told(answer, "quá nhiều dòng hoặc ô"), answer.content.decode()


def test_a_code_of_a_telephone_opens_once_and_a_token_of_a_lost_role_nothing(lan: Office) -> None:
    client = browser()
    assert sign_in(client).status_code == 302
    secret = with_codes(client)
    cache.clear()  # the code that switched it on has been used already
    code, opened = code_of(secret), []
    for _ in range(2):
        fresh = browser()
        sign_in(fresh)
        fresh.post("/account/2fa/authenticate/", {"code": code})
        opened.append(is_in(fresh))
    assert opened == [True, False]
    program, entry = Program.of("lan", HERE), lan.entry().pk
    assert program.save(entry, 0, lua_dien_tich="5").status_code == 200
    Grant.objects.filter(user__username="lan").delete()
    assert program.save(entry, 1, lua_dien_tich="6").status_code == 403
    assert program.get(f"/entries/{entry}").status_code == 403
    User.objects.filter(username="lan").update(is_active=False)
    assert program.get("/me").status_code == 401
