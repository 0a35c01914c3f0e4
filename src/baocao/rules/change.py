"""A rise, a fall or a remainder follows from the figures of both times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from baocao.model import Change, Claim, Direction, Dossier, Finding, Severity, Span, Strength, Text, Total
from baocao.rules.disagreement import disagreeing, told
from baocao.rules.level_or_change import is_level
from baocao.rules.rule import rule

_OPPOSITE = Text(
    "Ghi {direction} {stated}, nhưng {arithmetic} = {expected}: các số cho thấy chiều ngược lại; hãy đối chiếu lại.",
    "It says {english} {stated}, but {arithmetic} = {expected}: the figures go the other way; please check them.",
)


@rule(
    Severity.ERROR,
    title=Text("Mức tăng, giảm, còn lại không khớp với các số của nó", "A change that its figures do not make"),
    says=Text(
        "Ghi {stated}, nhưng {arithmetic} = {expected}; hãy đối chiếu lại cả ba số.",
        "It says {stated}, but {arithmetic} = {expected}; please check all three figures.",
    ),
)
def change(dossier: Dossier) -> Iterator[Finding]:
    """What something rose or fell by, and what is left of it, is the difference of its two figures."""
    totals = {_figures(claim): claim.strength for claim in disagreeing(dossier, Total)}
    for claim in disagreeing(dossier, Change):
        assert isinstance(claim, Change)
        if is_level(claim) or totals.get(_figures(claim)) in (Strength.CERTAIN, claim.strength):
            continue  # another rule tells it, as surely at least
        finding = told(change, claim)
        if _is_opposite(claim):
            up = claim.direction is Direction.UP
            message = _OPPOSITE.fill(
                direction="tăng" if up else "giảm",
                english="a rise of" if up else "a fall of",
                stated=finding.stated,
                arithmetic=finding.arithmetic,
                expected=finding.expected,
            )
            yield replace(finding, message=message)
        else:
            yield finding


def _figures(claim: Claim) -> frozenset[Span]:
    """The places of a claim's figures: a whole and its two parts are one fact, told as a total or as what is left."""
    stated = (claim.stated.span,) if claim.stated is not None else ()
    return frozenset((*stated, *(figure.span for figure in claim.operands)))


def _is_opposite(claim: Change) -> bool:
    """Whether the figures move by the stated amount, but the other way."""
    centre, stated = claim.centre, claim.stated
    if centre is None or stated is None or centre >= 0 or stated.quantity.amount <= 0:
        return False
    return abs(centre + stated.quantity.amount) <= stated.quantity.ulp
