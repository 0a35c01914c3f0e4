"""How wide the words of a chart are, and how small they have to be written to find room."""

from __future__ import annotations

from decimal import Decimal

from baocao.formats.docx_write_measure import length

_TWIPS = 20  # a point
_SMALLEST = Decimal(6)


def wide(words: str, size: int) -> Decimal:
    """The width of words in points, no less than it is: letters that are not bold are a little narrower."""
    return Decimal(length(words, size)) / _TWIPS


def fitting(words: str, size: int, room: Decimal) -> Decimal:
    """The size at which words find room, not above the usual one, and never too small to read."""
    needed = wide(words, size)
    return Decimal(size) if needed <= room else max(size * room / needed, min(_SMALLEST, Decimal(size)))


def broken(words: str, size: int, room: Decimal) -> list[str]:
    """Bold words in lines of so many points."""
    found = [""]
    for word in words.split():
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and wide(longer, size) > room:
            found.append(word)
        else:
            found[-1] = longer
    return found
