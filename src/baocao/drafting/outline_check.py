"""An outline is sound against the catalogue, or it is told where it is not, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from baocao.drafting import outline_faults as faults
from baocao.drafting.outline import TELLING, UNCERTAIN_SLOTS, Kind, Outline, Purpose, Say, Section, Series
from baocao.drafting.outline_check_says import Known, faults_of, no_table, slots_of
from baocao.drafting.outline_faults import Fault, Place
from baocao.drafting.tables import names
from baocao.model.indicator import Indicator
from baocao.model.org_unit import Level
from baocao.model.text import Text
from baocao.reference import indicators as reference

LEVELS: Final = {
    Level.COUNTRY: Text("cả nước", "country"),
    Level.PROVINCE: Text("tỉnh", "province"),
    Level.DISTRICT: Text("huyện", "district"),
    Level.COMMUNE: Text("xã", "commune"),
    Level.VILLAGE: Text("thôn", "village"),
    Level.DEPARTMENT: Text("phòng ban", "department"),
}
_REPORTING: Final = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
_HEADLINES: Final = "chu_yeu"  # the sector that the numbered list of headline indicators tells
_NAMED: Final = 3  # indicators left out that are named, the others are counted


def known_with(own: Iterable[Indicator] = ()) -> Known:
    """What outlines may name: the national catalogue, with a user's ``own`` indicators behind it."""
    indicators = {one.code: one for one in (*own, *reference.national().indicators)}
    return Known(indicators, reference.dimensions(), reference.measures(), reference.sectors(), names())


def check(outline: Outline, known: Known) -> tuple[Fault, ...]:
    """All that is wrong with an outline, in the order of its sections; nothing where it is sound."""
    found = [*_head(outline), *_annexes(outline, known)]
    for _, say, place in _placed(outline):
        found += faults_of(say, place, known)
    for section in outline.sections:
        found += _titles(section, outline)
    found += _of_levels(outline, known)
    order = {section.key: number for number, section in enumerate(outline.sections)}
    return tuple(sorted(found, key=lambda fault: order.get(fault.place.section, -1)))


def _placed(outline: Outline) -> Iterator[tuple[str, Say, Place]]:
    """Everything that is said, with its place."""
    for number, say in enumerate(outline.opening, 1):
        yield "", say, Place(outline.file, "opening", f"say {number}")
    for section in outline.sections:
        for number, say in enumerate(section.says, 1):
            yield section.key, say, Place(section.file, section.key, f"say {number}")


def _head(outline: Outline) -> Iterator[Fault]:
    place = Place(outline.file)
    yield from slots_of(outline.summary, place, _refused(outline))
    for recipient in outline.recipients:
        yield from slots_of(recipient, place)
    if not outline.sections:
        yield Fault.of(place, faults.NO_SECTIONS, {})


def _refused(outline: Outline) -> frozenset[str]:
    """The slots that a heading cannot hang on; of six months the rest of the year is always known."""
    if outline.purpose is Purpose.SIX_MONTHS:
        return UNCERTAIN_SLOTS - {"rest_of_year"}
    return UNCERTAIN_SLOTS


def _annexes(outline: Outline, known: Known) -> Iterator[Fault]:
    for number, annex in enumerate(outline.annexes, 1):
        place = Place(outline.file, f"annex {number}")
        yield from slots_of(annex.title, place, _refused(outline))
        for name in annex.tables:
            if name not in known.tables:
                yield no_table(name, place, known)


def _titles(section: Section, outline: Outline) -> Iterator[Fault]:
    place = Place(section.file, section.key, "title")
    for title in (section.title, *(name for _, name in section.titles)):
        yield from slots_of(title, place, _refused(outline))


def _of_levels(outline: Outline, known: Known) -> Iterator[Fault]:
    """What is wrong for units of some level; told once, with the levels that it is wrong for."""
    wrong: dict[Fault, list[Level]] = {}
    for level in sorted(outline.levels, key=list(Level).index) or _REPORTING:
        own = outline.for_level(level)
        for fault in (*_depths(own), *_empty(own), *_told_twice(own), *_keys_twice(own), *_uncovered(own, known)):
            wrong.setdefault(fault, []).append(level)
    for fault, levels in wrong.items():
        said = Text(", ".join(LEVELS[one].vi for one in levels), ", ".join(LEVELS[one].en for one in levels))
        yield replace(fault, facts=(*fault.facts, ("level", said)))


def _depths(outline: Outline) -> Iterator[Fault]:
    before = 0
    for section in outline.sections:
        if section.depth > before + 1:
            facts: dict[str, str | Text] = {"seen": str(section.depth), "before": str(before)}
            facts["expected"] = str(before + 1)
            yield Fault.of(Place(section.file, section.key), faults.SKIPS, facts)
        before = section.depth


def _empty(outline: Outline) -> Iterator[Fault]:
    for section, after in zip_longest(outline.sections, outline.sections[1:]):
        if not section.says and (after is None or after.depth <= section.depth):
            yield Fault.of(Place(section.file, section.key), faults.EMPTY, {})


def _told_twice(outline: Outline) -> Iterator[Fault]:
    """The same figure twice in the text; a footnote may repeat it, and what others are a part of may stand again."""
    told: dict[Series, str] = {}
    for section, say, place in _placed(outline):
        subjects = say.of[:1] if say.kind in (Kind.SHARE, Kind.DISBURSEMENT) else say.of
        for series in subjects if say.kind in TELLING else ():
            if series in told:
                yield Fault.of(place, faults.TWICE, {"seen": series.written, "first": told[series]})
            told.setdefault(series, section)


def _keys_twice(outline: Outline) -> Iterator[Fault]:
    keys: dict[str, str] = {}
    for section, say, place in _placed(outline):
        if say.kind is Kind.NARRATIVE:
            if say.words in keys:
                yield Fault.of(place, faults.KEY_TWICE, {"seen": say.words, "first": keys[say.words]})
            keys.setdefault(say.words, section or "opening")


def _uncovered(outline: Outline, known: Known) -> Iterator[Fault]:
    """Sectors of which something is told nowhere."""
    says = tuple(outline.says)
    told = {series.indicator for say in says if say.kind in TELLING for series in say.of}
    whole = {say.words for say in says if say.kind is Kind.REST}
    if any(say.kind is Kind.HEADLINES for say in says):
        whole.add(_HEADLINES)
    for sector in known.sectors:
        left = [one.code for one in known.indicators.values() if one.sector == sector and not one.parts]
        missing = [code for code in left if code not in told]
        if missing and sector not in whole:
            shown = ", ".join(missing[:_NAMED]) + (f" +{len(missing) - _NAMED}" if len(missing) > _NAMED else "")
            yield Fault.of(Place(outline.file), faults.UNCOVERED, {"seen": sector, "missing": shown})
