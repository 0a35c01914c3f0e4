"""What a year may come to, from what earlier years had reached by the same day.

What adds up over the year is divided by the share of the year that earlier years had reached at this cut-off. A stock
is its last level with its usual movement to the year's end. A rate is worked out again from its projected parts and
never scaled by itself. Everything is reckoned in fractions; where history is missing the answer is why, and so it is
where units are missing from the result: other units than those of earlier years have another share of the year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Protocol

from baocao.figures.compare_earlier import Earlier
from baocao.figures.formula_tree import Expression, Name, When
from baocao.figures.formula_value import evaluate
from baocao.figures.said import figure, rounded, with_figures
from baocao.model.indicator import Indicator, Over, UnitOfMeasure
from baocao.model.period import Period
from baocao.model.projection import REFUSED, NotProjected, Projection, Refusal, Way

LEAST_SHARE = Fraction(1, 20)  # of the year: below it a small slip in the figure becomes a large one in the year
FEWEST = 10  # things counted by the day: with fewer, one more or less turns the whole year
EARLIER_YEARS = 5  # that are looked at; older ones tell of another economy
_RATIO = "ratio"  # the dimension of percentages
_MEASURED = frozenset({"area", "mass", "money", "usd", "length", "volume", "energy", "time", _RATIO})  # not counted

# a unit's figure for a period, None where there is none that all of its units stand behind
Known = Callable[[str, Period], Decimal | None]
Lacks = Callable[[str, Period], bool]  # whether there is a figure, though units are missing from it


def _nothing_lacks(code: str, period: Period) -> bool:
    return False


class Catalogue(Protocol):
    """What projecting asks of the catalogue of indicators."""

    def __getitem__(self, code: str, /) -> Indicator: ...
    def definition(self, code: str) -> Expression | None: ...

    @property
    def units(self) -> Mapping[str, UnitOfMeasure]: ...


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of what earlier years showed, and the ends between which another year may lie."""

    middle: Fraction
    low: Fraction | None
    high: Fraction | None


def spread(seen: Sequence[Fraction]) -> Spread:
    """The median, and the range of the years widened to what the whole of all years would span.

    Of n draws the range covers (n - 1) / (n + 1) of the whole on average, so it is stretched by the inverse about
    its own middle. One year alone shows no spread.
    """
    middle = median(seen)
    if len(seen) < 2:
        return Spread(middle, None, None)
    least, most = min(seen), max(seen)
    half = (most - least) / 2 * Fraction(len(seen) + 1, len(seen) - 1)
    centre = (least + most) / 2
    return Spread(middle, min(least, centre - half), max(most, centre + half))


