"""A printed number is looked up again where it came from: at its addresses, by the same reckoning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation

from baocao.drafting.counting import can_be_counted, counted
from baocao.drafting.facts import Fact, Facts
from baocao.model.draft import ERROR, PRINTED, RISEN, UPPER, Form, Reckoning, Source
from baocao.model.observation import Address, Scenario
from baocao.model.period import Period
from baocao.model.projection import Projection

_HUNDRED = Decimal(100)
_OF_TWO = (Reckoning.PERCENT, Reckoning.CHANGE, Reckoning.PERCENT_CHANGE)
_UNSIGNED = (Reckoning.CHANGE, Reckoning.PERCENT_CHANGE)


@dataclass(frozen=True, slots=True)
class Current:
    """A number as the store has it now; ``value`` of a change carries its sign.

    ``is_overtaken`` says that it was told as an estimate, and that the result itself is known by now; ``missing`` of
    ``expected`` units are not in a total.
    """

    value: Decimal
    revision: int
    is_overtaken: bool = False
    missing: int = 0
    expected: int = 0


Lookup = Callable[[Source], Current | None]
"""What a source comes to now; None when nothing is known of it any more, or when it cannot be reckoned again."""


def can_be_reckoned(source: Source) -> bool:
    """Whether the addresses alone say what to reckon; what a question counted, they do not."""
    count = len(source.addresses)
    match source.reckoning:
        case Reckoning.PROJECTION:
            return count == 1
        case Reckoning.VALUE | Reckoning.SUM:
            return count > 0
        case Reckoning.COUNT:
            return can_be_counted(source.argument)
        case _:
            return count == 2


def over(facts: Facts, unit: str = "", period: Period | None = None) -> Lookup:
    """Looking up in the figures of a store; what a report counts is counted for its own unit and period."""

    def look_up(source: Source) -> Current | None:
        if not can_be_reckoned(source):
            return None
        if source.reckoning is Reckoning.COUNT:
            count = counted(facts, unit, period, source.argument) if period is not None else None
            return None if count is None else Current(Decimal(count), facts.revision)
        if source.reckoning is Reckoning.PROJECTION:
            return _projected(facts, source)
        if source.argument == UPPER:
            return _upper(facts, source.addresses)
        found = [facts.fact(address) for address in source.addresses]
        values = [fact.value for fact in found if fact.value is not None]
        if len(values) < len(found):
            return None
        value = reckoned(source.reckoning, [_as_printed(source, value) for value in values])
        revision = max(fact.revision for fact in found)
        if value is None:
            return None
        missing, expected = found[0].expected - found[0].reporting, found[0].expected
        return Current(value, revision, any(map(_is_overtaken, found)), missing, expected)

    return look_up


def _as_printed(source: Source, value: Decimal) -> Decimal:
    """A figure as finely as it is printed, where a difference was taken of what is printed."""
    before, is_printed, decimals = source.argument.rpartition(f"{PRINTED} ")
    return Form(int(decimals)).rounded(value) if is_printed and not before.strip() else value


def _is_overtaken(fact: Fact) -> bool:
    return fact.address.scenario is Scenario.ESTIMATE and not fact.is_estimate


def _upper(facts: Facts, addresses: Sequence[Address]) -> Current | None:
    """The upper bound of the targets that stand at the addresses, where they have one and the same."""
    bounds = set()
    for address in addresses:
        held = facts.targets(address.unit, address.indicator, address.period.year, address.period.end)
        bounds.add(next((one.high for one in held if one.address == address), None))
    value = bounds.pop() if len(bounds) == 1 else None
    return None if value is None else Current(value, facts.revision)


def _projected(facts: Facts, source: Source) -> Current | None:
    if source.argument == ERROR:
        tried = facts.tried(source.addresses[0])
        return None if tried is None else Current(tried.error, facts.revision)
    found = facts.projection(source.addresses[0])
    if not isinstance(found, Projection) or source.argument not in ("estimate", "low", "high"):
        return None
    value: Decimal | None = getattr(found, source.argument)
    return None if value is None else Current(value, facts.revision)


def reckoned(reckoning: Reckoning, values: Sequence[Decimal]) -> Decimal | None:
    """The arithmetic of a number, changes with their sign; None for a percentage of nought.

    What is told of several addresses as one figure ("cùng giao") is none any more where they differ.
    """
    try:
        match reckoning:
            case Reckoning.VALUE:
                return values[0] if len(set(values)) == 1 else None
            case Reckoning.PERCENT:
                return values[0] * _HUNDRED / values[1]
            case Reckoning.CHANGE:
                return values[0] - values[1]
            case Reckoning.PERCENT_CHANGE:
                return (values[0] - values[1]) * _HUNDRED / values[1]
            case _:
                return sum(values, Decimal(0))
    except (DivisionByZero, InvalidOperation):
        return None


def told(source: Source, value: Decimal) -> Decimal:
    """A value as the report tells it: a change without its sign, which stands in the words around it."""
    if source.argument == RISEN:
        return -value
    return abs(value) if source.reckoning in _UNSIGNED else value


def printed(source: Source, form: Form, value: Decimal) -> str:
    """A value as it would be printed in the place of the number."""
    return form.printed(told(source, value))
