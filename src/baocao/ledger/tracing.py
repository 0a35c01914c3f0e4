"""Every revision of figures: what was told, as what, when, by whom and in which cell; and which files were loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from baocao.figures import store
from baocao.figures.store import Revision
from baocao.ledger.book import Book, CannotAsk
from baocao.ledger.grid import Cell, Column, Grid
from baocao.ledger.recasting import MARKS
from baocao.model.observation import NoValue, OriginKind, Scenario
from baocao.model.period import Period
from baocao.model.text import Text

_TITLE = Text("Lịch sử số liệu", "The history of figures")
_LOADS = Text("Các lần nạp", "Loads")
_NOTHING = Text(
    "kho số liệu chưa từng nhận số liệu nào như vậy; hãy kiểm tra chỉ tiêu, đơn vị, kỳ và loại số liệu.",
    "the store has never been told such a figure; check the indicator, the unit, the period and the scenario.",
)
_ASKED = Text(
    "chỉ tiêu giao không nằm trong lịch sử số liệu; xem bằng “baocao compare --unit ĐƠN VỊ --period KỲ”, "
    "thêm “--on NGÀY” để xem kế hoạch của ngày đó.",
    "targets are not in the history of figures; see them with “baocao compare --unit UNIT --period PERIOD”, "
    "and with “--on DAY” as they stood that day.",
)
SCENARIOS = {
    Scenario.TARGET: Text("giao", "target"),
    Scenario.ACTUAL: Text("thực hiện", "actual"),
    Scenario.ESTIMATE: Text("ước", "estimate"),
    Scenario.BASELINE: Text("gốc", "baseline"),
}
_KINDS = {
    OriginKind.FORM_CELL: Text("ô biểu mẫu", "form cell"),
    OriginKind.FILE_CELL: Text("ô tệp", "file cell"),
    OriginKind.SENTENCE: Text("câu văn", "sentence"),
    OriginKind.COMPUTED: Text("tính toán", "computed"),
}
_CURRENT = Text("hiện hành", "current")
_SUPERSEDED = Text("đã thay", "superseded")
_HERE = timezone(timedelta(hours=7))  # the legal time of the country
_WHEN = Column("recorded_at", Text("Lúc", "When"))
_WHO = Column("recorded_by", Text("Người nạp", "By"))
_FILE = Column("file", Text("Tệp", "File"))
_COLUMNS = (
    Column("unit", Text("Mã đơn vị", "Unit code"), is_shown=False),
    Column("unit_name", Text("Đơn vị", "Unit")),
    Column("indicator", Text("Mã chỉ tiêu", "Indicator code"), is_shown=False),
    Column("indicator_name", Text("Chỉ tiêu", "Indicator")),
    Column("period", Text("Kỳ", "Period")),
    Column("scenario", Text("Loại", "Scenario")),
    Column("breakdown", Text("Phân tổ", "Breakdown")),
    Column("measure", Text("ĐVT", "Measure")),
    Column("value", Text("Giá trị", "Value")),
    Column("mark", Text("Ký hiệu", "Mark")),
    Column("state", Text("Trạng thái", "State")),
    _WHEN,
    _WHO,
    _FILE,
    Column("place", Text("Vị trí", "Place")),
    Column("kind", Text("Nguồn", "Source"), is_shown=False),
    Column("revision", Text("Số bản ghi", "Revision"), is_shown=False),
)
_LOAD_COLUMNS = (
    _WHEN,
    _WHO,
    _FILE,
    Column("figures", Text("Số liệu trong tệp", "Figures in it")),
    Column("new", Text("Mới", "New")),
    Column("sha256", Text("Mã băm SHA-256", "SHA-256"), is_shown=False),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose history is told; what is empty is any. ``units`` are keys."""

    indicators: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    is_current_only: bool = False


def trace(book: Book, asked: Asked) -> Grid:
    """A row for every revision, those of one address together, the latest last. Raises ``CannotAsk``."""
    wanted = (asked.units or None, asked.indicators or None, asked.periods or None, asked.scenarios or None)
    current = {one.id for one in store.current(book.connection, *wanted)}
    found = store.revisions_of(book.connection, *wanted)
    files = {load.sha256: load.file for load in store.loads(book.connection)}
    rows = tuple(
        _cells(book, one, files, is_current=one.id in current)
        for one in found
        if one.id in current or not asked.is_current_only
    )
    if not rows:
        raise CannotAsk(_ASKED if asked.scenarios == (Scenario.TARGET,) else _NOTHING)
    return Grid(_TITLE, _COLUMNS, rows)


def loads(book: Book) -> Grid:
    """A row for every file that was loaded, the first first."""
    rows = ((_when(one.recorded_at), one.recorded_by, one.file, one.rows, one.new, one.sha256) for one in _all(book))
    return Grid(_LOADS, _LOAD_COLUMNS, tuple(rows))


def _all(book: Book) -> Iterable[store.Load]:
    return store.loads(book.connection)


def _cells(book: Book, one: Revision, files: Mapping[str, str], *, is_current: bool) -> tuple[Cell, ...]:
    is_known = one.indicator in book.indicators
    kind = OriginKind(one.origin_kind)
    file, place = _origin(kind, one.origin, files)
    return (
        one.unit,
        book.name_of(one.unit),
        one.indicator,
        book.catalogue[one.indicator].name if is_known else one.indicator,
        one.period_code,
        SCENARIOS[Scenario(one.scenario)],
        one.breakdown,
        book.measure_of(one.indicator) if is_known else None,
        one.value,
        MARKS[NoValue(one.mark)] if one.mark else None,
        _CURRENT if is_current else _SUPERSEDED,
        _when(one.recorded_at),
        one.recorded_by,
        file,
        place,
        _KINDS[kind],
        one.id,
    )


def _origin(kind: OriginKind, reference: str, files: Mapping[str, str]) -> tuple[str, str]:
    """The file that a figure came from, by its name at the time, and the cell; other origins say it themselves."""
    digest, sign, place = reference.partition("#")
    if kind is not OriginKind.FILE_CELL or not sign:
        return "", reference
    return files.get(digest, digest[:12]), place


def _when(at: datetime) -> str:
    return f"{at.astimezone(_HERE):%d/%m/%Y %H:%M:%S}"
