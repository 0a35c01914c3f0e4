"""Remarks as native notes in a copy of the PDF that they are made on: its words marked, the remark in their note.

A PDF knows letters and no words. A remark's words are found again among the letters of all pages, by what stands
before and behind them as well; where they are not found, or in two places, the note stands at the head of the first
page and says which words it is about.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import pypdfium2

_AROUND: Final = (160, 60, 20, 0)  # letters of the text before and behind that a place is known by
_COLOUR: Final = (255, 213, 79, 120)  # red, green, blue, how dense
_NOTE: Final = 18.0  # points of a note that stands by itself
_MARGIN: Final = 24.0


class Remark(NamedTuple):
    """A remark on the words of a text from ``start`` to ``end``; ``lines`` are its paragraphs."""

    start: int
    end: int
    lines: tuple[str, ...]


class _Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class _Letters:
    """The letters and figures of all pages, one after another, each with its page and its place there."""

    text: str
    places: Sequence[tuple[int, int]]


def annotate(source: Path, target: Path, text: str, remarks: Sequence[Remark], author: str) -> int:
    """Write a copy of a PDF with its remarks; how many of them stand on their very words.

    ``text`` is the text that the remarks' places are counted in. Raises ``OSError`` where the copy cannot be written.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(source)
    try:
        letters = _letters(document)
        placed = 0
        for nth, remark in enumerate(remarks):
            found = _place(letters, text, remark)
            if found is None:
                _put_aside(document, nth, remark, author)
            else:
                _mark(document, found, remark, author)
                placed += 1
        document.save(target)
    finally:
        document.close()
    return placed


def _letters(document: pypdfium2.PdfDocument) -> _Letters:
    from pypdfium2 import raw

    signs: list[str] = []
    places: list[tuple[int, int]] = []
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        for index in range(text_page.count_chars()):
            for sign in _bare(chr(raw.FPDFText_GetUnicode(text_page.raw, index))):
                signs.append(sign)
                places.append((number, index))
        text_page.close()
        page.close()
    return _Letters("".join(signs), places)


def _bare(text: str) -> str:
    """Letters and figures alone, raised ones as plain ones, without their marks: these may be letters of their own."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if sign.isalnum())


def _place(letters: _Letters, text: str, remark: Remark) -> list[tuple[int, int]] | None:
    """The letters of a remark's words; None where they are not found, or in more places than one."""
    words = _bare(text[remark.start : remark.end])
    if not words:
        return None
    for around in _AROUND:
        before = _bare(text[max(0, remark.start - around) : remark.start])
        behind = _bare(text[remark.end : remark.end + around])
        looked_for = before + words + behind
        at = letters.text.find(looked_for)
        if at >= 0 and letters.text.find(looked_for, at + 1) < 0:
            first = at + len(before)
            return list(letters.places[first : first + len(words)])
    return None


def _mark(document: pypdfium2.PdfDocument, found: Sequence[tuple[int, int]], remark: Remark, author: str) -> None:
    """Mark words; a note that goes on over a page's foot stands on the page that it begins on."""
    from pypdfium2 import raw

    number = found[0][0]
    page = document[number]
    text_page = page.get_textpage()
    boxes = list(_boxes(text_page, [index for at, index in found if at == number]))
    text_page.close()
    if boxes:
        note = raw.FPDFPage_CreateAnnot(page.raw, raw.FPDF_ANNOT_HIGHLIGHT)
        for box in boxes:
            corners = (box.left, box.top, box.right, box.top, box.left, box.bottom, box.right, box.bottom)
            raw.FPDFAnnot_AppendAttachmentPoints(note, ctypes.byref(raw.FS_QUADPOINTSF(*corners)))
        _write(note, _around(boxes), remark, author)
    page.close()


def _boxes(text_page: Any, indexes: Sequence[int]) -> Iterator[_Box]:
    """The boxes of letters, those of one line joined."""
    from pypdfium2 import raw

    sides = tuple(ctypes.c_double() for _ in range(4))
    line: _Box | None = None
    for index in indexes:
        if not raw.FPDFText_GetCharBox(text_page.raw, index, *sides):
            continue
        left, right, bottom, top = (side.value for side in sides)
        box = _Box(left, bottom, right, top)
        if line is not None and box.bottom < line.top and box.top > line.bottom and box.left >= line.left:
            line = _around((line, box))
        else:
            if line is not None:
                yield line
            line = box
    if line is not None:
        yield line


def _around(boxes: Sequence[_Box]) -> _Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return _Box(min(lefts), min(bottoms), max(rights), max(tops))


def _put_aside(document: pypdfium2.PdfDocument, nth: int, remark: Remark, author: str) -> None:
    """A note of its own at the head of the first page."""
    from pypdfium2 import raw

    page = document[0]
    width, height = page.get_size()
    left = _MARGIN + (nth * _NOTE) % max(width - 2 * _MARGIN, _NOTE)
    top = height - _MARGIN / 2
    note = raw.FPDFPage_CreateAnnot(page.raw, raw.FPDF_ANNOT_TEXT)
    _write(note, _Box(left, top - _NOTE, left + _NOTE, top), remark, author)
    page.close()


def _write(note: Any, box: _Box, remark: Remark, author: str) -> None:
    """Give a note its place, its colour, its words and whose they are."""
    from pypdfium2 import raw

    raw.FPDFAnnot_SetRect(note, ctypes.byref(raw.FS_RECTF(box.left, box.top, box.right, box.bottom)))
    raw.FPDFAnnot_SetColor(note, raw.FPDFANNOT_COLORTYPE_Color, *_COLOUR)
    raw.FPDFAnnot_SetFlags(note, raw.FPDF_ANNOT_FLAG_PRINT)
    for key, words in ((b"Contents", "\n".join(remark.lines)), (b"T", author)):
        wide = (words + "\0").encode("utf-16-le")
        raw.FPDFAnnot_SetStringValue(note, key, ctypes.cast(ctypes.c_char_p(wide), raw.FPDF_WIDESTRING))
    raw.FPDFPage_CloseAnnot(note)
