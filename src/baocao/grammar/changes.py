"""Changes: a rise or a fall, absolute or in per cent, with the figures of both times.

The figure before is looked for where the wording points (brackets, "so với ... là", "từ ... lên",
a pair A/B), then near by, then anywhere by exact agreement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from baocao.grammar.changes_apart import Owners, Times, before_mark, in_note, in_order
from baocao.grammar.changes_near import (
    elsewhere,
    last_year,
    near_by,
    of_rate,
    of_sibling,
    over_plan,
    pairs_before,
    sibling_of,
)
from baocao.grammar.changes_of_rates import earlier_rate
from baocao.grammar.changes_printed import base_ahead, bases_of, from_to, printed_base
from baocao.grammar.lexing import Quantum
from baocao.grammar.moves import Candidate, Move, Moves, levels, moves_of
from baocao.grammar.neighbours import extent, is_percentage, is_plain, lead_words, lent, row_of
from baocao.grammar.paper import Paper
from baocao.grammar.ranks import ranks
from baocao.grammar.stretch import Stretch
from baocao.model import Agreement, Change, Direction, Figure, Ratio, Strength
from baocao.model.quantity import HUNDRED

_TELLING = 3  # digits from which a level is no accident
_GOOD = (Agreement.EXACT, Agreement.TRUNCATED, Agreement.WITHIN_ROUNDING)


def changes(paper: Paper, stretch: Stretch, marked: Owners) -> list[Change]:
    """The changes of one stretch, one claim for each figure of a rise or a fall."""
    claims: list[Change] = []
    pairs: list[tuple[Figure, Figure]] = []  # both times of the changes already understood
    moves = {move.token: move for move in moves_of(stretch)}
    for move in moves.values():
        claim = _change(paper, stretch, move, moves, _apart(paper, stretch, move, moves, pairs, marked))
        claims.append(claim)
        if claim.before is not None and claim.after is not None and not claim.relative:
            pairs.append((claim.before, claim.after))
    return [*claims, *ranks(stretch)]


def _change(paper: Paper, stretch: Stretch, move: Move, moves: Moves, apart: Iterator[Candidate]) -> Change:
    """The claim of one move: the first candidate that agrees, else the one that the wording points to."""
    pointed: Change | None = None
    for candidate in chain(_candidates(stretch, move, moves), apart, _loose(paper, stretch, move, moves)):
        if pointed is not None and _is_settled(pointed, candidate, stretch.quantum(move.token)):
            return pointed
        if pointed is not None and _is_turned_round(pointed, candidate):
            continue
        claim = make(stretch, move, candidate)
        if claim.agreement in _GOOD and not _is_accident(claim):
            return claim
        if pointed is None and candidate.strength is not Strength.POSSIBLE:
            pointed = claim
    return pointed or _level_said(paper, stretch, move, moves) or _undecided(stretch, move, moves)


def _level_said(paper: Paper, stretch: Stretch, move: Move, moves: Moves) -> Change | None:
    """ "2.128 tấn, cùng kỳ 2.000 tấn ... tăng 106,4%": two figures whose level the change states to the digit."""
    stated = stretch.quantum(move.token)
    told = str(stated.value).replace(".", "").strip("0")
    is_level = stated.value > HUNDRED if move.direction is Direction.UP else stated.value < HUNDRED
    if not stated.is_percent or not is_level or len(told) < _TELLING or not is_plain(stated):
        return None
    for candidate in chain(_candidates(stretch, move, moves), near_by(stretch, move, moves)):
        level = Ratio(stretch.span(0, 0), stretch.figure(stated), part=candidate.after, whole=candidate.before)
        if level.agreement is Agreement.EXACT and not is_percentage(candidate.before):
            return make(stretch, move, candidate._replace(strength=Strength.LIKELY, relative=True))
    return None


def _is_accident(claim: Change) -> bool:
    """Whether two percentages near by come close to a change in points without making it: many do."""
    is_loose = claim.strength is Strength.POSSIBLE or claim.basis in ("near by", "base beside it")
    if not is_loose or claim.relative or claim.before is None:
        return False
    return is_percentage(claim.before) and claim.agreement is Agreement.WITHIN_ROUNDING


def _is_settled(pointed: Change, candidate: Candidate, stated: Quantum) -> bool:
    """Whether the wording points so surely that another agreement would be an accident."""
    if _is_same_base(pointed, candidate):
        return False
    loose = candidate.basis in ("found elsewhere", "near by")
    few = len(stated.value.normalize().as_tuple().digits) < 3
    return pointed.strength is Strength.CERTAIN or (loose and few)


def _is_turned_round(pointed: Change, candidate: Candidate) -> bool:
    """ "từ 534 lên 546, giảm 12": the wording says which of two figures came first, whichever would agree."""
    if pointed.strength is not Strength.CERTAIN or pointed.before is None or pointed.after is None:
        return False
    return (candidate.before.span, candidate.after.span) == (pointed.after.span, pointed.before.span)


def _is_same_base(pointed: Change, candidate: Candidate) -> bool:
    """Whether a candidate only takes another figure for the one that was compared with the same base."""
    return candidate.basis == pointed.basis or (candidate.basis == "another noun" and pointed.basis == "base beside it")


def _apart(
    paper: Paper, stretch: Stretch, move: Move, moves: Moves, pairs: list[Times], marked: Owners
) -> Iterator[Candidate]:
    """Figures of a change that stand in a note, before its mark, or in a row of changes told before."""
    stated = stretch.quantum(move.token)
    if not stated.is_percent:
        noted = in_note(paper, stretch, move.token, moves)
        if noted is not None:
            yield Candidate(*noted, Strength.LIKELY, "last year in the note")
    elif stated.number.decimals and pairs:
        rates = [i for i in row_of(stretch, move.token, moves) if _is_lone_rate(stretch, i, moves)]
        told = in_order(stretch, move.token, rates, pairs)
        if told is not None:
            yield Candidate(*told, Strength.LIKELY, "told before")
        elif _is_in_other_words(stretch, move) and _is_of_sentence(stretch, move, pairs[-1]):
            yield Candidate(*pairs[-1], Strength.LIKELY, "told before")
        yield from (Candidate(*pair, Strength.POSSIBLE, "told before") for pair in pairs[-6:])
    bases = bases_of(stretch, move, moves)
    if len(bases) == 1 and bases[0].quantum.of is None and not any(levels(stretch, move, moves, bases[0].quantum)):
        strength = Strength.LIKELY
        for level in before_mark(stretch, marked, bases[0].quantum):
            yield Candidate(stretch.figure(bases[0].quantum), level, strength, "before the note's mark")
            strength = Strength.POSSIBLE


def _is_in_other_words(stretch: Stretch, move: Move) -> bool:
    """ "giảm 118 hồ sơ so với cùng kỳ (982 hồ sơ), tương ứng giảm 12,0%"."""
    return bool(re.search(r"(?:tương ứng|tương đương)[^,;.()]*$", lead_words(stretch, move.token, 30)))


def _is_of_sentence(stretch: Stretch, move: Move, pair: Times) -> bool:
    """Whether both figures of a change told before stand in the sentence of a move."""
    low, _ = stretch.sentence_range(move.token)
    start, end = stretch.tokens[low].start, stretch.tokens[move.token].start
    spans = [figure.span for figure in pair]
    return all(span.block == stretch.block and start <= span.start < end for span in spans)


def _is_lone_rate(stretch: Stretch, index: int, moves: Moves) -> bool:
    """Whether a change is a rate without its amount beside it."""
    return stretch.quantum(index).is_percent and sibling_of(stretch, moves[index], moves) is None


def make(stretch: Stretch, move: Move, candidate: Candidate) -> Change:
    """The claim that a move lies between two figures; of two percentages it may be points or per cent."""
    stated = stretch.quantum(move.token)
    figure = stretch.figure(stated)
    old, new = lent(candidate.before, figure), lent(candidate.after, figure)
    relative = candidate.relative
    if relative is None:
        relative = stated.is_percent and not is_percentage(old)
    at, also = extent(stretch, stated, (old, new))
    strength = candidate.strength if is_plain(stated) else Strength.POSSIBLE
    return Change(at, figure, strength, candidate.basis, also, old, new, move.direction, relative)


def _candidates(stretch: Stretch, move: Move, moves: Moves) -> Iterator[Candidate]:
    yield from printed_base(stretch, move, moves)
    yield from base_ahead(stretch, move, moves)
    yield from from_to(stretch, move, moves)
    yield from of_sibling(stretch, move, moves)
    yield from of_rate(stretch, move, moves)
    yield from pairs_before(stretch, move, moves)
    yield from over_plan(stretch, move, moves)
    yield from last_year(stretch, move, moves)
    yield from earlier_rate(stretch, move, moves)


def _loose(paper: Paper, stretch: Stretch, move: Move, moves: Moves) -> Iterator[Candidate]:
    yield from near_by(stretch, move, moves)
    yield from elsewhere(paper, stretch, move, moves)


def _undecided(stretch: Stretch, move: Move, moves: Moves) -> Change:
    stated = stretch.quantum(move.token)
    bases = bases_of(stretch, move, moves)
    base = stretch.figure(bases[0].quantum) if len(bases) == 1 and bases[0].quantum.of is None else None
    at, _ = extent(stretch, stated, (base,))
    figure = stretch.figure(stated)
    relative = stated.is_percent and "điểm" not in stated.unit  # "tăng 2 điểm phần trăm" is an amount
    return Change(at, figure, Strength.POSSIBLE, "base not printed", (), base, None, move.direction, relative)
