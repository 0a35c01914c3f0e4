"""The pages that hold a report against another: a Word copy that came back, and the report of the year before."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baocao.model.draft import Draft
from baocao.model.text import Problem, Text
from baocao_web.documents import coming_back, drafting, earlier, jobs, proofing
from baocao_web.documents.edition_views import refusing
from baocao_web.documents.models import Job, Report, Upload
from baocao_web.documents.permits import report_for
from baocao_web.documents.states import State
from baocao_web.people.policies import demand, may
from baocao_web.people.roles import Action
from baocao_web.places import office


@require_http_methods(["GET", "POST"])
def returned(request: HttpRequest, pk: int) -> HttpResponse:
    """The Word copies of a report that came back, and the way to bring one in."""
    report = report_for(request.user, pk)
    demand(request.user, Action.DRAFT, report.unit)
    problem: Text | None = None
    if request.method == "POST":
        try:
            drafting.as_it_stands(report)
            upload = proofing.take_in(request.FILES.get("file"), report.unit, request.user, report, (".docx",))
            return redirect("document_came_back", pk, coming_back.read(upload, request.user).pk)
        except Problem as refused:
            problem = refused.text
    found = Job.objects.filter(kind="came_back", report=report).select_related("upload").defer("upload__content")
    given = {"report": report, "title": drafting.title_of(report), "found": found.order_by("-pk"), "problem": problem}
    return render(request, "documents/returned.html", given, status=409 if problem else 200)


@require_GET
def came_back(request: HttpRequest, pk: int, job: int) -> HttpResponse:
    """What differs in a Word copy that came back."""
    report, found = _found(request, pk, job)
    state = jobs.look(found)
    told = jobs.outcome_of(found) if state is State.DONE else None
    given = {
        "report": report,
        "title": drafting.title_of(report),
        "job": found,
        "upload": Upload.objects.defer("content").get(pk=found.upload_id),
        "state": state,
        "fault": jobs.fault_of(found) if state is State.FAILED else None,
        "told": told,
        "parts": coming_back.changed_parts(report, told) if told else (),
        "numbers": coming_back.kinds_of(told) if told else (),
        "marked": coming_back.marked,
    }
    return render(request, "documents/came_back.html", given)


@require_GET
def came_back_progress(request: HttpRequest, pk: int, job: int) -> HttpResponse:
    _, found = _found(request, pk, job)
    if jobs.look(found).is_over:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "documents/progress.html", {"url": reverse("document_came_back_progress", args=[pk, job])})


@require_POST
@refusing
def take(request: HttpRequest, pk: int, job: int) -> HttpResponse:
    """Take over what was written in the parts that are chosen."""
    report, found = _found(request, pk, job)
    coming_back.take(report, found, request.POST.getlist("part"), request.user)
    return redirect("document", pk)


def _found(request: HttpRequest, pk: int, job: int) -> tuple[Report, Job]:
    report = report_for(request.user, pk)
    demand(request.user, Action.DRAFT, report.unit)
    found = Job.objects.filter(pk=job, report=report, kind="came_back").first()
    if found is None:
        raise Http404
    return report, found


@require_http_methods(["GET", "POST"])
@refusing
def last_year(request: HttpRequest, pk: int) -> HttpResponse:
    """The report beside that of the year before: ours, or one made elsewhere whose file is brought in here."""
    report = report_for(request.user, pk)
    problem: Text | None = None
    if request.method == "POST":
        demand(request.user, Action.DRAFT, report.unit)
        try:
            earlier.bring_in(report, request.FILES.get("file"), request.user)
            return redirect(f"{reverse('document_last_year', args=[pk])}?from=file")
        except Problem as refused:
            problem = refused.text
    draft, before, job = drafting.as_it_stands(report), earlier.report_before(report), earlier.brought_in(report)
    is_of_file = job is not None and (before is None or request.GET.get("from") == "file")
    given = {
        "report": report,
        "title": drafting.title_of(report),
        "before": before,
        "names": office.catalogue(),
        "problem": problem,
        "job": job,
        "is_of_file": is_of_file,
        "state": jobs.look(job) if job is not None else None,
        "suffixes": ",".join(earlier.SUFFIXES),
        "may_draft": may(request.user, Action.DRAFT, report.unit),
    }
    if job is not None and is_of_file:
        given |= _of_file(job, draft)
    elif before is not None:
        given["rows"] = earlier.rows(earlier.printed(draft), earlier.printed(earlier.draft_then(before)))
        given["parts"] = earlier.parts(report, before)
        given["edition"] = earlier.edition_of(before)
    return render(request, "documents/last_year.html", given, status=409 if problem else 200)


def _of_file(job: Job, draft: Draft) -> dict[str, object]:
    """What a file of the year before tells, as far as it is read."""
    match State(job.state):
        case State.DONE:
            told = jobs.outcome_of(job)
            found = earlier.printed_in(job)
            return {"rows": earlier.rows(earlier.printed(draft), found), "read": told, "linked": len(told["links"])}
        case State.FAILED:
            return {"fault": jobs.fault_of(job)}
        case _:
            return {}


@require_GET
def last_year_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How the reading of the file is going."""
    job = earlier.brought_in(report_for(request.user, pk))
    if job is None or jobs.look(job).is_over:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "documents/progress.html", {"url": reverse("document_last_year_progress", args=[pk])})
