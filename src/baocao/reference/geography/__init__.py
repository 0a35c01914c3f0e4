"""The national map as data: all provinces, districts and communes before and from 1/7/2025, with their lineage."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

from baocao.model.geography import Geography
from baocao.model.geography_faults import DAY
from baocao.model.lineage import WHOLE
from baocao.model.org_unit import ChangeKind, Flow, Level, OrgUnit, UnitChange

COUNTRY = OrgUnit("VN", "Việt Nam", Level.COUNTRY)
REFORM = date(2025, 7, 1)  # two levels of local government from this day on
PROVINCES_ORDER = "202/2025/QH15"
DISTRICTS_ORDER = "203/2025/QH15"

# The kinds of units, as the table shortens them.
TYPES = {
    "X": "Xã",
    "P": "Phường",
    "TT": "Thị trấn",
    "K": "Đặc khu",
    "H": "Huyện",
    "Q": "Quận",
    "TX": "Thị xã",
    "TP": "Thành phố",
    "T": "Tỉnh",
}
_LAST = REFORM - DAY
_SUFFIX = f"@{REFORM.isoformat()}"


@cache
def national() -> Geography:
    """The national map; made once in a process. Tests prove it sound, so it is not checked again here."""
    text = files(__name__).joinpath("national.tsv").read_text(encoding="utf-8")
    return read_table(text, is_proven=True)


def read_table(text: str, is_proven: bool = False) -> Geography:
    """The geography of a table like ``national.tsv``. Raises ``NotAGeography``; ``ValueError`` for a broken line."""
    rows = [line.split("\t") for line in text.splitlines() if line[:1] != "#"]
    going = {code: heirs[0] for mark, code, _, *heirs in rows if mark == "p"}
    # A province that took in no other keeps its extent, and so its version.
    kept = {code for code, heir in going.items() if list(going.values()).count(heir) == 1 and code == heir}
    units, heirs_of, names = [COUNTRY], {}, {}
    province = district = ""
    for mark, code, short, *heirs in rows:
        kind, name = short.split(" ", 1)
        name = f"{TYPES[kind]} {name}"
        names[code + _SUFFIX if mark in "PC" else code] = name
        if mark == "c":
            units.append(OrgUnit(code, name, Level.COMMUNE, district, None, _LAST))
        elif mark == "C":
            units.append(OrgUnit(code, name, Level.COMMUNE, province, REFORM))
        elif mark == "d":
            district = code
            units.append(OrgUnit(code, name, Level.DISTRICT, province, None, _LAST))
        elif mark == "p":
            province = code
            units.append(OrgUnit(code, name, Level.PROVINCE, COUNTRY.code, None, None if code in kept else _LAST))
        elif mark == "P":
            province = code if code in kept else code + _SUFFIX
            if code not in kept:
                units.append(OrgUnit(code, name, Level.PROVINCE, COUNTRY.code, REFORM))
        else:
            raise ValueError(f"no such mark: {mark} {code}")
        if heirs and code not in kept:
            heirs_of[code] = [heir + _SUFFIX for heir in heirs[0].split(" ")]
    return Geography(tuple(units), tuple(_changes(names, heirs_of)), is_proven)


def _changes(names: dict[str, str], heirs_of: dict[str, list[str]]) -> list[UnitChange]:
    """One change for all units that are bound to each other by their flows; and the end of the districts."""
    groups: dict[str, list[str]] = {}  # target → all targets of its change; bound targets share one list
    for heirs in heirs_of.values():
        first = groups.setdefault(heirs[0], [heirs[0]])
        for heir in heirs[1:]:
            other = groups.setdefault(heir, [heir])
            if other is not first:
                first += other
                groups.update((each, first) for each in other)
    flows: dict[str, list[Flow]] = {}
    for source, heirs in heirs_of.items():
        share = WHOLE if len(heirs) == 1 else None
        bound = flows.setdefault(min(groups[heirs[0]]), [])
        bound += [Flow(source, heir, share) for heir in heirs]
    found = [
        UnitChange(REFORM, _kind(names, its), tuple(its), PROVINCES_ORDER if len(its[0].source) == 2 else "")
        for _, its in sorted(flows.items())
    ]
    districts = [code for code in names if len(code) == 3 and code not in heirs_of]
    if districts:
        found.append(UnitChange(REFORM, ChangeKind.ABOLISH, (), DISTRICTS_ORDER, tuple(districts)))
    return found


def _kind(names: dict[str, str], flows: list[Flow]) -> ChangeKind:
    if any(flow.share is None for flow in flows):
        return ChangeKind.SPLIT
    if len(flows) > 1:
        return ChangeKind.MERGE
    before, after = names[flows[0].source], names[flows[0].target]
    if before == after:
        return ChangeKind.MOVE  # from its district to its province
    words = {word for word in TYPES.values() if before.startswith(word) or after.startswith(word)}
    return ChangeKind.RENAME if len(words) == 1 else ChangeKind.UPGRADE
