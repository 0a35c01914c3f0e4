"""An outline and the figures become a draft: headings numbered, sentences in their paragraphs, details in footnotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from baocao.drafting import suggestions
from baocao.drafting.charts import chart
from baocao.drafting.facts import Facts
from baocao.drafting.looking import Looking
from baocao.drafting.outline import Kind, Outline, Say, Section, Series
from baocao.drafting.phrases.wording import joined, run_on, sentence, smooth
from baocao.drafting.rest import rest
from baocao.drafting.saying import in_one_line, lines_of, parts_alone
from baocao.drafting.setting import Setting, filled, titled
from baocao.model.draft import (
    Annex,
    Block,
    Draft,
    Head,
    Heading,
    Line,
    Manner,
    Narrative,
    Note,
    Paragraph,
    Words,
)
from baocao.model.text import Text

_NO_FIGURES = Text(
    "Chưa có số liệu của: {names}; báo cáo bỏ qua các chỉ tiêu này, hãy nạp số liệu rồi soạn lại.",
    "There are no figures of: {names}; the report leaves these out, load them and draft again.",
)
_SEMICOLON = "; "
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def compose(outline: Outline, setting: Setting, facts: Facts) -> Draft:
    """The report that an outline, a setting and the figures make. The same three give the same draft."""
    own = outline.for_level(setting.unit.level)
    looking = Looking(facts, own, setting)
    writer = _Writer(looking)
    blocks = [*writer.says(own.opening), *writer.sections(own.sections)]
    annexes = tuple(_annexes(own, setting, looking))
    return Draft(
        head=_head(own, setting, looking),
        blocks=tuple(blocks),
        signature=setting.signature,
        recipients=setting.recipients or tuple(_recipients(own, looking)),
        annexes=annexes,
        outline=own.code,
        unit=setting.unit.key,
        period=setting.period.code,
        revision=facts.revision,
        remarks=tuple(_remarks(looking)),
    )


def _head(outline: Outline, setting: Setting, looking: Looking) -> Head:
    return Head(
        issuer=setting.issuer,
        symbol=outline.symbol,
        place=setting.place,
        kind=outline.kind,
        summary=outline.summary.format(**looking.slots),
        governing=setting.governing,
        number=setting.number,
        on=setting.on,
        addressed_to=setting.addressed_to,
    )


def _recipients(outline: Outline, looking: Looking) -> Iterator[str]:
    """Who receives it, save whom nothing is known of."""
    for one in outline.recipients:
        known = filled(one, looking.slots)
        if known is not None:
            yield known


def _annexes(outline: Outline, setting: Setting, looking: Looking) -> Iterator[Annex]:
    """The annexes that have anything to show, numbered in Roman figures."""
    number = 0
    for annex in outline.annexes:
        blocks = tuple(block for name in annex.tables for block in setting.tables(name))
        if blocks:
            number += 1
            title = titled(annex.title, looking.slots)
            yield Annex(f"Phụ lục {roman(number)}", title, blocks, annex.is_landscape)


def _remarks(looking: Looking) -> Iterator[Text]:
    if looking.silent:
        found = [looking.indicator(series) for series in looking.silent]
        vi = dict.fromkeys(one.name.vi for one in found if one is not None)
        en = dict.fromkeys(one.name.en or one.name.vi for one in found if one is not None)
        yield Text(_NO_FIGURES.say("vi", names=_SEMICOLON.join(vi)), _NO_FIGURES.say("en", names=_SEMICOLON.join(en)))


@dataclass(slots=True)
class _Writer:
    """Writes sections one after the other. A heading waits until something stands under it."""

    looking: Looking
    counters: list[int] = field(default_factory=lambda: [0] * 6)

    def sections(self, sections: Sequence[Section]) -> Iterator[Block]:
        """All sections with their headings, those without anything to say left out; numbers without gaps."""
        waiting: list[Section] = []
        for section in sections:
            waiting = [one for one in waiting if one.depth < section.depth]
            blocks = list(self.says(section.says))
            waiting.append(section)
            if blocks or section.is_kept:
                yield from map(self._heading, waiting)
                waiting = []
            yield from blocks

    def _heading(self, section: Section) -> Heading:
        depth = section.depth
        self.counters[depth] += 1
        for deeper in range(depth + 1, len(self.counters)):
            self.counters[deeper] = 0
        label = label_of(depth, self.counters[depth])
        return Heading(depth, label, titled(section.title, self.looking.slots), section.key)

    def says(self, says: Sequence[Say]) -> Iterator[Block]:
        """What is to be said, paragraph by paragraph; what goes on in the paragraph before is joined to it."""
        last: Paragraph | None = None
        for wanted in says:
            for block in self._said(wanted):
                goes_on = wanted.manner is None and last is not None
                if goes_on and last is not None and isinstance(block, Paragraph):
                    last = replace(last, line=smooth(last.line, (Words(" "),), block.line))
                    continue
                if last is not None:
                    yield last
                    last = None
                if isinstance(block, Paragraph):
                    last = block
                else:
                    yield block
        if last is not None:
            yield last

    def _said(self, wanted: Say) -> Iterator[Block]:
        if not self.looking.is_said(wanted):
            return
        match wanted.kind:
            case Kind.TEXT:
                yield from self._texts((wanted.words,), wanted.manner or Manner.BODY)
            case Kind.NARRATIVE:
                yield self._narrative(wanted)
            case Kind.TABLE:
                yield from self.looking.setting.tables(wanted.words)
            case Kind.CHART:
                yield from chart(self.looking, wanted)
            case Kind.REST:
                yield from rest(self.looking, wanted)
            case Kind.RESULTS:
                yield from suggestions.results(self.looking)
            case Kind.LIMITS:
                yield from suggestions.limits(self.looking)
            case Kind.HEADLINES:
                yield from (Paragraph(sentence(line)) for line in lines_of(self.looking, wanted))
            case _:
                yield from self._paragraph(wanted)

    def _narrative(self, wanted: Say) -> Narrative:
        """What people wrote last; where nobody did, the neutral words of the outline."""
        kept = self.looking.setting.narratives.get(wanted.words)
        if kept is None:
            kept = tuple(self._texts(wanted.default, wanted.manner or Manner.BODY))
        return Narrative(wanted.words, kept)

    def _texts(self, texts: Sequence[str], manner: Manner) -> Iterator[Paragraph]:
        """Paragraphs of words; one with a slot that nothing is known for is left out."""
        for words in texts:
            text = filled(words, self.looking.slots)
            if text is not None:
                yield Paragraph((Words(text),), manner)

    def _paragraph(self, wanted: Say) -> Iterator[Paragraph]:
        """One paragraph: a lead, the lines of its figures, each with the footnotes that belong to it."""
        said = [(one, lines_of(self.looking, one)) for one in _one_by_one(wanted)]
        said = [(one, lines) for one, lines in said if lines]
        notes = [one for one in wanted.notes if self.looking.is_said(one)]
        if not said:
            # what its notes would tell is told all the same, in the text
            lines = tuple(line for one in notes for line in lines_of(self.looking, one))
            if lines:
                yield Paragraph(self._sentence(wanted, lines), _manner(wanted))
            return
        placed = _placed([one.of for one, _ in said], notes)
        marked = [
            smooth(run_on(lines, _SEMICOLON), self._note(one, its))
            for (one, lines), its in zip(said, placed, strict=True)
        ]
        yield Paragraph(self._sentence(wanted, marked), _manner(wanted))

    def _sentence(self, wanted: Say, lines: Sequence[Line]) -> Line:
        """A lead and lines as one sentence."""
        lead = self._lead(wanted)
        return sentence(smooth(lead, run_on(lines, _SEMICOLON, is_led=bool(lead))))

    def _lead(self, wanted: Say) -> Line:
        words = filled(wanted.lead, self.looking.slots)
        return (Words(words.rstrip() + " "),) if words else ()

    def _note(self, said: Say, wanted: Sequence[Say]) -> Line:
        """One footnote of all that belongs to one place; a figure told there is not told again."""
        told = {series.indicator for series in said.of}
        lines = []
        dimensions = [one.by for one in wanted if one.kind is Kind.BREAKDOWN]
        for one in wanted:
            if one.kind in (Kind.BREAKDOWN, Kind.PARTS) and not one.lead and one.of[0].indicator in told:
                parts = parts_alone(self.looking, one, is_only=len(dimensions) == 1)
                found: tuple[Line, ...] = (parts,) if parts else ()
            else:
                found = lines_of(self.looking, one)
            if found:
                lines.append(self._sentence(one, found))
        return (Note((joined(lines, " "),)),) if lines else ()


def _manner(wanted: Say) -> Manner:
    return wanted.manner or Manner.BODY


def _one_by_one(wanted: Say) -> Iterator[Say]:
    """Kinds that tell each series by itself, so that each can have its footnote; members of one stay together."""
    if wanted.kind is Kind.LEVELS:
        for _, group in groupby(wanted.of, key=in_one_line):
            yield replace(wanted, of=tuple(group), notes=())
    elif wanted.kind in (Kind.FIGURES, Kind.MOVED):
        yield from (replace(wanted, of=(one,), notes=()) for one in wanted.of)
    else:
        yield wanted


def _placed(told: Sequence[tuple[Series, ...]], notes: Sequence[Say]) -> list[list[Say]]:
    """Which notes belong to which place: to the first that tells their indicator, else to the last."""
    placed: list[list[Say]] = [[] for _ in told]
    for note in notes:
        wanted = {series.indicator for series in note.of}
        at = next((place for place, of in enumerate(told) if wanted & {one.indicator for one in of}), len(told) - 1)
        placed[at].append(note)
    return placed


def label_of(depth: int, number: int) -> str:
    """The printed number of a heading: "Phần I", "A.", "I.", "1.", "a)"."""
    match depth:
        case 1:
            return f"Phần {roman(number)}"
        case 2:
            return f"{_lettered(number, _CAPITALS)}."
        case 3:
            return f"{roman(number)}."
        case 4:
            return f"{number}."
        case _:
            return f"{_lettered(number, _LETTERS)})"


def _lettered(number: int, letters: str) -> str:
    """The letter of a number; behind the last one letters are doubled, as Word does: Z, AA, BB."""
    times, place = divmod(number - 1, len(letters))
    return letters[place] * (times + 1)


def roman(number: int) -> str:
    """A number in Roman figures.

    >>> roman(4), roman(19), roman(40)
    ('IV', 'XIX', 'XL')
    """
    written = ""
    for value, signs in _ROMAN:
        written += signs * (number // value)
        number %= value
    return written
