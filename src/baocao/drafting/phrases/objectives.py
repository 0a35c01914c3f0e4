"""What is asked for, as plans say it: how each target is meant, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable

from baocao.drafting.phrases.ranges import bounds
from baocao.drafting.phrases.statements import Aimed, Objective
from baocao.drafting.phrases.told import Told, measured
from baocao.drafting.phrases.wording import Voice, filled, joined, smooth, word
from baocao.model.draft import Line
from baocao.model.indicator import Aim
from baocao.model.target import TargetKind


def say_objective(said: Objective, voice: Voice) -> Line:
    """ "Tỷ lệ che phủ rừng: HĐND giao 54,2%, UBND tỉnh giao từ 54% trở lên; thực hiện năm 2026 là 53,9%"."""
    asked = _by_each(said, voice) if said.is_named else _striven(said, said.asked[0], voice)
    return smooth(asked, _beside(said, voice))


def _by_each(said: Objective, voice: Voice) -> Line:
    """What each authority asks for; those that ask for the same together."""
    parts = []
    for same in _alike(said.asked):
        key = "objective.together" if len(same) > 1 else "objective.by"
        by = joined((_words(one.by) for one in same), word("marks.and"))
        parts.append(voice.say(key, {"by": by, "target": _asked(same[0], voice)}))
    return voice.say("objective.asked", {"subject": said.name, "asked": joined(parts, word("marks.comma"))})


def _alike(asked: Iterable[Aimed]) -> list[list[Aimed]]:
    found: dict[object, list[Aimed]] = {}
    for one in asked:
        bounds = tuple(told.value if told else None for told in (one.low, one.high))
        found.setdefault((one.kind, *bounds, one.is_strict), []).append(one)
    return list(found.values())


def _words(text: str) -> Line:
    return filled("{text}", {"text": text})


def _striven(said: Objective, asked: Aimed, voice: Voice) -> Line:
    """Of one authority alone: "phấn đấu đạt", save where less is better or nothing is to be reached."""
    is_reached = asked.kind in (TargetKind.EXACTLY, TargetKind.AT_LEAST, TargetKind.RANGE) and said.aim is Aim.HIGHER
    key = "objective.plain"
    if is_reached:
        key = "objective.have" if word("value.verb") in said.name.split() else "objective.reach"
    elif asked.kind is TargetKind.EXACTLY:
        key = "objective.keep"
    return voice.say(key, {"subject": said.name, "target": _asked(asked, voice)})


def _asked(asked: Aimed, voice: Voice) -> Line:
    """One target: "từ 97,5% trở lên", "không quá 25%", "36 - 38%", "duy trì 03 xã", "đảm bảo thực hiện"."""
    if asked.low is None:
        return voice.say("aimed.assured", {})
    if asked.high is not None:
        return bounds(asked.low, asked.high)
    low = asked.low.legible()
    kind = asked.kind.value + ("_strict" if asked.is_strict else "")
    return voice.say(f"aimed.{kind}", {"value": _counted(low)})


def _beside(said: Objective, voice: Voice) -> Line:
    if said.before is None:
        return ()
    return voice.say("objective.beside", {"since": said.since, "base": _counted(said.before.legible())})


def _counted(told: Told) -> Line:
    """A figure with its unit, also where the name is that very unit: nothing else says here that it is one."""
    return measured(told.number, told.measure)
