"""How a task stands on a day: every standing from what leads to it, and what a report counts it as."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from baocao.model.period import Period
from baocao.model.task import TaskState
from baocao_web.tasks.standings import CADENCES, NAMES, STATE_NAMES, Standing, Told, standing, turn_before, turn_of

DUE = date(2026, 6, 30)
EARLIER, LATER = DUE - timedelta(days=1), DUE + timedelta(days=1)


def done(on: date | None, *, is_confirmed: bool = True) -> Told:
    return Told(TaskState.DONE, on or DUE, on, is_confirmed)


def told(state: TaskState) -> Told:
    return Told(state, EARLIER)


@pytest.mark.parametrize(
    ("due", "last", "on", "wanted"),
    [
        (DUE, done(EARLIER), LATER, Standing.DONE_EARLY),
        (DUE, done(DUE), LATER, Standing.DONE_ON_TIME),
        (DUE, done(LATER), LATER, Standing.DONE_LATE),
        (DUE, done(None), LATER, Standing.DONE),
        (None, done(EARLIER), LATER, Standing.DONE),
        (DUE, done(EARLIER, is_confirmed=False), LATER, Standing.CLAIMED),
        (DUE, told(TaskState.ONGOING), EARLIER, Standing.ONGOING),
        (DUE, told(TaskState.ONGOING), DUE, Standing.ONGOING),
        (DUE, told(TaskState.ONGOING), LATER, Standing.OVERDUE),
        (None, told(TaskState.ONGOING), LATER, Standing.ONGOING),
        (DUE, told(TaskState.LATE), EARLIER, Standing.BEHIND),
        (DUE, told(TaskState.LATE), LATER, Standing.OVERDUE),
        (None, told(TaskState.LATE), LATER, Standing.BEHIND),
        (DUE, told(TaskState.WAITING), DUE, Standing.WAITING),
        (DUE, told(TaskState.WAITING), LATER, Standing.NOT_BEGUN),
        (DUE, None, DUE, Standing.WAITING),
        (DUE, None, LATER, Standing.NOT_BEGUN),
        (None, None, LATER, Standing.WAITING),
    ],
)
def test_what_was_told_and_the_day_decide(due: date | None, last: Told | None, on: date, wanted: Standing) -> None:
    assert standing(due, last, on) is wanted


def test_every_standing_is_counted_and_has_its_name() -> None:
    assert {one.state for one in Standing} == set(TaskState) == set(STATE_NAMES)
    assert set(NAMES) == set(Standing)
    assert {one for one in Standing if one.is_over} == {one for one in Standing if one.value.startswith("done")}
    for names in (NAMES, STATE_NAMES, CADENCES):
        assert len({name.vi for name in names.values()}) == len({name.en for name in names.values()}) == len(names)


@pytest.mark.parametrize("every", [one for one in CADENCES if one])
def test_turns_follow_each_other_without_a_gap(every: str) -> None:
    turn = turn_of(every, date(2026, 1, 1))
    assert turn.contains(date(2026, 1, 1))
    for _ in range(15):
        before = turn_before(turn, every)
        assert before.end + timedelta(days=1) == turn.start
        assert Period.parse(before.code) == before
        assert len(before.code) <= 10
        turn = before
