"""What a unit was asked for, beside what the units below were given of it: what is left, and who has none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from baocao.figures import compare_words, store_targets, targets
from baocao.figures.compare import is_around
from baocao.figures.intake_words import fold
from baocao.figures.said import MORE_UNITS, figure, joined, some, with_figures
from baocao.figures.targets import Allocation
from baocao.ledger.book import Book, CannotAsk
from baocao.ledger.grid import Cell, Column, Grid
from baocao.model.indicator import Over
from baocao.model.observation import Address, Breakdown, written
from baocao.model.org_unit import OrgUnit
from baocao.model.period import Period
from baocao.model.target import Target, TargetKind
from baocao.model.text import Text
from baocao.reference import indicators as reference

_TITLE = Text("{unit}, kỳ {period}: phân bổ chỉ tiêu cho các đơn vị", "{unit}, {period}: targets allocated to units")
_NOTHING = Text(
    "{unit} chưa phân bổ chỉ tiêu nào của kỳ {period} cho đơn vị trực thuộc; hãy nạp quyết định giao cho các đơn vị.",
    "{unit} has given no target for {period} to the units below; load the decision that allocates them.",
)
_NO_SUM = Text(
    "không cộng được theo đơn vị; chỉ xét đơn vị nào chưa được giao",
    "does not add up over units; only who has none is told",
)
_OTHER_KINDS = Text(
    "{units} được giao theo loại khác, không cộng được với chỉ tiêu chung",
    "{units} were asked otherwise, which does not add up to the whole",
)
_NO_WHOLE = Text("chưa có chỉ tiêu chung để đối chiếu", "there is no target of the whole to set it against")
_BEYOND = Text("giao vượt {difference}", "{difference} more than the whole")
_LEFT = Text("còn {difference} chưa giao", "{difference} not allocated")
_PART = Text("{name}, trong đó: {part}", "{name}, of which: {part}")
_WHOLE_BY = Text("chỉ tiêu chung do {authority} giao", "the whole is asked for by {authority}")
_NONE = Text("chưa giao: {names}", "without a target: {names}")
_SUMMED = Text(
    "{count} chỉ tiêu được phân bổ: {good} khớp với chỉ tiêu chung, {bad} cần xem lại.",
    "{count} targets are allocated: {good} make the whole, {bad} are to be looked at.",
)
_UNALLOCATED = Text("Chưa phân bổ cho đơn vị nào: {names}.", "Given to no unit: {names}.")
_COLUMNS = (
    Column("indicator", Text("Mã chỉ tiêu", "Indicator code"), is_shown=False),
    Column("breakdown", Text("Phân tổ", "Breakdown"), is_shown=False),
    Column("indicator_name", Text("Chỉ tiêu", "Indicator")),
    Column("measure", Text("ĐVT", "Measure")),
    Column("authority", Text("Cấp phân bổ", "Allocated by")),
    Column("whole", Text("Chỉ tiêu chung", "Whole")),
    Column("allocated", Text("Đã phân bổ", "Allocated")),
    Column("left", Text("Còn lại", "Left")),
    Column("given", Text("Đơn vị được giao", "Units given")),
    Column("expected", Text("Số đơn vị", "Units")),
    Column("missing", Text("Đơn vị chưa được giao", "Units without"), is_shown=False),
    Column("note", Text("Ghi chú", "Note")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The allocation of which unit's targets for which period, as it stood on a day (None: the period's last)."""

    unit: OrgUnit
    period: Period
    authorities: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    on: date | None = None


def allocation(book: Book, asked: Asked, order: Callable[[str], str] = str) -> Grid:
    """A row for each indicator and authority that has given some of it to units; ``order`` is that of units by keys.

    Raises ``CannotAsk``.
    """
    held = _held(book, asked)
    children = book.geography.children(asked.unit.key, asked.period.end)
    below = {unit.key: unit for unit in sorted(children, key=lambda unit: order(unit.key))}
    lines = [_Line.of(book, asked, parts, held, below) for parts in _given(asked, held, below)]
    if not lines:
        raise CannotAsk(_NOTHING.fill(unit=asked.unit.name, period=asked.period.code))
    shared = {_series(line.parts[0].address) for line in lines}
    wholes = (_series(one.address) for one in held if one.address.unit == asked.unit.key)
    alone = [one for one in dict.fromkeys(wholes) if one not in shared and _adds_up(book, one[0])]
    good = sum(line.is_good for line in lines)
    remarks = [_SUMMED.fill(count=len(lines), good=good, bad=len(lines) - good)]
    if alone:
        remarks.append(with_figures(_UNALLOCATED, names=joined([_named(book, *one) for one in alone])))
    title = _TITLE.fill(unit=asked.unit.name, period=asked.period.code)
    return Grid(title, _COLUMNS, tuple(line.cells(book) for line in lines), tuple(remarks), good == len(lines))


def _held(book: Book, asked: Asked) -> tuple[Target, ...]:
    """The targets of the unit and of those below that hold on the day, for the period and those around it."""
    on = asked.on or asked.period.end
    units = [asked.unit.key, *(unit.key for unit in book.geography.children(asked.unit.key, asked.period.end))]
    every = store_targets.kept_of_units(book.connection, units)
    wanted = (
        target
        for target in every
        if is_around(target.address.period, asked.period)
        and (not asked.indicators or target.address.indicator in asked.indicators)
    )
    return targets.plan(wanted, on, asked.on)


