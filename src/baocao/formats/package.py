"""Office files are zip packages of XML parts, and a package may lie about its size: it is weighed while it is read."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from baocao.formats import limits
from baocao.formats.errors import Unreadable
from baocao.model import Text

if TYPE_CHECKING:
    from lxml.etree import _Element

_DAMAGED = Text(
    "gói tệp bị hỏng hoặc bị cắt cụt ({part}); hãy tải lại, hoặc mở bằng Word, Excel hay LibreOffice rồi lưu lại.",
    "the package is damaged or cut off ({part}); fetch it again, or open and save it in Word, Excel or LibreOffice.",
)
_LOCKED = Text(
    "gói tệp được đặt mật khẩu; hãy bỏ mật khẩu rồi lưu lại.",
    "the package is locked with a password; remove the password and save it again.",
)
_BOMB = Text(
    "nội dung nén phình ra quá lớn ({part} vượt {limit} MB), giống tệp phá hoại; không đọc. "
    "Hãy lưu lại bằng Word hoặc Excel.",
    "the packed content swells too far ({part} is beyond {limit} MB), like a zip bomb; not read. "
    "Save it anew in Word or Excel.",
)
_TOO_MANY = Text(
    "gói tệp có {count} phần, giới hạn là {limit}; hãy lưu lại bằng Word hoặc Excel.",
    "the package has {count} parts, the limit is {limit}; save it anew in Word or Excel.",
)
_TOO_MANY_TAGS = Text(
    "phần {part} có hơn {limit} phần tử, nhiều hơn mọi báo cáo thật; hãy tách tệp hoặc lưu lại bằng Word hay Excel.",
    "the part {part} has more than {limit} elements, more than any real report; split the file or save it anew.",
)
_DOCTYPE = Text(
    "phần {part} có khai báo DOCTYPE (có thể chứa thực thể XML độc hại), tệp Office thật không có; không đọc.",
    "the part {part} has a DOCTYPE (it may carry hostile XML entities), real Office files have none; not read.",
)
_BAD_XML = Text(
    "phần {part} không phải là XML đúng (dòng {line}, cột {column}); "
    "hãy mở tệp bằng Word, Excel hoặc LibreOffice rồi lưu lại.",
    "the part {part} is not well-formed XML (line {line}, column {column}); "
    "open the file in Word, Excel or LibreOffice and save it again.",
)

_TOO_DEEP = Text(
    "phần {part} lồng vào nhau quá nhiều tầng, không báo cáo thật nào như vậy; "
    "hãy lưu lại bằng Word, Excel hoặc LibreOffice.",
    "the part {part} is nested too many levels deep, as no real report is; save it anew in Word, Excel or LibreOffice.",
)

_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, ValueError, KeyError)
_CHUNK = 1 << 18
_RATIO = 250  # XML of long tables shrinks to a hundredth at best
_RATIO_FROM = 16 * limits.MEBIBYTE
_DOCTYPES = tuple("<!DOCTYPE".encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be"))

PACKAGE_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMESPACES = (  # "Strict Open XML" names the same things by other addresses
    (_STRICT + b"wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (_STRICT + b"officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (_STRICT + b"officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (_STRICT + b"drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (_STRICT + b"spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
)


class Package:
    """The parts of one office file, each at most as large as the limits allow."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except _BROKEN as error:
            raise Unreadable(_DAMAGED.fill(part=path.suffix or "zip")) from error
        self._left = limits.MAX_PACKAGE_BYTES
        entries = self._zip.infolist()
        if len(entries) > limits.MAX_PARTS:
            self._zip.close()
            raise Unreadable(_TOO_MANY.fill(count=len(entries), limit=limits.MAX_PARTS))
        self.entries = tuple(entries)
        self.names = frozenset(entry.filename for entry in entries)

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def part(self, name: str, limit: int = limits.MAX_PART_BYTES) -> bytes | None:
        """The bytes of a part, None when there is no such part; counted while they are unpacked."""
        if name not in self.names:
            return None
        return b"".join(self._unpack(name, limit))

    def weigh(self, name: str, limit: int = limits.MAX_PART_BYTES) -> int:
        """The true unpacked size of a part, for readers that will unpack it themselves."""
        return sum(len(chunk) for chunk in self._unpack(name, limit))

    def _unpack(self, name: str, limit: int) -> Iterator[bytes]:
        entry = self._zip.getinfo(name)
        if entry.flag_bits & 1:
            raise Unreadable(_LOCKED)
        size = 0
        try:
            with self._zip.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    self._left -= len(chunk)
                    if size > limit or self._left < 0 or (size > _RATIO_FROM and size > entry.compress_size * _RATIO):
                        raise Unreadable(_BOMB.fill(part=name, limit=min(size, limit) // limits.MEBIBYTE))
                    yield chunk
        except _BROKEN as error:
            raise Unreadable(_DAMAGED.fill(part=name)) from error
        except RuntimeError as error:  # what zipfile says when a password is wanted
            raise Unreadable(_LOCKED) from error

    def xml(self, name: str) -> _Element | None:
        """A part's root element, None when there is no such part."""
        content = self.part(name, limits.MAX_XML_BYTES)
        return None if content is None else parse(content, name)

    def relations(self, name: str) -> list[tuple[str, str, str]]:
        """(id, kind, target part) of what a part refers to inside the package; kind is the last word of its type."""
        folder, file = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: list[tuple[str, str, str]] = []
        for relation in [] if root is None else root.iter(f"{PACKAGE_RELATIONS}Relationship"):
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append((relation.get("Id", ""), relation.get("Type", "").rsplit("/", 1)[-1], path))
        return found


def parse(content: bytes, name: str) -> _Element:
    """The root of an XML part: no entities, no outside files, no network."""
    from lxml import etree

    if any(doctype in content for doctype in _DOCTYPES):
        raise Unreadable(_DOCTYPE.fill(part=name))
    if content.count(b"<") > limits.MAX_TAGS:
        raise Unreadable(_TOO_MANY_TAGS.fill(part=name, limit=limits.MAX_TAGS))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(transitional(content), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "depth" in str(error):
            raise Unreadable(_TOO_DEEP.fill(part=name)) from error
        line, column = error.position if isinstance(error, etree.XMLSyntaxError) else (1, 1)
        raise Unreadable(_BAD_XML.fill(part=name, line=line, column=column)) from error


def is_strict(content: bytes) -> bool:
    """Whether a part is written with the addresses of Strict Open XML."""
    return _STRICT in content[:8192]


def transitional(content: bytes) -> bytes:
    """A strict part with the usual addresses; any other as it is."""
    if is_strict(content):
        for strict, usual in _NAMESPACES:
            content = content.replace(strict, usual)
    return content


def strict(content: bytes) -> bytes:
    """The way back from ``transitional``."""
    for address, usual in _NAMESPACES:
        content = content.replace(usual, address)
    return content
