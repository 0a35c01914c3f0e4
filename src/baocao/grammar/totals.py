"""Totals and their parts."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations

from baocao.grammar.closing_totals import closing_totals, sums_of_note
from baocao.grammar.columns import RATES, columns, is_calculation, items, part_figure, parts_of
from baocao.grammar.complete_lists import is_direct, is_pure, own_column, strength, trimmed
from baocao.grammar.contributions import contributions
from baocao.grammar.groups import Group, residue
from baocao.grammar.neighbours import is_plain
from baocao.grammar.pairs_of_one import pairs_of_one
from baocao.grammar.paper import content_words
from baocao.grammar.running_totals import implicit, summed_up
from baocao.grammar.stretch import Stretch, quantity_of
from baocao.grammar.vocabulary import is_measured
from baocao.model import Agreement, Span, Strength, Total

_GOOD = (Agreement.EXACT, Agreement.TRUNCATED, Agreement.WITHIN_ROUNDING)
_NEAR = 8  # figures on either side of a head that are looked at
_MANY = 9  # parts beyond which no subset is tried


def totals(found: list[Group], stretch: Stretch) -> list[Total]:
    """The totals of a stretch with the parts that its groups list, one claim for each head."""
    settled: dict[int, Total] = {}
    for group in found:
        for head, claim in _of_group(group).items():
            before = settled.get(head)
            if before is None or _better(claim, before):
                settled[head] = claim
    claims = list(settled.values())
    claims.extend(implicit(stretch, settled))
    claims.extend(summed_up(stretch, set(settled)))
    claims.extend(pairs_of_one(stretch))
    claims.extend(contributions(stretch))
    told = {claim.stated.span.start for claim in claims if claim.stated is not None}
    claims.extend(closing_totals(stretch, told))
    return claims


def _better(claim: Total, before: Total) -> bool:
    rank = (Agreement.EXACT, Agreement.TRUNCATED, Agreement.WITHIN_ROUNDING, Agreement.DISAGREE, Agreement.UNDECIDABLE)
    return rank.index(claim.agreement) < rank.index(before.agreement)


def _of_group(group: Group) -> dict[int, Total]:
    """The claims of one group by head. A list that makes one head tells nothing against the others."""
    indices = parts_of(group)
    if is_calculation(group) or (indices and group.stretch.is_change(indices[0])):
        return {}
    claims: dict[int, Total] = {}
    used: set[int] = set()
    for place, head in enumerate((*group.heads, *group.later)):
        small = group.owner.quantum(head).value < 100 and group.stretch is not group.owner
        if _is_total(group, head) and not (small and not is_direct(group, head)):
            good = _agreeing(group, head, columns(group, indices, head, place))
            if good is not None and not (set(_starts(good)) & used and good.agreement is not Agreement.EXACT):
                claims[head] = good
                used.update(_starts(good))
    if not claims:
        claims = _of_form(group)
        if claims:
            return claims
    if len(indices) >= 2 and (not claims or len(used) < len(indices)):
        for head, claim in _disagreeing(group, indices, used, set(claims)).items():
            claims[head] = claim
    return claims


def _starts(claim: Total) -> list[int]:
    return [part.span.start for part in claim.parts]


def _is_total(group: Group, head: int) -> bool:
    total = group.owner.quantum(head)
    return total.dimension not in RATES and total.amount > 1 and not group.owner.is_change(head)


def _agreeing(group: Group, head: int, candidates: Iterable[list[int]]) -> Total | None:
    """The first column that makes the total; a near one when none makes it exactly; then some of a column."""
    near: Total | None = None
    tried: list[list[int]] = []
    for parts in candidates:
        tried.append(parts)
        if not _may_agree(group, head, parts):
            continue
        claim = _claim(group, head, parts, _hint(group, parts))
        grade = claim.agreement
        if grade is Agreement.EXACT:
            return claim
        if grade in _GOOD and near is None and not group.open_ended:
            near = claim
    return near or (None if _is_closed(group, tried) else _subset(group, head, tried))


def _may_agree(group: Group, head: int, parts: list[int]) -> bool:
    """Whether the sum is near enough to the total for any grade but a disagreement: a cheap test before the claim."""
    total = group.owner.quantum(head)
    quanta = [group.stretch.quantum(i) for i in parts]
    off = abs(sum((quantum.amount for quantum in quanta), -total.amount))
    return not off or off <= sum((quantity_of(quantum).ulp for quantum in quanta), quantity_of(total).ulp)


def _is_closed(group: Group, tried: list[list[int]]) -> bool:
    """Whether the list is surely all of its total, so that some of it making the total is an accident."""
    nested = any(group.stretch.parent[i] > group.parent for i in group.stretch.figures_between(group.low, group.high))
    pure = group.stretch is not group.owner and len(parts_of(group)) > 2 and is_pure(group, parts_of(group))
    listed = group.exhaustive or (group.opener == "trong" and not nested) or pure
    if not tried or group.open_ended or not listed:
        return False
    return len(tried[0]) in {len(items(group, tried[0], marks)) for marks in (";", ",v;")} and bool(
        len(tried[0]) == len(parts_of(group))
    )


def _hint(group: Group, parts: list[int]) -> Strength:
    return Strength.CERTAIN if group.exhaustive else Strength.POSSIBLE


def _claim(group: Group, head: int, parts: list[int], strength: Strength) -> Total:
    owner, stretch = group.owner, group.stretch
    total = owner.quantum(head)
    figures = tuple(part_figure(stretch, i, bool(total.measure)) for i in parts)
    also: tuple[Span, ...] = ()
    at = owner.span(total.start, total.end)
    if stretch is owner:
        low, high = min(head, *parts), max(head, *parts)
        at = owner.span(owner.tokens[low].start, owner.tokens[high].end)
    else:
        also = (stretch.span(stretch.quantum(parts[0]).start, stretch.quantum(parts[-1]).end),)
    return Total(at, owner.figure(total), strength, group.opener, also, figures, group.exhaustive)


def _subset(group: Group, head: int, tried: list[list[int]]) -> Total | None:
    """Some of the listed figures make the total exactly: evidence when the total has digits enough."""
    total = group.owner.quantum(head)
    amount = total.amount
    if len(str(total.value).replace(".", "").strip("0")) < 2:
        return None
    telling = len(str(total.value).replace(".", "").strip("0")) >= 3
    if not telling and group.stretch is not group.owner and "." in group.stretch.kinds[group.low : group.high]:
        return None  # a note of several sentences holds any small number
    for parts in tried[:2]:
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
    group = trimmed(group)
    indices = [i for i in indices if i < group.high]
    free = [i for i in indices if stretch.quantum(i).start not in used]
    rest = residue(group, free)
    if group.open_ended or rest or len(free) < 2 or _goes_deeper(group, free[0]):
        return {}
    if rest is False:  # "thu khác 1.533 triệu đồng": with the rest counted the list is all of it
        group = group._replace(exhaustive=True)
    claims: dict[int, Total] = {}
    for place, head in enumerate(group.heads[:3]):
        if head in settled or not _is_total(group, head):
            continue
        column = own_column(group, free, head, place, bool(settled))
        if not column or set(column) & {i for c in claims.values() for i in _indices(group, c)}:
            continue
        sure = strength(group, head, column, indices)
        if sure is not None and (group.opener == "(" or not _makes_another(group, column)):
            claims[head] = _claim(group, head, column, sure)
    return claims or _of_one_name(group, free, settled)


def _goes_deeper(group: Group, first: int) -> bool:
    """Whether a note's list holds another in a sentence of its own: "Năm 2018 xảy ra 51 vụ. Trong đó: ..."."""
    return group.stretch is not group.owner and ".t" in group.stretch.kinds[first : group.high]


