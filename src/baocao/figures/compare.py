"""The annex of a report: each indicator's targets by authority, its result, the percentages and the ratings.

Pure functions over the nouns: where figures, targets and the units missing from a total come from is the
caller's business. The columns are those of the annexes that offices print: number, indicator, unit of measure,
each authority's target, result, percentage of each, same period of last year, rating, note.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol

from baocao.figures import targets as ledger
from baocao.figures.compare_count import Tally
from baocao.figures.compare_earlier import Compared, Earlier, versus
from baocao.figures.compare_known import Known, current, value
from baocao.figures.compare_progress import Progress, progress
from baocao.figures.rating import Rated, Stands, compound, rate
from baocao.model.bound import bound_of
from baocao.model.indicator import Aim, Indicator, Over
from baocao.model.observation import Address, NoValue, Observation, Scenario
from baocao.model.period import Period
from baocao.model.sheet import column_letters
from baocao.model.target import Rating, Target, TargetKind

_YEAR = 365  # days
EARLIER_YEARS = 3  # that progress is set against


class Indicators(Protocol):
    """A catalogue, or any other mapping of codes to indicators."""

    def __getitem__(self, code: str, /) -> Indicator: ...


class Line(NamedTuple):
    """One line of an annex to be made: "9" and "9a" belong to one indicator; a line without number to that above."""

    number: str
    indicator: Indicator


class Completeness(NamedTuple):
    """What stands behind a total: how many of the units that are to report did, and the names of those that did not."""

    reported: int
    expected: int
    missing: tuple[str, ...] = ()

    @property
    def is_short(self) -> bool:
        """Whether units are missing from the total."""
        return self.reported < self.expected


class AgainstPlan(NamedTuple):
    """What one authority asks for, and how the result stands to it."""

    authority: str
    target: Target
    rated: Rated


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the annex.

    ``plans`` are those of the authorities that ask for something, in the annex's order; the first one leads: it
    rates the row. ``rating`` is None where nothing is asked for; that of an indicator with parts is of them all,
    and ``failed`` are the numbers of its failed parts. ``result`` is None where ``mark`` or nothing is known.
    ``progress`` is told of what adds up over a year that goes on.
    """

    number: str
    indicator: Indicator
    plans: tuple[AgainstPlan, ...]
    result: Decimal | None
    mark: NoValue | None
    is_estimate: bool
    earlier: tuple[tuple[Earlier, Compared], ...]
    rating: Rating | None
    failed: tuple[str, ...] = ()
    completeness: Completeness | None = None
    progress: Progress | None = None

    def against(self, authority: str) -> AgainstPlan | None:
        return next((plan for plan in self.plans if plan.authority == authority), None)

    def versus(self, earlier: Earlier) -> Compared | None:
        return dict(self.earlier).get(earlier)

    @property
    def is_short(self) -> bool:
        """Whether units are missing from the result: then no percentage is told of it, nor any move since earlier."""
        return self.completeness is not None and self.completeness.is_short

    @property
    def is_assured(self) -> bool:
        """Whether the result says that something is assured or not, and is no quantity."""
        return bool(self.plans) and all(plan.target.kind is TargetKind.ASSURED for plan in self.plans)


