"""A count is followed by what was counted."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Dossier, Finding, Severity, Text, Value
from baocao.rules.rule import rule


@rule(
    Severity.ERROR,
    title=Text("Số đứng một mình, mất nội dung", "A count without its noun"),
    says=Text(
        "Số “{stated}” đứng một mình giữa hai dấu chấm phẩy; có lẽ nội dung sau nó đã bị mất, hãy bổ sung hoặc bỏ số.",
        "The count “{stated}” stands alone between two semicolons: what it counts may be lost; add it or drop it.",
    ),
)
def stray_number(dossier: Dossier) -> Iterator[Finding]:
    """An item of a list that holds a count names the thing counted."""
    for claims in dossier.claims:
        for claim in claims:
            if isinstance(claim, Value) and claim.basis == "stray" and claim.stated is not None:
                yield stray_number.finding(claim.at, marked=(claim.stated.span,), stated=claim.stated.text)
