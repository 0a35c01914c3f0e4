"""The pages of written parts: writing in one, who holds it, what became of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from baocao.model.text import Problem, Text
from baocao_web.documents import checking, drafting, writing_parts
from baocao_web.documents.models import Report
from baocao_web.documents.permits import report_for
from baocao_web.people.policies import demand
from baocao_web.people.roles import Action
from baocao_web.tasks.wording import whole

_BESIDE = Text(
    "Người khác đã lưu phần này, hoặc đang sửa, sau khi bạn mở trang. Bài của bạn không mất: nó được giữ bên cạnh "
    "(phiên bản {version}). Hãy ghép hai bài ở dưới rồi lưu lại.",
    "Somebody else has saved this part, or is writing in it, since you opened the page. Your text is not lost: it is "
    "kept beside (version {version}). Join both texts below, then save again.",
)


@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Write in one part of a report."""
    report = report_for(request.user, pk)
    demand(request.user, Action.DRAFT, report.unit)
    place = writing_parts.place_of(report, key)
    if place is None:
        raise Http404
    problem, typed = None, place.text
    if request.method == "POST":
        typed = request.POST.get("text", "")
        base = whole(request.POST.get("base", ""))
        try:
            saved = writing_parts.save(report, key, request.user, typed, base)
        except Problem as refused:
            problem = refused.text
        else:
            if not saved.is_beside:
                return redirect(f"/documents/{pk}/#part-{key}")
            problem = _BESIDE.fill(version=saved.version)
            place = writing_parts.place_of(report, key) or place
    checked = checking.of_report(report, request.user.get_username())
    given = {
        "report": report,
        "title": drafting.title_of(report),
        "place": place,
        "typed": typed,
        "problem": problem,
        "history": writing_parts.history(report, key),
        "held": writing_parts.held(report, key),
        "findings": _near(report, key, checked),
        "longest": writing_parts.LONGEST,
    }
    return render(request, "documents/part.html", given, status=409 if problem else 200)


def _near(report: Report, key: str, checked: checking.Checked) -> list[object]:
    """The findings on this part."""
    from baocao.model.draft import Narrative

    blocks = drafting.as_it_stands(report).blocks
    mine = {at for at, block in enumerate(blocks) if isinstance(block, Narrative) and block.key == key}
    return [one for one in checked.findings if one["block"] in mine]


@require_POST
def hold(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Hold a part while its page is open; tells who holds it."""
    report = report_for(request.user, pk)
    try:
        held = writing_parts.hold(report, key, request.user)
    except Problem as problem:
        raise Http404 from problem
    given = {"report": report, "key": key, "held": held, "is_mine": held.is_of(request.user)}
    return render(request, "documents/held.html", given)


@require_POST
def release(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Let go of a part without saving."""
    report = report_for(request.user, pk)
    demand(request.user, Action.DRAFT, report.unit)
    writing_parts.release(report, key, request.user)
    return redirect("document", pk)
