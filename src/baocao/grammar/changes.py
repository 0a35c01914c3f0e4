"""Changes: a rise or a fall, absolute or in per cent, with the figures of both times.

The figure before is looked for where the wording points (brackets, "so với ... là", "từ ... lên",
a pair A/B), then near by, then anywhere by exact agreement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from baocao.grammar.changes_apart import Owners, Times, before_mark, in_note, in_order
from baocao.grammar.lexing import FRACTION, NAME, QUANTITY, Quantum
from baocao.grammar.neighbours import (
    after,
    akin,
    before,
    extent,
    is_bare_year,
    is_percentage,
    is_plain,
    lead,
    lead_words,
    lent,
)
from baocao.grammar.numbers import read_number, write_number
from baocao.grammar.paper import Paper, plan_role
from baocao.grammar.stretch import Stretch, quantity_of
from baocao.model import Agreement, Change, Direction, Figure, Strength

_GOOD = (Agreement.EXACT, Agreement.TRUNCATED, Agreement.WITHIN_ROUNDING)
_EARLIER = re.compile(r"đầu (?:năm|kỳ|nhiệm kỳ)|trước|cũ\b|năm 20\d\d|cùng kỳ")


class Move(NamedTuple):
    """A figure that a text says something rose or fell by. ``signed`` has its sign printed: "(-9,8%)"."""

    index: int
    direction: Direction
    signed: bool


class Level(NamedTuple):
    """A figure before or after a change, with the token that it stands at."""

    index: int
    quantum: Quantum


class Candidate(NamedTuple):
    """Two figures that a change may lie between, and how surely the wording points to them."""

    before: Figure
    after: Figure
    strength: Strength
    basis: str
    relative: bool | None = None


def changes(paper: Paper, stretch: Stretch, marked: Owners) -> list[Change]:
    """The changes of one stretch, one claim for each figure of a rise or a fall."""
    claims: list[Change] = []
    pairs: list[tuple[Figure, Figure]] = []  # both times of the changes already understood
    moves = {move.index: move for move in _moves(stretch)}
    for move in moves.values():
        claim = _change(paper, stretch, move, moves, _apart(paper, stretch, move, moves, pairs, marked))
        claims.append(claim)
        if claim.before is not None and claim.after is not None and not claim.relative:
            pairs.append((claim.before, claim.after))
    return claims


def _moves(stretch: Stretch) -> Iterator[Move]:
    last: Move | None = None
    for index in stretch.places:
        if stretch.kinds[index] != QUANTITY or stretch.quantum(index).upper is not None:
            continue
        move = move_at(stretch, index) or _rate_of(stretch, index, last)
        if move is not None and stretch.quantum(index).unit not in _NOT_AMOUNTS:
            last = move
            yield move


_NOT_AMOUNTS = frozenset({"lần", "bậc", "hạng", "tháng", "ngày", "tuổi"})


def _rate_of(stretch: Stretch, index: int, last: Move | None) -> Move | None:
    """ "tăng 12 vụ (25%)", "tăng 37 triệu đồng, tương ứng 25,5%": the rate goes the way of its amount."""
    if last is None or not stretch.quantum(index).is_percent or stretch.quantum(last.index).is_percent:
        return None
    between = stretch.kinds[last.index + 1 : index].replace("/N", "")
    if between == "(" or (between.endswith("e") and between[:-1] in ("", ",", "(") and _is_through(stretch, index - 1)):
        return Move(index, last.direction, True)
    return None


def move_at(stretch: Stretch, index: int) -> Move | None:
    """The rise or fall that a figure is said to be, or None for a level."""
    sign = stretch.kinds[index - 1] if index else ""
    if sign in ("+", "-", "–") and index > 1 and stretch.kinds[index - 2] == "(":
        return Move(index, Direction.UP if sign == "+" else Direction.DOWN, True)
    position = index - 1
    while position >= 0 and stretch.kinds[position] not in "QF;.():…,":
        letter = stretch.kinds[position]
        if letter in "gh":
            if _is_towards(stretch, position):
                return None
            return Move(index, Direction.UP if letter == "g" else Direction.DOWN, False)
        if letter in "cTudfrt" or (letter == "e" and not _is_through(stretch, position)):
            return None
        position -= 1
    return None


def _is_through(stretch: Stretch, position: int) -> bool:
    """ "tăng tương ứng 5%": a word between the cue and its figure that changes nothing."""
    return _word(stretch, position) in ("tương ứng", "tương đương")


def _word(stretch: Stretch, position: int) -> str:
    token = stretch.tokens[position]
    return stretch.text[token.start : token.end].lower()


def _is_towards(stretch: Stretch, position: int) -> bool:
    """ "từ 38 triệu đồng tăng lên 45,6 triệu đồng": a level that was reached, no amount."""
    if not _word(stretch, position).endswith(" lên"):
        return False
    earlier = next(before(stretch, position), -1)
    return earlier >= 0 and "f" in lead(stretch, earlier) and "," not in stretch.kinds[earlier:position]


def _change(paper: Paper, stretch: Stretch, move: Move, moves: dict[int, Move], apart: Iterator[Candidate]) -> Change:
    """The claim of one move: the first candidate that agrees, else the one that the wording points to."""
    pointed: Change | None = None
    for candidate in chain(_candidates(stretch, move, moves), apart, _loose(paper, stretch, move, moves)):
        if pointed is not None and _is_settled(pointed, candidate, stretch.quantum(move.index)):
            return pointed
        claim = make(stretch, move, candidate)
        if claim.agreement in _GOOD:
            return claim
        if pointed is None and candidate.strength is not Strength.POSSIBLE:
            pointed = claim
    return pointed or _undecided(stretch, move, moves)


def _is_settled(pointed: Change, candidate: Candidate, stated: Quantum) -> bool:
    """Whether the wording points so surely that another agreement would be an accident."""
    if _is_same_base(pointed, candidate):
        return False
    loose = candidate.basis in ("found elsewhere", "near by")
    few = len(stated.value.normalize().as_tuple().digits) < 3
    return pointed.strength is Strength.CERTAIN or (loose and few)


def _apart(
    paper: Paper, stretch: Stretch, move: Move, moves: dict[int, Move], pairs: list[Times], marked: Owners
) -> Iterator[Candidate]:
    """Figures of a change that stand in a note, before its mark, or in a row of changes told before."""
    stated = stretch.quantum(move.index)
    if not stated.is_percent:
        noted = in_note(paper, stretch, move.index, list(moves))
        if noted is not None:
            yield Candidate(*noted, Strength.LIKELY, "last year in the note")
    elif stated.number.decimals and pairs:
        rates = [i for i in moves if stretch.quantum(i).is_percent and _sibling(stretch, moves[i], moves) is None]
        told = in_order(stretch, move.index, rates, pairs)
        if told is not None:
            yield Candidate(*told, Strength.LIKELY, "told before")
        yield from (Candidate(*pair, Strength.POSSIBLE, "told before") for pair in pairs[-6:])
    bases = _bases(stretch, move, moves)
    if len(bases) == 1 and bases[0].quantum.of is None and not any(_levels(stretch, move, moves, bases[0].quantum)):
        level = before_mark(stretch, marked, bases[0].index)
        if level is not None:
            yield Candidate(stretch.figure(bases[0].quantum), level, Strength.LIKELY, "before the note's mark")


def _is_same_base(pointed: Change, candidate: Candidate) -> bool:
    """Whether a candidate only takes another figure for the one that was compared with the same base."""
    return candidate.basis == pointed.basis or (candidate.basis == "another noun" and pointed.basis == "base beside it")


def make(stretch: Stretch, move: Move, candidate: Candidate) -> Change:
    """The claim that a move lies between two figures; of two percentages it may be points or per cent."""
    stated = stretch.quantum(move.index)
    figure = stretch.figure(stated)
    old, new = lent(candidate.before, figure), lent(candidate.after, figure)
    relative = candidate.relative
    if relative is None:
        relative = stated.is_percent and not is_percentage(old)
    at, also = extent(stretch, stated, (old, new))
    strength = candidate.strength if is_plain(stated) else Strength.POSSIBLE
    return Change(at, figure, strength, candidate.basis, also, old, new, move.direction, relative)


def _candidates(stretch: Stretch, move: Move, moves: dict[int, Move]) -> Iterator[Candidate]:
    yield from _printed_base(stretch, move, moves)
    yield from _base_ahead(stretch, move, moves)
    yield from _from_to(stretch, move, moves)
    yield from _of_sibling(stretch, move, moves)
    yield from _pairs(stretch, move, moves)
    yield from _plan(stretch, move, moves)
    yield from _last_year(stretch, move, moves)


def _loose(paper: Paper, stretch: Stretch, move: Move, moves: dict[int, Move]) -> Iterator[Candidate]:
    yield from _near(stretch, move, moves)
    yield from _elsewhere(paper, stretch, move, moves)


# the base printed behind the change


def _printed_base(stretch: Stretch, move: Move, moves: dict[int, Move]) -> Iterator[Candidate]:
    bases = _bases(stretch, move, moves)
    if len(bases) == 2 and akin(bases[0].quantum, bases[1].quantum):
        yield Candidate(
            stretch.figure(bases[1].quantum), stretch.figure(bases[0].quantum), Strength.CERTAIN, "both in brackets"
        )
    if len(bases) != 1:
        return
    base = bases[0].quantum
    sure = Strength.CERTAIN if is_plain(base) and _is_of_a_time(stretch, move, bases[0].index) else Strength.POSSIBLE
    if base.of is not None:
        yield Candidate(stretch.figure(base.of), stretch.figure(base), sure, "pair in brackets")
        return
    strength = sure
    for level in _levels(stretch, move, moves, base, bases[0].index):
        yield Candidate(stretch.figure(base), stretch.figure(level.quantum), strength, "base beside it")
        strength = Strength.POSSIBLE
    yield from _made(stretch, move, base, bases[0].index)


def _is_of_a_time(stretch: Stretch, move: Move, index: int) -> bool:
    """Whether the words before a base say nothing but another time or a plan: "(cùng kỳ năm 2020 là ..."."""
    start = stretch.tokens[index].start
    opening = stretch.parent[index]
    if opening < 0 or stretch.kinds[index - 1] == "(" or opening == stretch.parent[move.index]:
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
    stated = stretch.quantum(move.index)
    up = move.direction is Direction.UP
    amount = base.amount + stated.amount if up else base.amount - stated.amount
    if stated.is_percent or base.is_percent or amount < 10:
        return
    for index in before(stretch, move.index, sentences=1, bracketed=True):
        quantum = stretch.quantum(index)
        if index != at and quantum.amount == amount and not quantum.is_percent:
            yield Candidate(stretch.figure(base), stretch.figure(quantum), Strength.POSSIBLE, "another noun")


def _bases(stretch: Stretch, move: Move, moves: dict[int, Move]) -> list[Level]:
    """The figures in the bracket behind a change, or the one behind "so với ... là"."""
    kinds = stretch.kinds
    position, compared = move.index + 1, False
    while position < len(kinds) and (kinds[position] not in "QF(;.…,)vcghTd" or _is_passed(stretch, position, moves)):
        if kinds[position] == "e" and _word(stretch, position) not in ("là", "=", "với"):
            return []
        compared = compared or kinds[position] in "sy"
        position = stretch.close.get(position, position) + 1
    if position >= len(kinds):
        return []
    if kinds[position] == "(":
        pair = _day_like(stretch, move, position)
        if pair is not None:
            return [pair]
        inner = list(stretch.figures_between(position + 1, stretch.close.get(position, position), position))
        return _as_bases(stretch, move, [i for i in inner if i not in moves])
    if kinds[position] in (QUANTITY, FRACTION) and position not in moves and (compared or _is_compared(stretch, move)):
        return _as_bases(stretch, move, [position])
    return []


def _day_like(stretch: Stretch, move: Move, opening: int) -> Level | None:
    """ "tăng 05 vụ (17/12)": a pair that would be a day anywhere else."""
    match = _DAY.match(stretch.text, stretch.tokens[opening].start)
    stated = stretch.quantum(move.index)
    if match is None or stretch.kinds[opening + 1] != NAME or stated.number.decimals:
        return None
    pair, other = (Quantum(read_number(match[i]), match.start(i), match.end(i)) for i in (1, 2))
    pair.of, pair.index = other, opening + 1
    if not stated.is_percent:
        pair.measure = other.measure = stated.measure
    return Level(opening + 1, pair)


_DAY = re.compile(r"\(\s*(\d{1,3})\s?/\s?(\d{1,3})\s*\)")


def _is_passed(stretch: Stretch, position: int, moves: dict[int, Move]) -> bool:
    """The length of a period ("6 tháng"), and a bracket that only says the change once more."""
    if stretch.kinds[position] == QUANTITY:
        return stretch.quantum(position).unit in ("tháng", "quý", "ngày")
    if stretch.kinds[position] != "(":
        return False
    inner = list(stretch.figures_between(position + 1, stretch.close[position]))
    return bool(inner) and all(index in moves for index in inner)


def _is_compared(stretch: Stretch, move: Move) -> bool:
    return bool(set("sy") & set(lead(stretch, move.index)))


def _as_bases(stretch: Stretch, move: Move, indices: list[int]) -> list[Level]:
    stated = stretch.quantum(move.index)
    found = [Level(i, stretch.quantum(i)) for i in indices]
    return [
        level
        for level in found
        if (akin(level.quantum, stated) or stated.is_percent)
        and not is_bare_year(stretch, level.quantum)
        and not (level.quantum.unit.startswith("điểm") and stated.unit == "%")
    ]


def _levels(stretch: Stretch, move: Move, moves: dict[int, Move], like: Quantum, base: int = -1) -> Iterator[Level]:
    """The figures that a change may be said of: levels before it of the base's kind, nearest first."""
    for index in before(stretch, move.index, sentences=2):
        quantum = stretch.quantum(index)
        if index not in moves and index != base and akin(quantum, like) and not is_bare_year(stretch, quantum):
            yield Level(index, quantum)


