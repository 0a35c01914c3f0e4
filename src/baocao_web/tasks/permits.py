"""What somebody may do with a task as it stands: what its page offers. Each act asks the policy again."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from baocao_web.people.policies import demand, may
from baocao_web.people.roles import Action
from baocao_web.tasks.models import Evidence, Task


@dataclass(frozen=True, slots=True)
class Acts:
    """What the page of a task offers somebody."""

    may_amend: bool
    may_tell: bool
    may_confirm: bool
    may_return: bool
    may_correct: bool


def acts_of(user: object, task: Task) -> Acts:
    """What somebody may do. Who confirms and returns is who follows tasks and approves; leaders read."""
    is_followed = task.dropped_on is None
    may_track = is_followed and may(user, Action.TRACK, task.unit)
    return Acts(
        may_amend=is_followed and may(user, Action.ASSIGN, task.unit),
        may_tell=may_track,
        may_confirm=may_track and may(user, Action.APPROVE, task.unit),
        may_return=may_track and may(user, Action.RETURN, task.unit),
        may_correct=may_track and may(user, Action.CORRECT, task.unit),
    )


def task_for(user: object, pk: int) -> Task:
    """A task that somebody may see. Raises ``Http404`` and ``PermissionDenied``."""
    found: Task | None = Task.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    demand(user, Action.SEE, found.unit)
    return found


def evidence_for(user: object, pk: int) -> Evidence:
    """A file that somebody may see. Raises ``Http404`` and ``PermissionDenied``."""
    found: Evidence | None = Evidence.objects.select_related("progress__task").filter(pk=pk).first()
    if found is None:
        raise Http404
    demand(user, Action.SEE, found.progress.task.unit)
    return found
