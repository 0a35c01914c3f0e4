"""What is refused is told plainly, on a page of its own; a call has a name, so that one that came twice is known."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from baocao.model.text import Problem
from baocao_web.pages import said
from baocao_web.tasks.assigning import Again

View = Callable[..., HttpResponse]
_NAMED: Final = re.compile(r"[0-9a-f]{32}")


def plainly(view: View) -> View:
    """A view whose problems are told on a page of their own; a call that came twice shows its task."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Again as before:
            return redirect("task", before.task)
        except Problem as refused:
            return render(request, "refused.html", {"words": said(refused.text)}, status=409)

    return shown


def call_name(request: HttpRequest) -> str:
    """What the page named this call, so that one that comes twice is done once; a new name where it gave none."""
    seen = request.POST.get("request", "")
    return seen if _NAMED.fullmatch(seen) else new_name()


def new_name() -> str:
    """A name for a call that is still to come."""
    return uuid.uuid4().hex
