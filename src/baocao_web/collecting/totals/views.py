"""What all make together, whence each cell of it comes, and what became of one unit's form and cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from baocao.model.text import Problem, Text
from baocao_web.collecting import histories, remarking
from baocao_web.collecting.asked import round_asked, sheet_asked
from baocao_web.collecting.layout import Row, cell_key
from baocao_web.collecting.permits import permit
from baocao_web.collecting.remarking import Said
from baocao_web.collecting.sheets import words_of
from baocao_web.collecting.totals import gathering
from baocao_web.collecting.totals.consolidating import Consolidated, Standing, cells_counted, consolidate
from baocao_web.collecting.typing import cells_of
from baocao_web.pages import number
from baocao_web.people.policies import may
from baocao_web.people.roles import Action

_NAMED = 2  # units that a total names where they are more than one more


class Made(NamedTuple):
    """One cell of a consolidated form: what it makes, the units that it lacks and how many more, what is doubted."""

    cell: str
    words: str
    missing: list[str]
    more: int
    doubts: list[Text]
    is_unlike: bool


@require_GET
def total(request: HttpRequest, round_id: int) -> HttpResponse:
    """What the units of a round make together; ``?approved=1`` hides what is not approved."""
    kept = round_asked(request, round_id, Action.SEE)
    found = consolidate(round_id, is_approved_only=request.GET.get("approved") == "1")
    rows = list(_rows(found, found.doubts()))
    lacking = gathering.lacking_below(round_id)
    may_chase = may(request.user, Action.CHASE, kept.owner, kept.sector or None)
    given = {"kept": kept, "found": found, "rows": rows, "lacking": lacking, "may_chase": may_chase}
    return render(request, "collecting/total.html", given)


def _rows(found: Consolidated, doubts: Mapping[str, list[Text]]) -> Iterator[tuple[Row, list[Made]]]:
    """The rows of a consolidated form with the cells of its typed columns."""
    columns = [column for column in found.kept.layout.columns if column.is_entry]
    for row in found.kept.layout.rows:
        cells = []
        for column in () if row.is_heading else columns:
            key = cell_key(row, column)
            made = found.sums.get(key)
            missing = [one.unit for one in found.missing(key)] if made else []
            named = missing if len(missing) <= _NAMED + 1 else missing[:_NAMED]
            words = number(made.value) if made and made.value is not None else "–"
            is_unlike = made is not None and made.is_unlike
            cells.append(Made(key, words, named, len(missing) - len(named), doubts.get(key, []), is_unlike))
        yield row, cells


class Part(NamedTuple):
    """What one unit told of a consolidated cell; ``lacks`` are units below it that its figure leaves out."""

    standing: Standing
    words: str
    is_counted: bool
    lacks: list[str]
    below: int | None


@require_GET
def parts(request: HttpRequest, round_id: int, cell: str) -> HttpResponse:
    """Whence a consolidated cell comes: what each unit told, and who told nothing."""
    kept = round_asked(request, round_id, Action.SEE)
    if cell not in kept.layout.entries:
        raise Http404
    row, column = kept.layout.entries[cell]
    found = consolidate(round_id, is_approved_only=request.GET.get("approved") == "1")
    lines = list(_parts(found, cell))
    given = {"kept": kept, "row": row, "column": column, "lines": lines, "cell": cell, "found": found}
    return render(request, "collecting/parts.html", given)


def _parts(found: Consolidated, cell: str) -> Iterator[Part]:
    """What each unit told of a cell; all are asked at once."""
    counted = [one for one in found.standings if one.is_counted]
    told = {entry: cells_of(cells).get(cell) for entry, _, cells in cells_counted(counted)}
    below = gathering.below_of(told)
    for standing in found.standings:
        kept, took = told.get(standing.entry), below.get(standing.entry, gathering.NOTHING)
        taken = gathering.taken_of(took).get(cell) if kept else None
        is_taken = taken is not None and kept is not None and taken[0] == kept.value
        lacks = list(taken[1]) if taken is not None and is_taken else []
        round_id = gathering.round_of(took) if is_taken else None
        yield Part(standing, words_of(kept) if kept else "", found.counts(standing), lacks, round_id)


@require_http_methods(["GET", "POST"])
def cell(request: HttpRequest, entry: int, cell: str) -> HttpResponse:
    """The history of one cell, and what is said of it."""
    sheet = sheet_asked(request, entry, Action.SEE)
    if cell not in sheet.kept.layout.entries:
        raise Http404
    problem: Text | None = None
    if request.method == "POST":
        try:
            words, is_settling = request.POST.get("text", ""), request.POST.get("settled") == "1"
            said = Said(entry, request.user.get_username(), cell, words, is_settling)
            remarking.remark(said, permit(request.user, Action.COMMENT))
            return redirect("entry_cell", entry, cell)
        except Problem as refused:
            problem = refused.text
    row, column = sheet.kept.layout.entries[cell]
    given = {"sheet": sheet, "row": row, "column": column, "cell": cell, "problem": problem}
    given["typed"] = request.POST.get("text", "")
    may_comment = may(request.user, Action.COMMENT, sheet.unit, sheet.kept.sector or None)
    events, taken = histories.of_cell(entry, cell), gathering.taken_of(sheet.below).get(cell)
    below = {"taken": taken, "below": gathering.round_of(sheet.below)}
    given |= {**below, "events": events, "may_comment": may_comment}
    return render(request, "collecting/cell.html", given, status=409 if problem else 200)


@require_GET
def entry_history(request: HttpRequest, entry: int) -> HttpResponse:
    """All that happened to one unit's form."""
    sheet = sheet_asked(request, entry, Action.SEE)
    events = histories.of_entry(entry, sheet.kept.layout)
    return render(request, "collecting/history.html", {"sheet": sheet, "events": events})
