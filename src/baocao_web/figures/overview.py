"""What a leader asks first: where each headline stands to its plan, what is behind, and by how much.

Plans, results, percentages and ratings are those of the annex of a report, from the same functions: a figure on this
page is the figure that the report will print.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from baocao.figures import compare, store_targets
from baocao.figures.compare_earlier import Compared, Earlier
from baocao.figures.compare_progress import elapsed
from baocao.figures.projection import EARLIER_YEARS, Projecting
from baocao.figures.said import rounded
from baocao.figures.targets import plan
from baocao.ledger.annex_results import Needed, gather
from baocao.ledger.annexing import leading_first
from baocao.ledger.completeness import lacks_units
from baocao.ledger.following import Following
from baocao.ledger.rolled import Place, Rolled, View
from baocao.ledger.rolled_live import LiveRolled
from baocao.model.indicator import Aim
from baocao.model.observation import Observation, OriginKind
from baocao.model.period import Period
from baocao.model.projection import Projection
from baocao.model.target import Rating, Target
from baocao_web.figures.asked import Asked

MOST_UNPLANNED = 60  # rows that are shown of indicators without a plan
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Headline:
    """One indicator: the row of the annex, what its year may come to, and its months."""

    row: compare.Row
    months: tuple[Decimal | None, ...]
    projection: Projection | None

    @property
    def is_heading(self) -> bool:
        """Whether it only names what its parts are, as "Cơ cấu kinh tế" does: nothing is asked or told of it."""
        return bool(self.row.indicator.parts) and not self.row.plans and self.row.result is None

    @property
    def earlier(self) -> Compared | None:
        return self.row.versus(Earlier.LAST_YEAR)

    @property
    def share(self) -> Decimal | None:
        """The percentage of the leading plan that is reached."""
        return self.row.plans[0].rated.percent if self.row.plans else None

    @property
    def behind(self) -> Decimal | None:
        """By how many points less of the plan is reached than ought to be by now; None where it is not behind."""
        progress, rating = self.row.progress, self.row.rating
        if progress is not None:
            if not progress.is_behind:
                return None
            asked_by_now = min((share for _, share in progress.earlier), default=progress.elapsed)
            return rounded((asked_by_now - progress.reached) * _HUNDRED, 1)
        if rating is not Rating.NOT_MET or self.share is None:
            return None
        return abs(_HUNDRED - self.share)

    @property
    def is_broken(self) -> bool:
        """Whether it missed its plan whatever the missing units still tell: a ceiling that is broken already."""
        return self.row.is_short and bool(self.row.plans) and self.row.plans[0].rated.rating is Rating.NOT_MET

    @property
    def is_better(self) -> bool | None:
        """Whether it moved the wanted way against the year before; None where it did not move or no way is wanted."""
        aim = self.row.indicator.aim
        if self.earlier is None or not self.earlier.change or aim not in (Aim.HIGHER, Aim.LOWER):
            return None
        return (self.earlier.change > 0) is (aim is Aim.HIGHER)


@dataclass(frozen=True, slots=True)
class Overview:
    """One unit's headlines up to a month's end."""

    authorities: tuple[str, ...]
    headlines: tuple[Headline, ...]
    elapsed: Decimal
    rolled: LiveRolled  # the sums that the results are of

    @property
    def behind(self) -> list[Headline]:
        """Those behind, what missed its plan for sure before the others, the furthest first."""
        found = (one for one in self.headlines if one.behind is not None or one.is_broken)
        return sorted(found, key=lambda one: (one.is_broken, one.behind or 0), reverse=True)

    @property
    def short(self) -> list[Headline]:
        """Those that units are missing from."""
        return [one for one in self.headlines if one.row.is_short]

    def count(self, rating: Rating) -> int:
        return sum(one.row.rating is rating and not one.is_heading for one in self.headlines)


def overview(
    known: Following,
    asked: Asked,
    sector: str = "",
    is_left_out: Callable[[Observation], bool] = lambda _: False,
) -> Overview:
    """The headlines: what a plan asks for; of a sector all that there are figures of."""
    year = Period.part(asked.month.year)
    targets = _targets(known, asked, year)
    codes = tuple(_codes(known, targets, sector))
    view = View(asked.month.end)
    listed = [line.indicator for line in compare.lines(known.book.indicators, codes)]  # the wholes and their parts
    rolled = known.of(view, (asked.unit.key,), tuple(one.code for one in listed))
    authorities = leading_first(targets)
    needed = Needed(asked.unit, asked.to_date, (Earlier.LAST_YEAR,), targets, view.base)
    first_year = min((period.start.year for period in known.told), default=year.year)
    rolled.look_ahead(tuple(_ahead(asked, first_year)), asked.month.end)
    found = gather(known.book, needed, listed, rolled, rolled.looked_up, is_left_out)
    told = {one.address.indicator for one in targets} | {one.address.indicator for one in found.observations}
    wanted = compare.Wanted(asked.unit.key, asked.to_date, authorities, asked.month.end)
    lines = compare.lines(known.book.indicators, codes, told)
    made = compare.compare(wanted, lines, found.observations, targets, found.completeness, found.incomplete)
    told_by_unit: dict[Period, dict[str, Decimal]] = {}
    for one in found.observations:
        if one.value is not None and not one.address.breakdown and not one.address.authority:
            told_by_unit.setdefault(one.address.period, {})[one.address.indicator] = one.value
    own = frozenset(
        (one.address.indicator, one.address.period)
        for one in found.observations
        if one.origin.kind is not OriginKind.COMPUTED
    )
    seen = _Seen(known, rolled, asked, told_by_unit, first_year, own)
    projecting = Projecting(known.book.catalogue, seen.whole, year, asked.month.end, first_year, seen.lacks)
    months = asked.months
    headlines = tuple(_headline(row, months, seen, projecting) for row in made.rows)
    return Overview(authorities, headlines, rounded(elapsed(year, asked.month.end) * _HUNDRED, 1), rolled)


def _headline(row: compare.Row, months: Sequence[Period], seen: _Seen, projecting: Projecting) -> Headline:
    code = row.indicator.code
    projection = projecting.of(code) if row.plans and not row.is_assured else None
    return Headline(
        row,
        tuple(seen.whole(code, month) for month in months),
        projection if isinstance(projection, Projection) else None,
    )


@dataclass(slots=True)
class _Seen:
    """A unit's figures for any period, as projecting asks for them: what it tells itself, else what is below it."""

    known: Following
    rolled: Rolled
    asked: Asked
    told: Mapping[Period, Mapping[str, Decimal]]
    first_year: int  # that there are figures of; before it nothing need be asked
    own: frozenset[tuple[str, Period]] = frozenset()  # what the unit told itself
    _kept: dict[Period, dict[str, Decimal | None]] = field(default_factory=dict)

    def __call__(self, code: str, period: Period) -> Decimal | None:
        told = self.told.get(period)
        if told is not None and code in told:
            return told[code]
        if self.rolled.book.catalogue[code].formula:  # it may be made of other periods, which move by themselves
            return self._look_up(code, period)
        its = self._kept.get(period)
        if its is None:
            its = self._kept[period] = self._kept_of(period)
        if code not in its:
            its[code] = self._look_up(code, period)
        return its[code]

    def whole(self, code: str, period: Period) -> Decimal | None:
        """The same where all units stand behind it."""
        found = self(code, period)
        return None if found is None or self._is_short(code, period) else found

    def lacks(self, code: str, period: Period) -> bool:
        return self(code, period) is not None and self._is_short(code, period)

    def _is_short(self, code: str, period: Period) -> bool:
        place, day = Place(self.asked.unit.key, code), self.asked.month.end
        if (code, period) in self.own or place in self.rolled.sums(period, day).stated:
            return False
        return lacks_units(self.rolled, place, period, day)

    def _kept_of(self, period: Period) -> dict[str, Decimal | None]:
        """What was looked up of a period since its figures moved."""
        what = ("overview", self.asked.unit.key, self.asked.month.end)
        nothing: dict[str, Decimal | None] = {}
        return self.known.made(what, (period,), lambda lacking: {period: nothing})[period]

    def _look_up(self, code: str, period: Period) -> Decimal | None:
        if period.end.year < self.first_year:
            return None
        place, day = Place(self.asked.unit.key, code), self.asked.month.end
        stated = self.rolled.sums(period, day).stated.get(place)
        return stated if stated is not None else self.rolled.value(place, period, day)


