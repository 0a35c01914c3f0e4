"""Key tasks: how each stands, and telling how far one has come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from baocao.model.period import Period
from baocao.model.task import TaskState
from baocao_web.api.fields import LARGEST, PAGE, Cursor, Day, Given, Id, Limit, Words, page, period_of, unit_of
from baocao_web.api.office_calls import demand_anything
from baocao_web.api.once import Key, once
from baocao_web.api.problems import Fault, Kind, Refused
from baocao_web.people.policies import demand, may
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.tasks.assigning import Again
from baocao_web.tasks.models import Progress
from baocao_web.tasks.permits import task_for
from baocao_web.tasks.progress_reading import LENGTHS, read
from baocao_web.tasks.progressing import tell
from baocao_web.tasks.register import Asked, Followed, day_of, followed, one_followed, units_with_tasks
from baocao_web.tasks.standings import Standing
from baocao_web.tasks.wording import BadFields

router = Router(tags=["Nhiệm vụ trọng tâm · Key tasks"])


class TaskOut(Schema):
    """One task as it stands. ``turn`` is the period that counts of a periodic one; ``told`` the number of the last
    report on it, nought where there is none.
    """

    id: int
    unit: str
    owner: str
    title: str
    lead: str
    decision: str
    decided_on: date | None
    deliverable: str
    every: str
    turn: str
    due_on: date | None
    standing: Standing
    counted_as: TaskState
    what: Words
    told: int
    percent: int | None
    awaits: bool
    is_returned: bool


class TaskPage(Schema):
    items: list[TaskOut]
    next: str | None


class ProgressIn(Given):
    """How far a task has come as of a day; ``base`` is the number of the last report on it that the caller knows."""

    base: int = Field(ge=0, le=LARGEST)
    state: Annotated[TaskState, Field(strict=False)]
    on: Day | None = None
    text: str = Field(min_length=1, max_length=LENGTHS["text"])
    percent: int | None = Field(None, ge=0, le=100)
    done_on: Day | None = None
    link: str = Field("", max_length=LENGTHS["link"])
    turn: str = Field("", max_length=10)


class ReportNumber(Schema):
    """The number of the report that was added."""

    number: int


@router.get("/tasks", response=TaskPage, url_name="api_tasks", operation_id="tasks", summary="Các nhiệm vụ trọng tâm")
def tasks(
    request: HttpRequest,
    unit: Annotated[str | None, Query(max_length=40, description="Và đơn vị dưới · And those below")] = None,
    period: Annotated[str, Query(max_length=40, description="Không ghi: năm nay · This year where none")] = "",
    limit: Limit = PAGE,
    cursor: Cursor = "",
) -> TaskPage:
    """The tasks of the units that the caller may see, as they stand in a period, by number."""
    demand_anything(request)
    above = unit_of(unit) if unit is not None else None
    when = period_of(period) if period else Period.part(office.today().year)
    units = units_with_tasks(
        lambda one: (above is None or office.is_within(one, above)) and may(request.user, Action.SEE, one)
    )

    def found(behind: Any) -> Iterator[Followed]:
        listed = followed(Asked(tuple(units), when, day_of(when)))
        return (one for one in sorted(listed, key=lambda one: one.task.pk) if one.task.pk > int(behind or 0))

    items, rest = page(request, found, lambda one: one.task.pk, limit, cursor)
    numbers = _numbers([one.task.pk for one in items])
    return TaskPage(items=[_told(one, numbers.get(one.task.pk, 0)) for one in items], next=rest)


@router.get("/tasks/{int:task}", response=TaskOut, url_name="api_task", operation_id="task", summary="Một nhiệm vụ")
def task(request: HttpRequest, task: Id) -> TaskOut:
    """One task as it stands today."""
    found = task_for(request.user, task)
    return _told(one_followed(found, office.today()), _numbers([task]).get(task, 0))


@router.post(
    "/tasks/{int:task}/progress",
    response=ReportNumber,
    url_name="api_task_progress",
    operation_id="tell_progress",
    summary="Báo cáo tiến độ một nhiệm vụ",
)
def progress(request: HttpRequest, task: Id, given: ProgressIn, key: Key) -> HttpResponse:
    """Tell how far a task has come; that it is done counts when an approver has confirmed it."""
    demand(request.user, Action.TRACK, task_for(request.user, task).unit)
    typed = {name: "" if value is None else str(value) for name, value in given.model_dump(mode="json").items()}

    def work(name: str) -> ReportNumber:
        try:
            tell(task, read(typed), (), request.user, name)
        except BadFields as problem:
            faults = [Fault(f"/{field}", text) for field, text in problem.faults.items()]
            raise Refused(Kind.INVALID, problem.text, faults) from problem
        except Again:  # it was done longer ago than answers are kept
            pass
        return ReportNumber(number=_numbers([task])[task])

    return once(request, key, work)


def _numbers(tasks: list[int]) -> dict[int, int]:
    """The number of the last report on each task, whatever became of it."""
    found = Progress.objects.filter(task__in=tasks).order_by().values("task")
    return dict(found.annotate(last=Max("number")).values_list("task", "last"))


def _told(one: Followed, number: int) -> TaskOut:
    same = ("unit", "owner", "title", "lead", "decided_on", "deliverable", "every")
    return TaskOut(
        **{name: getattr(one.task, name) for name in same},
        id=one.task.pk,
        decision=one.task.source,
        turn=one.turn,
        due_on=one.due_on,
        standing=one.standing,
        counted_as=one.standing.state,
        what=Words.of(one.standing.name_of),
        told=number,
        percent=one.last.percent if one.last else None,
        awaits=one.awaits,
        is_returned=one.is_returned,
    )
