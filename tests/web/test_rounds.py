"""Forms from the catalogue, rounds with their units and days, and what the units make together."""

from __future__ import annotations

import io
import json
import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone
from openpyxl import load_workbook

from baocao.figures import store, store_targets
from baocao.ledger.rolled import Place, View
from baocao.model.observation import Address, Scenario
from baocao.model.period import Period
from baocao.model.target import Decision, Target, TargetKind
from baocao_web.collecting import deciding, forms_kept
from baocao_web.collecting.checking import Checks
from baocao_web.collecting.forms_kept import form_of
from baocao_web.collecting.models import Entry, Form, Round
from baocao_web.collecting.rounds import beside, designing, opening
from baocao_web.collecting.rounds.designing import NotAForm
from baocao_web.collecting.rounds.opening import Days, NotOpened
from baocao_web.collecting.totals.consolidating import consolidate
from baocao_web.collecting.typing import Cell
from baocao_web.figures import live
from baocao_web.figures.feeding_in import feed_all
from baocao_web.figures.unapproved import unapproved
from baocao_web.people.models import Grant, User
from baocao_web.people.roles import Role
from baocao_web.places import calendar, office
from baocao_web.places.calendar import holidays, working_day
from tests.web.offices import HERE, PROVINCE, THERE, Office, post, signed_in

AREA, OUTPUT, YIELD = "lua_dien_tich:actual", "lua_san_luong:actual", "lua_nang_suat:actual"


def wanted(**more: object) -> designing.Wanted:
    given = {"code": "B02", "title": "Trồng trọt", "indicators": ("lua_dien_tich", "lua_san_luong", "lua_nang_suat")}
    return designing.Wanted(**(given | more))  # type: ignore[arg-type]


def filled(made: Office, unit: str, who: str, **cells: str) -> None:
    entry = made.entry(unit)
    path = f"/forms/{entry.pk}"
    post(signed_in(who), f"{path}/save", base=entry.version, cells={f"{k}:actual": v for k, v in cells.items()})
    answer = post(signed_in(who), f"{path}/submit", version=made.entry(unit).version)
    assert answer.status_code == 200, answer.content


def test_a_form_is_made_of_the_catalogue_and_versions_follow_each_other(made: Office) -> None:
    first = designing.make(wanted(parted=frozenset({"lua_dien_tich"})), PROVINCE, "tuan")
    layout = form_of_layout(first.layout)
    assert [row.number for row in layout.rows][:3] == ["I", "1", "1.1"]
    assert all(row.key != "lua_nang_suat:actual" for row in layout.rows)
    assert "lua_nang_suat:actual" not in layout.entries, "what is computed is not typed"
    assert "lua_dien_tich|mua_vu=mua:actual" in layout.entries
    second = designing.make(wanted(title="Trồng trọt, mới"), PROVINCE, "tuan")
    assert (first.version, second.version) == (1, 2)


def test_the_lines_of_a_form_may_be_units_which_one_office_fills_in_for_all(made: Office) -> None:
    form = designing.make(wanted(indicators=("lua_dien_tich", "ho_ngheo"), units=(HERE, THERE)), PROVINCE, "tuan")
    layout = form_of_layout(form.layout)
    assert [row.number for row in layout.rows] == ["I", "1", "1.1", "1.2", "II", "1", "1.1", "1.2"]
    opened = opening.open_round(opening.Wanted(form, PROVINCE, Period.parse("2026-M09"), days()), "tuan")
    entry = Entry.objects.get(round=opened)
    assert entry.unit == PROVINCE, "the office itself"
    cells = {f"lua_dien_tich~{HERE}:actual": "100", f"lua_dien_tich~{THERE}:actual": "60,5"}
    filler = signed_in("tuan")
    assert post(filler, f"/forms/{entry.pk}/save", base=0, cells=cells).status_code == 403, "a compiler types nothing"
    Grant.objects.create(user=User.objects.get(username="lan"), role=Role.REPORTER.value, unit=PROVINCE)
    reporter = signed_in("lan")
    assert post(reporter, f"/forms/{entry.pk}/save", base=0, cells=cells).status_code == 200
    assert post(reporter, f"/forms/{entry.pk}/submit", version=1).status_code == 200
    feed_all()
    with office.book() as book:
        kept = {
            (one.address.unit, one.value)
            for one in store.current(book.connection)
            if one.address.period.code == "2026-M09"
        }
    assert kept == {(HERE, Decimal(100)), (THERE, Decimal("60.5"))}
    waiting = [units for _, units in unapproved().told("lua_dien_tich")]
    assert {HERE, THERE} in waiting, "nobody has approved what the office told of them"
    assert reporter.get(f"/forms/{entry.pk}/cells/lua_dien_tich~{HERE}:actual").status_code == 200
    with pytest.raises(NotOpened, match="one office"):
        opening.open_round(
            opening.Wanted(form, PROVINCE, Period.parse("2026-M08"), days(), units=(HERE, THERE)), "tuan"
        )
    with pytest.raises(NotAForm, match="not below"):
        designing.make(wanted(units=(PROVINCE,)), PROVINCE, "tuan")


