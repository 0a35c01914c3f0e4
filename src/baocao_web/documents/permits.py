"""Who may look at reports in work: those who draft, issue or proof-read for the unit; at issued ones all who see it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.core.exceptions import PermissionDenied
from django.http import Http404

from baocao_web.documents.models import Edition, Report, Upload
from baocao_web.people.policies import demand, may, units_for
from baocao_web.people.roles import Action

READERS: Final = (Action.DRAFT, Action.ISSUE, Action.PROOF_READ)


def may_read(user: object, unit: str) -> bool:
    """Whether somebody may look at what is in work for a unit."""
    return any(may(user, action, unit) for action in READERS)


def report_for(user: object, pk: int) -> Report:
    """A report in work. Raises ``Http404`` and ``PermissionDenied``."""
    found: Report | None = Report.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    if not may_read(user, found.unit):
        raise PermissionDenied
    return found


def edition_for(user: object, pk: int) -> Edition:
    """A report that was issued. Raises ``Http404`` and ``PermissionDenied``."""
    found: Edition | None = Edition.objects.select_related("report").filter(pk=pk).first()
    if found is None:
        raise Http404
    demand(user, Action.SEE, found.report.unit)
    return found


def upload_for(user: object, pk: int) -> Upload:
    """A file that was brought in. Raises ``Http404`` and ``PermissionDenied``."""
    found: Upload | None = Upload.objects.defer("content").filter(pk=pk, report=None).first()
    if found is None:
        raise Http404
    demand(user, Action.PROOF_READ, found.unit)
    return found


def units_of(user: object, actions: Iterable[Action]) -> list[str]:
    """The units that somebody has one of several actions for, each once."""
    return list(dict.fromkeys(unit for action in actions for unit in units_for(user, action)))
