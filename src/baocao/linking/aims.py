"""How a target is meant that a text or a table prints: its kind, whether its bound counts, both ends of a range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from baocao.figures.target_words import TargetWords, read_target
from baocao.linking.items import Printed
from baocao.linking.links import Link, Meant
from baocao.linking.reckonings import Reckoner, Said
from baocao.linking.speaking import Around
from baocao.model.draft import UPPER, Reckoning, Source
from baocao.model.observation import Scenario
from baocao.model.text import Text

_WORDS = ("bound", "from", "maintain", "fall")  # cues that say how a figure is asked for


def is_target(source: Source) -> bool:
    """Whether a figure is itself what somebody asks for."""
    return source.reckoning is Reckoning.VALUE and source.addresses[0].scenario is Scenario.TARGET


def meant_by(around: Around, printed: Printed) -> Meant | None:
    """How a figure of a sentence is asked for, by the words right before and right behind it."""
    before: list[str] = []
    for item in reversed(around.last.items):
        if not item.is_cue(*_WORDS):
            break
        before.insert(0, item.text)
    behind = [item.text for item in around.trail.items[:1] if item.is_cue("bound")]
    figure = "1" if printed.upper is None else "1 - 2"
    return meant_in(" ".join((*before, figure, *behind)))


def meant_in(text: str) -> Meant | None:
    """How the words of a cell mean its target; None where they are not understood."""
    found = read_target(text, lambda _: Decimal(1))
    return Meant(found.kind, found.is_strict) if isinstance(found, TargetWords) else None


def upper_of(reckoner: Reckoner, said: Said, source: Source) -> Iterator[Link]:
    """The upper end of a range, of the same target."""
    upper = said.printed.upper
    if upper is None or not is_target(source):
        return
    found = reckoner.found(replace(said, printed=upper))
    if not isinstance(found, Text):
        yield Link(upper.span, upper.text, found.value, found.step, replace(source, argument=UPPER))
