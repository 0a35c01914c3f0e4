"""The part of the map that the figures of one unit can come from: what is asked of one province needs no other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from baocao.model.geography import Geography
from baocao.model.org_unit import OrgUnit, UnitChange

Links = Mapping[str, set[str]]


def around(geography: Geography, key: str) -> Geography:
    """The unit with all that was or is below it, their predecessors and successors, and all units above these.

    Whatever is asked of the unit, at any day, has the same answer on this map as on the whole one.
    """
    by_key = {unit.key: unit for unit in geography.units}
    below: dict[str, set[str]] = defaultdict(set)
    for unit in geography.units:
        if unit.parent is not None:
            below[unit.parent].add(unit.key)
    kin = _kin(geography.changes)
    kept = _reached({key}, (kin,))
    kept = _reached(kept, (kin, below))
    kept |= set(_above(kept, by_key))
    units = tuple(unit for unit in geography.units if unit.key in kept)
    changes = (_within(change, kept) for change in geography.changes)
    return Geography(units, tuple(change for change in changes if change is not None), is_proven=True)


def _kin(changes: Iterable[UnitChange]) -> Links:
    """For each unit those that it came from and those that came from it."""
    found: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        for flow in change.flows:
            found[flow.source].add(flow.target)
            found[flow.target].add(flow.source)
    return found


def _reached(start: Iterable[str], links: Iterable[Links]) -> set[str]:
    """All that the links lead to, whatever the number of steps."""
    found: set[str] = set()
    waiting = list(start)
    ways = tuple(links)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            for way in ways:
                waiting += way.get(key, ())
    return found


def _above(keys: Iterable[str], by_key: Mapping[str, OrgUnit]) -> Iterator[str]:
    for key in keys:
        parent = by_key[key].parent
        while parent is not None:
            yield parent
            parent = by_key[parent].parent


def _within(change: UnitChange, kept: set[str]) -> UnitChange | None:
    """A change as far as it concerns the units kept; None where it does not."""
    flows = tuple(flow for flow in change.flows if flow.source in kept and flow.target in kept)
    ended = tuple(key for key in change.ended if key in kept)
    return replace(change, flows=flows, ended=ended) if flows or ended else None
