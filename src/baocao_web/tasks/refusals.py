"""What was refused is told plainly, and recorded: which page with which ids, never what was typed."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from baocao.model.text import Problem
from baocao_web.pages import said
from baocao_web.people.account_record import refuse
from baocao_web.tasks.assigning import Again

View = Callable[..., HttpResponse]
_NAMED: Final = re.compile(r"[0-9a-f]{32}")


def plainly(view: View) -> View:
    """A view whose problems are told on a page of their own and recorded; a call that came twice shows its task."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Again as before:
            return redirect("task", before.task)
        except Problem as refused:
            note_refusal(request)
            return render(request, "refused.html", {"words": said(refused.text)}, status=409)
        except Http404:
            if request.method == "POST":
                note_refusal(request)
            raise

    return shown


def note_refusal(request: HttpRequest) -> None:
    """Record that something was refused."""
    match = request.resolver_match
    page, given = (match.url_name or "", match.kwargs) if match is not None else ("", {})
    numbers = {name: value for name, value in given.items() if isinstance(value, int)}
    refuse(request.user.get_username(), request.method or "", page, numbers)


def call_name(request: HttpRequest) -> str:
    """What the page named this call, so that one that comes twice is done once; a new name where it gave none."""
    seen = request.POST.get("request", "")
    return seen if _NAMED.fullmatch(seen) else new_name()


def new_name() -> str:
    """A name for a call that is still to come."""
    return uuid.uuid4().hex
