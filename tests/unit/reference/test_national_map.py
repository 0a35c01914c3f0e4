"""Facts about the national map that anyone can look up."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest

from baocao.model.geography_faults import faults_of
from baocao.model.org_unit import ChangeKind, Level
from baocao.reference.geography import REFORM, national, read_table

MAP = national()
BEFORE = REFORM - timedelta(days=1)


def test_the_map_that_is_not_checked_when_loaded_is_sound() -> None:
    assert faults_of(MAP.units, MAP.changes) == []


@pytest.mark.parametrize(
    ("on", "level", "count"),
    [
        (BEFORE, Level.PROVINCE, 63),
        (BEFORE, Level.DISTRICT, 696),
        (BEFORE, Level.COMMUNE, 10_035),
        (REFORM, Level.PROVINCE, 34),
        (REFORM, Level.DISTRICT, 0),
        (REFORM, Level.COMMUNE, 3_321),
    ],
)
def test_the_counts_of_the_reform(on: date, level: Level, count: int) -> None:
    assert len(MAP.at(on, level)) == count


def test_the_kinds_of_the_new_communes() -> None:
    """2,621 xã, 687 phường, 13 đặc khu."""
    kinds = Counter(unit.name.split(" ")[0] for unit in MAP.at(REFORM, Level.COMMUNE))
    assert kinds == {"Xã": 2_621, "Phường": 687, "Đặc": 13}


def test_every_old_commune_has_a_successor_and_every_new_one_a_source() -> None:
    targets = {flow.target for change in MAP.changes for flow in change.flows}
    sources = {flow.source for change in MAP.changes for flow in change.flows}
    assert {unit.key for unit in MAP.at(BEFORE, Level.COMMUNE)} <= sources
    assert {unit.key for unit in MAP.at(REFORM, Level.COMMUNE)} <= targets


def test_no_share_is_invented() -> None:
    heirs: dict[str, list[Fraction | None]] = {}
    for change in MAP.changes:
        for flow in change.flows:
            heirs.setdefault(flow.source, []).append(flow.share)
    communes = [shares for source, shares in heirs.items() if len(source) == 5]
    assert Counter(map(len, communes)) == {1: 9_593, 2: 370, 3: 56, 4: 15, 5: 1}
    assert all(shares == [Fraction(1)] if len(shares) == 1 else set(shares) == {None} for shares in heirs.values())


@pytest.mark.parametrize(
    ("code", "name", "sources"),
    [
        ("08", "Tỉnh Tuyên Quang", ["02", "08"]),
        ("25", "Tỉnh Phú Thọ", ["17", "25", "26"]),
        ("37", "Tỉnh Ninh Bình", ["35", "36", "37"]),
        ("48", "Thành phố Đà Nẵng", ["48", "49"]),
        ("79", "Thành phố Hồ Chí Minh", ["74", "77", "79"]),
        ("92", "Thành phố Cần Thơ", ["92", "93", "94"]),
        ("03760", "Xã Mường Bám", ["03760"]),
        ("29419", "Xã Mỹ Long", ["29419", "29422", "29425"]),
        ("17488", "Xã Tân Châu", ["17488", "17491", "17494", "17503"]),
        ("21196", "Xã Trường Giang", ["21196", "21226", "21229"]),
        ("12583", "Xã Tân Tiến", ["12571", "12580", "12583"]),
        ("23614", "Phường An Bình", ["23614", "24001", "24004"]),
        ("31975", "Xã Đông Hải", ["31975", "31978"]),
        ("21548", "Đặc khu Lý Sơn", ["536"]),
        ("28249", "Phường Đạo Thạnh", ["28249", "28252", "28282"]),
    ],
)
def test_known_mergers(code: str, name: str, sources: list[str]) -> None:
    unit = MAP.unit(code, REFORM)
    assert unit.name == name
    assert unit.key == f"{code}@2025-07-01"
    assert [key for key, _ in MAP.made_of(unit.key, BEFORE)] == sources


def test_a_commune_that_is_partly_whole_partly_divided() -> None:
    parts = dict(MAP.made_of("09604@2025-07-01", BEFORE))
    assert MAP.by_key("09604@2025-07-01").name == "Phường Tùng Thiện"
    assert {key for key, share in parts.items() if share == 1} == {"09589", "09598", "09607"}
    assert {key for key, share in parts.items() if share is None} == {"09586", "09601", "09604"}


def test_provinces_that_took_in_no_other_are_the_same_units() -> None:
    same = {unit.code for unit in MAP.at(REFORM, Level.PROVINCE) if unit.valid_from is None}
    assert same == {"01", "04", "11", "12", "14", "20", "22", "38", "40", "42", "46"}


def test_every_commune_stays_in_what_its_province_became() -> None:
    for unit in MAP.at(BEFORE, Level.COMMUNE):
        province = MAP.lineage(MAP.path(unit.key, BEFORE)[2].key, REFORM).whole
        assert {MAP.by_key(key).parent for key in MAP.lineage(unit.key, REFORM).keys} == {province}


def test_the_districts_end_and_lie_where_their_communes_lie() -> None:
    (end,) = (change for change in MAP.changes if change.kind is ChangeKind.ABOLISH)
    assert len(end.ended) == 691  # the five island districts became special zones
    assert MAP.lineage("536", REFORM).whole == "21548@2025-07-01"
    assert MAP.lineage("001", REFORM).whole == ""
    assert "00004@2025-07-01" in MAP.lineage("001", REFORM).keys


def test_undoing_the_reform_gives_the_63_provinces_back() -> None:
    undone = MAP.without(*MAP.changes)
    assert len(undone.units) == 1 + 63 + 696 + 10_035
    assert {unit.valid_to for unit in undone.units} == {None}


def test_names_are_clean() -> None:
    misplaced = re.compile(r"(?<![Qq])(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])\b|[Qq][úùủũụ]y\b")
    for unit in MAP.units:
        assert unit.name == unicodedata.normalize("NFC", unit.name)
        assert unit.name == " ".join(unit.name.split())
        assert not misplaced.search(unit.name), unit.name
        assert not set(unit.name) & set("’–"), unit.name


def test_a_broken_line_of_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no such mark: x 01"):
        read_table("x\t01\tT An Lam\n")
