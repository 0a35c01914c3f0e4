"""The outlines that are built in: sound, complete, at every level, and with no figure typed into their words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from baocao.drafting.objectives import groups
from baocao.drafting.outline import TELLING, Given, Kind, Outline, Purpose
from baocao.drafting.outline_check import check, known_with
from baocao.drafting.outline_reading import built_in, names, shared
from baocao.drafting.tables import OBJECTIVES
from baocao.drafting.tables import names as tables
from baocao.model.draft import Manner
from baocao.model.org_unit import Level
from baocao.reference.indicators import sectors

KNOWN = known_with()
ALL = {name: built_in(name) for name in names()}
LEVELS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
CASES = [(name, level) for name in ALL for level in LEVELS]


def words(outline: Outline) -> Iterator[str]:
    """All words of an outline that no figure stands behind."""
    yield from (section.title for section in outline.sections)
    for say in outline.says:
        yield from (say.lead, say.name, say.noun, say.doing, say.asks, *say.default)
        if say.kind is Kind.TEXT:
            yield say.words


@pytest.mark.parametrize("name", ALL)
def test_the_outlines_are_sound(name: str) -> None:
    assert [fault.say("vi") for fault in check(ALL[name], KNOWN)] == []


@pytest.mark.parametrize("name", ALL)
def test_they_are_for_every_level(name: str) -> None:
    assert ALL[name].levels == set(LEVELS)
    assert ALL[name].code == name


def test_there_is_one_for_each_purpose() -> None:
    assert {outline.purpose for outline in ALL.values()} == set(Purpose)


@pytest.mark.parametrize(("name", "level"), CASES)
def test_every_sector_has_a_place_where_the_rest_of_it_is_told(name: str, level: Level) -> None:
    own = ALL[name].for_level(level)
    rest = {say.words for say in own.says if say.kind is Kind.REST}
    assert rest | {"chu_yeu"} == set(sectors())
    assert any(say.kind is Kind.HEADLINES for say in own.says)


@pytest.mark.parametrize(("name", "level"), CASES)
def test_they_have_the_parts_that_reports_have(name: str, level: Level) -> None:
    own = ALL[name].for_level(level)
    kinds = {say.kind for say in own.says}
    assert {Kind.RATINGS, Kind.TASKS, Kind.MISSING, Kind.RESULTS, Kind.LIMITS} <= kinds
    keys = {section.key for section in own.sections}
    assert {"kinh_te", "van_hoa_xa_hoi", "noi_vu_tu_phap", "quoc_phong_an_ninh", "danh_gia", "nhiem_vu"} <= keys
    assert {"nguyen_nhan_khach_quan", "nguyen_nhan_chu_quan", "bai_hoc"} <= keys


def test_only_the_plan_has_objectives_and_they_stand_in_groups() -> None:
    for outline in ALL.values():
        grouped = [
            section.key
            for section in outline.sections
            if any(say.kind is Kind.OTHER_OBJECTIVES for say in section.says)
        ]
        told = {say.words for say in outline.says if say.kind is Kind.OTHER_OBJECTIVES}
        is_plan = outline.purpose is Purpose.NEXT_YEAR
        assert (len(grouped), told) == ((6, set(groups())) if is_plan else (0, set()))


def test_every_sector_is_in_one_group_of_targets() -> None:
    grouped = [sector for group in groups().values() for sector in group["sectors"]]
    assert sorted(grouped) == sorted(set(sectors()) - {"chu_yeu"})
    heads = {one.code for one in KNOWN.indicators.values() if one.sector == "chu_yeu" and not one.parts}
    assert {code for group in groups().values() for code in group["codes"]} == heads


def test_words_hang_on_the_targets_of_the_year_that_they_speak_of() -> None:
    for outline in ALL.values():
        for say in (say for say in outline.says if "{year_decisions}" in say.words):
            assert say.asked is Given.YEAR
        told = {say.asked for say in outline.says} - {None}
        assert told == ({Given.YEAR, Given.NEXT_YEAR} if outline.purpose is Purpose.NEXT_YEAR else {Given.YEAR})
        for given in told:
            assert any(say.unasked is given for say in outline.says)


@pytest.mark.parametrize("name", ALL)
def test_no_figure_is_typed_into_their_words(name: str) -> None:
    """A number without an address would be told forever, whatever the figures say."""
    assert [line for line in words(ALL[name]) if re.search(r"\d", line)] == []


@pytest.mark.parametrize(("name", "level"), CASES)
def test_every_free_part_has_words_to_begin_with_or_asks_for_them(name: str, level: Level) -> None:
    own = ALL[name].for_level(level)
    free = [say for say in own.says if say.kind is Kind.NARRATIVE]
    assert [say.words for say in free if not (say.default or say.asks)] == []
    asked = {say.words for say in free if say.asks}
    beside = {"boi_canh"} if name == "ke-hoach-nam" else {"kien_nghi"}  # what no figure tells, and nobody may make up
    assert asked == {"nguyen_nhan_khach_quan", "nguyen_nhan_chu_quan", "bai_hoc", *beside}


@pytest.mark.parametrize(("name", "level"), CASES)
def test_the_report_of_a_province_has_five_annexes_on_their_side(name: str, level: Level) -> None:
    own = ALL[name].for_level(level)
    printed = [table for annex in own.annexes for table in annex.tables]
    assert len(printed) == len(set(printed))
    if level is not Level.COMMUNE:
        is_plan = own.purpose is Purpose.NEXT_YEAR
        assert set(printed) == set(tables()) - (set() if is_plan else {OBJECTIVES})
        assert sum(annex.is_landscape for annex in own.annexes) == 5 + is_plan


def test_there_are_figures_enough_in_footnotes() -> None:
    own = ALL["bao-cao-nam"].for_level(Level.PROVINCE)
    assert sum(bool(say.notes) for section in own.sections for say in section.says) >= 100


def test_what_speaks_of_other_units_is_not_said_of_a_commune() -> None:
    for outline in ALL.values():
        kinds = {say.kind for say in outline.for_level(Level.COMMUNE).says}
        assert not kinds & {Kind.UNITS, Kind.LEADING}


def test_a_commune_does_not_count_communes() -> None:
    for outline in ALL.values():
        own = outline.for_level(Level.COMMUNE)
        told = {series.indicator for say in own.says if say.kind in TELLING for series in say.of}
        passed = {series.indicator for say in own.says for series in say.without}
        counted = {one.code for one in KNOWN.indicators.values() if one.unit == "xa"}
        assert not counted & told
        assert counted <= passed


def test_districts_have_their_own_words() -> None:
    district, province = (ALL["bao-cao-nam"].for_level(level) for level in (Level.DISTRICT, Level.PROVINCE))
    titles = [{section.key: section.title for section in one.sections} for one in (district, province)]
    assert titles[0]["lao_dong_an_sinh"].startswith("Lao động - Thương binh và Xã hội")
    assert titles[1]["lao_dong_an_sinh"].startswith("Lao động, giảm nghèo")
    assert list(words(district)) != list(words(province))


def test_conditions_stand_on_figures_of_the_same_section() -> None:
    """A sentence is kept or left by what it speaks of, not by something told elsewhere."""
    for outline in ALL.values():
        for section in outline.sections:
            told = {series for say in section.says if say.kind in TELLING for series in say.of}
            told |= {series for say in section.says for note in say.notes for series in note.of}
            asked = {series for say in section.says for series in (say.when, say.unless) if series}
            assert asked <= told | {series for say in section.says if say.kind is Kind.UNITS for series in say.of}


def test_shared_sections_are_all_used() -> None:
    files = {section.file for outline in ALL.values() for section in outline.sections}
    assert {f"{name}.toml" for name in shared()} <= files


def test_no_crop_stands_below_another_as_though_it_were_a_part_of_it() -> None:
    crops = [say for outline in ALL.values() for say in outline.says if say.kind is Kind.CROP]
    assert crops
    assert not [say.name for say in crops if say.manner is Manner.PLUS]
