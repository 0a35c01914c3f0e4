"""What is done with a form by our script: kept, submitted, approved, returned, opened again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from baocao_web.collecting import keeping, passing_on, submitting
from baocao_web.collecting.calls import act_of, asked_of, body, mapping, save_of, told
from baocao_web.collecting.keeping import Saved
from baocao_web.collecting.passing_on import Outcome
from baocao_web.collecting.permits import permit, permit_turn
from baocao_web.collecting.sheets import words_of
from baocao_web.pages import said
from baocao_web.people.roles import Action


@require_POST
@told
def save(request: HttpRequest, entry: int) -> JsonResponse:
    """Keep what was typed; answers with every cell's state."""
    asked = save_of(body(request), entry, request.user.get_username())
    return JsonResponse(_saved(keeping.save(asked, permit(request.user, Action.ENTER))))


@require_POST
@told
def submit(request: HttpRequest, entry: int) -> JsonResponse:
    """Keep what was typed last, where it comes with the call, and hand the form over."""
    given, by = body(request), request.user.get_username()
    typed = save_of(mapping(given["typed"]), entry, by) if "typed" in given else None
    done = submitting.submit(
        act_of(given, entry, by), permit(request.user, Action.SUBMIT), typed, permit(request.user, Action.ENTER)
    )
    kept = {"saved": _saved(done.saved)} if done.saved else {}
    if done.outcome is None:
        refused = {"refused": said(done.refused)} if done.refused else {}
        return JsonResponse({**refused, **kept}, status=409)
    return JsonResponse(_outcome(done.outcome) | kept)


@require_POST
@told
def approve(request: HttpRequest, entry: int) -> JsonResponse:
    act = act_of(body(request), entry, request.user.get_username())
    return JsonResponse(_outcome(passing_on.approve(act, permit_turn(request.user, Action.APPROVE))))


@require_POST
@told
def send_back(request: HttpRequest, entry: int) -> JsonResponse:
    given = body(request)
    act, may_return = act_of(given, entry, request.user.get_username()), permit_turn(request.user, Action.RETURN)
    done = passing_on.send_back(act, may_return, asked_of(given))
    return JsonResponse(_outcome(done))


@require_POST
@told
def open_again(request: HttpRequest, entry: int) -> JsonResponse:
    given = body(request)
    act, may_correct = act_of(given, entry, request.user.get_username()), permit(request.user, Action.CORRECT)
    done = passing_on.open_again(act, may_correct, asked_of(given))
    return JsonResponse(_outcome(done))


def _outcome(done: Outcome) -> dict[str, Any]:
    return {"state": done.state.value, "step": done.step, "version": done.version}


def _saved(saved: Saved) -> dict[str, Any]:
    return {
        "version": saved.version,
        "taken": {key: words_of(cell) for key, cell in saved.taken.items()},
        "faults": {key: said(text) for key, text in saved.faults.items()},
        "beside": {key: words_of(cell) for key, cell in saved.beside.items()},
        "closed": {key: words_of(cell) for key, cell in saved.closed.items()},
        "others": {key: words_of(cell) for key, cell in saved.others.items()},
        "remarked": saved.remarked,
    }
