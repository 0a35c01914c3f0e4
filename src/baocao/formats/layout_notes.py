"""Footnotes in text: a note's line begins with its number, and its mark stands in the body before it.

Where the numbers are raised ("²³") both are plain to see. Where a conversion has lowered them
("giao thông 2.", "năm 20237;") a note is known by its place in the sequence: mark n stands after
mark n - 1 and before the line of note n, which stands under a rule or has its mark in the body.
Some files raise the marks and not the numbers of the notes' lines.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from baocao.formats.layout_lines import Line
from baocao.formats.layout_marks import AT_END, IN_SENTENCE, POSSIBLE, Habits, find_mark
from baocao.formats.layout_text import SUPERSCRIPTS, Cut
from baocao.model import Table

_LOWERED = str.maketrans(SUPERSCRIPTS, "0123456789")
_RAISED_LINE = re.compile(
    r"[⁽(]?([⁰¹²³⁴-⁹]{1,3})[⁾)]?[.:]?\s*(?=\S)|<sup>\s*[\[(]?(\d{1,3})[\])]?\s*</sup>\s*(?=\S)"
    r"|\[\^(\d{1,3})\]:?\s*(?=\S)"
)
_BARE_LINE = re.compile(r"([1-9]\d{0,2})(?:\s+|(?=[^\W\d_]))(?=[“\"'(]?[^\W\d_])")
_BRACKET_LINE = re.compile(r"\[(\d{1,3})\]\s*(?=\S)")
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]{1,3}")
_SQUARE = re.compile(r"(?<![^\W\d])[kcdhm]?m$")


@dataclass(slots=True)
class NoteLine:
    """A line that begins a note: the note's number and the stretch of the source that prints it."""

    label: str
    cut: Cut


@dataclass(slots=True)
class Notes:
    """The lines that begin notes, by index, and the marks that are not raised in print."""

    starts: dict[int, NoteLine] = field(default_factory=dict)
    marks: list[Cut] = field(default_factory=list)


def find_notes(source: str, lines: Sequence[Line], tables: Mapping[int, tuple[int, Table]]) -> Notes:
    """The footnotes of a text outside its tables: raised, bracketed, or lowered ones known by their sequence."""
    notes = Notes()
    for index, line in enumerate(lines):
        if line.text[0] in "¹²³⁴⁵⁶⁷⁸⁹⁽<[(" and (match := _RAISED_LINE.match(line.text)):
            label = (match[1] or match[2] or match[3]).translate(_LOWERED)
            notes.starts[index] = NoteLine(label, Cut(line.start, line.start + match.end()))
    if not notes.starts:
        _bracketed(source, lines, notes)
    if not notes.starts:
        rows = {row for first, (last, _) in tables.items() for row in range(first, last)}
        _lowered(source, lines, notes, rows)
    return notes


def _bracketed(source: str, lines: Sequence[Line], notes: Notes) -> None:
    """Notes that begin with "[7]" and whose mark "[7]" stands in the body before them."""
    for index, line in enumerate(lines):
        if line.text[0] != "[" or not (match := _BRACKET_LINE.match(line.text)):
            continue
        at = source.rfind(f"[{match[1]}]", 0, line.start)
        if at < 0 or any(mark.mark == at for mark in notes.marks):
            continue
        space = at > 0 and source[at - 1] in " \u00a0"
        notes.marks.append(Cut(at - space, at + len(match[1]) + 2, match[1], at))
        notes.starts[index] = NoteLine(match[1], Cut(line.start, line.start + match.end()))
    notes.marks.sort()


_USUAL_GAP = 2  # more blank lines than between other lines set the notes apart
_LONGEST_NOTE = 12  # lines; the next note of the same page's foot is no further


@dataclass(slots=True)
class _Sequence:
    """How far the lowered notes have been followed, and what is known of marks.

    ``raised`` are the places of marks that are raised in print, by number; where there are any, no
    other number is a mark. ``habits`` knows the words that small numbers follow. ``foot`` is where the
    notes of the page begin: their marks stand before it.
    """

    raised: dict[int, list[int]]
    habits: Habits
    number: int = 0
    line: int = -1
    foot: int = 0
    mark_end: int = 0


