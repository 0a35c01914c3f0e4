"""Sentences on results and limits that are offered to the writer: only what the figures show."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.drafting.looking import Looking
from baocao.drafting.outline import Kind, Say
from baocao.drafting.suggestions import limits, results
from baocao.model.draft import Paragraph


def suggested(looking: Looking, wanted: Say) -> Iterator[Paragraph]:
    """What the assessment of the figures suggests, marked as such."""
    yield from results(looking) if wanted.kind is Kind.RESULTS else limits(looking)
