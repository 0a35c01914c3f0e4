"""The pages of one task: setting and amending it, telling of it, settling what was told, its files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baocao.model.text import Problem
from baocao_web.pages import day
from baocao_web.people.finding import units_within
from baocao_web.people.policies import demand, units_for
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.tasks import assigning, evidence, histories, progress_reading, progressing, wording
from baocao_web.tasks.assigning import Fields, fields_of
from baocao_web.tasks.models import Progress, Task
from baocao_web.tasks.permits import acts_of, evidence_for, task_for
from baocao_web.tasks.refusals import call_name, new_name, plainly
from baocao_web.tasks.register import one_followed, turns_standing
from baocao_web.tasks.standings import CADENCES, STATE_NAMES
from baocao_web.tasks.wording import BadFields


@require_http_methods(["GET", "POST"])
@plainly
def new(request: HttpRequest) -> HttpResponse:
    """Set a task."""
    units = _assignable(request.user)
    if not units:
        raise PermissionDenied
    typed: Mapping[str, str] = {"unit": request.GET.get("unit", "")}
    problem: Problem | None = None
    if request.method == "POST":
        typed = request.POST
        try:
            made = assigning.create(assigning.read(typed), request.user, call_name(request))
            return redirect("task", made.pk)
        except Problem as refused:
            problem = refused
    return _form(request, typed, problem, {"units": units, "task": None, "now": {}})


@require_http_methods(["GET", "POST"])
@plainly
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Amend a task."""
    found = task_for(request.user, pk)
    demand(request.user, Action.ASSIGN, found.unit)
    typed: Mapping[str, str] = _typed(fields_of(found))
    problem: Problem | None = None
    if request.method == "POST":
        typed, base = request.POST, wording.whole(request.POST.get("base", ""))
        try:
            assigning.amend(pk, assigning.read(typed), base, request.user, call_name(request))
            return redirect("task", pk)
        except Problem as refused:
            problem = refused
            found = task_for(request.user, pk)
    is_stale = isinstance(problem, assigning.Stale)
    seen = str(found.version) if request.method == "GET" or is_stale else request.POST.get("base", "")
    now = _differing(fields_of(found), typed) if is_stale else {}
    units = list(dict.fromkeys([*_assignable(request.user), found.unit]))  # one that is no more keeps its tasks
    return _form(request, typed, problem, {"units": units, "task": found, "now": now, "base": seen})


def _form(
    request: HttpRequest, typed: Mapping[str, str], problem: Problem | None, given: Mapping[str, Any]
) -> HttpResponse:
    faults = problem.faults if isinstance(problem, BadFields) else {}
    told = {"base": "", **given, "typed": typed, "faults": faults, "problem": problem.text if problem else None}
    told |= {"cadences": CADENCES, "lengths": assigning.LENGTHS, "name": new_name()}
    return render(request, "tasks/form.html", told, status=409 if problem else 200)


def _assignable(user: object) -> list[str]:
    """The units that somebody may set tasks for, in the order of their names, those he was granted first."""
    granted = tuple(units_for(user, Action.ASSIGN))
    found = (unit.key for unit in units_within(granted))
    return sorted(found, key=lambda key: (key not in granted, office.order(key)))


def _typed(fields: Fields) -> dict[str, str]:
    """Fields as somebody would type them."""
    values = {name: getattr(fields, name) for name in Fields.__dataclass_fields__}
    return {name: day(value) if isinstance(value, date) else value or "" for name, value in values.items()}


def _differing(fields: Fields, typed: Mapping[str, str]) -> dict[str, str]:
    """What stands there now, of the fields that were typed otherwise."""
    try:
        meant = _typed(assigning.read(typed))
    except Problem:
        meant = {name: typed.get(name, "") for name in Fields.__dataclass_fields__}
    return {name: words for name, words in _typed(fields).items() if words != meant[name]}


@require_GET
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: what is set, how it stands, all that was told of it."""
    return _page(request, task_for(request.user, pk))


@require_POST
@plainly
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell how far a task has come."""
    found = task_for(request.user, pk)
    demand(request.user, Action.TRACK, found.unit)
    try:
        account = progress_reading.read(request.POST)
        files = evidence.take([one for one in request.FILES.getlist("files") if one])
        progressing.tell(pk, account, files, request.user, call_name(request))
    except Problem as refused:
        return _page(request, found, refused)
    return redirect("task", pk)


@require_POST
@plainly
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or return what was told last."""
    found = task_for(request.user, pk)
    demand(request.user, Action.TRACK, found.unit)
    number = wording.whole(request.POST.get("number", ""))
    try:
        match request.POST.get("verdict", ""):
            case "confirm":
                progressing.confirm(pk, number, request.user, call_name(request))
            case "return":
                reason = request.POST.get("reason", "")
                progressing.send_back(pk, number, reason, request.user, call_name(request))
            case _:
                raise Http404
    except Problem as refused:
        return _page(request, found, refused)
    return redirect("task", pk)


@require_POST
@plainly
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow a task no more."""
    found = task_for(request.user, pk)
    demand(request.user, Action.ASSIGN, found.unit)
    try:
        assigning.drop(pk, request.POST.get("reason", ""), request.user, call_name(request))
    except Problem as refused:
        return _page(request, found, refused)
    return redirect("task", pk)


@require_GET
def evidence_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file that was brought in as evidence, to be saved."""
    return evidence.handed_out(evidence_for(request.user, pk))


def _page(request: HttpRequest, found: Task, problem: Problem | None = None) -> HttpResponse:
    """A task's page; where something was refused, with what was typed still in its place."""
    today = office.today()
    told = list(found.progress.order_by("-number").prefetch_related("files"))
    names = histories.names_of({one.by for one in told} | {one.verdict_by for one in told if one.verdict_by})
    given = {
        "task": found,
        "followed": one_followed(found, today),
        "today": today,
        "told": told,
        "last": told[0].number if told else 0,
        "newest": _newest(told),
        "people": names,
        "acts": acts_of(request.user, found),
        "turns": turns_standing(found, today),
        "state_names": {state.value: name for state, name in STATE_NAMES.items()},
        "cadences": CADENCES,
        "events": histories.of_task(found),
        "problem": problem.text if problem else None,
        "faults": problem.faults if isinstance(problem, BadFields) else {},
        "typed": request.POST,
        "lengths": progress_reading.LENGTHS,
        "suffixes": ",".join(evidence.SUFFIXES),
        "limits": (evidence.FILES, evidence.MOST // evidence.MEBIBYTE),
        "name": new_name(),
    }
    return render(request, "tasks/task.html", given, status=409 if problem else 200)


def _newest(told: list[Progress]) -> set[int]:
    """The numbers of what was told last, of each turn."""
    found: dict[str, int] = {}
    for one in told:
        found.setdefault(one.turn, one.number)
    return set(found.values())
