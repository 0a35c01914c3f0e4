"""Stated counts ("07/13 xã", "hai huyện") and the lists that may name what they count."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from baocao.grammar.lexing import FRACTION, QUANTITY, YEAR
from baocao.grammar.listings import Region, is_attribute, kind_of, words_of
from baocao.grammar.paper import Paper
from baocao.grammar.stretch import Stretch
from baocao.grammar.vocabulary import is_measured, measures, number_words
from baocao.grammar.words import is_letter
from baocao.model import Figure, Quantity

MOST = 99  # nobody names more than so many things in a sentence
_DIGITS = 2  # of such a number
_FEW = 12  # people and cases that are named at most
_LONGEST = 200  # tokens of a list that are looked at
_NUMBER_WORDS = tuple(f"{word} " for word in "hai ba bốn năm sáu bảy tám chín mười".split())
_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZĐ")
_MARK = re.compile(r"[^\w\s]|\d")
_WORDS = re.compile(r"[^\W\d_]+")


class Head(NamedTuple):
    """A stated count. ``after`` is the token behind it, ``noun_at`` the place of its noun in the text."""

    stretch: Stretch
    figure: Figure
    stated: int
    noun: str
    noun_at: int
    after: int
    token: int  # its own token, -1 for a number word
    parent: int


class Offer(NamedTuple):
    """A list that stands behind a count. ``rivals`` other counts stand between them."""

    head: Head
    region: Region
    opener: str  # "(", ":", "note", "named", "loose", "aside", "name"
    rivals: int


def heads(stretch: Stretch) -> Iterator[Head]:
    """The figures of a stretch that may count things which are named."""
    for index in stretch.places:
        quantum = stretch.quantum(index)
        if (
            quantum.number_end - quantum.start > _DIGITS
            or quantum.measure is None
            or quantum.number.decimals
            or quantum.scale
            or quantum.upper is not None
            or quantum.comparator.value
            or not 1 <= quantum.value <= MOST
            or is_measured(quantum.dimension)
            or is_attribute(stretch, index)
        ):
            continue
        noun_at = (quantum.of or quantum).number_end
        noun = _noun(stretch.text, noun_at)
        if noun and (quantum.value <= _FEW or kind_of(noun) != "unnamed"):
            count, figure = int(quantum.value), stretch.figure(quantum)
            yield Head(stretch, figure, count, noun, noun_at, index + 1, index, stretch.parent[index])


def heads_in_words(stretch: Stretch) -> Iterator[Head]:
    """ "hai huyện A và B": small numbers in words before a counted noun."""
    for start, word in sorted(_number_words(stretch.text, stretch.lowered)):
        end = start + len(word) + 1
        noun = _noun(stretch.text, end)
        if not noun or noun.split()[0] in ("là", "người", "năm") or not _is_counted(noun):
            continue
        count = number_words()[word.lower()]
        span = stretch.span(start, start + len(word))
        figure = Figure(Quantity(Decimal(count), 0, noun, is_count=True), span, word)
        after = bisect_left(stretch.tokens, end, key=lambda token: token.start)
        parent = _parent_at(stretch, after, start)
        yield Head(stretch, figure, count, noun, end, after, -1, parent)


def has_number_word(text: str, low: str) -> bool:
    return next(_number_words(text, low), None) is not None


def _number_words(text: str, low: str) -> Iterator[tuple[int, str]]:
    """The small numbers in words before a word in lower case; plain searches are far quicker than a pattern."""
    for sought in _NUMBER_WORDS:
        start = low.find(sought)
        while start >= 0:
            end = start + len(sought)
            before, following = text[start - 1 : start], text[end : end + 1]
            begins = not before.isalnum() and before != "_" and text[start + 1 : end].islower()
            if begins and (is_letter(following) or following == "_") and following not in _CAPITALS:
                yield start, text[start : end - 1]
            start = low.find(sought, end)


def _is_counted(noun: str) -> bool:
    words = [*noun.split(), ""]
    return measures().match(words, 0) is not None or kind_of(noun) in ("places", "bodies")


def _noun(text: str, start: int) -> str:
    """The words behind a number, up to the next mark, three at most, in lower case."""
    mark = _MARK.search(text, start, start + 40)
    words = _WORDS.findall(text, start, mark.start() if mark else min(start + 40, len(text)))[:3]
    return " ".join(words).lower()


def _parent_at(stretch: Stretch, after: int, start: int) -> int:
    """The bracket that a place between two tokens stands in."""
    if not after:
        return -1
    before = after - 1
    if stretch.kinds[before] == "(" and before in stretch.close:
        return before
    parent = stretch.parent[before]
    return stretch.parent[before] if stretch.close.get(parent) != before else stretch.parent[parent]


def offers(paper: Paper, head: Head) -> Iterator[Offer]:
    """The lists behind a count in its sentence, nearest first, and the list of a note hung on it."""
    stretch, kinds = head.stretch, head.stretch.kinds
    rivals = 0
    index = head.after
    while index < len(kinds):
        kind = kinds[index]
        if stretch.parent[index] != head.parent or kind in ";." or kind == "…":
            break
        if kind == "(" and index in stretch.close:
            yield Offer(head, _bracket(stretch, index), "(", rivals)
            index = stretch.close[index]
        elif kind in "t:e" and (opener := _opener(stretch, index)):
            low = index + 1
            while low < len(kinds) and kinds[low] in "t:":
                opener = "named" if kinds[low] == ":" and opener == "is" else opener
                low += 1
            yield from _open_lists(head, low, opener, rivals)
            if kind != "e":
                break
        elif (
            kind in (QUANTITY, FRACTION) and not is_attribute(stretch, index) and not stretch.quantum(index).is_percent
        ):
            rivals += 1
            if rivals > 2:
                break
        index += 1
    if head.token >= 0:
        yield from _notes(paper, head)


def _bracket(stretch: Stretch, index: int) -> Region:
    close = min(stretch.close[index], len(stretch.tokens))
    low = index + 1
    while low < close and stretch.kinds[low] in "t:" and low == index + 1:
        low += 1
    start = stretch.tokens[low - 1].end
    end = stretch.tokens[close].start if close < len(stretch.tokens) else len(stretch.text)
    is_closed = close < len(stretch.tokens) and stretch.kinds[close] == ")"
    return Region(stretch, low, close, index, start, end, is_closed)


def _opener(stretch: Stretch, index: int) -> str:
    token = stretch.tokens[index]
    text = " ".join(stretch.text[token.start : token.end].lower().split())
    if text.endswith(("cụ thể", "như sau")) and not _is_set_off(stretch, index):
        return ""
    if text in words_of("openers", "named"):
        return "named" if text != "là" else "is"
    return "loose" if text in words_of("openers", "loose") else ""


def _is_set_off(stretch: Stretch, index: int) -> bool:
    """Whether a mark stands beside a word, so that it opens a list and is no adjective ("nhiệm vụ cụ thể")."""
    following = stretch.kinds[index + 1 : index + 2]
    return (following == ":" and stretch.tokens[index + 1].start - stretch.tokens[index].end <= 1) or (
        index > 0
        and stretch.kinds[index - 1] in ",:("
        and stretch.tokens[index].start - stretch.tokens[index - 1].end <= 1
    )


def _open_lists(head: Head, low: int, opener: str, rivals: int) -> Iterator[Offer]:
    """A list in an open sentence: up to the first semicolon, and up to the sentence's (or the bracket's) end."""
    stretch = head.stretch
    start = stretch.tokens[low - 1].end
    high, semicolon = low, -1
    while high < min(len(stretch.kinds), low + _LONGEST):
        same = stretch.parent[high] == head.parent
        if (same and stretch.kinds[high] == ".") or (head.parent >= 0 and stretch.close[head.parent] == high):
            break
        if same and stretch.kinds[high] == ";" and semicolon < 0:
            semicolon = high
        high += 1
    closed = head.parent >= 0
    if semicolon >= 0:
        yield Offer(head, _region(stretch, low, semicolon, head.parent, start, False), opener, rivals)
    yield Offer(head, _region(stretch, low, high, head.parent, start, closed), opener, rivals)


def _region(stretch: Stretch, low: int, high: int, parent: int, start: int, closed: bool) -> Region:
    end = stretch.tokens[high].start if high < len(stretch.tokens) else len(stretch.text)
    return Region(stretch, low, high, parent, start, max(start, end), closed)


def _notes(paper: Paper, head: Head) -> Iterator[Offer]:
    """The note hung on a count: what stands in it, behind its colon where there is one."""
    for note in paper.note_of(head.stretch, head.token):
        kinds = note.kinds
        colon = kinds.find(":")
        ahead = kinds.find(";") if ";" in kinds else kinds.find(",")
        low = colon + 1 if 0 <= colon < (ahead if ahead >= 0 else len(kinds)) else 0
        if any(kind in "QF." for kind in kinds[:low]):
            low = 0
        while low < len(kinds) and low < 2 and kinds[low] in "t:":
            low += 1
        start = note.tokens[low - 1].end if low else 0
        stop = next((i for i in range(low, len(kinds)) if kinds[i] == "." and note.parent[i] == -1), len(kinds))
        yield Offer(head, _region(note, low, stop, -1, start, False), "note", 0)


def years(stretch: Stretch, head: Head) -> tuple[int, int] | None:
    """ "03 năm 2022-2024": the first and the last year behind a count of years."""
    kinds, after = stretch.kinds, head.after
    if head.noun != "năm" or kinds[after : after + 3] not in (YEAR + "-" + YEAR, YEAR + "–" + YEAR):
        return None
    first, last = (int(stretch.text[stretch.tokens[i].start : stretch.tokens[i].end]) for i in (after, after + 2))
    return first, last
