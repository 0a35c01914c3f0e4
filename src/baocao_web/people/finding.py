"""Units as people name them: by their key, or by what they remember of the name, with its marks or without."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from baocao.model.org_unit import OrgUnit
from baocao.model.text import Problem, Text
from baocao_web.places import office
from baocao_web.places.vietnamese import folded

_SHOWN: Final = 12
_NONE = Text(
    "không có đơn vị nào tên như “{seen}” trong phạm vi được quản lý; hãy ghi tên hoặc mã đơn vị.",
    "no unit within your reach is called “{seen}”; write its name or its code.",
)
_SEVERAL = Text(
    "“{seen}” là tên của nhiều đơn vị: {names}. Hãy ghi đủ tên hoặc ghi mã.",
    "“{seen}” names several units: {names}. Write the whole name, or the code.",
)


def unit_named(seen: str, within: Iterable[str]) -> OrgUnit:
    """The one unit that is meant, among those that stand today at or below some others. Raises ``Problem``."""
    shown = seen.strip()[:80]
    found = units_like(shown, within)
    if len(found) == 1:
        return found[0]
    if not found:
        raise Problem(_NONE.fill(seen=shown))
    names = "; ".join(f"{unit.name} ({unit.key})" for unit in found[:_SHOWN])
    raise Problem(_SEVERAL.fill(seen=shown, names=names))


def units_within(reach: Iterable[str]) -> list[OrgUnit]:
    """The units that stand today at or below some others."""
    above = tuple(reach)
    standing = office.geography().at(office.today())
    return [unit for unit in standing if any(office.is_within(unit.key, one) for one in above)]


def units_like(seen: str, within: Iterable[str]) -> list[OrgUnit]:
    """The units that words may mean: the one with that key or very name, else all whose names hold the words."""
    wanted = folded(seen.partition("(")[0])
    if not seen.strip():
        return []
    near = units_within(within)
    for exact in (
        [unit for unit in near if seen.strip().rstrip(")").rpartition("(")[2] in (unit.key, unit.code)],
        [unit for unit in near if unit.name.casefold() == seen.casefold().strip()],
        [unit for unit in near if folded(unit.name) == wanted],
    ):
        if len(exact) == 1:
            return exact
    return sorted((unit for unit in near if wanted in folded(unit.name)), key=lambda unit: office.order(unit.key))
