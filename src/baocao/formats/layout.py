"""A page's lines become a document's blocks: sentences made whole, notes tied to their marks, tables apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from baocao.formats.layout_columns import find_columns
from baocao.formats.layout_joins import Fragment, fragments, is_open
from baocao.formats.layout_labels import DOCUMENT_KINDS, in_capitals, is_heading, is_sign
from baocao.formats.layout_lines import Line, printed_lines, setting_of, without_furniture
from baocao.formats.layout_notes import NoteLine, find_notes
from baocao.formats.layout_tables import find_tables
from baocao.formats.layout_text import Cut, read_pieces
from baocao.model import Block, Kind, Passage, Table

_HEADING_SIGN = re.compile(r"(?:>\s*)*(?:#{1,6}\s+)?")
_PAGE_ENDS = 2  # a page's end and the number printed there are each counted as one
_LONG = 60  # a paragraph that broke off at a page's end is at least this long
_SENTENCE_STARTERS = frozenset({"UBND", "HĐND", "MTTQ", "UBMTTQ"})  # organs, which open sentences as often as not


class Layout(NamedTuple):
    """The blocks of a text, where each note begins among them, and the title that the text gives itself."""

    blocks: tuple[Block, ...]
    notes: dict[str, int]
    title: str


def lay_out(source: str, lines: Sequence[Line] | None = None) -> Layout:
    """The blocks of a text. ``lines`` are given by readers that know more of the page than the text shows."""
    printed = without_furniture(printed_lines(source) if lines is None else lines)
    if not printed:
        return Layout((), {}, "")
    setting = setting_of(printed)
    tables = find_tables(source, printed)
    if "    " in source:
        find_columns(source, printed, tables)
    found = find_notes(source, printed, tables)
    whole = _whole(source, fragments(printed, setting, found.starts, tables))
    blocks: list[Block] = []
    notes: dict[str, int] = {}
    for fragment in whole:
        block = _block(source, fragment, found.marks, blocks)
        if block is None:
            continue
        if isinstance(block, Passage) and block.kind is Kind.NOTE:
            notes.setdefault(block.label, len(blocks))
        blocks.append(block)
    return Layout(tuple(blocks), notes, _title(blocks))


def _block(source: str, fragment: Fragment, marks: Sequence[Cut], before: Sequence[Block]) -> Block | None:
    if fragment.table is not None:
        table = fragment.table
        return Table(table.cells, table.rows, table.columns, _caption(before))
    known = marks
    if cut := fragment.note.cut if fragment.note else _sign_cut(fragment.first):
        known = sorted([*_within(marks, fragment), cut])
    reading = read_pieces(source, fragment.pieces, known)
    if not reading.text:
        return None
    if fragment.note:
        return Passage(reading.text, reading.runs, Kind.NOTE, fragment.note.label, reading.marks)
    first = fragment.first.text
    bold = first.startswith(("**", "#", "__")) and (first[0] == "#" or fragment.last.text.endswith(("**", "__")))
    kind = Kind.HEADING if is_heading(reading.text, fragment.label, bold=bold) else Kind.PARAGRAPH
    return Passage(reading.text, reading.runs, kind, fragment.label, reading.marks)


def _sign_cut(line: Line) -> Cut | None:
    """Markdown's signs of a heading or of a quotation, which are no part of the words."""
    match = _HEADING_SIGN.match(line.text) if line.text[0] in "#>" else None
    return Cut(line.start, line.start + match.end()) if match else None


def _within(marks: Sequence[Cut], fragment: Fragment) -> list[Cut]:
    return [mark for mark in marks if any(start <= mark.start < end for start, end in fragment.pieces)]


def _caption(before: Sequence[Block]) -> str:
    """The heading right above a table, words in brackets between them left aside."""
    for block in before[:-4:-1]:
        if not isinstance(block, Passage) or block.kind is Kind.NOTE:
            return ""
        if block.kind is Kind.HEADING:
            return block.text
        if not block.text.startswith("("):
            return ""
    return ""


_HEAD_BLOCKS = 40


def _title(blocks: Sequence[Block]) -> str:
    """The document's kind, printed alone in capitals near its head, with the summary under it."""
    passages = [block.text for block in blocks[:_HEAD_BLOCKS] if isinstance(block, Passage)]
    for index, text in enumerate(passages):
        if text in DOCUMENT_KINDS:
            return " ".join(passages[index : index + 2])
        if in_capitals(text) and any(text.startswith(f"{kind} ") for kind in DOCUMENT_KINDS):
            return text
    return ""


