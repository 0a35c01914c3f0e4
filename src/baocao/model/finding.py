"""Findings: what a reviewer is shown, and the desk that the rules look at."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from enum import Enum

from baocao.model.claim import Claim, Figure
from baocao.model.document import Document, Span, Table
from baocao.model.text import Text

_REACH = 2_000  # letters before and after a statement that its key may rest on: a text may be one long line


_NUMBER_WITH_UNIT = re.compile(r"\d[\d.,]*(?P<unit>\s*%|\s*[^\W\d].*)", re.DOTALL)
_NUMBER = re.compile(r"-?\d[\d.,]*")


class Severity(Enum):
    ERROR = "error"  # cannot be true
    WARNING = "warning"  # a reviewer should look
    NOTE = "note"  # good to know


def in_its_unit(expected: str, stated: str) -> str:
    """A computed number with the unit of the printed one ("3,80%", "12,5 tỷ đồng"); anything else as it is."""
    unit = _NUMBER_WITH_UNIT.fullmatch(stated.strip())
    return expected + unit["unit"] if unit and _NUMBER.fullmatch(expected) else expected


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of one rule. It shows the arithmetic and never says which number is the false one.

    ``at`` is the statement; ``also`` are the other places that it rests on, in any document of the
    dossier; ``marked`` are the very figures to underline. ``message`` has its slots filled.
    """

    rule: str
    severity: Severity
    at: Span
    message: Text
    also: tuple[Span, ...] = ()
    marked: tuple[Span, ...] = ()
    stated: str = ""
    expected: str = ""
    arithmetic: str = ""

    def key(self, documents: tuple[Document, ...]) -> str:
        """A name for this remark that outlives edits elsewhere in the report.

        Made of the rule and the words and figures of the statement itself, so moving the sentence
        keeps it and changing any of its figures makes it a new one.
        """
        printed = _sentence_around(documents[self.at.document].holder(self.at).text, self.at)
        words = re.sub(r"\W+", " ", printed.lower()).strip()
        return hashlib.sha256(f"{self.rule}\n{words}\n{self.stated}\n{self.expected}".encode()).hexdigest()[:12]


def _sentence_around(text: str, at: Span) -> str:
    """The sentence, or the whole of a few, that a statement stands in, so far as it is near."""
    low, high = max(0, at.start - _REACH), min(len(text), at.end + _REACH)
    start = max(text.rfind(". ", low, at.start), text.rfind("\n", low, at.start), low - 1) + 1
    ends = [end for end in (text.find(". ", at.end, high), text.find("\n", at.end, high)) if end >= 0]
    return text[start : min(ends, default=high)]


@dataclass(frozen=True)
class Dossier:
    """All that lies on the desk for one check: the documents and what was read in each.

    ``claims`` and ``figures`` run parallel to ``documents``.
    """

    documents: tuple[Document, ...]
    claims: tuple[tuple[Claim, ...], ...]
    figures: tuple[tuple[Figure, ...], ...] = field(default=())

    def document(self, span: Span) -> Document:
        return self.documents[span.document]

    def text(self, span: Span) -> str:
        return self.documents[span.document].text_of(span)

    def whole(self, span: Span) -> Span:
        """The span of the whole passage or cell that a span lies in."""
        return span._replace(start=0, end=len(self.documents[span.document].holder(span).text))

    def sentence(self, span: Span) -> str:
        """The text of the passage, or of the table row, that a span lies in."""
        document = self.documents[span.document]
        block = document.blocks[span.block]
        if isinstance(block, Table):
            row = block.cells[span.cell].row
            return " | ".join(cell.text for cell in block.cells if cell.row == row and cell.text)
        return block.text
