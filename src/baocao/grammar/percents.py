"""What each percentage in a passage says: of what, against what, as a level or as a change."""

from __future__ import annotations

import re
from typing import NamedTuple

from baocao.grammar.lexing import FRACTION, QUANTITY, Quantum
from baocao.grammar.moves import sign_of
from baocao.grammar.stretch import Stretch
from baocao.model import Direction

PLAN, SAME_PERIOD, WHOLE, OTHER = "plan", "same_period", "whole", "other"
LEVEL, RISE, FALL = "level", "rise", "fall"
_RATE_OF = re.compile(r"t[ỷỉ] lệ (?!đạt|là|chiếm|khoảng)\w+ \w+")  # "tỷ lệ đúng hạn đạt 98,7%" has a subject of its own
_OPENING_PLAN = re.compile(
    r"^\s*(?:so với )?(?:dự toán|kế hoạch|kh|chỉ tiêu)(?: vốn)?(?: được)?(?: giao)? (?:từ )?đầu năm"
)
_REACH = 60  # tokens back that a percentage may be said of
_TIMES = frozenset(("tháng", "năm", "ngày", "giờ", "phút", "tuổi", "quý", "sao"))

_AUTHORITIES = (
    ("council", re.compile(r"hđnd|hội đồng nhân dân|nghị quyết|\bnq\b")),
    ("province", re.compile(r"tỉnh|thành phố|\btp\b|cấp trên|thủ tướng|chính phủ|trung ương|\btw\b|bộ tài chính|ttcp")),
    ("district", re.compile(r"huyện|thị xã|quận")),
    ("commune", re.compile(r"\bxã\b|phường")),
)


_LONGEST_TIME = 366  # beyond which days, hours and years are counted as things are


def _is_time(quantum: Quantum) -> bool:
    return quantum.dimension in _TIMES and quantum.value <= _LONGEST_TIME and not quantum.number.decimals


class Percent(NamedTuple):
    """A percentage at token ``place``: what it measures (``numerator``, a token index or -1)."""

    place: int
    mode: str
    against: str
    authority: str
    numerator: int
    share: bool  # said with "chiếm", "tỷ lệ": a part of a whole
    base: int  # the figure that its own wording gives as the base, or -1
    own: bool = False  # its piece of the sentence names a subject of its own ("..., chi thường xuyên đạt 93,4%")
    others: tuple[int, ...] = ()  # other figures that it may be said of


def authority_in(words: str) -> str:
    """Which authority's figure some words speak of, or ""."""
    lowered = words.lower()
    for name, pattern in _AUTHORITIES:
        if pattern.search(lowered):
            return name
    return ""


def percents(stretch: Stretch) -> list[Percent]:
    """All percentages of a stretch that say something of another figure, or may."""
    found: list[Percent] = []
    known: dict[int, Percent] = {}
    for index in stretch.places:
        if stretch.kinds[index] == QUANTITY and stretch.quantum(index).is_percent:
            percent = _percent(stretch, index, known)
            known[index] = percent
            found.append(percent)
    return found


def _percent(stretch: Stretch, index: int, known: dict[int, Percent]) -> Percent:
    before = _cues_before(stretch, index)
    after_end, after = _cues_after(stretch, index)
    mode = _of_sign(stretch, index) or _mode(before)
    words = stretch.text[stretch.tokens[index].end : after_end]
    against = PLAN if _OPENING_PLAN.search(words.lower()) else _against(before, after)
    authority = authority_in(words) if against == PLAN else ""
    share = "c" in before or bool(re.match(r"\s*(?:tổng|số)\b", words))
    base = _printed_base(stretch, index, against)
    numerator, *others = _numerators(stretch, index, against, known) or [-1]
    own = _has_own_subject(stretch, index, numerator)
    return Percent(index, mode, against, authority, numerator, share, base, own, tuple(others))


def _has_own_subject(stretch: Stretch, index: int, numerator: int) -> bool:
    """Whether words of a new subject stand between the last comma and the percentage's verb."""
    low = index
    while low > 0 and stretch.kinds[low - 1] not in "QF;.():…,":
        low -= 1
    if low == 0 or stretch.kinds[low - 1] not in ",)(":
        return False
    start = stretch.tokens[low - 1].end
    if _RATE_OF.search(stretch.text[start : stretch.tokens[index].start].lower()):
        return low - 1 > numerator
    words = stretch.text[start : stretch.tokens[low].start].split()
    return len(words) >= (3 if stretch.kinds[low - 1] == "(" else 2) and low - 1 > numerator


