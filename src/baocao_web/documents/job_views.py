"""Long work as people see it: begun by a button, looked at on a page that asks for itself, its file taken there."""

from __future__ import annotations

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST

from baocao.model.text import Problem, Text
from baocao_web.documents import draft_json, drafting, issuing, jobs, proofing, verdicts
from baocao_web.documents.edition_views import refusing
from baocao_web.documents.models import Job, Upload
from baocao_web.documents.permits import edition_for, report_for, upload_for
from baocao_web.documents.states import State
from baocao_web.documents.views import PDF, WORD, attachment, name_of
from baocao_web.people.policies import demand
from baocao_web.people.roles import Action

_FILES = frozenset({"pdf", "annotate"})  # the kinds of work that make one


_NO_COPY = Text(
    "tệp “{seen}” không phải tệp Word hoặc PDF nên không có bản kèm ghi chú; hãy xem phát hiện trên trang.",
    "“{seen}” is no Word or PDF file, so there is no copy with comments; look at the findings on the page.",
)


@require_POST
@refusing
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Print a report as it stands to PDF."""
    report = report_for(request.user, pk)
    line = draft_json.written(drafting.as_it_stands(report)).encode()
    by, digest = request.user.get_username(), drafting.state_of(report)
    return redirect("job", jobs.ask("pdf", digest, by, {"draft.json": line}, report=report).pk)


@require_POST
@refusing
def edition_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Print an edition's own Word file to PDF."""
    edition = issuing.whole(edition_for(request.user, pk))
    word, by = bytes(edition.docx), request.user.get_username()
    return redirect("job", jobs.ask("pdf", edition.sha256["docx"], by, {"report.docx": word}, edition=edition).pk)


@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How a piece of work stands; its file when it is done."""
    found = _job(request, pk)
    state = jobs.look(found)
    fault = jobs.fault_of(found) if state is State.FAILED else None
    given = {"job": found, "state": state, "fault": fault, "back": _back(found)}
    return render(request, "documents/job.html", given)


@require_GET
def job_progress(request: HttpRequest, pk: int) -> HttpResponse:
    if jobs.look(_job(request, pk)).is_over:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "documents/progress.html", {"url": reverse("job_progress", args=[pk])})


@require_GET
def job_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What the work made."""
    found = _job(request, pk)
    is_pdf = found.kind == "pdf" or _is_pdf(found.upload)
    file = jobs.folder_of(found) / ("report.pdf" if found.kind == "pdf" else f"annotated.{'pdf' if is_pdf else 'docx'}")
    if found.state != State.DONE.value or not file.exists():
        raise Http404
    return attachment(file.read_bytes(), PDF if is_pdf else WORD, _name(found))


def _is_pdf(upload: Upload | None) -> bool:
    return upload is not None and upload.name.lower().endswith(".pdf")


def _name(found: Job) -> str:
    if found.upload is not None:
        return f"ban-da-soat-{found.upload.pk}.{'pdf' if _is_pdf(found.upload) else 'docx'}"
    edition = found.edition
    report = edition.report if edition is not None else found.report
    assert report is not None
    return f"{name_of(report, edition)}.pdf"


def _job(request: HttpRequest, pk: int) -> Job:
    """A piece of work whose file somebody may have. Raises ``Http404`` and ``PermissionDenied``."""
    found = Job.objects.filter(pk=pk, kind__in=_FILES).first()
    if found is None:
        raise Http404
    if found.edition_id is not None:
        edition_for(request.user, found.edition_id)
    elif found.report_id is not None:
        report_for(request.user, found.report_id)
    else:
        upload_for(request.user, found.upload_id or 0)
    return found


def _back(found: Job) -> str:
    if found.edition_id is not None:
        return reverse("edition", args=[found.edition_id])
    if found.report_id is not None:
        return reverse("document", args=[found.report_id])
    return reverse("proof", args=[found.upload_id])


@require_POST
@refusing
def annotate(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy of an uploaded Word or PDF file with the findings that nobody accepted as comments."""
    upload = upload_for(request.user, pk)
    demand(request.user, Action.PROOF_READ, upload.unit)
    name = proofing.file_of(upload)
    if not name.endswith((".docx", ".pdf")):
        raise Problem(_NO_COPY.fill(seen=upload.name))
    accepted = sorted(verdicts.accepted(upload=upload))
    asked = {"file": name, "accepted": accepted, "lang": "en" if translation.get_language() == "en" else "vi"}
    digest = sha256(repr((upload.sha256, accepted, asked["lang"])).encode()).hexdigest()
    content = {name: bytes(upload.content)}
    made = jobs.ask("annotate", digest, request.user.get_username(), content, upload=upload, asked=asked)
    return redirect("job", made.pk)
