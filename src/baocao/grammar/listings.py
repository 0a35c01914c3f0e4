"""What is listed in a stretch of text: its items, and how far the wording leaves their number open.

Items end at semicolons where there are any, else at commas and "và". A comma or a "và" may stand
inside a name ("Phòng Văn hóa và Thông tin"), so that every place between two pieces has a rank:
0 always parts two items, 1 usually does, 2 seldom does. The count of the items is open between
``least`` and ``most``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from baocao.grammar.lexing import FRACTION
from baocao.grammar.stretch import Stretch
from baocao.grammar.vocabulary import is_measured
from baocao.reference import load

FIRM: Final = 0
USUAL: Final = 1
SELDOM: Final = 2

MEASURED: Final = "measured"
ONCE: Final = "once"  # one item alone has a number of things in its name
COUNTED: Final = "counted"
BROKEN_DOWN: Final = "broken down"  # most items begin with one: parts of a total, and no things by name

_SHORT = 8  # words of a name at most
_HEAVIEST = 30  # things that one item stands for at most

_SOME_ONLY = (
    "…", "..", "vân vân", "chủ yếu", "một số", "điển hình", "tiêu biểu", "nổi bật", "nhất là", "còn lại",
)  # fmt: skip
_AND_SO_ON = re.compile(r"\bv\.\s?v|\bkhác\s*$")
_TRIMMED = re.compile(
    r"[\s\-–+*“\"]*(?:(?:\(?\d{1,2}\)|\(?[a-zđ]\))\s+)?(?:(?:và|các|những|gồm|của|cả)\s+)*[\s\-–“\"]*", re.IGNORECASE
)
_WORDS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+")
_NUMBERED = re.compile(r"(?:[^\W\d_]+ ){0,2}số \d{1,3}$")  # "số 5", "bão số 4"
_DASH = re.compile(r"\s*[-–—]\s*")


Raw = tuple[int, int, str]  # start, end, the mark before


class Region(NamedTuple):
    """Where a list stands: the tokens [low, high) at bracket depth ``parent``, the text [start, end)."""

    stretch: Stretch
    low: int
    high: int
    parent: int
    start: int
    end: int
    is_closed: bool  # by a bracket, so that nothing but the list stands there


class Piece(NamedTuple):
    """What stands between two separators, and the rank of the one before it."""

    start: int
    end: int
    rank: int
    weight: int  # how many things it stands for: more than 1 when it states a count of its own


class Listing(NamedTuple):
    """The pieces of a list. ``is_named``: every item begins like a name; ``figures``: what items have of their own."""

    stretch: Stretch
    pieces: tuple[Piece, ...]
    is_named: bool
    figures: str
    is_open_ended: bool
    is_ended: bool  # nothing can follow the last item: a bracket closed it, or "và" came before it
    by_semicolon: bool

    @property
    def least(self) -> int:
        return sum(piece.weight for piece in self.pieces if piece.rank == FIRM or piece is self.pieces[0])

    @property
    def most(self) -> int:
        return sum(piece.weight for piece in self.pieces)

    @property
    def usual(self) -> int:
        return sum(piece.weight for piece in self.pieces if piece.rank <= USUAL or piece is self.pieces[0])

    def items(self, count: int) -> tuple[tuple[int, int], ...]:
        """The items as [start, end), parted so that they are ``count`` where the wording allows it."""
        rest = count - self.least
        chosen = {0}
        for rank in (FIRM, USUAL, SELDOM):
            for position, piece in enumerate(self.pieces):
                if position and piece.rank == rank and (rank == FIRM or rest > 0):
                    chosen.add(position)
                    rest -= 0 if rank == FIRM else piece.weight
        spans: list[tuple[int, int]] = []
        for position, piece in enumerate(self.pieces):
            if position in chosen:
                spans.extend([(piece.start, piece.end)] * piece.weight)
            else:
                spans[-1] = (spans[-1][0], piece.end)
        return tuple(spans)


def kind_of(noun: str) -> str:
    """What sort of thing is counted: places, bodies, levels, distinct, things, unnamed, or "" for any other."""
    kinds = _kinds()
    words = noun.split()[:3]
    for count in range(len(words), 0, -1):
        kind = kinds.get(" ".join(words[:count]))
        if kind is not None:
            return kind
    return ""


@cache
def _kinds() -> dict[str, str]:
    nouns = load("listing")["nouns"]
    return {word: kind for kind in reversed(nouns) for word in nouns[kind]}


@cache
def words_of(table: str, key: str) -> frozenset[str]:
    """One word list of reference/listing.toml."""
    return frozenset(load("listing")[table][key])


@cache
def _firsts(phrases: frozenset[str]) -> frozenset[str]:
    """The first words of some phrases."""
    return frozenset(phrase.split()[0] for phrase in phrases)


def phrase_in(text: str, phrases: frozenset[str]) -> str:
    """The longest of the phrases (three words at most) that a text begins with, or ""."""
    head = text[:40].lower()
    match = _WORDS.search(head)
    if match is None or match[0] not in _firsts(phrases):
        return ""
    words = _WORDS.findall(head)[:3]
    for count in range(len(words), 0, -1):
        phrase = " ".join(words[:count])
        if phrase in phrases:
            return phrase
    return ""


def listing(region: Region, noun: str) -> Listing | None:
    """The list that stands in a region, for counting things called ``noun``; None when nothing is listed."""
    text = region.stretch.text
    cuts = _separators(region)
    has_semicolon = any(kind == ";" for _, _, kind in cuts)
    raw = _raw_pieces(region, cuts)
    if not region.is_closed:
        raw = _until_its_end(region, raw, has_semicolon, noun)
    if not raw:
        return None
    figures, weights = _figures(region, raw, noun)
    pieces = _ranked(region, raw, weights, noun, has_semicolon)
    own = [text[piece.start : piece.end] for piece in pieces if piece.rank < SELDOM or piece is pieces[0]]
    led = [is_led(piece, noun) or _is_proper(piece) for piece in own]
    whole = text[raw[0][0] : raw[-1][1]]
    is_ended = region.is_closed or raw[-1][2] == "v"
    open_ended = _names_some(whole.lower()) or "…" in region.stretch.kinds[region.low : region.high]
    return Listing(region.stretch, pieces, all(led), figures, open_ended, is_ended, has_semicolon)


def _names_some(words: str) -> bool:
    """Whether a list says of itself that it leaves some out."""
    return any(some in words for some in _SOME_ONLY) or _AND_SO_ON.search(words) is not None


def _separators(region: Region) -> list[Raw]:
    """The marks that part pieces: (start, end, kind)."""
    stretch, found = region.stretch, []
    for index in range(region.low, min(region.high, len(stretch.kinds))):
        kind = stretch.kinds[index]
        if kind in ";,v+" and stretch.parent[index] == region.parent:
            token = stretch.tokens[index]
            glued = stretch.text[token.end : token.end + 1].isalnum() and stretch.text[token.start - 1].isalnum()
            if not glued or kind in ";,":
                found.append((token.start, token.end, "," if kind == "+" else kind))
    if not any(kind in ";," for _, _, kind in found) and region.is_closed and not found:
        found = _levels(region)
    return found


def _levels(region: Region) -> list[Raw]:
    """ "(tỉnh - huyện - xã)": dashes part the items when nothing else does and each is a word or two."""
    text = region.stretch.text
    dashes = [match.span() for match in _DASH.finditer(text, region.start, region.end)]
    starts, ends = [region.start, *(end for _, end in dashes)], [*(start for start, _ in dashes), region.end]
    short = all(0 < len(text[low:high].split()) <= 2 for low, high in zip(starts, ends, strict=True))
    return [(low, high, ",") for low, high in dashes] if short and len(dashes) > 1 else []


def _raw_pieces(region: Region, cuts: list[Raw]) -> list[Raw]:
    """The pieces as (start, end, mark before), without the empty ones; a mark pair ", và" counts as "v"."""
    pieces: list[Raw] = []
    start, mark = region.start, ""
    text = region.stretch.text
    for low, high, kind in [*cuts, (region.end, region.end, "")]:
        first, last = _trim(text, start, low)
        if first < last:
            pieces.append((first, last, mark))
            mark = kind
        elif kind == "v" or not mark:
            mark = ";" if mark == ";" else kind
        start = high
    return pieces


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    match = _TRIMMED.match(text, start, end)
    first = match.end() if match else start
    while end > first and text[end - 1] in ' \t\n.,;:”"':
        end -= 1
    return first, end


def _until_its_end(region: Region, raw: list[Raw], has_semicolon: bool, noun: str) -> list[Raw]:
    """A list in an open sentence, up to the item that goes on with something else."""
    text, ends = region.stretch.text, words_of("ends", "clauses" if has_semicolon else "words")
    for position, (start, end, mark) in enumerate(raw):
        if not position or (has_semicolon and mark != ";"):
            continue
        match = _WORD.match(text, start, end)
        if match is None:
            continue
        goes_on = has_semicolon and match[0][0].isdigit() and not _counts_more(text[start:end], noun)
        if match[0] in ends or goes_on:
            return raw[:position]
    return raw


def _counts_more(piece: str, noun: str) -> bool:
    """Whether a piece is an item that stands for several things: "02 mô hình C, D"."""
    words = _WORDS.findall(piece.lower())
    return words[:1] == noun.split()[:1] and "còn lại" not in piece


def _figures(region: Region, raw: list[Raw], noun: str) -> tuple[str, list[int]]:
    """What figures the items have of their own, and how many things each piece stands for."""
    stretch = region.stretch
    weights = [1] * len(raw)
    if 2 * sum(stretch.text[low : low + 1].isdigit() for low, _, _ in raw) >= len(raw):
        return BROKEN_DOWN, weights  # a breakdown, which is for the readers of totals
    # the last item of an open sentence may go on with figures that are said of all
    last = max((i for i, piece in enumerate(raw) if piece[2] == ";"), default=len(raw) - 1)
    found, bare = "", 0
    for index in stretch.figures_between(region.low, region.high, region.parent):
        quantum = stretch.quantum(index)
        place = next((i for i, (low, high, _) in enumerate(raw) if low <= quantum.start < high), -1)
        if place < 0 or is_attribute(stretch, index):
            continue
        if quantum.start == raw[place][0] and _counts_more(stretch.text[raw[place][0] : raw[place][1]], noun):
            weights[place] = int(quantum.value) if 1 <= quantum.value <= _HEAVIEST else 1
        elif quantum.measure is None:
            bare += 1
        elif region.is_closed or place < last:
            is_mere = is_measured(quantum.dimension) and found in ("", MEASURED)
            found = MEASURED if is_mere else COUNTED if found else ONCE
    groups = sum(mark == ";" for _, _, mark in raw) + 1
    return (COUNTED if 2 * bare > (groups if groups > 1 else len(raw)) else found), weights


def is_attribute(stretch: Stretch, index: int) -> bool:
    """Whether a figure is part of a name or of a quality ("OCOP 3 sao", "19/19 tiêu chí"), and counts nothing."""
    quantum = stretch.quantum(index)
    if quantum.unit == "sao":
        return True
    if stretch.kinds[index] == FRACTION and quantum.of is not None:
        return quantum.of.value == quantum.value
    glued = quantum.start and stretch.text[quantum.start - 1] in "-."
    return bool(glued)


def is_led(piece: str, noun: str) -> bool:
    """Whether a piece begins like an item of its own: with a capital, a kind of place or body, or the counted noun."""
    match = _WORDS.search(piece)
    if match is None:
        return True
    if match[0][0].isupper():
        return True
    if noun and match[0] == noun.split()[0]:
        return True
    if _NUMBERED.match(piece):
        return True
    kinds = ("places", "institutions", "people")
    lead = next((found for kind in kinds if (found := phrase_in(piece, words_of("leads", kind)))), "")
    rest = _WORDS.findall(piece[match.start() + len(lead) :])[:2] if lead else []
    return any(word[0].isupper() for word in rest) or (bool(lead) and any(c.isdigit() for c in piece))


def _is_proper(piece: str) -> bool:
    """Whether a short piece has a proper name in its first words ("mật ong Pác Sào")."""
    words = _WORDS.findall(piece)
    return len(words) <= _SHORT and any(word[0].isupper() and not word.isupper() for word in words[1:6])


def _ranked(region: Region, raw: list[Raw], weights: list[int], noun: str, has_semicolon: bool) -> tuple[Piece, ...]:
    text = region.stretch.text
    words = [text[low:high] for low, high, _ in raw]
    led = [is_led(piece, noun) for piece in words]
    firsts = [piece.split()[0].lower() if piece.split() else "" for piece in words]
    in_lower = not led[0] or (sum(led[1:]) * 2 < len(led[1:]) and len(led) > 2)
    last_comma = max((i for i, (_, _, mark) in enumerate(raw) if mark == ","), default=0)
    like = [is_one or firsts[i] in firsts[:i] for i, is_one in enumerate(led)]
    is_office = _is_institution(noun)  # "03 phòng: Nội vụ, Tư pháp, Văn hóa và Thông tin"
    pieces = []
    for i, (low, high, mark) in enumerate(raw):
        is_like = like[i]
        if has_semicolon:
            rank = FIRM if mark == ";" or not i else USUAL if mark == "v" and firsts[i] in firsts[:i] else SELDOM
        elif mark == "v":
            rank = _rank_of_and(words, i, is_like and led[i - 1], i > last_comma, in_lower)
            rank = max(rank, USUAL) if is_office and not _has_lead(words[i]) else rank
        else:
            rank = _rank_of_comma(words, i, is_like, in_lower, region.is_closed)
        pieces.append(Piece(low, high, rank, weights[i]))
    return _without_impossible(tuple(pieces), like) if has_semicolon else tuple(pieces)


def _without_impossible(pieces: tuple[Piece, ...], like: list[bool]) -> tuple[Piece, ...]:
    """In a list by semicolons a comma parts items only before a piece that begins like one; the others join."""
    kept: list[Piece] = []
    pending = 0  # pieces that a count of its own already stands for ("02 mô hình C, D")
    for piece, is_like in zip(pieces, like, strict=True):
        if piece.rank == FIRM:
            pending = piece.weight - 1
        if kept and piece.rank != FIRM and (not is_like or pending > 0):
            pending -= 1
            kept[-1] = kept[-1]._replace(end=piece.end)
        else:
            kept.append(piece)
    return tuple(kept)


def _rank_of_comma(words: list[str], i: int, is_like: bool, in_lower: bool, is_closed: bool) -> int:
    if not i:
        return FIRM
    if in_lower:
        return FIRM if is_like or (is_closed and not words[0][:1].isupper()) else USUAL
    if not is_like:
        return SELDOM
    if _is_institution(words[i - 1]) and not _has_lead(words[i]):
        return USUAL
    return FIRM


def _rank_of_and(words: list[str], i: int, both_led: bool, is_last: bool, in_lower: bool) -> int:
    """ "A, B và C" parts; "Sở Giáo dục và Đào tạo" does not; a "và" with commas behind it seldom does."""
    if not is_last:
        return SELDOM
    if _is_institution(words[i - 1]) and not _has_lead(words[i]):
        return SELDOM
    if both_led:
        return FIRM
    return USUAL if in_lower or len(words) > 2 else SELDOM


def _is_institution(piece: str) -> bool:
    return bool(phrase_in(piece, words_of("leads", "institutions")))


def _has_lead(piece: str) -> bool:
    return _is_institution(piece) or bool(phrase_in(piece, words_of("leads", "places")))