def _base_ahead(stretch: Stretch, move: Move, moves: dict[int, Move]) -> Iterator[Candidate]:
    """ "So với đầu năm (753 hộ) giảm 190 hộ", "NQ 93%, còn thấp hơn 1,7%": the base right before the change."""
    index = next(before(stretch, move.index, bracketed=True), -1)
    if index < 0 or index in moves or stretch.kinds[index] == FRACTION:
        return
    base, stated = stretch.quantum(index), stretch.quantum(move.index)
    if not _points_ahead(stretch, move, index) or not (stated.is_percent or akin(base, stated)):
        return
    strength = Strength.LIKELY if is_plain(base) else Strength.POSSIBLE
    for level in _levels(stretch, move, moves, base, index):
        yield Candidate(stretch.figure(base), stretch.figure(level.quantum), strength, "base before it")
        strength = Strength.POSSIBLE


def _points_ahead(stretch: Stretch, move: Move, index: int) -> bool:
    """Whether nothing but the cue of the change stands behind a base that is compared with."""
    opening = stretch.parent[index]
    if opening > 0 and opening != stretch.parent[move.index]:
        compared = set(lead(stretch, opening))
        follows = not stretch.kinds[stretch.close[opening] + 1 : move.index].strip("gh")
        return follows and ("y" in compared or ("s" in compared and "k" not in compared))
    return stretch.kinds[index - 1 : index] == "k" and stretch.kinds[index + 1 : move.index] in (",h", ",g", "h", "g")


