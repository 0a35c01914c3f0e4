"""A form states a part of a figure in a row below it: "Số hộ nghèo", then "Trong đó: dân tộc thiểu số", "- Thành thị".

Such a row names a member of a breakdown of the indicator above it, and nothing else. What is called otherwise, what two
breakdowns share, and what may be a part of the whole or of the part above it is refused and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from baocao.figures.intake_heads import text_of
from baocao.figures.intake_layout import Layout
from baocao.figures.intake_names import Names
from baocao.figures.intake_words import vocabulary
from baocao.model.indicator import Indicator
from baocao.model.observation import Breakdown
from baocao.model.sheet import SheetRow
from baocao.model.text import Text

_MANY = Text(
    "“{seen}” là nhóm của nhiều chiều phân tổ của {indicator}: {known}; hãy ghi rõ, như “{example}”.",
    "“{seen}” is a member of several breakdowns of {indicator}: {known}; say which, as “{example}”.",
)
_NESTED = Text(
    "không rõ “{seen}” là một phần của cả chỉ tiêu {indicator}, hay của dòng “{above}” ở trên; hãy ghi “{example}”, "
    "hoặc thêm “trong đó” vào đầu dòng nếu là phần của cả chỉ tiêu.",
    "it is not clear whether “{seen}” is a part of all of {indicator} or of the row “{above}” above it; write "
    "“{example}”, or put “trong đó” before it where it is a part of the whole.",
)
# What forms put before a name ("1. ", "1.2 ", "a) ", "II. ", "- ") and, with its measure, behind it ("(ha)")
_COUNTED = re.compile(
    r"(?:[0-9]{1,2}(?:\.[0-9]{1,2})+\s+|(?:[0-9]{1,2}(?:\.[0-9]{1,2})*|[IVX]{1,5}|[a-zđ])[.)](?![0-9])|[-+•*])\s*(?=\S)"
)
_BULLETS = "-+•*"
_IN_BRACKETS = re.compile(r"(?P<name>.+?)\s*\((?P<measure>[^()]+)\)")


def bare(seen: str, names: Names, *, has_measure: bool) -> str:
    """A name of an indicator without the number that a form puts before it and the measure behind it.

    Where the measure stands in its own column too, the name is taken as it is written: the two might differ.
    """
    if names.is_indicator(seen):
        return seen
    uncounted = _uncounted(seen)
    found = None if has_measure or names.is_indicator(uncounted) else _IN_BRACKETS.fullmatch(uncounted)
    name = found["name"] if found and names.is_measure(found["measure"]) else uncounted
    return name if names.is_indicator(name) else seen


def measure_behind(seen: str, names: Names) -> str:
    """The unit of measure that stands behind the name of an indicator, in brackets; "" where none does."""
    found = None if names.is_indicator(seen) else _IN_BRACKETS.fullmatch(seen)
    return found["measure"] if found and names.is_measure(found["measure"]) else ""


def _uncounted(seen: str) -> str:
    counted = _COUNTED.match(seen)
    return seen[counted.end() :] if counted else seen


@dataclass(frozen=True, slots=True)
class Part:
    """What a row below an indicator's own is: a part of it, or why it cannot be told which."""

    indicator: Indicator
    breakdown: Breakdown
    measure: str  # of the row above, for a row that names none
    column: int
    seen: str
    refusal: Text | None = None


