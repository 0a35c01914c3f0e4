"""Figures near a change: its amount beside its rate, pairs, the plan, last year in the sentence before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from baocao.grammar.changes_printed import bases_of, is_over_plan, printed_base
from baocao.grammar.lexing import FRACTION, QUANTITY, Quantum
from baocao.grammar.moves import Candidate, Move, Moves, between, is_compared, levels
from baocao.grammar.neighbours import after, akin, before, cues_before, is_plain
from baocao.grammar.numbers import write_number
from baocao.grammar.paper import Paper, plan_role
from baocao.grammar.stretch import Stretch, quantity_of
from baocao.grammar.vocabulary import kind_of
from baocao.model import Direction, Figure, Strength
from baocao.model.quantity import HUNDRED

_CLOSE = 5  # points within which a rate is meant for the pair before it
_MANY = 24  # changes that are looked at to learn how a text tells them


def of_sibling(stretch: Stretch, move: Move, moves: Moves) -> Iterator[Candidate]:
    """ "A vụ, giảm 12 vụ (-25%)": the figure before is A with the amount taken back."""
    stated = stretch.quantum(move.token)
    sibling = sibling_of(stretch, move, moves)
    if not stated.is_percent or sibling is None:
        return
    amount = stretch.quantum(sibling.token)
    first = min(move.token, sibling.token)
    strength = Strength.CERTAIN if is_plain(amount) else Strength.POSSIBLE
    for level in levels(stretch, moves[first], moves, amount):
        if level.quantum.amount > 0 and stretch.sentence[level.token] == stretch.sentence[move.token]:
            base = _taken_back(stretch, level.quantum, amount, sibling.direction)
            if base is not None:
                yield Candidate(base, stretch.figure(level.quantum), strength, "amount and rate", True)
            strength = Strength.POSSIBLE


def of_rate(stretch: Stretch, move: Move, moves: Moves) -> Iterator[Candidate]:
    """ "A vụ, giảm 12 vụ, tương ứng giảm 25% so với cùng kỳ (48 vụ)": the base behind the rate is the amount's too."""
    stated = stretch.quantum(move.token)
    rate = moves.get(next(after(stretch, move.token), -1))
    if rate is None or stated.is_percent or sibling_of(stretch, rate, moves) != move:
        return
    if all(akin(base.quantum, stated) for base in bases_of(stretch, rate, moves)):
        yield from printed_base(stretch, rate, moves)


def sibling_of(stretch: Stretch, move: Move, moves: Moves) -> Move | None:
    """The amount that stands right beside a rate, only marks and cue words between them."""
    nearest = (next(look(stretch, move.token, bracketed=True), -1) for look in (before, after))
    for index in nearest:
        other = moves.get(index)
        if other is None or stretch.quantum(index).is_percent or other.direction is not move.direction:
            continue
        low, high = sorted((index, move.token))
        between = stretch.text[stretch.tokens[low].end : stretch.tokens[high].start]
        if "(" in between or "=" in between or "tương ứng" in between:
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


def pairs_before(stretch: Stretch, move: Move, moves: Moves) -> Iterator[Candidate]:
    """ "64/80 vụ, giảm 16 vụ", "64/50 triệu đồng, vượt 28% kế hoạch": a pair of two times, or of result and plan."""
    stated = stretch.quantum(move.token)
    signed = _signed_pair(stretch, move)
    if signed is not None:
        yield from signed
        return
    sure = is_over_plan(stretch, move) or _follows_pairs(stretch, moves)
    for place, index in enumerate(before(stretch, move.token, bracketed=True)):
        quantum = stretch.quantum(index)
        if quantum.of is None or not (stated.is_percent or akin(quantum, stated)):
            continue
        strength = Strength.LIKELY if sure and place == 0 else Strength.POSSIBLE
        yield Candidate(stretch.figure(quantum.of), stretch.figure(quantum), strength, "pair")


def _signed_pair(stretch: Stretch, move: Move) -> tuple[Candidate, Candidate] | None:
    """ "226/260 vụ (-13,08%)": the pair right before a signed rate is this year's figure and last year's.

    Only events are sure to be told so: "14/20 xã (+5%)" is a part and its whole, and the rate is of something else.
    """
    stated, place = stretch.quantum(move.token), move.token - 2
    while place > 0 and stretch.kinds[place] in "e(,":
        place -= 1
    if not move.signed or not stated.is_percent or stretch.kinds[place] != FRACTION:
        return None
    now = stretch.quantum(place)
    if now.of is None or now.is_percent or now.of.amount <= 0:
        return None
    before, level = stretch.figure(now.of), stretch.figure(now)
    rise = (now.amount - now.of.amount) * (1 if move.direction is Direction.UP else -1)
    strength = Strength.POSSIBLE
    if kind_of(now.of.unit) == "cases" and not is_compared(stretch, move):
        strength = Strength.CERTAIN
    elif rise > 0 and abs(HUNDRED * rise / now.of.amount - stated.value) <= _CLOSE:
        strength = Strength.LIKELY
    return Candidate(level, before, Strength.POSSIBLE, "pair"), Candidate(before, level, strength, "pair")


