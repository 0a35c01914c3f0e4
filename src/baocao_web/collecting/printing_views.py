"""Forms on paper: the page that is printed, and the same as Word and PDF."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from baocao.model.text import Problem
from baocao_web.collecting import printing, printing_files
from baocao_web.collecting.asked import sheet_asked
from baocao_web.collecting.workbook_book import name_of
from baocao_web.collecting.workbook_views import attachment
from baocao_web.pages import said, unit_name
from baocao_web.people.roles import Action

_KINDS: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_GET
def printed(request: HttpRequest, entry: int) -> HttpResponse:
    """A unit's form as the official one; with ``?file=docx`` or ``pdf`` as a file."""
    sheet = sheet_asked(request, entry, Action.SEE)
    form, kind = printing.printed(sheet), request.GET.get("file", "")
    if not kind:
        foot = printing.words()["foot"]
        return render(request, "collecting/print.html", {"sheet": sheet, "form": form, "foot": foot})
    if kind not in _KINDS:
        raise Http404
    make = printing_files.word if kind == "docx" else printing_files.pdf
    try:
        content = make(form, unit_name(sheet.unit), timezone.now())
    except Problem as refused:
        return render(request, "refused.html", {"words": said(refused.text)}, status=409)
    name = name_of(f"{sheet.kept.code}-{sheet.kept.period.code}-{sheet.unit.partition('@')[0]}")
    return attachment(content, _KINDS[kind], f"{name}.{kind}")
