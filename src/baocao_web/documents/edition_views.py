"""The pages of editions: issuing one, looking at it, its files; and the open pages that ask nobody to sign in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baocao.model.text import Problem, Text
from baocao.showing.grid_files import harmless
from baocao_web.documents import drafting, issuing
from baocao_web.documents.blanks import blanks_of
from baocao_web.documents.models import Edition
from baocao_web.documents.permits import edition_for, report_for
from baocao_web.documents.screen import Shown, kept, numbered
from baocao_web.documents.views import WORD, WORKBOOK, attachment, name_of
from baocao_web.pages import number, said
from baocao_web.people.policies import demand, may
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.places.days import read_day

_COLUMNS: Final = (
    "n", "text", "name", "reckoning", "revision", "unit", "unit_name", "indicator", "indicator_name", "measure",
    "period", "scenario", "authority", "breakdown", "value",
)  # fmt: skip
View = Callable[..., HttpResponse]


def refusing(view: View) -> View:
    """A view whose problems are told on a page of their own."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Problem as refused:
            return render(request, "refused.html", {"words": said(refused.text)}, status=409)

    return shown


@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a report as it stands."""
    report = report_for(request.user, pk)
    demand(request.user, Action.ISSUE, report.unit)
    problem: Text | None = None
    if request.method == "POST":
        try:
            on, state = read_day(request.POST.get("on", "")), request.POST.get("state", "")
            made = issuing.issue(report, request.user, request.POST.get("number", "").strip(), on, state)
            return redirect("edition", made.pk)
        except Problem as refused:
            problem = refused.text
    given = {"report": report, "title": drafting.title_of(report), "problem": problem, "typed": request.POST}
    given["state"] = drafting.state_of(report)
    given["blanks"] = blanks_of(drafting.on_paper(drafting.as_it_stands(report), "1", office.today()))
    given["today"] = office.today()
    return render(request, "documents/issue.html", given, status=409 if problem else 200)


@require_GET
@refusing
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition: what was issued, by whom, its digests, whether it is published."""
    found = issuing.whole(edition_for(request.user, pk))
    may_issue = may(request.user, Action.ISSUE, found.report.unit)
    return render(request, "documents/edition.html", {**_shown(found, "edition"), "may_issue": may_issue})


@require_POST
@refusing
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    issuing.publish(edition_for(request.user, pk), request.user)
    return redirect("edition", pk)


@require_POST
@refusing
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    issuing.withdraw(edition_for(request.user, pk), request.user, request.POST.get("reason", ""))
    return redirect("edition", pk)


@require_GET
@refusing
def edition_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A file of an edition, to the byte as it was issued."""
    return _file(issuing.whole(edition_for(request.user, pk)), name)


@require_GET
@refusing
def edition_number(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    return _number(request, issuing.whole(edition_for(request.user, pk)), n, "edition")


@login_not_required
@require_GET
def published(request: HttpRequest) -> HttpResponse:
    """The reports that are open to everybody."""
    listed = Edition.objects.filter(published_at__isnull=False).select_related("report")
    found = listed.defer("drafted", "docx", "annexes", "figures").order_by("-issued_on", "-pk")[:500]
    return render(
        request, "documents/published.html", {"found": [(one, drafting.title_of(one.report)) for one in found]}
    )


@login_not_required
@require_GET
@refusing
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    """One report that is open to everybody, as it was issued."""
    return render(request, "documents/opened.html", _shown(_open(pk), "opened"))


@login_not_required
@require_GET
@refusing
def opened_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    return _file(_open(pk), name)


@login_not_required
@require_GET
@refusing
def opened_number(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    return _number(request, _open(pk), n, "opened")


def _open(pk: int) -> Edition:
    """A published edition; others are not there for the public. Raises ``Http404`` and ``Problem``."""
    found = Edition.objects.select_related("report").filter(pk=pk, published_at__isnull=False).first()
    if found is None:
        raise Http404
    return issuing.whole(found)


def _shown(edition: Edition, room: str) -> dict[str, Any]:
    shown = Shown(numbered(f"{room}_number", edition.pk))
    page = kept((room, edition.pk, edition.sha256["drafted"]), lambda: shown.page(issuing.draft_of(edition)))
    title = drafting.title_of(edition.report)
    return {"edition": edition, "report": edition.report, "title": title, "page": page, "room": room}


def _number(request: HttpRequest, edition: Edition, n: int, room: str) -> HttpResponse:
    figures = json.loads(edition.figures)
    if n >= len(figures):
        raise Http404
    one = figures[n]
    for told in one["from"]:
        told["shown"] = number(Decimal(told["value"]) if told["value"] else None)
    given = {"edition": edition, "title": drafting.title_of(edition.report), "one": one, "room": room}
    return render(request, "documents/figure.html", {**given, "value": issuing.numbers_of(edition)[n].value})


def _file(edition: Edition, name: str) -> HttpResponse:
    """The file of a name. Raises ``Http404``."""
    stem = name_of(edition.report, edition)
    if name == "report.docx":
        return attachment(bytes(edition.docx), WORD, f"{stem}.docx")
    if name == "annexes.xlsx" and edition.annexes:
        return attachment(bytes(edition.annexes), WORKBOOK, f"{stem}-phu-luc.xlsx")
    if name == "figures.json":
        return attachment(edition.figures.encode(), "application/json", f"{stem}-so-lieu.json")
    if name == "figures.csv":
        return attachment(_csv(json.loads(edition.figures)), "text/csv; charset=utf-8", f"{stem}-so-lieu.csv")
    raise Http404


def _csv(figures: list[dict[str, Any]]) -> bytes:
    """A row for every address behind every number; no cell can begin a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for one in figures:
        for told in one["from"] or [{}]:
            row = {**one, **told}
            row["value"] = told.get("value", one["value"])
            writer.writerow([_cell(str(row.get(name, ""))) for name in _COLUMNS])
    return ("\ufeff" + out.getvalue()).encode()


def _cell(words: str) -> str:
    return words if words.startswith("-") and words[1:2].isdigit() else harmless(words)  # a figure stays a figure
