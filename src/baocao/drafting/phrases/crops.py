"""A crop's line: area, yield, output, such that area times yield is the output as printed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from baocao.drafting.phrases.levels import set_beside
from baocao.drafting.phrases.statements import Asked, CropLine, PlanAndLastYear
from baocao.drafting.phrases.told import Told, figure
from baocao.drafting.phrases.wording import Voice, filled, joined, numbers_of, word, wordings_of
from baocao.model.draft import Line

_QUINTALS = Decimal(10)  # tạ in a tấn: area (ha) × yield (tạ/ha) / 10 = output (tấn)
_YIELD_DECIMALS = 2  # beyond which nobody tells a yield
_HALF = Decimal("0.5")


def say_crop(said: CropLine, voice: Voice) -> Line:
    """ "Cây ngô: diện tích 846,4 ha, đạt 98,2% kế hoạch HĐND giao (862 ha); năng suất 45,2 tạ/ha; sản lượng ..."."""
    lines: list[Line] = []
    area, output = said.area.legible(), said.output.legible()
    if area.value is not None:
        line, area = _beside(said, area, said.plan, said.area_before, "crop.area", voice)
        lines.append(line)
    made: Line = ()
    if output.value is not None:
        made, output = _beside(said, output, said.output_plan, said.output_before, "crop.output", voice)
    harvested = said.harvested.legible() if said.harvested is not None else area
    if harvested.value is not None and harvested.value != area.value:
        lines.append(voice.say("crop.harvested", {"value": figure(harvested)}))
    crop_yield = _agreeing(harvested, said.crop_yield.legible(), output)
    if crop_yield.value is not None:
        lines.append(_head(crop_yield, "crop.yield", voice))
    lines += [made] if made else []
    if not lines:
        return voice.say("mark.never_told", {"subject": said.crop})
    return filled("{crop}: {parts}", {"crop": said.crop, "parts": joined(lines, _mark(lines, voice))})


def _mark(lines: list[Line], voice: Voice) -> str:
    """What stands between the figures: no comma where one of them has clauses of its own."""
    has_clauses = any(len(numbers_of(line)) > 1 for line in lines)
    return word("marks.semicolon" if has_clauses or ";" in voice.choose("crop.line") else "marks.comma")


def _beside(
    said: CropLine, told: Told, plan: Asked | None, before: Told | None, key: str, voice: Voice
) -> tuple[Line, Told]:
    """A figure beside its plan and the year before, and the form that it is told in."""

    def own_head(told: Told) -> Line:
        return _head(told, key, voice)

    plans = (plan,) if plan is not None and plan.plan.value is not None else ()
    earlier = before if before is not None and before.value is not None else None
    if not told.value or not (plans or earlier):
        return own_head(told), told
    compared = PlanAndLastYear(told, plans, earlier, said.since, are_bases_told=True)
    return set_beside(compared, plans, earlier, voice, own_head)


def _head(told: Told, key: str, voice: Voice) -> Line:
    """A figure under its short name; an estimate takes the wording without a verb, as nobody says "đạt ước"."""
    wordings = wordings_of(key)
    return filled(wordings[0] if told.is_estimate else voice.choose(key), {"value": figure(told)})


def _agreeing(area: Told, crop_yield: Told, output: Told) -> Told:
    """The yield with so many decimals, two at most, that area × yield comes nearest to the output as printed."""
    if area.value is None or crop_yield.value is None or output.value is None:
        return crop_yield
    form = crop_yield.form
    wider = [crop_yield]
    for decimals in range(form.decimals + 1, max(form.decimals, _YIELD_DECIMALS) + 1):
        wider.append(replace(crop_yield, form=replace(form, decimals=decimals)))
    slack = _HALF.scaleb(output.form.scale - output.form.decimals)
    for told in wider:
        if abs(area.printed * told.printed / _QUINTALS - output.printed) <= slack:
            return told
    return wider[-1]
