"""What a sector has besides what its section names: told in groups, the first of each in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from baocao.drafting.comparing import compared
from baocao.drafting.looking import Looking
from baocao.drafting.outline import TELLING, Kind, Say, Series
from baocao.drafting.phrases import Lacking, YearEnd, say
from baocao.drafting.phrases.wording import joined, run_on, sentence, smooth
from baocao.drafting.saying import parts_alone
from baocao.model.draft import Line, Manner, Note, Paragraph, Words

_GROUP = 3  # figures of one paragraph


def rest(looking: Looking, wanted: Say) -> Iterator[Paragraph]:
    """The indicators of a sector that nothing else in the outline tells, with their breakdowns in footnotes."""
    told = {series.indicator for one in looking.outline.says if one.kind in TELLING for series in one.of}
    told |= {series.indicator for series in wanted.without}
    waiting: list[tuple[Line, Line]] = []
    for code in looking.facts.sector(wanted.words):
        series = Series(code)
        statement = None if code in told else compared(looking, series)
        if statement is not None and not isinstance(statement, YearEnd | Lacking):
            waiting.append((say(statement), _broken_down(looking, series)))
    for start in range(0, len(waiting), _GROUP):
        yield _paragraph(waiting[start : start + _GROUP], wanted)


def _broken_down(looking: Looking, series: Series) -> Line:
    """The parts of a figure in each dimension that it has, as far as they are known."""
    indicator = looking.indicator(series)
    dimensions = [
        dimension
        for dimension in (indicator.breakdowns if indicator else ())
        if any(looking.facts.fact(looking.address(one)).value for one, _ in looking.members(series, dimension))
    ]
    asked = [Say(Kind.BREAKDOWN, (series,), by=one) for one in dimensions]
    lines = [parts_alone(looking, one, is_only=len(dimensions) == 1) for one in asked]
    return joined([sentence(line) for line in lines if line is not None], " ")


def _paragraph(group: Sequence[tuple[Line, Line]], wanted: Say) -> Paragraph:
    """A few figures in one paragraph, the parts of each in a footnote to it."""
    lead = (Words(wanted.lead.rstrip() + " "),) if wanted.lead else ()
    lines = [smooth(line, (Note((parts,)),) if parts else ()) for line, parts in group]
    return Paragraph(sentence(smooth(lead, run_on(lines, "; ", is_led=bool(lead)))), wanted.manner or Manner.DASH)
