"""What next year's plan is made of: this year's plan, its result so far, what it may come to, the last whole year's.

Results, projections and their refusals are those of the dashboard and of reports, from the same functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from baocao.figures.projection import Projecting
from baocao.ledger.completeness import lacks_units
from baocao.ledger.following import Following, NotPrepared
from baocao.ledger.rolled import Place, Rolled, View
from baocao.model.period import Period
from baocao.model.projection import REFUSED, NotProjected, Projection, Refusal
from baocao.model.target import Target
from baocao.model.text import Text
from baocao_web.figures import live
from baocao_web.places import office
from baocao_web.places.calendar import so_far
from baocao_web.plans import overview
from baocao_web.plans.growing import Base
from baocao_web.plans.subjects import Subject, of


@dataclass(frozen=True, slots=True)
class Ahead:
    """One indicator, or a part of it, as it stands this year: ``why`` says why it is not projected, where it is not."""

    base: Base
    so_far: Decimal | None
    low: Decimal | None
    high: Decimal | None
    why: Text | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """The year before the one planned: ``until`` is the last month looked at, None where there are no figures.

    While those of a large store are being prepared there are none, and ``is_prepared`` says so.
    """

    year: int
    until: Period | None
    of: Mapping[Subject, Ahead]
    is_prepared: bool = True


def outlook(unit: str, year: int, authority: str, subjects: Iterable[Subject], until: str = "") -> Outlook:
    """This year (``year``) of a unit, line by line, up to the end of a month (by default the last told)."""
    listed = office.catalogue()
    wanted = [one for one in dict.fromkeys(subjects) if one.indicator in listed]
    targets = {of(one): one for one in overview.held(unit, year) if one.address.authority == authority}
    bare = {one: _bare(targets.get(one)) for one in wanted}
    try:
        return _looked_up(unit, year, bare, until)
    except NotPrepared:
        return Outlook(year, None, bare, is_prepared=False)


def _looked_up(unit: str, year: int, bare: Mapping[Subject, Ahead], until: str) -> Outlook:
    """The year with its figures; ``bare`` holds the targets. Raises ``NotPrepared``."""
    wanted = list(bare)
    with live.reading() as known:
        month = _month(known, year, until)
        if month is None or not wanted:
            return Outlook(year, month, bare)
        codes = tuple(dict.fromkeys(one.indicator for one in wanted))
        rolled = known.of(View(month.end), (unit,), codes)
        whole, first_year = Period.part(year), _first_year(known, year)
        found: dict[Subject, Ahead] = {}
        for line in dict.fromkeys(one.line for one in wanted):
            seen = _Seen(rolled, unit, month.end, first_year, line)
            projecting = Projecting(known.book.catalogue, seen.whole, whole, month.end, first_year, seen.lacks)
            own = (one for one in wanted if one.line == line)
            found |= {one: _ahead(one.indicator, bare[one].base.target, seen, projecting, whole) for one in own}
    return Outlook(year, month, {one: found[one] for one in wanted})


def months(year: int) -> list[Period]:
    """The months of a year that there are figures of, the latest first."""
    try:
        with live.reading() as known:
            last = _month(known, year, "")
    except NotPrepared:
        return []
    if last is None:
        return []
    return [one for one in reversed(Period.part(year).split(1)) if one.end <= last.end]


def _month(known: Following, year: int, until: str) -> Period | None:
    """The month named, else the last of the year that is over and that there are figures of."""
    over = so_far(year, office.today())
    ends = [one.end for one in known.told if one.end.year == year and one.start <= office.today()]
    if not ends or over is None:
        return None
    last = Period.part(year, "M", min(max(ends).month, over.end.month))
    named = next((one for one in Period.part(year).split(1) if one.code == until), None)
    return named if named is not None and named.end <= last.end else last


def _first_year(known: Following, year: int) -> int:
    return min((one.start.year for one in known.told), default=year)


def _bare(target: Target | None) -> Ahead:
    return Ahead(Base(target), None, None, None, None)


def _ahead(code: str, target: Target | None, seen: _Seen, projecting: Projecting, whole: Period) -> Ahead:
    """One indicator; no rule of growth begins from a total that units are missing from, which is shown all the same."""
    period = Period(whole.start, seen.on)
    known, is_short = projecting.figure_of(code, period), seen.lacks(code, period)
    so_far = seen(code, period) if is_short else known
    found = projecting.of(code)
    is_over = seen.on >= whole.end
    result = known if is_over else projecting.figure_of(code, whole.last_year)
    if isinstance(found, Projection):
        return Ahead(Base(target, found.estimate, result), so_far, found.low, found.high, None)
    estimate = known if is_over else None  # the year itself is known: nothing is left to project
    why = REFUSED[Refusal.INCOMPLETE] if is_short else _why(found)
    return Ahead(Base(target, estimate, result), so_far, None, None, why if estimate is None else None)


def _why(found: Projection | NotProjected) -> Text | None:
    return found.why if isinstance(found, NotProjected) else None


@dataclass(slots=True)
class _Seen:
    """A unit's figures for any period, as projecting asks for them: what it tells itself, else what is below it."""

    rolled: Rolled
    unit: str
    on: date
    first_year: int
    breakdown: str = ""
    _told: dict[tuple[str, Period], Decimal | None] = field(default_factory=dict)

    def whole(self, code: str, period: Period) -> Decimal | None:
        """The same where all units stand behind it."""
        return None if self.lacks(code, period) else self(code, period)

    def lacks(self, code: str, period: Period) -> bool:
        """Whether there is a figure that units are missing from; what the unit states itself lacks none."""
        place = Place(self.unit, code, self.breakdown)
        if self(code, period) is None or place in self.rolled.sums(period, self.on).stated:
            return False
        return lacks_units(self.rolled, place, period, self.on)

    def __call__(self, code: str, period: Period) -> Decimal | None:
        if period.end.year < self.first_year:
            return None
        if (code, period) not in self._told:
            place = Place(self.unit, code, self.breakdown)
            stated = self.rolled.sums(period, self.on).stated.get(place)
            self._told[code, period] = stated if stated is not None else self.rolled.value(place, period, self.on)
        return self._told[code, period]
