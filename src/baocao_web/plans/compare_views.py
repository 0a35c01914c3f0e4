"""The page on which a plan is set against another, and its files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from baocao.ledger.grid import Grid
from baocao.model.text import Language
from baocao.showing.grid_files import csv_bytes, xlsx_bytes
from baocao_web.plans import comparing, planning, sides
from baocao_web.plans.asking import plainly, unit_asked, year_asked

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@plainly
def compare(request: HttpRequest) -> HttpResponse:
    """Two plans beside each other: differences, percentages, what lacks; also as CSV and as a workbook."""
    unit, year = unit_asked(request), year_asked(request)
    may_see_drafts = planning.may_read(request.user, unit)
    known = sides.choices(unit)
    if may_see_drafts:
        known |= sides.drafted(unit)
    keys = _keys(request, list(known), year)
    days = [request.GET.get(name, "").strip() for name in ("left_on", "right_on")]
    found, rows = [], []
    if all(keys):
        both = zip(keys, days, strict=True)
        found = [sides.side(unit, key, on, may_see_drafts=may_see_drafts) for key, on in both]
        rows = comparing.compared(*found)
    kind = request.GET.get("format", "")
    if rows and kind in ("csv", "xlsx"):
        return _file(comparing.grid(found[0], found[1], rows), kind)
    given = {
        "unit": unit,
        "year": year,
        "known": known,
        "keys": keys,
        "days": days,
        "decided": [sides.decided_on(unit, key) if key else [] for key in keys],
        "adjusted": sides.adjusted(unit, keys[0]) if keys[0] else [],
        "sides": found,
        "rows": rows,
        "counts": comparing.counted(rows),
        "address": request.GET.urlencode(),
    }
    return render(request, "plans/compare.html", given)


def _keys(request: HttpRequest, known: list[str], year: int) -> list[str]:
    """The two sides named; else two authorities of the year, else this year and the one before."""
    named = [request.GET.get(name, "") for name in ("left", "right")]
    if all(named):
        return named
    of_year = [key for key in known if key.startswith(f"{year}|")]
    rest = [key for key in known if key not in of_year]
    found = [*of_year[:2], *rest][:2]
    return [named[at] or (found[at] if at < len(found) else "") for at in range(2)]


def _file(grid: Grid, kind: str) -> HttpResponse:
    language: Language = "en" if translation.get_language() == "en" else "vi"
    made = csv_bytes(grid, language, is_for_people=True) if kind == "csv" else xlsx_bytes(grid, language)
    answer = HttpResponse(made, content_type=_XLSX if kind == "xlsx" else "text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="so-sanh-ke-hoach.{kind}"'
    return answer
