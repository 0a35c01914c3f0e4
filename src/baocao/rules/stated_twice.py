"""A document states one figure one way."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Claim, Document, Dossier, Finding, Severity, Span, Text, Value
from baocao.rules.clauses import told_twice
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
    for place, (document, claims) in enumerate(zip(dossier.documents, dossier.claims, strict=True)):
        pairs = [*_pairs(dossier, claims), *_clauses(document, place)]
        coming = ahead(document) if pairs else frozenset()
        told: set[tuple[int, int]] = set()
        for at, other, stated, expected in pairs:
            start = (at.block, at.start)
            if start not in told and (at.block in coming) == (other.block in coming):
                told.add(start)
                yield stated_twice.finding(at, also=(other,), marked=(at, other), stated=stated, expected=expected)


def _pairs(dossier: Dossier, claims: tuple[Claim, ...]) -> Iterator[tuple[Span, Span, str, str]]:
    """Figures of one subject that a slip of the pen keeps apart."""
    for claim in claims:
        if isinstance(claim, Value) and claim.basis == "stated twice" and claim.stated is not None:
            other = claim.also[0]
            yield claim.at, other, claim.stated.text, " ".join(dossier.text(other).split())


def _clauses(document: Document, place: int) -> Iterator[tuple[Span, Span, str, str]]:
    """Figures that stand in one and the same clause."""
    for first, second in told_twice(document, place):
        yield second.span, first.span, second.printed, first.printed
