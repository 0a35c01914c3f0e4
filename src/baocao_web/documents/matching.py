"""Which block of a draft a finding is on: the printed report is read like any other, and knows nothing of the draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from baocao.formats.docx_write_body import ended
from baocao.model import Document, Finding, Passage
from baocao.model.document import Block as Read
from baocao.model.document import Kind
from baocao.model.draft import Block, Chart, Draft, Grid, Heading, Line, Narrative, Note, Paragraph, text_of

_APART: Final = re.compile(r"[\W_]+")


class Blocks:
    """The blocks of a draft by their words, the signs and blanks between these left out."""

    def __init__(self, draft: Draft) -> None:
        self._by_words: dict[str, int] = {}
        blocks = [*ended(draft.blocks), *(block for annex in draft.annexes for block in annex.blocks)]
        for place, block in enumerate(blocks):
            for text in _texts(block):
                self._by_words.setdefault(squeezed(text), place)

    def place(self, document: Document, finding: Finding) -> int | None:
        """The block's place in the order of the page; none where the finding is on the head, or on nothing found."""
        return self._by_words.get(squeezed(_words_of(document.blocks[finding.at.block])))


def squeezed(text: str) -> str:
    """Letters and figures alone."""
    return _APART.sub("", text).lower()


def _words_of(block: Read) -> str:
    if isinstance(block, Passage):
        return block.text if block.kind is Kind.NOTE else block.text.removesuffix("./.")
    return "".join(cell.text for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.column)))


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(line=line):
            yield from _of_line(line)
        case Narrative(paragraphs=paragraphs):
            for one in paragraphs:
                yield from _of_line(one.line)
        case Heading():
            yield block.text
        case Grid():
            rows = (*block.head, *block.rows)
            yield "".join(text_of(cell.line) for row in rows for cell in row)
        case Chart():
            yield block.title


def _of_line(line: Line) -> Iterator[str]:
    """A line's own words, and those of each note on it."""
    yield text_of(line)
    for piece in line:
        if isinstance(piece, Note):
            yield " ".join(text_of(one) for one in piece.lines)
            yield from (text_of(one) for one in piece.lines)
