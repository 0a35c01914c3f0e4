"""From hand to hand: cells returned, what was typed last handed over with the form, many approved at once."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baocao_web.collecting import deciding, forms_kept
from baocao_web.collecting.models import Handover
from baocao_web.people import recording
from baocao_web.places import office
from tests.web.offices import HERE, THERE, Office, post, signed_in

AREA, OUTPUT, POOR = "lua_dien_tich:actual", "lua_san_luong:actual", "ho_ngheo:actual"
SCRIPT = "<script>alert(1)</script>"
STEPS = (("lan", "submit"), ("hoa", "approve"), ("tuan", "approve"))


def path(made: Office, act: str, unit: str = HERE) -> str:
    return f"/forms/{made.entry(unit).pk}/{act}"


def save(made: Office, cells: dict[str, str], base: int, who: str = "lan", **more: Any) -> Any:
    return post(signed_in(who), path(made, "save"), base=base, cells=cells, **more)


def done(made: Office, who: str, act: str, unit: str = HERE, **more: Any) -> Any:
    """An act as our page sends it: of the version, and for approving of the figures, that it shows."""
    entry = made.entry(unit)
    seen = {"digest": entry.digest} if act == "approve" else {}
    return post(signed_in(who), path(made, act, unit), **{"version": entry.version, **seen, **more})


def submitted(made: Office) -> None:
    save(made, {AREA: "10", OUTPUT: "60", POOR: "5"}, 0)
    assert done(made, "lan", "submit").status_code == 200


def page(made: Office, who: str) -> str:
    return signed_in(who).get(path(made, "")).content.decode()


def acts(made: Office, unit: str = HERE) -> list[str]:
    return [line.action for line in recording.lines(made.entry(unit).stream)]


# ---- single cells returned -------------------------------------------------------------------------------------------


def test_of_a_form_whose_cells_were_returned_only_these_are_open(made: Office) -> None:
    submitted(made)
    back = done(made, "hoa", "return", reason="Nhầm đơn vị tính", cells=[OUTPUT])
    assert back.json()["state"] == "returned"
    seen = page(made, "lan")
    assert "Nhầm đơn vị tính" in seen
    assert "Chỉ những ô dưới đây mở để sửa" in seen
    assert f'name="{OUTPUT}"' in seen
    assert seen.count(" data-returned") == 1
    assert seen.count(" readonly") == 2
    answer = save(made, {OUTPUT: "61", AREA: "11"}, 1).json()
    assert answer["taken"] == {OUTPUT: "61"}
    assert answer["closed"] == {AREA: "10"}, "what stands there is told"
    assert made.cells()[AREA][0] == "10"
    last = list(recording.lines(made.entry().stream))[-1]
    assert json.loads(last.details)["closed"] == {AREA: ["11", None, None]}, "what was typed is not lost"
    history = signed_in("lan").get(path(made, f"cells/{AREA}")).content.decode()
    assert "ô không mở để sửa" in history


def test_who_approves_sees_what_became_of_what_was_returned(made: Office) -> None:
    submitted(made)
    done(made, "hoa", "return", reason="Xem lại", cells=[AREA, OUTPUT])
    save(made, {OUTPUT: "61"}, 1)
    done(made, "lan", "submit")
    seen = page(made, "hoa")
    assert "2 ô bị trả lại hoặc đã sửa" in seen
    assert seen.count(">đã sửa<") == 1
    assert seen.count(">giữ nguyên<") == 1
    done(made, "hoa", "approve")
    assert "2 ô bị trả lại hoặc đã sửa" in page(made, "tuan"), "those behind him see it too"
    done(made, "tuan", "approve")
    assert "bị trả lại" not in page(made, "tuan"), "what is approved is approved"


def test_who_decides_sees_what_is_computed_and_what_is_doubted(made: Office) -> None:
    save(made, {AREA: "10", OUTPUT: "600"}, 0)
    done(made, "lan", "submit")
    seen = page(made, "hoa")
    assert 'data-computed="lua_nang_suat:actual"><mark>600</mark><' in seen, "the cell that it is about is marked"
    assert "1 cảnh báo" in seen
    assert "600 nằm ngoài khoảng hợp lý" in seen


def test_a_whole_form_returned_shows_all_that_changed(made: Office) -> None:
    submitted(made)
    done(made, "hoa", "return", reason="Làm lại")
    seen = page(made, "lan")
    assert "Cả biểu mở để sửa" in seen
    assert " readonly" not in seen
    save(made, {AREA: "12", POOR: "chưa có số liệu"}, 1)
    done(made, "lan", "submit")
    assert "2 ô bị trả lại hoặc đã sửa" in page(made, "hoa")


def test_what_was_approved_is_opened_in_single_cells_too(made: Office) -> None:
    submitted(made)
    for who in ("hoa", "tuan"):
        done(made, who, "approve")
    assert done(made, "lan", "correct", reason="sửa", cells=[AREA]).status_code == 403
    assert done(made, "tuan", "correct", reason="Đo lại", cells=[AREA]).json()["state"] == "returned"
    answer = save(made, {AREA: "9", POOR: "6"}, 1).json()
    assert (answer["taken"], answer["closed"]) == ({AREA: "9"}, {POOR: "5"})
    for who, act in STEPS:
        assert done(made, who, act).status_code == 200
    assert Handover.objects.filter(entry=made.entry()).count() == 2, "a correction is a revision"
    assert acts(made) == [
        *("enter", "submit", "approve", "approve", "correct", "enter", "submit", "approve", "approve"),
    ]
    assert list(recording.faults()) == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"cells": ["khong_co:actual"], "reason": "x"}, 409),
        ({"cells": ["lua_nang_suat:actual"], "reason": "x"}, 409),  # computed: nobody types it
        ({"cells": AREA, "reason": "x"}, 409),
        ({"cells": [5], "reason": "x"}, 409),
        ({"cells": [AREA], "reason": ["x"]}, 409),
        ({"cells": [AREA], "reason": "  "}, 409),
        ({"cells": [AREA], "reason": "x", "version": 0}, 409),
        ({"cells": [AREA], "reason": "x", "version": 2}, 409),
        ({"cells": [AREA], "reason": "x", "version": True}, 409),
        ({"cells": [AREA], "reason": "x", "request": ""}, 409),
        ({"cells": [AREA], "reason": "x", "request": "a\x00b"}, 409),
    ],
)
def test_a_return_that_is_unsound_changes_nothing(made: Office, body: dict[str, Any], status: int) -> None:
    submitted(made)
    answer = done(made, "hoa", "return", **body)
    assert answer.status_code == status
    assert answer.json()["refused"]
    assert made.entry().state == "submitted"
    assert acts(made) == ["enter", "submit"]


def test_script_in_a_reason_is_words_everywhere(made: Office) -> None:
    submitted(made)
    done(made, "hoa", "return", reason=SCRIPT, cells=[AREA])
    for who, where in (("lan", ""), ("lan", "history"), ("lan", f"cells/{AREA}"), ("tuan", "")):
        seen = signed_in(who).get(path(made, where)).content.decode()
        assert SCRIPT not in seen
        assert "&lt;script&gt;" in seen


# ---- what comes twice, late, or bare ---------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["save", "submit", "approve", "return", "correct", "remarks"])
@pytest.mark.parametrize("body", ["", "null", "[]", "{", '{"version": 1}', '{"version": 1, "request": 5}', "[" * 9_999])
def test_what_is_no_call_of_ours_is_refused_in_words(made: Office, act: str, body: str) -> None:
    submitted(made)
    answer = signed_in("hoa").post(path(made, act), body, content_type="application/json")
    assert answer.status_code == 409
    assert "tải lại trang" in answer.json()["refused"]


@pytest.mark.parametrize("act", ["save", "submit", "remarks"])
def test_a_paste_that_is_far_too_large_is_refused_in_words(made: Office, act: str) -> None:
    text = "9" * (50 * 1024**2)
    answer = post(signed_in("lan"), path(made, act), base=0, version=0, cells={AREA: text}, cell=AREA, text=text)
    assert answer.status_code == 409
    assert "4 MB" in answer.json()["refused"]
    assert acts(made) == []
    long = save(made, {AREA: "9" * 300_000}, 0).json()
    assert "nhiều nhất là 200" in long["faults"][AREA]
    assert len(made.cells()[AREA][3]) == 200, "one cell keeps what a cell can hold"


@pytest.mark.parametrize(
    "typed_with_it", [None, 5, [], "x", {"base": 0}, {"base": 0, "cells": {AREA: 1}, "request": "t"}]
)
def test_a_form_that_comes_with_something_else_than_what_was_typed_is_refused(made: Office, typed_with_it: Any) -> None:
    save(made, {AREA: "10"}, 0)
    assert done(made, "lan", "submit", typed=typed_with_it).status_code == 409
    assert made.entry().state == "open"


def test_a_form_sent_without_our_script_is_refused_in_words(made: Office) -> None:
    submitted(made)
    answer = signed_in("hoa").post(path(made, "approve"), {"version": "1"})
    assert answer.status_code == 409
    assert made.entry().state == "submitted"


def test_every_act_that_comes_twice_is_done_once_and_answered_alike(made: Office) -> None:
    save(made, {AREA: "10"}, 0, request="s")
    for who, act, more in (
        ("lan", "submit", {}),
        ("hoa", "return", {"reason": "x", "cells": [AREA]}),
        ("lan", "submit", {}),
        ("hoa", "approve", {}),
        ("tuan", "approve", {}),
        ("tuan", "correct", {"reason": "y"}),
    ):
        name = f"r{len(acts(made))}"
        first = done(made, who, act, request=name, **more)
        assert first.status_code == 200, first.content
        before = acts(made)
        assert done(made, who, act, request=name, **more).json() == first.json()
        assert acts(made) == before
    assert save(made, {AREA: "10"}, 0, request="s").json()["version"] == 1, "a save too, wherever the form is now"


def test_a_call_under_the_name_of_another_is_refused(made: Office) -> None:
    save(made, {AREA: "10"}, 0, request="a")
    assert done(made, "lan", "submit", request="a").status_code == 409
    assert done(made, "lan", "submit", request="b").status_code == 200
    assert save(made, {AREA: "11"}, 1, request="b").status_code == 409
    assert acts(made) == ["enter", "submit"]


def test_a_save_that_comes_again_tells_what_others_changed_meanwhile(made: Office) -> None:
    save(made, {AREA: "10", POOR: "5"}, 0, who="hoa")
    first = save(made, {AREA: "11", OUTPUT: "60"}, 0, request="r").json()
    assert first["beside"] == {AREA: "10"}
    assert first["others"] == {POOR: "5"}
    again = save(made, {AREA: "11", OUTPUT: "60"}, 0, request="r").json()
    assert again == first, "an answer that was lost hides nothing"


def test_a_clock_that_is_wrong_changes_nothing(made: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    made.round.locked_on = office.today() + timedelta(days=9)
    made.round.save()
    forms_kept.forget()
    save(made, {AREA: "10"}, 0)
    answer = done(made, "lan", "submit", at="1999-01-01T00:00:00Z", submitted_at="1999-01-01")
    assert answer.status_code == 200
    kept = made.entry().submitted_at
    assert kept is not None
    assert kept.date() >= office.today() - timedelta(days=1), "moments are those of the server"


def test_without_its_token_nothing_is_done(made: Office) -> None:
    submitted(made)
    client = signed_in("hoa", enforce_csrf=True)
    for act in ("save", "submit", "approve", "return", "correct", "remarks"):
        assert post(client, path(made, act), version=1).status_code == 403
    assert client.post("/forms/approve", {"pick": "1.1." + "0" * 64}).status_code == 403
    assert made.entry().state == "submitted"


@pytest.mark.parametrize("key", ["0", "999999", str(2**63), "9" * 400])
def test_keys_that_are_no_forms_are_not_found(made: Office, key: str) -> None:
    client = signed_in("tuan")
    for act in ("", "news", "remarks?cell=x", "history", "below", f"cells/{AREA}"):
        assert client.get(f"/forms/{key}/{act}").status_code == 404
    assert client.get(f"/rounds/{key}/").status_code == 404
    assert post(client, f"/forms/{key}/approve", version=1).status_code in (404, 409)


# ---- what was typed last goes with the form --------------------------------------------------------------------------


def typed(cells: dict[str, str], base: int, name: str = "t") -> dict[str, Any]:
    return {"request": name, "base": base, "cells": cells}


def test_what_was_typed_last_is_handed_over_with_the_form(made: Office) -> None:
    save(made, {AREA: "10", OUTPUT: "60"}, 0)
    answer = done(made, "lan", "submit", typed=typed({OUTPUT: "61"}, 1)).json()
    assert answer["state"] == "submitted"
    assert answer["saved"]["taken"] == {OUTPUT: "61"}
    handed = json.loads(Handover.objects.get().cells)
    assert handed[OUTPUT][0] == "61", "not an older state than the screen"
    assert acts(made) == ["enter", "enter", "submit"]
    again = done(made, "lan", "submit", version=1, request="n", typed=typed({OUTPUT: "61"}, 1))
    assert again.status_code == 409, "it is out of hand"


def test_a_form_that_comes_twice_with_what_was_typed_is_handed_over_once(made: Office) -> None:
    first = done(made, "lan", "submit", request="n", typed=typed({AREA: "10"}, 0))
    second = done(made, "lan", "submit", request="n", version=0, typed=typed({AREA: "10"}, 0))
    assert second.status_code == 200
    assert second.json() == first.json()
    assert Handover.objects.count() == 1
    assert acts(made) == ["enter", "submit"]


@pytest.mark.parametrize(
    ("cells", "told"),
    [({AREA: "12", OUTPUT: "khoảng 3"}, "chưa đọc được"), ({AREA: "77", OUTPUT: "60"}, "không như trên màn hình")],
)
def test_a_form_that_cannot_be_handed_over_keeps_what_was_typed(made: Office, cells: dict[str, str], told: str) -> None:
    save(made, {AREA: "10"}, 0)
    save(made, {AREA: "11"}, 1, who="hoa")
    base = 2 if "khoảng 3" in cells.values() else 1
    answer = done(made, "lan", "submit", typed=typed(cells, base))
    assert answer.status_code == 409
    assert told in answer.json()["refused"]
    assert OUTPUT in answer.json()["saved"]["taken"]
    assert made.entry().state == "open"
    assert made.cells()[OUTPUT][0] or made.cells()[OUTPUT][3], "what was typed is kept"
    assert not Handover.objects.exists()


def test_nobody_hands_over_figures_that_he_has_not_seen(made: Office) -> None:
    save(made, {AREA: "10"}, 0)
    save(made, {POOR: "7"}, 1, who="hoa")
    answer = done(made, "lan", "submit", typed=typed({OUTPUT: "60"}, 1))
    assert answer.status_code == 409
    assert answer.json()["saved"]["others"] == {POOR: "7"}
    answer = done(made, "lan", "submit", typed=typed({OUTPUT: "61"}, answer.json()["saved"]["version"], "t2"))
    assert answer.status_code == 200


def test_who_may_not_type_submits_nothing_typed(made: Office) -> None:
    save(made, {AREA: "10"}, 0)
    for who in ("minh", "tuan", "son", "ngoc", "quan"):
        assert done(made, who, "submit", typed=typed({AREA: "1"}, 1)).status_code == 403
    assert made.cells()[AREA][0] == "10"
    assert acts(made) == ["enter"]


# ---- many approved at once -------------------------------------------------------------------------------------------


def both_wait_for_tuan(made: Office) -> None:
    made.round.steps = ["compiler"]
    made.round.save()
    forms_kept.forget()
    for unit, who, area in ((HERE, "lan", "1234"), (THERE, "minh", "60")):
        post(signed_in(who), path(made, "save", unit), base=0, cells={AREA: area, OUTPUT: str(int(area) * 5)})
        assert done(made, who, "submit", unit).status_code == 200


def picks(made: Office) -> list[str]:
    return [deciding.ready([made.entry(unit).pk])[made.entry(unit).pk].pick for unit in (HERE, THERE)]


def approve_many(who: str, picked: list[str], name: str = "many") -> Any:
    return signed_in(who).post("/forms/approve", {"pick": picked, "request": name, "back": "/rounds/"})


def test_many_forms_are_approved_by_one_click(made: Office) -> None:
    both_wait_for_tuan(made)
    for where in (f"/rounds/{made.round.pk}/", "/forms/"):
        seen = signed_in("tuan").get(where).content.decode()
        assert all(pick in seen for pick in picks(made)), where
    answer = approve_many("tuan", picks(made))
    assert answer.status_code == 200
    assert "Đã duyệt 2 biểu" in answer.content.decode()
    assert {made.entry(unit).state for unit in (HERE, THERE)} == {"approved"}
    for unit in (HERE, THERE):
        last = list(recording.lines(made.entry(unit).stream))[-1]
        assert (last.action, last.by) == ("approve", "tuan")
        assert json.loads(last.details)["digest"] == made.entry(unit).digest
    again = approve_many("tuan", picks(made))
    assert "Đã duyệt 2 biểu" in again.content.decode(), "the same choice sent twice is the same answer"
    assert acts(made) == ["enter", "submit", "approve"]


def test_a_form_that_changed_meanwhile_is_told_and_left(made: Office) -> None:
    both_wait_for_tuan(made)
    seen = picks(made)
    done(made, "tuan", "return", reason="Xem lại")
    save(made, {AREA: "1235"}, 1)
    done(made, "lan", "submit")
    answer = approve_many("tuan", seen).content.decode()
    assert "Đã duyệt 1 biểu" in answer
    assert "biểu đã thay đổi" in answer
    assert "Phường Thượng Họa" in answer
    assert made.entry(HERE).state == "submitted"
    assert made.entry(THERE).state == "approved"


def test_only_the_figures_that_were_seen_are_approved(made: Office) -> None:
    both_wait_for_tuan(made)
    here, there = picks(made)
    entry, version, _ = here.split(".")
    forged = f"{entry}.{version}.{there.split('.')[2]}"
    answer = approve_many("tuan", [forged]).content.decode()
    assert "Đã duyệt 0 biểu" in answer
    assert "không còn là số liệu đã xem" in answer
    assert done(made, "tuan", "approve", digest="0" * 64).status_code == 409
    bare = done(made, "tuan", "approve", digest="")
    assert bare.status_code == 409
    assert "không nêu số liệu đã xem" in bare.json()["refused"]
    assert done(made, "tuan", "approve", digest=made.entry().digest).status_code == 200


@pytest.mark.parametrize("who", ["lan", "hoa", "minh", "ngoc", "quan"])
def test_with_one_form_that_is_not_his_to_approve_nothing_is(made: Office, who: str) -> None:
    both_wait_for_tuan(made)
    assert approve_many(who, picks(made)).status_code == 403
    assert {made.entry(unit).state for unit in (HERE, THERE)} == {"submitted"}
    refused = [line for line in recording.lines() if line.action == "refused"]
    assert [line.by for line in refused] == [who]


def test_a_leader_does_not_approve_before_his_turn(made: Office) -> None:
    both_wait_for_tuan(made)
    answer = approve_many("son", picks(made)).content.decode()
    assert "Đã duyệt 0 biểu" in answer
    assert "không còn chờ ông/bà duyệt" in answer


@pytest.mark.parametrize(
    "picked",
    [
        [],
        ["x"],
        ["1.2"],
        ["1.2.3"],
        [f"{2**80}.1.{'0' * 64}"],
        [f"-1.1.{'0' * 64}"],
        [SCRIPT],
        [f"1.1.{'0' * 64}"] * 501,
    ],
)
def test_a_choice_that_is_unsound_is_refused_in_words(made: Office, picked: list[str]) -> None:
    both_wait_for_tuan(made)
    answer = approve_many("tuan", picked)
    assert answer.status_code == 409
    assert SCRIPT not in answer.content.decode()
    assert {made.entry(unit).state for unit in (HERE, THERE)} == {"submitted"}


def test_a_form_that_there_is_not_was_forged(made: Office) -> None:
    both_wait_for_tuan(made)
    assert approve_many("tuan", [*picks(made), f"987654.1.{'0' * 64}"]).status_code == 403
    assert made.entry().state == "submitted"
    away = signed_in("tuan").post("/forms/approve", {"back": "https://example.org/"})
    assert "example.org" not in away.content.decode(), "the way back leads nowhere else"


def test_forms_without_warnings_are_chosen_together(made: Office) -> None:
    both_wait_for_tuan(made)
    entry = made.entry()
    entry.beside = json.dumps({"lua_dien_tich:last_year": "12.3", "lua_san_luong:last_year": "6170"})
    entry.save()
    deciding.forget()
    found = deciding.ready([entry.pk, made.entry(THERE).pk])
    assert found[entry.pk].doubts == 1
    assert not found[entry.pk].is_clean
    there = found[made.entry(THERE).pk]
    assert there.is_clean
    seen = signed_in("tuan").get(f"/rounds/{made.round.pk}/?pick=clean").content.decode()
    assert seen.count(" checked") == 1
    assert "1 cảnh báo" in seen
    post(signed_in("tuan"), path(made, "remarks", THERE), cell=AREA, text="Sao ít vậy?")
    assert not deciding.ready([there.entry])[there.entry].is_clean, "a question that is open is a finding too"
    post(signed_in("minh"), path(made, "remarks", THERE), cell=AREA, text="Đúng ạ", settled=True)
    assert deciding.ready([there.entry])[there.entry].is_clean


def test_many_statements_do_not_grow_with_the_forms(made: Office) -> None:
    both_wait_for_tuan(made)
    deciding.forget()
    wanted = [made.entry(unit).pk for unit in (HERE, THERE)]
    with CaptureQueriesContext(connection) as asked:
        deciding.ready(wanted)
    assert len(asked) <= 4
    with CaptureQueriesContext(connection) as asked:
        deciding.ready(wanted)
    assert len(asked) == 1, "what was judged is not judged again"
