"""Totals and their parts."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

from baocao.grammar.groups import Group, residue
from baocao.grammar.lexing import FRACTION, QUANTITY, Quantum
from baocao.grammar.stretch import Stretch
from baocao.grammar.vocabulary import is_measured
from baocao.model import Agreement, Figure, Strength, Total

_GOOD = (Agreement.EXACT, Agreement.TRUNCATED, Agreement.WITHIN_ROUNDING)
_MANY = 9  # parts beyond which no subset is tried


def totals(found: list[Group], stretch: Stretch) -> list[Total]:
    """The totals of a stretch with the parts that its groups list, one claim for each head and column."""
    claims: list[Total] = []
    settled: dict[int, Total] = {}
    for group in found:
        for position, head in enumerate(group.heads):
            claim = _total(group, position, head)
            if claim is None:
                continue
            before = settled.get(head)
            if before is None or _better(claim, before):
                settled[head] = claim
    claims.extend(settled.values())
    claims.extend(_implicit(stretch, set(settled)))
    claims.extend(_summed_up(stretch, set(settled)))
    claims.extend(_partitions(stretch))
    return claims


def _better(claim: Total, before: Total) -> bool:
    good, was_good = claim.agreement in _GOOD, before.agreement in _GOOD
    if good != was_good:
        return good
    return claim.strength is Strength.CERTAIN and before.strength is not Strength.CERTAIN


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
            if not quantum.is_percent and not is_change(stretch, index):
                parts.append(index)
    return parts


def is_change(stretch: Stretch, index: int) -> bool:
    """Whether "tăng", "giảm" or "so với" stands before a figure of its piece."""
    position = index - 1
    while position >= 0 and stretch.kinds[position] not in "QF;.():…,":
        if stretch.kinds[position] in "ghsy":
            return True
        position -= 1
    return False


def _total(group: Group, position: int, head: int) -> Total | None:
    """The claim that a head is the sum of a group's parts, or None when nothing says so."""
    total = group.owner.quantum(head)
    if total.is_percent or is_change(group.owner, head) or _amount(total) <= 1 and not total.number.zero_led:
        return None
    indices = parts_of(group)
    columns = _columns(group, indices, total, position)
    best: Total | None = None
    for parts in columns:
        claim = _claim(group, head, parts, Strength.POSSIBLE)
        if claim.agreement is Agreement.EXACT or (best is None and claim.agreement in _GOOD):
            if claim.agreement is Agreement.EXACT:
                return claim
            best = claim
    if best is not None:
        return best
    subset = _subset(group, head, columns)
    if subset is not None:
        return subset
    return _disagreeing(group, head, columns, indices)


def _amount(quantum: Quantum) -> Decimal:
    return quantum.amount


def _columns(group: Group, indices: list[int], total: Quantum, position: int) -> list[list[int]]:
    """Which figures may be the parts of a total: those of its unit, those at its place in each item, the first of each."""
    stretch = group.stretch
    alike = [i for i in indices if stretch.quantum(i).dimension == total.dimension]
    columns = [alike] if len(alike) >= 2 else []
    items = _items(group, indices)
    place = _place_in_tuple(group, position)
    for wanted in {place, 0}:
        column = [item[wanted] for item in items if len(item) > wanted]
        same_kind = all(_same_kind(stretch.quantum(i), total) for i in column)
        if len(column) >= 2 and column not in columns and same_kind and len(column) == len(items):
            columns.append(column)
    return columns


def _same_kind(part: Quantum, total: Quantum) -> bool:
    """Whether both are counts, or both are measured in one dimension."""
    if is_measured(total.dimension) or is_measured(part.dimension):
        return part.dimension == total.dimension
    return part.number.decimals == 0


def _items(group: Group, indices: list[int]) -> list[list[int]]:
    """The parts by item: items end at semicolons where there are any, else at commas and "và"."""
    stretch = group.stretch
    span = [i for i in range(group.low, min(group.high, len(stretch.kinds))) if stretch.parent[i] == group.parent]
    ends = ";" if any(stretch.kinds[i] == ";" for i in span) else ",v;"
    wanted, items, current = set(indices), [], []
    for index in span:
        if stretch.kinds[index] in ends:
            if current:
                items.append(current)
            current = []
        elif index in wanted:
            current.append(index)
    if current:
        items.append(current)
    return items


def _place_in_tuple(group: Group, position: int) -> int:
    """"100 vụ, 113 đối tượng: ...": the place of a head among the heads that stand side by side."""
    heads = group.heads
    run = 0
    for nearer, farther in zip(heads, heads[1:], strict=False):
        between = group.owner.kinds[farther + 1 : nearer]
        if between.strip(",v"):
            break
        run += 1
    return run - position if position <= run else 0


def _claim(group: Group, head: int, parts: list[int], strength: Strength) -> Total:
    owner, stretch = group.owner, group.stretch
    total = owner.quantum(head)
    figures = tuple(_part_figure(stretch, i) for i in parts)
    if stretch is owner:
        end = max(total.end, max(stretch.quantum(i).end for i in parts))
        at = owner.span(total.start, end)
        also: tuple[object, ...] = ()
    else:
        at = owner.span(total.start, total.end)
        also = (stretch.span(stretch.quantum(parts[0]).start, stretch.quantum(parts[-1]).end),)
    return Total(at, owner.figure(total), strength, group.opener, also, figures, group.exhaustive)  # type: ignore[arg-type]


def _part_figure(stretch: Stretch, index: int) -> Figure:
    return stretch.figure(stretch.quantum(index))