def _ahead(asked: Asked, first_year: int) -> Iterator[Period]:
    """The periods that projections and sparklines are made of: of each year its months, the year so far, the whole."""
    part, whole = asked.to_date, Period.part(asked.month.year)
    yield part
    yield from asked.months
    for _ in range(EARLIER_YEARS):
        part, whole = part.last_year, whole.last_year
        if whole.year < first_year:
            return
        yield from (part, whole, *part.split(1))  # where no figure goes so far its months are added up


def _targets(known: Following, asked: Asked, year: Period) -> tuple[Target, ...]:
    every = store_targets.kept_of_unit(known.book.connection, asked.unit.key)
    return tuple(one for one in plan(every, asked.month.end) if one.address.period.year == year.year)


def _codes(known: Following, targets: Sequence[Target], sector: str) -> Iterator[str]:
    """The indicators shown, in the order of the catalogue; parts stand under the whole that they make."""
    listed = known.book.indicators
    given = {one.address.indicator for one in targets}
    if sector or not given:
        shown = [code for code in known.indicators if not sector or listed[code].sector == sector]
        yield from shown if sector else shown[:MOST_UNPLANNED]
        return
    wholes = [one for one in listed.values() if given.intersection((one.code, *one.parts))]
    inside = {part for one in wholes for part in one.parts}
    yield from (one.code for one in wholes if one.code not in inside)


def sectors(known: Following) -> Iterable[str]:
    """The sectors that there are figures of, in the order of the catalogue."""
    return dict.fromkeys(known.book.indicators[code].sector for code in known.indicators)
