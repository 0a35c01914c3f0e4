"""The annex of a unit and a period as a table: what each authority asked for, the result, and how they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from baocao.figures import compare, said, store, store_targets
from baocao.figures.compare import Annex, Completeness, Row
from baocao.figures.rating import RATINGS
from baocao.figures.said import with_figures
from baocao.ledger.book import Book, CannotAsk
from baocao.ledger.grid import Cell, Column, Grid
from baocao.ledger.recasting import MARKS
from baocao.ledger.rolled import Place, Rolled, View
from baocao.model.indicator import Indicator
from baocao.model.observation import Address, Observation, Origin, OriginKind, Scenario
from baocao.model.org_unit import Level, OrgUnit
from baocao.model.period import Period
from baocao.model.target import Rating, Target, TargetKind
from baocao.model.text import Text

_TITLE = Text("{unit}, kỳ {period}: kết quả so với chỉ tiêu được giao", "{unit}, {period}: results against targets")
_NO_TARGETS = Text(
    "{unit} chưa được giao chỉ tiêu nào cho kỳ {period}{who}; hãy nạp biểu giao chỉ tiêu hoặc kiểm tra mã đơn vị.",
    "{unit} has no targets for {period}{who}; load the plan, or check the unit's code.",
)
_WHO = Text(" từ {authorities}", " from {authorities}")
_ASKED = {
    TargetKind.AT_LEAST: (Text("từ {low}", "at least {low}"), Text("trên {low}", "over {low}")),
    TargetKind.AT_MOST: (Text("không quá {low}", "at most {low}"), Text("dưới {low}", "under {low}")),
    TargetKind.RANGE: (Text("{low}-{high}", "{low}-{high}"),) * 2,
    TargetKind.MAINTAIN: (Text("duy trì {low}", "maintain {low}"),) * 2,
    TargetKind.REDUCE_BY: (Text("giảm {low}", "a fall of {low}"), Text("giảm trên {low}", "a fall over {low}")),
    TargetKind.ASSURED: (Text("đảm bảo", "assured"),) * 2,
    TargetKind.EXACTLY: (Text("{low}", "{low}"),) * 2,
}
_ESTIMATE = Text("số ước", "estimate")
_OTHERWISE = Text("so với {authority} giao: {rating}", "against {authority}: {rating}")
_FAILED = Text("không đạt: {which}", "not met: {which}")
_MISSING = Text("thiếu {count}/{expected} đơn vị: {names}", "{count} of {expected} units missing: {names}")
_COUNTED = Text("tính từ {count}/{expected} đơn vị", "made of {count} of {expected} units")
_DIFFERS = Text("các đơn vị dưới cộng lại là {value}", "the units below make {value}")
_AT = Text("{number} {indicator}: {remark}.", "{number} {indicator}: {remark}.")
_NAMED = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """Which annex: of a unit and a period, against authorities (empty: all), by the plan that holds on a day."""

    unit: OrgUnit
    period: Period
    authorities: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    on: date | None = None
    base: Level = Level.COMMUNE


def annex(book: Book, asked: Asked) -> Grid:
    """The table with its count sentence first among the remarks. Raises ``CannotAsk``, ``TargetConflict``."""
    targets = [one for one in store_targets.targets(book.connection) if _concerns(one, asked)]
    if not targets:
        who = _WHO.fill(authorities=", ".join(asked.authorities)) if asked.authorities else ""
        raise CannotAsk(with_figures(_NO_TARGETS, unit=asked.unit.name, period=asked.period.code, who=who))
    authorities = asked.authorities or tuple(sorted({one.address.authority for one in targets}))
    codes = asked.indicators or tuple(_headings(book, {one.address.indicator for one in targets}))
    lines = compare.lines(book.indicators, codes)
    found = _Results.of(book, asked, [line.indicator for line in lines])
    wanted = compare.Wanted(asked.unit.key, asked.period, authorities, asked.on)
    made = compare.compare(wanted, lines, found.observations, targets, found.completeness)
    return _grid(book, asked, made, found)


def _concerns(target: Target, asked: Asked) -> bool:
    address = target.address
    is_its = address.unit == asked.unit.key and (not asked.authorities or address.authority in asked.authorities)
    return is_its and (address.period.year == asked.period.year or address.period.contains(asked.period))


def _headings(book: Book, given: set[str]) -> Iterator[str]:
    """The indicators with targets in the order of the catalogue; parts stand under the one that they make."""
    wholes = {one.code: one.parts for one in book.indicators.values() if given.intersection((one.code, *one.parts))}
    inside = {part for code, parts in wholes.items() if parts for part in parts}
    return (code for code in wholes if code not in inside)


@dataclass(frozen=True, slots=True)
class _Results:
    """What is known of the results: the unit's own figures, and where it has none those made of the units below."""

    observations: tuple[Observation, ...]
    completeness: dict[str, Completeness]
    differing: dict[str, Decimal]

    @classmethod
    def of(cls, book: Book, asked: Asked, indicators: Sequence[Indicator]) -> _Results:
        codes = tuple(dict.fromkeys(one.code for one in indicators))
        own = [revision.observation for revision in store.current(book.connection, [asked.unit.key], codes)]
        told = {(one.address.indicator, one.address.period): one.value for one in own if _is_result(one)}
        rolled = Rolled(book, View(base=asked.base), indicators=codes)
        made: list[Observation] = []
        completeness: dict[str, Completeness] = {}
        differing: dict[str, Decimal] = {}
        for period in (asked.period, asked.period.last_year):
            # the units of today's period count in both, so that like is set against like
            day = asked.period.end
            for code in codes:
                value = rolled.value(Place(asked.unit.key, code), period, day)
                if value is None:
                    continue
                if (code, period) not in told:
                    made.append(_computed(asked.unit.key, code, period, value))
                    if period == asked.period:
                        completeness[code] = _complete(book, rolled, asked, code)
                elif period == asked.period and value != told[code, period]:
                    differing[code] = value
        return cls((*own, *made), {code: one for code, one in completeness.items() if one.missing}, differing)


