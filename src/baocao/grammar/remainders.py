"""Remainders: what is left of a whole when a part is done ("39/40 phiếu, còn 01 phiếu"), missing or saved."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from baocao.grammar.changes_apart import Owners
from baocao.grammar.lexing import FRACTION, QUANTITY, Quantum
from baocao.grammar.moves import move_at
from baocao.grammar.neighbours import after, akin, before, extent, inside, is_plain, lead, lead_words, lent, trail_words
from baocao.grammar.newly_come import is_new, is_outgrown, stock
from baocao.grammar.paper import Paper
from baocao.grammar.stretch import Stretch, quantity_of
from baocao.model import Agreement, Change, Direction, Figure, Strength

_LEFT = re.compile(r"\bcòn(?: lại| thiếu| tồn| nợ| dư)?\b|\bsố còn lại\b|\btồn\b|\bthiếu\b|\bhụt\b")
_OPEN = re.compile(r"\bđang (?:giải quyết|xử lý|xem xét|xây dựng|thi công|thực hiện|triển khai|hòa giải|hoà giải|in)\b")
_NOT = re.compile(r"\b(?:chưa|không)\b")
_LESS = re.compile(r"tiết kiệm|giảm trừ|chênh lệch|chênh")
_DONE = re.compile(
    r"\bđã\b|giải ngân|thực hiện|hoàn thành|bố trí|bàn giao|giải quyết|có mặt|trong đó"
    r"|chi trả|phân khai|phân bổ|thanh toán"
)
_LEVEL = re.compile(
    r"giảm\s*$|giảm\s+xuống\s*$|xuống\s*$|tỷ lệ|tỉ lệ|tới|giảm còn|sau sắp xếp|hiện còn|cuối năm còn|toàn \w+ còn"
)


class Left(NamedTuple):
    """A figure that is said to be left, missing or undone; ``sure`` when the words leave no other reading."""

    token: int
    quantum: Quantum
    sure: bool
    missed: bool  # only "chưa", "không" tell


def owners(paper: Paper) -> Owners:
    """The stretch and the place of every note's mark, by its label."""
    return {label: (stretch, at) for stretch in paper.stretches for at, label in stretch.marks}


def remainders(paper: Paper, stretch: Stretch, marked: Owners) -> list[Change]:
    """The remainders of one stretch; ``marked`` tells where the note stands that it may be."""
    claims = []
    for index in _spoken_of(stretch):
        left = _left(stretch, index)
        if left is not None:
            claim = _claim(stretch, left) or _of_owner(stretch, left, marked)
            if claim is not None:
                claims.append(claim)
    if FRACTION in stretch.kinds:
        claims.extend(_missed(paper, stretch))
    claims.extend(_to_reach(paper, stretch))
    if "d" in stretch.kinds:
        claims.extend(_fallen(paper, stretch))
    return claims


_WORDS = ("còn", "tồn", "thiếu", "hụt", "đang ", "chưa", "không", "tiết kiệm", "giảm trừ", "chênh")


def _spoken_of(stretch: Stretch) -> list[int]:
    """The figures with a word of what is left, missing or undone close before or behind them."""
    places, starts = stretch.places, [stretch.tokens[index].start for index in stretch.places]
    lowered = stretch.lowered
    found: set[int] = set()
    for word in _WORDS:  # one plain search for each word is far quicker than one pattern for all
        position = lowered.find(word)
        while position >= 0:
            at = bisect_right(starts, position)
            if at < len(places) and starts[at] - position <= _LEAD:
                found.add(places[at])
            if at and position - starts[at - 1] <= _LEAD:
                found.add(places[at - 1])
            position = lowered.find(word, position + 1)
    return sorted(index for index in found if stretch.kinds[index] == QUANTITY)


_LEAD = 80  # characters between a figure and the word that speaks of it


def _left(stretch: Stretch, index: int) -> Left | None:
    quantum = stretch.quantum(index)
    if quantum.is_percent or not is_plain(quantum):
        return None
    if move_at(stretch, index) is not None and not _saved(stretch, index):
        return None
    words = lead_words(stretch, index)
    if _LESS.search(words):
        return Left(index, quantum, False, False)
    if _LEFT.search(words) and not _LEVEL.search(words):
        return Left(index, quantum, True, False)
    if _OPEN.search(words):
        return Left(index, quantum, False, False)
    trail = trail_words(stretch, index, 45)
    if _LEFT.search(trail) or _OPEN.search(trail[:24]):
        return Left(index, quantum, False, False)
    return Left(index, quantum, False, True) if _NOT.search(trail) or _NOT.search(words[-24:]) else None


