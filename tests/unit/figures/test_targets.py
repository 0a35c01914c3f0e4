"""Which target holds, what the plan was on any day, and whether what was allocated makes the whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from baocao.figures import store, store_targets
from baocao.figures.targets import TargetConflict, allocated, in_force, plan, plan_as_it_stood
from baocao.model.observation import Address, Scenario
from baocao.model.target import Decision, Target, TargetKind
from tests.unit.figures.databases import KINDS, START, YEAR, opened

PROVINCE, COUNCIL = "UBND tỉnh", "HĐND"
ADDRESS = Address("01", "thu", YEAR)
JUNE = date(2024, 6, 30)


def asked(
    low: str | None = "61.76",
    decided: date = date(2023, 12, 10),
    holds: date | None = None,
    authority: str = PROVINCE,
    unit: str = "01",
    number: str = "9/QĐ",
    kind: TargetKind = TargetKind.EXACTLY,
    high: str | None = None,
) -> Target:
    address = Address(unit, "thu", YEAR, Scenario.TARGET, authority)
    bounds = (None if bound is None else Decimal(bound) for bound in (low, high))
    return Target(address, kind, Decision(number, decided, "QĐ", authority), holds or decided, *bounds)


FIRST = asked()
COUNCILS = asked("67.76", authority=COUNCIL, number="1/NQ")
ADJUSTED = asked("70", date(2024, 7, 15), number="20/QĐ")
REACHING_BACK = asked("80", date(2024, 8, 1), holds=date(2024, 1, 1), number="30/QĐ")
LEDGER = (ADJUSTED, COUNCILS, FIRST)


@pytest.mark.parametrize(
    ("authority", "on", "held"),
    [
        (PROVINCE, date(2023, 12, 9), None),
        (PROVINCE, date(2023, 12, 10), FIRST),
        (PROVINCE, date(2024, 7, 14), FIRST),
        (PROVINCE, date(2024, 7, 15), ADJUSTED),
        (COUNCIL, date(2024, 12, 31), COUNCILS),
        ("Bộ", JUNE, None),
    ],
)
def test_the_latest_target_of_an_authority_holds(authority: str, on: date, held: Target | None) -> None:
    assert in_force(LEDGER, ADDRESS, authority, on) == held


def test_of_two_that_hold_from_one_day_that_of_the_later_decision_holds() -> None:
    corrected = asked("62", date(2023, 12, 20), holds=FIRST.holds_from)
    assert in_force([corrected, FIRST], ADDRESS, PROVINCE, JUNE) == corrected
    assert in_force([FIRST, corrected], ADDRESS, PROVINCE, JUNE) == corrected


def test_two_different_targets_of_one_day_contradict_each_other() -> None:
    other = asked("99", number="10/QĐ")
    with pytest.raises(TargetConflict) as conflict:
        in_force([FIRST, other], ADDRESS, PROVINCE, JUNE)
    assert "9/QĐ" in conflict.value.text.vi
    assert "10/QĐ" in conflict.value.text.vi
    assert set(conflict.value.targets) == {FIRST, other}
    same = asked(number="10/QĐ")
    assert in_force([FIRST, same], ADDRESS, PROVINCE, JUNE) == in_force([same, FIRST], ADDRESS, PROVINCE, JUNE) == same


def test_the_plan_as_it_stood_knows_no_later_decision() -> None:
    ledger = (*LEDGER, REACHING_BACK)
    assert plan(ledger, JUNE) == (COUNCILS, REACHING_BACK)
    assert plan_as_it_stood(ledger, JUNE) == (COUNCILS, FIRST)
    assert in_force(ledger, ADDRESS, PROVINCE, JUNE, known_on=JUNE) == FIRST


def test_what_units_were_given_is_added_up() -> None:
    parts = (asked("30", unit="00097"), asked("31.5", unit="00098"))
    found = allocated(FIRST, parts, ("00099",))
    assert (found.total, found.difference, found.adds_up) == (Decimal("61.5"), Decimal("-0.26"), False)
    assert allocated(FIRST, (*parts, asked("0.26", unit="00099"))).adds_up


@pytest.mark.parametrize(
    ("kind", "given", "adds_up"),
    [
        (TargetKind.AT_LEAST, "62", True),
        (TargetKind.AT_LEAST, "61.76", True),
        (TargetKind.AT_LEAST, "61.7", False),
        (TargetKind.AT_MOST, "61.7", True),
        (TargetKind.AT_MOST, "62", False),
        (TargetKind.MAINTAIN, "62", False),
        (TargetKind.REDUCE_BY, "61.76", False),
    ],
)
def test_of_a_bound_parts_may_make_more_or_less(kind: TargetKind, given: str, adds_up: bool) -> None:
    assert allocated(asked(kind=kind), (asked(given, unit="a"),)).adds_up is adds_up


def test_both_ends_of_a_range_must_add_up() -> None:
    whole = asked("16", kind=TargetKind.RANGE, high="32")
    parts = tuple(asked("8", unit=unit, kind=TargetKind.RANGE, high="15") for unit in "ab")
    found = allocated(whole, parts)
    assert (found.difference, found.upper_difference, found.adds_up) == (0, -2, False)


def test_targets_of_other_kinds_do_not_add_up() -> None:
    found = allocated(FIRST, (asked("61.76", unit="a", kind=TargetKind.REDUCE_BY), asked("0", unit="b")))
    assert (found.otherwise, found.adds_up) == (("a",), False)


@pytest.fixture(params=KINDS)
def figures(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    with opened(request.param, tmp_path) as connection:
        yield connection


def test_the_ledger_keeps_each_target_once_and_gives_it_back_equal(figures: Any) -> None:
    ranged = asked("-0.000001", kind=TargetKind.RANGE, high="32", unit="00097@2025-07-01")
    assured = asked(None, kind=TargetKind.ASSURED, unit="a")
    given = [*LEDGER, ranged, assured]
    assert store_targets.record_targets(figures, given, START, "an") == (5, 0)
    assert store_targets.record_targets(figures, [*given, REACHING_BACK], START + timedelta(1), "bình") == (1, 5)
    assert set(store_targets.targets(figures)) == {*given, REACHING_BACK}
    assert set(store_targets.targets(figures, known_at=START)) == set(given)
    figures.commit()
    for act in ("UPDATE target SET low = '1'", "DELETE FROM target"):
        with pytest.raises(Exception, match="append-only"):
            figures.cursor().execute(act)
        figures.rollback()


def test_the_ledger_tells_the_targets_of_a_unit_and_what_is_to_be_assured(figures: Any) -> None:
    assured = asked(None, unit="a", kind=TargetKind.ASSURED)
    store_targets.record_targets(figures, [*LEDGER, assured], START, "an")
    assert store_targets.kept_of_unit(figures, "a") == store_targets.kept_of(figures, "a", "thu") == (assured,)
    assert len(store_targets.kept_of(figures, "01", "thu")) == len(LEDGER)
    assert store_targets.kept_of(figures, "01", "khac") == ()
    assert store_targets.assured(figures) == {"thu"}


def test_targets_that_cannot_be_kept_are_refused_and_nothing_with_them(figures: Any) -> None:
    actual = Target(Address("1", "x", YEAR, Scenario.ACTUAL, "A"), TargetKind.ASSURED, FIRST.decision, JUNE)
    for bad in (actual, asked("1e12"), asked("NaN"), asked(number="9\n")):
        with pytest.raises(store.Refused):
            store_targets.record_targets(figures, [FIRST, bad], START, "an")
    assert list(store_targets.targets(figures)) == []


def test_a_mistyped_target_is_superseded_under_its_own_decision_and_kept(figures: Any) -> None:
    meant = asked("617.6")
    store_targets.record_targets(figures, [FIRST, COUNCILS], START, "an")
    store_targets.record_correction(figures, FIRST, meant, "gõ nhầm dấu phẩy", START + timedelta(1), "bình")
    assert set(store_targets.kept_of(figures, "01", "thu")) == {meant, COUNCILS}
    assert store_targets.kept_of_unit(figures, "01") == store_targets.kept_of_units(figures, ["01", "02"], "thu")
    assert set(store_targets.targets(figures, known_at=START)) == {FIRST, COUNCILS}
    (told,) = store_targets.corrections_of(figures, "01", "thu")
    assert told == (FIRST, meant, "gõ nhầm dấu phẩy", START + timedelta(1), "bình")
    store_targets.record_correction(figures, meant, FIRST, "đúng như cũ", START + timedelta(2), "an")
    assert set(store_targets.targets(figures)) == {FIRST, COUNCILS}
    figures.commit()
    with pytest.raises(Exception, match="append-only"):
        figures.cursor().execute("DELETE FROM target_correction")
    figures.rollback()


def test_a_store_of_the_first_version_learns_of_corrections(figures: Any) -> None:
    cursor = figures.cursor()
    cursor.execute("DROP TABLE target_correction")
    cursor.execute("DELETE FROM figures_version")
    cursor.execute("INSERT INTO figures_version VALUES (1)")
    figures.commit()
    store.prepare(figures)
    store_targets.record_targets(figures, [FIRST], START, "an")
    assert list(store_targets.targets(figures)) == [FIRST]
