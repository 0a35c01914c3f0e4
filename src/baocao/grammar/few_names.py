"""Lists that name far fewer than are counted: a slip of the number, or a bracket that only remarks on some.

"21 HTX (HTX A)" and "1/14 xã (A, B, C)" are slips; "15 xã (xã A được hỗ trợ thêm)" is a remark.
"""

from __future__ import annotations

import re
from itertools import pairwise

from baocao.grammar.counted import Offer
from baocao.grammar.listings import BROKEN_DOWN, FIRM, Listing, kind_of, phrase_in, words_of

_WORDS = re.compile(r"[^\W\d_]+")
_CAPITAL = re.compile(r"(?<=\s)[A-ZĐÀ-Ỹ]|^[A-ZĐÀ-Ỹ]")
_TELLING = frozenset(
    "được đã đang sẽ chưa không xin tăng giảm vượt ngừng dừng giải trì tặng vi phối phép làm bị".split()
)
_WORK = frozenset(("đang", "đã"))
_GROUP = frozenset("nhân cán chi ban đội tổ lực đảng quân".split())  # words that begin the name of one group
_AUTHORITIES = frozenset("sở phòng ban ủy uỷ ubnd hđnd bộ cục ngân công đoàn hội mặt trung".split())
_LONG = 9  # words beyond which an item is no mere name


def _names_but_one(offer: Offer) -> bool:
    """Whether a bracket right behind the counted noun tells of one thing of that kind by its name, and of no other."""
    region, noun = offer.region, offer.head.noun.split()[0]
    if offer.opener != "(" or offer.rivals or kind_of(offer.head.noun) in ("unnamed", "levels"):
        return False
    text = region.stretch.text[region.start : region.end]
    words: list[str] = _WORDS.findall(text)
    is_work = bool(words) and words[0].lower() in _WORK  # on that one thing
    if (is_aside(offer) and not is_work) or any(char.isdigit() for char in text) or " và " in text:
        return False
    names = [i for i, (low, high) in enumerate(pairwise(words)) if low.lower() == noun and high[0].isupper()]
    is_one = len(names) == 1 and sum(word.lower() == noun for word in words) == 1
    return is_one and _TELLING.isdisjoint(words[names[0] :])


def _tells_more(text: str) -> bool:
    """Whether a bracket says something of what it names ("xã A được hỗ trợ thêm"), so that others may do without."""
    words: list[str] = _WORDS.findall(text)
    return not _TELLING.isdisjoint(words)


def names_each(offer: Offer, found: Listing) -> bool:
    """Whether every item of a note's list begins with the counted noun, whatever figures it has of its own."""
    noun = offer.head.noun.split()[:2]
    is_listed = offer.opener in ("note", ":", "name") and found.by_semicolon and found.usual > 2
    if not is_listed or found.figures == BROKEN_DOWN:
        return False
    pieces = [piece for piece in found.pieces if piece.rank == FIRM]
    return all(_WORDS.findall(found.stretch.text[one.start : one.end].lower())[: len(noun)] == noun for one in pieces)


def is_aside(offer: Offer) -> bool:
    region = offer.region
    start = region.start if offer.opener != "(" else region.stretch.tokens[region.parent].end
    match = _WORDS.search(region.stretch.text, start, region.end)
    asides: frozenset[str] = words_of("asides", "words")
    return match is not None and match[0].lower() in asides


def is_too_few(offer: Offer, found: Listing) -> bool:
    """Whether "1" is said of things that are named as several: "1/14 xã (A, B, C)", "1 cấp (tỉnh, huyện, xã)"."""
    head, usual = offer.head, found.usual
    if offer.rivals or offer.opener != "(" or usual < 3:
        return False
    if kind_of(head.noun) == "levels":
        return are_levels(found)
    if head.token < 0 or kind_of(head.noun) == "unnamed":
        return False
    whole = head.stretch.quantum(head.token).of
    return whole is not None and usual <= whole.value and found.is_named and is_short(found)


def is_beyond(offer: Offer, found: Listing) -> bool:
    return _names_but_one(offer) or _is_far_beyond(offer, found)


def _is_far_beyond(offer: Offer, found: Listing) -> bool:
    """Whether a bracket names one or two bodies where many times as many are counted, however it is parted."""
    head, region = offer.head, offer.region
    text = region.stretch.text[region.start : region.end]
    if offer.opener != "(" or offer.rivals or not region.is_closed or head.stated < 5 * found.most or found.figures:
        return False
    if is_aside(offer) or _tells_more(text) or kind_of(head.noun) == "unnamed":
        return False
    items = [found.stretch.text[low:high] for low, high in found.items(found.usual)]
    if len(items) == 2 and all(_is_body_by_name(item, head.noun) for item in items):
        return True
    words = text.split()
    is_led_to_place = any(
        low.lower() in words_of("leads", "places") and high[:1].isupper() for low, high in pairwise(words)
    )
    is_group = words[:1] != [] and words[0] in _GROUP and " và " in text and "," not in text
    return kind_of(head.noun) == "bodies" and is_led_to_place and is_group


def _is_body_by_name(item: str, noun: str) -> bool:
    """Whether an item is a body by its name; an authority among firms or schools is the one that acts."""
    words = item.lower().split()
    if kind_of(noun) != "bodies" and words[0] in _AUTHORITIES and words[:2] != ["công", "ty"]:
        return False
    return bool(phrase_in(item, words_of("leads", "institutions"))) and _CAPITAL.search(item, 1) is not None


def are_people(found: Listing) -> bool:
    """Whether every item is a person by title and name."""
    text = found.stretch.text
    return found.is_named and all(
        phrase_in(text[low:high], words_of("leads", "people")) for low, high in found.items(found.usual)
    )


def are_levels(found: Listing) -> bool:
    """Whether every item is a tier of government."""
    text, tiers = found.stretch.text, words_of("leads", "tiers")
    items = [text[low:high].lower().removeprefix("cấp ").strip() for low, high in found.items(found.usual)]
    return all(item in tiers for item in items)


def are_sorts(found: Listing) -> bool:
    """Whether no item has a name of its own, so that each may stand for many things of its sort."""
    text = found.stretch.text[found.pieces[0].start + 1 : found.pieces[-1].end]
    return not any(char.isdigit() for char in text) and _CAPITAL.search(text) is None


def is_remark(offer: Offer, found: Listing) -> bool:
    """Whether a bracket speaks of some of the places or bodies that are counted, and does not list them."""
    if offer.opener != "(" or kind_of(offer.head.noun) not in ("places", "bodies"):
        return False
    return offer.head.stated > found.most and _tells_more(found.stretch.text[offer.region.start : offer.region.end])


def is_short(found: Listing) -> bool:
    text = found.stretch.text
    return found.by_semicolon or all(len(text[low:high].split()) <= _LONG for low, high in found.items(found.usual))
