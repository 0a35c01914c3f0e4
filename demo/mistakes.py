"""The slips that people make in reports, one kind a function: where in a line each can be made, and what it makes.

Each takes a line of the report and its place in it, and gives what would stand there with the mistake, or None where
that mistake has no place. Only where the line itself shows the arithmetic is anything changed, as only there a reader
could see it. What is printed alone changes: address, value and form of a number stay as they were drafted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import NamedTuple

from baocao.model.draft import Line, Number, Piece, Reckoning, Words
from baocao.model.text import Text

Slip = Callable[[Line, int, Random], Piece | None]
_RESOLUTION = re.compile(r"Nghị quyết(?= số \d+/NQ-HĐND)")
_DAY = re.compile(r"\b3[01]/(?=12/\d{4})")
_LEAST = 10  # below, rounding hides what a slip changes


class Mistake(NamedTuple):
    """One kind of slip: its name, and whether it is made in the report's text or in its annexes."""

    name: Text
    slip: Slip
    in_annex: bool = False


def transposed(text: str, dice: Random) -> str | None:
    """A number with two neighbouring digits exchanged so that it moves by more than any rounding: "107,2" → "170,2"."""
    meant, made = _value(text), []
    for at in range(len(text) - 1):
        left, right = text[at], text[at + 1]
        if left.isdigit() and right.isdigit() and left != right and (at or right != "0"):
            slipped = f"{text[:at]}{right}{left}{text[at + 2 :]}"
            if abs(_value(slipped) - meant) * 100 > meant:
                made.append(slipped)
    return dice.choice(made) if made else None


def ratio(line: Line, at: int, dice: Random) -> Piece | None:
    """The digits of a percentage exchanged; the figures that it is made of stand beside it."""
    number = line[at]
    if not _is(number, Reckoning.PERCENT) or not _are_printed(line, number):
        return None
    return _slipped(number, dice)


def part(line: Line, at: int, dice: Random) -> Piece | None:
    """The digits of a part exchanged: "212.924 ha (A 138.593 ha, B 74.331 ha)"."""
    numbers = _numbers(line)
    for first, (_, whole) in enumerate(numbers):
        if first + 1 == len(numbers) or "(" not in _before(line, numbers[first + 1][0]):
            continue
        inside = _inside(line, numbers[first + 1 :])
        is_among = any(place == at for place, _ in inside)
        if is_among and len(inside) > 1 and _sum(number for _, number in inside) == _value(whole.text):
            return _slipped(line[at], dice)
    return None


def change(line: Line, at: int, dice: Random) -> Piece | None:
    """The digits of "tăng 12 vụ" exchanged; from what to what is told before."""
    number = line[at]
    if not _is(number, Reckoning.CHANGE) or not _tells_from_to(line, at):
        return None
    return _slipped(number, dice)


def level(line: Line, at: int, dice: Random) -> Piece | None:
    """A level said as a change: "tăng 107,9% so với năm 2025" where it came to 107,9% of that year."""
    words, behind = line[at], line[at + 1 : at + 4]
    if not isinstance(words, Words) or not words.text.endswith(", bằng ") or len(behind) < 3:
        return None
    number, since, before = behind
    if not _is(number, Reckoning.PERCENT) or not _are_printed(line, number) or not isinstance(before, Number):
        return None
    if not isinstance(since, Words) or not since.text.startswith("% so với năm"):
        return None
    return replace(words, text=words.text.removesuffix("bằng ") + "tăng ")


def output(line: Line, at: int, dice: Random) -> Piece | None:
    """The digits of an output exchanged; area and yield stand before it."""
    before = [line[place] for place in (at - 3, at - 1) if place >= 0]
    asked = ("năng suất", "sản lượng")
    if len(before) < len(asked) or not _is(line[at], Reckoning.VALUE):
        return None
    if not all(isinstance(one, Words) and word in one.text for one, word in zip(before, asked, strict=True)):
        return None
    return _slipped(line[at], dice)


def count(line: Line, at: int, dice: Random) -> Piece | None:
    """One fewer counted than is named: "04/10 xã, gồm: ..." where five names follow."""
    number, behind = line[at], line[at + 1 : at + 4]
    if not _is(number, Reckoning.COUNT) or len(behind) < 3 or not _is(behind[1], Reckoning.COUNT):
        return None
    assert isinstance(number, Number)
    slash, names = behind[0], behind[2]
    if not (isinstance(slash, Words) and slash.text == "/" and isinstance(names, Words) and "gồm: " in names.text):
        return None
    return replace(number, text=number.form.printed(number.value - 1)) if number.value > 2 else None


def grouping(line: Line, at: int, dice: Random) -> Piece | None:
    """A dot between thousands set a digit too early: "1.154.880" → "1.15.4880"."""
    number = line[at]
    if not isinstance(number, Number) or number.text.count(".") < 2:
        return None
    whole, _, decimals = number.text.rpartition(".")
    return replace(number, text=f"{whole[:-1]}.{whole[-1]}{decimals}")


