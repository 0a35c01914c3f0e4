"""A form's workbook that comes back: whose it is, and what was typed into each of its cells.

A cell is found by the hidden keys of its line and column, and the line must still say what the form says there: a file
in which lines were moved about is refused, before a figure could come to stand in another's place. What is no figure is
told cell by cell with its address; the rest of the file can be taken all the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from baocao.formats import sheet_cells
from baocao.formats.sheet_cells import Kind, Look, StoredCell, StoredSheet
from baocao.formats.xlsx_write_cells import title_text
from baocao.model.period import Period
from baocao.model.sheet import column_letters
from baocao.model.text import Text
from baocao_web.collecting.layout import Row
from baocao_web.collecting.paper import printing
from baocao_web.collecting.sheets import Sheet
from baocao_web.collecting.typing import Typed
from baocao_web.collecting.typing import read as read_typed
from baocao_web.collecting.workbooks import ids
from baocao_web.collecting.workbooks.book import DIGITS
from baocao_web.collecting.workbooks.ids import MARK, Identity, NotOurs
from baocao_web.collecting.workbooks.writing import FIRST, KEYS
from baocao_web.pages import period_name, unit_name

_NO_IDS: Final = Text(
    "tệp không phải biểu tải về từ hệ thống (không có mã ẩn); hãy tải biểu về, điền vào tệp đó rồi tải lên.",
    "the file is no form that was downloaded here (it has no hidden ids); download the form, fill it in and bring it.",
)
_TWO: Final = Text(
    "tệp có {count} trang biểu, cần đúng một; hãy xóa trang tính chép thêm rồi lưu lại.",
    "the file has {count} sheets of the form, one is expected; delete the copies and save it again.",
)
_OTHER_FORM: Final = Text(
    "tệp là của biểu {seen}, ở đây cần biểu {wanted}; hãy mở đúng biểu rồi tải lên.",
    "the file is of form {seen}, form {wanted} is expected here; open that form and bring the file there.",
)
_OTHER_VERSION: Final = Text(
    "tệp là phiên bản {seen} của biểu {code}, đợt này dùng phiên bản {wanted}; hãy tải biểu về lại và chép số liệu "
    "sang.",
    "the file is version {seen} of form {code}, this round uses version {wanted}; download it anew and copy the "
    "figures over.",
)
_OTHER_UNIT: Final = Text(
    "tệp là của {seen}, ở đây là biểu của {wanted}; hãy mở biểu của đúng đơn vị.",
    "the file is of {seen}, this is the form of {wanted}; open the form of the right unit.",
)
_OTHER_ROUND: Final = Text(
    "tệp là của kỳ {seen}, ở đây là kỳ {wanted}; hãy mở biểu của đúng kỳ.",
    "the file is of {seen}, this is the form of {wanted}; open the form of the right period.",
)
_NEWER: Final = Text(
    "tệp được tải về từ một bản dữ liệu mới hơn (phiên bản {seen}, nay là {now}); hãy tải biểu về lại.",
    "the file was downloaded from newer data (version {seen}, now {now}); download the form anew.",
)
_MOVED: Final = Text(
    "dòng {line}: mã ẩn là của chỉ tiêu “{wanted}” nhưng dòng ghi “{seen}”; các dòng đã bị xếp lại hoặc sửa, hãy tải "
    "biểu về lại và chép số liệu sang.",
    "row {line}: its hidden key is that of “{wanted}”, but it says “{seen}”; rows were moved or changed, download the "
    "form anew and copy the figures over.",
)
_LACKING: Final = Text(
    "trang biểu thiếu {count} dòng hoặc cột của biểu ({names}); hãy tải biểu về lại và chép số liệu sang.",
    "the sheet lacks {count} rows or columns of the form ({names}); download it anew and copy the figures over.",
)
_TWICE: Final = Text(
    "dòng hoặc cột “{name}” đứng hai lần trên trang biểu; hãy xóa bản chép thêm, hoặc tải biểu về lại.",
    "the row or column “{name}” stands twice on the sheet; delete the copy, or download the form anew.",
)
_FORMULA: Final = Text(
    "thấy công thức {seen}, cần một số; hãy thay công thức bằng giá trị (sao chép, dán giá trị).",
    "there is a formula {seen}, a number is expected; put its value in its place (copy, paste values).",
)
_WITH_RESULT: Final = Text("cho kết quả “{seen}”", "that comes to “{seen}”")
_NO_RESULT: Final = Text("chưa được tính", "that was never worked out")
_FAULT: Final = Text("thấy lỗi {seen}, cần một số.", "there is the error {seen}, a number is expected.")
_TRUTH: Final = Text("thấy {seen}, cần một số.", "there is {seen}, a number is expected.")
_DAY: Final = Text(
    "thấy một ngày tháng, cần một số; bảng tính đã hiểu số gõ vào là ngày, hãy gõ lại với dấu thập phân của máy.",
    "there is a date, a number is expected; the program took the number for a date: type it with its decimal sign.",
)
_PERCENT: Final = Text(
    "thấy {seen}%, cần số theo đơn vị “{measure}”; hãy bỏ định dạng phần trăm.",
    "there is {seen}%, a number in “{measure}” is expected; take the percent format away.",
)
_MANY: Final = 3


@dataclass(frozen=True, slots=True)
class Found:
    """One cell of the workbook: its address there, what it says as one would type it, and why that is no figure."""

    address: str
    text: str
    fault: Text | None = None

    @property
    def typed(self) -> Typed:
        """What the cell says, read as on the page."""
        return read_typed(self.text)


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook that came back, known to be of the form it was brought to."""

    identity: Identity
    cells: Mapping[str, Found]


