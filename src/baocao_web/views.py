"""The first page, and what a supervisor asks: whether the process lives, and whether it can serve."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from baocao_web.collecting.waiting import is_anything_to_do
from baocao_web.people.policies import units_for
from baocao_web.people.roles import Action

_BEGINNINGS: Final = (
    (Action.CHASE, "rounds"),
    (Action.ENTER, "entries"),
    (Action.ISSUE, "dashboard"),
    (Action.PROOF_READ, "documents"),
    (Action.SEE, "dashboard"),
    (Action.GRANT, "accounts"),
    (Action.AUDIT, "record"),
)


def home(request: HttpRequest) -> HttpResponse:
    """Everybody begins with what waits for him; where nothing does, in the room that he works in."""
    if is_anything_to_do(request.user):
        return redirect("entries")
    found = (room for action, room in _BEGINNINGS if any(units_for(request.user, action)))
    return redirect(next(found, "published"))


@login_not_required
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and has the tables that this program expects."""
    try:
        executor = MigrationExecutor(connection)
        is_ready = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        is_ready = False
    return JsonResponse({"ready": is_ready}, status=200 if is_ready else 503)
