"""Counts and the names listed with them: "07/13 xã (A, B ... G)", "gồm 03 dự án: ...; ...; ...", "hai huyện A và B"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from baocao.grammar.counted import Head, Offer, has_number_word, heads, heads_in_words, offers, years
from baocao.grammar.few_names import (
    are_levels,
    are_people,
    are_sorts,
    is_aside,
    is_beyond,
    is_remark,
    is_short,
    is_too_few,
    names_each,
)
from baocao.grammar.listings import (
    BROKEN_DOWN,
    FIRM,
    MEASURED,
    ONCE,
    Listing,
    Region,
    kind_of,
    listing,
    phrase_in,
    words_of,
)
from baocao.grammar.named import apposition, before, placed
from baocao.grammar.paper import Paper
from baocao.grammar.stretch import Stretch
from baocao.grammar.words import lowered
from baocao.model import Count, Passage, Span, Strength

_WORDS = re.compile(r"[^\W\d_]+")
_CAPITAL = re.compile(r"(?<=\s)[A-ZĐÀ-Ỹ]|^[A-ZĐÀ-Ỹ]")
_LONG = 9  # words beyond which an item is no mere name


def counts(paper: Paper, stretch: Stretch) -> Iterator[Count]:
    """The counts of a stretch, with the names that its lists, or the notes hung on it, give for them."""
    yield from _claims(paper, heads(stretch))


def counts_in_words(paper: Paper) -> Iterator[Count]:
    """Counts that are printed as words ("hai huyện"), in passages with and without digits."""
    known = {stretch.block: stretch for stretch in paper.stretches}
    for number, block in enumerate(paper.document.blocks):
        if not isinstance(block, Passage):
            continue
        stretch = known.get(number)
        if has_number_word(block.text, stretch.lowered if stretch else lowered(block.text)):
            yield from _claims(paper, heads_in_words(stretch or Stretch(block.text, number, paper.index)))


def _claims(paper: Paper, found: Iterable[Head]) -> Iterator[Count]:
    """One claim a count at most. A list that names what one count says is no list for the counts before it."""
    agreed: dict[tuple[int, int], Count] = {}
    doubtful: list[tuple[Offer, Count]] = []
    settled: set[tuple[int, int]] = set()
    for head in found:
        agreeing, disagreeing = _read(paper, head)
        if agreeing is not None:
            key = (agreeing[0].region.stretch.block, agreeing[0].region.low)
            agreed[key] = agreeing[1]
            yield agreeing[1]
        elif disagreeing is not None:
            doubtful.append(disagreeing)
    for offer, claim in reversed(doubtful):
        key = (offer.region.stretch.block, offer.region.low)
        if key not in agreed and key not in settled:
            settled.add(key)
            yield claim


def _read(paper: Paper, head: Head) -> tuple[tuple[Offer, Count] | None, tuple[Offer, Count] | None]:
    """The claim of a count that agrees, or else the one that does not."""
    doubtful: tuple[Offer, Count] | None = None
    possible: tuple[Offer, Count] | None = None
    span = years(head.stretch, head)
    if span is not None:
        return _years(head, span)
    for offer in chain(apposition(head), offers(paper, head), before(head), placed(head)):
        found = listing(offer.region, head.noun) if _may_list(offer) else None
        if found is None:
            continue
        strength = _strength(offer, found)
        if _agrees(offer, found):
            claim = _claim(offer, found, strength or Strength.POSSIBLE)
            if head.stated in (found.least, found.usual):
                return (offer, claim), None
            possible = possible or (offer, claim)
        elif strength is not None and doubtful is None and not found.least <= head.stated <= found.most:
            doubtful = (offer, _claim(offer, found, strength))
    return (possible, None) if possible is not None else (None, doubtful)


def _may_list(offer: Offer) -> bool:
    """Whether a region can name the things at all: it has a mark that parts items, or is a bracket."""
    region = offer.region
    if offer.opener == "(" and region.is_closed:
        return offer.rivals == 0 or offer.head.stated > 1
    kinds = region.stretch.kinds[region.low : region.high]
    return "," in kinds or ";" in kinds or "v" in kinds


def _agrees(offer: Offer, found: Listing) -> bool:
    """Whether the list can be parted into as many items as stated."""
    count = offer.head.stated
    if count == 1 and offer.opener == "(" and not offer.rivals and not found.is_open_ended:
        return _names_one(offer, found)
    if count == 1 or found.is_open_ended or not found.least <= count <= found.most:
        return False
    if found.figures and not _is_told_apart(offer, found):
        return False
    if offer.opener == "placed":
        return found.is_named or (found.usual == found.most == count and _is_parallel(found))
    if offer.opener in ("loose", "note", "is") or is_aside(offer):
        return found.is_named or (offer.opener == "note" and found.by_semicolon)
    return not offer.rivals or found.is_named


def _is_told_apart(offer: Offer, found: Listing) -> bool:
    """Whether a list whose items have figures of their own is a list of things all the same."""
    if found.figures == BROKEN_DOWN:
        return False
    if found.by_semicolon:
        text, ends = found.stretch.text, words_of("ends", "words")
        starts = (text[piece.start : piece.end].split()[0] for piece in found.pieces if piece.rank == FIRM)
        is_like = found.figures == MEASURED or found.is_named or _repeats(offer, found)
        return is_like and not any(word in ends for word in starts)
    is_whole = found.figures == ONCE and offer.head.stated == found.usual > 2
    return offer.opener == "(" and (found.is_named or is_whole)


def _names_one(offer: Offer, found: Listing) -> bool:
    """A bracket behind a single thing that names it: a short one that holds its name, or one name of its kind."""
    region, noun = offer.region, offer.head.noun.split()[0]
    text = region.stretch.text[region.start : region.end]
    if kind_of(offer.head.noun) == "unnamed" or any(char.isdigit() for char in text):
        return False
    if found.least == 1:
        is_named = _CAPITAL.search(text) is not None or kind_of(offer.head.noun) == "distinct"
        return len(text.split()) <= 2 * _LONG and is_named
    words: list[str] = _WORDS.findall(text)
    return sum(low.lower() == noun and high[0].isupper() for low, high in pairwise(words)) == 1


def _is_parallel(found: Listing) -> bool:
    """Whether all items begin with one word ("về chuyển đổi số và về phát triển du lịch")."""
    text = found.stretch.text
    return len({text[piece.start : piece.end].split()[0].lower() for piece in found.pieces}) == 1


def _strength(offer: Offer, found: Listing) -> Strength | None:
    """How sure it is that the list names all that is counted; None when it may well not."""
    head = offer.head
    usual = found.usual
    named_each = names_each(offer, found)
    if head.stated >= 2 and usual <= 2 and not found.is_open_ended and is_beyond(offer, found):
        return Strength.LIKELY
    if (
        (head.stated < 2 and not is_too_few(offer, found))
        or (usual < 2 and not _is_of_its_kind(offer, found))
        or (found.figures and not (found.figures == ONCE and kind_of(head.noun) == "distinct") and not named_each)
        or found.is_open_ended
        or (offer.rivals and not _is_of_its_kind(offer, found))
        or offer.opener in ("loose", "placed")
        or (offer.opener in ("(", "note") and is_aside(offer))
        or (offer.opener == "(" and not offer.region.is_closed)  # its end is missing
        or (offer.opener == "before" and kind_of(head.noun) not in ("places", "bodies"))
        or (not found.is_ended and head.stated < found.least and not _is_uniform(offer, found))
        or (kind_of(head.noun) == "unnamed" and not are_people(found))
        or _clashes(offer, found)
        or is_remark(offer, found)
    ):
        return None
    if head.stated == 1:
        return Strength.LIKELY
    gap = min(abs(head.stated - found.least), abs(head.stated - found.most))
    return _near(offer, found) if gap <= max(2, usual // 2) else _far(offer, found)


def _near(offer: Offer, found: Listing) -> Strength | None:
    """A count a little off its list."""
    if found.usual == 1:
        return _far(offer, found)
    is_sure = all(piece.rank == FIRM for piece in found.pieces) and found.usual >= 2
    if offer.opener in ("note", "name", "before"):
        return Strength.LIKELY if found.usual > 2 or _is_place(offer.head.noun) else None
    if offer.opener == "is":
        return Strength.LIKELY if found.is_named else None
    if is_sure and is_short(found) and (found.usual > 2 or found.is_named or offer.opener != "("):
        return Strength.CERTAIN
    return Strength.LIKELY if found.usual > 2 or found.is_named else None


def _far(offer: Offer, found: Listing) -> Strength | None:
    """A count far off its list: a slip of the pen, or a list of something else."""
    noun = offer.head.noun
    if found.usual == 1:
        return Strength.LIKELY if offer.opener == "(" and found.most == 1 else None
    if kind_of(noun) == "levels" and (found.usual > 2 or are_levels(found)):
        return Strength.LIKELY
    if kind_of(noun) == "distinct" and found.usual > 1 and offer.opener == "(":
        return Strength.LIKELY
    if kind_of(noun) in ("", "things") and offer.opener == "(" and not found.by_semicolon and are_sorts(found):
        return None
    if found.is_named and (_is_place(noun) or _repeats(offer, found)):
        return Strength.LIKELY
    if offer.opener in ("(", "name", "before"):
        return Strength.LIKELY if found.usual > 3 or (found.usual > 2 and found.is_named) else None
    if offer.opener == "note":
        return Strength.LIKELY if found.usual > 2 and found.is_named else None
    return Strength.LIKELY if found.usual > 2 or found.is_named else None


def _is_place(noun: str) -> bool:
    return kind_of(noun) == "places"


def _repeats(offer: Offer, found: Listing) -> bool:
    """Whether most items begin with the counted noun ("02 công ty: Công ty A, Công ty B")."""
    first = offer.head.noun.split()[0]
    text = found.stretch.text
    same = [text[low:high].lower().startswith(first) for low, high in found.items(found.usual)]
    return 2 * sum(same) > len(same)


def _is_of_its_kind(offer: Offer, found: Listing) -> bool:
    """Whether a list begins with the very kind of thing that is counted: "03/19 xã đạt ... (các xã A, B)"."""
    noun, piece = offer.head.noun, found.pieces[0]
    text = found.stretch.text[piece.start : piece.end]
    if _speaks_of(phrase_in(text, words_of("leads", "places")) or "?", noun):
        return True
    return kind_of(noun) == "bodies" and bool(phrase_in(text, words_of("leads", "institutions")))


def _is_uniform(offer: Offer, found: Listing) -> bool:
    """Whether every item of an open list is like the first, so that its end is the sentence's end."""
    return offer.opener != "name" and (found.by_semicolon or (found.is_named and is_short(found)))


