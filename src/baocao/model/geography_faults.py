"""What can be wrong with a list of units and changes: each fault with its place, its reason and the remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from itertools import pairwise
from unicodedata import category

from baocao.model.org_unit import Flow, Level, OrgUnit, UnitChange
from baocao.model.text import Text

DAY = timedelta(days=1)
_RANK = {Level.COUNTRY: 0, Level.PROVINCE: 1, Level.DISTRICT: 2, Level.COMMUNE: 3, Level.VILLAGE: 4}


class FaultKind(Enum):
    """The ways in which units and changes contradict themselves or each other."""

    BAD_CODE = "bad_code"
    BAD_NAME = "bad_name"
    DUPLICATE = "duplicate"
    LIFE_UPSIDE_DOWN = "life_upside_down"
    OVERLAPPING_VALIDITY = "overlapping_validity"
    UNKNOWN_PARENT = "unknown_parent"
    PARENT_NOT_ALIVE = "parent_not_alive"
    PARENT_NOT_ABOVE = "parent_not_above"
    CYCLE = "cycle"
    UNKNOWN_UNIT = "unknown_unit"
    DOES_NOT_END = "does_not_end"
    DOES_NOT_BEGIN = "does_not_begin"
    SHARE = "share"
    SHARES_NOT_ONE = "shares_not_one"


_WORDS = {
    FaultKind.BAD_CODE: Text(
        "mã “{code}” trống hoặc có dấu @; hãy dùng mã không có @",
        "the code “{code}” is empty or holds an @; give a code without @",
    ),
    FaultKind.BAD_NAME: Text(
        "mã hoặc tên “{name}” có ký tự điều khiển không in được (hiện ở đây là �); hãy gõ lại cho sạch",
        "the code or name “{name}” holds a control character that cannot be printed (shown as �); type it anew",
    ),
    FaultKind.DUPLICATE: Text(
        "{key} đã có ở dòng khác; hãy bỏ một dòng", "{key} stands in another row already; remove one of the two"
    ),
    FaultKind.LIFE_UPSIDE_DOWN: Text(
        "{key} kết thúc {end}, trước khi bắt đầu {start}; hãy sửa ngày",
        "{key} ends on {end}, before it begins on {start}; mend the dates",
    ),
    FaultKind.OVERLAPPING_VALIDITY: Text(
        "{key} bắt đầu khi {other} cùng mã vẫn còn hiệu lực (đến {end}); hãy kết thúc đơn vị trước vào {before}",
        "{key} begins while {other} with the same code still holds (to {end}); end the earlier one on {before}",
    ),
    FaultKind.UNKNOWN_PARENT: Text(
        "đơn vị cấp trên {parent} của {key} không có trong danh mục; hãy thêm hoặc sửa mã",
        "the parent {parent} of {key} is in no row; add it or mend the key",
    ),
    FaultKind.PARENT_NOT_ALIVE: Text(
        "{key} tồn tại {life}, nhưng cấp trên {parent} chỉ tồn tại {other}; hãy kết thúc {key} cùng cấp trên"
        " và lập phiên bản mới dưới cấp trên mới, hoặc hủy cả biến động của cấp trên",
        "{key} lives {life}, but its parent {parent} only {other}; end {key} with its parent and begin a new version"
        " under the new parent, or undo the change of the parent too",
    ),
    FaultKind.PARENT_NOT_ABOVE: Text(
        "{key} ({level}) không thể trực thuộc {parent} ({other}); hãy sửa cấp hoặc cấp trên",
        "{key} ({level}) cannot stand under {parent} ({other}); mend the level or the parent",
    ),
    FaultKind.CYCLE: Text(
        "{key} trực thuộc chính mình: {path}; hãy sửa một cấp trên trong vòng này",
        "{key} stands under itself: {path}; mend one parent of this circle",
    ),
    FaultKind.UNKNOWN_UNIT: Text(
        "biến động ngày {on} nêu {key}, không có trong danh mục; hãy thêm đơn vị hoặc sửa mã",
        "the change of {on} names {key}, which is in no row; add the unit or mend the key",
    ),
    FaultKind.DOES_NOT_END: Text(
        "{key} chuyển đi ngày {on} nhưng tồn tại đến {end}; hãy ghi ngày kết thúc {before}",
        "{key} is changed on {on} but lives to {end}; let it end on {before}",
    ),
    FaultKind.DOES_NOT_BEGIN: Text(
        "{key} hình thành ngày {on} nhưng ghi bắt đầu {start}; hãy lập phiên bản bắt đầu {on}",
        "{key} comes from the change of {on} but begins on {start}; make a version that begins on {on}",
    ),
    FaultKind.SHARE: Text(
        "tỷ lệ {share} của {key} về {target} phải lớn hơn 0, không quá 1 và chỉ ghi một lần; hãy sửa hoặc để trống"
        " nếu chưa có quyết định",
        "the share {share} of {key} in {target} must be above 0, at most 1 and stated once; mend it, or leave it open"
        " where no decision states it",
    ),
    FaultKind.SHARES_NOT_ONE: Text(
        "các tỷ lệ của {key} cộng lại bằng {total}, phải bằng 1 ({shares}); hãy sửa theo quyết định",
        "the shares of {key} make {total}, not 1 ({shares}); mend them by the decision",
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; ``unit`` or ``change`` is its place in the list, counted from 0."""

    kind: FaultKind
    text: Text
    unit: int | None = None
    change: int | None = None


