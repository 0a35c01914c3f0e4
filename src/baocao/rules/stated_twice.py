"""A document states one figure one way."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Dossier, Finding, Severity, Text, Value
from baocao.rules.rule import rule
from baocao.rules.sections import ahead


@rule(
    Severity.WARNING,
    title=Text("Một số liệu ghi hai giá trị khác nhau", "One figure with two values"),
    says=Text(
        "Ở đây ghi “{stated}”, nơi khác trong báo cáo ghi “{expected}” cho cùng nội dung; hãy đối chiếu hai số.",
        "It says “{stated}” here and “{expected}” elsewhere in the report, of one thing; please check both.",
    ),
)
def stated_twice(dossier: Dossier) -> Iterator[Finding]:
    """What the body, the notes and the annex say of one thing is one figure."""
    for document, claims in zip(dossier.documents, dossier.claims, strict=True):
        pairs = [claim for claim in claims if isinstance(claim, Value) and claim.basis == "stated twice"]
        if not pairs:
            continue
        coming = ahead(document)
        for claim in pairs:
            other = claim.also[0]
            if claim.stated is not None and (claim.at.block in coming) == (other.block in coming):
                expected = " ".join(dossier.text(other).split())
                yield stated_twice.finding(
                    claim.at, also=claim.also, marked=(claim.at, other), stated=claim.stated.text, expected=expected
                )
