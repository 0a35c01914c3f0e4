"""What is said of single figures: how they are printed, what they are said of, and where they are said again."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.grammar.balances import balances
from baocao.grammar.contrary import contraries
from baocao.grammar.flaws import flaws
from baocao.grammar.openings import comparable
from baocao.grammar.opposites import opposites
from baocao.grammar.paper import Paper
from baocao.grammar.plausible import implausible
from baocao.grammar.repeats import repeats
from baocao.grammar.restated import restated
from baocao.grammar.schooling import schooling
from baocao.grammar.slips import unit_slips
from baocao.model import Claim


def values(paper: Paper) -> Iterator[Claim]:
    """The claims of a document on single figures."""
    yield from flaws(paper.stretches)
    yield from repeats(paper)
    yield from restated(paper)
    yield from unit_slips(paper.stretches)
    for stretch in paper.stretches:
        yield from implausible(stretch)
        yield from comparable(stretch)
        yield from schooling(stretch)
        yield from opposites(stretch)
        yield from contraries(stretch)
        yield from balances(stretch)
