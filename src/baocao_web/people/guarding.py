"""What stands around every page: nothing from elsewhere in it, own passwords, and a record of what was refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from baocao.model.text import Text
from baocao_web.pages import said
from baocao_web.people.account_record import refuse
from baocao_web.people.adapters import BY_IDENTITY
from baocao_web.places.signs import is_unreadable

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_OTHERS: Final = {
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class ContentSecurity:
    """Sends the policy with every answer; pages of people who signed in are not kept by caches between."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Cache-Control", "no-store")
        for name, value in _OTHERS.items():
            response.headers.setdefault(name, value)
        return response


_OPEN: Final = frozenset({"account_change_password", "account_logout", "set_language", "alive", "ready"})


class OwnPassword:
    """Who signed in by a password that another gave sets one of his own before he does anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """To the page of passwords, from wherever he goes."""
        if getattr(request.user, "one_time_until", None) is None or request.session.get(BY_IDENTITY):
            return None
        match = request.resolver_match
        return None if match is not None and match.url_name in _OPEN else redirect("account_change_password")


_BROKEN = Text(
    "trong nội dung gửi lên có ký tự hỏng mà hệ thống không giữ được; chưa lưu gì. Hãy quay lại, gõ lại chỗ đã dán từ "
    "nơi khác rồi gửi lần nữa.",
    "a broken sign that cannot be kept stands in what was sent; nothing was saved. Go back, type anew what was pasted "
    "from elsewhere, then send it again.",
)
_NOT_SO_HEADING = Text("Trang này không nhận yêu cầu như vậy", "This page does not take such a request")
_NOT_SO = Text(
    "Địa chỉ này chỉ mở từ một nút hoặc một trang khác. Hãy quay lại trang trước rồi bấm lại.",
    "This address is only gone to from a button or another page. Go back to the page before and press again.",
)
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_WHY: Final[Mapping[int, str]] = {
    HTTPStatus.BAD_REQUEST: "malformed",
    HTTPStatus.FORBIDDEN: "not allowed",
    HTTPStatus.NOT_FOUND: "not there",
    HTTPStatus.METHOD_NOT_ALLOWED: "not allowed",
    HTTPStatus.CONFLICT: "not taken",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "malformed",
    HTTPStatus.UNPROCESSABLE_ENTITY: "malformed",
}


class Refusals:
    """What was refused to somebody who signed in is told in the record: which page and ids and why.

    Never what was typed. Pages that were only looked at are told of where it was for want of a right.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            words = {"heading": said(_NOT_SO_HEADING), "words": said(_NOT_SO)}
            allowed = response.headers.get("Allow", "")
            response = render(request, "405.html", words, status=response.status_code)
            response.headers["Allow"] = allowed
        match, why = request.resolver_match, _WHY.get(response.status_code)
        is_told = response.status_code == HTTPStatus.FORBIDDEN or request.method not in SAFE
        if why is not None and is_told and match is not None and request.user.is_authenticated:
            numbers = {name: value for name, value in match.kwargs.items() if isinstance(value, int)}
            told = {"method": request.method or "", "page": match.url_name or "", "ids": numbers, "why": why}
            refuse(request.user.get_username(), told)
        return response


class Signs:
    """Signs that no database and no page can hold are refused before anything is done with what was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _given: object, named: Mapping[str, object]
    ) -> HttpResponse | None:
        """A plain page; calls of programs are told so by their own door."""
        fields = () if request.path_info.startswith("/api/") else request.POST.lists()
        sent = [text for name, values in (*request.GET.lists(), *fields) for text in (name, *values)]
        if any(is_unreadable(text) for text in (*sent, *named.values()) if isinstance(text, str)):
            return render(request, "refused.html", {"words": said(_BROKEN)}, status=HTTPStatus.BAD_REQUEST)
        return None
