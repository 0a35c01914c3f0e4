"""A province's own units and changes, read from two small tables: villages, departments, shares by decision.

Units: code, name, level, parent, valid_from, valid_to (mã, tên, cấp, cấp trên, từ ngày, đến ngày).
Changes, one flow a row: on, kind, source, target, share, decision (ngày, loại, đơn vị cũ, đơn vị mới, tỷ lệ,
quyết định). A unit is named by its code or key. A row without a target ends its source. Rows about a unit that
the map divides already, without shares, give the shares that a decision states. All or nothing is taken.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import TypeVar

from baocao.model.geography import Geography, NotAGeography, NotOnTheMap
from baocao.model.geography_faults import DAY, Fault
from baocao.model.org_unit import ChangeKind, Flow, Level, OrgUnit, UnitChange
from baocao.model.text import Text

_SHARE = re.compile(
    r"(?P<above>[0-9]{1,12}) ?/ ?(?P<below>[0-9]{1,12})|(?P<number>[0-9]{1,3}(?:[.,][0-9]{1,12})?) ?(?P<percent>%?)"
)
_Word = TypeVar("_Word", Level, ChangeKind)
_UNIT_HEADS = {"mã": "code", "tên": "name", "cấp": "level", "cấp trên": "parent"}
_UNIT_HEADS |= {"từ ngày": "valid_from", "đến ngày": "valid_to"}
_CHANGE_HEADS = {"ngày": "on", "loại": "kind", "đơn vị cũ": "source", "đơn vị mới": "target"}
_CHANGE_HEADS |= {"tỷ lệ": "share", "quyết định": "decision"}
_LEVELS = {level.value: level for level in Level} | {
    "cấp tỉnh": Level.PROVINCE,
    "cấp huyện": Level.DISTRICT,
    "cấp xã": Level.COMMUNE,
    "thôn": Level.VILLAGE,
    "phòng ban": Level.DEPARTMENT,
}
_KINDS = {kind.value: kind for kind in ChangeKind} | {
    "nhập": ChangeKind.MERGE,
    "chia tách": ChangeKind.SPLIT,
    "đổi tên": ChangeKind.RENAME,
    "nâng cấp": ChangeKind.UPGRADE,
    "chuyển": ChangeKind.MOVE,
    "kết thúc": ChangeKind.ABOLISH,
}

_NO_COLUMN = Text(
    "thiếu cột {missing}; hãy thêm vào dòng tiêu đề ({wanted})", "no column {missing}; add it to the heads ({wanted})"
)
_NOT_A_DAY = Text(
    "“{seen}” không phải là ngày; hãy ghi như 1/7/2025 hoặc 2025-07-01",
    "“{seen}” is no day; write it as 1/7/2025 or 2025-07-01",
)
_NOT_ONE_OF = Text(
    "không hiểu “{seen}”; hãy ghi một trong: {known}", "“{seen}” is not understood; write one of: {known}"
)
_NOT_A_SHARE = Text(
    "“{seen}” không phải là tỷ lệ; hãy ghi như 1/3, 0,25 hoặc 25%, để trống nếu chưa có quyết định",
    "“{seen}” is no share; write it as 1/3, 0,25 or 25%, or leave it open where no decision states it",
)
_OTHER_HEIRS = Text(
    "{source} đã chuyển về {known} ngày {on}; hãy ghi tỷ lệ cho đúng các đơn vị đó, mỗi đơn vị một dòng",
    "{source} went to {known} on {on}; give a share for exactly these, one row each",
)


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with one row; ``table`` is "units" or "changes", rows count from 1, the heads included."""

    table: str
    row: int
    text: Text


class BadRows(ValueError):
    """Tables that were not taken; ``faults`` says for each row why not."""

    def __init__(self, faults: list[RowFault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.table != "units", fault.row, fault.text.en)))
        super().__init__("; ".join(f"{fault.table} {fault.row}: {fault.text.en}" for fault in self.faults))


class _Refused(ValueError):
    def __init__(self, text: Text) -> None:
        self.text = text