def _clashes(offer: Offer, found: Listing) -> bool:
    """Whether the items are places of another kind than the counted things: "20 xã (huyện A, huyện B)"."""
    noun, text = offer.head.noun, found.stretch.text
    if kind_of(noun) in ("bodies", "levels"):
        return False
    end = offer.head.noun_at + 40
    if found.stretch is offer.head.stretch and offer.region.start > offer.head.noun_at:
        end = min(end, offer.region.start)
    head_text = offer.head.stretch.text[offer.head.noun_at : end].lower()
    clashing = sum(_is_of_another(text[piece.start : piece.end], noun, head_text) for piece in found.pieces)
    return 2 * clashing > len(found.pieces)


def _is_of_another(item: str, noun: str, head_text: str) -> bool:
    lead = phrase_in(item, words_of("leads", "places"))
    return not _speaks_of(lead, head_text) if lead else kind_of(noun) == "places" and _is_other_body(item, noun)


def _is_other_body(item: str, noun: str) -> bool:
    """Whether an item is a body where places or teams are counted: "24 tổ (Đoàn Thanh niên, Hội Phụ nữ)"."""
    return bool(phrase_in(item, words_of("leads", "institutions"))) and noun.split()[0] not in item.lower().split()


def _speaks_of(lead: str, words: str) -> bool:
    full = {"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn"}.get(lead, lead)
    return full in words


