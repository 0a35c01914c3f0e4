"""Totals and their parts."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from baocao.grammar.groups import Group, residue
from baocao.grammar.lexing import FRACTION, QUANTITY, Quantum
from baocao.grammar.stretch import Stretch, quantity_of
from baocao.grammar.vocabulary import complements, is_measured, kind_of
from baocao.model import Agreement, Figure, Span, Strength, Total

_GOOD = (Agreement.EXACT, Agreement.TRUNCATED, Agreement.WITHIN_ROUNDING)
_MANY = 9  # parts beyond which no subset is tried
_TIMES = frozenset(("tháng", "năm", "ngày", "giờ", "phút", "tuổi", "lần", "đợt", "quý", "sao"))
_RATES = frozenset(("percent", "yield", "money_per_area", "money_per_head", "ratio"))  # they do not add up
_EVENTS = frozenset(("lần", "đợt"))


def totals(found: list[Group], stretch: Stretch) -> list[Total]:
    """The totals of a stretch with the parts that its groups list, one claim for each head."""
    settled: dict[int, Total] = {}
    for group in found:
        for head, claim in _of_group(group).items():
            before = settled.get(head)
            if before is None or _better(claim, before):
                settled[head] = claim
    claims = list(settled.values())
    claims.extend(_implicit(stretch, settled))
    claims.extend(_summed_up(stretch, set(settled)))
    claims.extend(_partitions(stretch))
    return claims


def _better(claim: Total, before: Total) -> bool:
    rank = (Agreement.EXACT, Agreement.TRUNCATED, Agreement.WITHIN_ROUNDING, Agreement.DISAGREE, Agreement.UNDECIDABLE)
    return rank.index(claim.agreement) < rank.index(before.agreement)


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
            if not quantum.is_percent and not stretch.is_change(index) and quantum.dimension not in _TIMES - _EVENTS:
                parts.append(index)
    return parts


def alike(first: Quantum, second: Quantum) -> bool:
    """Whether two figures count or measure the same thing ("lô" and "lô đất"; a bare number is of any unit)."""
    a, b = first.dimension, second.dimension
    if a == b or not a or not b or a.startswith(b + " ") or b.startswith(a + " "):
        return True
    return kind_of(a) == kind_of(b) != ""


def _of_group(group: Group) -> dict[int, Total]:
    """The claims of one group by head. A list that makes one head tells nothing against the others."""
    indices = parts_of(group)
    if _is_calculation(group) or (indices and group.stretch.is_change(indices[0])):
        return {}
    claims: dict[int, Total] = {}
    used: set[int] = set()
    for place, head in enumerate((*group.heads, *group.later)):
        small = group.owner.quantum(head).value < 100 and group.stretch is not group.owner
        if _is_total(group, head) and not (small and not _is_direct(group, head)):
            good = _agreeing(group, head, _columns(group, indices, head, place))
            if good is not None and not (set(_starts(good)) & used and good.agreement is not Agreement.EXACT):
                claims[head] = good
                used.update(_starts(good))
    if len(indices) >= 2 and (not claims or len(used) < len(indices)):
        for head, claim in _disagreeing(group, indices, used, set(claims)).items():
            claims[head] = claim
    return claims


def _starts(claim: Total) -> list[int]:
    return [part.span.start for part in claim.parts]


def _is_calculation(group: Group) -> bool:
    text = group.text
    return " x " in text or "×" in text


def _is_total(group: Group, head: int) -> bool:
    total = group.owner.quantum(head)
    return total.dimension not in _RATES and total.amount > 1 and not group.owner.is_change(head)


def _columns(group: Group, indices: list[int], head: int, place: int) -> list[list[int]]:
    """Which figures may be the parts of a head: those of its unit, all of them, those at its place in each item."""
    stretch, total = group.stretch, group.owner.quantum(head)
    same = [i for i in indices if alike(stretch.quantum(i), total)]
    columns = [same] if len(same) >= 2 else []
    kind = [i for i in indices if _same_kind(stretch.quantum(i), total)]
    if not columns and len(kind) >= 2 and kind == indices:
        columns.append(kind)
    columns.extend(first for first in (_first_clause(group, column) for column in tuple(columns)) if first)
    columns.extend(rest for rest in (_without_subtotals(stretch, column) for column in tuple(columns)) if rest)
    nested = _nested(group, total)
    if len(nested) >= 2:
        columns.append(nested)
    for marks in (";", ",v;"):
        items = _items(group, indices, marks)
        for wanted in (_place_in_tuple(group, place), 0, -1):
            column = [item[wanted] for item in items if len(item) > wanted]
            if len(column) >= 2 and column not in columns and len(column) == len(items):
                if all(_same_kind(stretch.quantum(i), total) for i in column):
                    columns.append(column)
    return columns


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
    """The parts without those that are the sum of what stands before them ("34 ha và 20 ha, nâng lên 54 ha"); [] when none is."""
    kept: list[int] = []
    running = Decimal(0)
    for index in column:
        amount = stretch.quantum(index).amount
        if len(kept) >= 2 and amount == running:
            continue
        kept.append(index)
        running += amount
    return kept if 2 <= len(kept) < len(column) else []


def _first_clause(group: Group, column: list[int]) -> list[int]:
    """The parts up to the first semicolon, when at least two stand there and some behind it."""
    clause = group.stretch.clause[column[0]]
    first = [i for i in column if group.stretch.clause[i] == clause]
    return first if 2 <= len(first) < len(column) else []


def _same_kind(part: Quantum, total: Quantum) -> bool:
    """Whether both are counts, or both are measured in one dimension."""
    if part.dimension == "money" and not part.scale and part.value < 1000 and not is_measured(total.dimension):
        return True  # "69 đồng" among medals
    if is_measured(total.dimension) or is_measured(part.dimension):
        return part.dimension == total.dimension or not part.dimension
    return part.number.decimals == 0


def _items(group: Group, indices: list[int], marks: str) -> list[list[int]]:
    """The parts by item, the items ending at the given marks."""
    stretch = group.stretch
    wanted, items, current = set(indices), [], []
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


def _place_in_tuple(group: Group, position: int) -> int:
    """"100 vụ, 113 đối tượng: ...": the place of a head among the heads that stand side by side."""
    heads = group.heads
    run = 0
    for nearer, farther in zip(heads, heads[1:], strict=False):
        if group.owner.kinds[farther + 1 : nearer].strip(",v"):
            break
        run += 1
    return run - position if position <= run else 0


def _agreeing(group: Group, head: int, columns: list[list[int]]) -> Total | None:
    """The first column that makes the total; a near one when none makes it exactly; then some of a column."""
    near: Total | None = None
    for parts in columns:
        claim = _claim(group, head, parts, _hint(group, parts))
        grade = claim.agreement
        if grade is Agreement.EXACT:
            return claim
        if grade in _GOOD and near is None:
            near = claim
    return near or (None if _is_closed(group, columns) else _subset(group, head, columns))


def _is_closed(group: Group, columns: list[list[int]]) -> bool:
    """Whether the list is surely all of its total, so that some of it making the total is an accident."""
    if not columns or group.open_ended or not group.exhaustive:
        return False
    return len(columns[0]) in {len(_items(group, columns[0], marks)) for marks in (";", ",v;")} and bool(
        len(columns[0]) == len(parts_of(group))
    )


def _hint(group: Group, parts: list[int]) -> Strength:
    return Strength.CERTAIN if group.exhaustive else Strength.POSSIBLE


def _claim(group: Group, head: int, parts: list[int], strength: Strength) -> Total:
    owner, stretch = group.owner, group.stretch
    total = owner.quantum(head)
    figures = tuple(_part_figure(stretch, i, bool(total.measure)) for i in parts)
    also: tuple[Span, ...] = ()
    at = owner.span(total.start, total.end)
    if stretch is owner:
        low, high = min(head, *parts), max(head, *parts)
        at = owner.span(owner.tokens[low].start, owner.tokens[high].end)
    else:
        also = (stretch.span(stretch.quantum(parts[0]).start, stretch.quantum(parts[-1]).end),)
    return Total(at, owner.figure(total), strength, group.opener, also, figures, group.exhaustive)


def _part_figure(stretch: Stretch, index: int, of_unit: bool = False) -> Figure:
    """A part; a bare whole number under a counted total ("mầm non 14") is a count as well."""
    quantum = stretch.quantum(index)
    figure = stretch.figure(quantum)
    if of_unit and quantum.measure is None and quantum.number.decimals == 0:
        return replace(figure, quantity=replace(figure.quantity, is_count=True))
    return figure


def _subset(group: Group, head: int, columns: list[list[int]]) -> Total | None:
    """Some of the listed figures make the total exactly: evidence when the total has digits enough."""
    total = group.owner.quantum(head)
    amount = total.amount
    if len(str(total.value).replace(".", "").strip("0")) < 2:
        return None
    telling = len(str(total.value).replace(".", "").strip("0")) >= 3
    for parts in columns[:2]:
        if not 3 <= len(parts) <= _MANY:
            continue
        amounts = [group.stretch.quantum(i).amount for i in parts]
        if sum(amounts) <= amount:
            continue
        slack = quantity_of(total).ulp if is_measured(total.dimension) and total.number.value > 999 else Decimal(0)
        for size in range(len(parts) - 1, 1 if telling else len(parts) - 2, -1):
            for chosen in combinations(range(len(parts)), size):
                if abs(sum((amounts[k] for k in chosen), -amount)) <= slack:
                    return _claim(group, head, [parts[k] for k in chosen], Strength.POSSIBLE)
    return None


def _disagreeing(group: Group, indices: list[int], used: set[int], settled: set[int]) -> dict[int, Total]:
    """Sums that do not make their total: for the nearest head of their unit, where the list is surely all of it."""
    stretch = group.stretch
    free = [i for i in indices if stretch.quantum(i).start not in used]
    rest = residue(group, free)
    if group.open_ended or rest or len(free) < 2:
        return {}
    if rest is False:  # "thu khác 1.533 triệu đồng": with the rest counted the list is all of it
        group = group._replace(exhaustive=True)
    claims: dict[int, Total] = {}
    for place, head in enumerate(group.heads[:3]):
        if head in settled or not _is_total(group, head):
            continue
        column = _own_column(group, free, head, place, bool(settled))
        if not column or set(column) & {i for c in claims.values() for i in _indices(group, c)}:
            continue
        strength = _strength(group, head, column, indices)
        if strength is not None:
            claims[head] = _claim(group, head, column, strength)
    return claims


def _indices(group: Group, claim: Total) -> list[int]:
    starts = set(_starts(claim))
    return [i for i in group.stretch.places if group.stretch.quantum(i).start in starts]


def _own_column(group: Group, free: list[int], head: int, place: int, others_settled: bool) -> list[int]:
    """The parts that a head must be made of.

    Those of its very unit; else those at its place in a row of heads; else, for the nearest head,
    all of them where they are of one kind.
    """
    stretch, total = group.stretch, group.owner.quantum(head)
    same = [i for i in free if stretch.quantum(i).dimension and alike(stretch.quantum(i), total)]
    if len(same) >= 2 and total.dimension:
        return _first_clause(group, same) or same if group.opener == ":" else same
    run = _place_in_tuple(group, place)
    items = _items(group, free, ";")
    column = [item[run] for item in items if len(item) > run]
    kind = all(_same_kind(stretch.quantum(i), total) for i in column)
    if run and len(column) == len(items) >= 2 and kind:
        return column
    if place == 0 and not others_settled and not is_measured(total.dimension):
        return _of_one_kind(group, free, total)
    return []


def _of_one_kind(group: Group, free: list[int], total: Quantum) -> list[int]:
    """All parts, when all are counts of one kind though not of the head's: "291 trường hợp (253 mô tô, 35 ô tô)"."""
    stretch = group.stretch
    quanta = [stretch.quantum(i) for i in free]
    if not all(_same_kind(quantum, total) and quantum.number.decimals == 0 for quantum in quanta):
        return []
    if any(quantum.amount > 2 * total.amount for quantum in quanta):
        return []  # "06 xã: phát ra 1.800 phiếu, thu về 1.762 phiếu": other things altogether
    if all(not quantum.dimension for quantum in quanta):
        return free
    kinds = {kind_of(quantum.dimension) or quantum.dimension for quantum in quanta}
    tight = group.exhaustive and (group.opener == "(" or group.opener.startswith("note"))
    listed = (group.exhaustive or group.opener == "trong") and len(free) >= 3
    return free if (tight and len(kinds) == 1) or listed else []


