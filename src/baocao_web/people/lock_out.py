"""Wrong passwords shut the door on whoever types them, not on whose account it is.

Failures are counted by account and address. A browser in which somebody has signed in to an account before is known by
a token of its own and counted by it alone: whatever strangers type elsewhere, he gets in where he always works. All
strangers together have so many tries an hour at one account, so that many addresses help nobody to guess.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Final

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

_ACTION: Final = "login_failed"
_KNOWN_FOR: Final = timedelta(days=180)
_SALT: Final = "baocao_web.people.known_browser"
_WHERE: Final = "/account/"


def consume(request: HttpRequest, username: str) -> RateLimitUsage | None:
    """Count a try that may fail; None where there were too many."""
    login, known = username.strip().lower(), _known(request, username)
    counted = [("known", f"{login} {known}")] if known else [("address", _at(request, login)), ("strangers", login)]
    used = RateLimitUsage(usage=[])
    for name, key in counted:
        rates = {_ACTION: settings.SIGN_IN_RATES[name]}
        found = ratelimit.consume(request, app="baocao", action=_ACTION, config=rates, key=f"{name} {key}")
        if found is None:
            used.rollback()  # a try that is not let through counts for nobody
            return None
        used.usage.extend(found.usage)
    return used


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Know this browser again at this account."""
    told = signing.dumps([username.lower(), _known(request, username) or secrets.token_urlsafe(12)], salt=_SALT)
    response.set_cookie(
        _name(username),
        told,
        max_age=_KNOWN_FOR,
        path=_WHERE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _known(request: HttpRequest, username: str) -> str:
    """The token of a browser that is known at an account; empty for a stranger's."""
    try:
        login, token = signing.loads(request.COOKIES.get(_name(username), ""), salt=_SALT, max_age=_KNOWN_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(token) if login == username.strip().lower() else ""


def _at(request: HttpRequest, login: str) -> str:
    return f"{login} {ratelimit.get_ip(request)}"


def _name(username: str) -> str:
    return f"known_{sha256(username.strip().lower().encode('utf-8', 'replace')).hexdigest()[:12]}"
