"""Totals without a list of their own: parts in a row behind them, "tổng cộng" behind the parts, pairs of one whole."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import combinations

from baocao.grammar.columns import RATES, alike, part_figure
from baocao.grammar.lexing import QUANTITY
from baocao.grammar.newly_come import is_outgrown
from baocao.grammar.stretch import Stretch
from baocao.grammar.vocabulary import any_of, is_measured, kind_of
from baocao.model import Strength, Total

_IN_ALL = re.compile(r"(?:tổng cộng|tổng số|cộng lại)(?: là| có)?$")


def implicit(stretch: Stretch, settled: dict[int, Total]) -> list[Total]:
    """ "Tiếp nhận 137 đơn, đã giải quyết 131 đơn, đang giải quyết 06 đơn": parts that follow without an opening."""
    claims: list[Total] = []
    flows: list[Total] = []
    for start, head in enumerate(stretch.places):
        total = stretch.quantum(head)
        closed = head in settled and settled[head].basis != "("
        if closed or total.dimension in RATES or total.amount < 5 or stretch.is_change(head):
            continue
        parts = _following(stretch, head, stretch.places[start + 1 : start + 14])
        claim = _implied(stretch, head, parts) if len(parts) >= 2 else None
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
    return _doses(stretch, head, parts) or _flow(stretch, head, same)


_DOSE = re.compile(r"^(?:được )?(?:tiêm )?(?:mũi|liều)\b")


def _doses(stretch: Stretch, head: int, parts: list[int]) -> Total | None:
    """ "1.164 liều cho 602 người tiêm mũi 1 và 562 người tiêm mũi 2": a dose each."""
    people = [i for i in parts if stretch.clause[i] == stretch.clause[head]]
    if stretch.quantum(head).unit not in ("liều", "mũi") or len(people) < 2 or people != parts:
        return None
    following = [stretch.text[stretch.quantum(i).end :][:24].strip().lower() for i in people]
    given = kind_of(stretch.quantum(people[0]).dimension) == "people" and all(map(_DOSE.search, following))
    return _whole(stretch, head, people, "a dose each", Strength.LIKELY) if given else None


def _flow(stretch: Stretch, head: int, same: list[int]) -> Total | None:
    """What came of all that was received does not make it: told when the words say that nothing was left out."""
    total = stretch.quantum(head)
    clause = [i for i in same if stretch.clause[i] == stretch.clause[same[0]]] if same else []
    if len(clause) < 2 or is_outgrown(stretch, head, clause):
        return None
    received = any_of("received").search(stretch.words_before(head).lower()) is not None
    if (received or _is_first(stretch, head, clause)) and _is_flow(stretch, clause):
        return _whole(stretch, head, clause, "what came of it", Strength.LIKELY)
    amount = sum((stretch.quantum(i).amount for i in clause), Decimal(0))
    near = 0 < abs(amount - total.amount) <= total.amount / 100
    if (
        near
        and not _are_siblings(stretch, [head, *clause])
        and len(clause) == len(same)
        and stretch.clause[clause[0]] - stretch.clause[head] <= 1
    ):
        return _whole(stretch, head, clause, "nearly made by what follows", Strength.LIKELY)
    return None


_HAVING = re.compile(r"^(?:có|đã|đạt|đủ)\b")
_LACKING = re.compile(r"^(?:chưa|không)\b")


def _is_first(stretch: Stretch, head: int, parts: list[int]) -> bool:
    """ "64 xã, phường mới có 38 đơn vị có kỹ sư, 26 đơn vị chưa có": those with and those without, of all told."""
    if stretch.clause[head] != stretch.clause[parts[0]] or len(parts) != 2 or stretch.kinds[head] != QUANTITY:
        return False
    clause = [i for i in stretch.around(head, 4) if stretch.clause[i] == stretch.clause[head]]
    trails = [stretch.words_after(i).lower() for i in parts]
    told = _HAVING.search(trails[0]) is not None and _LACKING.search(trails[1]) is not None
    return told and clause == [head, *parts] and not set(stretch.kinds[head : parts[0]]) & set("tgh(")


def _are_siblings(stretch: Stretch, indices: list[int]) -> bool:
    """Whether figures stand in a row, each with a percentage of its own: shares of one whole, none of them a total."""
    behind = [next((i for i in stretch.places if i > index), None) for index in indices]
    return all(i is not None and stretch.quantum(i).is_percent for i in behind)


def _is_flow(stretch: Stretch, parts: list[int]) -> bool:
    """Whether the parts say what came of all: done and not done, won and lost, solved and pending."""
    if len({stretch.clause[i] for i in parts}) > 1 or len(parts) > 4:
        return False
    words = [f"{stretch.words_before(i)} {stretch.words_after(i)}".lower() for i in parts]
    open_end = [bool(any_of("pending").search(text)) for text in words]
    return open_end[-1] and not open_end[0] and not any(any_of("beside").search(text) for text in words)


def _whole(stretch: Stretch, head: int, parts: list[int], basis: str, strength: Strength = Strength.POSSIBLE) -> Total:
    low, high = min(head, *parts), max(head, *parts)
    at = stretch.span(stretch.tokens[low].start, stretch.tokens[high].end)
    figures = tuple(part_figure(stretch, i) for i in parts)
    return Total(at, stretch.figure(stretch.quantum(head)), strength, basis, (), figures)


def summed_up(stretch: Stretch, settled: set[int]) -> list[Total]:
    """The total after its parts ("..., tổng cộng 36 vụ"), when the parts of its unit before it make it."""
    claims = []
    for head in stretch.places:
        total = stretch.quantum(head)
        if head in settled or total.is_percent or total.amount < 10 or total.of is not None:
            continue
        parts: list[int] = []
        running = Decimal(0)
        for index in _before(stretch, head):
            quantum = stretch.quantum(index)
            if quantum.is_percent or not alike(quantum, total) or stretch.is_change(index):
                continue
            parts.append(index)
            running += quantum.amount
            if running == total.amount or (running > total.amount and not _says_in_all(stretch, head)):
                break
        if len(parts) >= 2 and running == total.amount:
            claims.append(_whole(stretch, head, sorted(parts), "summed up"))
        elif 2 <= len(parts) <= 5 and total.measure is not None and _says_in_all(stretch, head):
            claims.append(_whole(stretch, head, sorted(parts), "in all", Strength.LIKELY))
    return claims


def _before(stretch: Stretch, head: int) -> list[int]:
    """The figures of the sentence before a figure, nearest first."""
    low, _ = stretch.sentence_range(head)
    return [*stretch.figures_between(low, head)][::-1]


def _says_in_all(stretch: Stretch, head: int) -> bool:
    return _IN_ALL.search(stretch.words_before(head).lower()) is not None
