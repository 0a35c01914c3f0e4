"""What programs do: the same acts as on the screens, by tokens that reach no further than their owners, each once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis.strategies import decimals

from baocao.showing.grid_files import plain
from baocao_web.api import sparing, tokens
from baocao_web.api.entry_shapes import CellIn, Mark
from baocao_web.api.models import Answered, Token
from baocao_web.api.tokens import Wanted
from baocao_web.collecting.typing import read
from baocao_web.figures import live
from baocao_web.people import recording
from baocao_web.people.models import Grant, User
from tests.web.calls import ROOT, Program
from tests.web.calls import made as token
from tests.web.offices import HERE, PERIOD, PROVINCE, THERE, Office, signed_in

AREA = "lua_dien_tich:actual"
FIGURES = {"lua_dien_tich": "1234.5", "lua_san_luong": "6172.5", "ho_ngheo": "12"}


@pytest.fixture
def entry(made: Office) -> Iterator[int]:
    """The form of one unit, empty and open."""
    live.forget()
    yield made.entry().pk
    live.forget()


def filled(program: Program, entry: int) -> None:
    assert program.save(entry, 0, **FIGURES).status_code == 200


# tokens


def test_a_token_does_what_its_owner_may_and_nothing_else(entry: int, made: Office) -> None:
    lan = Program.of("lan", HERE)
    assert lan.get(f"/entries/{entry}").json()["may"]["save"]
    assert lan.save(entry, 0, lua_dien_tich="5").status_code == 200
    assert lan.post(f"/entries/{entry}/approve", version=1).status_code == 403
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
        assert program.post(f"/entries/{entry}/approve", version=2).status_code == 200
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


@given(value=decimals(min_value=-(10**12) + 1, max_value=10**12 - 1, places=6))
def test_every_figure_that_can_be_kept_is_read_as_it_was_sent(value: Decimal) -> None:
    kept = read(CellIn(value=plain(value)).typed)
    assert kept.fault is None
    assert Decimal(kept.value or "") == value


@pytest.mark.parametrize("mark", Mark)
def test_every_mark_is_read_as_itself(mark: Mark) -> None:
    assert read(CellIn(mark=mark).typed).mark == mark.value


@pytest.mark.parametrize(
    "value",
    ["1e3", "NaN", "Infinity", "1.234,5", "1,5", "", " ", "٣", "0x10", "9" * 41, "1000000000001", "1.0000001", "=1+1"],
)
def test_what_is_no_exact_figure_is_told_at_its_cell(entry: int, made: Office, value: str) -> None:
    answer = Program.of("lan", HERE).save(entry, 0, lua_dien_tich=value, ho_ngheo="3")
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"]
    assert fault["at"] == f"/cells/{AREA}/value"
    assert fault["in"] == "body"
    assert made.cells() == {}


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ('{"version": 0, "cells": {"%s": {"value": 1.5}}}'.replace("%s", AREA), 422),
        ('{"version": 0, "cells": {"%s": {"value": 1e400}}}'.replace("%s", AREA), 422),
        ('{"version": 0, "cells": {"%s": {"value": NaN}}}'.replace("%s", AREA), 400),
        ('{"version": 0, "cells": {"%s": {"value": -Infinity}}}'.replace("%s", AREA), 400),
        ('{"version": 0, "version": 1, "cells": {}}', 400),
        ('{"version": 0, "cells": {"%s": {"value": "\\ud800"}}}'.replace("%s", AREA), 422),
        ('{"version": 0, "cells": {"a\\u0000:actual": {"value": "1"}}}', 422),
        ('{"version": true, "cells": {"%s": {"value": "1"}}}'.replace("%s", AREA), 422),
        ('{"version": 99999999999999999999999, "cells": {"%s": {"value": "1"}}}'.replace("%s", AREA), 422),
        ('{"version": 0, "cells": {"%s": {"value": "1", "more": 1}}}'.replace("%s", AREA), 422),
        ('{"version": 0, "cells": {"khong_co:actual": {"value": "1"}}}', 422),
        ('{"version": 0, "cells": {}}', 422),
        ('{"version": 0}', 422),
        ("[" * 100_000, 400),
        ("{", 400),
        ("null", 422),
        ("", 422),
    ],
)
def test_bodies_that_mean_nothing_are_refused_with_a_reason(entry: int, made: Office, raw: str, status: int) -> None:
    answer = Program.of("lan", HERE).send("PATCH", f"/entries/{entry}/cells", raw=raw)
    assert answer.status_code == status, answer.content.decode()
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told.get("detail") or told["errors"]
    assert made.cells() == {}


def test_a_body_of_another_kind_is_not_guessed_at(entry: int, made: Office) -> None:
    lan = Program.of("lan", HERE)
    path, headers = f"{ROOT}/entries/{entry}/cells", {**lan.headers, "Idempotency-Key": "mot-lan-goi"}
    answer = lan.client.generic("PATCH", path, "version=0", "application/x-www-form-urlencoded", headers=headers)
    assert answer.status_code == 415
    assert "application/json" in answer.json()["detail"]


def test_a_body_in_pieces_is_asked_for_its_length(entry: int) -> None:
    lan = Program.of("lan", HERE)
    lan.headers["Transfer-Encoding"] = "chunked"
    answer = lan.client.generic("PATCH", f"{ROOT}/entries/{entry}/cells", headers=lan.headers)
    assert answer.status_code == 411
    assert "Content-Length" in answer.json()["detail"]


def test_fifty_megabytes_are_refused_before_they_are_read(entry: int) -> None:
    lan = Program.of("lan", HERE)
    answer = lan.send("PATCH", f"/entries/{entry}/cells", raw='{"cells": "' + "x" * 50 * 1024**2 + '"}')
    assert answer.status_code == 413
    assert "50 MB" in answer.json()["detail"] or "51 MB" in answer.json()["detail"]


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
    assert Program.of("hoa", HERE).post(f"/entries/{entry}/approve", "mot-khoa", version=1).status_code == 409


def test_a_call_that_was_refused_may_be_made_again_under_its_key(entry: int) -> None:
    lan = Program.of("lan", HERE)
    assert lan.post(f"/entries/{entry}/submit", "nop-bieu-10", version=0).status_code == 409, "it is empty"
    assert Answered.objects.count() == 0
    filled(lan, entry)
    assert lan.post(f"/entries/{entry}/submit", "nop-bieu-11", version=0).status_code == 409, "another version"
    assert lan.post(f"/entries/{entry}/submit", "nop-bieu-10", version=1).status_code == 200


def test_a_write_names_itself(entry: int) -> None:
    lan = Program.of("lan", HERE)
    for key in ("ngắn", "x", "a" * 81, "có dấu cách"):
        answer = lan.client.post(
            f"{ROOT}/entries/{entry}/submit",
            '{"version": 0}',
            content_type="application/json",
            headers={**lan.headers, "Idempotency-Key": key},
        )
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["at"] == "Idempotency-Key"
    bare = lan.client.post(
        f"{ROOT}/entries/{entry}/submit", '{"version": 0}', content_type="application/json", headers=lan.headers
    )
    assert bare.json()["errors"][0] == {"in": "header", "at": "Idempotency-Key", "detail": "Thiếu trường này."}


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


# lists, languages, what is not there


def test_lists_come_page_by_page_and_a_cursor_is_of_one_question(made: Office) -> None:
    tuan = Program.of("tuan", PROVINCE)
    whole = [one["key"] for one in tuan.get("/units", limit=1000).json()["items"]]
    assert len(whole) > 5
    seen, cursor = [], ""
    while True:
        told = tuan.get("/units", limit=3, **({"cursor": cursor} if cursor else {})).json()
        seen += [one["key"] for one in told["items"]]
        cursor = told["next"]
        if cursor is None:
            break
        kept = cursor
    assert seen == whole == sorted(whole)
    for asked in ({"q": "a", "cursor": kept}, {"cursor": "giả"}, {"cursor": kept + "x"}):
        answer = tuan.get("/units", **asked)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["at"] == "cursor"


def test_units_are_found_without_marks(made: Office) -> None:
    found = Program.of("tuan", PROVINCE).get("/units", q="thuong hoa").json()["items"]
    assert [one["key"] for one in found] == [HERE]


@pytest.mark.parametrize(
    ("path", "at"),
    [("/units?unitt=MH", "unitt"), ("/entries?limit=0", "limit"), ("/entries?limit=9999", "limit"),
     ("/entries?round=99999999999999999999", "round"), ("/entries?unit=KH%00", "unit"), ("/entries?state=mở", "state"),
     ("/targets?unit=MH&year=1", "year"), ("/targets?year=2026", "unit"), ("/units?on=31/12/2025", "on")],
)  # fmt: skip
def test_a_parameter_that_is_wrong_or_unknown_is_told(made: Office, path: str, at: str) -> None:
    answer = Program.of("tuan", PROVINCE).get(path)
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"]
    assert (fault["in"], fault["at"]) == ("query", at)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("GET", "/entries/999", 404), ("GET", "/entries/" + "9" * 30, 422),
     ("GET", "/entries/1.5", 404), ("DELETE", "/units", 405), ("GET", "/entries/999/submit", 405),
     ("GET", "/units/KHÔNG", 404), ("GET", "/units/MHX02@2025-07-01", 403), ("GET", "/../../etc/passwd", 404)],
)  # fmt: skip
def test_what_is_not_there_is_told_as_a_problem(made: Office, method: str, path: str, status: int) -> None:
    lan = Program.of("lan", HERE)
    answer = lan.client.generic(method, ROOT + path, headers=lan.headers)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_problems_are_told_in_the_language_asked_for(made: Office) -> None:
    _, secret = token("lan", HERE)
    said = {}
    for language in ("vi", "en", "fr", "en-GB,en;q=0.8"):
        answer = Program(secret, language).get("/entries?limit=0")
        said[language] = (answer.headers["Content-Language"], answer.json()["errors"][0]["detail"])
        assert "Accept-Language" in answer.headers["Vary"]
    assert said["vi"] == said["fr"] == ("vi", "Phải từ 1 trở lên.")
    assert said["en"] == said["en-GB,en;q=0.8"] == ("en", "This must be 1 or more.")


def test_an_answer_that_is_known_is_not_sent_again(entry: int) -> None:
    lan = Program.of("lan", HERE)
    tag = lan.get(f"/entries/{entry}").headers["ETag"]
    assert lan.get(f"/entries/{entry}", headers={"If-None-Match": tag}).status_code == 304
    filled(lan, entry)
    answer = lan.get(f"/entries/{entry}", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_a_browser_that_signed_in_is_nobody_here(entry: int) -> None:
    client: Client = signed_in("lan")
    answer = client.patch(f"{ROOT}/entries/{entry}/cells", "{}", content_type="application/json")
    assert answer.status_code == 401
    assert "sessionid" not in answer.cookies


def test_figures_have_all_their_digits(entry: int) -> None:
    lan = Program.of("lan", HERE)
    filled(lan, entry)
    lan.post(f"/entries/{entry}/submit", version=1)
    told = lan.get("/figures", indicator="lua_dien_tich", period=PERIOD).json()["items"]
    assert [Decimal(one["value"]) for one in told] == [Decimal("1234.5")]
