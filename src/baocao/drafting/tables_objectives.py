"""The annex of a plan: every target of the year to come by group, beside this year's result and set against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from baocao.drafting.assessment import Wanted
from baocao.drafting.composing import roman
from baocao.drafting.facts import Fact, Facts
from baocao.drafting.objectives import groups, is_assured, series_in
from baocao.drafting.outline import Series
from baocao.drafting.tables_indicators import done
from baocao.drafting.tables_numbers import EMPTY, Entry, asked, percent, place, told
from baocao.model.draft import Align, Column, Grid, GridCell, Words
from baocao.model.indicator import Indicator
from baocao.model.observation import Address
from baocao.model.period import Period
from baocao.model.target import Target, TargetKind
from baocao.reference.sector_tables import words

_RATE = "phan_tram"
_NUMBER, _NAME, _MEASURE, _FIGURE, _ASKED, _NOTE = map(Decimal, (5, 30, 10, 10, 14, 9))
_LEFT = 3  # columns before the result
_HEAD = 2  # rows of the head
_COMPARED = frozenset({TargetKind.EXACTLY, TargetKind.AT_LEAST, TargetKind.AT_MOST, TargetKind.MAINTAIN})

Row = tuple[GridCell, ...]


def objective_grid(facts: Facts, wanted: Wanted, planned: Wanted) -> Grid:
    """The table: TT, chỉ tiêu, ĐVT, this year's result, each authority's target, its % of the result, note."""
    found = {group: tuple(series_in(facts, group, planned)) for group in groups()}
    targets = [target for every in found.values() for one in every for target in _targets(facts, planned, one)]
    asking = tuple(dict.fromkeys(target.address.authority for target in targets))
    rows = tuple(_Rows(facts, wanted, planned, asking).of(found))
    return Grid(
        _columns(len(asking)), _head(asking, wanted.period, planned.period), rows, words()["objectives"]["title"]
    )


def _targets(facts: Facts, planned: Wanted, series: Series) -> list[Target]:
    found = facts.targets(planned.unit, series.indicator, planned.period.year, planned.on)
    return [target for target in found if target.address.breakdown == series.breakdown]


def _columns(asking: int) -> tuple[Column, ...]:
    left = (Column(_NUMBER, Align.CENTRE), Column(_NAME, Align.LEFT), Column(_MEASURE, Align.CENTRE), Column(_FIGURE))
    return (*left, *(Column(_ASKED),) * asking, *(Column(_FIGURE),) * asking, Column(_NOTE, Align.LEFT))


def _head(asking: Sequence[str], results: Period, planned: Period) -> tuple[Row, ...]:
    """Two rows: what stands in the columns, and below it whose targets they are."""
    said, heads = words(), words()["objectives"]
    year, last = planned.year, results.year
    single = [said["number"], said["indicator"], said["measure"], heads["result"].format(year=last)]
    above = [heads["asked"].format(year=year), heads["against"].format(year=year, last=last)]
    below = [heads["by"].format(by=one) for one in asking]
    return (
        (
            *(_headed(label, rows=_HEAD) for label in single),
            *(_headed(label, columns=len(asking)) for label in above),
            _headed(said["note"], rows=_HEAD),
        ),
        tuple(_headed(label) for label in (*below, *below)),
    )


def _headed(label: str, columns: int = 1, rows: int = 1) -> GridCell:
    return GridCell((Words(label),), columns, rows, is_bold=True)


class _Rows:
    """The rows of all groups, numbered on from the first to the last."""

    def __init__(self, facts: Facts, wanted: Wanted, planned: Wanted, asking: Sequence[str]) -> None:
        self.facts, self.wanted, self.planned, self.asking = facts, wanted, planned, asking
        self.number = 0
        self.at = _HEAD - 1  # the row of the grid, its head included
        self.groups = 0

    def of(self, found: dict[str, tuple[Series, ...]]) -> Iterator[Row]:
        for group, every in found.items():
            if every:
                yield self._group(groups()[group]["vi"])
            for series in every:
                yield from self._series(series)

    def _group(self, name: str) -> Row:
        """A group's name over all columns, with its Roman number."""
        self.at, self.groups = self.at + 1, self.groups + 1
        wide = 2 * len(self.asking) + _LEFT + 1
        return (_headed(roman(self.groups)), _headed(name, columns=wide))

    def _series(self, series: Series) -> Iterator[Row]:
        indicator = self.facts.indicator(series.indicator)
        if indicator is None:
            return
        self.number, self.at = self.number + 1, self.at + 1
        result = self.facts.fact(
            Address(self.wanted.unit, indicator.code, self.wanted.period, breakdown=series.breakdown)
        )
        found = _targets(self.facts, self.planned, series)
        now = done(result) if is_assured(found) else told(result, indicator.name.vi)
        targets = {one.address.authority: one for one in found}
        entries = [self._asked(targets.get(authority), indicator) for authority in self.asking]
        against = [
            self._against(targets.get(authority), entry, EMPTY if result.is_incomplete else now, indicator, column)
            for column, (authority, entry) in enumerate(zip(self.asking, entries, strict=True), _LEFT + 1)
        ]
        measure = "" if is_assured(found) else self.facts.measure(indicator.code).vi
        name = self._name(indicator, series)
        cells = (str(self.number), name, measure)
        yield (
            *(GridCell((Words(cell),) if cell else ()) for cell in cells),
            *(GridCell(entry.line, formula=entry.formula) for entry in (now, *entries, *against)),
            GridCell((Words(self._note(result)),) if self._note(result) else ()),
        )

    def _name(self, indicator: Indicator, series: Series) -> str:
        members = [
            text.vi
            for dimension, member in series.breakdown
            for code, text in self.facts.members(dimension)
            if code == member
        ]
        return " - ".join((indicator.name.vi, *members))

    def _asked(self, target: Target | None, indicator: Indicator) -> Entry:
        if target is None:
            return EMPTY
        return asked(target, self.facts.revision, f"{indicator.name.vi}: {target.address.authority}")

    def _against(self, target: Target | None, entry: Entry, now: Entry, indicator: Indicator, column: int) -> Entry:
        """The target as a percentage of the result; none of what is a percentage, has no one figure, or lacks units."""
        if target is None or target.kind not in _COMPARED or indicator.unit == _RATE:
            return EMPTY
        return percent(entry.number, now.number, (place(column, self.at), place(_LEFT, self.at)))

    def _note(self, result: Fact) -> str:
        if result.is_incomplete:
            return str(words()["notes"]["missing"]).format(
                count=result.expected - result.reporting, expected=result.expected
            )
        return words()["objectives"]["estimate"].format(year=self.wanted.period.year) if result.is_estimate else ""