def test_the_plan_stands_beside_and_the_year_to_date_is_typed(made: Office) -> None:
    columns = (designing.PLAN, designing.ACTUAL, designing.TO_DATE)
    form = designing.make(wanted(columns=columns), PROVINCE, "tuan")
    target = Target(
        Address(HERE, "lua_dien_tich", Period.parse("2026-A1"), Scenario.TARGET, "UBND tỉnh"),
        TargetKind.EXACTLY,
        Decision("12/QĐ-UBND", date(2026, 1, 5)),
        date(2026, 1, 1),
        Decimal(1200),
    )
    with transaction.atomic(), office.book() as book:
        store_targets.record_targets(book.connection, [target], timezone.now(), "tuan")
    opened = opening.open_round(opening.Wanted(form, PROVINCE, Period.parse("2026-M09"), days()), "tuan")
    entry = Entry.objects.get(round=opened, unit=HERE)
    assert json.loads(entry.beside) == {"lua_dien_tich:plan": "1200"}
    assert f"{AREA.removesuffix(':actual')}:to_date" in form_of_layout(form.layout).entries
    with pytest.raises(NotOpened, match="year to date"):
        opening.open_round(opening.Wanted(form, PROVINCE, Period.parse("2026-M01"), days()), "tuan")


def test_a_form_of_one_sector_is_made_by_who_may_in_it(made: Office) -> None:
    Grant.objects.filter(user__username="tuan").update(sectors=["trong_trot"])
    designer, asked = signed_in("tuan"), {"code": "B09", "title": "Lúa", "indicator": ["lua_dien_tich"]}
    assert designer.post("/rounds/forms/", {**asked, "sector": "y_te"}).status_code == 403
    assert designer.post("/rounds/forms/", asked).status_code == 403, "a form of no sector is of all"
    assert designer.post("/rounds/forms/", {**asked, "sector": "khong_co"}).status_code in (403, 409)
    assert designer.post("/rounds/forms/", {**asked, "sector": "trong_trot"}).status_code == 302
    assert Form.objects.get(code="B09").sector == "trong_trot"


def test_days_count_from_the_offices_cut_off_and_by_its_own_days(
    made: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    november = Period.parse("2026-M11")
    assert Days.usual(november).due_on == working_day(date(2026, 11, 30), opening.DUE)
    monkeypatch.setattr(settings, "OFFICE_CUT_OFF", "decree_09")
    assert calendar.closing(november) == date(2026, 11, 14)
    assert calendar.closing(Period.parse("2026-01-01/P10D")) == date(2026, 1, 10), "a period of days has its own end"
    assert Days.usual(november).due_on == working_day(date(2026, 11, 14), opening.DUE)
    own = tmp_path / "days.toml"
    own.write_text('closed = ["2026-11-16"]\nopen = ["2026-11-21"]\n', encoding="utf-8")
    monkeypatch.setattr(settings, "OFFICE_DAYS", str(own))
    calendar.forget()
    try:
        assert working_day(date(2026, 11, 14), 1) == date(2026, 11, 17)
        assert calendar.is_working(date(2026, 11, 21)), "a Saturday that is worked instead"
        own.write_text('nghi = ["2026-11-16"]', encoding="utf-8")
        calendar.forget()
        with pytest.raises(ImproperlyConfigured, match="nghi"):
            working_day(date(2026, 11, 14), 1)
    finally:
        monkeypatch.undo()
        calendar.forget()


def form_of_layout(kept: dict) -> object:
    from baocao_web.collecting.layout import read

    return read(kept)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"code": "biểu 1"}, "biểu 1"),
        ({"title": "  "}, "tên"),
        ({"indicators": ()}, "chưa có chỉ tiêu"),
        ({"indicators": ("khong_co",)}, "khong_co"),
        ({"indicators": ("lua_nang_suat",)}, "không có ô nào để nhập"),
    ],
)
def test_an_unsound_form_is_refused_in_words(made: Office, more: dict, told: str) -> None:
    with pytest.raises(NotAForm) as problem:
        designing.make(wanted(**more), PROVINCE, "tuan")
    assert told in problem.value.text.vi


