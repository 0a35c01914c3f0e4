"""What an outline wants said becomes statements over looked-up figures, and these become lines.

Each kind of statement has one function here: thing to say → lines, none where there is nothing to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Final

from baocao.drafting.comparing import as_compared, compared
from baocao.drafting.counting import RATINGS, UNITS
from baocao.drafting.looking import Looking
from baocao.drafting.objectives import objectives, other_objectives
from baocao.drafting.outline import Kind, Say, Series
from baocao.drafting.own_level import fitting
from baocao.drafting.phrases import (
    CropLine,
    Disbursement,
    Flow,
    Funds,
    Level,
    MissingUnits,
    Moved,
    Names,
    Ratings,
    Share,
    Structure,
    Tasks,
    Told,
    TotalWithParts,
    figure,
    say,
)
from baocao.drafting.phrases.wholes import told_part
from baocao.drafting.phrases.wording import Voice, begun_small, filled, joined, run_on, unit_within
from baocao.drafting.projecting import projections
from baocao.model.draft import Line
from baocao.model.target import Rating
from baocao.model.task import TaskState
from baocao.reference import load

Sayer = Callable[[Looking, Say], Iterator[Line]]
_LED = 3  # units that are named at each end of a ranking
_LEAST_TO_RANK = 4


def lines_of(looking: Looking, wanted: Say) -> tuple[Line, ...]:
    """The lines of one thing to say, in order; none where no figure is known."""
    return tuple(SAYERS[wanted.kind](looking, wanted))


def _figures(looking: Looking, wanted: Say) -> Iterator[Line]:
    for series in wanted.of:
        statement = compared(looking, series)
        if statement is not None:
            yield say(statement)


def _levels(looking: Looking, wanted: Say) -> Iterator[Line]:
    for key, group in groupby(wanted.of, key=in_one_line):
        members = list(group)
        if key[1] and len(members) > 1:
            yield from _members(looking, members, key[1])
            continue
        for series in members:
            told = looking.told(series)
            if told.value is not None or told.mark is not None:
                yield say(Level(told, looking.is_reached(series)))


def in_one_line(series: Series) -> tuple[str, str]:
    """What series have in common that are told in one line: one indicator, parted in one way; else nothing."""
    if len(series.breakdown) != 1:
        return str(series), ""
    return series.indicator, series.breakdown[0][0]


def _members(looking: Looking, members: Sequence[Series], dimension: str) -> Iterator[Line]:
    """ "Tỷ lệ hộ nghèo theo dân tộc: Kinh 2,1%; Thái 6,3%": figures of members that make no whole."""
    names = [_member_within(dimension, looking.member(*one.breakdown[0])) for one in members]
    told = [looking.told(one, name=name) for one, name in zip(members, names, strict=True)]
    known = [one.legible() for one in told if one.value is not None]
    if known:
        words = load("composing")["parts"]
        parts = joined([told_part(one, Voice(0)) for one in known], "; ")
        name = looking.name(replace(members[0], breakdown=()))
        yield filled(words["members"], {"name": name, "dimension": looking.dimension(dimension), "parts": parts})


def _moved(looking: Looking, wanted: Say) -> Iterator[Line]:
    for series in wanted.of:
        told, before = looking.told(series), looking.before(series)
        if told.value is None:
            continue
        reached = looking.is_reached(series)
        said = Level(told, reached) if before is None else Moved(told, before, looking.since, reached)
        yield say(as_compared(looking, said, (series,)))


def _crop(looking: Looking, wanted: Say) -> Iterator[Line]:
    area, crop_yield, output = (looking.told(series) for series in wanted.of[:3])
    known = [told.value for told in (area, crop_yield, output) if told.value is not None]
    if not known or (not any(known) and not _is_expected(looking, wanted.of[:3])):
        return
    sown, _, made = wanted.of[:3]
    said = CropLine(
        wanted.name or area.name,
        area,
        crop_yield,
        output,
        None if looking.is_incomplete(sown) else next(iter(looking.plans(sown)), None),
        _harvested(looking, wanted),
        looking.before(sown),
        None if looking.is_incomplete(made) else next(iter(looking.plans(made)), None),
        looking.before(made),
        looking.since,
    )
    yield say(as_compared(looking, said, (sown, made)))


def _is_expected(looking: Looking, series: Sequence[Series]) -> bool:
    """Whether a crop of which there is nothing was planned, or grew a year before; a season to come has none."""
    before = (looking.before(one) for one in series)
    return any(looking.plans(one) for one in series) or any(told is not None and told.value for told in before)


def _harvested(looking: Looking, wanted: Say) -> Told | None:
    """The area that the yield is of, where the catalogue says that it is another than the sown one."""
    area, crop_yield = wanted.of[:2]
    found = looking.indicator(crop_yield)
    if found is None or not found.denominator or found.denominator == area.indicator:
        return None
    return looking.told(replace(crop_yield, indicator=found.denominator))


def _parts(looking: Looking, wanted: Say) -> Iterator[Line]:
    total, *parts = (looking.told(series) for series in wanted.of)
    known = [part for part in parts if part.value]
    if total.value is not None and len(known) == 1:  # one part is no list of parts
        yield say(Level(total, is_reached=False))
        yield say(Level(known[0], is_reached=False))
        return
    yield from _total(total, [_within(part) for part in parts])


def _within(told: Told) -> Told:
    """A figure whose indicator is named within a sentence, where no capital stands."""
    return replace(told, name=begun_small(told.name))


def _members_within(looking: Looking, series: Series, dimension: str) -> Iterator[tuple[Series, str]]:
    """The members of a breakdown as they are named within a sentence: "nông thôn", but "Kinh"."""
    for one, name in looking.members(series, dimension):
        yield one, _member_within(dimension, name)


def _member_within(dimension: str, name: str) -> str:
    words = load("composing")["proper"]
    is_proper = dimension in words["dimensions"] and name not in words["common"]
    return name if is_proper else begun_small(name)


def _total(total: Told, parts: Sequence[Told]) -> Iterator[Line]:
    known = [part for part in parts if part.value]
    if total.value is None:
        return
    if not known or (len(known) == 1 and known[0].value == total.value):
        yield say(Level(total, is_reached=False))
        return
    is_whole = sum(part.sure for part in known) == total.sure
    yield say(TotalWithParts(total, tuple(known), is_whole))


def _breakdown(looking: Looking, wanted: Say) -> Iterator[Line]:
    for series in wanted.of:
        parts = [looking.told(one, name=name) for one, name in _members_within(looking, series, wanted.by)]
        yield from _total(looking.told(series), parts)


def parts_alone(
    looking: Looking, wanted: Say, *, is_only: bool = True, is_named: bool = False, is_again: bool = False
) -> Line | None:
    """The known parts of a figure that is told elsewhere; None where there are none, or they do not make it.

    ``is_named`` says that something else was told since, ``is_again`` that it was parted in another way right before.
    """
    series = wanted.of[0]
    if wanted.kind is Kind.BREAKDOWN:
        found = [looking.told(one, name=name) for one, name in _members_within(looking, series, wanted.by)]
    else:
        found = [_within(looking.told(one)) for one in wanted.of[1:]]
    known = [part for part in found if part.value]
    total = looking.told(series)
    if len(known) < 2 or total.value is None or sum(part.sure for part in known) != total.value:
        return None
    if sum(part.printed for part in known) != total.printed:
        return None  # rounded apart they would not make it
    words = load("composing")["parts"]
    parts = joined([told_part(part, Voice(0)) for part in known], "; ")
    is_parts = wanted.kind is Kind.PARTS
    key = ("of" if is_parts else "members") if is_named else "alone" if is_only or is_parts else "by"
    wording = words["again" if is_again and key == "alone" else key]
    name = begun_small(total.name) if key == "of" else total.name
    return filled(wording, {"name": name, "parts": parts, "dimension": looking.dimension(wanted.by)})


def _structure(looking: Looking, wanted: Say) -> Iterator[Line]:
    parts = [_within(looking.told(series)) for series in wanted.of]
    if all(part.value is not None for part in parts):
        yield say(Structure(wanted.name, tuple(parts)))


def _share(looking: Looking, wanted: Say) -> Iterator[Line]:
    part, whole = (looking.told(series) for series in wanted.of[:2])
    if part.value is None:
        return
    if not whole.value or part.value > whole.value:
        yield say(Level(part, is_reached=False))
        return
    yield say(Share(part, _within(whole)))


def _disbursement(looking: Looking, wanted: Say) -> Iterator[Line]:
    spent, plan = wanted.of[:2]
    whole, asked = looking.told(spent, name=wanted.name), looking.told(plan)
    is_incomplete = looking.is_incomplete(spent) or looking.is_incomplete(plan)
    if whole.value is None or not asked.value or is_incomplete:
        yield from _figures(looking, replace(wanted, of=(spent,)))
        return
    sources = tuple(_funds(looking, spent, plan, wanted.by)) if wanted.by else ()
    yield say(Disbursement(whole, asked, sources))


def _funds(looking: Looking, spent: Series, plan: Series, by: str) -> Iterator[Funds]:
    for one, (its_plan, name) in zip(
        (series for series, _ in looking.members(spent, by)), _members_within(looking, plan, by), strict=True
    ):
        done, asked = looking.told(one, name=name), looking.told(its_plan, name=name)
        is_incomplete = looking.is_incomplete(one) or looking.is_incomplete(its_plan)
        if done.value is not None and asked.value and not is_incomplete:
            yield Funds(done, asked)


def _flow(looking: Looking, wanted: Say) -> Iterator[Line]:
    """``of`` is received, resolved, pending, and as far as they are there early, on time, late, carried over, new."""
    told = [looking.told(series) for series in wanted.of]
    received, resolved, pending = told[:3]
    if all(one.value is None for one in (received, resolved, *told[7:8])):
        return
    further = dict(zip(("early", "on_time", "late", "carried", "fresh"), told[3:], strict=False))
    yield say(Flow(wanted.noun, received, resolved, pending, **further))


def _units(looking: Looking, wanted: Say) -> Iterator[Line]:
    series = wanted.of[0]
    values = [(name, looking.told(series, unit=key).value) for key, name in looking.units()]
    names = tuple(name for name, value in values if value)
    if all(value is None for _, value in values):
        return
    noun = (wanted.noun or "{below}").format_map(looking.slots)
    count = looking.counted(f"{UNITS}:{series.indicator}", noun)
    whole = looking.counted(UNITS, noun)
    yield say(Names(count, noun, wanted.doing, names, whole))


def _leading(looking: Looking, wanted: Say) -> Iterator[Line]:
    """The units with the most and with the least of an indicator; of few units nothing is said."""
    words = load("composing")["leading"]
    for series in wanted.of:
        told = [(name, looking.told(series, unit=key)) for key, name in looking.units()]
        known = sorted(((name, one) for name, one in told if one.value is not None), key=_by_value)
        values = [one.value for _, one in known]
        if len(known) < _LEAST_TO_RANK or values[0] == values[-1]:
            continue
        most, least = list(reversed(known[-_LED:])), known[:1]
        if any(first == second for first, second in pairwise([one.value for _, one in known[-_LED - 1 :]])):
            most = most[:1] if values[-1] != values[-2] else []
        if not most or values[0] == values[1]:
            continue
        first = filled(str(words["most"]), {"name": looking.name(series), "units": _ranked(most)})
        yield joined((first, filled(str(words["least"]), {"units": _ranked(least)})), "; ")


def _by_value(named: tuple[str, Told]) -> tuple[Decimal, str]:
    return named[1].sure, named[0]


def _ranked(units: Sequence[tuple[str, Told]]) -> Line:
    wording = str(load("composing")["leading"]["unit"])
    return joined([filled(wording, {"unit": unit_within(name), "value": figure(told)}) for name, told in units], ", ")


def _headlines(looking: Looking, wanted: Say) -> Iterator[Line]:
    """The headline indicators, numbered as in the annex; those of a compound one stand in one line."""
    words = load("composing")["headlines"]
    judged = looking.facts.judged(looking.setting.unit.key, looking.period.year, looking.period.end)
    number = 0
    for code in dict.fromkeys(one.indicator for one in judged):
        found = looking.facts.indicator(code)
        if found is None:
            continue
        own = fitting(looking.facts, looking.setting.unit.key, found.parts or (code,), looking.period.year)
        parts = [compared(looking, Series(part)) for part in own]
        lines = [say(part) for part in parts if part is not None]
        if not lines:
            continue
        number += 1
        kind = "compound" if found.parts else "numbered"
        line = run_on(lines, "; ", is_led=kind == "compound")
        yield filled(str(words[kind]), {"number": str(number), "name": found.name.vi, "line": line})


def _ratings(looking: Looking, wanted: Say) -> Iterator[Line]:
    judged = looking.facts.judged(looking.setting.unit.key, looking.period.year, looking.period.end)
    first = next((one.authority for one in judged), "")
    rated = [one for one in judged if one.authority == first]
    if not rated:
        return

    def count(*ratings: Rating) -> Told:
        question = ",".join((first, *(rating.value for rating in ratings)))
        return looking.counted(f"{RATINGS}:{question}", "chỉ tiêu")

    missed = tuple(
        found.name.vi
        for one in rated
        if one.rating is Rating.NOT_MET and (found := looking.facts.indicator(one.indicator))
    )
    lacking = (count(Rating.UNKNOWN), count(Rating.INCOMPLETE))
    exceeded, met, missing = (count(one) for one in (Rating.EXCEEDED, Rating.MET, Rating.NOT_MET))
    yield say(Ratings(count(), exceeded, met, missing, count(Rating.PENDING), missed, *lacking))


def _tasks(looking: Looking, wanted: Say) -> Iterator[Line]:
    tasks = looking.setting.tasks
    if not tasks:
        return

    def count(state: TaskState) -> Told:
        return looking.count(sum(one.state is state for one in tasks), f"tasks:{state.value}", "nhiệm vụ")

    states = (TaskState.DONE, TaskState.ONGOING, TaskState.LATE, TaskState.WAITING)
    yield say(Tasks(looking.count(len(tasks), "tasks", "nhiệm vụ"), *(count(state) for state in states)))


def _missing(looking: Looking, wanted: Say) -> Iterator[Line]:
    """The units that lack any figure told in the report so far."""
    names = tuple(sorted(looking.missing))
    if not names:
        return
    noun = looking.slots["below"]
    whole = looking.counted(UNITS, noun)
    yield say(MissingUnits(looking.count(len(names), "missing", noun), noun, names, whole))


SAYERS: Final[dict[Kind, Sayer]] = {
    Kind.FIGURES: _figures,
    Kind.LEVELS: _levels,
    Kind.MOVED: _moved,
    Kind.CROP: _crop,
    Kind.PARTS: _parts,
    Kind.BREAKDOWN: _breakdown,
    Kind.STRUCTURE: _structure,
    Kind.SHARE: _share,
    Kind.DISBURSEMENT: _disbursement,
    Kind.FLOW: _flow,
    Kind.UNITS: _units,
    Kind.LEADING: _leading,
    Kind.HEADLINES: _headlines,
    Kind.RATINGS: _ratings,
    Kind.TASKS: _tasks,
    Kind.MISSING: _missing,
    Kind.PROJECTION: projections,
    Kind.OBJECTIVES: objectives,
    Kind.OTHER_OBJECTIVES: other_objectives,
}
