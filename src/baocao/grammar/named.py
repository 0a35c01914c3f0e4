"""Names that stand beside a count without an opening word: "02 xã A và B"; "A, B, C (03 xã)"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from baocao.grammar.counted import Head, Offer
from baocao.grammar.listings import Region
from baocao.grammar.stretch import Stretch

_NOUN_PHRASE = 7  # words at most between a count and the first name
_BESIDE = (",", "v", "N", "(")  # what may follow the first of several names
_PLACED = re.compile(r"\b(tại|ở|về) ")
_WORD = re.compile(r"[^\W_]+")


def apposition(head: Head) -> Iterator[Offer]:
    """The names right behind the counted noun, as far as they go."""
    stretch = head.stretch
    if stretch.kinds[head.after : head.after + 1] not in _BESIDE:
        return
    start = _first_capital(stretch, head)
    if start < 0:
        return
    low = bisect_left(stretch.tokens, start, key=lambda token: token.start)
    high, end = _names_end(stretch, low, head.parent, start)
    if end > start and any(kind in ",v" for kind in stretch.kinds[low:high]):
        yield Offer(head, Region(stretch, low, high, head.parent, start, end, False), "name", 0)


def _limit(stretch: Stretch, index: int) -> int:
    """Where the commas and "và" behind a token end: the next token of another kind."""
    while index < len(stretch.tokens) and stretch.kinds[index] in ",v":
        index += 1
    return stretch.tokens[index].start if index < len(stretch.tokens) else len(stretch.text)


def _first_capital(stretch: Stretch, head: Head) -> int:
    """Where the first capitalised word stands that only lower-case words part from the number, or -1."""
    limit = _limit(stretch, head.after)
    commas = [t.start for t in stretch.tokens[head.after : head.after + 1] if t.kind == ","]
    for words, match in enumerate(_WORD.finditer(stretch.text, head.noun_at, limit)):
        if words > _NOUN_PHRASE or match[0][0].isdigit():
            return -1
        if match[0][0].isupper():
            is_acronym = match[0].isupper() and len(match[0]) > 1
            if words == 0 or is_acronym or (commas and commas[0] < match.start()):
                return -1
            return match.start()
    return -1


def _names_end(stretch: Stretch, low: int, parent: int, start: int) -> tuple[int, int]:
    """The tokens and the text up to the end of a row of names: the first piece that does not begin like one."""
    index, end = low, len(stretch.text)
    while index < len(stretch.kinds):
        token = stretch.tokens[index]
        if token.kind == "(" and index in stretch.close:
            index = stretch.close[index] + 1
            continue
        if stretch.parent[index] != parent:
            return index, token.start
        if token.kind in ",v":
            match = _WORD.search(stretch.text, token.end)
            following = stretch.tokens[index + 1].kind if index + 1 < len(stretch.kinds) else ""
            adjoining = following == "v" and stretch.tokens[index + 1].start - token.end <= 1
            if match is None or not (
                match[0][0].isupper() or adjoining or _is_kind_of_place(stretch.text, match.start())
            ):
                return index, token.start
        elif token.kind != "N" and not (token.figure is not None and token.figure.measure is None):
            return index, token.start
        index += 1
    return index, end


def _is_kind_of_place(text: str, start: int) -> bool:
    from baocao.grammar.listings import phrase_in, words_of

    return bool(phrase_in(text[start : start + 40], words_of("leads", "places")))


def placed(head: Head) -> Iterator[Offer]:
    """What stands behind "tại", "ở", "về" in the clause of a count: maybe one place, or one subject, for each."""
    stretch = head.stretch
    if stretch.kinds[head.after : head.after + 1] not in _BESIDE:
        return
    match = _PLACED.search(stretch.text, head.noun_at, min(_limit(stretch, head.after), head.noun_at + 60))
    if match is None:
        return
    start = match.start() if match[1] == "về" else match.end()
    low = bisect_left(stretch.tokens, start, key=lambda token: token.start)
    high = low
    while high < len(stretch.tokens) and stretch.parent[high] == head.parent and stretch.kinds[high] in ",vN":
        high += 1
    end = stretch.tokens[high].start if high < len(stretch.tokens) else len(stretch.text)
    if high > low:
        yield Offer(head, Region(stretch, low, high, head.parent, start, end, False), "placed", 0)


def before(head: Head) -> Iterator[Offer]:
    """The names before a bracket that only counts them: "A, B, C (03 xã)"."""
    stretch, opening = head.stretch, head.parent
    if opening < 0 or head.token != opening + 1 or not _is_alone(stretch, head):
        return
    low, start = opening, 0
    parent = stretch.parent[opening]
    while low > 0:
        token = stretch.tokens[low - 1]
        if stretch.parent[low - 1] == parent and token.kind not in ",vN)":
            start = token.end
            break
        low -= 1
    start = _first_name(stretch, low, opening, start)
    if start >= 0:
        low = next(i for i in range(low, opening + 1) if stretch.tokens[i].start >= start)
        yield Offer(
            head, Region(stretch, low, opening, parent, start, stretch.tokens[opening].start, True), "before", 0
        )


def _is_alone(stretch: Stretch, head: Head) -> bool:
    close = stretch.close[head.parent]
    end = stretch.tokens[close].start if close < len(stretch.tokens) else len(stretch.text)
    return all(i == head.token for i in stretch.figures_between(head.parent + 1, close)) and (
        len(stretch.text[head.noun_at : end].split()) <= 4 and "," not in stretch.kinds[head.token : close]
    )


def _first_name(stretch: Stretch, low: int, high: int, start: int) -> int:
    """Where the row of names before a bracket begins: the first capital with no later lower-case piece."""
    if not any(kind in ",v" for kind in stretch.kinds[low:high]):
        return -1
    piece_end = next(stretch.tokens[i].start for i in range(low, high) if stretch.kinds[i] in ",v")
    words = list(_WORD.finditer(stretch.text, start, piece_end))
    for match in words:
        if match[0][0].isupper() and not match[0].isupper() and (match is not words[0] or start):
            return match.start()
    return -1