# both figures before the change


def _from_to(stretch: Stretch, move: Move, moves: dict[int, Move]) -> Iterator[Candidate]:
    """ "từ A xuống còn B, giảm C" and "đầu năm A, cuối năm B, giảm C"."""
    yield from _from_to_behind(stretch, move, moves)
    stated = stretch.quantum(move.index)
    for like_percent in (True, False) if stated.is_percent else (False,):
        found = [
            index
            for index in before(stretch, move.index, bracketed=True)
            if index not in moves and stretch.kinds[index] == QUANTITY
            and stretch.quantum(index).is_percent == like_percent
            and (stated.is_percent or akin(stretch.quantum(index), stated))
        ][:4]  # fmt: skip
        if len(found) < 2 or not akin(stretch.quantum(found[0]), stretch.quantum(found[1])):
            continue
        nearer, farther = found[0], found[1]
        if stretch.parent[nearer] > farther and _is_earlier(stretch, nearer):
            yield _between(stretch, nearer, farther, Strength.LIKELY)
        yield _between(stretch, farther, nearer, _from_to_strength(stretch, farther, nearer))
        for first, second in zip(found[2:], found[1:], strict=False):
            if akin(stretch.quantum(first), stretch.quantum(second)):
                yield _between(stretch, first, second, Strength.POSSIBLE)


