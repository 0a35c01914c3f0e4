"""Where elements stand in the bytes of an XML part, so that a few can be changed and all others stay as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from baocao.formats.errors import Unreadable
from baocao.model import Text

_TAG = re.compile(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
_CODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_WORD = frozenset(
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")
)

_OTHER_CODING = Text(
    "phần {part} ghi theo bảng mã {seen}, không phải UTF-8; hãy mở tệp bằng Word rồi lưu lại.",
    "the part {part} is written in {seen} and not in UTF-8; open the file in Word and save it again.",
)
_NOT_XML = Text(
    "phần {part} không phải là XML đúng ở byte {at}; hãy mở tệp bằng Word rồi lưu lại.",
    "the part {part} is not well-formed XML at byte {at}; open the file in Word and save it again.",
)


@dataclass(slots=True, eq=False)
class Place:
    """An element: ``[start, end)`` is all of it, ``[inner, close)`` what it holds.

    ``name`` is its name without prefix, with "w:" before it in Word's own namespace.
    """

    name: str
    attributes: dict[str, str]
    start: int
    inner: int
    close: int = 0
    end: int = 0
    children: list[Place] = field(default_factory=list)

    def child(self, name: str) -> Place | None:
        return next((one for one in self.children if one.name == name), None)

    def walk(self) -> Iterator[Place]:
        yield self
        for one in self.children:
            yield from one.walk()


class Splice(NamedTuple):
    """Bytes that take the place of ``[start, end)``."""

    start: int
    end: int
    content: bytes


def spliced(content: bytes, splices: Sequence[Splice]) -> bytes:
    """The content with splices that do not overlap; those at one place stay in their order."""
    pieces: list[bytes] = []
    at = 0
    for splice in sorted(splices, key=lambda one: (one.start, one.end)):
        if splice.start < at:
            raise ValueError(f"two changes at byte {splice.start}")
        pieces += [content[at : splice.start], splice.content]
        at = splice.end
    return b"".join([*pieces, content[at:]])


def placed(content: bytes, part: str, is_wanted: Callable[[str, int], bool]) -> list[Place]:
    """The wanted elements with all below them, outermost ones only.

    ``is_wanted`` is asked with an element's name and how many of that name came before. Raises ``Unreadable``.
    """
    _admit(content, part)
    taking = _Taking(content, is_wanted)
    try:
        taking.parser.Parse(content, True)
    except expat.ExpatError as problem:
        raise Unreadable(_NOT_XML.fill(part=part, at=taking.parser.ErrorByteIndex)) from problem
    return taking.found


def _admit(content: bytes, part: str) -> None:
    coding = _CODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    seen = coding[1].decode("ascii", "replace") if coding else "UTF-8"
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        seen = "UTF-16"
    if seen.lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
        raise Unreadable(_OTHER_CODING.fill(part=part, seen=seen))


class _Taking:
    """Listens to the parser and keeps what is wanted."""

    def __init__(self, content: bytes, is_wanted: Callable[[str, int], bool]) -> None:
        self.found: list[Place] = []
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._content = content
        self._is_wanted = is_wanted
        self._counts: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self._open: list[Place] = []

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        short = self._names.get(name)
        if short is None:
            short = self._names[name] = _short(name)
        count = self._counts.get(short, 0)
        self._counts[short] = count + 1
        if not self._open and not self._is_wanted(short, count):
            return
        start = self.parser.CurrentByteIndex
        tag = _TAG.match(self._content, start)
        if tag is None:
            raise ValueError(f"no element begins at byte {start}")
        place = Place(short, {_short(key): value for key, value in attributes.items()}, start, tag.end())
        if self._open:
            self._open[-1].children.append(place)
        else:
            self.found.append(place)
        self._open.append(place)

    def _end(self, _: str) -> None:
        if not self._open:
            return
        place = self._open.pop()
        if self._content.endswith(b"/>", place.start, place.inner):
            place.close = place.end = place.inner
            return
        place.close = self.parser.CurrentByteIndex
        place.end = self._content.index(b">", place.close) + 1


def _short(name: str) -> str:
    space, _, local = name.rpartition("}")
    return f"w:{local}" if space in _WORD else local
