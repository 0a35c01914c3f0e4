"""Figures in the units of another day as a table: what each was made of, what is missing from it and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from baocao.figures import recast, said, store
from baocao.figures.recast_identities import identities_of
from baocao.figures.recast_ratios import untold
from baocao.figures.recast_rows import How, Missing, Row
from baocao.figures.recast_totals import Total
from baocao.figures.said import MORE_UNITS, joined, some, with_figures
from baocao.ledger.book import Book, CannotAsk
from baocao.ledger.grid import Cell, Column, Grid
from baocao.ledger.recast_levels import totals_of
from baocao.model.observation import Address, NoValue, Observation, Scenario, written
from baocao.model.org_unit import Level
from baocao.model.period import Period
from baocao.model.text import Text

_TITLE = Text("Quy đổi số liệu theo đơn vị", "Re-cast figures")
_NOTHING = Text(
    "kho số liệu không có số liệu nào của chỉ tiêu và kỳ này; hãy kiểm tra mã chỉ tiêu và kỳ.",
    "the store has no figure of these indicators and periods; check the codes and the period.",
)
_BY_FORMULA = Text(
    "{indicator} được tính bằng công thức từ các chỉ tiêu khác; hãy dùng “baocao rollup --on NGÀY” để tính theo đơn vị "
    "của ngày đó.",
    "{indicator} is computed by a formula from other indicators; use “baocao rollup --on DAY” for the units of a day.",
)
_NO_TOTALS = Text(
    "không có tổng nào ở cấp này; hãy kiểm tra cấp, đơn vị, và cấp báo cáo số liệu gốc (--base).",
    "there is no total at this level; check the level, the units, and the level that reports (--base).",
)
_WAS = Text("như đã báo cáo", "as it was")
_ON = Text("đơn vị ngày {day}", "units of {day}")
_HOW = {
    How.SAME: Text("giữ nguyên", "unchanged"),
    How.SUMMED: Text("cộng", "summed"),
    How.APPORTIONED: Text("cộng theo tỷ lệ", "by shares"),
    How.RECOMPUTED: Text("tính lại", "recomputed"),
    How.LEFT: Text("chưa chia được", "undivided"),
    How.NOT_RECAST: Text("không quy đổi được", "not re-cast"),
}
MARKS = {
    NoValue.NOT_RATED: Text("chưa đánh giá", "not rated"),
    NoValue.NONE_OCCURRED: Text("không phát sinh", "none occurred"),
    NoValue.NOT_COLLECTED: Text("không thu thập", "not collected"),
    NoValue.NOT_AVAILABLE: Text("chưa có số liệu", "not available"),
    NoValue.NOT_RECAST: Text("chưa có tỷ lệ chia", "no share is known"),
}
_COLUMNS = (
    Column("view", Text("Cách nhìn", "View")),
    Column("period", Text("Kỳ", "Period")),
    Column("indicator", Text("Mã chỉ tiêu", "Indicator code"), is_shown=False),
    Column("indicator_name", Text("Chỉ tiêu", "Indicator")),
    Column("breakdown", Text("Phân tổ", "Breakdown")),
    Column("measure", Text("ĐVT", "Measure")),
    Column("unit", Text("Mã đơn vị", "Unit code")),
    Column("unit_name", Text("Đơn vị", "Unit")),
    Column("value", Text("Giá trị", "Value")),
    Column("mark", Text("Ký hiệu", "Mark")),
    Column("how", Text("Cách tính", "How")),
    Column("sources", Text("Từ", "Made of")),
    Column("missing", Text("Thiếu", "Missing")),
    Column("among", Text("Nằm trong", "Lies among"), is_shown=False),
    Column("held_by", Text("Tính ở", "Counts in"), is_shown=False),
)
_SOURCE = Text("{name} ({key}): {value}", "{name} ({key}): {value}")
_SHARED = Text("{name} ({key}) × {share}: {value}", "{name} ({key}) × {share}: {value}")
_LACKS = Text("{name} ({key}): {why}", "{name} ({key}): {why}")
_UP_TO = Text("{why}, nhiều nhất {value}", "{why}, {value} at most")
_LEFT = Text(
    "{unit}: {value} chưa chia được cho {among} vì không có quyết định nêu tỷ lệ; tính ở {held_by}.",
    "{unit}: {value} cannot be divided among {among}, no decision states the shares; it counts in {held_by}.",
)
_NOT_OF_SAME = Text("tử số, mẫu số không cùng đơn vị", "parts of different units")
_NOWHERE = Text("không đơn vị nào", "no unit")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be re-cast: as it was (None) and to which days; ``units`` are the keys that are shown, empty: all.

    With a ``level``: what the re-cast figures of the units of ``base`` come to in each unit of that level above.
    """

    views: tuple[date | None, ...]
    indicators: tuple[str, ...]
    periods: tuple[Period, ...]
    units: tuple[str, ...] = ()
    scenario: Scenario = Scenario.ACTUAL
    level: Level | None = None
    base: Level = Level.COMMUNE


