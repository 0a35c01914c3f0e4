"""A figure's course over time on every patch, and what any unit would report of it for any period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

MONTHS = 37  # place 0 is December 2023, place 1 January 2024, place 36 December 2026
FIRST_YEAR = 2024
YEARS = (2024, 2025, 2026)
Grid = list[list[int]]  # of each patch, of each month; in the least decimal that is reported

Breakdown = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Whole months that are reported together: the places of the first and of the last."""

    code: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Series:
    """A figure of a period: what flowed in its months, what stands at its end, what was carried into it.

    Most have one of the three. What was received is what was settled (a flow) and what is pending (a stock).
    ``parts`` are the members of breakdowns. ``at_province`` is stated by the province itself, on one row;
    nothing is reported before the month ``since``.
    """

    flow: Grid | None = None
    stock: Grid | None = None
    opening: Grid | None = None
    parts: dict[Breakdown, Series] = field(default_factory=dict)
    since: int = 0
    is_seldom: bool = False
    at_province: bool = False

    @property
    def is_stock(self) -> bool:
        return self.flow is None

    def at(self, patches: Sequence[int], span: Span) -> int:
        """What a unit of these patches reports."""
        value = 0
        if self.flow is not None:
            value += sum(sum(self.flow[patch][span.first : span.last + 1]) for patch in patches)
        if self.stock is not None:
            value += sum(self.stock[patch][span.last] for patch in patches)
        if self.opening is not None:
            value += sum(self.opening[patch][span.first - 1] for patch in patches)
        return value

    @property
    def grid(self) -> Grid:
        """The one course of a plain flow or stock."""
        one = self.stock if self.flow is None else self.flow
        assert one is not None
        return one


def added(grids: Iterable[Grid]) -> Grid:
    """The sum, month by month on every patch."""
    return [[sum(values) for values in zip(*rows, strict=True)] for rows in zip(*grids, strict=True)]


def mapped(change: Callable[[int, int, int], int], grid: Grid) -> Grid:
    """Every value changed; ``change`` takes the patch, the month and the value."""
    return [[change(patch, month, value) for month, value in enumerate(row)] for patch, row in enumerate(grid)]


def year_of(month: int) -> int:
    """The year, counted from 2024, that a month lies in; -1 for December 2023."""
    return (month - 1) // 12


def spans(rhythm: str) -> list[Span]:
    """The periods that a rhythm reports: m, q, s, y; a + adds those of the year so far, which cannot be added up."""
    found = []
    for year in YEARS:
        start = (year - FIRST_YEAR) * 12 + 1
        if "m" in rhythm:
            found += [Span(f"{year}-M{at + 1:02}", start + at, start + at) for at in range(12)]
        if "q" in rhythm or "+" in rhythm:
            found += [Span(f"{year}-Q{at + 1}", start + 3 * at, start + 3 * at + 2) for at in range(4)]
        if "s" in rhythm:
            found += [Span(f"{year}-S{at + 1}", start + 6 * at, start + 6 * at + 5) for at in range(2)]
        if "+" in rhythm:
            found += [Span(f"{year}-S1", start, start + 5), Span(f"{year}-01-01/P9M", start, start + 8)]
        if "y" in rhythm or "+" in rhythm:
            found.append(Span(f"{year}-A1", start, start + 11))
    return found


OPENING = {"m": "2023-M12", "q": "2023-Q4", "s": "2023-S2"}
