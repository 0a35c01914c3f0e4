"""The pages of figures as each role sees them: what is offered and refused, and that figures are those handed over."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from baocao.figures import store, store_targets
from baocao.model.observation import Address, NoValue, Observation, Origin, OriginKind, Scenario
from baocao.model.org_unit import Level
from baocao.model.period import Period
from baocao.model.target import Decision, Target, TargetKind
from baocao.showing import grid_files
from baocao_web.figures import live, series
from baocao_web.figures.asked import Asked
from baocao_web.figures.feeding_in import raw
from baocao_web.places import office
from tests.web.offices import HERE, PROVINCE, THERE, Office, post, signed_in

AREA = "lua_dien_tich:actual"
PAGES = ("/dashboard/", "/figures/lua_dien_tich/", "/figures/pivot/")


@pytest.fixture
def told(made: Office) -> Iterator[Office]:
    """An office with two years of figures of two communes, all others told of none, and a plan for the province."""
    live.forget()
    at, origin = datetime(2026, 10, 2, tzinfo=UTC), Origin(OriginKind.FILE_CELL, "0f#B7")
    months = [*Period.part(2025).split(1)[6:], *Period.part(2026).split(1)[:10]]
    year = Address(PROVINCE, "lua_dien_tich", Period.part(2026), Scenario.TARGET, "HĐND tỉnh")
    decided = Decision("12/NQ-HĐND", date(2026, 1, 5))
    with transaction.atomic():
        store.record(
            raw(),
            [
                Observation(Address(unit, code, month), Decimal(value), origin, at, "lan")
                for unit in (HERE, THERE)
                for code, value in (("lua_dien_tich", 10), ("lua_san_luong", 52), ("ho_ngheo", 7))
                for month in months
            ],
        )
        every = (*Period.part(2025).split(1), *months[6:])
        store.record(raw(), [_none(unit, code, month, origin, at) for month in every for unit, code in _others(month)])
        target = Target(year, TargetKind.AT_LEAST, decided, date(2026, 1, 5), Decimal(400))
        store_targets.record_targets(raw(), [target], at + timedelta(seconds=1), "son")
    yield made
    live.forget()


def _others(month: Period) -> Iterator[tuple[str, str]]:
    geography = office.geography()
    for unit in geography.at(month.end, Level.COMMUNE):
        if unit.key not in (HERE, THERE) and any(one.key == PROVINCE for one in geography.path(unit.key, month.end)):
            yield from ((unit.key, code) for code in ("lua_dien_tich", "lua_san_luong", "ho_ngheo"))


def _none(unit: str, code: str, month: Period, origin: Origin, at: datetime) -> Observation:
    return Observation(Address(unit, code, month), None, origin, at, "lan", NoValue.NONE_OCCURRED)


@pytest.mark.parametrize(
    ("who", "seen"), [("tuan", 200), ("son", 200), ("ngoc", 200), ("lan", 200), ("minh", 200), ("quan", 403)]
)
def test_a_page_opens_to_those_who_may_see_figures(told: Office, who: str, seen: int) -> None:
    client = signed_in(who)
    assert [client.get(path).status_code for path in PAGES] == [seen] * 3


@pytest.mark.parametrize("path", PAGES)
def test_nobody_sees_units_beyond_his_own(told: Office, path: str) -> None:
    for who, unit, status in (("lan", THERE, 403), ("lan", PROVINCE, 403), ("lan", HERE, 200), ("son", THERE, 200)):
        assert signed_in(who).get(path, {"unit": unit}).status_code == status
    assert signed_in("son").get(path, {"unit": "KHÔNG"}).status_code == 404
    page = signed_in("lan").get(path).content.decode()
    assert office.unit(THERE).name not in page


def test_a_leader_reads_first_what_is_behind_and_by_how_much(told: Office) -> None:
    page = signed_in("son").get("/dashboard/").content.decode()
    assert "Đang chậm" in page
    assert "đạt 50,0% chỉ tiêu HĐND tỉnh giao, thấp hơn tiến độ 16,7 điểm %" in page
    assert "từ 400 trở lên" in page
    assert "polyline" in page


def test_parts_of_a_whole_have_their_figures_and_what_only_names_them_is_not_rated(told: Office) -> None:
    of = Address(PROVINCE, "lua_san_luong", Period.part(2026), Scenario.TARGET, "HĐND tỉnh")
    target = Target(of, TargetKind.AT_LEAST, Decision("12/NQ-HĐND", date(2026, 1, 5)), date(2026, 1, 5), Decimal(1000))
    with transaction.atomic():
        store_targets.record_targets(raw(), [target], datetime(2026, 10, 3, tzinfo=UTC), "son")
    page = signed_in("son").get("/dashboard/").content.decode()
    assert "Các cây trồng chính" in page
    row = page[page.index(">Sản lượng lúa<") :].split("</tr>")[0]
    assert "1.040" in row
    assert "104,0" in row
    assert "Chưa có số liệu</dt><dd>0<" in page
    assert page.count("chưa có số liệu</span>") + page.count("Chưa có số liệu</span>") == 0


def test_the_last_month_that_is_over_is_asked_for(told: Office) -> None:
    ahead = Address(HERE, "lua_dien_tich", Period.part(office.today().year + 1, "M", 6))
    origin = Origin(OriginKind.FILE_CELL, "0f#B8")
    with transaction.atomic():
        store.record(raw(), [Observation(ahead, Decimal(1), origin, datetime(2026, 10, 4, tzinfo=UTC), "lan")])
    assert "đến hết tháng 10/2026" in signed_in("son").get("/dashboard/").content.decode()


def test_a_form_is_in_the_figures_the_moment_it_is_submitted(told: Office) -> None:
    page = signed_in("son").get("/figures/lua_dien_tich/").content.decode()
    assert "<strong>200 " in page
    entry = told.entry().pk
    client = signed_in("lan")
    post(client, f"/forms/{entry}/save", base=0, cells={AREA: "1.010,5"})
    assert "<strong>200 " in signed_in("son").get("/figures/lua_dien_tich/").content.decode()
    assert post(client, f"/forms/{entry}/submit", version=1).status_code == 200
    page = signed_in("son").get("/figures/lua_dien_tich/").content.decode()
    assert "<strong>1.200,5 " in page
    assert f"/forms/{entry}/cells/lua_dien_tich:actual" in page
    assert "1.200,5" in signed_in("son").get("/dashboard/").content.decode()


def test_what_is_told_by_the_half_year_is_shown_by_the_half_year(told: Office) -> None:
    at, origin = datetime(2026, 10, 4, tzinfo=UTC), Origin(OriginKind.FILE_CELL, "0f#C3")
    places = [Address(HERE, "ngo_dien_tich", Period.parse(code)) for code in ("2025-S1", "2025-S2", "2026-S1")]
    with transaction.atomic():
        store.record(raw(), [Observation(place, Decimal(31), origin, at, "lan") for place in places])
    page = signed_in("son").get(f"/figures/ngo_dien_tich/?unit={HERE}").content.decode()
    assert "Qua các kỳ</h2>" in page
    assert page.count('#sources">6 tháng') == 3
    assert "0f C3" in page
    assert "Theo tháng</h2>" in signed_in("son").get("/figures/lua_dien_tich/").content.decode()


def test_a_file_and_its_cell_are_told_as_the_source(told: Office) -> None:
    page = signed_in("son").get("/figures/ho_ngheo/").content.decode()
    assert "0f B7" in page
    assert "Quy đổi về đơn vị hiện nay" in page


def test_a_table_is_turned_and_taken_away_without_formulas(told: Office) -> None:
    asked = {"indicator": ["lua_dien_tich", "ho_ngheo"], "of": [HERE, THERE], "months": "2", "across": "unit"}
    client = signed_in("son")
    page = client.get("/figures/pivot/", asked).content.decode()
    assert page.count('<td class="figure">10</td>') == 4
    rows = list(
        csv.reader(io.StringIO(client.get("/figures/pivot/", {**asked, "format": "csv"}).content.decode("utf-8-sig")))
    )
    assert [row[2::2] for row in rows[1:]] == [["10", "10"], ["10", "10"], ["7", "7"], ["7", "7"]]
    assert {cell for row in rows[1:] for cell in row[3::2]} == {"1/1 đơn vị"}
    book = client.get("/figures/pivot/", {**asked, "format": "xlsx"}).content
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert client.get("/figures/pivot/", {**asked, "across": "màu"}).status_code == 404


@pytest.mark.parametrize("words", ["=1+1", "+84", "-x", "@SUM(A1)", "\t=1"])
def test_words_are_no_formulas(words: str) -> None:
    assert grid_files.harmless(words) == "'" + words


def test_what_cannot_be_read_is_refused_in_words(told: Office) -> None:
    answer = signed_in("son").get("/dashboard/", {"period": "hôm nọ"})
    assert answer.status_code == 409
    assert "hôm nọ" in answer.content.decode()
    assert signed_in("son").get("/figures/khong_co/").status_code == 404
    assert signed_in("son").get("/dashboard/", {"sector": "khong_co"}).status_code == 404


def test_an_office_without_figures_says_so(made: Office) -> None:
    live.forget()
    answer = signed_in("son").get("/dashboard/")
    assert answer.status_code == 409
    assert "chưa có số liệu nào" in answer.content.decode()


@pytest.mark.parametrize("unit", [PROVINCE, HERE])
@pytest.mark.parametrize("code", ["lua_dien_tich", "lua_san_luong", "lua_nang_suat", "ho_ngheo"])
def test_what_the_units_of_today_told_is_re_cast_to_itself(told: Office, unit: str, code: str) -> None:
    """The page takes the sums of these months as they are; the whole work of re-casting comes to the same."""
    at, origin = datetime(2026, 11, 2, tzinfo=UTC), Origin(OriginKind.FORM_CELL, "B01")
    month = Period.part(2026, "M", 4)
    with transaction.atomic():
        odd = [(HERE, "lua_dien_tich", "0"), (THERE, "lua_san_luong", None), (THERE, "ho_ngheo", None)]
        store.record(
            raw(),
            [
                Observation(
                    Address(one, its, month),
                    None if value is None else Decimal(value),
                    origin,
                    at,
                    "lan",
                    NoValue.NOT_AVAILABLE if value is None else None,
                )
                for one, its, value in odd
            ],
        )
    about = Asked(office.unit(unit), Period.part(2026, "M", 10))
    found = series.recast(live.figures(), about, code, about.months)
    since = [one for one in about.months if one.start >= date(2025, 7, 1)]
    assert {one: found[one] for one in since} == series._recast(live.figures(), about, code, since)
    assert any(found[one] is not None for one in since)
