"""Levels: a figure alone, beside its plans, beside the same period of the year before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from baocao.drafting.phrases.agreeing import Derived, settled
from baocao.drafting.phrases.falls import earlier_fall, has_risen, risen, risen_beside
from baocao.drafting.phrases.ranges import asked_for, key_of, shortfall
from baocao.drafting.phrases.statements import Asked, Lacking, Level, PlanAndLastYear, YearEnd
from baocao.drafting.phrases.told import Told, bare, figure, measured
from baocao.drafting.phrases.wording import Slot, Voice, filled, joined, word, wordings_of
from baocao.model.draft import Line, Number, Reckoning, text_of

_FEW = 10


def say_level(said: Level, voice: Voice) -> Line:
    """ "Diện tích gieo cấy lúa đạt 412,5 ha"."""
    return head(said.told.legible(), voice, is_reached=said.is_reached, is_estimate=said.is_estimate)


def head(told: Told, voice: Voice, *, is_reached: bool, is_estimate: bool = False) -> Line:
    """The figure with its subject, or why there is none."""
    if told.value is None:
        return voice.say(f"mark.{told.mark.value if told.mark else 'never_told'}", {"subject": told.name})
    is_estimate = is_estimate or told.is_estimate
    if has_risen(told):
        return risen(told, voice, is_estimate=is_estimate)
    if told.value < 0:  # "là -2,3 triệu USD": behind a colon the sign would be a dash
        key = "below_estimated" if is_estimate else "below"
        return voice.say(f"value.{key}", {"subject": told.name, "value": bare(told)})
    key = ("estimated" if is_reached else "estimated_count") if is_estimate else "reached" if is_reached else "counted"
    if key == "reached" and word("value.verb") in told.name.split():
        key = "counted"  # "Số xã đạt chuẩn là 09 xã", not "đạt ... đạt"
    elif told.is_rate and not is_estimate:
        key = "rate" if is_reached else "counted_rate"
    return filled(_unrepeating(voice, f"value.{key}", told.name), {"subject": told.name, "value": bare(told)})


def _unrepeating(voice: Voice, key: str, name: str) -> str:
    """A wording whose verb the name does not have already: "Số đại biểu là nữ: 09 người", not "là nữ là 09 người"."""
    wordings = wordings_of(key)
    words = name.replace(":", " : ").split()
    fresh = [one for one in wordings if _verb_of(one) not in words]
    chosen = voice.choose(key)
    return chosen if chosen in fresh or not fresh else fresh[0]


def _verb_of(wording: str) -> str:
    """What stands between the subject and the figure."""
    return wording.partition("}")[2].partition("{")[0].strip()


def plan_name(asked: Asked, voice: Voice) -> Line:
    """ "kế hoạch UBND tỉnh giao"."""
    return voice.say("plan.name_by" if asked.by else "plan.name", {"noun": asked.noun, "by": asked.by})


def earlier_figure(before: Told, since: str, voice: Voice) -> Line:
    """An earlier time's figure as it stands in brackets; one below nought behind words, lest its sign be a dash."""
    told = figure(before)
    return voice.say("moved.base_below", {"since": since, "base": told}) if before.sure < 0 else told


def are_few(told: Told) -> bool:
    """Whether it counts so few things that a percentage of them tells nobody anything: 03 vụ after 01 vụ."""
    return told.form.digits > 1 and told.sure < _FEW  # things that are counted take a nought before them


def change_of(number: Number, told: Told, voice: Voice) -> Line:
    """A change with its unit: of a rate it is told in points."""
    return voice.say("moved.points", {"number": (number,)}) if told.is_rate else measured(number, told.measure)


def per_cent(number: Number) -> Line:
    return measured(number, "%")


def say_plan_and_last_year(said: PlanAndLastYear, voice: Voice) -> Line:
    """ "... đạt 70,05 tỷ đồng, bằng 113,4% dự toán tỉnh giao và bằng 96,8% so với cùng kỳ"."""
    if said.told.value is None:
        return head(said.told, voice, is_reached=said.is_reached)
    plans = tuple(asked for asked in said.plans if asked.plan.value is not None)
    earlier = said.last_year if said.last_year is not None and said.last_year.value is not None else None
    if has_risen(said.told):
        return risen_beside(said.told, plans, earlier, said.since, voice, is_estimate=said.is_estimate)
    if not said.told.value and plans and not earlier:
        return _not_yet(said, plans[0], voice)
    return set_beside(said, plans, earlier, voice)[0]


Head = Callable[[Told], Line]


