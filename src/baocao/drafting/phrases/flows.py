"""Flows: what came in, what was dealt with early, on time or late, and what remains."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.drafting.phrases.statements import Flow
from baocao.drafting.phrases.told import Told, figure
from baocao.drafting.phrases.wording import Slot, Voice, joined, word
from baocao.model.draft import Line


def say_flow(said: Flow, voice: Voice) -> Line:
    """ "tiếp nhận 1.530 hồ sơ; đã giải quyết 1.401 hồ sơ (trước hạn 900 hồ sơ, ...); còn lại 129 hồ sơ".

    Where only new ones are known, what is pending is not what they leave: "hiện còn 129 hồ sơ".
    """
    is_whole = said.received.value is not None
    lines = [_received(said, voice)] if is_whole else list(_came(said, voice))
    if said.resolved.value is not None:
        lines.append(_resolved(said, voice))
    if said.pending.value:
        lines.append(voice.say("flow.pending" if is_whole else "flow.still_pending", {"value": figure(said.pending)}))
    elif said.pending.value is not None:
        lines.append(voice.say("flow.none_pending", {"noun": said.noun}))
    if not lines:
        return voice.say("mark.never_told", {"subject": said.received.name})
    return joined(lines, word("marks.semicolon"))


def _received(said: Flow, voice: Voice) -> Line:
    slots: dict[str, Slot] = {"value": figure(said.received)}
    carried, fresh = said.carried, said.fresh
    if carried is None or fresh is None or not carried.value or not fresh.value:
        return voice.say("flow.received", slots)
    if carried.value + fresh.value != said.received.value:
        return voice.say("flow.received", slots)
    slots |= {"carried": figure(carried), "carried_words": word("flow.carried")}
    slots |= {"fresh": figure(fresh), "fresh_words": word("flow.fresh")}
    return voice.say("flow.received_parts", slots)


def _came(said: Flow, voice: Voice) -> Iterator[Line]:
    """What is known of what came in where the whole is not: what was carried over, what is new."""
    for key, told in (("carried", said.carried), ("fresh", said.fresh)):
        if told is not None and told.value is not None:
            yield voice.say("total.part", {"name": word(f"flow.{key}"), "value": figure(told)})


def _resolved(said: Flow, voice: Voice) -> Line:
    """What was dealt with, with its parts where they are all known."""
    slots: dict[str, Slot] = {"value": figure(said.resolved)}
    named = (("early", said.early), ("on_time", said.on_time), ("late", said.late))
    parts = [(key, told) for key, told in named if told is not None and told.value]
    if not _make(said.resolved, [told for _, told in parts]):
        return voice.say("flow.resolved", slots)
    lines = [voice.say("total.part", {"name": word(f"flow.{key}"), "value": figure(told)}) for key, told in parts]
    return voice.say("flow.resolved_parts", {**slots, "parts": joined(lines, word("marks.comma"))})


def _make(total: Told, parts: list[Told]) -> bool:
    return bool(parts) and total.value == sum(part.sure for part in parts)
