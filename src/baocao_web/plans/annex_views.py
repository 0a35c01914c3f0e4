"""The pages of an annex: brought in, what was understood cell by cell, corrected, recorded."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baocao.figures.intake_heads import text_of
from baocao.model.indicator import Indicator
from baocao.model.sheet import Sheet, column_letters
from baocao.model.text import Problem, Text
from baocao_web.pages import said, unit_name
from baocao_web.people.policies import demand, units_for
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.plans import bringing_in, finding, overview, subjects
from baocao_web.plans.annex_sheets import Corrections, Spot
from baocao_web.plans.asking import below, named, unit_asked, whole, year_asked
from baocao_web.plans.assigning import measure
from baocao_web.plans.models import Annex
from baocao_web.plans.understanding import Fault, Line, State, Understood, What

_LISTED: Final = 30
_PREVIEW: Final = 12
_SHOWN: Final = 60  # signs of a cell


@dataclass(frozen=True, slots=True)
class Shown:
    """One fault as the page shows it: what it may be mended with."""

    fault: Fault
    candidates: Sequence[Indicator]
    caption: str  # the key of the caption over the column that is not understood
    searched: str  # what was looked for by hand
    measure: str  # the key of the cell with the row's unit of measure


@dataclass(frozen=True, slots=True)
class Group:
    """The targets of one row of the file."""

    words: str
    key: str
    lines: tuple[Line, ...]


@require_http_methods(["GET", "POST"])
def annexes(request: HttpRequest) -> HttpResponse:
    """A decision with its annex is brought in; those that were brought in before."""
    unit, year = unit_asked(request), year_asked(request)
    demand(request.user, Action.ASSIGN, unit)
    problem: Text | None = None
    if request.method == "POST":
        typed = (request.POST.get(name, "") for name in ("authority", "decision", "holds_from"))
        try:
            given = bringing_in.Given(unit, year, *typed)
            return redirect("plan_annex", bringing_in.bring_in(given, request.FILES.get("file"), request.user).pk)
        except Problem as refused:
            problem = refused.text
    given_before = Annex.objects.defer("content", "sheets").filter(unit=unit, year=year).order_by("-pk")[:_LISTED]
    told = {"unit": unit, "year": year, "problem": problem, "typed": request.POST, "before": given_before}
    told |= {"suffixes": ",".join(bringing_in.SUFFIXES), "authorities": overview.authorities(unit)}
    return render(request, "plans/annexes.html", told, status=409 if problem else 200)


@require_http_methods(["GET", "POST"])
def annex(request: HttpRequest, pk: int) -> HttpResponse:
    """What was understood, cell by cell; corrections come back here."""
    found = bringing_in.annex_for(request.user, pk)
    problem: Text | None = None
    searched: dict[str, Sequence[Indicator]] = {}
    if request.method == "POST":
        change, searched = _change(request)
        if request.POST.get("leave_all"):
            left = [*change.left, *_all_left(bringing_in.looked_at(found))]
            change = bringing_in.Change(change.version, change.cells, left, change.undone)
        try:
            bringing_in.correct(pk, change, request.user)
            if not searched:
                return redirect(f"{reverse('plan_annex', args=[pk])}#faults")
            found = bringing_in.annex_for(request.user, pk)
        except Problem as refused:
            problem = refused.text
    return _page(request, found, problem, searched)


@require_POST
def annex_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Record all that was understood."""
    found = bringing_in.annex_for(request.user, pk)
    seen = request.POST.get("sums") == "seen"
    digest, request_name = request.POST.get("digest", ""), named(request.POST.get("request", ""))
    asked = bringing_in.Taking(whole(request.POST.get("version", "")), digest, request_name, seen)
    try:
        bringing_in.take(pk, asked, request.user)
    except Problem as refused:
        return _page(request, bringing_in.annex_for(request.user, pk), refused.text, {})
    return redirect(f"{reverse('plan')}?unit={found.unit}&year={found.year}")


