"""A PDF page knows where each letter stands and how large it is, but not what a line or a note's mark is."""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from baocao.formats.pdf_pictures import Pictures

if TYPE_CHECKING:
    import pypdfium2

_RAISED_DIGITS = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_NOT_PRINTED = str.maketrans({"\ufffe": "-", "\x02": "-", "\x00": None, "\ufeff": None})
_SMALLER = 0.85  # a raised mark is at most this large, next to the line's letters
_SAME_LINE = 0.55  # baselines of one line differ by less than this share of the size


@dataclass(slots=True)
class Stretch:
    """Letters of one size that follow each other on one baseline."""

    text: str
    size: float
    left: float
    right: float
    base: float


class PageCell(NamedTuple):
    """One cell of a ruled table: its words, its place and how far it reaches."""

    text: str
    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(slots=True)
class PageLine:
    """One printed line of a page: its words with raised marks as raised digits, and its place in points.

    A table stands in one line's place, with ``cells`` and without a text of its own.
    """

    text: str
    size: float
    left: float
    right: float
    base: float
    page: int
    cells: list[PageCell] = field(default_factory=list)
    rows: int = 0
    columns: int = 0


def lines_of(page: pypdfium2.PdfPage, number: int) -> list[PageLine]:
    """The printed lines of a page from top to bottom."""
    text_page = page.get_textpage()
    try:
        lines = [line for group in _grouped(_stretches(text_page, Pictures(page))) if (line := _line(group, number))]
    finally:
        text_page.close()
    lines.sort(key=lambda line: (-round(line.base), line.left))
    return lines


def _stretches(text_page: pypdfium2.PdfTextPage, pictures: Pictures) -> Iterator[Stretch]:
    from pypdfium2 import raw

    handle = text_page.raw
    count = text_page.count_chars()
    text = text_page.get_text_range() if count else ""
    if len(text) != count:
        text = "".join(chr(raw.FPDFText_GetUnicode(handle, index)) for index in range(count))
    sizes = _sizes(handle, count)
    x, y = ctypes.c_double(), ctypes.c_double()
    box = tuple(ctypes.c_double() for _ in range(4))
    for first, last in _even_stretches(text, sizes):
        for start, end in _level_stretches(handle, text, first, last, sizes[first]):
            raw.FPDFText_GetCharOrigin(handle, start, x, y)
            end_word = end - 1
            while end_word > start and text[end_word].isspace():
                end_word -= 1
            raw.FPDFText_GetCharBox(handle, end_word, *box)
            if not pictures.have(handle, start):
                yield Stretch(text[start:end], sizes[start], x.value, box[1].value, y.value)


def _level_stretches(handle: object, text: str, start: int, end: int, size: float) -> Iterator[tuple[int, int]]:
    """Where words on one baseline begin and end, from left to right; between columns the file tells no line end."""
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(handle, start, x, y)
    base, left = y.value, x.value
    space = text.find(" ", start, end)
    while space >= 0:
        word = space + 1
        if word < end and text[word] != " ":
            raw.FPDFText_GetCharOrigin(handle, word, x, y)
            if abs(y.value - base) > _SAME_LINE * size or x.value < left - size:
                yield start, word
                start, base = word, y.value
            left = x.value
        space = text.find(" ", word, end)
    yield start, end


def _sizes(handle: object, count: int) -> list[float]:
    """The size of each letter in points; where the file hides it in its matrices, the height of its box."""
    from pypdfium2 import raw

    size_of = raw.FPDFText_GetFontSize
    sizes = [size_of(handle, index) for index in range(count)]
    if max(sizes, default=0) > 2:
        return sizes
    box = raw.FS_RECTF()
    for index in range(count):
        raw.FPDFText_GetLooseCharBox(handle, index, box)
        sizes[index] = round(abs(box.top - box.bottom) * 0.87, 1)
    return sizes


def _even_stretches(text: str, sizes: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Where letters of one size begin and end, and lines end; spaces take the size of what is before them."""
    start = -1
    for index, letter in enumerate(text):
        if letter in "\r\n":
            if start >= 0:
                yield start, index
            start = -1
        elif start < 0:
            start = -1 if letter == " " else index
        elif sizes[index] != sizes[start] and letter != " ":
            yield start, index
            start = index
    if start >= 0:
        yield start, len(text)


def _grouped(stretches: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    """The stretches that stand on one line, raised ones with the line that they belong to."""
    group: list[Stretch] = []
    for stretch in stretches:
        if group and not _on_one_line(group[-1], stretch):
            yield group
            group = []
        group.append(stretch)
    if group:
        yield group


def _on_one_line(before: Stretch, after: Stretch) -> bool:
    larger = max(before.size, after.size)
    if abs(before.base - after.base) > _SAME_LINE * larger:
        return False
    gap = after.left - before.right
    return -0.5 * larger < gap < 2.5 * larger


def _line(group: Sequence[Stretch], page: int) -> PageLine | None:
    weights: Counter[tuple[float, float]] = Counter()
    for stretch in group:
        weights[stretch.size, stretch.base] += len(stretch.text.strip())
    (size, base), _ = weights.most_common(1)[0]
    parts: list[str] = []
    before: Stretch | None = None
    for stretch in group:
        text = stretch.text
        bare = text.strip()
        raised = stretch.size <= _SMALLER * size and stretch.base > base + 0.05 * size
        if raised and bare and all(letter in "0123456789()" for letter in bare):
            text = text.translate(_RAISED_DIGITS)
        own = stretch.size if raised else size  # the space before a raised mark is as small as the mark
        if before and stretch.left - before.right > 0.22 * own and not (parts[-1][-1:] == " " or text[0] == " "):
            parts.append(" ")
        parts.append(text)
        before = stretch
    text = unicodedata.normalize("NFC", "".join(parts).translate(_NOT_PRINTED)).strip()
    return PageLine(text, size, group[0].left, group[-1].right, base, page) if text else None
