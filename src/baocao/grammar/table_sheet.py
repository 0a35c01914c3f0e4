"""A table as a reader takes it in: its columns by what they hold, its rows with label, unit, rank and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from baocao.grammar.table_cells import Entry, Unit, entry_of, folded, groups_by_commas, unit_in, unit_of
from baocao.grammar.table_header import Column, Head, head_of
from baocao.model import Block, Comparator, Document, Figure, Quantity, Span, Table
from baocao.reference import load

_MARKER = re.compile(r"\(?(?:([IVX]+)|([A-Z])|(\d{1,3})|(\d{1,3}(?:\.\d{1,3})+)|([a-zđ])|([-–+*•]))[.)]*$")
_BULLET = re.compile(r"([-–+*•])\s*\S")
_STATED_UNIT = re.compile(r"(?:ĐVT|đvt|[Đđ]ơn vị(?: tính)?)\s*:\s*([^).;,]{1,30})")
_RANKS = ("roman", "letter", "number", "dotted", "small", "bullet")


@dataclass(slots=True)
class Row:
    """One row below the head. ``marker`` tells its rank in a numbered hierarchy; figures stand by column."""

    index: int
    label: str
    label_span: Span | None
    marker: str
    unit: Unit | None
    entries: dict[int, Entry] = field(default_factory=dict)
    rated: Span | None = None
    rating: str = ""
    total: bool = False
    of_which: bool = False
    read: dict[int, Figure] = field(default_factory=dict)  # the figures that were asked for, by column


@dataclass(slots=True)
class Sheet:
    """The part of a table under one head."""

    block: int
    document: int
    head: Head
    rows: list[Row]
    unit: Unit | None  # of the whole table
    label_column: int
    unit_column: int
    figures: list[int] = field(default_factory=list)  # columns that hold figures
    counted: frozenset[int] = frozenset()  # columns of small whole numbers, all of them counts
    mixed: frozenset[int] = frozenset()  # columns that print decimals where there are any: a whole number is whole

    @property
    def columns(self) -> list[Column]:
        return self.head.columns

    def figure(self, row: Row, column: int) -> Figure:
        """The figure of a cell for the arithmetic of its own table, where all of a row or column has one scale."""
        figure = row.read.get(column)
        if figure is None:
            entry = row.entries[column]
            unit = "%" if self.columns[column].has("percent") else ""
            exact = not entry.decimals and entry.comparator is Comparator.EXACTLY and self.is_counted(row, column)
            quantity = Quantity(entry.value, entry.decimals, unit, 0, entry.comparator, entry.upper, exact)
            figure = row.read[column] = Figure(quantity, entry.span, entry.text, "", row.label)
        return figure

    def is_counted(self, row: Row, column: int) -> bool:
        """Whether whole numbers here are counts, so that no rounding is to be allowed for."""
        unit = self.unit_at(row, column)
        if unit is not None:
            return not unit.is_measured or column in self.mixed
        return column in self.counted or column in self.mixed

    def unit_at(self, row: Row, column: int) -> Unit | None:
        """The unit of a figure: its row's, else its column's, else the table's."""
        if row.unit is not None and not self.columns[column].has("percent"):
            return row.unit
        return self.columns[column].unit or self.unit

    def is_additive(self, column: int) -> bool:
        """Whether figures of a column can be added up."""
        marks = self.columns[column]
        unit = marks.unit
        return not marks.has("percent", "mean", "yield") and not (unit is not None and unit.is_percent)


def sheets_of(document: Document, index: int, tables: Sequence[tuple[int, Table]]) -> Iterator[Sheet]:
    """The sheets of a document's tables; a table without a head goes on under the head before it."""
    before: Sheet | None = None
    for block, table in tables:
        stated = _stated_unit(document.blocks, block, table)
        for sheet in _sheets(block, table, index, stated, before):
            if sheet.figures:
                yield sheet
            before = sheet


def _sheets(block: int, table: Table, document: int, unit: Unit | None, before: Sheet | None) -> Iterator[Sheet]:
    texts = [["" if cell is None else cell.text for cell in row] for row in table.grid()]
    if not texts or table.columns < 2:
        return
    head = head_of(texts)
    if head is None:
        if before is None or before.head.columns[-1].index + 1 != table.columns or before.block < block - 3:
            return
        head = Head(before.head.columns, 0, before.head.printed)
    places = _places(table)
    english = groups_by_commas(cell.text for cell in table.cells)
    while head is not None:
        again = _next_head(texts, head.below)
        yield _sheet(block, document, table, head, again or len(texts), places, unit, english)
        head = head_of(texts, again) if again else None


def _next_head(texts: list[list[str]], low: int) -> int:
    """The row of the next head of the same table (it is printed again on each page), or 0."""
    for row in range(low + 1, len(texts)):
        first = folded(texts[row][0]).strip(" .")
        if first and first in _column_words()["number"]:
            return row
    return 0


@cache
def _column_words() -> dict[str, list[str]]:
    return dict(load("tables")["columns"])


def _places(table: Table) -> list[dict[int, int]]:
    """The cells' numbers by row and column."""
    places: list[dict[int, int]] = [{} for _ in range(table.rows)]
    for number, cell in enumerate(table.cells):
        if cell.row < table.rows:
            places[cell.row][cell.column] = number
    return places


def _stated_unit(blocks: Sequence[Block], block: int, table: Table) -> Unit | None:
    """The unit that stands over a table ("Đơn vị tính: triệu đồng")."""
    above = [table.title]
    above += [each.text for each in blocks[max(0, block - 3) : block] if not isinstance(each, Table)]
    above += [cell.text for cell in table.cells[:12] if cell.row < 4]
    for text in reversed(above):
        match = _STATED_UNIT.search(text) if len(text) < 300 else None
        if match:
            return unit_of(match[1].strip())
    return None


