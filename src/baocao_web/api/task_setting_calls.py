"""Key tasks as those who set and settle them change them: set, amended, followed no more; what is told is settled."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from baocao_web.api.fields import LARGEST, Day, Given, Id
from baocao_web.api.once import Key, once
from baocao_web.api.problems import Fault, Kind, Refused
from baocao_web.api.task_calls import router
from baocao_web.people.policies import demand
from baocao_web.people.roles import Action
from baocao_web.tasks import assigning, progressing
from baocao_web.tasks.assigning import LENGTHS, REASON, Again
from baocao_web.tasks.permits import task_for
from baocao_web.tasks.wording import BadFields


class Every(Enum):
    """How often a task is told of."""

    ONCE = ""
    MONTH = "M"
    QUARTER = "Q"
    HALF_YEAR = "S"
    YEAR = "A"


class Judgement(Enum):
    """What is said of the last report on a task."""

    CONFIRM = "confirm"
    RETURN = "return"


class TaskIn(Given):
    """What is set of a task. One that is told of each period has no ``due_on``."""

    unit: str = Field(max_length=40)
    title: str = Field(min_length=1, max_length=LENGTHS["title"])
    owner: str = Field("", max_length=LENGTHS["owner"])
    lead: str = Field("", max_length=LENGTHS["lead"])
    source: str = Field("", max_length=LENGTHS["source"], description="Văn bản giao · The instrument that sets it")
    decided_on: Day | None = None
    due_on: Day | None = None
    every: Annotated[Every, Field(strict=False)] = Every.ONCE
    deliverable: str = Field("", max_length=LENGTHS["deliverable"])


class TaskAmended(TaskIn):
    """What is to be set of a task, over the version that the caller knows."""

    version: int = Field(ge=0, le=LARGEST)


class TaskNumber(Schema):
    """The number of the task, and its version."""

    id: int
    version: int


class DropIn(Given):
    """Why a task is followed no more."""

    reason: str = Field(min_length=1, max_length=REASON)


class JudgementIn(Given):
    """What is said of the report of a number; what is returned needs its reason."""

    number: int = Field(ge=1, le=LARGEST)
    verdict: Annotated[Judgement, Field(strict=False)]
    reason: str = Field("", max_length=progressing.REASON)


@router.post("/tasks", response=TaskNumber, url_name="api_tasks", operation_id="set_task", summary="Giao một nhiệm vụ")
def set_task(request: HttpRequest, given: TaskIn, key: Key) -> HttpResponse:
    """Set a key task for a unit."""
    fields = _read(given)
    demand(request.user, Action.ASSIGN, fields.unit)

    def work(name: str) -> TaskNumber:
        try:
            made = assigning.create(fields, request.user, name)
        except Again as before:
            return _number(request, before.task)
        return TaskNumber(id=made.pk, version=made.version)

    return once(request, key, work)


@router.put(
    "/tasks/{int:task}",
    response=TaskNumber,
    url_name="api_task",
    operation_id="amend_task",
    summary="Sửa một nhiệm vụ",
)
def amend(request: HttpRequest, task: Id, given: TaskAmended, key: Key) -> HttpResponse:
    """Put other words in the place of what is set of a task."""
    demand(request.user, Action.ASSIGN, task_for(request.user, task).unit)
    fields = _read(given)
    return _done(request, task, key, lambda name: assigning.amend(task, fields, given.version, request.user, name))


@router.post(
    "/tasks/{int:task}/drop",
    response=TaskNumber,
    url_name="api_task_drop",
    operation_id="drop_task",
    summary="Thôi theo dõi một nhiệm vụ",
)
def drop(request: HttpRequest, task: Id, given: DropIn, key: Key) -> HttpResponse:
    """Follow a task no more, for a reason; all that was told of it stays."""
    demand(request.user, Action.ASSIGN, task_for(request.user, task).unit)
    return _done(request, task, key, lambda name: assigning.drop(task, given.reason, request.user, name))


@router.post(
    "/tasks/{int:task}/verdict",
    response=TaskNumber,
    url_name="api_task_verdict",
    operation_id="settle_task",
    summary="Xác nhận hoặc trả lại báo cáo tiến độ",
)
def settle(request: HttpRequest, task: Id, given: JudgementIn, key: Key) -> HttpResponse:
    """Confirm or return what was told last of a task; nobody confirms what he told himself."""
    demand(request.user, Action.TRACK, task_for(request.user, task).unit)

    def act(name: str) -> None:
        if given.verdict is Judgement.CONFIRM:
            progressing.confirm(task, given.number, request.user, name)
        else:
            progressing.send_back(task, given.number, given.reason, request.user, name)

    return _done(request, task, key, act)


def _read(given: TaskIn) -> assigning.Fields:
    """The fields as the screens read them. Raises ``Refused`` with what is wrong in each."""
    told = given.model_dump(exclude={"version", "every", "decided_on", "due_on"})
    days = {name: "" if (on := getattr(given, name)) is None else f"{on:%d/%m/%Y}" for name in assigning.DAYS}
    try:
        return assigning.read({**told, **days, "every": given.every.value})
    except BadFields as problem:
        faults = [Fault(f"/{field}", text) for field, text in problem.faults.items()]
        raise Refused(Kind.INVALID, problem.text, faults) from problem


def _done(request: HttpRequest, task: int, key: str, act: Callable[[str], None]) -> HttpResponse:
    """Do something with a task, once."""

    def work(name: str) -> TaskNumber:
        with suppress(Again):  # it was done longer ago than answers are kept
            act(name)
        return _number(request, task)

    return once(request, key, work)


def _number(request: HttpRequest, task: int) -> TaskNumber:
    return TaskNumber(id=task, version=task_for(request.user, task).version)
