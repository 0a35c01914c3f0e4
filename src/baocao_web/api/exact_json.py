"""JSON with every digit of every figure: a number is written as it is kept, and never made a float."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.http import HttpRequest
from ninja.renderers import JSONRenderer

from baocao.showing.grid_files import plain


def written(told: object) -> str:
    """Something as JSON; a ``Decimal`` is a number with all its digits.

    >>> written({"a": [Decimal("0.10"), 1, None, "ô"]})
    '{"a":[0.1,1,null,"ô"]}'
    """
    return "".join(_pieces(told))


def _pieces(told: object) -> Iterator[str]:
    match told:
        case Decimal():
            yield plain(told)
        case Mapping():
            yield "{"
            for place, (name, value) in enumerate(told.items()):
                yield f"{',' if place else ''}{_word(str(name))}:"
                yield from _pieces(value)
            yield "}"
        case str():
            yield _word(told)
        case Sequence():
            yield "["
            for place, value in enumerate(told):
                if place:
                    yield ","
                yield from _pieces(value)
            yield "]"
        case _:
            yield json.dumps(told)


def _word(told: str) -> str:
    return json.dumps(told, ensure_ascii=False)


class Answers(JSONRenderer):
    """Writes the answers of calls: letters as they are, members of enumerations by what they mean."""

    def render(self, request: HttpRequest, told: Any, *, response_status: int) -> str:
        return json.dumps(told, ensure_ascii=False, default=_plainly)


def _plainly(told: Any) -> str:
    match told:
        case Enum():
            return str(told.value)
        case datetime() | date():
            return told.isoformat()
    raise TypeError(f"{type(told).__name__} is nothing that an answer holds")
