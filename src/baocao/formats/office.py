"""Older and other word processors' files are turned into Word files by LibreOffice, then read as such."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from baocao.formats import libreoffice, limits
from baocao.formats.errors import NeedsProgram, Unreadable
from baocao.model import Document, Text

SUFFIXES: tuple[str, ...] = (".doc", ".odt", ".rtf")

_NEEDED = Text(
    "tệp .doc, .odt, .rtf cần LibreOffice để đọc mà máy chưa có; hãy cài gói {package}, "
    "hoặc mở bằng Word và lưu thành .docx.",
    ".doc, .odt and .rtf files need LibreOffice, which is not installed; install the package {package}, "
    "or open the file in Word and save it as .docx.",
)
_FAILED = Text(
    "LibreOffice không mở được tệp (tệp hỏng hoặc có mật khẩu); hãy mở bằng Word và lưu thành .docx.",
    "LibreOffice cannot open the file (damaged, or locked with a password); open it in Word and save it as .docx.",
)


def read(path: Path, name: str) -> Document:
    """The document of a .doc, .odt or .rtf file. Raises ``NeedsProgram`` where LibreOffice is not installed."""
    from baocao.formats import docx

    program = libreoffice.program()
    if program is None:
        raise NeedsProgram(_NEEDED.fill(package=libreoffice.PACKAGE), libreoffice.PACKAGE)
    with tempfile.TemporaryDirectory(prefix="baocao-") as folder:
        converted = _converted(program, path, Path(folder))
        limits.admit(converted)
        return replace(docx.read(converted, name), suffix=path.suffix.lower() or ".doc")


def _converted(program: str, path: Path, folder: Path) -> Path:
    """The Word file that LibreOffice makes of a copy; the copy's plain name spares it odd letters in paths."""
    original = folder / f"report{_suffix(path)}"
    shutil.copyfile(path, original)
    made = libreoffice.converted(program, original, "docx:MS Word 2007 XML", ".docx")
    if made is None:
        raise Unreadable(_FAILED)
    return made


def _suffix(path: Path) -> str:
    """LibreOffice goes by the name, so what the content shows decides the name: a web page saved as .doc is one."""
    with path.open("rb") as file:
        head = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{\\rtf"):
        return ".rtf"
    if head.startswith(b"pk"):
        return ".odt"
    return ".html" if head.startswith(b"<") else ".doc"
