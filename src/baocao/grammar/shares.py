"""Shares: percentages that part one whole and so make 100, or make the share that they part.

A list is known by its labels (reference/partitions.toml), by a word that announces shares
("cơ cấu", "lần lượt chiếm"), or, where neither is there, by making 100 exactly.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from baocao.grammar.lexing import FRACTION, QUANTITY, YEAR
from baocao.grammar.moves import move_at
from baocao.grammar.neighbours import is_plain
from baocao.grammar.partitions import Family, Label, anchor_of, label_of, rest_words
from baocao.grammar.stretch import Stretch
from baocao.model import Agreement, Figure, Ratio, Share, Strength
from baocao.model.quantity import HUNDRED, Interval, Quantity

_GOOD = (Agreement.EXACT, Agreement.TRUNCATED, Agreement.WITHIN_ROUNDING)
_ANNOUNCED = re.compile(r"cơ cấu|tỷ trọng|tỉ trọng|chiếm lần lượt|lần lượt chiếm|tương ứng chiếm|chiếm tương ứng")
_LONGEST = 9  # shares of one whole
_NEAR = 4  # figures before a row of shares that its whole may stand
_FAR = 60  # tokens that a sentence is followed for


def shares(stretch: Stretch) -> list[Share | Ratio]:
    """The lists of shares of one stretch, and the share that no other of its list agrees with."""
    if stretch.text.count("%") < 2:
        return []
    found = [index for index in stretch.places if _is_share(stretch, index)]
    claims: list[Share | Ratio] = []
    spent: set[int] = set()
    for group in _labelled(stretch, found):
        claims.extend(_partition(stretch, group, spent))
    for run in _runs(stretch, found):
        claims.extend(_announced(stretch, [index for index in run if index not in spent], spent))
        claims.extend(_closing(stretch, [index for index in run if index not in spent], spent))
    claims.extend(_of_counts(stretch, [index for index in found if index not in spent]))
    claims.extend(_under_share(stretch, found))
    claims.extend(_one_whole(stretch, found))
    return claims


def _is_share(stretch: Stretch, index: int) -> bool:
    """Whether a figure may be a share: a level in per cent, or one whose sign was forgotten ("khá 13,7; ...")."""
    if stretch.kinds[index] != QUANTITY:
        return False
    quantum = stretch.quantum(index)
    if quantum.upper is not None or quantum.value > HUNDRED:
        return False
    if quantum.is_percent:
        return not quantum.unit.startswith("điểm") and move_at(stretch, index) is None
    bare = quantum.end == quantum.number_end and quantum.scale == 0 and quantum.number.decimals > 0
    return bare and label_of(stretch, index) is not None


# lists known by their labels


def _labelled(stretch: Stretch, found: list[int]) -> Iterator[tuple[Family, dict[int, int]]]:
    """Runs of one family's labels, each label once: rank → token. Ratings go from the best down."""
    family: Family | None = None
    ranks: dict[int, int] = {}
    last = -1
    for index in found:
        label = label_of(stretch, index)
        if family is not None and not _continues(stretch, last, index, label, family, ranks):
            yield family, ranks
            family, ranks = None, {}
        if label is not None:
            family = label.family
            ranks[label.rank] = index
            last = index
    if family is not None:
        yield family, ranks


def _continues(
    stretch: Stretch, last: int, index: int, label: Label | None, family: Family, ranks: dict[int, int]
) -> bool:
    if label is None or label.family is not family or label.rank in ranks:
        return False
    if stretch.sentence[last] != stretch.sentence[index] or _depth(stretch, last) != _depth(stretch, index):
        return False
    return family.name == "sector" or label.rank > max(ranks)


def _depth(stretch: Stretch, index: int) -> int:
    """The bracket that a share's item stands in: a bracket of its own behind a count does not part it."""
    return stretch.parent[anchor_of(stretch, index)]


def _partition(stretch: Stretch, group: tuple[Family, dict[int, int]], spent: set[int]) -> Iterator[Share]:
    family, ranks = group
    indices = sorted(ranks.values())
    if len(indices) < 2:
        return
    enough = len(indices) >= family.least or frozenset(ranks) in family.closed
    claim = make(stretch, indices, Strength.POSSIBLE, family.name)
    if claim.agreement in _GOOD:
        if enough or claim.agreement is Agreement.EXACT:
            spent.update(indices)
            yield claim
        return
    strength = _strength(stretch, family, indices, _sum(stretch, indices)) if enough else Strength.POSSIBLE
    if strength is not Strength.POSSIBLE:
        spent.update(indices)
        yield make(stretch, indices, strength, family.name)


