"""The pages of administrators: accounts, what each may do for which unit."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baocao.model.text import Problem, Text
from baocao.reference import indicators as reference
from baocao_web.people import accounts as acts
from baocao_web.people import granting
from baocao_web.people.administering import demand_anywhere, is_seen, may_administer
from baocao_web.people.finding import unit_named, units_within
from baocao_web.people.identities import PROVIDER
from baocao_web.people.listing import listed
from baocao_web.people.models import Grant, User
from baocao_web.people.policies import may
from baocao_web.people.roles import NAMES, Action, Role
from baocao_web.places import office

_ON_A_PAGE: Final = 50


@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts that somebody looks after, by given name; found by name, username or position without marks."""
    demand_anywhere(request.user)
    seen = request.GET.get("q", "").strip()[:80]
    page = listed(request.user, seen, request.GET.get("page"), _ON_A_PAGE)
    return render(request, "people/accounts.html", {"page": page, "seen": seen})


@require_http_methods(["GET", "POST"])
def new_account(request: HttpRequest) -> HttpResponse:
    """An account for somebody; its one-time password is shown once, on the answer to the very post."""
    reach = demand_anywhere(request.user)
    problem: Text | None = None
    if request.method == "POST":
        try:
            unit = unit_named(request.POST.get("unit", ""), reach)
            named = request.POST.get("username", "")
            user, password = acts.open_account(_by(request), named, _wanted(request), unit.key)
            return _password_shown(request, user, password)
        except Problem as refused:
            problem = refused.text
    given = {"typed": request.POST, "problem": problem, "units": _units(reach)}
    return render(request, "people/new_account.html", given, status=409 if problem else 200)


@require_GET
def account(request: HttpRequest, account: int) -> HttpResponse:
    """One account: whose it is, what its person may do where, and what can be done about it."""
    return _shown(request, _seen_account(request, account))


def _shown(request: HttpRequest, user: User, problem: Text | None = None) -> HttpResponse:
    by = _by(request)
    tied = SocialAccount.objects.filter(user=user, provider=PROVIDER).first()
    grants = sorted(user.grants.all(), key=lambda grant: (grant.role, office.order(grant.unit)))
    given = {
        "account": user,
        "may_act": may_administer(by, user),
        "grants": [(grant, _sector_names(grant), _may_take(by, grant)) for grant in grants],
        "roles": [(role.value, NAMES[role]) for role in Role],
        "sectors": reference.sectors(),
        "units": _units(demand_anywhere(by)),
        "subject": tied.uid if tied else "",
        "has_factor": Authenticator.objects.filter(user=user).exists(),
        "problem": problem,
        "typed": request.POST,
        "chosen": request.POST.getlist("sector"),
    }
    return render(request, "people/account.html", given, status=409 if problem else 200)


def _sector_names(grant: Grant) -> list[Text]:
    known = reference.sectors()
    return [known.get(code, Text(code, code)) for code in grant.sectors]


def _may_take(by: User, grant: Grant) -> bool:
    asked: list[str | None] = [*grant.sectors] or [None]
    return all(may(by, Action.GRANT, grant.unit, sector) for sector in asked)


def _acting(act: Callable[..., HttpResponse | None]) -> Callable[..., HttpResponse]:
    """An act upon one account: done, its page is shown again; refused, the page says why and keeps what was typed."""

    @require_POST
    @wraps(act)
    def view(request: HttpRequest, account: int, **more: int) -> HttpResponse:
        user = _seen_account(request, account)
        try:
            return act(request, user, **more) or redirect("person", account)
        except Problem as refused:
            return _shown(request, user, refused.text)

    return view


@_acting
def amend(request: HttpRequest, user: User) -> None:
    """Tell otherwise of somebody."""
    acts.amend(_by(request), user.pk, _wanted(request))


@_acting
def close(request: HttpRequest, user: User) -> None:
    """Close an account."""
    acts.close(_by(request), user.pk)


@_acting
def reopen(request: HttpRequest, user: User) -> None:
    """Open a closed account again."""
    acts.reopen(_by(request), user.pk)


@_acting
def reset(request: HttpRequest, user: User) -> HttpResponse:
    """Give another one-time password, shown once."""
    password = acts.reset(_by(request), user.pk, factors="factors" in request.POST)
    return _password_shown(request, user, password)


@_acting
def tie(request: HttpRequest, user: User) -> None:
    """Enter the code by which a provider knows somebody."""
    acts.tie(_by(request), user.pk, request.POST.get("subject", ""))


@_acting
def give(request: HttpRequest, user: User) -> None:
    """Give a role."""
    unit = unit_named(request.POST.get("unit", ""), demand_anywhere(request.user))
    granting.give(_by(request), user.pk, request.POST.get("role", ""), unit.key, request.POST.getlist("sector"))


@_acting
def take(request: HttpRequest, user: User, grant: int) -> None:
    """Take a role."""
    try:
        granting.take(_by(request), user.pk, grant)
    except Grant.DoesNotExist as problem:
        raise Http404 from problem


def _password_shown(request: HttpRequest, user: User, password: str) -> HttpResponse:
    given = {"account": user, "password": password, "days": acts.ONE_TIME_DAYS, "address": reverse("account_login")}
    return render(request, "people/password.html", given)


def _seen_account(request: HttpRequest, pk: int) -> User:
    """The account of a page, if it is on the list of the one who asks."""
    demand_anywhere(request.user)
    user = User.objects.filter(pk=pk).prefetch_related("grants").first()
    if user is None:
        raise Http404
    if not is_seen(request.user, user):
        raise PermissionDenied
    return user


def _by(request: HttpRequest) -> User:
    """The one who asks; the policy has let him pass, so he has signed in."""
    assert isinstance(request.user, User)
    return request.user


def _wanted(request: HttpRequest) -> acts.Wanted:
    told: dict[str, Any] = {name: request.POST.get(name, "") for name in ("full_name", "position", "email", "language")}
    return acts.Wanted(**told)


def _units(reach: tuple[str, ...]) -> list[str]:
    """The units that a form may name, as they are offered while one types."""
    near = sorted(units_within(reach), key=lambda unit: office.order(unit.key))
    return [f"{unit.name} ({unit.key})" for unit in near]
