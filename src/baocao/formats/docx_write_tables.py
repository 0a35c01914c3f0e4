"""A table of a report: fixed columns that fill the page's width, its head repeated on every page, its rows whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from baocao.formats.docx_write_lines import Writing
from baocao.formats.docx_write_pages import paragraph
from baocao.formats.docx_write_text import attribute
from baocao.model.draft import Align, Column, Grid, GridCell

Rows = Sequence[Sequence[GridCell]]
_NARROWEST = 200  # twips; Word widens nothing by itself in a table of fixed columns
_ALIGNS = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
_SIZES = ((6, "Table12"), (10, "Table11"))  # the more columns, the smaller the letters
_SMALLEST = "Table10"
_ROOMY = 12000  # a page on its side takes more columns at the same size


def table(grid: Grid, writing: Writing, room: int) -> str:
    """The table in ``room`` twips; a table without columns prints nothing."""
    if not grid.columns or not (grid.head or grid.rows):
        return ""
    across = widths(grid.columns, room)
    style = _style(len(across), room)
    name = f'<w:tblCaption w:val="{attribute(grid.name)}"/>' if grid.name else ""
    rows = _rows(grid.head, grid, across, style, writing, is_head=True)
    rows += _rows(grid.rows, grid, across, style, writing, is_head=False)
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


def _style(columns: int, room: int) -> str:
    allowed = 3 if room > _ROOMY else 0
    return next((style for most, style in _SIZES if columns <= most + allowed), _SMALLEST)


def _rows(rows: Rows, grid: Grid, across: list[int], style: str, writing: Writing, *, is_head: bool) -> str:
    """Rows with the cells that a span from above covers put back, empty, as Word wants them."""
    shown = []
    below: dict[int, tuple[int, int]] = {}  # first column of a span → rows still to cover, columns
    for index, row in enumerate(rows):
        cells, below = _row(row, grid, across, style, writing, below, rows_left=len(rows) - index, is_head=is_head)
        head = "<w:tblHeader/>" if is_head else ""
        shown.append(f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>")
    return "".join(shown)


def _row(
    row: Sequence[GridCell],
    grid: Grid,
    across: list[int],
    style: str,
    writing: Writing,
    above: dict[int, tuple[int, int]],
    *,
    rows_left: int,
    is_head: bool,
) -> tuple[str, dict[int, tuple[int, int]]]:
    waiting = list(row)
    shown: list[str] = []
    below: dict[int, tuple[int, int]] = {}
    at = 0
    while at < len(across):
        if at in above:
            left, spanned = above[at]
            shown.append(_cell("<w:p/>", across[at : at + spanned], "<w:vMerge/>", style))
            if left > 1:
                below[at] = (left - 1, spanned)
            at += spanned
            continue
        cell = waiting.pop(0) if waiting else GridCell()
        spanned = _free(cell.columns, at, len(across), above)
        spans = min(cell.rows, rows_left)
        merged = '<w:vMerge w:val="restart"/>' if spans > 1 else ""
        if spans > 1:
            below[at] = (spans - 1, spanned)
        align = Align.CENTRE if is_head else grid.columns[at].align
        bold = is_head or cell.is_bold
        inside = paragraph(writing.line(cell.line, bold=bold), style, f'<w:jc w:val="{_ALIGNS[align]}"/>')
        shown.append(_cell(inside, across[at : at + spanned], merged, style))
        at += spanned
    return "".join(shown), below


def _free(wanted: int, at: int, columns: int, above: dict[int, tuple[int, int]]) -> int:
    """How many columns a cell can have: not more than there are before the next one that is covered from above."""
    end = min([at + max(wanted, 1), columns, *(start for start in above if start > at)])
    return end - at


def _cell(inside: str, covered: list[int], merged: str, style: str) -> str:
    span = f'<w:gridSpan w:val="{len(covered)}"/>' if len(covered) > 1 else ""
    inside = inside if inside != "<w:p/>" else paragraph("", style)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{sum(covered)}" w:type="dxa"/>{span}{merged}<w:vAlign w:val="center"/></w:tcPr>'
        f"{inside}</w:tc>"
    )
