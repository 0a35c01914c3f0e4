"""Which clauses of two reports tell one figure with two values, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from baocao.model import Document, Frame, Severity
from baocao.rules.clauses import (
    Telling,
    any_of,
    are_apart,
    are_near,
    by_clause,
    day_of,
    ends,
    is_open,
    syllables,
    undated,
)

CLOSED, SAME, FELL = "closed", "same", "fell"
_SURE: Final = 7  # syllables from which nothing but the figure can differ
_SIZE = Decimal("1.25")  # two readings of one thing are of one size
_SIZE_OF_TWO = Decimal(3)  # beyond that two things are told


class Apart(NamedTuple):
    """Two tellings of one figure that are not one."""

    earlier: Telling
    later: Telling
    why: str
    severity: Severity


def apart(first: Document, second: Document, one: Frame, other: Frame, places: tuple[int, int]) -> Iterator[Apart]:
    """The figures of two reports that stand in one clause of one period, or of two days between which they fell."""
    before, after = by_clause(first, places[0]), by_clause(second, places[1])
    told: set[tuple[int, str]] = set()
    for clause, later in after.items():
        earlier = before.get(clause)
        if earlier is None or not are_apart(earlier, later) or is_open(earlier) or is_open(later):
            continue
        found = _judged(clause, earlier, later, one, other)
        sentence = (later.span.block, clause.partition("#")[0])
        if found is not None and sentence not in told:  # what follows from the first figure is told with it
            told.add(sentence)
            yield found
    yield from _fallen(before, after)


def _judged(clause: str, earlier: Telling, later: Telling, one: Frame, other: Frame) -> Apart | None:
    if _is_closed(clause, one, other):
        if not are_near(earlier, later, _SIZE_OF_TWO) or syllables(clause) <= _SURE - 2:
            return None
        sure = are_near(earlier, later, _SIZE) and syllables(clause) >= _SURE and "%" not in clause
        return Apart(earlier, later, CLOSED, Severity.ERROR if sure else Severity.WARNING)
    if is_same(one, other) and day_of(clause) is None and are_near(earlier, later, _SIZE):
        return Apart(earlier, later, SAME, Severity.WARNING)
    return None


def _is_closed(clause: str, one: Frame, other: Frame) -> bool:
    """Whether a clause names a cut-off day, or a period that was over before either report was issued."""
    if day_of(clause) is not None:
        return True
    end = ends(clause)
    return end is not None and all(_issued(frame) > end for frame in (one, other))


def _issued(frame: Frame) -> tuple[int, int]:
    """The first month in which a report can have been issued; long ago where it says nothing."""
    if frame.issued_year is not None:
        return frame.issued_year, frame.issued_month or 1
    return frame.year or 0, frame.month or 1


def is_same(one: Frame, other: Frame) -> bool:
    """Whether two reports are of one period and one day, like a report and its short version."""
    if one.year is None or one.month is None or one.issued_on is None:
        return False
    return (one.year, one.month, one.months, one.issued_on) == (other.year, other.month, other.months, other.issued_on)


def _fallen(before: dict[str, Telling], after: dict[str, Telling]) -> Iterator[Apart]:
    """Totals that only grow through their year, and are smaller at the later day."""
    known = {key: telling for telling in before.values() if (key := _running(telling)) is not None}
    for later in after.values():
        earlier = known.get(key) if (key := _running(later)) is not None else None
        days = (day_of(earlier.clause), day_of(later.clause)) if earlier is not None else (None, None)
        if earlier is None or days[0] is None or days[1] is None or days[0] == days[1] or days[0][0] != days[1][0]:
            continue
        grows = days[0] < days[1]
        if earlier.value != later.value and (later.value > earlier.value) is not grows:
            yield Apart(earlier, later, FELL, Severity.WARNING)


def _running(telling: Telling) -> str | None:
    """What a running total is of, without its day; None for other figures."""
    if day_of(telling.clause) is None or is_open(telling) or any_of("running").search(telling.clause) is None:
        return None
    return undated(telling.clause) if "%" not in telling.clause else None
