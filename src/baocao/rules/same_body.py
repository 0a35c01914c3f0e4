"""Which reports speak of one body, and so must agree with each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from baocao.model import Document, Dossier, Ratio

_HEAD = 500  # characters of the letterhead
_TITLE = 1500  # characters within which the day of issue stands
_RANKS = (
    ("xã", "phường", "thị trấn", "đặc khu", "sở", "phòng", "chi cục"),
    ("huyện", "quận", "thị xã"),
    ("tỉnh", "thành phố"),
)
_BODY = re.compile(
    r"\b(xã|phường|thị trấn|đặc khu|sở|phòng|chi cục|huyện|quận|thị xã|tỉnh|thành phố)"
    r"\s+(?!hội\b)([^\W\d_]+(?:[^\S\n][^\W\d_]+)?)",
    re.IGNORECASE,
)
_ISSUED = re.compile(r"ngày[\s.…\d]*tháng[\s.…\d]*năm\s*((?:19|20)\d\d)")
_BEFORE = 12  # earlier reports that one is compared with
_ALIKE = 3  # relations printed alike that show two reports without a letterhead to be of one body


def sisters(dossier: Dossier) -> Iterator[tuple[int, int]]:
    """The pairs of documents, by their places, that report of one body; each is paired with the few before it."""
    bodies = [body_of(document) for document in dossier.documents]
    groups: dict[str, list[int]] = defaultdict(list)
    for place, body in enumerate(bodies):
        if body:
            yield from ((earlier, place) for earlier in groups[body][-_BEFORE:])
            groups[body].append(place)
    if not all(bodies):
        yield from _by_relations(dossier, bodies)


def _by_relations(dossier: Dossier, bodies: list[str]) -> Iterator[tuple[int, int]]:
    """Pairs of which at least one has no letterhead, but which print the same relations."""
    holders: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place in range(len(dossier.documents)):
        alike: Counter[int] = Counter()
        for relation in _relations(dossier, place):
            alike.update(holders[relation][-_BEFORE:])
            holders[relation].append(place)
        for earlier, count in sorted(alike.items()):
            if count >= _ALIKE and not (bodies[earlier] and bodies[place]):
                yield earlier, place


def body_of(document: Document) -> str:
    """The lowest body that the letterhead names ("huyện mẫu sơn"), or ""."""
    head = document.source[:_HEAD]
    found = [(match[1].lower(), match[2].lower()) for match in _BODY.finditer(head) if match[2][0].isupper()]
    for rank in _RANKS:
        for kind, name in found:
            if kind in rank:
                return f"{kind} {name}"
    return ""


def issued_in(document: Document) -> str:
    """The year in which a report was issued, as its head says, or ""."""
    match = _ISSUED.search(document.source[:_TITLE])
    return match[1] if match else ""


def _relations(dossier: Dossier, place: int) -> set[tuple[object, ...]]:
    return {
        (claim.part.quantity.amount, claim.whole.quantity.amount, claim.stated.text)
        for claim in dossier.claims[place]
        if isinstance(claim, Ratio) and claim.part and claim.whole and claim.stated
    }
