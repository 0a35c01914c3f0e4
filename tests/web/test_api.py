"""What programs do: the same acts as on the screens, by tokens that reach no further than their owners, each once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from baocao_web.api import sparing, tokens
from baocao_web.api.models import Answered, Token
from baocao_web.api.tokens import Wanted
from baocao_web.figures import live
from baocao_web.people import recording
from baocao_web.people.models import Grant, User
from tests.web.calls import AREA, Program, filled
from tests.web.calls import made as token
from tests.web.offices import HERE, PERIOD, PROVINCE, THERE, Office, signed_in


@pytest.fixture
def entry(made: Office) -> Iterator[int]:
    """The form of one unit, empty and open."""
    live.forget()
    yield made.entry().pk
    live.forget()


# tokens


def test_a_token_does_what_its_owner_may_and_nothing_else(entry: int, made: Office) -> None:
    lan = Program.of("lan", HERE)
    assert lan.get(f"/entries/{entry}").json()["may"]["save"]
    assert lan.save(entry, 0, lua_dien_tich="5").status_code == 200
    assert lan.post(f"/entries/{entry}/approve", version=1, digest="0" * 64).status_code == 403
    other = made.entry(THERE).pk
    assert lan.get(f"/entries/{other}").status_code == 403
    assert lan.save(other, 0, lua_dien_tich="5").status_code == 403
    assert made.cells(THERE) == {}
    refused = [json.loads(line.details) for line in recording.lines("refused:lan")]
    assert [one["token"] for one in refused] == ["phần mềm"] * len(refused)
    assert {one["page"] for one in refused} == {"api_approve", "api_entry", "api_save"}


def test_a_token_of_one_unit_and_role_leaves_the_rest_of_its_owners_rights_out(entry: int, made: Office) -> None:
    tuan = User.objects.get(username="tuan")
    _, secret = tokens.make(tuan, tuan, Wanted("số liệu phường", HERE, ["compiler"], 30))
    program = Program(secret)
    assert program.get("/units").json()["items"][0]["key"] == HERE
    assert len(program.get("/units").json()["items"]) == 1
    assert program.get(f"/entries/{made.entry(THERE).pk}").status_code == 403
    assert program.get("/rounds/1/consolidated").status_code == 403, "the round is the province's"
    assert program.save(entry, 0, lua_dien_tich="5").status_code == 403, "this token only reads"


def test_what_its_owner_loses_a_token_loses_at_once(entry: int, made: Office) -> None:
    lan = Program.of("lan", HERE)
    Grant.objects.filter(user__username="lan").delete()
    assert lan.get(f"/entries/{entry}").status_code == 403
    assert lan.get("/entries").status_code == 403
    User.objects.filter(username="lan").update(is_active=False)
    assert lan.get("/me").status_code == 401


@pytest.mark.parametrize("how", ["revoked", "over", "unknown", "none", "basic", "cookie"])
def test_without_a_token_in_force_nothing_opens(entry: int, how: str) -> None:
    one, secret = token("lan", HERE)
    program = Program(secret)
    if how == "revoked":
        lan = User.objects.get(username="lan")
        tokens.revoke(lan, lan, one.pk)
    elif how == "over":
        Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif how == "cookie":
        program.client, program.headers = signed_in("lan"), {}
    else:
        program.headers["Authorization"] = {"unknown": "Bearer bc_ô", "none": "", "basic": f"Basic {secret}"}[how]
    answer = program.get(f"/entries/{entry}")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not answer.cookies


def test_a_secret_is_shown_once_and_only_its_digest_is_kept(made: Office) -> None:
    page = signed_in("lan").post("/access/", {"name": "một cửa", "unit": HERE, "role": "reporter", "days": "90"})
    assert page.status_code == 200
    one = Token.objects.get()
    secret = page.content.decode().split('class="secret">')[1].split("<")[0]
    assert tokens.caller_of(secret) is not None
    assert secret not in signed_in("lan").get("/access/").content.decode()
    kept = [str(value) for value in Token.objects.filter(pk=one.pk).values_list()[0]]
    assert all(secret not in value for value in kept)
    told = [line for line in recording.lines("account:lan") if line.action == "token_made"]
    assert secret not in told[0].details
    assert signed_in("lan").post(f"/access/accounts/{one.user_id}/{one.pk}/revoke").status_code == 302
    assert tokens.caller_of(secret) is None
    assert [line.action for line in recording.lines("account:lan")] == ["token_made", "token_revoked"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": " "}, "Chưa ghi tên"),
        ({"role": ""}, "Chưa chọn vai trò"),
        ({"role": "administrator"}, "Chưa chọn vai trò"),
        ({"role": "compiler"}, "không có vai trò này"),
        ({"unit": THERE}, "không có đơn vị nào"),
        ({"unit": PROVINCE}, "không có đơn vị nào"),
        ({"days": "9999"}, "thời hạn"),
        ({"name": "đã có"}, "đã có mã tên"),
    ],
)
def test_no_token_reaches_beyond_its_owner(made: Office, typed: dict[str, str], told: str) -> None:
    token("lan", HERE, called="đã có")
    given = {"name": "x", "unit": HERE, "role": "reporter", "days": "30", **typed}
    page = signed_in("lan").post("/access/", given)
    assert page.status_code == 409
    assert told.casefold() in page.content.decode().casefold()
    assert Token.objects.count() == 1


def test_an_administrator_makes_tokens_for_accounts_that_he_looks_after(made: Office) -> None:
    lan, quan = (User.objects.get(username=name) for name in ("lan", "quan"))
    given = {"name": "kho", "unit": HERE, "role": "reporter", "days": "30"}
    assert signed_in("quan").post(f"/access/accounts/{lan.pk}/", given).status_code == 200
    assert Token.objects.get().made_by == "quan"
    assert signed_in("hoa").get(f"/access/accounts/{lan.pk}/").status_code == 403
    assert signed_in("lan").post(f"/access/accounts/{quan.pk}/", given).status_code == 403
    assert signed_in("hoa").post(f"/access/accounts/{lan.pk}/{Token.objects.get().pk}/revoke").status_code == 403
    assert tokens.Token.objects.get().revoked_at is None


def test_an_administrator_sees_all_tokens_in_force_and_stops_one_at_once(made: Office) -> None:
    one, secret = token("lan", HERE, called="kho số liệu")
    gone, _ = token("minh", THERE, called="đã thôi")
    Token.objects.filter(pk=gone.pk).update(expires_at=timezone.now())
    page = signed_in("quan").get("/access/office/").content.decode()
    assert "kho số liệu" in page
    assert "đã thôi" not in page
    assert secret not in page
    for who in ("lan", "tuan", "son"):
        assert signed_in(who).get("/access/office/").status_code == 403
    assert signed_in("quan").post(f"/access/accounts/{one.user_id}/{one.pk}/revoke").status_code == 302
    assert Program(secret).get("/me").status_code == 401
    assert Token.objects.get(pk=one.pk).revoked_by == "quan"


def test_calls_are_counted_across_processes(made: Office, settings_calls: int) -> None:
    lan = Program.of("lan", HERE)
    seen = []
    for number in range(settings_calls + 3):
        if number == 3:
            sparing.forget()  # as another process would begin
        seen.append(lan.get("/me").status_code)
    assert seen.count(200) <= settings_calls
    last = lan.get("/me")
    assert last.status_code == 429
    assert 0 < int(last.headers["Retry-After"]) <= 60
    assert Token.objects.get().last_used_at is not None


@pytest.fixture
def settings_calls(monkeypatch: pytest.MonkeyPatch) -> int:
    from django.conf import settings

    monkeypatch.setattr(settings, "API_CALLS", 7)
    return 7


# saving and passing on


def test_a_form_goes_from_saving_to_the_consolidated_form(entry: int, made: Office) -> None:
    lan, hoa, tuan = (Program.of(name, unit) for name, unit in (("lan", HERE), ("hoa", HERE), ("tuan", PROVINCE)))
    filled(lan, entry)
    told = {cell["cell"]: cell for cell in lan.get(f"/entries/{entry}").json()["cells"]}
    assert told[AREA]["value"] == "1234.5"
    assert told[AREA]["version"] == 1
    assert told[AREA]["period"] == PERIOD
    assert told["lua_nang_suat:actual"] == {**told["lua_nang_suat:actual"], "use": "computed", "value": "50"}
    assert lan.post(f"/entries/{entry}/submit", version=1).json() == {"state": "submitted", "step": 0, "version": 1}
    seen = hoa.get(f"/entries/{entry}").json()
    answer = hoa.post(f"/entries/{entry}/approve", version=1, digest=seen["digest"])
    assert answer.json()["step"] == 1
    back = tuan.post(f"/entries/{entry}/return", version=1, reason="Sai đơn vị tính", cells=[AREA])
    assert back.json()["state"] == "returned"
    assert lan.save(entry, 1, lua_dien_tich="1235").status_code == 200
    assert lan.post(f"/entries/{entry}/submit", version=2).status_code == 200
    for program in (hoa, tuan):
        seen = program.get(f"/entries/{entry}").json()
        assert program.post(f"/entries/{entry}/approve", version=2, digest=seen["digest"]).status_code == 200
    assert tuan.get(f"/entries/{entry}").json()["state"] == "approved"
    total = tuan.get("/rounds/1/consolidated").json()
    area = next(cell for cell in total["cells"] if cell["cell"] == AREA)
    assert (area["value"], area["told"], area["missing"]) == ("1235", 1, [THERE])
    acts = [(line.action, line.by, json.loads(line.details).get("token")) for line in recording.lines(f"entry:{entry}")]
    assert [act for act, _, _ in acts] == [
        "enter", "submit", "approve", "return", "enter", "submit", "approve", "approve"
    ]  # fmt: skip
    assert {(by, name) for _, by, name in acts} == {(by, "phần mềm") for by in ("lan", "hoa", "tuan")}
    assert list(recording.faults()) == []
    history = lan.get(f"/entries/{entry}/history").json()["items"]
    assert any(one["words"] == "Sai đơn vị tính" for one in history)


def test_a_cell_that_another_changed_is_told_with_both_values_and_nothing_is_saved(entry: int, made: Office) -> None:
    lan = Program.of("lan", HERE)
    filled(lan, entry)
    answer = lan.save(entry, 0, lua_dien_tich="7", ho_ngheo="13")
    assert answer.status_code == 409
    told = answer.json()
    assert told["type"] == "urn:baocao:problem:cells-changed"
    by_cell = {one["cell"]: (one["yours"]["value"], one["theirs"]["value"]) for one in told["conflicts"]}
    assert by_cell == {AREA: ("7", "1234.5"), "ho_ngheo:actual": ("13", "12")}
    assert made.cells()[AREA][0] == "1234.5"
    assert made.entry().version == 1
    assert len(list(recording.lines(f"entry:{entry}"))) == 1


def test_marks_and_emptying(entry: int, made: Office) -> None:
    lan = Program.of("lan", HERE)
    assert (
        lan.save(entry, 0, lua_dien_tich={"mark": "not_available"}, ho_ngheo={"mark": "none_occurred"}).status_code
        == 200
    )
    assert made.cells()[AREA][:2] == [None, "not_available"]
    assert lan.save(entry, 1, lua_dien_tich=None).status_code == 200
    assert made.cells()[AREA][:2] == [None, None]
    assert lan.save(entry, 2, ho_ngheo={"value": "1", "mark": "not_rated"}).status_code == 422


@pytest.mark.parametrize("value", ["0", "0.000001", "-5.25", "999999999999", "1000000", "1234567.891"])
def test_a_figure_stays_exactly_what_was_sent(entry: int, value: str) -> None:
    lan = Program.of("lan", HERE)
    assert lan.save(entry, 0, lua_dien_tich=value).status_code == 200
    cell = next(one for one in lan.get(f"/entries/{entry}").json()["cells"] if one["cell"] == AREA)
    assert cell["value"] == value


def test_a_call_that_comes_twice_is_done_once(entry: int, made: Office) -> None:
    lan = Program.of("lan", HERE)
    first, again = (
        lan.save(entry, 0, "lần-gọi-1".replace("ầ", "a").replace("ọ", "o"), lua_dien_tich="5") for _ in range(2)
    )
    assert first.content == again.content
    assert again.headers["Idempotency-Replayed"] == "true"
    assert made.entry().version == 1
    assert len(list(recording.lines(f"entry:{entry}"))) == 1


def test_a_key_is_of_one_call_alone(entry: int, made: Office) -> None:
    lan = Program.of("lan", HERE)
    assert lan.save(entry, 0, "mot-khoa", lua_dien_tich="5").status_code == 200
    for answer in (
        lan.save(entry, 1, "mot-khoa", lua_dien_tich="6"),
        lan.post(f"/entries/{entry}/submit", "mot-khoa", version=1),
    ):
        assert answer.status_code == 422
        assert answer.json()["type"] == "urn:baocao:problem:key-reused"
    assert made.cells()[AREA][0] == "5"
    assert made.entry().state == "open"
    approving = {"version": 1, "digest": "0" * 64}
    assert Program.of("hoa", HERE).post(f"/entries/{entry}/approve", "mot-khoa", **approving).status_code == 409


def test_a_call_that_was_refused_may_be_made_again_under_its_key(entry: int) -> None:
    lan = Program.of("lan", HERE)
    assert lan.post(f"/entries/{entry}/submit", "nop-bieu-10", version=0).status_code == 409, "it is empty"
    assert Answered.objects.count() == 0
    filled(lan, entry)
    assert lan.post(f"/entries/{entry}/submit", "nop-bieu-11", version=0).status_code == 409, "another version"
    assert lan.post(f"/entries/{entry}/submit", "nop-bieu-10", version=1).status_code == 200


def test_script_in_words_stays_words(entry: int) -> None:
    lan, hoa = Program.of("lan", HERE), Program.of("hoa", HERE)
    filled(lan, entry)
    lan.post(f"/entries/{entry}/submit", version=1)
    script = "<script>alert(1)</script> {{ 7*7 }} =cmd|' /C calc'!A0"
    assert hoa.post(f"/entries/{entry}/return", version=1, reason=script).status_code == 200
    assert lan.get(f"/entries/{entry}/history").json()["items"][0]["words"] == script
    page = signed_in("lan").get(f"/forms/{entry}/history").content.decode()
    assert "<script>alert" not in page


# targets


def test_targets_are_assigned_line_by_line_or_not_at_all(made: Office) -> None:
    tuan = Program.of("tuan", PROVINCE)
    given = {"unit": PROVINCE, "year": 2026, "authority": "HĐND tỉnh", "decision": "12/NQ-HĐND ngày 20/12/2025"}
    wrong = tuan.post("/targets", **given, targets={"ho_ngheo": "không quá 300", "lua_dien_tich": "khoảng"})
    assert wrong.status_code == 422
    assert [fault["at"] for fault in wrong.json()["errors"]] == ["/targets/lua_dien_tich"]
    answer = tuan.post(
        "/targets", **given, targets={"ho_ngheo": "không quá 300", "lua_dien_tich": "từ 1.250,5 trở lên"}
    )
    assert answer.json() == {"new": 2}
    told = {one["indicator"]: one for one in tuan.get("/targets", unit=PROVINCE, year=2026).json()["items"]}
    assert told["lua_dien_tich"]["low"] == "1250.5"
    assert told["lua_dien_tich"]["kind"] == "at_least"
    assert told["ho_ngheo"]["kind"] == "at_most"
    line = list(recording.lines(f"plan:{PROVINCE}"))[-1]
    assert json.loads(line.details)["token"] == "phần mềm"
    son = Program.of("son", PROVINCE)
    assert son.post("/targets", **given, targets={"ho_ngheo": "5"}).status_code == 403
    assert tuan.post("/targets", **{**given, "unit": "KHÔNG"}, targets={"ho_ngheo": "5"}).status_code == 422
