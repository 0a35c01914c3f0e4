"""One indicator of one unit: months in three views of units, communes by rank, and where figures came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from baocao.figures import store
from baocao.figures.store_rows import Revision
from baocao.ledger.following import Following
from baocao.ledger.recasting import MARKS, Asked, re_cast
from baocao.ledger.rolled import Figure, Place, Rolled, View
from baocao.model.observation import NoValue, OriginKind, Scenario
from baocao.model.org_unit import Level, OrgUnit
from baocao.model.period import Period
from baocao.model.text import Problem, Text
from baocao_web.figures.asked import Asked as About
from baocao_web.places import office

_LONGER: Final = (3, 6, 12)  # the months of periods that are told where months are not
MOST_SOURCES: Final = 400  # figures whose origin is listed on one page


@dataclass(frozen=True, slots=True)
class Told:
    """A period's figure: as it was told then, in the units of today, and re-cast to them."""

    period: Period
    as_was: Decimal | None
    today: Decimal | None
    recast: Decimal | None

    @property
    def is_any(self) -> bool:
        """Whether there is a figure in any view."""
        return any(one is not None for one in (self.as_was, self.today, self.recast))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit below with its figure."""

    unit: OrgUnit
    value: Decimal | None


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


def over_time(known: Following, about: About, code: str) -> list[Told]:
    """The periods of two years in the three views: months, or where none is told, quarters, half-years or years."""
    found = _told(known, about, code, about.months)
    for months in _LONGER:
        if any(one.is_any for one in found):
            return found
        found = _told(known, about, code, about.parts(months)) or found
    return found


def _told(known: Following, about: About, code: str, periods: tuple[Period, ...]) -> list[Told]:
    today, unit = office.today(), about.unit.key
    place = Place(unit, code)
    was = known.of(View(as_was=True), (unit,), (code,))
    now = known.of(View(today), (unit,), (code,))
    for rolled in (was, now):
        rolled.look_ahead(periods)
    told = recast(known, about, code, periods)
    return [Told(period, _own(was, place, period), _own(now, place, period), told.get(period)) for period in periods]


def figure(known: Following, about: About, code: str) -> Figure | None:
    """The figure of the year so far, with how many units stand behind it."""
    rolled = known.of(View(about.month.end), (), (code,))
    return rolled.figure(Place(about.unit.key, code), about.to_date)


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


def ranked(known: Following, about: About, code: str, units: Sequence[OrgUnit]) -> list[Ranked]:
    """The units below by their figures of the year so far, the greatest first, those without one last."""
    rolled = known.of(View(about.month.end), (), (code,))
    found = [Ranked(unit, rolled.value(Place(unit.key, code), about.to_date)) for unit in units]
    return sorted(found, key=lambda one: (one.value is None, -(one.value or 0), office.order(one.unit.key)))


def sources(known: Following, about: About, code: str, units: Sequence[str], period: Period) -> list[Source]:
    """The stored figures of a period that the unit's figure is made of, with the form, file or sentence of each."""
    leaves = known.of(View(about.month.end), (), (code,)).leaves(code)
    found = store.current(known.book.connection, list(units), list(leaves), [period], [Scenario.ACTUAL])
    files = {load.sha256: load.file for load in store.loads(known.book.connection)}
    listed = [_source(one, files) for one in found]
    return sorted(listed, key=lambda one: office.order(one.unit))[:MOST_SOURCES]


def _source(one: Revision, files: dict[str, str]) -> Source:
    observed = one.observation
    origin, entry, cell = observed.origin, None, ""
    words = origin.reference
    if origin.kind is OriginKind.FORM_CELL:
        entry, cell = entry_of(origin.reference)
    elif origin.kind is OriginKind.FILE_CELL:
        digest, _, place = origin.reference.partition("#")
        words = f"{files.get(digest, digest[:12])} {place}".strip()
    mark = MARKS[NoValue(one.mark)] if one.mark else None
    return Source(
        one.unit, observed.address.period, words, mark, one.value, one.recorded_by, observed.recorded_at, entry, cell
    )


def entry_of(reference: str) -> tuple[int | None, str]:
    """The entry and the cell that a form's reference names.

    >>> entry_of("B01.1/12/lua_dien_tich:actual#3")
    (12, 'lua_dien_tich:actual')
    """
    _, _, rest = reference.partition("/")
    number, _, cell = rest.partition("/")
    return (int(number), cell.rpartition("#")[0]) if number.isdigit() else (None, "")
