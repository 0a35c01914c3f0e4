"""Some authors type their note marks by hand, as raised figures, and the notes as ordinary paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from baocao.formats.docx_text import RAISED
from baocao.model import Block, Cell, Kind, Mark, Passage, Run, Table

_RAISED = re.compile(r"[ ]?⁽?([⁰¹²³⁴-⁹]{1,3})⁾?")
_NOTE = re.compile(r"⁽?([⁰¹²³⁴-⁹]{1,3})⁾?\s*(?=\S)")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_UNIT = re.compile(r"(?:^|[\W\d_])(?:m|km|hm|dam|dm|cm|mm)$")

Holder = TypeVar("Holder", Passage, Cell)


def raised(label: str) -> str:
    """A note's label as its mark is printed."""
    return label.translate(RAISED)


def tie_typed_notes(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], dict[str, int]]:
    """The blocks with typed marks taken out and typed notes named; where each note stands.

    Only a run of notes 1, 2, 3 ... whose marks stand in the text before counts; anything less is left as printed.
    """
    notes = _typed_notes(blocks)
    if not notes or not _has_marks(blocks, notes):
        return tuple(blocks), {}
    done: list[Block] = []
    for index, block in enumerate(blocks):
        label = next((label for label, at in notes.items() if at == index), "")
        if isinstance(block, Table):
            cells = tuple(_without_marks(cell, notes) for cell in block.cells)
            done.append(replace(block, cells=cells))
        elif label:
            start = _NOTE.match(block.text)
            assert start is not None
            done.append(replace(_cut(block, [(0, start.end(), "")]), kind=Kind.NOTE, label=label))
        else:
            done.append(_without_marks(block, notes))
    return tuple(done), notes


def _typed_notes(blocks: Sequence[Block]) -> dict[str, int]:
    notes: dict[str, int] = {}
    for index, block in enumerate(blocks):
        if isinstance(block, Passage) and block.kind is not Kind.NOTE and (start := _NOTE.match(block.text)):
            label = start[1].translate(_LOWERED)
            if int(label) == len(notes) + 1:
                notes[label] = index
    return notes


def _has_marks(blocks: Sequence[Block], notes: dict[str, int]) -> bool:
    found: set[str] = set()
    for index, block in enumerate(blocks):
        for holder in block.cells if isinstance(block, Table) else (block,):
            found.update(label for _, _, label in _marks_in(holder.text) if label in notes and notes[label] != index)
    return 2 * len(found) >= len(notes)


def _marks_in(text: str) -> list[tuple[int, int, str]]:
    """(start, end, label) of every raised figure that is not the power of a unit."""
    found: list[tuple[int, int, str]] = []
    for match in _RAISED.finditer(text):
        label = match[1].translate(_LOWERED)
        is_power = label in ("2", "3") and _UNIT.search(text, 0, match.start()) is not None
        if match.start() and not is_power:
            found.append((match.start(), match.end(), label))
    return found


def _without_marks(holder: Holder, notes: dict[str, int]) -> Holder:
    gone = [found for found in _marks_in(holder.text) if found[2] in notes]
    return _cut(holder, gone) if gone else holder


def _cut(holder: Holder, gone: Sequence[tuple[int, int, str]]) -> Holder:
    """A passage or cell without some stretches; those with a label become marks."""
    texts: list[str] = []
    runs: list[Run] = []
    marks = [mark._replace(at=mark.at - _gone_before(gone, mark.at)) for mark in holder.marks]
    at = length = 0
    for start, end, label in [*gone, (len(holder.text), len(holder.text), "")]:
        texts.append(holder.text[at:start])
        runs.extend(_moved(holder.runs, at, start, length))
        length += start - at
        if label:
            marks.append(Mark(length, label, holder.source_at(start)))
        at = end
    return replace(holder, text="".join(texts), runs=tuple(runs), marks=tuple(sorted(marks)))


def _gone_before(gone: Sequence[tuple[int, int, str]], at: int) -> int:
    return sum(min(end, at) - start for start, end, _ in gone if start < at)


def _moved(runs: Sequence[Run], low: int, high: int, to: int) -> list[Run]:
    """The parts of runs over [low, high), moved so that ``low`` stands at ``to``."""
    found: list[Run] = []
    for run in runs:
        first, last = max(run.start, low), min(run.start + run.length, high)
        if first < last:
            found.append(Run(first - low + to, run.source + first - run.start, last - first))
    return found
