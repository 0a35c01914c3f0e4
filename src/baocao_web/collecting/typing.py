"""What people type into a cell, read: a figure, a mark, nothing, or words that are none of these.

What cannot be read is kept as it was typed, so that nobody's work is lost; it only cannot be submitted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from baocao.figures.intake_numbers import Habit, read_number
from baocao.figures.intake_words import mark_meant
from baocao.figures.store_rows import Refused, exact
from baocao.model.observation import NoValue
from baocao.model.text import Text
from baocao_web.places.signs import bare, marked, odd_sign

LONGEST: Final = 200  # characters of one cell: the longest figure in words is far below

_TOO_LONG = Text(
    "ô có {seen} ký tự, nhiều nhất là {limit}; hãy ghi số hoặc ký hiệu, phần giải thích ghi vào ý kiến của ô.",
    "the cell has {seen} characters, {limit} at most; type a figure or a mark, and explain it in a comment.",
)
_CELL = Text("ô này", "this cell")


# What nearly everybody types; read_number reads the rest, and says what is wrong with what is wrong.
_PLAIN: Final = re.compile(r"([1-9][0-9]{0,2}(?:\.[0-9]{3}){1,3}|[1-9][0-9]{0,11}|0)(?:,([0-9]{1,6}))?")


class Cell(NamedTuple):
    """One cell as it is kept: a figure in plain digits, or a mark, or what was typed; and when it last changed."""

    value: str | None
    mark: str | None
    version: int
    typed: str | None = None

    @property
    def amount(self) -> Decimal | None:
        return None if self.value is None else Decimal(self.value)

    @property
    def is_empty(self) -> bool:
        return self.value is None and self.mark is None and self.typed is None

    def is_same(self, other: Cell | None) -> bool:
        """Whether the content is the same, whenever it was typed."""
        beside = other or EMPTY
        return (self.value, self.mark, self.typed) == (beside.value, beside.mark, beside.typed)


EMPTY: Final = Cell(None, None, 0)


class Typed(NamedTuple):
    """What was typed, as a cell without its version; ``fault`` says why it is no figure."""

    value: str | None
    mark: str | None
    typed: str | None
    fault: Text | None = None


def read(text: str) -> Typed:
    """What one typed text means; a number is read as people here write it: 1.234,5.

    >>> read("1.234,5").value, read(" ").value, read("chưa có số liệu").mark
    ('1234.5', None, 'not_available')
    """
    plain = _PLAIN.fullmatch(text)
    if plain is not None:
        decimals = (plain[2] or "").rstrip("0")
        whole = plain[1].replace(".", "")
        return Typed(f"{whole}.{decimals}" if decimals else whole, None, None)
    words = " ".join(bare(text).split())
    if not words:
        return Typed(None, None, None)
    odd = odd_sign(words)
    if odd is not None:
        return Typed(None, None, marked(words)[:LONGEST], odd)
    if len(words) > LONGEST:
        return Typed(None, None, words[:LONGEST], _TOO_LONG.fill(seen=len(words), limit=LONGEST))
    found = read_number(words, Habit.VIETNAMESE)  # before the marks: nearly all that is typed is a number
    mark = mark_meant(words) if isinstance(found, Text) else None
    if isinstance(mark, NoValue):
        return Typed(None, mark.value, None)
    if isinstance(found, Text):
        return Typed(None, None, words, found)
    try:
        return Typed(exact(found, _CELL.vi), None, None)
    except Refused as problem:
        return Typed(None, None, words, problem.text)


def cells_of(kept: Mapping[str, Any]) -> dict[str, Cell]:
    """Cells from the JSON of an entry."""
    return {key: Cell(*found) for key, found in kept.items()}
