"""An outline and the figures become a draft: headings numbered, sentences in their paragraphs, details in footnotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from baocao.drafting.charts import chart
from baocao.drafting.facts import Facts
from baocao.drafting.looking import Looking
from baocao.drafting.outline import Kind, Outline, Say, Section
from baocao.drafting.phrases.wording import joined, sentence, smooth
from baocao.drafting.rest import rest
from baocao.drafting.saying import lines_of
from baocao.drafting.setting import Setting, filled, titled
from baocao.drafting.suggesting import suggested
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
from baocao.reference import load

_SEMICOLON = "; "
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_TENS = ("", "X", "XX", "XXX")


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
        recipients=setting.recipients or own.recipients,
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


def _annexes(outline: Outline, setting: Setting, looking: Looking) -> Iterator[Annex]:
    """The annexes that have anything to show, numbered in Roman figures."""
    number = 0
    for annex in outline.annexes:
        blocks = tuple(block for name in annex.tables for block in setting.tables(name))
        if blocks:
            number += 1
            title = titled(annex.title, looking.slots)
            yield Annex(f"Phụ lục {roman(number)}", title, blocks, annex.is_landscape)


def _remarks(looking: Looking) -> Iterator[str]:
    if looking.silent:
        names = _SEMICOLON.join(dict.fromkeys(looking.name(series) for series in looking.silent))
        yield str(load("composing")["missing"]["remark"]).format(names=names)


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
            case Kind.RESULTS | Kind.LIMITS:
                yield from suggested(self.looking, wanted)
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
        """One paragraph: a lead, the lines of its figures, and the footnotes that belong to it."""
        lines = lines_of(self.looking, wanted)
        notes = [note for one in wanted.notes if (note := self._note(one)) is not None]
        if not lines:
            # what its notes would tell is told all the same, in the text
            lines, notes = tuple(line for note in notes for line in note.lines), []
            if not lines:
                return
        lead = self._lead(wanted)
        said = joined(lines, _SEMICOLON)
        yield Paragraph(_closed(smooth(lead, said), tuple(notes)), wanted.manner or Manner.BODY)

    def _lead(self, wanted: Say) -> Line:
        words = filled(wanted.lead, self.looking.slots)
        return (Words(words.rstrip() + " "),) if words else ()

    def _note(self, wanted: Say) -> Note | None:
        lines = lines_of(self.looking, wanted)
        if not lines:
            return None
        lead = self._lead(wanted)
        return Note((sentence(smooth(lead, joined(lines, _SEMICOLON))),))


def _closed(line: Line, notes: tuple[Note, ...]) -> Line:
    """A sentence with its footnote marks before its full stop."""
    whole = sentence(line)
    last = whole[-1] if whole else None
    if not notes or not isinstance(last, Words) or not last.text.endswith("."):
        return (*whole, *notes)
    return (*smooth(whole[:-1], (Words(last.text[:-1], last.is_bold, last.is_italic),)), *notes, Words("."))


def label_of(depth: int, number: int) -> str:
    """The printed number of a heading: "Phần I", "A.", "I.", "1.", "a)"."""
    match depth:
        case 1:
            return f"Phần {roman(number)}"
        case 2:
            return f"{chr(ord('A') + number - 1)}."
        case 3:
            return f"{roman(number)}."
        case 4:
            return f"{number}."
        case _:
            return f"{_LETTERS[(number - 1) % len(_LETTERS)]})"


def roman(number: int) -> str:
    """A number below forty in Roman figures.

    >>> roman(4), roman(19)
    ('IV', 'XIX')
    """
    return _TENS[number // 10] + _ONES[number % 10]