def _from_to_behind(stretch: Stretch, move: Move, moves: dict[int, Move]) -> Iterator[Candidate]:
    """ "giảm 02 đơn vị, từ 159 còn 157 đơn vị"."""
    stated = stretch.quantum(move.index)
    behind = [index for index, _ in zip(after(stretch, move.index), range(2), strict=False)]
    if len(behind) == 2 and behind[0] not in moves and lead(stretch, behind[0]) == "f":
        first, second = (stretch.quantum(index) for index in behind)
        reached = bool(set("ud") & set(lead(stretch, behind[1])))
        if reached and akin(first, second) and (stated.is_percent or akin(second, stated)):
            yield _between(stretch, *behind, Strength.CERTAIN)


def _between(
    stretch: Stretch, first: int, second: int, strength: Strength, basis: str = "from one to the other"
) -> Candidate:
    figures = stretch.figure(stretch.quantum(first)), stretch.figure(stretch.quantum(second))
    return Candidate(*figures, strength, basis)


def _from_to_strength(stretch: Stretch, first: int, second: int) -> Strength:
    came, went = lead(stretch, first), lead(stretch, second)
    if "f" in came and set("ud") & set(went):
        return Strength.CERTAIN
    reached = "d" in went
    if not _is_earlier(stretch, first):
        return Strength.POSSIBLE
    return Strength.CERTAIN if reached else Strength.POSSIBLE


