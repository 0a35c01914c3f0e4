"""Totals and what stands under them: brackets, "trong đó", "gồm", a colon, a note hung on the figure.

A group is a list of items with the figures that stand before it (its heads, nearest first). Which
head is the total of which items is for the readers of totals, shares and counts to say.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from baocao.grammar.lexing import FRACTION, QUANTITY
from baocao.grammar.paper import Paper
from baocao.grammar.stretch import Stretch

_BACK = 80  # tokens back from a list that its total may stand
_LONGEST = 300  # tokens of a list that are read
_EXHAUSTIVE = re.compile(r"gồm|chia|phân ra|cụ thể|đó là|như sau")
_SOME_ONLY = ("...", "…", "vân vân", "chủ yếu", "một số", "trọng tâm", "điển hình", "tiêu biểu", "nổi bật", "như:")
_SUCH_AS = re.compile(r"v\.\s?v|\bnhư\b")
_OF_WHICH = re.compile(r"[(:]?\s*trong đó(?!\s*gồm)")
_OUT_OF_ALL = re.compile(
    r"\btrong (?:(?:tổng )?(?:số )?|tổng số (?:(?!đó|này|có)\w+ ){1,3}|số (?:(?!đó|này|có)\w+ ){1,3}còn lại (?:là )?)$"
)
_RESIDUE = re.compile(r"(?:còn lại|khác\b|số còn)(?! chưa| không| đều)")


class Group(NamedTuple):
    """A list under some figures. ``heads`` are token indices in ``owner``, nearest first; the list is
    the tokens [low, high) of ``stretch`` at bracket depth ``parent``."""

    owner: Stretch
    heads: tuple[int, ...]
    stretch: Stretch
    low: int
    high: int
    parent: int
    opener: str  # "(", ":", "gồm", "trong đó", "note", "trong"
    exhaustive: bool
    mark: int = -1  # for a note: the token before its mark
    later: tuple[int, ...] = ()  # figures of the sentence behind a note's mark, which the note may explain too

    @property
    def text(self) -> str:
        """The words of the list."""
        return self.stretch.text[self.start : self.end]

    @property
    def lowered(self) -> str:
        return self.stretch.lowered[self.start : self.end]

    @property
    def open_ended(self) -> bool:
        """Whether the list names only some of its parts, by its own words."""
        words = self.lowered
        if self.opener == "trong":  # "trong 21 chỉ tiêu chủ yếu, có ...": the whole's own noun is no part of the list
            words = words.partition(",")[2] or words
        if any(some in words for some in _SOME_ONLY):
            return True
        return ("v." in words or "như" in words) and _SUCH_AS.search(words) is not None

    @property
    def start(self) -> int:
        return self.stretch.tokens[self.low - 1].end if self.low else 0

    @property
    def end(self) -> int:
        tokens = self.stretch.tokens
        return tokens[self.high].start if self.high < len(tokens) else len(self.stretch.text)


def groups(paper: Paper, stretch: Stretch) -> list[Group]:
    """All groups whose heads stand in a stretch."""
    found = [*_brackets(stretch), *_opened(stretch), *_among(stretch)]
    found.extend(_notes(paper, stretch))
    return found


def _heads(stretch: Stretch, index: int, parent: int, limit: int = 5) -> tuple[int, ...]:
    """The figures of the sentence before a token, at its depth or outside, nearest first."""
    sentence = stretch.sentence[index] if index < len(stretch.sentence) else -1
    heads: list[int] = []
    position, last = index - 1, max(0, index - _BACK)
    while position >= last and len(heads) < limit:
        if sentence >= 0 and stretch.sentence[position] != sentence and _is_past(stretch, position, index, heads):
            break
        if sentence >= 0 and sentence - stretch.sentence[position] > 2:
            break
        same = stretch.parent[position] == parent
        figure = stretch.kinds[position] in (QUANTITY, FRACTION) and same
        if figure and not stretch.quantum(position).is_percent and not stretch.is_change(position):
            heads.append(position)
        elif stretch.kinds[position] == ";" and same and heads:
            break
        position -= 1
    return tuple(heads)


def _is_past(stretch: Stretch, position: int, index: int, heads: list[int]) -> bool:
    """Whether a token of an earlier sentence is too far back to be a head."""
    if not heads:
        return not _begins(stretch, index)
    return stretch.sentence[position] != stretch.sentence[heads[0]]


def _begins(stretch: Stretch, index: int) -> bool:
    """Whether a token is the first of its sentence ("Trong đó: ..." is about the sentence before)."""
    return index == 0 or stretch.kinds[index - 1] == "."


def _make(
    owner: Stretch, heads: tuple[int, ...], stretch: Stretch, low: int, high: int, parent: int, opener: str
) -> Group:
    opening = stretch.tokens[low - 1] if low else None
    start, end = (opening.start, opening.end) if opening is not None else (0, 0)
    exhaustive = opener in ("(", ":") or bool(_EXHAUSTIVE.search(opener))
    if exhaustive and _OF_WHICH.match(stretch.text[start : end + 24].lower()):
        exhaustive = False
    return Group(owner, heads, stretch, low, high, parent, opener, exhaustive)


def _brackets(stretch: Stretch) -> list[Group]:
    found = []
    for opening, end in sorted(stretch.close.items()):
        closing = min(end, opening + _LONGEST)
        heads = _heads(stretch, opening, stretch.parent[opening])
        if heads and any(True for _ in stretch.figures_between(opening + 1, closing)):
            low = opening + 1
            opener = "("
            if low < closing and stretch.kinds[low] == "t":
                opener = stretch.text[stretch.tokens[low].start : stretch.tokens[low].end].lower()
                low += 1
            found.append(_make(stretch, heads, stretch, low, closing, opening, opener))
    return found


def _opened(stretch: Stretch) -> list[Group]:
    """Lists opened by "trong đó", "gồm" or a colon; they end with the sentence (the bracket, when in one)."""
    found: list[Group] = []
    kinds = stretch.kinds
    if "t" not in kinds and ":" not in kinds:
        return found
    position = 0
    while position < len(kinds):
        if kinds[position] not in "t:":
            position += 1
            continue
        opener = stretch.text[stretch.tokens[position].start : stretch.tokens[position].end].lower()
        parent = stretch.parent[position]
        low = position + 1
        while low < len(kinds) and kinds[low] in "t:":
            low += 1
        high = _list_end(stretch, low, parent)
        heads = _heads(stretch, position, parent)
        if heads and low < high:
            found.append(_make(stretch, heads, stretch, low, high, parent, opener))
        position = low
    return found


def _list_end(stretch: Stretch, low: int, parent: int) -> int:
    """The end of a list that began at ``low``: its bracket's end, its sentence's end, or the next nested list's."""
    last = min(len(stretch.kinds), low + _LONGEST)
    if parent >= 0:
        return min(stretch.close[parent], last)
    sentence = stretch.sentence[low - 1]
    high = low
    while high < last and stretch.sentence[high] == sentence and stretch.kinds[high] != ".":
        high += 1
    return high


