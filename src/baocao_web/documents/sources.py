"""Whence a printed number comes: its addresses, what the store holds there, and what each unit told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from baocao.figures import store, store_targets
from baocao.figures.store import Revision
from baocao.ledger.book import Book
from baocao.ledger.tracing import SCENARIOS
from baocao.model.draft import Number, Reckoning
from baocao.model.indicator import Indicator
from baocao.model.observation import Address, OriginKind, Scenario, written
from baocao.model.org_unit import Level
from baocao.model.period import Period
from baocao.model.target import Target
from baocao.model.text import Text
from baocao_web.places import office

_CELL: Final = re.compile(r".+\.\d+/(?P<entry>\d{1,15})/(?P<cell>.+)#\d+")
_CODE: Final = re.compile(r"[^\W\d]\w*")
_BASE: Final = {Level.PROVINCE: Level.COMMUNE, Level.DISTRICT: Level.COMMUNE, Level.COMMUNE: Level.VILLAGE}
RECKONED: Final = {
    Reckoning.VALUE: Text("Số liệu lấy nguyên", "The figure itself"),
    Reckoning.PERCENT: Text("Số thứ nhất chia số thứ hai, nhân 100", "The first divided by the second, times 100"),
    Reckoning.CHANGE: Text("Số thứ nhất trừ số thứ hai", "The first less the second"),
    Reckoning.PERCENT_CHANGE: Text(
        "Chênh lệch giữa hai số, chia số thứ hai, nhân 100", "The difference divided by the second, times 100"
    ),
    Reckoning.SUM: Text("Cộng các số dưới đây", "The sum of those below"),
    Reckoning.PROJECTION: Text("Dự báo từ số liệu đã có", "Projected from the figures there are"),
    Reckoning.COUNT: Text("Đếm từ kết quả đánh giá", "Counted from the ratings"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One figure that a unit told: its revision, and the cell of the form that it was typed into."""

    revision: Revision
    entry: int | None = None
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One address behind a number: what the store holds there itself, and what units below told that makes it up."""

    address: Address
    unit: str
    indicator: str
    measure: Text
    scenario: Text
    breakdown: str
    history: tuple[Told, ...]
    parts: tuple[tuple[str, tuple[Told, ...]], ...]  # by unit
    targets: tuple[Target, ...]
    formula: str = ""


def steps(number: Number, most: int = 12) -> list[Step]:
    """The addresses of a number, explained."""
    with office.book() as book:
        return [_step(book, address) for address in number.source.addresses[:most]]


def _step(book: Book, address: Address) -> Step:
    known = book.indicators.get(address.indicator)
    listed = book.catalogue
    is_target = address.scenario is Scenario.TARGET
    kept = store_targets.kept_of(book.connection, address.unit, address.indicator) if is_target else ()
    return Step(
        address=address,
        unit=book.name_of(address.unit),
        indicator=known.name.vi if known else address.indicator,
        measure=book.measure_of(address.indicator) if known else Text("", ""),
        scenario=SCENARIOS[address.scenario],
        breakdown=written(address.breakdown),
        history=tuple(_told(one) for one in store.history(book.connection, address))[::-1],
        parts=() if is_target else tuple(_parts(book, address, _leaves(book, known))),
        targets=tuple(one for one in kept if one.address.period.year == address.period.year and one.address == address),
        formula=(known.formula or (f"{known.numerator} / {known.denominator}" if known.numerator else ""))
        if known and known.code in listed
        else "",
    )


def _leaves(book: Book, known: Indicator | None) -> tuple[str, ...]:
    """The indicators that units tell of, which a computed one is made of; another one is itself."""
    if known is None or not known.is_derived:
        return (known.code,) if known else ()
    named = _CODE.findall(known.formula) if known.formula else [known.numerator, known.denominator]
    return tuple(dict.fromkeys(one for one in named if one in book.indicators))


def _parts(book: Book, address: Address, indicators: Sequence[str]) -> Iterator[tuple[str, tuple[Told, ...]]]:
    """The figures within the period that units below told, those of one unit together, in the order of their names."""
    units = _below(address.unit, address.period)
    if not units or not indicators:
        return
    scenarios = (Scenario.ACTUAL, Scenario.ESTIMATE)
    line = written(address.breakdown)
    by_unit: dict[str, list[Told]] = {}
    for one in store.current(book.connection, units, indicators, None, scenarios):
        if one.breakdown == line and address.period.contains(Period.parse(one.period_code)):
            by_unit.setdefault(one.unit, []).append(_told(one))
    for unit in sorted(by_unit, key=office.order):
        yield unit, tuple(by_unit[unit])


def _below(unit: str, period: Period) -> list[str]:
    if not office.is_known(unit):
        return []
    level = office.unit(unit).level
    listed = office.geography()
    below = listed.descendants(unit, _BASE[level], period.end) if level in _BASE else ()
    return [unit, *(one.key for one in below)]


def _told(one: Revision) -> Told:
    found = _CELL.fullmatch(one.origin) if one.origin_kind == OriginKind.FORM_CELL.value else None
    return Told(one, int(found["entry"]), found["cell"]) if found else Told(one)
