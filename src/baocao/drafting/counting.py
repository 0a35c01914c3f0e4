"""What a report counts: indicators by their ratings, units where something is; counted again whenever it is asked.

A question is a line of words: "units" (the units below), "units:CODE" (those where the indicator is more than
nought), "ratings:AUTHORITY" (the indicators that it asks for), "ratings:AUTHORITY,met,exceeded" (those so rated).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from baocao.drafting.facts import Facts
from baocao.model.observation import Address
from baocao.model.org_unit import Level, OrgUnit
from baocao.model.period import Period

UNITS: Final = "units"
RATINGS: Final = "ratings"


def can_be_counted(question: str) -> bool:
    """Whether the figures answer a question; what a file of tasks or a draft's own text says, they do not."""
    return question.partition(":")[0] in (UNITS, RATINGS)


def counted(facts: Facts, unit: str, period: Period, question: str) -> int | None:
    """How many a question finds for a unit and a period; None for a question that figures do not answer."""
    kind, _, rest = question.partition(":")
    if kind == UNITS:
        below = list(units_below(facts, unit, period))
        if not rest:
            return len(below)
        return sum(bool(facts.fact(Address(one.key, rest, period)).value) for one in below)
    if kind == RATINGS:
        authority, *ratings = rest.split(",")
        found = facts.judged(unit, period.year, period.end)
        its = [one.rating.value for one in found if one.authority == authority]
        return sum(rating in ratings for rating in its) if ratings else len(its)
    return None


def units_below(facts: Facts, unit: str, period: Period) -> Iterator[OrgUnit]:
    """The reporting units directly below at the end of a period; departments stand apart."""
    return (one for one in facts.below(unit, period.end) if one.level is not Level.DEPARTMENT)
