"""A class belongs to one level of school."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Dossier, Finding, Severity, Text, Value
from baocao.rules.rule import rule


@rule(
    Severity.ERROR,
    title=Text("Lớp và cấp học không khớp", "A class and a level of school that do not belong together"),
    says=Text(
        "“{stated}”: lớp này thuộc cấp {expected}; hãy kiểm tra lớp hoặc cấp học.",
        "“{stated}”: this class belongs to the level {expected}; check the class or the level.",
    ),
)
def school_level(dossier: Dossier) -> Iterator[Finding]:
    """Class 5 finishes primary school, class 9 lower and class 12 upper secondary school."""
    for claims in dossier.claims:
        for claim in claims:
            if isinstance(claim, Value) and claim.basis == "school level wrong":
                stated = " ".join(dossier.text(claim.at).split())
                yield school_level.finding(claim.at, marked=(claim.at,), stated=stated, expected=claim.authority)
