"""The pages of forms: what waits for somebody, a form to fill in, and what is done with it."""

from __future__ import annotations

import json
from typing import Any, TypeGuard

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from baocao.model.text import Text
from baocao_web.collecting import keeping, passing_on, sheets, waiting
from baocao_web.collecting.checking import Checks
from baocao_web.collecting.grids import grid_of, rules_of
from baocao_web.collecting.keeping import NotTaken, Save
from baocao_web.collecting.layout import read
from baocao_web.collecting.models import Form
from baocao_web.collecting.moulds import mould_of
from baocao_web.collecting.passing_on import Act
from baocao_web.collecting.permits import acts_of, permit, permit_turn
from baocao_web.collecting.sheets import words_of
from baocao_web.pages import said
from baocao_web.people.policies import may
from baocao_web.people.roles import Action

_MALFORMED = Text(
    "yêu cầu không đúng định dạng; hãy tải lại trang rồi thử lại.",
    "the request is malformed; load the page again and try once more.",
)
_REQUEST_LENGTH = 40


@require_GET
def entries(request: HttpRequest) -> HttpResponse:
    """The forms that wait for the one who asks."""
    return render(request, "collecting/entries.html", {"found": waiting.for_user(request.user)})


@require_GET
def entry(request: HttpRequest, entry: int) -> HttpResponse:
    """One form as it stands."""
    sheet = sheets.sheet_of(entry)
    if sheet is None:
        raise Http404
    if not may(request.user, Action.SEE, sheet.unit, sheet.kept.sector or None):
        raise PermissionDenied
    acts = acts_of(request.user, sheet)
    table = mould_of(sheet.kept, may_enter=acts.may_enter).filled(*sheet.told())
    grid = grid_of(request, sheet) if acts.may_enter else None
    return render(request, "collecting/entry.html", {"sheet": sheet, "table": table, "acts": acts, "grid": grid})


@require_GET
def rules(request: HttpRequest, form: int) -> HttpResponse:
    """The rules of a form and the words to tell them by; they hold no figure, and never change."""
    found = Form.objects.filter(pk=form).first()
    if found is None:
        raise Http404
    answer = HttpResponse(rules_of(form, Checks(read(found.layout))), content_type="application/json")
    answer["Cache-Control"] = "private, max-age=604800, immutable"
    return answer


@require_POST
def save(request: HttpRequest, entry: int) -> JsonResponse:
    """Keep what was typed; answers with every cell's state."""
    try:
        asked = _save_of(request, entry)
        saved = keeping.save(asked, permit(request.user, Action.ENTER))
    except NotTaken as problem:
        return JsonResponse({"refused": said(problem.text)}, status=409)
    return JsonResponse(
        {
            "version": saved.version,
            "taken": {key: words_of(cell) for key, cell in saved.taken.items()},
            "faults": {key: said(text) for key, text in saved.faults.items()},
            "beside": {key: words_of(cell) for key, cell in saved.beside.items()},
            "others": {key: words_of(cell) for key, cell in saved.others.items()},
        }
    )


@require_POST
def submit(request: HttpRequest, entry: int) -> JsonResponse:
    act, _ = _act_of(request, entry)
    return _acted(lambda: passing_on.submit(act, permit(request.user, Action.SUBMIT)))


@require_POST
def approve(request: HttpRequest, entry: int) -> JsonResponse:
    act, _ = _act_of(request, entry)
    return _acted(lambda: passing_on.approve(act, permit_turn(request.user, Action.APPROVE)))


@require_POST
def open_again(request: HttpRequest, entry: int) -> JsonResponse:
    act, given = _act_of(request, entry)
    return _acted(
        lambda: passing_on.open_again(act, permit(request.user, Action.CORRECT), str(given.get("reason", "")))
    )


@require_POST
def send_back(request: HttpRequest, entry: int) -> JsonResponse:
    act, given = _act_of(request, entry)
    reason, cells = str(given.get("reason", "")), [str(cell) for cell in given.get("cells", ())]
    return _acted(lambda: passing_on.send_back(act, permit_turn(request.user, Action.RETURN), reason, cells))


def _acted(work: Any) -> JsonResponse:
    try:
        outcome = work()
    except NotTaken as problem:
        return JsonResponse({"refused": said(problem.text)}, status=409)
    return JsonResponse({"state": outcome.state.value, "step": outcome.step, "version": outcome.version})


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError) as problem:
        raise NotTaken(_MALFORMED) from problem
    if not isinstance(given, dict):
        raise NotTaken(_MALFORMED)
    return given


def _save_of(request: HttpRequest, entry: int) -> Save:
    given = _body(request)
    base, texts, name = given.get("base"), given.get("cells"), given.get("request")
    if type(base) is not int or not isinstance(texts, dict) or not _is_name(name):
        raise NotTaken(_MALFORMED)
    if not all(isinstance(text, str) for text in texts.values()):
        raise NotTaken(_MALFORMED)
    return Save(entry, request.user.get_username(), base, texts, name)


def _act_of(request: HttpRequest, entry: int) -> tuple[Act, dict[str, Any]]:
    given = _body(request)
    version, name = given.get("version"), given.get("request")
    if type(version) is not int or not _is_name(name):
        raise NotTaken(_MALFORMED)
    return Act(entry, request.user.get_username(), version, name), given


def _is_name(name: object) -> TypeGuard[str]:
    """Whether this can name a call: by it a call that comes again is known."""
    return isinstance(name, str) and 0 < len(name) <= _REQUEST_LENGTH