def _strength(group: Group, head: int, parts: list[int], indices: list[int]) -> Strength | None:
    """How sure it is that the parts must make the head, or None when a difference tells nothing."""
    stretch, total = group.stretch, group.owner.quantum(head)
    amount = sum((stretch.quantum(i).amount for i in parts), Decimal(0))
    if total.comparator.value or total.dimension in _TIMES - _EVENTS or not _is_direct(group, head):
        return None
    if _shares_leave_a_rest(stretch, parts):
        return None
    near = abs(amount - total.amount) <= total.amount / 10
    homogeneous = len(parts) in {len(_items(group, indices, marks)) for marks in (";", ",v;")}
    if group.opener == ":" and not homogeneous and len({stretch.clause[i] for i in parts}) == 1:
        homogeneous = _one_each(group, parts)
    same = all(alike(stretch.quantum(i), total) for i in parts)
    if group.exhaustive and homogeneous:
        return Strength.CERTAIN if same and (group.opener == "(" or near) else Strength.LIKELY
    if group.opener == "trong" and homogeneous and len(parts) >= 3:
        return Strength.LIKELY
    if near and same:
        return Strength.LIKELY
    if not same:
        return None
    listed = group.exhaustive or "trong" in group.opener
    first = parts == indices[: len(parts)] and _one_each(group, parts)
    if listed and (homogeneous and len(parts) >= 3 or (homogeneous or first) and _complement(group, parts)):
        return Strength.LIKELY
    if listed and _is_parallel(group, indices):
        return Strength.LIKELY
    if group.stretch is not group.owner and _one_each(group, parts):
        return Strength.LIKELY if listed or _is_parallel(group, indices) or _is_pure(group, parts) else None
    return None