def test_a_round_has_an_entry_for_every_unit_that_reports(made: Office) -> None:
    form = designing.make(wanted(), PROVINCE, "tuan")
    opened = opening.open_round(opening.Wanted(form, PROVINCE, Period.parse("2026-M09"), days()), "tuan")
    units = set(Entry.objects.filter(round=opened).values_list("unit", flat=True))
    assert units == {f"MHX{number:02}@2025-07-01" for number in range(1, 11)}
    before = opening.open_round(opening.Wanted(form, PROVINCE, Period.parse("2025-M05"), days()), "tuan")
    assert set(Entry.objects.filter(round=before).values_list("unit", flat=True)) == {"MHH1", "MHH2", "MHH3"}
    with pytest.raises(NotOpened, match="already"):
        opening.open_round(opening.Wanted(form, PROVINCE, Period.parse("2026-M09"), days()), "tuan")
    assert Round.objects.filter(form=form).count() == 2


def days(**moved: int) -> Days:
    counts = {"opens_on": -5, "due_on": 5, "late_on": 7, "locked_on": 9} | moved
    return Days(**{name: office.today() + timedelta(days=count) for name, count in counts.items()})


@pytest.mark.parametrize("moved", [{"due_on": -6}, {"late_on": 4}, {"locked_on": 7}])
def test_days_out_of_order_are_refused_and_nothing_is_opened(made: Office, moved: dict[str, int]) -> None:
    form = designing.make(wanted(), PROVINCE, "tuan")
    with pytest.raises(NotOpened) as problem:
        opening.open_round(opening.Wanted(form, PROVINCE, Period.parse("2026-M09"), days(**moved)), "tuan")
    assert "theo thứ tự" in problem.value.text.vi
    assert not Round.objects.filter(form=form).exists()
    strange = opening.Wanted(form, THERE, Period.parse("2026-M09"), days(), units=[HERE])
    steps = opening.Wanted(form, PROVINCE, Period.parse("2026-M09"), days(), steps=[Role.REVIEWER])
    for odd in (strange, steps):
        with pytest.raises(NotOpened):
            opening.open_round(odd, "tuan")


def test_what_units_make_together_names_who_is_missing(made: Office) -> None:
    empty = consolidate(made.round.pk)
    assert empty.counted == 0
    assert empty.sums[AREA].value is None
    assert [one.unit for one in empty.missing(AREA)] == [HERE, THERE]
    filled(made, HERE, "lan", lua_dien_tich="100", lua_san_luong="520")
    post(signed_in("minh"), f"/forms/{made.entry(THERE).pk}/save", base=0, cells={AREA: "50", OUTPUT: "240"})
    assert consolidate(made.round.pk).sums[AREA].value == Decimal(100), "what is not submitted is not counted"
    filled(made, THERE, "minh", lua_dien_tich="60", lua_san_luong="chưa có số liệu", ho_ngheo="không phát sinh")
    found = consolidate(made.round.pk)
    assert found.sums[AREA].value == Decimal(160)
    assert found.missing(AREA) == []
    assert found.sums[OUTPUT].value == Decimal(520)
    assert [one.unit for one in found.missing(OUTPUT)] == [THERE]
    assert [one.unit for one in found.missing(YIELD)] == [THERE], "a quotient lacks what its parts lack"
    assert found.sums["ho_ngheo:actual"].value == 0
    assert consolidate(made.round.pk, [HERE]).sums[AREA].value == Decimal(100)