def read(path: Path, sheet: Sheet) -> Returned:
    """What a workbook says for a form. Raises ``Unreadable`` and ``NotOurs`` with the reason."""
    sheets = sheet_cells.read(path)
    identity = _identity(sheets)
    _demand_same(identity, sheet)
    forms = [one for one in sheets if not one.is_hidden and one.text(KEYS, KEYS) == MARK]
    if len(forms) != 1:
        raise NotOurs(_TWO.fill(count=len(forms)))
    return Returned(identity, dict(_cells(forms[0], sheet)))


def _identity(sheets: list[StoredSheet]) -> Identity:
    """The identity that the hidden sheet tells."""
    hidden = [one for one in sheets if one.name == ids.SHEET and one.text(0, 0) == MARK]
    if len(hidden) != 1:
        raise NotOurs(_NO_IDS)
    lines = 1 + max(row for row, _ in hidden[0].cells)
    if lines > len(hidden[0].cells):  # of ours every line is filled
        raise NotOurs(_NO_IDS)
    told = [[ids.opened(hidden[0].text(line, right)) for right in range(5)] for line in range(lines)]
    return ids.read(told)


def _demand_same(identity: Identity, sheet: Sheet) -> None:
    """Raises ``NotOurs`` where the workbook is of another form, version, unit or round than it was brought to."""
    kept = sheet.kept
    if identity.code != kept.code:
        raise NotOurs(_OTHER_FORM.fill(seen=identity.code, wanted=kept.code))
    if identity.form != kept.form:
        versions = {"seen": identity.form_version, "code": kept.code, "wanted": kept.form_version}
        raise NotOurs(_OTHER_VERSION.fill(**versions))
    if identity.unit != sheet.unit:
        raise NotOurs(_OTHER_UNIT.fill(seen=unit_name(identity.unit), wanted=unit_name(sheet.unit)))
    if (identity.round, identity.entry) != (kept.id, sheet.id):
        periods = {"seen": period_name(Period.parse(identity.period)), "wanted": period_name(kept.period)}
        raise NotOurs(_OTHER_ROUND.fill(**periods))
    if identity.version > sheet.version:  # a database that was put back to an earlier day
        raise NotOurs(_NEWER.fill(seen=identity.version, now=sheet.version))


