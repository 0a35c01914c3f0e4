"""Older and other word processors' files are turned into Word files by LibreOffice, then read as such."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from baocao.formats import limits
from baocao.formats.errors import NeedsProgram, Unreadable
from baocao.model import Document, Text

SUFFIXES: tuple[str, ...] = (".doc", ".odt", ".rtf")

_PACKAGE = "libreoffice-writer-nogui"
_NEEDED = Text(
    "tệp .doc, .odt, .rtf cần LibreOffice để đọc mà máy chưa có; hãy cài gói {package}, "
    "hoặc mở bằng Word và lưu thành .docx.",
    ".doc, .odt and .rtf files need LibreOffice, which is not installed; install the package {package}, "
    "or open the file in Word and save it as .docx.",
)
_TOO_SLOW = Text(
    "LibreOffice không chuyển xong tệp trong {seconds} giây; hãy mở tệp bằng Word và lưu thành .docx.",
    "LibreOffice did not convert the file within {seconds} seconds; open it in Word and save it as .docx.",
)
_FAILED = Text(
    "LibreOffice không mở được tệp (tệp hỏng hoặc có mật khẩu); hãy mở bằng Word và lưu thành .docx.",
    "LibreOffice cannot open the file (damaged, or locked with a password); open it in Word and save it as .docx.",
)
_PROGRAMS = ("soffice", "libreoffice")


def read(path: Path, name: str) -> Document:
    """The document of a .doc, .odt or .rtf file. Raises ``NeedsProgram`` where LibreOffice is not installed."""
    from baocao.formats import docx

    program = next((found for known in _PROGRAMS if (found := shutil.which(known))), None)
    if program is None:
        raise NeedsProgram(_NEEDED.fill(package=_PACKAGE), _PACKAGE)
    with tempfile.TemporaryDirectory(prefix="baocao-") as folder:
        converted = _converted(program, path, Path(folder))
        limits.admit(converted)
        return replace(docx.read(converted, name), suffix=path.suffix.lower() or ".doc")


def _converted(program: str, path: Path, folder: Path) -> Path:
    """The Word file that LibreOffice makes of a copy; the copy's plain name spares it odd letters in paths."""
    original = folder / f"report{_suffix(path)}"
    shutil.copyfile(path, original)
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",  # of its own, so that calls do not wait for others
        "--headless",
        "--norestore",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(original),
    ]
    _run(command)
    converted = folder / "out" / "report.docx"
    if not converted.is_file():
        raise Unreadable(_FAILED)
    return converted


def _suffix(path: Path) -> str:
    """LibreOffice goes by the name, so what the content shows decides the name: a web page saved as .doc is one."""
    with path.open("rb") as file:
        head = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{\\rtf"):
        return ".rtf"
    if head.startswith(b"pk"):
        return ".odt"
    return ".html" if head.startswith(b"<") else ".doc"


def _run(command: list[str]) -> None:
    """Run to its end or to the time limit; the program starts others, so all of its group are stopped."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        try:
            running.wait(limits.MAX_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise Unreadable(_TOO_SLOW.fill(seconds=limits.MAX_SECONDS)) from error
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)
