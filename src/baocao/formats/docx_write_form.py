"""A form (biểu) as a Word file: its own head, the table over as many pages as it needs, who signs below.

A form is no letter: it has neither number nor motto. Which form it is stands on the left, from whom to whom on the
right, its title and period in the middle, as forms that decrees and circulars ask for are printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from baocao.formats import docx_write, docx_write_tables
from baocao.formats.docx_write_headings import FIRST_LIST, Headings
from baocao.formats.docx_write_lines import Writing, look
from baocao.formats.docx_write_pages import DECLARATION, DRAWN, LYING, NAMES, STANDING, bare_table, paragraph
from baocao.formats.docx_write_text import runs
from baocao.model.draft import Draft, Grid, Head, Signature

_SIZE = 12
_ABOVE = '<w:spacing w:before="240" w:after="0"/>'
_BELOW = '<w:spacing w:before="0" w:after="200"/>'


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form to be printed. ``signs`` are those who sign, from left to right, each with how ("(Ký, ghi rõ họ tên)")."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    title: str
    period: str
    grid: Grid
    remarks: tuple[str, ...]
    day: str
    signs: tuple[tuple[str, str], ...]
    unit: str
    is_lying: bool = False


def written(form: FormPage, at: datetime) -> bytes:
    """The Word file of a form; ``at`` is when it was made, nothing else in it depends on a clock."""
    writing = Writing()
    page = LYING if form.is_lying else STANDING
    body = _head(form, page.width) + docx_write_tables.table(form.grid, writing, page.width)
    body += paragraph("", "AfterTable") + _foot(form, page.width)
    body += paragraph("", "SectionEnd") + page.section(restarts=False)
    document = f"{DECLARATION}<w:document {NAMES} {DRAWN}><w:body>{body}</w:body></w:document>"
    about = Draft(Head(form.unit, "", "", form.left[0] if form.left else "", form.title), (), Signature(()), ())
    return docx_write.packaged(document, [Headings.of((), FIRST_LIST)], writing, about, at)


def _head(form: FormPage, room: int) -> str:
    """Which form it is and from whom to whom, then the title and the period."""
    half = room // 2
    left = "".join(_line(words, "left", bold=not place) for place, words in enumerate(form.left))
    right = "".join(_line(words, "left") for words in form.right)
    shown = bare_table((half, room - half), ((left or _line("", "left"), right or _line("", "left")),))
    shown += paragraph(runs(form.title.upper(), look(bold=True, size=14)), "Centred", _ABOVE)
    return shown + paragraph(runs(form.period, look(italic=True, size=13)), "Centred", _BELOW)


def _foot(form: FormPage, room: int) -> str:
    """Remarks, then who signs side by side, the day above the last of them."""
    shown = "".join(_line(remark, "both", italic=True) for remark in form.remarks)
    count = max(len(form.signs), 1)
    widths = (*([room // count] * (count - 1)), room - room // count * (count - 1))
    cells = []
    for place, (who, how) in enumerate(form.signs, 1):
        day = form.day if place == count else ""
        cells.append(
            _line(day, "center", italic=True, keeps=True)
            + _line(who.upper(), "center", bold=True, keeps=True)
            + _line(how, "center", italic=True, keeps=True)
            + paragraph("", "SignatureRoom") * 4
        )
    return shown + paragraph("", "AfterTable") + (bare_table(widths, (tuple(cells),)) if cells else "")


def _line(words: str, align: str, *, bold: bool = False, italic: bool = False, keeps: bool = False) -> str:
    extra = ("<w:keepNext/>" if keeps else "") + f'<w:jc w:val="{align}"/>'
    return paragraph(runs(words, look(bold=bold, italic=italic, size=_SIZE)), "Table12", extra)
