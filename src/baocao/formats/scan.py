"""A scanned page is a picture of words, to be read by a program that knows Vietnamese letters."""

from __future__ import annotations

import os
import shutil
import subprocess
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from baocao.formats.errors import NeedsProgram, Unreadable
from baocao.formats.pdf_lines import PageLine
from baocao.model import Text

if TYPE_CHECKING:
    import pypdfium2

MAX_SCANS = 300  # pages; a page takes some seconds
_SECONDS_A_PAGE = 120
_DOTS_AN_INCH = 300
_BODY_SIZE, _NOTE_SIZE = 14.0, 10.0  # points; a scan tells larger from smaller, not sizes
_LEAST_LETTERS = 12  # a stamp or a page number over a picture is no text layer
_PACKAGE = "tesseract-ocr tesseract-ocr-vie"

_ABSENT = Text(
    "{pages} trang là ảnh quét, không có chữ; hãy cài Tesseract với tiếng Việt "
    "(apt install tesseract-ocr tesseract-ocr-vie), hoặc đưa tệp Word của báo cáo.",
    "{pages} pages are scans without text; install Tesseract with Vietnamese "
    "(apt install tesseract-ocr tesseract-ocr-vie), or give the report's Word file.",
)
_TOO_MANY = Text(
    "{pages} trang là ảnh quét, giới hạn là {limit} trang; hãy tách tệp hoặc đưa tệp Word của báo cáo.",
    "{pages} pages are scans, the limit is {limit}; split the file, or give the report's Word file.",
)
_FAILED = Text(
    "Tesseract không đọc được trang {page} ({reason}); hãy kiểm tra gói tesseract-ocr-vie đã được cài.",
    "Tesseract could not read page {page} ({reason}); check that tesseract-ocr-vie is installed.",
)


def is_scanned(page: pypdfium2.PdfPage, lines: Sequence[PageLine]) -> bool:
    """Whether a page shows a picture and has hardly a letter of text."""
    if sum(len(line.text) for line in lines) > _LEAST_LETTERS:
        return False
    from pypdfium2 import raw

    handle = page.raw
    for index in range(min(raw.FPDFPage_CountObjects(handle), 100)):
        kind = raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(handle, index))
        if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            return True
    return False


def read_scans(document: pypdfium2.PdfDocument, scanned: Sequence[int], lines: list[PageLine]) -> list[PageLine]:
    """All pages' lines, those of the scanned pages read by Tesseract.

    Where a few scanned pages stand in a text that can be read, such as a signed last page, and
    Tesseract is not installed, they are left out; else ``NeedsProgram`` is raised.
    """
    if shutil.which("tesseract") is None:
        if 2 * len(scanned) < len(document) and sum(len(line.text) for line in lines) > 1000:
            return lines
        raise NeedsProgram(_ABSENT.fill(pages=len(scanned)), _PACKAGE)
    if len(scanned) > MAX_SCANS:
        raise Unreadable(_TOO_MANY.fill(pages=len(scanned), limit=MAX_SCANS))
    skipped = set(scanned)
    whole = [line for line in lines if line.page not in skipped]
    found = [line for number in scanned for line in _read_scan(document, number)]
    _with_sizes(found)
    whole.extend(found)
    whole.sort(key=lambda line: line.page)
    return whole


def _read_scan(document: pypdfium2.PdfDocument, number: int) -> list[PageLine]:
    picture = _picture(document, number)
    command = ["tesseract", "stdin", "stdout", "-l", "vie", "--dpi", str(_DOTS_AN_INCH), "tsv"]
    # one thread: Tesseract's own threads get in each other's way and take seven times as long
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, env=environment, timeout=_SECONDS_A_PAGE, check=True
        )
    except subprocess.CalledProcessError as error:
        raise Unreadable(_FAILED.fill(page=number + 1, reason=f"mã / code {error.returncode}")) from error
    except subprocess.TimeoutExpired as error:
        raise Unreadable(_FAILED.fill(page=number + 1, reason=f"> {_SECONDS_A_PAGE} s")) from error
    return _scanned_lines(done.stdout.decode("utf-8", errors="replace"), number)


def _picture(document: pypdfium2.PdfDocument, number: int) -> bytes:
    """The page as a grey picture (PGM)."""
    page = document[number]
    try:
        bitmap = page.render(scale=_DOTS_AN_INCH / 72, grayscale=True)
        try:
            rows = memoryview(bitmap.buffer)
            grey = b"".join(
                bytes(rows[start : start + bitmap.width])
                for start in range(0, bitmap.stride * bitmap.height, bitmap.stride)
            )
            return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + grey
        finally:
            bitmap.close()
    finally:
        page.close()


def _scanned_lines(table: str, number: int) -> list[PageLine]:
    """The lines of Tesseract's table of words, with their places turned into points."""
    words: dict[tuple[str, str, str], list[str]] = {}
    boxes: dict[tuple[str, str, str], tuple[float, ...]] = {}
    for row in table.splitlines()[1:]:
        fields = row.split("\t")
        if len(fields) != 12:
            continue
        place = (fields[2], fields[3], fields[4])
        if fields[0] == "4":
            boxes[place] = tuple(int(edge) * 72 / _DOTS_AN_INCH for edge in fields[6:10])
        elif fields[0] == "5" and fields[11].strip():
            words.setdefault(place, []).append(fields[11].strip())
    lines = []
    for place, found in words.items():
        left, top, width, height = boxes[place]
        text = unicodedata.normalize("NFC", " ".join(found))
        lines.append(PageLine(text, height, left, left + width, -top - height, number))
    return lines


_LONG_LINE = 40  # letters; a shorter line may lack tall letters, so its height tells nothing
_SMALL = 0.85


def _with_sizes(lines: Sequence[PageLine]) -> None:
    """Tell the body's type from the notes' by the heights of long lines; short ones are like the line before."""
    heights = sorted(line.size for line in lines if len(line.text) >= _LONG_LINE)
    usual = heights[len(heights) // 2] if heights else 0.0
    size = _BODY_SIZE
    for line in lines:
        if len(line.text) >= _LONG_LINE:
            size = _NOTE_SIZE if line.size < _SMALL * usual else _BODY_SIZE
        line.size = size