def _saved(stretch: Stretch, index: int) -> bool:
    return bool(_LESS.search(lead_words(stretch, index)))


def _claim(stretch: Stretch, left: Left) -> Change | None:
    """The whole and the part behind a remainder: a pair A/B, or the two figures told before it."""
    pointed: Change | None = None
    for whole, part, strength, basis in _candidates(stretch, left):
        claim = make(stretch, left.quantum, whole, part, strength, basis)
        if claim.agreement is not Agreement.DISAGREE:
            return claim
        if pointed is None and strength is not Strength.POSSIBLE:
            pointed = claim
    return pointed


def _of_owner(stretch: Stretch, left: Left, marked: Owners) -> Change | None:
    """ "16/18 xã có dịch¹" with the note "Còn 02 xã chưa xảy ra dịch"."""
    owner, at = marked.get(stretch.note, (None, -1)) if stretch.note else (None, -1)
    if owner is None:
        return None
    pairs = [owner.quantum(i) for i in owner.places if owner.kinds[i] == FRACTION and owner.tokens[i].start < at]
    for pair in pairs[-1:]:
        if pair.of is not None and pair.dimension == left.quantum.dimension:
            strength = Strength.LIKELY if left.sure else Strength.POSSIBLE
            claim = make(stretch, left.quantum, owner.figure(pair.of), owner.figure(pair), strength, "pair of the note")
            return claim if left.sure or claim.agreement is not Agreement.DISAGREE else None
    return None


def make(stretch: Stretch, stated: Quantum, whole: Figure, part: Figure, strength: Strength, basis: str) -> Change:
    figure = stretch.figure(stated)
    whole, part = lent(whole, figure), lent(part, figure)
    at, also = extent(stretch, stated, (whole, part))
    return Change(at, figure, strength, basis, also, whole, part, Direction.DOWN)


def _candidates(stretch: Stretch, left: Left) -> Iterator[tuple[Figure, Figure, Strength, str]]:
    yield from _of_pair(stretch, left)
    inner = _bracket_behind(stretch, left.token)
    if len(inner) == 2 and not left.missed:
        first, second = (stretch.figure(stretch.quantum(i)) for i in inner)
        apart = Strength.LIKELY if _LESS.search(lead_words(stretch, left.token)) else Strength.POSSIBLE
        if first.quantity.amount < second.quantity.amount:
            first, second = second, first
        yield first, second, apart, "both in brackets"
    yield from _told(stretch, left)
    earlier = [
        i for i in before(stretch, left.token, sentences=1)
        if stretch.kinds[i] == QUANTITY and akin(stretch.quantum(i), left.quantum)
        and not stretch.quantum(i).is_percent and move_at(stretch, i) is None
    ][:5]  # fmt: skip
    if len(earlier) >= 2:
        strength = _strength(stretch, left, earlier)
        yield _difference(stretch, earlier[1], earlier[0], strength)
        for place, part in enumerate(earlier):
            for whole in earlier[place + 1 :]:
                yield _difference(stretch, whole, part, Strength.POSSIBLE)
        for place in range(2, len(earlier)):
            summed = _summed(stretch, earlier[:place])
            if summed is not None:
                yield stretch.figure(stretch.quantum(earlier[place])), summed, Strength.POSSIBLE, "whole less its parts"


_TAKEN = re.compile(r"tiếp nhận|thụ lý|tổng|được giao|phải giải quyết|phải thực hiện|nhận được|kế hoạch|nhu cầu|có\s*$")
_SETTLED = re.compile(
    r"\bđã (?:giải quyết|xử lý|thực hiện|hoàn thành|trả|xem xét|bàn giao|giải ngân)|^(?:giải quyết|xử lý)"
)


def _told(stretch: Stretch, left: Left) -> Iterator[tuple[Figure, Figure, Strength, str]]:
    """ "Tiếp nhận A hồ sơ ...; đã giải quyết B hồ sơ ...; đang giải quyết C hồ sơ": whole, part and rest by name."""
    settled = -1
    for index in before(stretch, left.token, sentences=1):
        quantum = stretch.quantum(index)
        if quantum.is_percent or quantum.dimension != left.quantum.dimension or stretch.kinds[index] != QUANTITY:
            continue
        words = lead_words(stretch, index)
        if settled < 0:
            settled = index if _SETTLED.search(words) else -1
        elif _TAKEN.search(words) and quantum.amount >= stretch.quantum(settled).amount:
            carried = stock(stretch, index) if is_new(stretch, index) else -1
            sure = not left.missed and not _goes_on(stretch, left)
            if carried < 0:
                sure = sure and not is_outgrown(stretch, index, (settled, left.token))
            strength = Strength.LIKELY if sure else Strength.POSSIBLE
            both = _summed(stretch, [index, carried]) if carried >= 0 else None
            whole = both or stretch.figure(quantum)
            yield whole, stretch.figure(stretch.quantum(settled)), strength, "whole less part"
            return


