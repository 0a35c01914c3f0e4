"""One label stands once in a list."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Dossier, Finding, Severity, Text, Value
from baocao.rules.rule import rule


@rule(
    Severity.WARNING,
    title=Text("Một nội dung ghi hai lần trong một danh sách", "One label twice in a list"),
    says=Text(
        "Cùng một nội dung ghi “{expected}” rồi “{stated}”; có lẽ một trong hai phải mang tên khác.",
        "One and the same thing is said with “{expected}” and then “{stated}”; one of them may need another name.",
    ),
)
def said_twice(dossier: Dossier) -> Iterator[Finding]:
    """Two items of one list that carry the same words carry the same figure."""
    for claims in dossier.claims:
        for claim in claims:
            if isinstance(claim, Value) and claim.basis == "said twice" and claim.stated is not None:
                first = " ".join(dossier.text(claim.also[0]).split())
                yield said_twice.finding(
                    claim.at,
                    also=claim.also,
                    marked=(claim.at, *claim.also),
                    stated=claim.stated.text,
                    expected=first,
                )
