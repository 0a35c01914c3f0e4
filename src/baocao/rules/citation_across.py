"""Two reports cite one instrument alike."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Citation, Dossier, Finding, Severity, Text
from baocao.rules.instruments import citations, conflicts
from baocao.rules.rule import rule


@rule(
    Severity.ERROR,
    across=True,
    title=Text("Hai báo cáo viện dẫn một văn bản theo hai cách", "Two reports cite one instrument in two ways"),
    says=Text(
        "Văn bản này được viện dẫn khác nhau: “{stated}” ở đây, “{expected}” trong {other}; hãy đối chiếu bản gốc.",
        "This instrument is cited differently: “{stated}” here, “{expected}” in {other}; check the original.",
    ),
)
def citation_across(dossier: Dossier) -> Iterator[Finding]:
    """What one report dates 14 October the next one does not date 15 October."""
    earlier: list[Citation] = []
    for cited in citations(dossier):
        if earlier:
            for conflict in conflicts(cited, earlier):
                yield citation_across.finding(
                    conflict.this.at,
                    severity=None if conflict.sure else Severity.WARNING,
                    also=(conflict.other.at,),
                    stated=" ".join(dossier.text(conflict.this.at).split()),
                    expected=" ".join(dossier.text(conflict.other.at).split()),
                    other=dossier.document(conflict.other.at).name,
                )
        earlier += cited
