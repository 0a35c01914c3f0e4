"""The pages of plans for the year to come: the drafts of a unit, one of them line by line, its way into a decision."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from baocao.model.indicator import Indicator
from baocao.model.text import Problem, Text
from baocao_web.people.policies import may
from baocao_web.people.roles import Action
from baocao_web.plans import annex_sums, finding, outlook, overview, planning, subjects
from baocao_web.plans.annex_columns import Asked
from baocao_web.plans.asking import named, plainly, unit_asked, whole, year_asked
from baocao_web.plans.assigning import NotAssigned, measure
from baocao_web.plans.draft_lines import digest_of, grouped, looked_ahead, rule_of, shown, targets
from baocao_web.plans.growing import Rule
from baocao_web.plans.models import Draft
from baocao_web.plans.sides import decision_of_draft

_LISTED: Final = 50
_NEW: Final = "new"  # the key under which an indicator is looked for that is to be added


@require_http_methods(["GET", "POST"])
def drafts(request: HttpRequest) -> HttpResponse:
    """The drafts of a unit for a year, and the way to make one."""
    unit = unit_asked(request)
    if not planning.may_read(request.user, unit):
        raise PermissionDenied
    year = year_asked(request)
    problem: Text | None = None
    if request.method == "POST":
        title, authority = request.POST.get("title", ""), request.POST.get("authority", "")
        try:
            seen = request.POST.get("request", "")
            call = named(seen) if seen else None
            return redirect("plan_draft", planning.make(unit, year, title, authority, request.user, call).pk)
        except Problem as refused:
            problem = refused.text
    given = {
        "unit": unit,
        "year": year,
        "found": Draft.objects.filter(unit=unit, year=year).order_by("-pk")[:_LISTED],
        "authorities": list(dict.fromkeys(one.address.authority for one in overview.held(unit, year - 1))),
        "may_assign": may(request.user, Action.ASSIGN, unit),
        "problem": problem,
        "typed": request.POST,
        "request_name": uuid.uuid4().hex,
    }
    return render(request, "plans/drafts.html", given, status=409 if problem else 200)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """One draft, line by line; changed lines come back here."""
    planning.draft_for(request.user, pk)
    if request.method == "GET":
        return _page(request, pk)
    searched: Sequence[Indicator] | None = None
    try:
        edits, searched = _edits(request)
        planning.edit(pk, edits, request.user)
        if searched is None:
            return redirect("plan_draft", pk)
    except planning.NotSaved as refused:
        return _page(request, pk, refused.text, refused.faults, searched)
    except Problem as refused:
        return _page(request, pk, refused.text, {}, searched)
    return _page(request, pk, None, {}, searched)


@require_POST
@plainly
def draft_rules(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the rules of the groups."""
    planning.draft_for(request.user, pk)
    by_group = {
        name[5:]: (rule, request.POST.get(f"much:{name[5:]}", ""))
        for name, rule in request.POST.items()
        if name.startswith("rule:") and rule
    }
    rules = planning.Rules(whole(request.POST.get("version", "")), by_group, request.POST.get("until", ""))
    planning.set_rules(pk, rules, request.user)
    return redirect("plan_draft", pk)


@require_POST
def draft_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision is signed: the draft becomes targets."""
    found = planning.draft_for(request.user, pk)
    typed = {name: request.POST.get(name, "") for name in ("authority", "decision", "holds_from", "digest")}
    signed = planning.Signed(**typed, request=named(request.POST.get("request", "")))
    try:
        planning.assign(pk, signed, request.user)
    except NotAssigned as refused:
        return _page(request, pk, refused.text, refused.faults)
    except Problem as refused:
        return _page(request, pk, refused.text)
    return redirect(f"{reverse('plan')}?unit={found.unit}&year={found.year}")


@require_POST
def draft_named(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name for the draft."""
    planning.draft_for(request.user, pk)
    try:
        planning.rename(pk, whole(request.POST.get("version", "")), request.POST.get("title", ""), request.user)
    except Problem as refused:
        return _page(request, pk, refused.text)
    return redirect("plan_draft", pk)


@require_POST
def draft_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft is taken away, for a reason."""
    planning.draft_for(request.user, pk)
    try:
        gone = planning.delete(pk, request.POST.get("why", ""), request.user)
    except Problem as refused:
        return _page(request, pk, refused.text)
    return redirect(f"{reverse('plan_drafts')}?unit={gone.unit}&year={gone.year}")


def _edits(request: HttpRequest) -> tuple[planning.Edits, Sequence[Indicator] | None]:
    """The lines as they were left, and what a search for one more indicator found where it found no single one."""
    lines = {}
    for name, version in request.POST.items():
        if name.startswith("v:"):
            key = name[2:]
            rule = request.POST.get(f"rule:{key}", "").strip()[:20]
            amount = request.POST.get(f"much:{key}", "").strip()[:40] if _has_amount(rule) else ""
            typed = " ".join(request.POST.get(f"typed:{key}", "").split())[:120]
            lines[key] = planning.Edit(whole(version), rule, amount, typed)
    picked = request.POST.get(f"pick:{_NEW}", "")
    added = (picked,) if picked else ()
    searched: Sequence[Indicator] | None = None
    words = request.POST.get(f"find:{_NEW}", "").strip()
    if words and not picked:
        searched = finding.found(words)
        if len(searched) == 1:
            added, searched = (searched[0].code,), None
    return planning.Edits(lines, added, tuple(request.POST.getlist("drop"))), searched


def _has_amount(rule: str) -> bool:
    return any(one.value == rule and one.has_amount for one in Rule)


def _page(
    request: HttpRequest,
    pk: int,
    problem: Text | None = None,
    faults: dict[str, Text] | None = None,
    searched: Sequence[Indicator] | None = None,
) -> HttpResponse:
    found = planning.draft_for(request.user, pk)
    ahead = looked_ahead(found, list(found.lines.all()))
    lines = shown(found, ahead)
    drafted = targets(found, lines, decision_of_draft(found))
    asked = Asked(found.unit, found.year, found.authority, decision_of_draft(found), decision_of_draft(found).issued_on)
    given = {
        "draft": found,
        "groups": grouped(found, lines),
        "rest": rule_of(found, ""),
        "own_rules": found.rules,
        "ahead": ahead,
        "months": outlook.months(found.year - 1),
        "lacking": sum(line.words is None for line in lines),
        "count": len(lines),
        "remarks": annex_sums.remarks(drafted, asked) if drafted and found.assigned_at is None else [],
        "may_edit": may(request.user, Action.ASSIGN, found.unit) and found.assigned_at is None,
        "rules": list(Rule),
        "digest": digest_of(lines),
        "request_name": uuid.uuid4().hex,
        "problem": problem,
        "faults": faults or {},
        "typed": request.POST,
        "candidates": searched or (),
        "is_searched": searched is not None,
        "key": _NEW,
        "measure": measure,
        "parts_of": subjects.parts_of,
    }
    return render(request, "plans/draft.html", given, status=409 if problem else 200)
