"""The pages of forms: what waits for somebody, a form to fill in or to decide on, and the rules that judge it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from baocao.model.text import Text
from baocao_web.collecting import deciding, returning, sheets, waiting
from baocao_web.collecting.checking import Checks, Found
from baocao_web.collecting.grids import checks_of, grid_of, rules_of
from baocao_web.collecting.layout import Column, Row, cell_key, read
from baocao_web.collecting.models import Form
from baocao_web.collecting.moulds import Use, mould_of
from baocao_web.collecting.passing_on import MENDING
from baocao_web.collecting.permits import acts_of
from baocao_web.collecting.returning import Mended
from baocao_web.collecting.sheets import Sheet, words_of
from baocao_web.collecting.totals import gathering
from baocao_web.collecting.waiting import Wait
from baocao_web.pages import number
from baocao_web.people.names import names_of
from baocao_web.people.policies import may
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.places.calendar import closing, working_day


@require_GET
def entries(request: HttpRequest) -> HttpResponse:
    """The forms that wait for the one who asks, those that he decides on by themselves."""
    found = waiting.for_user(request.user)
    given = {
        "found": {wait: [one for one in found if one.wait is wait] for wait in Wait},
        "waits": Wait,
        "ready": deciding.ready(one.id for one in found if one.wait is Wait.DECIDE),
        "is_clean_picked": request.GET.get("pick") == "clean",
        "request_name": uuid4().hex,
    }
    return render(request, "collecting/entries.html", given)


@require_GET
def entry(request: HttpRequest, entry: int) -> HttpResponse:
    """One form as it stands."""
    sheet = sheets.sheet_of(entry)
    if sheet is None:
        raise Http404
    if not may(request.user, Action.SEE, sheet.unit, sheet.kept.sector or None):
        raise PermissionDenied
    acts = acts_of(request.user, sheet)
    words, states = sheet.told()
    doubts = []
    if acts.use is not Use.ENTER:  # who types sees it worked out as he types
        found = checks_of(sheet.kept).look(sheet.cells, sheet.beside)
        words |= {cell: number(value) for cell, value in found.computed.items()}
        doubts = list(_doubted(sheet, found))
        words |= {cell: f"<mark>{words[cell]}</mark>" for cell in found.doubts if words.get(cell)}
    table = mould_of(sheet.kept, acts.use).filled(words, states)
    given = {"sheet": sheet, "table": table, "acts": acts, "grid": grid_of(request, sheet, acts), "doubts": doubts}
    returned_by = names_of([sheet.returned.by]).get(sheet.returned.by, sheet.returned.by) if sheet.returned else ""
    more = {"mended": _mended(sheet), "returned_by": returned_by, "words": words_of}
    more["closes_on"] = closing(sheet.kept.period)
    more["mend_by"] = working_day(office.today(), MENDING)
    return render(request, "collecting/entry.html", {**given, **more, "has_below": gathering.has_below(sheet)})


def _doubted(sheet: Sheet, found: Found) -> Iterator[tuple[Row, Text]]:
    """What the rules doubt, in the order of the form."""
    for row, column in sheet.kept.layout.figures():
        for text in found.doubts.get(cell_key(row, column), ()):
            yield row, text


def _mended(sheet: Sheet) -> list[tuple[Row, Column, Mended]]:
    """The cells of the last return with what became of them; none where nothing was returned."""
    if sheet.returned is None:
        return []
    entries = sheet.kept.layout.entries
    return [
        (*entries[one.cell], one) for one in returning.mended(sheet.id, sheet.returned, sheet.cells, tuple(entries))
    ]


@require_GET
def rules(request: HttpRequest, form: int) -> HttpResponse:
    """The rules of a form and the words to tell them by; they hold no figure, and never change."""
    found = Form.objects.filter(pk=form).first()
    if found is None:
        raise Http404
    answer = HttpResponse(rules_of(form, Checks(read(found.layout))), content_type="application/json")
    answer["Cache-Control"] = "private, max-age=604800, immutable"
    return answer
