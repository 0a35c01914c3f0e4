"""The PDF of a report is its Word file as LibreOffice prints it: PDF/A-2b for the archive, fonts inside.

A Word file holds each figure in a content control. LibreOffice would print those as fields of a form, so they are
taken off first: their text stays where it is. Its charts are drawn before, as Word shows them.
"""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile
from pathlib import Path

from baocao.formats import libreoffice, limits, pdf_write_pictures
from baocao.formats.errors import NeedsProgram, Unreadable
from baocao.formats.pdf_dates import dated
from baocao.model import Text

_NEEDED = Text(
    "muốn in ra PDF cần LibreOffice mà máy chưa có; hãy cài gói {package}, "
    "hoặc mở tệp .docx bằng Word và lưu thành PDF.",
    "printing to PDF needs LibreOffice, which is not installed; install the package {package}, "
    "or open the .docx in Word and save it as PDF.",
)
_FAILED = Text(
    "LibreOffice không in được tệp Word này ra PDF; hãy mở bằng Word và lưu thành PDF.",
    "LibreOffice cannot print this Word file to PDF; open it in Word and save it as PDF.",
)
_TOO_SLOW = Text(
    "LibreOffice không in xong ra PDF trong {seconds} giây; hãy thử lại sau, "
    "hoặc mở tệp .docx bằng Word và lưu thành PDF.",
    "LibreOffice did not print the PDF within {seconds} seconds; try again later, "
    "or open the .docx in Word and save it as PDF.",
)
_CONTROL = re.compile(rb"<w:sdt><w:sdtPr>.*?</w:sdtPr><w:sdtContent>|</w:sdtContent></w:sdt>", re.DOTALL)
_WRAPPED = frozenset({"word/document.xml", "word/footnotes.xml"})
_CREATED = re.compile(rb"<dcterms:created[^>]*>([^<]*)<")
_ARCHIVE = 2  # LibreOffice's number of PDF/A-2b


def converted(
    docx: bytes, *, for_archive: bool = True, room: Path | None = None, seconds: int = limits.MAX_SECONDS
) -> bytes:
    """The PDF of a Word file, the same bytes whenever it is made. It is worked on in ``room``, where one is given.

    Raises ``NeedsProgram`` where LibreOffice is not installed, and ``Unreadable`` when it makes nothing of the file.
    """
    program = libreoffice.program()
    if program is None:
        raise NeedsProgram(_NEEDED.fill(package=libreoffice.PACKAGE), libreoffice.PACKAGE)
    plain, created = _plain(docx)
    with tempfile.TemporaryDirectory(prefix="baocao-", dir=room, ignore_cleanup_errors=True) as folder:
        original = Path(folder) / "report.docx"
        original.write_bytes(plain)
        kind = _filter(for_archive=for_archive)
        try:
            made = libreoffice.converted(program, original, kind, ".pdf", seconds=seconds)
        except libreoffice.TooSlow as problem:
            raise Unreadable(_TOO_SLOW.fill(seconds=seconds)) from problem
        if made is None:
            raise Unreadable(_FAILED)
        return dated(made.read_bytes(), created, docx)


def _filter(*, for_archive: bool) -> str:
    options = {
        "SelectPdfVersion": {"type": "long", "value": str(_ARCHIVE if for_archive else 0)},
        "ExportFormFields": {"type": "boolean", "value": "false"},
        "ExportBookmarks": {"type": "boolean", "value": "true"},
    }
    return f"pdf:writer_pdf_Export:{json.dumps(options)}"


def _plain(docx: bytes) -> tuple[bytes, str]:
    """The Word file with the text of its content controls and not the controls, its charts drawn; and its making."""
    parts = _parts(docx)
    found = _CREATED.search(parts.get("docProps/core.xml", b""))
    created = found[1].decode("ascii", "replace") if found else ""
    for name in _WRAPPED & parts.keys():
        parts[name] = _CONTROL.sub(b"", parts[name])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as plain:
        for name, content in pdf_write_pictures.drawn(parts).items():
            plain.writestr(name, content, compresslevel=1)
    return stream.getvalue(), created


def _parts(docx: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            return {name: package.read(name) for name in package.namelist()}
    except zipfile.BadZipFile as error:
        raise Unreadable(_FAILED) from error
