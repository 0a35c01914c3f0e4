"""What rose did not fall."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Dossier, Finding, Severity, Text, Value
from baocao.rules.rule import rule


@rule(
    Severity.WARNING,
    title=Text("Cùng một việc vừa nói tăng vừa nói giảm", "One thing said to rise and to fall"),
    says=Text(
        "Cùng một nội dung, câu này nói “{stated}” rồi “{expected}”; hãy kiểm tra, hoặc nói rõ phạm vi của từng vế.",
        "Of one thing the sentence says “{stated}” and then “{expected}”; check it, or say what each half speaks of.",
    ),
)
def direction(dossier: Dossier) -> Iterator[Finding]:
    """A sentence says of one thing either that it rose or that it fell against an earlier time."""
    for claims in dossier.claims:
        for claim in claims:
            if isinstance(claim, Value) and claim.basis == "rose and fell":
                first, second = (" ".join(dossier.text(span).split()) for span in claim.also)
                yield direction.finding(claim.at, also=claim.also, marked=claim.also, stated=first, expected=second)
