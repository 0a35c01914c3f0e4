"""Plans and calls read the figures of a process by turns, also while they move on and a snapshot of them is built."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from baocao.figures import store
from baocao.ledger import rolled_engine
from baocao.model.observation import Address, Observation, Origin, OriginKind
from baocao.model.period import Period
from baocao_web.api import figure_rows
from baocao_web.api.sdmx_lists import codes_of
from baocao_web.figures import live
from baocao_web.figures.feeding_in import raw
from baocao_web.places import office
from baocao_web.plans import outlook, overview
from baocao_web.plans.assigning import Asked, assign
from baocao_web.plans.subjects import Subject
from tests.web.conftest import VENDORS
from tests.web.offices import HERE, PROVINCE, THERE, Office, person, signed_in

CODE = "lua_dien_tich"
MONTHS = Period.part(2026).split(1)[:9]
ROUNDS = 5
both = pytest.mark.parametrize("database", VENDORS, indirect=True)


@pytest.fixture
def large(made: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office with a plan, whose store is larger than what is read without a snapshot."""
    live.forget()
    monkeypatch.setattr(rolled_engine, "SMALL", 10)
    assign(Asked(PROVINCE, 2026, "HĐND", "12/NQ-HĐND ngày 20/12/2025", lines={CODE: "1.000"}), person("tuan"))
    for month in MONTHS:
        tell(month, 10)
    yield made
    live.forget()


def tell(month: Period, value: int) -> None:
    """Both communes tell the same, in one revision of the ledger."""
    at, origin = datetime.now(UTC), Origin(OriginKind.FILE_CELL, "0f#B7")
    with transaction.atomic():
        store.record(
            raw(),
            [Observation(Address(unit, CODE, month), Decimal(value), origin, at, "lan") for unit in (HERE, THERE)],
        )


def sums() -> list[Decimal | None]:
    asked = figure_rows.Asked((office.unit(PROVINCE),), (CODE,), (MONTHS[0],), view=figure_rows.Units.TODAY)
    return [row.value for row in figure_rows.rows(asked)]


@both
def test_all_who_read_while_figures_move_on_see_them_whole(large: Office) -> None:
    assert live.prepare()
    told: list[Decimal | None] = []
    failures: list[BaseException] = []
    is_over = Event()
    readers: list[Callable[[], object]] = [
        lambda: told.extend(sums()),
        lambda: overview.plan_of(PROVINCE, 2026),
        lambda: outlook.outlook(PROVINCE, 2026, "HĐND", [Subject(CODE)]),
        lambda: list(codes_of("CL_PERIOD")),
    ]

    def read(once: Callable[[], object]) -> None:
        try:
            while not is_over.is_set():
                with suppress(live.Busy):  # who comes third is asked to come again
                    once()
        except BaseException as problem:
            failures.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=read, args=(reader,)) for reader in readers]
    for thread in threads:
        thread.start()
    try:
        for turn in range(ROUNDS):
            tell(MONTHS[0], 20 + turn)
            live.prepare()
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
    assert failures == []
    assert told
    assert set(told) <= {Decimal(20), *(Decimal(2 * (20 + turn)) for turn in range(ROUNDS))}, "never one without other"
    assert sums() == [Decimal(2 * (20 + ROUNDS - 1))]


def test_a_plan_is_shown_while_its_figures_are_being_prepared(large: Office) -> None:
    page = signed_in("tuan").get(f"/plans/?unit={PROVINCE}&year=2026")
    assert page.status_code == 200
    assert "Số liệu đang được chuẩn bị" in page.content.decode()
    found = outlook.outlook(PROVINCE, 2026, "HĐND", [Subject(CODE)])
    assert not found.is_prepared
    assert found.of[Subject(CODE)].base.target is not None
