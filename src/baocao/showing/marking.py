"""A stretch of the report as HTML: every letter escaped, statements and figures marked, note marks linked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from baocao.model import Cell, Document, Finding, Passage, Severity, Span
from baocao.showing.words import harmless

GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


class Stroke(NamedTuple):
    """What one finding marks in one passage or cell; a figure is marked more strongly than its statement."""

    start: int
    end: int
    number: int
    severity: Severity
    figure: bool


Strokes = dict[tuple[int, int], list[Stroke]]


def strokes(findings: Sequence[Finding], place: int) -> Strokes:
    """The strokes of all findings on one document, by block and cell; findings count from 1."""
    drawn: Strokes = defaultdict(list)
    for number, finding in enumerate(findings, 1):
        places = [(finding.at, False), *((span, False) for span in finding.also)]
        for span, figure in [*places, *((span, True) for span in finding.marked)]:
            if span.document == place and span.start < span.end:
                stroke = Stroke(span.start, span.end, number, finding.severity, figure)
                drawn[span.block, span.cell].append(stroke)
    return drawn


def safe(text: str) -> str:
    """Text of a report as HTML: escaped, and without the signs that turn the reading direction."""
    return escape(harmless(text))


def marked(holder: Passage | Cell, drawn: Iterable[Stroke], noted: dict[str, str]) -> str:
    """The text of a passage or a cell as HTML. ``noted`` leads from a note's label to its anchor."""
    text, drawn = holder.text, list(drawn)
    size = len(text)
    marks = {min(mark.at, size): mark for mark in reversed(holder.marks)}
    edges = {0, size, *marks, *(min(edge, size) for stroke in drawn for edge in (stroke.start, stroke.end))}
    parts: list[str] = []
    for start, end in pairwise(sorted(edges)):
        parts += [_note_mark(mark.label, noted) for mark in holder.marks if min(mark.at, size) == start < size]
        over = [stroke for stroke in drawn if stroke.start <= start and end <= stroke.end]
        parts.append(_stretch(safe(text[start:end]), over))
    parts += [_note_mark(mark.label, noted) for mark in holder.marks if mark.at >= size]
    return "".join(parts)


def _stretch(words: str, over: Sequence[Stroke]) -> str:
    if not over or not words:
        return words
    gravest = min(over, key=lambda stroke: GRAVITY[stroke.severity]).severity.value
    numbers = " ".join(str(number) for number in sorted({stroke.number for stroke in over}))
    inner = f"<b>{words}</b>" if any(stroke.figure for stroke in over) else words
    return f'<mark class="{gravest}" data-f="{numbers}">{inner}</mark>'


def _note_mark(label: str, noted: dict[str, str]) -> str:
    anchor = noted.get(label)
    shown = safe(label)
    return f'<sup><a href="#{anchor}">{shown}</a></sup>' if anchor else f"<sup>{shown}</sup>"


def quote(document: Document, span: Span, most: int = 80) -> str:
    """The words at a span, short enough for a margin."""
    words = " ".join(document.text_of(span).split())
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"