def _complement(group: Group, parts: list[int]) -> bool:
    """Whether the labels of two parts leave nothing out, or "và" joins them."""
    stretch = group.stretch
    joined = stretch.kinds[parts[0] + 1 : parts[1]]
    if len(parts) == 2 and "v" in joined and "(" not in joined:
        return True
    labels = [f"{stretch.words_before(i)} {stretch.words_after(i)}".lower() for i in parts]
    return any(
        any(first in label and second not in label for label in labels) and any(second in label for label in labels)
        for first, second in complements()
    )


def _is_pure(group: Group, parts: list[int]) -> bool:
    """Whether a note is nothing but the list: every item a short label and one figure."""
    items = _items(group, parts, ",v;")
    words = len(group.text.split())
    return len(items) == len(parts) and words <= 9 * len(parts) and "." not in group.stretch.kinds[group.low : group.high]


def _shares_leave_a_rest(stretch: Stretch, parts: list[int]) -> bool:
    """Whether every part's own percentage is printed behind it and they do not make 100: then some are left out."""
    shares = []
    for index in parts:
        following = next((i for i in stretch.places if i > index), None)
        if following is None or not stretch.quantum(following).is_percent:
            return False
        shares.append(stretch.quantum(following).value)
    return sum(shares) < Decimal("99.5") or sum(shares) > Decimal("100.5")


