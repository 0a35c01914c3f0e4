"""Where the targets of an annex do not add up, among themselves and with what is kept: told before they are taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final, NamedTuple

from baocao.figures import store_targets, targets
from baocao.figures.breakdowns import is_complete
from baocao.figures.said import MORE_UNITS, figure, some, with_figures
from baocao.ledger.doubting import doubts
from baocao.model.indicator import Over
from baocao.model.observation import Address, Observation, Origin, OriginKind
from baocao.model.target import Target, TargetKind
from baocao.model.text import Text
from baocao.reference import indicators as reference
from baocao_web.figures.feeding_in import raw
from baocao_web.places import office
from baocao_web.plans.annex_columns import Asked
from baocao_web.plans.assigning import asked_at
from baocao_web.plans.subjects import Subject, of

_BEYOND: Final = Text(
    "{indicator}: các đơn vị được giao cộng lại {total}, vượt {difference} so với chỉ tiêu chung {whole}.",
    "{indicator}: what units were given comes to {total}, {difference} more than the whole of {whole}.",
)
_LEFT: Final = Text(
    "{indicator}: các đơn vị được giao cộng lại {total}, còn {difference} chưa giao của {whole}{missing}.",
    "{indicator}: what units were given comes to {total}, {difference} less than {whole}{missing}.",
)
_PARTS: Final = Text(
    "{unit}, {indicator}: các phần theo {by} cộng lại {total}, khác chỉ tiêu chung {whole}.",
    "{unit}, {indicator}: the parts by {by} come to {total}, which is not the whole of {whole}.",
)
_MISSING: Final = Text(" (chưa giao cho {names})", " (without a target: {names})")


def remarks(lines: Sequence[Target], asked: Asked) -> list[Text]:
    """What does not add up, indicator by indicator; identities of the catalogue and plausible ranges as well."""
    moment = datetime.now(UTC)
    told = [
        Observation(one.address, one.low, Origin(OriginKind.FILE_CELL, ""), moment, "")
        for one in lines
        if one.low is not None and one.kind is not TargetKind.REDUCE_BY
    ]
    with office.book() as book:
        found = list(doubts(book, told))
    return [*_allocations(lines, asked), *_breakdowns(lines, asked), *found]


def _allocations(lines: Sequence[Target], asked: Asked) -> Iterator[Text]:
    """Where units below are given more or less than the whole, as the plan stands once the lines are taken."""
    shared = [one for one in dict.fromkeys(map(of, lines)) if _adds_up(one.indicator)]
    if not shared:
        return
    below = [one.key for one in office.geography().children(asked.unit, asked.period.end)]
    held = _held([asked.unit, *below], lines, asked)
    for subject in shared:
        whole = held.get(asked_at(asked.unit, subject, asked.period, asked.authority))
        parts = [one for one in held.values() if of(one) == subject and one.address.unit != asked.unit]
        if whole is not None and whole.low is not None and parts:
            yield from _difference(subject, whole, parts, below)


def _difference(subject: Subject, whole: Target, parts: Sequence[Target], below: Sequence[str]) -> Iterator[Text]:
    given = {one.address.unit for one in parts}
    levels = {office.unit(key).level for key in given}
    missing = [key for key in below if key not in given and office.unit(key).level in levels]
    sums = targets.allocated(whole, tuple(parts), tuple(missing))
    if sums.adds_up or sums.otherwise or not sums.difference:
        return
    facts: dict[str, Text | object] = {"indicator": subject.name, "total": figure(sums.total)}
    facts |= {"whole": figure(whole.low or sums.total), "difference": figure(abs(sums.difference))}
    if sums.difference > 0:
        yield with_figures(_BEYOND, **facts)
    else:
        names = some([office.unit(key).name for key in missing], MORE_UNITS) if missing else None
        yield with_figures(_LEFT, **facts, missing=with_figures(_MISSING, names=names) if names else "")


def _breakdowns(lines: Sequence[Target], asked: Asked) -> Iterator[Text]:
    """Where the parts of a target make more than its whole, or all of them make something else."""
    units = dict.fromkeys(one.address.unit for one in lines if one.address.breakdown)
    held = _held(units, lines, asked) if units else {}
    for place, parts in _parted(held.values()).items():
        whole = held.get(place.whole)
        if whole is None or not _can_sum((whole, *parts)):
            continue
        total, asked_for = sum((one.low or Decimal(0) for one in parts), Decimal(0)), whole.low or Decimal(0)
        listed = reference.dimensions()[place.dimension]
        if total > asked_for or (len(parts) == len(listed.members) and total != asked_for):
            facts = {"unit": office.unit(whole.address.unit).name, "indicator": of(whole).name, "by": listed.name}
            yield with_figures(_PARTS, **facts, total=figure(total), whole=figure(asked_for))


class _Parted(NamedTuple):
    """A whole that targets are parts of, by one dimension."""

    whole: Address
    dimension: str


def _parted(held: Iterable[Target]) -> Mapping[_Parted, list[Target]]:
    found: dict[_Parted, list[Target]] = {}
    for one in held:
        if not _adds_up(one.address.indicator):
            continue
        for dimension, _ in one.address.breakdown:
            rest = tuple(pair for pair in one.address.breakdown if pair[0] != dimension)
            if is_complete(dimension):
                found.setdefault(_Parted(replace(one.address, breakdown=rest), dimension), []).append(one)
    return found


def _can_sum(given: Sequence[Target]) -> bool:
    """Whether targets are plain figures, which add up."""
    return all(one.kind is TargetKind.EXACTLY for one in given)


def _held(units: Iterable[str], lines: Sequence[Target], asked: Asked) -> Mapping[Address, Target]:
    """The plan of some units as it stands on the year's last day with the lines among it."""
    kept = store_targets.kept_of_units(raw(), [*units])
    every = [one for one in kept if one.address.period == asked.period and one.address.authority == asked.authority]
    standing = set(every)
    day = max(asked.period.end, asked.holds_from)
    return {one.address: one for one in targets.plan([*every, *(one for one in lines if one not in standing)], day)}


def _adds_up(code: str) -> bool:
    return office.catalogue()[code].over_place is Over.SUM
