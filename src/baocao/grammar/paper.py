"""A whole document made ready for reading: its stretches, its notes, its table rows, its plan figures."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from baocao.grammar.lexing import FRACTION, Quantum
from baocao.grammar.percents import authority_in
from baocao.grammar.plan_figures import PlanFigures
from baocao.grammar.stretch import Stretch
from baocao.grammar.table_plans import planned_cells
from baocao.grammar.table_sheet import Sheet, sheets_of
from baocao.grammar.vocabulary import word_list
from baocao.model import Document, Kind, Passage, Table

_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")


def content_words(text: str) -> frozenset[str]:
    """The words that carry the subject, in lower case."""
    empty = word_list("empty")
    return frozenset(word for word in _WORD.findall(text.lower()) if word not in empty and len(word) > 1)


def likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """How much of the shorter subject stands in the longer one, 0 to 1."""
    if not first or not second:
        return 0.0
    return len(first & second) / min(len(first), len(second))


class Planned(NamedTuple):
    """A figure that some authority planned, as the prose or a table gives it."""

    stretch: Stretch
    quantum: Quantum
    authority: str
    subject: frozenset[str]
    result: Quantum | None  # the result in the same table row


class Paper:
    """All stretches of one document in the order of the text."""

    def __init__(self, document: Document, index: int = 0) -> None:
        self.document = document
        self.index = index
        self.stretches: list[Stretch] = []
        self.notes: dict[str, list[Stretch]] = defaultdict(list)
        self.tables: list[tuple[int, Table]] = []
        for number, block in enumerate(document.blocks):
            if isinstance(block, Table):
                self.tables.append((number, block))
            elif block.kind is Kind.NOTE or _has_digit(block.text):
                self._take(number, block)
        self.sheets: list[Sheet] = list(sheets_of(document, index, self.tables))
        self.planned: list[Planned] = [
            Planned(cell.stretch, cell.quantum, cell.authority, content_words(cell.label), cell.result)
            for cell in planned_cells(self.sheets)
        ]
        self.amounts: dict[tuple[str, Decimal], list[tuple[Stretch, int]]] = defaultdict(list)
        self._sorted: dict[str, list[Decimal]] = {}
        for stretch in self.stretches:
            self._index(stretch)
        self.plans = PlanFigures(self.planned)

    def _take(self, number: int, passage: Passage) -> None:
        note = passage.label if passage.kind is Kind.NOTE else ""
        stretch = Stretch(passage.text, number, self.index, note=note)
        stretch.marks = tuple((mark.at, mark.label) for mark in passage.marks)
        self.stretches.append(stretch)
        if note:
            self.notes[note].append(stretch)

    def _index(self, stretch: Stretch) -> None:
        for index in stretch.places:
            quantum = stretch.quantum(index)
            self.amounts[quantum.dimension, quantum.amount].append((stretch, index))
            if stretch.kinds[index] == FRACTION or quantum.is_percent:
                continue
            role = plan_role(stretch, index)
            if role is not None:
                self.planned.append(Planned(stretch, quantum, role, content_words(_clause_text(stretch, index)), None))

    def between(self, dimension: str, low: Decimal, high: Decimal) -> list[tuple[Stretch, int]]:
        """One place for each amount of a dimension from ``low`` to ``high``."""
        if not self._sorted:
            for other, amount in sorted(self.amounts):
                self._sorted.setdefault(other, []).append(amount)
        amounts = self._sorted.get(dimension, [])
        return [
            self.amounts[dimension, amount][0]
            for amount in amounts[bisect_left(amounts, low) : bisect_right(amounts, high)]
        ]

    def note_of(self, stretch: Stretch, index: int) -> list[Stretch]:
        """The notes whose mark stands right behind a figure (before the next figure of its clause)."""
        start = stretch.tokens[index].start
        end = len(stretch.text)
        for ahead in range(index + 1, len(stretch.tokens)):
            token = stretch.tokens[ahead]
            if token.figure is not None or token.kind in ";.":
                end = token.start + (1 if token.figure is None else 0)
                break
        found: list[Stretch] = []
        for at, label in stretch.marks:
            if start < at <= end:
                found.extend(self.notes_at(stretch, label))
        return found

    def notes_at(self, stretch: Stretch, label: str) -> list[Stretch]:
        """The note, with the list under it, that a mark in a stretch stands for: where numbers begin anew, the next."""
        notes = self.notes.get(label, [])
        if len(notes) < 2:
            return notes
        first = bisect_left(notes, stretch.block, key=_block)
        if first == len(notes):
            first -= 1
            while first and notes[first - 1].block == notes[first].block - 1:
                first -= 1
        end = first + 1
        while end < len(notes) and notes[end].block == notes[end - 1].block + 1:
            end += 1
        return notes[first:end]


def _block(stretch: Stretch) -> int:
    return stretch.block


def plan_role(stretch: Stretch, index: int) -> str | None:
    """The authority whose plan a figure is ("" when none is named), or None when it is no plan."""
    kinds = stretch.kinds
    low = index
    while low > 0 and kinds[low - 1] not in "QF;.():…":
        low -= 1
    cues = kinds[low:index].rpartition(",")[2]
    if cues[-1:] in ("g", "h") and stretch.is_change(index):  # "bằng 95% kế hoạch và tăng 5,4 tỷ đồng"
        return None
    if "k" in cues and "s" not in cues:
        before = stretch.words_before(index, 80)
        tail = before.lower()
        if "vượt" in tail or (re.search(r"đạt\s*$", tail) and not re.search(r"giao|kế hoạch|dự toán", tail)):
            return None
        return authority_in(before[-40:] + " " + stretch.words_after(index, 30))
    end = stretch.tokens[index].end
    if stretch.text.find("giao", end, end + 34) < 0:
        return None
    after = stretch.words_after(index, 30)
    if re.match(r"(?:do )?[^,;.]{0,24}\bgiao\b", after):
        return authority_in(after)
    return None


def _clause_text(stretch: Stretch, index: int) -> str:
    clause = stretch.clause[index]
    low = index
    while low > max(0, index - 40) and stretch.clause[low - 1] == clause:
        low -= 1
    start = stretch.tokens[low - 1].end if low else 0
    return stretch.text[max(start, stretch.tokens[index].end - 240) : stretch.tokens[index].end]


def _has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None
