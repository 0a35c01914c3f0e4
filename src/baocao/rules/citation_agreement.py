"""One instrument has one date, wherever a report cites it."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Dossier, Finding, Severity, Text
from baocao.rules.instruments import citations, conflicts
from baocao.rules.rule import rule


@rule(
    Severity.ERROR,
    title=Text("Một văn bản được viện dẫn theo hai cách", "One instrument cited in two ways"),
    says=Text(
        "Cùng một văn bản được viện dẫn với hai ngày: “{stated}” và “{expected}”; hãy đối chiếu với văn bản gốc.",
        "One instrument is cited with two dates: “{stated}” and “{expected}”; check the original.",
    ),
)
def citation_agreement(dossier: Dossier) -> Iterator[Finding]:
    """A decision of 14 October is not of 15 October two pages on."""
    for cited in citations(dossier):
        for conflict in conflicts(cited):
            if conflict.what != "date":
                continue  # a symbol that belies its kind is told by the rule on citations, with both places
            yield citation_agreement.finding(
                conflict.this.at,
                severity=None if conflict.sure else Severity.WARNING,
                also=(conflict.other.at,),
                stated=" ".join(dossier.text(conflict.this.at).split()),
                expected=" ".join(dossier.text(conflict.other.at).split()),
            )
