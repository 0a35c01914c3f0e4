"""What a target asks for: an indicator as a whole, or one part of it by a breakdown ("trong đó: dân tộc thiểu số").

Pages, calls and rows of the database name it by one key: ``ho_ngheo``, ``ho_ngheo|dan_toc=thieu_so``.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import Final, NamedTuple

from baocao.model.indicator import Indicator
from baocao.model.observation import Breakdown, breakdown_of, written
from baocao.model.target import Target
from baocao.model.text import Problem, Text
from baocao.reference import indicators as reference
from baocao_web.places import office

LONGEST: Final = 200  # signs of a breakdown
_APART: Final = "|"
_MOST_PAIRS: Final = 100  # parts by two breakdowns at once that a page offers

_UNKNOWN = Text("không có chỉ tiêu mã “{seen}”.", "no indicator has the code “{seen}”.")
_NO_PART = Text(
    "chỉ tiêu {code} không có phần “{seen}”; hãy ghi như “{example}”, hoặc bỏ phần sau dấu gạch.",
    "{code} has no part “{seen}”; write it as “{example}”, or leave out what stands behind the bar.",
)
_NO_PARTS = Text(
    "chỉ tiêu {code} không chia theo nhóm nào, nên không có phần “{seen}”.",
    "{code} is not broken down, so that there is no part “{seen}” of it.",
)
_OF_WHICH = Text("{name}, trong đó: {part}", "{name}, of which: {part}")


class Subject(NamedTuple):
    """An indicator, and which part of it; the whole where ``breakdown`` is empty."""

    indicator: str
    breakdown: Breakdown = ()

    @property
    def key(self) -> str:
        return f"{self.indicator}{_APART}{self.line}" if self.breakdown else self.indicator

    @property
    def line(self) -> str:
        """The breakdown as the store has it."""
        return written(self.breakdown)

    @property
    def part(self) -> Text:
        """The part by the names of its members; empty for the whole."""
        return part_name(self.breakdown)

    @property
    def name(self) -> Text:
        """As a list names it: "Số hộ nghèo, trong đó: Dân tộc thiểu số"."""
        own = office.catalogue()[self.indicator].name
        if not self.breakdown:
            return own
        part = self.part
        return Text(_OF_WHICH.vi.format(name=own.vi, part=part.vi), _OF_WHICH.en.format(name=own.en, part=part.en))


def of(target: Target) -> Subject:
    """What a target asks for."""
    return Subject(target.address.indicator, target.address.breakdown)


def part_name(breakdown: Breakdown) -> Text:
    """The names of the members of a breakdown; a member that is not listed by its code."""
    named = [_member(dimension, member) for dimension, member in breakdown]
    return Text(", ".join(one.vi for one in named), ", ".join(one.en for one in named))


def _member(dimension: str, code: str) -> Text:
    known = reference.dimensions().get(dimension)
    found = next((one.name for one in known.members if one.code == code), None) if known else None
    return found or Text(code, code)


def meant(key: str) -> Subject | Text:
    """What a key names, or why it names nothing."""
    code, bar, line = key.partition(_APART)
    listed = office.catalogue()
    if code not in listed:
        return _UNKNOWN.fill(seen=_plain(code))
    if not bar:
        return Subject(code)
    return _part(listed[code], line)


def _part(indicator: Indicator, line: str) -> Subject | Text:
    if not indicator.breakdowns:
        return _NO_PARTS.fill(code=indicator.code, seen=_plain(line))
    try:
        breakdown = breakdown_of(line) if len(line) <= LONGEST else ()
    except ValueError:
        breakdown = ()
    if not breakdown or not all(_is_member(indicator, *pair) for pair in breakdown):
        example = parts_of(indicator)[0].line
        return _NO_PART.fill(code=indicator.code, seen=_plain(line), example=example)
    return Subject(indicator.code, breakdown)


def _is_member(indicator: Indicator, dimension: str, member: str) -> bool:
    known = reference.dimensions().get(dimension)
    return dimension in indicator.breakdowns and known is not None and any(one.code == member for one in known.members)


def named(key: str) -> Subject:
    """What a key names. Raises ``Problem``."""
    found = meant(key)
    if isinstance(found, Text):
        raise Problem(found)
    return found


def parts_of(indicator: Indicator) -> list[Subject]:
    """The parts that an indicator can be asked for by, one breakdown after another, then by two at once."""
    listed = reference.dimensions()
    pairs = [[(code, one.code) for one in listed[code].members] for code in indicator.breakdowns if code in listed]
    found = [Subject(indicator.code, (pair,)) for members in pairs for pair in members]
    for one, other in combinations(pairs, 2):
        if len(one) * len(other) <= _MOST_PAIRS:
            found += [Subject(indicator.code, tuple(sorted(both))) for both in product(one, other)]
    return found


def in_order(subjects: set[Subject]) -> list[Subject]:
    """Subjects in the order of the catalogue, each indicator's whole before its parts."""
    places = {one.code: at for at, one in reversed([*enumerate(office.catalogue().indicators)])}
    known = [one for one in subjects if one.indicator in places]
    return sorted(known, key=lambda one: (places[one.indicator], len(one.breakdown), _members_in_order(one)))


def _members_in_order(subject: Subject) -> list[tuple[int, str, int]]:
    """The places of a part's members in the catalogue."""
    breakdowns = office.catalogue()[subject.indicator].breakdowns
    found = []
    for dimension, member in subject.breakdown:
        known = reference.dimensions().get(dimension)
        codes = [one.code for one in known.members] if known else []
        at = breakdowns.index(dimension) if dimension in breakdowns else len(breakdowns)
        found.append((at, dimension, codes.index(member) if member in codes else len(codes)))
    return sorted(found)


def _plain(words: str) -> str:
    """Words of a stranger, short and without what steers a message."""
    return words[:60].replace("{", "(").replace("}", ")")
