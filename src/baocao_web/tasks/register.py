"""The register of tasks: which there are of some units in a period, and how each stands as of a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from django.db.models import Max, QuerySet

from baocao.model.period import Period
from baocao.model.task import TaskState
from baocao_web.places import office
from baocao_web.places.vietnamese import folded, sorting_key
from baocao_web.tasks.models import Progress, Task
from baocao_web.tasks.standings import Standing, Told, standing, turn_before, turn_of

CONFIRMED: Final = "confirmed"
RETURNED: Final = "returned"
_TURNS: Final = 4  # of a periodic task that can still be told of


class Last(NamedTuple):
    """What was last told of a task, or of one turn of it, and not returned."""

    pk: int
    task: int
    turn: str
    number: int
    on: date
    state: str
    done_on: date | None
    percent: int | None
    verdict: str

    @property
    def told(self) -> Told:
        return Told(TaskState(self.state), self.on, self.done_on, self.verdict == CONFIRMED)


@dataclass(frozen=True, slots=True)
class Followed:
    """One task as it stands: ``due_on`` and ``turn`` are of the period that counts, where the task is periodic."""

    task: Task
    standing: Standing
    due_on: date | None
    turn: str = ""
    last: Last | None = None
    is_returned: bool = False  # what was told last was sent back

    @property
    def awaits(self) -> bool:
        """Whether what was told waits for an approver."""
        return self.last is not None and not self.last.verdict


@dataclass(frozen=True, slots=True)
class Asked:
    """Which tasks are looked for. ``units`` are all whose tasks may be seen; empty words look for nothing."""

    units: Sequence[str]
    period: Period
    on: date
    words: str = ""
    owner: str = ""


def day_of(period: Period) -> date:
    """As of which day a period's tasks are told: its last, or today while it is not over."""
    return min(period.end, office.today()) if period.start <= office.today() else office.today()


def units_with_tasks(is_wanted: Callable[[str], bool]) -> list[str]:
    """The units that have tasks, of those that are wanted."""
    found = Task.objects.order_by().values_list("unit", flat=True).distinct()
    return [unit for unit in found if is_wanted(unit)]


def followed(asked: Asked) -> list[Followed]:
    """The tasks that were there in a period, each as it stands."""
    found = Task.objects.filter(unit__in=list(asked.units))
    for word in folded(asked.words).split()[:8]:
        found = found.filter(folded__contains=word)
    if asked.owner:
        found = found.filter(owner=asked.owner)
    tasks = list(found.order_by("pk"))
    lasts, returned = lasts_of(found, asked.on), _returned(found)
    listed = (_followed(task, lasts.get(task.pk, {}), asked.on, returned) for task in tasks)
    return [one for one in listed if _was_there(one, asked)]


def one_followed(task: Task, on: date) -> Followed:
    """One task as it stands on a day."""
    found = Task.objects.filter(pk=task.pk)
    return _followed(task, lasts_of(found, on).get(task.pk, {}), on, _returned(found))


def lasts_of(tasks: QuerySet[Task], on: date) -> dict[int, dict[str, Last]]:
    """What was last told up to a day of each task and turn: task → turn → that. Days never go back within a turn."""
    counting = Progress.objects.filter(task__in=_numbers(tasks), on__lte=on).exclude(verdict=RETURNED)
    newest = counting.order_by().values("task", "turn").annotate(last=Max("pk")).values("last")
    rows = Progress.objects.filter(pk__in=newest).values_list(
        "pk", "task_id", "turn", "number", "on", "state", "done_on", "percent", "verdict"
    )
    found: dict[int, dict[str, Last]] = {}
    for row in rows:
        last = Last._make(row)
        found.setdefault(last.task, {})[last.turn] = last
    return found


def _returned(tasks: QuerySet[Task]) -> frozenset[int]:
    """The tasks of which the last that was told was sent back."""
    told = Progress.objects.filter(task__in=_numbers(tasks)).order_by()
    newest = told.values("task").annotate(last=Max("pk")).values("last")
    return frozenset(Progress.objects.filter(pk__in=newest, verdict=RETURNED).values_list("task_id", flat=True))


def _numbers(tasks: QuerySet[Task]) -> QuerySet[Task]:
    return tasks.order_by().values("pk")


def _followed(task: Task, by_turn: Mapping[str, Last], on: date, returned: frozenset[int]) -> Followed:
    if not task.every:
        last = by_turn.get("")
        now = standing(task.due_on, last.told if last else None, on)
        return Followed(task, now, task.due_on, "", last, task.pk in returned)
    turn = turn_of(task.every, max(on, since(task)))
    before = turn_before(turn, task.every)
    if before.end >= since(task):  # one that was left undone counts until it is told of
        earlier = _in_turn(task, before, by_turn, on, returned)
        if earlier.standing in (Standing.OVERDUE, Standing.NOT_BEGUN):
            return earlier
    return _in_turn(task, turn, by_turn, on, returned)


def turns_standing(task: Task, today: date) -> list[Followed]:
    """The turns of a periodic task that can be told of, each as it stands; none of any other task."""
    if not task.every:
        return []
    by_turn = lasts_of(Task.objects.filter(pk=task.pk), today).get(task.pk, {})
    return [_in_turn(task, turn, by_turn, today, frozenset()) for turn in turns_open(task, today)]


def _in_turn(task: Task, turn: Period, by_turn: Mapping[str, Last], on: date, returned: frozenset[int]) -> Followed:
    last = by_turn.get(turn.code)
    now = standing(turn.end, last.told if last else None, on)
    return Followed(task, now, turn.end, turn.code, last, task.pk in returned)


def since(task: Task) -> date:
    """From which day a task is there: that of its instrument; where none is known, the year that it is due in."""
    if task.decided_on is not None:
        return task.decided_on
    return min(task.made_on, date(task.due_on.year, 1, 1)) if task.due_on is not None else task.made_on


def _was_there(one: Followed, asked: Asked) -> bool:
    """Whether a task belongs to a period: set before its end, and not over, or dropped, before its start."""
    task, period = one.task, asked.period
    if since(task) > period.end or (task.dropped_on is not None and task.dropped_on <= asked.on):
        return False
    if task.every or not one.standing.is_over or one.last is None:
        return True
    return (one.last.done_on or one.last.on) >= period.start


def turns_open(task: Task, today: date) -> list[Period]:
    """The turns of a periodic task that can be told of: this one and some before it, the latest first."""
    turns = [turn_of(task.every, today)]
    while len(turns) < _TURNS and turns[-1].start > since(task):
        turns.append(turn_before(turns[-1], task.every))
    return turns


def counted(found: Iterable[Followed]) -> dict[TaskState, int]:
    """How many tasks a report counts in each state."""
    counts = dict.fromkeys(TaskState, 0)
    for one in found:
        counts[one.standing.state] += 1
    return counts


@lru_cache(maxsize=65_536)
def _order(words: str) -> str:
    """What puts words in the order of the alphabet; a register is put in order again and again."""
    return sorting_key(words)


_LAST_DAY: Final = date.max
ORDERS: Final[Mapping[str, Callable[[Followed], tuple[object, ...]]]] = {
    "due": lambda one: (one.due_on or _LAST_DAY, one.task.pk),
    "title": lambda one: (_order(one.task.title), one.task.pk),
    "owner": lambda one: (_order(one.task.owner), one.due_on or _LAST_DAY, one.task.pk),
    "unit": lambda one: (office.order(one.task.unit), one.due_on or _LAST_DAY, one.task.pk),
}
