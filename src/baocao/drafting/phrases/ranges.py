"""Plans that leave room: from one figure to another. A result lies below them, within them or above.

The lower bound counts: what falls short of it is told by how much, and of what reaches it there is nothing to reckon.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from baocao.drafting.phrases.agreeing import Derived
from baocao.drafting.phrases.statements import Asked
from baocao.drafting.phrases.told import Told, figure, measured
from baocao.drafting.phrases.wording import filled, word
from baocao.model.draft import Line, Reckoning


def bounds(low: Told, high: Told, measure: str = "") -> Line:
    """ "36 - 38%": as finely as the finer of them, and so that they differ; the unit once, their own or ``measure``."""
    low, high = low.legible(), high.legible()
    decimals = max(low.form.decimals, high.form.decimals)
    while _printed(low, decimals) == _printed(high, decimals) and low.sure != high.sure:
        decimals += 1
    low, high = _with(low, decimals), _with(high, decimals)
    return filled(word("aimed.range"), {"low": (low.number,), "high": measured(high.number, measure or high.measure)})


def asked_for(asked: Asked, plan: Told) -> Line:
    """What a plan asks for; ``plan`` is its figure, the lower of two, in the form that the sentence tells it in."""
    return figure(plan) if asked.upper is None else bounds(plan, asked.upper)


def shortfall(told: Told, asked: Asked, place: int) -> Derived | None:
    """What is reckoned of a figure and the lower bound, the figure of ``place``; None where it is reached."""
    if told.sure >= asked.plan.sure:
        return None
    return Derived(Reckoning.CHANGE if told.is_rate else Reckoning.PERCENT, (0, place))


def key_of(told: Told, asked: Asked, *, is_reached: bool) -> str:
    """Which wording says how a figure that reaches the lower bound stands to the other."""
    if asked.upper is None or told.sure <= asked.upper.sure:
        return "plan.within"
    return "plan.beyond" if is_reached else "plan.above"


def _with(told: Told, decimals: int) -> Told:
    return replace(told, form=replace(told.form, decimals=decimals))


def _printed(told: Told, decimals: int) -> Decimal:
    return _with(told, decimals).printed
