"""Labels of shares: which family of labels a percentage belongs to, and its place in that family."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from baocao.grammar.lexing import QUANTITY
from baocao.grammar.neighbours import inside
from baocao.grammar.stretch import Stretch
from baocao.grammar.vocabulary import spellings
from baocao.reference import load

_WORD = re.compile(r"[^\W\d_]+")
_FILLERS = frozenset("chiếm là có đạt mức loại với tỷ lệ tỉ trọng khoảng số được".split())
_JOINERS = frozenset("và hoặc trở lên".split())
_NO_PREFIX = frozenset({"đạt", "hoàn thành", "nam", "nữ", "thuế", "tốt"})
_LONGEST = 9  # words of a label


class Family(NamedTuple):
    """One way of parting a whole: how many labels at least make it, and which two already do."""

    name: str
    least: int
    closed: tuple[frozenset[int], ...]


class Label(NamedTuple):
    """A label's family and its rank in it."""

    family: Family
    rank: int


@cache
def labels() -> dict[str, Label]:
    """Every label in every spelling, in lower case, single spaces."""
    found: dict[str, Label] = {}
    for name, table in load("partitions")["family"].items():
        ranks = {label: rank for rank, row in enumerate(table["labels"]) for label in row.split("|")}
        closed = tuple(frozenset(ranks[label] for label in pair) for pair in table["closed"])
        family = Family(name, table["least"], closed)
        for label, rank in ranks.items():
            for spelling in spellings(label):
                found[spelling] = Label(family, rank)
    return found


@cache
def _last_words() -> frozenset[str]:
    return frozenset(label.rsplit(" ", 1)[-1] for label in labels())


@cache
def rest_words() -> re.Pattern[str]:
    """Words that tell of a rest that has no share of its own."""
    return re.compile("|".join(map(re.escape, load("partitions")["rest"]["words"])))


def label_of(stretch: Stretch, index: int) -> Label | None:
    """The label in the words before a percentage, or before the count that it stands behind in brackets."""
    anchor = anchor_of(stretch, index)
    words = _WORD.findall(stretch.text[_segment_start(stretch, anchor) : stretch.tokens[anchor].start].lower())
    while len(words) > 1 and words[-1] in _FILLERS and " ".join(words) not in labels():
        words.pop()
    if not words or words[-1] not in _last_words():
        return None
    for count in range(min(len(words), _LONGEST), 0, -1):
        label = labels().get(" ".join(words[-count:]))
        if label is not None:
            return None if _is_joined(words[:-count], words[-count:], label) else label
    return None


def _is_joined(ahead: list[str], words: list[str], label: Label) -> bool:
    """ "khá, giỏi 71%": two labels with one share; and labels that are common words in a longer phrase."""
    while ahead and ahead[-1] in _JOINERS:
        ahead = ahead[:-1]
    if not ahead:
        return False
    other = labels().get(ahead[-1]) or labels().get(" ".join(ahead[-2:]))
    if other is not None and other.family is label.family and len(words) < _LONGEST:
        return label.family.name in ("rating", "deadline", "satisfaction")
    return " ".join(words) in _NO_PREFIX and ahead[-1] in ("không", "chưa", "tỷ", "đã")


def anchor_of(stretch: Stretch, index: int) -> int:
    """The count that a percentage stands behind in brackets ("962 người (69,4%)"), else the percentage itself."""
    position = index - 1
    while position >= 0 and stretch.kinds[position] in "ce":
        position -= 1
    if position > 0 and stretch.kinds[position] == "(" and stretch.kinds[position - 1] == QUANTITY:
        return position - 1 if inside(stretch, position, nested=True) == [index] else index
    return index


def _segment_start(stretch: Stretch, index: int) -> int:
    """Where the words of a label begin: behind the last figure, semicolon, colon or bracket."""
    first = index - 2 if index and stretch.kinds[index - 1] == ":" else index - 1  # "Dịch vụ: 39,4%"
    for position in range(first, -1, -1):
        token = stretch.tokens[position]
        if token.figure is not None or token.kind in ";:().…":
            return token.end
    return 0
