"""The vocabulary made ready for matching word by word: cue words, units, ordinals."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from baocao.model import Comparator
from baocao.reference import load

MARKS = frozenset('().,;:…/+-–“”"')  # those that are tokens
WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|_")


class Measure(NamedTuple):
    """A unit of measure or a counted noun; amounts of one ``dimension`` can be compared by ``factor``."""

    code: str
    dimension: str
    factor: Decimal


class Trie(dict[str, list[tuple[int, dict[tuple[str, ...], object]]]]):
    """Phrases by their first word, then by the number of the words behind it, longest first."""

    def put(self, phrase: str, meaning: object) -> None:
        first, *rest = WORD.findall(phrase)
        entries = dict(self.get(first, ()))
        entries.setdefault(len(rest), {}).setdefault(tuple(rest), meaning)
        self[first] = sorted(entries.items(), reverse=True, key=itemgetter(0))

    def match(self, words: list[str], index: int) -> tuple[object, int] | None:
        """The meaning of the longest phrase that begins at ``index`` and the number of its words."""
        entries = self.get(words[index])
        if entries is None:
            return None
        index += 1
        for count, meanings in entries:
            meaning = meanings.get(tuple(words[index : index + count]))
            if meaning is not None:
                return meaning, count + 1
        return None


_TONE_PAIRS = (
    ("óa", "oá"), ("òa", "oà"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ"),
    ("óe", "oé"), ("òe", "oè"), ("ỏe", "oẻ"), ("õe", "oẽ"), ("ọe", "oẹ"),
    ("úy", "uý"), ("ùy", "uỳ"), ("ủy", "uỷ"), ("ũy", "uỹ"), ("ụy", "uỵ"),
)  # fmt: skip


def spellings(phrase: str) -> set[str]:
    """A phrase with the tone mark on either vowel ("hòa", "hoà"): both are in use."""
    found = {phrase}
    for first, second in _TONE_PAIRS:
        if first in phrase:
            found.add(phrase.replace(first, second))
        elif second in phrase:
            found.add(phrase.replace(second, first))
    return found


@cache
def cues() -> Trie:
    """Cue phrases → their class letter."""
    trie = Trie()
    for letter, phrases in load("cues")["classes"].items():
        for phrase in phrases:
            for spelling in spellings(phrase):
                trie.put(spelling, letter)
    return trie


@cache
def plain_tokens() -> dict[str, str]:
    """The marks and cue words that are a token by themselves, whatever follows them, with its kind."""
    known = cues()
    tokens = {mark: mark for mark in MARKS if mark != "." and mark not in known}
    for word, phrases in known.items():
        if [count for count, _ in phrases] == [0]:
            tokens[word] = str(phrases[0][1][()])
    return {word: kind for word, kind in tokens.items() if kind != "x"}


@cache
def telling() -> frozenset[str]:
    """The words and marks that a token may begin with."""
    return MARKS.union(cues())


@cache
def scales() -> dict[str, int]:
    return dict(load("units")["scale"])


@cache
def measures() -> Trie:
    """Units and counted nouns → ``Measure``."""
    trie = Trie()
    units = load("units")
    for dimension, factors in units["measure"].items():
        for name, factor in factors.items():
            for spelling in spellings(name):
                trie.put(spelling, Measure(name, dimension, Decimal(str(factor))))
    for noun in units["count"]["nouns"]:
        code, *variants = noun.split("|")
        for name in (code, *variants):
            for spelling in spellings(name):
                trie.put(spelling, Measure(code, code, Decimal(1)))
    return trie


@cache
def ordinals() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words that make the number after them a name; those of them that are counted nouns too; those that are roads."""
    table = load("cues")["ordinals"]
    return frozenset(table["words"]), frozenset(table["also_counted"]), frozenset(table["roads"])


@cache
def comparators() -> tuple[dict[str, Comparator], dict[str, Comparator]]:
    """Comparators that stand before a number, and those that stand after it."""
    table = load("cues")["comparators"]
    before = {phrase: Comparator(kind) for kind in ("about", "at_least", "at_most") for phrase in table[kind]}
    after = {phrase: Comparator(kind[:-6]) for kind in ("at_least_after", "at_most_after") for phrase in table[kind]}
    return before, after


@cache
def comparator_ends() -> frozenset[str]:
    """The last words of the comparators that stand before a number."""
    return frozenset(phrase.split()[-1] for phrase in comparators()[0])


@cache
def comparator_starts() -> frozenset[str]:
    """The first words of the comparators that stand behind a number."""
    return frozenset(phrase.split()[0] for phrase in comparators()[1])


def is_one_unit(first: str, second: str) -> bool:
    """ "lượt" and "lượt khách" are one unit."""
    return first == second or first.startswith(second + " ") or second.startswith(first + " ")


@cache
def number_words() -> dict[str, int]:
    return dict(load("cues")["numerals"])


@cache
def _measured() -> frozenset[str]:
    return frozenset(load("units")["measure"])


def is_measured(dimension: str) -> bool:
    """Whether amounts of a dimension are measured (and rounded), not counted."""
    return dimension in _measured()


@cache
def _kinds() -> dict[str, str]:
    return {noun: kind for kind, nouns in load("units")["kinds"].items() for noun in nouns}


def kind_of(noun: str) -> str:
    """The kind of counted things a noun belongs to (people, cases, works ...), or ""."""
    return _kinds().get(noun, "")


@cache
def complements() -> tuple[tuple[str, str], ...]:
    """Pairs of labels that leave nothing out ("đã", "chưa")."""
    return tuple((first, second) for first, second in load("cues")["complements"]["pairs"])


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of words of reference/cues.toml."""
    return frozenset(load("cues")["words"][name])


@cache
def any_of(name: str) -> re.Pattern[str]:
    """A pattern that finds any phrase of a list of reference/cues.toml, whole words, in lowered text."""
    phrases = sorted(load("cues")["words"][name], key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b")
