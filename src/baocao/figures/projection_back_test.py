"""How well projecting would have done: every month-end of a past year, against what the year then came to.

Two references stand beside it. "As time elapsed" takes what adds up for spread evenly over the days, and a stock or
a rate as it stands; "as last year" takes the last whole year. Errors are percentages of the real figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import mean, median
from typing import NamedTuple

from baocao.figures.compare_progress import elapsed
from baocao.figures.projection import Catalogue, Known, Projecting
from baocao.figures.said import figure, rounded, with_figures
from baocao.model.period import Period
from baocao.model.projection import Projection, Refusal, Way
from baocao.model.text import Text

_LINE = Text(
    "{count} lần ước: sai số trung vị {median}%, trung bình {mean}%",
    "{count} projections: median error {median}%, mean {mean}%",
)


class Case(NamedTuple):
    """One projection, what the two references say, and what the year came to."""

    code: str
    unit: str
    projection: Projection
    elapsed: Fraction
    last_year: Fraction
    real: Decimal

    @property
    def errors(self) -> tuple[Fraction, Fraction, Fraction]:
        """Of the projection, as time elapsed, as last year: as percentages of the real figure."""
        guesses = (Fraction(self.projection.estimate), self.elapsed, self.last_year)
        real = Fraction(self.real)
        first, second, third = (abs(guess - real) / abs(real) * 100 for guess in guesses)
        return first, second, third

    @property
    def is_within(self) -> bool | None:
        """Whether the year came to lie in the interval; None where there is none."""
        low, high = self.projection.low, self.projection.high
        return None if low is None or high is None else low <= self.real <= high


class Errors(NamedTuple):
    """Median and mean absolute percentage error."""

    median: Fraction
    mean: Fraction


@dataclass(frozen=True, slots=True)
class BackTest:
    """All cases of a back-test, and how many projections were refused, by reason."""

    cases: tuple[Case, ...]
    refused: tuple[tuple[Refusal, int], ...] = ()

    def of(self, way: Way) -> BackTest:
        """The cases that were projected one way."""
        return BackTest(tuple(case for case in self.cases if case.projection.way is way))

    @property
    def errors(self) -> tuple[Errors, Errors, Errors]:
        """Of projecting, as time elapsed, as last year. Raises ``ValueError`` without cases."""
        if not self.cases:
            raise ValueError("there is no case to test on")
        each = list(zip(*(case.errors for case in self.cases), strict=True))
        own, even, last = (Errors(median(one), mean(one)) for one in each)
        return own, even, last

    @property
    def beats_both(self) -> bool:
        """Whether both errors are smaller than those of either reference."""
        own, *others = self.errors
        return all(own.median < other.median and own.mean < other.mean for other in others)

    @property
    def within(self) -> Fraction | None:
        """The share of the years that came to lie in their interval."""
        told = [case.is_within for case in self.cases if case.is_within is not None]
        return Fraction(sum(told), len(told)) if told else None

    @property
    def text(self) -> Text:
        """The errors of projecting in words."""
        own = self.errors[0]
        middle, average = (figure(rounded(error, 1)) for error in own)
        return with_figures(_LINE, count=len(self.cases), median=middle, mean=average)


def back_test(
    catalogue: Catalogue,
    codes: Iterable[str],
    units: Iterable[tuple[str, Known]],
    years: Iterable[int],
    whole_of: Callable[[int], Period] = Period.part,
    days_of: Callable[[Period], Iterable[date]] | None = None,
) -> BackTest:
    """Every projectable indicator of every unit, at each month's end but the last of each year, or at other days.

    Only what was known then is used: the years before. Years that came to nought have no percentage and are left out.
    """
    cases: list[Case] = []
    refused: dict[Refusal, int] = {}
    listed, wholes = tuple(codes), [whole_of(year) for year in years]
    for unit, known in units:
        for whole in wholes:
            for on in (days_of or _month_ends)(whole):
                projecting = Projecting(catalogue, known, whole, on)
                for code in listed:
                    found = _case(projecting, code, unit)
                    if isinstance(found, Case):
                        cases.append(found)
                    elif found is not None:
                        refused[found] = refused.get(found, 0) + 1
    return BackTest(tuple(cases), tuple(sorted(refused.items(), key=lambda one: one[0].value)))


def _month_ends(whole: Period) -> Iterator[date]:
    for month in whole.split(1)[:-1]:
        yield month.end


def _case(projecting: Projecting, code: str, unit: str) -> Case | Refusal | None:
    real, last = (projecting.figure_of(code, period) for period in (projecting.whole, projecting.whole.last_year))
    if not real or last is None:
        return None
    found = projecting.of(code)
    if not isinstance(found, Projection):
        return found.refusal
    gone = elapsed(projecting.whole, projecting.on)
    even = Fraction(found.now) / (gone if found.way is Way.SHARE else 1)
    return Case(code, unit, found, even, Fraction(last), real)
