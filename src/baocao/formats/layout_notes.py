"""Footnotes in text: a note's line begins with its number, and its mark stands in the body before it.

Where the numbers are raised ("²³") both are plain to see. Where a conversion has lowered them
("giao thông 2.", "năm 20218;") a note is known by its place in the sequence: mark n stands after
mark n - 1 and before the line of note n, which stands under a rule or has its mark in the body.
Some files raise the marks and not the numbers of the notes' lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from baocao.formats.layout_lines import Line
from baocao.formats.layout_text import SUPERSCRIPTS, Cut

_LOWERED = str.maketrans(SUPERSCRIPTS, "0123456789")
_RAISED_LINE = re.compile(
    r"[⁽(]?([⁰¹²³⁴-⁹]{1,3})[⁾)]?[.:]?\s*(?=\S)|<sup>\s*[\[(]?(\d{1,3})[\])]?\s*</sup>\s*(?=\S)"
    r"|\[\^(\d{1,3})\]:?\s*(?=\S)"
)
_BARE_LINE = re.compile(r"([1-9]\d{0,2})(?:\s+|(?=[^\W\d_]))(?=[“\"'(]?[^\W\d_])")
_BRACKET_LINE = re.compile(r"\[(\d{1,3})\]\s*(?=\S)")
_SMALL_NUMBER = re.compile(r"[ \u00a0]\d{1,3}\b(?![.,/]\d)")
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]{1,3}")
_SQUARE = re.compile(r"(?<![^\W\d])[kcdhm]?m$")
_WORD_BEFORE = re.compile(r"([^\W_]+)[)”\"»’]?\s*$")
_WORD_AFTER = re.compile(r"\s+([^\W\d_]+|\()")
_YEAR = re.compile(r"(?:19|20)\d\d$")

# words that a small number belongs to ("đợt 1", "lần thứ 4", "khóa 5", "đạt 7 tiêu chí")
_NUMBERED = frozenset(
    "đợt lần thứ khóa khoá số quý tháng ngày năm mục điều khoản lớp cấp nhóm đoạn loại hạng tổ thôn xóm khu phố phường "
    "quận bước kỳ vụ mũi đến từ là trên dưới hơn gần khoảng được đạt tăng giảm mức độ tuổi phần bảng biểu lục chí tiêu "
    "quyết định tư luật án lộ đường tuyến tầng bậc và hoặc với có còn gồm chương hình phụ chốt cụm vùng trạm mốc tập "
    "chỉ bằng chiếm cho trong khối ban đội tiểu km lô thửa tờ dãy nhà phòng ký tín trang tạm dự cột dòng hàng".split()
)
# words that go on with a sentence and cannot be counted
_GOING_ON = frozenset(
    "theo và của để nhằm trên tại với được đã cho trong do là có bằng so từ góp tiếp đảm bảo nên mà thì đồng ngay "
    "cùng bởi về vào ra khi sau trước nhưng song còn cũng như gồm thuộc hiện đang sẽ phù kịp đúng đáp đưa (".split()
)
_MIDDLE = 2  # in the middle of a sentence, before a word that goes on
_END = 3  # at the end of a sentence or a clause, after a word
_GLUED = 4  # glued to a word or a year


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


def find_notes(source: str, lines: Sequence[Line]) -> Notes:
    """The footnotes of a text: raised ones, bracketed ones, or lowered ones known by their sequence."""
    notes = Notes()
    for index, line in enumerate(lines):
        if line.text[0] in "¹²³⁴⁵⁶⁷⁸⁹⁽<[(" and (match := _RAISED_LINE.match(line.text)):
            label = (match[1] or match[2] or match[3]).translate(_LOWERED)
            notes.starts[index] = NoteLine(label, Cut(line.start, line.start + match.end()))
    if not notes.starts:
        _bracketed(source, lines, notes)
    if not notes.starts:
        _lowered(source, lines, notes)
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


@dataclass(slots=True)
class _Sequence:
    """How far the lowered notes have been followed, and what is known of marks.

    ``raised`` are the places of marks that are raised in print, by number; where there are any, no
    other number is a mark. ``numbered`` counts the words that small numbers follow.
    """

    raised: dict[int, list[int]]
    numbered: Counter[str]
    number: int = 0
    mark_end: int = 0
    sure: int = 0


def _lowered(source: str, lines: Sequence[Line], notes: Notes) -> None:
    candidates = [
        (index, match)
        for index, line in enumerate(lines)
        if line.text[0] in "123456789" and not line.table and (match := _BARE_LINE.match(line.text))
    ]
    if not any(match[1] == "1" for _, match in candidates):
        return
    at = _Sequence(_raised_marks(source), _words_before_numbers(source))
    for index, match in candidates:
        line, number = lines[index], int(match[1])
        if _is_next(at, line, number, match) and _follow(source, at, line, number, notes):
            notes.starts[index] = NoteLine(match[1], Cut(line.start, line.start + match.end()))
    _weigh(source, lines, notes, at)


def _is_next(at: _Sequence, line: Line, number: int, match: re.Match[str]) -> bool:
    """Whether a line's number may be that of the next note; under a rule numbers may skip, or begin anew."""
    if number != at.number + 1 and not (line.ruled and (number == 1 or at.number < number <= at.number + 3)):
        return False
    first = line.text[match.end()]
    return line.ruled or bool(line.small) or first.isupper() or first in "“\"'("


