"""Whether a target that is not reached yet will be: the year's projection beside what is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from baocao.drafting.assessment import AgainstPlan, Standing, Wanted
from baocao.drafting.facts import Facts
from baocao.model.bound import Bound, bound_of
from baocao.model.indicator import Aim
from baocao.model.projection import NotProjected, Projection
from baocao.model.target import Rating, TargetKind


class Outlook(Enum):
    """What the projection says of a target."""

    SAFE = "safe"  # met by the whole interval
    LIKELY = "likely"  # met by the estimate, of which no interval is known
    OPEN = "open"  # met by some of what the year may come to, and not by all
    AT_RISK = "at_risk"  # met by none of it
    UNKNOWN = "unknown"  # not projected, or nothing to set it against


@dataclass(frozen=True, slots=True)
class Prospect:
    """One authority's target, the year's projection, and what follows; ``gap`` below nought is what will be lacking."""

    standing: Standing
    plan: AgainstPlan
    outlook: Outlook
    projection: Projection | NotProjected
    gap: Decimal | None = None


def prospects(facts: Facts, wanted: Wanted, found: Iterable[Standing]) -> tuple[Prospect, ...]:
    """The outlook of every target that is still open, in the order of the annex."""
    return tuple(
        _prospect(facts, wanted, standing, plan)
        for standing in found
        if not standing.indicator.parts
        for plan in standing.plans
        if plan.rating in (Rating.PENDING, Rating.NOT_MET) and plan.target.address.period.end > wanted.period.end
    )


def _prospect(facts: Facts, wanted: Wanted, standing: Standing, plan: AgainstPlan) -> Prospect:
    projection = facts.projection(wanted.address(standing.indicator.code))
    bound = bound_of(plan.target, standing.indicator.aim)
    is_level_to_fall = plan.target.kind is TargetKind.REDUCE_BY and standing.indicator.aim is not Aim.HIGHER
    if not isinstance(projection, Projection) or bound is None or is_level_to_fall:
        return Prospect(standing, plan, Outlook.UNKNOWN, projection)
    gap = projection.estimate - bound.at
    return Prospect(standing, plan, outlook(bound, projection), projection, gap if bound.is_upwards else -gap)


def outlook(bound: Bound, projection: Projection) -> Outlook:
    """What a projection says of what is asked for: by its estimate and both of its ends, as far as it has any."""
    ends = [end for end in (projection.low, projection.high) if end is not None]
    are_met = [_is_met(bound, value) for value in (projection.estimate, *ends)]
    if not any(are_met):
        return Outlook.AT_RISK
    if not all(are_met):
        return Outlook.OPEN
    return Outlook.SAFE if ends else Outlook.LIKELY


def _is_met(bound: Bound, value: Decimal) -> bool:
    return bound.rate(value) in (Rating.MET, Rating.EXCEEDED)
