"""The wordings of reference/phrases.toml, and how one is chosen and filled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast
from zlib import crc32

from baocao.model.draft import Line, Number, Words
from baocao.reference import load

Slot = Line | str
_MANNERS = 12  # divisible by the number of manners of any statement
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Voice:
    """How a statement is worded. The same ``turn`` always takes the same of several wordings.

    Its last part decides the manner (a pair A/B or a bracket), the rest the words, so that all go together.
    """

    turn: int

    @classmethod
    def of(cls, words: str) -> Voice:
        """The voice of a statement, chosen by what it speaks of, so that neighbours differ and a redraft does not."""
        return cls(crc32(words.encode()))

    def choose(self, key: str) -> str:
        """One of the wordings under a key ("moved.rise")."""
        wordings = wordings_of(key)
        return wordings[(self.turn // _MANNERS + crc32(key.encode())) % len(wordings)]

    def say(self, key: str, slots: Mapping[str, Slot]) -> Line:
        """One of the wordings under a key with its slots filled."""
        return filled(self.choose(key), slots)


def wordings_of(key: str) -> Sequence[str]:
    """All wordings under a key. Raises ``KeyError``."""
    found: Any = load("phrases")
    for part in key.split("."):
        found = found[part]
    return (found,) if isinstance(found, str) else cast(Sequence[str], found)


def word(key: str) -> str:
    """The one word or mark under a key."""
    return wordings_of(key)[0]


def filled(template: str, slots: Mapping[str, Slot]) -> Line:
    """A wording with its slots filled. Raises ``KeyError`` for a slot that nothing fills."""
    pieces: list[Line] = []
    for place, part in enumerate(_SLOT.split(template)):
        slot = slots[part] if place % 2 else part
        pieces.append((Words(slot),) if isinstance(slot, str) else slot)
    return smooth(*pieces)


def smooth(*lines: Line) -> Line:
    """Lines one behind the other, neighbouring words of one style made one."""
    pieces: list[Any] = []
    for piece in (piece for line in lines for piece in line):
        last = pieces[-1] if pieces else None
        if isinstance(piece, Words) and isinstance(last, Words) and _alike(piece, last):
            pieces[-1] = Words(last.text + piece.text, last.is_bold, last.is_italic)
        elif not isinstance(piece, Words) or piece.text:
            pieces.append(piece)
    return tuple(pieces)


def _alike(first: Words, second: Words) -> bool:
    return (first.is_bold, first.is_italic) == (second.is_bold, second.is_italic)


def joined(lines: Iterable[Line], mark: str, last: str = "") -> Line:
    """Lines with a mark between them; ``last`` stands before the last one instead."""
    lines = list(lines)
    pieces: list[Line] = []
    for place, line in enumerate(lines):
        if place:
            pieces.append((Words(last if last and place == len(lines) - 1 else mark),))
        pieces.append(line)
    return smooth(*pieces)


def sentence(line: Line) -> Line:
    """A line as a sentence of its own: a capital first, a full stop last."""
    if line and isinstance(line[0], Words) and line[0].text:
        first = line[0]
        capital = Words(first.text[0].upper() + first.text[1:], first.is_bold, first.is_italic)
        line = (capital, *line[1:])
    ends = line[-1] if line else None
    closed = isinstance(ends, Words) and ends.text.endswith((".", "!", "?"))
    return line if closed else smooth(line, (Words("."),))


def run_on(lines: Iterable[Line], mark: str, *, is_led: bool = False) -> Line:
    """Lines in one sentence: those that do not open it begin small; ``is_led`` says that words stand before the first.

    >>> run_on([(Words("Số hộ là 5"),), (Words("Tỷ lệ là 3"),), (Words("OCOP"),)], "; ")[0].text
    'Số hộ là 5; tỷ lệ là 3; OCOP'
    """
    told = [_small(line) if place or is_led else line for place, line in enumerate(lines)]
    if is_led and told:
        told[0] = _with_one_colon(told[0])
    return joined(told, mark)


def _with_one_colon(line: Line) -> Line:
    """A figure behind words that end in a colon: "Quy mô: số trường là 252 trường", not "Quy mô: số trường: 252"."""
    if len(line) > 1 and isinstance(line[0], Words) and isinstance(line[1], Number) and line[0].text.endswith(": "):
        return (replace(line[0], text=f"{line[0].text[:-2]} {word('value.verb_of_all')} "), *line[1:])
    return line


def _small(line: Line) -> Line:
    """A line that begins small, unless it begins with letters that stand for words ("HIV")."""
    if not line or not isinstance(line[0], Words):
        return line
    return (Words(begun_small(line[0].text), line[0].is_bold, line[0].is_italic), *line[1:])


def begun_small(name: str) -> str:
    """A name as it stands within a sentence; one that begins with a word in capitals stays ("UBND tỉnh")."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def unit_within(name: str) -> str:
    """A unit's name as it stands within a sentence; one without a word for what the unit is keeps its capital.

    >>> unit_within("Xã Bản Màu"), unit_within("Khau Sơn"), unit_within("Xãng Tà")
    ('xã Bản Màu', 'Khau Sơn', 'Xãng Tà')
    """
    is_kind = any(name.casefold().startswith(f"{kind} ") for kind in wordings_of("kinds.words"))
    return name[:1].lower() + name[1:] if is_kind else name


def numbers_of(line: Line) -> list[Number]:
    """The numbers that stand in a line itself."""
    return [piece for piece in line if isinstance(piece, Number)]
