"""A draft as JSON and back, to the letter: what is kept between two looks at a report, and what is issued."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, Final

from baocao.model import draft as nouns
from baocao.model.draft import Draft
from baocao.model.observation import Address, Scenario
from baocao.model.period import Period
from baocao.model.text import Text

_KIND: Final = "$"
_DRAWN: Final = (
    nouns.Draft, nouns.Head, nouns.Signature, nouns.Paragraph, nouns.Heading, nouns.Narrative, nouns.Grid,
    nouns.GridCell, nouns.Column, nouns.Chart, nouns.Series, nouns.Annex, nouns.Words, nouns.Number, nouns.Note,
    nouns.Form, nouns.Source, Address, Text,
)  # fmt: skip
_NAMED: Final[dict[str, type[Any]]] = {one.__name__: one for one in _DRAWN}
_ENUMS: Final[dict[str, type[Enum]]] = {
    one.__name__: one for one in (nouns.Manner, nouns.Align, nouns.ChartKind, nouns.Reckoning, Scenario)
}


def written(noun: object) -> str:
    """A draft, or any noun that drafts are made of, as JSON: one way of writing for one content."""
    return json.dumps(_plain(noun), ensure_ascii=False, separators=(",", ":"))


def _plain(noun: Any) -> Any:
    if noun is None or isinstance(noun, str | int):
        return noun
    if isinstance(noun, tuple):
        return [_plain(one) for one in noun]
    if isinstance(noun, Period):
        return {_KIND: "Period", "is": noun.code}
    if isinstance(noun, Decimal | date):
        return {_KIND: type(noun).__name__, "is": str(noun)}
    if isinstance(noun, Enum):
        return {_KIND: type(noun).__name__, "is": noun.value}
    if isinstance(noun, Text):  # a list of names is told as its sentence
        return {_KIND: "Text", "vi": noun.vi, "en": noun.en}
    assert is_dataclass(noun), type(noun)
    told = {one.name: getattr(noun, one.name) for one in fields(noun)}
    defaults = {one.name: one.default for one in fields(noun) if one.default is not MISSING}
    kept = {name: _plain(value) for name, value in told.items() if name not in defaults or defaults[name] != value}
    return {_KIND: type(noun).__name__, **kept}


def read(line: str) -> Any:
    """What ``written`` wrote. Raises ``ValueError`` and ``KeyError`` for anything else."""
    return _tupled(json.loads(line, object_hook=_noun))


def _noun(told: dict[str, Any]) -> Any:
    kind = told.pop(_KIND)
    if kind in _NAMED:
        return _NAMED[kind](**{name: _tupled(value) for name, value in told.items()})
    if kind in _ENUMS:
        return _ENUMS[kind](told["is"])
    if kind == "Decimal":
        return Decimal(told["is"])
    return _period(told["is"]) if kind == "Period" else date.fromisoformat(told["is"])


_period = lru_cache(maxsize=4096)(Period.parse)


def _tupled(value: Any) -> Any:
    return tuple(_tupled(one) for one in value) if isinstance(value, list) else value


@lru_cache(maxsize=8)
def kept(digest: str, line: str) -> Draft:
    """The draft of a line, read once; ``digest`` is that of the line, by which it is known."""
    found: Draft = read(line)
    return found
