"""The map around one unit answers as the whole map does."""

from __future__ import annotations

from datetime import date

import pytest

from baocao.ledger.locality import around
from baocao.model.org_unit import Level
from baocao.reference.geography import national

DAYS = (date(2024, 1, 1), date(2025, 6, 30), date(2025, 7, 1), date(2026, 12, 31))


@pytest.mark.parametrize("name", ["Thành phố Hà Nội", "Tỉnh Tuyên Quang", "Tỉnh Lâm Đồng"])
def test_the_map_around_a_province_answers_as_the_whole_map(name: str) -> None:
    whole = national()
    province = next(unit for unit in whole.at(date(2026, 1, 1), Level.PROVINCE) if unit.name == name)
    local = around(whole, province.key)
    assert len(local.units) < len(whole.units) / 8
    for day in DAYS[2:]:
        communes = whole.descendants(province.key, Level.COMMUNE, day)
        assert local.descendants(province.key, Level.COMMUNE, day) == communes
        for commune in communes[::25]:
            assert local.made_of(commune.key, DAYS[0]) == whole.made_of(commune.key, DAYS[0])
            assert local.path(commune.key, day) == whole.path(commune.key, day)


def test_the_map_around_a_commune_holds_what_was_merged_into_it() -> None:
    whole = national()
    day = date(2026, 1, 1)
    commune = next(unit for unit in whole.at(day, Level.COMMUNE) if len(whole.made_of(unit.key, DAYS[0])) > 2)
    local = around(whole, commune.key)
    assert local.made_of(commune.key, DAYS[0]) == whole.made_of(commune.key, DAYS[0])
    assert len(local.units) < 1000
