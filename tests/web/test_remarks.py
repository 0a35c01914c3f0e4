"""Remarks at cells and what is new on a form: told to those who look at it, and to nobody else, at next to no cost."""

from __future__ import annotations

import json
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baocao_web.collecting.models import Entry
from baocao_web.people import recording
from tests.web.offices import HERE, Office, post, signed_in

AREA, OUTPUT, POOR = "lua_dien_tich:actual", "lua_san_luong:actual", "ho_ngheo:actual"
SCRIPT = "<script>alert(1)</script>"


def path(made: Office, act: str) -> str:
    return f"/forms/{made.entry().pk}/{act}"


def say(made: Office, who: str, text: str, cell: str = AREA, **more: Any) -> Any:
    return post(signed_in(who), path(made, "remarks"), cell=cell, text=text, **more)


def news(made: Office, who: str, **seen: Any) -> Any:
    known = {"version": 0, "remarked": 0, "state": "open", "step": 0}
    return signed_in(who).get(path(made, "news"), known | seen)


def said(made: Office, who: str, cell: str = AREA) -> list[dict[str, Any]]:
    return signed_in(who).get(path(made, "remarks"), {"cell": cell}).json()["remarks"]


def test_a_remark_is_answered_at_the_cell_and_the_thread_is_settled(made: Office) -> None:
    assert say(made, "tuan", "Số này đúng chưa?").status_code == 200
    assert say(made, "lan", "Đã kiểm tra, đúng.").status_code == 200
    assert say(made, "hoa", "", settled=True).status_code == 200
    found = said(made, "lan")
    assert [(one["by"], one["text"], one["settled"]) for one in found] == [
        ("Nguyễn Hư Tuan", "Số này đúng chưa?", False),
        ("Nguyễn Hư Lan", "Đã kiểm tra, đúng.", False),
        ("Nguyễn Hư Hoa", "", True),
    ]
    assert said(made, "lan", OUTPUT) == []
    assert json.loads(made.entry().remarks) == {AREA: [3, 0]}
    assert [line.action for line in recording.lines(made.entry().stream)] == ["comment"] * 3
    page = signed_in("lan").get(path(made, "")).content.decode()
    assert f'"threads":{{"{AREA}":[3,0]}}' in page
    history = signed_in("lan").get(path(made, f"cells/{AREA}")).content.decode()
    assert "đã giải quyết" in history


def test_what_others_do_is_news_and_nothing_else_is(made: Office) -> None:
    assert news(made, "lan").status_code == 204
    post(signed_in("hoa"), path(made, "save"), base=0, cells={AREA: "1.234,5", POOR: "khoảng 3"})
    say(made, "tuan", "Xem lại", POOR)
    told = news(made, "lan").json()
    assert told["cells"] == {AREA: "1.234,5", POOR: "khoảng 3"}
    assert [(one["cell"], one["text"]) for one in told["remarks"]] == [(POOR, "Xem lại")]
    assert told["threads"] == {POOR: [1, 1]}
    assert news(made, "lan", version=told["version"], remarked=told["remarked"]).status_code == 204
    post(signed_in("hoa"), path(made, "save"), base=1, cells={POOR: "3"})
    later = news(made, "lan", version=told["version"], remarked=told["remarked"]).json()
    assert later["cells"] == {POOR: "3"}
    assert later["remarks"] == []
    post(signed_in("hoa"), path(made, "submit"), version=2)
    moved = news(made, "lan", version=2, remarked=told["remarked"]).json()
    assert (moved["state"], moved["state_name"], moved["cells"]) == ("submitted", "đã nộp", {})


def test_to_ask_for_news_costs_one_row_while_there_is_none(made: Office) -> None:
    client = signed_in("lan")
    known = {"version": 0, "remarked": 0, "state": "open", "step": 0}
    where = path(made, "news")
    client.get(where, known)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(where, known)
    assert (answer.status_code, answer.content) == (204, b"")
    statements = [one["sql"] for one in asked]
    assert len(statements) == 3, "the session, the account, and the form"
    assert "cells" not in statements[-1]


