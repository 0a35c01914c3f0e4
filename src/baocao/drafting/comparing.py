"""A result beside its plans and the year before, as far as all units stand behind what is compared."""

from __future__ import annotations

from collections.abc import Sequence

from baocao.drafting.looking import Looking
from baocao.drafting.outline import Series
from baocao.drafting.phrases import Asked, CropLine, Lacking, Level, Moved, PlanAndLastYear, Told, Uncompared, YearEnd
from baocao.model.observation import NoValue

Compared = PlanAndLastYear | YearEnd | Lacking | Level | Uncompared


def compared(looking: Looking, series: Series) -> Compared | None:
    """One indicator beside its plans and the year before; None where nothing is known of it.

    A total that units are missing from is told as far as it goes, and said to be set against nothing.
    """
    told = looking.told(series)
    plans = looking.plans(series)
    if told.value is None:
        return _unknown(looking, series, told, plans)
    before, is_reached = looking.before(series), looking.is_reached(series)
    if looking.is_incomplete(series):
        return Uncompared(Level(told, is_reached), plans)
    beside = PlanAndLastYear(told, plans, before, looking.since, are_bases_told=True, is_reached=is_reached)
    said = beside if plans or before is not None else Level(told, is_reached)
    return Uncompared(said, is_base=True) if looking.is_base_incomplete(series) else said


def _unknown(looking: Looking, series: Series, told: Told, plans: Sequence[Asked]) -> YearEnd | Lacking | None:
    """What there is to tell without a figure: that it is rated later, or that there is none."""
    if told.mark is None and not plans:
        return None
    if told.mark is NoValue.NOT_RATED or (told.mark is None and looking.is_rated_later(series)):
        return YearEnd(told.name, tuple(plans))
    return Lacking(told.name, tuple(plans), told.mark)


def as_compared(
    looking: Looking, said: Moved | Level | CropLine, of: Sequence[Series]
) -> Moved | Level | CropLine | Uncompared:
    """What is told, with words for it where units are missing from a figure of it or from its base."""
    if any(looking.is_incomplete(series) for series in of):
        return Uncompared(said)
    return Uncompared(said, is_base=True) if any(looking.is_base_incomplete(series) for series in of) else said
