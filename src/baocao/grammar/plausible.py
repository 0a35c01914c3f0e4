"""Figures of well-known indicators that lie outside of all that is usual."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from baocao.grammar.lexing import QUANTITY, Quantum
from baocao.grammar.numbers import write_number
from baocao.grammar.stretch import Stretch
from baocao.model import Strength, Value
from baocao.reference import load

IMPLAUSIBLE = "implausible "  # basis of the claims; the range's id follows
_CONTEXT = 140  # characters before a figure that say what it is of
_AFTER = 30
_AGAINST = ("kh", "kế hoạch", "chỉ tiêu", "dự toán", "so ", "nq", "nghị quyết", "tổng số", "tổng")


class Range(NamedTuple):
    """What must and what must not stand around a figure, and the values between which it usually lies."""

    id: str
    required: tuple[tuple[str, ...], ...]
    excluded: tuple[str, ...]
    after: tuple[str, ...]
    low: Decimal
    high: Decimal
    nouns: frozenset[str]
    dimension: str


def implausible(stretch: Stretch) -> Iterator[Value]:
    """The figures of a passage outside the range that is usual for what they are said of."""
    before: dict[int, int] = {}
    for index in stretch.places:
        if stretch.kinds[index] != QUANTITY:
            before[stretch.parent[index]] = index
            continue
        quantum = stretch.quantum(index)
        if quantum.is_percent:
            found = _outside(stretch, index, quantum, "share")
        elif quantum.dimension in ("money", "money_per_head"):
            found = _outside(stretch, index, quantum, "money")
        elif quantum.dimension == "yield":
            found = _odd_yield(stretch, quantum)
        else:
            found = ""
        if found:
            yield _claim(stretch, quantum, found)
        elif quantum.dimension in ("money", "mass"):
            yield from _each(stretch, before.get(stretch.parent[index]), index)
        before[stretch.parent[index]] = index


def _claim(stretch: Stretch, quantum: Quantum, found: str) -> Value:
    figure = stretch.figure(quantum)
    return Value(figure.span, figure, Strength.LIKELY, IMPLAUSIBLE + found)


def _outside(stretch: Stretch, index: int, quantum: Quantum, kind: str) -> str:
    amount = quantum.amount
    suspects = [one for one in _ranges(kind) if not one.low <= amount <= one.high]
    if not suspects:
        return ""
    around = _before(stretch, index)
    following = stretch.text[quantum.end : quantum.end + _AFTER].lower().strip()
    for one in suspects:
        if not _fits(one, around):
            continue
        if one.after:
            if any(word in following for word in one.after):
                return one.id
        elif not following.startswith(_AGAINST):
            return one.id
    return ""


def _before(stretch: Stretch, index: int) -> str:
    """The words before a figure back to the figure, the semicolon or the sentence before it."""
    start = 0
    for position in range(index - 1, -1, -1):
        token = stretch.tokens[position]
        if token.figure is not None or token.kind in ";.…":
            start = token.end
            break
    end = stretch.tokens[index].start
    return " ".join(stretch.text[max(start, end - _CONTEXT) : end].lower().split())


def _fits(one: Range, around: str) -> bool:
    if not all(any(word in around for word in words) for words in one.required):
        return False
    return not any(word in around for word in one.excluded)


def _odd_yield(stretch: Stretch, quantum: Quantum) -> str:
    """The range of the crop that is named last before a yield."""
    around = stretch.text[max(0, quantum.start - 2 * _CONTEXT) : quantum.start].lower()
    if "tăng" in around[-30:] or "giảm" in around[-30:]:
        return ""
    named = _crop_words().findall(around)
    if not named:
        return ""
    low, high, name = _crops()[named[-1]]
    return "" if low <= quantum.amount <= high else name


def _each(stretch: Stretch, counted: int | None, index: int) -> Iterator[Value]:
    """An amount divided by the count right before it: a fine a case, a gift's worth, rice a head."""
    if counted is None or stretch.sentence[counted] != stretch.sentence[index] or stretch.kinds[counted] != QUANTITY:
        return
    count, amount = stretch.quantum(counted), stretch.quantum(index)
    if stretch.text[amount.end : amount.end + 2].lstrip().startswith("/"):
        return  # "15 kg/nhân khẩu/tháng": an amount a head already
    if count.amount < 5 or stretch.clause[counted] != stretch.clause[index]:
        return
    for one in _ranges("each"):
        if count.unit not in one.nouns or amount.dimension != one.dimension:
            continue
        each = amount.amount / count.amount
        if one.low <= each <= one.high:
            continue
        between = stretch.text[count.end : amount.start].lower()
        around = f"{_before(stretch, counted)} {between} {stretch.text[amount.end : amount.end + 12].lower()}"
        if _fits(one, around) and len(between) < 60 and "mỗi" not in between and "/" not in between:
            also = (stretch.span(count.start, count.end),)
            at = stretch.span(count.start, amount.end)
            shown = write_number(each, 0 if each > 100 else 3)
            figure = stretch.figure(amount)
            yield Value(at, figure, Strength.LIKELY, IMPLAUSIBLE + one.id, also, subject=shown)


@cache
def _ranges(kind: str) -> tuple[Range, ...]:
    return tuple(_range(entry) for entry in load("plausible")[kind])


def _range(entry: dict[str, Any]) -> Range:
    return Range(
        entry["id"],
        tuple(tuple(words.split("|")) for words in entry["all"]),
        tuple(entry["none"]),
        tuple(entry.get("after", ())),
        Decimal(entry.get("low", 0)),
        Decimal(entry.get("high", 10**18)),
        frozenset(entry.get("nouns", ())),
        entry.get("dimension", ""),
    )


@cache
def _crops() -> dict[str, tuple[Decimal, Decimal, str]]:
    crops = load("plausible")["crop"]
    return {word: (Decimal(crop["low"]), Decimal(crop["high"]), crop["id"]) for crop in crops for word in crop["words"]}


@cache
def _crop_words() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(_crops(), key=len, reverse=True))})\b")
