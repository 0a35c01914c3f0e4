"""So many at so much each make the total."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Dossier, Finding, Product, Severity, Text
from baocao.rules.disagreement import disagreeing, told
from baocao.rules.rule import rule


@rule(
    Severity.ERROR,
    title=Text("Tích không khớp với các số của nó", "A product that its figures do not make"),
    says=Text(
        "Ghi {stated}, nhưng {arithmetic} = {expected}; hãy đối chiếu lại cả ba số.",
        "It says {stated}, but {arithmetic} = {expected}; please check all three figures.",
    ),
)
def product(dossier: Dossier) -> Iterator[Finding]:
    """Area times yield is the output, and so many gifts at so much each are their total worth."""
    for claim in disagreeing(dossier, Product):
        yield told(product, claim)