def re_cast(book: Book, asked: Asked) -> Grid:
    """The table. Raises ``CannotAsk``, and ``recast.CannotRecast`` as it does."""
    observed = _observed(book, asked)
    if not observed:
        formulas = [code for code in asked.indicators if book.catalogue[code].formula]
        raise CannotAsk(_BY_FORMULA.fill(indicator=formulas[0]) if formulas else _NOTHING)
    recast_rows = [(day, _with_ratios(book, _rows(book, observed, day), asked)) for day in asked.views]
    if asked.level is not None:
        return _levels(book, asked, recast_rows)
    rows: list[tuple[Text, Row]] = []
    for day, its in recast_rows:
        rows += ((_view(day), row) for row in its if _is_shown(book, row, asked))
    cells = tuple(_cells(book, view, row) for view, row in rows)
    remarks = tuple(dict.fromkeys(_left(book, row) for _, row in rows if row.how is How.LEFT))
    return Grid(_TITLE, _COLUMNS, cells, remarks, all(row.is_complete for _, row in rows))


def _levels(book: Book, asked: Asked, views: Iterable[tuple[date | None, Sequence[Row]]]) -> Grid:
    """What the re-cast rows come to in the units above. Raises ``CannotAsk`` where that is nothing."""
    assert asked.level is not None  # the caller has asked
    found = []
    for day, rows in views:
        for each in totals_of(book, rows, day, asked.level, asked.base, asked.indicators):
            if _is_above(book, each, day, asked.units):
                found.append((_view(day), each))
    if not found:
        raise CannotAsk(_NO_TOTALS)
    cells = tuple(_total_cells(book, view, each) for view, each in found)
    return Grid(_TITLE, _COLUMNS, cells, is_clean=all(each.value is not None and not each.missing for _, each in found))


def _is_above(book: Book, each: Total, day: date | None, units: Sequence[str]) -> bool:
    path = book.geography.path(each.address.unit, day or each.address.period.end)
    return not units or any(unit.key in units for unit in path)


def _place_cells(book: Book, view: Text, address: Address) -> tuple[Cell, ...]:
    """The cells that say of what a figure is."""
    indicator = address.indicator
    return (
        view,
        address.period.code,
        indicator,
        book.catalogue[indicator].name,
        written(address.breakdown),
        book.measure_of(indicator),
        address.unit,
        book.name_of(address.unit),
    )


def _total_cells(book: Book, view: Text, each: Total) -> tuple[Cell, ...]:
    address = each.address
    is_ratio = bool(book.catalogue[address.indicator].numerator)
    how = How.NOT_RECAST if each.value is None else How.RECOMPUTED if is_ratio else How.SUMMED
    return (
        *_place_cells(book, view, address),
        each.value,
        _NOT_OF_SAME if each.value is None else None,
        _HOW[how],
        None,
        some(tuple(_lacking(book, each.missing)), MORE_UNITS, "; ") if each.missing else None,
        (),
        None,
    )


def _observed(book: Book, asked: Asked) -> list[Observation]:
    parts = [code for one in asked.indicators for code in _ratio_parts(book, one)]
    codes = tuple(dict.fromkeys((*asked.indicators, *parts)))
    found = store.current(book.connection, indicators=codes, periods=asked.periods, scenarios=[asked.scenario])
    return [revision.observation for revision in found]