def _given(asked: Asked, held: Iterable[Target], below: Mapping[str, OrgUnit]) -> list[tuple[Target, ...]]:
    """What units below were given, by indicator, period, breakdown and authority."""
    by_line: dict[Address, list[Target]] = {}
    theirs = {fold(seen) for seen in asked.authorities}
    places = {key: at for at, key in enumerate(below)}
    for target in sorted(held, key=lambda target: places.get(target.address.unit, -1)):
        is_theirs = not theirs or fold(target.address.authority) in theirs
        if target.address.unit in below and is_theirs:
            by_line.setdefault(replace(target.address, unit=""), []).append(target)
    return [tuple(parts) for _, parts in sorted(by_line.items(), key=lambda pair: str(pair[0]))]


def _series(address: Address) -> tuple[str, Breakdown]:
    """What is asked for: an indicator, and which part of it."""
    return address.indicator, address.breakdown


def _named(book: Book, code: str, breakdown: Breakdown) -> Text:
    """An indicator by its name, and the members of the part that is meant."""
    name = book.indicators[code].name
    if not breakdown:
        return name
    listed = {
        (dimension, one.code): one.name
        for dimension, _ in breakdown
        if dimension in reference.dimensions()
        for one in reference.dimensions()[dimension].members
    }
    members = [listed.get(pair, Text(pair[1], pair[1])) for pair in breakdown]
    return with_figures(_PART, name=name, part=joined(members, ", "))


def _adds_up(book: Book, code: str) -> bool:
    return code in book.indicators and book.indicators[code].over_place is Over.SUM


@dataclass(frozen=True, slots=True)
class _Line:
    """What one authority gave of one target. ``whole`` is None where nobody asks the unit itself for it."""

    parts: tuple[Target, ...]
    whole: Target | None
    missing: tuple[str, ...]
    names: Mapping[str, str]
    sums: Allocation | None

    @classmethod
    def of(
        cls, book: Book, asked: Asked, parts: tuple[Target, ...], held: Sequence[Target], below: Mapping[str, OrgUnit]
    ) -> _Line:
        first = parts[0].address
        wholes = [one for one in held if one.address == replace(first, unit=asked.unit.key)]
        # a council asks the whole of the province, the committee gives the parts of it
        others = [one for one in held if one.address == _of_authority(first, asked.unit.key, one.address.authority)]
        whole = next(iter((*wholes, *others)), None)
        levels = {below[part.address.unit].level for part in parts}
        given = {part.address.unit for part in parts}
        missing = tuple(key for key, unit in below.items() if unit.level in levels and key not in given)
        sums = None
        if whole is not None and _adds_up(book, first.indicator) and whole.kind is not TargetKind.ASSURED:
            sums = targets.allocated(whole, parts, missing)
        return cls(parts, whole, missing, {key: unit.name for key, unit in below.items()}, sums)

    @property
    def is_good(self) -> bool:
        return not self.missing and self.whole is not None and (self.sums is None or self.sums.adds_up)

    def cells(self, book: Book) -> tuple[Cell, ...]:
        address = self.parts[0].address
        can_sum = self.sums is not None and not self.sums.otherwise
        return (
            address.indicator,
            written(address.breakdown),
            _named(book, *_series(address)),
            book.measure_of(address.indicator),
            address.authority,
            _figure(self.whole),
            self._total(book),
            -self.sums.difference if self.sums is not None and can_sum else None,
            len(self.parts),
            len(self.parts) + len(self.missing),
            tuple(self.names[key] for key in self.missing),
            self._note(book),
        )

    def _total(self, book: Book) -> Decimal | None:
        """What the parts come to; nothing where they do not add up."""
        if self.sums is not None:
            return None if self.sums.otherwise else self.sums.total
        figures = [part.low for part in self.parts if part.low is not None and part.kind in targets.FLOORS]
        can_sum = self.whole is None and _adds_up(book, self.parts[0].address.indicator)
        return sum(figures, Decimal(0)) if can_sum and len(figures) == len(self.parts) else None

    def _note(self, book: Book) -> Text | None:
        notes = list(self._notes(book))
        return joined(notes) if notes else None

    def _notes(self, book: Book) -> Iterator[Text]:
        if self.whole is None:
            yield _NO_WHOLE
        if not _adds_up(book, self.parts[0].address.indicator):
            yield _NO_SUM
        if self.sums is not None:
            yield from _differences(self.sums, self.names)
        if self.missing:
            yield with_figures(_NONE, names=some([self.names[key] for key in self.missing], MORE_UNITS))
        if self.whole is not None and self.whole.address.authority != self.parts[0].address.authority:
            yield _WHOLE_BY.fill(authority=self.whole.address.authority)


def _of_authority(address: Address, unit: str, authority: str) -> Address:
    return replace(address, unit=unit, authority=authority)


def _differences(sums: Allocation, names: Mapping[str, str]) -> Iterator[Text]:
    if sums.otherwise:
        yield _OTHER_KINDS.fill(units=", ".join(names[key] for key in sums.otherwise))
        return
    for difference in dict.fromkeys((sums.difference, sums.upper_difference)):
        if difference:
            words = _BEYOND if difference > 0 else _LEFT
            yield with_figures(words, difference=figure(abs(difference)))


def _figure(target: Target | None) -> Decimal | Text | None:
    if target is None:
        return None
    return target.low if target.kind is TargetKind.EXACTLY else compare_words.asked(target)
