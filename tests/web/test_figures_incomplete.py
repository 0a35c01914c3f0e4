"""A total that lacks units on the pages of figures and plans: neither rated, nor behind, nor set against last year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from baocao.figures import store, store_targets
from baocao.model.observation import Address, NoValue, Observation, Origin, OriginKind, Scenario
from baocao.model.org_unit import Level
from baocao.model.period import Period
from baocao.model.projection import REFUSED, Refusal
from baocao.model.target import Decision, Target, TargetKind
from baocao_web.figures import live
from baocao_web.figures.feeding_in import raw
from baocao_web.places import office
from baocao_web.plans import outlook
from baocao_web.plans.subjects import Subject
from tests.web.offices import PROVINCE, THERE, Office, signed_in

FIGURES = {"lua_dien_tich": 10, "ngo_dien_tich": 10, "tai_nan_vu": 2, "viec_lam_moi": 5}
TOLD = ("lua_dien_tich", "ngo_dien_tich", "tai_nan_vu")  # nothing of which THERE tells this year
AT, ORIGIN = datetime(2026, 10, 2, tzinfo=UTC), Origin(OriginKind.FILE_CELL, "0f#B7")
MONTHS = (*Period.part(2025).split(1), *Period.part(2026).split(1)[:10])
NOW = MONTHS[12:]


@pytest.fixture
def told(made: Office) -> Iterator[Office]:
    """All communes told every month; but of this year one tells nothing of rice, maize and accidents."""
    live.forget()
    geography = office.geography()
    told = [
        (unit.key, code, value, month)
        for month in MONTHS
        for unit in geography.at(month.end, Level.COMMUNE)
        if any(above.key == PROVINCE for above in geography.path(unit.key, month.end))
        for code, value in FIGURES.items()
        if not (unit.key == THERE and code in TOLD and month in NOW)
    ]
    asked = (
        ("lua_dien_tich", TargetKind.AT_LEAST, 1200),
        ("ngo_dien_tich", TargetKind.AT_LEAST, 810),
        ("viec_lam_moi", TargetKind.AT_LEAST, 1200),
    )
    decided = Decision("12/NQ-HĐND", date(2026, 1, 5))
    with transaction.atomic():
        store.record(raw(), [_seen(unit, code, Decimal(value), month) for unit, code, value, month in told])
        targets = [
            Target(
                Address(PROVINCE, code, Period.part(2026), Scenario.TARGET, "HĐND tỉnh"),
                kind,
                decided,
                date(2026, 1, 5),
                Decimal(low),
            )
            for code, kind, low in asked
        ]
        store_targets.record_targets(raw(), targets, AT + timedelta(seconds=1), "son")
    yield made
    live.forget()


def _seen(unit: str, code: str, value: Decimal | None, month: Period, at: datetime = AT) -> Observation:
    mark = NoValue.NONE_OCCURRED if value is None else None
    return Observation(Address(unit, code, month), value, ORIGIN, at, "lan", mark)


def _row(page: str, name: str) -> str:
    return page[page.index(f">{name}<", page.index("<table")) :].split("</tr>")[0]


def test_the_leader_sees_what_is_there_and_that_it_is_not_enough(told: Office) -> None:
    page = signed_in("son").get("/dashboard/").content.decode()
    rice = _row(page, "Diện tích gieo cấy lúa")
    assert ">900<" in rice
    assert "thiếu 1/10 đơn vị" in rice
    assert rice.count("chưa đủ số liệu</small>") == 2  # of the plan, and of the same period
    assert "Chưa đủ số liệu</span>" in rice
    assert "75,0" not in rice
    assert "chậm" not in rice
    assert "Chưa đủ số liệu</dt><dd>1<" in page


def test_what_is_reached_already_is_told_to_be(told: Office) -> None:
    maize = _row(signed_in("son").get("/dashboard/").content.decode(), "Diện tích gieo trồng ngô")
    assert "Vượt</span>" in maize
    assert "111,1" not in maize


def test_those_missing_are_named_and_nothing_short_is_told_to_be_behind(told: Office) -> None:
    page = signed_in("son").get("/dashboard/").content.decode()
    behind = page[page.index("Đang chậm") : page.index("Tổng còn thiếu đơn vị")]
    assert "việc làm" in behind
    assert "lúa" not in behind
    short = page[page.index("Tổng còn thiếu đơn vị") : page.index("Các chỉ tiêu</h2>")]
    assert short.count(f"thiếu 1/10 đơn vị: {office.unit(THERE).name}") == 2


def test_the_year_is_not_projected_from_a_part_of_the_units(told: Office) -> None:
    page = signed_in("son").get("/dashboard/").content.decode()
    assert 'data-head="Ước cả năm"></td>' in _row(page, "Diện tích gieo cấy lúa")
    assert 'data-head="Ước cả năm"></td>' not in _row(page, "Số lao động được giải quyết việc làm")


def test_a_sector_s_page_says_the_same(told: Office) -> None:
    page = signed_in("son").get("/dashboard/", {"sector": "giao_thong"}).content.decode()
    row = _row(page, "Số vụ tai nạn giao thông")
    assert "thiếu 1/10 đơn vị" in row
    assert "chưa đủ số liệu</small>" in row
    assert "tốt hơn" not in row


def test_a_nought_that_is_told_completes_the_total(told: Office) -> None:
    later = AT + timedelta(days=1)
    with transaction.atomic():
        store.record(raw(), [_seen(THERE, "lua_dien_tich", None, month, later) for month in NOW])
    rice = _row(signed_in("son").get("/dashboard/").content.decode(), "Diện tích gieo cấy lúa")
    assert "75,0" in rice
    assert "chưa đủ số liệu" not in rice


def test_the_plan_tells_no_share_and_next_year_s_begins_from_no_part(told: Office) -> None:
    page = signed_in("son").get("/plans/", {"unit": PROVINCE, "year": "2026"}).content.decode()
    rice = _row(page, "Diện tích gieo cấy lúa")
    assert "thiếu 1/10 đơn vị" in rice
    assert "chưa đủ số liệu" in rice
    assert "75,0" not in rice
    subject = Subject("lua_dien_tich")
    ahead = outlook.outlook(PROVINCE, 2026, "HĐND tỉnh", [subject]).of[subject]
    assert (ahead.so_far, ahead.base.projection) == (Decimal(900), None)
    assert ahead.why == REFUSED[Refusal.INCOMPLETE]


def test_an_indicator_s_page_marks_the_months_that_lack_units(told: Office) -> None:
    page = signed_in("son").get("/figures/lua_dien_tich/").content.decode()
    assert "(9/10 đơn vị đã có số liệu)" in page
    table = page[page.index("Theo đơn vị hiện nay") :].split("</table>")[0]
    assert table.count("thiếu 1/10 đơn vị") == len(NOW)
