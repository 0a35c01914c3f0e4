"""A target given to communes and departments: what each has, the running sum, too much and too little, pasting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from baocao.reference import indicators as reference
from baocao_web.figures.feeding_in import raw
from baocao_web.people import recording
from baocao_web.places import office
from baocao_web.plans import allotting, overview
from baocao_web.plans.assigning import Asked, assign
from baocao_web.plans.subjects import Subject
from demo.province import places
from demo.province.writing import table
from tests.web.offices import HERE, PROVINCE, THERE, Office, person, signed_in

DEPARTMENT = "MHS01"
PATH = f"/plans/allocation/lua_dien_tich?unit={PROVINCE}&year=2026"


@pytest.fixture
def whole(made: Office) -> Office:
    """The province is asked for a thousand hectares by its committee."""
    assign(
        Asked(PROVINCE, 2026, "UBND tỉnh", "9/QĐ-UBND ngày 15/12/2025", lines={"lua_dien_tich": "1.000"}),
        person("tuan"),
    )
    return made


@pytest.fixture
def department(tmp_path: Path) -> Iterator[str]:
    """The map has a department below the province besides its communes."""
    kept = settings.OFFICE_UNITS
    rows = [*places.unit_rows(), (DEPARTMENT, "Sở Nông nghiệp Hư Cấu", "phòng ban", places.PROVINCE, "", "")]
    table(tmp_path / "units.csv", rows)
    settings.OFFICE_UNITS = str(tmp_path / "units.csv")
    office.forget()
    yield DEPARTMENT
    settings.OFFICE_UNITS = kept
    office.forget()


def given(who: str = "tuan", path: str = PATH, **typed: str) -> Any:
    """A decision sent over what stands, as the page sends it; other names than its own are units."""
    digest = allotting.allotment(PROVINCE, 2026, Subject("lua_dien_tich"), typed.get("authority", "UBND tỉnh")).digest
    own = {"authority": "UBND tỉnh", "decision": "10/QĐ-UBND ngày 20/12/2025", "digest": digest, "request": "a-request"}
    return signed_in(who).post(path, own | typed)


def held(unit: str) -> str:
    return ", ".join(overview.compare_words.asked(one).vi for one in overview.held(unit, 2026))


def test_units_are_given_their_parts_by_one_decision(whole: Office) -> None:
    page = signed_in("tuan").get(PATH).content.decode()
    assert "1.000" in page
    assert f'name="u:{HERE}"' in page
    answer = given(**{f"u:{HERE}": "400", f"u:{THERE}": "350,5"})
    assert answer.status_code == 302
    assert (held(HERE), held(THERE)) == ("400", "350,5")
    table_page = signed_in("ngoc").get(f"/plans/allocation?unit={PROVINCE}&year=2026").content.decode()
    assert "còn 249,5 chưa giao" in table_page
    assert [line.action for line in recording.lines(f"plan:{HERE}")] == ["assign"]
    changed = {"decision": "12/QĐ-UBND ngày 15/7/2026", "request": "the-next", f"u:{HERE}": "450"}
    assert given(**changed).status_code == 302
    assert (held(HERE), held(THERE)) == ("450", "350,5"), "a blank leaves a unit as it is"
    assert list(recording.faults()) == []


def test_departments_are_given_parts_as_communes_are(whole: Office, department: str) -> None:
    page = signed_in("tuan").get(PATH).content.decode()
    assert page.index("Xã, phường, đặc khu") < page.index(f"u:{HERE}") < page.index("Sở, phòng, ban")
    assert page.index("Sở, phòng, ban") < page.index(f"u:{department}")
    assert given(**{f"u:{HERE}": "400", f"u:{department}": "600"}).status_code == 302
    sums = allotting.allotment(PROVINCE, 2026, Subject("lua_dien_tich")).sums
    assert sums is not None
    assert (sums.total, sums.difference) == (1000, 0)
    table_page = signed_in("ngoc").get(f"/plans/allocation?unit={PROVINCE}&year=2026").content.decode()
    assert "chưa giao" in table_page, "the other communes have none"


def test_more_than_the_whole_is_given_only_where_it_is_meant(whole: Office) -> None:
    typed = {f"u:{HERE}": "700", f"u:{THERE}": "400"}
    answer = given(**typed)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "cộng lại 1.100, vượt chỉ tiêu chung 1.000" in page
    assert 'value="700"' in page, "what was typed is not lost"
    assert held(HERE) == ""
    assert given(**typed, sure="yes").status_code == 302
    assert "giao vượt 100" in signed_in("tuan").get(f"/plans/allocation?unit={PROVINCE}&year=2026").content.decode()


def test_of_at_least_more_may_be_given_and_of_at_most_less(made: Office) -> None:
    decided = "9/QĐ-UBND ngày 15/12/2025"
    assign(Asked(PROVINCE, 2026, "UBND tỉnh", decided, lines={"lua_dien_tich": "từ 500 trở lên"}), person("tuan"))
    assert given(**{f"u:{HERE}": "700"}).status_code == 302
    assert "vẫn ghi khi vượt" not in signed_in("tuan").get(PATH).content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({f"u:{HERE}": "khoảng 5"}, "khoảng 5"),
        ({f"u:{HERE}": "5 tấn"}, "tính theo ha"),
        ({f"u:{HERE}": "<script>alert(1)</script>"}, "&lt;script&gt;"),
        ({}, "chưa ghi số cho đơn vị nào"),
        ({"u:MHH1": "5"}, "không trực thuộc"),
        ({f"u:{PROVINCE}": "5"}, "không trực thuộc"),
        ({"u:khong-co": "5"}, "không trực thuộc"),
        ({f"u:{HERE}": "5", "decision": "hôm qua"}, "hôm qua"),
        ({f"u:{HERE}": "5", "authority": " "}, "cấp giao"),
        ({f"u:{HERE}": "5", "holds_from": "mai"}, "mai"),
        ({f"u:{HERE}": "5", "digest": "of another table"}, "đã thay đổi"),
    ],
)
def test_what_cannot_be_recorded_is_told_and_nothing_is(whole: Office, typed: dict[str, str], told: str) -> None:
    answer = given(**{f"u:{THERE}": "300"} | typed if typed else typed)
    assert answer.status_code == 409
    assert told in answer.content.decode()
    assert (held(HERE), held(THERE)) == ("", "")


def test_the_same_call_twice_is_done_once_and_stale_ones_are_refused(whole: Office) -> None:
    digest = allotting.allotment(PROVINCE, 2026, Subject("lua_dien_tich"), "UBND tỉnh").digest
    for _ in range(2):
        assert given(digest=digest, **{f"u:{HERE}": "400"}).status_code == 302
    assert len(overview.history(HERE, "lua_dien_tich")) == 1
    stale = given(digest=digest, request="another-one", decision="11/QĐ-UBND ngày 21/12/2025", **{f"u:{HERE}": "500"})
    assert stale.status_code == 409
    assert held(HERE) == "400"
    assert given(request="", **{f"u:{HERE}": "500"}).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("tuan", 302), ("son", 403), ("ngoc", 403), ("lan", 403), ("quan", 403)])
def test_each_role_allocates_what_it_may(whole: Office, who: str, status: int) -> None:
    assert signed_in(who).get(PATH).status_code == (200 if status == 302 else 403)
    assert given(who, **{f"u:{HERE}": "5"}).status_code == status
    assert signed_in(who, enforce_csrf=True).post(PATH, {f"u:{HERE}": "5"}).status_code == 403
    if status == 302:
        assert signed_in(who).get(PATH.replace("lua_dien_tich", "khong_co")).status_code == 404


def test_a_rate_has_no_sum(made: Office) -> None:
    path = PATH.replace("lua_dien_tich", "lua_nang_suat")
    assert "không cộng theo đơn vị" in signed_in("tuan").get(path).content.decode()


def test_numbers_of_a_page_stay_as_they_were_typed(whole: Office) -> None:
    answer = given(**{f"u:{HERE}": "1.2.3", f"u:{THERE}": "300"})
    assert re.search(rf'id="f-{re.escape(HERE)}"', answer.content.decode())
    assert 'value="1.2.3"' in answer.content.decode()


def test_allocations_stand_by_sector_in_the_order_of_the_catalogue(made: Office) -> None:
    lines = {"lua_dien_tich": "400", "dan_trau": "20"}
    asked = Asked(HERE, 2026, "UBND tỉnh", "9/QĐ-UBND ngày 15/12/2025", lines=lines)
    assign(asked, person("tuan"))
    page = signed_in("ngoc").get(f"/plans/allocation?unit={PROVINCE}&year=2026").content.decode()
    body = page[page.index("<tbody>") :]
    listed = office.catalogue()
    names = [listed[code].name.vi for code in ("lua_dien_tich", "dan_trau")]
    sectors = [reference.sectors()[listed[code].sector].vi for code in ("lua_dien_tich", "dan_trau")]
    places = [body.index(f">{words}<") for words in (sectors[0], names[0], sectors[1], names[1])]
    assert places == sorted(places)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_store_is_asked_once_for_all_units_below(whole: Office) -> None:
    asked: list[str] = []
    raw().set_trace_callback(asked.append)
    allotting.allotment(PROVINCE, 2026, Subject("lua_dien_tich"))
    raw().set_trace_callback(None)
    assert sum("FROM target " in statement for statement in asked) == 1
