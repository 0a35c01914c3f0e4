"""What the year may come to: the estimate, its interval, how far such estimates went wrong, the plan beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from baocao.drafting.assessment_outlook import outlook
from baocao.drafting.looking import Looking
from baocao.drafting.outline import Say, Series
from baocao.drafting.phrases import Told, figure
from baocao.drafting.phrases.told import measured
from baocao.drafting.phrases.wording import Slot, filled, smooth
from baocao.model.bound import bound_of
from baocao.model.draft import ERROR, Form, Line, Note, Number, Reckoning, Source, Words
from baocao.model.projection import Projection
from baocao.reference import load

_TENTHS = Form(1, is_trimmed=True)


def projections(looking: Looking, wanted: Say) -> Iterator[Line]:
    """ "... ước cả năm 2026 đạt 512 ha (khoảng từ 498 đến 530 ha), đạt kế hoạch HĐND giao (490 ha)"."""
    for series in wanted.of:
        found = looking.facts.projection(looking.address(series))
        if isinstance(found, Projection):
            said = _estimated(looking, series, found)
            yield smooth(said, _tried(looking, series), _against_plan(looking, series, found))


def _estimated(looking: Looking, series: Series, found: Projection) -> Line:
    """The estimate, with its interval where there is one."""
    told = looking.told(series)
    slots: dict[str, Slot] = {"name": told.name, "year": str(looking.period.year)}
    slots["value"] = _number(looking, series, told, "estimate", found.estimate)
    if found.low is None or found.high is None:
        return filled(_words()["estimate"], slots)
    slots["low"] = _number(looking, series, told, "low", found.low)
    slots["high"] = _number(looking, series, told, "high", found.high)
    return filled(_words()["interval"], slots)


def _number(looking: Looking, series: Series, told: Told, which: str, value: Decimal) -> Line:
    source = Source(Reckoning.PROJECTION, (looking.address(series),), which)
    form = replace(looking.form(series, value), decimals=told.form.decimals)
    return measured(Number.of(value, form, source, told.revision, told.name), told.measure)


def _tried(looking: Looking, series: Series) -> Line:
    """A footnote on how far such estimates went wrong in earlier years; nothing where none can be tried."""
    address = looking.address(series)
    found = looking.facts.tried(address)
    if found is None:
        return ()
    source = Source(Reckoning.PROJECTION, (address,), ERROR)
    error = Told("", found.error, "%", _TENTHS, source, looking.facts.revision).legible()
    wording = _words()["tried" if len(found.years) > 1 else "tried_once"]
    return (Note((filled(wording, {"error": figure(error)}),)),)


def _against_plan(looking: Looking, series: Series, projection: Projection) -> Line:
    """What a projection says of the first plan, or that there is none; nothing of a plan that is no level."""
    indicator, target = looking.indicator(series), next(looking.targets(series), None)
    if indicator is None:
        return ()
    if target is None:
        is_funded = series.indicator in load("linking")["capital"]  # money assigned is no target
        return () if is_funded else (Words(_words()["unplanned"]),)
    bound = bound_of(target, indicator.aim)
    if bound is None or not looking.is_level(target, series):
        return ()
    base = figure(looking.of_target(series, target).legible())
    return filled(_words()[outlook(bound, projection).value], {"authority": target.address.authority, "base": base})


def _words() -> dict[str, Any]:
    found: dict[str, Any] = load("composing")["projection"]
    return found
