"""What became of a task: who set and amended it, who told what, who confirmed or returned it; from the record."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from baocao.model.period import Period
from baocao.model.task import TaskState
from baocao.model.text import Text
from baocao_web.pages import day, period_name, said, unit_name
from baocao_web.people.models import User
from baocao_web.people.recording import Line, lines
from baocao_web.tasks.models import Task
from baocao_web.tasks.standings import CADENCES, STATE_NAMES

_ACTS: Final = {
    "task_assign": Text("giao nhiệm vụ", "set the task"),
    "task_amend": Text("sửa nhiệm vụ", "amended the task"),
    "task_drop": Text("thôi theo dõi", "followed no more"),
    "track": Text("báo cáo tiến độ", "told of progress"),
    "approve": Text("xác nhận", "confirmed"),
    "return": Text("trả lại", "returned"),
}
_FIELDS: Final = {
    "number": Text("báo cáo số", "report"),
    "title": Text("nhiệm vụ", "task"),
    "unit": Text("đơn vị", "unit"),
    "owner": Text("cơ quan chủ trì", "owner"),
    "lead": Text("người phụ trách", "lead"),
    "source": Text("văn bản giao", "instrument"),
    "decided_on": Text("ngày văn bản", "its day"),
    "due_on": Text("hạn", "due"),
    "every": Text("định kỳ", "how often"),
    "deliverable": Text("sản phẩm", "deliverable"),
    "state": Text("trạng thái", "state"),
    "turn": Text("kỳ", "period"),
    "on": Text("đến ngày", "as of"),
    "done_on": Text("ngày hoàn thành", "done on"),
    "percent": Text("tiến độ (%)", "progress (%)"),
    "text": Text("kết quả", "result"),
    "link": Text("đường dẫn", "link"),
    "files": Text("tệp", "files"),
    "reason": Text("lý do", "reason"),
}
_DAYS: Final = frozenset({"decided_on", "due_on", "on", "done_on"})


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a task; ``is_beside`` says that what was typed did not come to stand."""

    at: datetime
    by: str
    name: Text
    facts: tuple[tuple[Text, str], ...]
    is_beside: bool


def of_task(task: Task) -> list[Event]:
    """All that happened to a task, the latest first."""
    found = list(lines(task.stream))
    names = names_of({line.by for line in found})
    return [_event(line, names) for line in found][::-1]


def names_of(users: set[str]) -> Mapping[str, str]:
    """The full names of people; who has none is called by his account."""
    known = dict(User.objects.filter(username__in=users).values_list("username", "full_name"))
    return {one: known.get(one) or one for one in users}


def _event(line: Line, names: Mapping[str, str]) -> Event:
    told = json.loads(line.details)
    name = _ACTS.get(line.action, Text(line.action, line.action))
    at = datetime.fromisoformat(line.at)
    return Event(at, names[line.by], name, tuple(_facts(told)), bool(told.get("beside")))


def _facts(told: Mapping[str, Any]) -> Iterator[tuple[Text, str]]:
    for name, label in _FIELDS.items():
        if name in told:
            yield label, _shown(name, told[name])


def _shown(name: str, value: Any) -> str:
    """A value as officials write it."""
    if name in _DAYS and value:
        return day(date.fromisoformat(value))
    if name == "state":
        return said(STATE_NAMES[TaskState(value)])
    if name == "every":
        return said(CADENCES[value])
    if name == "turn":
        return period_name(Period.parse(value))
    if name == "unit":
        return unit_name(value)
    if name == "files":
        return "; ".join(value.values())
    return str(value) if value != "" else "–"