def _is_earlier(stretch: Stretch, index: int) -> bool:
    return "y" in lead(stretch, index) or bool(_EARLIER.search(lead_words(stretch, index)))


# a rate beside an amount, pairs, plans


def _of_sibling(stretch: Stretch, move: Move, moves: dict[int, Move]) -> Iterator[Candidate]:
    """ "A vụ, giảm 12 vụ (-25%)": the figure before is A with the amount taken back."""
    stated = stretch.quantum(move.index)
    sibling = _sibling(stretch, move, moves)
    if not stated.is_percent or sibling is None:
        return
    amount = stretch.quantum(sibling.index)
    first = min(move.index, sibling.index)
    strength = Strength.CERTAIN if is_plain(amount) else Strength.POSSIBLE
    for level in _levels(stretch, moves[first], moves, amount):
        if level.quantum.amount > 0 and stretch.sentence[level.index] == stretch.sentence[move.index]:
            base = _taken_back(stretch, level.quantum, amount, sibling.direction)
            if base is not None:
                yield Candidate(base, stretch.figure(level.quantum), strength, "amount and rate", True)
            strength = Strength.POSSIBLE


def _sibling(stretch: Stretch, move: Move, moves: dict[int, Move]) -> Move | None:
    """The amount that stands right beside a rate, only marks and cue words between them."""
    nearest = (next(look(stretch, move.index, bracketed=True), -1) for look in (before, after))
    for index in nearest:
        other = moves.get(index)
        if other is None or stretch.quantum(index).is_percent or other.direction is not move.direction:
            continue
        low, high = sorted((index, move.index))
        between = stretch.text[stretch.tokens[low].end : stretch.tokens[high].start]
        if "(" in between or "tương ứng" in between:
            return other
    return None


