"""Who answers for how many tasks, and how these stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from baocao.model.task import TaskState
from baocao_web.places.vietnamese import sorting_key
from baocao_web.tasks.register import Followed, counted


@dataclass(frozen=True, slots=True)
class Owner:
    """One owner of tasks, with how many stand how."""

    name: str
    unit: str
    counts: Mapping[TaskState, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def by_owner(found: Iterable[Followed]) -> list[Owner]:
    """The owners, those with the most late tasks first, then by their names."""
    parted: dict[tuple[str, str], list[Followed]] = {}
    for one in found:
        parted.setdefault((one.task.owner, one.task.unit), []).append(one)
    owners = [Owner(name, unit, counted(ones)) for (name, unit), ones in parted.items()]
    return sorted(owners, key=lambda one: (-one.counts[TaskState.LATE], sorting_key(one.name), one.unit))
