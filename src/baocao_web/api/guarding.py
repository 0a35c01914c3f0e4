"""What stands around every call of a program: no cookies, no bodies beyond measure, problems told as problems."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from baocao.model.text import Text
from baocao_web.api.freshness import KEPT, is_known, not_modified, tag_of
from baocao_web.api.problems import MEDIA, Kind, Refused, answer
from baocao_web.people.recording import BY_TOKEN

PREFIX: Final = "/api/"
_MEGABYTE: Final = 1024 * 1024
MOST: Final = 4 * _MEGABYTE  # of a body of JSON
MOST_FILE: Final = 21 * _MEGABYTE  # of a call that brings a file: the file may have 20
_TOO_LARGE = Text(
    "nội dung gửi có {seen} MB, nhiều nhất là {limit} MB; hãy chia thành nhiều lần gọi.",
    "the body has {seen} MB, {limit} at most; send it in several calls.",
)
_LENGTH = Text(
    "nội dung gửi từng phần không được nhận; hãy gửi kèm Content-Length.",
    "a body in pieces is not taken; tell its length in Content-Length.",
)
_OURS: Final = HTTPStatus.INTERNAL_SERVER_ERROR
_KINDS: Final = {kind.status: kind for kind in Kind if kind not in (Kind.CELLS, Kind.KEY_REUSED)}


class Calls:
    """Of calls under ``/api/``: who calls is told by the token alone, and by nothing that a browser sends by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.COOKIES = {}
        named = BY_TOKEN.set("")  # set again once the token is known; the record of refusals tells it too
        try:
            response = _unfit(request) or self.get_response(request)
        finally:
            BY_TOKEN.reset(named)
        return _settled(request, response)


def _unfit(request: HttpRequest) -> HttpResponse | None:
    """The refusal of a body that is not read: one beyond measure, or one that does not tell its measure."""
    if "Transfer-Encoding" in request.headers and "Content-Length" not in request.headers:
        return answer(Refused(Kind.LENGTH, _LENGTH))
    is_file = (request.content_type or "").startswith("multipart/")
    limit, seen = MOST_FILE if is_file else MOST, request.headers.get("Content-Length", "0")
    size = int(seen) if seen.isascii() and seen.isdigit() else 0
    if size <= limit:
        return None
    told = _TOO_LARGE.fill(seen=-(-size // _MEGABYTE), limit=limit // _MEGABYTE)
    return answer(Refused(Kind.TOO_LARGE, told))


def _settled(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer as a program reads it: never a page for people, and not sent again where it is known already."""
    patch_vary_headers(response, ("Authorization", "Accept", "Accept-Language"))
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if response.status_code >= HTTPStatus.BAD_REQUEST and kind != MEDIA:
        kept = {name: response.headers[name] for name in ("Allow", "Retry-After") if name in response.headers}
        return answer(Refused(_kind_of(response.status_code)), kept)
    if request.method not in ("GET", "HEAD") or response.status_code != HTTPStatus.OK or response.streaming:
        return response
    if "ETag" not in response.headers:
        response.headers["ETag"] = tag_of(response.content)
    response.headers["Cache-Control"] = KEPT
    tag = response.headers["ETag"]
    return not_modified(tag) if is_known(request, tag) else response


def _kind_of(status: int) -> Kind:
    return _KINDS.get(HTTPStatus(status)) or (Kind.OUR_FAULT if status >= _OURS else Kind.MALFORMED)
