"""The pages of plans: what is asked for and reached, a new decision, its history, how it is allocated."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from baocao.figures import compare_words
from baocao.model.indicator import Indicator
from baocao.model.text import Problem, Text
from baocao.reference import indicators as reference
from baocao_web.people.names import names_of
from baocao_web.people.policies import demand, may
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.places.days import read_day
from baocao_web.plans import correcting, overview, planning, subjects
from baocao_web.plans.asking import REQUEST, below, named, unit_asked, year_asked
from baocao_web.plans.assigning import Asked, Doubted, NotAssigned, assign, confirmed, measure
from baocao_web.plans.subjects import Subject

_NO_MEASURE: Final = "khong"


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
    doubted: dict[str, str] = {}
    typed = {name[2:] for name, words in request.POST.items() if name.startswith("t:") and words.strip()}
    if request.method == "POST" and not request.POST.getlist("parts"):
        try:
            assign(_asked(request, unit, year), request.user, request.POST.get("request", "")[:REQUEST])
            return redirect(f"{reverse('plan')}?unit={unit}&year={year}")
        except NotAssigned as refused:
            problem, faults = refused.text, refused.faults
            if isinstance(refused, Doubted):
                doubted = {key: confirmed(key, request.POST[f"t:{key}"]) for key in faults}
        except Problem as refused:
            problem = refused.text
    standing = _standing(unit, year)
    opened = [*request.POST.getlist("opened"), *request.POST.getlist("parts")]
    sectors = _sectors({*standing, *typed}, opened, standing)
    shown = {row.subject.key: row.subject.name for _, rows in sectors for row in rows}
    given = {"unit": unit, "year": year, "sectors": sectors, "standing": standing, "faults": faults}
    given |= {"authorities": overview.authorities(unit), "opened": dict.fromkeys(opened), "problem": problem}
    given |= {"doubted": doubted, "sure": request.POST.getlist("sure"), "request_name": uuid.uuid4().hex}
    given |= {"strangers": [text for key, text in faults.items() if key not in shown], "typed": request.POST}
    given |= {"named": {key: shown[key] for key in faults if key in shown}}
    return render(request, "plans/decision.html", given, status=409 if problem else 200)


def _sectors(
    told: Collection[str], opened: Sequence[str], standing: Mapping[str, object]
) -> list[tuple[Text, list[Row]]]:
    """The lines that a target can be typed in, sector by sector; ``told`` are the keys that have one."""
    known = [one for key in told if isinstance(one := subjects.meant(key), Subject)]
    return [
        (name, [row for one in office.catalogue().of_sector(code) for row in _rows(one, known, opened, standing)])
        for code, name in reference.sectors().items()
    ]


def _standing(unit: str, year: int) -> dict[str, list[tuple[str, Text]]]:
    """What holds for each subject: by whom, and in words."""
    found: dict[str, list[tuple[str, Text]]] = {}
    for one in overview.held(unit, year):
        found.setdefault(subjects.of(one).key, []).append((one.address.authority, compare_words.asked(one)))
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """One line that a target can be typed in."""

    subject: Subject
    measure: Text
    can_open: bool  # has parts, which are not shown yet


def _rows(
    indicator: Indicator, told: Sequence[Subject], opened: Sequence[str], standing: Mapping[str, object]
) -> Iterator[Row]:
    """An indicator, and the parts of it that are told already or that somebody wants to type.

    A head over other indicators has no figure of its own, and no line.
    """
    if indicator.unit == _NO_MEASURE and indicator.parts and indicator.code not in standing:
        return
    unit_of = measure(indicator.code)
    parts = subjects.parts_of(indicator)
    is_open = indicator.code in opened
    yield Row(Subject(indicator.code), unit_of, bool(parts) and not is_open)
    wanted = {one for one in told if one.indicator == indicator.code and one.breakdown}
    yield from (Row(one, unit_of, False) for one in subjects.in_order(wanted | set(parts if is_open else ())))


def _asked(request: HttpRequest, unit: str, year: int) -> Asked:
    from_day = request.POST.get("holds_from", "").strip()
    lines = {name[2:]: words for name, words in request.POST.items() if name.startswith("t:")}
    sure = frozenset(request.POST.getlist("sure"))
    return Asked(
        unit,
        year,
        request.POST.get("authority", ""),
        request.POST.get("decision", ""),
        read_day(from_day) if from_day else None,
        lines,
        sure,
    )


@require_http_methods(["GET", "POST"])
def history(request: HttpRequest, indicator: str) -> HttpResponse:
    """All that was ever asked of a unit for one indicator; what was mistyped is put right here."""
    unit = unit_asked(request)
    if indicator not in office.catalogue():
        raise Http404
    problem: NotAssigned | None = None
    if request.method == "POST":
        try:
            correcting.correct(unit, indicator, _correction(request), request.user)
            return redirect(f"{reverse('plan_history', args=[indicator])}?unit={unit}")
        except NotAssigned as refused:
            problem = refused
        except Problem as refused:
            problem = NotAssigned(refused.text)
    lines = [
        (one, words, overview.source(one), correcting.name_of(one)) for one, words in overview.history(unit, indicator)
    ]
    done = correcting.corrected(unit, indicator)
    given = {"unit": unit, "indicator": office.catalogue()[indicator], "measure": measure(indicator), "lines": lines}
    given |= {"part_name": subjects.part_name, "asked": compare_words.asked, "corrections": done, "typed": request.POST}
    given |= {"names": names_of({one.recorded_by for one in done}), "request_name": uuid.uuid4().hex}
    given |= {"may_assign": may(request.user, Action.ASSIGN, unit), "problem": problem}
    return render(request, "plans/history.html", given, status=409 if problem else 200)


def _correction(request: HttpRequest) -> correcting.Correction:
    line, words, reason, call = (request.POST.get(name, "") for name in ("line", "words", "reason", "request"))
    return correcting.Correction(line, words, reason, named(call), bool(request.POST.get("sure")))
