"""Points of a growth rate: "tăng 6,82%; ... đóng góp 0,86 điểm phần trăm; ... đóng góp 2,91 điểm phần trăm"."""

from __future__ import annotations

import re
from bisect import bisect_left

from baocao.grammar.columns import part_figure
from baocao.grammar.neighbours import is_plain
from baocao.grammar.stretch import Stretch
from baocao.model import Strength, Total

_WORD = "đóng góp"
_GROWTH = re.compile(r"mức tăng|tốc độ tăng|tăng trưởng|\bgrdp\b|\bgdp\b|tổng sản phẩm|nền kinh tế|tổng giá trị")
_PART = re.compile(r"khu vực|ngành|lĩnh vực|thuế|dịch vụ|công nghiệp|nông")
_TAXES = re.compile(r"\bthuế\b")
_SENTENCES = 2  # sentences that the parts may stand in
_BACK = 12  # figures back that the rate may stand
_LEAD = 160  # characters before a rate that may name it


def contributions(stretch: Stretch) -> list[Total]:
    """The growth rate of a stretch that its sectors' points must make. Taxes told with them leave nothing out."""
    if stretch.lowered.count(_WORD) < 3:
        return []
    parts = _points(stretch)
    head = _rate(stretch, parts[0]) if len(parts) >= 3 else -1
    if head < 0:
        return []
    taxes = _TAXES.search(stretch.lowered, stretch.quantum(parts[0]).end, stretch.quantum(parts[-1]).start)
    strength = Strength.LIKELY if len(parts) == 4 and taxes else Strength.POSSIBLE
    at = stretch.span(stretch.tokens[head].start, stretch.tokens[parts[-1]].end)
    figures = tuple(part_figure(stretch, i) for i in parts)
    return [Total(at, stretch.figure(stretch.quantum(head)), strength, "points of growth", (), figures)]


def _points(stretch: Stretch) -> list[int]:
    """The points that the sectors give, of one row; none where one of them takes away or is a part of another."""
    found: list[int] = []
    for index in stretch.places:
        quantum = stretch.quantum(index)
        if not quantum.unit.startswith("điểm"):
            continue
        if found and stretch.sentence[index] - stretch.sentence[found[0]] >= _SENTENCES:
            break
        words = stretch.words_before(index).lower()
        if not is_plain(quantum) or "giảm" in words:
            return []
        if _WORD in words and not _is_nested(stretch, index):
            found.append(index)
    return found


def _is_nested(stretch: Stretch, index: int) -> bool:
    """Whether the points stand in a bracket or behind "trong đó" in the clause of other points."""
    if stretch.parent[index] >= 0:
        return True
    at = bisect_left(stretch.places, index)
    since = next(
        (i for i in reversed(stretch.places[max(0, at - _BACK) : at]) if stretch.quantum(i).unit.startswith("điểm")), -1
    )
    return since >= 0 and stretch.clause[since] == stretch.clause[index] and "t" in stretch.kinds[since:index]


def _rate(stretch: Stretch, first: int) -> int:
    """The growth rate nearest before the points that is of the whole."""
    at = bisect_left(stretch.places, first)
    for index in reversed(stretch.places[max(0, at - _BACK) : at]):
        quantum = stretch.quantum(index)
        if not quantum.is_percent or quantum.unit.startswith("điểm") or not is_plain(quantum):
            continue
        if stretch.sentence[first] - stretch.sentence[index] > 1:
            return -1
        if _is_of_whole(stretch, index):
            return index
    return -1


def _is_of_whole(stretch: Stretch, index: int) -> bool:
    """Whether the words of a rate's clause speak of all growth, and the last of them of no sector."""
    start = stretch.tokens[index].start
    clause = re.split(r"[;.]\s", stretch.lowered[max(0, start - _LEAD) : start])[-1]
    growth = _GROWTH.search(clause)
    return growth is not None and _PART.search(clause[growth.start() :].rpartition(",")[2]) is None
