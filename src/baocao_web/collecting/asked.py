"""What a page is asked about: the form or the round of its address, if the one who asks may have it."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from baocao_web.collecting.forms_kept import Kept, form_of
from baocao_web.collecting.models import Round
from baocao_web.collecting.sheets import Sheet, sheet_of
from baocao_web.people.policies import demand
from baocao_web.people.roles import Action


class Key:
    """A key in an address: a whole number that databases can hold."""

    regex = "[0-9]{1,15}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


def round_asked(request: HttpRequest, round_id: int, action: Action) -> Kept:
    """A round of the units that somebody may do this for. Raises ``Http404`` and ``PermissionDenied``."""
    try:
        kept = form_of(round_id)
    except Round.DoesNotExist as problem:
        raise Http404 from problem
    demand(request.user, action, kept.owner, kept.sector or None)
    return kept


def sheet_asked(request: HttpRequest, entry: int, action: Action) -> Sheet:
    """A form of a unit that somebody may do this with. Raises ``Http404`` and ``PermissionDenied``."""
    sheet = sheet_of(entry)
    if sheet is None:
        raise Http404
    demand(request.user, action, sheet.unit, sheet.kept.sector or None)
    return sheet
