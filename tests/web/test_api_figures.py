"""Figures and structures as programs read them: exact, in three views of units, as JSON, CSV and SDMX messages."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from baocao.figures import store, store_targets
from baocao.model.observation import Address, NoValue, Observation, Origin, OriginKind, Scenario
from baocao.model.period import Period
from baocao.model.target import Decision, Target, TargetKind
from baocao_web.api.sdmx_data import CSV, JSON
from baocao_web.api.sdmx_lists import codes_of
from baocao_web.api.sdmx_names import DIMENSIONS
from baocao_web.api.sdmx_structures import STRUCTURES
from baocao_web.figures import live
from baocao_web.figures.feeding_in import raw
from tests.web.calls import Program
from tests.web.offices import HERE, PROVINCE, THERE, Office

OLD = ("MHC01", "MHC02")  # became parts of HERE
MONTH, YEAR = Period.part(2026, "M", 10), Period.part(2026)
AT, ORIGIN = datetime(2026, 10, 2, tzinfo=UTC), Origin(OriginKind.FILE_CELL, "0f#B7")
ASKED = {"indicator": ["lua_dien_tich", "ho_ngheo"], "period": "2026-M10"}


def told(unit: str, code: str, period: Period, value: str | None, scenario: Scenario = Scenario.ACTUAL) -> Observation:
    mark = NoValue.NOT_AVAILABLE if value is None else None
    address = Address(unit, code, period, scenario)
    return Observation(address, None if value is None else Decimal(value), ORIGIN, AT, "lan", mark)


@pytest.fixture
def figures(made: Office) -> Iterator[Office]:
    """Results and estimates of two communes, one figure that is missing, and a range asked for by two authorities."""
    live.forget()
    given = [
        told(HERE, "lua_dien_tich", MONTH, "0.1"),
        told(THERE, "lua_dien_tich", MONTH, "1234567.000001"),
        told(HERE, "ho_ngheo", MONTH, None),
        told(THERE, "ho_ngheo", MONTH, "-7"),
        told(HERE, "lua_dien_tich", YEAR, "15.50", Scenario.ESTIMATE),
        *(told(unit, "lua_dien_tich", Period.part(2025, "M", 3), value) for unit, value in zip(OLD, "12", strict=True)),
    ]
    asked = Address(PROVINCE, "lua_dien_tich", YEAR, Scenario.TARGET, "HĐND tỉnh")
    other = Address(PROVINCE, "lua_dien_tich", YEAR, Scenario.TARGET, "=UBND tỉnh")
    decision = Decision("12/NQ-HĐND", date(2026, 1, 5))
    targets = [
        Target(asked, TargetKind.RANGE, decision, date(2026, 1, 5), Decimal("16"), Decimal("32.5")),
        Target(other, TargetKind.AT_LEAST, decision, date(2026, 1, 5), Decimal("400")),
    ]
    with transaction.atomic():
        store.record(raw(), given)
        store_targets.record_targets(raw(), targets, AT, "son")
    yield made
    live.forget()


def by_place(program: Program, **asked: Any) -> dict[tuple[str, str], dict[str, Any]]:
    answer = program.get("/figures", **{**ASKED, **asked})
    assert answer.status_code == 200, answer.content.decode()
    return {(one["unit"], one["indicator"]): one for one in answer.json()["items"]}


def test_figures_are_exact_and_tell_who_stands_behind_them(figures: Office) -> None:
    son = Program.of("son", PROVINCE)
    found = by_place(son, unit=[PROVINCE, HERE, THERE])
    assert found[HERE, "lua_dien_tich"]["value"] == "0.1"
    assert found[THERE, "lua_dien_tich"]["value"] == "1234567.000001"
    whole = found[PROVINCE, "lua_dien_tich"]
    assert whole["value"] == "1234567.100001"
    assert whole["reporting"] == 2
    assert whole["expected"] > 2
    assert not whole["is_stated"]
    assert (found[HERE, "ho_ngheo"]["value"], found[HERE, "ho_ngheo"]["mark"]) == (None, "not_available")
    below = by_place(son, children="true")
    assert {unit for unit, _ in below} == {PROVINCE, HERE, THERE}


def test_the_three_views_of_units(figures: Office) -> None:
    son = Program.of("son", PROVINCE)
    asked = {"indicator": "lua_dien_tich", "period": "2025-M03"}
    was = by_place(son, **asked, unit=[*OLD, HERE])
    assert {unit: one["value"] for (unit, _), one in was.items()} == dict(zip(OLD, "12", strict=True))
    now = by_place(son, **asked, unit=[*OLD, HERE], view="today")
    assert now[HERE, "lua_dien_tich"]["value"] == "3"
    recast = by_place(son, **asked, unit=HERE, view="recast")
    assert recast[HERE, "lua_dien_tich"]["value"] == "3"
    assert by_place(son, **asked, unit=PROVINCE, view="recast")[PROVINCE, "lua_dien_tich"]["value"] == "3"


def test_scenarios_and_authorities(figures: Office) -> None:
    son = Program.of("son", PROVINCE)
    asked = {"indicator": "lua_dien_tich", "period": "2026"}
    estimate = by_place(son, **asked, unit=HERE, scenario="estimate")
    assert estimate[HERE, "lua_dien_tich"]["value"] == "15.5"
    targets = son.get("/figures", **asked, unit=PROVINCE, scenario="target").json()["items"]
    assert [(one["authority"], one["value"], one["upper"], one["kind"]) for one in targets] == [
        ("=UBND tỉnh", "400", None, "at_least"),
        ("HĐND tỉnh", "16", "32.5", "range"),
    ]
    only = son.get("/figures", **asked, unit=PROVINCE, scenario="target", authority="HĐND tỉnh").json()["items"]
    assert [one["authority"] for one in only] == ["HĐND tỉnh"]


def test_nobody_reads_units_beyond_his_own(figures: Office) -> None:
    lan = Program.of("lan", HERE)
    assert {unit for unit, _ in by_place(lan)} == {HERE}
    for unit in (THERE, PROVINCE):
        assert lan.get("/figures", **ASKED, unit=unit).status_code == 403
    assert lan.get("/figures", **ASKED, unit=list(OLD)).status_code == 200, "what a unit was made of is its own"
    assert Program.of("ngoc", PROVINCE).get("/figures", **ASKED, unit=THERE).status_code == 200


@pytest.mark.parametrize(
    ("asked", "at"),
    [
        ({"indicator": "khong_co"}, "indicator"),
        ({"period": "2026-M13"}, "period"),
        ({"period": "hôm qua {x}"}, "period"),
        ({"unit": "KHÔNG {0}"}, "unit"),
        ({"breakdown": "nam"}, "breakdown"),
        ({"scenario": "mơ ước"}, "scenario"),
        ({"view": "x"}, "view"),
        ({"format": "pdf"}, "format"),
        ({"authority": "HĐND tỉnh"}, "authority"),
        ({"indicator": []}, "indicator"),
        ({"period": ["2026"] * 501}, "period"),
    ],
)
def test_what_is_asked_wrongly_is_told_at_its_parameter(figures: Office, asked: dict[str, Any], at: str) -> None:
    answer = Program.of("son", PROVINCE).get("/figures", **{**ASKED, **asked})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["at"].startswith(at)


def test_a_question_too_large_is_refused_before_it_is_answered(figures: Office) -> None:
    son = Program.of("son", PROVINCE)
    codes = [code.id for code in codes_of("CL_INDICATOR")][:400]
    months = [one.code for year in range(2000, 2030) for one in Period.part(year).split(1)]
    answer = son.get("/figures", indicator=codes, period=months)
    assert answer.status_code == 422
    assert "100000" in answer.json()["detail"].replace(".", "")


def test_pages_of_figures_hold_each_once(figures: Office) -> None:
    son = Program.of("son", PROVINCE)
    whole = son.get("/figures", **ASKED, children="true", limit=1000).json()["items"]
    seen, cursor = [], {}
    while True:
        answer = son.get("/figures", **ASKED, children="true", limit=2, **cursor).json()
        seen += answer["items"]
        if answer["next"] is None:
            break
        cursor = {"cursor": answer["next"]}
    assert seen == whole
    assert len(whole) == 6


def test_figures_that_did_not_move_are_not_sent_again(figures: Office) -> None:
    son = Program.of("son", PROVINCE)
    first = son.get("/figures", **ASKED)
    tag = first.headers["ETag"]
    assert son.get("/figures", **ASKED, headers={"If-None-Match": f'"x", {tag}'}).status_code == 304
    assert son.get("/figures", **ASKED, format="csv", headers={"If-None-Match": tag}).status_code == 200
    lan = Program.of("lan", HERE, called="khác")
    assert lan.get("/figures", **ASKED, headers={"If-None-Match": tag}).status_code == 200, (
        "another reach, another answer"
    )
    with transaction.atomic():
        store.record(raw(), [told(HERE, "lua_dien_tich", MONTH, "0.2")])
    answer = son.get("/figures", **ASKED, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag


def test_a_new_decision_makes_another_answer(figures: Office) -> None:
    son = Program.of("son", PROVINCE)
    asked = {"indicator": "lua_dien_tich", "period": "2026", "scenario": "target"}
    paths: list[tuple[str, dict[str, Any]]] = [("/figures", asked), ("/structures/CL_AUTHORITY", {})]
    tags = [son.get(path, **given).headers["ETag"] for path, given in paths]
    for (path, given), tag in zip(paths, tags, strict=True):
        assert son.get(path, **given, headers={"If-None-Match": tag}).status_code == 304
    later = Address(PROVINCE, "lua_dien_tich", YEAR, Scenario.TARGET, "Sở Nông nghiệp")
    decision = Decision("9/QĐ-SNN", date(2026, 2, 1))
    with transaction.atomic():
        store_targets.record_targets(
            raw(), [Target(later, TargetKind.EXACTLY, decision, date(2026, 2, 1), Decimal(7))], AT, "son"
        )
    for (path, given), tag in zip(paths, tags, strict=True):
        assert son.get(path, **given, headers={"If-None-Match": tag}).status_code == 200


# other shapes


def test_csv_is_exact_and_runs_nothing(figures: Office) -> None:
    son = Program.of("son", PROVINCE)
    answer = son.get("/figures", **ASKED, unit=[HERE, THERE], format="csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["value"] for row in rows} == {"0.1", "1234567.000001", "-7", ""}
    targets = son.get("/figures", indicator="lua_dien_tich", period="2026", scenario="target", format="csv")
    cells = [cell for row in csv.reader(io.StringIO(targets.content.decode("utf-8-sig"))) for cell in row]
    assert "'=UBND tỉnh" in cells
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)


def test_sdmx_csv_names_its_structure_and_every_dimension(figures: Office) -> None:
    son = Program.of("son", PROVINCE)
    answer = son.get("/figures", **ASKED, unit=[HERE, THERE], headers={"Accept": CSV})
    assert answer.headers["Content-Type"] == CSV
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert {row["STRUCTURE"] for row in rows} == {"dataflow"}
    assert {row["STRUCTURE_ID"] for row in rows} == {"BAOCAO:DF_FIGURES(1.0.0)"}
    for row in rows:
        for one in DIMENSIONS:
            assert row[one.id] in {code.id for code in codes_of(one.codes)}, one.id
        assert row["TIME_PERIOD"] == "2026-M10"
    missing = next(row for row in rows if row["REF_AREA"] == HERE and row["INDICATOR"] == "ho_ngheo")
    assert (missing["OBS_VALUE"], missing["OBS_STATUS"]) == ("", "NOT_AVAILABLE")


def test_sdmx_json_gives_every_figure_back(figures: Office) -> None:
    son = Program.of("son", PROVINCE)
    answer = son.get("/figures", **ASKED, unit=[PROVINCE, HERE, THERE], format="sdmx-json")
    assert answer.headers["Content-Type"] == JSON
    read_back = dict(observations(json.loads(answer.content, parse_float=Decimal, parse_int=Decimal)))
    listed = by_place(son, unit=[PROVINCE, HERE, THERE])
    assert {
        place: None if one["value"] is None else Decimal(one["value"]) for place, one in listed.items()
    } == read_back
    empty = son.get("/figures", indicator="lua_dien_tich", period="2001", format="sdmx-json").json()
    assert empty["data"]["dataSets"][0]["series"] == {}


def observations(message: Any) -> Iterator[tuple[tuple[str, str], Decimal | None]]:
    """The unit, the indicator and the figure of every observation of a data message."""
    (structure,), (dataset,) = message["data"]["structures"], message["data"]["dataSets"]
    dimensions = structure["dimensions"]["series"]
    assert [one["id"] for one in dimensions] == [one.id for one in DIMENSIONS]
    for key, series in dataset["series"].items():
        places = [int(place) for place in key.split(":")]
        codes = [one["values"][place]["id"] for one, place in zip(dimensions, places, strict=True)]
        for when, (value, *attributes) in series["observations"].items():
            assert structure["dimensions"]["observation"][0]["values"][int(when)]["id"] == "2026-M10"
            status = structure["attributes"]["observation"][0]["values"][int(attributes[0])]["id"]
            assert (value is None) is (status != "A")
            yield (codes[0], codes[1]), value


def test_structures_hold_together(figures: Office) -> None:
    answer = Program.of("lan", HERE).get("/structures")
    assert answer.headers["Content-Type"] == STRUCTURES
    data = answer.json()["data"]
    lists = {one["id"]: one for one in data["codelists"]}
    (definition,), (flow,), (scheme,) = data["dataStructures"], data["dataflows"], data["conceptSchemes"]
    components = definition["dataStructureComponents"]
    every = [
        *components["dimensionList"]["dimensions"],
        components["dimensionList"]["timeDimension"],
        *components["measureList"]["measures"],
        *components["attributeList"]["attributes"],
    ]
    concepts = {one["id"] for one in scheme["concepts"]}
    assert {one["conceptIdentity"].rpartition(".")[2] for one in every} == {one["id"] for one in every} == concepts
    for one in every:
        enumeration = one["localRepresentation"].get("enumeration")
        assert enumeration is None or re.fullmatch(r".*=BAOCAO:(\w+)\(1\.0\.0\)", enumeration)[1] in lists  # type: ignore[index]
    assert flow["structure"].endswith("DataStructure=BAOCAO:DSD_FIGURES(1.0.0)")
    for name, one in lists.items():
        codes = [code["id"] for code in one["codes"]]
        assert len(codes) == len(set(codes)), name
        assert all(re.fullmatch(r"[A-Za-z0-9_@$-]+", code) for code in codes), name
        assert all(code["parent"] in codes for code in one["codes"] if "parent" in code), name
        assert all(code["names"]["vi"] and code["names"]["en"] for code in one["codes"]), name
    assert "2026-M10" in {code["id"] for code in lists["CL_PERIOD"]["codes"]}
    assert len(lists["CL_AUTHORITY"]["codes"]) == 3


def test_one_code_list_at_a_time(figures: Office) -> None:
    lan = Program.of("lan", HERE)
    (one,) = lan.get("/structures/CL_UNIT").json()["data"]["codelists"]
    assert HERE in {code["id"] for code in one["codes"]}
    assert lan.get("/structures/CL_NHA").status_code == 422
