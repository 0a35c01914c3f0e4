"""A percentage follows from its figures."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Dossier, Finding, Ratio, Severity, Text
from baocao.rules.disagreement import disagreeing, told
from baocao.rules.rule import rule


@rule(
    Severity.ERROR,
    title=Text("Tỷ lệ không khớp với các số của nó", "A percentage that does not follow from its figures"),
    says=Text(
        "Ghi {stated}, nhưng {arithmetic} = {expected}%; hãy đối chiếu lại cả ba số.",
        "It says {stated}, but {arithmetic} = {expected}%; please check all three figures.",
    ),
)
def ratio(dossier: Dossier) -> Iterator[Finding]:
    """A part of a whole stated as a percentage is that percentage, rounded or cut off."""
    for claim in disagreeing(dossier, Ratio):
        yield told(ratio, claim)
