"""The pages of proof-reading: bringing a file in, its findings, what people say of them, its figures."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baocao.model.text import Problem, Text
from baocao_web.documents import jobs, proofing, verdicts
from baocao_web.documents.edition_views import refusing
from baocao_web.documents.models import Job, Upload
from baocao_web.documents.permits import units_of, upload_for
from baocao_web.documents.states import State
from baocao_web.people.policies import demand, may
from baocao_web.people.roles import Action
from baocao_web.places import office

_MOST = 300
# the page is a stranger's words: it has an origin of its own, and only its own script and style, known by their digests
_SANDBOX = "sandbox allow-scripts; "


@require_http_methods(["GET", "POST"])
def proofs(request: HttpRequest) -> HttpResponse:
    """The files that were brought in, and the way to bring one in."""
    owners = units_of(request.user, (Action.PROOF_READ,))
    if not owners:
        raise PermissionDenied
    problem: Text | None = None
    if request.method == "POST":
        unit = request.POST.get("unit", owners[0])
        if not office.is_known(unit):
            raise Http404
        try:
            made = proofing.take_in(request.FILES.get("file"), unit, request.user)
            proofing.check_of(made, request.user.get_username())
            return redirect("proof", made.pk)
        except Problem as refused:
            problem = refused.text
    listed = Upload.objects.defer("content").filter(report=None).order_by("-pk")[:_MOST]
    found = [one for one in listed if may(request.user, Action.PROOF_READ, one.unit)]
    given = {"found": found, "owners": owners, "problem": problem, "suffixes": ",".join(proofing.SUFFIXES)}
    return render(request, "documents/proofs.html", given, status=409 if problem else 200)


@require_GET
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The findings on one file."""
    upload = upload_for(request.user, pk)
    job = proofing.check_of(upload, request.user.get_username())
    state = jobs.look(job)
    told: dict[str, Any] = jobs.outcome_of(job) if state is State.DONE else {"findings": (), "remarks": (), "title": ""}
    accepted, said_of = verdicts.accepted(upload=upload), verdicts.said_of(upload=upload)
    compared = Job.objects.filter(kind="compare", upload=upload).last()
    given = {
        "upload": upload,
        "state": state,
        "fault": jobs.fault_of(job) if state is State.FAILED else None,
        "told": told,
        "left": [one for one in told["findings"] if one["key"] not in accepted],
        "settled": [one for one in told["findings"] if one["key"] in accepted],
        "said_of": said_of,
        "lang": translation.get_language(),
        "remarks": [Text(**one) for one in told["remarks"]],
        "copy_of": {"docx": "Word", "pdf": "PDF"}.get(upload.name.lower().rpartition(".")[2]),
        "compared": compared,
        "severities": {
            "error": _count(told, "error"),
            "warning": _count(told, "warning"),
            "note": _count(told, "note"),
        },
    }
    return render(request, "documents/proof.html", given)


def _count(told: dict[str, Any], severity: str) -> int:
    return sum(one["severity"] == severity for one in told["findings"])


@require_GET
def proof_progress(request: HttpRequest, pk: int) -> HttpResponse:
    upload = upload_for(request.user, pk)
    working = Job.objects.filter(upload=upload, kind__in=("check", "compare"))
    if all(jobs.look(job).is_over for job in working):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "documents/progress.html", {"url": reverse("proof_progress", args=[pk])})


@require_POST
@refusing
def proof_again(request: HttpRequest, pk: int) -> HttpResponse:
    upload = upload_for(request.user, pk)
    proofing.check_again(upload, request.user.get_username())
    return redirect("proof", pk)


@require_POST
@refusing
def proof_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a finding, take that back, or say something of it."""
    verdicts.say(verdicts.Asked.of(request.POST), request.user, upload=upload_for(request.user, pk))
    return redirect("proof", pk)


@require_GET
def proof_text(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole of a file as it was read, its findings beside: a page of its own, shut off from ours."""
    job = Job.objects.filter(kind="check", upload=upload_for(request.user, pk), state=State.DONE.value).last()
    lang = "en" if translation.get_language() == "en" else "vi"
    file = jobs.folder_of(job) / f"page.{lang}.html" if job else None
    if file is None or not file.exists():
        raise Http404
    page = file.read_text(encoding="utf-8")
    policy = page.partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')[0]
    return HttpResponse(page, headers={"Content-Security-Policy": _SANDBOX + (policy or "default-src 'none'")})


@require_http_methods(["GET", "POST"])
@refusing
def proof_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of a file beside those of the store."""
    upload = upload_for(request.user, pk)
    if request.method == "POST":
        unit, period = (request.POST.get(name, "").strip()[:60] for name in ("unit", "period"))
        proofing.compare(upload, request.user, unit, period)
        return redirect("proof_figures", pk)
    job = Job.objects.filter(kind="compare", upload=upload).last()
    if job is None:
        raise Http404
    state = jobs.look(job)
    found: list[proofing.Held] = []
    if state is State.DONE:
        demand(request.user, Action.SEE, json.loads(job.outcome)["unit"])
        found = proofing.held_against_store(job)
    given = {
        "upload": upload,
        "state": state,
        "found": found,
        "told": jobs.outcome_of(job),
        "names": office.catalogue(),
    }
    given["fault"] = jobs.fault_of(job) if state is State.FAILED else None
    return render(request, "documents/proof_figures.html", given)
