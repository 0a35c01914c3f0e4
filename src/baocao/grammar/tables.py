"""What the tables of a document assert: along their rows, down their columns, and in their ratings."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.grammar.paper import Paper
from baocao.grammar.table_columns import column_claims
from baocao.grammar.table_ratings import rating_claims
from baocao.grammar.table_rows import row_claims
from baocao.model import Claim


def table_claims(paper: Paper) -> Iterator[Claim]:
    """Every claim of a document's tables."""
    for sheet in paper.sheets:
        yield from column_claims(sheet)
        yield from row_claims(sheet)
        yield from rating_claims(sheet)
