"""A roll-up as a table: each unit's figure, how many units stand behind it, which are missing, what was stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from baocao.figures import said
from baocao.figures.questions import Against
from baocao.figures.said import joined, some, with_figures
from baocao.ledger import earlier
from baocao.ledger.book import Book, CannotAsk
from baocao.ledger.completeness import lacks_units
from baocao.ledger.contained import gone
from baocao.ledger.earlier import NOT_ENOUGH, Before, Earlier
from baocao.ledger.gaps import Gaps
from baocao.ledger.grid import Cell, Column, Grid
from baocao.ledger.judging import Judging
from baocao.ledger.recasting import MARKS
from baocao.ledger.remarking import PARTIAL, added, gaps_told, named, shared
from baocao.ledger.rolled import Figure, Place, Rolled, Told, View
from baocao.ledger.rolled_marks import Marks, marks_of, told_marks
from baocao.ledger.rolled_shown import units_shown
from baocao.model.indicator import Over
from baocao.model.observation import NoValue, Scenario
from baocao.model.org_unit import Level
from baocao.model.period import Period
from baocao.model.text import Text

_TITLE = Text("Tổng hợp số liệu", "Roll-up")
_NOTHING = Text(
    "kho số liệu không có số liệu nào của {asked} trong kỳ {periods}; hãy kiểm tra kỳ, chỉ tiêu, loại "
    "số liệu, và cấp báo cáo số liệu gốc (--base, ví dụ village cho thôn).",
    "the store has no figure of {asked} for {periods}; check the period, the indicator, the scenario, and the level "
    "that reports (--base, such as village).",
)
_STRANGERS = Text(
    "kho có số liệu của các mã không có trong danh mục nên không được tính: {codes}; "
    "hãy nêu tệp đơn vị (--units) hoặc tệp chỉ tiêu (--catalogue) đã dùng khi nạp.",
    "the store has figures of codes that are in no list, which are not counted: {codes}; "
    "name the units (--units) or the catalogue (--catalogue) that they were loaded with.",
)
_MORE_CODES = Text(" và {count} mã khác", " and {count} others")
_ALL = Text("chỉ tiêu nào", "any indicator")
_COLUMNS = (
    Column("period", Text("Kỳ", "Period")),
    Column("indicator", Text("Mã chỉ tiêu", "Indicator code"), is_shown=False),
    Column("indicator_name", Text("Chỉ tiêu", "Indicator")),
    Column("breakdown", Text("Phân tổ", "Breakdown")),
    Column("measure", Text("ĐVT", "Measure")),
    Column("unit", Text("Mã đơn vị", "Unit code"), is_shown=False),
    Column("unit_name", Text("Đơn vị", "Unit")),
    Column("value", Text("Giá trị", "Value")),
    Column("mark", Text("Ký hiệu", "Mark")),
    Column("reporting", Text("Đã có", "Reporting")),
    Column("expected", Text("Phải có", "Expected")),
    Column("missing", Text("Còn thiếu", "Missing"), is_shown=False),
    Column("missing_periods", Text("Kỳ còn thiếu", "Missing periods"), is_shown=False),
    Column("stated", Text("Đơn vị tự nêu", "Stated")),
    Column("difference", Text("Chênh lệch", "Difference")),
)
_NOTE = Column("note", Text("Ghi chú", "Note"), is_shown=False)
_AT = Text("{unit}, {indicator}, {period}: {remark}", "{unit}, {indicator}, {period}: {remark}")
_NO_AVERAGE = Text(
    "không tổng hợp được: chỉ tiêu tính bằng {measure} không cộng được và không có tử số, mẫu số để tính lại; "
    "không lấy trung bình các đơn vị.",
    "cannot be rolled up: a figure told in {measure} does not add up and has no parts to be computed from; "
    "units are never averaged.",
)
_NO_PARTS = Text(
    "không tính được: thiếu số liệu của {parts}; không lấy trung bình tỷ lệ của các đơn vị.",
    "cannot be computed: there are no figures of {parts}; the units' ratios are never averaged.",
)
_BY_ZERO = Text("không tính được: mẫu số bằng 0.", "cannot be computed: its denominator is 0.")
_MIXED = Text(
    "không tính được: tử số và mẫu số không phải của cùng các đơn vị; hãy bổ sung số liệu còn thiếu.",
    "cannot be computed: what is divided and what it is divided by are not of the same units; load what is missing.",
)
_NO_FIGURE = Text("chưa có đơn vị nào có số liệu.", "no unit has a figure.")
_ONLY_STATED = Text("chỉ có số đơn vị tự nêu.", "there is only what the unit states itself.")
_MISSING = Text("thiếu {count}/{expected} đơn vị: {names}.", "{count} of {expected} units are missing: {names}.")
_NO_PERIOD = Text(
    "số liệu của kỳ này không tính được từ các kỳ đã có.", "the figure cannot be made from the periods that there are."
)
_NO_OVER_TIME = Text(
    "có số liệu của các kỳ ngắn hơn nhưng không tính được cho kỳ này: chỉ tiêu tính bằng {measure} không cộng, "
    "không lấy trung bình qua các kỳ.",
    "shorter periods have figures, but none can be made for this one: a figure told in {measure} is neither added "
    "up nor averaged over periods.",
)
_DIFFERS = Text(
    "đơn vị tự nêu {stated}, tính từ đơn vị dưới là {value}.",
    "the unit itself states {stated}, the units below make {value}.",
)
_CONTAINED = Text(
    "không cộng số của {count} đơn vị cũ vì số của đơn vị mới tính từ trước ngày thành lập nên đã gồm: {names}; "
    "nếu số của đơn vị mới chỉ tính từ ngày thành lập, hãy nạp lại với kỳ bắt đầu từ ngày đó.",
    "without the figures of {count} earlier units, as the new units tell of days before they began, which holds them: "
    "{names}; where the new units tell of their own days only, load these with the period that begins then.",
)
_AS_TOLD = View()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be rolled up. ``indicators`` empty: all that the store has; ``units`` are keys of shown units.

    Without ``units`` and ``level``: the smallest unit that holds all figures, and the units right below it.
    """

    periods: tuple[Period, ...]
    indicators: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    level: Level | None = None
    view: View = _AS_TOLD
    against: tuple[Against, ...] = ()
    scenario: Scenario = Scenario.ACTUAL


