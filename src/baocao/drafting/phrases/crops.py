"""A crop's line: area, yield, output, such that area times yield is the output as printed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from baocao.drafting.phrases.agreeing import Derived, settled
from baocao.drafting.phrases.levels import per_cent
from baocao.drafting.phrases.statements import CropLine
from baocao.drafting.phrases.told import Told, figure
from baocao.drafting.phrases.wording import Voice, filled, joined
from baocao.model.draft import Line, Reckoning

_QUINTALS = Decimal(10)  # tạ in a tấn: area (ha) × yield (tạ/ha) / 10 = output (tấn)
_YIELD_DECIMALS = 2  # beyond which nobody tells a yield
_HALF = Decimal("0.5")


def say_crop(said: CropLine, voice: Voice) -> Line:
    """ "Cây ngô: diện tích 846,4 ha; năng suất 45,2 tạ/ha; sản lượng 3.825,7 tấn"."""
    area, crop_yield, output = (told.legible() for told in (said.area, said.crop_yield, said.output))
    lines: list[Line] = []
    if area.value is not None:
        first, area = _area(said, area, voice)
        lines.append(first)
    harvested = said.harvested.legible() if said.harvested is not None else area
    if harvested.value is not None and harvested.value != area.value:
        lines.append(voice.say("crop.harvested", {"value": figure(harvested)}))
    crop_yield = _agreeing(harvested, crop_yield, output)
    if crop_yield.value is not None:
        lines.append(voice.say("crop.yield", {"value": figure(crop_yield)}))
    if output.value is not None:
        lines.append(voice.say("crop.output", {"value": figure(output)}))
    if not lines:
        return voice.say("mark.never_told", {"subject": said.crop})
    mark = "; " if ";" in voice.choose("crop.line") else ", "
    return filled("{crop}: {parts}", {"crop": said.crop, "parts": joined(lines, mark)})


def _area(said: CropLine, area: Told, voice: Voice) -> tuple[Line, Told]:
    """The area, beside its plan where there is one, and the form that it is told in."""
    if said.plan is not None and said.plan.value is not None and area.value:
        found = settled((area, said.plan), [Derived(Reckoning.PERCENT, (0, 1))])
        told, plan = found.figures
        percent = found.numbers[0]
        if percent is not None:
            slots = {"value": (told.number,), "base": figure(plan), "percent": per_cent(percent)}
            return voice.say("crop.area_plan", slots), told
    return voice.say("crop.area", {"value": figure(area)}), area


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
