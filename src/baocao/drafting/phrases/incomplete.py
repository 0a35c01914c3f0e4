"""Totals that lack units: told as far as they go, with words for why they are set against nothing."""

from __future__ import annotations

from collections.abc import Sequence

from baocao.drafting.phrases.levels import plan_name
from baocao.drafting.phrases.ranges import asked_for
from baocao.drafting.phrases.statements import Asked, Uncompared
from baocao.drafting.phrases.wording import Voice, joined, word
from baocao.model.draft import Line


def say_uncompared(said: Uncompared, line: Line, voice: Voice) -> Line:
    """ "Đàn bò là 900 con; kế hoạch HĐND giao là 1.000 con; chưa đủ số liệu để so sánh"."""
    why = voice.say("uncompared.earlier" if said.is_base else "uncompared.result", {})
    return joined((line, *_beside(said.plans, voice), why), word("marks.semicolon"))


def _beside(plans: Sequence[Asked], voice: Voice) -> list[Line]:
    """What was asked for, as a figure that the result is no percentage of yet."""
    return [
        voice.say("plan.beside", {"plan": plan_name(asked, voice), "base": asked_for(asked, asked.plan.legible())})
        for asked in plans
        if asked.plan.value is not None
    ]
