"""Setting tasks, amending them, following them no more: each recorded, done once, and never over another's words.

Who amends names the version that he saw. Where another has amended it since, the task stays as it is; what was typed
is recorded beside it and stays on the page, for the one who typed it to decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Final

from django.db import connection, transaction

from baocao.model.text import Problem, Text
from baocao_web.people.policies import demand
from baocao_web.people.recording import Done, Replayed, append, demand_new
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.places.vietnamese import folded
from baocao_web.tasks import wording
from baocao_web.tasks.models import Task
from baocao_web.tasks.standings import CADENCES

LENGTHS: Final = {"title": 500, "owner": 200, "lead": 200, "source": 120, "deliverable": 1000}
DAYS: Final = ("decided_on", "due_on")
REASON: Final = 2000
_NO_TITLE = Text("hãy ghi tên nhiệm vụ.", "write what is to be done.")
_NO_UNIT = Text(
    "không có đơn vị “{seen}”; hãy chọn trong danh sách.", "there is no unit “{seen}”; choose from the list."
)
_EARLY = Text(
    "hạn {due} sớm hơn ngày văn bản giao {decided}; hãy xem lại hai ngày.",
    "due on {due}, before the instrument of {decided}; look at both days again.",
)
_NOT_YET = Text(
    "ngày văn bản {seen} chưa đến; hãy ghi ngày đã ban hành.", "{seen} is still to come; write the day it was issued."
)
_TWO_WAYS = Text(
    "nhiệm vụ định kỳ có hạn là ngày cuối mỗi kỳ; hãy bỏ ngày hạn, hoặc chọn “một lần”.",
    "a periodic task is due on each period's last day; leave the day empty, or choose “once”.",
)
_CADENCE = Text("hãy chọn định kỳ trong danh sách.", "choose how often from the list.")
_THERE = Text(
    "đơn vị này đã có nhiệm vụ cùng tên, cùng cơ quan chủ trì (số {task}); hãy sửa nhiệm vụ đó.",
    "the unit has a task of that name and owner already (number {task}); amend that one.",
)
_STALE = Text(
    "Người khác vừa sửa nhiệm vụ này sau khi bạn mở trang. Nội dung bạn ghi không mất: vẫn ở dưới đây và đã được giữ "
    "trong lịch sử. Hãy so với nội dung hiện có rồi lưu lại.",
    "Somebody else has amended this task since you opened the page. What you typed is not lost: it stands below and "
    "is kept in the history. Compare it with what is there now, then save again.",
)
_DROPPED = Text("nhiệm vụ này đã thôi theo dõi từ ngày {on}.", "this task is followed no more since {on}.")
_NO_REASON = Text("thôi theo dõi phải nêu lý do.", "say why it is followed no more.")
_GONE = Text("nhiệm vụ này không còn; hãy mở lại danh sách.", "this task is gone; open the list again.")


class Stale(Problem):
    """Something else came in between; what was typed is recorded beside."""


class Again(Exception):
    """The same call came before: ``task`` is the one that it was about."""

    def __init__(self, task: int) -> None:
        super().__init__(task)
        self.task = task


@dataclass(frozen=True, slots=True)
class Fields:
    """What is set of a task."""

    unit: str
    title: str
    owner: str
    lead: str = ""
    source: str = ""
    decided_on: date | None = None
    due_on: date | None = None
    every: str = ""
    deliverable: str = ""

    def told(self) -> dict[str, Any]:
        """As the record tells it."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
            if value not in (None, "")
        }

    @property
    def key(self) -> tuple[str, str, str]:
        """What two tasks of one unit may not both be called."""
        return self.unit, folded(self.title), folded(self.owner)


def fields_of(task: Task) -> Fields:
    """What is set of a task now."""
    return Fields(**{name: getattr(task, name) for name in Fields.__dataclass_fields__})


def read(typed: Mapping[str, str]) -> Fields:
    """The fields as typed. Raises ``BadFields`` with what is wrong in each."""
    readings: dict[str, wording.Reading] = {name: partial(wording.line, most=LENGTHS[name]) for name in LENGTHS}
    values, faults = wording.read_each(typed, readings | dict.fromkeys(DAYS, wording.day))
    values |= {name: values[name] or "" for name in LENGTHS}
    found = Fields(unit=typed.get("unit", ""), every=typed.get("every", ""), **values)
    if not found.owner and office.is_known(found.unit):
        found = replace(found, owner=office.unit(found.unit).name[: LENGTHS["owner"]])
    wording.refuse(dict(amiss(found)) | faults)
    return found


