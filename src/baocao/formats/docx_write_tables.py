"""A table of a report: fixed columns that fill the page's width, its head repeated on every page, its rows whole."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from baocao.formats.docx_write_lines import Writing
from baocao.formats.docx_write_measure import length
from baocao.formats.docx_write_pages import paragraph
from baocao.formats.docx_write_text import attribute
from baocao.model.draft import Align, Column, Grid, GridCell, text_of

Row = Sequence[GridCell]
Spans = dict[int, tuple[int, int]]  # first column of a span → rows still to cover, columns covered
_MARGINS = 140  # twips on both sides of a cell's text
_NARROWEST = 200  # twips; Word widens nothing by itself in a table of fixed columns
_ALIGNS = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
_SIZES = ((6, "Table12"), (10, "Table11"))  # the more columns, the smaller the letters
_SMALLEST = "Table10"
_WHOLE = 10  # rows of a table that is not parted between pages
_TOGETHER = 3  # rows that a page holds at least of a longer one
_ROOMY = 12000  # a page on its side takes more columns at the same size


def table(grid: Grid, writing: Writing, room: int) -> str:
    """The table in ``room`` twips; a table without columns prints nothing."""
    if not grid.columns or not (grid.head or grid.rows):
        return ""
    style = _style(len(grid.columns), room)
    across = roomy(widths(grid.columns, room), _longest(grid, int(style.removeprefix("Table"))))
    name = f'<w:tblCaption w:val="{attribute(grid.name)}"/>' if grid.name else ""
    rows = _Table(grid, across, style, writing).rows()
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in across)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Ruled"/><w:tblW w:w="{sum(across)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{name}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
    )


def widths(columns: Sequence[Column], room: int) -> list[int]:
    """The columns' widths in twips; they add up to the room, to the last twip."""
    shares = [max(column.width, Decimal(0)) for column in columns]
    whole = sum(shares) or Decimal(len(shares))
    if not any(shares):
        shares = [Decimal(1)] * len(shares)
    ends = [
        int((sum(shares[: index + 1], Decimal(0)) * room / whole).quantize(Decimal(1), ROUND_HALF_UP))
        for index in range(len(shares))
    ]
    found = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    for index, width in enumerate(found):
        if width < _NARROWEST:
            widest = found.index(max(found))
            found[widest] -= _NARROWEST - width
            found[index] = _NARROWEST
    return found


def roomy(across: Sequence[int], longest: Sequence[int]) -> list[int]:
    """Columns too narrow for their longest word ("III", "31/12/2026") take what they lack where most is to spare."""
    found = list(across)
    for index, wanted in enumerate(longest):
        spare = [width - least for width, least in zip(found, longest, strict=True)]
        richest = spare.index(max(spare))
        given = min(wanted - found[index], max(spare[richest], 0))
        if given > 0:
            found[richest] -= given
            found[index] += given
    return found


def _longest(grid: Grid, size: int) -> list[int]:
    """The room that the longest word of each column wants; a cell across several columns has room enough."""
    found = [0] * len(grid.columns)
    whole = [row for row in grid.rows if sum(max(cell.columns, 1) for cell in row) == len(found)]
    for row in whole:  # one with cells that are covered from above does not tell where its others stand
        at = 0
        for cell in row:
            if cell.columns == 1:
                words = text_of(cell.line).split()
                found[at] = max([found[at], *(length(word, size) + _MARGINS for word in words)])
            at += max(cell.columns, 1)
    return found


def _style(columns: int, room: int) -> str:
    allowed = 3 if room > _ROOMY else 0
    return next((style for most, style in _SIZES if columns <= most + allowed), _SMALLEST)


@dataclass
class _Table:
    """Writes rows, with the cells that a span from above covers put back, empty, as Word wants them."""

    grid: Grid
    across: list[int]
    style: str
    writing: Writing

    def rows(self) -> str:
        head = self._group(self.grid.head, is_head=True, keeps=frozenset(range(len(self.grid.head))))
        return head + self._group(self.grid.rows, is_head=False, keeps=_kept(self.grid.rows))

    def _group(self, rows: Sequence[Row], *, is_head: bool, keeps: Set[int]) -> str:
        """The rows of the head or below it; those of ``keeps`` stay on the page of the row that follows."""
        shown = []
        above: Spans = {}
        head = "<w:tblHeader/>" if is_head else ""
        for index, row in enumerate(rows):
            look = "<w:keepNext/>" if index in keeps else ""
            cells, above = self._row(row, above, len(rows) - index, look, is_head=is_head)
            shown.append(f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>")
        return "".join(shown)

    def _row(self, row: Row, above: Spans, left: int, look: str, *, is_head: bool) -> tuple[str, Spans]:
        """A row's cells, and what they cover in the rows below; ``left`` rows are left with this one."""
        waiting = list(row)
        shown: list[str] = []
        below: Spans = {}
        at = 0
        while at < len(self.across):
            if at in above:
                rows, columns = above[at]
                shown.append(_cell(paragraph("", self.style, look), self.across[at : at + columns], "<w:vMerge/>"))
                rows -= 1
            else:
                cell = waiting.pop(0) if waiting else GridCell()
                columns = self._free(cell.columns, at, above)
                rows = min(cell.rows, left) - 1
                merged = '<w:vMerge w:val="restart"/>' if rows > 0 else ""
                inside = self._inside(cell, self.grid.columns[at].align, look, is_head=is_head)
                shown.append(_cell(inside, self.across[at : at + columns], merged))
            if rows > 0:
                below[at] = (rows, columns)
            at += columns
        return "".join(shown), below

    def _free(self, wanted: int, at: int, above: Spans) -> int:
        """How many columns a cell can have: not more than there are before the next one that is covered from above."""
        end = min([at + max(wanted, 1), len(self.across), *(start for start in above if start > at)])
        return end - at

    def _inside(self, cell: GridCell, align: Align, look: str, *, is_head: bool) -> str:
        place = _ALIGNS[Align.CENTRE if is_head else align]
        shown = self.writing.line(cell.line, bold=is_head or cell.is_bold)
        return paragraph(shown, self.style, f'{look}<w:jc w:val="{place}"/>')


def _kept(rows: Sequence[Row]) -> Set[int]:
    """The rows below the head that stay on the page of the next one.

    A short table is whole; of a longer one no page begins or ends with a row alone, and no page ends with the name of
    rows that follow on the next.
    """
    last = len(rows) - 1
    if len(rows) <= _WHOLE:
        return frozenset(range(last))
    ends = {*range(_TOGETHER - 1), *range(last - _TOGETHER + 1, last)}
    return ends | {index for index in range(last) if _heads(rows[index], rows[index + 1])}


def _heads(row: Row, below: Row) -> bool:
    """Whether a row is the name of those below it: it runs over several columns, or is bold where they are not."""
    return any(cell.columns > 1 for cell in row) or (_is_bold(row) and not _is_bold(below))


def _is_bold(row: Row) -> bool:
    return any(cell.is_bold for cell in row)


def _cell(inside: str, covered: list[int], merged: str) -> str:
    span = f'<w:gridSpan w:val="{len(covered)}"/>' if len(covered) > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{sum(covered)}" w:type="dxa"/>{span}{merged}<w:vAlign w:val="center"/></w:tcPr>'
        f"{inside}</w:tc>"
    )
