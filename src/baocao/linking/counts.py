"""Counts that reports print: of units where something is so, of indicators by their rating, of tasks by their state.

What a count is of is told by the words behind it. For units these are the words of the outlines; the other counts
stand in reference/linking.toml. ``{by}`` is who asked for the indicators that are rated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from baocao.drafting import outline_reading
from baocao.drafting.outline import Kind
from baocao.linking.items import Printed
from baocao.linking.links import Link, Setting
from baocao.model.draft import Reckoning, Source
from baocao.reference import load

_BY = "{by}"
_UNITS = "units"


@cache
def phrases() -> tuple[tuple[str, str], ...]:
    """What stands behind a count, and what it then is a count of."""
    return tuple(dict.fromkeys((*_of_units(), *_listed())))


def _of_units() -> Iterator[tuple[str, str]]:
    usual = tuple(load("linking")["counts_by"]["units"])
    for name in outline_reading.names():
        for say in outline_reading.built_in(name).says:
            if say.kind is Kind.UNITS:
                for noun in (say.noun,) if say.noun else usual:
                    yield f"{noun} {say.doing}", f"{_UNITS}:{say.of[0].indicator}"


def _listed() -> Iterator[tuple[str, str]]:
    for argument, words in load("linking")["counts"].items():
        yield from ((word, argument) for word in words)


def of_authority(authority: str) -> Iterator[tuple[str, str]]:
    """The words behind the count of the indicators that one authority asks for."""
    for wording in load("linking")["counts_by"]["ratings"]:
        yield str(wording).format(by=authority), f"ratings:{authority}"


class Counting:
    """Reads counts in one setting; an authority named once in a sentence rates what follows."""

    def __init__(self, setting: Setting) -> None:
        self.by = setting.authorities[0] if setting.authorities else ""

    def links(self, printed: Printed, arguments: Sequence[str]) -> list[Link]:
        """The count, and of a pair "A/B" the number of all; nothing where nobody is known to rate."""
        if len(arguments) != 1 or printed.is_odd or printed.is_about:
            return []
        argument = arguments[0]
        if argument.startswith("ratings:") and _BY not in argument:
            self.by = argument.removeprefix("ratings:")
        if _BY in argument and not self.by:
            return []
        found = [_link(printed, argument.replace(_BY, self.by))]
        if printed.of is not None:
            if not argument.startswith(f"{_UNITS}:"):
                return []
            found.append(_link(printed.of, _UNITS))
        return found


def _link(printed: Printed, argument: str) -> Link:
    source = Source(Reckoning.COUNT, (), argument)
    return Link(printed.span, printed.text, printed.value, Decimal(1), source)
