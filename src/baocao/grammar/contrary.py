"""A word of direction and its two figures: what is said to rise from one figure to another ends higher.

Ranks and grades are left alone: to rise there is to come nearer to the first place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise

from baocao.grammar.lexing import QUANTITY, Quantum
from baocao.grammar.moves import is_upwards, move_at
from baocao.grammar.neighbours import after, akin, is_bare_year, is_plain, lead
from baocao.grammar.stretch import Stretch
from baocao.model import Direction, Strength, Value
from baocao.model.quantity import HUNDRED
from baocao.reference import load

CONTRARY = "contrary to its figures"
_WAYS = {"g": Direction.UP, "h": Direction.DOWN}
_FAR = 10  # times that a figure may differ from another whose unit it borrows
_PASSED = str.maketrans("", "", "Y()")  # the year of a figure, which may stand in brackets
_APART = 6  # tokens
_HEAD = 60  # letters before the first figure that say what it is


def contraries(stretch: Stretch) -> Iterator[Value]:
    """The statements of one stretch whose word goes one way and whose figures go the other."""
    yield from _from_to(stretch)
    yield from _levels(stretch)


def _from_to(stretch: Stretch) -> Iterator[Value]:
    """ "tăng từ 534 hộ lên 512 hộ", "từ 3,5% xuống 3,9%"."""
    if "f" not in stretch.kinds:
        return
    for first, second in pairwise(stretch.places):
        came = lead(stretch, first)
        if not came.endswith("f") or not _are_alike(stretch, first, second):
            continue
        way = _way(stretch, first, second)
        told = _WAYS.get(came[-2:-1], way)
        if way is None or told is None or _is_ordered(stretch, first, second):
            continue
        if _is_against(stretch.quantum(first), stretch.quantum(second), told) or way is not told:
            start = _verb_start(stretch, first)
            at = stretch.span(start, stretch.quantum(second).end)
            yield Value(at, stretch.figure(stretch.quantum(second)), Strength.CERTAIN, CONTRARY, (at,))


def _way(stretch: Stretch, first: int, second: int) -> Direction | None:
    """Which way the words between two figures go: "lên", "xuống còn"; "đến" alone goes none."""
    said = stretch.kinds[first + 1 : second]
    if len(said.translate(_PASSED)) != 1 or said[-1] in "Y()":
        return None
    if is_upwards(stretch, second - 1):
        return Direction.UP
    return Direction.DOWN if said[-1] == "d" else None


def _are_alike(stretch: Stretch, first: int, second: int) -> bool:
    """Whether two figures are plain amounts of one kind in one bracket and close together."""
    if stretch.kinds[first] != QUANTITY or stretch.kinds[second] != QUANTITY or second - first > _APART:
        return False
    one, other = stretch.quantum(first), stretch.quantum(second)
    if stretch.parent[first] != stretch.parent[second] or not (is_plain(one) and is_plain(other)):
        return False
    if is_bare_year(stretch, one) or is_bare_year(stretch, other) or one.number.flaw or other.number.flaw:
        return False
    return akin(one, other)


def _is_ordered(stretch: Stretch, first: int, second: int) -> bool:
    """Whether figures are places in an order, or stand below nought."""
    start = stretch.quantum(first).start
    words = stretch.lowered[max(0, start - _HEAD) : stretch.quantum(second).end + _HEAD // 4]
    signs = {stretch.text[stretch.quantum(place).start - 1 : stretch.quantum(place).start] for place in (first, second)}
    return bool(_places().search(words) or signs & {"-", "–", "−"})


@cache
def _places() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load('cues')['ordered']['words'])})\b")


def _is_against(one: Quantum, other: Quantum, told: Direction) -> bool:
    before, after_it = _amounts(one, other)
    if before == after_it:
        return False
    return (before > after_it) is (told is Direction.UP)


def _amounts(one: Quantum, other: Quantum) -> tuple[Decimal, Decimal]:
    """Both figures in one unit; a first figure without a unit has that of the second, where it is of its size."""
    if one.unit or one.scale or not (other.unit or other.scale):
        return one.amount, other.amount
    low, high = sorted((one.value, other.value))
    return (one.value, other.value) if low and high / low < _FAR else (other.value, other.value)


def _verb_start(stretch: Stretch, first: int) -> int:
    """Where the statement begins: at its verb, or at "từ"."""
    at = first - 1
    return stretch.tokens[at - 1 if at and stretch.kinds[at - 1] in _WAYS else at].start


def _levels(stretch: Stretch) -> Iterator[Value]:
    """ "bằng 105% so với cùng kỳ, giảm 5%": a level above its base is no fall, though the points are right."""
    for index in stretch.places:
        level = stretch.quantum(index)
        if stretch.kinds[index] != QUANTITY or level.unit != "%" or not is_plain(level) or move_at(stretch, index):
            continue
        following = next(after(stretch, index), -1)
        if following < 0 or not _is_against_a_base(stretch, index, following):
            continue
        move, stated = move_at(stretch, following), stretch.quantum(following)
        if move is None or stated.unit != "%" or not is_plain(stated):
            continue
        rose = level.value - HUNDRED
        if rose and abs(rose) == stated.value and (rose > 0) is (move.direction is Direction.DOWN):
            at = stretch.span(level.start, stated.end)
            sure = Strength.CERTAIN if _base_behind(stretch, following) else Strength.LIKELY
            yield Value(at, stretch.figure(stated), sure, CONTRARY, (at,))


def _is_against_a_base(stretch: Stretch, index: int, following: int) -> bool:
    """Whether a percentage is a level of a plan or an earlier time, and what follows is told of no other base."""
    said = stretch.kinds[index + 1 : following]
    bases = set("ky") & set(said)
    if len(bases) != 1 or set(";.(") & set(said):
        return False
    if not (lead(stretch, index).endswith("e") and _base_behind(stretch, following) in ("", *bases)):
        return False
    return "Y" not in said.replace("yY", "y")


def _base_behind(stretch: Stretch, index: int) -> str:
    """The base that a change is told of behind it: "k" a plan, "y" an earlier time, "Y" a year, or ""."""
    for letter in stretch.kinds[index + 1 :]:
        if letter in "QF;.(":
            break
        if letter in "kyY":
            return letter
    return ""
