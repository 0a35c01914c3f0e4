"""The pages of reports in work: which there are, a draft on the screen, whence its numbers come, its files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baocao.formats import xlsx_write
from baocao.model.period import Period
from baocao.model.text import Problem, Text
from baocao_web.documents import checking, drafting, jobs, sources, verdicts
from baocao_web.documents.blanks import blanks_of
from baocao_web.documents.models import Edition, Job, Report, Verdict
from baocao_web.documents.permits import READERS, may_read, report_for, units_of
from baocao_web.documents.reading_room import printed
from baocao_web.documents.screen import Shown, by_block, kept, numbered
from baocao_web.documents.states import State
from baocao_web.pages import said
from baocao_web.people.policies import may
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.tasks import looking

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
_MOST = 500
_NO_ANNEX = Text("báo cáo này không có phụ lục.", "this report has no annex.")


@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest) -> HttpResponse:
    """All reports in work and issued that somebody may look at, and the way to begin one."""
    if not units_of(request.user, READERS):
        raise PermissionDenied
    problem: Text | None = None
    if request.method == "POST":
        wanted = drafting.Wanted(*(request.POST.get(name, "").strip() for name in ("unit", "outline", "period")))
        try:
            return redirect("document", drafting.make(wanted, request.user).pk)
        except Problem as refused:
            problem = refused.text
    listed = Report.objects.defer("drafted").prefetch_related("editions").order_by("-made_at")[:_MOST]
    found = [(one, drafting.title_of(one)) for one in listed if may_read(request.user, one.unit)]
    owners = units_of(request.user, (Action.DRAFT,))
    given = {"found": found, "owners": _with_below(owners), "outlines": drafting.outlines(), "typed": request.POST}
    given["may_proof_read"] = bool(units_of(request.user, (Action.PROOF_READ,)))
    return render(request, "documents/documents.html", given | {"problem": problem}, status=409 if problem else 200)


def _with_below(owners: list[str]) -> list[str]:
    """The units that reports can be drafted of: those somebody drafts for and those right below them."""
    listed, day = office.geography(), office.today()
    below = [child.key for unit in owners if office.is_known(unit) for child in listed.children(unit, day)]
    return list(dict.fromkeys([*owners, *sorted(below, key=office.order)]))


@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """A report as it stands: the draft on the screen, its findings in the margin."""
    report = report_for(request.user, pk)
    job = Job.objects.filter(kind="draft", report=report).last()
    state = jobs.look(job, drafting.take_in) if job else State.DONE
    if job and state is State.DONE:
        report.refresh_from_db()
    given = {
        "report": report,
        "title": drafting.title_of(report),
        "job": job,
        "drafting": state,
        **_rights(request, report),
    }
    given["fault"] = jobs.fault_of(job) if job and state is State.FAILED else None
    given["editions"] = report.editions.defer("drafted", "docx", "annexes", "figures").order_by("-ordinal")
    if not report.drafted:
        return render(request, "documents/waiting.html", given)
    checked = checking.of_report(report, request.user.get_username())
    accepted, said_of = verdicts.accepted(report=report), verdicts.said_of(report=report)
    placed, loose = by_block([one for one in checked.findings if one["key"] not in accepted])
    draft = drafting.as_it_stands(report)
    shown = Shown(numbered("document_number", pk))
    shown.findings = placed
    shown.tasks = lambda state: reverse("tasks") + _counted(report, state)
    shown.card = lambda one: _card(request, report, one, said_of.get(one["key"], []))
    if given["may_draft"]:
        shown.part = lambda key: reverse("document_part", args=[pk, key])
        shown.may_settle = True
    key = (pk, drafting.state_of(report), given["may_draft"], translation.get_language())
    return render(
        request,
        "documents/document.html",
        {
            **given,
            "page": shown.page(draft) if placed else kept(key, lambda: shown.page(draft)),
            "checked": checked,
            "card": shown.card,
            "loose": loose,
            "settled": [one for one in checked.findings if one["key"] in accepted],
            "said_of": said_of,
            "left": sum(map(len, placed.values())) + len(loose),
            "offered": len(drafting.suggestions(draft)),
            "unwritten": draft.unwritten,
            "blanks": blanks_of(draft),
            "unplaced": drafting.unplaced_parts(report, draft),
            "remarks": draft.remarks,
        },
    )


def _counted(report: Report, state: str) -> str:
    """The query for the tasks that the report counted when it was drafted."""
    period, drafted_at = drafting.results_period(report), report.drafted_at or timezone.now()
    return looking.counted(report.unit, period, min(period.end, timezone.localtime(drafted_at).date()), state)


def _rights(request: HttpRequest, report: Report) -> dict[str, bool]:
    named = {"may_draft": Action.DRAFT, "may_issue": Action.ISSUE, "may_proof_read": Action.PROOF_READ}
    return {name: may(request.user, action, report.unit) for name, action in named.items()}


def _card(request: HttpRequest, report: Report, finding: Any, said: Sequence[Verdict]) -> str:
    given = {"one": finding, "said": said, "accept": reverse("document_verdict", args=[report.pk])}
    may_judge = may(request.user, Action.PROOF_READ, report.unit)
    return render_to_string(
        "documents/card.html", {**given, "lang": translation.get_language(), "may_judge": may_judge}, request
    )


@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How the long work on a report is going: asked by the page again and again, till it is over."""
    report = report_for(request.user, pk)
    job = Job.objects.filter(kind="draft", report=report).last()
    state = jobs.look(job, drafting.take_in) if job else State.DONE
    if state.is_over and report.drafted:
        state = checking.of_report(Report.objects.get(pk=pk), request.user.get_username()).state
    if state.is_over:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "documents/progress.html", {"url": reverse("document_progress", args=[pk])})


