"""A measured figure beside the bound that was asked for."""

from __future__ import annotations

from typing import NamedTuple


class Measured(NamedTuple):
    """One figure. ``at_least`` tells on which side of the bound it must lie; ``beside`` is a reference."""

    name: str
    value: float
    bound: float
    at_least: bool = True
    unit: str = ""
    beside: str = ""

    @property
    def is_reached(self) -> bool:
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def __str__(self) -> str:
        sign = ">=" if self.at_least else "<="
        unit = f" {self.unit}" if self.unit else ""
        beside = f", {self.beside}" if self.beside else ""
        verdict = "ok" if self.is_reached else "short"
        return f"{self.name}: {self.value:.3f}{unit}{beside} (asked {sign} {self.bound:g}{unit}) {verdict}"
