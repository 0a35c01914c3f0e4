"""A report has chapters that tell what was done and chapters that tell what is to be done."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from baocao.model import Document, Kind, Passage
from baocao.reference import load
from baocao.rules.numbering import readings

_SHORT: Final = 240  # characters of the longest heading
_LEVELS: Final = {"part": 0, "upper": 1, "roman": 2}


def ahead(document: Document) -> frozenset[int]:
    """The blocks in chapters that speak of what is to come."""
    found: list[int] = []
    open_chapters: dict[int, bool] = {}
    naming: int | None = None  # the level of a heading whose words stand in the passage behind it
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Passage):
            continue
        level = _level(block)
        if level is not None:
            open_chapters = {depth: coming for depth, coming in open_chapters.items() if depth < level}
            open_chapters[level] = _is_ahead(block.text)
            naming = level if len(block.text) < 30 else None
        elif naming is not None:
            open_chapters[naming] = open_chapters[naming] or (len(block.text) < _SHORT and _is_ahead(block.text))
            naming = None
        if block.kind is not Kind.NOTE and any(open_chapters.values()):
            found.append(index)
    return frozenset(found)


def _level(block: Passage) -> int | None:
    """How high a heading of the upper three levels stands; None for everything below and for body text."""
    if block.kind is Kind.NOTE or not block.label or len(block.text) > _SHORT:
        return None
    choices = readings(block.label)
    if not choices:
        return None
    style = choices[0].style
    return next((level for name, level in _LEVELS.items() if style.startswith(name)), None)


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load("outline")["sections"]
    return re.compile("|".join(words["ahead"])), re.compile("|".join(words["past"]))


def _is_ahead(text: str) -> bool:
    lowered = text.lower()
    coming, past = _words()
    return coming.search(lowered) is not None and past.search(lowered) is None
