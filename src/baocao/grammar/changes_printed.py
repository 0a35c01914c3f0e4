"""Figures that the wording itself gives a change: in brackets, behind "so với ... là", in "từ ... lên ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from baocao.grammar.lexing import FRACTION, NAME, QUANTITY, Quantum
from baocao.grammar.moves import Candidate, Level, Move, Moves, between, is_compared, is_upwards, levels, word_at
from baocao.grammar.neighbours import after, akin, before, inside, is_bare_year, is_plain, lead, lead_words
from baocao.grammar.numbers import read_number
from baocao.grammar.stretch import Stretch
from baocao.model import Direction, Strength

_POINTS = ("điểm phần trăm", "điểm %", "% điểm")
_BEHIND = 12  # tokens behind a change that say what it is compared with
_EARLIER = re.compile(r"đầu (?:năm|kỳ|nhiệm kỳ)|trước|cũ\b|năm 20\d\d|cùng kỳ")


def printed_base(stretch: Stretch, move: Move, moves: Moves) -> Iterator[Candidate]:
    bases = bases_of(stretch, move, moves)
    if len(bases) == 2 and akin(bases[0].quantum, bases[1].quantum):
        yield Candidate(
            stretch.figure(bases[1].quantum), stretch.figure(bases[0].quantum), Strength.CERTAIN, "both in brackets"
        )
    if len(bases) != 1:
        return
    base = bases[0].quantum
    sure = Strength.CERTAIN if is_plain(base) and _is_of_a_time(stretch, move, bases[0].token) else Strength.POSSIBLE
    if base.of is not None:
        yield Candidate(stretch.figure(base.of), stretch.figure(base), sure, "pair in brackets")
        return
    strength = sure
    for level in levels(stretch, move, moves, base, bases[0].token):
        yield Candidate(stretch.figure(base), stretch.figure(level.quantum), strength, "base beside it")
        strength = Strength.POSSIBLE
    yield from _made(stretch, move, base, bases[0].token)


def _is_of_a_time(stretch: Stretch, move: Move, index: int) -> bool:
    """Whether the words before a base say nothing but another time or a plan: "(cùng kỳ năm 2020 là ..."."""
    start = stretch.tokens[index].start
    opening = stretch.parent[index]
    if opening < 0 or opening == stretch.parent[move.token]:
        return True
    words = _WORD.findall(stretch.text[stretch.tokens[opening].end : start].lower())
    strange = sum(word not in _TIME_WORDS for word in words)
    return strange <= 3 if "y" in stretch.kinds[opening:index] or "trước" in words else strange == 0


_WORD = re.compile(r"[^\W\d_]+")


_TIME_WORDS = frozenset(
    "cùng kỳ kì ck năm trước ngoái đầu cuối thời điểm tháng quý vụ là đạt có bằng ước thực hiện con số kế hoạch kh dự"
    " toán nghị quyết nq chỉ tiêu mục tiêu giao khi sắp xếp sáp nhập so với sv svck cũ".split()
)


def _made(stretch: Stretch, move: Move, base: Quantum, at: int) -> Iterator[Candidate]:
    """Counts under another noun: "41 em đạt giải ..., tăng 06 giải so với năm trước (35 giải)"."""
    stated = stretch.quantum(move.token)
    up = move.direction is Direction.UP
    amount = base.amount + stated.amount if up else base.amount - stated.amount
    if stated.is_percent or base.is_percent or amount < 10:
        return
    for index in before(stretch, move.token, sentences=1, bracketed=True):
        quantum = stretch.quantum(index)
        if index != at and quantum.amount == amount and not quantum.is_percent:
            yield Candidate(stretch.figure(base), stretch.figure(quantum), Strength.POSSIBLE, "another noun")


def bases_of(stretch: Stretch, move: Move, moves: Moves) -> list[Level]:
    """The figures in the bracket behind a change, or the one behind "so với ... là"."""
    kinds = stretch.kinds
    position, compared = move.token + 1, False
    while position < len(kinds) and (kinds[position] not in "QF(;.…,)vcghTd" or _is_passed(stretch, position, moves)):
        if kinds[position] == "e" and word_at(stretch, position) not in ("là", "=", "với"):
            return []
        compared = compared or kinds[position] in "sy"
        position = stretch.close.get(position, position) + 1
    if position >= len(kinds):
        return []
    if kinds[position] == "(":
        pair = _day_like(stretch, move, position)
        if pair is not None:
            return [pair]
        inner = inside(stretch, position)
        return _as_bases(stretch, move, [i for i in inner if i not in moves])
    if kinds[position] in (QUANTITY, FRACTION) and position not in moves and (compared or is_compared(stretch, move)):
        return _as_bases(stretch, move, [position])
    return []


def _is_passed(stretch: Stretch, position: int, moves: Moves) -> bool:
    """The length of a period ("6 tháng"), and a bracket that only says the change once more."""
    if stretch.kinds[position] == QUANTITY:
        return stretch.quantum(position).unit in ("tháng", "quý", "ngày")
    if stretch.kinds[position] != "(":
        return False
    inner = inside(stretch, position, nested=True)
    return bool(inner) and all(index in moves for index in inner)


def _day_like(stretch: Stretch, move: Move, opening: int) -> Level | None:
    """ "tăng 05 vụ (17/12)": a pair that would be a day anywhere else."""
    match = _DAY.match(stretch.text, stretch.tokens[opening].start)
    stated = stretch.quantum(move.token)
    if match is None or stretch.kinds[opening + 1] != NAME or stated.number.decimals:
        return None
    pair, other = (Quantum(read_number(match[i]), match.start(i), match.end(i)) for i in (1, 2))
    pair.of, pair.index = other, opening + 1
    if not stated.is_percent:
        pair.measure = other.measure = stated.measure
    return Level(opening + 1, pair)


_DAY = re.compile(r"\(\s*(\d{1,3})\s?/\s?(\d{1,3})\s*\)")


def _as_bases(stretch: Stretch, move: Move, indices: list[int]) -> list[Level]:
    stated = stretch.quantum(move.token)
    found = [Level(i, stretch.quantum(i)) for i in indices]
    return [
        level
        for level in found
        if (akin(level.quantum, stated) or stated.is_percent)
        and not is_bare_year(stretch, level.quantum)
        and not (stated.unit == "%" and _are_points(stretch, move, level.quantum))
    ]


def _are_points(stretch: Stretch, move: Move, base: Quantum) -> bool:
    """Whether a base is told in points of something else; a score may well have risen by per cent."""
    if base.unit == "điểm":
        return all(stretch.quantum(i).unit != "điểm" for i in before(stretch, move.token, bracketed=True))
    return base.unit in _POINTS


def base_ahead(stretch: Stretch, move: Move, moves: Moves) -> Iterator[Candidate]:
    """ "So với đầu năm (753 hộ) giảm 190 hộ", "NQ 93%, còn thấp hơn 1,7%": the base right before the change."""
    index = next(before(stretch, move.token, bracketed=True), -1)
    if index < 0 or index in moves or stretch.kinds[index] == FRACTION:
        return
    base, stated = stretch.quantum(index), stretch.quantum(move.token)
    if not _points_ahead(stretch, move, index) or not (stated.is_percent or akin(base, stated)):
        return
    strength = Strength.LIKELY if is_plain(base) else Strength.POSSIBLE
    for level in levels(stretch, move, moves, base, index):
        yield Candidate(stretch.figure(base), stretch.figure(level.quantum), strength, "base before it")
        strength = Strength.POSSIBLE


def _points_ahead(stretch: Stretch, move: Move, index: int) -> bool:
    """Whether nothing but the cue of the change stands behind a base that is compared with."""
    opening = stretch.parent[index]
    if opening > 0 and opening != stretch.parent[move.token]:
        compared = set(lead(stretch, opening))
        follows = not stretch.kinds[stretch.close[opening] + 1 : move.token].strip("gh")
        return follows and ("y" in compared or ("s" in compared and "k" not in compared))
    return stretch.kinds[index - 1 : index] == "k" and stretch.kinds[index + 1 : move.token] in (",h", ",g", "h", "g")


def is_over_plan(stretch: Stretch, move: Move) -> bool:
    """Whether a change is said against a plan: "vượt 8,2% kế hoạch"."""
    return names_plan(stretch, move) or (
        "vượt" in lead_words(stretch, move.token) and not names_earlier_time(stretch, move)
    )


def names_plan(stretch: Stretch, move: Move) -> bool:
    """Whether the words behind a change name a plan: "tăng 0,3% so với kế hoạch"."""
    return _against(stretch, move) == "k"


def names_earlier_time(stretch: Stretch, move: Move) -> bool:
    return _against(stretch, move) in ("y", "Y")


def _against(stretch: Stretch, move: Move) -> str:
    """The cue of a plan, of an earlier time or of a year behind a change, whichever comes first, or ""."""
    for letter in stretch.kinds[move.token + 1 : move.token + 1 + _BEHIND]:
        if letter in "QF(;.…,)":
            return ""
        if letter in "kyY":
            return letter
    return ""


def from_to(stretch: Stretch, move: Move, moves: Moves) -> Iterator[Candidate]:
    """ "từ A xuống còn B, giảm C" and "đầu năm A, cuối năm B, giảm C"; a change against a plan points to neither."""
    planned = names_plan(stretch, move)
    for candidate in _from_to(stretch, move, moves):
        yield candidate._replace(strength=Strength.POSSIBLE) if planned else candidate


def _from_to(stretch: Stretch, move: Move, moves: Moves) -> Iterator[Candidate]:
    yield from _from_to_behind(stretch, move, moves)
    stated = stretch.quantum(move.token)
    for like_percent in (True, False) if stated.is_percent else (False,):
        found = [
            index
            for index in before(stretch, move.token, bracketed=True)
            if index not in moves and stretch.kinds[index] == QUANTITY
            and stretch.quantum(index).is_percent == like_percent
            and (stated.is_percent or akin(stretch.quantum(index), stated))
        ][:4]  # fmt: skip
        if len(found) < 2 or not akin(stretch.quantum(found[0]), stretch.quantum(found[1])):
            continue
        nearer, farther = found[0], found[1]
        if stretch.parent[nearer] > farther and _is_earlier(stretch, nearer):
            yield between(stretch, nearer, farther, Strength.LIKELY)
        yield between(stretch, farther, nearer, _from_to_strength(stretch, farther, nearer))
        for first, second in zip(found[2:], found[1:], strict=False):
            if akin(stretch.quantum(first), stretch.quantum(second)):
                yield between(stretch, first, second, Strength.POSSIBLE)


def _from_to_behind(stretch: Stretch, move: Move, moves: Moves) -> Iterator[Candidate]:
    """ "giảm 02 đơn vị, từ 159 còn 157 đơn vị"."""
    stated = stretch.quantum(move.token)
    behind = [index for index, _ in zip(after(stretch, move.token), range(2), strict=False)]
    if len(behind) < 2 or stretch.clause[behind[1]] != stretch.clause[move.token]:
        return
    if behind[0] not in moves and lead(stretch, behind[0]) == "f":
        first, second = (stretch.quantum(index) for index in behind)
        reached = bool(set("ud") & set(lead(stretch, behind[1])))
        if reached and akin(first, second) and (stated.is_percent or akin(second, stated)):
            yield between(stretch, behind[0], behind[1], Strength.CERTAIN)


def _from_to_strength(stretch: Stretch, first: int, second: int) -> Strength:
    came, went = lead(stretch, first), lead(stretch, second)
    if "f" in came and (set("ud") & set(went) or is_upwards(stretch, second - 1)):
        return Strength.CERTAIN
    reached = "d" in went
    if not _is_earlier(stretch, first):
        return Strength.POSSIBLE
    return Strength.CERTAIN if reached else Strength.POSSIBLE


def _is_earlier(stretch: Stretch, index: int) -> bool:
    return "y" in lead(stretch, index) or bool(_EARLIER.search(lead_words(stretch, index)))
