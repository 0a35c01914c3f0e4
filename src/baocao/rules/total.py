"""A total is the sum of its parts."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Dossier, Finding, Severity, Text, Total
from baocao.rules.disagreement import disagreeing, told
from baocao.rules.rule import rule


@rule(
    Severity.ERROR,
    title=Text("Tổng không bằng các phần cộng lại", "A total that is not the sum of its parts"),
    says=Text(
        "Tổng ghi {stated}, nhưng {arithmetic} = {expected}; hãy đối chiếu lại tổng và từng phần.",
        "The total says {stated}, but {arithmetic} = {expected}; please check the total and each part.",
    ),
)
def total(dossier: Dossier) -> Iterator[Finding]:
    """Parts that are listed under a total, and are all of it, add up to it."""
    for claim in disagreeing(dossier, Total):
        yield told(total, claim)
