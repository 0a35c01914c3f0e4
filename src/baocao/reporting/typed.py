"""Figures that stand in a report without an address: typed or pasted by people, so that nothing keeps them true.

The grammar decides what is a figure at all: dates, numbers of documents, years and ranks are none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from baocao.grammar.paper import Paper
from baocao.model import Document, Kind, Span
from baocao.model.document import Passage
from baocao.reference import indicators as reference
from baocao.reference import load

_WORD = re.compile(r"\w+")
_LABEL = re.compile(r"\s*\(?\d+(?:\.\d+)*[.)]\s")  # what a point of a list begins with, typed by hand
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*")
_BEHIND = re.compile(r" ?/ ?(\d+(?:[.,]\d+)*)")
_BEFORE = re.compile(r"(?<![\w.,])(\d+(?:[.,]\d+)*) ?/ ?\Z")
_FAR = 24  # letters of the longest number and its stroke
_DIGITS = "0123456789"
_SEPARATORS = ".,"


class Typed(NamedTuple):
    """A figure by its place in ``Document.source``; ``text`` is the bare number."""

    start: int
    end: int
    text: str


def typed(document: Document, held: Sequence[tuple[int, int]], names: Iterable[str] = ()) -> Iterator[Typed]:
    """The figures outside the stretches of source that are held by live numbers, in the order of the text.

    ``names`` are what the report's numbers are called: a number in a name ("trẻ dưới 5 tuổi") is no figure.
    """
    named = _named() | _threes(names)
    sorted_held = sorted(held)
    found: dict[int, Typed] = {}
    for span in _figures(document):
        holder = document.holder(span)
        for match in _NUMBER.finditer(holder.text, span.start, span.end):
            if not _is_name(holder.text, match, named):
                start, end = holder.source_at(match.start()), holder.source_at(match.end() - 1) + 1
                found[start] = Typed(start, end, match[0])
    found.update((one.start, one) for one in _halves(document.source, sorted_held))
    return iter([one for _, one in sorted(found.items()) if not _touches(sorted_held, one.start, one.end)])


def _halves(source: str, held: Iterable[tuple[int, int]]) -> Iterator[Typed]:
    """The numbers on the other side of a stroke from a live one: "10/10 xã" is no day of October."""
    for start, end in held:
        if after := _BEHIND.match(source, end):
            yield Typed(after.start(1), after.end(1), after[1])
        if before := _BEFORE.search(source, max(0, start - _FAR), start):
            yield Typed(before.start(1), before.end(1), before[1])


def _is_name(text: str, match: re.Match[str], named: frozenset[str]) -> bool:
    """Whether a number belongs to a name, to a span of time, or numbers a point of a list."""
    label = _LABEL.match(text)
    if label is not None and match.end() <= label.end():
        return True
    before, after = (
        _WORD.findall(text[max(0, match.start() - 24) : match.start()]),
        text[match.end() : match.end() + 24],
    )
    if _spans().match(after.lower()):
        return True
    last, first = before[-1:], _WORD.findall(after)[:1]
    # a name may begin or end with its number ("3 sao", "Đối tượng 2"): then the word beyond is not of it
    around = ([*last, match[0], *first], [match[0], *first], [*last, match[0]])
    return any(len(words) > 1 and " ".join(words).lower() in named for words in around)


@cache
def _spans() -> re.Pattern[str]:
    """What follows the number of a span of time that names a period: "6 tháng đầu năm"."""
    return re.compile(r"\s+(?:" + "|".join(map(re.escape, load("typed")["spans"])) + r")\b")


@cache
def _named() -> frozenset[str]:
    """The numbers in the names of indicators and measures, each with the words beside it."""
    indicators = (one.name.vi for one in reference.national().indicators)
    return _threes([*indicators, *(one.name.vi for one in reference.measures().values())])


def _threes(names: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        words = _WORD.findall(name.lower())
        found.update(" ".join(words[max(0, at - 1) : at + 2]) for at, word in enumerate(words) if word.isdigit())
    return frozenset(found)


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
