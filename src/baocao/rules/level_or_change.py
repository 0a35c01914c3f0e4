"""A level is not said as a change, nor a change as a level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from baocao.model import Agreement, Change, Direction, Dossier, Finding, Ratio, Severity, Text
from baocao.rules.disagreement import disagreeing, told
from baocao.rules.rule import rule


@rule(
    Severity.ERROR,
    title=Text("Mức đạt ghi thành mức tăng, hoặc ngược lại", "A level said as a change, or a change as a level"),
    says=Text(
        "Ghi {stated}, nhưng {arithmetic} = {expected}%: mức đạt so với số gốc và mức tăng, giảm bị ghi lẫn; hãy sửa"
        " lời văn hoặc con số.",
        "It says {stated}, but {arithmetic} = {expected}%: a level against the base and a change are mixed up; please"
        " correct the wording or the figure.",
    ),
)
def level_or_change(dossier: Dossier) -> Iterator[Finding]:
    """A figure that is 120 % of last year's has risen by 20 %, not by 120 %."""
    for claim in disagreeing(dossier, Change):
        if isinstance(claim, Change) and is_level(claim):
            yield told(level_or_change, claim)
    for claim in disagreeing(dossier, Ratio):
        if isinstance(claim, Ratio) and is_change(claim):
            yield told(level_or_change, claim)


def is_level(claim: Change) -> bool:
    """Whether a stated change is really the new figure as a percentage of the old one."""
    if not claim.relative or claim.stated is None:
        return False
    level = Ratio(claim.at, claim.stated, part=claim.after, whole=claim.before)
    return level.agreement not in (Agreement.DISAGREE, Agreement.UNDECIDABLE)


def is_change(claim: Ratio) -> bool:
    """Whether a stated level against an earlier time is really the rise or the fall since then."""
    if claim.against != "same_period" or claim.stated is None:
        return False
    rise = Change(claim.at, claim.stated, before=claim.whole, after=claim.part, relative=True)
    fall = replace(rise, direction=Direction.DOWN)
    return any(change.agreement not in (Agreement.DISAGREE, Agreement.UNDECIDABLE) for change in (rise, fall))
