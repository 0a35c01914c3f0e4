"""Phrases: from figures to the sentences that officials write; the inverse of the grammar.

``say`` turns a statement into a line. The wording follows from the statement, so that a redraft says the same;
``wording`` chooses another. What is said is read back by the grammar as what was meant.
"""

from __future__ import annotations

from functools import singledispatch

from baocao.drafting.phrases import crops, flows, incomplete, levels, lists, movements, objectives, wholes
from baocao.drafting.phrases.statements import (
    Aimed,
    Asked,
    CropLine,
    Disbursement,
    Flow,
    Funds,
    Lacking,
    Level,
    MissingUnits,
    Moved,
    Names,
    Objective,
    PlanAndLastYear,
    Ratings,
    Share,
    Statement,
    Structure,
    Tasks,
    TotalWithParts,
    Uncompared,
    YearEnd,
)
from baocao.drafting.phrases.told import Told, figure
from baocao.drafting.phrases.wording import Voice, joined, sentence
from baocao.model.draft import Line


def say(statement: Statement, wording: int | None = None) -> Line:
    """The line that says a statement, without its full stop (``sentence`` makes one of it)."""
    voice = Voice(wording) if wording is not None else Voice.of(_topic(statement))
    return _said(statement, voice)


def _topic(statement: Statement) -> str:
    """What a statement speaks of: its kind and the first name in it, never its figures."""
    if isinstance(statement, Uncompared):
        return _topic(statement.said)
    for field in statement.__dataclass_fields__:
        value = getattr(statement, field)
        if isinstance(value, Told):
            return f"{type(statement).__name__} {value.name}"
        if isinstance(value, str) and value:
            return f"{type(statement).__name__} {value}"
    return type(statement).__name__


@singledispatch
def _said(statement: Statement, voice: Voice) -> Line:
    raise TypeError(f"nothing says a {type(statement).__name__}")


@_said.register
def _(statement: Uncompared, voice: Voice) -> Line:
    return incomplete.say_uncompared(statement, _said(statement.said, voice), voice)


_said.register(Level, levels.say_level)
_said.register(PlanAndLastYear, levels.say_plan_and_last_year)
_said.register(YearEnd, levels.say_year_end)
_said.register(Lacking, levels.say_lacking)
_said.register(Moved, movements.say_moved)
_said.register(TotalWithParts, wholes.say_total)
_said.register(Share, wholes.say_share)
_said.register(Structure, wholes.say_structure)
_said.register(Disbursement, wholes.say_disbursement)
_said.register(CropLine, crops.say_crop)
_said.register(Flow, flows.say_flow)
_said.register(Names, lists.say_names)
_said.register(MissingUnits, lists.say_missing)
_said.register(Ratings, lists.say_ratings)
_said.register(Tasks, lists.say_tasks)
_said.register(Objective, objectives.say_objective)

__all__ = [
    "Aimed",
    "Asked",
    "CropLine",
    "Disbursement",
    "Flow",
    "Funds",
    "Lacking",
    "Level",
    "Line",
    "MissingUnits",
    "Moved",
    "Names",
    "Objective",
    "PlanAndLastYear",
    "Ratings",
    "Share",
    "Statement",
    "Structure",
    "Tasks",
    "Told",
    "TotalWithParts",
    "Uncompared",
    "YearEnd",
    "figure",
    "joined",
    "say",
    "sentence",
]
