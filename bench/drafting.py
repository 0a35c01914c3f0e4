"""What drafting promises: the year report itself, and what is said is read back as it was meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from baocao import workers
from bench import coming_back, drafted
from bench.figures import Measured
from bench.meaning import faults
from bench.projection import back_tested
from bench.said import Dice

SAID = 20_000
_AT_ONCE = 1_000  # statements of one dice
_SHOWN = 5


def everything() -> Iterator[Measured | str]:
    """Every figure of drafting beside its bound."""
    yield from drafted.measured()
    yield from read_back()
    yield from back_tested()
    yield from coming_back.measured()


def read_back(count: int = SAID) -> Iterator[Measured | str]:
    """Statements of all kinds and wordings, said, written to a file, read by the grammar and checked by every rule."""
    lost: Counter[str] = Counter()
    shown: list[str] = []
    near = asked = 0
    for _, outcome in workers.spread(of_seed, list(range(count // _AT_ONCE)), workers.cores()):
        if isinstance(outcome, Exception):
            raise outcome
        said, products, found = outcome
        asked, near = asked + said, near + products
        lost.update(kind for kind, _ in found)
        shown.extend(text for _, text in found)
    yield from shown[:_SHOWN]
    beside = f"{asked - lost.total()}/{asked}, {near} outputs agree with area and yield within rounding"
    yield Measured("statements said and read back as meant", (asked - lost.total()) / asked, 1.0, beside=beside)


def of_seed(seed: int) -> tuple[int, int, list[tuple[str, str]]]:
    """How many statements of one dice were said, the products that are rounded, and the kinds and texts lost."""
    dice, near, found = Dice(seed), 0, []
    for _ in range(_AT_ONCE):
        statement = dice.statement()
        text, lost = faults(statement, dice.wording())
        near += lost.near
        if lost:
            found.append((type(statement).__name__, f"{text}: {'; '.join(lost.lines)}"))
    return _AT_ONCE, near, found
