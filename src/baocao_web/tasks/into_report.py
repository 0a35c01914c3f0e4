"""The tasks that a report tells: those of its unit and of the units below, as they stood when its period ended."""

from __future__ import annotations

from datetime import date

from baocao.drafting.outline import Outline, Purpose
from baocao.model.period import Period
from baocao.model.task import KeyTask
from baocao_web.places import office
from baocao_web.tasks.models import Progress
from baocao_web.tasks.register import Asked, Followed, followed, units_with_tasks


def tasks_told(unit: str, outline: Outline, period: Period, on: date) -> tuple[KeyTask, ...]:
    """The tasks of a report written on a day; a plan for next year tells those of the year before."""
    results = period.last_year if outline.purpose is Purpose.NEXT_YEAR else period
    return key_tasks(unit, results, min(results.end, on))


def key_tasks(unit: str, period: Period, on: date) -> tuple[KeyTask, ...]:
    """The tasks of a unit and of those below it in a period, as of a day: the unit's own first."""
    units = units_with_tasks(lambda one: office.is_within(one, unit))
    found = followed(Asked(units, period, on))
    found.sort(key=lambda one: (one.task.unit != unit, office.order(one.task.unit), one.task.pk))
    words = texts_of(found)
    return tuple(
        KeyTask(one.task.title, one.task.owner, one.due_on, one.standing.state, words.get(one.task.pk, ""))
        for one in found
    )


def texts_of(found: list[Followed]) -> dict[int, str]:
    """What was last told of each task, in words of one line."""
    numbers = [one.last.pk for one in found if one.last is not None]
    texts: dict[int, str] = {}
    for first in range(0, len(numbers), 500):
        rows = Progress.objects.filter(pk__in=numbers[first : first + 500]).values_list("task_id", "text")
        texts |= {task: " ".join(text.split()) for task, text in rows}
    return texts
