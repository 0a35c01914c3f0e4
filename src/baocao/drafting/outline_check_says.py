"""One thing to say is sound: its indicators exist, are as many and of the kind that it takes, its slots are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from string import Formatter
from typing import Final

from baocao.drafting import outline_faults as faults
from baocao.drafting.objectives import groups
from baocao.drafting.outline import SLOTS, UNCERTAIN_SLOTS, Kind, Say, Series
from baocao.drafting.outline_faults import Fault, Place
from baocao.model.indicator import Indicator, UnitOfMeasure
from baocao.model.text import Text
from baocao.reference.indicators import Dimension

_PERCENT: Final = "phan_tram"
_CHART_BY: Final = ("months", "units")

# How many indicators each kind takes, and how that is told.
_MANY: Final = range(1, 1000)
_NUMBERS: Final[dict[Kind, tuple[range | frozenset[int], str]]] = {
    Kind.FIGURES: (_MANY, "1+"),
    Kind.LEVELS: (_MANY, "1+"),
    Kind.MOVED: (_MANY, "1+"),
    Kind.LEADING: (_MANY, "1+"),
    Kind.PROJECTION: (_MANY, "1+"),
    Kind.OBJECTIVES: (_MANY, "1+"),
    Kind.CHART: (_MANY, "1+"),
    Kind.CROP: (range(3, 4), "3"),
    Kind.PARTS: (range(2, 1000), "2+"),
    Kind.BREAKDOWN: (range(1, 2), "1"),
    Kind.STRUCTURE: (range(2, 1000), "2+"),
    Kind.SHARE: (range(2, 3), "2"),
    Kind.DISBURSEMENT: (range(2, 3), "2"),
    Kind.FLOW: (frozenset({3, 6, 8}), "3 / 6 / 8"),
    Kind.UNITS: (range(1, 2), "1"),
}
_ONE_UNIT: Final = frozenset({Kind.PARTS, Kind.SHARE, Kind.DISBURSEMENT, Kind.FLOW, Kind.CHART})
_CROP: Final = (
    ("area", Text("diện tích", "area"), Text("đơn vị diện tích", "a measure of area")),
    ("mass/area", Text("năng suất", "yield"), Text("đơn vị năng suất", "a measure of yield")),
    ("mass", Text("sản lượng", "output"), Text("đơn vị khối lượng", "a measure of mass")),
)
_NEEDED: Final[dict[Kind, tuple[str, Text]]] = {
    Kind.BREAKDOWN: ("by", Text("phân tổ", "the breakdown")),
    Kind.FLOW: ("noun", Text("tên thứ được đếm", "what is counted")),
    Kind.UNITS: ("doing", Text("các đơn vị đó làm gì", "what those units do")),
    Kind.STRUCTURE: ("name", Text("tên cơ cấu", "of what it is the structure")),
}
_BY_ITSELF: Final = frozenset({Kind.FIGURES, Kind.LEVELS, Kind.MOVED})  # each figure with its own footnote
_NEVER_ADDED: Final = frozenset({"ratio"})
_NOT_IN_NOTES: Final = frozenset(
    {Kind.TEXT, Kind.NARRATIVE, Kind.TABLE, Kind.CHART, Kind.REST, Kind.RESULTS, Kind.LIMITS, Kind.HEADLINES}
    | {Kind.OTHER_OBJECTIVES}
)


@dataclass(frozen=True, slots=True)
class Known:
    """What an outline may name: indicators, dimensions, units of measure, sectors and tables."""

    indicators: Mapping[str, Indicator]
    dimensions: Mapping[str, Dimension]
    measures: Mapping[str, UnitOfMeasure]
    sectors: Mapping[str, Text]
    tables: tuple[str, ...]

    def unit(self, series: Series) -> UnitOfMeasure | None:
        found = self.indicators.get(series.indicator)
        return self.measures.get(found.unit) if found else None


def faults_of(say: Say, place: Place, known: Known) -> Iterator[Fault]:
    """All that is wrong with one thing to say, its notes included."""
    yield from _of_one(say, place, known)
    for number, note in enumerate(say.notes, 1):
        at = Place(place.file, place.section, f"{place.at} note {number}")
        if note.kind in _NOT_IN_NOTES:
            yield Fault.of(at, faults.NO_NOTE, {"kind": note.kind.value})
        if note.notes:
            yield Fault.of(at, faults.NOT_UNDER, {"kind": "note"})
        yield from _of_one(note, at, known)
        yield from _of_strangers(say, note, at, known)


def _of_strangers(say: Say, note: Say, place: Place, known: Known) -> Iterator[Fault]:
    """Figures in a footnote that look like parts of the one it hangs on: two or more in its unit, percentages aside."""
    if say.kind not in _BY_ITSELF or note.kind is not Kind.LEVELS or not say.of:
        return
    told = {series.indicator for series in note.of}
    anchor = next((series for series in say.of if series.indicator in told), say.of[-1])
    unit = known.unit(anchor)
    same = [series for series in note.of if series != anchor and known.unit(series) == unit]
    if unit is not None and unit.dimension not in _NEVER_ADDED and len(same) > 1:
        seen = ", ".join(series.written for series in same)
        yield Fault.of(place, faults.NOT_PARTS, {"first": anchor.written, "seen": seen})


def _of_one(say: Say, place: Place, known: Known) -> Iterator[Fault]:
    if say.notes and say.kind in _NOT_IN_NOTES:
        yield Fault.of(place, faults.NOT_UNDER, {"kind": say.kind.value})
    unknown = [fault for series in _named(say) for fault in _of_series(series, place, known)]
    misshapen = list(_of_shape(say, place))
    yield from (*unknown, *misshapen)
    yield from _of_words(say, place)
    yield from _of_names(say, place, known)
    if not unknown and not misshapen:
        yield from _of_figures(say, place, known)


def _named(say: Say) -> Iterator[Series]:
    yield from say.of
    yield from say.without
    yield from (series for series in (say.when, say.unless) if series is not None)


def _of_series(series: Series, place: Place, known: Known) -> Iterator[Fault]:
    found = known.indicators.get(series.indicator)
    if found is None:
        near = _near(series.indicator, known.indicators)
        yield Fault.of(place, faults.UNKNOWN, {"seen": series.indicator, "near": near})
        return
    if found.parts:
        facts: dict[str, str | Text] = {"seen": found.code, "known": ", ".join(found.parts)}
        yield Fault.of(place, faults.COMPOUND, facts)
    for dimension, member in series.breakdown:
        yield from _of_member(found, dimension, member, place, known)


def _of_member(found: Indicator, dimension: str, member: str, place: Place, known: Known) -> Iterator[Fault]:
    if dimension not in found.breakdowns or dimension not in known.dimensions:
        yield _no_dimension(found, dimension, place)
        return
    members = [one.code for one in known.dimensions[dimension].members]
    if member not in members:
        facts: dict[str, str | Text] = {"dimension": dimension, "seen": member, "known": ", ".join(members)}
        yield Fault.of(place, faults.NO_MEMBER, facts)


def _no_dimension(found: Indicator, dimension: str, place: Place) -> Fault:
    known = ", ".join(found.breakdowns) or Text("không có", "none")
    return Fault.of(place, faults.NO_DIMENSION, {"code": found.code, "seen": dimension, "known": known})


def _near(seen: str, known: Mapping[str, object]) -> str | Text:
    near = get_close_matches(seen, sorted(known), 3)
    return faults.NEAR.fill(near=", ".join(near)) if near else ""


def _of_shape(say: Say, place: Place) -> Iterator[Fault]:
    """As many indicators as the kind takes, and what else it cannot do without."""
    if say.kind in _NUMBERS:
        wanted, told = _NUMBERS[say.kind]
        if len(say.of) not in wanted:
            facts: dict[str, str | Text] = {"kind": say.kind.value, "expected": told, "seen": str(len(say.of))}
            yield Fault.of(place, faults.TOO_FEW, facts)
    if say.kind in _NEEDED:
        field, expected = _NEEDED[say.kind]
        if not getattr(say, field):
            yield Fault.of(place, faults.LACKS, {"kind": say.kind.value, "field": field, "expected": expected})
    if say.kind is Kind.CHART and say.by not in _CHART_BY:
        yield Fault.of(place, faults.ODD_BY, {"seen": say.by, "known": ", ".join(_CHART_BY)})


def _of_names(say: Say, place: Place, known: Known) -> Iterator[Fault]:
    """A table and a sector that are called by name."""
    if say.kind is Kind.TABLE and say.words not in known.tables:
        yield no_table(say.words, place, known)
    if say.kind is Kind.REST and say.words not in known.sectors:
        yield Fault.of(place, faults.NO_SECTOR, {"seen": say.words, "near": _near(say.words, known.sectors)})
    if say.kind is Kind.OTHER_OBJECTIVES and say.words not in groups():
        yield Fault.of(place, faults.NO_GROUP, {"seen": say.words, "known": ", ".join(groups())})


def no_table(name: str, place: Place, known: Known) -> Fault:
    """The fault of a name that no table has."""
    return Fault.of(place, faults.NO_TABLE, {"seen": name, "known": ", ".join(known.tables)})


def _of_figures(say: Say, place: Place, known: Known) -> Iterator[Fault]:
    """Units of measure that fit the kind, and breakdowns that its indicators have."""
    units = [(series, unit) for series in say.of if (unit := known.unit(series)) is not None]
    if say.kind is Kind.CROP:
        yield from _of_crop(units, place)
    if say.kind is Kind.STRUCTURE:
        yield from _of_structure(units, place)
    if say.kind in _ONE_UNIT:
        yield from _of_one_unit(units, say.kind, place)
    if say.by and say.kind in (Kind.BREAKDOWN, Kind.DISBURSEMENT):
        for series in say.of:
            found = known.indicators[series.indicator]
            if say.by not in found.breakdowns:
                yield _no_dimension(found, say.by, place)


def _of_one_unit(units: Sequence[tuple[Series, UnitOfMeasure]], kind: Kind, place: Place) -> Iterator[Fault]:
    for series, unit in units[1:]:
        first, expected = units[0]
        if unit.code != expected.code:
            facts: dict[str, str | Text] = {"code": series.indicator, "first": first.indicator, "kind": kind.value}
            yield Fault.of(place, faults.UNITS_DIFFER, {**facts, "seen": unit.name, "expected": expected.name})


def _of_structure(units: Sequence[tuple[Series, UnitOfMeasure]], place: Place) -> Iterator[Fault]:
    role, percent = Text("thành phần", "part"), Text("%", "%")
    for series, unit in units:
        if unit.code != _PERCENT:
            yield _not_its_unit(series, unit, Kind.STRUCTURE, role, percent, place)


def _of_crop(units: Sequence[tuple[Series, UnitOfMeasure]], place: Place) -> Iterator[Fault]:
    for (series, unit), (dimension, role, expected) in zip(units, _CROP, strict=False):
        if unit.dimension != dimension:
            yield _not_its_unit(series, unit, Kind.CROP, role, expected, place)


def _not_its_unit(series: Series, unit: UnitOfMeasure, kind: Kind, role: Text, expected: Text, place: Place) -> Fault:
    facts: dict[str, str | Text] = {"code": series.indicator, "seen": unit.name, "kind": kind.value}
    return Fault.of(place, faults.NOT_ITS_UNIT, {**facts, "role": role, "expected": expected})


def _of_words(say: Say, place: Place) -> Iterator[Fault]:
    """Paragraphs may hang on what is known for some units only; names and nouns may not."""
    paragraphs = [say.lead, *say.default, *([say.words] if say.kind is Kind.TEXT else [])]
    for words in paragraphs:
        yield from slots_of(words, place)
    for words in (say.noun, say.doing, say.name, say.asks):
        yield from slots_of(words, place, UNCERTAIN_SLOTS)
    if say.asks and (say.kind is not Kind.NARRATIVE or say.default):
        yield Fault.of(place, faults.ASKS, {"kind": say.kind.value})


def slots_of(words: str, place: Place, refused: frozenset[str] = frozenset()) -> Iterator[Fault]:
    """Slots that are unknown, broken, or may be empty where they must not."""
    try:
        slots = [slot for slot in Formatter().parse(words) if slot[1] is not None]
    except ValueError:
        yield Fault.of(place, faults.BROKEN_SLOT, {"seen": words})
        return
    if any(width or turned for _, _, width, turned in slots):
        yield Fault.of(place, faults.BROKEN_SLOT, {"seen": words})
        return
    for _, name, _, _ in slots:
        assert name is not None  # those without a name are left out above
        if name not in SLOTS:
            yield Fault.of(place, faults.NO_SLOT, {"seen": name, "known": ", ".join(SLOTS)})
        elif name in refused:
            yield Fault.of(place, faults.UNCERTAIN_SLOT, {"seen": name})
