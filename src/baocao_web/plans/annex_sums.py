"""Where the targets of an annex do not add up, among themselves and with what is kept: told before they are taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from baocao.figures import store_targets, targets
from baocao.figures.said import MORE_UNITS, figure, some, with_figures
from baocao.ledger.doubting import doubts
from baocao.model.indicator import Over
from baocao.model.observation import Address, Observation, Origin, OriginKind
from baocao.model.target import Target, TargetKind
from baocao.model.text import Text
from baocao_web.figures.feeding_in import raw
from baocao_web.places import office
from baocao_web.plans.annex_columns import Asked

_BEYOND: Final = Text(
    "{indicator}: các đơn vị được giao cộng lại {total}, vượt {difference} so với chỉ tiêu chung {whole}.",
    "{indicator}: what units were given comes to {total}, {difference} more than the whole of {whole}.",
)
_LEFT: Final = Text(
    "{indicator}: các đơn vị được giao cộng lại {total}, còn {difference} chưa giao của {whole}{missing}.",
    "{indicator}: what units were given comes to {total}, {difference} less than {whole}{missing}.",
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
    return [*_allocations(lines, asked), *found]


def _allocations(lines: Sequence[Target], asked: Asked) -> Iterator[Text]:
    """Where units below are given more or less than the whole, as the plan stands once the lines are taken."""
    shared = [code for code in dict.fromkeys(one.address.indicator for one in lines) if _adds_up(code)]
    if not shared:
        return
    below = [one.key for one in office.geography().children(asked.unit, asked.period.end)]
    held = _held([asked.unit, *below], lines, asked)
    for code in shared:
        whole = held.get(Address(asked.unit, code, asked.period, lines[0].address.scenario, asked.authority))
        parts = [one for one in held.values() if one.address.indicator == code and one.address.unit != asked.unit]
        if whole is not None and whole.low is not None and parts:
            yield from _difference(code, whole, parts, below)


def _difference(code: str, whole: Target, parts: Sequence[Target], below: Sequence[str]) -> Iterator[Text]:
    given = {one.address.unit for one in parts}
    levels = {office.unit(key).level for key in given}
    missing = [key for key in below if key not in given and office.unit(key).level in levels]
    sums = targets.allocated(whole, tuple(parts), tuple(missing))
    if sums.adds_up or sums.otherwise or not sums.difference:
        return
    facts: dict[str, Text | object] = {"indicator": office.catalogue()[code].name, "total": figure(sums.total)}
    facts |= {"whole": figure(whole.low or sums.total), "difference": figure(abs(sums.difference))}
    if sums.difference > 0:
        yield with_figures(_BEYOND, **facts)
    else:
        names = some([office.unit(key).name for key in missing], MORE_UNITS) if missing else None
        yield with_figures(_LEFT, **facts, missing=with_figures(_MISSING, names=names) if names else "")


def _held(units: Iterable[str], lines: Sequence[Target], asked: Asked) -> Mapping[Address, Target]:
    """The plan of some units as it stands on the year's last day with the lines among it."""
    kept = (one for unit in units for one in store_targets.kept_of_unit(raw(), unit))
    every = [one for one in kept if one.address.period == asked.period and one.address.authority == asked.authority]
    standing = set(every)
    day = max(asked.period.end, asked.holds_from)
    return {one.address: one for one in targets.plan([*every, *(one for one in lines if one not in standing)], day)}


def _adds_up(code: str) -> bool:
    return office.catalogue()[code].over_place is Over.SUM
