"""Figures in running text tied to their addresses.

A figure is of what was named last, as long as every word between is understood; a word that is not understood may
change what a figure is of, so that the figures behind it stay without an address until something is named anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from baocao.linking.aims import is_target, meant_by, upper_of
from baocao.linking.bases import base_in, change_base_ahead, pair_base_ahead
from baocao.linking.counts import Counting
from baocao.linking.items import Item, Printed
from baocao.linking.lexicon import COUNT, FLOW, INDICATOR, Lexicon
from baocao.linking.links import Link, Reading, Setting, Unlinked
from baocao.linking.reckonings import NO_SUBJECT, PERCENT, Against, Base, Found, Reckoner, Said
from baocao.linking.speaking import Around, Speaking, State
from baocao.linking.subjects import NOTHING, Piece, Subject, Subjects
from baocao.linking.times import Role
from baocao.model.draft import ERROR, Reckoning
from baocao.model.observation import Scenario
from baocao.model.text import Text

_UNKNOWN = Text("có chữ chưa hiểu: “{words}”", "words that are not understood: “{words}”")
_TWICE = Text("hai số khác nhau của cùng một địa chỉ trong một câu", "two figures of one address in one sentence")
_UNSAID = Text("không có chữ nào nói số này là gì", "no word says what it is")
_SHOWN = 60  # letters of unknown words
_ENDS = frozenset(",;:.()…")
_TURNS = ("rise", "fall", "level", "share", "estimate", "of_which", "join", "projected", "to", "from")  # begin anew


class Passage:
    """Reads the items of one passage. ``after`` is what is spoken of when it ends, or None when nothing sure is."""

    def __init__(self, lexicon: Lexicon, setting: Setting, before: Subject | None, sector: str = "") -> None:
        self.subjects, self.reckoner = Subjects(lexicon), Reckoner(lexicon, setting)
        self.sector = sector
        self.speaking = Speaking(self.subjects, before)
        self.counting = Counting(setting)
        self.before = before
        self._told: set[str] = set()  # the indicators of this sentence's figures, and of those before it
        self._told_before: set[str] = set()
        self.found: list[Reading] = []
        self.places: list[tuple[int, Subject]] = []  # where each figure ends, and its subject: for the notes
        self.items: Sequence[Item] = ()
        self._sentence: list[int] = []  # the links of this sentence, by their places among what was found
        self._figures = 0  # met in this sentence
        self._target: Base | None = None  # the plan told last in the sentence
        self._trailed: tuple[Base | None, Subject | None] = (None, None)  # what the figure before was set against

    @property
    def state(self) -> State:
        """Where the reading stands."""
        return self.speaking.state

    @property
    def after(self) -> Subject | None:
        return self.state.subject

    def read(self, items: Sequence[Item]) -> list[Reading]:
        """All figures of the passage, in order."""
        self.items = items = _without_plain_brackets(items)
        around, at = Around(), 0
        while at < len(items):
            item = items[at]
            at += 1
            if item.printed is not None:
                at = self._take_trail(at, around.trail)
                around.is_pair = item.printed.of is not None
                self._figure(item.printed, item.end, around, at)
                around = Around()
            elif item.mark:
                around = self._mark(item.mark, around)
            elif item.is_cue("of_which"):
                self._begin_parts(around)
                around = Around()
            else:
                around.last.items.append(item)
        self.speaking.settle(around.pieces)
        return self.found

    def _begin_parts(self, around: Around) -> None:
        """ "trong đó": of what was named last; where it begins a sentence, of what the whole note is of.

        Behind a sentence on several things it may be of any of them.
        """
        if not self._figures and not any(piece.items for piece in around.pieces):
            if self.before is not None:
                self.state.subject = self.before
            elif len(self._told_before) > 1:
                self.state.subject = None
        self.speaking.settle(around.pieces)
        self.state.whole = self.state.subject

    def _mark(self, mark: str, around: Around) -> Around:
        if mark == "(":
            trailed, self._trailed = self._trailed, (None, None)
            return self.speaking.open(around, trailed)
        if mark == ")":
            return self.speaking.close()
        if mark in ".…":
            self.speaking.settle(around.pieces)
            self._end_sentence()
            return Around()
        if mark == ":":
            self.speaking.settle(around.pieces)
            self.state.whole = self.state.subject
            return Around(is_told=any(piece.is_defining for piece in around.pieces))
        if mark in ",;":
            around.pieces.append(Piece())
        else:
            around.last.items.append(Item(0, 0, mark))
        self._trailed = (None, None)
        return around

    def _end_sentence(self) -> None:
        self.speaking.end_sentence()
        self._told_before, self._told = self._told, set()
        self._sentence, self._figures, self._target, self._trailed = [], 0, None, (None, None)

    # figures

    def _take_trail(self, at: int, trail: Piece) -> int:
        """The words behind a figure that belong to it: up to a mark, a figure, or what begins something new."""
        while at < len(self.items):
            item = self.items[at]
            if (item.mark and item.mark in _ENDS) or item.printed is not None:
                break
            if item.is_cue(*_TURNS) and not item.of(INDICATOR) and not item.of(FLOW):
                break
            if item.of(INDICATOR) and trail.items and not item.is_cue("plan"):
                break
            trail.items.append(item)
            at += 1
        return at

    def _figure(self, printed: Printed, end: int, around: Around, at: int) -> None:
        pointed, self.state.pointed = self.state.pointed, (None, None)
        self._figures += 1
        unknown = self.speaking.settle(around.pieces)
        if any(piece.codes for piece in around.pieces):
            self._target = None
        lead, trail = around.last, around.trail
        if trail.items and (counts := self.counting.links(printed, trail.items[0].of(COUNT))):
            self.found += counts
            return
        if around.is_empty and pointed != (None, None):
            self._pointed(printed, end, pointed)
            return
        subject = self._named(printed, around)
        if trail.unknown or unknown or subject is None:
            words = " ".join(trail.unknown or unknown)[:_SHOWN]
            self._unlinked(printed, _UNKNOWN.fill(words=words) if words else NO_SUBJECT, (*lead.codes, *trail.codes))
            return
        self.places.append((end, replace(subject, period=None) if self.state.is_aside else subject))
        self._told.add(subject.code)
        self.state.is_told = True
        said = self._said(printed, subject, around, at)
        is_alone = said.own is None and said.base is None and not said.is_share and not around.trail.is_defining
        if (around.is_empty and not (said.projected and self.speaking.stack)) or (self.state.is_carried and is_alone):
            self._unlinked(printed, _UNSAID, (subject.codes,))
            return
        self._trailed = (said.base, said.whole if said.is_share else None)
        self._link(said, around)
        if printed.of is not None:
            self._second(printed.of, said, at)

    def _pointed(self, printed: Printed, end: int, pointed: tuple[Base | None, Subject | None]) -> None:
        """The figure in a bracket behind what another was set against: "so với cùng kỳ (12 vụ)"."""
        base, whole = pointed
        subject = whole or self.state.subject
        if subject is None:
            self._unlinked(printed, NO_SUBJECT, ())
        else:
            self.places.append((end, subject))
            self._link(Said(printed, subject, own=base))

    def _named(self, printed: Printed, around: Around) -> Subject | None:
        """What the figure is of; of several that one which its unit leaves."""
        subject = self._of_trail(around)
        if subject is None or len(subject.codes) < 2:
            return subject
        narrowed = self.reckoner.narrowed(subject, printed, self.sector)
        if narrowed.code:
            narrowed = replace(narrowed, flow=self.subjects.flow_of(narrowed.code))
            self.state.subject = narrowed
        return narrowed

    def _of_trail(self, around: Around) -> Subject | None:
        """The subject, with what is named right behind the figure: "12 hộ nghèo", "15 sản phẩm 3 sao"."""
        subject, trail = self.state.subject, around.trail
        if trail.unknown or not (trail.is_defining or trail.places or _has_own_time(trail)):
            return subject
        if around.last.says("share") or _base_is_indicator(trail):
            return subject
        if trail.all(FLOW) and around.last.all(FLOW):
            return subject if set(trail.all(FLOW)[0]) & set(around.last.all(FLOW)[0]) else None
        if trail.codes and around.is_pair:  # "05/13 xã đạt chuẩn" counts what is listed behind it
            return None
        if trail.codes and subject is not None and subject.codes:
            return subject if subject.codes in trail.codes or self._is_same_step(subject, trail) else None
        if subject is None and self.state.is_lost:
            return None
        after = self.subjects.after(trail, subject or self.state.opening)
        if trail.codes:
            self.state.subject = after
        return after

    def _is_same_step(self, subject: Subject, trail: Piece) -> bool:
        """ "còn lại 12 hồ sơ đang giải quyết": of another flow the same words name an indicator of their own."""
        step = self.subjects.step_of(subject.code)
        return bool(step) and {self.subjects.step_of(code) for codes in trail.codes for code in codes} == {step}

    def _said(self, printed: Printed, subject: Subject, around: Around, at: int) -> Said:
        lead, trail = around.last, around.trail
        before, behind = base_in(lead), base_in(trail)
        if (asked := self._asked(Said(printed, subject, own=before), around, behind, at)) is not None:
            return asked
        is_estimated = lead.says("estimate")
        if lead.says("error"):
            return Said(printed, subject, projected=ERROR)
        if self.state.is_projected and before is None and behind is None and not lead.says("rise", "fall", "share"):
            return Said(printed, subject, projected=self._projected(lead))
        if lead.says("from") or (lead.says("rise", "fall") and lead.says("to")):
            return Said(printed, subject, own=change_base_ahead(self.items, at) or Base(Against.TIME))
        if lead.says("share"):
            return Said(printed, subject, is_share=True, whole=self._whole_named(trail))
        before, behind = self._named_plan(before), self._named_plan(behind)
        if lead.says("rise", "fall"):
            base = behind or before or self._base_before(around) or change_base_ahead(self.items, at)
            return Said(printed, subject, base=base, is_change=True)
        if behind is not None or lead.says("against"):
            return Said(printed, subject, base=behind or before)
        if (
            printed.measure == PERCENT
            and before is None
            and not self.reckoner.is_beside(subject)
            and self._target is not None
            and lead.says("level")
            and not lead.is_defining
        ):
            return Said(printed, subject, base=self._target)
        return Said(printed, subject, own=before, is_estimated=is_estimated)

    def _asked(self, asked: Said, around: Around, behind: Base | None, at: int) -> Said | None:
        """What is asked for in a section on what is to come: a bound, a range, a fall; by whom, before it or behind."""
        lead, trail = around.last, around.trail
        if self.reckoner.setting.ahead is None or not self.reckoner.is_asked(asked):
            return None
        if behind is not None and behind.authority and asked.own is None and not trail.says("plan", "against"):
            return replace(asked, own=behind)  # "phấn đấu đạt 95% (HĐND giao)"
        if behind is not None or lead.says("against", "share", "to", "rise"):
            return None
        if lead.says("fall"):
            is_change = self._base_before(around) or change_base_ahead(self.items, at)
            return None if is_change else asked
        return asked if asked.printed.is_bound or asked.printed.upper is not None else None

    def _projected(self, lead: Piece) -> str:
        """Of a projection the estimate itself, or in the bracket behind it its lower and its upper end."""
        if not self.speaking.stack:
            return "estimate"
        return "high" if lead.says("to") else "low"

    def _named_plan(self, base: Base | None) -> Base | None:
        """ "so với kế hoạch" without a name is the plan that the sentence has told of."""
        if base is None or base.against is not Against.PLAN or base.authority or self._target is None:
            return base
        return self._target

    def _base_before(self, around: Around) -> Base | None:
        """ "so với cùng kỳ, tăng 3%": the piece before, when it says nothing else."""
        if len(around.pieces) < 2 or around.last.is_defining or around.pieces[-2].is_defining:
            return None
        return base_in(around.pieces[-2]) if around.pieces[-2].says("against") else None

    def _whole_named(self, trail: Piece) -> Subject | None:
        """The whole of a share: what is named behind it, else what the parts are parts of."""
        if not trail.is_defining:
            return self.state.whole
        before = self.state.subject or NOTHING
        return self.subjects.after(trail, replace(before, codes=(), breakdown=(), crop="", aspect="", flow=""))

    def _second(self, printed: Printed, said: Said, at: int) -> None:
        """Of a pair "A/B ha, đạt p% KH" the second is the plan that the words behind it name."""
        base, is_bare = said.base, False
        if base is None:
            base, is_bare = pair_base_ahead(self.items, at)
        if base is None and is_bare:
            base = self._target
        if base is None or base.against is not Against.PLAN:
            self._unlinked(printed, NO_SUBJECT, (said.subject.codes,))
            return
        self._target = base
        self._link(replace(said, printed=printed, own=base, base=None, is_change=False))

    def _link(self, said: Said, around: Around | None = None) -> None:
        printed = said.printed
        if printed.of is not None and said.base is not None and said.base.against is Against.PLAN:
            said = replace(said, base=None)  # "120/150 ha kế hoạch": the first is the result itself
        found = self.reckoner.found(said)
        if isinstance(found, Text):
            self._unlinked(replace(printed, of=None), found, (said.subject.codes,))
            return
        self._note_target(found, said)
        twin = next((place for place in self._sentence if _are_at_odds(self.found[place], found)), None)
        if twin is not None:
            other = self.found[twin]
            self.found[twin] = Unlinked(other.span, other.text, _TWICE, (said.subject.code,))
            self._unlinked(replace(printed, of=None), _TWICE, ((said.subject.code,),))
            return
        self._sentence.append(len(self.found))
        meant = meant_by(around, printed) if around is not None and is_target(found.source) else None
        self.found.append(Link(printed.span, printed.text, found.value, found.step, found.source, meant))
        self.found += upper_of(self.reckoner, said, found.source)

    def _note_target(self, found: Found, said: Said) -> None:
        """Keep the plan told last: "kế hoạch 150 ha, đạt 80%"."""
        address = found.source.addresses[0]
        if said.own is not None and said.own.against is Against.PLAN:
            self._target = said.own
        elif said.base is not None and said.base.against is Against.PLAN:
            self._target = said.base
        elif found.source.reckoning is Reckoning.VALUE and address.scenario is not Scenario.TARGET and said.own is None:
            self._target = self._target if self.state.whole is not None else None

    def _unlinked(self, printed: Printed, why: Text, codes: Sequence[tuple[str, ...]]) -> None:
        candidates = tuple(dict.fromkeys(code for several in codes for code in several))
        self.found.append(Unlinked(printed.span, printed.text, why, candidates))
        if printed.of is not None:
            self.found.append(Unlinked(printed.of.span, printed.of.text, why, candidates))


def _are_at_odds(reading: Reading, found: Found) -> bool:
    return isinstance(reading, Link) and reading.source == found.source and reading.value != found.value


def _has_own_time(piece: Piece) -> bool:
    return any(item.time is not None and item.time.role is not Role.SAME for item in piece.items)


def _base_is_indicator(trail: Piece) -> bool:
    """Whether what is named behind a percentage is the plan itself ("58% kế hoạch vốn")."""
    return base_in(trail) is not None and not any(item.of(INDICATOR) for item in trail.items if not item.is_cue("plan"))


def _without_plain_brackets(items: Sequence[Item]) -> list[Item]:
    """Brackets that hold no figure are no brackets: "Diện tích lúa (vụ mùa) 120 ha".

    One that tells of nothing at all is left out: "(cùng kỳ năm 2025 không phát sinh)".
    """
    dropped: set[int] = set()
    open_at: list[int] = []
    for at, item in enumerate(items):
        if item.mark == "(":
            open_at.append(at)
        elif item.mark == ")" and open_at:
            start = open_at.pop()
            if not any(other.printed is not None for other in items[start:at]):
                tells_nothing = any(other.is_cue("nothing") for other in items[start:at])
                dropped |= set(range(start, at + 1)) if tells_nothing else {start, at}
    return [item for at, item in enumerate(items) if at not in dropped]
