"""Chance that is the same every time: numbers that follow from the seed and from what they are for.

Nothing here depends on the order of calls or on a release of Python, so the same seed gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import shake_128
from struct import unpack

ONE = 65_536  # draws lie evenly from 0 to below ONE


@dataclass(frozen=True, slots=True)
class Chance:
    """All draws of one province."""

    seed: int

    def draws(self, count: int, *what: object) -> tuple[int, ...]:
        """So many numbers for a purpose, each from 0 to below ``ONE``."""
        words = ":".join(map(str, (self.seed, *what)))
        return unpack(f">{count}H", shake_128(words.encode()).digest(2 * count))

    def about(self, spread: int, *what: object) -> int:
        """A number from ``-spread`` to ``spread``."""
        return within(self.draws(1, *what)[0], spread)


def within(draw: int, spread: int) -> int:
    """A draw laid over the whole numbers from ``-spread`` to ``spread``."""
    return (draw * (2 * spread + 1)) // ONE - spread


def divided(whole: int, weights: list[int]) -> list[int]:
    """A whole divided by weights into whole numbers that make it; what is left goes to the largest remainders."""
    total = sum(weights)
    if not total:
        return [0] * len(weights)
    parts = [whole * weight // total for weight in weights]
    left = whole - sum(parts)
    if left:
        order = sorted(range(len(weights)), key=lambda at: (-(whole * weights[at] % total), at))
        for at in order[:left]:
            parts[at] += 1
    return parts
