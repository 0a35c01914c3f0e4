"""Remarks on cells, written and read on the page of a form; and what is new on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_http_methods

from baocao_web.collecting import news as newness
from baocao_web.collecting import remarking
from baocao_web.collecting.calls import body, name_of, text_of, told
from baocao_web.collecting.forms_kept import form_of
from baocao_web.collecting.news import Seen, Watched
from baocao_web.collecting.permits import permit
from baocao_web.collecting.remarking import Remark, Said
from baocao_web.collecting.sheets import words_of
from baocao_web.collecting.states import State
from baocao_web.pages import moment, said
from baocao_web.people.policies import demand
from baocao_web.people.roles import Action


@require_GET
def news(request: HttpRequest, entry: int) -> HttpResponse:
    """What became of a form since it was seen so; nothing, with status 204, where nothing did."""
    found = _watched(request, entry)
    seen = _seen(request, found)
    if found.seen == seen:
        return HttpResponse(status=204)
    new = newness.since(entry, seen)
    state = State(new.seen.state)
    return JsonResponse(
        {
            "version": new.seen.version,
            "remarked": new.seen.remarked,
            "state": state.value,
            "step": new.seen.step,
            "state_name": said(state.name_of),
            "cells": {cell: words_of(kept) for cell, kept in new.cells.items()},
            "remarks": [_told(one) for one in new.remarks],
            "threads": new.threads,
        }
    )


@require_http_methods(["GET", "POST"])
@told
def remarks(request: HttpRequest, entry: int) -> JsonResponse:
    """What was said of one cell; a post says something more."""
    if request.method == "POST":
        return _remarked(request, entry)
    _watched(request, entry)
    return JsonResponse({"remarks": _all(remarking.remarks(entry, cell=request.GET.get("cell", "")))})


def _remarked(request: HttpRequest, entry: int) -> JsonResponse:
    given = body(request)
    by, is_settling = request.user.get_username(), given.get("settled") is True
    meant = Said(entry, by, text_of(given, "cell"), text_of(given, "text"), is_settling, name_of(given))
    place = remarking.remark(meant, permit(request.user, Action.COMMENT))
    return JsonResponse({"place": place})


def _watched(request: HttpRequest, entry: int) -> Watched:
    found = newness.watched(entry)
    if found is None:
        raise Http404
    demand(request.user, Action.SEE, found.unit, form_of(found.round).sector or None)
    return found


def _seen(request: HttpRequest, now: Watched) -> Seen:
    """What the page shows, as it says; where it says nothing sound, what stands there, so that nothing is new."""
    asked = request.GET
    version, remarked = _count(asked.get("version"), now.seen.version), _count(asked.get("remarked"), now.seen.remarked)
    state, step = asked.get("state", now.seen.state), _count(asked.get("step"), now.seen.step)
    return Seen(version, remarked, state, step)


def _count(seen: str | None, otherwise: int) -> int:
    return int(seen) if seen is not None and seen.isascii() and seen.isdigit() and len(seen) < 10 else otherwise


def _all(found: Iterable[Remark]) -> list[dict[str, Any]]:
    return [_told(one) for one in found]


def _told(one: Remark) -> dict[str, Any]:
    return {
        "place": one.place,
        "cell": one.cell,
        "at": moment(one.at),
        "by": one.by,
        "text": one.text,
        "settled": one.is_settling,
    }
