"""What programs send that means nothing, or asks for what is not there: refused in words, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis.strategies import decimals

from baocao.showing.grid_files import plain
from baocao_web.api.entry_shapes import CellIn, Mark
from baocao_web.collecting.typing import read
from baocao_web.figures import live
from tests.web.calls import AREA, ROOT, Program, filled
from tests.web.calls import made as token
from tests.web.offices import HERE, PERIOD, PROVINCE, Office, signed_in


@pytest.fixture
def entry(made: Office) -> Iterator[int]:
    """The form of one unit, empty and open."""
    live.forget()
    yield made.entry().pk
    live.forget()


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
     ("/entries?round=99999999999999999999", "round"), ("/entries?unit=KH", "unit"), ("/entries?state=mở", "state"),
     ("/targets?unit=MH&year=1", "year"), ("/targets?year=2026", "unit"), ("/units?on=31/12/2025", "on")],
)  # fmt: skip
def test_a_parameter_that_is_wrong_or_unknown_is_told(made: Office, path: str, at: str) -> None:
    answer = Program.of("tuan", PROVINCE).get(path)
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"]
    assert (fault["in"], fault["at"]) == ("query", at)


def test_a_sign_that_no_database_holds_is_a_call_that_cannot_be_read(made: Office) -> None:
    answer = Program.of("tuan", PROVINCE).get("/entries?unit=KH%00")
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:baocao:problem:malformed")


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