def _ratio_parts(book: Book, code: str) -> tuple[str, ...]:
    indicator = book.catalogue[code]
    return (indicator.numerator, indicator.denominator) if indicator.numerator else ()


def _rows(book: Book, observed: Iterable[Observation], day: date | None) -> Sequence[Row]:
    if day is None:
        return recast.as_it_was(observed, book.geography, book.indicators)
    return recast.recast(observed, book.geography, day, book.indicators, _bonds(book, observed, day))


def _bonds(book: Book, observed: Iterable[Observation], day: date) -> recast.Bonds:
    """All that the figures of divided units make sums with, whichever of them are asked for."""
    addresses = [each.address for each in observed]
    units = sorted({address.unit for address in addresses})
    divided = [unit for unit in units if len(book.geography.lineage(unit, day).parts) > 1]
    identities = identities_of(book.catalogue)
    if not divided:
        return recast.Bonds(identities)
    codes = identities.kin(dict.fromkeys(address.indicator for address in addresses))
    scenarios = sorted({address.scenario for address in addresses}, key=lambda scenario: scenario.value)
    kin = store.current(book.connection, divided, codes, scenarios=scenarios)
    return recast.Bonds(identities, tuple(revision.observation for revision in kin))


def _with_ratios(book: Book, rows: Sequence[Row], asked: Asked) -> Sequence[Row]:
    """With the ratios that can be computed though nobody told them."""
    return (*rows, *untold(rows, book.indicators, asked.indicators))


def _is_shown(book: Book, row: Row, asked: Asked) -> bool:
    if row.address.indicator not in asked.indicators:
        return False
    if not asked.units:
        return True
    near = {row.address.unit, row.held_by, *row.among, *(source.unit for source in row.sources)}
    return not near.isdisjoint(asked.units)


def _view(day: date | None) -> Text:
    return _WAS if day is None else _ON.fill(day=f"{day:%d/%m/%Y}")


def _cells(book: Book, view: Text, row: Row) -> tuple[Cell, ...]:
    address = row.address
    return (
        *_place_cells(book, view, address),
        row.value,
        MARKS[row.mark] if row.mark else None,
        _HOW[row.how],
        _joined(_sources(book, row)) if row.how is not How.SAME or len(row.sources) > 1 else _renamed(book, row),
        _joined(_lacking(book, row.missing)),
        tuple(book.name_of(key) for key in row.among),
        book.name_of(row.held_by) if row.held_by else None,
    )


def _renamed(book: Book, row: Row) -> Text | None:
    """The source of a figure that was passed on, where it is another unit."""
    others = [source for source in row.sources if source.unit != row.address.unit]
    return _joined(_sources(book, row)) if others else None


def _sources(book: Book, row: Row) -> Iterator[Text]:
    for source in row.sources:
        value = said.figure(source.value) if source.value is not None else MARKS[source.mark or NoValue.NOT_AVAILABLE]
        words = _SOURCE if source.share == Fraction(1) else _SHARED
        yield with_figures(words, name=book.name_of(source.unit), key=source.unit, share=source.share, value=value)


def _lacking(book: Book, missing: Iterable[Missing]) -> Iterator[Text]:
    for each in missing:
        why = MARKS[each.mark]
        if each.value is not None and each.mark is NoValue.NOT_RECAST:
            why = with_figures(_UP_TO, why=why, value=said.figure(each.value))
        yield with_figures(_LACKS, name=book.name_of(each.unit), key=each.unit, why=why)


def _joined(parts: Iterable[Text]) -> Text | None:
    listed = list(parts)
    return joined(listed) if listed else None


def _left(book: Book, row: Row) -> Text:
    held_by: Text | str = book.name_of(row.held_by) if row.held_by else _NOWHERE
    value = said.figure(row.value) if row.value is not None else MARKS[row.mark or NoValue.NOT_AVAILABLE]
    among: Text | str = ", ".join(book.name_of(key) for key in row.among) or _NOWHERE
    return with_figures(_LEFT, unit=book.name_of(row.address.unit), value=value, among=among, held_by=held_by)
