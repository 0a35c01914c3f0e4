"""Kinds of instruments and the bodies that issue them: what a symbol says of both."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from baocao.model import Citation, Dossier
from baocao.reference import load


@cache
def kinds() -> dict[str, dict[str, Any]]:
    """The catalogue's kinds by their name."""
    return {kind["name"]: kind for kind in load("instruments")["kind"]}


@cache
def kind_of_code(code: str) -> str:
    """The kind that a code stands for before all others, "" when it stands for none."""
    return next((name for name, kind in kinds().items() if code in kind.get("codes", ())), "")


def parts(citation: Citation) -> tuple[str, str]:
    """The code of the kind and the code of the body in a symbol; laws carry the body alone."""
    code, _, body = citation.symbol.partition("-")
    if not body:
        return "", re.sub(r"\d+$", "", code)
    if not kind_of_code(code):
        return "", code
    return code, re.sub(r"\d+$", "", re.split(r"[-.]", body)[0])


@cache
def _families() -> tuple[dict[str, str], list[tuple[str, str]], frozenset[str]]:
    catalogue = load("instruments")
    by_code = {code.upper(): each["family"] for each in catalogue["issuer"] for code in each.get("codes", ())}
    by_word = [(word, each["family"]) for each in catalogue["issuer"] for word in each["words"]]
    by_word += [(word, "") for word in catalogue["others"]["words"]]
    single = frozenset(each["family"] for each in catalogue["issuer"] if each.get("one"))
    return by_code, sorted(by_word, key=lambda pair: -len(pair[0])), single


def family_of_code(body: str) -> str:
    """The family of bodies that a code in a symbol stands for, "" when it is not known."""
    return _families()[0].get(body.upper(), "")


@cache
def family_of_name(issuer: str) -> str:
    """The family of bodies that a name as printed belongs to, "" when it is not known."""
    lowered = issuer.lower()
    return next((family for word, family in _families()[1] if lowered.startswith(word)), "")


def is_single(body: str) -> bool:
    """Whether there is one such body only, so that its number and year name one instrument."""
    return family_of_code(body) in _families()[2]


def citations(dossier: Dossier) -> Iterator[list[Citation]]:
    """The numbered instruments that each document cites."""
    for claims in dossier.claims:
        yield [claim for claim in claims if isinstance(claim, Citation) and claim.number]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One instrument told in two ways. ``what``: date or kind. ``sure``: no other reading is left."""

    what: str
    this: Citation
    other: Citation
    sure: bool


def conflicts(cited: Iterable[Citation], against: Iterable[Citation] = ()) -> Iterator[Conflict]:
    """Citations whose date or kind differs from how the same number is told elsewhere.

    With ``against`` they are held against those; without, against what most of their own say.
    """
    others = defaultdict(list)
    for citation in against:
        others[_number(citation)].append(citation)
    groups = defaultdict(list)
    for citation in cited:
        groups[_number(citation)].append(citation)
    for number, group in groups.items():
        rest = others.get(number, []) if others else group
        yield from _dates(group, rest)
        yield from _kinds(group, rest)


def _number(citation: Citation) -> tuple[str, int | None, str]:
    return citation.number, citation.year, parts(citation)[1].upper()


def _dates(group: list[Citation], rest: list[Citation]) -> Iterator[Conflict]:
    """The same symbol with another date than most others give it."""
    for symbol in dict.fromkeys(citation.symbol.upper() for citation in group):
        dated = [each for each in rest if each.symbol.upper() == symbol and each.dated is not None]
        if not dated:
            continue
        usual = Counter(each.dated for each in dated).most_common(1)[0][0]
        other = next(each for each in dated if each.dated == usual)
        seen = set()
        for this in group:
            if this.symbol.upper() != symbol or this.dated in (None, usual) or this.dated in seen:
                continue
            sure = _is_same(this, other)
            if sure is not None:
                seen.add(this.dated)
                yield Conflict("date", this, other, sure)


def _is_same(this: Citation, other: Citation) -> bool | None:
    """Whether two citations of one symbol with two dates mean one instrument: True, likely (False), or no (None).

    Without a year in the symbol numbers begin again every January, and every province has its own.
    """
    first, second = this.dated, other.dated
    if first is None or second is None:
        return None
    anniversary = (first.day, first.month) == (second.day, second.month)
    if anniversary and this.number.isdecimal() and int(this.number) > 1:
        return True
    if this.issuer and other.issuer and this.issuer.lower() != other.issuer.lower():
        return None
    if this.year is None and first.year != second.year:
        return None
    return is_single(parts(this)[1]) or bool(this.issuer and other.issuer)


def _kinds(group: list[Citation], rest: list[Citation]) -> Iterator[Conflict]:
    """The same number of one body and one day with another kind in its symbol."""
    for this in group:
        code = parts(this)[0]
        if not code or this.dated is None:
            continue
        for other in rest:
            if other.dated == this.dated and parts(other)[0] not in ("", code) and _is_misfit(this):
                yield Conflict("kind", this, other, True)
                break


def _is_misfit(citation: Citation) -> bool:
    """Whether the named kind is not the one that the symbol carries."""
    code = parts(citation)[0]
    return bool(citation.instrument) and kind_of_code(code) != citation.instrument
