"""The annex of indicators: what each authority asks for, the result, how it stands, and what must be noted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from baocao.drafting.assessment import Standing, Wanted, authorities, capped, standings
from baocao.drafting.facts import Fact, Facts
from baocao.drafting.tables_numbers import EMPTY, Entry, asked, of_plan, percent, place, told
from baocao.model.draft import Align, Column, Grid, GridCell, Line, Words
from baocao.model.observation import Address
from baocao.model.target import Rating, TargetKind
from baocao.reference.sector_tables import Shown, words

_RATE = "phan_tram"
_WIDTHS = (Decimal(4), Decimal(24), Decimal(8), Decimal(9), Decimal(10), Decimal(14))  # a figure, rating, note
_LEFT = 3  # columns before the first plan
_SETTLED = frozenset({Rating.EXCEEDED, Rating.MET, Rating.NOT_MET})


def indicator_grid(facts: Facts, wanted: Wanted) -> Grid:
    """The table: TT, chỉ tiêu, ĐVT, each plan, result, % of each plan, same period and %, rating, note."""
    return _grid(facts, wanted, standings(facts, wanted), words()["indicators"]["title"])


def capped_grid(facts: Facts, wanted: Wanted) -> Grid:
    """The same of what is asked to stay below a bound and is no headline: poverty, accidents."""
    return _grid(facts, wanted, capped(facts, wanted), words()["indicators"]["capped"])


def _grid(facts: Facts, wanted: Wanted, found: Sequence[Standing], title: str) -> Grid:
    asking = authorities(found)
    rows = tuple(_row(facts, wanted, one, asking, at) for at, one in enumerate(found, 1))
    return Grid(_columns(len(asking)), (_head(asking),), rows, title)


def _columns(plans: int) -> tuple[Column, ...]:
    number, name, measure, figure, rating, note = _WIDTHS
    figures = (Column(figure),) * (2 * plans + 3)
    ends = (Column(rating, Align.CENTRE), Column(note, Align.LEFT))
    return (Column(number, Align.CENTRE), Column(name, Align.LEFT), Column(measure, Align.CENTRE), *figures, *ends)


def _head(asking: Sequence[str]) -> tuple[GridCell, ...]:
    said, heads = words(), words()["heads"]
    labels = [said["number"], said["indicator"], said["measure"]]
    labels += [heads["plan_by"].format(by=one) for one in asking]
    labels.append(heads["result"])
    labels += [heads["percent_plan_by"].format(by=one) for one in asking]
    labels += [heads[Shown.EARLIER.value], heads[Shown.PERCENT_EARLIER.value], said["rating"], said["note"]]
    return tuple(GridCell((Words(label),), is_bold=True) for label in labels)


def _row(facts: Facts, wanted: Wanted, standing: Standing, asking: Sequence[str], at: int) -> tuple[GridCell, ...]:
    indicator = standing.indicator
    name = indicator.name.vi
    is_bold = not standing.is_part
    is_bare = bool(indicator.parts) or _is_assured(standing)
    measure = "" if is_bare else facts.measure(indicator.code).vi
    plans = [standing.plan_of(authority) for authority in asking]
    asked_for = [asked(plan.target, facts.revision, f"{name}: {plan.authority}") if plan else EMPTY for plan in plans]
    result = _LEFT + len(asking)
    now, before = _results(facts, wanted, standing)
    shares = []
    for index, (plan, entry) in enumerate(zip(plans, asked_for, strict=True)):
        places = (place(result, at), place(_LEFT + index, at))
        is_set = plan is not None and not is_bare and not standing.result.is_incomplete
        of = of_plan(now.number, plan.target, entry, indicator.aim, places) if plan and is_set else EMPTY
        shares.append(of)
    earlier = result + len(asking) + 1
    against = EMPTY
    if not is_bare and indicator.unit != _RATE and not _is_uncompared(facts, wanted, standing):
        against = percent(now.number, before.number, (place(result, at), place(earlier, at)))
    entries = (*asked_for, now, *shares, before, against)
    notes = (*_notes(standing, asking), *_notes_on_earlier(facts, wanted, standing))
    ends = (_rating(standing, asking), "; ".join(notes))
    return (
        *(GridCell(_said(word), is_bold=is_bold) for word in (standing.number, name, measure)),
        *(GridCell(entry.line, formula=entry.formula) for entry in entries),
        *(GridCell(_said(word), is_bold=is_bold) for word in ends[:1]),
        GridCell(_said(ends[1])),
    )


def _is_uncompared(facts: Facts, wanted: Wanted, standing: Standing) -> bool:
    """Whether units are missing from the result or from that of the same period, so that neither tells of the other."""
    return standing.result.is_incomplete or _before(facts, wanted, standing).is_incomplete


def _before(facts: Facts, wanted: Wanted, standing: Standing) -> Fact:
    return facts.fact(Address(wanted.unit, standing.indicator.code, wanted.period.last_year))


def _said(word: str) -> Line:
    return (Words(word),) if word else ()


def _is_assured(standing: Standing) -> bool:
    return bool(standing.plans) and all(plan.target.kind is TargetKind.ASSURED for plan in standing.plans)


def _results(facts: Facts, wanted: Wanted, standing: Standing) -> tuple[Entry, Entry]:
    """The result and that of the same period; words for what is assured, nothing for what has parts."""
    indicator = standing.indicator
    if indicator.parts:
        return EMPTY, EMPTY
    if _is_assured(standing):
        return done(standing.result), EMPTY
    before = _before(facts, wanted, standing)
    return told(standing.result, indicator.name.vi), told(before, indicator.name.vi)


def done(result: Fact) -> Entry:
    """What was to be assured is done or not; nothing where nobody told."""
    said = words()["asked"]
    is_known = result.value is not None and result.value in (0, 1)
    return Entry(_said(said["done" if result.value else "not_done"]) if is_known else ())


def _leading(standing: Standing, asking: Sequence[str]) -> tuple[str, Rating] | None:
    """Who rates the row: the first authority that asks for something of it."""
    rated = ((authority, standing.rating_by(authority)) for authority in asking)
    return next(((authority, rating) for authority, rating in rated if rating is not None), None)


def _rating(standing: Standing, asking: Sequence[str]) -> str:
    leading = _leading(standing, asking)
    return str(words()["ratings"][leading[1].value]) if leading else ""


def _notes(standing: Standing, asking: Sequence[str]) -> Iterator[str]:
    said = words()["notes"]
    if standing.result.is_estimate:
        yield said["estimate"]
    leading = _leading(standing, asking)
    if standing.result.is_incomplete:
        key = "sure" if leading and leading[1] in _SETTLED else "missing"
        count = standing.result.expected - standing.result.reporting
        yield said[key].format(count=count, expected=standing.result.expected)
    for authority in asking:
        rating = standing.rating_by(authority)
        if leading and rating is not None and rating is not leading[1]:
            yield said["differs"].format(by=authority, rating=words()["ratings"][rating.value].lower())


def _notes_on_earlier(facts: Facts, wanted: Wanted, standing: Standing) -> Iterator[str]:
    """That the same period lacks units, where a percentage of it would else stand."""
    indicator, result = standing.indicator, standing.result
    if indicator.parts or _is_assured(standing) or result.value is None or result.is_incomplete:
        return
    before = _before(facts, wanted, standing)
    if before.is_incomplete:
        count = before.expected - before.reporting
        yield words()["notes"]["missing_earlier"].format(count=count, expected=before.expected)
