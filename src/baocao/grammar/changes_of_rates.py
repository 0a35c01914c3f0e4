"""Changes of rates in points whose earlier rate stands in the sentence or the clause before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from baocao.grammar.lexing import QUANTITY
from baocao.grammar.moves import Candidate, Move, Moves
from baocao.grammar.naming import lead, names, trail
from baocao.grammar.neighbours import before, cues_before, is_plain
from baocao.grammar.stretch import Stretch
from baocao.model import Strength

_EARLIER = re.compile(r"đầu (?:năm|kỳ)|năm (?:học )?trước|năm ngoái|cùng kỳ")
_FILLERS = frozenset(
    "tỷ tỉ lệ này cuối kết quả rà soát còn nay đến năm học đầu trước kỳ cùng toàn nay thì chỉ xuống".split()
)


def earlier_rate(stretch: Stretch, move: Move, moves: Moves) -> Iterator[Candidate]:
    """ "Tỷ lệ hộ nghèo đầu năm là 31,46%. Đến nay còn 26,58%, giảm 4,88%": two rates of one thing, nothing between."""
    stated = stretch.quantum(move.token)
    if not stated.is_percent or not is_plain(stated):
        return
    found = [
        index
        for index in before(stretch, move.token, sentences=1)
        if stretch.kinds[index] == QUANTITY and stretch.quantum(index).is_percent
    ][:3]
    if len(found) < 2 or any(index in moves for index in found[:2]):
        return
    later, earlier = found[:2]
    third = found[2] if len(found) > 2 else -1
    if third >= 0 and stretch.clause[third] == stretch.clause[earlier]:
        return  # a row of rates: which of them was compared is not told
    if not _is_told_earlier(stretch, earlier) or _is_told_earlier(stretch, later):
        return
    if "k" in stretch.kinds[later : move.token]:
        return  # of a plan: the rise may be that of the amount
    if stretch.next_figure(later) == move.token and _subject(stretch, later) <= _subject(stretch, earlier):
        figures = stretch.figure(stretch.quantum(earlier)), stretch.figure(stretch.quantum(later))
        yield Candidate(*figures, Strength.LIKELY, "the rate before", relative=False)


def _is_told_earlier(stretch: Stretch, index: int) -> bool:
    """Whether the clause of a rate says an earlier time before it."""
    if "y" in cues_before(stretch, index, clause=True):
        return True
    start = stretch.tokens[index].start
    clause = re.split(r"[;.](?!\d)", stretch.lowered[max(0, start - 80) : start])[-1]
    return _EARLIER.search(clause) is not None


def _subject(stretch: Stretch, index: int) -> frozenset[str]:
    """What a rate is of: its own words, or those of the count before it ("4.406 hộ nghèo, tỷ lệ 26,58%")."""
    own = names(lead(stretch, index)) - _FILLERS
    count = next(before(stretch, index), -1)
    if own or count < 0 or stretch.quantum(count).is_percent:
        return own
    return (names(lead(stretch, count)) | names(trail(stretch, count))) - _FILLERS
