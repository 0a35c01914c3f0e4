"""A text is a row of words, numbers and marks, each at its place.

Most of a report is plain words between single spaces, so the text is parted at its white space first
and only what is no plain word is looked at more closely.
"""

from __future__ import annotations

from itertools import accumulate
from operator import add

from baocao.grammar.vocabulary import WORD

_BEHIND = frozenset(",.;:)")  # marks that stand right behind a word


def lowered(text: str) -> str:
    """The text in lower case, every letter at its own place."""
    low = text.lower()
    if len(low) != len(text):  # a letter whose lower case is longer would shift every place
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low


def words_of(low: str) -> tuple[list[str], list[int]]:
    """The words of a lowered text and where each begins; both lists end with an empty word at the text's end."""
    chunks = low.split()
    places = _places(low, chunks)
    words: list[str] = []
    starts: list[int] = []
    done = 0
    for index in [index for index, chunk in enumerate(chunks) if not chunk.isalpha()]:
        words += chunks[done:index]
        starts += places[done:index]
        done = index + 1
        chunk, place = chunks[index], places[index]
        if chunk[-1] in _BEHIND and chunk[:-1].isalpha():
            words += (chunk[:-1], chunk[-1])
            starts += (place, place + len(chunk) - 1)
        elif chunk.isdecimal():
            words.append(chunk)
            starts.append(place)
        else:
            for match in WORD.finditer(chunk):
                words.append(match[0])
                starts.append(place + match.start())
    words += chunks[done:]
    starts += places[done:]
    words.append("")
    starts.append(len(low))
    return words, starts


def _places(text: str, chunks: list[str]) -> list[int]:
    """Where each chunk begins; counted up where single spaces part them, else looked for one by one."""
    lengths = list(map(len, chunks))
    if sum(lengths) + len(chunks) - 1 == len(text):
        return list(map(add, accumulate(lengths, initial=0), range(len(chunks))))
    places = []
    position = 0
    for chunk in chunks:
        position = text.index(chunk, position)
        places.append(position)
        position += len(chunk)
    return places
