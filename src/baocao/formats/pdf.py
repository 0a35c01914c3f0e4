"""A PDF is a picture of pages: its paragraphs, notes and tables are told by where the letters stand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from baocao.formats import limits
from baocao.formats.errors import Unreadable
from baocao.formats.layout import lay_out
from baocao.formats.pdf_flow import flowing
from baocao.formats.pdf_lines import PageLine, lines_of
from baocao.model import Document, Text

if TYPE_CHECKING:
    import pypdfium2

SUFFIXES: tuple[str, ...] = (".pdf",)

_LOCKED = Text(
    "tệp PDF được đặt mật khẩu nên không đọc được; hãy mở bằng mật khẩu rồi in lại thành PDF không khóa.",
    "the PDF is locked with a password; open it with the password and print it to a PDF without one.",
)
_CUT_OFF = Text(
    "tệp PDF bị cắt cụt (thiếu phần cuối); hãy tải lại hoặc xin lại tệp.",
    "the PDF is cut off (its end is missing); fetch it again.",
)
_DAMAGED = Text(
    "tệp PDF bị hỏng, không mở được; hãy tải lại, hoặc mở bằng trình xem PDF rồi lưu lại.",
    "the PDF is damaged and cannot be opened; fetch it again, or open and save it in a PDF viewer.",
)
_TOO_MANY = Text(
    "tệp PDF có {pages} trang, giới hạn là {limit} trang; hãy tách tệp.",
    "the PDF has {pages} pages, the limit is {limit}; split it.",
)
_TOO_LONG = Text(
    "phần chữ của tệp PDF vượt quá {limit} MB; hãy tách tệp.",
    "the text of the PDF is longer than {limit} MB; split it.",
)
_NO_PAGES = Text(
    "tệp PDF không có chữ nào; hãy kiểm tra lại tệp.",
    "the PDF has no words in it; check the file.",
)
_END_BYTES = 65_536


def read(path: Path, name: str) -> Document:
    """The document of a PDF; ``source`` is its printed lines from top to bottom, page after page.

    Raises ``Unreadable`` for locked, damaged, cut-off and overlong files, and ``NeedsProgram`` for
    scanned pages where no program to read them is installed.
    """
    _refuse_cut_off(path)
    document = _opened(path)
    try:
        pages = len(document)
        if pages > limits.MAX_PAGES:
            raise Unreadable(_TOO_MANY.fill(pages=pages, limit=limits.MAX_PAGES))
        printed = _printed(document)
    finally:
        document.close()
    if not printed:
        raise Unreadable(_NO_PAGES)
    source, lines = flowing(printed)
    laid = lay_out(source, lines)
    return Document(name, source, laid.blocks, laid.title, ".pdf", laid.notes)


def _refuse_cut_off(path: Path) -> None:
    with path.open("rb") as file:
        begins = b" obj" in file.read(_END_BYTES)
        file.seek(0, 2)
        file.seek(max(0, file.tell() - _END_BYTES))
        if b"startxref" not in file.read():
            # without a single object it never was more of a PDF than its first line
            raise Unreadable(_CUT_OFF if begins else _DAMAGED)


def _opened(path: Path) -> pypdfium2.PdfDocument:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Unreadable(_LOCKED if locked else _DAMAGED) from error


def _printed(document: pypdfium2.PdfDocument) -> list[PageLine]:
    """The printed lines of all pages; scanned pages are read by a program that reads pictures."""
    from baocao.formats.pdf_tables import with_tables
    from baocao.formats.scan import is_scanned, read_scans

    lines: list[PageLine] = []
    scanned: list[int] = []
    length = 0
    for number in range(len(document)):
        page = _page(document, number)
        try:
            found = lines_of(page, number)
            if is_scanned(page, found):
                scanned.append(number)
            else:
                found = with_tables(document, page, found, number)
        finally:
            page.close()
        lines.extend(found)
        length += sum(len(line.text) for line in found)
        if length > limits.MAX_TEXT_BYTES:
            raise Unreadable(_TOO_LONG.fill(limit=limits.MAX_TEXT_BYTES // limits.MEBIBYTE))
    if scanned:
        lines = read_scans(document, scanned, lines)
    return lines


def _page(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    import pypdfium2

    try:
        return document[number]
    except pypdfium2.PdfiumError as error:
        raise Unreadable(_DAMAGED) from error