def _cues_before(stretch: Stretch, index: int) -> str:
    """The cue letters between the last figure or mark and a percentage."""
    low = index
    while low > 0 and stretch.kinds[low - 1] not in "QF;.():…,":
        low -= 1
    return stretch.kinds[low:index]


def _cues_after(stretch: Stretch, index: int) -> tuple[int, str]:
    """Where the words that belong to a percentage end, and the cue letters among them."""
    kinds = stretch.kinds
    high = index + 1
    while high < len(kinds) and kinds[high] not in "QF;.():…,ev":
        high += 1
    end = stretch.tokens[high].start if high < len(kinds) else len(stretch.text)
    letters = kinds[index + 1 : high]
    # "so với cùng kỳ, đạt" and "KH và bằng" end there, but "dự toán, nghị quyết giao" goes on
    return end, letters


def _of_sign(stretch: Stretch, index: int) -> str:
    """A printed sign makes a percentage a change, never a level."""
    signed = sign_of(stretch, index)
    if signed is None:
        return ""
    return RISE if signed is Direction.UP else FALL


def _mode(before: str) -> str:
    for letter in reversed(before):
        if letter in "ecTud":
            return LEVEL
        if letter == "g":
            return RISE
        if letter == "h":
            return FALL
    return LEVEL


def _against(before: str, after: str) -> str:
    for letters in (after, before):
        if "y" in letters or ("s" in letters and "Y" in letters):
            return SAME_PERIOD
        if "k" in letters:
            return PLAN
        if "s" in letters and letters is after:
            return OTHER
    return WHOLE


def _printed_base(stretch: Stretch, index: int, against: str) -> int:
    """The base behind a percentage, in brackets ("39,8% dự toán (18,6 tỷ đồng)") or after "là", "tổng số"."""
    kinds = stretch.kinds
    position = index + 1
    while position < len(kinds) and kinds[position] in "keTcYsy":
        position += 1
    if position < len(kinds) and kinds[position] == "(":
        inner = list(stretch.figures_between(position + 1, stretch.close.get(position, position), position))
        if len(inner) == 1 and (against == PLAN or not stretch.quantum(inner[0]).is_percent):
            return _base_of_words(stretch, position, inner[0], against)
        return -1
    if position < len(kinds) and kinds[position] in (QUANTITY, FRACTION) and position > index + 1:
        words = stretch.text[stretch.tokens[index].end : stretch.tokens[position].start].lower()
        if re.search(r"(?:là|=|tổng số|kế hoạch|kh|dự toán|giao)\s*$", words) and "và" not in words.split():
            return position
    return -1


def _base_of_words(stretch: Stretch, bracket: int, figure: int, against: str) -> int:
    between = stretch.kinds[bracket + 1 : figure]
    if "g" in between or "h" in between:
        return -1
    if "y" in between and against != SAME_PERIOD:
        return -1
    return figure


def _numerators(stretch: Stretch, index: int, against: str, known: dict[int, Percent]) -> list[int]:
    """The figures that a percentage may be said of, likeliest first.

    The nearest figure before it that is no change; against a plan, a rate that was just stated goes
    before it ("đạt tỷ lệ 95,9%, bằng 101% KH") and a change in per cent after it ("giảm 5%, bằng 125% KH").
    """
    parent, position = stretch.parent[index], index - 1
    if parent >= 0 and not any(True for _ in stretch.figures_between(parent + 1, index, parent)):
        position, parent = parent - 1, stretch.parent[parent]
    rates: list[int] = []
    compared: list[int] = []  # rates whose very name compares them: "Chỉ số giá so với cùng kỳ là 103,2%"
    changes: list[int] = []
    amounts: list[int] = []
    last = max(0, position - _REACH)
    while position >= last and not (stretch.parent[position] == parent and stretch.kinds[position] in ";.…:"):
        if stretch.parent[position] == parent and stretch.kinds[position] in (QUANTITY, FRACTION):
            earlier = known.get(position)
            if earlier is not None:
                if earlier.against == WHOLE:
                    (rates if earlier.mode == LEVEL else changes).append(position)
                elif earlier.mode == LEVEL and stretch.kinds[position + 1 : position + 2] not in ("k", "s", "y"):
                    compared.append(position)
            elif not stretch.is_change(position) and not _is_time(stretch.quantum(position)):
                amounts.append(position)
        position -= 1
    if against == PLAN:
        nearest = [rate for rate in rates[:1] if not amounts or rate > amounts[0]]
        return nearest + amounts[:1] + changes[:1] + rates[:1] or compared[-1:]
    return amounts[:1] + rates[:1] + amounts[1:2]
