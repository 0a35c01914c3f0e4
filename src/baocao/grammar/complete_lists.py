"""Whether a list is surely all of its total, so that a difference means something."""

from __future__ import annotations

import re
from decimal import Decimal

from baocao.grammar.columns import EVENTS, TIMES, alike, first_clause, items, parts_of, place_in_tuple, same_kind
from baocao.grammar.groups import Group, outside_brackets
from baocao.grammar.lexing import Quantum
from baocao.grammar.stretch import Stretch, quantity_of
from baocao.grammar.vocabulary import complements, is_measured, kind_of
from baocao.model import Quantity, Strength
from baocao.model.quantity import HALF, HUNDRED

_BEYOND = 12  # times a total: a figure so far off is no slip of a digit, the list is of something else


def trimmed(group: Group) -> Group:
    """The list without what is told behind it: another clause of other things, a last figure of another unit."""
    parts = parts_of(group)
    if group.opener in ("(", "trong") or len(parts) < 3 or group.stretch is not group.owner:
        return group  # "trong 38 đơn, có ...; ...": what follows is said of the same things
    stretch, first = group.stretch, group.stretch.quantum(parts[0])
    clause = [i for i in parts if stretch.clause[i] == stretch.clause[parts[0]]]
    behind = [stretch.quantum(i) for i in parts[len(clause) :]]
    most = group.owner.quantum(group.heads[0]).amount
    if len(clause) >= 2 and behind and all(_is_foreign(quantum, first, most) for quantum in behind):
        parts = clause
    if len(parts) > 2 and _is_told_besides(group, parts):
        parts = parts[:-1]
    high = stretch.next_figure(parts[-1])
    rest = parts_of(group)[len(parts) :]
    return group._replace(high=_mark_before(stretch, rest[0])) if rest and high >= 0 else group


def _is_foreign(quantum: Quantum, first: Quantum, most: Decimal) -> bool:
    """Whether a figure behind the first clause of a list is no part: of another unit, or larger than the whole."""
    return quantum.dimension != first.dimension or quantum.amount > most


def _is_told_besides(group: Group, parts: list[int]) -> bool:
    """Whether the last figure alone is of another unit: "04 trạm tốt, 01 trạm hỏng, phục vụ 1.900 hộ"."""
    *others, last = [group.stretch.quantum(i) for i in parts]
    whole = [group.owner.quantum(head) for head in group.heads]
    one = all(quantum.dimension == others[0].dimension for quantum in others)
    return one and bool(last.dimension) and not any(alike(last, quantum) for quantum in (*others, *whole))


def _mark_before(stretch: Stretch, index: int) -> int:
    """The place of the comma or semicolon that a figure's item begins with; of the figure itself without one."""
    depth, place = stretch.parent[index], index
    while place >= 0 and (stretch.kinds[place] not in ",;v" or stretch.parent[place] != depth):
        place -= 1
    return place if place >= 0 else index


def own_column(group: Group, free: list[int], head: int, place: int, others_settled: bool) -> list[int]:
    """The parts that a head must be made of.

    Those of its very unit; else those at its place in a row of heads; else, for the nearest head,
    all of them where they are of one kind.
    """
    stretch, total = group.stretch, group.owner.quantum(head)
    same = [i for i in free if stretch.quantum(i).dimension and alike(stretch.quantum(i), total)]
    if len(same) >= 2 and not is_measured(total.dimension):  # "hủy 180" among files is a file as well
        same = [i for i in free if alike(stretch.quantum(i), total)]
    if 2 <= len(same) < len(free) and _is_of_events(group, free, total):
        return free
    if len(same) >= 2 and total.dimension:
        if _is_of_other(group, head, same) or _is_of_several(group, same):
            return []
        return _nearest(group, same, total)
    run = place_in_tuple(group, place)
    listed = items(group, free, ";")
    column = [item[run] for item in listed if len(item) > run]
    kind = all(same_kind(stretch.quantum(i), total) for i in column)
    if run and len(column) == len(listed) >= 2 and kind:
        return column
    if place == 0 and not others_settled and not is_measured(total.dimension) and not _is_of_other(group, head, free):
        return _of_one_kind(group, free, head)
    return []


def _is_of_several(group: Group, same: list[int]) -> bool:
    """Whether some items count with one noun twice: "đường bộ 40 người chết, 210 người bị thương; đường sắt ..."."""
    if is_measured(group.stretch.quantum(same[0]).dimension):
        return False
    wanted = set(same)
    rows = [(len(item), len(wanted.intersection(item))) for item in items(group, parts_of(group), ";")]
    return len({own for _, own in rows}) > 1 and any(1 < own < size for size, own in rows)


