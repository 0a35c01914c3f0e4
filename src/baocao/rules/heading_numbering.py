"""Chapters, headings and list items are counted without gap and without twin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from baocao.model import Document, Dossier, Finding, Kind, Passage, Severity, Span, Text
from baocao.reference import load
from baocao.rules.numbering import Break, Entry, breaks
from baocao.rules.rule import rule

_SHOWN = 120  # characters of a heading that are marked
_BETWEEN = 300  # blocks between two neighbours that are searched for the missing one
_HEADING = 160  # characters of the longest line that can be a heading
_REPEAT = Text(
    "Hai mục liền nhau cùng mang số “{stated}”; theo thứ tự mục sau là “{expected}”. Hãy đánh số lại.",
    "Two neighbours both carry the number “{stated}”; the second would be “{expected}”. Renumber them.",
)
_STYLE = Text(
    "Mục “{stated}” đứng sau mục “{before}” cùng cấp nhưng đánh số theo kiểu khác; cùng kiểu thì là “{expected}”.",
    "“{stated}” stands beside “{before}” but is numbered in another style; in the same style it would be “{expected}”.",
)


@rule(
    Severity.ERROR,
    title=Text("Số thứ tự đề mục nhảy cóc, trùng hoặc đổi kiểu", "Heading numbers that skip, repeat or change style"),
    says=Text(
        "Sau mục “{before}” là mục “{stated}”, thiếu “{expected}”; hãy đánh số lại hoặc bổ sung phần bị thiếu.",
        "“{before}” is followed by “{stated}”, “{expected}” is missing; renumber, or put back what is missing.",
    ),
)
def heading_numbering(dossier: Dossier) -> Iterator[Finding]:
    """Behind chapter II stands chapter III."""
    for index, document in enumerate(dossier.documents):
        for segment in _segments(document):
            for broken in breaks(segment):
                severity = _severity(broken)
                if severity is not None and not _stands_inside(document, broken):
                    says = {"repeat": _REPEAT, "style": _STYLE}.get(broken.kind)
                    yield heading_numbering.finding(
                        _span(document, index, broken.entry),
                        says=says,
                        severity=severity,
                        also=(_span(document, index, broken.before),),
                        stated=broken.entry.label,
                        expected=broken.expected,
                        before=broken.before.label,
                    )


def _segments(document: Document) -> Iterator[list[Entry]]:
    """The labelled passages of the text, and of each annex by itself."""
    entries: list[Entry] = []
    for place, block in enumerate(document.blocks):
        if not isinstance(block, Passage) or block.kind is Kind.NOTE:
            continue
        if _annex().match(block.text[:_SHOWN].lower()):
            yield entries
            entries = []
        elif block.label:
            entries.append(Entry(block.label.strip(), place, _is_caps(block.text), _is_heading(block)))
    yield entries


@cache
def _annex() -> re.Pattern[str]:
    return re.compile(rf"[\W_]*(?:{'|'.join(load('outline')['annexes'])})\s")


def _is_caps(text: str) -> bool:
    head = text[:_SHOWN]
    letters = sum(map(str.isalpha, head))
    return letters >= 8 and sum(map(str.isupper, head)) >= 0.8 * letters


def _is_heading(block: Passage) -> bool:
    return block.kind is Kind.HEADING or (len(block.text) <= _HEADING and not block.text.rstrip().endswith((";", ",")))


def _severity(broken: Break) -> Severity | None:
    """How sure the break is; None when the labels hardly make a series."""
    if broken.kind == "style":
        return Severity.ERROR
    before, after, entry = broken.run_before, broken.run_after, broken.entry
    chapter = broken.series.style.startswith(("roman.", "upper.", "part"))
    if chapter and entry.is_heading and (before >= 2 or (entry.is_caps and broken.before.is_caps)):
        return Severity.ERROR
    if before >= 3 and (entry.is_heading or after >= 2):
        return Severity.ERROR
    if before >= 2 and (entry.is_heading or after >= 2):
        return Severity.WARNING
    return Severity.WARNING if entry.is_heading and broken.before.is_heading and after >= 2 else None


def _stands_inside(document: Document, broken: Break) -> bool:
    """Whether the missing number stands in the midst of a passage between, where its line was joined to another."""
    if broken.kind != "skip":
        return False
    missing = re.compile(rf"[.;:)]\s+{re.escape(broken.expected)}\s*[^\W\d]")
    between = document.blocks[broken.before.place : broken.entry.place][:_BETWEEN]
    return any(isinstance(block, Passage) and missing.search(block.text) for block in between)


def _span(document: Document, index: int, entry: Entry) -> Span:
    block = document.blocks[entry.place]
    length = len(block.text) if isinstance(block, Passage) else 0
    return Span(entry.place, 0, min(length, _SHOWN), -1, index)
