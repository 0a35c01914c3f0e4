"""What is asked for in the year planned: by each authority, in the groups that plans are told in, beside this year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from baocao.drafting.assessment import Wanted
from baocao.drafting.facts import Facts
from baocao.drafting.looking import Looking
from baocao.drafting.outline import Given, Kind, Say, Series
from baocao.drafting.phrases import Aimed, Objective, say
from baocao.drafting.phrases.told import Told
from baocao.model.draft import Line, Number
from baocao.model.indicator import Aim
from baocao.model.observation import Address, Scenario
from baocao.model.target import Target, TargetKind
from baocao.reference import load
from baocao.reference.indicators import sectors

HEADLINES = "chu_yeu"  # the sector whose indicators belong to the groups one by one


def groups() -> Mapping[str, Any]:
    """The groups of targets in the order of a plan, by code."""
    return load("groups")


def series_in(facts: Facts, group: str, year: Wanted) -> Iterator[Series]:
    """What targets of a year are given for in a group, headlines first, in the order of the catalogue."""
    wanted = groups()[group]
    heads = [code for code in facts.sector(HEADLINES) if code in wanted["codes"]]
    for code in (*heads, *(code for sector in wanted["sectors"] for code in facts.sector(sector))):
        found = facts.targets(year.unit, code, year.period.year, year.on)
        for breakdown in dict.fromkeys(target.address.breakdown for target in found):
            yield Series(code, breakdown)


def authorities_of(facts: Facts, year: Wanted) -> frozenset[str]:
    """Who asks a unit for anything in a year."""
    codes = (code for sector in sectors() for code in facts.sector(sector))
    found = (facts.targets(year.unit, code, year.period.year, year.on) for code in codes)
    return frozenset(target.address.authority for targets in found for target in targets)


def planned(looking: Looking) -> Wanted:
    """The year to come, by the plan of the day of writing."""
    setting = looking.setting
    return Wanted(setting.unit.key, setting.period, setting.planned_on)


def _told_year(looking: Looking) -> Wanted:
    """The year whose results are told, by the plan as it stands at the end of the period."""
    return Wanted(looking.setting.unit.key, looking.period, looking.period.end, looking.setting.on)


def is_given(looking: Looking, wanted: Say) -> bool:
    """Whether there are targets, or none, of the year that a thing to say hangs on."""
    return (wanted.asked is None or _are_of(looking, wanted.asked)) and (
        wanted.unasked is None or not _are_of(looking, wanted.unasked)
    )


def _are_of(looking: Looking, given: Given) -> bool:
    year = _told_year(looking) if given is Given.YEAR else planned(looking)
    return bool(authorities_of(looking.facts, year))


def objectives(looking: Looking, wanted: Say) -> Iterator[Line]:
    """The targets of the year planned of the indicators that are named."""
    for series in wanted.of:
        yield from _told(looking, series)


def other_objectives(looking: Looking, wanted: Say) -> Iterator[Line]:
    """Those of a group that the outline names nowhere: none that is given is left out."""
    named = {series for one in looking.outline.says if one.kind is Kind.OBJECTIVES for series in one.of}
    for series in series_in(looking.facts, wanted.words, planned(looking)):
        if series not in named:
            yield from _told(looking, series)


def _told(looking: Looking, series: Series) -> Iterator[Line]:
    found = tuple(looking.targets(series, looking.setting.period))
    if not found:
        return
    indicator = looking.indicator(series)
    result = looking.told(series)
    since = load("composing")["estimate_of" if _is_estimate(result) else "result_of"]
    said = Objective(
        looking.name(series),
        tuple(_aimed(looking, series, target) for target in found),
        result if result.value is not None and not is_assured(found) else None,
        str(since).format(year=looking.period.year),
        indicator.aim if indicator else Aim.HIGHER,
        is_named=_are_several(looking),
    )
    yield _of_all(say(said), found)


def _of_all(line: Line, targets: Sequence[Target]) -> Line:
    """The line with each figure that several ask for alike tied to the targets of them all."""
    alike: dict[Address, list[Address]] = {}
    for target in targets:
        first = next(one for one in targets if _asks_alike(one, target))
        alike.setdefault(first.address, []).append(target.address)
    return tuple(
        replace(piece, source=replace(piece.source, addresses=tuple(alike[piece.source.addresses[0]])))
        if isinstance(piece, Number) and piece.source.addresses[:1] and piece.source.addresses[0] in alike
        else piece
        for piece in line
    )


def _asks_alike(one: Target, other: Target) -> bool:
    return (one.kind, one.low, one.high, one.is_strict) == (other.kind, other.low, other.high, other.is_strict)


def is_assured(targets: Sequence[Target]) -> bool:
    """Whether all that is asked for is that something be done: no figure of it says how far it has come."""
    return bool(targets) and all(target.kind is TargetKind.ASSURED for target in targets)


def _aimed(looking: Looking, series: Series, target: Target) -> Aimed:
    low = None if target.low is None else looking.of_target(series, target)
    return Aimed(target.address.authority, target.kind, low, looking.upper_of(series, target), target.is_strict)


def _is_estimate(result: Told) -> bool:
    return any(address.scenario is Scenario.ESTIMATE for address in result.source.addresses)


def _are_several(looking: Looking) -> bool:
    """Whether the targets of both years are several authorities', so that each is to be named."""
    found = (authorities_of(looking.facts, year) for year in (_told_year(looking), planned(looking)))
    return len(frozenset().union(*found)) > 1