def test_quotients_of_sums_are_no_sums_of_quotients(made: Office) -> None:
    filled(made, HERE, "lan", lua_dien_tich="100", lua_san_luong="520")
    filled(made, THERE, "minh", lua_dien_tich="300", lua_san_luong="1440")
    assert consolidate(made.round.pk).sums[YIELD].value == Decimal("49.0000")


def test_a_form_is_judged_by_the_rules_of_the_catalogue(made: Office) -> None:
    checks = Checks(form_of(made.round.pk).layout)
    cells = {AREA: Cell("12345", None, 1), OUTPUT: Cell("65000", None, 1)}
    found = checks.look(cells, {"lua_dien_tich:last_year": "1234.5"})
    assert found.computed[YIELD] == Decimal("52.6529")
    assert "gấp khoảng 10 lần" in found.doubts[AREA][0].vi
    assert OUTPUT not in found.doubts
    assert checks.look({AREA: Cell("1300", None, 1)}, {"lua_dien_tich:last_year": "1234.5"}).doubts == {}
    odd = checks.look({AREA: Cell("100", None, 1), OUTPUT: Cell("52000", None, 1)}, {})
    assert odd.computed[YIELD] == Decimal("5200.0000")


def test_due_days_are_counted_in_working_days() -> None:
    assert working_day(date(2026, 2, 13), 1) == date(2026, 2, 23)
    assert working_day(date(2026, 10, 31), 5) == date(2026, 11, 6)
    assert working_day(date(2026, 11, 9), -1) == date(2026, 11, 6)
    assert date(2026, 2, 17) in holidays(2026)
    usual = Days.usual(Period.parse("2026-M10"))
    assert usual.is_in_order
    assert usual.due_on == date(2026, 11, 6)


def told_of(entry: Entry, cells: dict[str, str]) -> None:
    """What a unit tells: figures, marks, and cells that it leaves empty."""
    who = {HERE: "lan", THERE: "minh"}[entry.unit]
    given = {cell: text for cell, text in cells.items() if text}
    post(signed_in(who), f"/forms/{entry.pk}/save", base=0, cells=given)
    assert post(signed_in(who), f"/forms/{entry.pk}/submit", version=1).status_code == 200


def test_a_quotient_of_unlike_units_is_not_told(made: Office) -> None:
    filled(made, HERE, "lan", lua_dien_tich="10", lua_san_luong="60")
    filled(made, THERE, "minh", lua_san_luong="50")
    found = consolidate(made.round.pk)
    assert (found.sums[YIELD].value, found.sums[YIELD].is_unlike) == (None, True)
    assert [one.unit for one in found.missing(YIELD)] == [THERE]
    page = signed_in("tuan").get(f"/rounds/{made.round.pk}/total").content.decode()
    assert "tử số và mẫu số chưa cùng các đơn vị" in page
    assert 'class="figure computed">–<' in page
    book = load_workbook(io.BytesIO(signed_in("tuan").get(f"/rounds/{made.round.pk}/total/xlsx").content))
    totals = {row[1].value: row[3].value for row in book.worksheets[0].iter_rows(min_row=7)}
    assert totals["Năng suất lúa"] is None, "nor does the workbook work it out"


_TOLD = ("", "chưa có số liệu", "không phát sinh", "7", "3,3", "12", "0,7", "9", "1.250", "4")


