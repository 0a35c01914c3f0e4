"""A printed form as a file: Word, and the PDF of that very file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.conf import settings

from baocao.formats import docx_write_form, pdf_write
from baocao.formats.docx_write_form import FormPage
from baocao.model.draft import Align, Column, Grid, GridCell, Words
from baocao_web.collecting.paper.printing import Line, Printed, words
from baocao_web.places.turns import ON_A_PAGE, turn

_WIDTHS: Final = (6, 40, 14)  # shares of TT, Chỉ tiêu, Đơn vị tính
_FIGURE: Final = 15
_WAIT: Final = 2  # seconds for one's turn: whoever waits here holds a worker of the application
_SECONDS: Final = 40  # for LibreOffice; a worker is stopped that answers nothing for a minute


def word(form: Printed, unit: str, at: datetime) -> bytes:
    """The form as a Word file."""
    return docx_write_form.written(_page(form, unit), at)


def pdf(form: Printed, unit: str, at: datetime) -> bytes:
    """The form as a PDF. Raises ``Busy``, and ``Unreadable`` where LibreOffice is missing, too slow or fails."""
    with turn(settings.FOLDER, ON_A_PAGE, _WAIT) as room:
        return pdf_write.converted(word(form, unit, at), room=room, seconds=_SECONDS)


def _page(form: Printed, unit: str) -> FormPage:
    foot = words()["foot"]
    aligns = (Align.CENTRE, Align.LEFT, Align.CENTRE)
    columns = tuple(Column(Decimal(width), align) for width, align in zip(_WIDTHS, aligns, strict=True))
    figures = tuple(Column(Decimal(_FIGURE)) for _ in range(len(form.heads) - len(_WIDTHS)))
    head = tuple(_cell(one, is_bold=True) for one in form.heads)
    letters = tuple(GridCell((Words(one, is_italic=True),)) for one in form.letters)
    grid = Grid(columns + figures, (head, letters), tuple(tuple(_row(line, len(figures))) for line in form.lines))
    return FormPage(
        left=form.left,
        right=form.right,
        title=form.title,
        period=form.period,
        grid=grid,
        remarks=form.remarks,
        day=form.day,
        signs=tuple((foot[who], foot[f"{who}_signs"]) for who in ("compiler", "head")),
        unit=unit,
        is_lying=form.is_lying,
    )


def _row(line: Line, figures: int) -> Iterator[GridCell]:
    if line.row.is_heading:
        yield _cell(line.row.number, is_bold=True)
        yield GridCell((Words(line.row.name.vi),), columns=figures + 2, is_bold=True)
        return
    mark = f" {words()['head']['compulsory']}" if line.row.is_compulsory else ""
    yield _cell(line.row.number)
    yield _cell(line.row.name.vi + mark)
    yield _cell(line.row.measure.vi)
    yield from (_cell(told) for told in line.cells)


def _cell(text: str, *, is_bold: bool = False) -> GridCell:
    return GridCell((Words(text, is_bold=is_bold),), is_bold=is_bold)
