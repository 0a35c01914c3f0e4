"""What must hold for any observations whatever, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baocao.figures import store
from baocao.model.observation import Address, NoValue, Observation, Origin, OriginKind, Scenario
from baocao.model.period import Period
from tests.unit.figures.databases import KINDS, START, opened

_WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=8)
_CODES = st.sampled_from(["00097", "00098@2025-07-01", "Ä", "dien_tich"]) | _WORDS
_PERIODS = st.sampled_from(
    [Period.part(2024), Period.part(2024, "S"), Period.months(2024, 1, 9), Period.part(2025, "M", 2)]
)
_MEMBERS = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["lúa", "ngô"]), max_size=2)
_FIGURES = st.decimals(min_value=-(10**12) + 1, max_value=10**12 - 1, places=6) | st.integers(-9, 9).map(Decimal)


@st.composite
def _observations(draw: st.DrawFn) -> Observation:
    scenario = draw(st.sampled_from(Scenario))
    breakdown = tuple(sorted(draw(_MEMBERS).items()))
    address = Address(
        draw(_CODES), draw(_CODES), draw(_PERIODS), scenario, draw(st.sampled_from(["", "HĐND"])), breakdown
    )
    value = draw(st.none() | _FIGURES)
    mark = draw(st.sampled_from(NoValue)) if value is None else None
    file = draw(st.integers(0, 3))  # what comes from one file comes at one moment
    origin = Origin(draw(st.sampled_from(OriginKind)), f"{file}#{draw(_WORDS)}")
    return Observation(address, value, origin, START + timedelta(seconds=file), draw(_WORDS), mark)


_MANY = st.lists(_observations(), max_size=12)


@pytest.fixture(params=KINDS)
def figures(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with opened(request.param, tmp_path_factory.mktemp("store")) as connection:
        yield connection


def _on_both(test: Any) -> Any:
    return settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])(test)


def _shown(found: Any) -> list[tuple[Any, ...]]:
    """All of a revision but its number, which tells the order of arrival, and who came first with the same figure."""
    return sorted((str(one.address), repr(one[1:13])) for one in found)


@_on_both
@given(_MANY)
def test_loading_twice_is_loading_once(figures: Any, many: list[Observation]) -> None:
    figures.rollback()
    first = store.record(figures, many)
    before = list(store.current(figures)), list(store.since(figures, 0))
    again = store.record(figures, many)
    assert (again.new, again.known, again.last) == (0, len(many), first.last)
    assert (list(store.current(figures)), list(store.since(figures, 0))) == before
    figures.rollback()


@_on_both
@given(_MANY, st.randoms(use_true_random=False), st.integers(0, 12))
def test_the_order_of_arrival_does_not_matter(figures: Any, many: list[Observation], chance: Any, cut: int) -> None:
    figures.rollback()
    store.record(figures, many)
    before = _shown(store.current(figures))
    figures.rollback()
    mixed = chance.sample(many, len(many))
    store.record(figures, mixed[:cut])
    store.record(figures, mixed[cut:])
    assert _shown(store.current(figures)) == before
    rebuilt = list(store.current(figures))
    store.rebuild_cells(figures)
    assert list(store.current(figures)) == rebuilt
    figures.rollback()


@_on_both
@given(_MANY, _MANY, st.integers(0, 4))
def test_what_was_known_stays_what_was_known(
    figures: Any, early: list[Observation], late: list[Observation], second: int
) -> None:
    figures.rollback()
    moment = START + timedelta(seconds=second)
    store.record(figures, early)
    before = list(store.as_of(figures, moment))
    store.record(figures, [one for one in late if one.recorded_at > moment])
    assert list(store.as_of(figures, moment)) == before
    latest = START + timedelta(days=1)
    assert list(store.as_of(figures, latest)) == list(store.current(figures))
    figures.rollback()


@_on_both
@given(_MANY)
def test_nothing_is_ever_lost(figures: Any, many: list[Observation]) -> None:
    figures.rollback()
    store.record(figures, many)
    kept = [revision.observation for revision in store.since(figures, 0)]
    for one in many:
        same = [other for other in kept if (other.address, other.origin) == (one.address, one.origin)]
        assert (one.value, one.mark, one.recorded_at) in [(o.value, o.mark, o.recorded_at) for o in same]
    assert all(one in many for one in kept)
    for one in kept:
        assert one in [revision.observation for revision in store.history(figures, one.address)]
    figures.rollback()
