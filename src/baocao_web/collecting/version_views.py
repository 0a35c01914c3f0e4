"""A form as it was in a version that was handed over: what those who submitted and approved it had before them."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from baocao_web.collecting import histories, returning
from baocao_web.collecting.asked import sheet_asked
from baocao_web.collecting.grids import checks_of
from baocao_web.collecting.moulds import Use, mould_of
from baocao_web.collecting.states import State
from baocao_web.pages import number
from baocao_web.people.roles import Action


@require_GET
def entry_version(request: HttpRequest, entry: int, version: int) -> HttpResponse:
    """One unit's form as it was handed over in a version, and what was done with just that."""
    sheet = sheet_asked(request, entry, Action.SEE)
    cells = returning.handed_over(entry, version)
    if not cells:
        raise Http404
    words, states = replace(sheet, cells=cells, state=State.SUBMITTED, returned=None).told()
    computed = checks_of(sheet.kept).look(cells, sheet.beside, changed=()).computed
    words |= {cell: number(value) for cell, value in computed.items()}
    table = mould_of(sheet.kept, Use.READ).filled(words, states)
    events = [one for one in histories.of_entry(entry, sheet.kept.layout) if one.version == version]
    return render(
        request,
        "collecting/version.html",
        {"sheet": sheet, "version": version, "table": table, "events": events, "is_version": True},
    )
