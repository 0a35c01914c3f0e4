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
_STEP = 40  # twips; nothing finer can be seen
_MOST = 5  # lines; a longer text fills the room
_SLACK = 20  # letters of other makes are a hair wider


def length(text: str, size: int) -> int:
    """How long bold text of ``size`` points is, in twips."""
    thousandths = sum(_width(letter) for letter in text)
    return thousandths * size * _TWIPS_A_POINT // 1000


def lines(text: str, size: int, room: int) -> list[int]:
    """The lengths of the lines that text is broken into in ``room`` twips."""
    return [min(length(line, size), room) for line in _broken(text, size, room)]


def _broken(text: str, size: int, room: int) -> list[str]:
    found: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if line and length(longer, size) > room:
                found.append(line)
                line = word
            else:
                line = longer
        found.append(line)
    return found


def balanced(text: str, size: int, room: int) -> int:
    """The narrowest room that breaks the text into no more lines, behind a comma or semicolon where that can be.

    So no single word is left for the last line; and none begins with the dash of "kinh tế - xã hội".
    """
    wanted = len(_broken(text, size, room))
    if not 1 < wanted <= _MOST:
        return room
    rooms = range(max(room // wanted - _STEP, _STEP), room, _STEP)
    fitting = [one for one in rooms if _fits(text, size, one, wanted)]
    for is_good in (_pauses, _has_no_dash):
        for one in fitting:
            if is_good(_broken(text, size, one)):
                return min(one + _SLACK, room)
    return min(next(iter(fitting), room) + _SLACK, room)


def _pauses(found: list[str]) -> bool:
    return all(line.endswith((";", ",", ":")) for line in found[:-1])


def _has_no_dash(found: list[str]) -> bool:
    return not any(line.startswith("-") for line in found)


def _fits(text: str, size: int, room: int, wanted: int) -> bool:
    found = _broken(text, size, room)
    return len(found) <= wanted and all(length(line, size) <= room for line in found)


def _width(letter: str) -> int:
    known = _WIDTHS.get(letter)
    if known is None:
        known = _WIDTHS.get(unicodedata.normalize("NFD", letter)[:1], _USUAL)
    return known
