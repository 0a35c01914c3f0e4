"""From a document to its figures and claims.

``read`` goes through the document once for each family of claims; what the families share (tokens,
brackets, notes, plan figures) is made ready before, in ``Paper``.
"""

from __future__ import annotations

from baocao.model import Claim, Document, Figure


def read(document: Document, index: int = 0) -> tuple[tuple[Claim, ...], tuple[Figure, ...]]:
    """All claims and all figures of a document, in the order of the text.

    ``index`` is the document's place in the dossier; every span carries it.
    """
    from baocao.grammar.families import claims_of
    from baocao.grammar.paper import Paper

    paper = Paper(document, index)
    claims = sorted(claims_of(paper), key=lambda claim: (claim.at.block, claim.at.cell, claim.at.start))
    figures = tuple(stretch.figure(stretch.quantum(place)) for stretch in paper.stretches for place in stretch.places)
    return tuple(claims), figures
