"""Passages that a page's lines have torn apart, made whole for reading: each figure still leads to its own block.

A PDF has lines and no paragraphs; where its reader could not tell that a line goes on, the sentence does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from baocao.linking.links import Reading
from baocao.model.document import Block, Kind, Mark, Passage

_ENDS = frozenset(".:;!?…")
_BEGINS = re.compile(r"[-+–•*]|\(?[0-9a-zđ]{1,2}[.)]\s|[IVX]+\.\s|Biểu|Bảng|Phụ lục")
_FIGURE = re.compile(r"\d[\d.,]*(?:%|\s[^\W\d])")
_SHORT = 40  # letters; what ends a line so early is no sentence torn apart


@dataclass(frozen=True, slots=True)
class Joined:
    """One text over one or more blocks; ``starts`` are the numbers of the blocks with where each begins in it."""

    passage: Passage
    starts: tuple[tuple[int, int], ...]

    @property
    def number(self) -> int:
        """The number of the first block."""
        return self.starts[0][0]

    def placed(self, reading: Reading) -> Reading:
        """A reading of the text, with its span in its own block."""
        span = reading.span
        number, start = next(one for one in reversed(self.starts) if one[1] <= span.start)
        moved = span._replace(block=number, start=span.start - start, end=span.end - start)
        return replace(reading, span=moved)


def joined(blocks: Sequence[Block], *, is_torn: bool) -> Iterator[tuple[int, Block | Joined]]:
    """The blocks in order, passages joined where one goes on with the next; tables and headings as they are."""
    waiting: Joined | None = None
    for number, block in enumerate(blocks):
        if waiting is not None:
            if is_torn and isinstance(block, Passage) and _goes_on(waiting.passage, block):
                waiting = _with(waiting, number, block)
                continue
            yield waiting.number, waiting
            waiting = None
        if isinstance(block, Passage):
            waiting = Joined(block, ((number, 0),))
        else:
            yield number, block
    if waiting is not None:
        yield waiting.number, waiting


def _goes_on(before: Passage, block: Passage) -> bool:
    text = before.text.rstrip()
    if before.kind is not block.kind or block.kind is Kind.HEADING or len(text) < _SHORT:
        return False
    if text[-1] in _ENDS:  # a figure behind a colon stands alone on no line of its own
        return text[-1] == ":" and not block.label and _FIGURE.match(block.text) is not None
    return (not block.label or block.label == before.label) and _BEGINS.match(block.text.lstrip()) is None


def _with(before: Joined, number: int, block: Passage) -> Joined:
    first = before.passage
    start = len(first.text) + 1
    marks = tuple(Mark(mark.at + start, mark.label, mark.source) for mark in block.marks)
    whole = Passage(f"{first.text} {block.text}", first.runs, first.kind, first.label, first.marks + marks)
    return Joined(whole, (*before.starts, (number, start)))
