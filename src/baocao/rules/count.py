"""A stated count is the number of the names listed with it."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Count, Dossier, Finding, Severity, Text
from baocao.rules.disagreement import disagreeing, told
from baocao.rules.rule import rule


@rule(
    Severity.ERROR,
    title=Text("Số đếm không khớp với danh sách kèm theo", "A count that does not match the names listed"),
    says=Text(
        "Ghi {stated}, nhưng kể ra {expected} ({arithmetic}); hãy đối chiếu lại số và danh sách.",
        "It says {stated}, but {expected} are listed ({arithmetic}); please check the number and the list.",
    ),
)
def count(dossier: Dossier) -> Iterator[Finding]:
    """A number of things that are then named one by one is the number of their names."""
    for claim in disagreeing(dossier, Count):
        yield told(count, claim)
