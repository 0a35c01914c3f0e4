"""Wholes: totals with their parts, shares, how a whole is made up, disbursement by source."""

from __future__ import annotations

from baocao.drafting.phrases.agreeing import Derived, settled
from baocao.drafting.phrases.levels import head, per_cent
from baocao.drafting.phrases.statements import Disbursement, Funds, Share, Structure, TotalWithParts
from baocao.drafting.phrases.told import Told, bare, figure
from baocao.drafting.phrases.wording import Slot, Voice, filled, joined, word
from baocao.model.draft import Line, Number, Reckoning

_HUNDRED = 100
_MORE = 3  # decimals that shares may be told with beyond those of their form


def say_total(said: TotalWithParts, voice: Voice) -> Line:
    """ "Tổng đàn gia súc là 14.620 con, trong đó: trâu 2.315 con; bò 12.305 con"."""
    known = [part for part in said.parts if part.value is not None]
    if said.total.value is None or not known:
        return head(said.total.legible(), voice, is_reached=False)
    makes_it = len(known) > 1 and _makes(said.total, known)
    is_whole = said.is_whole and len(known) == len(said.parts) and makes_it
    places = tuple(range(1, len(known) + 1))
    asked = [Derived(Reckoning.SUM, places)] if makes_it else []
    found = settled((said.total, *known), asked)
    total, *parts = found.figures
    if is_whole and total.printed != sum(part.printed for part in parts):
        is_whole = False
    rest = iter(parts)
    wording = voice.choose("total.whole" if is_whole else "total.some")
    is_short = "(" in wording and not any("," in part.name for part in said.parts)
    mark = word("marks.comma" if is_short else "marks.semicolon")
    names = [_part(part if part.value is None else next(rest), voice) for part in said.parts]
    first = head(total, voice, is_reached=False)
    return filled(wording, {"head": first, "parts": joined(names, mark)})


def _makes(total: Told, parts: list[Told]) -> bool:
    return total.value == sum(part.sure for part in parts)


def _part(part: Told, voice: Voice) -> Line:
    if part.value is None:
        return voice.say("total.missing_part", {"name": part.name})
    return told_part(part, voice)


def told_part(part: Told, voice: Voice) -> Line:
    """ "nam 37 người"; a name that ends in a number stands apart from the figure: "đối tượng 3: 67 người"."""
    key = "part_below" if part.sure < 0 else "part_numbered" if part.name[-1:].isdigit() else "part"
    return voice.say(f"total.{key}", {"name": part.name, "value": figure(part)})


def say_share(said: Share, voice: Voice) -> Line:
    """ "Số người tham gia bảo hiểm y tế là 46.218 người, chiếm 93,7% dân số (49.305 người)"."""
    first = head(said.part.legible(), voice, is_reached=False)
    if not said.part.value or not said.whole.value:
        return first
    found = settled((said.part, said.whole), [Derived(Reckoning.PERCENT, (0, 1))])
    part, whole = found.figures
    percent = found.numbers[0]
    if percent is None:
        return first
    slots: dict[str, Slot] = {"head": head(part, voice, is_reached=False), "percent": per_cent(percent)}
    key = "share.told" if said.is_whole_told else "share.untold"
    return voice.say(key, {**slots, "whole": whole.name, "base": figure(whole)})


def say_structure(said: Structure, voice: Voice) -> Line:
    """ "Cơ cấu kinh tế: nông nghiệp chiếm 28,4%; công nghiệp chiếm 33,1%; dịch vụ chiếm 38,5%"."""
    parts = _adding_up(said.parts)
    rest = parts is None
    told = [part.legible() for part in said.parts] if parts is None else parts
    lines = []
    for place, part in enumerate(told):
        if part.value is None:
            lines.append(voice.say("total.missing_part", {"name": part.name}))
        elif rest and place == len(told) - 1:
            lines.append(voice.say("share.structure_rest", {"name": part.name}))
        else:
            lines.append(voice.say("share.structure_part", {"name": part.name, "value": figure(part)}))
    mark = word("marks.semicolon" if voice.turn % 2 else "marks.comma")
    return voice.say("share.structure", {"subject": said.name, "parts": joined(lines, mark)})


def _adding_up(parts: tuple[Told, ...]) -> list[Told] | None:
    """The shares with the fewest decimals more with which they make a hundred in print, or None."""
    if any(part.value is None for part in parts):
        return None
    for more in range(_MORE + 1):
        wider = [part.legible().widened(more) for part in parts]
        if sum(part.printed for part in wider) == _HUNDRED:
            return wider
    return None


def say_disbursement(said: Disbursement, voice: Voice) -> Line:
    """ "... đạt 165,2/283,6 tỷ đồng, bằng 58,3% kế hoạch vốn, trong đó: vốn tỉnh 65,1/133,3 tỷ đồng, đạt 48,8%"."""
    sources = [funds for funds in said.sources if funds.spent.value is not None and funds.plan.value is not None]
    if said.spent.value is None or said.plan.value is None:
        return head(said.spent.legible(), voice, is_reached=True)
    figures = [said.spent, said.plan]
    for funds in sources:
        figures += [funds.spent, funds.plan]
    asked = [Derived(Reckoning.PERCENT, (place, place + 1)) for place in range(0, len(figures), 2)]
    asked += [_parts(first, len(sources)) for first in (0, 1) if len(sources) > 1]
    found = settled(figures, asked)
    first = _spent(said, found.figures[0], found.figures[1], found.numbers[0], voice)
    lines = [
        _of_source(Funds(found.figures[2 * place], found.figures[2 * place + 1]), found.numbers[place], voice)
        for place in range(1, len(sources) + 1)
    ]
    if not lines:
        return first
    is_whole = said.spent.value == sum(funds.spent.sure for funds in sources)
    told = {"head": first, "sources": joined(lines, word("marks.semicolon"))}
    return voice.say("disbursement.with_sources" if is_whole else "disbursement.with_some", told)


def _parts(first: int, count: int) -> Derived:
    """The figures of all sources added up: asked for so that they are told with decimals that make their total."""
    return Derived(Reckoning.SUM, tuple(range(first + 2, 2 * count + 2, 2)))


def _is_pair(voice: Voice) -> bool:
    return voice.turn % 2 == 0


def _spent(said: Disbursement, spent: Told, plan: Told, percent: Number | None, voice: Voice) -> Line:
    if percent is None:
        return head(spent, voice, is_reached=True)
    slots: dict[str, Slot] = {"subject": spent.name, "base": figure(plan), "percent": per_cent(percent)}
    slots["noun"] = said.noun
    if spent.is_estimate:
        return voice.say("disbursement.head_estimated", {**slots, "value": bare(spent)})
    if _is_pair(voice):
        return voice.say("disbursement.head_pair", {**slots, "value": (spent.number,)})
    return voice.say("disbursement.head", {**slots, "value": figure(spent)})


def _of_source(funds: Funds, percent: Number | None, voice: Voice) -> Line:
    slots: dict[str, Slot] = {"name": funds.spent.name, "base": figure(funds.plan)}
    if percent is None:
        return voice.say("total.part", {**slots, "value": figure(funds.spent)})
    if not funds.spent.sure:
        return voice.say("disbursement.source_none", slots)
    slots["percent"] = per_cent(percent)
    if _is_pair(voice) and not funds.spent.is_estimate:
        return voice.say("disbursement.source_pair", {**slots, "value": (funds.spent.number,)})
    return voice.say("disbursement.source", {**slots, "value": figure(funds.spent)})
