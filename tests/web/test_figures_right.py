"""A figure on a page tells of how many units it is, how old it is and who has approved it; nobody waits behind it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html import unescape
from threading import Event, Thread

import pytest
from django.db import transaction
from django.utils import timezone

from baocao.figures import store, store_targets
from baocao.figures.engine_live import LiveEngine
from baocao.model.observation import Address, Observation, Origin, OriginKind, Scenario
from baocao.model.org_unit import Level
from baocao.model.period import Period
from baocao.model.target import Decision, Target, TargetKind
from baocao_web.collecting import passing_on
from baocao_web.collecting.models import Form, Round
from baocao_web.figures import live, series
from baocao_web.figures.feeding_in import raw
from baocao_web.people.models import Grant
from baocao_web.places import office
from tests.web.offices import HERE, PROVINCE, THERE, Office, post, signed_in

AT, ORIGIN = datetime(2026, 10, 2, tzinfo=UTC), Origin(OriginKind.FILE_CELL, "0f#B7")
QUARTERS = Period.part(2026).split(3)[:3]
OCTOBER = Period.part(2026, "M", 10)
POOR = "ho_ngheo:actual"


def record(*told: tuple[str, str, int, Period]) -> None:
    with transaction.atomic():
        store.record(
            raw(),
            [
                Observation(Address(unit, code, period), Decimal(value), ORIGIN, AT, "lan")
                for unit, code, value, period in told
            ],
        )


def communes() -> list[str]:
    """The communes of today."""
    return [unit.key for unit in office.geography().at(OCTOBER.end, Level.COMMUNE)]


@pytest.fixture
def told(made: Office) -> Iterator[Office]:
    """All communes tell buffaloes by quarters, the next one always fewer; one of them told of October too."""
    live.forget()
    herds = [
        (unit, "dan_trau", 100 - 10 * number, quarter) for unit in communes() for number, quarter in enumerate(QUARTERS)
    ]
    record(*herds, (HERE, "dan_trau", 75, OCTOBER), *((unit, "ho_ngheo", 7, OCTOBER) for unit in communes()))
    of = Address(PROVINCE, "dan_trau", Period.part(2026), Scenario.TARGET, "HĐND tỉnh")
    decided = Decision("12/NQ-HĐND", date(2026, 1, 5))
    target = Target(of, TargetKind.AT_LEAST, decided, date(2026, 1, 5), Decimal(900))
    with transaction.atomic():
        store_targets.record_targets(raw(), [target], AT + timedelta(seconds=1), "son")
    yield made
    live.forget()


def words(page: str) -> str:
    """What stands on a page, without its marks and the switch for what nobody approved."""
    whole = unescape(re.sub(r"<[^>]+>", " ", page[page.index("<main") :])).replace("Ẩn số chưa duyệt", "")
    return re.sub(r"\s+", " ", whole)


def looked(path: str, who: str = "son") -> str:
    answer = signed_in(who).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_stock_to_the_end_of_a_month_is_the_latest_of_each_unit_and_says_how_old(told: Office) -> None:
    count = len(communes())
    page = words(looked(f"/figures/dan_trau/?unit={PROVINCE}&period=2026-M10"))
    assert f"Số gần nhất của từng đơn vị đến hết tháng 10/2026: {80 * count - 5} con ({count}/{count}" in page
    assert "chưa có số liệu tháng 10/2026:" in page
    lacking = page.split("chưa có số liệu tháng 10/2026: ")[1].split(".")[0]
    assert office.unit(THERE).name in lacking
    assert office.unit(HERE).name not in lacking
    assert f"{80 * count - 5}" in words(looked("/dashboard/?period=2026-M10"))
    assert "số cũ nhất đến 30/9/2026" in words(looked("/dashboard/?period=2026-M10"))
    own = words(looked(f"/figures/dan_trau/?unit={HERE}&period=2026-M10"))
    assert "đến hết tháng 10/2026: 75 con (1/1 đơn vị" in own
    assert "chưa có số liệu" not in own.split("Theo tháng")[0]


def test_a_total_of_some_units_says_of_how_many_and_without_whom(told: Office) -> None:
    count = len(communes())
    page = looked(f"/figures/dan_trau/?unit={PROVINCE}&period=2026-M10")
    row = words("<main" + page[page.index("source=2026-M10") :].split("</tr>")[0])
    assert f" 75 1/{count} đơn vị thiếu " in row
    assert office.unit(THERE).name in row
    asked = f"indicator=dan_trau&indicator=ho_ngheo&period=2026-M10&months=1&unit={PROVINCE}"
    pivot = words(looked(f"/figures/pivot/?{asked}"))
    assert f"75 1/{count} đơn vị" in pivot
    assert office.unit(THERE).name in pivot.split("Số liệu chưa đủ đơn vị hoặc chưa duyệt")[1]
    file = signed_in("son").get(f"/figures/pivot/?{asked}&format=csv").content.decode("utf-8-sig")
    (head, *rows) = csv.reader(io.StringIO(file))
    assert head[2:] == ["tháng 10/2026", "tháng 10/2026: số đơn vị"]
    assert [row[2:] for row in rows] == [["75", f"1/{count} đơn vị"], [str(7 * count), f"{count}/{count} đơn vị"]]


def test_what_nobody_approved_is_marked_until_it_is(told: Office) -> None:
    entry, path = told.entry().pk, f"/figures/ho_ngheo/?unit={HERE}&period=2026-M10"
    assert "chưa duyệt" not in words(looked(path))
    reporter = signed_in("lan")
    assert post(reporter, f"/forms/{entry}/save", base=0, cells={POOR: "9"}).status_code == 200
    assert post(reporter, f"/forms/{entry}/submit", version=1).status_code == 200
    name = office.unit(HERE).name
    assert f"chưa duyệt: {name}." in words(looked(path))
    assert f"chưa duyệt: {name}" in words(looked(f"/figures/pivot/?indicator=ho_ngheo&period=2026-M10&unit={HERE}"))
    assert "9 chưa duyệt ô trên biểu Nguyễn Hư Lan" in words(looked(path))
    digest = passing_on.digest_of(passing_on.cells_of(told.cells()))
    sent = {"version": 1, "reason": "Xem lại.", "digest": digest}
    assert post(signed_in("hoa"), f"/forms/{entry}/return", **sent).status_code == 200
    assert "9 chưa duyệt, bị trả lại" in words(looked(path))
    assert post(reporter, f"/forms/{entry}/submit", version=1).status_code == 200
    for who in ("hoa", "tuan"):
        assert post(signed_in(who), f"/forms/{entry}/approve", version=1, digest=digest).status_code == 200
    assert "chưa duyệt" not in words(looked(path))
    sent = {"version": 1, "reason": "Sửa lại.", "digest": digest}
    assert post(signed_in("tuan"), f"/forms/{entry}/correct", **sent).status_code == 200
    assert "chưa duyệt" not in words(looked(path))  # what was approved stands


def test_approved_figures_stand_alone_where_they_are_asked_for(told: Office) -> None:
    """What nobody approved is out, comes in when it is approved, and a correction that waits changes nothing."""
    entry, reporter = told.entry().pk, signed_in("lan")
    whole = 7 * len(communes())

    def seen(unit: str, switch: str = "&approved=1") -> str:
        page = words(looked(f"/figures/ho_ngheo/?unit={unit}&period=2026-M10{switch}"))
        told_of = page.split("đến hết tháng 10/2026: ")[1]
        return re.split(r" \(| Chỉ gồm", told_of)[0]

    assert seen(PROVINCE) == f"{whole} hộ"
    assert post(reporter, f"/forms/{entry}/save", base=0, cells={POOR: "9"}).status_code == 200
    assert post(reporter, f"/forms/{entry}/submit", version=1).status_code == 200
    assert (seen(PROVINCE, ""), seen(HERE, "")) == (f"{whole + 2} hộ", "9 hộ")
    assert (seen(PROVINCE), seen(HERE)) == (f"{whole - 7} hộ", "chưa có số liệu")
    page = words(looked(f"/figures/ho_ngheo/?unit={PROVINCE}&period=2026-M10&approved=1"))
    assert f"{len(communes()) - 1}/{len(communes())} đơn vị" in page
    assert f"thiếu {office.unit(HERE).name}" in page
    assert "Gồm cả số chưa duyệt" in page
    rows = [
        re.split(r"<tr", looked(f"/dashboard/?unit={HERE}&period=2026-M10&sector=giam_ngheo{switch}"))
        for switch in ("", "&approved=1")
    ]
    shown = [[words("<main" + row) for row in page if "ho_ngheo/" in row] for page in rows]
    assert " 9 1 đơn vị chưa duyệt" in shown[0][0]
    assert not shown[1] or " 9 " not in shown[1][0]
    digest = passing_on.digest_of(passing_on.cells_of(told.cells()))
    for who in ("hoa", "tuan"):
        assert post(signed_in(who), f"/forms/{entry}/approve", version=1, digest=digest).status_code == 200
    assert (seen(PROVINCE), seen(HERE)) == (f"{whole + 2} hộ", "9 hộ")
    sent = {"version": 1, "reason": "Sửa lại.", "digest": digest}
    assert post(signed_in("tuan"), f"/forms/{entry}/correct", **sent).status_code == 200
    assert post(reporter, f"/forms/{entry}/save", base=1, cells={POOR: "11"}).status_code == 200
    assert post(reporter, f"/forms/{entry}/submit", version=2).status_code == 200
    assert (seen(PROVINCE), seen(PROVINCE, "")) == (f"{whole + 2} hộ", f"{whole + 2} hộ")


def test_an_older_month_that_waits_does_not_mark_a_newer_stock(told: Office) -> None:
    september = Period.part(2026, "M", 9)
    told.round.period = september.code
    told.round.save()
    entry = told.entry().pk
    record((HERE, "ho_ngheo", 6, OCTOBER))
    assert post(signed_in("lan"), f"/forms/{entry}/save", base=0, cells={POOR: "9"}).status_code == 200
    assert post(signed_in("lan"), f"/forms/{entry}/submit", version=1).status_code == 200
    page = words(looked(f"/figures/ho_ngheo/?unit={HERE}&period=2026-M10"))
    assert "chưa duyệt" not in page.split("Theo tháng")[0]
    assert "chưa duyệt" in page.split("tháng 9/2026")[1].split("tháng 8/2026")[0]


def test_an_office_sees_its_own_rounds_among_those_of_many_others(told: Office) -> None:
    today = timezone.localdate()
    days = dict.fromkeys(("opens_on", "due_on", "late_on", "locked_on"), today + timedelta(days=40))
    for number, unit in enumerate(one for one in communes() if one != HERE):
        form = Form.objects.create(code=f"T{number}", owner=unit, title="x", layout=told.form.layout)
        for month in Period.part(2026).split(1)[:3]:
            Round.objects.create(form=form, owner=unit, period=month.code, title=f"Của {unit}", **days)
    assert Round.objects.count() > 20
    Round.objects.filter(pk=told.round.pk).update(owner=HERE)
    Grant.objects.filter(user__username="tuan").update(unit=HERE)
    page = words(looked("/dashboard/", "tuan"))
    assert "Nông nghiệp tháng 10" in page
    assert "Của MH" not in page


def test_every_period_tells_where_its_figures_are_from_and_how_many_are_not_listed(
    told: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/figures/dan_trau/?unit={PROVINCE}&period=2026-M10"
    listed = words(looked(f"{path}&source=2026-M06"))
    assert listed.split("Nguồn số liệu, tháng 6/2026")[1].count("quý 2/2026") == len(communes())
    assert "Nguyễn Hư Lan" in listed
    october = words(looked(path)).split("Nguồn số liệu, tháng 10/2026")[1]
    assert october.count("0f B7") == 1
    monkeypatch.setattr(series, "MOST_SOURCES", 3)
    assert f"Còn {len(communes()) - 3} số liệu nữa" in words(looked(f"{path}&source=2026-M06"))


def test_who_comes_while_others_are_at_the_figures_is_told_to_come_again(told: Office) -> None:
    begun, over = [Event() for _ in range(live.READERS)], Event()

    def read(number: int) -> None:
        with live._places:
            begun[number].set()
            over.wait(60)

    threads = [Thread(target=read, args=(number,)) for number in range(live.READERS)]
    for thread in threads:
        thread.start()
    try:
        assert all(one.wait(60) for one in begun)
        answer = signed_in("son").get("/dashboard/")
        assert (answer.status_code, answer["Retry-After"], answer["Refresh"]) == (503, "5", "5")
        assert "hãy thử lại sau ít giây" in answer.content.decode()
        assert signed_in("lan").get(f"/forms/{told.entry().pk}/").status_code == 200
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert signed_in("son").get("/dashboard/").status_code == 200


def test_a_page_asks_for_all_its_periods_at_once(told: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    ask = LiveEngine.ask

    def counted(engine: LiveEngine, question: object, *rest: object) -> object:
        asked.append(len(question.periods))  # type: ignore[attr-defined]
        return ask(engine, question, *rest)  # type: ignore[arg-type]

    years = [Period.part(year, "M", month) for year in (2024, 2025) for month in range(1, 13)]
    wanted = ("gtsx_nong_lam_thuy_san", "lua_dien_tich", "lua_san_luong", "ho_ngheo")
    record(*((unit, code, 5, month) for unit in (HERE, THERE) for code in wanted for month in years))
    monkeypatch.setattr(LiveEngine, "ask", counted)
    live.forget()
    looked("/dashboard/?period=2026-M10")
    assert len(asked) <= 12
    asked.clear()
    looked("/figures/pivot/?indicator=dan_trau&indicator=lua_nang_suat&months=36&period=2026-M10")
    assert len(asked) <= 8


def test_a_page_writes_figures_one_way_and_tells_a_ceiling_as_the_plan_does(told: Office) -> None:
    decided = Decision("12/NQ-HĐND", date(2026, 1, 5))
    of = Address(PROVINCE, "ho_ngheo", Period.part(2026), Scenario.TARGET, "HĐND tỉnh")
    target = Target(of, TargetKind.AT_MOST, decided, date(2026, 1, 5), Decimal(1280))
    with transaction.atomic():
        store_targets.record_targets(raw(), [target], AT + timedelta(seconds=2), "son")
    client = signed_in("son")
    client.cookies["django_language"] = "en"
    share = f"{Decimal(7 * len(communes()) * 100) / 1280:.1f}".replace(".", ",")
    page = client.get("/dashboard/?period=2026-M10").content.decode()
    assert "1.280" in page
    assert "1,280" not in page
    assert share in words(page)
    plan = client.get("/plans/?year=2026").content.decode()
    assert "1.280" in plan
    assert "1,280" not in plan
    assert share in words(plan)
