"""The words of files that are loaded, compared as people take them: without tone marks, capitals and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from baocao.model.observation import NoValue, Scenario
from baocao.reference import load

_APART = re.compile(r"[\s_\-.,;:/()\u00a0]+")


@lru_cache(maxsize=65_536)
def fold(words: str) -> str:
    """A name without tone marks, capitals, punctuation and loose blanks: "Xã  Hoà-Bình" is "xa hoa binh"."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", words.casefold()) if not unicodedata.combining(sign))
    return _APART.sub(" ", plain.replace("đ", "d")).strip()


_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@lru_cache(maxsize=65_536)
def toned(words: str) -> str:
    """A name with its tone marks, wherever in the syllable they are put: "Hoà" and "Hòa" are one."""
    syllables = _APART.sub(" ", unicodedata.normalize("NFD", words.casefold())).split()
    return " ".join(_TONES.sub("", one) + "".join(_TONES.findall(one)) for one in syllables)


def may_mean(seen: str, name: str) -> bool:
    """Whether tone marks allow a text to mean a name: those that are given must be right, none need be given."""
    given = toned(seen)
    return given == fold(seen) or f" {toned(name)}".endswith(f" {given}")


def vocabulary(table: str, entry: str) -> tuple[str, ...]:
    """The words of one entry in reference/intake.toml, as written there."""
    words: Iterable[str] = load("intake")[table][entry]
    return tuple(words)


@cache
def _by_fold(table: str) -> dict[str, str]:
    return {fold(word): entry for entry, words in load("intake")[table].items() for word in words if fold(word)}


def column_meant(heading: str) -> str | None:
    """Which field a column heading names, None when it is none of the known ones."""
    return _by_fold("columns").get(fold(heading))


def scenario_meant(words: str) -> Scenario | None:
    code = _by_fold("scenarios").get(fold(words))
    return None if code is None else Scenario(code)


def authority_meant(heading: str) -> tuple[str, str] | None:
    """The authority in a heading such as "Kế hoạch HĐND giao năm 2024", and what follows; else None."""
    words = heading.split()
    assigned = {word.casefold() for word in vocabulary("headings", "assigned")}
    at = next((at for at, word in enumerate(words) if word.casefold() in assigned), 0)
    named, rest = words[:at], words[at + 1 :]
    for plan in sorted(vocabulary("headings", "plan"), key=len, reverse=True):
        before = plan.split()
        if [fold(word) for word in named[: len(before)]] == [fold(word) for word in before]:
            named = named[len(before) :]
            break
    return (" ".join(named), " ".join(rest)) if named else None


def is_computed(heading: str) -> bool:
    """Whether a column holds what is computed from the others: "% so với kế hoạch", "đánh giá"."""
    folded = " ".join(toned(heading).split())
    return any(f"{folded} ".startswith(f"{toned(word)} ") for word in vocabulary("headings", "computed"))


@cache
def _marks() -> dict[str, str]:
    """Marks as written in lower case, and the words among them also without tone marks."""
    table = load("intake")["marks"]
    signs = {word.casefold(): code for code, words in table.items() for word in words}
    return signs | {fold(word): code for word, code in signs.items() if fold(word)}


def mark_meant(text: str) -> NoValue | str | None:
    """The coded mark that stands in place of a number; "crossed" for an x, which only its column can explain."""
    marks, seen = _marks(), " ".join(text.casefold().split())
    code = marks.get(seen) or (marks.get(fold(seen)) if fold(seen) else None)
    if code is None or code == "crossed":
        return code
    return NoValue(code)


def entry_meant(table: str, words: str) -> str | None:
    """The entry of a table of reference/intake.toml that has these words, None when none has."""
    return _by_fold(table).get(fold(words))


def outcome_meant(text: str) -> bool | None:
    """Whether words say that something is assured ("đã hoàn thành") or is not ("chưa đảm bảo"); else None."""
    entry = _by_fold("results").get(fold(text))
    return None if entry is None else entry == "done"


def is_council(authority: str) -> bool:
    """Whether an authority is a people's council: "HĐND huyện"."""
    seen = f"{toned(authority)} "
    return any(seen.startswith(f"{toned(word)} ") for word in vocabulary("authorities", "council"))


@cache
def _errors() -> frozenset[str]:
    return frozenset(vocabulary("formula_errors", "shown"))


def is_formula_error(text: str) -> bool:
    return text.upper() in _errors()


@cache
def _kinds() -> tuple[str, ...]:
    kinds = {fold(kind) + " " for kind in vocabulary("units", "kinds")}
    return tuple(sorted(kinds, key=len, reverse=True))


def spelt_out(name: str) -> str:
    """A unit's name with its first word spelt out: "TP. Hồ Chí Minh" is "thành phố Hồ Chí Minh"."""
    short: dict[str, str] = load("intake")["units"]["short"]
    first, _, rest = name.replace(".", " ", 1).strip().partition(" ")
    if not rest.strip() or first.casefold() not in short:
        return name
    return f"{short[first.casefold()]} {rest.strip()}".strip()


def without_kind(folded: str) -> str:
    """The folded name of a unit without "xã", "phường" ... before it."""
    return next((folded[len(kind) :] for kind in _kinds() if folded.startswith(kind)), folded)