def _subset(group: Group, head: int, columns: list[list[int]]) -> Total | None:
    """Some of the listed figures make the total exactly: evidence when the total has digits enough."""
    total = group.owner.quantum(head)
    amount = total.amount
    if len(str(total.value).replace(".", "").strip("0")) < 2:
        return None
    for parts in columns:
        if not 3 <= len(parts) <= _MANY:
            continue
        amounts = [group.stretch.quantum(i).amount for i in parts]
        for size in range(len(parts) - 1, 1, -1):
            for chosen in combinations(range(len(parts)), size):
                if sum(amounts[k] for k in chosen) == amount:
                    return _claim(group, head, [parts[k] for k in chosen], Strength.POSSIBLE)
    return None


def _disagreeing(group: Group, head: int, columns: list[list[int]], indices: list[int]) -> Total | None:
    """A sum that does not make its total: how sure is it that it should?"""
    if not columns or group.open_ended or residue(group.text):
        return None
    parts = columns[0]
    strength = _strength(group, head, parts, indices)
    if strength is None:
        return None
    return _claim(group, head, parts, strength)


def _strength(group: Group, head: int, parts: list[int], indices: list[int]) -> Strength | None:
    owner, stretch = group.owner, group.stretch
    total = owner.quantum(head)
    amount = sum((stretch.quantum(i).amount for i in parts), Decimal(0))
    if total.amount <= 0:
        return None
    near = abs(amount - total.amount) / total.amount
    first = head == group.heads[0] or _same_dimension_first(group, head)
    if not first or total.comparator.value:
        return None
    homogeneous = len(parts) == len(_items(group, indices)) and len(parts) >= 2
    if group.opener == "(" and homogeneous and group.exhaustive:
        return Strength.CERTAIN
    if group.exhaustive and homogeneous:
        return Strength.CERTAIN if near < Decimal("0.1") else Strength.LIKELY
    if near <= Decimal("0.1") and len(parts) >= 2 and (homogeneous or len(parts) >= 3):
        return Strength.LIKELY
    if homogeneous and len(parts) >= 3 and ("trong đó" in group.opener or group.opener == "trong"):
        return Strength.LIKELY
    return None


def _same_dimension_first(group: Group, head: int) -> bool:
    """Whether no nearer head is of the same unit."""
    dimension = group.owner.quantum(head).dimension
    for other in group.heads:
        if other == head:
            return True
        if group.owner.quantum(other).dimension == dimension:
            return False
    return False


def _implicit(stretch: Stretch, settled: set[int]) -> list[Total]:
    """"1.072 liều cho 544 người và 528 người": figures of one clause that make the one before them, exactly."""
    claims = []
    for start, head in enumerate(stretch.places):
        total = stretch.quantum(head)
        if head in settled or total.is_percent or total.amount < 10 or stretch.kinds[head] == FRACTION:
            continue
        running, parts = Decimal(0), []
        for index in stretch.places[start + 1 : start + 9]:
            quantum = stretch.quantum(index)
            same = stretch.sentence[index] == stretch.sentence[head] and stretch.parent[index] == stretch.parent[head]
            if not same or quantum.is_percent or (parts and quantum.dimension != stretch.quantum(parts[0]).dimension):
                break
            if is_measured(total.dimension) and quantum.dimension != total.dimension:
                break
            parts.append(index)
            running += quantum.amount
            if running >= total.amount:
                break
        if len(parts) >= 2 and running == total.amount:
            claims.append(_whole(stretch, head, parts, "in a row"))
    return claims


def _whole(stretch: Stretch, head: int, parts: list[int], basis: str, strength: Strength = Strength.POSSIBLE) -> Total:
    low, high = min(head, *parts), max(head, *parts)
    at = stretch.span(stretch.tokens[low].start, stretch.tokens[high].end)
    figures = tuple(_part_figure(stretch, i) for i in parts)
    return Total(at, stretch.figure(stretch.quantum(head)), strength, basis, (), figures)


def _summed_up(stretch: Stretch, settled: set[int]) -> list[Total]:
    """The total after its parts ("..., tổng cộng 36 vụ"), when the parts of its unit before it make it."""
    claims = []
    for head in stretch.places:
        if head in settled or "T" not in stretch.kinds[max(0, head - 3) : head]:
            continue
        total = stretch.quantum(head)
        parts: list[int] = []
        running = Decimal(0)
        for index in reversed([i for i in stretch.places if i < head and stretch.sentence[i] == stretch.sentence[head]]):
            quantum = stretch.quantum(index)
            if quantum.is_percent or quantum.dimension != total.dimension or is_change(stretch, index):
                continue
            parts.append(index)
            running += quantum.amount
            if running >= total.amount:
                break
        if len(parts) >= 2 and running == total.amount:
            claims.append(_whole(stretch, head, sorted(parts), "summed up"))
    return claims


def _partitions(stretch: Stretch) -> list[Total]:
    """"03/19 xã ..., 10/19 xã ..., 6/19 xã ...": pairs of one whole whose first figures make it."""
    claims = []
    pairs = [i for i in stretch.places if stretch.kinds[i] == FRACTION]
    by_whole: dict[tuple[int, Decimal, str], list[int]] = {}
    for index in pairs:
        quantum = stretch.quantum(index)
        assert quantum.of is not None
        by_whole.setdefault((stretch.sentence[index], quantum.of.value, quantum.dimension), []).append(index)
    for (_, whole, _), indices in by_whole.items():
        if len(indices) >= 2 and sum(stretch.quantum(i).value for i in indices) == whole:
            first = stretch.quantum(indices[0])
            assert first.of is not None
            at = stretch.span(stretch.tokens[indices[0]].start, stretch.tokens[indices[-1]].end)
            figures = tuple(_part_figure(stretch, i) for i in indices)
            claims.append(Total(at, stretch.figure(first.of), Strength.POSSIBLE, "pairs of one whole", (), figures))
    return claims