def _strength(stretch: Stretch, family: Family, indices: list[int], total: Decimal) -> Strength:
    """How sure it is that labelled shares part one whole: never where a rest is told or a bound is given."""
    if not all(is_plain(stretch.quantum(index)) for index in indices) or not 50 <= total <= 195:
        return Strength.POSSIBLE
    if family.name in ("sector", "capital", "sex") and not _is_announced(stretch, indices[0]):
        return Strength.POSSIBLE
    if total < HUNDRED:
        return Strength.POSSIBLE if _has_rest(stretch, indices) else Strength.LIKELY
    return Strength.CERTAIN if len(indices) >= 3 else Strength.LIKELY


def _has_rest(stretch: Stretch, indices: list[int]) -> bool:
    """Whether the sentence tells of a rest behind the shares."""
    start, last = stretch.tokens[indices[0]].start, indices[-1]
    high = last
    while high + 1 < len(stretch.kinds) and high - last < _FAR and stretch.sentence[high + 1] == stretch.sentence[last]:
        high += 1
    return bool(rest_words().search(stretch.text[start : stretch.tokens[high].end].lower()))


def _is_announced(stretch: Stretch, index: int) -> bool:
    low = index
    while low > 0 and index - low < _FAR and stretch.sentence[low - 1] == stretch.sentence[index]:
        low -= 1
    start = stretch.tokens[low - 1].end if low else 0
    return bool(_ANNOUNCED.search(stretch.text[start : stretch.tokens[index].start].lower()))


# lists without known labels


def _runs(stretch: Stretch, found: list[int]) -> Iterator[list[int]]:
    """Shares of one sentence at one depth, in a row."""
    run: list[int] = []
    for index in found:
        if run and (
            stretch.sentence[run[-1]] != stretch.sentence[index] or _depth(stretch, run[-1]) != _depth(stretch, index)
        ):
            yield run
            run = []
        if stretch.quantum(index).is_percent:
            run.append(index)
    if run:
        yield run


def _announced(stretch: Stretch, run: list[int], spent: set[int]) -> Iterator[Share]:
    """ "Cơ cấu ...: a%, b%, c%", "lần lượt chiếm a%; b% và c%": all of the list."""
    for part in _lists(stretch, run):
        between = stretch.kinds[part[0] : part[-1]]
        if set("ghudfysk" + YEAR) & set(between) or not all(is_plain(stretch.quantum(index)) for index in part):
            continue
        claim = make(stretch, part, Strength.LIKELY, "announced")
        near = 60 <= _sum(stretch, part) <= 160
        if claim.agreement in _GOOD or (near and not _has_rest(stretch, part)):
            spent.update(part)
            yield claim


def _lists(stretch: Stretch, run: list[int]) -> Iterator[list[int]]:
    """Three shares or more with nothing but marks and labels between them, behind the word that announces them."""
    part: list[int] = []
    for index in run:
        if part and not _is_bare_or_named(stretch, [part[-1], index]):
            if 3 <= len(part) <= _LONGEST:
                yield part
            part = []
        if part or _ANNOUNCED.search(stretch.text[_reach(stretch, index) : stretch.tokens[index].start].lower()):
            part.append(index)
    if 3 <= len(part) <= _LONGEST:
        yield part


def _reach(stretch: Stretch, index: int) -> int:
    """From where words may announce a list: its sentence, behind the percentage before it."""
    for position in range(index - 1, -1, -1):
        if stretch.sentence[position] != stretch.sentence[index]:
            return stretch.tokens[position].end
        if stretch.kinds[position] == QUANTITY and stretch.quantum(position).is_percent:
            return stretch.tokens[position].end
    return 0


def _is_bare_or_named(stretch: Stretch, run: list[int]) -> bool:
    """Whether nothing but marks stands between the shares, or a label before each of them and no other figure."""
    between = [stretch.kinds[low + 1 : high] for low, high in pairwise(run)]
    return all(not set("QFt(") & set(kinds) for kinds in between)


