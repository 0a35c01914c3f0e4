"""Totals that stand behind their parts, by name: "sản lượng A tấn; ...; sản lượng B tấn. Tổng sản lượng: C tấn"."""

from __future__ import annotations

import re
from bisect import bisect_left
from decimal import Decimal

from baocao.grammar.columns import RATES, part_figure
from baocao.grammar.groups import Group
from baocao.grammar.lexing import QUANTITY
from baocao.grammar.neighbours import is_plain
from baocao.grammar.stretch import Stretch
from baocao.grammar.vocabulary import any_of, is_measured, number_words
from baocao.model import Strength, Total

_NAMED = re.compile(r"^(?:với |và )?tổng (?:cộng |số )?(?P<name>\w+ \w+)(?P<more>(?: \w+){0,3})\W*$")
_OF_ALL = re.compile(
    r"\b(?P<count>\w+) (?:vụ|đợt|khu vực|nguồn|khoản|đoạn|giai đoạn|nhóm)(?: \w+)? cộng lại(?: là| được)?$"
)
_WIDER = re.compile(
    r"\b(?:toàn|cả|năm|kế hoạch|dự toán|lũy kế|luỹ kế|đầu tư|giai đoạn|nay|dự kiến|theo"
    r"|thực hiện|đề án|dự án|chương trình|công tác|giao)\b"
)
_BACK = 14  # figures back that a part may stand
_SENTENCES = 3  # sentences back that a part may stand
_BEYOND = 12  # times its parts: a figure so far off is of something else


def closing_totals(stretch: Stretch, settled: set[int]) -> list[Total]:
    """The totals of a stretch that come after the parts of their name."""
    claims = []
    if not any(word in stretch.lowered for word in ("tổng ", "cộng lại", "nâng ")):
        return []
    for head in stretch.places:
        quantum = stretch.quantum(head)
        if head in settled or stretch.kinds[head] != QUANTITY or not is_plain(quantum):
            continue
        if not is_measured(quantum.dimension) or quantum.dimension in RATES:
            continue
        parts = _parts(stretch, head) or _grown(stretch, head)
        if len(parts) >= 2 and _is_near(stretch, head, parts):
            claims.append(made_of(stretch, head, parts))
    return claims


def _parts(stretch: Stretch, head: int) -> list[int]:
    words = _words(stretch, head)
    every = _OF_ALL.search(words)
    if every is not None:
        count = number_words().get(every["count"], 0)
        before = _before(stretch, head)
        return before if len(before) == count else []
    named = _NAMED.match(words)
    if named is None or _WIDER.search(named["more"]):
        return []
    parts = _before(stretch, head)
    return parts if all(_is_of_name(stretch, i, named["name"]) for i in parts) else []


_RAISED = re.compile(r"\bnâng\b.*\b(?:lên|được|đạt|thành)$")


def _grown(stretch: Stretch, head: int) -> list[int]:
    """ "trồng 31 ha ... và 22 ha ..., nâng diện tích lên 35 ha": what was added, when that is more than the whole."""
    if not _RAISED.search(stretch.words_before(head).lower()):
        return []
    added = [i for i in _before(stretch, head) if stretch.sentence[i] == stretch.sentence[head]]
    amount = sum((stretch.quantum(i).amount for i in added), Decimal(0))
    row = len(added) == 2 and stretch.kinds[added[0] + 1 : added[1]].strip(",") == "v"
    return added if row and amount > stretch.quantum(head).amount else []


def _words(stretch: Stretch, head: int) -> str:
    """The words that name a figure, "Tổng sản lượng:" among them, when they open their clause."""
    colon = stretch.kinds[head - 1 : head] == ":"
    words = stretch.words_before(head - 1 if colon else head).lower()
    at = bisect_left(stretch.places, head)
    since = stretch.places[at - 1] if at else 0
    return words if set(stretch.kinds[since:head]) & set(";.") else ""


def _before(stretch: Stretch, head: int) -> list[int]:
    """The figures of a head's dimension in its sentence and the ones before it, in any bracket, in their order."""
    at, quantum = bisect_left(stretch.places, head), stretch.quantum(head)
    earliest = stretch.sentence[head] - _SENTENCES
    near = [i for i in stretch.places[max(0, at - _BACK) : at] if stretch.sentence[i] >= earliest]
    return [i for i in near if stretch.quantum(i).dimension == quantum.dimension and not stretch.is_change(i)]


def _is_of_name(stretch: Stretch, index: int, name: str) -> bool:
    """Whether a part is told by its total's name, or by another name for money."""
    words = stretch.words_before(index).lower()
    if "riêng" in words:
        return False
    if name in words:
        return True
    return any_of("sums").search(name) is not None and any_of("sums").search(words) is not None


def _is_near(stretch: Stretch, head: int, parts: list[int]) -> bool:
    """Whether the parts stand each in an item of its own and their sum is no other order of size."""
    total, amount = stretch.quantum(head).amount, sum((stretch.quantum(i).amount for i in parts), Decimal(0))
    ends = zip(parts, [*parts[1:], head], strict=True)
    apart = all(set(stretch.kinds[first:second]) & set(",;.v") for first, second in ends)
    plain = all(is_plain(stretch.quantum(i)) and stretch.kinds[i] == QUANTITY for i in parts)
    if any(amount - stretch.quantum(i).amount == total for i in parts):
        return False  # one of them is a part of another: "nuôi trồng 3.010 tấn, riêng tôm 1.200 tấn"
    return apart and plain and 0 < amount <= _BEYOND * total and total <= _BEYOND * amount


def made_of(stretch: Stretch, head: int, parts: list[int]) -> Total:
    low, high = min(head, *parts), max(head, *parts)
    at = stretch.span(stretch.tokens[low].start, stretch.tokens[high].end)
    figures = tuple(part_figure(stretch, i) for i in parts)
    return Total(at, stretch.figure(stretch.quantum(head)), Strength.LIKELY, "behind its parts", (), figures)


def sums_of_note(group: Group, head: int) -> list[int]:
    """ "với tổng kinh phí 55,6 triệu đồng¹" and a note that tells of events, each with its money: those figures."""
    owner, note = group.owner, group.stretch
    words = owner.words_before(head).lower()
    named = _NAMED.match(words[words.rfind("tổng ") :]) if "tổng " in words else None
    if note is owner or named is None or owner.quantum(head).dimension != "money":
        return []
    if any_of("sums").search(named["name"]) is None or _WIDER.search(named["more"]):
        return []
    money = [i for i in note.figures_between(group.low, group.high) if note.quantum(i).dimension == "money"]
    told = all(any_of("sums").search(note.words_before(i).lower()) and is_plain(note.quantum(i)) for i in money)
    return money if told and len(money) >= 2 and not any(note.is_change(i) for i in money) else []