def amiss(found: Fields) -> list[tuple[str, Text]]:
    """What cannot be, field by field."""
    tests = (
        ("title", not found.title, _NO_TITLE),
        ("unit", not office.is_known(found.unit), _NO_UNIT.fill(seen=wording.quoted(found.unit))),
        ("every", found.every not in CADENCES, _CADENCE),
        ("due_on", bool(found.every) and found.due_on is not None, _TWO_WAYS),
    )
    amiss = [(name, text) for name, is_amiss, text in tests if is_amiss]
    decided, due = found.decided_on, found.due_on
    if decided is not None and decided > office.today():
        amiss.append(("decided_on", _NOT_YET.fill(seen=f"{decided:%d/%m/%Y}")))
    if decided is not None and due is not None and due < decided:
        amiss.append(("due_on", _EARLY.fill(due=f"{due:%d/%m/%Y}", decided=f"{decided:%d/%m/%Y}")))
    return amiss


def hold(pk: int) -> Task:
    """A task, locked until the end of the transaction. Raises ``Problem`` where there is none."""
    found: Task | None = Task.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise Problem(_GONE)
    return found


def demand_followed(task: Task) -> None:
    """Raises ``Problem`` for a task that is followed no more."""
    if task.dropped_on is not None:
        raise Problem(_DROPPED.fill(on=f"{task.dropped_on:%d/%m/%Y}"))


def queue(unit: str) -> None:
    """Wait for whoever else sets tasks for a unit; SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"baocao tasks {unit}"])


def create(fields: Fields, user: Any, request: str) -> Task:
    """Set a task. Raises ``Problem``, ``PermissionDenied``, ``Again``."""
    demand(user, Action.ASSIGN, fields.unit)
    by = user.get_username()
    try:
        with transaction.atomic():
            queue(fields.unit)
            stream = f"tasks:{fields.unit}"
            demand_new(stream, request)
            made = put_down(fields, by)
            append(Done(stream, by, "task_assign", fields.unit, {"task": made.pk}, request))
            return made
    except Replayed as before:
        raise Again(before.details["task"]) from before


def put_down(fields: Fields, by: str) -> Task:
    """Write a task that is not there yet, within the caller's transaction. Raises ``Problem``."""
    _demand_single(fields)
    values = {name: getattr(fields, name) for name in Fields.__dataclass_fields__}
    made = Task.objects.create(**values, made_by=by, made_on=office.today(), folded=_searched(fields))
    append(Done(made.stream, by, "task_assign", fields.unit, fields.told()))
    return made


def _demand_single(fields: Fields, but: int | None = None) -> None:
    """Raises ``Problem`` where the unit follows another task of that name and owner."""
    for one in Task.objects.filter(unit=fields.unit, dropped_on=None).exclude(pk=but):
        if fields_of(one).key == fields.key:
            raise Problem(_THERE.fill(task=one.pk))


def amend(pk: int, fields: Fields, base: int, user: Any, request: str) -> None:
    """Change what is set of a task. Raises ``Problem``, ``Stale`` where another did, ``Again``."""
    by = user.get_username()
    is_beside = False
    try:
        with transaction.atomic():
            task = hold(pk)
            demand(user, Action.ASSIGN, task.unit)
            demand(user, Action.ASSIGN, fields.unit)
            demand_followed(task)
            if fields_of(task) == fields:
                return
            is_beside = base != task.version
            if is_beside:
                told = {"base": base, "beside": True, **fields.told()}
                append(Done(task.stream, by, "task_amend", task.unit, told, request))
            else:
                queue(fields.unit)
                _demand_single(fields, task.pk)
                write(task, fields, by, request)
    except Replayed as before:
        if not before.details.get("beside"):
            raise Again(pk) from before
        is_beside = True
    if is_beside:
        raise Stale(_STALE)


def write(task: Task, fields: Fields, by: str, request: str | None = None) -> None:
    """Put fields in the place of those of a task that is held."""
    before, after = fields_of(task).told(), fields.told()
    changed = {name: after.get(name, "") for name in {*before, *after} if before.get(name) != after.get(name)}
    for name in Fields.__dataclass_fields__:
        setattr(task, name, getattr(fields, name))
    task.folded, task.version = _searched(fields), task.version + 1
    task.save()
    told = {"version": task.version, **changed}
    append(Done(task.stream, by, "task_amend", task.unit, told, request))


def drop(pk: int, reason: str, user: Any, request: str) -> None:
    """Follow a task no more from today on; all that was told of it stays. Raises ``Problem``, ``Again``."""
    words = wording.line(reason, REASON)
    try:
        with transaction.atomic():
            task = hold(pk)
            demand(user, Action.ASSIGN, task.unit)
            told = {"reason": words}
            append(Done(task.stream, user.get_username(), "task_drop", task.unit, told, request))
            demand_followed(task)
            if not words:
                raise Problem(_NO_REASON)
            task.dropped_on = office.today()
            task.save(update_fields=["dropped_on"])
    except Replayed as before:
        raise Again(pk) from before


def _searched(fields: Fields) -> str:
    """All words that a task is found by, without their marks."""
    unit = office.unit(fields.unit).name if office.is_known(fields.unit) else fields.unit
    words = (fields.title, fields.owner, fields.lead, fields.source, fields.deliverable, unit)
    return folded(" ".join(words))
