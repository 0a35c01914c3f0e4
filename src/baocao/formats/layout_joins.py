"""Printed lines become paragraphs again: a line that is full goes on in the next one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from baocao.formats.layout_labels import DOCUMENT_KINDS, in_capitals, is_part, is_sign, label_of, number_in, unmarked
from baocao.formats.layout_lines import Line, Setting
from baocao.formats.layout_notes import NoteLine
from baocao.formats.layout_text import SUPERSCRIPTS
from baocao.model import Table

_AFTER_THE_END = ' *_)"”’»\u00a0' + SUPERSCRIPTS
_ENDS = ".;:!?…"
_ASKS_FOR_MORE = re.compile(r"\w,? (?:đạt|bằng|là|chiếm|còn|tăng|giảm|và|của|với|so với|trong đó)$")
_FULL = 0.86  # letters differ in width, so a full line may be this much shorter than most
_FULL_AND_OPEN = 0.78  # and even more so where the sentence plainly goes on
_FIRST_LINE = 8  # letters that a paragraph's first line is indented by at most; titles stand further in
_NOTE_IS_WIDER = 1.15  # notes are set smaller, so more letters go on a line


@dataclass(slots=True)
class Fragment:
    """Lines that surely belong together: a paragraph, or the part of one that a page holds."""

    first: Line
    last: Line
    pieces: list[tuple[int, int]]
    label: str = ""
    note: NoteLine | None = None
    table: Table | None = None
    longest: int = 0

    def add(self, line: Line) -> None:
        self.pieces.append((line.start, line.end))
        self.last = line
        self.longest = max(self.longest, len(line.text))


def is_open(text: str) -> bool:
    """Whether a text breaks off: it does not end as a sentence, a clause or a list item does."""
    bare = text.rstrip(_AFTER_THE_END)
    return bool(bare) and bare[-1] not in _ENDS


def fragments(
    lines: Sequence[Line], setting: Setting, starts: dict[int, NoteLine], tables: dict[int, tuple[int, Table]]
) -> list[Fragment]:
    """The lines gathered into fragments, in order."""
    found: list[Fragment] = []
    count = 0
    joins = _joins_wrapped if setting.wrapped else _joins_unwrapped
    index = 0
    while index < len(lines):
        line = lines[index]
        if table := tables.get(index):
            index = table[0]
            found.append(Fragment(line, lines[index - 1], [], table=table[1]))
            continue
        index += 1
        note = starts.get(index - 1)
        label = "" if note else label_of(line.text)
        current = found[-1] if found else None
        in_title = len(found) > 1 and found[-2].first.text in DOCUMENT_KINDS
        under_kind = in_title and not setting.indented and not line.text[0].islower()
        if (
            current
            and not note
            and not current.table
            and not under_kind
            and ((in_title and _goes_on_in_title(line, label)) or joins(current, line, label, setting, count))
        ):
            current.add(line)
            continue
        if label and not is_sign(label):
            count = number_in(label)
        found.append(Fragment(line, line, [(line.start, line.end)], label, note, longest=len(line.text)))
    return found


def _goes_on_in_title(line: Line, label: str) -> bool:
    """ "Kết quả năm 2026;" with "phương hướng, nhiệm vụ năm 2027" on the line below: a title's lines are all short."""
    return line.text[0].islower() and not line.gap and not label


def _joins_unwrapped(current: Fragment, line: Line, label: str, setting: Setting, count: int) -> bool:
    if line.gap or label or line.page != current.last.page:
        return False
    before = current.last.text
    goes_on = line.text[0].islower() or _breaks_off(before, line.text)
    return before.count("**") % 2 == 1 or (is_open(before) and goes_on)


def _goes_on(before: str, text: str, *, bound: bool, apart: bool) -> bool:
    """Whether a line plainly goes on in the next, however short it is; a label binds a line to itself."""
    if text[0].islower():
        return True
    return not bound and (before[-1] == "," or (not apart and _breaks_off(before, text)))


def _breaks_off(before: str, text: str) -> bool:
    """Whether a line ends with a word that asks for more, or the next line closes the bracket that it left open."""
    if _ASKS_FOR_MORE.search(before):
        return True
    return before.count("(") > before.count(")") and text.count(")") > text.count("(")