def set_beside(
    said: PlanAndLastYear, plans: Sequence[Asked], earlier: Told | None, voice: Voice, own_head: Head | None = None
) -> tuple[Line, Told]:
    """A figure with what it is set against, and the form that it is told in.

    ``own_head`` words the figure itself, where several are told in one sentence.
    """
    figures = [said.told, *(asked.plan for asked in plans), *((earlier,) if earlier else ())]
    way = _way(said, plans, voice) if own_head is None or said.told.is_rate else Reckoning.PERCENT
    wanted = _asked(said, plans, earlier, way)
    found = settled(figures, [one for one in wanted if one is not None])
    reckoned = iter(found.numbers)
    numbers = [next(reckoned) if one is not None else None for one in wanted]
    told, bases = found.figures[0], found.figures[1:]
    first = own_head(told) if own_head else head(told, voice, is_reached=said.is_reached, is_estimate=said.is_estimate)
    is_pair = False
    clauses: list[Line] = []
    beside: list[Line] = []  # plans that no percentage can be of
    for place, (asked, base) in enumerate(zip(plans, bases, strict=False)):
        percent = numbers[place]
        if asked.upper is not None and (percent is not None or told.sure >= base.sure):
            clauses.append(_of_range(said, told, base, percent, asked, voice))
            continue
        if percent is None:
            if said.are_bases_told:
                slots: dict[str, Slot] = {"plan": plan_name(asked, voice), "base": asked_for(asked, base)}
                beside.append(voice.say("plan.beside", slots))
            continue
        if not clauses and not is_pair and own_head is None and _is_pair(said, voice, asked):
            first, is_pair = _pair(told, base, percent, asked, voice), True
            continue
        is_said = _is_reaching((first, *clauses))
        clauses.append(_of_plan(said, told, base, percent, asked, voice, is_said=is_said))
    if earlier is not None:
        clauses.extend(_of_last_year(said, told, bases[-1], numbers[-1], voice))
    return joined((_in_a_row(first, clauses, is_pair=is_pair), *beside), word("marks.semicolon")), told


def _is_reaching(lines: Sequence[Line]) -> bool:
    """Whether the word for reaching stands in a sentence already, so that it is not said again."""
    return any(word("value.verb") in text_of(line).split() for line in lines)


def _in_a_row(first: Line, clauses: list[Line], *, is_pair: bool) -> Line:
    """The head and its clauses, "và" before the last where there are several."""
    if is_pair:
        return joined((first, *clauses), word("marks.comma"), word("marks.and"))
    told = joined(clauses, word("marks.comma"), word("marks.and"))
    return joined((first, told) if clauses else (first,), word("marks.comma"))


def _asked(said: PlanAndLastYear, plans: Sequence[Asked], earlier: Told | None, way: Reckoning) -> list[Derived | None]:
    """What is reckoned; in one manner throughout: so much of each, or so much more than each."""
    asked = [
        Derived(way, (0, place)) if plan.upper is None else shortfall(said.told, plan, place)
        for place, plan in enumerate(plans, 1)
    ]
    if earlier is not None:
        is_below = said.told.sure < 0 or earlier.sure < 0  # no percentage tells of what is below nought
        differs = said.told.is_rate or is_below or are_few(earlier)
        kind = Reckoning.CHANGE if differs else way if plans else Reckoning.PERCENT
        asked.append(Derived(kind, (0, len(plans) + 1)))
    return asked


def _way(said: PlanAndLastYear, plans: Sequence[Asked], voice: Voice) -> Reckoning:
    """Plans that are all exceeded may be told by how much: "vượt 12% so với kế hoạch tỉnh giao (400 ha)"."""
    if said.told.is_rate and said.are_bases_told:
        return Reckoning.CHANGE  # a rate beside a rate differs by points; a percentage of a percentage says little
    is_single = all(asked.upper is None for asked in plans)
    is_exceeded = said.is_reached and is_single and all(said.told.sure > asked.plan.sure > 0 for asked in plans)
    is_pair = bool(plans) and _is_pair(said, voice, plans[0])
    exceeds = is_exceeded and said.are_bases_told and not is_pair and voice.turn % 3 == 0
    return Reckoning.PERCENT_CHANGE if exceeds else Reckoning.PERCENT


def _is_pair(said: PlanAndLastYear, voice: Voice, asked: Asked) -> bool:
    """Whether the first plan is told as A/B: every second time, never of rates, estimates or what has no unit."""
    whole = said.told.measure == asked.plan.measure and not said.told.is_rate and "/" not in said.told.measure
    whole = whole and not said.told.is_named_by_unit
    is_estimate = said.is_estimate or said.told.is_estimate or asked.upper is not None
    return said.are_bases_told and whole and not is_estimate and voice.turn % 2 == 0


def _pair(told: Told, base: Told, percent: Number, asked: Asked, voice: Voice) -> Line:
    slots = {"value": (told.number,), "base": figure(base), "percent": per_cent(percent)}
    key = "plan.pair_counted" if word("value.verb") in told.name.split() else "plan.pair"
    return voice.say(key, {"subject": told.name, "plan": plan_name(asked, voice), **slots})


