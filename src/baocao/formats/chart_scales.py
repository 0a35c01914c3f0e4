"""The axis of a chart begins and ends at round figures, with as many steps between as can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from baocao.model.draft import Chart, ChartKind, Form

_STEPS = (Decimal(1), Decimal(2), Decimal(5))
_NARROW = Decimal(5) / 6  # the least of the greatest, above which Word and LibreOffice do not begin at nought


@dataclass(frozen=True, slots=True)
class Scale:
    """From ``low`` to ``high`` by ``step``."""

    low: Decimal
    high: Decimal
    step: Decimal

    def ticks(self) -> Iterator[Decimal]:
        value = self.low
        while value <= self.high:
            yield value
            value += self.step

    def share(self, value: Decimal) -> Decimal:
        """How far along the axis a value lies, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)

    @property
    def base(self) -> Decimal:
        """Where bars begin: at nought, or as near as the axis comes to it."""
        return min(max(Decimal(0), self.low), self.high)

    def printed(self, value: Decimal) -> str:
        exponent = self.step.normalize().as_tuple().exponent
        return Form(max(-exponent, 0) if isinstance(exponent, int) else 0).printed(value)


def scale_of(chart: Chart, most: int, head: Decimal) -> Scale:
    """The scale of a chart's figures in ``most`` steps at most, the share ``head`` of it free behind the greatest."""
    values = [value for series in chart.series for value in series.values if value is not None] or [Decimal(0)]
    reached = _nearest(values) if chart.kind is ChartKind.LINE else Decimal(0)
    least, greatest = min(*values, reached), max(*values, reached)
    if least == greatest:
        greatest = least + 1
    are_whole = all(value == value.to_integral_value() for value in values)
    for step in _steps((greatest - least) / max(most, 1)):
        if are_whole and step < 1:
            continue
        found = _rounded(least, greatest, step, head)
        if (found.high - found.low) / step <= max(most, 2):
            return found
    raise AssertionError


def _nearest(values: list[Decimal]) -> Decimal:
    """What the axis of lines reaches beside the values: nought, but where all lie close together far from it.

    Bars begin at nought, as in the Word file: their lengths would tell of a difference that is not there.
    """
    if min(values) > 0 and min(values) > max(values) * _NARROW:
        return min(values) - (max(values) - min(values)) / 2
    if max(values) < 0 and max(values) < min(values) * _NARROW:
        return max(values) + (max(values) - min(values)) / 2
    return Decimal(0)


def _steps(least: Decimal) -> Iterator[Decimal]:
    """1, 2, 5, 10, 20, 50 and so on, none smaller than the least."""
    power = least.adjusted()
    while True:
        yield from (step.scaleb(power) for step in _STEPS if step.scaleb(power) >= least)
        power += 1


def _rounded(least: Decimal, greatest: Decimal, step: Decimal, head: Decimal) -> Scale:
    """The scale that begins and ends at whole steps."""
    low = (least / step).to_integral_value(ROUND_FLOOR) * step
    high = (greatest / step).to_integral_value(ROUND_CEILING) * step
    if greatest > 0 and (high - greatest) < (high - low) * head:
        high += step
    if least < 0 and (least - low) < (high - low) * head:
        low -= step
    return Scale(low, high, step)