def _cells(out: StoredSheet, sheet: Sheet) -> Iterator[tuple[str, Found]]:
    """The cells of entry at the places that the hidden keys tell."""
    layout = sheet.kept.layout
    lines = _keyed(((line, cell.text) for (line, right), cell in out.cells.items() if right == KEYS and line != KEYS))
    columns = _keyed(
        ((right, cell.text) for (line, right), cell in out.cells.items() if line == KEYS and right != KEYS)
    )
    wanted = {row.key: row for row in layout.rows if not row.is_heading}
    lacking = [row.name.vi for key, row in wanted.items() if key not in lines]
    lacking += [column.name.vi for column in layout.columns if column.key not in columns]
    if lacking:
        named = "; ".join(lacking[:_MANY]) + (" …" if len(lacking) > _MANY else "")
        raise NotOurs(_LACKING.fill(count=len(lacking), names=named))
    for key, row in wanted.items():
        _demand_label(out, lines[key], row)
    for cell, (row, column) in layout.entries.items():
        line, right = lines[row.key], columns[column.key]
        yield cell, _found(out.cells.get((line, right)), f"{column_letters(right)}{line + 1}", row)


def _keyed(found: Iterator[tuple[int, str]]) -> dict[str, int]:
    """Places by their keys, of which each stands once."""
    places: dict[str, int] = {}
    for place, key in found:
        if ids.opened(key) in places:
            raise NotOurs(_TWICE.fill(name=ids.opened(key)))
        places[ids.opened(key)] = place
    return places


def _demand_label(out: StoredSheet, line: int, row: Row) -> None:
    """Raises ``NotOurs`` where a line does not say what the form says there."""
    seen = out.text(line, FIRST - 2).removesuffix(printing.words()["head"]["compulsory"])
    if _bare(seen) != _bare(title_text(row.name.vi)):
        raise NotOurs(_MOVED.fill(line=line + 1, wanted=row.name.vi, seen=seen.strip()[:80]))


def _bare(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _found(cell: StoredCell | None, address: str, row: Row) -> Found:
    """One cell read: numbers as they are stored, in the digits that spreadsheets keep; text as people write here."""
    if cell is None:
        return Found(address, "")
    if cell.kind is Kind.NUMBER:
        return _number(cell, address, row)
    if cell.is_formula:
        return Found(address, cell.text[:_SHOWN], _formula(cell))
    if cell.kind is Kind.TEXT:
        text = unicodedata.normalize("NFC", title_text(cell.text))
        return Found(address, text, read_typed(text).fault)
    words = _FAULT if cell.kind is Kind.FAULT else _TRUTH
    return Found(address, cell.text[:_SHOWN], words.fill(seen=cell.text[:_SHOWN]))


_SHOWN: Final = 40  # characters of a strange cell that are told


def _formula(cell: StoredCell) -> Text:
    seen = _NO_RESULT if cell.kind is Kind.NOTHING else _WITH_RESULT.fill(seen=cell.text[:_SHOWN])
    return Text(_FORMULA.vi.format(seen=seen.vi), _FORMULA.en.format(seen=seen.en))


def _number(cell: StoredCell, address: str, row: Row) -> Found:
    value = _exact(cell.text)
    if value is None:
        return Found(address, cell.text[:_SHOWN], _FAULT.fill(seen=cell.text[:_SHOWN]))
    if cell.look is Look.DAY:
        return Found(address, _written(value), _DAY)
    if cell.look is Look.PERCENT:
        value = value.scaleb(2)
        if row.measure.vi != "%":
            seen = {"seen": _written(value), "measure": row.measure.vi or "–"}
            return Found(address, f"{_written(value)}%", _PERCENT.fill(**seen))
    text = _written(value)
    return Found(address, text, read_typed(text).fault)


def _exact(stored: str) -> Decimal | None:
    """A stored number without what binary fractions leave behind the digits that count; None for none."""
    try:
        value = Decimal(stored)
        value = Decimal(f"{value:.{DIGITS}g}") if value.is_finite() else value
    except InvalidOperation:
        return None
    return value if value.is_finite() and value.adjusted() < _GREATEST else None


_GREATEST: Final = 40  # digits before the comma: anything near is a slip of the hand, and too large for a page


def _written(value: Decimal) -> str:
    """A number as people here type it."""
    plain = f"{value:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.replace(".", ",")
