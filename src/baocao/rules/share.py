"""Shares of one whole make 100 per cent, and parts of a share make that share."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Dossier, Finding, Severity, Share, Text
from baocao.rules.disagreement import disagreeing, told
from baocao.rules.rule import rule


@rule(
    Severity.ERROR,
    title=Text("Các tỷ lệ không cộng thành tổng của chúng", "Shares that do not add up"),
    says=Text(
        "Các tỷ lệ phải cộng thành {stated}, nhưng {arithmetic} = {expected}%; hãy đối chiếu lại từng tỷ lệ.",
        "The shares should make {stated}, but {arithmetic} = {expected}%; please check each of them.",
    ),
)
def share(dossier: Dossier) -> Iterator[Finding]:
    """Ratings, sectors and other parts of one whole make 100 per cent, within the rounding of each."""
    for claim in disagreeing(dossier, Share):
        yield told(share, claim)