def _follows_pairs(stretch: Stretch, moves: Moves) -> bool:
    """Whether other changes of the text are those of the pairs right before them: "64/80, giảm 16"."""
    followed = 0
    for move in islice(moves.values(), _MANY):
        stated, index = stretch.quantum(move.token), next(before(stretch, move.token, bracketed=True), -1)
        pair = stretch.quantum(index) if index >= 0 else None
        if pair is None or pair.of is None or stated.is_percent:
            continue
        rise = pair.value - pair.of.value
        followed += stated.value == (rise if move.direction is Direction.UP else -rise)
    return followed >= 2


def over_plan(stretch: Stretch, move: Move, moves: Moves) -> Iterator[Candidate]:
    """ "Kế hoạch 450 ha, thực hiện 462,8 ha, vượt 8,2% kế hoạch"."""
    if not is_over_plan(stretch, move):
        return
    plans: list[int] = []
    results: list[int] = []
    for index in before(stretch, move.token):
        if index in moves or stretch.kinds[index] == FRACTION:
            continue
        (plans if plan_role(stretch, index) is not None else results).append(index)
    if len(plans) == 1 and results:
        plan, result = stretch.quantum(plans[0]), stretch.quantum(results[0])
        if akin(plan, result):
            strength = Strength.LIKELY if is_plain(plan) and is_plain(result) else Strength.POSSIBLE
            yield Candidate(stretch.figure(plan), stretch.figure(result), strength, "the plan in the sentence")


def last_year(stretch: Stretch, move: Move, moves: Moves) -> Iterator[Candidate]:
    """ "giải ngân A ...; cùng kỳ năm trước giải ngân B. So với cùng kỳ tăng C": the two nearest of a kind."""
    stated = stretch.quantum(move.token)
    compared = bool(set("sy") & set(cues_before(stretch, move.token)))
    is_points = stated.unit.startswith("điểm")
    found = [
        index
        for index in before(stretch, move.token, sentences=1)
        if index not in moves and stretch.kinds[index] == QUANTITY and stretch.quantum(index).is_percent == is_points
        and (stated.is_percent or akin(stretch.quantum(index), stated))
    ][:2]  # fmt: skip
    if len(found) < 2 or not akin(stretch.quantum(found[0]), stretch.quantum(found[1])):
        return
    nearer, farther = found
    told = cues_before(stretch, nearer, clause=True)
    sure = (
        compared
        and "y" in told
        and "y" not in cues_before(stretch, farther, clause=True)
        and not set("sgh") & set(told)
    )
    yield between(stretch, nearer, farther, Strength.LIKELY if sure else Strength.POSSIBLE)


def near_by(stretch: Stretch, move: Move, moves: Moves) -> Iterator[Candidate]:
    """Any two figures of the sentence and the one before it: only their agreement tells."""
    stated = stretch.quantum(move.token)
    near = [i for i in before(stretch, move.token, sentences=1, bracketed=True) if i not in moves]
    near = [i for i in near if not (stretch.quantum(i).is_percent and stretch.kinds[i + 1] == "k")][:8]
    if stated.number.decimals == 0 and (stated.is_percent or stated.value < 10):
        return
    for place, nearer in enumerate(near):
        for farther in near[place + 1 :]:
            first, second = stretch.quantum(farther), stretch.quantum(nearer)
            if first.dimension != second.dimension or not (stated.is_percent or akin(first, stated)):
                continue
            yield between(stretch, farther, nearer, Strength.POSSIBLE, "near by")
            yield between(stretch, nearer, farther, Strength.POSSIBLE, "near by")


def elsewhere(paper: Paper, stretch: Stretch, move: Move, moves: Moves) -> Iterator[Candidate]:
    """The figure before stands somewhere in the document, found by its exact amount."""
    stated = stretch.quantum(move.token)
    for tried, level in enumerate(levels(stretch, move, moves, stated)):
        if tried == 2:
            return
        now = level.quantum
        amount = now.amount - stated.amount if move.direction is Direction.UP else now.amount + stated.amount
        if amount <= 0 or len(amount.normalize().as_tuple().digits) < 2:
            continue
        for place, index in paper.amounts.get((now.dimension, amount), ())[:3]:
            if place is not stretch or index not in (move.token, level.token):
                yield Candidate(
                    place.figure(place.quantum(index)), stretch.figure(now), Strength.POSSIBLE, "found elsewhere"
                )
