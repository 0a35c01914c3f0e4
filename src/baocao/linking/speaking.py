"""What is spoken of as a text goes on: taken in piece by piece, kept over brackets, lost at words nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from baocao.grammar.words import lowered
from baocao.linking.bases import base_in
from baocao.linking.lexicon import CROP, FLOW, MEMBER, PLACE
from baocao.linking.reckonings import Base
from baocao.linking.subjects import NOTHING, Piece, Subject, Subjects
from baocao.linking.times import Role
from baocao.reference import load

_WHERE = frozenset(load("linking")["where"]["words"])


@dataclass(slots=True)
class State:
    """Where the reading stands: what is spoken of now, and of which whole.

    ``pointed`` is what the bracket just opened tells the figure of: "so với cùng kỳ (12 vụ)".
    """

    subject: Subject | None
    whole: Subject | None = None
    opening: Subject = NOTHING  # what holds for the sentence: place, time
    is_lost: bool = False  # words that are not understood stood in this sentence, and nothing was named since
    is_carried: bool = False  # the subject is that of the sentence before
    is_told: bool = False  # a figure of what is spoken of has been told
    is_aside: bool = False  # behind it an earlier time's is told: "là 0 tiêu chí, năm 2025 là 01 tiêu chí"
    is_projected: bool = False  # "ước cả năm": what the year may come to is told
    pointed: tuple[Base | None, Subject | None] = (None, None)
    opened_by: Piece | None = None  # the words right before the bracket that is open


@dataclass(slots=True)
class Around:
    """The words before a figure, back to the one before it, piece by piece; and those behind it."""

    pieces: list[Piece] = field(default_factory=lambda: [Piece()])
    trail: Piece = field(default_factory=Piece)
    is_pair: bool = False  # the figure is one of a pair "A/B"
    is_told: bool = False  # a colon stands before them, behind the name of what is told

    @property
    def last(self) -> Piece:
        return self.pieces[-1]

    @property
    def is_empty(self) -> bool:
        """Whether no word but those without meaning stands around the figure."""
        items = [item for piece in (*self.pieces, self.trail) for item in piece.items]
        return not self.is_told and all(item.is_cue("filler", "join") and not item.of(MEMBER) for item in items)


class Speaking:
    """The course of one passage."""

    def __init__(self, subjects: Subjects, before: Subject | None) -> None:
        self.subjects = subjects
        self.state = State(before, before)
        self.stack: list[State] = []

    def open(self, around: Around, trailed: tuple[Base | None, Subject | None]) -> Around:
        """A bracket: what stands right before it says what the first figure in it is."""
        words = around.last
        pointed = trailed
        if words.items:
            pointed = (base_in(words), None) if not words.unknown else (None, None)
        self.settle(around.pieces)
        self.stack.append(replace(self.state, pointed=(None, None), opened_by=words))
        self.state.pointed = pointed
        if pointed == (None, None):
            self.state.whole = self.state.subject
        is_told = bool(words.places) or words.is_defining
        return Around(is_told=is_told and not words.unknown)

    def close(self) -> Around:
        """The bracket's end: what was spoken of before it is again, and so is a rise without its figure yet.

        "thấp hơn kế hoạch (87,4%) 9,9 điểm phần trăm"
        """
        if not self.stack:
            return Around()
        self.state = self.stack.pop()
        words, self.state.opened_by = self.state.opened_by, None
        return Around([words]) if words is not None and words.says("rise", "fall") else Around()

    def end_sentence(self) -> None:
        """The next sentence may go on speaking of the same, but not of the same place and time."""
        subject = self.state.subject
        if subject is not None and self.state.whole is not None and subject.codes == self.state.whole.codes:
            subject = self.state.whole  # of the members told of it the last is spoken of no more
        if subject is not None:
            subject = replace(
                subject, unit=None, period=None, is_estimate=False, is_time_unsure=False, is_place_unsure=False
            )
        self.state = State(subject, is_carried=True)

    def settle(self, pieces: Sequence[Piece]) -> list[str]:
        """Take in what pieces say; gives the unknown words that leave what is spoken of unsure."""
        unknown: list[str] = []
        for piece in pieces:
            if piece.unknown:
                self._lose(piece)
                unknown = piece.unknown
            elif piece.items:
                self._take_in(piece)
                unknown = [] if self.state.subject is not None else unknown
        return unknown

    def _take_in(self, piece: Piece) -> None:
        before = self.state.subject
        piece = self.subjects.as_parts(piece, self.state.whole)
        if before is None and not _names_anew(piece):
            if not piece.is_defining:  # a place or a time, before anything is named
                self.state.opening = self.subjects.after(piece, self.state.opening) or self.state.opening
            return
        whole = self.state.whole
        if before is not None and whole is not None and before.codes == whole.codes and _is_member(piece):
            before = whole  # each member is one of the whole, not of the member before it
        after = self.subjects.after(piece, before or self.state.opening)
        if after is None and self.state.whole is not None and not piece.codes:
            after = self.subjects.after(piece, self.state.whole)
        elif piece.codes:
            self.state.whole = None
        after = self._back_in_time(piece, before, after)
        self.state.is_projected = piece.is_projected or (self.state.is_projected and not piece.codes)
        if after is not None and piece.says("estimate") and not self.state.is_projected:
            after = replace(after, is_estimate=True)
        elif after is not None and piece.codes and before is not None and before.codes:
            after = replace(after, is_estimate=False)
        self.state.subject = after
        self.state.is_carried = self.state.is_carried and not (piece.is_defining or piece.places)
        self.state.is_lost = after is None

    def _back_in_time(self, piece: Piece, before: Subject | None, after: Subject | None) -> Subject | None:
        """What is named behind a time told aside is of the report's own time again."""
        if after is None or before is None or not before.codes:
            return after
        if not piece.is_defining:
            self.state.is_aside |= self.state.is_told and before.period is None and after.period is not None
        elif piece.codes:
            if self.state.is_aside and after.period == before.period:
                after = replace(after, period=None)
            self.state.is_told = self.state.is_aside = False
        return after

    def _lose(self, piece: Piece) -> None:
        """What is spoken of is lost; the place and the time are unsure where the words name some."""
        before = self.state.subject or self.state.opening
        times = [item for item in piece.items if item.time is not None and item.time.role is Role.OWN]
        places = any(item.of(PLACE) for item in piece.items) or _may_name_a_place(piece)
        self.state.opening = Subject(
            unit=before.unit,
            period=before.period,
            is_time_unsure=before.is_time_unsure or bool(times),
            is_place_unsure=before.is_place_unsure or places,
        )
        self.state.subject = self.state.whole = None
        self.state.is_lost = True


def _is_member(piece: Piece) -> bool:
    return bool(piece.all(MEMBER)) and not piece.codes


def _may_name_a_place(piece: Piece) -> bool:
    """Whether words that are not understood may say where: they begin with "tại", or hold a proper name."""
    words = [item.text for item in piece.items if item.is_word]
    opens = [lowered(item.text) for item in piece.items[:1]]
    return bool(set(opens) & _WHERE) or any(word[0].isupper() and not word.isupper() for word in words[1:])


def _names_anew(piece: Piece) -> bool:
    """Whether a piece names its subject by itself."""
    return bool(piece.codes or piece.all(CROP) or piece.all(FLOW)) or any(
        value.startswith("cay_") for values in piece.all(MEMBER) for value in values
    )
