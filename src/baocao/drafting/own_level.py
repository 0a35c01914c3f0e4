"""An indicator that counts communes tells nothing of one commune: 0 or 1 is whether it is one of them."""

from __future__ import annotations

from collections.abc import Sequence

from baocao.drafting.facts import Facts
from baocao.model.period import Period
from baocao.reference import load


def fitting(facts: Facts, unit: str, codes: Sequence[str], year: int) -> tuple[str, ...]:
    """The codes without those that count units of the unit's own level, unless that unit itself is asked for them."""
    counting = load("composing")["counting_units"].get(facts.unit(unit).level.value, ())
    return tuple(
        code for code in codes if not _is_counting(facts, code, counting) or _is_asked(facts, unit, code, year)
    )


def _is_counting(facts: Facts, code: str, counting: Sequence[str]) -> bool:
    indicator = facts.indicator(code)
    return indicator is not None and indicator.unit in counting


def _is_asked(facts: Facts, unit: str, code: str, year: int) -> bool:
    return bool(facts.targets(unit, code, year, Period.part(year).end))
