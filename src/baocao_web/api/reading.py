"""The body of a call as it is read: JSON in which nothing is guessed, rounded or passed over."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any, Final

from django.http import HttpRequest
from ninja.parser import Parser

from baocao.model.text import Text
from baocao_web.api.problems import Fault, Kind, Refused

_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_MALFORMED = Text("nội dung không phải JSON ({seen}).", "the body is no JSON ({seen}).")
_MEDIA = Text(
    "nội dung phải là application/json, không phải “{seen}”.", "the body must be application/json, not “{seen}”."
)
_TWICE = Text("trường “{seen}” có hai lần.", "the field “{seen}” stands twice.")
_NO_NUMBER = Text("{seen} không phải là số của JSON.", "{seen} is no number of JSON.")
_LETTERS = Text(
    "có ký tự điều khiển hoặc ký tự hỏng; hãy bỏ đi.", "a control character, or half of one, stands here; delete it."
)


class Bodies(Parser):
    """Reads bodies; a number with decimals stays as it was written, and is then refused where a string is meant."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body. Raises ``Refused``."""
        if request.content_type != "application/json":
            raise Refused(Kind.MEDIA, _MEDIA.fill(seen=_shown(request.content_type or "")))
        try:
            found = json.loads(
                request.body, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_each_once
            )
        except (ValueError, RecursionError) as problem:
            raise Refused(Kind.MALFORMED, _MALFORMED.fill(seen=_shown(str(problem)[:80]))) from problem
        faults = _letters(found, "")
        if faults:
            raise Refused(Kind.INVALID, None, faults)
        return found


def _no_number(seen: str) -> Any:
    raise Refused(Kind.MALFORMED, _NO_NUMBER.fill(seen=seen))


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise Refused(Kind.MALFORMED, _TWICE.fill(seen=_shown(twice[:80])))
    return found


def _letters(told: Any, at: str) -> list[Fault]:
    """Strings that no database and no page can hold, with where they stand."""
    match told:
        case str():
            return [Fault(at.encode("utf-8", "replace").decode(), _LETTERS)] if _UNWRITABLE.search(told) else []
        case dict():
            found = [fault for name, value in told.items() for fault in _letters(value, f"{at}/{name[:80]}")]
            return found + [fault for name in told for fault in _letters(name, f"{at}/{name[:80]}")]
        case list():
            return [fault for place, value in enumerate(told) for fault in _letters(value, f"{at}/{place}")]
    return []


def _shown(seen: str) -> str:
    clean = _UNWRITABLE.sub("�", seen)[:80]
    return clean.replace("{", "(").replace("}", ")")
