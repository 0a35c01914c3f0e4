"""A unit's figures as an annex asks for them: the current one of each address, and whether units are missing."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from baocao.model.observation import NoValue, Observation, Scenario
from baocao.model.period import Period

_Key = tuple[str, Period, Scenario]


class Known(NamedTuple):
    """The figures of a unit, and which of its totals lack units."""

    figures: Mapping[_Key, Observation]
    incomplete: Container[tuple[str, Period]]

    def told(self, code: str, period: Period) -> Observation | None:
        """What was achieved, else what is estimated to be."""
        actual = self.figures.get((code, period, Scenario.ACTUAL))
        estimate = self.figures.get((code, period, Scenario.ESTIMATE))
        return estimate if actual is None or (actual.value is None and estimate is not None) else actual

    def whole(self, code: str, period: Period) -> Decimal | None:
        """A figure's value where all units stand behind it."""
        return None if (code, period) in self.incomplete else value(self.told(code, period))


def current(unit: str, observations: Iterable[Observation]) -> dict[_Key, Observation]:
    """The current figures of a unit, without those broken down; of equal times the order of arrival does not matter."""
    found: dict[_Key, Observation] = {}
    for one in observations:
        address = one.address
        if address.unit != unit or address.breakdown or address.authority:
            continue
        key = (address.indicator, address.period, address.scenario)
        if key not in found or _age(found[key]) < _age(one):
            found[key] = one
    return found


def _age(one: Observation) -> tuple[object, ...]:
    return (
        one.recorded_at,
        one.origin.kind.value,
        one.origin.reference,
        one.recorded_by,
        str(one.value),
        str(one.mark),
    )


def value(found: Observation | None) -> Decimal | None:
    """A figure's value; "không phát sinh" is nought."""
    if found is None:
        return None
    return Decimal(0) if found.mark is NoValue.NONE_OCCURRED else found.value