def test_the_consolidated_form_is_what_the_core_rolls_up(made: Office) -> None:
    """Whatever two units tell, leave out or mark: sums, quotients and what cannot be told are the same."""
    draw = random.Random(20261121)
    days = {name: getattr(made.round, name) for name in ("opens_on", "due_on", "late_on", "locked_on")}
    rounds = [made.round]
    for number in range(1, 10):
        period = f"2026-M0{number}"
        rounds.append(Round.objects.create(form=made.form, owner=PROVINCE, period=period, steps=["compiler"], **days))
    for one in rounds:
        for unit in (HERE, THERE):
            entry, _ = Entry.objects.get_or_create(round=one, unit=unit)
            told = {cell: draw.choice(_TOLD) for cell in (AREA, OUTPUT)}
            told_of(entry, told | {"ho_ngheo:actual": "1"})
    with live.reading() as known:
        rolled = known.of(View(), (), ("lua_nang_suat", "lua_dien_tich", "lua_san_luong", "ho_ngheo"))
        seen = set()
        for one in rounds:
            found = consolidate(one.pk)
            for code in ("lua_dien_tich", "lua_san_luong", "lua_nang_suat", "ho_ngheo"):
                core = rolled.value(Place(PROVINCE, code), Period.parse(one.period))
                own = found.sums[f"{code}:actual"].value
                assert own == core, (one.period, code)
                seen.add((code, own is None))
    assert {("lua_nang_suat", True), ("lua_nang_suat", False), ("lua_dien_tich", True)} <= seen, "all kinds were met"


# ---- what stands beside ----------------------------------------------------------------------------------------------


def next_round(made: Office) -> Entry:
    """The round of the month after, opened while that of the month before may still be mended."""
    days = Days(*(getattr(made.round, name) for name in ("opens_on", "due_on", "late_on", "locked_on")))
    form = designing.make(wanted(), PROVINCE, "tuan")
    opened = opening.open_round(opening.Wanted(form, PROVINCE, Period.parse("2026-M11"), days), "tuan")
    return Entry.objects.get(round=opened, unit=HERE)


def test_figures_beside_follow_the_earlier_period_while_a_form_is_open(made: Office) -> None:
    filled(made, HERE, "lan", lua_dien_tich="10", lua_san_luong="50")
    feed_all()
    later = next_round(made)
    before = json.loads(later.beside)
    assert (before["lua_dien_tich:previous"], before["lua_nang_suat:previous"]) == ("10", "50")
    post(signed_in("lan"), f"/forms/{later.pk}/save", base=0, cells={AREA: "12"})
    post(signed_in("lan"), f"/forms/{later.pk}/submit", version=1)
    assert deciding.ready([later.pk])[later.pk].doubts == 0
    post(signed_in("hoa"), f"/forms/{made.entry().pk}/return", version=1, reason="Gấp mười lần")
    filled(made, HERE, "lan", lua_dien_tich="1,2", lua_san_luong="6")
    feed_all()
    later.refresh_from_db()
    now = json.loads(later.beside)
    assert (now["lua_dien_tich:previous"], now["lua_nang_suat:previous"]) == ("1.2", "50")
    forms_kept.forget()
    assert deciding.ready([later.pk])[later.pk].doubts == 0, "ten things where there was one are no slip"
    assert ">1,2<" in signed_in("hoa").get(f"/forms/{later.pk}/").content.decode()


def test_slips_are_judged_against_the_figures_that_hold_now(made: Office) -> None:
    filled(made, HERE, "lan", lua_dien_tich="1200")
    feed_all()
    later = next_round(made)
    post(signed_in("lan"), f"/forms/{later.pk}/save", base=0, cells={AREA: "1200"})
    post(signed_in("lan"), f"/forms/{later.pk}/submit", version=1)
    assert deciding.ready([later.pk])[later.pk].doubts == 0
    post(signed_in("hoa"), f"/forms/{made.entry().pk}/return", version=1, reason="Gấp mười lần")
    filled(made, HERE, "lan", lua_dien_tich="120")
    feed_all()
    forms_kept.forget()
    assert deciding.ready([later.pk])[later.pk].doubts == 1


def test_what_is_approved_or_locked_keeps_what_stood_beside_it(made: Office) -> None:
    filled(made, HERE, "lan", lua_dien_tich="10")
    feed_all()
    later = next_round(made)
    Entry.objects.filter(pk=later.pk).update(state="approved")
    post(signed_in("hoa"), f"/forms/{made.entry().pk}/return", version=1, reason="Xem lại")
    filled(made, HERE, "lan", lua_dien_tich="11")
    feed_all()
    later.refresh_from_db()
    assert json.loads(later.beside)["lua_dien_tich:previous"] == "10"
    assert Round.objects.get(pk=later.round_id).beside_at == beside.now_at(), "nothing is looked through twice"
    assert beside.renew() == 0
