"""Figures that say by how much something fell: one below nought is a rise, and that is how people say it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from baocao.drafting.phrases.ranges import bounds
from baocao.drafting.phrases.statements import Asked
from baocao.drafting.phrases.told import Told, measured
from baocao.drafting.phrases.wording import Slot, Voice, joined, word, wordings_of
from baocao.model.draft import RISEN, Line, Number


def has_risen(told: Told | None) -> bool:
    """Whether a figure of a fall tells of a rise."""
    return told is not None and told.value is not None and told.value < 0 and bool(_what_fell(told.name))


def risen(told: Told, voice: Voice, *, is_estimate: bool = False) -> Line:
    """ "Tỷ lệ hộ nghèo tăng 0,68 điểm phần trăm", for a fall of -0,68%."""
    key = "fall.risen_estimated" if is_estimate or told.is_estimate else "fall.risen"
    return voice.say(key, {"subject": _what_fell(told.name), "change": _size(told)})


def risen_beside(
    told: Told, plans: Sequence[Asked], earlier: Told | None, since: str, voice: Voice, *, is_estimate: bool = False
) -> Line:
    """The rise, and how far it was to fall and fell before, in brackets: nothing is reckoned of a rise and a fall."""
    head = risen(told.legible(), voice, is_estimate=is_estimate)
    others = list(_others(plans, earlier, since, voice))
    slots: dict[str, Slot] = {"head": head, "others": joined(others, word("marks.semicolon"))}
    return voice.say("fall.beside", slots) if others else head


def _others(plans: Sequence[Asked], earlier: Told | None, since: str, voice: Voice) -> Iterator[Line]:
    for asked in plans:
        key = "plan.name_by" if asked.by else "plan.name"
        plan = voice.say(key, {"noun": asked.noun, "by": asked.by})
        low, upper = asked.plan, asked.upper
        change = _size(low.legible()) if upper is None else bounds(low, upper, _measure(low))
        yield voice.say("fall.asked", {"plan": plan, "change": change})
    if earlier is not None:
        yield earlier_fall(earlier.legible(), since, voice)


def earlier_fall(before: Told, since: str, voice: Voice) -> Line:
    """ "năm 2025 giảm 1,82 điểm phần trăm", or that it rose then too."""
    key = "fall.rose_before" if before.sure < 0 else "fall.fell_before"
    return voice.say(key, {"since": since, "change": _size(before)})


def _what_fell(name: str) -> str:
    """ "Tỷ lệ hộ nghèo" of "Mức giảm tỷ lệ hộ nghèo"; nothing of what is no fall."""
    opening = next((one for one in wordings_of("fall.names") if name.startswith(f"{one} ")), "")
    rest = name[len(opening) + 1 :] if opening else ""
    return rest[:1].upper() + rest[1:]


def _size(told: Told) -> Line:
    """How far it went, without its sign; a rate moves by points."""
    number = told.number
    if told.sure < 0:
        number = Number.of(-told.sure, told.form, replace(told.source, argument=RISEN), told.revision, told.name)
    return measured(number, _measure(told))


def _measure(told: Told) -> str:
    return word("fall.points") if told.is_rate else told.measure