def day(line: Line, at: int, dice: Random) -> Piece | None:
    """A day that no calendar has: 31/11."""
    words = line[at]
    if not isinstance(words, Words) or not _DAY.search(words.text):
        return None
    return replace(words, text=re.sub(r"\b3[01]/12/(?=\d{4})", "31/11/", words.text, count=1))


def citation(line: Line, at: int, dice: Random) -> Piece | None:
    """A resolution of the council called a decision: "Quyết định số 56/NQ-HĐND"."""
    words = line[at]
    if not isinstance(words, Words) or not _RESOLUTION.search(words.text):
        return None
    return replace(words, text=_RESOLUTION.sub("Quyết định", words.text, count=1))


def unit(line: Line, at: int, dice: Random) -> Piece | None:
    """Milliards called millions, where the percentage of a plan stands beside: "14.451,6 triệu đồng"."""
    words = line[at]
    if not isinstance(words, Words) or not at or not isinstance(line[at - 1], Number):
        return None
    if not words.text.startswith(" tỷ đồng") or at + 1 == len(line) or not _is(line[at + 1], Reckoning.PERCENT):
        return None
    return replace(words, text=words.text.replace("tỷ", "triệu", 1))


def shares(line: Line, at: int, dice: Random) -> Piece | None:
    """The digits of a share exchanged; all shares of the line made 100."""
    found = [(place, number) for place, number in _numbers(line) if "chiếm" in _before(line, place)]
    if all(place != at for place, _ in found) or _sum(number for _, number in found) != 100:
        return None
    return _slipped(line[at], dice)


def cell(line: Line, at: int, dice: Random) -> Piece | None:
    """The digits of a percentage in an annex exchanged; plan and result stand in the same row."""
    number = line[at]
    return _slipped(number, dice) if _is(number, Reckoning.PERCENT) else None


KINDS: tuple[Mistake, ...] = (
    Mistake(Text("tỷ lệ", "a percentage"), ratio),
    Mistake(Text("một phần của tổng", "a part of a total"), part),
    Mistake(Text("mức tăng, giảm", "a change"), change),
    Mistake(Text("mức đạt ghi thành mức tăng", "a level said as a change"), level),
    Mistake(Text("sản lượng", "an output (area × yield)"), output),
    Mistake(Text("số đếm", "a count"), count),
    Mistake(Text("cơ cấu", "a share of 100%"), shares),
    Mistake(Text("dấu chấm hàng nghìn", "dots between thousands"), grouping),
    Mistake(Text("ngày tháng", "a date"), day),
    Mistake(Text("văn bản viện dẫn", "a citation"), citation),
    Mistake(Text("đơn vị tính", "a unit"), unit),
    Mistake(Text("tỷ lệ trong phụ lục", "a percentage of an annex"), cell, in_annex=True),
)


def _is(piece: Piece, reckoning: Reckoning) -> bool:
    return isinstance(piece, Number) and piece.source.reckoning is reckoning


def _numbers(line: Line) -> list[tuple[int, Number]]:
    return [(at, piece) for at, piece in enumerate(line) if isinstance(piece, Number)]


def _value(text: str) -> Decimal:
    """The value of a number as printed."""
    return Decimal(text.replace(".", "").replace(",", "."))


def _sum(numbers: Iterable[Number]) -> Decimal:
    """What printed numbers make."""
    return sum((_value(number.text) for number in numbers), Decimal())


def _slipped(piece: Piece, dice: Random) -> Number | None:
    assert isinstance(piece, Number)
    text = transposed(piece.text, dice) if _value(piece.text) >= _LEAST else None
    return replace(piece, text=text) if text else None


def _are_printed(line: Line, number: Piece) -> bool:
    """Whether the figures that a number is reckoned from stand in its line."""
    assert isinstance(number, Number)
    printed = {address for _, other in _numbers(line) for address in other.source.addresses if other is not number}
    return len(number.source.addresses) > 1 and printed.issuperset(number.source.addresses)


def _tells_from_to(line: Line, at: int) -> bool:
    """Whether "từ A lên B" stands before a change, with numbers that it is made of."""
    numbers = [number for place, number in _numbers(line) if place < at][-2:]
    first = next((place for place, number in _numbers(line) if numbers and number is numbers[0]), 0)
    made = line[at]
    assert isinstance(made, Number)
    return len(numbers) == 2 and " từ " in _before(line, first) and _are_printed(line, made)


def _before(line: Line, at: int) -> str:
    words = line[at - 1] if at else None
    return words.text if isinstance(words, Words) else ""


def _inside(line: Line, numbers: list[tuple[int, Number]]) -> list[tuple[int, Number]]:
    """The numbers up to the closing bracket."""
    found = []
    for place, number in numbers:
        found.append((place, number))
        behind = line[place + 1] if place + 1 < len(line) else None
        if not isinstance(behind, Words) or ")" in behind.text:
            break
    return found
