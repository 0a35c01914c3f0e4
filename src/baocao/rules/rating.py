"""A rating follows from the row's percentages of the plan."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Dossier, Finding, Severity, Strength, Text, Value
from baocao.rules.rule import rule


@rule(
    Severity.ERROR,
    title=Text("Đánh giá không khớp với tỷ lệ đạt kế hoạch", "A rating that the percentage does not bear out"),
    says=Text(
        "Đánh giá “{stated}” nhưng số liệu của dòng là {expected}; hãy đối chiếu đánh giá với kế hoạch và kết quả.",
        "It is rated “{stated}”, but the row's figures are {expected}; please check rating, plan and result.",
    ),
)
def rating(dossier: Dossier) -> Iterator[Finding]:
    """A row rated as surpassed, met or missed has at least one percentage of a plan that says so."""
    for claims in dossier.claims:
        for claim in claims:
            if isinstance(claim, Value) and claim.basis == "rating":
                figures = [" ".join(dossier.text(span).split()) for span in claim.also]
                printed = "; ".join(figure for figure in figures if figure[:1].isdigit())
                yield rating.finding(
                    claim.at,
                    severity=Severity.ERROR if claim.strength is Strength.CERTAIN else Severity.WARNING,
                    also=claim.also,
                    marked=(claim.at,),
                    stated=" ".join(dossier.text(claim.at).split()),
                    expected=printed,
                )
