"""Series in the units of another day, with what each figure was made of and what it lacks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from baocao.figures.recast import CannotRecast, as_it_was, recast, undo
from baocao.figures.recast_rows import How, Missing, Row, Shares, Source, apportion, quotient
from baocao.figures.recast_totals import lineage_table, totals, undivided_table
from baocao.model.geography import UnknownUnit
from baocao.model.indicator import Indicator, Over
from baocao.model.observation import Address, NoValue, Observation, Origin, OriginKind, Scenario
from baocao.model.org_unit import Level
from baocao.model.period import Period
from baocao.model.text import Text
from baocao.reference.geography import REFORM as NATIONAL_REFORM
from baocao.reference.geography import national
from tests.unit.model.small_map import EARLY, LATER, REFORM, WHOLE_MAP


def _indicator(code: str, **how: object) -> tuple[str, Indicator]:
    return code, Indicator(code, Text(code, code), "x", "s", **how)  # type: ignore[arg-type]


INDICATORS = dict(
    [
        _indicator("pupils"),
        _indicator("herd", over_time=Over.LAST),
        _indicator("poor"),
        _indicator("households"),
        _indicator("poverty", over_place=Over.RECOMPUTE, numerator="poor", denominator="households", per=Decimal(100)),
        _indicator("rain", over_place=Over.MEAN),
        _indicator("rank", over_place=Over.NONE),
    ]
)
YEAR = Period.part(2024)


def told(unit: str, figure: str | NoValue, indicator: str = "pupils", period: Period = YEAR) -> Observation:
    value, mark = (None, figure) if isinstance(figure, NoValue) else (Decimal(figure), None)
    origin = Origin(OriginKind.FORM_CELL, "form 1")
    return Observation(Address(unit, indicator, period), value, origin, datetime(2025, 1, 5, tzinfo=UTC), "an", mark)


def _recast(*observations: Observation, on: date = REFORM) -> dict[tuple[str, str, How], Row]:
    rows = recast(observations, WHOLE_MAP, on, INDICATORS)
    found = {(row.address.unit, row.address.indicator, row.how): row for row in rows}
    assert len(found) == len(rows)
    return found


def test_as_it_was_every_figure_stays_with_its_unit() -> None:
    rows = as_it_was([told("C2", "7"), told("C1", NoValue.NOT_AVAILABLE)], WHOLE_MAP, INDICATORS)
    assert [(row.address.unit, row.value, row.mark) for row in rows] == [
        ("C1", None, NoValue.NOT_AVAILABLE),
        ("C2", Decimal(7), None),
    ]


def test_merged_units_are_summed_with_their_sources_named() -> None:
    row = _recast(told("C1", "12.5"), told("C2", "7.25"))["C1@2025-07-01", "pupils", How.SUMMED]
    assert row.value == Decimal("19.75")
    assert row.sources == (
        Source("C1", Fraction(1), Decimal("12.5")),
        Source("C2", Fraction(1), Decimal("7.25")),
    )
    assert row.is_complete
    assert row.level is Level.COMMUNE


def test_a_stock_is_as_additive_over_places_as_a_flow() -> None:
    found = _recast(told("C1", "100", "herd"), told("C2", "50", "herd"))
    assert found["C1@2025-07-01", "herd", How.SUMMED].value == 150


def test_a_source_that_told_nothing_is_missing_from_the_sum() -> None:
    row = _recast(told("C1", "12"))["C1@2025-07-01", "pupils", How.SUMMED]
    assert (row.value, row.missing) == (Decimal(12), (Missing("C2", NoValue.NOT_AVAILABLE),))
    assert not row.is_complete


@pytest.mark.parametrize(
    ("first", "second", "value", "mark", "missing"),
    [
        ("12", NoValue.NONE_OCCURRED, Decimal(12), None, ()),
        ("12", NoValue.NOT_COLLECTED, Decimal(12), None, (Missing("C2", NoValue.NOT_COLLECTED),)),
        (NoValue.NONE_OCCURRED, NoValue.NONE_OCCURRED, None, NoValue.NONE_OCCURRED, ()),
        (
            NoValue.NONE_OCCURRED,
            NoValue.NOT_COLLECTED,
            None,
            NoValue.NOT_COLLECTED,
            (Missing("C2", NoValue.NOT_COLLECTED),),
        ),
        (
            NoValue.NOT_RATED,
            NoValue.NOT_COLLECTED,
            None,
            NoValue.NOT_AVAILABLE,
            (Missing("C1", NoValue.NOT_RATED), Missing("C2", NoValue.NOT_COLLECTED)),
        ),
    ],
)
def test_marks_are_never_zeros_save_that_nothing_occurred(
    first: str | NoValue,
    second: str | NoValue,
    value: Decimal | None,
    mark: NoValue | None,
    missing: tuple[Missing, ...],
) -> None:
    row = _recast(told("C1", first), told("C2", second))["C1@2025-07-01", "pupils", How.SUMMED]
    assert (row.value, row.mark, row.missing) == (value, mark, missing)


def test_a_split_with_shares_is_apportioned_to_the_last_unit() -> None:
    found = _recast(told("C5", "100"), told("C6", "10"))
    assert found["C5@2025-07-01", "pupils", How.APPORTIONED].value == 33
    assert found["C6@2025-07-01", "pupils", How.APPORTIONED].value == 77
    found = _recast(told("C5", "0.05"))
    assert found["C5@2025-07-01", "pupils", How.APPORTIONED].value == Decimal("0.02")
    assert found["C6@2025-07-01", "pupils", How.APPORTIONED].value == Decimal("0.03")
    assert found["C6@2025-07-01", "pupils", How.APPORTIONED].missing == (Missing("C6", NoValue.NOT_AVAILABLE),)


def test_a_split_without_shares_stays_with_the_old_unit_and_counts_above() -> None:
    observations = [told("C3", "9"), told("C4", "5")]
    found = _recast(*observations)
    left = found["C3", "pupils", How.LEFT]
    assert (left.value, left.held_by, left.among) == (Decimal(9), "T1", ("C3@2025-07-01", "C4@2025-07-01"))
    undivided = Missing("C3", NoValue.NOT_RECAST, Decimal(9))
    new = found["C3@2025-07-01", "pupils", How.NOT_RECAST]
    assert (new.value, new.mark, new.missing) == (None, NoValue.NOT_RECAST, (undivided,))
    other = found["C4@2025-07-01", "pupils", How.SUMMED]
    assert (other.value, other.missing) == (Decimal(5), (undivided,))
    sums = totals(recast(observations, WHOLE_MAP, REFORM, INDICATORS), WHOLE_MAP, REFORM, INDICATORS, Level.COMMUNE)
    assert [(each.address.unit, each.value, each.missing) for each in sums] == [
        ("T1", Decimal(14), ()),
        ("VN", Decimal(14), ()),
    ]


def test_what_was_divided_and_joined_again_is_exact_again() -> None:
    row = _recast(told("C3", "9"), told("C4", "5"), on=LATER)["C3@2026-05-01", "pupils", How.SUMMED]
    assert (row.value, row.is_complete) == (Decimal(14), True)


def test_an_undivided_unit_in_which_nothing_occurred_is_nothing_in_each_part() -> None:
    found = _recast(told("C3", NoValue.NONE_OCCURRED), told("C4", "5"))
    assert found["C4@2025-07-01", "pupils", How.SUMMED].missing == ()
    assert found["C3@2025-07-01", "pupils", How.SUMMED].mark is NoValue.NONE_OCCURRED


def test_totals_name_what_a_mark_leaves_out() -> None:
    rows = recast([told("C3", NoValue.NOT_COLLECTED), told("C4", "5")], WHOLE_MAP, REFORM, INDICATORS)
    for each in totals(rows, WHOLE_MAP, REFORM, INDICATORS, Level.COMMUNE):
        assert (each.value, each.missing) == (Decimal(5), (Missing("C3", NoValue.NOT_COLLECTED),))


def test_ratios_are_recomputed_and_never_averaged() -> None:
    found = _recast(
        *(told("C1", "10", "poor"), told("C1", "100", "households"), told("C1", "10", "poverty")),
        *(told("C2", "150", "poor"), told("C2", "500", "households"), told("C2", "30", "poverty")),
    )
    row = found["C1@2025-07-01", "poverty", How.RECOMPUTED]
    assert row.value == Decimal("26.666667")
    assert [(source.unit, source.value) for source in row.sources] == [("C1", Decimal(10)), ("C2", Decimal(30))]


@pytest.mark.parametrize(
    "others",
    [
        (),
        (told("C1", "10", "poor"), told("C1", "100", "households"), told("C2", "500", "households")),
        (
            told("C1", "1", "poor"),
            told("C2", "1", "poor"),
            told("C1", "0", "households"),
            told("C2", "0", "households"),
        ),
    ],
)
def test_a_ratio_without_its_parts_is_marked_and_kept_with_the_old_units(others: Iterable[Observation]) -> None:
    found = _recast(told("C1", "10", "poverty"), told("C2", "30", "poverty"), *others)
    row = found["C1@2025-07-01", "poverty", How.NOT_RECAST]
    assert (row.value, row.mark) == (None, NoValue.NOT_RECAST)
    assert [missing.unit for missing in row.missing] == ["C1", "C2"]
    assert found["C1", "poverty", How.LEFT].value == 10
    assert found["C2", "poverty", How.LEFT].value == 30


@pytest.mark.parametrize("indicator", ["rain", "rank"])
def test_what_cannot_be_rolled_up_passes_only_whole_and_alone(indicator: str) -> None:
    found = _recast(told("C1", "3", indicator), told("C5", "4", indicator), told("T2", "5", indicator))
    assert found["T2", indicator, How.SAME].value == 5
    assert {key for key in found if key[2] is How.NOT_RECAST} == {
        (f"C{number}@2025-07-01", indicator, How.NOT_RECAST) for number in (1, 5, 6)
    }
    assert {key for key in found if key[2] is How.LEFT} == {("C1", indicator, How.LEFT), ("C5", indicator, How.LEFT)}


def test_back_to_the_old_units() -> None:
    period = Period.part(2025)
    found = _recast(told("C5@2025-07-01", "40", period=period), told("C6@2025-07-01", "70", period=period), on=EARLY)
    row = found["C5", "pupils", How.SUMMED]
    assert (row.value, row.missing) == (
        Decimal(40),
        (Missing("C6@2025-07-01", NoValue.NOT_RECAST, Decimal(70)),),
    )
    assert found["C6@2025-07-01", "pupils", How.LEFT].held_by == "H2"


def test_figures_of_districts_and_of_communes_are_never_added() -> None:
    found = _recast(told("H1", "999"), told("C1", "1"), told("C2", "2"))
    assert found["C1@2025-07-01", "pupils", How.SUMMED].value == 3
    left = found["H1", "pupils", How.LEFT]
    assert (left.value, left.level, left.held_by) == (Decimal(999), Level.DISTRICT, "T1")
    assert not any(key[2] is How.NOT_RECAST for key in found)
    rows = tuple(found.values())
    for level, value in ((Level.COMMUNE, 3), (Level.DISTRICT, 999)):
        assert {each.value for each in totals(rows, WHOLE_MAP, REFORM, INDICATORS, level)} == {Decimal(value)}


def test_what_ended_without_heirs_is_held_by_what_stands_above() -> None:
    left = _recast(told("P1", "6"))["P1", "pupils", How.LEFT]
    assert (left.value, left.held_by, left.level) == (Decimal(6), "T1", Level.DEPARTMENT)


def test_undoing_needs_the_rows_alone() -> None:
    observations = [
        *(told(f"C{number}", f"{number}.50") for number in range(1, 7)),
        told("H1", "12"),
        told("C9", NoValue.NOT_COLLECTED),
        told("C5", NoValue.NOT_AVAILABLE, "herd"),
        told("C3", NoValue.NONE_OCCURRED, "herd"),
        *(told(f"C{number}", "20", "poverty") for number in (1, 2, 3, 5)),
        *(told(f"C{number}", "4", "poor") for number in (1, 2)),
        *(told(f"C{number}", "20", "households") for number in (1, 2)),
        told("C1", "8", "rain"),
    ]
    for on in (EARLY, REFORM, LATER):
        rows = recast(observations, WHOLE_MAP, on, INDICATORS)
        assert undo(rows) == {
            each.address: each.mark if each.value is None else each.value for each in observations
        }  # fmt: skip


def test_torn_rows_are_not_undone() -> None:
    address = Address("C1@2025-07-01", "poverty", YEAR)
    rows = [
        Row(address, Level.COMMUNE, How.RECOMPUTED, Decimal(1), None, (Source("C1", Fraction(1), Decimal(value)),))
        for value in (1, 2)
    ]
    with pytest.raises(CannotRecast, match="C1:poverty:2024-A1:actual contradict"):
        undo(rows)


def test_what_cannot_be_is_refused_with_its_address() -> None:
    with pytest.raises(CannotRecast, match="two figures for one address C1:pupils"):
        _recast(told("C1", "1"), told("C1", "2"))
    with pytest.raises(CannotRecast, match="indicator goats is not in the catalogue"):
        _recast(told("C1", "1", "goats"))
    with pytest.raises(UnknownUnit, match="C77"):
        _recast(told("C77", "1"))
    with pytest.raises(CannotRecast, match=r"C1:pupils.*C1@2025-07-01:pupils.*succeeds the first"):
        _recast(told("C1", "1", period=Period.part(2025)), told("C1@2025-07-01", "1", period=Period.part(2025)))


def test_scenarios_and_breakdowns_are_kept_apart() -> None:
    target = Address("C1", "pupils", YEAR, Scenario.TARGET, "T1", (("sex", "f"),))
    plan = Observation(target, Decimal(5), Origin(OriginKind.FORM_CELL, "f"), datetime(2024, 1, 1, tzinfo=UTC), "an")
    rows = recast([plan, told("C2", "3")], WHOLE_MAP, REFORM, INDICATORS)
    assert sorted((row.address.authority, row.value) for row in rows) == [("", Decimal(3)), ("T1", Decimal(5))]


@pytest.mark.parametrize(
    ("value", "shares", "parts"),
    [
        ("10", ["1/3", "1/3", "1/3"], ["4", "3", "3"]),
        ("-10", ["1/3", "2/3"], ["-3", "-7"]),
        ("0.10", ["1/2", "1/2"], ["0.05", "0.05"]),
        ("0.01", ["1/2", "1/2"], ["0.01", "0.00"]),
        ("2E+1", ["1/3", "2/3"], ["7", "13"]),
        ("1e30", ["1/3", "2/3"], ["3" * 30, "6" * 29 + "7"]),
        ("0", ["1/4", "3/4"], ["0", "0"]),
    ],
)
def test_parts_by_largest_remainder(value: str, shares: list[str], parts: list[str]) -> None:
    assert [str(part) for part in apportion(Decimal(value), Shares.of([Fraction(share) for share in shares]))] == parts


@pytest.mark.parametrize(
    ("above", "below", "per", "made"),
    [
        ("1", "3", "100", "33.333333"),
        ("2", "3", "100", "66.666667"),
        ("-1", "8", "1", "-0.125000"),
        ("0", "3", "1", "0"),
    ],
)
def test_quotients_are_rounded_half_up(above: str, below: str, per: str, made: str) -> None:
    assert quotient(Decimal(above), Decimal(below), Decimal(per)) == Decimal(made)


def test_the_table_for_a_join_counts_each_figure_once_at_every_level() -> None:
    rows = lineage_table(WHOLE_MAP, Level.COMMUNE, REFORM)
    by_source = {(row.source, row.target): Fraction(row.numerator, row.denominator) for row in rows}
    assert by_source["C5", "C5@2025-07-01"] == Fraction(1, 3)
    assert by_source["C5", "T1"] == 1
    assert ("C3", "C3@2025-07-01") not in by_source
    assert by_source["C3", "T1"] == by_source["C3", "VN"] == 1
    assert undivided_table(WHOLE_MAP, Level.COMMUNE, REFORM)[:2] == (("C3", "C3@2025-07-01"), ("C3", "C4@2025-07-01"))
    sources = {unit.key for unit in WHOLE_MAP.units if unit.level is Level.COMMUNE}
    assert {source for source, target in by_source if target == "VN"} == sources


def test_a_join_over_the_whole_country_gives_what_the_rows_give() -> None:
    """10,035 communes, one figure each: every total by the database equals that of the rows, to the last unit."""
    geography, before = national(), date(2024, 12, 31)
    communes = geography.at(before, Level.COMMUNE)
    observations = [told(unit.key, str(number % 977)) for number, unit in enumerate(communes, 1)]
    rows = recast(observations, geography, NATIONAL_REFORM, INDICATORS)
    summed = totals(rows, geography, NATIONAL_REFORM, INDICATORS, Level.COMMUNE)
    by_rows = {each.address.unit: each.value for each in summed}
    by_rows |= {row.address.unit: row.value for row in rows if row.value is not None and row.how is not How.LEFT}
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE figure (unit TEXT, value INTEGER)")
    connection.execute("CREATE TABLE lineage (source TEXT, target TEXT, numerator INTEGER, denominator INTEGER)")
    figures = [(each.address.unit, int(each.value or 0)) for each in observations]
    connection.executemany("INSERT INTO figure VALUES (?, ?)", figures)
    table = lineage_table(geography, Level.COMMUNE, NATIONAL_REFORM)
    assert {row.denominator for row in table} == {1}
    connection.executemany(
        "INSERT INTO lineage VALUES (?, ?, ?, ?)",
        [(row.source, row.target, row.numerator, row.denominator) for row in table],
    )
    by_join = dict(
        connection.execute("SELECT target, sum(value) FROM figure JOIN lineage ON source = unit GROUP BY target")
    )
    assert by_join == by_rows
    assert by_rows["VN"] == sum(value for _, value in figures)
    assert undo(rows) == {each.address: each.value for each in observations}
