"""A table in a PDF is words between ruled lines."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from baocao.formats.pdf_lines import PageCell, PageLine

if TYPE_CHECKING:
    import pypdfium2

_FEWEST_RULES = 6  # two rows of two cells between lines; a page's head and foot have one or two
_MOST_OBJECTS = 20_000  # a page with more than this is a map or a drawing
_NEAR = 3.0  # points; cells' edges that are nearer than this are one edge
_FEWEST_FILLED = 0.25


def with_tables(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, lines: list[PageLine], number: int
) -> list[PageLine]:
    """The lines of a page with those of its ruled tables replaced by the tables.

    Without pdfplumber the words of a table stay lines.
    """
    if len(lines) < 3 or not _is_ruled(page):
        return lines
    try:
        import pdfplumber
    except ImportError:
        return lines
    with pdfplumber.open(_alone(document, number)) as alone:
        found = alone.pages[0].find_tables()
        height = float(alone.pages[0].height)
        areas = [(table, [float(edge) for edge in table.bbox]) for table in found]
        text_page = page.get_textpage()
        try:
            for table, area in areas:
                lines = _replaced(lines, _table_line(text_page, table, area, height, number), area, height)
        finally:
            text_page.close()
    return lines


def _alone(document: pypdfium2.PdfDocument, number: int) -> BytesIO:
    """The lines of one page as a PDF of its own.

    pdfplumber looks for a page from the first one on, and takes most of its time for letters, which are known.
    """
    import pypdfium2
    from pypdfium2 import raw

    single = pypdfium2.PdfDocument.new()
    try:
        single.import_pages(document, [number])
        page = single[0]
        try:
            handle = page.raw
            for index in range(raw.FPDFPage_CountObjects(handle) - 1, -1, -1):
                piece = raw.FPDFPage_GetObject(handle, index)
                if raw.FPDFPageObj_GetType(piece) != raw.FPDF_PAGEOBJ_PATH:
                    raw.FPDFPage_RemoveObject(handle, piece)
                    raw.FPDFPageObj_Destroy(piece)
            raw.FPDFPage_GenerateContent(handle)
        finally:
            page.close()
        content = BytesIO()
        single.save(content)
        content.seek(0)
        return content
    finally:
        single.close()


def _is_ruled(page: pypdfium2.PdfPage) -> bool:
    from pypdfium2 import raw

    handle = page.raw
    count = min(raw.FPDFPage_CountObjects(handle), _MOST_OBJECTS)
    paths = 0
    for index in range(count):
        if raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(handle, index)) == raw.FPDF_PAGEOBJ_PATH:
            paths += 1
            if paths >= _FEWEST_RULES:
                return True
    return False


def _table_line(
    text_page: pypdfium2.PdfTextPage, table: Any, area: Sequence[float], height: float, number: int
) -> PageLine | None:
    """The cells with their words, rows and columns; None for what is drawn like a table and holds no figures."""
    boxes = sorted({tuple(float(edge) for edge in box) for box in table.cells}, key=lambda box: (box[1], box[0]))
    columns = _edges([box[0] for box in boxes])
    rows = _edges([box[1] for box in boxes])
    if len(columns) < 2 or len(rows) < 2:
        return None
    cells = []
    for left, top, right, bottom in boxes:
        words = text_page.get_text_bounded(left, height - bottom, right, height - top)
        text = unicodedata.normalize("NFC", " ".join(words.replace("\ufffe", "-").replace("\x02", "-").split()))
        if text:
            row, column = _place(rows, top), _place(columns, left)
            spans = _place(rows, bottom - _NEAR) - row + 1, _place(columns, right - _NEAR) - column + 1
            cells.append(PageCell(text, row, column, max(1, spans[0]), max(1, spans[1])))
    if len(cells) < max(4, _FEWEST_FILLED * len(boxes)):
        return None
    cells.sort(key=lambda cell: (cell.row, cell.column))
    top = height - area[1]
    return PageLine("", 0.0, area[0], area[2], top, number, cells=cells, rows=len(rows), columns=len(columns))


def _edges(values: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _place(edges: Sequence[float], value: float) -> int:
    return max(0, bisect_left(edges, value + _NEAR) - 1)


def _replaced(lines: list[PageLine], table: PageLine | None, area: Sequence[float], height: float) -> list[PageLine]:
    """The lines outside a table's area, and the table where its first line stood."""
    left, top, right, bottom = area
    within = [left - 2 <= line.left <= right and height - bottom - 2 <= line.base <= height - top + 2 for line in lines]
    if table is None or not any(within):  # the bars of a chart may look ruled, but hold no lines of the text
        return lines
    kept: list[PageLine] = []
    placed = False
    for line, is_inside in zip(lines, within, strict=True):
        if not placed and (is_inside or line.base < height - top):
            kept.append(table)
            placed = True
        if not is_inside:
            kept.append(line)
    return kept if placed else [*kept, table]
