"""The villages of the demonstration: what they tell makes what their commune tells, to the last decimal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from baocao_web.collecting.models import Entry, Round
from baocao_web.collecting.totals.gathering import lacking_below
from baocao_web.people import recording
from baocao_web.places import office
from demo.office_villages import Below, take
from demo.province import places
from demo.province.writing import table
from tests.web.offices import THERE, Office

TEXTS = {"lua_dien_tich:actual": "1234,5", "lua_san_luong:actual": "7280", "ho_ngheo:actual": "1"}


@pytest.fixture
def settled(made: Office, tmp_path: Path) -> Iterator[Office]:
    kept = settings.OFFICE_UNITS
    table(tmp_path / "units.csv", [*places.unit_rows(), *places.village_rows()])
    settings.OFFICE_UNITS = str(tmp_path / "units.csv")
    office.forget()
    yield made
    settings.OFFICE_UNITS = kept
    office.forget()


def test_a_commune_takes_what_its_villages_make(settled: Office) -> None:
    entry = settled.entry(THERE)
    Below(entry, settled.round, is_one_late=False).live(TEXTS, 1)
    below = Round.objects.get(owner=THERE)
    assert {one.state for one in Entry.objects.filter(round=below)} == {"approved"}
    assert take(entry, "minh") == frozenset(TEXTS)
    told = {cell: Decimal(kept[0]) for cell, kept in settled.cells(THERE).items()}
    assert told == {cell: Decimal(text.replace(",", ".")) for cell, text in TEXTS.items()}
    assert lacking_below(settled.round.pk) == {}
    assert list(recording.faults()) == []


def test_while_a_commune_has_not_submitted_its_last_village_has_not_either(settled: Office) -> None:
    Below(settled.entry(THERE), settled.round, is_one_late=True).live(TEXTS, 1)
    states = {one.unit: one.state for one in Entry.objects.filter(round__owner=THERE)}
    assert states.pop("MHT04@2025-07-01") not in ("submitted", "approved")
    assert set(states.values()) == {"approved"}


def test_a_commune_without_villages_is_left_alone(settled: Office) -> None:
    entry = settled.entry()
    assert Below(entry, settled.round, is_one_late=False).villages == {}
    assert take(entry, "lan") == frozenset()
    assert not Round.objects.filter(owner=entry.unit).exists()


def test_the_files_of_the_province_know_nothing_of_villages() -> None:
    told = {row[0] for row in places.unit_rows()}
    assert told.isdisjoint(places.VILLAGES)
    assert {commune for _, commune, _ in places.VILLAGES.values()} <= told
    for commune in {of for _, of, _ in places.VILLAGES.values()}:
        assert sum(part for _, of, part in places.VILLAGES.values() if of == commune) == 100
