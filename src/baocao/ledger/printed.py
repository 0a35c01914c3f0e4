"""The annexes of a printed report worked out again from their own plans and results, as a table of every cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from baocao import formats
from baocao.figures.compare_printed import CheckedAnnex, CheckedCell, check
from baocao.figures.intake_numbers import Habit, habit_of, read_number
from baocao.figures.said import with_figures
from baocao.ledger.book import CannotAsk
from baocao.ledger.grid import Cell, Column, Grid
from baocao.ledger.sources import BadSources
from baocao.model.document import Document, Table
from baocao.model.quantity import Agreement
from baocao.model.text import Text

_TITLE = Text(
    "{file}: tính lại tỷ lệ và đánh giá từ cột kế hoạch và kết quả của chính biểu",
    "{file}: percentages and ratings worked out again from the annex's own plans and results",
)
_NO_ANNEX = Text(
    "{file}: không thấy biểu nào có cột kế hoạch (hoặc giao), cột kết quả và cột tỷ lệ hoặc đánh giá; "
    "hãy kiểm tra tệp và tiêu đề các cột.",
    "{file}: there is no table with columns of plans, results, and percentages or ratings; "
    "check the file and the headings.",
)
_NOT_READ = Text("{file}: {problem}", "{file}: {problem}")
_VERDICTS = {
    Agreement.EXACT: Text("khớp", "agrees"),
    Agreement.TRUNCATED: Text("khớp, số lẻ bị cắt bớt", "agrees, truncated"),
    Agreement.WITHIN_ROUNDING: Text("khớp trong sai số làm tròn", "agrees within rounding"),
    Agreement.DISAGREE: Text("KHÔNG KHỚP", "DISAGREES"),
    Agreement.UNDECIDABLE: Text("không tính lại được", "cannot be worked out"),
}
_INCOMPLETE = Text("THIẾU SỐ", "INCOMPLETE")
_COLUMNS = (
    Column("table", Text("Bảng", "Table")),
    Column("row", Text("Dòng", "Row")),
    Column("indicator_name", Text("Chỉ tiêu", "Indicator")),
    Column("printed", Text("Đã in", "Printed")),
    Column("computed", Text("Tính lại", "Computed")),
    Column("verdict", Text("Nhận xét", "Verdict")),
    Column("head", Text("Cột", "Column")),
)
_SUM = Text(
    "Bảng {table}: {cells} ô tỷ lệ và đánh giá, {slips} ô không khớp, {left} ô không tính lại được.",
    "Table {table}: {cells} percentages and ratings, {slips} disagree, {left} cannot be worked out.",
)
_COUNTED = Text(
    "Bảng {table}, đếm theo đánh giá tính lại – {tally}", "Table {table}, counted by computed ratings – {tally}"
)
_SLIP = Text("Bảng {table}, dòng {row}: {slip}", "Table {table}, row {row}: {slip}")


@dataclass(frozen=True, slots=True)
class _Found:
    """An annex of a document: which of its tables it is, from 1, and what was worked out."""

    place: int
    annex: CheckedAnnex


def checked(file: Path) -> Grid:
    """Every percentage and rating of a file's annexes. Raises ``BadSources``, and ``CannotAsk`` without an annex."""
    try:
        document = formats.read(file)
    except formats.Unreadable as problem:
        raise BadSources([with_figures(_NOT_READ, file=file, problem=problem.text)]) from problem
    found = tuple(_annexes(document))
    if not found:
        raise CannotAsk(_NO_ANNEX.fill(file=file))
    rows = tuple(_cells(one.place, cell) for one in found for cell in one.annex.cells)
    remarks = [remark for one in found for remark in _remarks(one)]
    is_clean = not any(one.annex.slips for one in found)
    return Grid(_TITLE.fill(file=file.name), _COLUMNS, rows, tuple(remarks), is_clean)


def _annexes(document: Document) -> Iterator[_Found]:
    tables = (block for block in document.blocks if isinstance(block, Table))
    for place, table in enumerate(tables, 1):
        annex = check(table, _Reader(_habit(table)).read)
        if annex is not None and annex.cells:
            yield _Found(place, annex)


def _habit(table: Table) -> Habit:
    """How a table writes numbers; reports that do not tell write as Vietnamese ones do."""
    seen = habit_of(cell.text for cell in table.cells)
    return Habit.MACHINE if seen is Habit.MACHINE else Habit.VIETNAMESE


@dataclass(frozen=True, slots=True)
class _Reader:
    habit: Habit

    def read(self, printed: str) -> Decimal | Text:
        return read_number(printed, self.habit)


def _cells(place: int, cell: CheckedCell) -> tuple[Cell, ...]:
    is_incomplete = cell.slip is not None and cell.agreement is Agreement.UNDECIDABLE
    verdict = _INCOMPLETE if is_incomplete else _VERDICTS[cell.agreement]
    return (place, cell.row + 1, cell.name, cell.printed, cell.computed, verdict, cell.head)


def _remarks(found: _Found) -> Iterator[Text]:
    cells, slips = found.annex.cells, found.annex.slips
    left = sum(cell.agreement is Agreement.UNDECIDABLE and cell.slip is None for cell in cells)
    yield _SUM.fill(table=found.place, cells=len(cells), slips=len(slips), left=left)
    yield with_figures(_COUNTED, table=found.place, tally=found.annex.tally.text)
    for cell in slips:
        if cell.slip is not None:
            yield with_figures(_SLIP, table=found.place, row=cell.row + 1, slip=cell.slip)
