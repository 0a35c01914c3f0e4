"""All words that tie a figure to its address: names of indicators, members, places, cues; the longest is found.

Names come from the catalogue and the units that the caller gives; the other words from reference/linking.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from baocao.grammar.words import lowered, words_of
from baocao.model.indicator import Indicator, UnitOfMeasure
from baocao.model.org_unit import OrgUnit
from baocao.model.text import Text
from baocao.reference import load

INDICATOR = "indicator"
PART = "part"  # "whole>code": a part under the name that it has beside its whole
MEMBER = "member"  # "dimension=member"
CROP = "crop"
ASPECT = "aspect"  # of a crop
FLOW = "flow"  # a step of a flow
PLACE = "place"
AUTHORITY = "authority"
CUE = "cue"
MEASURE = "measure"
SECTOR = "sector"
COUNT = "count"  # what a count is of
_COUNTED = ("tổng số ", "số ", "tổng ")  # what a sentence leaves out before a counted noun: "có 12 hộ nghèo"
_SUM = re.compile(r"[\w\s]+(?:\+[\w\s]+)+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


class Meaning(NamedTuple):
    """What a phrase may stand for, by one of the kinds above."""

    kind: str
    value: str


class Named(Protocol):
    """Something with a code and a name."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> Text: ...


class Divided(Named, Protocol):
    """A dimension that figures are broken down by."""

    @property
    def members(self) -> Sequence[Named]: ...


@lru_cache(maxsize=16_384)
def keyed(word: str) -> str:
    """A word in lower case with its tone mark at the end, wherever in the syllable it is put."""
    if word.isascii():
        return word
    if word in "–—":
        return "-"
    plain = unicodedata.normalize("NFD", word)
    return _TONES.sub("", plain) + "".join(_TONES.findall(plain))


