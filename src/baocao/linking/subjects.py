"""What is spoken of at a place in a text: an indicator, its breakdown, where and when; each as far as it is said.

A subject is put together from what one piece of text says and from what was spoken of before: "năng suất" after a
line on rice is the yield of rice, "nữ" after the number of workers is a member of that indicator's breakdown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from baocao.grammar.words import lowered
from baocao.linking.items import Item
from baocao.linking.lexicon import ASPECT, CROP, FLOW, INDICATOR, MEMBER, PART, PLACE, Lexicon
from baocao.linking.times import Role
from baocao.model.observation import Breakdown
from baocao.model.period import Period
from baocao.reference import load


@dataclass(frozen=True, slots=True)
class Subject:
    """What is spoken of. ``codes`` are the indicators that it may be: one when it is sure, none when nothing is.

    ``unit`` and ``period`` are None where the report's own hold. ``crop`` waits for its aspect or is that of the code.
    """

    codes: tuple[str, ...] = ()
    breakdown: Breakdown = ()
    unit: str | None = None
    period: Period | None = None
    is_estimate: bool = False
    crop: str = ""
    aspect: str = ""
    flow: str = ""  # the family of flows that it belongs to
    is_time_unsure: bool = False
    is_place_unsure: bool = False

    @property
    def code(self) -> str:
        """The one indicator, or ""."""
        return self.codes[0] if len(self.codes) == 1 else ""


_YEAR = "cả năm"
NOTHING = Subject()
_DEFINING = (INDICATOR, CROP, ASPECT, MEMBER, PART, FLOW)


@dataclass(slots=True)
class Piece:
    """What one piece of text, between two marks, says."""

    items: list[Item] = field(default_factory=list)

    @property
    def unknown(self) -> list[str]:
        """The words in it that are not understood."""
        return [item.text for item in self.items if item.is_word]

    def all(self, kind: str) -> list[tuple[str, ...]]:
        return [values for item in self.items if (values := item.of(kind))]

    @property
    def codes(self) -> list[tuple[str, ...]]:
        return self.all(INDICATOR)

    @property
    def places(self) -> list[str]:
        """The units named; "" is the report's own."""
        named = [item.of(PLACE)[0] for item in self.items if len(item.of(PLACE)) == 1]
        return named or [""] * any(item.is_cue("whole_place") for item in self.items)

    def says(self, *cues: str) -> bool:
        return any(item.is_cue(*cues) for item in self.items)

    @property
    def is_projected(self) -> bool:
        """Whether it speaks of what the whole year may come to: "ước cả năm 2026"."""
        return self.says("estimate") and any(
            item.is_cue("year") or (item.time is not None and lowered(item.text).startswith(_YEAR))
            for item in self.items
        )

    @property
    def is_defining(self) -> bool:
        """Whether it names something to speak of."""
        return any(item.of(kind) for item in self.items for kind in _DEFINING)


