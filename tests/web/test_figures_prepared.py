"""Figures of a large store: nobody waits on a page for its snapshot, and who prepares it does it alone and once."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from baocao.figures import store
from baocao.ledger import rolled_engine
from baocao.model.observation import Address, Observation, Origin, OriginKind
from baocao.model.period import Period
from baocao_web.collecting import forms_kept
from baocao_web.collecting.models import Entry
from baocao_web.collecting.rounds import punctuality
from baocao_web.collecting.states import State
from baocao_web.figures import live
from baocao_web.figures.feeding_in import raw
from baocao_web.pages import moment
from baocao_web.places import office
from tests.web.conftest import VENDORS
from tests.web.offices import HERE, THERE, Office, post, signed_in

PAGES = ("/dashboard/", "/figures/lua_dien_tich/", "/figures/pivot/")
both = pytest.mark.parametrize("database", VENDORS, indirect=True)


@pytest.fixture
def large(made: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office whose store is larger than what is read without a snapshot."""
    live.forget()
    monkeypatch.setattr(rolled_engine, "SMALL", 10)
    at, origin = datetime(2026, 10, 2, tzinfo=UTC), Origin(OriginKind.FILE_CELL, "0f#B7")
    with transaction.atomic():
        store.record(
            raw(),
            [
                Observation(Address(unit, "lua_dien_tich", month), Decimal(10), origin, at, "lan")
                for unit in (HERE, THERE)
                for month in Period.part(2026).split(1)[:9]
            ],
        )
    yield made
    live.forget()


def snapshots() -> list[str]:
    folder = Path(settings.FOLDER) / "figures.snapshot"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@both
def test_a_page_of_a_large_store_waits_for_nobody_and_is_there_after_the_clock_has_run(large: Office) -> None:
    leader = signed_in("son")
    for path in PAGES:
        answer = leader.get(path)
        assert (answer.status_code, answer["Retry-After"], answer["Refresh"]) == (503, "20", "20")
        assert "Số liệu đang được chuẩn bị" in answer.content.decode()
    assert snapshots() == []
    assert signed_in("lan").get(f"/forms/{large.entry().pk}/").status_code == 200
    told = StringIO()
    call_command("tick", stdout=told)
    assert "bản chụp mới: 1" in told.getvalue()
    assert [leader.get(path).status_code for path in PAGES] == [200] * 3
    told = StringIO()
    call_command("tick", stdout=told)
    assert "bản chụp mới: 0" in told.getvalue()
    assert snapshots() == ["000001", "CURRENT"]


@both
def test_a_form_is_counted_over_the_snapshot_the_moment_it_is_submitted(large: Office) -> None:
    live.prepare()
    leader, path = signed_in("son"), f"/figures/lua_dien_tich/?unit={HERE}&period=2026-M10"
    assert "123.456,5" not in leader.get(path).content.decode()
    for unit, name in ((HERE, "lan"), (THERE, "minh")):
        entry, reporter = large.entry(unit).pk, signed_in(name)
        saved = post(reporter, f"/forms/{entry}/save", base=0, cells={"lua_dien_tich:actual": "123.456,5"}).json()
        assert post(reporter, f"/forms/{entry}/submit", version=saved["version"]).status_code == 200
        assert "123.456,5" in leader.get(path.replace(HERE, unit)).content.decode()


@both
def test_after_an_import_it_is_prepared_by_hand(large: Office) -> None:
    for words in ("a snapshot of the figures was built", "the figures are ready"):
        told = StringIO()
        call_command("prepare_figures", stdout=told)
        assert words in told.getvalue()
    assert signed_in("son").get("/dashboard/").status_code == 200


def test_a_page_tells_since_when_figures_are_prepared_and_a_second_one_does_not_begin(large: Office) -> None:
    begun = datetime(2026, 11, 2, 7, 5, tzinfo=UTC)
    mark = Path(settings.FOLDER) / "figures.preparing"
    with mark.open("w", encoding="utf-8") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        other.write(begun.isoformat())
        other.flush()
        assert moment(begun) in signed_in("son").get("/dashboard/").content.decode()
        told = StringIO()
        call_command("prepare_figures", stdout=told)
        assert f"being prepared since {moment(begun)}" in told.getvalue()
        assert snapshots() == []
    page = signed_in("son").get("/dashboard/").content.decode()  # the other has gone, killed perhaps
    assert moment(begun) not in page
    assert "prepare_figures" in page
    assert live.prepare()
    assert live.under_way() is None


def test_a_store_that_was_put_in_place_of_another_is_prepared_anew(large: Office) -> None:
    assert live.prepare()
    leader = signed_in("son")
    assert leader.get("/dashboard/").status_code == 200
    at = datetime(2026, 10, 3, tzinfo=UTC)
    with transaction.atomic():
        for number in range(30):
            address = Address(HERE, "lua_dien_tich", Period.part(2026, "M", 1 + number % 9))
            origin = Origin(OriginKind.FILE_CELL, f"1e#B{number}")
            store.record(raw(), [Observation(address, Decimal(number), origin, at, "lan")])
    assert leader.get("/dashboard/").status_code == 200  # who follows goes on
    live.forget()  # another process
    assert leader.get("/dashboard/").status_code == 503
    assert live.prepare()
    assert leader.get("/dashboard/").status_code == 200


@both
def test_who_owes_what_is_counted_as_it_is_listed(made: Office) -> None:
    due = made.round.due_on
    last = datetime(due.year, due.month, due.day, 16, 59, 59, tzinfo=UTC)  # a second before midnight here
    units = [unit.key for unit in office.geography().units if unit.key not in (HERE, THERE)][:40]
    states = (State.OPEN, State.SUBMITTED, State.RETURNED, State.APPROVED)
    moments = (None, last, last + timedelta(seconds=1), last + timedelta(days=3))
    longer = (None, due, due + timedelta(days=2))
    every = [(state, at, to) for state in states for at in moments for to in longer][: len(units)]
    Entry.objects.bulk_create(
        Entry(round=made.round, unit=unit, state=state.value, submitted_at=at, extended_to=to)
        for unit, (state, at, to) in zip(units, every, strict=False)
    )
    for day in (due, due - timedelta(days=30)):
        made.round.due_on = day
        made.round.save()
        forms_kept.forget()
        assert punctuality.counts_of(made.round.pk) == punctuality.counted(punctuality.of_round(made.round.pk))


@both
def test_a_process_reads_the_figures_before_anybody_asks_for_them(large: Office) -> None:
    def begin() -> None:
        thread = Thread(target=live.begin)
        thread.start()
        thread.join(60)

    begin()  # there is no snapshot yet: a page says so
    assert not live._kept
    live.prepare()
    begin()
    (kept,) = live._kept.values()
    assert signed_in("son").get("/dashboard/").status_code == 200
    assert list(live._kept.values()) == [kept]
