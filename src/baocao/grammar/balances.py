"""The balance of trade: what was exported over what was imported, or the other way round."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from baocao.grammar.lexing import QUANTITY, Quantum
from baocao.grammar.neighbours import extent, is_plain
from baocao.grammar.stretch import Stretch
from baocao.model import Change, Direction, Figure, Strength

BALANCE: Final = "balance of trade"
_SAID = re.compile(r"\b(?:(xuất siêu|thặng dư)|(nhập siêu|thâm hụt))\b")
_OTHER = re.compile(
    r"cùng kỳ|cùng kì|năm trước|năm ngoái|tháng trước|quý trước|bình quân|mỗi tháng|ngân sách|tỷ lệ|tỉ lệ"
)
_EXPORT = re.compile(r"\bxuất(?: khẩu)?\b")
_IMPORT = re.compile(r"\bnhập(?: khẩu)?\b")
_BOTH = re.compile(r"xuất,? ?(?:khẩu)?,? ?(?:-|và|/)? ?nhập|tổng kim ngạch$|hai chiều")
_PART = re.compile(
    r"trong đó(?!:? (?:kim ngạch |giá trị |trị giá )?(?:xuất|nhập) khẩu)|riêng|mặt hàng|nhóm|khu vực|"
    r"doanh nghiệp|chủ yếu|thị trường|sang |từ nước|cửa khẩu|tạm nhập|thuế"
)
_NOT_NOW = re.compile(r"kế hoạch|mục tiêu|phấn đấu|tăng|giảm|cùng kỳ|năm trước|tháng trước")
_AMOUNTS = ("usd", "money")
_FIGURES = 10  # figures before a balance among which its sides are looked for
_NEAR = 40  # characters between "xuất siêu" and its figure
_LEAD = 90  # characters before a figure that name its side


def balances(stretch: Stretch) -> Iterator[Change]:
    """The difference of exports and imports where all three are told in one passage."""
    lowered = stretch.lowered
    if "siêu" not in lowered and "cán cân" not in lowered:
        return
    for match in _SAID.finditer(lowered):
        place = _figure_behind(stretch, match.end())
        if place < 0 or _OTHER.search(lowered, max(0, match.start() - _NEAR), stretch.quantum(place).start):
            continue
        claim = _claim(stretch, place, surplus=match[1] is not None)
        if claim is not None:
            yield claim


def _figure_behind(stretch: Stretch, end: int) -> int:
    """The place of the amount that follows a word, or -1."""
    at = bisect_left(stretch.places, end, key=lambda place: stretch.tokens[place].start)
    for place in stretch.places[at : at + 1]:
        quantum = stretch.quantum(place)
        between = stretch.text[end : quantum.start]
        is_amount = stretch.kinds[place] == QUANTITY and quantum.dimension in _AMOUNTS and quantum.upper is None
        return place if is_amount and len(between) <= _NEAR and not set(between) & set(";.,()") else -1
    return -1


def _claim(stretch: Stretch, place: int, *, surplus: bool) -> Change | None:
    exported, imported = _sides(stretch, place)
    if len(exported) != 1 or len(imported) != 1:
        return None
    stated = stretch.quantum(place)
    if {exported[0].dimension, imported[0].dimension} != {stated.dimension}:
        return None
    out, into = stretch.figure(exported[0]), stretch.figure(imported[0])
    old, new = (into, out) if surplus else (out, into)
    return _change(stretch, stated, old, new, all(map(is_plain, (stated, exported[0], imported[0]))))


def _change(stretch: Stretch, stated: Quantum, old: Figure, new: Figure, plain: bool) -> Change:
    at, also = extent(stretch, stated, (old, new))
    strength = Strength.CERTAIN if plain else Strength.POSSIBLE
    return Change(at, stretch.figure(stated), strength, BALANCE, also, old, new, Direction.UP)


def _sides(stretch: Stretch, place: int) -> tuple[list[Quantum], list[Quantum]]:
    """The amounts told as exports and as imports before a balance; none where one of them is of a part only."""
    exported: list[Quantum] = []
    imported: list[Quantum] = []
    at = bisect_left(stretch.places, place)
    for index in stretch.places[max(0, at - _FIGURES) : at]:
        quantum = stretch.quantum(index)
        if stretch.kinds[index] != QUANTITY or quantum.dimension not in _AMOUNTS or stretch.is_change(index):
            continue
        lead = stretch.words_before(index, _LEAD).lower()
        if _NOT_NOW.search(lead) or _BOTH.search(lead):
            continue
        out, into = _EXPORT.search(lead) is not None, _IMPORT.search(lead) is not None
        if (out or into) and _PART.search(lead):
            return [], []
        if out is not into:
            (exported if out else imported).append(quantum)
    return exported, imported
