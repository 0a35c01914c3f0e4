"""The pages of those who collect: forms, rounds, who owes what, what all make together, and whence each cell comes."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baocao.figures.intake_periods import read_period
from baocao.model.period import CutOff, Period
from baocao.model.text import Problem, Text
from baocao.reference import indicators as reference
from baocao_web.collecting import designing, histories, passing_on, punctuality
from baocao_web.collecting import rounds as opening
from baocao_web.collecting.consolidating import Consolidated, consolidate
from baocao_web.collecting.forms_kept import Kept, form_of
from baocao_web.collecting.keeping import NotTaken
from baocao_web.collecting.layout import cell_key, read
from baocao_web.collecting.models import Form, Round
from baocao_web.collecting.permits import permit
from baocao_web.collecting.sheets import sheet_of, words_of
from baocao_web.pages import number, said
from baocao_web.people.policies import demand, may, units_for
from baocao_web.people.roles import Action, Role
from baocao_web.places import office
from baocao_web.places.days import read_day

_FIELDS = ("opens_on", "due_on", "late_on", "locked_on")


@require_http_methods(["GET", "POST"])
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds of the units that somebody collects for, and the way to open one."""
    owners = tuple(units_for(request.user, Action.CHASE))
    if not owners:
        raise PermissionDenied
    problem: Text | None = None
    if request.method == "POST":
        try:
            return redirect("round", _opened(request))
        except Problem as refused:
            problem = refused.text
    found = [
        (one, punctuality.counted(punctuality.of_round(one.pk)))
        for one in Round.objects.select_related("form").order_by("-due_on", "form__code")
        if may(request.user, Action.CHASE, one.owner)
    ]
    known = [form for form in Form.objects.order_by("code", "-version") if form.owner in owners]
    given = {
        "rounds": found,
        "forms": known,
        "problem": problem,
        "kinds": punctuality.Punctuality,
        "typed": request.POST,
    }
    return render(request, "collecting/rounds.html", given, status=409 if problem else 200)


def _opened(request: HttpRequest) -> int:
    """Open the round that was asked for. Raises ``Problem``."""
    form = Form.objects.filter(pk=_number(request.POST.get("form", ""))).first()
    if form is None:
        raise Http404
    demand(request.user, Action.OPEN, form.owner)
    period = read_period(request.POST.get("period", ""), CutOff.CALENDAR)
    if isinstance(period, Text):
        raise Problem(period)
    wanted = opening.Wanted(
        form, form.owner, period, _days(request, period), request.POST.get("title", "").strip()[:300]
    )
    return int(opening.open_round(wanted, request.user.get_username()).pk)


def _days(request: HttpRequest, period: Period) -> opening.Days:
    usual = opening.Days.usual(period)
    told = {name: request.POST.get(name, "").strip() for name in _FIELDS}
    return opening.Days(**{name: read_day(seen) if seen else getattr(usual, name) for name, seen in told.items()})


@require_http_methods(["GET", "POST"])
def forms(request: HttpRequest) -> HttpResponse:
    """All forms, and the way to make one from the catalogue."""
    owners = tuple(units_for(request.user, Action.DESIGN))
    if not owners:
        raise PermissionDenied
    problem: Text | None = None
    if request.method == "POST":
        try:
            return redirect("form", designing.make(_wanted(request), owners[0], request.user.get_username()).pk)
        except Problem as refused:
            problem = refused.text
    listed = office.catalogue()
    sectors = [(code, name, listed.of_sector(code)) for code, name in reference.sectors().items()]
    given = {"forms": Form.objects.filter(owner__in=owners).order_by("code", "-version"), "sectors": sectors}
    chosen = {"chosen": set(request.POST.getlist("indicator")), "typed": request.POST, "problem": problem}
    columns = [(column, column in designing.USUAL) for column in designing.COLUMNS]
    return render(
        request, "collecting/forms.html", given | chosen | {"columns": columns}, status=409 if problem else 200
    )


def _wanted(request: HttpRequest) -> designing.Wanted:
    chosen = set(request.POST.getlist("column"))
    return designing.Wanted(
        code=request.POST.get("code", ""),
        title=request.POST.get("title", ""),
        title_en=request.POST.get("title_en", ""),
        indicators=request.POST.getlist("indicator"),
        parted=frozenset(request.POST.getlist("parted")),
        compulsory=frozenset(request.POST.getlist("compulsory")),
        columns=[column for column in designing.COLUMNS if column.key in chosen] or designing.USUAL,
    )


@require_GET
def form(request: HttpRequest, form: int) -> HttpResponse:
    """One version of a form as it will be printed."""
    found = Form.objects.filter(pk=form).first()
    if found is None:
        raise Http404
    demand(request.user, Action.SEE, found.owner)
    return render(request, "collecting/form.html", {"form": found, "layout": read(found.layout), "key": cell_key})


