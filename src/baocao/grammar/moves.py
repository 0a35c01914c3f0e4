"""Moves: the figures that a text says something rose or fell by, and what they may lie between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from baocao.grammar.lexing import QUANTITY, Quantum
from baocao.grammar.neighbours import akin, before, is_bare_year, lead
from baocao.grammar.stretch import Stretch
from baocao.model import Direction, Figure, Strength
from baocao.reference import load


class Move(NamedTuple):
    """A figure that a text says something rose or fell by. ``signed`` has its sign printed: "(-9,8%)"."""

    token: int
    direction: Direction
    signed: bool


Moves = dict[int, Move]  # by token


class Level(NamedTuple):
    """A figure before or after a change, with the token that it stands at."""

    token: int
    quantum: Quantum


class Candidate(NamedTuple):
    """Two figures that a change may lie between, and how surely the wording points to them."""

    before: Figure
    after: Figure
    strength: Strength
    basis: str
    relative: bool | None = None


_MOVING = re.compile(r"[gh]|[(,e][-–+]")
_NOT_AMOUNTS = frozenset({"lần", "bậc", "hạng", "tháng", "ngày", "tuổi"})


def moves_of(stretch: Stretch) -> Iterator[Move]:
    """All rises and falls of a stretch that are amounts or rates, in the order of the text."""
    if not _MOVING.search(stretch.kinds):
        return
    last: Move | None = None
    for index in stretch.places:
        if stretch.kinds[index] != QUANTITY or stretch.quantum(index).upper is not None:
            continue
        move = move_at(stretch, index) or _rate_of(stretch, index, last)
        if move is not None and stretch.quantum(index).unit not in _NOT_AMOUNTS:
            last = move
            yield move


def _rate_of(stretch: Stretch, index: int, last: Move | None) -> Move | None:
    """ "tăng 12 vụ (25%)", "tăng 37 triệu đồng, tương ứng 25,5%": the rate goes the way of its amount."""
    if last is None or not stretch.quantum(index).is_percent or stretch.quantum(last.token).is_percent:
        return None
    between = stretch.kinds[last.token + 1 : index].replace("/N", "")
    if between == "(" or (between.endswith("e") and between[:-1] in ("", ",", "(") and _is_through(stretch, index - 1)):
        return Move(index, last.direction, True)
    return None


def move_at(stretch: Stretch, index: int) -> Move | None:
    """The rise or fall that a figure is said to be, or None for a level."""
    signed = sign_of(stretch, index)
    if signed is not None:
        return Move(index, signed, True)
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


def sign_of(stretch: Stretch, index: int) -> Direction | None:
    """The way that a printed sign gives: "(-9,8%)", "(= -9,8%)", ", +4,5%"; None for a dash that only divides."""
    sign = stretch.kinds[index - 1] if index > 1 else ""
    if sign not in ("+", "-", "–"):
        return None
    opening = stretch.kinds[index - 2]
    is_equal = opening == "e" and word_at(stretch, index - 2) == "="
    glued = stretch.tokens[index - 1].end == stretch.tokens[index].start
    if opening == "(" or (stretch.quantum(index).is_percent and (is_equal or (opening == "," and glued))):
        return Direction.UP if sign == "+" else Direction.DOWN
    return None


def _is_through(stretch: Stretch, position: int) -> bool:
    """ "tăng tương ứng 5%": a word between the cue and its figure that changes nothing."""
    return word_at(stretch, position) in ("tương ứng", "tương đương")


def _is_towards(stretch: Stretch, position: int) -> bool:
    """ "từ 38 triệu đồng tăng lên 45,6 triệu đồng": a level that was reached, no amount."""
    if not word_at(stretch, position).endswith(" lên"):
        return False
    earlier = next(before(stretch, position), -1)
    return earlier >= 0 and "f" in lead(stretch, earlier) and "," not in stretch.kinds[earlier:position]


def word_at(stretch: Stretch, position: int) -> str:
    token = stretch.tokens[position]
    return stretch.text[token.start : token.end].lower()


def is_upwards(stretch: Stretch, position: int) -> bool:
    """Whether a word leads up to a figure for sure: "lên", "tăng lên"; "đến" may lead either way."""
    return word_at(stretch, position) in load("cues")["ordered"]["upwards"]


def is_compared(stretch: Stretch, move: Move) -> bool:
    return bool(set("sy") & set(lead(stretch, move.token)))


def levels(stretch: Stretch, move: Move, moves: Moves, like: Quantum, base: int = -1) -> Iterator[Level]:
    """The figures that a change may be said of: levels before it of the base's kind, nearest first."""
    for index in before(stretch, move.token, sentences=2):
        quantum = stretch.quantum(index)
        if index not in moves and index != base and akin(quantum, like) and not is_bare_year(stretch, quantum):
            yield Level(index, quantum)


def between(
    stretch: Stretch, first: int, second: int, strength: Strength, basis: str = "from one to the other"
) -> Candidate:
    figures = stretch.figure(stretch.quantum(first)), stretch.figure(stretch.quantum(second))
    return Candidate(*figures, strength, basis)
