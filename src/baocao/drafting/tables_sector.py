"""The tables of sectors: a table's form filled with the figures of a unit and a period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from baocao.drafting.assessment import Wanted
from baocao.drafting.facts import Fact, Facts
from baocao.drafting.tables_numbers import (
    EMPTY,
    Entry,
    asked,
    change,
    is_told,
    of_plan,
    percent,
    place,
    quotient,
    summed,
    told,
)
from baocao.model.draft import Align, Column, Grid, GridCell, Line, Words
from baocao.model.indicator import Aim
from baocao.model.observation import Address, Breakdown
from baocao.model.target import Target
from baocao.reference.sector_tables import UNITS, ColumnForm, RowForm, Shown, TableForm, words

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_RATE = "phan_tram"
_WIDTHS = (Decimal(4), Decimal(22), Decimal(8), Decimal(9))  # number, label, measure, a figure
_BOLD_TO = 1  # the level of the last rows in bold
_COMPARING = (Shown.PERCENT_PLAN, Shown.PERCENT_EARLIER, Shown.CHANGE)
_PER_AUTHORITY = (Shown.PLAN, Shown.PERCENT_PLAN)


@dataclass(frozen=True, slots=True)
class Slot:
    """One physical column: what it shows of which measure, and of whose plan."""

    form: ColumnForm
    shown: Shown
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """One physical row: of which unit and breakdown."""

    form: RowForm
    number: str
    name: str
    unit: str
    breakdown: Breakdown


@dataclass(frozen=True, slots=True)
class Filled:
    """A table with its figures, and what its reader must be told below it."""

    grid: Grid
    missing: tuple[str, ...] = ()
    not_sums: tuple[str, ...] = ()
    has_marks: bool = False
    is_uncompared: bool = False  # some figures lack units and are set against nothing


@dataclass(slots=True)
class Filling:
    """One table being filled. Every fact is asked for once."""

    facts: Facts
    wanted: Wanted
    table: TableForm
    _facts: dict[Address, Fact] = field(default_factory=dict)
    _targets: dict[tuple[str, str], Sequence[Target]] = field(default_factory=dict)

    def filled(self) -> Filled:
        rows = list(self._rows())
        slots = self._slots(rows)
        depth = 2 if any(len(group) > 1 and group[0].form.head for group in _groups(slots)) else 1
        first = 3 if self.table.has_measure else 2
        entries = [[self._entry(row, slot, slots, first, depth + at) for slot in slots] for at, row in enumerate(rows)]
        not_sums = self._relate(rows, slots, entries, first, depth)
        grid = Grid(
            self._columns(slots),
            self._head(slots, depth),
            tuple(self._cells(row, found) for row, found in zip(rows, entries, strict=True)),
            self.table.title,
        )
        missing = dict.fromkeys(name for fact in self._facts.values() for name in self._lacking(fact))
        has_marks = any(entry.line and entry.number is None for row in entries for entry in row)
        is_uncompared = any(self._is_uncompared(row, slot) for row in rows for slot in slots)
        return Filled(grid, tuple(missing), tuple(dict.fromkeys(not_sums)), has_marks, is_uncompared)

    def _lacking(self, fact: Fact) -> tuple[str, ...]:
        return fact.missing if fact.address.period == self.wanted.period else ()

    # rows ------------------------------------------------------------------------------------------------------------

    def _rows(self) -> Iterator[Laid]:
        group = line = 0
        for form in self.table.rows:
            for unit, breakdown, name in self._members(form):
                laid = Laid(form, "", name, unit, breakdown)
                if form.each not in ("", UNITS) and not self._has_figures(laid):
                    continue
                if form.level == 1:
                    group, line = group + 1, 0
                elif form.level == 0:
                    group = line = 0
                elif form.level == 2:
                    line += 1
                numbers = ("", _ROMAN[(group - 1) % len(_ROMAN)], str(line), "-")
                yield replace(laid, number=form.number or numbers[min(form.level, len(numbers) - 1)])

    def _members(self, form: RowForm) -> Iterator[tuple[str, Breakdown, str]]:
        key = self.wanted.unit
        if form.each == UNITS:
            for unit in self.facts.below(key, self.wanted.period.end):
                yield unit.key, form.breakdown, unit.name
        elif form.each:
            for member, name in self.facts.members(form.each):
                if member not in form.without:
                    yield key, tuple(sorted((*form.breakdown, (form.each, member)))), name.vi
        else:
            yield key, form.breakdown, form.name or self._own_name(form)

    def _own_name(self, form: RowForm) -> str:
        indicator = self.facts.indicator(form.measures[0][1]) if form.measures else None
        return indicator.name.vi if indicator is not None else ""

    def _has_figures(self, row: Laid) -> bool:
        shown = [row.form.indicator(column.of) for column in self.table.columns]
        return any(is_told(self._fact(row, code, is_earlier=early)) for code in filter(None, shown) for early in (0, 1))

    def _fact(self, row: Laid, code: str, *, is_earlier: int | bool = False) -> Fact:
        period = self.wanted.period.last_year if is_earlier else self.wanted.period
        address = Address(row.unit, code, period, breakdown=row.breakdown)
        if address not in self._facts:
            self._facts[address] = self.facts.fact(address)
        return self._facts[address]

    # columns ---------------------------------------------------------------------------------------------------------

    def _slots(self, rows: Sequence[Laid]) -> list[Slot]:
        asking = self._authorities(rows)
        slots = []
        for column in self.table.columns:
            for shown in column.shows:
                if shown in _PER_AUTHORITY:
                    slots += [Slot(column, shown, authority) for authority in asking.get(column.of, ())]
                else:
                    slots.append(Slot(column, shown))
        return slots

    def _authorities(self, rows: Sequence[Laid]) -> dict[str, tuple[str, ...]]:
        """Who asks for something in the columns of each measure."""
        found: dict[str, dict[str, None]] = {}
        for row in rows:
            for measure, _ in row.form.measures:
                for target in self._asked(row, measure):
                    found.setdefault(measure, {})[target.address.authority] = None
        return {measure: tuple(named) for measure, named in found.items()}

    def _asked(self, row: Laid, measure: str) -> list[Target]:
        code = row.form.indicator(measure)
        key = (row.unit, code)
        if key not in self._targets:
            year = self.wanted.period.year
            self._targets[key] = self.facts.targets(row.unit, code, year, self.wanted.on) if code else ()
        return [target for target in self._targets[key] if target.address.breakdown == row.breakdown]

    # cells -----------------------------------------------------------------------------------------------------------

    def _entry(self, row: Laid, slot: Slot, slots: Sequence[Slot], first: int, at: int) -> Entry:
        code = row.form.indicator(slot.form.of)
        indicator = self.facts.indicator(code) if code else None
        if indicator is None:
            return EMPTY
        if self._is_uncompared(row, slot):
            return EMPTY
        now = told(self._fact(row, code), f"{row.name}: {indicator.name.vi}")
        before = told(self._fact(row, code, is_earlier=True), f"{row.name}: {indicator.name.vi}")
        where = {
            other.shown: place(first + column, at) for column, other in enumerate(slots) if self._same(slot, other)
        }
        match slot.shown:
            case Shown.RESULT:
                return now
            case Shown.EARLIER:
                return before
            case Shown.PLAN | Shown.PERCENT_PLAN:
                return self._of_plan(row, slot, now, indicator.aim, where)
            case Shown.PERCENT_EARLIER if indicator.unit != _RATE:
                places = (where[Shown.RESULT], where[Shown.EARLIER])
                return percent(now.number, before.number, places)
            case Shown.CHANGE:
                return change(now.number, before.number, (where[Shown.RESULT], where[Shown.EARLIER]))
            case _:
                return EMPTY

    def _is_uncompared(self, row: Laid, slot: Slot) -> bool:
        """Whether a percentage or a change would be told of a total that lacks units, or against one that does."""
        code = row.form.indicator(slot.form.of)
        if not code or slot.shown not in _COMPARING:
            return False
        now, is_of_plan = self._fact(row, code), slot.shown is Shown.PERCENT_PLAN
        before = None if is_of_plan else self._fact(row, code, is_earlier=True)
        return now.is_incomplete or (before is not None and now.value is not None and before.is_incomplete)

    def _same(self, slot: Slot, other: Slot) -> bool:
        """Whether two columns are of one measure, and of one authority's plan or of nobody's."""
        return slot.form is other.form and other.authority in ("", slot.authority)

    def _of_plan(self, row: Laid, slot: Slot, now: Entry, aim: Aim, where: dict[Shown, str]) -> Entry:
        target = next((one for one in self._asked(row, slot.form.of) if one.address.authority == slot.authority), None)
        if target is None:
            return EMPTY
        plan = asked(target, self.facts.revision, f"{row.name}: {slot.authority}")
        if slot.shown is Shown.PLAN:
            return plan
        return of_plan(now.number, target, plan, aim, (where[Shown.RESULT], where[Shown.PLAN]))

    # what makes what -------------------------------------------------------------------------------------------------

    def _relate(
        self, rows: Sequence[Laid], slots: Sequence[Slot], entries: list[list[Entry]], first: int, depth: int
    ) -> list[str]:
        """Puts the formulas of sums and quotients in; the names of sums that their rows do not make are returned."""
        broken = []
        for at, row in enumerate(rows):
            below = _below(rows, at) if row.form.is_sum else []
            for column, slot in enumerate(slots):
                entry = entries[at][column]
                if entry.number is None or entry.formula:
                    continue
                formula = self._across(row, slot, slots, entries[at], first, depth + at)
                parts = [(entries[part][column], place(first + column, depth + part)) for part in below]
                if parts and not slot.form.over:
                    formula = summed(entry.number, parts) or formula
                    is_whole = all(part.number is not None for part, _ in parts)
                    if not formula and is_whole:
                        broken.append(row.name)
                entries[at][column] = replace(entry, formula=formula)
        return broken

    def _across(
        self, row: Laid, slot: Slot, slots: Sequence[Slot], entries: Sequence[Entry], first: int, at: int
    ) -> str:
        """The formula over other measures of the same row and of the same kind."""
        number = entries[slots.index(slot)].number
        if not slot.form.made_of or number is None or slot.shown not in (Shown.RESULT, Shown.EARLIER):
            return ""
        cells = {
            row.form.indicator(other.form.of): (entries[column], place(first + column, at))
            for column, other in enumerate(slots)
            if other.shown is slot.shown
        }
        wanted = [row.form.indicator(measure) for measure in slot.form.made_of]
        if not all(code in cells for code in wanted):
            return ""
        above = [cells[code] for code in wanted]
        if not slot.form.over:
            return summed(number, above)
        over = row.form.indicator(slot.form.over)
        return quotient(number, above, cells[over], slot.form.per) if over in cells else ""

    # the page --------------------------------------------------------------------------------------------------------

    def _columns(self, slots: Sequence[Slot]) -> tuple[Column, ...]:
        number, label, measure, figure = _WIDTHS
        measures = (Column(measure, Align.CENTRE),) if self.table.has_measure else ()
        return (Column(number, Align.CENTRE), Column(label, Align.LEFT), *measures, *(Column(figure) for _ in slots))

    def _head(self, slots: Sequence[Slot], depth: int) -> tuple[tuple[GridCell, ...], ...]:
        said = words()
        left = [said["number"], self.table.label, *([said["measure"]] if self.table.has_measure else [])]
        top = [_headed(word, rows=depth) for word in left]
        below: list[GridCell] = []
        for group in _groups(slots):
            head = group[0].form.head
            if head and len(group) == 1:
                top.append(_headed(head, rows=depth))
            elif head:
                top.append(_headed(head, columns=len(group)))
                below += [_headed(_head_of(slot)) for slot in group]
            else:
                top += [_headed(_head_of(slot), rows=depth) for slot in group]
        return (tuple(top), tuple(below)) if depth > 1 else (tuple(top),)

    def _cells(self, row: Laid, entries: Sequence[Entry]) -> tuple[GridCell, ...]:
        is_bold = row.form.level <= _BOLD_TO or not row.form.measures
        measure = self.facts.measure(row.form.measures[0][1]).vi if row.form.measures else ""
        left = [row.number, row.name, *([measure] if self.table.has_measure else [])]
        lines: list[Line] = [(Words(word),) if word else () for word in left]
        return (
            *(GridCell(line, is_bold=is_bold) for line in lines),
            *(GridCell(entry.line, is_bold=is_bold, formula=entry.formula) for entry in entries),
        )


def _below(rows: Sequence[Laid], at: int) -> list[int]:
    """The rows that a sum is made of: those of the next level below it."""
    inside = []
    for index in range(at + 1, len(rows)):
        if rows[index].form.level <= rows[at].form.level:
            break
        inside.append(index)
    nearest = min((rows[index].form.level for index in inside), default=0)
    return [index for index in inside if rows[index].form.level == nearest]


def _groups(slots: Sequence[Slot]) -> Iterator[list[Slot]]:
    """The columns under one head."""
    group: list[Slot] = []
    for slot in slots:
        if group and group[0].form is not slot.form:
            yield group
            group = []
        group.append(slot)
    if group:
        yield group


def _head_of(slot: Slot) -> str:
    heads = words()["heads"]
    key = slot.shown.value
    return str(heads[f"{key}_by"].format(by=slot.authority) if slot.authority else heads[key])


def _headed(word: str, rows: int = 1, columns: int = 1) -> GridCell:
    return GridCell((Words(word),), columns, rows, is_bold=True)
