"""The page of the record: what was done, by whom, when; the newest first."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from baocao.model.text import Text
from baocao_web.people.action_names import action_name, action_names
from baocao_web.people.detail_names import detail_name
from baocao_web.people.models import User
from baocao_web.people.policies import may, units_for
from baocao_web.people.reading import Asked, Seen, newest
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.places.days import NotADay, read_day

_ON_A_PAGE: Final = 50
_LISTED: Final = 6
_OF_PEOPLE: Final = ("account:", "refused:", "seals")
_NO_PLACE = Text(
    "trang sau của nhật ký được hỏi bằng “{seen}”, không phải là số của một dòng; hãy mở lại nhật ký.",
    "“{seen}” is no number of a line to go on from; open the record again.",
)
_DIGITS: Final = 18  # of the number of a line; both databases count as far


@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """The lines that somebody may read, narrowed by stream, person, action and day."""
    owners = tuple(units_for(request.user, Action.AUDIT))
    if not owners:
        raise PermissionDenied
    typed = {name: request.GET.get(name, "").strip()[:80] for name in ("stream", "by", "action", "day", "before")}
    day, before, problem = _asked(typed["day"], typed["before"])
    asked = Asked(
        stream=typed["stream"],
        by=typed["by"],
        action=typed["action"],
        moments=_moments(day) if day else None,
        units=_units(request, owners),
        before=before,
    )
    found = [] if problem else newest(asked, _ON_A_PAGE + 1)
    rest = found[_ON_A_PAGE - 1].pk if len(found) > _ON_A_PAGE else None
    names = dict(User.objects.filter(username__in={one.by for one in found}).values_list("username", "full_name"))
    given = {
        "lines": [
            (one, action_name(one.action), names.get(one.by, ""), _told(request, one)) for one in found[:_ON_A_PAGE]
        ],
        "rest": rest,
        "typed": typed,
        "problem": problem,
        "actions": action_names(),
        "detail_name": detail_name,
    }
    return render(request, "people/record.html", given, status=409 if problem else 200)


def _units(request: HttpRequest, owners: tuple[str, ...]) -> tuple[str, ...] | None:
    """The units whose lines are shown; all, and what belongs to no unit, to those who read for the whole office."""
    if may(request.user, Action.AUDIT, settings.OFFICE_UNIT):
        return None
    return tuple(
        unit.key for unit in office.geography().units if any(office.is_within(unit.key, one) for one in owners)
    )


def _asked(day: str, before: str) -> tuple[date | None, int | None, Text | None]:
    """The day and the line that a page goes on from; or why they cannot be read."""
    try:
        asked = read_day(day) if day else None
    except NotADay as problem:
        return None, None, problem.text
    if before and not (before.isascii() and before.isdigit() and len(before) <= _DIGITS):
        return None, None, _NO_PLACE.fill(seen=before[:40].replace("{", "(").replace("}", ")"))
    return asked, int(before) if before else None, None


def _moments(day: date) -> tuple[datetime, datetime]:
    """From the first moment of a day by the office's clock to the first of the next."""
    begin = timezone.make_aware(datetime.combine(day, time.min))
    return begin, begin + timedelta(days=1)


def _told(request: HttpRequest, line: Seen) -> list[tuple[str, str]]:
    """What a line holds, name by name; figures and what people wrote only to those who may see them elsewhere."""
    is_open = line.stream.startswith(_OF_PEOPLE) or (bool(line.unit) and may(request.user, Action.SEE, line.unit))
    return [(name, _shown(value) if is_open else "…") for name, value in json.loads(line.details).items()]


def _shown(value: object) -> str:
    """A value in a line; long lists only by how much they hold."""
    if isinstance(value, dict | list) and len(value) > _LISTED:
        return f"({len(value)})"
    return (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))[:200]
