"""What stands around every page: nothing from elsewhere in it, own passwords, and a record of what was refused."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from baocao_web.people.account_record import refuse
from baocao_web.people.adapters import BY_IDENTITY

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


class Refusals:
    """What was refused to somebody who signed in is told in the record: which page and ids, never what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if response.status_code == HTTPStatus.FORBIDDEN and match is not None and request.user.is_authenticated:
            numbers = {name: value for name, value in match.kwargs.items() if isinstance(value, int)}
            refuse(request.user.get_username(), request.method or "", match.url_name or "", numbers)
        return response