def _joins_wrapped(current: Fragment, line: Line, label: str, setting: Setting, count: int) -> bool:
    before, text = current.last.text, line.text
    if before[-1] == "-" and before[-2:-1].isalnum() and text[0].isalnum():
        return True
    room = max(setting.width, current.longest)
    if current.note and len(current.pieces) == 1:
        room = int(room * _NOTE_IS_WIDER) if len(before) > setting.width else room
    opened = is_open(before)
    filled = len(before) + 1 + len(text.split(None, 1)[0])
    one_line_item = len(current.pieces) == 1 and bool(current.label) and not is_sign(current.label)
    full = filled >= (_FULL_AND_OPEN if opened and not one_line_item and not current.note else _FULL) * room
    full = full if current.last.full is None else current.last.full
    in_foot = _goes_on_in_foot(current, line)
    if label and not (in_foot or (full and opened and _is_false_label(label, before, text, count))):
        return False
    if current.note:
        return _joins_note(current, line, setting, full=full or in_foot)
    if "   " in text or "   " in before or _stands_alone(current, line, setting):
        return False
    if in_capitals(before) or is_part(current.label):
        return _joins_heading(current, line, setting)
    if in_capitals(text) and (len(text.split()) > 1 or not (full and opened)) and text[-1] not in ".,;":
        return False
    apart = line.gap > (2 if setting.spaced else 0)
    if opened and _goes_on(before, text, bound=bool(label), apart=apart):
        return True
    if apart or not full:
        return False
    return opened or not _opens_paragraph(current, line, setting)


def _joins_heading(current: Fragment, line: Line, setting: Setting) -> bool:
    """Whether a heading in capitals goes on; "PHẦN I" alone on its line is a line of its own."""
    before = current.last.text
    is_bare_part = is_part(current.label) and len(before) <= len(current.label) + 1
    return in_capitals(before) and in_capitals(line.text) and line.gap <= 1 + setting.spaced and not is_bare_part


def _goes_on_in_foot(current: Fragment, line: Line) -> bool:
    """Whether a line in small type goes on with the note above it, which has not ended; a long figure may cut lines.

    What follows a colon or a semicolon may be an item of the note's own list.
    """
    if not (current.note and current.last.small and line.small) or line.gap:
        return False
    before = current.last.text.rstrip(_AFTER_THE_END)
    return before[-1:] not in _ENDS or (before[-1] in ";:" and not label_of(line.text))


def _stands_alone(current: Fragment, line: Line, setting: Setting) -> bool:
    """Whether body text is followed by other: in another type, indented as first lines are, or behind a bracket."""
    if current.last.small is False and line.small:
        return True
    if setting.indented and 1 < line.indent <= _FIRST_LINE and line.text[0].isupper():
        return True
    bracketed = current.first.text[0] == "(" and current.last.text.endswith(")") and len(current.pieces) == 1
    return bracketed and line.text[0].isupper() and current.first.text.count("(") == current.last.text.count(")")


def _joins_note(current: Fragment, line: Line, setting: Setting, *, full: bool) -> bool:
    if not full or line.page != current.last.page or line.ruled:
        return False
    if current.first.small and line.small is False:
        return False
    return not (setting.flush and line.indent > 0)


def _opens_paragraph(current: Fragment, line: Line, setting: Setting) -> bool:
    """Whether a line after a full line that ends a sentence opens a paragraph of its own."""
    if setting.indented:
        return line.indent > 1
    if line.indent > current.last.indent and (setting.flush or len(current.pieces) > 1):
        return True
    if current.last.text.endswith("./."):
        return True
    return bool(current.label) and not is_sign(current.label) and len(current.pieces) == 1


def _is_false_label(label: str, before: str, text: str, count: int) -> bool:
    """Whether the dash or the number that begins a line belongs to the sentence of the line before."""
    rest = unmarked(text)[len(label) :].lstrip()
    if is_part(label):
        return True
    if is_sign(label):
        last = before.rsplit(None, 1)[-1]
        return not rest[:1].isupper() or (last[0].isupper() and not in_capitals(before)) or last[-1].isdigit()
    if not any(map(str.isdigit, label)):
        return not rest[:1].isupper()
    return number_in(label) not in (1, count + 1) or not rest[:1].isupper()
