"""The words around a figure that say what it is of, and which figures of a sentence may be its whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from baocao.grammar.bases import REACH
from baocao.grammar.lexing import FRACTION, QUANTITY, Quantum
from baocao.grammar.stretch import Stretch
from baocao.grammar.vocabulary import is_measured

WIDTH = 80  # letters on either side that say what a figure is of
WORD = re.compile(r"[^\W\d_]+")
_MARK = re.compile(r"[.,;:()…]|\d+")
HOLLOW = frozenset("tổng số trong của các những là có được đạt đã mới ước hiện nay và hóa hoá tháng năm".split())


def before(stretch: Stretch, index: int) -> Iterator[int]:
    """The figures of a sentence before a token, nearest first."""
    sentence = stretch.sentence[index]
    for place in reversed(stretch.around(index, REACH)):
        if place < index and stretch.sentence[place] == sentence and stretch.kinds[place] in (QUANTITY, FRACTION):
            yield place


def is_larger(stretch: Stretch, index: int, part: Quantum) -> bool:
    quantum = stretch.quantum(index)
    fits = same(quantum, part) or (is_count(quantum) and is_count(part) and quantum.of is None)
    return fits and not quantum.is_percent and quantum.amount > part.amount > 0 and not stretch.is_change(index)


def same(first: Quantum, second: Quantum) -> bool:
    return bool(first.dimension) and first.dimension == second.dimension


def is_count(quantum: Quantum) -> bool:
    return quantum.measure is not None and not is_measured(quantum.dimension) and quantum.number.decimals == 0


def names(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text)) - HOLLOW


def lead(stretch: Stretch, index: int) -> str:
    """The words before a figure since the last mark or figure; times are no figures."""
    start = number_start(stretch, index)
    return _MARK.split(_TIME.sub("", stretch.lowered[max(0, start - WIDTH) : start]))[-1]


def trail(stretch: Stretch, index: int) -> str:
    """The unit and the words behind a figure up to the next mark or figure."""
    end = stretch.quantum(index).number_end
    return _MARK.split(_SECOND.sub("", stretch.lowered[end : end + WIDTH]))[0]


_TIME = re.compile(r"\b\d{1,2} tháng\b|\b(?:năm|đến|ngày|tháng) [\d/]+")
_SECOND = re.compile(r"^\s?/\s?\d[\d.,]*")  # of a pair A/B


def number_start(stretch: Stretch, index: int) -> int:
    """Where the digits of a figure begin, behind "trên", "khoảng"."""
    match = _DIGIT.search(stretch.text, stretch.quantum(index).start)
    return match.start() if match is not None else stretch.quantum(index).start


_DIGIT = re.compile(r"\d")


def sentence_head(stretch: Stretch, index: int) -> str:
    """The words of a sentence before a figure, as far as they are near."""
    start = number_start(stretch, index)
    return stretch.lowered[max(0, start - 2 * WIDTH) : start].rpartition(". ")[2]
