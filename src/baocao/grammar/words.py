"""A text is a row of words, numbers and marks, each at its place.

Most of a report is plain words between single spaces, so the text is parted at its white space first
and only what is no plain word is looked at more closely.
"""

from __future__ import annotations

from itertools import accumulate, chain, compress
from operator import itemgetter
from typing import NamedTuple

from baocao.grammar.vocabulary import WORD, telling


def lowered(text: str) -> str:
    """The text in lower case, every letter at its own place."""
    low = text.lower()
    if len(low) != len(text):  # a letter whose lower case is longer would shift every place
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low


def is_letter(char: str) -> bool:
    return char.isalnum() and not char.isdecimal()


class Words(NamedTuple):
    """A text's words in order, ended by an empty one, where each begins, and which ones a token may begin with."""

    words: list[str]
    starts: list[int]
    stops: list[int]


class _Chunk(NamedTuple):
    """What stands between two white spaces: its words, how far each leads on, and whether a token may begin there."""

    words: tuple[str, ...]
    advances: tuple[int, ...]
    stops: tuple[bool, ...]


class _Chunks(dict[str, _Chunk]):
    """The chunks met so far. A few thousand make up most of any report, so that each is looked at once."""

    def __missing__(self, text: str) -> _Chunk:
        if len(self) >= _MOST:
            self.clear()
        words = (text,) if text.isalpha() else tuple(WORD.findall(text))  # no white space, so nothing is left out
        advances = [len(word) for word in words]
        advances[-1] += 1  # the space behind
        stops = tuple(word in telling() or (word <= ":" and word[0].isdecimal()) for word in words)
        self[text] = chunk = _Chunk(words, tuple(advances), stops)
        return chunk


_MOST = 20_000  # chunks that are kept
_chunks = _Chunks()
_WORDS, _ADVANCES, _STOPS = (itemgetter(place) for place in range(3))


def words_of(low: str) -> Words:
    """The words of a lowered text."""
    pieces = low.split()
    chunks = list(map(_chunks.__getitem__, pieces))
    words = list(chain.from_iterable(map(_WORDS, chunks)))
    starts = list(accumulate(chain.from_iterable(map(_ADVANCES, chunks)), initial=0))
    stops = list(compress(range(len(words)), chain.from_iterable(map(_STOPS, chunks))))
    if starts[-1] != len(low) + 1:  # more than single spaces between the chunks
        starts = _places(low, words)
    words.append("")
    starts[-1] = len(low)
    return Words(words, starts, stops)


def _places(text: str, words: list[str]) -> list[int]:
    """Where each word begins, looked for one by one, and one place more."""
    places = []
    position = 0
    for word in words:
        position = text.index(word, position)
        places.append(position)
        position += len(word)
    return [*places, position]
