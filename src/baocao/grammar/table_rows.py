"""Claims down a column: total rows, and numbered rows with the rows under them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from baocao.grammar.table_cells import Entry, folded
from baocao.grammar.table_sheet import Row, Sheet
from baocao.model import Agreement, Claim, Comparator, Share, Strength, Total
from baocao.reference import load

_GOOD = (Agreement.EXACT, Agreement.TRUNCATED, Agreement.WITHIN_ROUNDING)
_FEW = 3  # rows that a lone column of figures must have under its total to speak against it


class _Family(NamedTuple):
    parent: Row
    children: tuple[Row, ...]
    named: bool  # the parent's label says that it is a total
    of_which: bool  # the children are some of it


def row_claims(sheet: Sheet) -> Iterator[Claim]:
    """The totals of a sheet, one claim for each column that can be added up, and structures that make 100."""
    told: set[tuple[int, int]] = set()
    depths = _depths(sheet.rows)
    for families in _candidates(sheet.rows, depths):
        best: list[Total] = []
        for family in families:
            claims = _judged(sheet, family)
            if _good(claims) > _good(best) or not best:
                best = claims
        for claim in best:
            key = (claim.at.cell, claim.at.block)
            if key not in told:
                told.add(key)
                yield claim
    yield from _structures(sheet, depths)


def _good(claims: list[Total]) -> int:
    return sum(claim.agreement in _GOOD for claim in claims)


def _depths(rows: Sequence[Row]) -> list[int]:
    """How deep each row stands: markers nest in the order in which they first appear; totals stand at 0."""
    stack: list[str] = []
    depths = []
    for row in rows:
        if row.total:
            stack = []
            depths.append(0)
            continue
        marker = row.marker or ("of which" if row.of_which else "plain")
        if marker in stack:
            del stack[stack.index(marker) + 1 :]
        else:
            stack.append(marker)
        depths.append(len(stack))
    return depths


def _candidates(rows: Sequence[Row], depths: list[int]) -> Iterator[list[_Family]]:
    """For each row that may be a total, the sets of rows that it may be the total of."""
    for place, row in enumerate(rows):
        if not row.entries:
            continue
        if row.total:
            yield _under_total(rows, depths, place)
        else:
            below = _below(rows, depths, place)
            if len(below) >= 2:
                yield [_Family(row, below, False, any(child.of_which for child in below))]


def _under_total(rows: Sequence[Row], depths: list[int], place: int) -> list[_Family]:
    """The rows after a total, the rows before it, or the subtotals before it."""
    after = next((i for i in range(place + 1, len(rows)) if rows[i].total), len(rows))
    before = next((i for i in range(place - 1, -1, -1) if rows[i].total), -1)
    ranges = [(place + 1, after), (before + 1, place), (0, place)]
    families = []
    for low, high in ranges:
        plain = [i for i in range(low, high) if not rows[i].total and rows[i].entries]
        shallow = min((depths[i] for i in plain), default=0)
        top = tuple(rows[i] for i in plain if depths[i] == shallow)
        if len(top) >= 2:
            families.append(_Family(rows[place], top, True, False))
    subtotals = tuple(rows[i] for i in range(place) if rows[i].total and rows[i].entries)
    if len(subtotals) >= 2:
        families.append(_Family(rows[place], subtotals, True, False))
    return families


def _below(rows: Sequence[Row], depths: list[int], place: int) -> tuple[Row, ...]:
    """The rows one step deeper that follow a row before the next one of its own depth."""
    deeper = []
    for i in range(place + 1, len(rows)):
        if depths[i] <= depths[place]:
            break
        deeper.append(i)
    if not deeper:
        return ()
    shallow = min(depths[i] for i in deeper)
    return tuple(rows[i] for i in deeper if depths[i] == shallow and rows[i].entries)


def _judged(sheet: Sheet, family: _Family) -> list[Total]:
    """The claims of one family with the strength that its columns together give them."""
    if not _is_one_unit(family):
        return []
    claims = [claim for index in sheet.figures if (claim := _total(sheet, family, index)) is not None]
    good = _good(claims)
    if family.of_which or (good == 0 and not _stands_alone(family, claims)):
        return [claim for claim in claims if claim.agreement in _GOOD]
    if good and 2 * good < len(claims):
        return [claim for claim in claims if claim.agreement in _GOOD]
    sure = (good >= 2 and 3 * good >= 2 * len(claims)) or (family.named and 2 * good >= len(claims) > 1)
    strength = Strength.CERTAIN if sure else Strength.LIKELY
    return [_stronger(claim, strength) for claim in claims]


def _stands_alone(family: _Family, claims: list[Total]) -> bool:
    """Whether a single column may disagree: a row that calls itself the total, over a plain list."""
    markers = {child.marker for child in family.children}
    return family.named and len(claims) == 1 and len(family.children) >= _FEW and len(markers) == 1


def _stronger(claim: Total, strength: Strength) -> Total:
    return Total(claim.at, claim.stated, strength, claim.basis, claim.also, claim.parts)


def _is_one_unit(family: _Family) -> bool:
    """Whether nothing tells that the rows count different things; percentages are never added up here."""
    units = {row.unit for row in (family.parent, *family.children) if row.unit is not None}
    return len(units) <= 1 and not any(unit.is_percent for unit in units)


def _total(sheet: Sheet, family: _Family, index: int) -> Total | None:
    stated = family.parent.entries.get(index)
    rows = [row for row in family.children if index in row.entries]
    if stated is None or len(rows) < 2 or not sheet.is_additive(index):
        return None
    if stated.value == 0 or stated.upper is not None:
        return None
    parts = tuple(sheet.figure(row, index) for row in rows)
    label = family.parent.label_span
    basis = "total row" if family.named else "numbered rows"
    figure = sheet.figure(family.parent, index)
    return Total(stated.span, figure, Strength.POSSIBLE, basis, (label,) if label is not None else (), parts)


def _structures(sheet: Sheet, depths: list[int]) -> Iterator[Share]:
    """ "Cơ cấu kinh tế" with its sectors in per cent: each column of levels makes 100."""
    names = load("tables")["rows"]["structure"]
    for place, row in enumerate(sheet.rows):
        words = folded(row.label)
        if not any(words.startswith(f" {name} ") for name in names):
            continue
        children = _below(sheet.rows, depths, place)
        if len(children) < 2 or not all(_is_share(child, row) for child in children):
            continue
        for index in sheet.figures:
            if sheet.columns[index].has("percent", "change"):
                continue
            entries = [child.entries[index] for child in children if index in child.entries]
            if len(entries) < len(children) or any(map(_is_bound, entries)):
                continue
            parts = tuple(sheet.figure(child, index) for child in children)
            yield Share(parts[0].span, None, Strength.LIKELY, "structure", (), parts)


def _is_bound(entry: Entry) -> bool:
    """ "từ 36 trở lên", "36 - 38": what is asked for at least, at most or between leaves the others free."""
    return entry.comparator is not Comparator.EXACTLY or entry.upper is not None


def _is_share(child: Row, parent: Row) -> bool:
    unit = child.unit or parent.unit
    return unit is not None and unit.is_percent
