"""Targets by authority and decision: typed as officials write them, adjusted by later decisions, never changed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from baocao.figures import compare_words
from baocao_web.people import recording
from baocao_web.plans import correcting, overview
from baocao_web.plans.assigning import Asked, assign
from tests.web.offices import HERE, PROVINCE, THERE, Office, person, signed_in

DECISION = "12/NQ-HĐND ngày 20/12/2025"
PATH = f"/plans/decision?unit={PROVINCE}&year=2026"


def post(who: str, path: str = PATH, **typed: str) -> Any:
    given = {"authority": "HĐND tỉnh", "decision": DECISION}
    lines = {
        f"t:{name}" if name not in ("authority", "decision", "holds_from") else name: v for name, v in typed.items()
    }
    return signed_in(who).post(path, given | lines)


def test_targets_are_typed_as_officials_write_them(made: Office) -> None:
    typed = {"lua_dien_tich": "từ 1.250,5 trở lên", "ho_ngheo": "không quá 300", "lua_nang_suat": "48-52"}
    assert post("tuan", **typed).status_code == 302
    found = overview.plan_of(PROVINCE, 2026)
    words = {line.indicator.code: line.given[0].words.vi for _, lines in found.sectors for line in lines}
    assert words["lua_dien_tich"] == "từ 1.250,5 trở lên"
    assert words["lua_nang_suat"] == "48-52"
    assert "300" in words["ho_ngheo"]
    assert [number for _, number, _ in found.decisions] == ["12/NQ-HĐND"]
    page = signed_in("tuan").get(f"/plans/?unit={PROVINCE}&year=2026").content.decode()
    assert "từ 1.250,5 trở lên" in page
    assert "20/12/2025" in page


def test_an_adjustment_supersedes_from_its_day_and_both_are_kept(made: Office) -> None:
    post("tuan", lua_dien_tich="1.000")
    adjusted = {"decision": "5/NQ-HĐND ngày 15/7/2026", "lua_dien_tich": "1.100"}
    assert post("tuan", **adjusted).status_code == 302
    (_, (line,)) = overview.plan_of(PROVINCE, 2026).sectors[0]
    assert line.given[0].words.vi == "1.100"
    page = signed_in("ngoc").get(f"/plans/history/lua_dien_tich?unit={PROVINCE}").content.decode()
    assert page.index("1.100") < page.index("1.000"), "the latest stands first"
    told = [line.action for line in recording.lines(f"plan:{PROVINCE}")]
    assert told == ["assign", "assign"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"lua_dien_tich": "khoảng 5"}, "khoảng 5"),
        ({"lua_dien_tich": "1.000 tấn"}, "tính theo ha"),
        ({"lua_dien_tich": "1.2.3"}, "1.2.3"),
        ({"khong_co": "5"}, "khong_co"),
        ({"authority": " ", "lua_dien_tich": "5"}, "cấp giao"),
        ({"decision": "hôm qua", "lua_dien_tich": "5"}, "hôm qua"),
        ({"decision": "12/NQ-HĐND", "lua_dien_tich": "5"}, "ngày ban hành"),
        ({"decision": "12/NQ-HĐND ngày 31/11/2025", "lua_dien_tich": "5"}, "31/11/2025"),
        ({"holds_from": "mai", "lua_dien_tich": "5"}, "mai"),
        ({}, "chưa ghi chỉ tiêu nào"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_recorded(made: Office, typed: dict[str, str], told: str) -> None:
    answer = post("tuan", ho_ngheo="100", **typed) if typed else post("tuan")
    assert answer.status_code == 409
    assert told in answer.content.decode()
    assert overview.held(PROVINCE, 2026) == ()
    assert list(recording.lines(f"plan:{PROVINCE}")) == []


def test_two_targets_of_one_day_contradict_and_are_refused(made: Office) -> None:
    assert post("tuan", lua_dien_tich="1.000").status_code == 302
    answer = post("tuan", decision="13/NQ-HĐND ngày 20/12/2025", lua_dien_tich="1.001")
    assert answer.status_code == 409
    assert len(overview.held(PROVINCE, 2026)) == 1


def test_the_same_decision_typed_twice_is_recorded_once(made: Office) -> None:
    for _ in range(2):
        assert post("tuan", lua_dien_tich="1.000").status_code == 302
    assert len(overview.history(PROVINCE, "lua_dien_tich")) == 1


@pytest.mark.parametrize(
    ("who", "sees", "assigns"),
    [("tuan", 200, 200), ("son", 200, 403), ("ngoc", 200, 403), ("lan", 403, 403), ("quan", 403, 403)],
)
def test_each_role_sees_and_assigns_what_it_may(made: Office, who: str, sees: int, assigns: int) -> None:
    client = signed_in(who)
    for path in (
        f"/plans/?unit={PROVINCE}",
        f"/plans/allocation?unit={PROVINCE}",
        f"/plans/history/ho_ngheo?unit={PROVINCE}",
    ):
        assert client.get(path).status_code == sees, path
    assert client.get(PATH).status_code == assigns
    assert post(who, lua_dien_tich="5").status_code == (302 if assigns == 200 else 403)
    assert client.get("/plans/?unit=KHONGCO").status_code == 404


def test_what_units_were_given_is_set_against_the_whole(made: Office) -> None:
    post("tuan", lua_dien_tich="1.000")
    for unit, figure in ((HERE, "400"), (THERE, "350")):
        assert post("tuan", f"/plans/decision?unit={unit}&year=2026", lua_dien_tich=figure).status_code == 302
    page = signed_in("tuan").get(f"/plans/allocation?unit={PROVINCE}&year=2026").content.decode()
    assert "còn 250 chưa giao" in page
    assert signed_in("lan").get(f"/plans/?unit={HERE}&year=2026").status_code == 200


def history(**typed: str) -> Any:
    path = f"/plans/history/lua_dien_tich?unit={PROVINCE}"
    if not typed:
        return signed_in("tuan").get(path)
    given = {"line": line_of(), "request": "some-request", "words": "9.300", "reason": "gõ thiếu một số 0"}
    return signed_in(typed.pop("who", "tuan")).post(path, given | typed)


def line_of() -> str:
    (one,) = overview.held(PROVINCE, 2026)
    return correcting.name_of(one)


def test_a_mistyped_target_is_put_right_with_a_reason_and_kept(made: Office) -> None:
    assert post("tuan", lua_dien_tich="930").status_code == 302
    refused = post("tuan", lua_dien_tich="9.310").content.decode()
    assert "đã lưu “930”" in refused
    assert "MH:lua" not in refused
    assert "/plans/history/lua_dien_tich" in refused
    for wrong in ({"reason": " "}, {"words": "khoảng 9"}, {"words": "930"}, {"line": "00"}):
        assert history(**wrong).status_code == 409, wrong
    assert history(who="son").status_code == 403
    assert history(who="tuan", words="9.300").status_code == 302
    assert history(line="00").status_code == 302, "the same call is done once"
    assert [compare_words.asked(one).vi for one in overview.held(PROVINCE, 2026)] == ["9.300"]
    page = history().content.decode()
    assert "<s>930</s> → 9.300 (gõ thiếu một số 0)" in page
    assert "Nguyễn Hư Tuan" in page
    last = list(recording.lines(f"plan:{PROVINCE}"))[-1]
    assert (last.action, last.by) == ("assign_corrected", "tuan")
    assert json.loads(last.details)["before"] == "930"


def test_a_target_off_by_a_power_of_ten_is_asked_about_and_never_refused(made: Office) -> None:
    before = f"/plans/decision?unit={PROVINCE}&year=2025"
    assert post("tuan", before, decision="1/NQ-HĐND ngày 20/12/2024", lua_dien_tich="9.100").status_code == 302
    asked = post("tuan", lua_dien_tich="930")
    assert asked.status_code == 409
    page = asked.content.decode()
    assert "chỉ bằng khoảng 1/10 của 9.100 (HĐND tỉnh giao năm 2025)" in page
    assert 'name="sure" value="lua_dien_tich=930"' in page
    assert overview.held(PROVINCE, 2026) == ()
    client = signed_in("tuan")
    given = {"authority": "HĐND tỉnh", "decision": DECISION, "t:lua_dien_tich": "931", "sure": "lua_dien_tich=930"}
    assert client.post(PATH, given).status_code == 409, "another figure than the one that was confirmed"
    assert client.post(PATH, given | {"sure": "lua_dien_tich=931"}).status_code == 302
    theirs = {"authority": "UBND tỉnh", "decision": "9/QĐ-UBND ngày 25/12/2025", "lua_dien_tich": "930.000"}
    assert "gấp khoảng 1.000 lần 931 (HĐND tỉnh giao năm 2026)" in post("tuan", **theirs).content.decode()
    sent = {**given, **theirs, "t:lua_dien_tich": "930.000", "sure": "lua_dien_tich=930.000"}
    assert client.post(PATH, sent).status_code == 302


def test_what_holds_stands_beside_each_box_and_heads_have_none(made: Office) -> None:
    post("tuan", lua_dien_tich="1.000")
    page = signed_in("tuan").get(PATH).content.decode()
    assert "đang giao: 1.000 (HĐND tỉnh)" in page
    assert 'name="t:ct02_co_cau"' not in page
    assert 'name="t:lua_nang_suat"' in page
    answer = post("tuan", decision="13/NQ-HĐND ngày 15/7/2026", lua_dien_tich="1.2.3").content.decode()
    assert '<a href="#t-lua_dien_tich">Diện tích' in answer
    assert answer.count(" autofocus") == 1


def test_nobody_assigns_by_the_action_itself_what_he_may_not(made: Office) -> None:
    asked = Asked(PROVINCE, 2026, "HĐND", DECISION, lines={"lua_dien_tich": "5"})
    with pytest.raises(PermissionDenied):
        assign(asked, person("lan"))
    assert [assign(asked, person("tuan"), "a-call-of-its-own") for _ in range(2)] == [1, 1]
    assert len(list(recording.lines(f"plan:{PROVINCE}"))) == 1
