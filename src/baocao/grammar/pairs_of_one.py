"""Pairs of one whole: "4/17 xã ..., 8/17 xã ..., 5/17 xã ...", and a pair whose fellows are counted without it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from baocao.grammar.columns import part_figure
from baocao.grammar.lexing import FRACTION, QUANTITY
from baocao.grammar.neighbours import is_plain
from baocao.grammar.stretch import Stretch
from baocao.model import Strength, Total

_LAST = re.compile(r"^(?:\w+ ){0,4}(?:dưới|chưa|không)\b")  # the label that leaves nothing below it
_MANY = 6  # classes that a whole is parted into


def pairs_of_one(stretch: Stretch) -> list[Total]:
    """The wholes of a stretch whose parts are told as pairs, or as one pair and the counts behind it."""
    if FRACTION not in stretch.kinds:
        return []
    claims = []
    for row in _rows(stretch):
        claim = _of_pairs(stretch, row) if len(row) >= 2 else _of_one_pair(stretch, row[0])
        if claim is not None:
            claims.append(claim)
    return claims


def _rows(stretch: Stretch) -> Iterator[list[int]]:
    """The pairs of each sentence by what they count."""
    rows: dict[tuple[int, int, str], list[int]] = {}
    for index in stretch.places:
        quantum = stretch.quantum(index)
        if quantum.of is not None and not stretch.is_change(index):
            rows.setdefault((stretch.sentence[index], stretch.parent[index], quantum.dimension), []).append(index)
    yield from rows.values()


def _whole(stretch: Stretch, index: int) -> Decimal:
    whole = stretch.quantum(index).of
    assert whole is not None
    return whole.value


def _of_pairs(stretch: Stretch, row: list[int]) -> Total | None:
    """Pairs whose first figures make the whole; three whose wholes differ in one; classes that leave nothing out."""
    amount = sum((stretch.quantum(i).value for i in row), Decimal(0))
    wholes = Counter(_whole(stretch, i) for i in row)
    (common, times), *others = wholes.most_common()
    if not others and amount == common:
        return _claim(stretch, row[0], row, Strength.POSSIBLE)
    if not 3 <= len(row) <= _MANY:
        return None
    if len(others) == 1 and times == len(row) - 1 and amount == common and stretch.quantum(row[0]).unit:
        odd = next(i for i in row if _whole(stretch, i) != common)
        return _claim(stretch, odd, row, Strength.LIKELY)
    if not others and _are_classes(stretch, row):
        return _claim(stretch, row[0], row, Strength.LIKELY)
    return None


def _of_one_pair(stretch: Stretch, pair: int) -> Total | None:
    """ "22/64 đơn vị trên 70%, 31 đơn vị từ 40 đến 70%, 11 đơn vị dưới 40%": the whole is printed once."""
    row = [pair]
    at = bisect_left(stretch.places, pair)
    for index in stretch.places[at + 1 : at + 4 * _MANY]:
        if stretch.clause[index] != stretch.clause[pair] or "t" in stretch.kinds[pair:index]:
            break
        if stretch.parent[index] != stretch.parent[pair] or stretch.quantum(index).is_percent:
            continue
        if stretch.kinds[index] != QUANTITY or stretch.quantum(index).dimension != stretch.quantum(pair).dimension:
            return None
        row.append(index)
    if not 3 <= len(row) <= _MANY or not stretch.quantum(pair).unit or not _leaves_nothing(stretch, row):
        return None
    if _holds_another(stretch, row) or not (_are_classes(stretch, row) or _share_a_word(stretch, row)):
        return None
    return _claim(stretch, pair, row, Strength.LIKELY)


def _leaves_nothing(stretch: Stretch, row: list[int]) -> bool:
    """Whether the last of a row, and it alone, is of those below all others, or without what the others have."""
    trails = [stretch.words_after(i).lower() for i in row]
    bounds = [bool(_LAST.search(trail)) or _is_below(stretch, i) for i, trail in zip(row, trails, strict=True)]
    plain = all(is_plain(stretch.quantum(i)) and not stretch.is_change(i) for i in row)
    return plain and bounds[-1] and not any(bounds[:-1])


def _are_classes(stretch: Stretch, row: list[int]) -> bool:
    """Whether every count has its bounds behind it, the last one an upper bound: "dưới 10 tiêu chí"."""
    behind = [stretch.next_figure(i) for i in row]
    bounded = all(j >= 0 and not set(stretch.kinds[i + 1 : j]) & set(",;(") for i, j in zip(row, behind, strict=True))
    return bounded and _is_below(stretch, row[-1]) and not any(_is_below(stretch, i) for i in row[:-1])


_EMPTY = frozenset("có đạt được đã là không chưa và".split())


def _share_a_word(stretch: Stretch, row: list[int]) -> bool:
    """Whether all labels are of one doing: "gửi đúng hạn", "gửi trễ", "không gửi"."""
    labels = [set(stretch.words_after(i).lower().split()) - _EMPTY for i in row]
    return bool(set.intersection(*labels))


def _holds_another(stretch: Stretch, row: list[int]) -> bool:
    """Whether the first and the last alone make the whole: those between are some of the first."""
    return stretch.quantum(row[0]).value + stretch.quantum(row[-1]).value == _whole(stretch, row[0])


def _is_below(stretch: Stretch, index: int) -> bool:
    """Whether the figure right behind a count is an upper bound: "11 đơn vị dưới 40%"."""
    following = stretch.next_figure(index)
    near = following >= 0 and stretch.sentence[following] == stretch.sentence[index]
    bound = near and not set(stretch.kinds[index + 1 : following]) & set(",;(")
    return bound and stretch.quantum(following).comparator.value == "at_most"


def _claim(stretch: Stretch, pair: int, row: list[int], strength: Strength) -> Total:
    whole = stretch.quantum(pair).of
    assert whole is not None
    at = stretch.span(stretch.tokens[row[0]].start, stretch.tokens[row[-1]].end)
    figures = tuple(part_figure(stretch, i) for i in row)
    return Total(at, stretch.figure(whole), strength, "pairs of one whole", (), figures)
