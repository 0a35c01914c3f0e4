"""The pages of those who collect: forms, rounds, and who owes what in them."""

from __future__ import annotations

from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from baocao.model.org_unit import Level
from baocao.model.period import Period
from baocao.model.text import Problem, Text
from baocao.reference import indicators as reference
from baocao_web.collecting import deciding
from baocao_web.collecting.asked import round_asked
from baocao_web.collecting.forms_kept import know
from baocao_web.collecting.hands import Turn, barred
from baocao_web.collecting.layout import cell_key, read
from baocao_web.collecting.models import Form, Round
from baocao_web.collecting.permits import is_turn
from baocao_web.collecting.rounds import days, designing, opening, punctuality
from baocao_web.collecting.states import State
from baocao_web.people.policies import demand, may, units_for
from baocao_web.people.roles import NAMES, Action, Role
from baocao_web.places import office
from baocao_web.places.days import read_day
from baocao_web.places.periods import period_asked

_PAGE, _LAST = 40, 1_000_000  # rounds of a page; further back nobody looks
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
    listed, older = _listed(request, owners)
    know(listed)
    counts = punctuality.counts_of_all([one.pk for one in listed])
    known = [form for form in Form.objects.order_by("code", "-version") if form.owner in owners]
    given = {
        "rounds": [(one, counts[one.pk]) for one in listed],
        "older": older,
        "forms": known,
        "problem": problem,
        "kinds": punctuality.Punctuality,
        "typed": request.POST,
        "steps": [(role, NAMES[role], role in opening.USUAL_STEPS) for role in opening.DECIDING],
    }
    return render(request, "collecting/rounds.html", given, status=409 if problem else 200)


def _listed(request: HttpRequest, owners: tuple[str, ...]) -> tuple[list[Round], int | None]:
    """A page of the rounds that somebody collects in, the last due first; and where the next page begins."""
    levels = {office.unit(owner).level for owner in owners if office.is_known(owner)}
    collecting = [
        owner
        for owner in Round.objects.order_by().values_list("owner", flat=True).distinct()
        if may(request.user, Action.CHASE, owner) and _is_own(owner, owners, levels)
    ]
    begin = min(_number(request.GET.get("from", "")) or 0, _LAST)
    rounds = Round.objects.filter(owner__in=collecting).select_related("form").order_by("-due_on", "form__code", "-pk")
    found = list(rounds[begin : begin + _PAGE + 1])
    return found[:_PAGE], begin + _PAGE if len(found) > _PAGE else None


def _is_own(owner: str, owners: tuple[str, ...], levels: set[Level]) -> bool:
    """Whether a round is of the units themselves or of what they were before, not of units below them."""
    return owner in owners or (office.is_known(owner) and office.unit(owner).level in levels)


def _opened(request: HttpRequest) -> int:
    """Open the round that was asked for. Raises ``Problem``."""
    form = Form.objects.filter(pk=_number(request.POST.get("form", ""))).first()
    if form is None:
        raise Http404
    demand(request.user, Action.OPEN, form.owner, form.sector or None)
    period = period_asked(request.POST.get("period", ""))
    title = request.POST.get("title", "").strip()[:300]
    wanted = opening.Wanted(form, form.owner, period, _days(request, period), title, steps=_steps(request))
    return int(opening.open_round(wanted, request.user.get_username()).pk)


def _steps(request: HttpRequest) -> list[Role]:
    """The roles that pass an entry on, in their order; the usual ones where none is named."""
    chosen = set(request.POST.getlist("step"))
    return [role for role in opening.DECIDING if role.value in chosen] or list(opening.USUAL_STEPS)


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
            return redirect("form", _designed(request, owners[0]))
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


def _designed(request: HttpRequest, owner: str) -> int:
    """Make the form that was asked for, by one who may in its sector. Raises ``Problem``."""
    wanted = _wanted(request, owner)
    demand(request.user, Action.DESIGN, owner, wanted.sector or None)
    return int(designing.make(wanted, owner, request.user.get_username()).pk)


def _wanted(request: HttpRequest, owner: str) -> designing.Wanted:
    below = opening.reporting_to(owner, office.today()) if request.POST.get("lines") == "units" else ()
    chosen = set(request.POST.getlist("column"))
    return designing.Wanted(
        code=request.POST.get("code", ""),
        title=request.POST.get("title", ""),
        title_en=request.POST.get("title_en", ""),
        issued_with=request.POST.get("issued_with", ""),
        sector=request.POST.get("sector", ""),
        units=below,
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
    """Who owes what in one round, and which forms wait for the one who asks."""
    kept = round_asked(request, round_id, Action.CHASE)
    owed = punctuality.of_round(round_id)
    turns = [
        Turn(one.entry, one.unit, kept, one.step)
        for one in owed
        if one.state is State.SUBMITTED and _decides(request.user, one)
    ]
    own = barred(request.user, turns)
    his = [turn.entry for turn in turns if turn.entry not in own]
    given = {
        "kept": kept,
        "owed": owed,
        "counts": punctuality.counted(owed),
        "kinds": punctuality.Punctuality,
        "ready": deciding.ready(his),
        "reasons": days.reasons_of(one.entry for one in owed if one.extended_to),
        "may_extend": may(request.user, Action.EXTEND, kept.owner, kept.sector or None),
        "may_open": may(request.user, Action.OPEN, kept.owner, kept.sector or None),
        "is_clean_picked": request.GET.get("pick") == "clean",
        "request_name": uuid4().hex,
        "today": office.today(),
    }
    return render(request, "collecting/board.html", given)


def _decides(user: object, one: punctuality.Owed) -> bool:
    sector = one.kept.sector or None
    return is_turn(user, one.unit, one.kept, one.step) and may(user, Action.APPROVE, one.unit, sector)


def _number(seen: str) -> int | None:
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 16 else None
