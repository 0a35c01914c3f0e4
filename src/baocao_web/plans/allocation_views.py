"""The pages of allocating: what units below were given of each target, and one target given to each of them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from baocao.ledger import allocating
from baocao.ledger.book import CannotAsk
from baocao.ledger.grid import Cell, Grid
from baocao.model.indicator import Over
from baocao.model.observation import breakdown_of
from baocao.model.period import Period
from baocao.model.text import Problem, Text
from baocao.reference import indicators as reference
from baocao_web.pages import number, said
from baocao_web.people.policies import demand, may
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.plans import allotting, overview, subjects
from baocao_web.plans.asking import named, unit_asked, year_asked
from baocao_web.plans.assigning import NotAssigned
from baocao_web.plans.subjects import Subject

_OTHER: Final = Text("Khác", "Other")

Row = tuple[Subject, list[tuple[str, bool]]]


@require_GET
def allocation(request: HttpRequest) -> HttpResponse:
    """What units below were given of each target, with the running sum against the whole."""
    unit, year = unit_asked(request), year_asked(request)
    grid, refusal = None, None
    with office.book() as book:
        try:
            grid = allocating.allocation(book, allocating.Asked(office.unit(unit), Period.part(year)), office.order)
        except CannotAsk as problem:
            refusal = problem.text
    given = {
        "unit": unit,
        "year": year,
        "grid": grid,
        "refusal": refusal,
        "sectors": list(_by_sector(_shown(grid))) if grid else [],
        "left": _left(unit, year, grid),
        "may_assign": may(request.user, Action.ASSIGN, unit),
    }
    return render(request, "plans/allocation.html", given)


@require_http_methods(["GET", "POST"])
def allot(request: HttpRequest, indicator: str) -> HttpResponse:
    """One target, unit by unit."""
    unit, year = unit_asked(request), year_asked(request)
    demand(request.user, Action.ASSIGN, unit)
    subject = subjects.meant("|".join(filter(None, (indicator, request.GET.get("part", "")))))
    if isinstance(subject, Text):
        raise Http404
    problem: Text | None = None
    faults: dict[str, Text] = {}
    if request.method == "POST":
        try:
            allotting.allot(unit, year, subject, _typed(request), request.user)
            return redirect(f"{reverse('plan_allocation')}?unit={unit}&year={year}")
        except NotAssigned as refused:
            problem, faults = refused.text, refused.faults
        except Problem as refused:
            problem = refused.text
    authority = " ".join((request.POST.get("authority") or request.GET.get("authority", "")).split())[:120]
    found = allotting.allotment(unit, year, subject, authority)
    given = {
        "unit": unit,
        "year": year,
        "found": found,
        "sums": found.sums,
        "is_floor": allotting.is_floor(found.whole),
        "authorities": overview.authorities(unit),
        "problem": problem,
        "faults": faults,
        "typed": request.POST,
        "request_name": uuid.uuid4().hex,
    }
    return render(request, "plans/allot.html", given, status=409 if problem else 200)


def _typed(request: HttpRequest) -> allotting.Typed:
    words = {name[2:]: text[:120] for name, text in request.POST.items() if name.startswith("u:")}
    return allotting.Typed(
        request.POST.get("authority", ""),
        " ".join(request.POST.get("decision", "").split())[:120],
        request.POST.get("holds_from", ""),
        words,
        request.POST.get("digest", ""),
        named(request.POST.get("request", "")),
        request.POST.get("sure") == "yes",
    )


def _left(unit: str, year: int, grid: Grid | None) -> list[Subject]:
    """What the unit is asked for that adds up over units and of which no unit below was given any."""
    given = set(_subjects(grid)) if grid else set()
    wanted = subjects.in_order({subjects.of(one) for one in overview.held(unit, year)} - given)
    return [one for one in wanted if office.catalogue()[one.indicator].over_place is Over.SUM]


def _subjects(grid: Grid) -> Iterator[Subject]:
    """What each row is about."""
    names = [column.name for column in grid.columns]
    for row in grid.rows:
        told = dict(zip(names, row, strict=True))
        yield Subject(str(told["indicator"]), breakdown_of(str(told["breakdown"])))


def _shown(grid: Grid) -> Iterator[Row]:
    """What each row is about, and its cells that people are shown: in words, and whether each is a figure."""
    for subject, row in zip(_subjects(grid), grid.rows, strict=True):
        cells = (cell for cell, column in zip(row, grid.columns, strict=True) if column.is_shown)
        yield subject, [(_words(cell), isinstance(cell, (int, Decimal))) for cell in cells]


def _by_sector(rows: Iterable[Row]) -> Iterator[tuple[Text, list[Row]]]:
    """Rows in the order of the catalogue, under the names of its sectors."""
    of: dict[Subject, list[Row]] = {}
    for row in rows:
        of.setdefault(row[0], []).append(row)
    listed, names = office.catalogue(), reference.sectors()
    for code, subjects_of in groupby(subjects.in_order(set(of)), key=lambda one: listed[one.indicator].sector):
        yield names.get(code, _OTHER), [row for subject in subjects_of for row in of[subject]]


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
