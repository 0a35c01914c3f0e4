"""What the units below make, beside a unit's own form: opened, looked at, taken."""

from __future__ import annotations

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from baocao.model.text import Problem, Text
from baocao_web.collecting.asked import sheet_asked
from baocao_web.collecting.calls import is_name
from baocao_web.collecting.keeping import NotTaken
from baocao_web.collecting.passing_on import Act
from baocao_web.collecting.permits import acts_of, permit
from baocao_web.collecting.sheets import Sheet, words_of
from baocao_web.collecting.totals import gathering
from baocao_web.collecting.totals.consolidating import consolidate
from baocao_web.people.policies import demand, may
from baocao_web.people.roles import Action
from baocao_web.places.days import read_day

_MALFORMED = Text(
    "yêu cầu không đúng định dạng; hãy tải lại trang rồi thử lại.",
    "the request is malformed; load the page again and try once more.",
)


@require_http_methods(["GET", "POST"])
def below(request: HttpRequest, entry: int) -> HttpResponse:
    """What the units below make of a unit's form; a post opens their round, or takes what they make."""
    sheet = sheet_asked(request, entry, Action.SEE)
    if not gathering.has_below(sheet):
        raise Http404
    problem: Text | None = None
    if request.method == "POST":
        try:
            return _done(request, sheet)
        except Problem as refused:
            problem = refused.text
    found = gathering.round_below(sheet.unit, sheet.kept)
    given = {"sheet": sheet, "round": found, "problem": problem, "typed": request.POST}
    if found is None:
        days = gathering.usual_days(sheet)
        may_open = may(request.user, Action.OPEN, sheet.unit, sheet.kept.sector or None)
        page, more = "collecting/below_unopened.html", {"days": days, "may_open": may_open}
    else:
        page, more = "collecting/below.html", _made(request, sheet, found.pk)
    return render(request, page, {**given, **more}, status=409 if problem else 200)


def _made(request: HttpRequest, sheet: Sheet, round_id: int) -> dict[str, object]:
    is_approved_only = (request.POST or request.GET).get("approved") == "1"
    made = consolidate(round_id, is_approved_only=is_approved_only)
    return {
        "found": made,
        "offers": gathering.offers(sheet, made),
        "doubts": made.doubts(),
        "acts": acts_of(request.user, sheet),
        "words": words_of,
        "request_name": uuid4().hex,
    }


def _done(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    if request.POST.get("act") == "open":
        demand(request.user, Action.OPEN, sheet.unit, sheet.kept.sector or None)
        seen = request.POST.get("due_on", "").strip()
        opened = gathering.open_below(sheet, read_day(seen) if seen else None, request.user.get_username())
        return redirect("round", opened.pk)
    is_approved_only = request.POST.get("approved") == "1"
    gathering.take(
        _act(request, sheet),
        permit(request.user, Action.ENTER),
        request.POST.getlist("cell"),
        is_approved_only=is_approved_only,
    )
    return redirect("entry", sheet.id)


def _act(request: HttpRequest, sheet: Sheet) -> Act:
    version, name = request.POST.get("version", ""), request.POST.get("request", "")
    is_number = version.isascii() and version.isdigit() and len(version) < 10
    if not is_number or not is_name(name):
        raise NotTaken(_MALFORMED)
    digest = request.POST.get("digest", "")
    return Act(sheet.id, request.user.get_username(), int(version), name, digest)
