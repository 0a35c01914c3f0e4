"""Breakdowns whose members make a whole, and which breakdown is the whole of which.

Only what adds over places adds over members; the catalogue says of which dimensions the members are complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from baocao.model.indicator import Indicator, Over
from baocao.model.observation import Breakdown, breakdown_of, written
from baocao.reference import indicators as reference


class Part(NamedTuple):
    """That figures of a breakdown make, with those of the other members of a dimension, those of a whole."""

    indicator: str
    breakdown: str
    whole: str
    dimension: int  # its place among the breakdowns of the indicator


def parts(codes: Iterable[str], indicators: Mapping[str, Indicator], stored: Iterable[str]) -> Iterator[Part]:
    """All parts that there may be of the breakdowns that figures are stored for."""
    wanted = _with_wholes(stored)
    if not wanted:
        return
    by_dimensions: dict[frozenset[str], list[str]] = {}
    for line in wanted:
        by_dimensions.setdefault(frozenset(dimension for dimension, _ in _read(line)), []).append(line)
    for code in codes:
        known = indicators[code].breakdowns
        for dimensions, lines in by_dimensions.items():
            for line in lines if dimensions.issubset(known) else ():
                for dimension, whole in wholes(indicators[code], line):
                    yield Part(code, line, whole, dimension)


def wholes(indicator: Indicator, line: str) -> tuple[tuple[int, str], ...]:
    """Of which breakdowns one is a part: the place of the dimension that goes, and what is left."""
    breakdown = _read(line)
    known = indicator.breakdowns
    if indicator.over_place is not Over.SUM or not all(dimension in known for dimension, _ in breakdown):
        return ()
    return tuple(
        (known.index(dimension), written(tuple(pair for pair in breakdown if pair[0] != dimension)))
        for dimension, _ in breakdown
        if is_complete(dimension)
    )


def members(indicator: Indicator, line: str, dimension: str) -> tuple[str, ...]:
    """The breakdowns that make a whole by one more dimension, in the order of the catalogue."""
    listed = reference.dimensions()[dimension].members
    return tuple(written(tuple(sorted((*_read(line), (dimension, one.code))))) for one in listed)


def is_complete(dimension: str) -> bool:
    """Whether the members of a dimension add up to the whole."""
    listed = reference.dimensions().get(dimension)
    return listed is not None and listed.is_complete


def _with_wholes(stored: Iterable[str]) -> tuple[str, ...]:
    """The breakdowns stored, and those without some of their dimensions, which are parts of others in turn."""
    found: set[str] = set()
    waiting = [line for line in stored if line]
    while waiting:
        line = waiting.pop()
        if line not in found:
            found.add(line)
            breakdown = _read(line)
            less = (tuple(pair for pair in breakdown if pair is not gone) for gone in breakdown)
            waiting += [written(one) for one in less if one]
    return tuple(sorted(found))


@cache
def _read(line: str) -> Breakdown:
    """A stored breakdown; what is not one has no dimensions, so that it is a part of nothing."""
    try:
        return breakdown_of(line)
    except ValueError:
        return ()
