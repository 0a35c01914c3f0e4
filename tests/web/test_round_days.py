"""Due, late and locked: three settings of a round, each moved by itself with a reason; and one unit given longer."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from baocao_web.collecting import forms_kept
from baocao_web.collecting.models import Round
from baocao_web.collecting.rounds import punctuality
from baocao_web.collecting.rounds.punctuality import Punctuality
from baocao_web.people import recording
from baocao_web.places import office
from tests.web.offices import HERE, THERE, Office, post, signed_in

AREA = "lua_dien_tich:actual"
SCRIPT = "<script>alert(1)</script>"


def days(made: Office, who: str = "tuan", **given: Any) -> Any:
    return signed_in(who).post(f"/rounds/{made.round.pk}/days", {"reason": "Bão", **given})


def now(made: Office) -> Round:
    return Round.objects.get(pk=made.round.pk)


def written(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def type_in(made: Office, unit: str = HERE, who: str = "lan") -> int:
    entry = made.entry(unit)
    answer = post(signed_in(who), f"/forms/{entry.pk}/save", base=entry.version, cells={AREA: str(entry.version + 1)})
    return int(answer.status_code)


def test_each_of_the_three_days_means_its_own(made: Office) -> None:
    today = office.today()
    over, last, lock = today - timedelta(days=2), today, today + timedelta(days=3)
    assert days(made, due_on=written(over), late_on=written(last), locked_on=written(lock)).status_code == 302
    assert (now(made).due_on, now(made).late_on, now(made).locked_on) == (over, last, lock)
    assert type_in(made) == 200, "what is late may still be typed"
    assert punctuality.of_round(made.round.pk)[0].punctuality is Punctuality.MISSING
    post(signed_in("lan"), f"/forms/{made.entry().pk}/submit", version=1)
    assert {one.unit: one.punctuality for one in punctuality.of_round(made.round.pk)} == {
        HERE: Punctuality.LATE,
        THERE: Punctuality.MISSING,
    }
    assert days(made, locked_on=written(today), late_on=written(today - timedelta(days=1))).status_code == 302
    assert type_in(made, THERE, "minh") == 409, "what is locked may not"
    signed_in("tuan").post(f"/forms/{made.entry(THERE).pk}/extend", {"to": written(today), "reason": "Mất điện"})
    assert type_in(made, THERE, "minh") == 200, "one unit was given longer"
    page = signed_in("tuan").get(f"/rounds/{made.round.pk}/").content.decode()
    assert "Mất điện" in page


def test_what_was_moved_stands_in_the_record_with_its_reason(made: Office) -> None:
    due = now(made).due_on
    days(made, due_on=written(due + timedelta(days=1)), reason=SCRIPT)
    line = list(recording.lines(f"round:{made.round.pk}"))[-1]
    assert line.action == "move_days"
    told = json.loads(line.details)
    assert told == {"days": {"due_on": [str(due), str(due + timedelta(days=1))]}, "reason": SCRIPT}
    page = signed_in("tuan").get(f"/rounds/{made.round.pk}/days").content.decode()
    assert SCRIPT not in page
    assert f"hạn nộp {written(due)} → {written(due + timedelta(days=1))}" in page


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"due_on": "mai"}, "mai"),
        ({"due_on": "31/11/2026"}, "31/11/2026"),
        ({"due_on": "01/01/2020"}, "theo thứ tự"),
        ({"locked_on": "01/01/2020"}, "theo thứ tự"),
        ({"late_on": "01/01/2099"}, "theo thứ tự"),
        ({"due_on": "", "reason": " "}, "phải nêu lý do"),
        ({}, "như cũ"),
        ({"act": "close", "reason": ""}, "phải nêu lý do"),
    ],
)
def test_days_that_cannot_be_are_refused_and_nothing_moves(made: Office, given: dict[str, str], told: str) -> None:
    before = (now(made).due_on, now(made).late_on, now(made).locked_on)
    answer = days(made, **given)
    assert answer.status_code == 409
    assert told in answer.content.decode()
    assert (now(made).due_on, now(made).late_on, now(made).locked_on) == before
    assert list(recording.lines(f"round:{made.round.pk}")) == []


@pytest.mark.parametrize("who", ["lan", "hoa", "son", "ngoc", "quan", "minh"])
def test_only_who_opens_rounds_moves_their_days(made: Office, who: str) -> None:
    assert days(made, who, due_on="01/01/2099").status_code == 403
    assert days(made, who, act="close").status_code == 403
    assert signed_in(who).get(f"/rounds/{made.round.pk}/days").status_code == 403
    assert not now(made).is_closed


def test_a_round_is_closed_whatever_its_days_and_opened_again(made: Office) -> None:
    assert type_in(made) == 200
    assert days(made, act="close").status_code == 302
    assert type_in(made) == 409
    assert post(signed_in("lan"), f"/forms/{made.entry().pk}/submit", version=1).status_code == 409
    assert days(made, act="close").status_code == 302, "closed twice is closed"
    assert days(made, act="reopen").status_code == 302
    assert type_in(made) == 200
    acts = [line.action for line in recording.lines(f"round:{made.round.pk}")]
    assert acts == ["close_round", "reopen_round"]
    assert list(recording.faults()) == []


def test_a_round_names_who_passes_its_forms_on(made: Office) -> None:
    client = signed_in("tuan")
    client.post("/rounds/", {"form": made.form.pk, "period": "2026-M11", "step": ["leader", "approver", "reviewer"]})
    assert Round.objects.get(period="2026-M11").steps == ["approver", "leader"], "in their order, who may approve"
    client.post("/rounds/", {"form": made.form.pk, "period": "2026-M12"})
    assert Round.objects.get(period="2026-M12").steps == ["approver", "compiler"]


def test_everybody_begins_with_what_waits_for_him(made: Office) -> None:
    begins = {who: signed_in(who).get("/")["Location"] for who in ("lan", "hoa", "tuan", "son", "ngoc", "quan")}
    assert begins == {
        "lan": "/forms/",
        "hoa": "/forms/",
        "tuan": "/rounds/",
        "son": "/dashboard/",
        "ngoc": "/documents/",
        "quan": "/people/",
    }
    made.round.steps = ["leader"]
    made.round.save()
    forms_kept.forget()
    type_in(made)
    post(signed_in("lan"), f"/forms/{made.entry().pk}/submit", version=1)
    assert signed_in("son").get("/")["Location"] == "/forms/"
    listed = signed_in("son").get("/forms/").content.decode()
    assert "Chờ ông/bà duyệt" in listed
    assert listed.count('<th scope="row">') == 1, "of two forms one waits for him"


def test_a_list_holds_what_concerns_somebody_and_nothing_else(made: Office) -> None:
    assert "Không có biểu nào đang chờ" in signed_in("ngoc").get("/forms/").content.decode()
    assert "Không có biểu nào đang chờ" in signed_in("tuan").get("/forms/").content.decode()
    listed = signed_in("lan").get("/forms/").content.decode()
    assert "Cần nhập và nộp" in listed
    assert "Xã Khe Giấy Mới" not in listed


def test_a_language_is_chosen_for_good(made: Office) -> None:
    client = signed_in("lan")
    assert client.post("/language", {"language": "en"}).status_code == 302
    assert "Submit the form" in client.get(f"/forms/{made.entry().pk}/").content.decode()
    from baocao_web.people.models import User

    user = User.objects.get(username="lan")
    assert user.language == "en"
    client.post("/language", {"language": "xx"})
    user.refresh_from_db()
    assert user.language == "en"
    line = list(recording.lines(f"account:{user.username}"))[-1]
    assert (line.action, json.loads(line.details)) == ("own_language", {"language": "en"})
    assert signed_in("minh").get("/forms/").content.decode().count('lang="vi"')
