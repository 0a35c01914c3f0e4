"""Rises, falls and what remains unchanged since an earlier time."""

from __future__ import annotations

from baocao.drafting.phrases.agreeing import Derived, settled
from baocao.drafting.phrases.falls import earlier_fall, has_risen, risen_beside
from baocao.drafting.phrases.levels import are_few, change_of, earlier_figure, head, per_cent
from baocao.drafting.phrases.statements import Moved
from baocao.drafting.phrases.told import Told, figure
from baocao.drafting.phrases.wording import Slot, Voice, joined, word
from baocao.model.draft import Line, Number, Reckoning

_FROM_TO = 4  # of so many turns, one is told as "tăng từ ... lên ..."


def say_moved(said: Moved, voice: Voice) -> Line:
    """ "Số vụ cháy là 15 vụ, tăng 03 vụ so với cùng kỳ năm 2024 (12 vụ)"."""
    if said.now.value is None or said.before.value is None:
        return head(said.now.legible(), voice, is_reached=said.is_reached)
    if has_risen(said.now):
        return risen_beside(said.now, (), said.before, said.since, voice)
    if has_risen(said.before):
        now = said.now.legible()
        first = head(now, voice, is_reached=said.is_reached)
        return joined((first, earlier_fall(said.before.legible(), said.since, voice)), word("marks.comma"))
    kinds = [Reckoning.CHANGE] if said.now.is_rate else [Reckoning.CHANGE, Reckoning.PERCENT_CHANGE]
    found = settled((said.now, said.before), [Derived(kind, (0, 1)) for kind in kinds])
    now, before = found.figures
    change, rate = (*found.numbers, None)[:2]
    slots: dict[str, Slot] = {
        "head": head(now, voice, is_reached=said.is_reached),
        "subject": now.name,
        "value": figure(now),
        "base": earlier_figure(before, said.since, voice),
        "since": said.since,
    }
    if now.sure == before.sure:
        none = "moved.none_either_yet" if said.is_reached else "moved.none_either"
        return voice.say("moved.same" if now.sure else none, slots)
    way = "rise" if now.sure > before.sure else "fall"
    if change is None and rate is None:
        return voice.say(f"moved.{way}_alone", slots)
    if rate is not None:
        slots["rate"] = per_cent(rate)
    if change is not None:
        slots["change"] = change_of(change, now, voice)
    return voice.say(_key(now, before, change, rate, way, voice), slots)


def _key(now: Told, before: Told, change: Number | None, rate: Number | None, way: str, voice: Voice) -> str:
    """Which family of wordings tells the move with the numbers that there are."""
    if change is None:
        return f"moved.{way}_only_rate"
    if not before.sure and way == "rise":
        return "moved.rise_from_none"
    if voice.turn % _FROM_TO == 0 and not now.is_estimate and now.sure > 0 and before.sure > 0:
        return "moved.from_up" if way == "rise" else "moved.from_down"
    if rate is None or not now.sure or are_few(before):
        return f"moved.{way}"
    return f"moved.{way}" + ("", "_rate", "_only_rate")[voice.turn % 3]