@dataclass(frozen=True, slots=True)
class _ReadFlow:
    row: int
    on: date
    kind: ChangeKind
    source: str
    target: str
    share: Fraction | None
    decision: str


def extended(geography: Geography, units: str = "", changes: str = "") -> Geography:
    """The geography with the units and changes of two tables (CSV text; comma, semicolon or tab). Raises ``BadRows``.

    A unit of the map that a change names as a source ends the day before.
    """
    faults: list[RowFault] = []
    read_units, unit_rows = _read_units(geography, units, faults)
    known = Geography((*geography.units, *read_units), geography.changes, is_proven=True)
    flows = list(_read_flows(known, changes, faults))
    if faults:
        raise BadRows(faults)
    all_changes, change_rows = _joined(geography, flows, faults)
    if faults:
        raise BadRows(faults)
    ends = {flow.source: flow.on - DAY for flow in flows}
    all_units = tuple(
        replace(unit, valid_to=ends[unit.key]) if unit.valid_to is None and unit.key in ends else unit
        for unit in known.units
    )
    try:
        return Geography(all_units, tuple(all_changes))
    except NotAGeography as problem:
        start = len(geography.units)
        raise BadRows([_placed(fault, start, unit_rows, change_rows) for fault in problem.faults]) from None


def _placed(fault: Fault, start: int, unit_rows: list[int], change_rows: Mapping[int, int]) -> RowFault:
    """A fault at the row that brought it; one that shows at a unit of the map itself stands at row 0."""
    if fault.change is not None:
        return RowFault("changes", change_rows.get(fault.change, 0), fault.text)
    place = (fault.unit or 0) - start
    return RowFault("units", unit_rows[place] if place >= 0 else 0, fault.text)