def keys_of(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as they are compared."""
    return tuple(map(keyed, words_of(lowered(phrase)).words[:-1]))


class Lexicon:
    """The phrases of one catalogue and one set of units."""

    def __init__(
        self,
        indicators: Iterable[Indicator],
        measures: Iterable[UnitOfMeasure],
        dimensions: Iterable[Divided] = (),
        units: Iterable[OrgUnit] = (),
        authorities: Iterable[str] = (),
        sectors: Mapping[str, Text] | None = None,
        counts: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.indicators = {one.code: one for one in indicators}
        self.measures = {one.code: one for one in measures}
        self._phrases: dict[str, dict[tuple[str, ...], list[Meaning]]] = defaultdict(dict)
        self._longest: dict[str, int] = defaultdict(int)
        self._glued = {_glued(one.name.vi): one.code for one in self.measures.values()}
        self._put_names()
        self._put_parts()
        for dimension in dimensions:
            self._put_members(dimension)
        for unit in units:
            self.put(unit.name, Meaning(PLACE, unit.key))
        for measure in self.measures.values():
            self.put(measure.name.vi, Meaning(MEASURE, measure.code))
        self._put_words(tuple(authorities))
        for words, count in counts:
            self.put(words, Meaning(COUNT, count))
        for sector, name in (sectors or {}).items():
            self.put(name.vi, Meaning(SECTOR, sector))

    def put(self, phrase: str, meaning: Meaning) -> None:
        """Add one phrase; it may stand for several things."""
        keys = keys_of(phrase)
        if not keys:
            return
        known = self._phrases[keys[0]].setdefault(keys, [])
        if meaning not in known:
            known.append(meaning)
        self._longest[keys[0]] = max(self._longest[keys[0]], len(keys))

    def match(self, keys: Sequence[str], at: int) -> tuple[tuple[Meaning, ...], int] | None:
        """What the longest phrase that begins at a word stands for, and how many words it has."""
        return next(self.matches(keys, at), None)

    def matches(self, keys: Sequence[str], at: int) -> Iterator[tuple[tuple[Meaning, ...], int]]:
        """The phrases that begin at a word, the longest first."""
        phrases = self._phrases.get(keys[at])
        if phrases is None:
            return
        for length in range(min(self._longest[keys[at]], len(keys) - at), 0, -1):
            found = phrases.get(tuple(keys[at : at + length]))
            if found:
                yield tuple(found), length

    def measure_glued(self, text: str) -> str:
        """The unit of measure that a narrow column prints over several lines, cut within its words; or ""."""
        return self._glued.get(_glued(text), "")

    def _put_names(self) -> None:
        """The names; a full one belongs to its indicator alone, whatever others may be called in short."""
        full = {keys_of(one.name.vi) for one in self.indicators.values()}
        for code, one in self.indicators.items():
            self.put(one.name.vi, Meaning(INDICATOR, code))
        names: Mapping[str, Sequence[str]] = load("linking")["names"]
        for code, one in self.indicators.items():
            others = list(names.get(code, ()))
            others += [short for name in (one.name.vi, *others) if len((short := _uncounted(name)).split()) > 1]
            for name in others:
                if keys_of(name) not in full:
                    self.put(name, Meaning(INDICATOR, code))

    def _put_parts(self) -> None:
        """ "Tổng đàn gia súc ..., trong đó: trâu ...": parts under what is left of their names beside the whole's."""
        for whole in self.indicators.values():
            head = _uncounted(whole.name.vi).split()
            for code in (*whole.parts, *_summed(whole)):
                if code not in self.indicators:
                    continue
                words = _uncounted(self.indicators[code].name.vi).split()
                common = next((at for at, pair in enumerate(zip(head, words, strict=False)) if pair[0] != pair[1]), 0)
                lead = words[:2] == ["tỷ", "trọng"]
                for at in range(1, common + 1 if not lead else 3):
                    self.put(" ".join(words[at:]), Meaning(PART, f"{whole.code}>{code}"))

    def _put_members(self, dimension: Divided) -> None:
        table = load("linking")
        prefixes = ["", *(f"{word} " for word in table["prefixes"].get(dimension.code, ()))]
        self.put(dimension.name.vi, Meaning(CUE, "dimension"))
        others: Mapping[str, Sequence[str]] = table["member_names"].get(dimension.code, {})
        for member in dimension.members:
            name = re.sub(r"\s*\(.*\)", "", member.name.vi)
            for prefix in prefixes:
                for form in dict.fromkeys((name, member.name.vi, *others.get(member.code, ()))):
                    self.put(prefix + lowered(form), Meaning(MEMBER, f"{dimension.code}={member.code}"))

    def _put_words(self, authorities: tuple[str, ...]) -> None:
        """The words of reference/linking.toml."""
        table = load("linking")
        for kind, entries in (
            (CUE, table["cues"]),
            (ASPECT, table["aspects"]),
            (CROP, {crop: entry["words"] for crop, entry in table["crops"].items()}),
            (FLOW, table["flows"]["words"]),
            (SECTOR, table["sectors"]),
        ):
            for value, words in entries.items():
                for word in words:
                    self.put(word, Meaning(kind, value))
        self._put_authorities(table["authorities"], authorities)

    def _put_authorities(self, usual: Mapping[str, Sequence[str]], authorities: tuple[str, ...]) -> None:
        for name in dict.fromkeys((*authorities, *usual)):
            self.put(name, Meaning(AUTHORITY, name))
        for name, words in usual.items():
            known = _as_known(name, authorities)
            for word in words:
                self.put(word, Meaning(AUTHORITY, known))


def _glued(text: str) -> str:
    """A text's words without the spaces between them."""
    return "".join(keys_of("".join(text.split())))


def _uncounted(name: str) -> str:
    """A name without "số", "tổng số" or "tổng" before it."""
    short = lowered(name)
    return next((short.removeprefix(word) for word in _COUNTED if short.startswith(word)), short)


def _summed(whole: Indicator) -> Iterator[str]:
    """The indicators that an identity adds up to a whole: "dan_gia_suc = dan_trau + dan_bo"."""
    for identity in whole.identities:
        left, sign, right = identity.partition("=")
        if sign and left.strip() == whole.code and _SUM.fullmatch(right):
            yield from (code.strip() for code in right.split("+"))


def _as_known(name: str, authorities: tuple[str, ...]) -> str:
    """The ledger's own name of an authority that reports call otherwise: "HĐND tỉnh" for "HĐND"."""
    alike = [one for one in authorities if lowered(one).startswith(lowered(name))]
    return alike[0] if len(alike) == 1 else name
