"""Amounts of money that are a thousand times too small or too large for what they are said of.

"22,350 triệu đồng" is 22.350 triệu or 22,350 tỷ written with the wrong mark or scale word. It shows
where the same report gives amounts of the same thing that are about a thousand times as large.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Final, NamedTuple

from baocao.grammar.lexing import QUANTITY, Quantum
from baocao.grammar.said import CHANGE, Said, said_of, shared
from baocao.grammar.stretch import Stretch
from baocao.model import Strength, Value

UNIT_SLIP: Final = "unit slip"
OUTLIER: Final = "unit outlier"
_THOUSAND = Decimal(1000)
_NEAR = Decimal(4)  # times by which amounts of one thing may differ in a report
_LOOKED_AT = 60  # amounts of the right size that are looked at for one figure
_MANY = 12  # amounts from which a report has a usual size
_BEYOND = Decimal(3)  # times the largest other amount


class Amount(NamedTuple):
    """One amount of money and where it stands."""

    stretch: Stretch
    place: int
    quantum: Quantum


def unit_slips(stretches: Iterable[Stretch]) -> Iterator[Value]:
    """Each amount whose like in the report is about a thousand times larger or smaller."""
    amounts = [
        Amount(stretch, index, stretch.quantum(index))
        for stretch in stretches
        for index in stretch.places
        if stretch.quantum(index).dimension == "money" and stretch.quantum(index).amount > 0
    ]
    sizes: dict[int, list[Amount]] = defaultdict(list)
    seen: dict[tuple[int, int], Said] = {}
    for amount in amounts:
        sizes[amount.quantum.amount.adjusted()].append(amount)
    for amount in amounts:
        if amount.stretch.kinds[amount.place] != QUANTITY:
            continue
        factor = _suspected(amount.quantum)
        if factor is not None and not _is_custom(amount):
            yield from _judged(amount, factor, sizes, seen)
    yield from _outlier(amounts)


def _suspected(quantum: Quantum) -> Decimal | None:
    """How much larger the amount would be with the mark read the other way: "22,350 triệu", "14.215 tỷ"."""
    number = quantum.number
    if number.flaw is not None or not quantum.scale:
        return None
    if number.decimals == 3 and not number.grouped:
        return _THOUSAND
    return 1 / _THOUSAND if number.grouped and not number.decimals and quantum.scale >= 9 else None


def _is_custom(amount: Amount) -> bool:
    """Whether "38.489,764 triệu" stands beside "108,762 triệu": where dots part the thousands, commas do not."""
    others = (amount.stretch.quantum(index) for index in amount.stretch.places)
    return amount.quantum.number.decimals == 3 and any(
        other.number.grouped and other.number.decimals == 3 and other.scale == amount.quantum.scale for other in others
    )


def _judged(
    amount: Amount, factor: Decimal, sizes: dict[int, list[Amount]], seen: dict[tuple[int, int], Said]
) -> Iterator[Value]:
    meant = amount.quantum.amount * factor
    others = [*_alike(amount, meant, sizes, seen)]
    if others and not any(True for _ in _alike(amount, amount.quantum.amount, sizes, seen)):
        yield _claim(amount, others[0])


def _alike(
    amount: Amount, size: Decimal, sizes: dict[int, list[Amount]], seen: dict[tuple[int, int], Said]
) -> Iterator[Amount]:
    """The amounts of about a size that are said of the same thing."""
    close = (other for step in (0, -1, 1) for other in sizes.get(size.adjusted() + step, ()))
    for other in islice(close, _LOOKED_AT):
        if other is amount or not size / _NEAR <= other.quantum.amount <= size * _NEAR:
            continue
        said, against = _said(amount, seen), _said(other, seen)
        if CHANGE in (said.role, against.role) or (said.names and against.names and said.names != against.names):
            continue
        common, of_shorter, _ = shared(said, against)
        if common >= 2 and of_shorter > 0.99:
            yield other


def _said(amount: Amount, seen: dict[tuple[int, int], Said]) -> Said:
    key = (amount.stretch.block, amount.place)
    if key not in seen:
        seen[key] = said_of(amount.stretch, amount.place)
    return seen[key]


def _claim(amount: Amount, other: Amount, basis: str = UNIT_SLIP) -> Value:
    """The claim stands at the later of both: either may be the wrong one."""
    if basis == UNIT_SLIP and (other.stretch.block, other.place) > (amount.stretch.block, amount.place):
        amount, other = other, amount
    figure = amount.stretch.figure(amount.quantum)
    also = other.stretch.figure(other.quantum).span
    return Value(figure.span, figure, Strength.LIKELY, basis, (also,))


def _outlier(amounts: list[Amount]) -> Iterator[Value]:
    """The one amount that is beyond all others of the report, although no total and written with a dotted "tỷ"."""
    if len(amounts) < _MANY:
        return
    first, second = sorted(amounts, key=lambda amount: -amount.quantum.amount)[:2]
    factor = _suspected(first.quantum)
    if factor is None or factor > 1 or first.quantum.amount < second.quantum.amount * _BEYOND:
        return
    lead = first.stretch.text[max(0, first.quantum.start - 80) : first.quantum.start].lower()
    if "tổng" not in lead and "toàn" not in lead:
        yield _claim(first, second, OUTLIER)
