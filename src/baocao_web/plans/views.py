"""The pages of plans: what is asked for and reached, a new decision, its history, how it is allocated."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from baocao.ledger import allocating
from baocao.ledger.book import CannotAsk
from baocao.ledger.grid import Cell, Grid
from baocao.model.period import Period
from baocao.model.text import Problem, Text
from baocao.reference import indicators as reference
from baocao_web.pages import number, said
from baocao_web.people.policies import demand, may, units_for
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.places.days import read_day
from baocao_web.plans import overview
from baocao_web.plans.assigning import Asked, NotAssigned, assign, measure

_YEARS = (2000, 2100)


@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """A unit's plan of a year, beside what has become of it."""
    unit, year = _unit(request), _year(request)
    found = overview.plan_of(unit, year)
    may_assign = may(request.user, Action.ASSIGN, unit)
    given = {"found": found, "unit": unit, "year": year, "may_assign": may_assign, "units": _below(unit)}
    return render(request, "plans/plan.html", given)


@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest) -> HttpResponse:
    """A new decision: who, by which instrument, from when, and its targets line by line."""
    unit, year = _unit(request), _year(request)
    demand(request.user, Action.ASSIGN, unit)
    problem: Text | None = None
    faults: dict[str, Text] = {}
    if request.method == "POST":
        try:
            assign(_asked(request, unit, year), request.user.get_username())
            return redirect(f"{reverse('plan')}?unit={unit}&year={year}")
        except NotAssigned as refused:
            problem, faults = refused.text, refused.faults
        except Problem as refused:
            problem = refused.text
    standing = {one.address.indicator: one for one in overview.held(unit, year)}
    listed = office.catalogue()
    sectors = [
        (name, [(one, measure(one.code)) for one in listed.of_sector(code)])
        for code, name in reference.sectors().items()
    ]
    strangers = [text for code, text in faults.items() if code not in listed]
    given = {"unit": unit, "year": year, "sectors": sectors, "standing": standing, "faults": faults}
    return render(
        request,
        "plans/decision.html",
        {**given, "strangers": strangers, "problem": problem, "typed": request.POST},
        status=409 if problem else 200,
    )


def _asked(request: HttpRequest, unit: str, year: int) -> Asked:
    from_day = request.POST.get("holds_from", "").strip()
    lines = {name[2:]: words for name, words in request.POST.items() if name.startswith("t:")}
    return Asked(
        unit,
        year,
        request.POST.get("authority", ""),
        request.POST.get("decision", ""),
        read_day(from_day) if from_day else None,
        lines,
    )


@require_GET
def history(request: HttpRequest, indicator: str) -> HttpResponse:
    """All that was ever asked of a unit for one indicator."""
    unit = _unit(request)
    if indicator not in office.catalogue():
        raise Http404
    lines = overview.history(unit, indicator)
    found = office.catalogue()[indicator]
    given = {"unit": unit, "indicator": found, "measure": measure(indicator), "lines": lines}
    return render(request, "plans/history.html", given)


@require_GET
def allocation(request: HttpRequest) -> HttpResponse:
    """What units below were given of each target, with the running sum against the whole."""
    unit, year = _unit(request), _year(request)
    grid, refusal = None, None
    with office.book() as book:
        try:
            grid = allocating.allocation(book, allocating.Asked(office.unit(unit), Period.part(year)))
        except CannotAsk as problem:
            refusal = problem.text
    given = {"unit": unit, "year": year, "grid": grid, "refusal": refusal}
    return render(request, "plans/allocation.html", {**given, "rows": list(_shown(grid)) if grid else []})


def _shown(grid: Grid) -> Iterator[list[tuple[str, bool]]]:
    """The cells that people are shown, in words, and whether each is a figure."""
    for row in grid.rows:
        cells = (cell for cell, column in zip(row, grid.columns, strict=True) if column.is_shown)
        yield [(_words(cell), isinstance(cell, (int, Decimal))) for cell in cells]


def _words(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Text():
            return said(cell)
        case int() | Decimal():
            return number(Decimal(cell))
        case tuple():
            return ", ".join(cell)
        case _:
            return cell


def _unit(request: HttpRequest) -> str:
    """The unit named, else the first that the reader was granted. Raises ``PermissionDenied``, ``Http404``."""
    seen = request.GET.get("unit") or next(iter(units_for(request.user, Action.SEE)), None)
    if seen is None:
        raise PermissionDenied
    if not office.is_known(seen):
        raise Http404
    demand(request.user, Action.SEE, seen)
    return seen


def _year(request: HttpRequest) -> int:
    seen = request.GET.get("year", "")
    year = int(seen) if seen.isascii() and seen.isdigit() and len(seen) == 4 else office.today().year
    if not _YEARS[0] <= year <= _YEARS[1]:
        raise Http404
    return year


def _below(unit: str) -> list[str]:
    own = office.unit(unit)
    if not own.holds_on(office.today()):
        return []
    below = office.geography().children(unit, office.today())
    return sorted((one.key for one in below), key=office.order)
