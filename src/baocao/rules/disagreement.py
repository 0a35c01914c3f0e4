"""What the arithmetic rules share: which claims disagree, how sure that is, and how it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from baocao.model import Agreement, Claim, Dossier, Finding, Severity, Span, Strength
from baocao.rules.rule import Rule


def disagreeing(dossier: Dossier, family: type[Claim]) -> Iterator[Claim]:
    """The claims of a family that disagree and whose reading is sure enough to speak of."""
    for claims in dossier.claims:
        for claim in claims:
            sure = type(claim) is family and claim.strength is not Strength.POSSIBLE
            if sure and claim.agreement is Agreement.DISAGREE:
                yield claim


def printed(value: Decimal, decimals: int) -> str:
    """A computed value in Vietnamese style, with as many decimals as asked."""
    whole, _, rest = f"{value:,.{max(decimals, 0)}f}".partition(".")
    return whole.replace(",", ".") + ("," + rest if rest else "")


def expected_of(claim: Claim) -> str:
    """What the figures give, printed with one decimal more than the stated figure and in its unit."""
    centre = claim.centre
    if centre is None:
        return ""
    if claim.stated is None:
        return printed(centre, 2).rstrip("0").rstrip(",")
    quantity = claim.stated.quantity
    value = centre.scaleb(-quantity.scale) if quantity.scale else centre
    decimals = quantity.decimals if claim.exact_inputs else quantity.decimals + 1
    return printed(value, min(decimals, 6))


def told(rule: Rule, claim: Claim, severity: Severity | None = None) -> Finding:
    """The finding for a claim that disagrees; a likely reading is a warning, a certain one an error."""
    if severity is None:
        severity = Severity.ERROR if claim.strength is Strength.CERTAIN else Severity.WARNING
    stated = claim.stated
    marked: tuple[Span, ...] = tuple(figure.span for figure in claim.operands)
    if stated is not None:
        marked = (stated.span, *marked)
    also = tuple(span for span in (*claim.also, *marked) if not _within(span, claim.at))
    return rule.finding(
        claim.at,
        severity=severity,
        also=tuple(dict.fromkeys(also)),
        marked=tuple(dict.fromkeys(marked)),
        stated=stated.text if stated is not None else "100%",
        expected=expected_of(claim),
        arithmetic=claim.arithmetic,
    )


def _within(span: Span, outer: Span) -> bool:
    same = (span.document, span.block, span.cell) == (outer.document, outer.block, outer.cell)
    return same and outer.start <= span.start and span.end <= outer.end