@dataclass(frozen=True, slots=True)
class Annex:
    """The annex of one unit and period, with the tally of its indicators."""

    unit: str
    period: Period
    authorities: tuple[str, ...]
    rows: tuple[Row, ...]
    tally: Tally
    against: tuple[Earlier, ...] = (Earlier.LAST_YEAR,)

    def tally_by(self, authority: str) -> Tally:
        """The indicators that one authority asks for, by how they stand to its plan alone."""
        counted = []
        for group in grouped([row.number for row in self.rows]):
            plans = [plan for at in group if (plan := self.rows[at].against(authority)) is not None]
            if plans:
                counted.append((self.rows[group[0]].number, compound(plan.rated.rating for plan in plans)))
        return Tally(tuple(counted))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which annex is asked for: of one unit and period, against these authorities, the leading one first.

    Targets are those that hold ``on`` a day, as they could be known then: decisions issued later are left out.
    When no day is given, they are those that hold on the last day of the period by all that was decided since.
    ``is_open``: whether the period goes on, so that what is not reached yet is not missed.
    """

    unit: str
    period: Period
    authorities: tuple[str, ...]
    on: date | None = None
    against: tuple[Earlier, ...] = (Earlier.LAST_YEAR,)
    is_open: bool = False


def lines(indicators: Indicators, codes: Iterable[str], told: Container[str] | None = None) -> tuple[Line, ...]:
    """The named indicators numbered from 1 on, each followed by its parts: 9, 9a, 9b.

    Parts that are not ``told`` of are left out, none when it is not given.
    Raises ``KeyError`` with a code that the catalogue does not have.
    """
    made: list[Line] = []
    for number, code in enumerate(codes, 1):
        made.append(Line(str(number), indicators[code]))
        parts = [one for one in _parts(indicators, indicators[code], {code}) if told is None or one.code in told]
        made += [Line(f"{number}{column_letters(place).lower()}", part) for place, part in enumerate(parts)]
    return tuple(made)


def _parts(indicators: Indicators, whole: Indicator, seen: set[str]) -> Iterator[Indicator]:
    for code in whole.parts:
        if code not in seen:
            seen.add(code)
            yield indicators[code]
            yield from _parts(indicators, indicators[code], seen)


def grouped(numbers: Sequence[str]) -> list[list[int]]:
    """Which lines make one indicator: places of "9", "9a", "9.1" and of lines without a number that follow."""
    groups: list[list[int]] = []
    last = ""
    for place, number in enumerate(numbers):
        head = _head(number)
        if groups and (not head or (head == last and number != head)):
            groups[-1].append(place)
        else:
            groups.append([place])
            last = head or last
    return groups


def _head(number: str) -> str:
    """The number of the whole indicator: "9" of "9a", "9.1" and "9"; letters and Roman numerals stay as they are."""
    digits = number[: next((at for at, sign in enumerate(number) if not sign.isdigit()), len(number))]
    return digits or number


def compare(
    wanted: Wanted,
    annex_lines: Sequence[Line],
    observations: Iterable[Observation],
    targets: Iterable[Target],
    completeness: Mapping[str, Completeness] | None = None,
    incomplete: Container[tuple[str, Period]] = (),
) -> Annex:
    """The annex. ``observations`` may hold more than is needed, also earlier revisions: the latest one counts.

    ``completeness`` is told by indicator code; ``incomplete`` are the codes and earlier periods of totals that lack
    units, against which nothing is set. Raises ``TargetConflict`` where two targets contradict each other.
    """
    known = Known(current(wanted.unit, observations), incomplete)
    by_code: dict[str, list[Target]] = {}
    for target in targets:
        if target.address.unit == wanted.unit and not target.address.breakdown:
            by_code.setdefault(target.address.indicator, []).append(target)
    told = completeness or {}
    rows = []
    for line in annex_lines:
        code = line.indicator.code
        rows.append(_row(wanted, line, known, by_code.get(code, []), told.get(code)))
    groups = grouped([row.number for row in rows])
    rated = [(rows[group[0]].number, _whole(rows, group)) for group in groups]
    for group, (_, rating) in zip(groups, rated, strict=True):
        rows[group[0]] = _headed(rows, group, rating)
    counted = tuple((number, rating) for number, rating in rated if rating is not None)
    return Annex(wanted.unit, wanted.period, wanted.authorities, tuple(rows), Tally(counted), wanted.against)


def _whole(rows: Sequence[Row], group: Sequence[int]) -> Rating | None:
    ratings = [rating for place in group if (rating := rows[place].rating) is not None]
    return compound(ratings) if ratings else None


def _headed(rows: Sequence[Row], group: Sequence[int], rating: Rating | None) -> Row:
    """The first row of an indicator, with the rating of the whole and the parts that failed it."""
    parts = group[1:]
    failed = (rows[place].number or rows[place].indicator.name.vi for place in parts if _failed(rows[place]))
    return replace(rows[group[0]], rating=rating, failed=tuple(failed))


def _failed(row: Row) -> bool:
    return row.rating is Rating.NOT_MET


def _row(
    wanted: Wanted,
    line: Line,
    known: Known,
    targets: Sequence[Target],
    completeness: Completeness | None,
) -> Row:
    indicator = line.indicator
    found = known.told(indicator.code, wanted.period)
    result = value(found)
    plans = []
    for authority in wanted.authorities:
        target = _asked(wanted, indicator.code, authority, targets)
        if target is not None:
            is_final = not wanted.is_open and _is_over(wanted.period, target.address.period)
            fell_from, is_base_whole = _base(known, target, indicator.aim)
            stands = _stands(indicator, completeness, is_base_whole=is_base_whole)
            rated = rate(target, result, indicator.aim, is_final=is_final, fell_from=fell_from, stands=stands)
            if found is not None and found.mark is NoValue.NOT_RATED:  # "cuối năm đánh giá", as was reported
                rated = rated._replace(rating=Rating.PENDING)
            plans.append(AgainstPlan(authority, target, rated))
    is_assured = any(plan.target.kind is TargetKind.ASSURED for plan in plans)
    is_whole = completeness is None or not completeness.is_short
    earlier = () if result is None or is_assured else _earlier(wanted, indicator, result, known, is_whole=is_whole)
    has_way = bool(plans) and is_whole
    return Row(
        line.number,
        indicator,
        tuple(plans),
        result,
        found.mark if found is not None else None,
        found is not None and found.address.scenario is Scenario.ESTIMATE,
        tuple(earlier),
        plans[0].rated.rating if plans else None,
        (),
        completeness,
        _progress(wanted, indicator, plans[0].target, result, known) if has_way and result is not None else None,
    )


def _stands(indicator: Indicator, completeness: Completeness | None, *, is_base_whole: bool) -> Stands:
    if completeness is not None and completeness.is_short:
        return Stands.LEAST if indicator.only_grows and is_base_whole else Stands.PART
    return Stands.WHOLE if is_base_whole else Stands.PART


def _earlier(
    wanted: Wanted, indicator: Indicator, result: Decimal, known: Known, *, is_whole: bool
) -> Iterator[tuple[Earlier, Compared]]:
    """The earlier figures, each with the percentage and the change where all units stand behind it and the result."""
    for earlier in wanted.against:
        then = earlier.of(wanted.period)
        before = value(known.told(indicator.code, then))
        if before is not None and earlier.is_for(indicator):
            are_whole = is_whole and known.whole(indicator.code, then) is not None
            yield earlier, versus(result, before, are_whole=are_whole)


def _progress(wanted: Wanted, indicator: Indicator, target: Target, result: Decimal, known: Known) -> Progress | None:
    """How far a flow has come by the end of the period; a stock, a ratio or a ceiling has no such way to go.

    An earlier year of which units are missing tells nothing: its parts may be of other units than the whole of it.
    """
    part, whole = wanted.period, target.address.period
    bound = bound_of(target, indicator.aim)
    if _is_over(part, whole) or indicator.over_time is not Over.SUM or bound is None or not bound.is_upwards:
        return None
    on, earlier = part.end, []
    for _ in range(EARLIER_YEARS):
        part, whole = part.last_year, whole.last_year
        by_then, in_all = (known.whole(indicator.code, period) for period in (part, whole))
        if by_then is not None and in_all is not None:
            earlier.append((whole.year, by_then, in_all))
    return progress(result, bound.at, target.address.period, on, earlier)


def _asked(wanted: Wanted, code: str, authority: str, targets: Sequence[Target]) -> Target | None:
    """The target for the period itself, else that of the shortest period around it."""
    period, on = wanted.period, wanted.on or wanted.period.end
    spans = {target.address.period for target in targets if target.address.authority == authority}
    around = [span for span in spans if is_around(span, period)]
    # of a plan of the calendar year and one of a year that closes on the 14th that counts which begins as the period
    for span in sorted(around, key=lambda one: (one != period, one.start != period.start, one.days, one.start)):
        held = ledger.in_force(targets, Address(wanted.unit, code, span), authority, on, known_on=wanted.on)
        if held is not None:
            return held
    return None


def is_around(span: Period, period: Period) -> bool:
    """Whether one period holds another; a plan of the year also one that begins on the 15th of December before."""
    return span.contains(period) or (span.year == period.year and span.days >= _YEAR)


def _is_over(period: Period, asked: Period) -> bool:
    """Whether a result is that of the target's whole period, be it by the calendar or by the 14th of December."""
    return period.end >= asked.end or (period.year == asked.year and abs(period.days - asked.days) <= 1)


def _base(known: Known, target: Target, aim: Aim) -> tuple[Decimal | None, bool]:
    """The level that a target to reduce counts from: the stated baseline, else last year's figure; whether it is whole.

    A base without some of its units is a base of something else.
    """
    if target.kind is not TargetKind.REDUCE_BY or aim is Aim.HIGHER:
        return None, True
    code, year = target.address.indicator, target.address.period
    stated = value(known.figures.get((code, year, Scenario.BASELINE)))
    if stated is not None:
        return stated, True
    return value(known.told(code, year.last_year)), (code, year.last_year) not in known.incomplete
