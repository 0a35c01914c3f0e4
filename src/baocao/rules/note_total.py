"""A note counts what the body counted."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Dossier, Finding, Severity, Text, Value
from baocao.rules.rule import rule


@rule(
    Severity.WARNING,
    title=Text("Chú thích nói một tổng khác", "A note with another total"),
    says=Text(
        "Trong bài ghi “{expected}” nhưng chú thích của nó nói đến “{stated}”; hãy đối chiếu hai số.",
        "The body says “{expected}” but its note speaks of “{stated}”; please check both figures.",
    ),
)
def note_total(dossier: Dossier) -> Iterator[Finding]:
    """The total that a note takes apart is the figure that it hangs on."""
    for claims in dossier.claims:
        for claim in claims:
            if isinstance(claim, Value) and claim.basis == "total of the note" and claim.stated is not None:
                first = " ".join(dossier.text(claim.also[0]).split())
                yield note_total.finding(
                    claim.at,
                    also=claim.also,
                    marked=(claim.at, *claim.also),
                    stated=claim.stated.text,
                    expected=first,
                )
