"""A rule under a line is drawn as long as the line, or a part of it: so a line's length has to be known.

Widths of Times New Roman Bold in thousandths of the letter size; accents do not change them.
"""

from __future__ import annotations

import unicodedata

_LETTERS = {
    250: " ,.", 278: "il/", 333: "jft-():;", 389: "Is", 444: "cerz", 500: "agovxyJ0123456789–", 556: "bdhknpquSđ",
    600: "ư", 611: "FP", 667: "BELTZ", 722: "ACDNRUVXYwĐ", 778: "GHKOQƠ", 796: "Ư", 833: "m", 944: "M", 1000: "W%—",
}  # fmt: skip
_WIDTHS = {letter: width for width, letters in _LETTERS.items() for letter in letters}
_USUAL = 556
_TWIPS_A_POINT = 20
_STEP = 20  # twips; nothing finer can be seen


def length(text: str, size: int) -> int:
    """How long bold text of ``size`` points is, in twips."""
    thousandths = sum(_width(letter) for letter in text)
    return thousandths * size * _TWIPS_A_POINT // 1000


def lines(text: str, size: int, room: int) -> list[int]:
    """The lengths of the lines that text is broken into in ``room`` twips."""
    found: list[int] = []
    line = ""
    for paragraph in text.split("\n"):
        for word in paragraph.split(" "):
            longer = f"{line} {word}".strip()
            if line and length(longer, size) > room:
                found.append(length(line, size))
                line = word
            else:
                line = longer
        found.append(min(length(line, size), room))
        line = ""
    return found


def balanced(text: str, size: int, room: int) -> int:
    """The narrowest room that breaks the text into no more lines: so no single word is left for the last one."""
    wanted = len(lines(text, size, room))
    if wanted == 1:
        return room
    low, high = 0, room
    while high - low > _STEP:
        middle = (low + high) // 2
        fits = len(found := lines(text, size, middle)) <= wanted and max(found) < middle
        low, high = (low, middle) if fits else (middle, high)
    return min(high + _STEP, room)


def _width(letter: str) -> int:
    known = _WIDTHS.get(letter)
    if known is None:
        known = _WIDTHS.get(unicodedata.normalize("NFD", letter)[:1], _USUAL)
    return known