@dataclass(slots=True)
class Parts:
    """The rows of one table, asked for one after another from the top."""

    layout: Layout
    names: Names
    _whole: Indicator | None = field(default=None, init=False)
    _unit: tuple[str, ...] = field(default=(), init=False)
    _measure: str = field(default="", init=False)
    _above: tuple[str, str] = field(default=("", ""), init=False)  # of the part above: its dimension, its words
    _headed: str | None = field(default=None, init=False)  # the dimension that "chia theo ..." names, "" for none

    def of(self, row: SheetRow) -> Part | None:
        """The part that a row states; None where it is none."""
        named = self._texts(row, "indicator")
        for column, seen in named:
            if "|" in seen:
                return self._explicit(column, seen)
        if not self.layout.is_wide or not named:
            return None
        for _, seen in named:
            found = self._indicator(row, seen)
            if found is not None:
                self._begin(found, row, seen)
                return None
        column, seen = named[-1]
        if self._whole is None or not self._whole.breakdowns or self._units(row) not in (self._unit, ()):
            self._whole = None
            return None
        return self._part(self._whole, column, seen)

    def _explicit(self, column: int, seen: str) -> Part | None:
        """A part that is named in full, as the product writes it: "ho_ngheo|dan_toc=thieu_so"."""
        code, _, line = (words.strip() for words in seen.partition("|"))
        found = self.names.indicator(code) if self.names.is_indicator(code) else None
        if not isinstance(found, Indicator):
            return None
        read = self.names.breakdowns.parts(line, found)
        if isinstance(read, Text):
            return Part(found, (), "", column, seen, read)
        return Part(found, tuple(sorted(read.items())), "", column, seen)

    def _indicator(self, row: SheetRow, seen: str) -> Indicator | None:
        name = bare(seen, self.names, has_measure=bool(self._texts(row, "measure")))
        found = self.names.indicator(name) if self.names.is_indicator(name) else None
        return found if isinstance(found, Indicator) else None

    def _begin(self, found: Indicator, row: SheetRow, seen: str) -> None:
        measure = self._texts(row, "measure")
        self._whole, self._unit = found, self._units(row)
        self._measure = measure[0][1] if measure else measure_behind(seen, self.names)
        self._above, self._headed = ("", ""), None

    def _part(self, whole: Indicator, column: int, seen: str) -> Part | None:
        is_bulleted = seen[0] in _BULLETS
        words = _uncounted(seen)
        cue = _cue().match(words)
        words = words[cue.end() :].strip(" :;.") if cue else words.strip(" :;.")
        dimension = self.names.breakdowns.dimension(words) if cue and words else ""
        if cue and (not words or dimension in whole.breakdowns):
            self._headed, self._above = dimension or "", ("", "")
            return None
        found = self._meant(whole, words, anew=bool(cue))
        if found is None:
            if not (is_bulleted or cue):
                self._whole = None  # another heading: what follows is no part of what stands above it
            return None
        breakdown, refusal = found
        if refusal is None:
            self._above = (breakdown[0][0] if len(breakdown) == 1 else "", seen)
            self._headed = None
        return Part(whole, breakdown, self._measure, column, seen, refusal)

    def _meant(self, whole: Indicator, words: str, *, anew: bool) -> tuple[Breakdown, Text | None] | None:
        """The breakdown that words mean, or why that is not clear; None where they mean none."""
        if "=" in words:
            read = self.names.breakdowns.parts(words, whole)
            return ((), read) if isinstance(read, Text) else (tuple(sorted(read.items())), None)
        members = self.names.breakdowns.meant(words, whole)
        if self._headed:
            members = [one for one in members if one[0] == self._headed] or members
        if not members:
            return None
        first = members[0]
        if len(members) > 1:
            known = ", ".join(f"{dimension}={member}" for dimension, member in members)
            facts = {"seen": words, "indicator": whole.code, "known": known, "example": "=".join(first)}
            return (), _MANY.fill(**facts)
        dimension, above = self._above
        if dimension not in ("", first[0]) and not anew and self._headed is None:
            facts = {"seen": words, "indicator": whole.code, "above": above, "example": "=".join(first)}
            return (), _NESTED.fill(**facts)
        return (first,), None

    def _units(self, row: SheetRow) -> tuple[str, ...]:
        return tuple(text for _, text in self._texts(row, "unit"))

    def _texts(self, row: SheetRow, name: str) -> Sequence[tuple[int, str]]:
        columns = self.layout.fields.get(name, ())
        found = [(at, " ".join(text_of(row.cells[at]).split())) for at in columns if at < len(row.cells)]
        return [(at, text) for at, text in found if text]


@cache
def _cue() -> re.Pattern[str]:
    """The words with which a form begins to tell parts, the longest first."""
    words = sorted(vocabulary("parts", "of_which"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})(?![^\W\d_])\s*[:,]?\s*", re.IGNORECASE)
