"""One indicator of one unit: months in three views of units, communes by rank, and where figures came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from baocao.figures import store
from baocao.figures.store_rows import Revision
from baocao.ledger.completeness import lacks_units
from baocao.ledger.following import Following
from baocao.ledger.recasting import MARKS, Asked, re_cast
from baocao.ledger.rolled import Figure, Place, Rolled, View
from baocao.model.observation import NoValue, OriginKind, Scenario
from baocao.model.org_unit import Level, OrgUnit
from baocao.model.period import Period
from baocao.model.text import Problem, Text
from baocao_web.collecting.states import State
from baocao_web.figures.asked import Asked as About
from baocao_web.figures.behind import Behind, behind, lacking
from baocao_web.figures.unapproved import Unapproved, entry_of
from baocao_web.people.names import names_of
from baocao_web.places import office

_LONGER: Final = (3, 6, 12)  # the months of periods that are told where months are not
_NONE: Final[frozenset[Period]] = frozenset()
MOST_SOURCES: Final = 400  # figures whose origin is listed on one page


@dataclass(frozen=True, slots=True)
class Told:
    """A period's figure: as it was told then, in the units of today, and re-cast to them.

    ``behind`` tells of how many units the first is and who is missing. ``short`` tells how many units stand behind that
    of today's units where some are missing: it is no month to compare.
    """

    period: Period
    as_was: Decimal | None
    today: Decimal | None
    recast: Decimal | None
    behind: Behind | None = None
    short: Figure | None = None

    @property
    def is_any(self) -> bool:
        """Whether there is a figure in any view."""
        return any(one is not None for one in (self.as_was, self.today, self.recast))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit below with its figure."""

    unit: OrgUnit
    value: Decimal | None
    behind: Behind | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where one figure came from."""

    unit: str
    period: Period
    words: str
    mark: Text | None
    value: Decimal | None
    by: str
    at: object
    entry: int | None  # the form that it was typed in
    cell: str
    state: State | None  # of that form, where nobody has approved it


def over_time(known: Following, about: About, code: str, waiting: Unapproved) -> list[Told]:
    """The periods of two years in the three views: months, or where none is told, quarters, half-years or years."""
    found = _told(known, about, code, about.months, waiting)
    for months in _LONGER:
        if any(one.is_any for one in found):
            return found
        found = _told(known, about, code, about.parts(months), waiting) or found
    return found


def _told(known: Following, about: About, code: str, periods: tuple[Period, ...], waiting: Unapproved) -> list[Told]:
    today, unit = office.today(), about.unit.key
    place = Place(unit, code)
    was = known.of(View(as_was=True), (unit,), (code,))
    now = known.of(View(today), (unit,), (code,))
    for rolled in (was, now):
        rolled.look_ahead(periods)
    told = recast(known, about, code, periods)
    return [
        Told(
            period,
            _own(was, place, period),
            _own(now, place, period),
            told.get(period),
            behind(was, place, period, waiting),
            _short(now, place, period),
        )
        for period in periods
    ]


def _short(rolled: Rolled, place: Place, period: Period) -> Figure | None:
    """The sum of the units below where it is what is shown, and lacks some of them."""
    if place in rolled.sums(period).stated or not lacks_units(rolled, place, period):
        return None
    return rolled.figure(place, period)


@dataclass(frozen=True, slots=True)
class SoFar:
    """The figure of the year up to a month's end, what stands behind it, and what it lacks, in words."""

    value: Decimal
    behind: Behind
    lacking: tuple[str, ...]


def so_far(known: Following, about: About, code: str, waiting: Unapproved) -> SoFar | None:
    """The unit's figure of the year so far: its own where it tells one, else that of the units below."""
    rolled, place = known.of(View(about.month.end), (), (code,)), Place(about.unit.key, code)
    value, told = _own(rolled, place, about.to_date), behind(rolled, place, about.to_date, waiting)
    if value is None or told is None:
        return None
    return SoFar(value, told, tuple(lacking(rolled, place, about.to_date)))


def _own(rolled: Rolled, place: Place, period: Period) -> Decimal | None:
    stated: Decimal | None = rolled.sums(period).stated.get(place)
    return stated if stated is not None else rolled.value(place, period)


