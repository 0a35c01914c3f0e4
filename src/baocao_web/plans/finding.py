"""Indicators found by the words that people have for them: without marks, in any order, the likeliest first."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from baocao.model.indicator import Indicator
from baocao_web.places import office
from baocao_web.places.vietnamese import folded

MOST: Final = 8
_WORD: Final = re.compile(r"[0-9a-z]+")
_LONGEST: Final = 200


@lru_cache(maxsize=1)
def _listed(_catalogue: int) -> tuple[tuple[Indicator, frozenset[str], str], ...]:
    """The indicators with the words of their names; kept as long as the catalogue is the same."""
    return tuple((one, frozenset(words(f"{one.name.vi} {one.code}")), folded(one.name.vi)) for one in _indicators())


def _indicators() -> list[Indicator]:
    listed = office.catalogue()
    return [listed[code] for code in dict.fromkeys(one.code for one in listed.indicators)]


def words(seen: str) -> list[str]:
    """The words of a name without marks and signs."""
    return _WORD.findall(folded(seen[:_LONGEST]))


def found(seen: str, most: int = MOST) -> list[Indicator]:
    """Indicators whose names hold all the words, whole or begun; the shortest name first. A code finds its own."""
    catalogue = office.catalogue()
    if seen.strip() in catalogue:
        return [catalogue[seen.strip()]]
    asked = words(seen)
    if not asked:
        return []
    hits = [
        (len(name), one)
        for one, held, name in _listed(id(catalogue))
        if all(any(word.startswith(begun) for word in held) for begun in asked)
    ]
    return [one for _, one in sorted(hits, key=lambda hit: (hit[0], hit[1].code))[:most]]


def alike(seen: str, most: int = 3) -> list[Indicator]:
    """Indicators that share the most words with a name that is none of theirs; none where little is shared."""
    asked = set(words(seen))
    if not asked:
        return []
    scored = []
    for one, _, name in _listed(id(office.catalogue())):
        held = set(_WORD.findall(name))
        shared = len(asked & held)
        if 2 * shared >= len(asked) and shared > 1:
            scored.append((-2 * shared / (len(asked) + len(held)), one.code, one))
    return [one for *_, one in sorted(scored, key=lambda hit: hit[:2])[:most]]
