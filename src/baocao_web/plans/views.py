"""The pages of plans: what is asked for and reached, a new decision, its history, how it is allocated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from baocao.model.indicator import Indicator
from baocao.model.text import Problem, Text
from baocao.reference import indicators as reference
from baocao_web.people.policies import demand, may
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.places.days import read_day
from baocao_web.plans import overview, planning, subjects
from baocao_web.plans.asking import below, unit_asked, year_asked
from baocao_web.plans.assigning import Asked, NotAssigned, assign, measure
from baocao_web.plans.subjects import Subject


@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """A unit's plan of a year, beside what has become of it."""
    unit, year = unit_asked(request), year_asked(request)
    found = overview.plan_of(unit, year)
    may_assign = may(request.user, Action.ASSIGN, unit)
    given = {"found": found, "unit": unit, "year": year, "may_assign": may_assign, "units": below(unit)}
    given["may_draft"] = planning.may_read(request.user, unit)
    return render(request, "plans/plan.html", given)


@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest) -> HttpResponse:
    """A new decision: who, by which instrument, from when, and its targets line by line.

    A button beside an indicator opens its parts by breakdown; what was typed stays.
    """
    unit, year = unit_asked(request), year_asked(request)
    demand(request.user, Action.ASSIGN, unit)
    problem: Text | None = None
    faults: dict[str, Text] = {}
    typed = {name[2:] for name, words in request.POST.items() if name.startswith("t:") and words.strip()}
    if request.method == "POST" and not request.POST.getlist("parts"):
        try:
            assign(_asked(request, unit, year), request.user.get_username())
            return redirect(f"{reverse('plan')}?unit={unit}&year={year}")
        except NotAssigned as refused:
            problem, faults = refused.text, refused.faults
        except Problem as refused:
            problem = refused.text
    standing = {subjects.of(one).key: one for one in overview.held(unit, year)}
    opened = [*request.POST.getlist("opened"), *request.POST.getlist("parts")]
    listed = office.catalogue()
    told = [one for key in {*standing, *typed} if isinstance(one := subjects.meant(key), Subject)]
    sectors = [
        (name, [row for one in listed.of_sector(code) for row in _rows(one, told, opened)])
        for code, name in reference.sectors().items()
    ]
    shown = {row.subject.key for _, rows in sectors for row in rows}
    strangers = [text for key, text in faults.items() if key not in shown]
    given = {"unit": unit, "year": year, "sectors": sectors, "standing": standing, "faults": faults}
    given |= {"authorities": overview.authorities(unit), "opened": dict.fromkeys(opened)}
    return render(
        request,
        "plans/decision.html",
        {**given, "strangers": strangers, "problem": problem, "typed": request.POST},
        status=409 if problem else 200,
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One line that a target can be typed in."""

    subject: Subject
    measure: Text
    can_open: bool  # has parts, which are not shown yet


def _rows(indicator: Indicator, told: Sequence[Subject], opened: Sequence[str]) -> Iterator[Row]:
    """An indicator, and the parts of it that are told already or that somebody wants to type."""
    unit_of = measure(indicator.code)
    parts = subjects.parts_of(indicator)
    is_open = indicator.code in opened
    yield Row(Subject(indicator.code), unit_of, bool(parts) and not is_open)
    wanted = {one for one in told if one.indicator == indicator.code and one.breakdown}
    yield from (Row(one, unit_of, False) for one in subjects.in_order(wanted | set(parts if is_open else ())))


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
    unit = unit_asked(request)
    if indicator not in office.catalogue():
        raise Http404
    lines = [(one, words, overview.source(one)) for one, words in overview.history(unit, indicator)]
    found = office.catalogue()[indicator]
    given = {"unit": unit, "indicator": found, "measure": measure(indicator), "lines": lines}
    given["part_name"] = subjects.part_name
    return render(request, "plans/history.html", given)
