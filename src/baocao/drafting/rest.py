"""What a sector has besides what its section names: told in groups, the first of each in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from baocao.drafting.looking import Looking
from baocao.drafting.outline import TELLING, Kind, Say, Series
from baocao.drafting.phrases import YearEnd, say
from baocao.drafting.phrases.wording import joined, sentence, smooth
from baocao.drafting.saying import compared, lines_of
from baocao.model.draft import Line, Manner, Note, Paragraph, Words

_GROUP = 5  # figures that stand behind one in the text: one footnote


def rest(looking: Looking, wanted: Say) -> Iterator[Paragraph]:
    """The indicators of a sector that nothing else in the outline tells, with their breakdowns in footnotes."""
    told = {series.indicator for say in looking.outline.says if say.kind in TELLING for series in say.of}
    waiting: list[tuple[Line, tuple[Line, ...]]] = []
    for code in looking.facts.sector(wanted.words):
        if code in told:
            continue
        series = Series(code)
        statement = compared(looking, series)
        if statement is None or isinstance(statement, YearEnd):
            continue
        waiting.append((say(statement), tuple(_broken_down(looking, series))))
    for start in range(0, len(waiting), _GROUP + 1):
        yield _paragraph(waiting[start : start + _GROUP + 1], wanted)


def _broken_down(looking: Looking, series: Series) -> Iterator[Line]:
    """The parts of a figure in each dimension that it has; only where they are known."""
    indicator = looking.indicator(series)
    for dimension in indicator.breakdowns if indicator else ():
        wanted = Say(Kind.BREAKDOWN, (series,), by=dimension)
        parts = [looking.facts.fact(looking.address(one)) for one, _ in looking.members(series, dimension)]
        if any(part.value for part in parts):
            yield from lines_of(looking, wanted)


def _paragraph(group: Sequence[tuple[Line, tuple[Line, ...]]], wanted: Say) -> Paragraph:
    (first, its_parts), *others = group
    behind = [*its_parts, *(line for other, parts in others for line in (other, *parts))]
    lead = (Words(wanted.lead),) if wanted.lead else ()
    whole = sentence(smooth(lead, first))
    if not behind:
        return Paragraph(whole, wanted.manner or Manner.DASH)
    note = Note((sentence(joined(behind, "; ")),))
    line = (*smooth(sentence(smooth(lead, first)))[:-1], *_before_stop(whole), note, Words("."))
    return Paragraph(line, wanted.manner or Manner.DASH)


def _before_stop(whole: Line) -> Line:
    last = whole[-1]
    return (Words(last.text.rstrip(".")),) if isinstance(last, Words) and last.text.rstrip(".") else ()