def _goes_on(stretch: Stretch, left: Left) -> bool:
    """Whether the list goes on behind a figure: another part of the same whole may follow."""
    for index in after(stretch, left.token):
        quantum = stretch.quantum(index)
        if quantum.of is not None:
            return False
        if not quantum.is_percent and quantum.dimension == left.quantum.dimension:
            return "t" not in stretch.kinds[left.token : index]
    return False


def _difference(stretch: Stretch, whole: int, part: int, strength: Strength) -> tuple[Figure, Figure, Strength, str]:
    return stretch.figure(stretch.quantum(whole)), stretch.figure(stretch.quantum(part)), strength, "whole less part"


def _bracket_behind(stretch: Stretch, index: int) -> list[int]:
    """The figures of the bracket right behind a figure."""
    if stretch.kinds[index + 1 : index + 2] != "(":
        return []
    return [
        i
        for i in inside(stretch, index + 1)
        if stretch.quantum(i).of is None and akin(stretch.quantum(i), stretch.quantum(index))
    ]


def _of_pair(stretch: Stretch, left: Left) -> Iterator[tuple[Figure, Figure, Strength, str]]:
    """The pair A/B before or right behind the remainder: "còn thiếu 06 người (57/63)"."""
    following = next(after(stretch, left.token, bracketed=True), -1)
    if following >= 0 and stretch.kinds[following] == FRACTION and stretch.kinds[following - 1] == "(":
        pair = stretch.quantum(following)
        if pair.of is not None and akin(pair, left.quantum):
            strength = Strength.CERTAIN if left.sure else Strength.POSSIBLE
            yield stretch.figure(pair.of), stretch.figure(pair), strength, "pair behind it"
    alone = True
    for index in before(stretch, left.token, sentences=1, bracketed=True):
        quantum = stretch.quantum(index)
        if quantum.is_percent or not (akin(quantum, left.quantum) or (left.missed and quantum.of is not None)):
            continue
        if quantum.of is None:
            alone = False
            continue
        yield stretch.figure(quantum.of), stretch.figure(quantum), _pair_strength(stretch, left, index, alone), "pair"
        alone = False


def _pair_strength(stretch: Stretch, left: Left, pair: int, alone: bool) -> Strength:
    """How surely what is left is left of a pair: the nearest one, of the same sentence and noun."""
    same = stretch.sentence[pair] == stretch.sentence[left.token]
    quantum = stretch.quantum(pair)
    if not alone or not same or not quantum.unit or not is_plain(quantum) or not akin(quantum, left.quantum):
        return Strength.POSSIBLE
    if _goes_on(stretch, left):
        return Strength.POSSIBLE
    if left.sure and "t" not in stretch.kinds[pair : left.token]:
        return Strength.CERTAIN
    return Strength.LIKELY if quantum.unit == left.quantum.unit and not left.missed else Strength.POSSIBLE


def _strength(stretch: Stretch, left: Left, earlier: list[int]) -> Strength:
    """ "A, đã giải quyết B, còn C" leaves no doubt when A and B stand alone in the sentence."""
    part, whole = earlier[0], earlier[1]
    same = stretch.sentence[whole] == stretch.sentence[left.token]
    done = _DONE.search(lead_words(stretch, part)) or _LESS.search(lead_words(stretch, left.token))
    falls = stretch.quantum(whole).amount > stretch.quantum(part).amount
    alike = stretch.quantum(whole).dimension == stretch.quantum(part).dimension == left.quantum.dimension
    if is_outgrown(stretch, whole, (part, left.token)):
        return Strength.POSSIBLE
    if not (same and done and falls and alike) or left.missed or (not left.sure and _goes_on(stretch, left)):
        return Strength.POSSIBLE
    if "t" in stretch.kinds[whole:part] and stretch.clause[part] != stretch.clause[left.token]:
        return (
            Strength.POSSIBLE
        )  # "3.000 hộ, trong đó hộ nghèo 250 hộ; đến nay còn 220 hộ": of the part, not of the whole
    if _LESS.search(lead_words(stretch, left.token)):
        return Strength.LIKELY if _is_row(stretch, whole, part, left.token) else Strength.POSSIBLE
    alone = len([i for i in earlier if stretch.sentence[i] == stretch.sentence[left.token]]) == 2
    if "r" in lead(stretch, whole) or _LEFT.search(lead_words(stretch, whole)):
        return Strength.POSSIBLE
    return Strength.LIKELY if alone or left.sure else Strength.POSSIBLE


