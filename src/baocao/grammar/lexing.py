"""A passage's text → tokens: quantities, cue words, punctuation. Everything between them is words.

The lexer decides what is a quantity at all. Numbers in dates, years, document numbers, names and
ranks are tokens of their own kinds, so that nothing later takes them for figures.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from decimal import Decimal
from typing import Final

from baocao.grammar.numbers import Number, read_number
from baocao.grammar.vocabulary import (
    WORD,
    Measure,
    comparator_ends,
    comparator_starts,
    comparators,
    cues,
    is_one_unit,
    measures,
    ordinals,
    plain_tokens,
    scales,
)
from baocao.grammar.words import is_letter, lowered, words_of
from baocao.model import Comparator, Quantity

QUANTITY: Final = "Q"
FRACTION: Final = "F"
YEAR: Final = "Y"
NAME: Final = "N"  # a number that names something: a date, a rank, a document's number

_DATE = re.compile(r"\d{1,2}\s?/\s?\d{1,2}\s?/\s?(?:19|20)\d\d(?!\d)|\d{1,2}[.-]\d{1,2}[.-](?:19|20)\d\d(?!\d)")
_MONTH = re.compile(r"(?:0?[1-9]|1[0-2])\s?[/-]\s?(?:19|20)\d\d(?![\d.,]\d|\d)")
_DAY = re.compile(r"(\d{1,2})\s?/\s?(\d{1,2})(?![\d/]|[.,]\d)")
_DAY_BEFORE = frozenset("ngày đến từ trước sau hết tới dịp lễ hôm sáng chiều tối".split())
_CITED = re.compile(r"\d+(?:\s?/\s?\d{4})?\s?/\s?[A-ZĐ]{2,}[\w&]*[-–\s]|\d+\s?[-–]\s?[A-ZĐ][\w]+\s?/\s?[A-ZĐ]")
_TIME = re.compile(r"\d{1,2}\s?(?:h|giờ)\s?\d{0,2}\s?(?:phút|['’])?(?=\W|$)")
_YEARS = re.compile(r"(?:19|20)\d\d(?![\d.,]\d|\d)")
_YEAR_BEFORE = frozenset(
    "năm kỳ kì đoạn học vụ xuân đông hè mùa đến từ khóa khoá niên trước sau quý tháng tết ck so sánh".split()
)


class Token:
    """One token: ``kind`` is a class letter, a punctuation mark, or one of the kinds above."""

    __slots__ = ("end", "figure", "kind", "start")

    def __init__(self, kind: str, start: int, end: int, figure: Quantum | None = None) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.figure = figure


class Quantum:
    """A quantity as it stands in a passage. ``of`` is the second figure of a printed pair A/B.

    ``amount`` is the value in the dimension's first unit, the scale word applied. It is read many
    times, so it is computed once, when the lexer has read all of the figure (``settle``).
    """

    __slots__ = (
        "amount", "comparator", "dimension", "end", "index", "is_percent", "measure", "number", "number_end", "of",
        "quantity", "scale", "start", "unit", "upper", "value",
    )  # fmt: skip

    def __init__(self, number: Number, start: int, number_end: int) -> None:
        self.number = number
        self.value: Decimal = number.value
        self.amount: Decimal = number.value
        self.start = start
        self.number_end = number_end
        self.end = number_end
        self.scale = 0
        self.measure: Measure | None = None
        self.unit = self.dimension = ""
        self.is_percent = False
        self.comparator = Comparator.EXACTLY
        self.upper: Decimal | None = None
        self.of: Quantum | None = None
        self.quantity: Quantity | None = None
        self.index = -1

    def settle(self) -> None:
        """Compute what follows from the measure and the scale."""
        value = self.value.scaleb(self.scale) if self.scale else self.value
        measure = self.measure
        if measure is not None:
            self.unit, self.dimension = measure.code, measure.dimension
            self.is_percent = measure.dimension == "percent"
            if measure.factor != 1:
                value *= measure.factor
        self.amount = value


class Lexer:
    """Reads one text; ``tokens`` is the result."""

    def __init__(self, text: str, low: str) -> None:
        self.text = text
        self.words, self.starts, self.stops = words_of(low)
        self.tokens: list[Token] = []

    def end(self, index: int) -> int:
        return self.starts[index] + len(self.words[index])

    def run(self) -> list[Token]:
        words, starts, plain = self.words, self.starts, plain_tokens()
        after = 0
        for index in self.stops:
            if index < after:
                continue
            word = words[index]
            kind = plain.get(word)
            if kind is not None:
                self.tokens.append(Token(kind, starts[index], starts[index] + len(word)))
            elif word[0].isdecimal():
                after = self._number(index)
            elif word == ".":
                after = self._full_stop(index)
            else:
                after = self._cue(index)
        return self.tokens

    def _full_stop(self, index: int) -> int:
        start = self.starts[index]
        if not self._ends_sentence(index):
            return index + 1
        if self.words[index + 1] == "." and self.starts[index + 1] == start + 1:
            count = 2
            while self.words[index + count] == ".":
                count += 1
            end = self.end(index + count - 1)
            self.tokens.append(Token("…" if count > 2 else ".", start, end))
            if count > 2 and self.text[end : end + 2].strip()[:1].isupper():  # the list's end is the sentence's end
                self.tokens.append(Token(".", end, end))
            return index + count
        self.tokens.append(Token(".", start, start + 1))
        return index + 1

    def _ends_sentence(self, index: int) -> bool:
        """Whether a full stop ends a sentence: a capital, a digit or nothing follows, and no initial is before it."""
        after = self.words[index + 1]
        if after in (".", ""):
            return True
        if index and self.words[index - 1] in _ABBREVIATIONS:
            return False
        following = self.text[self.starts[index + 1]]
        spaced = self.starts[index + 1] > self.end(index)
        return (spaced and not following.islower()) or following in '-–+“"('

    def _cue(self, index: int) -> int:
        found = cues().match(self.words, index)
        if found is None:
            return index + 1
        letter, after = found[0], index + found[1]
        if letter != "x":
            self.tokens.append(Token(str(letter), self.starts[index], self.end(after - 1)))
        return after

    def _number(self, index: int) -> int:
        start = self.starts[index]
        skipped = self._named(index)
        if skipped:
            return skipped
        quantum, after = self._quantity(index)
        if self._is_below_nought(start):
            start = self.tokens.pop().start
            quantum.start, quantum.value = start, -quantum.value
            quantum.settle()
        before_words = self._comparator_before(index)
        if before_words is not None:
            quantum.comparator = before_words
        after = self._pair(quantum, after)
        after = self._range(quantum, after)
        kind = FRACTION if quantum.of is not None else QUANTITY
        quantum.index = len(self.tokens)
        end = quantum.of.end if quantum.of is not None else quantum.end
        self.tokens.append(Token(kind, start, end, quantum))
        return after

    def _named(self, index: int) -> int:
        """The index after a number that is no quantity, or 0."""
        text, words, start, end = self.text, self.words, self.starts[index], self.end(index)
        before = text[start - 1] if start else " "
        if is_letter(before) or (before in "-–" and start > 1 and is_letter(text[start - 2])):
            return self._skip(NAME, start, end)
        following = words[index + 1]
        if (following in _JOINTS or "." in words[index]) and (skipped := self._dated(index, start)):
            return skipped
        glued = following if self.starts[index + 1] == end else ""
        match = _TIME.match(text, start) if glued[:1] == "h" or following == "giờ" else None
        if match and (match.end() - end > 4 or glued[:1] == "h"):
            return self._skip(NAME, start, match.end())
        previous = words[index - 1] if index else ""
        if end - start == 4 and _YEARS.match(text, start) and self._is_year(index, previous):
            return self._skip(YEAR, start, end)
        if glued and glued[0].isalpha() and measures().match(words, index + 1) is None and glued not in scales():
            return self._skip(NAME, start, self.end(index + 1))
        if previous and self._is_ordinal(index, previous):
            return self._skip(NAME, start, end)
        return 0

    def _dated(self, index: int, start: int) -> int:
        """The index after a date or a document's number, or 0."""
        text = self.text
        match = _DATE.match(text, start) or _CITED.match(text, start)
        if match is None and (match := _MONTH.match(text, start)) and self._is_counted_pair(match.end()):
            match = None
        if match:
            return self._skip(NAME, start, match.end())
        match = _DAY.match(text, start)
        return self._skip(NAME, start, match.end()) if match and self._is_day(index, match) else 0

    def _skip(self, kind: str, start: int, end: int) -> int:
        self.tokens.append(Token(kind, start, end))
        return bisect_left(self.starts, end)

    def _is_day(self, index: int, match: re.Match[str]) -> bool:
        """Whether "31/10" is a day of a month: so said by the word before it, and no counted noun follows."""
        day, month = int(match[1]), int(match[2])
        if not (1 <= day <= 31 and 1 <= month <= 12) or self._is_counted_pair(match.end()):
            return False
        previous = self.words[index - 1] if index else ""
        return previous in _DAY_BEFORE or (previous in ("(", "-", "–") and day > month)

    def _is_counted_pair(self, end: int) -> bool:
        """Whether "6/2021" goes on with a counted noun, so that it is a pair and no month."""
        rest = WORD.findall(self.text[end : end + 24].lower())
        return bool(rest) and rest[0][0].isalpha() and measures().match([*rest, ""], 0) is not None and rest[0] != "năm"

    def _is_year(self, index: int, previous: str) -> bool:
        words = self.words
        if previous in _YEAR_BEFORE:
            return True
        recent = [token.kind for token in self.tokens[-2:]]
        if previous in ("-", "–", ",", "và", "/") and YEAR in recent:
            return True
        return words[index + 1] in ("-", "–") and bool(_YEARS.match(words[index + 2]))

    def _is_ordinal(self, index: int, previous: str) -> bool:
        names, counted, roads = ordinals()
        if previous not in names:
            pair = f"{self.words[index - 2]} {previous}" if index > 1 else previous
            if pair not in names:
                return False
            previous = pair
        number = self.words[index]
        if previous in ("năm", "tháng", "ngày", "quý"):
            limit = {"năm": 0, "tháng": 12, "ngày": 31, "quý": 4}[previous]
            return number.isdecimal() and len(number) <= 2 and int(number) <= limit
        if not number.isdecimal() or len(number) > 4 or (previous in roads and self.words[index + 1] in ("km", "%")):
            return False
        if self.words[index + 1] == "/" and self.words[index + 2][:1].isdecimal():
            return False  # "ra lớp 645/648 cháu"
        if previous not in counted:  # "Xã Phố Hình 782 con": the last word of a name may be one of these
            is_name = index > 1 and all(self.text[at].isupper() for at in self.starts[index - 2 : index])
            return not (is_name and self._has_unit(index))
        return int(number) <= _NAMED_UP_TO and not self._has_unit(index)

    def _has_unit(self, index: int) -> bool:
        following = self.words[index + 1]
        return following in scales() or following == "%" or measures().match(self.words, index + 1) is not None

    def _is_below_nought(self, start: int) -> bool:
        """ "đạt -2,3%": a dash that is glued to a number behind a word for its level, and no dash of a list."""
        cue, dash = [None, None, *self.tokens][-2:]
        if cue is None or dash is None or dash.kind not in "-–" or dash.end != start or cue.kind != "e":
            return False
        return cue.end + 1 == dash.start and self.text[cue.start : cue.end] != "="

    def _quantity(self, index: int) -> tuple[Quantum, int]:
        number = read_number(self.words[index])
        quantum = Quantum(number, self.starts[index], self.end(index))
        after = self._scale(quantum, index + 1)
        found = measures().match(self.words, after) if self.words[after] else None
        if found is not None:
            measure, count = found
            assert isinstance(measure, Measure)
            quantum.measure = measure
            after += count
            quantum.end = self.end(after - 1)
        elif quantum.scale:
            quantum.measure = _MONEY
        else:
            quantum.measure = self._counted_word(after)
        quantum.settle()
        return quantum, after

    def _scale(self, quantum: Quantum, index: int) -> int:
        while self.words[index] in scales():
            quantum.scale += scales()[self.words[index]]
            quantum.end = self.end(index)
            index += 1
            if self.words[index] == "." and self.words[index - 1] == "tr":
                quantum.end = self.end(index)
                index += 1
        return index

    def _counted_word(self, index: int) -> Measure | None:
        """An unknown counted noun: the word after the number, when it is a word and no cue."""
        word = self.words[index]
        if not word or not word[0].isalpha() or cues().match(self.words, index) is not None:
            return None
        return Measure(word, word, Decimal(1))

    def _comparator_before(self, index: int) -> Comparator | None:
        before, _ = comparators()
        words = self.words
        if not index or words[index - 1] not in comparator_ends():
            return None
        if index >= 2:
            pair = f"{words[index - 2]} {words[index - 1]}"
            if pair in before:
                return before[pair]
            if words[index - 1] == "hơn" and cues().match(words, index - 2) is not None:  # "thấp hơn 1,7%"
                return None
        return before.get(words[index - 1])

    def _pair(self, quantum: Quantum, after: int) -> int:
        """A/B: a second number behind a slash, of the same unit or lending its unit to the first."""
        slash = self._slash(quantum, after)
        if slash < 0:
            return after
        index = slash + 1
        if self.words[index] in _PLAN_WORDS:  # "48,6 triệu đồng/KH 47 triệu đồng"
            index += 1
        if not self.words[index] or not self.words[index][0].isdecimal():
            return after
        second, rest = self._quantity(index)
        known = quantum.measure is not None and quantum.end > quantum.number_end
        is_other = known and second.measure is not None and not is_one_unit(second.dimension, quantum.dimension)
        if is_other or (slash > after and second.dimension != quantum.dimension):
            return after
        if second.measure is None:
            second.measure, second.scale = quantum.measure, quantum.scale
            second.settle()
        if not known:
            quantum.measure, quantum.scale = second.measure, second.scale
            quantum.settle()
        quantum.of = second
        return rest

    def _slash(self, quantum: Quantum, after: int) -> int:
        """The index of a pair's slash: right behind the figure, or behind at most three words of its noun, or -1."""
        if "/" not in self.words[after : after + 4]:
            return -1
        for index in range(after, after + 4):
            word = self.words[index]
            if word == "/":
                same = self.words[after:index] == self.words[index + 2 : index + 2 + index - after]
                glued = self.end(index) == self.starts[index + 1]
                return index if index == after or ((glued or same) and self.words[index + 1][:1].isdecimal()) else -1
            if not word or not word[0].isalpha() or index - after > 2 or cues().match(self.words, index):
                return -1
        return -1

    def _range(self, quantum: Quantum, after: int) -> int:
        """ "10-14 tiêu chí", "108,2 - 110%": the second number is the upper end."""
        if quantum.of is not None:
            return after
        words = self.words
        if words[after] not in ("-", "–"):
            return self._comparator_after(quantum, after)
        other = words[after + 1]
        if not other[:1].isdecimal() or quantum.end != quantum.number_end or _YEARS.fullmatch(other):
            return after
        second, rest = self._quantity(after + 1)
        if second.value <= quantum.value:
            return after
        quantum.upper = second.value
        quantum.measure, quantum.scale, quantum.end = second.measure, second.scale, second.end
        quantum.settle()
        return rest

    def _comparator_after(self, quantum: Quantum, after: int) -> int:
        """ "4% trở lên": a comparator behind the figure."""
        word = self.words[after]
        comparator = comparators()[1].get(f"{word} {self.words[after + 1]}") if word in comparator_starts() else None
        if comparator is None:
            return after
        quantum.comparator = comparator
        return after + 2


_NAMED_UP_TO = 200  # no hamlet, class or stage is numbered higher; decisions and programmes are
_JOINTS = frozenset("/-–")  # what joins the numbers of a date or of a document's number
_PLAN_WORDS = frozenset(("kh", "nq", "dt"))
_ABBREVIATIONS = frozenset("tr tp tx tt ts ths gs pgs bs ks t p q h mtv".split())
_MONEY = Measure("đồng", "money", Decimal(1))


def tokenize(text: str, low: str = "") -> list[Token]:
    """The tokens of a text in order; ``low`` is the text in lower case, where it is at hand."""
    return Lexer(text, low or lowered(text)).run()