def _taken_back(stretch: Stretch, level: Quantum, amount: Quantum, direction: Direction) -> Figure | None:
    """The figure before, computed: the level less the rise, or with the fall."""
    now, change = quantity_of(level), quantity_of(amount)
    value = now.amount - change.amount if direction is Direction.UP else now.amount + change.amount
    value = value.scaleb(-now.scale)
    if value <= 0:
        return None
    decimals = max(0, -int(value.normalize().as_tuple().exponent), now.decimals)
    figure = stretch.figure(level)
    quantity = replace(figure.quantity, value=value, decimals=decimals)
    return Figure(quantity, figure.span, write_number(value, decimals))


def _pairs(stretch: Stretch, move: Move, moves: dict[int, Move]) -> Iterator[Candidate]:
    """ "64/80 vụ, giảm 16 vụ", "64/50 triệu đồng, vượt 28% kế hoạch": a pair of two times, or of result and plan."""
    stated = stretch.quantum(move.index)
    sure = _is_over_plan(stretch, move) or _follows_pairs(stretch, moves)
    for place, index in enumerate(before(stretch, move.index, bracketed=True)):
        quantum = stretch.quantum(index)
        if quantum.of is None or not (stated.is_percent or akin(quantum, stated)):
            continue
        strength = Strength.LIKELY if sure and place == 0 else Strength.POSSIBLE
        yield Candidate(stretch.figure(quantum.of), stretch.figure(quantum), strength, "pair")


def _follows_pairs(stretch: Stretch, moves: dict[int, Move]) -> bool:
    """Whether other changes of the text are those of the pairs right before them: "64/80, giảm 16"."""
    followed = 0
    for move in moves.values():
        stated, index = stretch.quantum(move.index), next(before(stretch, move.index, bracketed=True), -1)
        pair = stretch.quantum(index) if index >= 0 else None
        if pair is None or pair.of is None or stated.is_percent:
            continue
        rise = pair.value - pair.of.value
        followed += stated.value == (rise if move.direction is Direction.UP else -rise)
    return followed >= 2


def _is_over_plan(stretch: Stretch, move: Move) -> bool:
    """Whether a change is said against a plan: "vượt 8,2% kế hoạch"."""
    position = move.index + 1
    while position < len(stretch.kinds) and stretch.kinds[position] not in "QF(;.…,)":
        if stretch.kinds[position] in "yY":
            return False
        if stretch.kinds[position] == "k":
            return True
        position += 1
    return "vượt" in lead_words(stretch, move.index)


def _plan(stretch: Stretch, move: Move, moves: dict[int, Move]) -> Iterator[Candidate]:
    """ "Kế hoạch 450 ha, thực hiện 462,8 ha, vượt 8,2% kế hoạch"."""
    if not _is_over_plan(stretch, move):
        return
    plans, results = [], []
    for index in before(stretch, move.index):
        if index in moves or stretch.kinds[index] == FRACTION:
            continue
        (plans if plan_role(stretch, index) is not None else results).append(index)
    if len(plans) == 1 and results:
        plan, result = stretch.quantum(plans[0]), stretch.quantum(results[0])
        if akin(plan, result):
            strength = Strength.LIKELY if is_plain(plan) and is_plain(result) else Strength.POSSIBLE
            yield Candidate(stretch.figure(plan), stretch.figure(result), strength, "the plan in the sentence")


