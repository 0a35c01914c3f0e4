"""The decree's page: A4, its margins, its text in Times New Roman 14; lengths in twips, letters in points."""

from __future__ import annotations

from dataclasses import dataclass

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DRAWN = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

FONT = "Times New Roman"
BODY = 14  # Decree 30/2020, annex I: 13 to 14
INDENT = 720  # 1.27 cm
GAP = 120  # at least 6 points between paragraphs
LINE = 264  # 1.1 lines of 240

_FROM_ONE = '<w:pgNumType w:start="1"/>'
_SHORT, _LONG = 11906, 16838
_TOP, _BOTTOM, _LEFT, _RIGHT, _RIGHT_LYING = 1134, 1134, 1701, 1134, 851  # 20, 20, 30, 20 and 15 mm
_TO_NUMBER = 567  # the page number stands in the middle of the top margin


@dataclass(frozen=True, slots=True)
class Page:
    """A4, standing or lying on its side. ``width`` is what is left between the margins."""

    is_landscape: bool = False

    @property
    def width(self) -> int:
        return _LONG - _LEFT - _RIGHT_LYING if self.is_landscape else _SHORT - _LEFT - _RIGHT

    def section(self, *, restarts: bool) -> str:
        """The properties of a section: no number on its first page; an annex counts from one again."""
        size = (
            f'<w:pgSz w:w="{_LONG}" w:h="{_SHORT}" w:orient="landscape"/>'
            if self.is_landscape
            else f'<w:pgSz w:w="{_SHORT}" w:h="{_LONG}"/>'
        )
        return (
            '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
            '<w:headerReference w:type="first" r:id="rIdFirstHeader"/>'
            '<w:type w:val="nextPage"/>'
            f"{size}"
            f'<w:pgMar w:top="{_TOP}" w:right="{_RIGHT_LYING if self.is_landscape else _RIGHT}" w:bottom="{_BOTTOM}" '
            f'w:left="{_LEFT}" w:header="{_TO_NUMBER}" w:footer="{_TO_NUMBER}" w:gutter="0"/>'
            f"{_FROM_ONE if restarts else ''}"
            "<w:titlePg/></w:sectPr>"
        )


STANDING, LYING = Page(), Page(is_landscape=True)


def paragraph(inside: str, style: str = "", extra: str = "") -> str:
    """A paragraph; ``extra`` is what its properties hold after the style, in the schema's order."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{extra}</w:pPr>" if named or extra else ""
    return f"<w:p>{properties}{inside}</w:p>"


def bare_table(widths: tuple[int, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    """A table without borders, for things that stand side by side; a row is not parted between pages."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    shown = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for width, cell in zip(widths, row, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Bare"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{shown}</w:tbl>'
    )
