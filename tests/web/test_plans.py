"""Targets by authority and decision: typed as officials write them, adjusted by later decisions, never changed."""

from __future__ import annotations

import pytest

from baocao_web.people import recording
from baocao_web.plans import overview
from tests.web.offices import HERE, PROVINCE, THERE, Office, signed_in

DECISION = "12/NQ-HĐND ngày 20/12/2025"
PATH = f"/plans/decision?unit={PROVINCE}&year=2026"


def post(who: str, path: str = PATH, **typed: str) -> object:
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
