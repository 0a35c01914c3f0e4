"""A printed line is the smallest thing that a page is made of: its words, and how it stands on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from baocao.formats.layout_labels import is_sign, label_of
from baocao.model import Table


@dataclass(slots=True)
class Line:
    """One printed line without the white space around it.

    ``gap`` counts the blank lines before it; ``page`` the pages before it, where the file tells;
    ``ruled`` says that a rule stands right above (the line between a page's text and its notes).
    What only some files tell is None elsewhere: ``small``, whether the line is set in the notes' small
    type; ``full``, whether it reaches the right margin; ``table``, a table standing in the line's place.
    """

    text: str
    start: int
    indent: int
    gap: int
    page: int
    ruled: bool
    small: bool | None = None
    full: bool | None = None
    table: Table | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.text)


_RULE = re.compile(r"(?:[-_=*~─━—–⎯]\s?){4,}")
_SPACES_OF_A_RULE = 20  # Word's note separator comes out of a conversion as a line of many spaces
_STAMP = re.compile(r"(?:\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?\s*)+")
_ADDRESS = ("http://", "https://", "www.")
_PAGE_NUMBER = re.compile(
    r"[-–—]?\s*(?:(?:Trang|trang|TRANG|Page|page)\s*)?(\d{1,4})(?:\s*(?:/|of)\s*\d{1,4})?\s*[-–—]?"
)
_LONGEST_FURNITURE = 110


def printed_lines(source: str) -> list[Line]:
    """The lines of a text that have something printed on them, in order."""
    lines: list[Line] = []
    position = gap = page = 0
    ruled = False
    paged = "\f" in source
    for raw in source.split("\n"):
        text = raw.strip()
        if paged and "\f" in raw:
            page += raw[: len(raw) - len(raw.lstrip())].count("\f")
        if not text:
            gap += 1
            ruled = ruled or len(raw) >= _SPACES_OF_A_RULE
        elif text[0] in "-_=*~─━—–⎯" and _RULE.fullmatch(text):
            gap += 1
            ruled = True
        else:
            indent = 0 if text[0] == raw[0] else len(raw) - len(raw.lstrip())
            lines.append(Line(text, position + indent, indent, gap, page, ruled))
            gap = 0
            ruled = False
            if paged and "\f" in raw:
                page += raw[len(raw.rstrip()) :].count("\f")
        position += len(raw) + 1
    return lines


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines that belong to the text: no page numbers, running heads, addresses or time stamps.

    What stood around a dropped line stands on two pages, so the next line gets a new page.
    """
    dropped = _stamps_and_addresses(lines) | _page_numbers(lines) | _running_heads(lines)
    if not dropped:
        return list(lines)
    kept: list[Line] = []
    breaks = 0
    ruled = False
    for index, line in enumerate(lines):
        if index in dropped:
            breaks += 1
            ruled = ruled or line.ruled
            continue
        line.page += breaks
        line.ruled = line.ruled or ruled
        ruled = False
        kept.append(line)
    return kept


def _stamps_and_addresses(lines: Sequence[Line]) -> set[int]:
    found = set()
    for index, line in enumerate(lines):
        text = line.text
        first = text[0]
        is_address = first in "hw" and text.startswith(_ADDRESS) and " " not in text
        if is_address or (first in "12" and len(text) > 15 and text[4] == "-" and _STAMP.fullmatch(text)):
            found.add(index)
    return found


def _page_numbers(lines: Sequence[Line]) -> set[int]:
    """Numbers alone on their line that count up through the text, or that stand where a page ends."""
    found: set[int] = set()
    chain: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if len(line.text) > 16 or line.table or not (match := _PAGE_NUMBER.fullmatch(line.text)):
            continue
        number = int(match[1])
        if _at_page_edge(lines, index):
            found.add(index)
        if chain and number == chain[-1][1] + 1 and line.start - lines[chain[-1][0]].start > 600:
            chain.append((index, number))
        else:
            if len(chain) > 1:
                found.update(place for place, _ in chain)
            chain = [(index, number)]
    if len(chain) > 1:
        found.update(place for place, _ in chain)
    return found


def _running_heads(lines: Sequence[Line]) -> set[int]:
    """Short lines that come back word for word at the edges of pages, or in the middle of sentences.

    A line that ends in a comma goes on by itself: the same names may be listed more than twice.
    """
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if len(line.text) <= _LONGEST_FURNITURE and not line.table and line.text[-1] != ",":
            places.setdefault(line.text, []).append(index)
    found: set[int] = set()
    for indexes in places.values():
        if len(indexes) < 3:
            continue
        cutting = [index for index in indexes if _at_page_edge(lines, index, 2) or _cuts_a_sentence(lines, index)]
        if len(cutting) >= 3 and 2 * len(cutting) >= len(indexes):
            found.update(cutting)
    return found


def _at_page_edge(lines: Sequence[Line], index: int, depth: int = 1) -> bool:
    """Whether a line is among the first or the last ones of its page, where the file tells pages."""
    if lines[-1].page == 0:
        return False
    above, below = lines[max(0, index - depth) : index], lines[index + 1 : index + 1 + depth]
    return any(_ends_near(near, lines[index].page, depth) for near in (above, below))


def _ends_near(near: Sequence[Line], page: int, depth: int) -> bool:
    """Whether a page ends among some lines next to one of its lines; a table is a line of its own and yet long."""
    of_page = [line for line in near if line.page == page]
    return len(of_page) < depth and not any(line.table for line in of_page)


def _cuts_a_sentence(lines: Sequence[Line], index: int) -> bool:
    if index == 0 or index + 1 == len(lines) or lines[index].full or label_of(lines[index].text):
        return False
    before, after = lines[index - 1].text, lines[index + 1].text
    return after[0].islower() and before[-1] not in ".;:!?…" and not lines[index].text[0].islower()


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is set: with a line end at the end of each printed line, or only of each paragraph.

    ``width`` is the length of a full line; ``spaced`` says that blank lines stand between the lines
    of one paragraph too; ``flush`` that lines have no indent as a rule.
    """

    wrapped: bool
    width: int
    spaced: bool
    flush: bool
    indented: bool = False


_FEW = 4  # places where a line goes on; fewer say little of how the text is set
_LONGEST_PRINTED = 100  # letters of the body's type that go on a line of A4


def setting_of(lines: Sequence[Line]) -> Setting:
    """How the lines of a text are set, by what most of them do."""
    lengths: list[int] = []
    gaps = candidates = indents = going_on_indented = 0
    for before, line in pairwise(lines):
        length = len(before.text)
        indents += line.indent > 0
        if length < 40 or before.small:  # many notes would make the body's lines look short
            continue
        candidates += 1
        if line.text[0].islower() and before.text[-1] not in ".;:!?…":
            lengths.append(length)
            gaps += line.gap > 0
            going_on_indented += line.indent > 1
    lengths.sort()
    flush = indents <= 0.2 * len(lines)
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    # lines that end because the page ends are all about as long; those that a page's foot cuts are of any length
    even = bool(lengths) and lengths[len(lengths) // 4] >= 0.65 * width
    if len(lengths) < _FEW and (gaps or width > _LONGEST_PRINTED):
        even = False
    if not even or len(lengths) < 0.2 * candidates or lengths[len(lengths) // 2] > 160:
        return Setting(False, 0, False, flush)
    indented = going_on_indented <= 0.1 * len(lengths) and _items_are_indented(lines)
    return Setting(True, width, 2 * gaps > len(lengths), flush, indented)


def _items_are_indented(lines: Sequence[Line]) -> bool:
    items = [line.indent > 1 for line in lines if line.text[0] in "-–+*•" and is_sign(label_of(line.text))]
    return len(items) >= 5 and sum(items) >= 0.7 * len(items)