def _of_plan(
    said: PlanAndLastYear, told: Told, base: Told, percent: Number, asked: Asked, voice: Voice, *, is_said: bool
) -> Line:
    """The clause on one plan; ``is_said`` says that the sentence has its "đạt" already."""
    if percent.source.reckoning is Reckoning.CHANGE:
        return _in_points(said, told, base, percent, asked, voice)
    if percent.source.reckoning is Reckoning.PERCENT_CHANGE:
        slots = {"excess": per_cent(percent), "plan": plan_name(asked, voice), "base": figure(base)}
        return voice.say("plan.excess_base", slots)
    key = ("reached" if said.is_reached and not is_said else "level") + ("_base" if said.are_bases_told else "")
    slots = {"percent": per_cent(percent), "plan": plan_name(asked, voice), "base": figure(base)}
    return voice.say(f"plan.{key}", slots)


def _of_range(said: PlanAndLastYear, told: Told, base: Told, short: Number | None, asked: Asked, voice: Voice) -> Line:
    """ "nằm trong mức kế hoạch HĐND giao (16 - 32 ha)"; what falls short of both bounds is told by how much."""
    slots: dict[str, Slot] = {"plan": plan_name(asked, voice), "base": asked_for(asked, base)}
    if short is None:
        return voice.say(key_of(told, asked, is_reached=said.is_reached), slots)
    if short.source.reckoning is Reckoning.CHANGE:
        return voice.say("plan.points_below", {**slots, "change": change_of(short, told, voice)})
    return voice.say("plan.least_base", {**slots, "percent": per_cent(short)})


def _in_points(said: PlanAndLastYear, told: Told, base: Told, points: Number, asked: Asked, voice: Voice) -> Line:
    """ "vượt 0,15 điểm phần trăm so với kế hoạch HĐND giao (58,2%)"."""
    slots = {"change": change_of(points, told, voice), "plan": plan_name(asked, voice), "base": figure(base)}
    if told.sure == base.sure:
        return voice.say("plan.points_same", slots)
    if told.sure < base.sure:
        return voice.say("plan.points_below", slots)
    return voice.say("plan.points_beyond" if said.is_reached else "plan.points_above", slots)


def _of_last_year(said: PlanAndLastYear, told: Told, base: Told, number: Number | None, voice: Voice) -> list[Line]:
    """The clause on the same period; none where nothing true can be said shortly."""
    if has_risen(base):
        return [earlier_fall(base, said.since, voice)]
    ending = "_base" if said.are_bases_told else ""
    slots: dict[str, Line | str] = {"since": said.since, "base": earlier_figure(base, said.since, voice)}
    if told.sure == base.sure:
        none = "earlier.none_either_yet" if said.is_reached else "earlier.none_either"
        return [voice.say(f"earlier.same{ending}" if told.sure else none, slots)]
    if not told.sure and said.are_bases_told and base.sure > 0:  # "bằng 0%" tells nobody anything
        return [voice.say("earlier.beside", slots)]
    if number is None:
        return [] if base.sure else [voice.say("earlier.none_before", slots)]
    if number.source.reckoning is Reckoning.PERCENT:
        return [voice.say(f"earlier.level{ending}", {**slots, "percent": per_cent(number)})]
    way = "rise" if told.sure > base.sure else "fall"
    is_percent = number.source.reckoning is Reckoning.PERCENT_CHANGE
    rate = per_cent(number) if is_percent else change_of(number, told, voice)
    return [voice.say(f"earlier.{way}{ending}", {**slots, "rate": rate})]


def _not_yet(said: PlanAndLastYear, asked: Asked, voice: Voice) -> Line:
    slots = {"plan": plan_name(asked, voice), "base": asked_for(asked, asked.plan.legible())}
    return voice.say("plan.not_yet", {"subject": said.told.name, **slots})


def say_year_end(said: YearEnd, voice: Voice) -> Line:
    """ "Tỷ lệ hộ nghèo (kế hoạch 4%): cuối năm đánh giá"."""
    plans = _bracketed(said.plans, voice)
    if not plans:
        return voice.say("year_end.plain", {"subject": said.name})
    return voice.say("year_end.planned", {"subject": said.name, "plans": plans})


def say_lacking(said: Lacking, voice: Voice) -> Line:
    """ "Tỷ lệ hộ nghèo (kế hoạch 4%): chưa có số liệu"."""
    plans = _bracketed(said.plans, voice)
    slots: dict[str, Slot] = {"subject": said.name, "plans": plans}
    subject = voice.say("mark.planned", slots) if plans else said.name
    return voice.say(f"mark.{said.mark.value if said.mark else 'never_told'}", {"subject": subject})


def _bracketed(plans: Sequence[Asked], voice: Voice) -> Line:
    """What is asked for, as it stands in brackets behind a name."""
    told = [
        voice.say(
            "year_end.plan_below" if asked.plan.sure < 0 else "year_end.plan",
            {"plan": plan_name(asked, voice), "base": asked_for(asked, asked.plan.legible())},
        )
        for asked in plans
        if asked.plan.value is not None
    ]
    return joined(told, word("marks.comma"))
