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
_Words = list[tuple[str, int]]  # words or lines, with their lengths in thousandths of the letter size
_SPACE = _WIDTHS[" "]
_SLACK = 20  # letters of other makes are a hair wider


def length(text: str, size: int) -> int:
    """How long bold text of ``size`` points is, in twips."""
    return _twips(_thousandths(text), size)


def _thousandths(text: str) -> int:
    return sum(_width(letter) for letter in text)


def _twips(thousandths: int, size: int) -> int:
    return thousandths * size * _TWIPS_A_POINT // 1000


def lines(text: str, size: int, room: int) -> list[int]:
    """The lengths of the lines that text is broken into in ``room`` twips."""
    return [min(_twips(long, size), room) for _, long in _broken(_measured(text), size, room)]


def _measured(text: str) -> list[_Words]:
    """The words of each paragraph, each with its length: words are measured once, and broken into lines many times."""
    return [[(word, _thousandths(word)) for word in paragraph.split()] for paragraph in text.split("\n")]


def _broken(paragraphs: list[_Words], size: int, room: int) -> _Words:
    """Lines with their lengths."""
    found: _Words = []
    for words in paragraphs:
        line, long = "", 0
        for word, own in words:
            if line and _twips(long + _SPACE + own, size) > room:
                found.append((line, long))
                line, long = word, own
            elif line:
                line, long = f"{line} {word}", long + _SPACE + own
            else:
                line, long = word, own
        found.append((line, long))
    return found


def balanced(text: str, size: int, room: int) -> int:
    """The narrowest room that breaks the text into no more lines, behind a comma or semicolon where that can be.

    So no single word is left for the last line; and none begins with the dash of "kinh tế - xã hội".
    """
    words = _measured(text)
    wanted = len(_broken(words, size, room))
    if not 1 < wanted <= _MOST:
        return room
    rooms = range(max(room // wanted - _STEP, _STEP), room, _STEP)
    fitting = [one for one in rooms if _fits(words, size, one, wanted)]
    for is_good in (_pauses, _has_no_dash):
        for one in fitting:
            if is_good([line for line, _ in _broken(words, size, one)]):
                return min(one + _SLACK, room)
    return min(next(iter(fitting), room) + _SLACK, room)


def _pauses(found: list[str]) -> bool:
    return all(line.endswith((";", ",", ":")) for line in found[:-1])


def _has_no_dash(found: list[str]) -> bool:
    return not any(line.startswith("-") for line in found)


def _fits(words: list[_Words], size: int, room: int, wanted: int) -> bool:
    found = _broken(words, size, room)
    return len(found) <= wanted and all(_twips(long, size) <= room for _, long in found)


def _width(letter: str) -> int:
    known = _WIDTHS.get(letter)
    if known is None:
        known = _WIDTHS.get(unicodedata.normalize("NFD", letter)[:1], _USUAL)
    return known
