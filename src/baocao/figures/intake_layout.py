"""Where the figures stand in a sheet: the row of headings is found, and each column told what it holds.

Two layouts are known. Long: one figure a row, in a column of its own. Wide: each column of figures is
headed by a period ("Thực hiện năm 2024"), by an indicator ("Diện tích lúa (ha)") or by a unit ("Xã Tân An"),
or by several of these, one below the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from baocao.figures.intake_columns import Headings, ValueColumn, sorted_out
from baocao.figures.intake_heads import Heads, heads_at, is_own, text_of
from baocao.figures.intake_names import Names
from baocao.model.period import CutOff
from baocao.model.sheet import Sheet, SheetRow, column_letters
from baocao.model.text import Text

_NO_HEADINGS = Text(
    "không tìm thấy dòng tiêu đề trong {rows} dòng đầu; cần một dòng có cột đơn vị hoặc chỉ tiêu, "
    "và cột giá trị, hoặc các cột là kỳ số liệu hay tên chỉ tiêu.",
    "no row of headings among the first {rows} rows; one is needed with a column for the unit or the indicator, "
    "and one for the value, or columns that are headed by periods or indicators.",
)
_UNKNOWN_HEADING = Text(
    "không hiểu tiêu đề cột “{seen}”; hãy đổi tên cột (đơn vị, chỉ tiêu, kỳ, giá trị, đơn vị tính, kịch bản, cấp giao, "
    "phân tổ, quyết định, ghi chú ...), hoặc xóa cột.",
    "the column heading “{seen}” is not understood; rename the column (unit, indicator, period, value, measure, "
    "scenario, authority, breakdown, decision, note ...), or delete it.",
)
_TWICE = Text(
    "hai cột cùng là “{seen}”; hãy giữ lại một cột.",
    "two columns are both “{seen}”; keep one of them.",
)
_OWN = Text(
    "bảng này do baocao tính ra (rollup, recast), không phải số liệu gốc; số tính ra không nạp lại được, "
    "hãy nạp tệp gốc. Nếu đây đúng là số liệu báo cáo, hãy xóa các cột khác ngoài đơn vị, chỉ tiêu, kỳ, giá trị.",
    "this table was computed by baocao (rollup, recast) and is no original; what is computed is not loaded, "
    "load the original file. If these are figures as reported, delete all columns but unit, indicator, period, value.",
)
_UNKNOWN_ABOVE = Text(
    "tiêu đề nhóm “{seen}” đứng trên cột này nhưng không hiểu nghĩa; hãy ghi đủ tên chỉ tiêu, đơn vị hoặc kỳ "
    "vào tiêu đề của từng cột, hoặc xóa tiêu đề nhóm.",
    "the heading “{seen}” of a group stands over this column and is not understood; write the indicator, the unit "
    "or the period in full over each column, or delete the heading of the group.",
)
_BESIDE_UNITS = Text(
    "cột “{seen}” đứng cạnh các cột mang tên đơn vị nên không rõ số là của đơn vị nào; nếu đó là đơn vị tính, "
    "hãy ghi “đơn vị tính”.",
    "the column “{seen}” stands beside columns headed by units, so that it is not clear whose figures are meant; "
    "if it holds units of measure, call it “measure”.",
)
_BESIDE_VALUE = Text(
    "cột “{seen}” đứng cạnh cột giá trị nên không rõ số nào là số liệu; hãy bỏ một trong hai.",
    "the column “{seen}” stands beside a column of values, so that it is not clear which is the figure; drop one.",
)
_ROW = Text("dòng {row}", "row {row}")
_ROW_OF_SHEET = Text("trang tính “{sheet}”, dòng {row}", "sheet “{sheet}”, row {row}")
_SEARCHED = 40  # rows, for the headings
_MANY_ALLOWED = frozenset({"unit", "indicator", "ignored"})  # a code and a name beside it


@dataclass(frozen=True, slots=True)
class Rejection:
    """What was not taken in: where it stands, what was seen there, and why; ``column`` is a letter or empty.

    ``other`` is where the same figure stands too, where that is the reason.
    """

    sheet: str
    row: int
    column: str
    seen: str
    text: Text
    other: str = ""

    @property
    def place(self) -> Text:
        """As spreadsheets write it: "Biểu 1!C5", or "C5" in a text file; a whole row in words."""
        if self.column:
            cell = (f"{self.sheet}!" if self.sheet else "") + f"{self.column}{self.row}"
            return Text(cell, cell)
        return (_ROW_OF_SHEET if self.sheet else _ROW).fill(sheet=self.sheet, row=self.row)


@dataclass(frozen=True, slots=True)
class Layout:
    """The last row of headings, the columns by field, and the columns of figures.

    ``totals`` are columns that add up those of the units.
    """

    headings: int
    fields: dict[str, tuple[int, ...]]
    values: tuple[ValueColumn, ...]
    is_wide: bool
    width: int
    totals: tuple[int, ...] = ()


def find_layout(sheet: Sheet, names: Names, cut_off: CutOff) -> Layout | tuple[Rejection, ...]:
    """Where everything stands, or why that cannot be told."""
    for at in range(min(len(sheet.rows), _SEARCHED)):
        for heads in heads_at(sheet, at):
            headings = sorted_out(heads, names, cut_off)
            if not headings.is_row_of_headings:
                continue
            problems = tuple(_problems(sheet, heads, headings))
            if problems and not heads.is_joined and heads.last > heads.first:
                continue  # the lower row may be the first of figures
            return problems or _layout(heads, headings)
    first = sheet.rows[0]
    seen = " | ".join(filter(None, map(text_of, first.cells)))[:80]
    return (Rejection(sheet.name, first.number, "", seen, _NO_HEADINGS.fill(rows=min(len(sheet.rows), _SEARCHED))),)


# Forms also say there how a column is computed: "3=4+5"
_NUMBERED = re.compile(r"\(?(?P<letter>[A-Z])?(?P<number>[0-9]{1,3})?(?:\s*=[0-9+\-*/x:;,. …()]+)?\)?")


def numbers_columns(row: SheetRow) -> bool:
    """Whether a row only numbers the columns, as forms do below their headings: A, B, 1, 2 or (1), (2), (3)."""
    numbers = []
    for text in filter(None, map(text_of, row.cells)):
        found = _NUMBERED.fullmatch(text)
        if found is None or bool(found["letter"]) is bool(found["number"]):
            return False
        if found["number"]:
            numbers.append(int(found["number"]))
        elif numbers:
            return False
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))


def _problems(sheet: Sheet, heads: Heads, headings: Headings) -> Iterator[Rejection]:
    if is_own(text for _, text in headings.unknown):
        column, text = headings.unknown[0]
        yield Rejection(sheet.name, heads.last, column_letters(column), text, _OWN)
        return
    for column, text, words in _misunderstood(heads, headings):
        yield Rejection(sheet.name, heads.last, column_letters(column), text, words.fill(seen=text))


def _misunderstood(heads: Heads, headings: Headings) -> Iterator[tuple[int, str, Text]]:
    own = {column: texts[-1] for column, texts in enumerate(heads.columns) if texts}
    yield from ((column, text, _UNKNOWN_HEADING) for column, text in headings.unknown)
    yield from ((column, text, _UNKNOWN_ABOVE) for column, text in headings.above)
    for meant, columns in headings.fields.items():
        if len(columns) > 1 and meant not in _MANY_ALLOWED:
            yield columns[1], own[columns[1]], _TWICE
    if "value" in headings.fields:
        yield from ((extra.column, own[extra.column], _BESIDE_VALUE) for extra in headings.values)
    if "unit" in headings.fields and any(one.unit for one in headings.values):
        column = headings.fields["unit"][0]
        yield column, own[column], _BESIDE_UNITS
    kinds = Counter(one.key for one in headings.values)
    yield from ((one.column, own[one.column], _TWICE) for one in headings.values if kinds[one.key] > 1)


def _layout(heads: Heads, headings: Headings) -> Layout:
    fields = {meant: tuple(columns) for meant, columns in headings.fields.items()}
    is_wide = "value" not in fields
    values = tuple(headings.values) if is_wide else (ValueColumn(fields["value"][0]),)
    return Layout(heads.last, fields, values, is_wide, len(heads.columns), tuple(headings.totals))