@dataclass(frozen=True, slots=True)
class Projecting:
    """Projections of one unit from the end of one day. ``known`` answers for cumulative periods of any year.

    ``part`` is the year so far; a figure of it that is not known is added up from its months where all are known
    and the indicator adds up over time.
    """

    catalogue: Catalogue
    known: Known
    whole: Period
    on: date
    first_year: int = 0  # the earliest that may be looked at
    lacks: Lacks = _nothing_lacks
    _made: dict[str, Projection | Refusal] = field(default_factory=dict)

    def of(self, code: str) -> Projection | NotProjected:
        """The projection of an indicator, or why there is none. Raises ``KeyError`` for an unknown code."""
        found = self._of(code)
        if isinstance(found, Projection):
            return found
        least = figure(rounded(LEAST_SHARE * 100))
        return NotProjected(found, with_figures(REFUSED[found], least=least, few=FEWEST))

    def figure_of(self, code: str, period: Period) -> Decimal | None:
        """What is known of an indicator for a period from the start of a year on."""
        return self._to_date(self.catalogue[code], period)

    def _of(self, code: str) -> Projection | Refusal:
        if code not in self._made:
            self._made[code] = self._worked_out(self.catalogue[code])
        return self._made[code]

    def _worked_out(self, indicator: Indicator) -> Projection | Refusal:
        if indicator.parts:
            return Refusal.OF_PARTS
        if self.on >= self.whole.end:
            return Refusal.YEAR_OVER
        measure = self.catalogue.units.get(indicator.code)
        if not indicator.is_derived and measure is not None and measure.dimension == _RATIO:
            return Refusal.BARE_RATE
        so_far = Period(self.whole.start, self.on)
        now = self._to_date(indicator, so_far)
        if now is None:
            return Refusal.INCOMPLETE if self.lacks(indicator.code, so_far) else Refusal.NO_RESULT
        if indicator.over_time is Over.RECOMPUTE or indicator.is_derived:
            return self._rate(indicator, now)
        if indicator.over_time in (Over.LAST, Over.MEAN):
            return self._stock(indicator, now)
        return self._flow(indicator, now)

    def _flow(self, indicator: Indicator, now: Decimal) -> Projection | Refusal:
        years = self._history(indicator)
        if not years:
            return Refusal.NO_HISTORY
        shares = [(year, Fraction(part) / Fraction(full)) for year, part, full in years if full]
        if not shares or any(share < LEAST_SHARE for _, share in shares):
            return Refusal.TOO_EARLY
        if self._is_counted(indicator) and min(now, *(part for _, part, full in years if full)) < FEWEST:
            return Refusal.TOO_FEW
        turned = spread([1 / share for _, share in shares])
        low = turned.low
        if low is not None and all(share <= 1 for _, share in shares):
            low = max(low, Fraction(1))  # what was reached is not lost again
        basis = tuple((year, rounded(share * 100)) for year, share in shares)
        so_far = Fraction(now)
        ends = None if low is None or turned.high is None else sorted((so_far * low, so_far * turned.high))
        return self._made_of(Way.SHARE, now, so_far * turned.middle, ends, basis)

    def _is_counted(self, indicator: Indicator) -> bool:
        """Whether it is told in things, of which there may be very few."""
        measure = self.catalogue.units.get(indicator.code)
        return measure is not None and measure.dimension.split("/")[0] not in _MEASURED

    def _stock(self, indicator: Indicator, now: Decimal) -> Projection | Refusal:
        # a stock that stood at nought by then and not at the year's end began in that year: it shows no movement
        years = tuple(one for one in self._history(indicator) if one[1] or not one[2])
        if not years:
            return Refusal.NO_HISTORY
        is_level = min(now, *(min(part, full) for _, part, full in years)) >= 0
        estimate, ends = self._moved(Fraction(now), years, is_level)
        basis = tuple((year, rounded(Fraction(full) - Fraction(part))) for year, part, full in years)
        return self._made_of(Way.MOVEMENT, now, estimate, ends, basis)

    def _moved(
        self, at: Fraction, years: Sequence[tuple[int, Decimal, Decimal]], is_level: bool
    ) -> tuple[Fraction, list[Fraction] | None]:
        """A level with the usual movement of earlier years; what never was below nought stays there.

        Where one year rose and another did not, no movement is usual and the level stands.
        """
        seen = [Fraction(full) - Fraction(part) for _, part, full in years]
        moves = spread(seen)
        usual = moves.middle if min(seen) > 0 or max(seen) < 0 else Fraction(0)
        least = Fraction(0) if is_level else None

        def kept(value: Fraction) -> Fraction:
            return value if least is None else max(value, least)

        ends = None if moves.low is None or moves.high is None else [kept(at + moves.low), kept(at + moves.high)]
        return kept(at + usual), ends

    def _rate(self, indicator: Indicator, now: Decimal) -> Projection | Refusal:
        definition = self.catalogue.definition(indicator.code)
        if definition is None:
            return Refusal.BARE_RATE
        value = evaluate(definition, self._part).value
        if value is None:
            return Refusal.PART_UNKNOWN
        years = self._history(indicator)
        moves = spread([Fraction(full) - Fraction(part) for _, part, full in years]) if years else None
        ends = None
        if moves is not None and moves.low is not None and moves.high is not None:
            ends = [Fraction(value) + end - moves.middle for end in (moves.low, moves.high)]
        basis = tuple((year, rounded(Fraction(full) - Fraction(part))) for year, part, full in years)
        return self._made_of(Way.PARTS, now, Fraction(value), ends, basis)

    def _part(self, name: Name) -> Decimal | None:
        """A part of a rate as the year may end; earlier years are known."""
        if name.when is When.NOW:
            found = self._of(name.code)
            return found.estimate if isinstance(found, Projection) else None
        if name.when is When.LAST_YEAR:
            return self._to_date(self.catalogue[name.code], self.whole.last_year)
        earlier = Earlier.YEAR_START if name.when is When.YEAR_START else Earlier.PREVIOUS
        return self._to_date(self.catalogue[name.code], earlier.of(self.whole))

    def _history(self, indicator: Indicator) -> tuple[tuple[int, Decimal, Decimal], ...]:
        """Of each earlier year that has both: its number, its figure by the same day, and that of the whole year."""
        part, whole = Period(self.whole.start, self.on), self.whole
        found = []
        for _ in range(EARLIER_YEARS):
            part, whole = part.last_year, whole.last_year
            if whole.year < self.first_year:
                break
            by_then, in_all = self._to_date(indicator, part), self._to_date(indicator, whole)
            if by_then is not None and in_all is not None:
                found.append((whole.year, by_then, in_all))
        return tuple(found)

    def _to_date(self, indicator: Indicator, period: Period) -> Decimal | None:
        """The cumulative figure as told, else the sum of its months; a stock is that of its last month."""
        told = self.known(indicator.code, period)
        if told is not None or indicator.is_derived:
            return told
        months = period.split(1)
        if len(months) < 2:
            return None
        if indicator.over_time is Over.LAST:
            return self.known(indicator.code, months[-1])
        if indicator.over_time is not Over.SUM:
            return None
        values = [self.known(indicator.code, month) for month in months]
        return None if None in values else sum((value for value in values if value is not None), Decimal(0))

    def _made_of(
        self,
        way: Way,
        now: Decimal,
        estimate: Fraction,
        ends: Sequence[Fraction] | None,
        basis: tuple[tuple[int, Decimal], ...],
    ) -> Projection:
        low, high = (None, None) if ends is None else (rounded(ends[0]), rounded(ends[1]))
        return Projection(self.whole, self.on, way, now, rounded(estimate), low, high, basis)
