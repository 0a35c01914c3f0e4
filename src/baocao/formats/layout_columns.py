"""A table whose columns are kept apart by spaces alone is known by the gutters that no row prints into."""

from __future__ import annotations

import re
from collections.abc import Sequence

from baocao.formats.layout_lines import Line
from baocao.formats.layout_text import read_pieces
from baocao.model import Cell, Table

_WORDS = re.compile(r"\S+(?: \S+)*")
_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 3
Words = list[tuple[int, int]]  # where the words of each cell begin and end in the printed line, in columns


def find_columns(source: str, lines: Sequence[Line], taken: dict[int, tuple[int, Table]]) -> None:
    """Add the tables whose cells are set apart by spaces to those that are known."""
    index = 0
    while index < len(lines):
        if index in taken or not _is_row(lines[index]):
            index += 1
            continue
        last = index + 1
        while last < len(lines) and last not in taken and lines[last].gap <= 1 and _is_row(lines[last]):
            last += 1
        if last - index >= _FEWEST_ROWS and (table := _table(source, lines[index:last])):
            taken[index] = (last, table)
        index = last


def _is_row(line: Line) -> bool:
    return "   " in line.text and not line.table and len(_WORDS.findall(line.text)) >= _FEWEST_COLUMNS


def _table(source: str, rows: Sequence[Line]) -> Table | None:
    """The rows with their words given to columns; None where the gutters do not run through all rows."""
    placed = [_words(row) for row in rows]
    columns = _columns(placed[1:])
    if len(columns) < _FEWEST_COLUMNS:
        return None
    cells: list[Cell] = []
    for number, (row, words) in enumerate(zip(rows, placed, strict=True)):
        found: dict[int, list[tuple[int, int]]] = {}
        for start, end in words:
            found.setdefault(_nearest(columns, start, end), []).append((start, end))
        for column, places in sorted(found.items()):
            shift = row.start - row.indent
            pieces = [(shift + start, shift + end) for start, end in places]
            reading = read_pieces(source, [(pieces[0][0], pieces[-1][1])])
            cells.append(Cell(reading.text, reading.runs, number, column, marks=reading.marks))
    return Table(tuple(cells), len(rows), len(columns))


def _words(row: Line) -> Words:
    return [(row.indent + match.start(), row.indent + match.end()) for match in _WORDS.finditer(row.text)]


def _columns(rows: Sequence[Words]) -> Words:
    """The stretches of the page's width that some row prints into, with gutters of two spaces between them."""
    columns: Words = []
    for start, end in sorted(words for row in rows for words in row):
        if columns and start <= columns[-1][1] + 1:
            columns[-1] = (columns[-1][0], max(columns[-1][1], end))
        else:
            columns.append((start, end))
    return columns


def _nearest(columns: Words, start: int, end: int) -> int:
    """The column that words stand over: the one that they share most with, else the nearest."""
    shared = [min(end, last) - max(start, first) for first, last in columns]
    return max(range(len(columns)), key=shared.__getitem__)