def _years(head: Head, span: tuple[int, int]) -> tuple[tuple[Offer, Count] | None, tuple[Offer, Count] | None]:
    """ "03 năm 2022-2024"; from one year's end to another's ("5 năm 2015-2020") one less is right too."""
    first, last = span
    stretch = head.stretch
    if not 0 < last - first < 60:
        return None, None
    end = stretch.tokens[head.after + 2].end
    labels = tuple(str(year) for year in range(first, last + 1))
    if head.stated == last - first:
        labels = tuple(f"{year}-{year + 1}" for year in range(first, last))
    region_span = stretch.span(stretch.tokens[head.after].start, end)
    at = stretch.span(head.figure.span.start, end)
    # POSSIBLE, since the rule of date ranges speaks of a wrong number of years already
    claim = Count(at, head.figure, Strength.POSSIBLE, "years", (), labels, (region_span,))
    offer = Offer(head, Region(stretch, head.after, head.after, -1, end, end, True), "years", 0)
    return ((offer, claim), None) if head.stated == len(labels) else (None, (offer, claim))


def _claim(offer: Offer, found: Listing, strength: Strength) -> Count:
    head, listed = offer.head, found.stretch
    count = head.stated if found.least <= head.stated <= found.most else found.usual
    places = found.items(count)
    if head.stated == 1 and offer.opener == "(" and not is_too_few(offer, found):
        places = ((places[0][0], places[-1][1]),)
    items = _numbered(tuple(" ".join(listed.text[low:high].split()) for low, high in places))
    spans = tuple(listed.span(low, high) for low, high in dict.fromkeys(places))
    start, end = head.figure.span.start, head.figure.span.end
    also: tuple[Span, ...] = ()
    if listed is head.stretch:
        start, end = min(start, places[0][0]), max(end, places[-1][1])
    else:
        also = (listed.span(places[0][0], places[-1][1]),)
    at = head.stretch.span(start, end)
    return Count(at, head.figure, strength, offer.opener, also, items, spans)


def _numbered(items: tuple[str, ...]) -> tuple[str, ...]:
    """Items that stand for several things by a count of their own, told apart."""
    seen: dict[str, int] = {}
    told = []
    for item in items:
        seen[item] = seen.get(item, 0) + 1
        told.append(item if items.count(item) == 1 else f"{item} ({seen[item]})")
    return tuple(told)