def _is_row(stretch: Stretch, *indices: int) -> bool:
    """Whether figures stand side by side, no other between them."""
    places = stretch.places
    first = places.index(indices[0])
    return places[first : first + len(indices)] == list(indices)


def _summed(stretch: Stretch, indices: list[int]) -> Figure | None:
    """Parts added up, when all are printed in one scale."""
    quanta = [stretch.quantum(i) for i in reversed(indices)]
    if len({quantum.scale for quantum in quanta}) != 1:
        return None
    figures = [stretch.figure(quantum) for quantum in quanta]
    first = quantity_of(quanta[0])
    value = sum((quantum.value for quantum in quanta[1:]), quanta[0].value)
    decimals = max(quantum.number.decimals for quantum in quanta)
    text = "(" + " + ".join(figure.text for figure in figures) + ")"
    merged = type(first)(value, decimals, first.unit, first.scale, is_count=first.is_count)
    return Figure(merged, figures[0].span._replace(end=figures[-1].span.end), text)


_TO_REACH = re.compile(r"\bđể (?:cả năm )?(?:đạt|hoàn thành)")


def _to_reach(paper: Paper, stretch: Stretch) -> Iterator[Change]:
    """ "phải thu 3.727 tỷ đồng để cả năm đạt 9.600 tỷ đồng": what is missing until the plan."""
    if " để " not in stretch.text or not _TO_REACH.search(stretch.text):
        return
    for index in stretch.places:
        following = next(after(stretch, index), -1)
        if following < 0 or not _TO_REACH.search(trail_words(stretch, index)):
            continue
        stated, whole = stretch.quantum(index), stretch.quantum(following)
        if stated.dimension != whole.dimension or stated.is_percent:
            continue
        for place, other in paper.amounts.get((whole.dimension, whole.amount - stated.amount), ())[:1]:
            part = place.figure(place.quantum(other))
            yield make(stretch, stated, stretch.figure(whole), part, Strength.POSSIBLE, "until the plan")


def _fallen(paper: Paper, stretch: Stretch) -> Iterator[Change]:
    """ "tỷ lệ hộ nghèo giảm 3,5%, còn 8,08%": the rate before is told elsewhere."""
    for index in stretch.places:
        quantum = stretch.quantum(index)
        if not quantum.is_percent or quantum.number.decimals == 0 or lead(stretch, index) != "d":
            continue
        earlier = next(before(stretch, index), -1)
        move = move_at(stretch, earlier) if earlier >= 0 else None
        if move is None or move.direction is Direction.UP or not stretch.quantum(earlier).is_percent:
            continue
        fall = stretch.quantum(earlier)
        for place, other in paper.amounts.get((quantum.dimension, quantum.amount + fall.amount), ())[:1]:
            whole = place.figure(place.quantum(other))
            yield make(stretch, quantum, whole, stretch.figure(fall), Strength.POSSIBLE, "rate before elsewhere")


def _missed(paper: Paper, stretch: Stretch) -> Iterator[Change]:
    """ "14/17 chỉ tiêu đạt" and, elsewhere, "trong 17 chỉ tiêu có 03 chỉ tiêu không đạt"."""
    for index in stretch.places:
        pair = stretch.quantum(index)
        if pair.of is None or pair.dimension not in _SCORED or pair.of.value == pair.value:
            continue
        for place, other in paper.amounts.get((pair.dimension, pair.of.value), ())[:8]:
            for missed in _failures(place, other):
                if (place, missed) != (stretch, index):
                    figure = place.figure(place.quantum(missed))
                    yield make(stretch, pair, stretch.figure(pair.of), figure, Strength.LIKELY, "what was missed")
                    break


_SCORED = frozenset({"chỉ tiêu", "tiêu chí", "nhiệm vụ"})
_FAILED = re.compile(r"^(?:\w+\s+){0,3}?(?:không|chưa) (?:đạt|hoàn thành)")


def _failures(stretch: Stretch, whole: int) -> Iterator[int]:
    """ "Trong 17 chỉ tiêu, có 03 chỉ tiêu không đạt": the ones that were missed."""
    if not re.search(r"\btrong (?:tổng )?(?:số )?$", stretch.text[: stretch.tokens[whole].start].lower()[-20:]):
        return
    for index in after(stretch, whole):
        quantum = stretch.quantum(index)
        same = stretch.kinds[index] == QUANTITY and quantum.dimension == stretch.quantum(whole).dimension
        if same and quantum.value > 0 and _FAILED.match(trail_words(stretch, index)):
            yield index