def _is_result(one: Observation) -> bool:
    return one.address.scenario in (Scenario.ACTUAL, Scenario.ESTIMATE) and not one.address.breakdown


def _computed(unit: str, code: str, period: Period, value: Decimal) -> Observation:
    origin = Origin(OriginKind.COMPUTED, "roll-up")
    return Observation(Address(unit, code, period), value, origin, datetime(1970, 1, 1, tzinfo=UTC), "baocao")


def _complete(book: Book, rolled: Rolled, asked: Asked, code: str) -> Completeness:
    figure = rolled.figure(Place(asked.unit.key, code), asked.period)
    if figure is None or figure.reporting >= figure.expected:
        return Completeness(0, 0)
    missing = rolled.missing(Place(asked.unit.key, code), asked.period)
    return Completeness(figure.reporting, figure.expected, tuple(book.name_of(key) for key in missing))


def _grid(book: Book, asked: Asked, made: Annex, found: _Results) -> Grid:
    title = _TITLE.fill(unit=asked.unit.name, period=asked.period.code)
    rows = tuple(_cells(book, made, row) for row in made.rows)
    notes = (made.tally.text, *(note for row in made.rows for note in _remarks(row, found)))
    is_clean = not any(row.rating in (Rating.NOT_MET, Rating.UNKNOWN) for row in made.rows) and len(notes) == 1
    return Grid(title, _columns(made.authorities), rows, notes, is_clean)


def _columns(authorities: Sequence[str]) -> tuple[Column, ...]:
    return (
        Column("number", Text("TT", "No.")),
        Column("indicator", Text("Mã chỉ tiêu", "Indicator code"), is_shown=False),
        Column("indicator_name", Text("Chỉ tiêu", "Indicator")),
        Column("measure", Text("ĐVT", "Measure")),
        *(Column(f"target {one}", Text(f"{one} giao", f"{one} asked")) for one in authorities),
        Column("result", Text("Kết quả", "Result")),
        *(Column(f"percent {one}", Text(f"% so với {one} giao", f"% of {one}'s"), places=2) for one in authorities),
        Column("earlier", Text("Cùng kỳ", "Same period")),
        Column("change", Text("Tăng, giảm", "Change")),
        Column("percent", Text("% so với cùng kỳ", "% of same period"), places=2),
        Column("rating", Text("Đánh giá", "Rating")),
        Column("note", Text("Ghi chú", "Note")),
    )


def _cells(book: Book, made: Annex, row: Row) -> tuple[Cell, ...]:
    plans = [row.against(authority) for authority in made.authorities]
    compared = row.same_period
    result: Cell = MARKS[row.mark] if row.result is None and row.mark else row.result
    return (
        row.number,
        row.indicator.code,
        row.indicator.name,
        book.measure_of(row.indicator.code) if not row.indicator.parts else None,
        *(_asked(plan.target) if plan else None for plan in plans),
        result,
        *(plan.rated.percent if plan else None for plan in plans),
        *((compared.earlier, compared.change, compared.percent) if compared else (None, None, None)),
        RATINGS[row.rating] if row.rating else None,
        _note(row),
    )


def _asked(target: Target) -> Cell:
    if target.kind is TargetKind.EXACTLY:
        return target.low
    low, high = (said.figure(bound) if bound is not None else "" for bound in (target.low, target.high))
    return with_figures(_ASKED[target.kind][target.is_strict], low=low, high=high)


def _note(row: Row) -> Text | None:
    notes = [_ESTIMATE] if row.is_estimate else []
    if row.failed:
        notes.append(_FAILED.fill(which=", ".join(row.failed)))
    others = [plan for plan in row.plans[1:] if plan.rated.rating is not row.plans[0].rated.rating]
    notes += [with_figures(_OTHERWISE, authority=plan.authority, rating=RATINGS[plan.rated.rating]) for plan in others]
    if row.completeness is not None:
        notes.append(_COUNTED.fill(count=row.completeness.reported, expected=row.completeness.expected))
    return Text("; ".join(one.vi for one in notes), "; ".join(one.en for one in notes)) if notes else None


def _remarks(row: Row, found: _Results) -> Iterator[Text]:
    remarks: list[Text] = []
    if row.completeness is not None:
        remarks.append(_missing(row.completeness))
    if row.indicator.code in found.differing:
        remarks.append(with_figures(_DIFFERS, value=said.figure(found.differing[row.indicator.code])))
    for remark in remarks:
        yield with_figures(_AT, number=row.number, indicator=row.indicator.name, remark=remark)


def _missing(told: Completeness) -> Text:
    names: Iterable[str] = told.missing[:_NAMED]
    more = " …" if len(told.missing) > _NAMED else ""
    return _MISSING.fill(count=len(told.missing), expected=told.expected, names=", ".join(names) + more)
