"""Whatever the units do, figures re-cast to another day lose nothing and can be given back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from baocao.figures.recast import recast, undo
from baocao.figures.recast_rows import How, Row
from baocao.figures.recast_totals import lineage_table, totals
from baocao.model.geography import Geography
from baocao.model.indicator import Indicator, Over
from baocao.model.observation import Address, NoValue, Observation, Origin, OriginKind
from baocao.model.org_unit import ChangeKind, Flow, Level, OrgUnit, UnitChange
from baocao.model.period import Period
from baocao.model.text import Text

DAYS = (date(2025, 7, 1), date(2026, 5, 1), date(2027, 1, 1))
BEFORE = date(2024, 12, 31)
INDICATORS = {
    code: Indicator(code, Text(code, code), "x", "s", over_place=over, numerator=above, denominator=below)
    for code, over, above, below in (
        ("sum", Over.SUM, "", ""),
        ("base", Over.SUM, "", ""),
        ("ratio", Over.RECOMPUTE, "sum", "base"),
        ("mean", Over.MEAN, "", ""),
    )
}
VALUES = st.decimals(min_value=-(10**9), max_value=10**9, places=2) | st.integers(0, 50).map(Decimal)


@st.composite
def geographies(draw: st.DrawFn, merges_only: bool = False) -> Geography:
    """Two provinces whose communes are merged and divided on up to three days, with and without known shares."""
    provinces = [OrgUnit(code, code, Level.PROVINCE, "VN") for code in ("T1", "T2")]
    units = {unit.key: unit for unit in (OrgUnit("VN", "VN", Level.COUNTRY), *provinces)}
    for number in range(draw(st.integers(1, 7))):
        commune = OrgUnit(f"C{number}", f"C{number}", Level.COMMUNE, draw(st.sampled_from(["T1", "T2"])))
        units[commune.key] = commune
    changes = []
    for on in DAYS[: draw(st.integers(1, 3))]:
        alive = [unit for unit in units.values() if unit.level is Level.COMMUNE and unit.holds_on(on)]
        leaving = [unit for unit in alive if draw(st.booleans())]
        flows = []
        for unit in leaving:
            codes = draw(st.lists(st.sampled_from("ABCD"), min_size=1, max_size=1 if merges_only else 3, unique=True))
            for code, share in zip(codes, draw(_shares(len(codes))), strict=True):
                # Now and then a part goes to the other province.
                target = OrgUnit(f"{code}{on.year}", code, Level.COMMUNE, "T1" if code in "AB" else "T2", on)
                units[target.key] = target
                flows.append(Flow(unit.key, target.key, share))
            last = on - timedelta(days=1)
            units[unit.key] = OrgUnit(unit.code, unit.name, unit.level, unit.parent, unit.valid_from, last)
        if flows:
            changes.append(UnitChange(on, ChangeKind.MERGE if merges_only else ChangeKind.SPLIT, tuple(flows)))
    return Geography(tuple(units.values()), tuple(changes))


def _shares(count: int) -> st.SearchStrategy[list[Fraction | None]]:
    if count == 1:
        return st.just([Fraction(1)])
    weights = st.lists(st.integers(1, 9), min_size=count, max_size=count)
    known = weights.map(lambda its: [Fraction(weight, sum(its)) for weight in its])
    partly = known.map(lambda its: [its[0], *[None] * (count - 1)])
    return st.just([None] * count) | known | partly


@st.composite
def told(draw: st.DrawFn, geography: Geography, on: date) -> list[Observation]:
    """Figures and marks of the communes of a day, for some indicators."""
    period = Period(date(on.year, 1, 1), on)
    found = []
    for unit in geography.at(on, Level.COMMUNE):
        for code in INDICATORS:
            figure = draw(VALUES | st.sampled_from(NoValue) | st.none())
            if figure is None:
                continue
            value, mark = (None, figure) if isinstance(figure, NoValue) else (figure, None)
            origin = Origin(OriginKind.FORM_CELL, unit.key)
            moment = datetime(2028, 1, 1, tzinfo=UTC)
            found.append(Observation(Address(unit.key, code, period), value, origin, moment, "an", mark))
    return found


def _originals(observations: Iterable[Observation]) -> dict[Address, Decimal | NoValue | None]:
    return {each.address: each.mark if each.value is None else each.value for each in observations}


def _sum(observations: Iterable[Observation]) -> Decimal:
    return sum(
        (each.value for each in observations if each.value is not None and each.address.indicator == "sum"), Decimal(0)
    )


cases = geographies().flatmap(
    lambda geography: st.tuples(
        st.just(geography),
        st.sampled_from([BEFORE, *DAYS]).flatmap(lambda on: told(geography, on)),
        st.sampled_from([BEFORE, *DAYS]),
    )
)


@given(cases)
@settings(max_examples=150, deadline=None)
def test_recast_then_undo_gives_the_figures_back(case: tuple[Geography, list[Observation], date]) -> None:
    geography, observations, on = case
    assert undo(recast(observations, geography, on, INDICATORS)) == _originals(observations)


@given(cases)
@settings(max_examples=150, deadline=None)
def test_the_total_of_the_country_is_conserved(case: tuple[Geography, list[Observation], date]) -> None:
    geography, observations, on = case
    rows = recast(observations, geography, on, INDICATORS)
    found = totals(rows, geography, on, INDICATORS, Level.COMMUNE)
    country = [each.value for each in found if each.address.unit == "VN" and each.address.indicator == "sum"]
    assert sum(country, Decimal(0)) == _sum(observations)


@given(cases, st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_the_order_of_the_figures_does_not_matter(
    case: tuple[Geography, list[Observation], date], chance: Random
) -> None:
    geography, observations, on = case
    shuffled = list(observations)
    chance.shuffle(shuffled)
    units = list(geography.units)
    chance.shuffle(units)
    other = Geography(tuple(units), tuple(reversed(geography.changes)))
    assert recast(shuffled, other, on, INDICATORS) == recast(observations, geography, on, INDICATORS)


@given(geographies().flatmap(lambda geography: st.tuples(st.just(geography), told(geography, DAYS[0]))))
@settings(max_examples=80, deadline=None)
def test_at_the_same_day_nothing_changes(case: tuple[Geography, list[Observation]]) -> None:
    geography, observations = case
    rows = recast(observations, geography, DAYS[0], INDICATORS)
    assert {row.how for row in rows} <= {How.SAME}
    assert {row.address: row.mark if row.value is None else row.value for row in rows} == _originals(observations)


def _figures(rows: Iterable[Row]) -> dict[Address, Decimal]:
    return {row.address: row.value for row in rows if row.value is not None and row.address.indicator == "sum"}


@given(geographies(merges_only=True).flatmap(lambda geography: st.tuples(st.just(geography), told(geography, BEFORE))))
@settings(max_examples=80, deadline=None)
def test_a_merge_of_merges_is_a_merge(case: tuple[Geography, list[Observation]]) -> None:
    geography, observations = case
    moment, origin = datetime(2028, 1, 1, tzinfo=UTC), Origin(OriginKind.COMPUTED, "recast")
    step = [
        Observation(address, value, origin, moment, "an")
        for address, value in _figures(recast(observations, geography, DAYS[0], INDICATORS)).items()
    ]
    by_steps = _figures(recast(step, geography, DAYS[2], INDICATORS))
    assert by_steps == _figures(recast(observations, geography, DAYS[2], INDICATORS))


@given(geographies())
@settings(max_examples=100, deadline=None)
def test_the_shares_of_a_lineage_make_one_in_both_directions(geography: Geography) -> None:
    for unit in geography.units:
        for on in (BEFORE, *DAYS):
            lineage = geography.lineage(unit.key, on)
            assert sum(part.share for part in lineage.parts) == 1
            assert all(geography.by_key(key).holds_on(on) for key in lineage.keys)
    for on in (BEFORE, *DAYS):
        table = lineage_table(geography, Level.COMMUNE, on)
        whole = {row.source for row in table if row.target == "VN" and row.numerator == row.denominator}
        assert whole == {unit.key for unit in geography.units if unit.level is Level.COMMUNE}


@given(geographies())
@settings(max_examples=100, deadline=None)
def test_changes_undone_from_the_last_give_each_earlier_geography(geography: Geography) -> None:
    for change in reversed(geography.changes):
        begun = [unit for unit in geography.units if unit.key in change.targets]
        earlier = geography.without(change)
        again = earlier.with_change(change, begun)
        assert set(again.units) == set(geography.units)
        assert again.without(change) == earlier
        geography = earlier
    assert {unit.valid_to for unit in geography.units} == {None}