def _one_each(group: Group, parts: list[int]) -> bool:
    """Whether every part stands in an item of its own."""
    return all(len(item) == 1 for item in _items(group, parts, ",v;")) and len(parts) >= 2


def _is_parallel(group: Group, indices: list[int]) -> bool:
    """Whether all items between semicolons hold the same units in the same order, which lists of parts do."""
    items = _items(group, indices, ";")
    shapes = {tuple(group.stretch.quantum(i).dimension for i in item) for item in items}
    return len(items) >= 2 and len(shapes) == 1


def _is_direct(group: Group, head: int) -> bool:
    """Whether nothing but a few words and figures of the same row stands between the head and its list."""
    if group.stretch is not group.owner:
        return head in group.heads[:3] and not set(group.owner.kinds[head + 1 : group.mark + 1]) & set(";t.")
    between = re.sub(r";(?=t:?$)", "", group.owner.kinds[head + 1 : group.low])
    return not set(between) & set(";.") and len(between) <= 8


def _implicit(stretch: Stretch, settled: dict[int, Total]) -> list[Total]:
    """"Tiếp nhận 137 đơn, đã giải quyết 131 đơn, đang giải quyết 06 đơn": parts that follow without an opening word."""
    claims: list[Total] = []
    flows: list[Total] = []
    for start, head in enumerate(stretch.places):
        total = stretch.quantum(head)
        closed = head in settled and settled[head].basis != "("
        if closed or total.dimension in _RATES or total.amount < 5 or stretch.is_change(head):
            continue
        parts = _following(stretch, head, stretch.places[start + 1 : start + 14])
        claim = _implied(stretch, head, parts)
        if claim is not None:
            (flows if claim.strength is Strength.LIKELY else claims).append(claim)
    known = {part.span.start for claim in (*settled.values(), *claims) for part in claim.parts}
    return claims + [claim for claim in flows if not known & {figure.span.start for figure in (claim.parts[0],)}]


def _following(stretch: Stretch, head: int, places: list[int]) -> list[int]:
    """The figures of the sentence behind a head, at its depth, that may be its parts."""
    total = stretch.quantum(head)
    parts: list[int] = []
    for index in places:
        if stretch.sentence[index] != stretch.sentence[head]:
            break
        quantum = stretch.quantum(index)
        if stretch.parent[index] != stretch.parent[head] or quantum.is_percent or stretch.is_change(index):
            continue
        if is_measured(total.dimension) and quantum.dimension != total.dimension:
            continue
        if parts and not alike(quantum, stretch.quantum(parts[0])):
            continue
        parts.append(index)
    return parts