def _nearest(group: Group, same: list[int], total: Quantum) -> list[int]:
    """The whole list, or its first clause where that is nearer to the total ("gồm A, B, C; đã giải ngân D")."""
    first = first_clause(group, same)
    if not first:
        return same
    if group.opener == ":":
        return first
    amounts = [abs(sum((group.stretch.quantum(i).amount for i in column), -total.amount)) for column in (first, same)]
    if min(amounts) <= total.amount / 10:
        return first if amounts[0] < amounts[1] else same
    behind = [group.stretch.words_before(i).lower() for i in same[len(first) :]]
    return first if any(_GOES_ON.search(words) for words in behind) else same


_GOES_ON = re.compile(
    r"\b(?:đã|đang|chưa|còn|giải ngân|thực hiện|đến nay)\b"
)  # what became of the parts, no part itself


def _is_of_other(group: Group, head: int, parts: list[int]) -> bool:
    """Whether another head is of the parts' very unit, while this one is of their kind only."""
    units = {group.stretch.quantum(i).dimension for i in parts} - {""}
    if group.owner.quantum(head).dimension in units:
        return False
    return any(group.owner.quantum(other).dimension in units for other in group.heads)


def _of_one_kind(group: Group, free: list[int], head: int) -> list[int]:
    """All parts, when all are counts of one kind though not of the head's: "318 trường hợp (256 xe máy, 62 ô tô)"."""
    stretch, total = group.stretch, group.owner.quantum(head)
    quanta = [stretch.quantum(i) for i in free]
    if not all(same_kind(quantum, total) and quantum.number.decimals == 0 for quantum in quanta):
        return []
    if is_named_by(group, head, free) or _is_of_visits(group, head, free):
        return free
    kinds = {kind_of(quantum.dimension) or quantum.dimension for quantum in quanta}
    if total.unit in ("vụ", "vụ án", "vụ việc") and kinds & {"people", "vehicles"}:
        return []  # one event has many people and vehicles
    told = total.unit == "trường hợp" and is_bare_list(group, free) and len(kinds) == 1
    if any(quantum.amount > 2 * total.amount for quantum in quanta) and not told:
        return []  # "06 xã: phát ra 1.800 phiếu, thu về 1.762 phiếu": other things altogether
    if all(not quantum.dimension for quantum in quanta):
        return free
    tight = group.exhaustive and (group.opener == "(" or group.opener.startswith("note"))
    listed = (group.exhaustive or group.opener == "trong") and len(free) >= 3
    joined = "gồm" in group.opener and len(free) == 2 and _is_joined(stretch, free)
    return free if (tight and len(kinds) == 1) or listed or (joined and total.dimension in kinds) else []


def _is_of_events(group: Group, free: list[int], total: Quantum) -> bool:
    """Whether a bracket counts events under several nouns: "06 đợt thiên tai (02 đợt rét, 03 trận lốc, 01 đợt hạn)"."""
    stretch, kinds = group.stretch, set()
    for index in free:
        quantum = stretch.quantum(index)
        kinds.add(kind_of(quantum.dimension) if quantum.dimension not in EVENTS else "")
        if is_measured(quantum.dimension) or len(stretch.words_before(index).split()) > 2 or not quantum.dimension:
            return False
    return group.opener == "(" and total.dimension in EVENTS and kinds <= {"", "cases"}


def is_named_by(group: Group, head: int, parts: list[int]) -> bool:
    """Whether the head's noun names each part: "372 tập thể, cá nhân (95 tập thể, 277 cá nhân)"."""
    owner, stretch = group.owner, group.stretch
    if stretch is not owner:
        return False
    noun = owner.lowered[owner.quantum(head).start : max(group.start - 1, 0)]
    units = {stretch.quantum(i).dimension for i in parts}
    return len(units) == len(parts) >= 2 and all(unit and unit in noun for unit in units)


def _is_of_visits(group: Group, head: int, parts: list[int]) -> bool:
    """Whether visits are told by what was visited: "642 lượt cơ sở, trong đó 587 cơ sở đạt, 55 cơ sở vi phạm"."""
    visited = group.owner.words_after(head).lower()
    units = {group.stretch.quantum(i).dimension for i in parts}
    return group.owner.quantum(head).unit == "lượt" and len(units) == 1 and visited.startswith(units.pop() or "-")