def faults_of(units: Sequence[OrgUnit], changes: Sequence[UnitChange]) -> list[Fault]:
    """All that is wrong, in the order of the rows."""
    known = {unit.key: unit for unit in units}
    found = list(_units_alone(units))
    found += _versions(units)
    found += _parents(units, known)
    found += _changes(changes, known)
    found += _shares(changes)
    return found


def told(day: date | None) -> str:
    """A day as people write it here; an open end is "…"."""
    return f"{day.day}/{day.month}/{day.year}" if day else "…"


def without_controls(text: str) -> str:
    """A text in which a sign stands for each control character: no page and no XML can hold one."""
    if text.isprintable():
        return text
    return "".join("�" if category(sign) in ("Cc", "Cs") else sign for sign in text)


def life(unit: OrgUnit) -> str:
    return f"{told(unit.valid_from)} - {told(unit.valid_to)}"


def _fault(kind: FaultKind, unit: int | None = None, change: int | None = None, /, **facts: object) -> Fault:
    return Fault(kind, _WORDS[kind].fill(**facts), unit, change)


def _units_alone(units: Sequence[OrgUnit]) -> Iterator[Fault]:
    seen: set[str] = set()
    for row, unit in enumerate(units):
        if not unit.code.strip() or "@" in unit.code:
            yield _fault(FaultKind.BAD_CODE, row, code=unit.code)
        if (shown := without_controls(named := f"{unit.code} {unit.name}")) != named:
            yield _fault(FaultKind.BAD_NAME, row, name=shown)
        if (key := unit.key) in seen:
            yield _fault(FaultKind.DUPLICATE, row, key=key)
        seen.add(key)
        start, end = unit.valid_from, unit.valid_to
        if start and end and end < start:
            yield _fault(FaultKind.LIFE_UPSIDE_DOWN, row, key=key, start=told(start), end=told(end))


def _versions(units: Sequence[OrgUnit]) -> Iterator[Fault]:
    rows: dict[str, list[int]] = {}
    for row, unit in enumerate(units):
        rows.setdefault(unit.code, []).append(row)
    for same in rows.values():
        if len(same) == 1:
            continue
        ordered = sorted(same, key=lambda row: units[row].valid_from or date.min)
        for earlier, later in pairwise(ordered):
            one, two = units[earlier], units[later]
            if one.key == two.key or two.valid_from is None:  # told as a duplicate
                continue
            if one.valid_to is None or one.valid_to >= two.valid_from:
                facts = {"key": two.key, "other": one.key, "end": told(one.valid_to)}
                yield _fault(FaultKind.OVERLAPPING_VALIDITY, later, before=told(two.valid_from - DAY), **facts)


