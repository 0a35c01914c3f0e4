"""All units and all changes: which unit holds on a day, what it stands under, what became of it.

A ``Geography`` that exists is sound: what contradicts itself is refused with every fault at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from baocao.model.geography_faults import DAY, Fault, faults_of, life, told
from baocao.model.lineage import Lineage, Walk
from baocao.model.org_unit import Flow, Level, OrgUnit, UnitChange
from baocao.model.text import Problem, Text


class NotAGeography(ValueError):
    """Units and changes that contradict each other: ``faults`` says all that is wrong."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(fault.text.en for fault in self.faults))


class NotOnTheMap(Problem):
    """A unit that cannot be found; ``text`` says what was asked for and what there is."""


class UnknownUnit(NotOnTheMap):
    """No unit ever had this code or key."""


class NotAliveThen(NotOnTheMap):
    """The unit existed, but not on that day."""


class StillNeeded(Problem):
    """A change that cannot be undone alone; ``text`` names what rests on it."""


_UNKNOWN = Text(
    "không có đơn vị nào có mã “{asked}”; hãy kiểm tra mã trong danh mục hành chính",
    "no unit has the code “{asked}”; look the code up in the list of units",
)
_NOT_ALIVE = Text(
    "{asked} ({names}) không tồn tại ngày {on}: chỉ có {lives}; {instead}",
    "{asked} ({names}) does not exist on {on}: only {lives}; {instead}",
)
_INSTEAD = Text("hãy dùng {keys}", "use {keys}")
_NO_HEIR = Text("không có đơn vị kế thừa, hãy chọn ngày khác", "no unit succeeds it, choose another day")
_NOT_THERE = Text(
    "biến động ngày {on} ({decision}) không có trong danh mục, không thể hủy",
    "the change of {on} ({decision}) is not among the changes, so it cannot be undone",
)
_RESTS = Text(
    "không thể hủy riêng biến động ngày {on} ({decision}): {names} dựa vào nó; hãy hủy hoặc chuyển trước",
    "the change of {on} ({decision}) cannot be undone alone: {names} rest on it; undo or move them first",
)