def is_bare_list(group: Group, parts: list[int]) -> bool:
    """Whether a list is nothing but numbers with their nouns: "(256 xe máy, 62 ô tô)"."""
    stretch = group.stretch
    kinds = stretch.kinds[group.low : group.high]
    short = all(len(stretch.words_after(i).split()) <= 3 and not stretch.words_before(i) for i in parts)
    return group.opener == "(" and short and not set(kinds) - set("Q,;v")


def _is_joined(stretch: Stretch, parts: list[int]) -> bool:
    """Whether "và" alone joins two parts."""
    return stretch.kinds[parts[0] + 1 : parts[1]].strip(",") == "v"


def strength(group: Group, head: int, parts: list[int], indices: list[int]) -> Strength | None:
    """How sure it is that the parts must make the head, or None when a difference tells nothing."""
    stretch, total = group.stretch, group.owner.quantum(head)
    if total.comparator.value or total.dimension in TIMES - EVENTS or not is_direct(group, head):
        return None
    if shares_leave_a_rest(stretch, parts, _own_share(group, head)):
        return None
    amount = sum((stretch.quantum(i).amount for i in parts), Decimal(0))
    if amount > _BEYOND * total.amount or (is_fresh(group) and _has_fellow(group, head)):
        return None
    if _may_overlap(stretch, parts) or _names_some(group, parts, amount < total.amount / 2):
        return None
    if _leaves_a_rest(group, parts, total, amount):
        return None
    if _overflows(group, parts, total, amount):
        return Strength.LIKELY
    few = len(parts) == 2 and not group.exhaustive
    near = abs(amount - total.amount) <= total.amount / (50 if few else 10)
    homogeneous = _is_homogeneous(group, parts, indices)
    same = all(alike(stretch.quantum(i), total) for i in parts)
    same = same or _is_of_visits(group, head, parts)
    if group.exhaustive and homogeneous:
        near = near and not is_fresh(group)
        return Strength.CERTAIN if same and (group.opener == "(" or near) else Strength.LIKELY
    if group.opener == "trong" and homogeneous and len(parts) >= 3:
        return Strength.LIKELY
    return Strength.LIKELY if same and (near or _leaves_nothing_out(group, parts, indices, homogeneous)) else None


def _leaves_a_rest(group: Group, parts: list[int], total: Quantum, amount: Decimal) -> bool:
    """Whether lines of a budget after "trong đó" may be only the chief ones: no slip of a digit explains what is left.

    "Tổng chi ..., trong đó chi đầu tư ..., chi thường xuyên ..., chi trả nợ lãi ..." is seldom all that was spent.
    """
    of_which = group.stretch is group.owner and group.opener.endswith("trong đó") and not group.exhaustive
    rest = total.amount - amount
    if not of_which or total.dimension != "money" or rest <= total.amount / 50 or _complement(group, parts):
        return False
    listed = [quantity_of(total), *(quantity_of(group.stretch.quantum(i)) for i in parts)]
    return not any(_is_slip(quantity, rest if place else -rest) for place, quantity in enumerate(listed))


def _overflows(group: Group, parts: list[int], total: Quantum, amount: Decimal) -> bool:
    """Whether kinds of spending that never overlap, investment and current, are more than all that was spent."""
    if (
        total.dimension != "money"
        or amount <= total.amount
        or not all(alike(group.stretch.quantum(i), total) for i in parts)
    ):
        return False
    labels = [group.stretch.words_before(i).lower() for i in parts]
    spent = all("chi " in label for label in labels)
    return spent and all(any(kind in label for label in labels) for kind in ("đầu tư", "thường xuyên"))


def _is_slip(printed: Quantity, off: Decimal) -> bool:
    """Whether a figure becomes the right one when one digit is changed, or two neighbours change places."""
    one, other = (f"{(amount / printed.ulp):f}".partition(".")[0] for amount in (printed.amount, printed.amount + off))
    if len(one) != len(other):
        return False
    apart = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return len(apart) == 1 or (
        len(apart) == 2 and one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]]
    )


def _is_homogeneous(group: Group, parts: list[int], indices: list[int]) -> bool:
    """Whether every item of the list gives exactly one part."""
    if len(parts) in {len(items(group, indices, marks)) for marks in (";", ",v;")}:
        return True
    return group.opener == ":" and len({group.stretch.clause[i] for i in parts}) == 1 and _one_each(group, parts)


def _leaves_nothing_out(group: Group, parts: list[int], indices: list[int], homogeneous: bool) -> bool:
    """Whether a list after "trong đó", or in a note, is by its form all of the total."""
    parallel = _is_parallel(group, indices)
    if group.exhaustive or "trong" in group.opener:
        first = parts == indices[: len(parts)] and _one_each(group, parts)
        if parallel or (homogeneous and len(parts) >= 3) or ((homogeneous or first) and _complement(group, parts)):
            return True
        return group.stretch is not group.owner and _one_each(group, parts)
    return group.stretch is not group.owner and _one_each(group, parts) and (parallel or is_pure(group, parts))


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


