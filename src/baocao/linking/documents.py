"""A whole report read back into figures: its paragraphs under their headings, its notes, its tables.

A heading says which sector its section is of, and may name what its paragraphs speak of. A note belongs to the figure
at its mark. A list goes on with what the line that ends in a colon spoke of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from baocao.grammar.stretch import Stretch
from baocao.grammar.words import lowered
from baocao.linking.items import Item, items_of
from baocao.linking.joining import Joined, joined
from baocao.linking.lexicon import SECTOR, Lexicon
from baocao.linking.links import Reading, Setting
from baocao.linking.passages import Passage
from baocao.linking.subjects import NOTHING, Piece, Subject, Subjects
from baocao.linking.tables import readings_of
from baocao.linking.times import Role, times_in
from baocao.model.document import Document, Kind, Table
from baocao.model.document import Passage as Printed
from baocao.model.period import Period
from baocao.reference import load

_AHEAD = tuple(load("linking")["ahead"]["words"])
_TOLD = tuple(load("linking")["told"]["words"])
_RANKS = tuple(map(re.compile, (r"(?:[Pp]hần|PHẦN|[Cc]hương|CHƯƠNG)", r"[A-HĐ]$", r"[IVX]+$", r"\d{1,2}$")))
_GREAT = re.compile(r"(?:[IVX]+|[A-Z]|[Pp]hần.*|[Cc]hương.*)[.)]?$")  # headings that end the sector before them


def link(document: Document, lexicon: Lexicon, setting: Setting) -> list[Reading]:
    """Every figure of a document, in the order of its blocks, with its address or why it has none."""
    return list(_Reader(document, lexicon, setting).read())


class _Marked(NamedTuple):
    """Where a note's mark stands: what the figure before it is of, and the section. Notes may be printed far off."""

    subject: Subject | None
    sector: str
    setting: Setting


class _Reader:
    def __init__(self, document: Document, lexicon: Lexicon, setting: Setting) -> None:
        self.document, self.lexicon, self.setting, self.own = document, lexicon, setting, setting
        self.subjects = Subjects(lexicon)
        self.sector = ""
        self.section: Subject | None = None
        self.ahead_rank = 0  # of the heading that the plans of a later time stand under; 0 where none does
        self.bare_rank = 0  # of the heading right before that is a number without words
        self.told_rank = 0  # of the heading that a plan's results stand under; 0 where none does
        if setting.planned is not None:
            self.setting = replace(setting, ahead=setting.planned)
        self.lead: Subject | None = None  # what a line spoke of that ends in a colon
        self.noted: dict[str, _Marked] = {}

    def read(self) -> Iterator[Reading]:
        tables = readings_of(self.document, self.lexicon, self.own)
        for number, whole in joined(self.document.blocks, is_torn=self.document.suffix == ".pdf"):
            if isinstance(whole, Joined):
                yield from map(whole.placed, self._passage(number, whole.passage))
            elif isinstance(whole, Table):
                yield from tables.get(number, ())

    def _passage(self, number: int, block: Printed) -> list[Reading]:
        if block.kind is Kind.NOTE:
            return self._note(number, block)
        if block.kind is Kind.HEADING:
            self._heading(block)
        return self._paragraph(number, block)

    def _items(self, number: int, block: Printed) -> tuple[Stretch, list[Item]]:
        stretch = Stretch(block.text, number)
        return stretch, items_of(stretch, self.lexicon, self.setting)

    def _heading(self, block: Printed) -> None:
        _, items = self._items(0, block)
        sectors = {value for item in items for value in item.of(SECTOR)}
        if len(sectors) == 1:
            self.sector = sectors.pop()
        elif sectors or _GREAT.match(block.label):
            self.sector = ""
        self._look_ahead(block)
        piece = Piece([item for item in items if not item.mark])
        is_clear = piece.is_defining and not piece.unknown and all(item.printed is None for item in items)
        self.section = self.subjects.after(piece, NOTHING) if is_clear else None
        self.lead = None

    def _look_ahead(self, block: Printed) -> None:
        """Whether a section is on what is to come: its heading names a later time, or begins with "nhiệm vụ" ..."""
        rank, self.bare_rank = self.bare_rank or _rank(block.label), 0
        words = lowered(block.text).removeprefix(lowered(block.label)).strip(" .)")
        if not words:  # "Phần I", whose title is a block of its own
            self.bare_rank = rank
            return
        if self.ahead_rank and rank > self.ahead_rank:
            return
        periods = [time.period for time in times_in(words, self.own) if time.role is Role.OWN]
        later = [one for one in periods if one is not None and one.start > self.own.period.start]
        is_ahead = bool(later) or words.startswith(_AHEAD)
        self.ahead_rank = rank if is_ahead else 0
        if self.own.planned is not None:
            is_ahead = is_ahead or not self._is_told(words, rank, periods)
        to_come = later[0] if later else self.own.planned or self.own.year
        self.setting = replace(self.own, ahead=to_come) if is_ahead else self.own

    def _is_told(self, words: str, rank: int, periods: Sequence[Period | None]) -> bool:
        """Whether a plan tells results below a heading: those of the year before are named, or it begins so."""
        if not self.told_rank or rank <= self.told_rank:
            is_of_results = any(one is not None and one.start <= self.own.period.start for one in periods)
            self.told_rank = rank if is_of_results or words.startswith(_TOLD) else 0
        return bool(self.told_rank)

    def _paragraph(self, number: int, block: Printed) -> list[Reading]:
        _, items = self._items(number, block)
        is_listed = block.text.lstrip()[:1] in ("-", "+", "–", "•") or block.label in ("-", "+")
        before = self.lead if self.lead is not None and is_listed else self.section
        passage = Passage(self.lexicon, self.setting, before, self.sector)
        found = passage.read(items)
        for mark in block.marks:
            self.noted[mark.label] = _Marked(_at_mark(passage, items, mark.at), self.sector, self.setting)
        if block.text.rstrip().endswith(":"):
            self.lead = passage.after
        elif not is_listed:
            self.lead = None
        return found

    def _note(self, number: int, block: Printed) -> list[Reading]:
        _, items = self._items(number, block)
        mark = self.noted.get(block.label) or _Marked(None, "", self.own)
        return Passage(self.lexicon, mark.setting, mark.subject, mark.sector).read(items)


def _at_mark(passage: Passage, items: list[Item], at: int) -> Subject | None:
    """What the figure right before a mark is of; nothing where other words stand between."""
    last = next(((end, subject) for end, subject in reversed(passage.places) if end <= at), None)
    if last is None:
        return None
    if last[1].flow and len(passage.places) > 1:  # behind a whole flow a note may be of any of its steps
        return None
    between = [item for item in items if last[0] <= item.start < at]
    if any(item.is_cue("nothing") for item in between) and all(item.printed is None for item in between):
        return last[1]  # "là 02 hợp tác xã, cùng kỳ năm 2025 không phát sinh¹"
    is_behind = all(item.mark == ")" or not (item.mark or item.is_word or item.printed) for item in between)
    return last[1] if is_behind else None


def _rank(label: str) -> int:
    """How high a heading stands by its label: 1 for "Phần I", 2 for "A.", 3 for "I.", 4 for "1.", 5 for all others."""
    plain = label.strip(" .)")
    for rank, form in enumerate(_RANKS, 1):
        if form.match(plain):
            return rank
    return len(_RANKS) + 1