def _last_year(stretch: Stretch, move: Move, moves: dict[int, Move]) -> Iterator[Candidate]:
    """ "giải ngân A ...; cùng kỳ năm trước giải ngân B. So với cùng kỳ tăng C": the two nearest of a kind."""
    stated = stretch.quantum(move.index)
    low, _ = stretch.sentence_range(move.index)
    compared = bool(set("sy") & set(stretch.kinds[low : move.index]))
    is_points = stated.unit.startswith("điểm")
    found = [
        index
        for index in before(stretch, move.index, sentences=1)
        if index not in moves and stretch.kinds[index] == QUANTITY and stretch.quantum(index).is_percent == is_points
        and (stated.is_percent or akin(stretch.quantum(index), stated))
    ][:2]  # fmt: skip
    if len(found) < 2 or not akin(stretch.quantum(found[0]), stretch.quantum(found[1])):
        return
    nearer, farther = found
    told = _clause_cues(stretch, nearer)
    sure = compared and "y" in told and "y" not in _clause_cues(stretch, farther) and not set("sgh") & set(told)
    yield _between(stretch, nearer, farther, Strength.LIKELY if sure else Strength.POSSIBLE)


def _clause_cues(stretch: Stretch, index: int) -> str:
    """The cue letters of a figure's clause before it."""
    low = index
    while low > 0 and stretch.clause[low - 1] == stretch.clause[index] and stretch.kinds[low - 1] not in ";.":
        low -= 1
    return stretch.kinds[low:index]


def _near(stretch: Stretch, move: Move, moves: dict[int, Move]) -> Iterator[Candidate]:
    """Any two figures of the sentence and the one before it: only their agreement tells."""
    stated = stretch.quantum(move.index)
    near = [i for i in before(stretch, move.index, sentences=1, bracketed=True) if i not in moves][:8]
    if stated.number.decimals == 0 and (stated.is_percent or stated.value < 10):
        return
    for place, nearer in enumerate(near):
        for farther in near[place + 1 :]:
            first, second = stretch.quantum(farther), stretch.quantum(nearer)
            if first.dimension != second.dimension or not (stated.is_percent or akin(first, stated)):
                continue
            yield _between(stretch, farther, nearer, Strength.POSSIBLE, "near by")
            yield _between(stretch, nearer, farther, Strength.POSSIBLE, "near by")


def _elsewhere(paper: Paper, stretch: Stretch, move: Move, moves: dict[int, Move]) -> Iterator[Candidate]:
    """The figure before stands somewhere in the document, found by its exact amount."""
    stated = stretch.quantum(move.index)
    for tried, level in enumerate(_levels(stretch, move, moves, stated)):
        if tried == 2:
            return
        now = level.quantum
        amount = now.amount - stated.amount if move.direction is Direction.UP else now.amount + stated.amount
        if amount <= 0 or len(amount.normalize().as_tuple().digits) < 2:
            continue
        for place, index in paper.amounts.get((now.dimension, amount), ())[:3]:
            if place is not stretch or index not in (move.index, level.index):
                yield Candidate(
                    place.figure(place.quantum(index)), stretch.figure(now), Strength.POSSIBLE, "found elsewhere"
                )


def _undecided(stretch: Stretch, move: Move, moves: dict[int, Move]) -> Change:
    stated = stretch.quantum(move.index)
    bases = _bases(stretch, move, moves)
    base = stretch.figure(bases[0].quantum) if len(bases) == 1 and bases[0].quantum.of is None else None
    at, _ = extent(stretch, stated, (base,))
    figure = stretch.figure(stated)
    return Change(at, figure, Strength.POSSIBLE, "base not printed", (), base, None, move.direction, stated.is_percent)