class _Page:
    """What is still unfinished while the fragments are gone through: the last body text and the last note."""

    def __init__(self) -> None:
        self.whole: list[Fragment] = []
        self.body: Fragment | None = None
        self.note: Fragment | None = None
        self.in_notes = False

    def new_note(self, fragment: Fragment) -> None:
        self.whole.append(fragment)
        self.note = fragment
        self.in_notes = True

    def new_body(self, fragment: Fragment) -> None:
        self.whole.append(fragment)
        self.body = fragment
        self.in_notes = False

    def join(self, to: Fragment, fragment: Fragment) -> None:
        to.pieces.extend(fragment.pieces)
        to.last = fragment.last
        if to is self.body:
            self.in_notes = False


def _whole(source: str, found: Sequence[Fragment]) -> list[Fragment]:
    """Fragments with what a page's foot had cut off put back: bodies to bodies, notes to notes."""
    page = _Page()
    for index, fragment in enumerate(found):
        after = found[index + 1] if index + 1 < len(found) else None
        if fragment.note:
            page.new_note(fragment)
        elif fragment.label and (note := _announcing_note(page, found, index)):
            fragment.note = NoteLine(note.label, Cut(fragment.first.start, fragment.first.start))
            page.whole.append(fragment)
        elif fragment.table is not None or fragment.label:
            page.new_body(fragment)
        elif (to := _continued(source, page, fragment, after)) is not None:
            page.join(to, fragment)
        else:
            page.new_body(fragment)
    return page.whole


def _announcing_note(page: _Page, found: Sequence[Fragment], index: int) -> NoteLine | None:
    """The note that a list item belongs to: the one above announced a list, and another note follows the list."""
    note = page.note
    if not (page.in_notes and note and note.last.text.endswith(":") and is_sign(found[index].label)):
        return None
    for fragment in found[index:]:
        if fragment.note:
            return note.note
        if not is_sign(fragment.label):
            return None
    return None


def _continued(source: str, page: _Page, fragment: Fragment, after: Fragment | None) -> Fragment | None:
    """What an unlabelled fragment goes on with: the last body text, the last note, or nothing."""
    text = fragment.first.text
    if page.note and _heads_foot(page.note, fragment, after):
        return page.note
    goes_on = text[0].islower() or text[0] in ",;)%"
    runs_on = page.body is not None and _runs_on(page.body, fragment)
    body = page.body if page.body and (runs_on or _breaks_off(source, page.body)) else None
    note = page.note if page.note and is_open(page.note.last.text) else None
    capitals = in_capitals(text)
    if page.in_notes:
        if body and not capitals:
            return body
        if goes_on and page.body and page.body.table is None and _ends_in_list(page.body):
            return page.body
        return note if goes_on else None
    if note and after and after.note and (body or goes_on or text[0].isdigit() or _bracket_is_open(source, note)):
        return note
    if body and (goes_on or runs_on or (not capitals and _broke_off_here(body, text))):
        return body
    return note if goes_on else None


def _heads_foot(note: Fragment, fragment: Fragment, after: Fragment | None) -> bool:
    """Whether a page's foot begins in small type without a number: the last note of the page before goes on there."""
    first, last = fragment.first, note.last
    is_next = 0 < first.page - last.page <= _PAGE_ENDS and first.indent <= 1
    ends_foot = after is None or after.note is not None or after.first.page != first.page
    return is_next and ends_foot and bool(first.small and last.small and last.full)


def _breaks_off(source: str, fragment: Fragment) -> bool:
    if fragment.table is not None or not is_open(fragment.last.text):
        return False
    start, end = fragment.pieces[0][0], fragment.pieces[-1][1]
    if end - start < _LONG:
        return False
    text = source[start:end] if end - start < 400 else ""
    bold = text.startswith("**") and text.endswith("**")
    return not (text and is_heading(text.strip("*"), fragment.label, bold=bold))


def _runs_on(body: Fragment, fragment: Fragment) -> bool:
    """Whether a full line ends a page in a list or behind a colon, and the next page goes on without an indent."""
    first, last = fragment.first, body.last
    is_at_end = bool(last.full) and last.text[-1] in ".:;," and first.page != last.page
    return is_at_end and body.first.indent > 1 and first.indent == 0 and first.small == last.small


def _ends_in_list(fragment: Fragment) -> bool:
    return fragment.last.text.rstrip().endswith((";", ",")) and sum(end - start for start, end in fragment.pieces) > 120


def _broke_off_here(body: Fragment, text: str) -> bool:
    """Whether a text with a digit or an acronym at its head goes on with a body that broke off."""
    if text[0].isdigit():
        return True
    word = text.split(None, 1)[0].strip(".,;:()")
    is_acronym = len(word) > 1 and word.isupper() and word.isalpha()
    return is_acronym and word not in _SENTENCE_STARTERS and len(body.last.text) > _LONG


def _bracket_is_open(source: str, fragment: Fragment) -> bool:
    text = "".join(source[start:end] for start, end in fragment.pieces)
    return text.count("(") > text.count(")")