def roll_up(book: Book, asked: Asked) -> Grid:
    """The table. Raises ``CannotAsk`` when there is nothing at all, ``NeedsRecast`` as ``trees.as_of`` does."""
    rolled = Rolled(book, asked.view, asked.scenario, asked.indicators)
    marks = {period: marks_of(rolled, period) for period in asked.periods}
    lines = [line for period in asked.periods for line in _with_marks(rolled, period, asked, marks[period])]
    strange = [_strangers(rolled.strangers)] if rolled.strangers else []
    if not lines and strange:
        raise CannotAsk(strange[0])
    if not lines:
        what = Text(*[", ".join(asked.indicators)] * 2) if asked.indicators else _ALL
        raise CannotAsk(with_figures(_NOTHING, asked=what, periods=", ".join(one.code for one in asked.periods)))
    columns = (*_COLUMNS, *earlier.columns(asked.against), _NOTE)
    codes = (line.place.indicator for line in lines)
    told = (remark for line in lines for remark in line.told(book))
    remarks = (*strange, *told, *earlier.no_start(rolled, codes, asked.against))
    for period in asked.periods:
        its = ((line.place.indicator, line.earlier) for line in lines if line.period == period)
        remarks += tuple(earlier.nothing(rolled, period, asked.against, its))
    remarks += tuple(one for period, its in marks.items() for one in told_marks(rolled, period, its, rolled.indicators))
    is_clean = not strange and not any(line.remarks for line in lines)
    return Grid(_TITLE, columns, tuple(line.cells(book) for line in lines), remarks, is_clean)


def _with_marks(rolled: Rolled, period: Period, asked: Asked, marks: Marks) -> Iterator[_Line]:
    """The rows of a period with the marks that units told, and rows for those that told nothing else."""
    left = dict(marks)
    for line in _lines(rolled, period, asked):
        yield replace(line, mark=left.pop(line.place, None))
    for place, mark in left.items():
        unit = rolled.book.geography.by_key(place.unit)
        is_meant = place.unit in asked.units if asked.units else asked.level in (None, unit.level)
        if is_meant and unit.holds_on(asked.view.day(period)):
            yield _Line(place, period, None, 0, 1, None, (Before(None),) * len(asked.against), mark=mark)


