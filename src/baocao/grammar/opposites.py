"""One sentence that says of the same thing that it rose and that it fell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from baocao.grammar.stretch import Stretch
from baocao.model import Strength, Value

OPPOSITE = "rose and fell"
_SAID = re.compile(r"\b(tăng|giảm) (?:[^\W\d_]+ ){0,2}?so (?:với )?(?:cùng kỳ|cùng kì|năm|vụ|quý|tháng|kỳ)\b")
_WORD = re.compile(r"[^\W\d_]+")
_TOTAL = frozenset("tổng số nhưng song tuy nhiên còn riêng".split())
_SHARED = 5  # syllables at the head of the one subject that stand in the other


def opposites(stretch: Stretch) -> Iterator[Value]:
    """Pairs of a rise and a fall against an earlier time in one sentence with one subject."""
    if "ăng" not in stretch.text or "iảm" not in stretch.text:
        return
    lowered = stretch.lowered
    said = list(_SAID.finditer(lowered))
    for first, second in pairwise(said):
        if first[1] == second[1] or _ends_between(stretch, first.end(), second.start()):
            continue
        if _is_one_subject(_subject(lowered, first.start()), _subject(lowered, second.start())):
            at = stretch.span(first.start(), second.end())
            also = (stretch.span(first.start(), first.end()), stretch.span(second.start(), second.end()))
            yield Value(at, None, Strength.LIKELY, OPPOSITE, also)


def _ends_between(stretch: Stretch, low: int, high: int) -> bool:
    """Whether a sentence or an item of a list ends between two places."""
    return any(token.kind in ".;" for token in stretch.tokens if low <= token.start < high)


def _subject(text: str, end: int) -> list[str]:
    """The words before a statement back to the mark that opens its clause."""
    start = max(text.rfind(mark, 0, end) for mark in (",", ";", ".", "(", ":"))
    words = _WORD.findall(text[start + 1 : end])
    while words and words[0] in _TOTAL:
        del words[0]
    return words[:24]


def _is_one_subject(first: list[str], second: list[str]) -> bool:
    short, long = " ".join(first[:_SHARED]), " ".join(second[:_SHARED])
    if min(len(first), len(second)) < _SHARED:
        return False
    return short in " ".join(second) or long in " ".join(first)
