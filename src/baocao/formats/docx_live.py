"""A report in Word that comes back: where its live numbers stand now, and what stands in them.

Word splits runs, tracks changes and copies controls; LibreOffice drops their tags. A number is known by its control's
tag, else by the place in the custom XML part that the control is bound to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from baocao.formats import limits
from baocao.formats.docx import Reading, document_of, open_body
from baocao.formats.docx_live_figures import FigurePart, part_or_fault
from baocao.formats.docx_prompts import shows_prompt
from baocao.formats.docx_styles import VAL, W
from baocao.formats.docx_text import MC
from baocao.formats.docx_write_figures import NAMESPACE
from baocao.formats.errors import Unreadable
from baocao.formats.package import Package
from baocao.model import Document, Text

if TYPE_CHECKING:
    from lxml.etree import _Element

SDT = f"{W}sdt"
_SHOWN = {f"{W}t": "", f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}p": "\n"}
_AWAY = frozenset((f"{W}del", f"{W}moveFrom"))
_FALLBACK = f"{MC}Fallback"
_BOUND = re.compile(r"/f:figures\[1\]/f:figure\[(\d{1,9})\]")
_OTHER_PARTS = ("header", "footer")
_NOTES = ("footnotes", "endnotes")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))  # soft hyphens and joints of no width
_TURNING = dict.fromkeys(map(ord, "\u200c\u200d\u200e\u200f"))  # what names need, and numbers do not

_FOREIGN = Text(
    "tệp không có số liệu sống: không phải do “baocao draft” soạn, hoặc đã được chép sang tệp khác; "
    "hãy đưa chính tệp do baocao soạn.",
    "the file has no live numbers: it was not drafted by “baocao draft”, or its text was copied to another file; "
    "give the file that baocao drafted.",
)
_NOT_WORD = Text(
    "chỉ đọc được số liệu sống trong tệp Word (.docx); tệp này không phải; hãy đưa tệp do “baocao draft” soạn.",
    "live numbers are read in Word files (.docx) only; this is none; give one that “baocao draft” wrote.",
)
_LOST = Text(
    "phần số liệu sống (customXml) đã mất khỏi tệp; hãy lấy lại bản trước, hoặc soạn lại bằng “baocao draft”",
    "the part of live numbers (customXml) is gone from the file; take an earlier copy, or draft it again",
)


@dataclass(frozen=True, slots=True)
class Control:
    """A content control that holds a live number: the ``place``-th control of its part of the file.

    ``text`` is what it reads with tracked changes accepted. ``start`` and ``end`` are where that stands in
    ``Document.source``; -1 in headers, and where nothing of it is printed. ``is_spare`` is the copy that Word keeps
    of a text box for old programs. ``name`` is what the number is called.
    """

    key: str
    part: str
    place: int
    text: str
    start: int = -1
    end: int = -1
    is_spare: bool = False
    is_deleted: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class LiveFile:
    """A Word report with its live numbers. ``faults`` are what is damaged in the part that describes them."""

    document: Document
    part: FigurePart | None
    controls: tuple[Control, ...]
    faults: tuple[Text, ...]
    is_signed: bool = False


def read(path: Path, name: str) -> LiveFile:
    """The live numbers of a Word report. Raises ``Unreadable``, also for a file that never had any."""
    if not limits.admit(path).startswith(b"PK"):
        raise Unreadable(_NOT_WORD)
    with Package(path) as package:
        reading = open_body(package)
        part = part_or_fault(package, reading.body_name)
        faults = (part,) if isinstance(part, Text) else () if part is None else part.faults
        known = part if isinstance(part, FigurePart) else None
        controls = tuple(_controls(package, reading, known))
        if known is None and not controls and not faults:
            raise Unreadable(_FOREIGN)
        if part is None:
            faults = (_LOST,)
        is_signed = any(entry.startswith("_xmlsignatures/") for entry in package.names)
        return LiveFile(document_of(reading, name), known, controls, faults, is_signed)


def _controls(package: Package, reading: Reading, part: FigurePart | None) -> Iterator[Control]:
    """All controls of live numbers: the body's, the notes', then those of headers and footers."""
    printed = {anchor.element.getroottree().getroot() for anchor in reading.flow.anchors}
    held: list[list[_Element]] = []  # keeps the elements alive, so that each stays itself
    found: dict[_Element, Control] = {}
    known = frozenset(part.order) if part is not None else frozenset[str]()
    for name, root in _roots(package, reading, printed):
        controls = list(root.iter(SDT))
        held.append(controls)
        for place, element in enumerate(controls):
            key = _key(element, part, known)
            if key:
                found[element] = _control(element, key, name, place)
    spots: dict[_Element, tuple[int, int]] = {}
    for anchor in reading.flow.anchors:
        for above in anchor.element.iterancestors(SDT):
            if above in found:
                start, end = spots.get(above, (anchor.start, anchor.end))
                spots[above] = min(start, anchor.start), max(end, anchor.end)
    for element, one in found.items():
        start, end = spots.get(element, (-1, -1))
        yield replace(one, start=start, end=end)


def _roots(package: Package, reading: Reading, printed: set[_Element]) -> Iterator[tuple[str, _Element]]:
    yield reading.body_name, reading.body
    for _, kind, target in package.relations(reading.body_name):
        if kind in _NOTES:
            root = next((one for one in printed if one.tag == f"{W}{kind}"), None)
        elif kind in _OTHER_PARTS:
            root = None
        else:
            continue
        if root is None:
            root = package.xml(target)
        if root is not None:
            yield target, root


def _key(element: _Element, part: FigurePart | None, known: frozenset[str]) -> str:
    """Which live number a control holds, "" for any other control."""
    properties = element.find(f"{W}sdtPr")
    if properties is None:
        return ""
    tagged, binding = properties.find(f"{W}tag"), properties.find(f"{W}dataBinding")
    tag = "" if tagged is None else tagged.get(VAL, "")
    mapped = "" if binding is None else binding.get(f"{W}prefixMappings", "")
    if binding is not None and NAMESPACE not in mapped:
        return ""
    if part is None:
        return tag if binding is not None else ""
    if tag in known:
        return tag
    match = _BOUND.match("" if binding is None else binding.get(f"{W}xpath", ""))
    place = int(match[1]) if match else 0
    return part.order[place - 1] if 0 < place <= len(part.order) else ""


def _control(element: _Element, key: str, name: str, place: int) -> Control:
    away = spare = False
    for above in element.iterancestors():
        away = away or above.tag in _AWAY
        spare = spare or above.tag == _FALLBACK
    content = element.find(f"{W}sdtContent")
    text = "" if content is None or shows_prompt(element) else accepted(content)
    is_deleted = away or (not text and content is not None and _has_tracked_loss(content))
    alias = element.find(f"{W}sdtPr/{W}alias")
    called = "" if alias is None else alias.get(VAL, "")
    return Control(key, name, place, text, is_spare=spare, is_deleted=is_deleted, name=called)


def _has_tracked_loss(content: _Element) -> bool:
    return next(content.iter(f"{W}del", f"{W}moveFrom"), None) is not None


def accepted(content: _Element) -> str:
    """What stands in a number's control with all tracked changes accepted; paragraphs become one line."""
    return " ".join("".join(text for text, _ in accepted_pieces(content)).translate(_TURNING).split())


def accepted_pieces(content: _Element) -> Iterator[tuple[str, _Element | None]]:
    """Piece by piece what stands in a control with all tracked changes accepted, each with the run that it is of."""
    for element in content.iter(*_SHOWN):
        above = list(_up_to(element, content))
        if not any(one.tag in _AWAY or one.tag == f"{W}pPr" for one in above):
            run = next((one for one in above if one.tag == f"{W}r"), None)
            yield (_SHOWN[element.tag] or (element.text or "")).translate(_UNSEEN), run


def _up_to(element: _Element, top: _Element) -> Iterator[_Element]:
    for above in element.iterancestors():
        if above is top:
            return
        yield above
