"""An outline and the figures become a draft: headings numbered, sentences in their paragraphs, details in footnotes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from baocao.drafting import suggestions
from baocao.drafting.charts import chart
from baocao.drafting.facts import Facts
from baocao.drafting.looking import Looking
from baocao.drafting.naming import naming
from baocao.drafting.objectives import is_given
from baocao.drafting.outline import TELLING, Kind, Outline, Purpose, Say, Section, Series
from baocao.drafting.phrases.wording import joined, run_on, sentence, smooth
from baocao.drafting.rest import rest
from baocao.drafting.saying import in_one_line, lines_of, parts_alone
from baocao.drafting.setting import Setting, filled, titled
from baocao.drafting.untold import Said, in_place_of_figures, is_telling, said_of_nothing_below, without_loose_openings
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
from baocao.reference import load
from baocao.reference.indicators import sectors

_NO_FIGURES = Text(
    "Chưa có số liệu của: {names}; báo cáo bỏ qua các chỉ tiêu này, hãy nạp số liệu rồi soạn lại.",
    "There are no figures of: {names}; the report leaves these out, load them and draft again.",
)
_SEMICOLON = "; "
_PARTED = frozenset({Kind.PARTS, Kind.BREAKDOWN})  # what divides a total
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def compose(outline: Outline, setting: Setting, facts: Facts) -> Draft:
    """The report that an outline, a setting and the figures make. The same three give the same draft."""
    own = outline.for_level(setting.unit.level)
    looking = Looking(facts, own, setting)
    writer = _Writer(looking)
    blocks = [*writer.opens(own.opening), *writer.sections(own.sections)]
    annexes = tuple(_annexes(own, setting, looking))
    return Draft(
        head=_head(own, setting, looking),
        blocks=tuple(blocks),
        signature=setting.signature,
        recipients=tuple(_recipients(own, looking)),
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
        addressed_to=_addressed_to(outline, setting),
    )


def _addressed_to(outline: Outline, setting: Setting) -> tuple[str, ...]:
    """A report is addressed to superiors; a plan is issued to all who carry it out, and so to nobody above its text."""
    return () if outline.purpose is Purpose.NEXT_YEAR else setting.addressed_to


def _recipients(outline: Outline, looking: Looking) -> Iterator[str]:
    """Who receives it, save whom nothing is known of; nobody is "as above" where nobody is addressed.

    Of a plan those whom the office's reports are addressed to stand there by their names.
    """
    setting = looking.setting
    words = load("composing")["office"]
    is_addressed = bool(_addressed_to(outline, setting))
    for one in setting.recipients or outline.recipients:
        is_as_above = one.rstrip(" ;.") == words["as_above"].rstrip(" ;.")
        if is_as_above and setting.addressed_to and not is_addressed:
            yield from (words["recipient"].format(name=name.rstrip(" ;.")) for name in setting.addressed_to)
        elif setting.recipients:
            yield one
        elif not is_as_above or is_addressed:
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
        yield naming(_NO_FIGURES, (one for one in found if one is not None), sectors())


@dataclass(slots=True)
class _Writer:
    """Writes sections one after the other. A heading waits until something stands under it."""

    looking: Looking
    counters: list[int] = field(default_factory=lambda: [0] * 6)

    def sections(self, sections: Sequence[Section]) -> Iterator[Block]:
        """All sections with their headings, those without anything to say left out; numbers without gaps."""
        waiting: list[Section] = []
        told = [self._section(section) for section in sections]
        for section, blocks in zip(sections, said_of_nothing_below(sections, told, self._kept), strict=True):
            waiting = [one for one in waiting if one.depth < section.depth]
            waiting.append(section)
            if blocks:
                yield from map(self._heading, waiting)
                waiting = []
            yield from blocks

    def _section(self, section: Section) -> list[Block]:
        """What stands under a heading; where none of its figures is known, that there are none."""
        said = list(self._all_said(section.says))
        if any(is_telling(wanted) for wanted, _ in said):
            return list(_in_paragraphs(said))
        is_empty = not any(isinstance(block, Narrative) for _, block in said)
        if is_empty and not section.is_kept:
            return []
        return in_place_of_figures(section.says, said, self._kept)

    @property
    def _kept(self) -> Collection[str]:
        """The parts that people wrote, by their keys."""
        return self.looking.setting.narratives.keys()

    def _heading(self, section: Section) -> Heading:
        depth = section.depth
        self.counters[depth] += 1
        for deeper in range(depth + 1, len(self.counters)):
            self.counters[deeper] = 0
        label = label_of(depth, self.counters[depth])
        return Heading(depth, label, titled(section.title, self.looking.slots), section.key)

    def opens(self, says: Sequence[Say]) -> Iterator[Block]:
        """What stands before the first heading, which its last words may open: "với các nội dung sau:"."""
        yield from _in_paragraphs((wanted, block) for wanted in says for block in self._said(wanted))

    def _all_said(self, says: Sequence[Say]) -> Iterator[Said]:
        yield from without_loose_openings((wanted, block) for wanted in says for block in self._said(wanted))

    def _said(self, wanted: Say) -> Iterator[Block]:
        if not (self.looking.is_said(wanted) and is_given(self.looking, wanted)):
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
            case Kind.HEADLINES | Kind.OBJECTIVES | Kind.OTHER_OBJECTIVES if not wanted.lead:
                yield from (Paragraph(sentence(line), _manner(wanted)) for line in lines_of(self.looking, wanted))
            case _:
                yield from self._paragraph(wanted)

    def _narrative(self, wanted: Say) -> Narrative:
        """What people wrote last; where nobody did, the neutral words of the outline, or what it asks for."""
        kept = self.looking.setting.narratives.get(wanted.words)
        if kept is None:
            kept = tuple(self._texts(wanted.default, wanted.manner or Manner.BODY))
        return Narrative(wanted.words, kept, filled(wanted.asks, self.looking.slots) or "")

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
            # what its notes would tell is told all the same, in the text, but for totals that it tells elsewhere
            lines = tuple(line for one in notes if not self._is_told(one) for line in lines_of(self.looking, one))
            if lines:
                yield Paragraph(self._sentence(wanted, lines), _manner(wanted))
            return
        placed = _placed([one.of for one, _ in said], notes)
        marked = [
            smooth(run_on(lines, _SEMICOLON), self._note(one, its))
            for (one, lines), its in zip(said, placed, strict=True)
        ]
        yield Paragraph(self._sentence(wanted, marked), _manner(wanted))

    def _is_told(self, note: Say) -> bool:
        """Whether a footnote would have nothing to tell but a total that stands in the text of another section."""
        if note.kind not in _PARTED or parts_alone(self.looking, note) is not None:
            return False
        says = (one for section in self.looking.outline.sections for one in section.says)
        return any(note.of[0] in one.of for one in says if one.kind in TELLING)

    def _sentence(self, wanted: Say, lines: Sequence[Line]) -> Line:
        """A lead and lines as one sentence."""
        lead = self._lead(wanted)
        return sentence(smooth(lead, run_on(lines, _SEMICOLON, is_led=bool(lead))))

    def _lead(self, wanted: Say) -> Line:
        words = filled(wanted.lead, self.looking.slots)
        return (Words(words.rstrip() + " "),) if words else ()

    def _note(self, said: Say, wanted: Sequence[Say]) -> Line:
        """One footnote of all that belongs to one place; a figure told there, or just before, is not told again."""
        told = {series.indicator for series in said.of}
        lines: list[Line] = []
        is_only = len([one for one in wanted if one.kind in _PARTED and not one.lead]) == 1
        just_told = ""
        for one in wanted:
            if one.kind in _PARTED and not one.lead and one.of[0].indicator in {*told, just_told}:
                is_again = just_told == one.of[0].indicator
                is_other = bool(lines) and not is_again  # "trong đó" would be of what was told last
                is_named = is_other or (one.kind is Kind.BREAKDOWN and one.of[0].indicator not in told)
                parts = parts_alone(self.looking, one, is_only=is_only, is_named=is_named, is_again=is_again)
                found: tuple[Line, ...] = (parts,) if parts else ()
            else:
                found = lines_of(self.looking, one)
            if found:
                just_told = one.of[0].indicator if one.kind in _PARTED else ""
                lines.append(self._sentence(one, found))
        return (Note((joined(lines, " "),)),) if lines else ()


def _in_paragraphs(said: Iterable[Said]) -> Iterator[Block]:
    """Blocks one after the other; what goes on in the paragraph before is joined to it."""
    last: Paragraph | None = None
    for wanted, block in said:
        if wanted.manner is None and last is not None and isinstance(block, Paragraph):
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