def recast(known: Following, about: About, code: str, periods: Sequence[Period]) -> dict[Period, Decimal | None]:
    """The periods re-cast to the units of today; nothing where an indicator is computed and not told.

    What the very units of today told is the same re-cast, so that only what came before them costs anything.
    """
    today = office.today()
    if known.book.catalogue[code].formula:
        return {}
    now = known.of(View(today), (about.unit.key,), (code,))
    place = Place(about.unit.key, code)
    earlier = [period for period in periods if not now.is_of_units(period, today)]
    found = {period: _computed(now, place, period) for period in periods if period not in earlier}
    what = ("recast", about.unit.key, code, today)
    return found | known.made(what, earlier, lambda lacking: _recast(known, about, code, lacking))


def _computed(rolled: Rolled, place: Place, period: Period) -> Decimal | None:
    found = rolled.sums(period).computed.get(place)
    return found.value if found else None


def _recast(known: Following, about: About, code: str, periods: Sequence[Period]) -> dict[Period, Decimal | None]:
    level = None if about.unit.level is Level.COMMUNE else about.unit.level
    wanted = Asked((office.today(),), (code,), tuple(periods), (about.unit.key,), level=level)
    found: dict[Period, Decimal | None] = dict.fromkeys(periods)
    try:
        grid = re_cast(known.book, wanted)
    except Problem:
        return found
    at = {column.name: place for place, column in enumerate(grid.columns)}
    for row in grid.rows:
        value = row[at["value"]]
        if row[at["unit"]] == about.unit.key and not row[at["breakdown"]] and isinstance(value, Decimal):
            found[Period.parse(str(row[at["period"]]))] = value
    return found


def ranked(known: Following, about: About, code: str, units: Sequence[OrgUnit], waiting: Unapproved) -> list[Ranked]:
    """The units below by their figures of the year so far, the greatest first, those without one last."""
    rolled, period = known.of(View(about.month.end), (), (code,)), about.to_date
    places = [(unit, Place(unit.key, code)) for unit in units]
    found = [
        Ranked(unit, rolled.value(place, period), behind(rolled, place, period, waiting)) for unit, place in places
    ]
    return sorted(found, key=lambda one: (one.value is None, -(one.value or 0), office.order(one.unit.key)))


def sources(known: Following, about: About, code: str, period: Period, waiting: Unapproved) -> tuple[list[Source], int]:
    """The stored figures that the unit's figure of a period is made of, whoever told them; how many more there are."""
    rolled = known.of(View(as_was=True), (about.unit.key,), (code,))
    place = Place(about.unit.key, code)
    units = dict.fromkeys((about.unit.key, *rolled.counted(place, period)))
    told = {key: its for key, its in rolled.told_periods(period).items() if key[0] in units}
    periods = {each for its in told.values() for each in its}
    found = store.current(
        known.book.connection, list(units), list(rolled.leaves(code)), sorted(periods), [Scenario.ACTUAL]
    )
    listed = [one for one in found if one.observation.address.period in _making(period, told.get(_key(one), _NONE))]
    listed.sort(key=lambda one: (office.order(one.unit), one.observation.address.period))
    files = {load.sha256: load.file for load in store.loads(known.book.connection)}
    names = names_of({one.recorded_by for one in listed[:MOST_SOURCES]})
    shown = [_source(one, files, names, waiting) for one in listed[:MOST_SOURCES]]
    return shown, len(listed) - len(shown)


def _key(one: Revision) -> tuple[str, str, str]:
    return one.unit, one.indicator, one.breakdown


def _making(period: Period, told: frozenset[Period]) -> frozenset[Period]:
    """Of the periods that a figure was told for those that make one: itself, its parts, or what it is left of."""
    if period in told:
        return frozenset((period,))
    return frozenset(each for each in told if period.contains(each)) or told


def _source(one: Revision, files: dict[str, str], names: Mapping[str, str], waiting: Unapproved) -> Source:
    observed = one.observation
    origin, entry, cell = observed.origin, None, ""
    words = origin.reference
    if origin.kind is OriginKind.FORM_CELL:
        entry, cell = entry_of(origin.reference)
    elif origin.kind is OriginKind.FILE_CELL:
        digest, _, place = origin.reference.partition("#")
        words = f"{files.get(digest, digest[:12])} {place}".strip()
    return Source(
        one.unit,
        observed.address.period,
        words,
        MARKS[NoValue(one.mark)] if one.mark else None,
        one.value,
        names.get(one.recorded_by, one.recorded_by),
        observed.recorded_at,
        entry,
        cell,
        waiting.states.get(entry) if entry is not None else None,
    )