def _strangers(codes: Sequence[str]) -> Text:
    return with_figures(_STRANGERS, codes=some(codes, _MORE_CODES))


@dataclass(frozen=True, slots=True)
class _Line:
    """One row: a place at a period with all that is known of it."""

    place: Place
    period: Period
    value: Decimal | None
    reporting: int
    expected: int
    stated: Decimal | None
    earlier: tuple[Before, ...]
    remarks: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()  # how the figure came about, with nothing amiss
    missing: tuple[str, ...] = ()
    gaps: tuple[Period, ...] = ()
    mark: NoValue | None = None  # what the unit told of itself in place of a figure
    is_short: bool = False  # units are missing from the figure, so that it is set against nothing

    def told(self, book: Book) -> Iterator[Text]:
        for remark in (*self.remarks, *self.notes):
            name = book.catalogue[self.place.indicator].name
            if self.place.breakdown:
                name = Text(f"{name.vi} ({self.place.breakdown})", f"{name.en} ({self.place.breakdown})")
            unit = book.name_of(self.place.unit)
            yield with_figures(_AT, unit=unit, indicator=name, period=self.period.code, remark=remark)

    def cells(self, book: Book) -> tuple[Cell, ...]:
        place, value, stated = self.place, self.value, self.stated
        has_both = value is not None and stated is not None
        difference = stated - value if has_both and stated is not None and value is not None else None
        cells: tuple[Cell, ...] = (
            self.period.code,
            place.indicator,
            book.catalogue[place.indicator].name,
            place.breakdown,
            book.measure_of(place.indicator),
            place.unit,
            book.name_of(place.unit),
            value,
            MARKS[self.mark] if self.mark else None,
            self.reporting,
            self.expected,
            tuple(book.name_of(key) for key in self.missing),
            tuple(each.code for each in self.gaps),
            stated,
            difference,
        )
        for before in self.earlier:
            cells += (before.value, *earlier.compared(value, before, is_whole=not self.is_short))
        said_of_it = (*self.remarks, *self.notes)
        return (*cells, joined(said_of_it, " ") if said_of_it else None)


def _lines(rolled: Rolled, period: Period, asked: Asked) -> Iterator[_Line]:
    """The rows of one period: indicator by indicator, the unit above before those below."""
    below, partial = rolled.below(period), rolled.partial(period)
    judging, before = Judging(rolled, period), Earlier(rolled, period, asked.against)
    page = _Page(rolled, period, asked, below, rolled.reporting(period), partial, Gaps(rolled, period), judging, before)
    sums = rolled.sums(period)
    units = units_shown(rolled.book, period, asked, {place.unit for place in (*sums.computed, *sums.stated)})
    known = {*page.reporting, *sums.computed, *sums.stated}
    for code in rolled.indicators:
        leaves = (code, *rolled.leaves(code))
        breakdowns = {place.breakdown for place in known if place.indicator in leaves}
        if not breakdowns and code in asked.indicators:
            breakdowns = {breakdown for _, told, breakdown in page.shorter if told == code}
        for breakdown in sorted(breakdowns):
            for unit in units:
                line = page.line(Place(unit, code, breakdown))
                if line is not None:
                    yield line