def _follow(source: str, at: _Sequence, line: Line, number: int, notes: Notes) -> bool:
    """Whether a line begins the note, by the mark that stands before it or by the rule above it."""
    if number <= at.number:
        at.number = 0
    for skipped in range(at.number + 1, number):
        _take(source, at, notes, skipped, line.start, _END)
    found = _take(source, at, notes, number, line.start, _MIDDLE if line.ruled or line.small or at.sure else _END)
    if found or line.ruled:
        at.number = number
        at.sure += 1
        return True
    return False


def _take(source: str, at: _Sequence, notes: Notes, number: int, end: int, least: int) -> bool:
    """Find the mark of a note before its line, and remember it."""
    if at.raised:
        place = next((place for place in at.raised.get(number, ()) if at.mark_end <= place < end), -1)
        at.mark_end = max(at.mark_end, place)
        return place >= 0
    mark = _find_mark(source, number, at.mark_end, end, at.numbered, least)
    if mark:
        notes.marks.append(mark)
        at.mark_end = mark.end
    return mark is not None


def _weigh(source: str, lines: Sequence[Line], notes: Notes, at: _Sequence) -> None:
    """One note without a rule above it is no evidence; a mark after the last note may have lost its note."""
    sure = any(lines[index].ruled or lines[index].small for index in notes.starts)
    if not sure and len(notes.starts) < 2:
        notes.starts.clear()
        notes.marks.clear()
        return
    if at.number >= 2 and not at.raised:
        lost = _find_mark(source, at.number + 1, at.mark_end, len(source), at.numbered, _END, first=True)
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


def _words_before_numbers(source: str) -> Counter[str]:
    """How often each word stands before a small number: "mũi 1 ... mũi 2" are numbers and no marks."""
    counted: Counter[str] = Counter()
    for match in _SMALL_NUMBER.finditer(source):
        if word := _WORD_BEFORE.search(source, max(0, match.start() - 12), match.start()):
            counted[word[1].lower()] += 1
    return counted


def _find_mark(
    source: str, number: int, start: int, end: int, numbered: Counter[str], least: int, *, first: bool = False
) -> Cut | None:
    """The best place for a lowered mark between two places; of equals the last, or the first if so asked."""
    digits = str(number)
    best: Cut | None = None
    best_score = least - 1
    at = source.find(digits, start, end)
    while at >= 0:
        score = _score(source, at, digits, numbered)
        if score > best_score or (score == best_score and best is not None and not first):
            space = source[at - 1 : at] in (" ", "\u00a0")
            best, best_score = Cut(at - space, at + len(digits), digits, at), score
        at = source.find(digits, at + 1, end)
    return best


def _score(source: str, at: int, digits: str, numbered: Counter[str]) -> int:
    """How much a number looks like a lowered mark: 0 is not at all."""
    if at == 0:
        return 0
    end = at + len(digits)
    after = source[end : end + 24]
    if after[:1].isdigit() or after[:1] in "%/-°" or (after[:1] in ".," and after[1:2].isdigit()):
        return 0
    if after[:1].isalpha():
        return 0
    before = source[max(0, at - 24) : at]
    if before[-1].isspace():
        return _spaced(before, after, numbered)
    return _glued(before, after, digits)


def _glued(before: str, after: str, digits: str) -> int:
    last = before[-1]
    if last.isdigit():
        return _GLUED if _YEAR.search(before) and not before[-5:-4].isdigit() and before[-5:-4] not in ".," else 0
    if last.isalpha():
        word = _WORD_BEFORE.search(before)
        if word is None or last.isupper() or not word[1].isalpha():
            return 0
        is_square = word[1] in ("m", "km", "cm", "dm", "hm", "dam", "mm") and digits in ("2", "3")
        return 0 if is_square or len(word[1]) < 2 else _GLUED
    if last in ")”\"»’":
        return _END
    return _END if last in ".;," and before[-2:-1].isalpha() and (not after or after[0].isspace()) else 0


def _spaced(before: str, after: str, numbered: Counter[str]) -> int:
    match = _WORD_BEFORE.search(before)
    if match is None or (before[-1] == "\n" and after[:1] in ".)"):
        return 0
    word = match[1]
    is_year = len(word) == 4 and _YEAR.match(word) is not None
    if not is_year and (not word.isalpha() or word.lower() in _NUMBERED or numbered[word.lower()] > 2):
        return 0
    if after[:1] in ".;:!?…" or not after.strip():
        return _END
    if after[:1] in ",)":
        return _END if is_year or word[0].islower() else 0
    following = _WORD_AFTER.match(after)
    return _MIDDLE if following and following[1] in _GOING_ON else 0
