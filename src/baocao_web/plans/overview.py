"""A unit's plan of a year as a page shows it: each indicator with what every authority asks for, by which decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from baocao.figures import compare_words, store_targets
from baocao.figures.compare import Completeness
from baocao.figures.rating import judge
from baocao.figures.targets import plan
from baocao.ledger.annexing import leading_first
from baocao.ledger.completeness import short_of
from baocao.ledger.following import NotPrepared
from baocao.ledger.rolled import Place, View
from baocao.model.indicator import Aim, Indicator
from baocao.model.period import Period
from baocao.model.target import Target
from baocao.model.text import Text
from baocao.reference import indicators as reference
from baocao_web.figures import live
from baocao_web.figures.feeding_in import raw
from baocao_web.places import office
from baocao_web.places.calendar import so_far
from baocao_web.places.vietnamese import sorting_key
from baocao_web.plans import subjects
from baocao_web.plans.assigning import measure
from baocao_web.plans.models import Source
from baocao_web.plans.subjects import Subject


@dataclass(frozen=True, slots=True)
class Given:
    """One authority's target: as it is printed, and what share of it is reached."""

    target: Target
    words: Text
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator or a part of it: its result so far, and what each authority asks for (None for nothing).

    ``short`` tells how many units are missing from the result, of which no share of a target is told then.
    """

    indicator: Indicator
    subject: Subject
    measure: Text
    result: Decimal | None
    given: tuple[Given | None, ...]
    short: Completeness | None = None


class Result(NamedTuple):
    """What a year has come to so far, and how many units are missing from it where some are."""

    value: Decimal
    short: Completeness | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A unit's plan of a year by sector, as it stands on a day."""

    unit: str
    year: int
    on: date
    authorities: tuple[str, ...]
    sectors: tuple[tuple[Text, tuple[Line, ...]], ...]
    is_prepared: bool = True  # whether results could be looked up: those of a large store are being prepared else

    @property
    def told_to(self) -> date | None:
        """The end of the last month that results are told of."""
        period = so_far(self.year, office.today())
        return period.end if period is not None else None

    @property
    def decisions(self) -> list[tuple[str, str, date]]:
        """The instruments: who, number, day; the earliest first."""
        found = {
            (one.target.address.authority, one.target.decision.number, one.target.decision.issued_on)
            for _, lines in self.sectors
            for line in lines
            for one in line.given
            if one is not None
        }
        return sorted(found, key=lambda one: (one[2], one[0], one[1]))


def held(unit: str, year: int, on: date | None = None) -> tuple[Target, ...]:
    """The targets of a unit's year that hold on a day, by default its last: of wholes, and of parts by breakdown."""
    kept = store_targets.kept_of_unit(raw(), unit)
    day = on or Period.part(year).end
    return tuple(one for one in plan(kept, day) if one.address.period.year == year)


def plan_of(unit: str, year: int, on: date | None = None) -> Plan:
    """A unit's plan with its results so far; without them while the figures are being prepared."""
    targets = held(unit, year, on)
    authorities = tuple(leading_first(targets))
    by_place = {(subjects.of(one), one.address.authority): one for one in targets}
    wanted = subjects.in_order({subjects.of(one) for one in targets})
    try:
        results, is_prepared = _results(unit, year, wanted), True
    except NotPrepared:
        results, is_prepared = {}, False
    lines = [_line(one, authorities, by_place, results.get(one)) for one in wanted]
    return Plan(unit, year, on or Period.part(year).end, authorities, tuple(_by_sector(lines)), is_prepared)


def _by_sector(lines: Sequence[Line]) -> Iterator[tuple[Text, tuple[Line, ...]]]:
    for code, name in reference.sectors().items():
        of = tuple(line for line in lines if line.indicator.sector == code)
        if of:
            yield name, of
    known = reference.sectors()
    rest = tuple(line for line in lines if line.indicator.sector not in known)
    if rest:
        yield Text("Khác", "Other"), rest


def _line(
    subject: Subject,
    authorities: Sequence[str],
    by_place: dict[tuple[Subject, str], Target],
    result: Result | None,
) -> Line:
    value, short = result or (None, None)
    indicator, counted = office.catalogue()[subject.indicator], None if short else value
    given = tuple(
        None if (target := by_place.get((subject, authority))) is None else _given(target, counted, indicator.aim)
        for authority in authorities
    )
    return Line(indicator, subject, measure(subject.indicator), value, given, short)


def _given(target: Target, result: Decimal | None, aim: Aim) -> Given:
    """A target with the percentage of it that is reached, as the leader's page and the annex tell it."""
    return Given(target, compare_words.asked(target), judge(target, result, aim).percent)


def _results(unit: str, year: int, wanted: Sequence[Subject]) -> dict[Subject, Result]:
    """What a year has come to so far: the unit's own statement, else what the units below make.

    Raises ``NotPrepared``.
    """
    period = so_far(year, office.today())
    if period is None or not wanted or not office.unit(unit).holds_on(period.end):
        return {}
    found: dict[Subject, Result] = {}
    on = period.end
    with live.reading() as known:
        rolled = known.of(View(on), (unit,), tuple(dict.fromkeys(one.indicator for one in wanted)))
        for subject in wanted:
            place = Place(unit, subject.indicator, subject.line)
            stated = rolled.sums(period, on).stated.get(place)
            value = rolled.value(place, period, on) if stated is None else stated
            if value is not None:
                found[subject] = Result(value, short_of(rolled, place, period, on) if stated is None else None)
    return found


def history(unit: str, indicator: str) -> list[tuple[Target, Text]]:
    """All that any authority ever asked a unit for of an indicator, the latest decision first."""
    kept = store_targets.kept_of(raw(), unit, indicator)
    ordered = sorted(kept, key=lambda one: (one.holds_from, one.decision.issued_on), reverse=True)
    return [(one, compare_words.asked(one)) for one in ordered]


def authorities(unit: str) -> list[str]:
    """Who ever set targets for a unit, so that nobody is written in two ways."""
    return sorted({one.address.authority for one in store_targets.kept_of_unit(raw(), unit)}, key=sorting_key)


def source(target: Target) -> Source | None:
    """The cell of an annex that a target came from; None for one that was typed."""
    address, decision = target.address, target.decision
    found: Source | None = (
        Source.objects.select_related("annex")
        .defer("annex__content", "annex__sheets")
        .filter(
            unit=address.unit,
            indicator=address.indicator,
            breakdown=subjects.of(target).line,
            year=address.period.year,
            authority=address.authority,
            decision=decision.number,
            decided_on=decision.issued_on,
        )
        .last()
    )
    return found
