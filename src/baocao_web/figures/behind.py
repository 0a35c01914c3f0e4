"""What stands behind a figure: how many of its units told it, who is missing, since when, and what nobody approved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from baocao.figures.said import joined
from baocao.ledger.gaps import Gaps
from baocao.ledger.rolled import Place
from baocao.ledger.rolled_live import LiveRolled
from baocao.model.indicator import Over
from baocao.model.period import Period
from baocao.model.text import Text
from baocao_web.figures.unapproved import Unapproved
from baocao_web.pages import period_name, said, unit_name
from baocao_web.places import office

_COUNT: Final = Text("{count}/{all} đơn vị", "{count} of {all} units")
_NOT_APPROVED: Final = Text("{count} chưa duyệt", "{count} not approved")
_MISSING: Final = Text("thiếu {names}", "without {names}")
_WAITING: Final = Text("chưa duyệt: {names}", "not approved: {names}")
_UNTOLD: Final = Text("chưa có số liệu {periods}: {names}", "no figures for {periods}: {names}")


@dataclass(frozen=True, slots=True)
class Behind:
    """``reporting`` of ``expected`` units, with the names of those ``missing`` and of those not yet approved."""

    reporting: int
    expected: int
    missing: tuple[str, ...] = ()
    unapproved: tuple[str, ...] = ()

    @property
    def is_short(self) -> bool:
        return self.reporting < self.expected

    @property
    def is_marked(self) -> bool:
        return self.is_short or bool(self.unapproved)

    @property
    def count(self) -> Text:
        """In short, as it stands beside the figure: of how many units, and how many of these nobody approved."""
        told = _COUNT.fill(count=self.reporting, all=self.expected)
        if not self.unapproved:
            return told
        waiting = _NOT_APPROVED.fill(count=len(self.unapproved))
        return Text(f"{told.vi}; {waiting.vi}", f"{told.en}; {waiting.en}")

    @property
    def names(self) -> Text:
        """Who is missing and who is not approved, by their names."""
        parts = [(_MISSING, self.missing), (_WAITING, self.unapproved)]
        return joined([words.fill(names=", ".join(names)) for words, names in parts if names], "; ")


def behind(rolled: LiveRolled, place: Place, period: Period, waiting: Unapproved) -> Behind | None:
    """What stands behind a figure of a view; None where there is no figure."""
    if place in rolled.sums(period).stated:  # the unit tells it itself
        return Behind(1, 1, (), tuple(_unapproved(rolled, place, period, waiting, (place.unit,))))
    figure = rolled.figure(place, period)
    if figure is None:
        return None
    missing = rolled.missing(place, period) if figure.reporting < figure.expected else ()
    tellers = rolled.counted(place, period) if waiting.units else ()
    return Behind(
        figure.reporting,
        figure.expected,
        tuple(map(unit_name, _in_order(missing))),
        tuple(_unapproved(rolled, place, period, waiting, tellers)),
    )


def lacking(rolled: LiveRolled, place: Place, period: Period) -> list[str]:
    """Of which days or parts of a period units have told nothing that told of others, in the reader's language.

    Of a stock these are the days after its last figure: so much older is what stands for such a unit.
    """
    figure = rolled.figure(place, period)
    if figure is None or place in rolled.sums(period).stated:
        return []
    found = rolled.looked_up.setdefault(period, Gaps(rolled, period)).of(place, figure)
    return [
        said(_UNTOLD.fill(periods=", ".join(map(period_name, gaps)), names=", ".join(map(unit_name, _in_order(units)))))
        for gaps, units in found.items()
    ]


def _in_order(units: Iterable[str]) -> list[str]:
    return sorted(units, key=office.order)


def oldest(rolled: LiveRolled, place: Place, period: Period) -> date | None:
    """The day of the oldest stock that is in a total; None of a flow, and where all are of the period's end."""
    if place in rolled.sums(period).stated or not all(
        rolled.book.catalogue[code].over_time is Over.LAST for code in rolled.leaves(place.indicator)
    ):
        return None
    figure = rolled.figure(place, period)
    if figure is None or figure.days >= period.days:
        return None
    return period.start + timedelta(days=figure.days - 1)


def _unapproved(
    rolled: LiveRolled, place: Place, period: Period, waiting: Unapproved, units: Collection[str]
) -> Iterator[str]:
    """The names of those units whose figure is in a form that nobody has approved."""
    found: set[str] = set()
    for code in dict.fromkeys((place.indicator, *rolled.leaves(place.indicator))) if waiting.units and units else ():
        for periods, told_by in waiting.told(code):
            inside = [each for each in periods if period.contains(each)]
            if inside:
                its = told_by.intersection(units)
                found.update(_counting(rolled, place._replace(indicator=code), period, waiting, inside, its))
    return map(unit_name, _in_order(found))


def _counting(
    rolled: LiveRolled, place: Place, period: Period, waiting: Unapproved, inside: list[Period], units: Iterable[str]
) -> Iterable[str]:
    """Those of the units of which figures of such periods are in that of another one: of a stock only the last is."""
    if inside == [period] or rolled.book.catalogue[place.indicator].over_time is not Over.LAST:
        return units
    last = max(each.end for each in inside)
    if (last, period) not in waiting.followed:
        waiting.followed[last, period] = rolled.stored.is_any_told(last, period.end)
    if not waiting.followed[last, period]:
        return units  # nothing was told behind it, as in the round that is being filled in
    told = rolled.told_periods(period)
    its = ((unit, told.get((unit, place.indicator, place.breakdown), frozenset(inside))) for unit in units)
    return [unit for unit, every in its if max(each.end for each in every) <= last]
