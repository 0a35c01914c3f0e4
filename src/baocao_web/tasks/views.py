"""The pages of all tasks: the list with its sentence, the leader's board, tasks as a file and from one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from baocao.model.text import Problem, Text
from baocao_web.people.finding import units_within
from baocao_web.people.policies import demand, units_for
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.places.vietnamese import sorting_key
from baocao_web.tasks import evidence, importing, wording
from baocao_web.tasks.exporting import KINDS, file_of
from baocao_web.tasks.into_report import texts_of
from baocao_web.tasks.looking import AWAITS, FILTERS, Looked, is_due_soon, is_late, look
from baocao_web.tasks.models import Task
from baocao_web.tasks.owners import by_owner
from baocao_web.tasks.refusals import call_name, new_name, plainly
from baocao_web.tasks.register import ORDERS, Followed, counted
from baocao_web.tasks.sentence import sentence
from baocao_web.tasks.standings import STATE_NAMES

_ON_A_PAGE: Final = 50
_ON_BOARD: Final = 20
_SOON: Final = 15  # days
_ORDER_NAMES: Final = {
    "due": Text("theo hạn", "by due day"),
    "title": Text("theo tên (A-Z)", "by name (A-Z)"),
    "owner": Text("theo cơ quan chủ trì", "by owner"),
    "unit": Text("theo đơn vị", "by unit"),
}
assert _ORDER_NAMES.keys() == ORDERS.keys()


@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """The tasks of a unit and those below, narrowed, page by page, under the sentence that counts them."""
    looked = look(request.user, request.GET)
    whole = looked.found()
    found = looked.narrowed(whole)
    seen = request.GET.get("page", "")
    page = max(1, int(seen)) if seen.isascii() and seen.isdigit() and len(seen) < 7 else 1
    shown = found[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE]
    given = {
        **_common(request, looked, whole),
        "found": found,
        "shown": shown,
        "first": (page - 1) * _ON_A_PAGE + 1,
        "page": page,
        "pages": -(-len(found) // _ON_A_PAGE),
        "texts": texts_of(shown),
        "filters": FILTERS,
        "orders": _ORDER_NAMES,
        "units": _units(request.user),
        "owners": _owners(looked),
        "kinds": KINDS,
    }
    return render(request, "tasks/tasks.html", given, status=409 if looked.problem else 200)


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """What a leader looks at: late, due soon, to be confirmed; and how each owner stands."""
    looked = look(request.user, request.GET)
    found = looked.found()
    late = [one for one in found if is_late(one)]
    soon = [one for one in found if is_due_soon(one, _SOON, looked.on)]
    awaiting = [one for one in found if one.awaits]
    given = {
        **_common(request, looked, found),
        "late": late[:_ON_BOARD],
        "soon": soon[:_ON_BOARD],
        "awaiting": awaiting[:_ON_BOARD],
        "counts": {"late": len(late), "soon": len(soon), "awaiting": len(awaiting)},
        "days": _SOON,
        "awaits": AWAITS,
        "owners": by_owner(found),
        "states": STATE_NAMES,
        "texts": texts_of([*late[:_ON_BOARD], *soon[:_ON_BOARD], *awaiting[:_ON_BOARD]]),
        "units": _units(request.user),
    }
    return render(request, "tasks/board.html", given, status=409 if looked.problem else 200)


def _common(request: HttpRequest, looked: Looked, found: Sequence[Followed]) -> dict[str, Any]:
    counts = counted(found)
    return {
        "looked": looked,
        "sentence": sentence(counts),
        "total": len(found),
        "may_assign": any(units_for(request.user, Action.ASSIGN)),
    }


def _units(user: object) -> list[str]:
    """The units that stand today and that somebody may see, in the order of their names."""
    found = units_within(units_for(user, Action.SEE))
    return sorted((unit.key for unit in found), key=office.order)


def _owners(looked: Looked) -> list[str]:
    """Who answers for tasks of these units, in the order of the alphabet."""
    found = Task.objects.filter(unit__in=looked.units).order_by().values_list("owner", flat=True).distinct()
    return sorted(found, key=sorting_key)


@require_GET
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """The tasks that the list shows, as a file."""
    if kind not in KINDS:
        raise Http404
    looked = look(request.user, request.GET)
    content = file_of(looked.narrowed(looked.found()), kind)
    name = f'attachment; filename="nhiem-vu-trong-tam-{looked.on:%Y-%m-%d}.{kind}"'
    return HttpResponse(content, content_type=KINDS[kind], headers={"Content-Disposition": name})


@require_http_methods(["GET", "POST"])
@plainly
def take(request: HttpRequest) -> HttpResponse:
    """Take tasks from a file."""
    owners = [unit.key for unit in units_within(units_for(request.user, Action.ASSIGN))]
    if not owners:
        raise PermissionDenied
    owners.sort(key=lambda key: (key not in tuple(units_for(request.user, Action.ASSIGN)), office.order(key)))
    problem: Text | None = None
    taken: importing.Taken | None = None
    if request.method == "POST":
        unit = request.POST.get("unit", "")
        if not office.is_known(unit):
            raise Http404
        demand(request.user, Action.ASSIGN, unit)
        try:
            on = wording.day(request.POST.get("on", "")) or office.today()
            taken = importing.take(request.FILES.get("file"), unit, on, request.user, call_name(request))
        except Problem as refused:
            problem = refused.text
    given = {
        "owners": owners,
        "problem": problem,
        "taken": taken,
        "typed": request.POST,
        "today": office.today(),
        "suffixes": ",".join(importing.SUFFIXES),
        "limits": (importing.ROWS, importing.MOST // evidence.MEBIBYTE),
        "name": new_name(),
    }
    return render(request, "tasks/take.html", given, status=409 if problem else 200)