def _closing(stretch: Stretch, run: list[int], spent: set[int]) -> Iterator[Share]:
    """Neighbours that make 100 exactly, the longest first: the agreement is the evidence."""
    low = 0
    while low < len(run):
        for size in range(min(_LONGEST, len(run) - low), 1, -1):
            part = run[low : low + size]
            if _sum(stretch, part) == HUNDRED and _is_telling(stretch, part):
                spent.update(part)
                yield make(stretch, part, Strength.POSSIBLE, "makes 100")
                low += size - 1
                break
        low += 1


def _is_telling(stretch: Stretch, part: list[int]) -> bool:
    """Whether shares that make 100 do so by no accident."""
    quanta = [stretch.quantum(index) for index in part]
    if any(quantum.value in (0, HUNDRED) for quantum in quanta) and len(part) < 3:
        return False
    decimals = sum(quantum.number.decimals > 0 for quantum in quanta)
    said = any("c" in stretch.kinds[max(0, index - 3) : index] for index in part)
    return decimals >= 2 or said or (len(part) >= 3 and _is_announced(stretch, part[0]))


# shares of a share


def _under_share(stretch: Stretch, found: list[int]) -> Iterator[Share]:
    """ "67 thí sinh đạt giải, chiếm 35,4%, trong đó ... (6,3%), ... (6,9%)": parts of the share that they part."""
    for position, kind in enumerate(stretch.kinds):
        if kind != "t":
            continue
        sentence, place = stretch.sentence[position], bisect_right(found, position)
        heads = [i for i in found[max(0, place - 1) : place] if stretch.sentence[i] == sentence]
        behind = [i for i in found[place : place + 2 * _LONGEST] if stretch.sentence[i] == sentence]
        parts = [i for i in behind if _depth(stretch, i) == stretch.parent[position]][:_LONGEST]
        if heads and len(parts) >= 2:
            claim = _part_of_share(stretch, heads[-1], parts)
            if claim is not None:
                yield claim


def _part_of_share(stretch: Stretch, head: int, parts: list[int]) -> Share | None:
    stated = stretch.quantum(head)
    if stated.value >= HUNDRED or not all(stretch.quantum(i).is_percent for i in (head, *parts)):
        return None
    if any(_is_of_own_base(stretch, i) for i in (head, *parts)):
        return None
    claim = make(stretch, parts, Strength.POSSIBLE, "share and its parts", head)
    if (claim.agreement is Agreement.EXACT and stated.number.decimals) or (claim.agreement in _GOOD and len(parts) > 2):
        return claim
    counts = [_count_of(stretch, i) for i in (head, *parts)]
    whole, *rest = [count for count in counts if count is not None] or [Decimal(0)]
    if len(rest) == len(parts) >= 2 and whole == sum(rest) and claim.agreement is Agreement.DISAGREE:
        return make(stretch, parts, Strength.LIKELY, "counts add up", head)
    return None


def _is_of_own_base(stretch: Stretch, index: int) -> bool:
    """Whether a percentage is of a plan or an earlier time of its own ("66,3% kế hoạch"), so that it is no part."""
    return stretch.kinds[index + 1 : index + 2] in ("k", "s", "y")


def _of_counts(stretch: Stretch, found: list[int]) -> Iterator[Share]:
    """ "Có 57 hộ. Trong đó 48 hộ Kinh chiếm 84,2%, 09 hộ Tày chiếm 25,8%": as the counts, so the shares."""
    by_sentence: dict[int, list[int]] = {}
    for index in found:
        by_sentence.setdefault(stretch.sentence[index], []).append(index)
    for row in by_sentence.values():
        pairs = [(i, count) for i in row if (count := _count_before(stretch, i)) > 0]
        if not 2 <= len(pairs) == len(row) <= _LONGEST or not 50 <= _sum(stretch, row) <= 195:
            continue
        claim = make(stretch, row, Strength.LIKELY, "counts make the whole")
        if claim.agreement is Agreement.DISAGREE and _is_whole(stretch, row[0], sum(count for _, count in pairs)):
            yield claim


def _count_before(stretch: Stretch, index: int) -> Decimal:
    """The count right before a share in its item ("48 hộ Kinh chiếm 84,2%"), or 0."""
    at = bisect_left(stretch.places, index) - 1
    place = stretch.places[at] if at >= 0 else -1
    if place < 0 or stretch.kinds[place] != QUANTITY or set(stretch.kinds[place:index]) & set(";."):
        return Decimal(0)
    quantum = stretch.quantum(place)
    if not set(stretch.kinds[place + 1 : index]) & set("c("):
        return Decimal(0)  # "02 thương binh 61%" is a rate of its own
    return Decimal(0) if quantum.is_percent or quantum.number.decimals or not quantum.unit else quantum.value


