"""A text as a row of items: figures, the phrases that say what they are of, marks, and words that nobody knows.

Nothing is passed over: a word that is not understood stands in the row too, since it may change what a figure is of.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from decimal import Decimal

from baocao.grammar.lexing import Quantum
from baocao.grammar.stretch import Stretch
from baocao.grammar.words import words_of
from baocao.linking.lexicon import AUTHORITY, COUNT, CUE, INDICATOR, MEASURE, MEMBER, Lexicon, Meaning, keyed
from baocao.linking.links import Setting
from baocao.linking.times import Time, times_in
from baocao.model import Comparator
from baocao.model.document import Span

_MARKS = frozenset(",;:()…/.")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SIGNS = frozenset("“”\"'*•+-–‘’[]")


@dataclass(frozen=True, slots=True)
class Printed:
    """A number with the unit printed behind it. ``measure`` is a code of measures.toml, or "" where none is printed.

    ``of`` is the second number of a pair "A/B". ``is_odd`` numbers (ranges, "trên 100", misprints) are no figures.
    """

    span: Span
    text: str
    value: Decimal
    decimals: int
    measure: str = ""
    of: Printed | None = None
    is_odd: bool = False
    is_point: bool = False  # "điểm phần trăm"
    is_bound: bool = False  # "từ 4% trở lên": how targets are told, and nothing else
    is_about: bool = False  # "khoảng": a rough number, unless it is told as an estimate
    upper: Printed | None = None  # of a range "36 - 38%", which is a figure only of a target


@dataclass(frozen=True, slots=True)
class Item:
    """One item. Of ``printed``, ``meanings``, ``time`` and ``mark`` one is given; a word has none of them."""

    start: int
    end: int
    text: str
    meanings: tuple[Meaning, ...] = ()
    printed: Printed | None = None
    time: Time | None = None
    mark: str = ""

    def of(self, kind: str) -> tuple[str, ...]:
        """What the item may stand for of one kind."""
        return tuple(meaning.value for meaning in self.meanings if meaning.kind == kind)

    def is_cue(self, *cues: str) -> bool:
        return any(meaning.kind == CUE and meaning.value in cues for meaning in self.meanings)

    @property
    def is_word(self) -> bool:
        return not (self.meanings or self.printed or self.time or self.mark)


class Row:
    """Reads one stretch into items."""

    def __init__(self, stretch: Stretch, lexicon: Lexicon, setting: Setting) -> None:
        self.stretch, self.lexicon = stretch, lexicon
        self.text, self.low = stretch.text, stretch.lowered
        words, starts, _ = words_of(self.low)
        self.words, self.starts = words, starts
        self.keys = [keyed(word) for word in words]
        self.figures: dict[int, Quantum] = {
            stretch.quantum(place).start: stretch.quantum(place) for place in stretch.places
        }
        self.times = {time.start: time for time in times_in(self.low, setting)}
        self.stops = frozenset(token.start for token in stretch.tokens if token.kind in (".", "…"))

    def items(self) -> list[Item]:
        found: list[Item] = []
        at = 0
        while at < len(self.words) - 1:
            item, at = self._item(at)
            if item is not None:
                found.append(item)
        return _with_authorities(found)

    def _item(self, at: int) -> tuple[Item | None, int]:
        start = self.starts[at]
        named = self._phrase(at)
        if named is not None and (named[0].of(INDICATOR) or (named[0].of(MEMBER) and self.words[at].isdigit())):
            return named
        if time := self.times.get(start):
            return Item(start, time.end, self.text[start : time.end], time=time), self._after(time.end)
        if quantum := self.figures.get(start):
            return (None, at + 1) if self._is_number_of_list(quantum) else self._figure(quantum)
        if named is not None:
            return named
        return self._plain(at)

    def _is_number_of_list(self, quantum: Quantum) -> bool:
        """Whether a number only counts the lines of a list: "3. Thu nhập ..."."""
        ends = self.text[quantum.number_end : quantum.number_end + 2]
        return not self.text[: quantum.start].strip(" (-") and ends in (". ", ") ") and not quantum.number.decimals

    def _plain(self, at: int) -> tuple[Item | None, int]:
        word, start = self.words[at], self.starts[at]
        end = start + len(word)
        if word == "." and start not in self.stops:
            return None, at + 1
        if word in _MARKS:
            return Item(start, end, word, mark=word), at + 1
        if word in _SIGNS:
            return None, at + 1
        return Item(start, end, self.text[start:end]), at + 1

    def _phrase(self, at: int) -> tuple[Item, int] | None:
        """The longest phrase at a word; one with a figure inside it that is no part of a name is not taken."""
        found = self.lexicon.match(self.keys, at)
        if found is None:
            return None
        meanings, length = found
        last = at + length - 1
        start, end = self.starts[at], self.starts[last] + len(self.words[last])
        if end < len(self.low) and self.low[end - 1].isdecimal() and re.match(r"[.,]?\d", self.low[end:]):
            return None
        return Item(start, end, self.text[start:end], meanings), at + length

    def _after(self, end: int) -> int:
        return bisect_left(self.starts, end)

    def _figure(self, quantum: Quantum) -> tuple[Item, int]:
        printed, end = self._printed(quantum)
        return Item(quantum.start, end, self.text[quantum.start : end], printed=printed), self._after(end)

    def _printed(self, quantum: Quantum) -> tuple[Printed, int]:
        number_end = quantum.number_end
        measure, end = self._measure(number_end)
        second = None
        if quantum.of is not None:
            second, end = self._printed(quantum.of)
            measure = measure or second.measure
            number_end = max(number_end, quantum.number_end)
        is_point = False
        if quantum.of is None and (point := self._point(quantum.number_end)):
            measure, end, is_point = "phan_tram", point, True
        is_about = quantum.comparator is Comparator.ABOUT
        is_odd = quantum.upper is not None or quantum.number.flaw is not None
        is_bound = quantum.comparator in (Comparator.AT_LEAST, Comparator.AT_MOST)
        upper = self._upper(quantum)
        if upper is not None:
            behind, end = self._measure(upper.span.end)
            measure, end = measure or behind, max(end, quantum.end)
            upper = replace(upper, measure=measure)
        span = self.stretch.span(quantum.start, quantum.number_end)
        text = self.text[quantum.start : quantum.number_end]
        number = quantum.number
        return Printed(
            span, text, number.value, number.decimals, measure, second, is_odd, is_point, is_bound, is_about, upper
        ), end

    def _upper(self, quantum: Quantum) -> Printed | None:
        """The second number of a range."""
        found = None if quantum.upper is None else _NUMBER.search(self.text, quantum.number_end)
        if found is None or quantum.upper is None:
            return None
        decimals = len(found[0].partition(",")[2])
        return Printed(self.stretch.span(found.start(), found.end()), found[0], quantum.upper, decimals)

    def _point(self, end: int) -> int:
        """Where "điểm phần trăm" behind a number ends, or 0."""
        at = self._after(end)
        for meanings, length in self.lexicon.matches(self.keys, at):
            if Meaning(CUE, "point") in meanings:
                last = at + length - 1
                return self.starts[last] + len(self.words[last])
        return 0

    def _measure(self, end: int) -> tuple[str, int]:
        """The unit right behind a number, and where it ends; none where a longer name begins there."""
        at = self._after(end)
        if at >= len(self.words) - 1:
            return "", end
        for meanings, length in self.lexicon.matches(self.keys, at):
            code = next((value for kind, value in meanings if kind == MEASURE), "")
            if code:
                last = at + length - 1
                return code, self.starts[last] + len(self.words[last])
            if any(kind in (INDICATOR, COUNT) for kind, _ in meanings):
                return "", end
        return "", end


def _with_authorities(items: list[Item]) -> list[Item]:
    """Who is named beside "giao" asks for something, and is no member of a breakdown: "kế hoạch HĐND giao"."""
    found = list(items)
    for at, item in enumerate(items):
        near = items[max(0, at - 2) : at + 4]  # "HĐND và UBND tỉnh cùng giao"
        if item.of(AUTHORITY) and item.of(MEMBER) and any(other.is_cue("plan", "assigned") for other in near):
            found[at] = replace(item, meanings=tuple(one for one in item.meanings if one.kind == AUTHORITY))
    return found


def items_of(stretch: Stretch, lexicon: Lexicon, setting: Setting) -> list[Item]:
    """The items of a stretch, in the order of its text."""
    return Row(stretch, lexicon, setting).items()
