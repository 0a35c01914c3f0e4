"""Breakdowns in files: by code or by name, in one column ("season=mua") or in a column for each dimension."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Protocol

from baocao.figures.intake_words import fold, may_mean
from baocao.model.indicator import Indicator
from baocao.model.text import Text

_NO_BREAKDOWN = Text(
    "phân tổ viết chưa đúng ở “{part}”; cần dạng “season=mua”, mỗi chiều một lần, cách nhau bằng dấu chấm phẩy.",
    "the breakdown is not understood at “{part}”; expected is “season=mua”, each dimension once, semicolons between.",
)
_OTHER_BREAKDOWN = Text(
    "chỉ tiêu {indicator} không có chiều phân tổ “{seen}”; các chiều của chỉ tiêu: {known}.",
    "{indicator} has no breakdown by “{seen}”; it has: {known}.",
)
_NO_MEMBER = Text(
    "chiều phân tổ {dimension} không có nhóm “{seen}”; gần giống hoặc có thể dùng: {known}.",
    "the breakdown {dimension} has no member “{seen}”; similar or possible: {known}.",
)
_SHOWN = 8


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


class Breakdowns:
    """The dimensions of a catalogue. Without them codes are taken as they stand."""

    def __init__(self, dimensions: Iterable[Divided] = ()) -> None:
        given = tuple(dimensions)
        self._dimensions = _by_name(given)
        self._members = {one.code: _by_name(one.members) for one in given}
        self._called = {
            one.code: tuple(
                (fold(name), name, member.code) for member in one.members for name in (member.name.vi, member.name.en)
            )
            for one in given
        }

    def dimension(self, seen: str) -> str | None:
        """The code of the dimension with this code or name; None when there is none."""
        return self._dimensions.get(fold(seen))

    def parts(self, line: str, indicator: Indicator) -> dict[str, str] | Text:
        """The members on a line, by dimension, or why they are refused."""
        found: dict[str, str] = {}
        for part in filter(None, (part.strip() for part in line.split(";"))):
            named, sign, seen = (word.strip() for word in part.partition("="))
            dimension = self.dimension(named) or named
            if not (named and sign and seen) or dimension in found:
                return _NO_BREAKDOWN.fill(part=part)
            member = self.member(dimension, seen, indicator)
            if isinstance(member, Text):
                return member
            found[dimension] = member
        return found

    def meant(self, seen: str, indicator: Indicator) -> list[tuple[str, str]]:
        """The members of the indicator's breakdowns that are called so, each with its dimension before it."""
        folded = fold(seen)
        found = {
            (dimension, code): None
            for dimension in indicator.breakdowns
            for name, written, code in self._called.get(dimension, ())
            if name == folded and may_mean(seen, written)
        }
        return list(found)

    def member(self, dimension: str, seen: str, indicator: Indicator) -> str | Text:
        """The code of a member of one of the indicator's dimensions, or why there is none."""
        if dimension not in indicator.breakdowns:
            known = ", ".join(indicator.breakdowns) or "-"
            return _OTHER_BREAKDOWN.fill(indicator=indicator.code, seen=dimension, known=known)
        members = self._members.get(dimension)
        if members is None:
            return seen
        if fold(seen) in members:
            return members[fold(seen)]
        codes = list(dict.fromkeys(members.values()))
        near = [members[name] for name in get_close_matches(fold(seen), members)]
        return _NO_MEMBER.fill(dimension=dimension, seen=seen, known=", ".join((near or codes)[:_SHOWN]))


def _by_name(things: Iterable[Named]) -> dict[str, str]:
    """Codes by folded code and name; a name that two of them share leads to neither."""
    given = tuple(things)
    names: dict[str, set[str]] = {}
    for one in given:
        for name in (one.name.vi, one.name.en):
            names.setdefault(fold(name), set()).add(one.code)
    unique = {name: min(codes) for name, codes in names.items() if len(codes) == 1 and name}
    return unique | {fold(one.code): one.code for one in given}