def _among(stretch: Stretch) -> list[Group]:
    """ "Trong 17 chỉ tiêu, có 14 đạt, 3 không đạt": the list follows the total without an opening word."""
    found = []
    for index in stretch.places:
        if stretch.kinds[index] != QUANTITY or stretch.quantum(index).is_percent:
            continue
        start = stretch.tokens[index].start
        before = stretch.lowered[max(0, start - 40) : start]
        if "trong " in before and _OUT_OF_ALL.search(before):
            high = _list_end(stretch, index + 1, stretch.parent[index])
            found.append(_make(stretch, (index,), stretch, index + 1, high, stretch.parent[index], "trong"))
    return found


def _notes(paper: Paper, stretch: Stretch) -> list[Group]:
    """A note hung on figures: its sentences are lists under the figures before its mark."""
    found: list[Group] = []
    for at, label in stretch.marks:
        notes = paper.notes_at(stretch, label)
        index = _token_before(stretch, at)
        if not notes or index < 0:
            continue
        heads = _heads(stretch, index + 1, stretch.parent[index]) if index + 1 < len(stretch.tokens) else ()
        heads = heads or _heads_at_end(stretch, index)
        later = _heads_after(stretch, index)
        for note in notes:
            found.extend(group._replace(later=later, mark=index) for group in _note_lists(stretch, heads, note))
    return found


