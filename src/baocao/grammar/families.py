"""The families of claims, each read by its own module, put together for a whole document."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.grammar.anniversaries import anniversaries
from baocao.grammar.changes import changes
from baocao.grammar.citations import citations
from baocao.grammar.counts import counts, counts_in_words
from baocao.grammar.groups import groups
from baocao.grammar.paper import Paper
from baocao.grammar.percents import percents
from baocao.grammar.periods import dates
from baocao.grammar.products import products
from baocao.grammar.rations import rations
from baocao.grammar.ratios import ratios
from baocao.grammar.remainders import owners, remainders
from baocao.grammar.shares import shares
from baocao.grammar.table_said import said_otherwise
from baocao.grammar.table_ties import ties
from baocao.grammar.tables import table_claims
from baocao.grammar.totals import totals
from baocao.grammar.values import values
from baocao.model import Claim, Ratio, Table


def claims_of(paper: Paper) -> Iterator[Claim]:
    """Every claim of a document, in no particular order."""
    yield from _in_words(paper)
    yield from values(paper)
    yield from table_claims(paper)
    marked = owners(paper)
    said: list[Ratio] = []
    yield from counts_in_words(paper)
    for stretch in paper.stretches:
        if not stretch.places:  # a fifth of all passages have digits in dates and numbers of papers only
            continue
        lists = groups(paper, stretch)
        told = ratios(paper, stretch, percents(stretch))
        said.extend(told)
        yield from told
        yield from totals(lists, stretch)
        yield from changes(paper, stretch, marked)
        yield from counts(paper, stretch)
        yield from remainders(paper, stretch, marked)
        yield from anniversaries(paper, stretch)
        yield from products(stretch, marked)
        yield from rations(stretch)
        yield from shares(stretch)
    yield from ties(paper, said)
    yield from said_otherwise(paper)


def _in_words(paper: Paper) -> Iterator[Claim]:
    """Dates and citations, in passages and in cells."""
    known = {stretch.block: stretch.lowered for stretch in paper.stretches}
    for number, block in enumerate(paper.document.blocks):
        if isinstance(block, Table):
            for place, cell in enumerate(block.cells):
                yield from dates(cell.text, number, paper.index, place)
                yield from citations(cell.text, number, paper.index, place)
        else:
            yield from dates(block.text, number, paper.index, low=known.get(number, ""))
            yield from citations(block.text, number, paper.index)