@require_GET
def board(request: HttpRequest, round_id: int) -> HttpResponse:
    """Who owes what in one round."""
    kept = _round(request, round_id, Action.CHASE)
    owed = punctuality.of_round(round_id)
    given = {"kept": kept, "owed": owed, "counts": punctuality.counted(owed), "kinds": punctuality.Punctuality}
    may_extend = may(request.user, Action.EXTEND, kept.owner)
    return render(request, "collecting/board.html", {**given, "may_extend": may_extend, "roles": Role})


@require_GET
def total(request: HttpRequest, round_id: int) -> HttpResponse:
    """What the units of a round make together."""
    kept = _round(request, round_id, Action.SEE)
    found = consolidate(round_id)
    return render(request, "collecting/total.html", {"kept": kept, "found": found, "rows": list(_rows(found))})


def _rows(found: Consolidated) -> Iterator[tuple[object, list[tuple[str, str, int]]]]:
    """The rows of a consolidated form: of each typed column the cell, its words and how many units lack it."""
    columns = [column for column in found.kept.layout.columns if column.is_entry]
    for row in found.kept.layout.rows:
        cells = []
        for column in () if row.is_heading else columns:
            key = cell_key(row, column)
            made = found.sums.get(key)
            cells.append((key, number(made.value) if made else "–", len(made.missing) if made else 0))
        yield row, cells


@require_GET
def parts(request: HttpRequest, round_id: int, cell: str) -> HttpResponse:
    """Whence a consolidated cell comes: what each unit told, and who told nothing."""
    kept = _round(request, round_id, Action.SEE)
    if cell not in kept.layout.entries:
        raise Http404
    row, column = kept.layout.entries[cell]
    found = consolidate(round_id)
    lines = []
    for standing in found.standings:
        sheet = sheet_of(standing.entry) if standing.is_counted else None
        kept_cell = sheet.cells.get(cell) if sheet else None
        lines.append((standing, words_of(kept_cell) if kept_cell else ""))
    given = {"kept": kept, "row": row, "column": column, "lines": lines, "cell": cell, "found": found}
    return render(request, "collecting/parts.html", given)


@require_http_methods(["GET", "POST"])
def cell(request: HttpRequest, entry: int, cell: str) -> HttpResponse:
    """The history of one cell, and what is said of it."""
    sheet = sheet_of(entry)
    if sheet is None or cell not in sheet.kept.layout.entries:
        raise Http404
    demand(request.user, Action.SEE, sheet.unit, sheet.kept.sector or None)
    problem: Text | None = None
    if request.method == "POST":
        try:
            words, by = request.POST.get("text", ""), request.user.get_username()
            passing_on.comment(entry, by, cell, words, permit(request.user, Action.COMMENT))
            return redirect("entry_cell", entry, cell)
        except NotTaken as refused:
            problem = refused.text
    row, column = sheet.kept.layout.entries[cell]
    given = {"sheet": sheet, "row": row, "column": column, "cell": cell, "problem": problem}
    may_comment = may(request.user, Action.COMMENT, sheet.unit, sheet.kept.sector or None)
    events = histories.of_cell(entry, cell)
    return render(request, "collecting/cell.html", {**given, "events": events, "may_comment": may_comment})


@require_GET
def entry_history(request: HttpRequest, entry: int) -> HttpResponse:
    """All that happened to one unit's form."""
    sheet = sheet_of(entry)
    if sheet is None:
        raise Http404
    demand(request.user, Action.SEE, sheet.unit, sheet.kept.sector or None)
    return render(request, "collecting/history.html", {"sheet": sheet, "events": histories.of_entry(entry)})


@require_POST
def extend(request: HttpRequest, entry: int) -> HttpResponse:
    """Give one unit longer than the others."""
    sheet = sheet_of(entry)
    if sheet is None:
        raise Http404
    try:
        to, reason = read_day(request.POST.get("to", "").strip()), request.POST.get("reason", "")
        passing_on.extend(entry, request.user.get_username(), to, reason, permit(request.user, Action.EXTEND))
    except Problem as refused:
        return render(request, "refused.html", {"words": said(refused.text)}, status=409)
    return redirect("round", sheet.kept.id)


def _round(request: HttpRequest, round_id: int, action: Action) -> Kept:
    try:
        kept = form_of(round_id)
    except Round.DoesNotExist as problem:
        raise Http404 from problem
    demand(request.user, action, kept.owner, kept.sector or None)
    return kept


def _number(seen: str) -> int | None:
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 16 else None