@dataclass(frozen=True)  # no slots: the indexes are made when first asked for, and kept
class Geography:
    """Units and their changes. Raises ``NotAGeography``.

    ``is_proven`` spares the checks for a list that a test has proven sound; it is no part of the value.
    """

    units: tuple[OrgUnit, ...]
    changes: tuple[UnitChange, ...] = ()
    is_proven: bool = field(default=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.is_proven and (faults := faults_of(self.units, self.changes)):
            raise NotAGeography(faults)

    @cached_property
    def _by_key(self) -> dict[str, OrgUnit]:
        return {unit.key: unit for unit in self.units}

    @cached_property
    def _by_code(self) -> dict[str, list[OrgUnit]]:
        versions: dict[str, list[OrgUnit]] = {}
        for unit in self.units:
            versions.setdefault(unit.code, []).append(unit)
        return versions

    @cached_property
    def _walk(self) -> Walk:
        heirs: dict[str, list[Flow]] = {}
        sources: dict[str, list[Flow]] = {}
        for change in self.changes:
            for flow in change.flows:
                heirs.setdefault(flow.source, []).append(flow)
                sources.setdefault(flow.target, []).append(flow)
        children: dict[str, list[str]] = {}
        for key, unit in self._by_key.items():
            if unit.parent is not None:
                children.setdefault(unit.parent, []).append(key)
        return Walk(self._by_key, heirs, sources, children)

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    def by_key(self, key: str) -> OrgUnit:
        """The one unit with this key, whenever it lived. Raises ``UnknownUnit``."""
        try:
            return self._by_key[key]
        except KeyError:
            raise UnknownUnit(_UNKNOWN.fill(asked=key)) from None

    def unit(self, code_or_key: str, on: date) -> OrgUnit:
        """The version of a code that holds on a day; a key with its day ("00097@2025-07-01") is that unit or none.

        Raises ``UnknownUnit``, or ``NotAliveThen`` with the lives of the unit and its successors on that day.
        """
        exact = "@" in code_or_key
        versions = [self.by_key(code_or_key)] if exact else self._by_code.get(code_or_key, [])
        for unit in versions:
            if unit.holds_on(on):
                return unit
        if not versions:
            raise UnknownUnit(_UNKNOWN.fill(asked=code_or_key))
        raise NotAliveThen(self._not_alive(code_or_key, versions, on))

    def _not_alive(self, asked: str, versions: list[OrgUnit], on: date) -> Text:
        found = {key for unit in versions for key in self.lineage(unit.key, on).keys}
        keys = ", ".join(f"{key} ({self._by_key[key].name})" for key in sorted(found))
        instead = _INSTEAD.fill(keys=keys) if keys else _NO_HEIR
        facts = {
            "asked": asked,
            "names": " / ".join(dict.fromkeys(unit.name for unit in versions)),
            "on": told(on),
            "lives": "; ".join(life(unit) for unit in versions),
        }
        return Text(
            _NOT_ALIVE.vi.format(instead=instead.vi, **facts), _NOT_ALIVE.en.format(instead=instead.en, **facts)
        )

    def at(self, on: date, level: Level | None = None) -> tuple[OrgUnit, ...]:
        """All units that hold on a day, of one level or of all, in the order of their keys."""
        return tuple(
            unit
            for _, unit in sorted(self._by_key.items())
            if unit.holds_on(on) and (level is None or unit.level is level)
        )

    def children(self, key: str, on: date) -> tuple[OrgUnit, ...]:
        """The units directly under one, on a day, in the order of their keys. Raises ``NotOnTheMap``."""
        self.unit_of_key(key, on)
        under = (self._by_key[child] for child in sorted(self._walk.children.get(key, ())))
        return tuple(unit for unit in under if unit.holds_on(on))

    def unit_of_key(self, key: str, on: date) -> OrgUnit:
        """The unit of a key, which must hold on that day. Raises ``NotOnTheMap``."""
        unit = self.by_key(key)
        if not unit.holds_on(on):
            raise NotAliveThen(self._not_alive(key, [unit], on))
        return unit

    def path(self, key: str, on: date) -> tuple[OrgUnit, ...]:
        """The unit, then the units above it, the country last. Raises ``NotOnTheMap``."""
        found = [self.unit_of_key(key, on)]
        while (above := found[-1].parent) is not None:
            found.append(self._by_key[above])
        return tuple(found)

    def descendants(self, key: str, level: Level, on: date) -> tuple[OrgUnit, ...]:
        """All units of a level below one, on a day, in the order of their keys. Raises ``NotOnTheMap``."""
        self.unit_of_key(key, on)
        found, waiting = [], [key]
        while waiting:
            for child in self._walk.children.get(waiting.pop(), ()):
                unit = self._by_key[child]
                if unit.holds_on(on):
                    waiting.append(child)
                    if unit.level is level:
                        found.append((child, unit))
        return tuple(unit for _, unit in sorted(found, key=lambda pair: pair[0]))

    def lineage(self, key: str, on: date) -> Lineage:
        """Where the figures of a unit lie on another day, earlier or later. Raises ``UnknownUnit``."""
        self.by_key(key)
        return self._walk.to(key, on)

    def made_of(self, key: str, on: date) -> tuple[tuple[str, Fraction | None], ...]:
        """The units of an earlier day that this one, or a part of it, comes from, in the order of their keys.

        With the share of each that came here, None where it is not known. Raises ``UnknownUnit``.
        """
        start = self.by_key(key).valid_from or on
        return tuple(
            (source, dict(self.lineage(source, start).known).get(key)) for source in self.lineage(key, on).keys
        )

    def holders(self, keys: Iterable[str], on: date) -> tuple[OrgUnit, ...]:
        """The units of a day that hold all of these, the smallest first: themselves, or what is above them all."""
        paths = [self.path(key, on) for key in keys]
        if not paths:
            return ()
        shared = set.intersection(*({unit.key for unit in path} for path in paths))
        return tuple(unit for unit in paths[0] if unit.key in shared)

    def with_change(self, change: UnitChange, begun: Iterable[OrgUnit]) -> Geography:
        """The geography after one more change, its sources ended and the units that begin with it added."""
        ended = set(change.sources)
        units = (replace(unit, valid_to=change.on - DAY) if unit.key in ended else unit for unit in self.units)
        return Geography((*units, *begun), (*self.changes, change))

    def without(self, *undone: UnitChange) -> Geography:
        """The geography as if these changes had not been. Raises ``StillNeeded``, ``NotAGeography``.

        A change that others rest on is undone together with them.
        """
        there, going = frozenset(self.changes), frozenset(undone)
        for change in undone:
            if change not in there:
                raise StillNeeded(_NOT_THERE.fill(on=told(change.on), decision=change.decision or change.kind.value))
        kept = tuple(change for change in self.changes if change not in going)
        gone = {key for change in undone for key in change.targets}
        reopened = {key for change in undone for key in change.sources} - gone
        self._refuse_if_needed(undone, gone, kept)
        return Geography(
            tuple(
                replace(unit, valid_to=None) if key in reopened else unit
                for key, unit in zip(self._by_key, self.units, strict=True)
                if key not in gone
            ),
            kept,
        )

    def _refuse_if_needed(self, undone: tuple[UnitChange, ...], gone: set[str], kept: tuple[UnitChange, ...]) -> None:
        resting = {key for change in kept for key in change.sources if key in gone}
        resting.update(key for key, unit in self._by_key.items() if unit.parent in gone and key not in gone)
        if resting:
            first = undone[0]
            facts = {"on": told(first.on), "decision": first.decision or first.kind.value}
            raise StillNeeded(_RESTS.fill(names=", ".join(sorted(resting)), **facts))
