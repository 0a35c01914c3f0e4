"""Forms on paper: the page that is printed, and the same as Word and PDF."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from baocao.model.text import Problem
from baocao_web.collecting.asked import round_asked, sheet_asked
from baocao_web.collecting.layout import read
from baocao_web.collecting.models import Form
from baocao_web.collecting.paper import files, printing
from baocao_web.collecting.paper.printing import Printed
from baocao_web.collecting.totals.consolidating import consolidate
from baocao_web.collecting.workbooks.book import name_of
from baocao_web.collecting.workbooks.views import attachment
from baocao_web.pages import said, unit_name
from baocao_web.people.policies import demand
from baocao_web.people.roles import Action

_KINDS: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_GET
def printed(request: HttpRequest, entry: int) -> HttpResponse:
    """A unit's form as the official one; with ``?file=docx`` or ``pdf`` as a file."""
    sheet = sheet_asked(request, entry, Action.SEE)
    name = f"{sheet.kept.code}-{sheet.kept.period.code}-{sheet.unit.partition('@')[0]}"
    return _shown(request, printing.printed(sheet), unit_name(sheet.unit), name, {"sheet": sheet})


@require_GET
def blank(request: HttpRequest, form: int) -> HttpResponse:
    """A version of a form with nothing filled in, as it is printed; or as a file."""
    found = Form.objects.filter(pk=form).first()
    if found is None:
        raise Http404
    demand(request.user, Action.SEE, found.owner, found.sector or None)
    told = printing.blank(found, read(found.layout))
    return _shown(request, told, unit_name(found.owner), f"{found.code}-{found.version}", {"blank": found})


@require_GET
def total(request: HttpRequest, round_id: int) -> HttpResponse:
    """A round added up, as it is printed; with ``?approved=1`` of approved figures alone."""
    kept = round_asked(request, round_id, Action.SEE)
    is_approved_only = request.GET.get("approved") == "1"
    told = printing.of_total(consolidate(round_id, is_approved_only=is_approved_only))
    about = {"total": kept, "asked": "&approved=1" if is_approved_only else ""}
    return _shown(request, told, unit_name(kept.owner), f"tong-hop-{kept.code}-{kept.period.code}", about)


def _shown(request: HttpRequest, form: Printed, unit: str, name: str, about: Mapping[str, object]) -> HttpResponse:
    """The page of a printed form, or the file that was asked for."""
    kind = request.GET.get("file", "")
    if not kind:
        nothing = {"sheet": None, "blank": None, "total": None, "asked": ""}
        given = {"form": form, "foot": printing.words()["foot"], **nothing, **about}
        return render(request, "collecting/print.html", given)
    if kind not in _KINDS:
        raise Http404
    make = files.word if kind == "docx" else files.pdf
    try:
        content = make(form, unit, timezone.now())
    except Problem as refused:
        return render(request, "refused.html", {"words": said(refused.text)}, status=409)
    return attachment(content, _KINDS[kind], f"{name_of(name)}.{kind}")
