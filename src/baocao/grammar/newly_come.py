"""What came in within a period is not all that was to be dealt with: a stock was carried over from before it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from baocao.grammar.lexing import QUANTITY
from baocao.grammar.neighbours import lead_words, trail_words
from baocao.grammar.stretch import Stretch
from baocao.grammar.vocabulary import any_of

_LEAD = 80  # characters before a figure in which its period is told


def is_outgrown(stretch: Stretch, whole: int, parts: Iterable[int]) -> bool:
    """Whether more came of new ones than they are, which a stock that nobody names explains.

    Fewer than they are is never explained so: whatever was carried over only adds to what there is to do.
    """
    if not is_new(stretch, whole):
        return False
    return sum((stretch.quantum(part).amount for part in parts), Decimal(0)) > stretch.quantum(whole).amount


def is_new(stretch: Stretch, index: int) -> bool:
    """Whether a figure counts what came within a period only ("tiếp nhận mới", "trong kỳ phát sinh")."""
    place = stretch.places.index(index)
    low, _ = stretch.sentence_range(index)
    earlier = max(stretch.places[place - 1] if place else -1, low - 1)
    end = stretch.tokens[index].start
    start = stretch.tokens[earlier].end if earlier >= 0 else 0
    words = stretch.lowered[max(start, end - _LEAD) : end]
    told = f"{words} {trail_words(stretch, index, 24)}"
    return any_of("new").search(told) is not None and any_of("in_all").search(words) is None


def stock(stretch: Stretch, index: int) -> int:
    """The figure right before or behind new ones that was carried over from before their period, or -1."""
    place = stretch.places.index(index)
    for at in (place - 1, place + 1):
        if not 0 <= at < len(stretch.places):
            continue
        other = stretch.places[at]
        is_alike = (
            stretch.kinds[other] == QUANTITY
            and stretch.sentence[other] == stretch.sentence[index]
            and stretch.quantum(other).dimension == stretch.quantum(index).dimension
        )
        if is_alike and any_of("carried").search(lead_words(stretch, other)):
            return other
    return -1
