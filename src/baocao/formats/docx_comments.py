"""Remarks become native Word comments in a copy of the file, on the very words; nothing else in the copy changes."""

from __future__ import annotations

import os
import zipfile
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from baocao.formats import docx_comment_parts, docx_splits
from baocao.formats.docx import Reading, open_body
from baocao.formats.docx_flow import Anchor
from baocao.formats.docx_styles import W
from baocao.formats.docx_text import Reference
from baocao.formats.package import Package
from baocao.model import Language, Text

if TYPE_CHECKING:
    from lxml.etree import _Element

_IN_NOTE = Text("Tại chú thích {label}: “{quote}”", "In note {label}: “{quote}”")
_IN_BOX = Text("Trong khung chữ: “{quote}”", "In the text box: “{quote}”")
_LONGEST_QUOTE = 160


class Remark(NamedTuple):
    """What to say about ``[start, end)`` of ``Document.source``; ``text`` is the comment's paragraphs."""

    start: int
    end: int
    text: Sequence[str]


class _Spot(NamedTuple):
    """Where a comment goes: the first and the last anchor, clipped to what is remarked on, and words before it."""

    first: Anchor
    last: Anchor
    start: int
    end: int
    preface: str = ""


def annotate(
    source: Path,
    target: Path,
    remarks: Sequence[Remark],
    author: str = "baocao",
    *,
    lang: Language = "vi",
    replace: bool = False,
    when: datetime | None = None,
) -> bool:
    """Write a copy of a Word file with one comment a remark, and say whether the copy has notes and comments both.

    Raises ``FileExistsError`` when the target is there (unless ``replace``) or is the source itself, and
    ``Unreadable`` when the source is no Word file. A remark on nothing printed goes to the nearest words.
    """
    _guard(source, target, replace)
    with Package(source) as package:
        reading = open_body(package)
        spots = _Spots(reading, lang)
        placed = [(remark, spot) for remark in remarks if (spot := spots.spot(remark)) is not None]
        comments = docx_comment_parts.Comments(package, reading.body_name)
        ids = [comments.add(_said(remark, spot), author, when or datetime.now(UTC)) for remark, spot in placed]
        _mark(placed, ids)
        changed = comments.changed(reading.body) if placed else {}
    _write(source, target, changed, replace)
    return bool(placed) and bool(reading.references)


def _guard(source: Path, target: Path, replace: bool) -> None:
    if target.exists() and (not replace or target.samefile(source)):
        raise FileExistsError(17, "the file is there already", str(target))


def _said(remark: Remark, spot: _Spot) -> list[str]:
    return [spot.preface, *remark.text] if spot.preface else list(remark.text)


class _Spots:
    """Finds the places of remarks among a reading's anchors."""

    def __init__(self, reading: Reading, lang: Language) -> None:
        self._reading = reading
        self._source = reading.flow.source
        self._anchors = reading.flow.anchors
        self._starts = [anchor.start for anchor in self._anchors]
        self._references = {(reference.kind, reference.id): reference for reference in reading.references}
        self._lang: Language = lang

    def spot(self, remark: Remark) -> _Spot | None:
        """None only in a document that prints nothing."""
        if not self._anchors:
            return None
        low = max(bisect_right(self._starts, remark.start) - 1, 0)
        if self._anchors[low].end <= remark.start and low + 1 < len(self._anchors):
            low += 1
        high = max(bisect_right(self._starts, max(remark.end - 1, remark.start)) - 1, low)
        first, last = self._anchors[low], self._anchors[high]
        if remark.end <= first.start:  # on what Word prints by itself, such as a list number: the words after it
            return self._outside(_Spot(first, first, first.start, first.end), remark)
        start = min(max(remark.start, first.start), first.end - 1)
        end = max(min(remark.end, last.end), max(start, last.start) + 1)
        return self._outside(_Spot(first, last, start, end), remark)

    def _outside(self, spot: _Spot, remark: Remark) -> _Spot:
        """Word takes no comments in notes and text boxes: those go to the mark, or to the box, in the body."""
        quote = " ".join(self._source[remark.start : remark.end].split())[:_LONGEST_QUOTE]
        reference = self._note_of(spot.first.element)
        if reference is not None:
            preface = _IN_NOTE.say(self._lang, label=reference.label, quote=quote)
            return self._at(reference.element, spot, preface)
        if self._box_of(spot.first.element) is not None or self._box_of(spot.last.element) is not None:
            inside = spot.first.element if self._box_of(spot.first.element) is not None else spot.last.element
            return self._at(inside, spot, _IN_BOX.say(self._lang, quote=quote))
        if self._note_of(spot.last.element) is not None:  # from the body's end into the first note
            return spot._replace(last=spot.first, end=spot.first.end)
        return spot

    def _at(self, element: _Element, spot: _Spot, preface: str) -> _Spot:
        while (box := self._box_of(element)) is not None:
            element = box
        anchor = Anchor(spot.start, spot.start + 1, element, None)
        return _Spot(anchor, anchor, anchor.start, anchor.end, preface)

    def _note_of(self, element: _Element) -> Reference | None:
        for kind in ("footnote", "endnote"):
            note = next(element.iterancestors(f"{W}{kind}"), None)
            if note is not None:
                return self._references.get((kind, note.get(f"{W}id", "")))
        return None

    def _box_of(self, element: _Element) -> _Element | None:
        """The run that holds the text box that an element is in."""
        content = next(element.iterancestors(f"{W}txbxContent"), None)
        return None if content is None else self._reading.boxes.get(content)


def _mark(placed: Sequence[tuple[Remark, _Spot]], ids: Sequence[int]) -> None:
    """Put the comments' ends and beginnings into the text, the last ones first so that no offset moves."""
    boundaries: list[tuple[int, int, int, Anchor]] = []  # offset, is a beginning, comment, anchor
    for (_, spot), comment in zip(placed, ids, strict=True):
        boundaries.append((spot.start, 1, comment, spot.first))
        boundaries.append((spot.end, 0, comment, spot.last))
    for offset, begins, comment, anchor in sorted(boundaries, key=lambda each: each[:3], reverse=True):
        gap = docx_splits.gap(anchor.element, _inside(anchor, offset))
        if begins:
            gap.insert([docx_comment_parts.range_start(comment)])
        else:
            gap.insert([docx_comment_parts.range_end(comment), docx_comment_parts.reference_run(comment)])


def _inside(anchor: Anchor, offset: int) -> int:
    """A source offset as an offset into the text of the anchor's element; -1 for its end."""
    at = offset - anchor.start
    if at >= anchor.end - anchor.start:
        return docx_splits.END
    return anchor.positions[at] if anchor.positions is not None else at


def _write(source: Path, target: Path, changed: Mapping[str, bytes], replace: bool) -> None:
    """Copy the package part by part under another name, then give it its own."""
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with Package(source) as package, zipfile.ZipFile(draft, "x", zipfile.ZIP_DEFLATED) as copy:
            left = dict(changed)
            for entry in package.entries:
                fresh = zipfile.ZipInfo(entry.filename, entry.date_time)
                fresh.compress_type, fresh.external_attr = entry.compress_type, entry.external_attr
                content = left.pop(entry.filename, None)
                copy.writestr(fresh, package.part(entry.filename) or b"" if content is None else content)
            for name, content in left.items():
                copy.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
        _guard(source, target, replace)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
