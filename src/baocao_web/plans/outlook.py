"""What next year's plan is made of: this year's plan, its result so far, what it may come to, the last whole year's.

Results, projections and their refusals are those of the dashboard and of reports, from the same functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from baocao.figures.projection import Projecting
from baocao.ledger.following import Following
from baocao.ledger.rolled import Place, Rolled, View
from baocao.model.period import Period
from baocao.model.projection import NotProjected, Projection
from baocao.model.target import Target
from baocao.model.text import Text
from baocao_web.figures import live
from baocao_web.places import office
from baocao_web.places.calendar import so_far
from baocao_web.plans import overview
from baocao_web.plans.growing import Base


@dataclass(frozen=True, slots=True)
class Ahead:
    """One indicator as it stands this year: ``why`` says why the year is not projected, where it is not."""

    base: Base
    so_far: Decimal | None
    low: Decimal | None
    high: Decimal | None
    why: Text | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """The year before the one planned: ``until`` is the last month looked at, None where there are no figures."""

    year: int
    until: Period | None
    by_code: Mapping[str, Ahead]


def outlook(unit: str, year: int, authority: str, codes: Iterable[str], until: str = "") -> Outlook:
    """This year (``year``) of a unit, indicator by indicator, up to the end of a month (by default the last told)."""
    listed = office.catalogue()
    wanted = tuple(code for code in dict.fromkeys(codes) if code in listed)
    targets = {one.address.indicator: one for one in overview.held(unit, year) if one.address.authority == authority}
    known = live.figures()
    month = _month(known, year, until)
    if month is None or not wanted:
        return Outlook(year, month, {code: _bare(targets.get(code)) for code in wanted})
    seen = _Seen(known.of(View(month.end), (unit,), wanted), unit, month.end, _first_year(known, year))
    whole = Period.part(year)
    projecting = Projecting(known.book.catalogue, seen, whole, month.end, seen.first_year)
    return Outlook(year, month, {code: _ahead(code, targets.get(code), seen, projecting, whole) for code in wanted})


def months(year: int) -> list[Period]:
    """The months of a year that there are figures of, the latest first."""
    last = _month(live.figures(), year, "")
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
    so_far = projecting.figure_of(code, Period(whole.start, seen.on))
    found = projecting.of(code)
    is_over = seen.on >= whole.end
    result = so_far if is_over else projecting.figure_of(code, whole.last_year)
    if isinstance(found, Projection):
        return Ahead(Base(target, found.estimate, result), so_far, found.low, found.high, None)
    estimate = so_far if is_over else None  # the year itself is known: nothing is left to project
    return Ahead(Base(target, estimate, result), so_far, None, None, _why(found) if estimate is None else None)


def _why(found: Projection | NotProjected) -> Text | None:
    return found.why if isinstance(found, NotProjected) else None


@dataclass(slots=True)
class _Seen:
    """A unit's figures for any period, as projecting asks for them: what it tells itself, else what is below it."""

    rolled: Rolled
    unit: str
    on: date
    first_year: int
    _told: dict[tuple[str, Period], Decimal | None] = field(default_factory=dict)

    def __call__(self, code: str, period: Period) -> Decimal | None:
        if period.end.year < self.first_year:
            return None
        if (code, period) not in self._told:
            place = Place(self.unit, code)
            stated = self.rolled.sums(period, self.on).stated.get(place)
            self._told[code, period] = stated if stated is not None else self.rolled.value(place, period, self.on)
        return self._told[code, period]