@dataclass(frozen=True)  # no slots: what was told of shorter periods is looked up when it is first asked for
class _Page:
    """One period's answer: which units count towards each, which have told something, which lie in it to a part."""

    rolled: Rolled
    period: Period
    asked: Asked
    below: Mapping[str, tuple[str, ...]]
    reporting: Mapping[Place, Told]
    partial: Mapping[str, tuple[str, ...]]
    gaps: Gaps
    judging: Judging
    before: Earlier

    @cached_property
    def shorter(self) -> frozenset[tuple[str, str, str]]:
        """What was told of some part of the period: unit, indicator and breakdown."""
        return frozenset(self.rolled.told_periods(self.period))

    def line(self, place: Place) -> _Line | None:
        """The row of one place; None where there is nothing to say."""
        figure, stated = self.rolled.figure(place, self.period), self.rolled.sums(self.period).stated.get(place)
        below = self.below.get(place.unit, ())
        if figure is not None:
            return self._computed(place, figure, stated)
        before = self.before.of(place)
        if stated is not None and below in ((), (place.unit,)):
            # what a unit without others below it tells of itself is its figure
            return _Line(place, self.period, stated, 1, 1, None, before)
        leaves = (place.indicator, *self.rolled.leaves(place.indicator))
        some = {unit for unit in below if any(self._has(place, unit, code) for code in leaves)}
        undivided = [unit for unit in self.partial.get(place.unit, ()) if self._has(place, unit, place.indicator)]
        remarks = [named(PARTIAL, self.rolled.book, undivided)] if undivided else []
        if stated is None and not undivided and not self._is_worth_a_row(place, some):
            return None
        if not some and any((unit, place.indicator, place.breakdown) in self.shorter for unit in below):
            remarks.append(with_figures(_NO_OVER_TIME, measure=self.rolled.book.measure_of(place.indicator)))
        elif some or stated is not None or not undivided:
            remarks.append(_why_none(self.rolled, place, self.period, some, stated))
        return _Line(place, self.period, None, len(some), len(below), stated, before, tuple(remarks))

    def _has(self, place: Place, unit: str, code: str) -> bool:
        return place._replace(unit=unit, indicator=code) in self.reporting

    def _is_worth_a_row(self, place: Place, some: set[str]) -> bool:
        """Whether it is told that a figure cannot be made: units below tell theirs, or it was asked for by its code."""
        if place.indicator in self.asked.indicators:
            return bool(some) or place.unit in self.asked.units
        return any(self._has(place, unit, place.indicator) for unit in some)

    def _computed(self, place: Place, figure: Figure, stated: Decimal | None) -> _Line:
        book, before = self.rolled.book, self.before.of(place)
        is_whole = figure.reporting >= figure.expected
        missing = () if is_whole else self.rolled.missing(place, self.period)
        remarks = [named(_MISSING, book, missing, expected=figure.expected)] if missing else []
        if gaps := self.gaps.of(place, figure):
            remarks.append(gaps_told(book, gaps, figure.reporting))
        if partial := self.partial.get(place.unit):
            remarks.append(named(PARTIAL, book, partial))
        if stated == figure.value:
            stated = None
        if stated is not None:
            remarks.append(with_figures(_DIFFERS, stated=said.figure(stated), value=said.figure(figure.value)))
        remarks += self.judging.remarks(place)
        is_short = not is_whole and lacks_units(self.rolled, place, self.period)
        if is_short and any(one.value is not None for one in before):
            remarks.append(NOT_ENOUGH)
        remarks += [one.remark for one in before if one.remark]
        for is_all, keys in gone(self.rolled, place, self.period):
            remarks += [] if is_all else [named(PARTIAL, book, keys)]
        notes = [named(_CONTAINED, book, keys) for is_all, keys in gone(self.rolled, place, self.period) if is_all]
        notes += shared(self.rolled, place, self.period)
        for text, is_grave in added(self.rolled, place, self.period) if figure.added else ():
            (remarks if is_grave else notes).append(text)
        return _Line(
            place,
            self.period,
            figure.value,
            figure.reporting,
            figure.expected,
            stated,
            before,
            tuple(remarks),
            tuple(notes),
            missing,
            tuple(sorted({period for periods in gaps for period in periods})),
            is_short=is_short,
        )


def _why_none(rolled: Rolled, place: Place, period: Period, some: set[str], stated: Decimal | None) -> Text:
    """Why there is no computed figure."""
    book = rolled.book
    indicator = book.catalogue[place.indicator]
    if stated is not None and not some:
        return _ONLY_STATED
    if not some:
        return _NO_FIGURE
    if indicator.is_derived:
        if rolled.mixes(place, period):
            return _MIXED
        lacking = [(book.catalogue[code].name, when.code) for code, when in rolled.lacking(place, period)]
        if not lacking:
            return _BY_ZERO
        parts = joined([Text(f"{name.vi} ({when})", f"{name.en} ({when})") for name, when in lacking])
        return with_figures(_NO_PARTS, parts=parts)
    if indicator.over_place is Over.NONE:
        return with_figures(_NO_AVERAGE, measure=book.measure_of(place.indicator))
    return _NO_PERIOD