def _sheet(
    block: int,
    document: int,
    table: Table,
    head: Head,
    last: int,
    places: list[dict[int, int]],
    unit: Unit | None,
    english: bool,
) -> Sheet:
    rows = []
    label, unit_column, number = _text_columns(table, head, last, places)
    for index in range(head.below, last):
        cells = {
            column: (Span(block, 0, len(table.cells[place].text), place, document), table.cells[place].text)
            for column, place in places[index].items()
        }
        if cells:
            rows.append(_row(index, cells, head, label, unit_column, number, english))
    sheet = Sheet(block, document, head, rows, unit, label, unit_column)
    counts: dict[int, int] = {}
    for row in rows:
        for column in row.entries:
            counts[column] = counts.get(column, 0) + 1
    sheet.figures = sorted(counts)
    sheet.mixed = frozenset(column for row in rows for column, entry in row.entries.items() if entry.decimals)
    sheet.counted = frozenset(column for column in counts if unit is None and _are_small_counts(rows, column))
    return sheet


def _are_small_counts(rows: list[Row], column: int) -> bool:
    entries = [row.entries[column] for row in rows if column in row.entries]
    return all(entry.decimals == 0 and abs(entry.value) < 10_000 for entry in entries)


def _text_columns(table: Table, head: Head, last: int, places: list[dict[int, int]]) -> tuple[int, int, int]:
    """The columns of labels, of units and of row numbers; -1 where there is none."""
    width = len(head.columns)
    number = next((column.index for column in head.columns[:2] if column.has("number")), -1)
    unit = next((column.index for column in head.columns if column.has("unit")), -1)
    label = -1
    for column in range(min(width, 4)):
        if column in (number, unit):
            continue
        texts = [table.cells[places[row][column]].text for row in range(head.below, last) if column in places[row]]
        words = sum(1 for text in texts if len(text) > 1 and any(char.isalpha() for char in text))
        if texts and 2 * words >= len(texts):
            label = column
            break
    if unit < 0 and label >= 0:
        unit = next((c.index for c in head.columns[label + 1 :] if folded(c.heading).strip() == "đơn vị"), -1)
    if number < 0 and label > 0:
        number = label - 1
    return label, unit, number


def _row(
    index: int,
    cells: dict[int, tuple[Span, str]],
    head: Head,
    label_column: int,
    unit_column: int,
    number_column: int,
    english: bool,
) -> Row:
    span, label = cells.get(label_column, (None, ""))
    number = cells.get(number_column, (None, ""))[1]
    if not label and number and not _MARKER.match(number):  # a title in the first column of a merged row
        span, label, number = cells[number_column][0], number, ""
    unit_text = cells.get(unit_column, (None, ""))[1]
    unit = unit_of(unit_text) if unit_text else unit_in(label)
    row = Row(index, label, span, _marker(number, label), unit)
    words = folded(label)
    row.total = _names_total(words)
    row.of_which = _begins(words, "of_which") != ""
    for column, (place, text) in cells.items():
        if column in (label_column, unit_column, number_column) or not text:
            continue
        entry = entry_of(text, place, english=english)
        if entry is not None:
            row.entries[column] = entry
        elif not row.rating and (outcome := outcome_of(text)):
            row.rated, row.rating = place, outcome
    return row


@cache
def _openings(kind: str) -> dict[str, tuple[str, ...]]:
    """The phrases of a kind of row by their first word, longest first."""
    found: dict[str, list[str]] = {}
    for phrase in sorted(load("tables")["rows"][kind], key=len, reverse=True):
        found.setdefault(phrase.split()[0], []).append(phrase)
    return {first: tuple(phrases) for first, phrases in found.items()}


def _begins(words: str, kind: str) -> str:
    """The phrase of a kind that a label begins with, or ""."""
    phrases = _openings(kind).get(words[1 : words.find(" ", 1)], ())
    return next((phrase for phrase in phrases if words.startswith(f" {phrase} ")), "")


def _names_total(words: str) -> bool:
    """Whether a row is the total: "Tổng thu ngân sách" names an indicator, "Cộng 20 đơn vị" is a total."""
    phrase = _begins(words, "total")
    rest = words[len(phrase) + 2 :].split()
    return phrase != "" and (phrase not in ("tổng", "cộng") or not rest or rest[0].isdigit() or rest[0] in "(:")


def _marker(number: str, label: str) -> str:
    match = _MARKER.match(number.strip())
    if match:
        rank = _RANKS[(match.lastindex or 1) - 1]
        if rank == "dotted":
            return f"dotted{number.count('.')}"
        return match[0].strip("().") if rank == "bullet" else rank
    match = _BULLET.match(label)
    return match[1].replace("–", "-") if match else ""


@cache
def _ratings() -> tuple[tuple[str, frozenset[str]], ...]:
    words = load("tables")["ratings"]
    return tuple((kind, frozenset(words[kind])) for kind in ("missed", "exceeded", "met"))


@lru_cache(maxsize=2048)
def outcome_of(text: str) -> str:
    """What a rating says: missed, exceeded, met, or "" for words that are no rating."""
    if len(text) > 40:
        return ""
    words = folded(text).strip(" .")
    for phrase in sorted(load("tables")["ratings"]["around"], key=len, reverse=True):
        words = words.removesuffix(f" {phrase}").strip(" .")
    for kind, phrases in _ratings():
        if words in phrases:
            return kind
    return ""
