"""The body and the annex give one figure for one indicator."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Dossier, Finding, Severity, Span, Text, Value
from baocao.rules.rule import rule
from baocao.rules.sections import ahead


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
    for document, claims in zip(dossier.documents, dossier.claims, strict=True):
        tied = [claim for claim in claims if isinstance(claim, Value) and claim.basis in ("annex", "annex row")]
        coming = ahead(document) if tied else frozenset()
        told: set[Span] = set()
        for claim in tied:
            is_plan = claim.basis == "annex row" and claim.at.block in coming
            if claim.stated is not None and not is_plan and claim.at not in told:
                told.add(claim.at)
                yield _told(dossier, claim, claim.stated.text)


def _told(dossier: Dossier, claim: Value, stated: str) -> Finding:
    figure, *label = (" ".join(dossier.text(span).split()) for span in claim.also)
    return annex.finding(
        claim.at,
        also=claim.also,
        marked=(claim.at, claim.also[0]),
        stated=stated,
        expected=figure,
        row=label[0] if label else "",
    )