def _implied(stretch: Stretch, head: int, parts: list[int]) -> Total | None:
    total, running = stretch.quantum(head), Decimal(0)
    for count, index in enumerate(parts, 1):
        running += stretch.quantum(index).amount
        if running >= total.amount:
            if running == total.amount and count >= 2:
                return _whole(stretch, head, parts[:count], "in a row")
            break
    same = [i for i in parts[:5] if alike(stretch.quantum(i), total) and stretch.quantum(i).dimension]
    amounts = [stretch.quantum(i).amount for i in same]
    for size in range(len(same) - 1, max(1, len(same) - 2), -1):
        for chosen in combinations(range(len(same)), size):
            if total.amount >= 20 and sum(amounts[k] for k in chosen) == total.amount:
                return _whole(stretch, head, [same[k] for k in chosen], "some of a row")
    return _flow(stretch, head, same)


def _flow(stretch: Stretch, head: int, same: list[int]) -> Total | None:
    """What came of all that was received does not make it: told when the words say that nothing was left out."""
    total = stretch.quantum(head)
    clause = [i for i in same if stretch.clause[i] == stretch.clause[same[0]]] if same else []
    if len(clause) < 2:
        return None
    if _RECEIVED.search(stretch.words_before(head).lower()) and _is_flow(stretch, clause):
        return _whole(stretch, head, clause, "what came of it", Strength.LIKELY)
    amount = sum((stretch.quantum(i).amount for i in clause), Decimal(0))
    near = 0 < abs(amount - total.amount) <= total.amount / 100
    siblings = _shares_leave_a_rest(stretch, [head, *clause])
    if near and not siblings and len(clause) == len(same) and stretch.clause[clause[0]] - stretch.clause[head] <= 1:
        return _whole(stretch, head, clause, "nearly made by what follows", Strength.LIKELY)
    return None


def _is_flow(stretch: Stretch, parts: list[int]) -> bool:
    """Whether the parts say what came of all: done and not done, won and lost, solved and pending."""
    if len({stretch.clause[i] for i in parts}) > 1 or len(parts) > 4:
        return False
    words = [f"{stretch.words_before(i)} {stretch.words_after(i)}".lower() for i in parts]
    open_end = [bool(_PENDING.search(text)) for text in words]
    return open_end[-1] and not open_end[0] and not any(_LATE.search(text) for text in words)


_IN_ALL = re.compile(r"(?:tổng cộng|tổng số|cộng lại)(?: là| có)?$")
_RECEIVED = re.compile(r"tiếp nhận|thụ lý|tổng|hòa giải|hoà giải|xảy ra|phát hiện|kiểm tra|thẩm quyền|phải|thu về|phát ra|được giao|cơ sở")
_PENDING = re.compile(r"\b(?:đang|chưa|không thành|không đạt|không thuộc|vi phạm|còn lại|chưa đạt)\b")
_LATE = re.compile(r"trễ|quá hạn|trong đó|tăng|giảm")


def _whole(stretch: Stretch, head: int, parts: list[int], basis: str, strength: Strength = Strength.POSSIBLE) -> Total:
    low, high = min(head, *parts), max(head, *parts)
    at = stretch.span(stretch.tokens[low].start, stretch.tokens[high].end)
    figures = tuple(_part_figure(stretch, i) for i in parts)
    return Total(at, stretch.figure(stretch.quantum(head)), strength, basis, (), figures)


def _summed_up(stretch: Stretch, settled: set[int]) -> list[Total]:
    """The total after its parts ("..., tổng cộng 36 vụ"), when the parts of its unit before it make it."""
    claims = []
    for head in stretch.places:
        total = stretch.quantum(head)
        if head in settled or total.is_percent or total.amount < 10 or total.of is not None:
            continue
        parts: list[int] = []
        running = Decimal(0)
        in_all = bool(_IN_ALL.search(stretch.words_before(head).lower()))
        for index in _before(stretch, head):
            quantum = stretch.quantum(index)
            if quantum.is_percent or not alike(quantum, total) or stretch.is_change(index):
                continue
            parts.append(index)
            running += quantum.amount
            if running >= total.amount and not (in_all and running > total.amount):
                break
        if len(parts) >= 2 and running == total.amount:
            claims.append(_whole(stretch, head, sorted(parts), "summed up"))
        elif 2 <= len(parts) <= 5 and total.measure is not None and in_all:
            claims.append(_whole(stretch, head, sorted(parts), "in all", Strength.LIKELY))
    return claims


def _before(stretch: Stretch, head: int) -> list[int]:
    """The figures of the sentence before a figure, nearest first."""
    return [i for i in reversed(stretch.places) if i < head and stretch.sentence[i] == stretch.sentence[head]]


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
