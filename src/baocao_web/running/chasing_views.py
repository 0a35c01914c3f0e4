"""The pages of those who chase: a letter to units that are late, and each unit's record over the year."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST

from baocao.model import Language, Problem
from baocao.showing.grid_files import csv_bytes, xlsx_bytes
from baocao_web.collecting.forms_kept import form_of
from baocao_web.collecting.models import Round
from baocao_web.collecting.rounds.punctuality import Punctuality
from baocao_web.pages import said
from baocao_web.people.policies import demand, may, units_for
from baocao_web.people.roles import Action
from baocao_web.running import chasing_letter, year_record

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
def letter(request: HttpRequest, round_id: int) -> HttpResponse:
    """The letter about one round."""
    try:
        kept = form_of(round_id)
    except Round.DoesNotExist as problem:
        raise Http404 from problem
    demand(request.user, Action.CHASE, kept.owner, kept.sector or None)
    return _letter(request, kept.owner, [round_id], f"{kept.code}-{kept.period.code}")


@require_POST
def letter_of_all(request: HttpRequest) -> HttpResponse:
    """One letter about all rounds of an office that are still open."""
    owner = next(iter(units_for(request.user, Action.CHASE)), None)
    if owner is None:
        raise PermissionDenied
    found = Round.objects.filter(owner=owner, is_closed=False).select_related("form").order_by("id")
    rounds = [one.pk for one in found if may(request.user, Action.CHASE, owner, one.form.sector or None)]
    return _letter(request, owner, rounds, owner)


def _letter(request: HttpRequest, owner: str, rounds: list[int], name: str) -> HttpResponse:
    try:
        content = chasing_letter.write(owner, rounds, request.user.get_username())
    except Problem as problem:
        return render(request, "refused.html", {"words": said(problem.text)}, status=409)
    return _file(content, _WORD, f"don-doc-{name}.docx")


@require_GET
def record(request: HttpRequest, year: int) -> HttpResponse:
    """Who was on time over a year, as a page or, asked for by ``?file=csv`` or ``xlsx``, as a file."""
    if not any(units_for(request.user, Action.SEE)):
        raise PermissionDenied
    found = year_record.of_year(year, lambda unit, sector: may(request.user, Action.SEE, unit, sector or None))
    language: Language = "en" if translation.get_language() == "en" else "vi"
    match request.GET.get("file", ""):
        case "":
            given = {"record": found, "years": year_record.years(), "kinds": Punctuality}
            return render(request, "running/record.html", given)
        case "csv":
            return _file(csv_bytes(found.grid(), language), "text/csv; charset=utf-8", f"nop-bieu-{year}.csv")
        case "xlsx":
            return _file(xlsx_bytes(found.grid(), language), _WORKBOOK, f"nop-bieu-{year}.xlsx")
        case _:
            raise Http404


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    safe = "".join(sign if sign.isalnum() or sign in "-._" else "-" for sign in name)
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{safe}"'})
