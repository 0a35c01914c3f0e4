"""What our script sends: JSON, read with distrust; and how a refusal is told to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeGuard

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.http.request import RawPostDataException

from baocao.model.text import Problem, Text
from baocao_web.collecting.keeping import NotTaken, Save
from baocao_web.collecting.passing_on import Act, Asked
from baocao_web.pages import said
from baocao_web.places.days import read_day

_MALFORMED = Text(
    "yêu cầu không đúng định dạng; hãy tải lại trang rồi thử lại.",
    "the request is malformed; load the page again and try once more.",
)
_TOO_LARGE = Text(
    "nội dung gửi lên lớn hơn {limit} MB nên không được lấy; hãy dán từng phần nhỏ hơn.",
    "what was sent is larger than {limit} MB and was not taken; paste smaller parts.",
)
_REQUEST_LENGTH: Final = 40
_DIGEST_LENGTH: Final = 64
_LARGEST: Final = 2**31  # versions and places are whole numbers below it

View = Callable[..., JsonResponse]


def told(view: View) -> View:
    """What is refused is said in words, with status 409."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        try:
            return view(request, *args, **kwargs)
        except Problem as problem:
            return JsonResponse({"refused": said(problem.text)}, status=409)

    return answer


def body(request: HttpRequest) -> dict[str, Any]:
    """The object that was sent. Raises ``NotTaken``."""
    try:
        given = json.loads(request.body)
    except RequestDataTooBig as problem:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2
        raise NotTaken(_TOO_LARGE.fill(limit=limit)) from problem
    except (ValueError, RecursionError, RawPostDataException) as problem:  # the last: it came as a form in parts
        raise NotTaken(_MALFORMED) from problem
    return mapping(given)


def save_of(given: dict[str, Any], entry: int, by: str) -> Save:
    """A save. Raises ``NotTaken``."""
    base, texts, name = given.get("base"), mapping(given.get("cells")), given.get("request")
    if not is_count(base) or not is_name(name) or not all(isinstance(text, str) for text in texts.values()):
        raise NotTaken(_MALFORMED)
    return Save(entry, by, base, texts, name)


def act_of(given: dict[str, Any], entry: int, by: str) -> Act:
    """An act upon an entry. Raises ``NotTaken``."""
    version, name, digest = given.get("version"), given.get("request"), given.get("digest", "")
    if not is_count(version) or not is_name(name):
        raise NotTaken(_MALFORMED)
    if not isinstance(digest, str) or len(digest) not in (0, _DIGEST_LENGTH):
        raise NotTaken(_MALFORMED)
    return Act(entry, by, version, name, digest)


def asked_of(given: dict[str, Any]) -> Asked:
    """What is to be mended. Raises ``Problem``."""
    typed = text_of(given, "until").strip()
    return Asked(text_of(given, "reason"), texts_of(given, "cells"), read_day(typed) if typed else None)


def name_of(given: dict[str, Any]) -> str:
    """The name of the call. Raises ``NotTaken``."""
    name = given.get("request")
    if not is_name(name):
        raise NotTaken(_MALFORMED)
    return name


def text_of(given: dict[str, Any], name: str) -> str:
    """A text, empty where none was sent. Raises ``NotTaken``."""
    found = given.get(name, "")
    if not isinstance(found, str):
        raise NotTaken(_MALFORMED)
    return found


def texts_of(given: dict[str, Any], name: str) -> list[str]:
    """A list of texts, empty where none was sent. Raises ``NotTaken``."""
    found = given.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise NotTaken(_MALFORMED)
    return found


def mapping(given: object) -> dict[str, Any]:
    """An object of JSON. Raises ``NotTaken``."""
    if not isinstance(given, dict):
        raise NotTaken(_MALFORMED)
    return given


def is_name(name: object) -> TypeGuard[str]:
    """Whether this can name a call: by it a call that comes again is known."""
    return isinstance(name, str) and 0 < len(name) <= _REQUEST_LENGTH and name.isprintable()


def is_count(number: object) -> TypeGuard[int]:
    """Whether this can be a version or a place in the record; a truth value is none."""
    return type(number) is int and 0 <= number < _LARGEST
