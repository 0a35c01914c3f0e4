"""Figures that stand in a report without an address: typed or pasted by people, so that nothing keeps them true.

The grammar decides what is a figure at all: dates, numbers of documents, years and ranks are none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from baocao.grammar.paper import Paper
from baocao.model import Document, Kind, Span
from baocao.model.document import Passage

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*")
_DIGITS = "0123456789"
_SEPARATORS = ".,"


class Typed(NamedTuple):
    """A figure by its place in ``Document.source``; ``text`` is the bare number."""

    start: int
    end: int
    text: str


def typed(document: Document, held: Sequence[tuple[int, int]]) -> Iterator[Typed]:
    """The figures outside the stretches of source that are held by live numbers, in the order of the text."""
    seen: set[int] = set()
    sorted_held = sorted(held)
    for span in sorted(_figures(document), key=lambda one: (one.block, one.cell, one.start)):
        holder = document.holder(span)
        for match in _NUMBER.finditer(holder.text, span.start, span.end):
            start = holder.source_at(match.start())
            end = holder.source_at(match.end() - 1) + 1
            if start not in seen and not _touches(sorted_held, start, end):
                seen.add(start)
                yield Typed(start, end, match[0])


def _figures(document: Document) -> Iterator[Span]:
    paper = Paper(document)
    for stretch in paper.stretches:
        block = document.blocks[stretch.block]
        label = len(block.label) if isinstance(block, Passage) and block.kind is Kind.HEADING else 0
        for place in stretch.places:
            quantum = stretch.quantum(place)
            if quantum.start >= label:
                yield Span(stretch.block, quantum.start, quantum.end)
    for sheet in paper.sheets:
        for row in sheet.rows:
            for column in sheet.figures:
                if column in row.entries:
                    yield row.entries[column].span


def _touches(held: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_right(held, (end - 1, len(held) + end)) - 1
    return index >= 0 and held[index][1] > start


def whole(document: Document, start: int, end: int) -> tuple[int, int]:
    """The printed number that ``[start, end)`` is a part of: digits typed right beside it belong to it."""
    source = document.source
    while start > 0 and _goes_on(source, start - 1, -1):
        start -= 1
    while end < len(source) and _goes_on(source, end, 1):
        end += 1
    return start, end


def _goes_on(source: str, at: int, step: int) -> bool:
    """Whether the letter at a place belongs to the number beside it: a digit, or a separator with one behind it."""
    if source[at] in _DIGITS:
        return True
    beyond = at + step
    return source[at] in _SEPARATORS and 0 <= beyond < len(source) and source[beyond] in _DIGITS
