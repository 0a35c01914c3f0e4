"""How a task stands as of a day: what was told of it up to then, set against the day that it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Final

from baocao.model.period import Period
from baocao.model.task import TaskState
from baocao.model.text import Text


class Standing(Enum):
    """How a task stands, finer than a report counts: ``state`` is what a report counts it as."""

    DONE_EARLY = "done_early"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    DONE = "done"  # no day was set, or the day it was done on is not known
    CLAIMED = "claimed"  # told as done, not confirmed yet
    ONGOING = "ongoing"
    BEHIND = "behind"  # its owner says that it falls behind, though its day has not come
    OVERDUE = "overdue"
    WAITING = "waiting"
    NOT_BEGUN = "not_begun"  # and its day is over

    @property
    def state(self) -> TaskState:
        """What the sentence and the annex of a report count it as."""
        return _STATES[self]

    @property
    def name_of(self) -> Text:
        return NAMES[self]

    @property
    def is_over(self) -> bool:
        """Whether nothing more is owed."""
        return self.state is TaskState.DONE


_STATES: Final = {
    Standing.DONE_EARLY: TaskState.DONE,
    Standing.DONE_ON_TIME: TaskState.DONE,
    Standing.DONE_LATE: TaskState.DONE,
    Standing.DONE: TaskState.DONE,
    Standing.CLAIMED: TaskState.ONGOING,  # only what an approver has confirmed is done
    Standing.ONGOING: TaskState.ONGOING,
    Standing.BEHIND: TaskState.LATE,
    Standing.OVERDUE: TaskState.LATE,
    Standing.WAITING: TaskState.WAITING,
    Standing.NOT_BEGUN: TaskState.LATE,
}
NAMES: Final = {
    Standing.DONE_EARLY: Text("hoàn thành trước hạn", "done early"),
    Standing.DONE_ON_TIME: Text("hoàn thành đúng hạn", "done on time"),
    Standing.DONE_LATE: Text("hoàn thành quá hạn", "done late"),
    Standing.DONE: Text("đã hoàn thành", "done"),
    Standing.CLAIMED: Text("báo hoàn thành, chờ xác nhận", "told as done, to be confirmed"),
    Standing.ONGOING: Text("đang thực hiện, trong hạn", "under way, in time"),
    Standing.BEHIND: Text("đang thực hiện, chậm tiến độ", "under way, behind"),
    Standing.OVERDUE: Text("đang thực hiện, quá hạn", "under way, overdue"),
    Standing.WAITING: Text("chưa thực hiện, chưa đến hạn", "not begun, not due yet"),
    Standing.NOT_BEGUN: Text("chưa thực hiện, quá hạn", "not begun, overdue"),
}
STATE_NAMES: Final = {
    TaskState.DONE: Text("đã hoàn thành", "done"),
    TaskState.ONGOING: Text("đang thực hiện", "under way"),
    TaskState.LATE: Text("chậm tiến độ", "behind"),
    TaskState.WAITING: Text("chưa thực hiện", "not begun"),
}
CADENCES: Final = {
    "": Text("một lần", "once"),
    "M": Text("hằng tháng", "monthly"),
    "Q": Text("hằng quý", "quarterly"),
    "S": Text("6 tháng một lần", "half-yearly"),
    "A": Text("hằng năm", "yearly"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What was last told of a task, of one turn of it where it is periodic."""

    state: TaskState
    on: date
    done_on: date | None = None
    is_confirmed: bool = False


def standing(due_on: date | None, told: Told | None, on: date) -> Standing:
    """How something due on a day stands as of another, by what was told of it.

    >>> standing(date(2026, 6, 30), None, date(2026, 7, 1)).value
    'not_begun'
    """
    if told is not None and told.state is TaskState.DONE:
        return _done(due_on, told)
    has_begun = told is not None and told.state is not TaskState.WAITING
    if due_on is not None and on > due_on:
        return Standing.OVERDUE if has_begun else Standing.NOT_BEGUN
    if told is not None and told.state is TaskState.LATE:
        return Standing.BEHIND
    return Standing.ONGOING if has_begun else Standing.WAITING


def _done(due_on: date | None, told: Told) -> Standing:
    if not told.is_confirmed:
        return Standing.CLAIMED
    if due_on is None or told.done_on is None:
        return Standing.DONE
    if told.done_on == due_on:
        return Standing.DONE_ON_TIME
    return Standing.DONE_EARLY if told.done_on < due_on else Standing.DONE_LATE


def turn_of(every: str, on: date) -> Period:
    """The turn of a periodic task that a day falls in."""
    months = {"M": 1, "Q": 3, "S": 6, "A": 12}[every]
    return Period.part(on.year, every, (on.month - 1) // months + 1)


def turn_before(turn: Period, every: str) -> Period:
    """The turn before another."""
    return turn_of(every, turn.start - timedelta(days=1))
