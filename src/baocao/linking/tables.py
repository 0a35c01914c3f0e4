"""Figures of tables tied to their addresses: the row's name and the column's heading together say what a cell holds.

Either may name the indicator, and the other its place, its member, its scenario or its period. A heading or a name with
a word that is not understood leaves its figures without an address.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from baocao.grammar.stretch import Stretch
from baocao.grammar.table_cells import Entry
from baocao.grammar.table_sheet import Row, Sheet, sheets_of
from baocao.linking.aims import is_target, meant_in
from baocao.linking.bases import base_in
from baocao.linking.forms import FormReader, form_of
from baocao.linking.items import Item, Printed, items_of
from baocao.linking.lexicon import AUTHORITY, MEASURE, Lexicon
from baocao.linking.links import Link, Reading, Setting, Unlinked
from baocao.linking.reckonings import PERCENT, Against, Base, Reckoner, Said
from baocao.linking.subjects import NOTHING, Piece, Subject, Subjects
from baocao.model import Comparator
from baocao.model.document import Document, Span, Table
from baocao.model.draft import UPPER, Reckoning
from baocao.model.text import Text
from baocao.reference import load

_COLUMN = Text("đầu cột chưa hiểu: “{words}”", "a heading that is not understood: “{words}”")
_ROW = Text("tên dòng chưa hiểu: “{words}”", "a row's name that is not understood: “{words}”")
_APART = Text("tên dòng và đầu cột không hợp thành một chỉ tiêu", "row and column together make no indicator")
_UNIT_LINE = re.compile(r"(?:đơn vị(?: tính)?|đvt)\s*:\s*([^).;,]{1,30})", re.IGNORECASE)
_BRACKETED = re.compile(r"\(([^()]+)\)")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_SHOWN = 60
_ABOVE = 3  # rows of a table in which its unit of measure may stand
_LINE = 200  # letters of the line that tells it


@dataclass(frozen=True, slots=True)
class _Column:
    """What a heading says: ``own`` of what the figures are themselves, ``base`` what they are set against."""

    piece: Piece
    measure: str = ""
    own: Base | None = None
    base: Base | None = None
    is_change: bool = False
    is_percent: bool = False
    is_passed: bool = False  # ratings, remarks


def readings_of(document: Document, lexicon: Lexicon, setting: Setting) -> dict[int, list[Reading]]:
    """The figures of all tables, by the number of their block."""
    tables = [(number, block) for number, block in enumerate(document.blocks) if isinstance(block, Table)]
    found: dict[int, list[Reading]] = defaultdict(list)
    for sheet in sheets_of(document, 0, tables):
        found[sheet.block] += _Sheet(document, sheet, lexicon, setting).read()
    return found


class _Sheet:
    def __init__(self, document: Document, sheet: Sheet, lexicon: Lexicon, setting: Setting) -> None:
        self.document, self.sheet, self.lexicon, self.setting = document, sheet, lexicon, setting
        self.subjects, self.reckoner = Subjects(lexicon), Reckoner(lexicon, setting)
        self.measure = self._stated_measure()
        form = form_of(document, sheet.block, [one.heading for one in sheet.columns], setting.period.year)
        self.form = FormReader(form, lexicon, setting.unit) if form else None
        self.columns = {column.index: self._column(column.heading) for column in sheet.columns}
        self.whole: Subject | None = None  # the last row with a name of its own, for the parts below it

    def read(self) -> Iterator[Reading]:
        for row in self.sheet.rows:
            piece = self._piece(row.label)
            if self.form is not None:
                yield from self._by_form(self.form, row, piece)
                continue
            if piece.is_defining and not piece.unknown:
                self._note_whole(piece)
            entries = self._entries(row, self.columns)
            of_row = any(self._is_estimate(entry, self.columns[index]) for index, entry in entries)
            for index, entry in entries:
                column = self.columns[index]
                if not column.is_passed:
                    is_estimate = self._is_estimate(entry, column) if _is_of_result(column) else of_row
                    yield from _bounds(self._reading(row, piece, column, entry, is_estimate=is_estimate), entry)

    def _entries(self, row: Row, columns: Mapping[int, _Column]) -> list[tuple[int, Entry]]:
        """The figures of a row; in columns of plans also those that words stand around: "từ 4 trở lên"."""
        found = dict(row.entries)
        table = self.document.blocks[self.sheet.block]
        for place, cell in enumerate(table.cells if isinstance(table, Table) else ()):
            column = columns.get(cell.column)
            if cell.row != row.index or column is None or cell.column in found or not _is_of_plan(column):
                continue
            printed = next((item.printed for item in self._items(cell.text) if item.printed is not None), None)
            if printed is not None:
                span = Span(self.sheet.block, 0, len(cell.text), place, self.sheet.document)
                found[cell.column] = Entry(printed.value, printed.decimals, span, cell.text.strip())
        return sorted(found.items())

    def _by_form(self, form: FormReader, row: Row, label: Piece) -> Iterator[Reading]:
        """A row of an annex that is printed by a known form."""
        subjects = form.row(row.label, label)
        entries = self._entries(row, self.columns)
        measured = {index: form.measure(self.sheet.columns[index].heading) for index, _ in entries}
        estimates = {
            headed[0]
            for index, entry in entries
            if (headed := measured[index]) is not None and self._is_estimate(entry, self._column(headed[1]))
        }
        for index, entry in entries:
            headed = measured[index]
            if headed is None or subjects is None or headed[0] not in subjects:
                yield self._unlinked(entry, _ROW.fill(words=row.label) if headed else _COLUMN.fill(words=""))
                continue
            column = self._column(headed[1])
            if column.piece.unknown:
                yield self._unlinked(entry, _COLUMN.fill(words=" ".join(column.piece.unknown)[:_SHOWN]))
                continue
            if column.is_change and column.base is None:
                column = replace(column, base=Base(Against.SAME))
            if not column.measure:
                column = replace(column, measure=self._column(self.sheet.columns[index].heading).measure)
            subject = subjects[headed[0]]
            is_estimate = self._is_estimate(entry, column) if _is_of_result(column) else headed[0] in estimates
            subject = replace(subject, is_estimate=subject.is_estimate or is_estimate)
            yield from _bounds(self._said(row, column, entry, subject), entry)

    def _is_estimate(self, entry: Entry, column: _Column) -> bool:
        """Whether a result is printed as an estimate: "650 (ước)"."""
        return _is_of_result(column) and any(item.is_cue("estimate") for item in self._items(entry.text))

    def _items(self, text: str) -> list[Item]:
        return items_of(Stretch(text, 0), self.lexicon, self.setting)

    def _piece(self, text: str) -> Piece:
        return Piece([item for item in self._items(text) if not item.mark])

    def _note_whole(self, piece: Piece) -> None:
        """A row that names an indicator or a crop by itself is the whole of the parts below it."""
        alone = self.subjects.after(piece, NOTHING)
        if alone is not None and (alone.codes or alone.crop):
            self.whole = alone

    def _column(self, heading: str) -> _Column:
        words = load("linking")["columns"]
        if heading.lower().strip(" .:") in words["passed"]:
            return _Column(Piece(), is_passed=True)
        items = self._items(heading)
        measures = [code for inside in _BRACKETED.findall(heading) if (code := self._measure_in(inside.strip()))]
        is_percent = "%" in heading
        kept = [item for item in items if not item.mark and not item.of(MEASURE) and item.text != "%"]
        piece = Piece(kept)
        measure = next((code for code in measures if code != PERCENT), "") if not is_percent else PERCENT
        base = base_in(piece)
        if piece.says("rise", "fall"):
            return _Column(piece, measure, base=base, is_change=True, is_percent=is_percent)
        if is_percent and (asked := _asked_against(kept)) is not None:
            return _Column(piece, PERCENT, own=asked[0], base=asked[1], is_percent=True)
        if is_percent or piece.says("against"):
            return _Column(piece, PERCENT, base=base, is_percent=True)
        return _Column(piece, measure, own=base)

    def _reading(self, row: Row, label: Piece, column: _Column, entry: Entry, *, is_estimate: bool) -> Reading:
        for piece, why in ((column.piece, _COLUMN), (label, _ROW)):
            if piece.unknown:
                return self._unlinked(entry, why.fill(words=" ".join(piece.unknown)[:_SHOWN]))
        if not label.items and not row.total:
            return self._unlinked(entry, _ROW.fill(words=row.label))
        subject = self._subject(row, label, column.piece)
        if subject is None:
            return self._unlinked(entry, _APART)
        subject = replace(subject, is_estimate=subject.is_estimate or is_estimate)
        return self._said(row, column, entry, subject)

    def _said(self, row: Row, column: _Column, entry: Entry, subject: Subject) -> Reading:
        printed = self._printed(row, column, entry)
        subject = self.reckoner.narrowed(subject, printed, "")
        found = self.reckoner.found(
            Said(printed, subject, own=column.own, base=column.base, is_change=column.is_change, is_estimated=True)
        )
        if isinstance(found, Text):
            return self._unlinked(entry, found, subject.codes)
        value = abs(found.value) if found.source.reckoning is Reckoning.CHANGE else found.value
        meant = meant_in(entry.text) if is_target(found.source) else None
        return Link(entry.span, entry.text, value, found.step, found.source, meant)

    def _subject(self, row: Row, label: Piece, heading: Piece) -> Subject | None:
        """What row and column name together, whichever of them names the indicator."""
        named = _joined(heading, label)
        over = None if row.total and not label.is_defining else self.whole
        found: list[Subject] = self._in_turn(heading, label) if heading.codes else []
        for before in (
            () if found else dict.fromkeys((NOTHING, *((over,) if over is not None and not heading.codes else ())))
        ):
            subject = self.subjects.after(named, before)
            if subject is not None and subject.codes:
                found.append(subject)
        if not found and heading.is_defining:
            found += self._in_turn(heading, label)
        if len({(one.codes, one.breakdown) for one in found[:1]}) != 1:
            return None
        return replace(found[0], is_estimate=heading.says("estimate") or label.says("estimate"))

    def _in_turn(self, heading: Piece, label: Piece) -> list[Subject]:
        """The column's indicator with the row's member."""
        first = self.subjects.after(heading, NOTHING)
        if first is None or not first.code or not label.is_defining:
            return []
        second = self.subjects.after(self.subjects.as_parts(label, first), first)
        return [second] if second is not None and second.codes else []

    def _printed(self, row: Row, column: _Column, entry: Entry) -> Printed:
        measure = PERCENT if column.is_percent else self._measure_of(row, column)
        is_range = entry.upper is not None
        # of a plan "36-38" the lower bound counts, as of "36 trở lên"
        is_bound = entry.comparator in (Comparator.AT_LEAST, Comparator.AT_MOST) or (is_range and _is_of_plan(column))
        is_point = column.is_change and not column.is_percent
        return Printed(
            entry.span,
            entry.text,
            entry.value,
            entry.decimals,
            measure,
            is_odd=is_range and not _is_of_plan(column),
            is_point=is_point,
            is_bound=is_bound,
        )

    def _measure_of(self, row: Row, column: _Column) -> str:
        table = self.document.blocks[self.sheet.block]
        if column.measure or not isinstance(table, Table):
            return column.measure
        for cell in table.cells:
            if cell.row == row.index and cell.column == self.sheet.unit_column:
                return self._measure_in(cell.text) or self.measure
        return self.measure

    def _measure_in(self, text: str) -> str:
        if text.strip() == "%":
            return PERCENT
        items = self._items(text)
        found = [code for item in items for code in item.of(MEASURE)]
        return found[0] if len(found) == 1 and len(items) == 1 else self.lexicon.measure_glued(text)

    def _stated_measure(self) -> str:
        """The unit of the whole table ("Đơn vị tính: triệu đồng"), from the lines right above it."""
        table = self.document.blocks[self.sheet.block]
        inside = [cell.text for cell in table.cells if cell.row < _ABOVE] if isinstance(table, Table) else []
        for text in inside:
            if len(text) < _LINE and (found := _UNIT_LINE.search(text)):
                return self._measure_in(found[1].strip())
        blocks = self.document.blocks[max(0, self.sheet.block - 3) : self.sheet.block]
        for block in reversed(blocks):
            if isinstance(block, Table):
                break
            if len(block.text) < _LINE and (found := _UNIT_LINE.search(block.text)):
                return self._measure_in(found[1].strip())
        return ""

    def _unlinked(self, entry: Entry, why: Text, codes: Sequence[str] = ()) -> Unlinked:
        return Unlinked(entry.span, entry.text, why, tuple(codes))


def _bounds(reading: Reading, entry: Entry) -> Iterator[Reading]:
    """What a cell says: of a range "36-38" the lower bound, and behind it the upper one."""
    yield reading
    if isinstance(reading, Link) and entry.upper is not None:
        source = replace(reading.source, argument=UPPER)
        upper = entry.upper * reading.step.scaleb(entry.decimals)
        text = _FIGURE.findall(entry.text)[-1]
        yield Link(reading.span, text, upper, reading.step, source)


def _asked_against(items: Sequence[Item]) -> tuple[Base, Base] | None:
    """What is asked for set against a result: "HĐND giao năm 2027 so với thực hiện năm 2026 (%)"."""
    at = next((place for place, item in enumerate(items) if item.is_cue("against")), 0)
    by = [item for item in items[at:] if item.of(AUTHORITY) or item.is_cue("assigned")]  # "so với ...: HĐND giao"
    own = base_in(Piece([*items[:at], *by]))
    base = base_in(Piece([item for item in items[at:] if item not in by]))
    if own is None or base is None or own.against is not Against.PLAN or base.against is not Against.TIME:
        return None
    return own, base


def _is_of_result(column: _Column) -> bool:
    """Whether a column tells figures themselves, and nothing that they are set against."""
    return not (column.is_passed or column.own or column.base or column.is_change or column.is_percent)


def _is_of_plan(column: _Column) -> bool:
    return column.own is not None and column.own.against is Against.PLAN


def _joined(heading: Piece, label: Piece) -> Piece:
    return Piece([*label.items, *heading.items])