def is_pure(group: Group, parts: list[int]) -> bool:
    """Whether a note is nothing but the list: every item a short label and one figure."""
    short = len(outside_brackets(group).split()) <= 9 * len(parts)
    sentences = "." in group.stretch.kinds[group.low : group.high]
    return short and not sentences and len(items(group, parts, ",v;")) == len(parts)


def shares_leave_a_rest(stretch: Stretch, parts: list[int], whole: Decimal = HUNDRED) -> bool:
    """Whether every part's own percentage is printed behind it and they do not make ``whole``: some are left out."""
    shares = []
    for index in parts:
        following = stretch.next_figure(index)
        if following < 0 or not stretch.quantum(following).is_percent:
            return False
        shares.append(stretch.quantum(following).value)
    return sum(shares) < whole - HALF


def _own_share(group: Group, head: int) -> Decimal:
    """The percentage that stands right behind a head ("67 thí sinh đạt giải chiếm 35,4%"), else 100."""
    owner = group.owner
    following = next((i for i in owner.places if i > head), None)
    near = following is not None and owner.clause[following] == owner.clause[head]
    if following is None or not near or not owner.quantum(following).is_percent or following >= group.low:
        return HUNDRED
    return min(HUNDRED, owner.quantum(following).value)


def _one_each(group: Group, parts: list[int]) -> bool:
    """Whether every part stands in an item of its own."""
    return all(len(item) == 1 for item in items(group, parts, ",v;")) and len(parts) >= 2


def _is_parallel(group: Group, indices: list[int]) -> bool:
    """Whether all items between semicolons hold the same units in the same order, which lists of parts do."""
    listed = items(group, indices, ";")
    shapes = {tuple(group.stretch.quantum(i).dimension for i in item) for item in listed}
    if len(shapes) != 1 or len(listed) < 2:
        return False
    return len(listed) > 2 or len(next(iter(shapes))) > 1  # two single figures may as well be then and now


def is_fresh(group: Group) -> bool:
    """Whether a list begins its sentence: "Trong đó, ..." may be about any figure of the sentence before."""
    low = group.low - 1
    while low > 0 and group.stretch.kinds[low] in "t:,":
        low -= 1
    return group.stretch is group.owner and group.stretch.kinds[low : low + 2] == ".t"


def _names_some(group: Group, parts: list[int], few: bool) -> bool:
    """Whether "trong đó có" names a lesser part only: "96 đơn, trong đó có 12 đơn khiếu nại, 5 đơn tố cáo"."""
    joined = len(parts) == 2 and _is_joined(group.stretch, parts)
    return few and group.opener.endswith(" có") and not joined


def _may_overlap(stretch: Stretch, parts: list[int]) -> bool:
    """Whether the labels are of two kinds, so that one may stand in both: "40 em nữ và 52 em người Tày"."""
    labels = [f"{stretch.words_before(i)} {stretch.words_after(i)}".lower().split() for i in parts]
    women, men = (sum(word in label for label in labels) for word in ("nữ", "nam"))
    return women > 0 and not men


def _has_fellow(group: Group, head: int) -> bool:
    """Whether another head is of the very unit of one: "312 hộ nghèo, 120 hộ cận nghèo. Trong đó: ..."."""
    total = group.owner.quantum(head)
    return any(i != head and alike(group.owner.quantum(i), total) for i in group.heads)


def is_direct(group: Group, head: int) -> bool:
    """Whether nothing but a few words and figures of the same row stands between the head and its list."""
    if group.stretch is not group.owner:
        return head in group.heads[:3] and not set(group.owner.kinds[head + 1 : group.mark + 1]) & set(";t.")
    fresh = _FRESH_CLAUSE if group.owner.note else _FRESH_LIST  # a note may tell of another year before its list
    between = fresh.sub("", group.owner.kinds[head + 1 : group.low])
    if not group.owner.note and is_fresh(
        group
    ):  # sentences between them tell of changes only, or their figures were heads
        between = between.partition(".")[0]
    return not set(between) & set(";.") and len(between) <= 8


_FRESH_CLAUSE = re.compile(r";(?=t:?$)")
_FRESH_LIST = re.compile(r"[;.](?=t[:,]*$)")  # "...; trong đó: " and "... . Trong đó, " go on with what stands before
