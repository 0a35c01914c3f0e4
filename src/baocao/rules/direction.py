"""What rose did not fall, and ended higher than it began."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Dossier, Finding, Severity, Strength, Text, Value
from baocao.rules.rule import rule

_AGAINST_FIGURES = Text(
    "Ghi “{stated}”: chữ tăng, giảm trái với các số đứng cạnh; hãy kiểm tra lời văn và các số.",
    "It says “{stated}”: the word of rise or fall is contrary to its figures; please check the words and the figures.",
)


@rule(
    Severity.WARNING,
    title=Text("Chữ tăng, giảm trái nhau hoặc trái với số", "Rise and fall against each other, or against the figures"),
    says=Text(
        "Cùng một nội dung, câu này nói “{stated}” rồi “{expected}”; hãy kiểm tra, hoặc nói rõ phạm vi của từng vế.",
        "Of one thing the sentence says “{stated}” and then “{expected}”; check it, or say what each half speaks of.",
    ),
)
def direction(dossier: Dossier) -> Iterator[Finding]:
    """A sentence says of one thing either that it rose or that it fell, and its figures go the way of its words."""
    for claims in dossier.claims:
        for claim in claims:
            if not isinstance(claim, Value):
                continue
            if claim.basis == "contrary to its figures":
                stated = " ".join(dossier.text(claim.at).split())
                severity = Severity.ERROR if claim.strength is Strength.CERTAIN else Severity.WARNING
                yield direction.finding(claim.at, says=_AGAINST_FIGURES, severity=severity, stated=stated)
            elif claim.basis == "rose and fell":
                first, second = (" ".join(dossier.text(span).split()) for span in claim.also)
                yield direction.finding(claim.at, also=claim.also, marked=claim.also, stated=first, expected=second)