def _lowered(source: str, lines: Sequence[Line], notes: Notes, rows: Container[int]) -> None:
    candidates = [
        (index, match)
        for index, line in enumerate(lines)
        if line.text[0] in "123456789" and index not in rows and (match := _BARE_LINE.match(line.text))
    ]
    if not any(match[1] == "1" for _, match in candidates):
        return
    at = _Sequence(_raised_marks(source), Habits(source))
    feet = _feet(lines)
    apart = _USUAL_GAP + sorted(line.gap for line in lines)[len(lines) // 2]
    for index, match in candidates:
        line, number = lines[index], int(match[1])
        # the first line of a page's foot, or one below a note's line in the same foot
        is_placed = line.ruled or (index in feet and (feet[index] == index or at.line >= feet[index]))
        if not _is_next(at, line, number, match):
            continue
        follows = at.line >= 0 and index - at.line < _LONGEST_NOTE
        if is_placed or line.gap >= apart or not follows:
            at.foot = line.start
        least = AT_END if line.small else POSSIBLE if is_placed or line.gap >= apart or follows else IN_SENTENCE
        if _follow(source, at, line, number, notes, least=least, is_placed=is_placed):
            at.line = index
            notes.starts[index] = NoteLine(match[1], Cut(line.start, line.start + match.end()))
    _weigh(source, lines, notes, at)


def _feet(lines: Sequence[Line]) -> dict[int, int]:
    """The lines in small type that end a page under lines in larger type, each with the first line of its foot."""
    feet: dict[int, int] = {}
    if lines[0].small is None:
        return feet
    for _, group in groupby(enumerate(lines), key=lambda place: place[1].page):
        page = list(group)
        first = len(page)
        while first > 0 and page[first - 1][1].small:
            first -= 1
        if 0 < first < len(page):
            feet.update(dict.fromkeys(range(page[first][0], page[-1][0] + 1), page[first][0]))
    return feet


def _is_next(at: _Sequence, line: Line, number: int, match: re.Match[str]) -> bool:
    """Whether a line's number may be that of the next note; under a rule numbers may skip, or begin anew."""
    if number != at.number + 1 and not (line.ruled and (number == 1 or at.number < number <= at.number + 3)):
        return False
    first = line.text[match.end()]
    return line.ruled or bool(line.small) or first.isupper() or first in "“\"'("


def _follow(source: str, at: _Sequence, line: Line, number: int, notes: Notes, *, least: int, is_placed: bool) -> bool:
    """Whether a line begins the note, by the mark that stands before it or by its place on the page."""
    if number <= at.number:
        at.number = 0
    for skipped in range(at.number + 1, number):
        _take(source, at, notes, skipped, at.foot, AT_END)
    if _take(source, at, notes, number, at.foot, least) or is_placed:
        at.number = number
        return True
    return False


def _take(source: str, at: _Sequence, notes: Notes, number: int, end: int, least: int) -> bool:
    """Find the mark of a note before its line, and remember it."""
    if at.raised:
        place = next((place for place in at.raised.get(number, ()) if at.mark_end <= place < end), -1)
        at.mark_end = max(at.mark_end, place)
        return place >= 0
    mark = find_mark(source, number, at.mark_end, end, at.habits, least)
    if mark:
        notes.marks.append(mark)
        at.mark_end = mark.end
    return mark is not None


def _weigh(source: str, lines: Sequence[Line], notes: Notes, at: _Sequence) -> None:
    """One note without a rule above it is no evidence; a mark after the last note may have lost its note."""
    usual = sorted(line.gap for line in lines)[len(lines) // 2]
    places = [lines[index] for index in notes.starts]
    sure = any(line.ruled or line.small or line.gap >= usual + _USUAL_GAP for line in places)
    if not sure and len(notes.starts) < 2:
        notes.starts.clear()
        notes.marks.clear()
        return
    if at.number >= 2 and not at.raised:
        lost = find_mark(source, at.number + 1, at.mark_end, len(source), at.habits, AT_END, first=True)
        if lost and source[lost.mark - 1] in " \u00a0" and source[lost.end] == "." and source[lost.start - 1].islower():
            notes.marks.append(lost)
    notes.marks.sort()


def _raised_marks(source: str) -> dict[int, list[int]]:
    """The places of raised marks by number; squares and cubes of lengths are none."""
    places: dict[int, list[int]] = {}
    for match in _RAISED.finditer(source):
        if not _SQUARE.search(source, max(0, match.start() - 3), match.start()) or match[0] not in "²³":
            places.setdefault(int(match[0].translate(_LOWERED)), []).append(match.start())
    return places
