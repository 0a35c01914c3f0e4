"""The days of a round: moved for all with a reason, given longer to one unit, the round closed and opened again."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from baocao.model.text import Problem, Text
from baocao_web.collecting import histories
from baocao_web.collecting.asked import round_asked, sheet_asked
from baocao_web.collecting.forms_kept import Kept
from baocao_web.collecting.models import Round
from baocao_web.collecting.permits import permit
from baocao_web.collecting.rounds import days as round_days
from baocao_web.collecting.rounds.opening import Days
from baocao_web.pages import said
from baocao_web.people.policies import may
from baocao_web.people.roles import Action
from baocao_web.places.days import read_day

_FIELDS = ("opens_on", "due_on", "late_on", "locked_on")


@require_http_methods(["GET", "POST"])
def days(request: HttpRequest, round_id: int) -> HttpResponse:
    """The days of a round as they are and as they were, and the way to move them."""
    kept = round_asked(request, round_id, Action.OPEN)
    problem: Text | None = None
    if request.method == "POST":
        try:
            _changed(request, kept)
            return redirect("round_days", round_id)
        except Problem as refused:
            problem = refused.text
    events = histories.of_round(round_id)
    given = {"kept": kept, "events": events, "problem": problem, "typed": request.POST}
    return render(request, "collecting/days.html", given, status=409 if problem else 200)


def _changed(request: HttpRequest, kept: Kept) -> None:
    """Do what the page asks for. Raises ``Problem``."""
    by, reason = request.user.get_username(), request.POST.get("reason", "")

    def may_open(held: Round) -> None:
        if not may(request.user, Action.OPEN, held.owner, kept.sector or None):
            raise PermissionDenied

    match request.POST.get("act", ""):
        case "close":
            round_days.close(kept.id, by, reason, may_open, is_closed=True)
        case "reopen":
            round_days.close(kept.id, by, reason, may_open, is_closed=False)
        case _:
            told = {name: request.POST.get(name, "").strip() for name in _FIELDS}
            moved = {name: read_day(seen) if seen else getattr(kept, name) for name, seen in told.items()}
            round_days.move(kept.id, by, Days(**moved), reason, may_open)


@require_POST
def extend(request: HttpRequest, entry: int) -> HttpResponse:
    """Give one unit longer than the others."""
    sheet = sheet_asked(request, entry, Action.EXTEND)
    try:
        to, reason = read_day(request.POST.get("to", "").strip()), request.POST.get("reason", "")
        round_days.extend(entry, request.user.get_username(), to, reason, permit(request.user, Action.EXTEND))
    except Problem as refused:
        return render(request, "refused.html", {"words": said(refused.text)}, status=409)
    return redirect("round", sheet.kept.id)
