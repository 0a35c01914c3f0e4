"""What a page of plans is asked about: a unit that the reader may see, and a year."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from baocao.model.text import Problem
from baocao_web.pages import said
from baocao_web.people.policies import demand, units_for
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.places.days import YEARS

REQUEST: Final = 40  # signs of the name of a call

Page = Callable[..., HttpResponse]


def unit_asked(request: HttpRequest) -> str:
    """The unit named, else the first that the reader was granted. Raises ``PermissionDenied``, ``Http404``."""
    seen = request.GET.get("unit") or next(iter(units_for(request.user, Action.SEE)), None)
    if seen is None:
        raise PermissionDenied
    if not office.is_known(seen):
        raise Http404
    demand(request.user, Action.SEE, seen)
    return seen


def year_asked(request: HttpRequest, name: str = "year") -> int:
    """The year named, else this one. Raises ``Http404`` for one that nobody plans."""
    seen = request.GET.get(name, "")
    year = int(seen) if seen.isascii() and seen.isdigit() and len(seen) == 4 else office.today().year
    if not YEARS[0] <= year <= YEARS[1]:
        raise Http404
    return year


def below(unit: str) -> list[str]:
    """The units right below one today, communes and departments, in the order of their names."""
    if not office.unit(unit).holds_on(office.today()):
        return []
    return sorted((one.key for one in office.geography().children(unit, office.today())), key=office.order)


def whole(seen: str) -> int:
    """A number that a page sends back; -1 for what is none, which no version is."""
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1


def named(seen: str) -> str:
    """The name of a call. Raises ``Http404`` where there is none that can be kept."""
    if not 8 <= len(seen) <= REQUEST or not seen.isascii():
        raise Http404
    return seen


def plainly(page: Page) -> Page:
    """A page that says in words why it cannot do what was asked for."""

    @wraps(page)
    def shown(request: HttpRequest, **given: object) -> HttpResponse:
        try:
            return page(request, **given)
        except Problem as refused:
            return render(request, "refused.html", {"words": said(refused.text)}, status=409)

    return shown
