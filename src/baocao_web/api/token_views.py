"""The pages of tokens: one's own, those of an account that one looks after, and how programs call."""

from __future__ import annotations

import json
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baocao.model.text import Problem, Text
from baocao_web.api import tokens
from baocao_web.api.document import ROOT, document
from baocao_web.api.models import Token
from baocao_web.people.administering import demand_anywhere, may_administer
from baocao_web.people.finding import unit_named
from baocao_web.people.guarding import POLICY
from baocao_web.people.models import User
from baocao_web.people.policies import units_for
from baocao_web.people.roles import NAMES, Action
from baocao_web.places import office

# the reading page draws its signs from data that stands in its own style sheet
_WITH_SIGNS: Final = POLICY.replace("img-src 'self'", "img-src 'self' data:")


@require_http_methods(["GET", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """One's own tokens, and the way to make one."""
    return _page(request, _by(request))


@require_http_methods(["GET", "POST"])
def of_account(request: HttpRequest, account: int) -> HttpResponse:
    """The tokens of an account that somebody looks after."""
    return _page(request, _owner(request, account))


@require_GET
def of_office(request: HttpRequest) -> HttpResponse:
    """The tokens in force of all accounts that somebody looks after, those used last first."""
    demand_anywhere(request.user)
    now = timezone.now()
    held = Token.objects.filter(revoked_at=None, expires_at__gt=now).select_related("user")
    listed = held.prefetch_related("user__grants").order_by(F("last_used_at").desc(nulls_last=True), "-pk")
    found = [(one, True, _role_names(one)) for one in listed if may_administer(request.user, one.user)]
    return render(request, "api/office.html", {"found": found})


def _role_names(token: Token) -> list[object]:
    return [NAMES[role] for role in tokens.ROLES if role.value in token.roles]


def _page(request: HttpRequest, owner: User) -> HttpResponse:
    problem: Text | None = None
    if request.method == "POST":
        try:
            made, secret = tokens.make(_by(request), owner, _wanted(request, owner))
            return render(request, "api/secret.html", {"made": made, "secret": secret, "owner": owner, "root": ROOT})
        except Problem as refused:
            problem = refused.text
    now = timezone.now()
    found = [
        (one, one.holds_at(now), _role_names(one))
        for one in Token.objects.filter(user=owner).order_by("revoked_at", "-pk")
    ]
    held = {grant.role for grant in owner.grants.all()}
    units = sorted({grant.unit for grant in owner.grants.all() if office.is_known(grant.unit)}, key=office.order)
    given = {
        "owner": owner,
        "may_look_after": any(units_for(request.user, Action.GRANT)),
        "is_own": owner.pk == _by(request).pk,
        "found": sorted(found, key=lambda one: not one[1]),
        "roles": [(role.value, NAMES[role]) for role in tokens.ROLES if role.value in held],
        "units": [f"{office.unit(key).name} ({key})" for key in units],
        "days": tokens.DAYS,
        "typed": request.POST,
        "chosen": request.POST.getlist("role"),
        "problem": problem,
    }
    return render(request, "api/tokens.html", given, status=409 if problem else 200)


def _wanted(request: HttpRequest, owner: User) -> tokens.Wanted:
    """What was typed. Raises ``Problem``."""
    days = request.POST.get("days", "")
    return tokens.Wanted(
        request.POST.get("name", ""),
        unit_named(request.POST.get("unit", ""), {grant.unit for grant in owner.grants.all()}).key,
        request.POST.getlist("role"),
        int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0,
        "may_write" in request.POST,
    )


@require_POST
def revoke(request: HttpRequest, account: int, token: int) -> HttpResponse:
    """Let a token open nothing from now on."""
    owner = _owner(request, account)
    try:
        tokens.revoke(_by(request), owner, token)
    except Token.DoesNotExist as problem:
        raise Http404 from problem
    return redirect("tokens") if owner.pk == _by(request).pk else redirect("account_tokens", account)


@require_GET
def reference(request: HttpRequest) -> HttpResponse:
    """How programs call: every operation, to be read and tried with a token."""
    settings = {"url": reverse("api_description"), "layout": "BaseLayout", "deepLinking": True, "docExpansion": "list"}
    answer = render(request, "api/reference.html", {"settings": settings})
    answer.headers["Content-Security-Policy"] = _WITH_SIGNS
    return answer


@require_GET
def description(request: HttpRequest) -> HttpResponse:
    """The same for programs that make programs."""
    return HttpResponse(json.dumps(document(), ensure_ascii=False), content_type="application/json")


def _by(request: HttpRequest) -> User:
    """The one who asks; pages are closed to all who have not signed in."""
    assert isinstance(request.user, User)
    return request.user


def _owner(request: HttpRequest, account: int) -> User:
    """An account that somebody looks after. Raises ``Http404``, ``PermissionDenied``."""
    found = User.objects.filter(pk=account).prefetch_related("grants").first()
    if found is None:
        raise Http404
    if found.pk != _by(request).pk and not may_administer(request.user, found):
        raise PermissionDenied
    return found
