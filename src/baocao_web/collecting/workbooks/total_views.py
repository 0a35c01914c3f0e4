"""The consolidated form to take away: a workbook whose totals work themselves out, or CSV."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from baocao_web.collecting.asked import round_asked
from baocao_web.collecting.totals.consolidating import consolidate
from baocao_web.collecting.workbooks import totals
from baocao_web.collecting.workbooks.book import name_of
from baocao_web.collecting.workbooks.views import WORKBOOK, attachment
from baocao_web.people.roles import Action

_CSV = "text/csv; charset=utf-8"


@require_GET
def total_file(request: HttpRequest, round_id: int, kind: str) -> HttpResponse:
    """A round added up, as a file; with ``?approved=1`` of approved figures alone."""
    kept = round_asked(request, round_id, Action.SEE)
    found = consolidate(round_id, is_approved_only=request.GET.get("approved") == "1")
    name = name_of(f"tong-hop-{kept.code}-{kept.period.code}")
    if kind == "xlsx":
        return attachment(totals.workbook(found), WORKBOOK, f"{name}.xlsx")
    if kind == "csv":
        return attachment(totals.csv_bytes(found), _CSV, f"{name}.csv")
    raise Http404
