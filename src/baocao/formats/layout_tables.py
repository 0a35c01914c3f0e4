"""Tables in plain text: rows whose cells are parted by tabs, or by Markdown's upright bars."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from baocao.formats.layout_labels import label_of
from baocao.formats.layout_lines import Line
from baocao.formats.layout_text import read_pieces
from baocao.model import Cell, Table

_BAR = re.compile(r"(?<!\\)\|")
_BAR_RULE = re.compile(r"[|:\-+\s=]+")
Place = tuple[int, int]  # the source from ... to


def find_tables(source: str, lines: Sequence[Line]) -> dict[int, tuple[int, Table]]:
    """The tables by the index of their first line, each with the index after its last."""
    tables = {index: (index + 1, line.table) for index, line in enumerate(lines) if line.table}
    if "\t" in source:
        _collect(source, lines, tables, _tabbed, _is_tabbed)
    if "|" in source:
        _collect(source, lines, tables, _barred, _is_barred)
    return tables


def _collect(
    source: str,
    lines: Sequence[Line],
    tables: dict[int, tuple[int, Table]],
    cells_of: Callable[[str, Line], list[Place]],
    is_row: Callable[[str, Line], bool],
) -> None:
    index = 0
    while index < len(lines):
        if not is_row(source, lines[index]):
            index += 1
            continue
        last = index + 1
        while last < len(lines) and lines[last].gap <= 1 and is_row(source, lines[last]):
            last += 1
        if table := _table(source, lines[index:last], cells_of):
            tables[index] = (last, table)
        index = last


def _table(source: str, rows: Sequence[Line], cells_of: Callable[[str, Line], list[Place]]) -> Table | None:
    """A table of at least two rows and two columns with something in them, or None."""
    placed = [cells_of(source, row) for row in rows if not _BAR_RULE.fullmatch(row.text)]
    columns = max((len(row) for row in placed), default=0)
    filled = [sum(end > start for start, end in row) for row in placed]
    if columns < 2 or sum(count >= 2 for count in filled) < 2:
        return None
    cells = []
    for number, row in enumerate(placed):
        for column, (start, end) in enumerate(row):
            if end > start and (reading := read_pieces(source, [(start, end)])).text:
                cells.append(Cell(reading.text, reading.runs, number, column, marks=reading.marks))
    return Table(tuple(cells), len(placed), columns)


def _whole(source: str, line: Line) -> Place:
    """The line with the tabs around it, which stand for empty cells."""
    start, end = line.start, line.end
    while start > 0 and source[start - 1] in "\t ":
        start -= 1
    while end < len(source) and source[end] in "\t ":
        end += 1
    return start, end


def _is_tabbed(source: str, line: Line) -> bool:
    if line.table or source.find("\t", max(0, line.start - 1), line.end + 1) < 0:
        return False
    start, end = _whole(source, line)
    tabs = source.count("\t", start, end)
    first, _, rest = line.text.partition("\t")
    # a list item whose label is set off by a tab is a line of text
    return tabs > 1 or not (bool(rest) and label_of(first + " ") == first.strip())


def _tabbed(source: str, line: Line) -> list[Place]:
    start, end = _whole(source, line)
    # spaces before the first tab or the first word are no cell of their own
    places = []
    while True:
        tab = source.find("\t", start, end)
        places.append(_stripped(source, start, end if tab < 0 else tab))
        if tab < 0:
            return places
        start = tab + 1


def _is_barred(source: str, line: Line) -> bool:
    return line.text[0] == "|" and line.text.count("|") >= 2


def _barred(source: str, line: Line) -> list[Place]:
    bars = [line.start + match.start() for match in _BAR.finditer(line.text)]
    if bars[-1] != line.end - 1:
        bars.append(line.end)
    return [_stripped(source, start + 1, end) for start, end in pairwise(bars)]


def _stripped(source: str, start: int, end: int) -> Place:
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    return start, end
