"""Where in its document a finding stands, said as a person would say it, and the words around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from baocao.model import Document, Finding, Kind, Language, Passage, Span, Table
from baocao.showing.words import NOTE, ROW, TABLE

_ENOUGH = 60  # letters of a heading or of a row's name that are shown
_AROUND = 220  # letters of a sentence that are shown before and after what is remarked on
_STOPS = tuple(".;:!?…")
_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.;:!?…]\s+(?=[^\d\W]|[-+*(])")

# how deep a heading stands, told by its printed number: Phần I, A., I., 1., 1.1., a); "A." and "a)" are far apart
_DEPTHS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?i:phần|chương|phụ lục)\b",
        r"[A-H][.)]?$",
        r"[IVXLC]+[.)]?$",
        r"\d+[.)]?$",
        r"\d+\.\d+[.)]?$",
        r"\d+\.\d+\.\d+",
        r"[a-zđ][.)]",
    )
)
_ROMAN = re.compile(r"[IVX]+[.)]?$")


class Piece(NamedTuple):
    """A stretch of text; ``role`` is "" for plain words, "at" for the statement, "figure" for a marked figure."""

    text: str
    role: str = ""


class Places:
    """The headings of one document, for saying where a span stands."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._starts: list[int] = []
        self._paths: list[tuple[str, ...]] = []
        path: list[tuple[int, str]] = []
        for index, block in enumerate(document.blocks):
            if not isinstance(block, Passage) or block.kind is not Kind.HEADING:
                continue
            depth = _depth(block.label)
            path = [step for step in path if step[0] < depth]
            path.append((depth, _short(block.text)))
            self._starts.append(index)
            self._paths.append(tuple(text for _, text in path))

    def levels(self) -> dict[int, int]:
        """How deep each heading stands on a page whose own title is 1, by block, without a step left out."""
        return {start: min(6, len(path) + 1) for start, path in zip(self._starts, self._paths, strict=True)}

    def of(self, span: Span, lang: Language) -> str:
        """The headings above a span, the innermost last, then its note's number or its table row."""
        above = bisect_right(self._starts, span.block) - 1
        steps = list(self._paths[above]) if above >= 0 else []
        block = self._document.blocks[span.block]
        if isinstance(block, Table):
            if block.title:
                steps.append(TABLE.say(lang, title=_short(block.title)))
            row = _row_name(block, block.cells[span.cell].row)
            steps += [ROW.say(lang, row=row)] if row else []
        elif block.kind is Kind.NOTE:
            steps = [NOTE.say(lang, label=block.label)]
        elif block.kind is Kind.HEADING and steps:
            steps.pop()
        return " › ".join(steps)


def _depth(label: str) -> int:
    if _ROMAN.match(label):
        return 2  # "I." and "C." look like letters, yet nearly always count in Roman
    return next((depth for depth, pattern in enumerate(_DEPTHS) if pattern.match(label)), len(_DEPTHS))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _ENOUGH else line[:_ENOUGH].rsplit(" ", 1)[0] + " …"


def _row_name(table: Table, row: int) -> str:
    """The first cell of a row that is words and not a running number."""
    cells = sorted((cell for cell in table.cells if cell.row == row), key=lambda cell: cell.column)
    return next((_short(cell.text) for cell in cells if sum(map(str.isalpha, cell.text)) > 2), "")


def excerpt(document: Document, finding: Finding) -> list[Piece]:
    """The sentence, or the table row, of a finding, cut into plain words, the statement and its marked figures."""
    at = finding.at
    block = document.blocks[at.block]
    if not isinstance(block, Table):
        low, high = _bounds(block.text, at.start, at.end)
        return [*_pieces(block.text, low, high, at, _marks(finding, -1)), *_more(block.text, high)]
    row = block.cells[at.cell].row
    pieces: list[Piece] = []
    for index, cell in enumerate(block.cells):
        if cell.row == row and cell.text:
            own = at if index == at.cell else None
            pieces += [Piece(" | ")] if pieces else []
            pieces += _pieces(cell.text, 0, len(cell.text), own, _marks(finding, index))
    return pieces


def _marks(finding: Finding, cell: int) -> list[Span]:
    at = finding.at
    return [
        span
        for span in finding.marked or finding.also
        if (span.document, span.block, span.cell) == (at.document, at.block, cell)
    ]


def _pieces(text: str, low: int, high: int, at: Span | None, marks: list[Span]) -> list[Piece]:
    spans = [*marks, *([at] if at else [])]
    edges = sorted({low, high, *(edge for span in spans for edge in span[1:3] if low < edge < high)})
    pieces = [Piece("… ")] if low > 0 and not text[:low].rstrip().endswith(_STOPS) else []
    for start, end in pairwise(edges):
        marked = any(span.start <= start and end <= span.end for span in marks)
        stated = at is not None and at.start <= start and end <= at.end
        pieces.append(Piece(_SPACE.sub(" ", text[start:end]), "figure" if marked else "at" if stated else ""))
    return pieces


def _more(text: str, high: int) -> list[Piece]:
    return [Piece(" …")] if text[high:].strip() and not text[:high].rstrip().endswith(_STOPS) else []


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a stretch, or so much of it as can be taken in at a glance."""
    low = max(0, start - _AROUND)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, low, start)]
    if ends:
        low = ends[-1]
    elif low:
        low = text.find(" ", low, start) + 1 or low
    after = _SENTENCE_END.search(text, end, min(len(text), end + _AROUND))
    high = after.start() + 1 if after else min(len(text), end + _AROUND)
    if not after and high < len(text):
        high = text.rfind(" ", end, high) if text.rfind(" ", end, high) > end else high
    return low, high