def _parents(units: Sequence[OrgUnit], known: Mapping[str, OrgUnit]) -> Iterator[Fault]:
    sound: set[str] = set()  # those from which the way up is known to end
    for row, unit in enumerate(units):
        if unit.parent is None:
            continue
        parent = known.get(unit.parent)
        if parent is None:
            yield _fault(FaultKind.UNKNOWN_PARENT, row, key=unit.key, parent=unit.parent)
            continue
        if path := _circle(unit, known, sound):
            yield _fault(FaultKind.CYCLE, row, key=unit.key, path=" → ".join(path))
        elif not _may_stand_under(unit, parent):
            facts = {"level": unit.level.value, "other": parent.level.value}
            yield _fault(FaultKind.PARENT_NOT_ABOVE, row, key=unit.key, parent=parent.key, **facts)
        if not _covers(parent, unit):
            facts = {"life": life(unit), "other": life(parent)}
            yield _fault(FaultKind.PARENT_NOT_ALIVE, row, key=unit.key, parent=parent.key, **facts)


def _circle(unit: OrgUnit, known: Mapping[str, OrgUnit], sound: set[str]) -> list[str]:
    """The way from a unit up to itself; nothing when the way up ends."""
    start, above = unit.key, unit.parent
    path = [start]
    while above is not None and above not in sound:
        path.append(above)
        if above == start:
            return path
        if len(path) > len(known) or above not in known:  # a circle further up is told at its own rows
            return []
        above = known[above].parent
    sound.update(path)
    return []


def _may_stand_under(unit: OrgUnit, parent: OrgUnit) -> bool:
    if unit.level is Level.DEPARTMENT:
        return parent.level is not Level.VILLAGE
    return parent.level is not Level.DEPARTMENT and _RANK[parent.level] < _RANK[unit.level]


def _covers(parent: OrgUnit, unit: OrgUnit) -> bool:
    begins = parent.valid_from is None or (unit.valid_from is not None and parent.valid_from <= unit.valid_from)
    return begins and (parent.valid_to is None or (unit.valid_to is not None and unit.valid_to <= parent.valid_to))


def _changes(changes: Sequence[UnitChange], known: Mapping[str, OrgUnit]) -> Iterator[Fault]:
    for row, change in enumerate(changes):
        on, before = change.on, change.on - DAY
        for key in change.sources:
            unit = known.get(key)
            if unit is None:
                yield _fault(FaultKind.UNKNOWN_UNIT, None, row, key=key, on=told(on))
            elif unit.valid_to != before:
                facts = {"end": told(unit.valid_to), "before": told(before)}
                yield _fault(FaultKind.DOES_NOT_END, None, row, key=key, on=told(on), **facts)
        for key in change.targets:
            unit = known.get(key)
            if unit is None:
                yield _fault(FaultKind.UNKNOWN_UNIT, None, row, key=key, on=told(on))
            elif unit.valid_from != on:
                yield _fault(FaultKind.DOES_NOT_BEGIN, None, row, key=key, on=told(on), start=told(unit.valid_from))


def _shares(changes: Sequence[UnitChange]) -> Iterator[Fault]:
    flows: dict[str, list[tuple[int, Flow]]] = {}
    for row, change in enumerate(changes):
        for flow in change.flows:
            flows.setdefault(flow.source, []).append((row, flow))
    for source, its in flows.items():
        if len(its) == 1 and its[0][1].share == 1:  # nearly all: a unit that became a part of another
            continue
        seen: set[str] = set()
        for row, flow in its:
            wrong = flow.share is not None and not 0 < flow.share <= 1
            if wrong or flow.target in seen:
                yield _fault(FaultKind.SHARE, None, row, share=flow.share, key=source, target=flow.target)
            seen.add(flow.target)
        shares = [flow.share for _, flow in its]
        total = sum((share for share in shares if share is not None), Fraction(0))
        # A share left open has to have something left to be a share of.
        if total > 1 or (total == 1) is (None in shares):
            written = " + ".join("?" if share is None else str(share) for share in shares)
            yield _fault(FaultKind.SHARES_NOT_ONE, None, its[0][0], key=source, total=total, shares=written)
