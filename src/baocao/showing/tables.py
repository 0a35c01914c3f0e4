"""A table's rows as HTML: merged cells stay merged, and a sheet of thousands of rows shows those that matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from baocao.model import Cell, Language, Table, Text

_LONG = 200  # rows up to which a table is shown whole
_HEAD = 8  # rows of a long table that are always shown
_NEAR = 3  # rows shown before and after one with a finding

_LEFT_OUT = Text("… {n} dòng không có phát hiện", "… {n} rows without findings")


def table_rows(table: Table, remarked: set[int], shown: Callable[[Cell], str], lang: Language) -> Iterator[str]:
    """The rows of a table. ``remarked`` are those with findings; ``shown`` gives a cell's inner HTML."""
    grid = table.grid()
    left_out = 0
    wanted = _wanted(table, remarked)
    for number, row in enumerate(grid):
        if number not in wanted:
            left_out += 1
            continue
        if left_out:
            yield _gap(left_out, table.columns, lang)
            left_out = 0
        yield "<tr>" + "".join(_cells(number, row, shown)) + "</tr>"
    if left_out:
        yield _gap(left_out, table.columns, lang)


def _wanted(table: Table, remarked: set[int]) -> set[int] | range:
    if table.rows <= _LONG:
        return range(table.rows)
    near = {row + by for row in remarked for by in range(-_NEAR, _NEAR + 1)}
    return near | set(range(_HEAD))


def _cells(number: int, row: list[Cell | None], shown: Callable[[Cell], str]) -> Iterator[str]:
    """The cells that begin in a row; a place that a merged cell covers from before has none."""
    for column, cell in enumerate(row):
        if cell is None:
            yield "<td></td>"
        elif (cell.row, cell.column) == (number, column):
            spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
            spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
            tag = "th" if number == 0 and cell.text else "td"
            yield f"<{tag}{spans}>{shown(cell)}</{tag}>"


def _gap(rows: int, columns: int, lang: Language) -> str:
    return f'<tr><td class="left-out" colspan="{columns}">{_LEFT_OUT.say(lang, n=rows)}</td></tr>'