def _is_whole(stretch: Stretch, first: int, amount: Decimal | int) -> bool:
    """Whether a count near before the row is that amount, with no share of its own behind it."""
    at = bisect_left(stretch.places, first) - 1
    for place in range(max(0, at - _NEAR), at):
        index = stretch.places[place]
        near = stretch.sentence[first] - stretch.sentence[index] <= 1
        if (
            near
            and stretch.quantum(index).value == amount
            and not stretch.quantum(stretch.places[place + 1]).is_percent
        ):
            return True
    return False


def _count_of(stretch: Stretch, index: int) -> Decimal | None:
    """The count that a percentage is said of: the figure right before it."""
    position = index - 1
    while position >= 0 and stretch.kinds[position] in "ce(,":
        position -= 1
    if position < 0 or stretch.kinds[position] != QUANTITY:
        return None
    quantum = stretch.quantum(position)
    return None if quantum.is_percent or quantum.number.decimals else quantum.value


# counts with percentages of one whole


def _one_whole(stretch: Stretch, found: list[int]) -> Iterator[Ratio]:
    """Of three or more counts with their shares all but one imply one whole: that one is doubtful."""
    pairs = [(i, count) for i in found if (count := _count_of(stretch, i)) is not None and count > 0]
    for group in _alike(stretch, pairs):
        if not 4 <= len(group) <= _LONGEST:
            continue
        wholes = [_whole(stretch, index, count) for index, count in group]
        for odd in range(len(group)):
            rest = [whole for place, whole in enumerate(wholes) if place != odd]
            low, high = max(whole.low for whole in rest), min(whole.high for whole in rest)
            if low <= high and not Interval(low, high).overlaps(wholes[odd]) and high - low <= low / 10:
                yield _outlier(stretch, group[odd][0], Interval(low, high))
                break


def _alike(stretch: Stretch, pairs: list[tuple[int, Decimal]]) -> Iterator[list[tuple[int, Decimal]]]:
    """Pairs of one sentence whose counts are of one noun."""
    group: list[tuple[int, Decimal]] = []
    for pair in pairs:
        if group and not _is_alike(stretch, group[-1][0], pair[0]):
            yield group
            group = []
        group.append(pair)
    if group:
        yield group


def _is_alike(stretch: Stretch, first: int, second: int) -> bool:
    units = {stretch.quantum(_behind(stretch, index)).unit for index in (first, second)}
    return stretch.sentence[first] == stretch.sentence[second] and len(units) == 1


def _behind(stretch: Stretch, index: int) -> int:
    position = index - 1
    while stretch.kinds[position] not in (QUANTITY, FRACTION):
        position -= 1
    return position


def _whole(stretch: Stretch, index: int, count: Decimal) -> Interval:
    share = stretch.figure(stretch.quantum(index)).quantity.interval
    low = max(share.low, Decimal("0.001"))
    return Interval(HUNDRED * count / share.high, HUNDRED * count / low)


def _outlier(stretch: Stretch, index: int, whole: Interval) -> Ratio:
    """The ratio of an odd count to the whole that the others imply."""
    stated, part = stretch.quantum(index), stretch.quantum(_behind(stretch, index))
    middle = ((whole.low + whole.high) / 2).quantize(Decimal(1))
    at = stretch.span(part.start, stated.end)
    text = f"{middle} {part.unit}".strip()
    implied = Figure(Quantity(middle, 0, part.unit), stretch.span(part.start, part.end), text)
    figures = stretch.figure(part), implied
    return Ratio(at, stretch.figure(stated), Strength.LIKELY, "the whole of the others", (), *figures, "whole")


# the claim


def _sum(stretch: Stretch, indices: list[int]) -> Decimal:
    return sum((stretch.quantum(index).value for index in indices), Decimal(0))


def make(stretch: Stretch, parts: list[int], strength: Strength, basis: str, head: int = -1) -> Share:
    """Shares that make 100, or the share at ``head``."""
    figures = tuple(stretch.figure(stretch.quantum(index)) for index in parts)
    first = min(head, parts[0]) if head >= 0 else parts[0]
    at = stretch.span(stretch.tokens[first].start, stretch.tokens[parts[-1]].end)
    stated = stretch.figure(stretch.quantum(head)) if head >= 0 else None
    return Share(at, stated, strength, basis, (), figures)
