"""A text is a row of words, numbers and marks, each at its place.

Most of a report is plain words between single spaces, so the text is parted at its white space first
and only what is no plain word is looked at more closely.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from operator import add

from baocao.grammar.vocabulary import WORD


def lowered(text: str) -> str:
    """The text in lower case, every letter at its own place."""
    low = text.lower()
    if len(low) != len(text):  # a letter whose lower case is longer would shift every place
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low


def is_letter(char: str) -> bool:
    return char.isalnum() and not char.isdecimal()


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
        place = places[index]
        for part in _parts(chunks[index]):
            words.append(part)
            starts.append(place)
            place += len(part)
    words += chunks[done:]
    starts += places[done:]
    words.append("")
    starts.append(len(low))
    return words, starts


@lru_cache(maxsize=8192)
def _parts(chunk: str) -> list[str]:
    """What a chunk of more than letters is made of: no white space stands between, so that nothing is left out."""
    parts: list[str] = WORD.findall(chunk)
    return parts


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
