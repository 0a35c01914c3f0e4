"""What is in a file, told by its first bytes and, for packages, by the parts inside."""

from __future__ import annotations

import mmap
import zipfile
from enum import Enum
from pathlib import Path

from baocao.formats.errors import Unreadable
from baocao.model import Text


class Content(Enum):
    """The kinds of content that there is a reader for."""

    WORD = "word"
    SHEETS = "sheets"
    PDF = "pdf"
    OFFICE = "office"  # what LibreOffice must turn into Word first
    TEXT = "text"


_KNOWN = "Word (.docx, .doc), LibreOffice (.odt), Excel (.xlsx, .xls), PDF, .txt"

_ENCRYPTED = Text(
    "tệp được đặt mật khẩu nên không đọc được; hãy mở bằng Word hoặc Excel, bỏ mật khẩu và lưu lại.",
    "the file is locked with a password; open it in Word or Excel, remove the password and save it again.",
)
_TRUNCATED = Text(
    "tệp nén (.docx, .xlsx, .odt) bị hỏng hoặc bị cắt cụt; hãy tải lại, hoặc mở bằng Word rồi lưu lại.",
    "the package (.docx, .xlsx, .odt) is damaged or cut off; fetch it again, or open and save it in Word.",
)
_OTHER_PACKAGE = Text(
    f"tệp nén này không phải là báo cáo; đọc được: {_KNOWN}. Nếu là tệp .zip, hãy giải nén trước.",
    f"this package is not a report; readable are {_KNOWN}. Unpack a .zip first.",
)
_PICTURE = Text(
    "tệp là hình ảnh ({seen}); hãy lưu bản chụp thành PDF rồi đưa tệp PDF đó.",
    "the file is a picture ({seen}); save the scan as a PDF and give that.",
)
_BINARY = Text(
    f"nội dung là dữ liệu nhị phân, không phải văn bản; đọc được: {_KNOWN}.",
    f"the content is binary, not text; readable are {_KNOWN}.",
)
_PROGRAM_FILE = Text(
    f"tệp thuộc chương trình khác (PowerPoint, Outlook ...); đọc được: {_KNOWN}.",
    f"the file belongs to another program (PowerPoint, Outlook ...); readable are {_KNOWN}.",
)

_PICTURES = ((b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))


def recognise(path: Path, head: bytes) -> Content:
    """The kind of a file's content. Raises ``Unreadable`` for what no reader is for."""
    if b"%PDF-" in head[:1024]:
        return Content.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _in_package(path)
    if head.startswith(_OLE):
        return _in_compound_file(path)
    if head.lstrip().startswith(b"{\\rtf") or _is_web_page(head):
        return Content.OFFICE
    return _in_plain_bytes(head)


def _is_web_page(head: bytes) -> bool:
    """Old systems save web pages under the name .doc."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    return start.startswith((b"<!doctype html", b"<html"))


def _in_plain_bytes(head: bytes) -> Content:
    for signature, seen in _PICTURES:
        if head.startswith(signature):
            raise Unreadable(_PICTURE.fill(seen=seen))
    if head.startswith(_TEXT_BOMS):
        return Content.TEXT
    zeros = head.count(0)
    if zeros * 4 > len(head) and _is_wide_text(head):
        return Content.TEXT  # UTF-16 without its mark
    controls = len(head) - len(head.translate(None, _CONTROLS))
    # the old 8-bit Vietnamese encodings put a few letters on control codes, so some are allowed
    if zeros or controls * 20 > len(head):
        raise Unreadable(_BINARY)
    return Content.TEXT


def _is_wide_text(head: bytes) -> bool:
    evens, odds = head[::2].count(0), head[1::2].count(0)
    return min(evens, odds) * 10 < max(evens, odds)


def _in_package(path: Path) -> Content:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            kind = package.read("mimetype")[:200] if "mimetype" in names and _is_small(package) else b""
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Unreadable(_TRUNCATED) from error
    if b"opendocument.text" in kind:
        return Content.OFFICE
    if b"opendocument.spreadsheet" in kind:
        return Content.SHEETS
    if any(name.startswith("word/") for name in names):
        return Content.WORD
    if any(name.startswith("xl/") for name in names):
        return Content.SHEETS
    raise Unreadable(_OTHER_PACKAGE)


def _is_small(package: zipfile.ZipFile) -> bool:
    return package.getinfo("mimetype").file_size < 256


def _in_compound_file(path: Path) -> Content:
    """The streams of an old Office file are named in UTF-16 in its directory."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        if view.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise Unreadable(_ENCRYPTED)
        if view.find("WordDocument".encode("utf-16-le")) >= 0:
            return Content.OFFICE
        if view.find("Workbook".encode("utf-16-le")) >= 0 or view.find(b"B\0o\0o\0k\0\0\0") >= 0:
            return Content.SHEETS
    raise Unreadable(_PROGRAM_FILE)
