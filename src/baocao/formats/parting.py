"""A passage longer than any paragraph that people write is parted, so that reading stays linear in the text.

Such passages come from files that lost their line ends. Nothing is lost but what would be said over a cut.
"""

from __future__ import annotations

from dataclasses import replace

from baocao.formats import limits
from baocao.formats.errors import Unreadable
from baocao.model import Block, Document, Mark, Passage, Run, Text

_TOO_LONG = Text(
    "có một đoạn liền {size} ký tự không xuống dòng, giới hạn là {limit}; "
    "hãy lưu lại tệp sao cho mỗi đoạn văn là một dòng.",
    "one passage runs on for {size} characters without a line end, the limit is {limit}; "
    "save the file with one line a paragraph.",
)
_STOPS = (". ", "; ", ", ", " ")


def parted(document: Document) -> Document:
    """The document with every overlong passage in parts. Raises ``Unreadable`` for one beyond all measure."""
    longest = max((len(block.text) for block in document.blocks if isinstance(block, Passage)), default=0)
    if longest <= limits.LONG_PASSAGE:
        return document
    if longest > limits.MAX_PASSAGE:
        raise Unreadable(_TOO_LONG.fill(size=longest, limit=limits.MAX_PASSAGE))
    blocks: list[Block] = []
    places: list[int] = []
    for block in document.blocks:
        places.append(len(blocks))
        blocks += _parts(block) if isinstance(block, Passage) else [block]
    notes = {label: places[place] for label, place in document.notes.items()}
    return replace(document, blocks=tuple(blocks), notes=notes)


def _parts(passage: Passage) -> list[Passage]:
    if len(passage.text) <= limits.LONG_PASSAGE:
        return [passage]
    parts: list[Passage] = []
    start = 0
    runs, marks = list(reversed(passage.runs)), list(reversed(passage.marks))
    while start < len(passage.text):
        end = _cut(passage.text, start)
        part = replace(
            passage, text=passage.text[start:end], runs=_runs_to(runs, start, end), marks=_marks_to(marks, start, end)
        )
        parts.append(part if start == 0 else replace(part, label=""))
        start = end
    return parts


def _cut(text: str, start: int) -> int:
    """Where a part ends: behind the last full stop of its second half, else behind a lesser one."""
    most = start + limits.LONG_PASSAGE
    if most >= len(text):
        return len(text)
    for stop in _STOPS:
        found = text.rfind(stop, start + limits.LONG_PASSAGE // 2, most)
        if found >= 0:
            return found + len(stop)
    return most


def _runs_to(left: list[Run], start: int, end: int) -> tuple[Run, ...]:
    """The runs of one part, taken off the end of ``left``; a run over the cut goes on in the next part."""
    taken: list[Run] = []
    while left and left[-1].start < end:
        run = left.pop()
        length = min(run.length, end - run.start)
        taken.append(Run(run.start - start, run.source, length))
        if length < run.length:
            left.append(Run(end, run.source + length, run.length - length))
            break
    return tuple(taken)


def _marks_to(left: list[Mark], start: int, end: int) -> tuple[Mark, ...]:
    """The marks of one part; a mark at the cut stands behind the words before it."""
    taken: list[Mark] = []
    while left and left[-1].at <= end:
        mark = left.pop()
        taken.append(mark._replace(at=mark.at - start))
    return tuple(taken)