def _rows(
    table: str, text: str, heads: Mapping[str, str], faults: list[RowFault]
) -> Iterator[tuple[int, dict[str, str]]]:
    text = text.removeprefix("\ufeff")
    if not text.strip():
        return
    first = text.split("\n", 1)[0]
    delimiter = max("\t;,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = [heads.get(name := " ".join(head.split()).casefold(), name) for head in next(reader)]
    if missing := [name for name in heads.values() if name not in names]:
        printed = {name: head for head, name in heads.items()}
        vi = _NO_COLUMN.fill(missing=", ".join(map(printed.__getitem__, missing)), wanted=", ".join(heads))
        en = _NO_COLUMN.fill(missing=", ".join(missing), wanted=", ".join(heads.values()))
        faults.append(RowFault(table, 1, Text(vi.vi, en.en)))
        return
    for cells in reader:
        if any(cell.strip() for cell in cells):
            padded = [*cells, *[""] * (len(names) - len(cells))]
            yield reader.line_num, {name: " ".join(cell.split()) for name, cell in zip(names, padded, strict=False)}


def _read_units(geography: Geography, text: str, faults: list[RowFault]) -> tuple[list[OrgUnit], list[int]]:
    units, places, parents = [], [], []
    for row, cells in _rows("units", text, _UNIT_HEADS, faults):
        try:
            level = _one_of(cells["level"], _LEVELS)
            start, end = _day(cells["valid_from"]), _day(cells["valid_to"])
        except _Refused as problem:
            faults.append(RowFault("units", row, problem.text))
            continue
        units.append(OrgUnit(cells["code"], cells["name"], level, None, start, end))
        places.append(row)
        parents.append(cells["parent"])
    known = Geography((*geography.units, *units), is_proven=True)
    found = []
    for unit, row, parent in zip(units, places, parents, strict=True):
        try:
            found.append(replace(unit, parent=_key(known, parent, unit.valid_from) if parent else None))
        except NotOnTheMap as problem:
            faults.append(RowFault("units", row, problem.text))
    return found, places


def _read_flows(geography: Geography, text: str, faults: list[RowFault]) -> Iterator[_ReadFlow]:
    for row, cells in _rows("changes", text, _CHANGE_HEADS, faults):
        try:
            on, kind, share = _day(cells["on"]), _one_of(cells["kind"], _KINDS), _share(cells["share"])
            if on is None:
                raise _Refused(_NOT_A_DAY.fill(seen=""))
            source = _key(geography, cells["source"], on - DAY)
            target = _key(geography, cells["target"], on) if cells["target"] else ""
            yield _ReadFlow(row, on, kind, source, target, share, cells["decision"])
        except (_Refused, NotOnTheMap) as problem:
            faults.append(RowFault("changes", row, problem.text))


def _joined(
    geography: Geography, flows: list[_ReadFlow], faults: list[RowFault]
) -> tuple[list[UnitChange], dict[int, int]]:
    """All changes with those of the table: shares go into the change that is there, the rest makes new ones."""
    changes = list(geography.changes)
    places = {flow.source: place for place, change in enumerate(changes) for flow in change.flows}
    by_source: dict[str, list[_ReadFlow]] = {}
    new: dict[tuple[date, str, str], list[_ReadFlow]] = {}
    for flow in flows:
        by_source.setdefault(flow.source, []).append(flow)
    rows: dict[int, int] = {}
    for source, its in by_source.items():
        if source not in places:
            for flow in its:
                new.setdefault((flow.on, flow.kind.value, flow.decision), []).append(flow)
            continue
        place = places[source]
        rows[place] = its[0].row
        changes[place] = _with_shares(changes[place], source, its, faults)
    for (on, _, decision), its in sorted(new.items()):
        rows[len(changes)] = its[0].row
        ended = tuple(flow.source for flow in its if not flow.target)
        read = tuple(Flow(flow.source, flow.target, flow.share) for flow in its if flow.target)
        changes.append(UnitChange(on, its[0].kind, read, decision, ended))
    return changes, rows


def _with_shares(change: UnitChange, source: str, its: list[_ReadFlow], faults: list[RowFault]) -> UnitChange:
    shares = {flow.target: flow.share for flow in its}
    before = [flow for flow in change.flows if flow.source == source]
    fits = len(shares) == len(its) and shares.keys() == {flow.target for flow in before}
    if not fits or any(flow.on != change.on for flow in its) or any(flow.share is not None for flow in before):
        known = ", ".join(flow.target for flow in before)
        faults.append(RowFault("changes", its[0].row, _OTHER_HEIRS.fill(source=source, known=known, on=change.on)))
        return change
    return replace(
        change,
        flows=tuple(
            replace(flow, share=shares[flow.target]) if flow.source == source else flow for flow in change.flows
        ),
    )


def _key(geography: Geography, code_or_key: str, on: date | None) -> str:
    """The key of the version that holds on the day; without a day, of the unit whose beginning is not known."""
    return geography.by_key(code_or_key).key if on is None else geography.unit(code_or_key, on).key


def _one_of(seen: str, known: Mapping[str, _Word]) -> _Word:
    try:
        return known[seen.casefold()]
    except KeyError:
        codes = [one.value for one in dict.fromkeys(known.values())]
        words = ", ".join(word for word in known if word not in codes)
        vi, en = _NOT_ONE_OF.fill(seen=seen, known=words), _NOT_ONE_OF.fill(seen=seen, known=", ".join(codes))
        raise _Refused(Text(vi.vi, en.en)) from None


def _day(seen: str) -> date | None:
    if not seen:
        return None
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(seen, pattern).date()
        except ValueError:
            continue
    raise _Refused(_NOT_A_DAY.fill(seen=seen))


def _share(seen: str) -> Fraction | None:
    """A share as decisions write them. In a share the comma and the point both mark decimals: it is at most 1."""
    if not seen:
        return None
    found = _SHARE.fullmatch(seen)
    if found is None or (found["below"] and not int(found["below"])):
        raise _Refused(_NOT_A_SHARE.fill(seen=seen))
    if found["below"]:
        return Fraction(int(found["above"]), int(found["below"]))
    number = Fraction(found["number"].replace(",", "."))
    return number / 100 if found["percent"] else number