def _heads_after(stretch: Stretch, index: int) -> tuple[int, ...]:
    after = list(stretch.figures_between(index + 1, index + 30, stretch.parent[index]))
    return tuple(i for i in after if stretch.sentence[i] == stretch.sentence[index])[:4]


def _heads_at_end(stretch: Stretch, index: int) -> tuple[int, ...]:
    heads = [
        i for i in stretch.figures_between(0, index + 1, stretch.parent[index]) if not stretch.quantum(i).is_percent
    ]
    sentence = stretch.sentence[index]
    return tuple(i for i in reversed(heads) if stretch.sentence[i] == sentence)[:5]


def _note_lists(stretch: Stretch, heads: tuple[int, ...], note: Stretch) -> list[Group]:
    if not heads or re.match(r"\W*(?:và|ngoài ra|còn)\b", note.text.lower()):
        return []  # "Và: 48.316 mũi 02 ..." goes on counting, it does not divide
    found = []
    count = min(len(note.kinds), 4 * _LONGEST)
    whole = _first_item(note)
    found.append(_make(stretch, heads, note, whole, count, -1, _note_opener(note)))
    low = 0
    for position in range(count + 1):
        if position == count or (note.kinds[position] == "." and note.parent[position] == -1):
            if (low, position) != (0, count) and position > low:
                first = low == 0
                opener = _note_opener(note) if first else "note"
                found.append(_make(stretch, heads, note, whole if first else low, position, -1, opener))
            low = position + 1
    return found


def _first_item(note: Stretch) -> int:
    """Past "Trong đó:", "Gồm:" and the note's own number."""
    position = 0
    while position < len(note.kinds) and note.kinds[position] in "tT:.Nsve" and position < 3:
        position += 1
    return position


def _note_opener(note: Stretch) -> str:
    head = note.text[:24].lower()
    match = re.match(r"\W*\d*\W*(gồm|bao gồm|trong đó|cụ thể)", head)
    return f"note {match[1]}" if match else "note"


def _token_before(stretch: Stretch, at: int) -> int:
    """The last token that ends at or before a position of the text."""
    for index in range(len(stretch.tokens) - 1, -1, -1):
        if stretch.tokens[index].end <= at:
            return index
    return -1


def outside_brackets(group: Group) -> str:
    """The words of a list without those in brackets in it: "(tiền mặt 12 triệu đồng, còn lại là ngày công)"."""
    stretch, parts, at = group.stretch, [], group.start
    for opening in range(group.low, min(group.high, len(stretch.kinds))):
        if opening in stretch.close and stretch.tokens[opening].start >= at:
            parts.append(stretch.lowered[at : stretch.tokens[opening].start])
            closing = stretch.close[opening]
            at = stretch.tokens[closing].end if closing < len(stretch.tokens) else group.end
    parts.append(stretch.lowered[at : group.end])
    return " ".join(parts)


def residue(group: Group, parts: list[int]) -> bool | None:
    """Whether a list speaks of a rest: True when it does not count it, False when it does, None when there is none."""
    if not _RESIDUE.search(group.lowered) or not _RESIDUE.search(outside_brackets(group)):
        return None
    counted = [f"{group.stretch.words_before(i)} {group.stretch.words_after(i)}".lower() for i in parts]
    return not any(_RESIDUE.search(words) for words in counted)
