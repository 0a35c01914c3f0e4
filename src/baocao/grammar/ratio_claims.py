"""How a ratio claim is made of a percentage and a base, and which of several bases is taken."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.grammar.lexing import Quantum
from baocao.grammar.percents import Percent
from baocao.grammar.stretch import Stretch
from baocao.model import Agreement, Figure, Ratio, Strength

GOOD = (Agreement.EXACT, Agreement.TRUNCATED, Agreement.WITHIN_ROUNDING)


def make(stretch: Stretch, percent: Percent, whole: Quantum | Figure | None, strength: Strength, basis: str) -> Ratio:
    """The claim itself; its span runs from the part to the percentage."""
    part = stretch.quantum(percent.numerator)
    stated = stretch.quantum(percent.place)
    figure = stretch.figure(whole) if isinstance(whole, Quantum) else whole
    part_figure = _part_figure(stretch, part)
    at = stretch.span(min(part.start, stated.start), max(stated.end, part.of.end if part.of else part.end))
    also = (figure.span,) if figure is not None and not _inside(figure, at) else ()
    return Ratio(
        at, stretch.figure(stated), strength, basis, also, part_figure, figure, percent.against, percent.authority
    )


def _part_figure(stretch: Stretch, part: Quantum) -> Figure:
    return stretch.figure(part)


def _inside(figure: Figure, at: object) -> bool:
    span = figure.span
    return (
        getattr(at, "block", None) == span.block
        and getattr(at, "cell", None) == span.cell
        and getattr(at, "start", 0) <= span.start < getattr(at, "end", 0)
    )


def first_good(stretch: Stretch, percent: Percent, wholes: Iterator[tuple[Figure, str]]) -> Ratio | None:
    """The first candidate that agrees; truncation and rounding only when no candidate agrees exactly."""
    second: Ratio | None = None
    for whole, basis in wholes:
        claim = make(stretch, percent, whole, Strength.POSSIBLE, basis)
        grade = claim.agreement
        if grade is Agreement.EXACT:
            return claim
        if grade in GOOD and second is None and is_telling(percent, stretch):
            second = claim
    return second


def is_telling(percent: Percent, stretch: Stretch) -> bool:
    """Whether the percentage has digits enough for a near agreement to be no accident."""
    stated = stretch.quantum(percent.place)
    return stated.number.decimals >= 1