def _of_form(group: Group) -> dict[int, Total]:
    """A list that its form alone shows to be all of its total: money of several events, as many brackets as counted."""
    head = group.heads[0]
    money = sums_of_note(group, head)
    if money:
        claim = _claim(group, head, money, Strength.LIKELY)
        return {} if group.open_ended and not _is_overfull(claim) else {head: claim}
    return _counted_off(group) if group.opener == ":" else {}


def _is_overfull(claim: Total) -> bool:
    """Whether the parts are more than their total, which not even an open list can be."""
    return claim.stated is not None and claim.centre is not None and claim.centre > claim.stated.quantity.amount


def _counted_off(group: Group) -> dict[int, Total]:
    """ "trồng 320 ha tại 03 xã: Nà Lũng (120 ha), ...": as many brackets as were counted, each with its part."""
    stretch = group.stretch
    if stretch is not group.owner or len(group.heads) < 2 or group.open_ended:
        return {}
    count, head = (stretch.quantum(i) for i in group.heads[:2])
    clause = stretch.clause[group.low]
    listed = [i for i in stretch.figures_between(group.low, group.high) if stretch.clause[i] == clause]
    parts = [i for i in listed if stretch.parent[i] != group.parent]
    if parts != listed:
        return {}
    alone = len({stretch.parent[i] for i in parts}) == len(parts) == count.value >= 2
    own = all(stretch.quantum(i).dimension == head.dimension and is_plain(stretch.quantum(i)) for i in parts)
    place = group.heads[1]
    if not (alone and own and head.dimension and _is_total(group, place) and is_direct(group, place)):
        return {}
    return {place: _claim(group, place, parts, Strength.LIKELY)}


def _makes_another(group: Group, parts: list[int]) -> bool:
    """Whether the parts make another figure of the sentence: "xảy ra 46 vụ, làm rõ 41 vụ¹" is parted by its first."""
    amount = sum((group.stretch.quantum(i).amount for i in parts), Decimal(0))
    owner, last = group.owner, group.heads[0]
    near = [i for i in owner.around(last, _NEAR) if owner.parent[i] == owner.parent[last]]
    row = [i for i in near if owner.sentence[i] == owner.sentence[last]]
    return any(owner.quantum(index).amount == amount for index in row)


def _of_one_name(group: Group, free: list[int], settled: set[int]) -> dict[int, Total]:
    """A head behind the note's mark against the note's figures of its unit and its name ("sản lượng ... tấn")."""
    stretch, owner = group.stretch, group.owner
    for head in group.later:
        total = owner.quantum(head)
        name = content_words(owner.words_before(head))
        parts = [i for i in free if stretch.quantum(i).dimension == total.dimension]
        named = bool(name) and all(name & content_words(stretch.words_before(i)) for i in parts)
        fresh = head not in settled and is_measured(total.dimension) and _is_total(group, head)
        if fresh and named and len(parts) >= 2 and "trong" in group.opener:
            return {head: _claim(group, head, parts, Strength.LIKELY)}
    return {}


def _indices(group: Group, claim: Total) -> list[int]:
    starts = set(_starts(claim))
    return [i for i in group.stretch.places if group.stretch.quantum(i).start in starts]
