"""The body and the annex give one figure for one indicator."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Dossier, Finding, Severity, Text, Value
from baocao.rules.rule import rule


@rule(
    Severity.WARNING,
    title=Text("Lời văn và bảng biểu ghi khác nhau", "The body and a table say different things"),
    says=Text(
        "Lời văn ghi “{stated}”, dòng “{row}” của bảng ghi “{expected}”; hãy đối chiếu hai số.",
        "The body says “{stated}”, the table's row “{row}” says “{expected}”; please check both figures.",
    ),
)
def annex(dossier: Dossier) -> Iterator[Finding]:
    """What the body says of an indicator is what its row in a table says."""
    for claims in dossier.claims:
        for claim in claims:
            if isinstance(claim, Value) and claim.basis == "annex" and claim.stated is not None:
                figure, *label = (" ".join(dossier.text(span).split()) for span in claim.also)
                yield annex.finding(
                    claim.at,
                    also=claim.also,
                    marked=(claim.at, claim.also[0]),
                    stated=claim.stated.text,
                    expected=figure,
                    row=label[0] if label else "",
                )
