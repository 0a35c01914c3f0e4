"""Which figures of a list may be the parts of a total: of its unit, or at its place in each item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from baocao.grammar.groups import Group
from baocao.grammar.lexing import FRACTION, QUANTITY, Quantum
from baocao.grammar.stretch import Stretch
from baocao.grammar.vocabulary import is_measured, kind_of
from baocao.model import Figure

TIMES = frozenset(("tháng", "năm", "ngày", "giờ", "phút", "tuổi", "lần", "đợt", "quý", "sao"))
RATES = frozenset(("percent", "yield", "money_per_area", "money_per_head", "ratio", "tuổi"))  # they do not add up
_BODY, _BODIES = "đơn vị", frozenset(("places", "schools"))  # communes and schools are told as bodies too
EVENTS = frozenset(("lần", "đợt"))


def parts_of(group: Group) -> list[int]:
    """The figures of a group's items that are amounts of their own: no percentages, no changes, nothing nested."""
    stretch = group.stretch
    parts = []
    nested = False
    for index in range(group.low, min(group.high, len(stretch.kinds))):
        if stretch.parent[index] != group.parent:
            continue
        kind = stretch.kinds[index]
        if kind == "t" and index > group.low:
            nested = True
        elif kind == ";":
            nested = False
        elif kind in (QUANTITY, FRACTION) and not nested:
            quantum = stretch.quantum(index)
            if not quantum.is_percent and not stretch.is_change(index) and quantum.dimension not in TIMES - EVENTS:
                parts.append(index)
    return parts


def alike(first: Quantum, second: Quantum) -> bool:
    """Whether two figures count or measure the same thing ("lô" and "lô đất"; a bare number is of any unit)."""
    a, b = first.dimension, second.dimension
    return a == b or not a or not b or _are_akin(a, b)


@lru_cache(maxsize=4096)
def _are_akin(a: str, b: str) -> bool:
    kinds = {kind_of(a), kind_of(b)}
    if _BODY in (a, b) and kinds <= _BODIES:
        return True
    return a.startswith(b + " ") or b.startswith(a + " ") or (len(kinds) == 1 and "" not in kinds)


def is_calculation(group: Group) -> bool:
    text = group.text
    return " x " in text or "×" in text


def columns(group: Group, indices: list[int], head: int, place: int) -> Iterator[list[int]]:
    """Which figures may be the parts of a head, likeliest first: of its unit, all, at its place in each item."""
    stretch, total = group.stretch, group.owner.quantum(head)
    same = [i for i in indices if alike(stretch.quantum(i), total)]
    if len(same) < 2:
        kind = [i for i in indices if same_kind(stretch.quantum(i), total)]
        same = kind if len(kind) >= 2 and kind == indices else []
    if same:
        yield same
        yield from (first for first in (first_clause(group, same),) if first)
        yield from (rest for rest in (_without_subtotals(stretch, same),) if rest)
    nested = _nested(group, total)
    if len(nested) >= 2:
        yield nested
    yield from _by_item(group, indices, total, place_in_tuple(group, place), same)


def _by_item(group: Group, indices: list[int], total: Quantum, place: int, known: list[int]) -> Iterator[list[int]]:
    """One figure of each item: the one at the head's place, the first, the last."""
    found = [known]
    for marks in (";", ",v;"):
        listed = items(group, indices, marks)
        for wanted in (place, 0, -1):
            column = [item[wanted] for item in listed if len(item) > wanted]
            whole = len(column) >= 2 and len(column) == len(listed) and column not in found
            if whole and all(same_kind(group.stretch.quantum(i), total) for i in column):
                found.append(column)
                yield column


def _nested(group: Group, total: Quantum) -> list[int]:
    """Parts in brackets behind the items: "đợt 1 (3.200 ha), đợt 2 (7.400 ha)"."""
    stretch = group.stretch
    return [
        i
        for i in stretch.figures_between(group.low, group.high)
        if stretch.parent[i] >= group.low
        and stretch.parent[stretch.parent[i]] == group.parent
        and stretch.quantum(i).dimension == total.dimension
        and not stretch.is_change(i)
    ]


def _without_subtotals(stretch: Stretch, column: list[int]) -> list[int]:
    """The parts without those that are the sum of what stands before them ("31 ha, 22 ha, nâng lên 53 ha"), or []."""
    kept: list[int] = []
    running = Decimal(0)
    for index in column:
        amount = stretch.quantum(index).amount
        if len(kept) >= 2 and amount == running:
            continue
        kept.append(index)
        running += amount
    return kept if 2 <= len(kept) < len(column) else []


def first_clause(group: Group, column: list[int]) -> list[int]:
    """The parts up to the first semicolon, when at least two stand there and some behind it."""
    clause = group.stretch.clause[column[0]]
    first = [i for i in column if group.stretch.clause[i] == clause]
    return first if 2 <= len(first) < len(column) else []


def same_kind(part: Quantum, total: Quantum) -> bool:
    """Whether both are counts, or both are measured in one dimension."""
    if part.dimension == "money" and not part.scale and part.value < 1000 and not is_measured(total.dimension):
        return True  # "69 đồng" among medals
    if is_measured(total.dimension) or is_measured(part.dimension):
        return part.dimension == total.dimension or not part.dimension
    return part.number.decimals == 0


def items(group: Group, indices: list[int], marks: str) -> list[list[int]]:
    """The parts by item, the items ending at the given marks."""
    stretch = group.stretch
    wanted = set(indices)
    items: list[list[int]] = []
    current: list[int] = []
    for index in range(group.low, min(group.high, len(stretch.kinds))):
        if stretch.parent[index] != group.parent:
            continue
        if stretch.kinds[index] in marks:
            if current:
                items.append(current)
            current = []
        elif index in wanted:
            current.append(index)
    if current:
        items.append(current)
    return items


def place_in_tuple(group: Group, position: int) -> int:
    """ "100 vụ, 113 đối tượng: ...": the place of a head among the heads that stand side by side."""
    heads = group.heads
    run = 0
    for nearer, farther in pairwise(heads):
        if group.owner.kinds[farther + 1 : nearer].strip(",v"):
            break
        run += 1
    return run - position if position <= run else 0


def part_figure(stretch: Stretch, index: int, of_unit: bool = False) -> Figure:
    """A part; a bare whole number under a counted total ("mầm non 14") is a count as well."""
    quantum = stretch.quantum(index)
    figure = stretch.figure(quantum)
    if of_unit and quantum.measure is None and quantum.number.decimals == 0:
        return replace(figure, quantity=replace(figure.quantity, is_count=True))
    return figure
