"""Two percentages of one result, against two authorities' plans, imply plans that are near each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from baocao.model import Agreement, Dossier, Finding, Ratio, Severity, Span, Text
from baocao.rules.disagreement import printed
from baocao.rules.rule import rule

_FAR = Decimal("1.25")  # councils set their estimates a little above the province's, hardly ever by a quarter
_BELOW = Decimal("0.99")


@rule(
    Severity.WARNING,
    title=Text(
        "Hai tỷ lệ ngầm định hai kế hoạch quá khác nhau", "Two percentages imply plans that do not fit together"
    ),
    says=Text(
        "{stated} so với dự toán cấp trên giao và {other} so với HĐND giao ngầm định kế hoạch {first} và {second}; "
        "HĐND thường giao bằng hoặc cao hơn một ít, hãy kiểm tra hai tỷ lệ.",
        "{stated} of the assigned plan and {other} of the council's plan imply plans of {first} and {second}; "
        "a council's plan is usually equal or a little higher, please check both percentages.",
    ),
)
def two_plans(dossier: Dossier) -> Iterator[Finding]:
    """The council's plan, implied by a result and its percentage, is not below the assigned one nor far above it."""
    for claims in dossier.claims:
        by_result: dict[Span, dict[str, Ratio]] = defaultdict(dict)
        for claim in claims:
            if isinstance(claim, Ratio) and claim.part is not None and claim.agreement is Agreement.UNDECIDABLE:
                by_result[claim.part.span].setdefault(claim.authority, claim)
        for pair in by_result.values():
            if "province" in pair and "council" in pair:
                yield from _compared(pair["province"], pair["council"])


def _compared(assigned: Ratio, council: Ratio) -> Iterator[Finding]:
    first, second = _implied(assigned), _implied(council)
    if first is None or second is None or _BELOW <= second / first <= _FAR:
        return
    assert assigned.stated is not None
    assert council.stated is not None
    assert assigned.part is not None
    scale = assigned.part.quantity.scale
    yield two_plans.finding(
        assigned.at,
        also=(council.at,),
        marked=(assigned.part.span, assigned.stated.span, council.stated.span),
        stated=assigned.stated.text,
        other=council.stated.text,
        first=printed(first.scaleb(-scale), 2),
        second=printed(second.scaleb(-scale), 2),
        arithmetic=f"{assigned.part.text} / {assigned.stated.text}; {assigned.part.text} / {council.stated.text}",
    )


def _implied(claim: Ratio) -> Decimal | None:
    """The plan that a result and its percentage imply."""
    if claim.stated is None or claim.part is None or not claim.stated.quantity.value:
        return None
    return claim.per * claim.part.quantity.amount / claim.stated.quantity.amount