@pytest.mark.parametrize(
    "seen",
    [
        {"version": "x"},
        {"version": "-1"},
        {"version": "9" * 30},
        {"remarked": "١"},
        {"state": SCRIPT},
        {"step": ""},
        {"version": 10**8},
    ],
)
def test_an_odd_question_is_answered_soundly(made: Office, seen: dict[str, Any]) -> None:
    answer = news(made, "lan", **seen)
    assert answer.status_code in (200, 204)
    assert SCRIPT not in answer.content.decode()


@pytest.mark.parametrize("who", ["minh", "quan"])
def test_nothing_of_a_form_is_told_to_those_who_may_not_see_it(made: Office, who: str) -> None:
    say(made, "lan", "Riêng")
    for answer in (news(made, who), signed_in(who).get(path(made, "remarks"), {"cell": AREA}), say(made, who, "x")):
        assert answer.status_code == 403
        assert "Riêng" not in answer.content.decode()
    assert len(said(made, "lan")) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"cell": "khong_co:actual", "text": "x"},
        {"cell": "lua_nang_suat:actual", "text": "x"},
        {"cell": AREA, "text": "   "},
        {"cell": AREA, "text": ["x"]},
        {"cell": 5, "text": "x"},
        {"cell": AREA, "text": "x", "request": None},
        {"cell": AREA, "text": "x", "request": "y" * 41},
    ],
)
def test_an_unsound_remark_is_refused_in_words(made: Office, body: dict[str, Any]) -> None:
    answer = post(signed_in("lan"), path(made, "remarks"), **body)
    assert answer.status_code == 409
    assert answer.json()["refused"]
    assert made.entry().remarked == 0
    assert list(recording.lines(made.entry().stream)) == []


def test_a_remark_that_comes_twice_stands_once(made: Office) -> None:
    first = say(made, "lan", "Một lần", request="r")
    assert say(made, "lan", "Một lần", request="r").json() == first.json()
    assert len(said(made, "lan")) == 1
    assert json.loads(made.entry().remarks) == {AREA: [1, 1]}


def test_script_in_a_remark_and_in_a_name_is_words(made: Office) -> None:
    from baocao_web.people.models import User

    User.objects.filter(username="tuan").update(full_name=SCRIPT)
    say(made, "tuan", SCRIPT)
    assert said(made, "lan")[0]["text"].startswith(SCRIPT), "our script puts it in as text"
    assert signed_in("lan").get(path(made, "remarks"), {"cell": AREA})["Content-Type"] == "application/json"
    page = signed_in("lan").get(path(made, f"cells/{AREA}")).content.decode()
    assert SCRIPT not in page
    assert say(made, "lan", "dài " * 5_000).status_code == 409, "refused whole, never cut"
    assert len(said(made, "lan")) == 1


def test_a_save_tells_that_somebody_remarked_something(made: Office) -> None:
    place = say(made, "tuan", "Xem lại").json()["place"]
    answer = post(signed_in("lan"), path(made, "save"), base=0, cells={AREA: "5"}).json()
    assert answer["remarked"] == place == 1


def test_what_the_record_tells_already_is_counted_when_the_columns_come(made: Office) -> None:
    say(made, "tuan", "Một")
    say(made, "lan", "Hai", OUTPUT)
    post(signed_in("lan"), path(made, "save"), base=0, cells={AREA: "5"})
    post(signed_in("lan"), path(made, "submit"), version=1)
    post(signed_in("hoa"), path(made, "return"), version=1, reason="Sửa", cells=[AREA])
    before = made.entry()
    Entry.objects.update(remarks="{}", remarked=0, returned="{}")
    migration = import_module("baocao_web.collecting.migrations.0002_returned_remarked")
    migration.recall(None, SimpleNamespace(connection=connection))
    after = made.entry()
    assert json.loads(after.remarks) == json.loads(before.remarks)
    assert after.remarked == before.remarked
    told, kept = json.loads(after.returned), json.loads(before.returned)
    assert {**told, "at": ""} == {**kept, "at": ""}
    assert "Sửa" in signed_in("lan").get(path(made, "")).content.decode()
    assert made.entry().unit == HERE
