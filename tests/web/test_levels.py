"""From village to commune to province: each collects from those below, looks at the sums, and submits its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from baocao_web.collecting.models import Entry, Round
from baocao_web.collecting.totals.consolidating import consolidate
from baocao_web.people import recording
from baocao_web.people.models import Grant, User
from baocao_web.places import office
from demo.province import places
from demo.province.writing import table
from tests.web.offices import HERE, THERE, Office, post, signed_in

AREA, OUTPUT, POOR = "lua_dien_tich:actual", "lua_san_luong:actual", "ho_ngheo:actual"
VILLAGES = {"MHT01": "Thôn Nhất", "MHT02": "Thôn Nhị", "MHT03": "Thôn Tam"}
DEPARTMENT = "MHP01"


@pytest.fixture
def levels(made: Office, tmp_path: Path) -> Iterator[Office]:
    """The office where a commune has villages and a department below it, and a compiler of its own."""
    rows = [(code, name, "village", HERE, "2025-07-01", "") for code, name in VILLAGES.items()]
    rows.append((DEPARTMENT, "Phòng Kinh tế", "department", HERE, "2025-07-01", ""))
    kept = settings.OFFICE_UNITS
    table(tmp_path / "units.csv", [*places.unit_rows(), *rows])
    settings.OFFICE_UNITS = str(tmp_path / "units.csv")
    office.forget()
    people = {"van": ("compiler", HERE), "nhat": ("reporter", key("MHT01")), "nhi": ("reporter", key("MHT02"))}
    people |= {"kinhte": ("reporter", key(DEPARTMENT)), "tam": ("reporter", key("MHT03"))}
    for name, (role, unit) in people.items():
        user = User.objects.create_user(name, full_name=f"Trần Hư {name.title()}")
        Grant.objects.create(user=user, role=role, unit=unit)
    yield made
    settings.OFFICE_UNITS = kept
    office.forget()


def key(code: str) -> str:
    return f"{code}@2025-07-01"


def below(made: Office, who: str, **given: Any) -> Any:
    return signed_in(who).post(f"/forms/{made.entry().pk}/below", given)


def opened(made: Office) -> Round:
    assert below(made, "van", act="open").status_code == 302
    return Round.objects.get(owner=HERE)


def told(round_: Round, unit: str, who: str, **cells: str) -> Entry:
    """A unit of the round below types and submits."""
    entry = Entry.objects.get(round=round_, unit=key(unit))
    given = {f"{name}:actual": text for name, text in cells.items()}
    name = f"{who}{entry.version}"
    typed = {"request": f"t{name}", "base": entry.version, "cells": given}
    answer = post(signed_in(who), f"/forms/{entry.pk}/submit", version=entry.version, request=name, typed=typed)
    assert answer.status_code == 200, answer.content
    return entry


def shown(made: Office, who: str = "lan", asked: str = "") -> dict[str, str]:
    """What the page of taking sends back, as a browser would."""
    seen = signed_in(who).get(f"/forms/{made.entry().pk}/below{asked}").content.decode()
    return {name: re.search(f'name="{name}" value="([^"]*)"', seen)[1] for name in ("request", "version", "digest")}  # type: ignore[index]


def test_a_commune_opens_the_same_form_for_those_below_it(levels: Office) -> None:
    page = signed_in("lan").get(f"/forms/{levels.entry().pk}/").content.decode()
    assert "Tổng hợp từ cấp dưới" in page
    assert "Tổng hợp từ cấp dưới" not in signed_in("minh").get(f"/forms/{levels.entry(THERE).pk}/").content.decode()
    assert signed_in("minh").get(f"/forms/{levels.entry(THERE).pk}/below").status_code == 404
    for who in ("lan", "hoa", "son"):
        assert below(levels, who, act="open").status_code == 403, "a compiler opens it"
    made = opened(levels)
    assert (made.form_id, made.period, made.steps) == (levels.form.pk, levels.round.period, ["compiler"])
    assert set(Entry.objects.filter(round=made).values_list("unit", flat=True)) == {
        *(key(code) for code in VILLAGES),
        key(DEPARTMENT),
    }
    assert made.due_on < levels.round.due_on, "those below are due before"
    assert below(levels, "van", act="open").status_code == 409
    assert f"/rounds/{made.pk}/" in signed_in("van").get("/rounds/").content.decode()
    listed = signed_in("tuan").get("/forms/").content.decode() + signed_in("lan").get("/forms/").content.decode()
    assert "Thôn Nhất" not in listed, "those below are looked after by their commune's compiler"
    assert f'"/rounds/{made.pk}/"' not in signed_in("tuan").get("/rounds/").content.decode(), "it is the commune's own"


@pytest.mark.parametrize(("due_on", "said"), [("hôm qua", "hôm qua"), ("01/01/2099", "theo thứ tự")])
def test_a_round_below_with_unsound_days_is_not_opened(levels: Office, due_on: str, said: str) -> None:
    answer = below(levels, "van", act="open", due_on=due_on)
    assert answer.status_code == 409
    assert said in answer.content.decode()
    assert not Round.objects.filter(owner=HERE).exists()


def test_what_those_below_make_is_taken_into_the_own_form_and_submitted(levels: Office) -> None:
    round_ = opened(levels)
    told(round_, "MHT01", "nhat", lua_dien_tich="10,5", lua_san_luong="60")
    told(round_, "MHT02", "nhi", lua_dien_tich="20", ho_ngheo="không phát sinh")
    entry = levels.entry()
    post(signed_in("lan"), f"/forms/{entry.pk}/save", base=0, cells={POOR: "3"})
    page = signed_in("lan").get(f"/forms/{entry.pk}/below").content.decode()
    assert "Chưa nộp: Phòng Kinh tế, Thôn Tam" in page
    assert page.count(" checked") == 2, "what was typed by hand is not taken unasked"
    assert "lệch" in page
    assert below(levels, "lan", cell=[AREA, OUTPUT], **shown(levels)).status_code == 302
    assert {cell: levels.cells()[cell][0] for cell in (AREA, OUTPUT, POOR)} == {AREA: "30.5", OUTPUT: "60", POOR: "3"}
    line = list(recording.lines(entry.stream))[-1]
    assert (line.action, line.by) == ("gather", "lan")
    assert json.loads(line.details)["lacks"][OUTPUT] == [key(DEPARTMENT), key("MHT02"), key("MHT03")]
    history = signed_in("lan").get(f"/forms/{entry.pk}/cells/{OUTPUT}").content.decode()
    assert "Thiếu: Phòng Kinh tế, Thôn Nhị, Thôn Tam" in history
    assert "lấy số tổng hợp của cấp dưới" in history
    assert post(signed_in("lan"), f"/forms/{entry.pk}/submit", version=2).status_code == 200
    total = signed_in("tuan").get(f"/rounds/{levels.round.pk}/total").content.decode()
    assert "còn thiếu cấp dưới" in total
    assert "Phường Thượng Họa (thiếu Phòng Kinh tế, Thôn Tam, Thôn Nhị)" in total
    parts = signed_in("tuan").get(f"/rounds/{levels.round.pk}/cells/{OUTPUT}").content.decode()
    assert f'href="/rounds/{round_.pk}/cells/{OUTPUT}"' in parts
    deeper = signed_in("tuan").get(f"/rounds/{round_.pk}/cells/{OUTPUT}").content.decode()
    assert "Thôn Nhất" in deeper
    village = Entry.objects.get(round=round_, unit=key("MHT01"))
    assert f'href="/forms/{village.pk}/cells/{OUTPUT}"' in deeper, "down to the cell of the village and its history"
    assert signed_in("tuan").get(f"/forms/{village.pk}/cells/{OUTPUT}").status_code == 200
    assert list(recording.faults()) == []


def test_what_moved_since_it_was_shown_is_not_taken(levels: Office) -> None:
    round_ = opened(levels)
    told(round_, "MHT01", "nhat", lua_dien_tich="10")
    seen = shown(levels)
    told(round_, "MHT02", "nhi", lua_dien_tich="20")
    answer = below(levels, "lan", cell=[AREA], **seen)
    assert answer.status_code == 409
    assert "đã thay đổi" in answer.content.decode()
    assert levels.cells() == {}
    seen = shown(levels)
    assert below(levels, "lan", cell=[AREA], **seen).status_code == 302
    assert below(levels, "lan", cell=[AREA], **seen).status_code == 302, "twice is once"
    assert levels.entry().version == 1
    late = {**shown(levels), "version": "0"}
    assert below(levels, "lan", cell=[AREA], **late).status_code == 409, "the own form has changed"


@pytest.mark.parametrize(
    "given",
    [
        {"cell": []},
        {"cell": ["khong_co:actual"]},
        {"cell": ["lua_nang_suat:actual"]},
        {"cell": [POOR]},
        {"cell": [AREA], "version": "x"},
        {"cell": [AREA], "version": "-1"},
        {"cell": [AREA], "request": "y" * 41},
        {"cell": [AREA], "digest": "0" * 64},
        {"cell": ["<script>alert(1)</script>"]},
    ],
)
def test_an_unsound_taking_takes_nothing(levels: Office, given: dict[str, Any]) -> None:
    told(opened(levels), "MHT01", "nhat", lua_dien_tich="10")
    answer = below(levels, "lan", **{**shown(levels), **given})
    assert answer.status_code == 409
    assert "<script>alert" not in answer.content.decode()
    assert levels.cells() == {}
    assert list(recording.lines(levels.entry().stream)) == []


@pytest.mark.parametrize("who", ["nhat", "kinhte", "minh", "son", "ngoc", "quan", "tuan", "van"])
def test_only_who_may_type_takes(levels: Office, who: str) -> None:
    told(opened(levels), "MHT01", "nhat", lua_dien_tich="10")
    answer = below(levels, who, cell=[AREA], **shown(levels))
    assert answer.status_code == 403
    assert levels.cells() == {}
    may_see = who in ("son", "ngoc", "tuan", "van")
    assert signed_in(who).get(f"/forms/{levels.entry().pk}/below").status_code == (200 if may_see else 403)


def test_what_is_not_approved_can_be_hidden(levels: Office) -> None:
    round_ = opened(levels)
    first = told(round_, "MHT01", "nhat", lua_dien_tich="10")
    told(round_, "MHT02", "nhi", lua_dien_tich="20")
    waiting = signed_in("van").get("/forms/").content.decode()
    assert "Thôn Nhất" in waiting
    assert "Thôn Tam" not in waiting
    assert "Thôn Nhất" not in signed_in("tuan").get("/forms/").content.decode(), "the province has its own"
    first.refresh_from_db()
    seen = {"version": 1, "digest": first.digest}
    assert post(signed_in("van"), f"/forms/{first.pk}/approve", **seen).json()["state"] == "approved"
    assert consolidate(round_.pk).sums[AREA].value == Decimal(30)
    approved = consolidate(round_.pk, is_approved_only=True)
    assert approved.sums[AREA].value == Decimal(10)
    assert [one.unit for one in approved.uncounted] == [key(DEPARTMENT), key("MHT02"), key("MHT03")]
    client = signed_in("van")
    page = client.get(f"/rounds/{round_.pk}/total?approved=1").content.decode()
    assert "Chỉ gồm số đã duyệt: 1/4 đơn vị" in page
    assert "Chưa duyệt (3): Phòng Kinh tế, Thôn Nhị, Thôn Tam" in page
    parts = client.get(f"/rounds/{round_.pk}/cells/{AREA}?approved=1").content.decode()
    assert "(chưa tính)" in parts
    assert below(levels, "lan", approved="1", cell=[AREA], **shown(levels, asked="?approved=1")).status_code == 302
    assert levels.cells()[AREA][0] == "10"


def test_a_department_is_waited_for_until_it_told_its_own_part(levels: Office) -> None:
    round_ = opened(levels)
    told(round_, "MHT01", "nhat", lua_dien_tich="10")
    missing = [one.unit for one in consolidate(round_.pk).missing(AREA)]
    assert missing == [key(DEPARTMENT), key("MHT02"), key("MHT03")]
    told(round_, DEPARTMENT, "kinhte", ho_ngheo="7")
    found = consolidate(round_.pk)
    assert [one.unit for one in found.missing(AREA)] == [key("MHT02"), key("MHT03")], "it has nothing to do with rice"
    assert found.sums[POOR].value == Decimal(7)


def test_a_returned_form_takes_into_its_open_cells_alone(levels: Office) -> None:
    told(opened(levels), "MHT01", "nhat", lua_dien_tich="10", lua_san_luong="60")
    entry = levels.entry()
    post(signed_in("lan"), f"/forms/{entry.pk}/save", base=0, cells={AREA: "9", OUTPUT: "50"})
    post(signed_in("lan"), f"/forms/{entry.pk}/submit", version=1)
    assert below(levels, "lan", cell=[AREA], **shown(levels)).status_code == 409, "it is out of hand"
    post(signed_in("hoa"), f"/forms/{entry.pk}/return", version=1, reason="Xem lại", cells=[AREA])
    assert below(levels, "lan", cell=[AREA, OUTPUT], **shown(levels)).status_code == 409
    assert below(levels, "lan", cell=[AREA], **shown(levels)).status_code == 302
    assert {cell: levels.cells()[cell][0] for cell in (AREA, OUTPUT)} == {AREA: "10", OUTPUT: "50"}


def test_a_total_names_what_it_lacks(made: Office) -> None:
    post(signed_in("lan"), f"/forms/{made.entry().pk}/save", base=0, cells={AREA: "100", OUTPUT: "52000"})
    post(signed_in("lan"), f"/forms/{made.entry().pk}/submit", version=1)
    page = signed_in("son").get(f"/rounds/{made.round.pk}/total").content.decode()
    assert "Chưa nộp (1): Xã Khe Giấy Mới" in page
    assert page.count('<td class="missing-names">Xã Khe Giấy Mới</td>') == 3
    assert '<td class="missing-names">Phường Thượng Họa, Xã Khe Giấy Mới</td>' in page
    assert "hợp lý" in page, "what the rules doubt in a sum is told there"