@require_POST
def draft_again(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        drafting.draft_again(report_for(request.user, pk), request.user)
    except Problem as refused:
        return render(request, "refused.html", {"words": said(refused.text)}, status=409)
    return redirect("document", pk)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep or take out suggested sentences."""
    report, is_kept = report_for(request.user, pk), "keep" in request.POST
    try:
        drafting.settle_suggestions(
            report, request.user, request.POST.getlist("keep") or request.POST.getlist("decline"), is_kept=is_kept
        )
    except Problem as refused:
        return render(request, "refused.html", {"words": said(refused.text)}, status=409)
    return redirect("document", pk)


@require_POST
def verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a finding of a report in work, or say something of it."""
    report = report_for(request.user, pk)
    try:
        verdicts.say(verdicts.Asked.of(request.POST), request.user, report=report)
    except Problem as refused:
        return render(request, "refused.html", {"words": said(refused.text)}, status=409)
    return redirect("document", pk)


@require_GET
def number(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    """Whence one number of a report comes."""
    report = report_for(request.user, pk)
    if not report.drafted:
        raise Http404
    numbers = list(drafting.as_it_stands(report).numbers)
    if n >= len(numbers):
        raise Http404
    found = numbers[n]
    given = {"report": report, "title": drafting.title_of(report), "number": found, "steps": sources.steps(found)}
    return render(request, "documents/number.html", {**given, "reckoned": sources.RECKONED[found.source.reckoning]})


@require_GET
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it stands, as a Word file."""
    report = report_for(request.user, pk)
    try:
        return attachment(printed(drafting.as_it_stands(report)), WORD, f"{name_of(report)}.docx")
    except Problem as refused:
        return render(request, "refused.html", {"words": said(refused.text)}, status=409)


@require_GET
def annexes(request: HttpRequest, pk: int) -> HttpResponse:
    """The annexes of the report as a workbook."""
    report = report_for(request.user, pk)
    try:
        draft = drafting.as_it_stands(report)
        if not draft.annexes:
            raise Problem(_NO_ANNEX)
        return attachment(xlsx_write.workbook(draft), WORKBOOK, f"{name_of(report)}-phu-luc.xlsx")
    except Problem as refused:
        return render(request, "refused.html", {"words": said(refused.text)}, status=409)


def attachment(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be kept, never shown by the browser as a page of ours."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=kind, headers=headers)


def name_of(report: Report, edition: Edition | None = None) -> str:
    """The name of a report's files, in letters that every system takes."""
    whole = f"{report.outline}-{report.unit.partition('@')[0]}-{Period.parse(report.period).code.replace('/', '-')}"
    return whole if edition is None else f"{whole}-lan-{edition.ordinal}"