class Subjects:
    """Puts subjects together over one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        table = load("linking")
        self._crops: Mapping[str, Mapping[str, Any]] = table["crops"]
        self._families: Mapping[str, Mapping[str, str]] = table["members"]
        self._flows = {name: steps for name, steps in table["flows"].items() if name != "words"}

    def after(self, piece: Piece, before: Subject) -> Subject | None:
        """What is spoken of after a piece without unknown words; None when its parts do not go together."""
        subject = self._timed(piece, self._placed(piece, before))
        if not piece.is_defining:
            return subject
        crops = self._crops_in(piece)
        aspects = [value for values in piece.all(ASPECT) for value in values]
        if aspects and (crops or before.crop):
            return self._grown(piece, subject, crops, aspects)
        names = [item for item in piece.items if item.of(INDICATOR)]
        if names:
            return self._named(piece, subject, names)
        if aspects:
            return None
        if steps := [step for steps in piece.all(FLOW) for step in steps]:
            members = [item for item in piece.items if item.of(MEMBER) and not item.of(FLOW)]
            return self._flowing(subject, steps) if not members else None
        return self._part(piece, subject) or self._divided(piece, subject, crops)

    def _flowing(self, subject: Subject, steps: Sequence[str]) -> Subject | None:
        """A step of a flow: of the family spoken of, else of any; the unit and the section say which."""
        if len(set(steps)) > 1:
            return None
        families = [subject.flow] if subject.flow else list(self._flows)
        codes = [str(self._flows[name].get(steps[0], "")) for name in families]
        known = tuple(code for code in codes if code in self.lexicon.indicators)
        breakdown = subject.breakdown if subject.flow else ()
        return replace(subject, codes=known, breakdown=breakdown, crop="", aspect="")

    def step_of(self, code: str) -> str:
        """The step of a flow that an indicator is, or ""."""
        return next((step for steps in self._flows.values() for step, one in steps.items() if one == code), "")

    def flow_of(self, code: str) -> str:
        """The family of flows that an indicator is a step of, or ""."""
        return next((name for name, steps in self._flows.items() if code in steps.values()), "")

    def _part(self, piece: Piece, subject: Subject) -> Subject | None:
        """A part under its short name, behind its whole."""
        named = [value.split(">") for values in piece.all(PART) for value in values]
        codes = {code for whole, code in named if (whole,) == subject.codes}
        others = [item for item in piece.items if item.of(MEMBER) and not item.of(PART)]
        is_member = self._with(subject, {}, [item for item in piece.items if item.of(MEMBER)]) not in (None, subject)
        if len(codes) != 1 or others or subject.breakdown or is_member:
            return None
        return replace(subject, codes=(codes.pop(),), crop="", aspect="")

    def as_parts(self, piece: Piece, whole: Subject | None) -> Piece:
        """Behind a whole a word that may be one of its members is that: "người cao tuổi" of those who get a pension."""
        if whole is None or not whole.code:
            return piece
        known = self.lexicon.indicators[whole.code].breakdowns
        kept = [
            replace(item, meanings=tuple(one for one in item.meanings if one.kind not in (INDICATOR, FLOW)))
            if any(value.partition("=")[0] in known for value in item.of(MEMBER))
            else item
            for item in piece.items
        ]
        return Piece(kept)

    def _placed(self, piece: Piece, before: Subject) -> Subject:
        places = piece.places
        if not places:
            several = any(len(item.of(PLACE)) > 1 for item in piece.items)
            return replace(before, is_place_unsure=True) if several else before
        return replace(before, unit=places[-1] or None, is_place_unsure=len(set(places)) > 1)

    def _timed(self, piece: Piece, before: Subject) -> Subject:
        times = [item.time for item in piece.items if item.time is not None]
        if any(time.role is Role.NONE for time in times):
            return replace(before, is_time_unsure=True)
        own = [time.period for time in times if time.role is Role.OWN]
        if not own or piece.says("against", "same", "equal") or piece.is_projected:
            return before
        return replace(before, period=own[-1], is_time_unsure=len(set(own)) > 1)

    def _crops_in(self, piece: Piece) -> list[tuple[str, ...]]:
        """The crops named: their own entries first, else as "dimension=member" of a family."""
        found = []
        for item in piece.items:
            members = tuple(value for value in item.of(MEMBER) if value.partition("=")[0] in self._families)
            if item.of(CROP) or members:
                found.append(item.of(CROP) + members)
        return found

    def _grown(
        self, piece: Piece, subject: Subject, crops: list[tuple[str, ...]], aspects: Sequence[str]
    ) -> Subject | None:
        """A crop's area, yield or output."""
        if len(crops) > 1 or len(set(aspects)) > 1:
            return None
        for crop in crops[0] if crops else (subject.crop,):
            code, members = self._of_crop(crop, aspects[0])
            if not code:
                continue
            names = {name for item in piece.items if not item.of(ASPECT) for name in item.of(INDICATOR)}
            if names - {code}:
                return None
            own = dict(() if crops else subject.breakdown) | members
            rest = [item for item in piece.items if item.of(MEMBER) and not _is_crop(item, crop)]
            return self._with(replace(subject, codes=(code,), crop=crop, aspect=aspects[0]), own, rest)
        return None

    def _of_crop(self, crop: str, aspect: str) -> tuple[str, dict[str, str]]:
        dimension, sign, member = crop.partition("=")
        if not sign:
            return str(self._crops[crop].get(aspect, "")), {}
        code = self._families[dimension].get(aspect, "")
        return (code, {dimension: member}) if code in self.lexicon.indicators else ("", {})

    def _named(self, piece: Piece, subject: Subject, names: Sequence[Item]) -> Subject | None:
        first = names[0].of(INDICATOR)
        known = self.lexicon.indicators[first[0]].breakdowns if len(first) == 1 else ()
        # behind an indicator a word that may be its member is that: "... đúng hạn - Giáo dục"
        rest = [item for item in piece.items if item.of(MEMBER) and item is not names[0] and _may_be(item, known)]
        codes = {item.of(INDICATOR) for item in names if item not in rest}
        if len(codes) > 1:
            return None
        rest += [item for item in piece.items if item.of(MEMBER) and not item.of(INDICATOR) and item not in rest]
        named = codes.pop()
        flow = self.flow_of(named[0]) if len(named) == 1 else ""
        found = replace(subject, codes=named, breakdown=(), crop="", aspect="", flow=flow)
        return self._with(found, {}, rest)

    def _divided(self, piece: Piece, subject: Subject, crops: list[tuple[str, ...]]) -> Subject | None:
        """Members, of what is spoken of already; a crop by itself is what the next aspects are of."""
        items = [item for item in piece.items if item.of(MEMBER) or item.of(CROP)]
        if not items:
            return None
        found = self._with(subject, dict(subject.breakdown), items)
        if found is not None:
            if subject.crop and crops:
                member = next(value for value in crops[0] if "=" in value)
                return replace(found, crop=member if member.split("=")[1] in dict(found.breakdown).values() else "")
            return found
        if len(crops) != 1:
            return None
        rest = [item for item in items if not _is_crop(item, crops[0][0])]
        waiting = replace(subject, codes=(), breakdown=(), crop=crops[0][0])
        if subject.aspect:
            code, members = self._of_crop(crops[0][0], subject.aspect)
            return self._with(replace(waiting, codes=(code,) if code else ()), members, rest)
        return self._waiting(waiting, rest)

    def _waiting(self, subject: Subject, rest: Sequence[Item]) -> Subject | None:
        """A crop with its season, before anything is said of it."""
        members = {tuple(value.split("=")) for item in rest for value in item.of(MEMBER)}
        if len({dimension for dimension, _ in members}) != len(members):
            return None
        return replace(subject, breakdown=tuple(sorted(members)))  # type: ignore[arg-type]

    def _with(self, subject: Subject, members: dict[str, str], items: Iterable[Item]) -> Subject | None:
        """The subject with members that its indicator can be broken down by; None when one is no such member."""
        if len(subject.codes) != 1:
            return None if items else subject
        known = self.lexicon.indicators[subject.codes[0]].breakdowns
        if any(dimension not in known for dimension in members):
            return None
        named: dict[str, str] = {}
        for item in items:
            fitting = [tuple(value.split("=")) for value in item.of(MEMBER) if value.partition("=")[0] in known]
            if len(fitting) != 1 or fitting[0][0] in named:
                return None
            named[fitting[0][0]] = fitting[0][1]
        return replace(subject, breakdown=tuple(sorted((members | named).items())))


def _may_be(item: Item, dimensions: Sequence[str]) -> bool:
    """Whether an item may be a member of one of some dimensions."""
    return any(value.partition("=")[0] in dimensions for value in item.of(MEMBER))


def _is_crop(item: Item, crop: str) -> bool:
    return crop in item.of(CROP) or crop in item.of(MEMBER)