@require_GET
def annex_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was brought in."""
    found = Annex.objects.get(pk=bringing_in.annex_for(request.user, pk).pk)
    answer = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    suffix = found.name.rpartition(".")[2] if found.name.rpartition(".")[2].isalnum() else "bin"
    answer.headers["Content-Disposition"] = f'attachment; filename="phu-luc-{found.pk}.{suffix}"'
    return answer


@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    """Indicators found by words, to choose one of them for a cell."""
    if not any(units_for(request.user, Action.ASSIGN)):
        demand(request.user, Action.ASSIGN, "")
    name = next((one for one in request.GET if one.startswith("find:")), "")
    if not name:
        raise Http404
    given = {"key": name[5:], "candidates": finding.found(request.GET[name]), "measure": measure, "is_searched": True}
    given["parts_of"] = subjects.parts_of
    return render(request, "plans/candidates.html", given)


def _page(
    request: HttpRequest, found: Annex, problem: Text | None, searched: dict[str, Sequence[Indicator]]
) -> HttpResponse:
    read = bringing_in.looked_at(found)
    sheets = bringing_in.sheets_of(found)
    typed = {name[5:]: words for name, words in request.POST.items() if name.startswith("find:")}
    given = {
        "annex": found,
        "read": read,
        "faults": list(_faults(read, sheets, searched, typed)),
        "groups": list(_groups(read)),
        "corrections": _corrections(found, sheets),
        "left": _left(found, sheets),
        "heading_row": _heading_row(request, sheets),
        "previews": list(_previews(read, sheets)),
        "remarks": bringing_in.remarks_on(found, read),
        "hidden": [Text(**one) for one in found.hidden],
        "units": [found.unit, *below(found.unit)],
        "searched": searched,
        "measure": measure,
        "indicator_name": lambda code: said(office.catalogue()[code].name),
        "part_name": subjects.part_name,
        "parts_of": subjects.parts_of,
        "State": State,
        "What": What,
        "problem": problem,
        "request_name": uuid.uuid4().hex,
    }
    return render(request, "plans/annex.html", given, status=409 if problem else 200)


def _change(request: HttpRequest) -> tuple[bringing_in.Change, dict[str, Sequence[Indicator]]]:
    """What a page sends back: corrections, and searches that found more or fewer than one indicator."""
    cells: dict[str, str] = {}
    searched: dict[str, Sequence[Indicator]] = {}
    for name, words in request.POST.items():
        kind, _, key = name.partition(":")
        if kind in ("fix", "pick") and words.strip():
            cells[key] = words.strip()
        elif kind == "find" and words.strip() and not request.POST.get(f"pick:{key}"):
            hits = finding.found(words)
            if len(hits) == 1:
                cells[key] = hits[0].code
            else:
                searched[key] = hits
    cells |= dict.fromkeys(request.POST.getlist("clear"), "")
    version = whole(request.POST.get("version", ""))
    lists = (request.POST.getlist("leave"), request.POST.getlist("undo"))
    return bringing_in.Change(version, cells, *lists), searched


def _all_left(read: Understood) -> list[str]:
    """All that is not understood, to be left out: cells, rows where these are no columns of figures, and sheets."""
    has_columns = {one.at.sheet for one in read.columns}
    keys = []
    for fault in read.faults:
        at = fault.at
        if fault.what is What.HEADING:
            keys.append(Spot(at.sheet).key)
        elif fault.what is What.CELL and at.column >= 0 and at.sheet in has_columns:
            keys.append(at.key)
        else:
            keys.append(Spot(at.sheet, at.row).key)
    return list(dict.fromkeys(keys))


def _faults(
    read: Understood, sheets: Sequence[Sheet], searched: dict[str, Sequence[Indicator]], typed: dict[str, str]
) -> Iterator[Shown]:
    """The faults, a caption that spans many columns told once."""
    told: set[str] = set()
    for fault in read.faults:
        caption = _caption(fault, sheets)
        if caption and caption in told:
            continue
        told.add(caption)
        key = fault.at.key
        is_indicator = fault.what is What.INDICATOR
        candidates = searched[key] if key in searched else _alike(fault) if is_indicator else ()
        yield Shown(fault, candidates, caption, typed.get(key, ""), fault.measure_at.key if fault.measure_at else "")


def _alike(fault: Fault) -> list[Indicator]:
    """What a row that is not understood may mean: the indicator above it, whose part it may be, then those alike."""
    above = [office.catalogue()[fault.above]] if fault.above else []
    return [*above, *(one for one in finding.alike(fault.seen) if one.code != fault.above)]


def _caption(fault: Fault, sheets: Sequence[Sheet]) -> str:
    """Where the caption stands that a fault of a heading is about; "" where it is about the heading itself."""
    if fault.what is not What.HEADING or fault.at.column < 0:
        return ""
    for row in sheets[fault.at.sheet].rows:
        if fault.at.row - 3 < row.number < fault.at.row:
            for column, cell in enumerate(row.cells[: fault.at.column + 1]):
                if " ".join(text_of(cell).split()) == fault.seen:
                    return Spot(fault.at.sheet, row.number, column).key
    return ""


def _groups(read: Understood) -> Iterator[Group]:
    rows: dict[tuple[int, int], list[Line]] = {}
    for line in read.lines:
        rows.setdefault((line.at.sheet, line.at.row), []).append(line)
    for lines in rows.values():
        first = lines[0]
        yield Group(first.row_words, first.indicator_at.key if first.indicator_at else "", tuple(lines))


def _corrections(found: Annex, sheets: Sequence[Sheet]) -> list[tuple[str, str, str, str]]:
    """What was corrected: key, place, what stood there, what it is read as."""
    cells = Corrections.of(found.corrections).cells
    return [(key, *_told(key, sheets), _named(words)) for key, words in cells.items()]


def _named(words: str) -> str:
    """What a cell is read as: an indicator or a unit by its name."""
    subject = subjects.meant(words)
    return unit_name(words) if isinstance(subject, Text) else said(subject.name)


def _left(found: Annex, sheets: Sequence[Sheet]) -> list[tuple[str, str, str]]:
    """What was left out: key, place, what stands there."""
    return [(key, *_told(key, sheets)) for key in sorted(Corrections.of(found.corrections).left)]


def _told(key: str, sheets: Sequence[Sheet]) -> tuple[str, str]:
    """A place and what stands there in words."""
    parts = [int(part) for part in key.split(":")]
    sheet = sheets[parts[0]]
    name = f"{sheet.name}!" if len(sheets) > 1 else ""
    if len(parts) == 1:
        return sheet.name, ""
    row = next((one for one in sheet.rows if one.number == parts[1]), None)
    cells = row.cells if row else ()
    if len(parts) == 2:
        return f"{name}{parts[1]}", " · ".join(filter(None, map(text_of, cells)))[:_SHOWN]
    seen = text_of(cells[parts[2]]) if parts[2] < len(cells) else ""
    return f"{name}{column_letters(parts[2])}{parts[1]}", seen[:_SHOWN]


def _heading_row(request: HttpRequest, sheets: Sequence[Sheet]) -> list[tuple[str, str, str]]:
    """The cells of a row that somebody says holds the headings: key, letters, words."""
    at, _, number = request.GET.get("heads", "").partition(":")
    sheet, line = whole(at), whole(number)
    if not 0 <= sheet < len(sheets):
        return []
    row = next((one for one in sheets[sheet].rows if one.number == line), None)
    if row is None:
        return []
    return [
        (Spot(sheet, row.number, column).key, column_letters(column), text_of(cell))
        for column, cell in enumerate(row.cells)
        if text_of(cell)
    ]


def _previews(read: Understood, sheets: Sequence[Sheet]) -> Iterator[tuple[int, str, list[tuple[int, list[str]]]]]:
    """The first rows of each sheet without headings, for somebody to say which holds them."""
    for at in dict.fromkeys(one.at.sheet for one in read.faults if one.what is What.HEADING and one.at.column < 0):
        rows = [(row.number, [text_of(cell)[:_SHOWN] for cell in row.cells]) for row in sheets[at].rows[:_PREVIEW]]
        yield at, sheets[at].name, rows
