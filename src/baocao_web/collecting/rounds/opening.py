"""Opening a round: which units fill in which form for which period, until when, and what stands beside their cells."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from baocao.model.geography import NotOnTheMap
from baocao.model.org_unit import Level
from baocao.model.period import Period
from baocao.model.text import Problem, Text
from baocao_web.collecting.forms_kept import forget
from baocao_web.collecting.layout import Layout, read
from baocao_web.collecting.models import Entry, Form, Round
from baocao_web.collecting.rounds.beside import figures_beside, now_at
from baocao_web.people.recording import Done, append
from baocao_web.people.roles import Role
from baocao_web.places import office
from baocao_web.places.calendar import closing, working_day

DUE: Final = 5  # working days behind a period's end, where nothing else is said
LATE: Final = 3  # working days for which a late form is still taken
_AT_ONCE: Final = 500  # rows of one statement
DECIDING: Final = (Role.APPROVER, Role.COMPILER, Role.LEADER)  # who may pass an entry on, in this order
USUAL_STEPS: Final = (Role.APPROVER, Role.COMPILER)
_REPORTING = (Level.COMMUNE, Level.VILLAGE, Level.DEPARTMENT, Level.DISTRICT)

_DAYS = Text(
    "các ngày phải theo thứ tự: mở {opens} ≤ hạn nộp {due} ≤ hết hạn nộp muộn {late} < khóa {locked}.",
    "the days must be in order: open {opens} ≤ due {due} ≤ late until {late} < locked {locked}.",
)
_TWICE = Text("biểu này đã được mở cho kỳ {period}.", "this form is open for {period} already.")
_NO_UNITS = Text(
    "không có đơn vị nào trực thuộc vào ngày {day}; hãy chọn kỳ khác hoặc đơn vị khác.",
    "no units stand below on {day}; choose another period or other units.",
)
_STRANGE = Text("{unit} không trực thuộc đơn vị này.", "{unit} does not stand below this unit.")
_STEPS = Text(
    "thứ tự duyệt có vai trò không duyệt được: {role}.", "the steps name a role that approves nothing: {role}."
)

_SAME = Text(
    "trong kỳ {period}, cột “{one}” và cột “{other}” là một; hãy dùng phiên bản biểu không có cột lũy kế.",
    "in {period} the columns “{one}” and “{other}” are one; take a version of the form without the year to date.",
)
_FOR_ALL = Text(
    "biểu có dòng là các đơn vị nên một cơ quan nhập cho tất cả; không mở được cho {seen} đơn vị.",
    "the form has a line for each unit, so that one office fills it in for all; it cannot be opened for {seen} units.",
)


class NotOpened(Problem):
    """A round that cannot be opened as it was asked for."""


@dataclass(frozen=True, slots=True)
class Days:
    """The four days of a round: the first of entering and of the lock, the last on which a form is on time, is late."""

    opens_on: date
    due_on: date
    late_on: date
    locked_on: date

    @classmethod
    def usual(cls, period: Period, opens_on: date | None = None) -> Days:
        """Due some working days behind the day on which the period closes, taken late a few more, then locked."""
        closes_on = closing(period)
        due = working_day(closes_on, DUE)
        late = working_day(due, LATE)
        return cls(opens_on or closes_on - timedelta(days=7), due, late, late + timedelta(days=1))

    @property
    def is_in_order(self) -> bool:
        return self.opens_on <= self.due_on <= self.late_on < self.locked_on

    def demand_order(self) -> None:
        """Raises ``NotOpened`` where the days are not in their order."""
        if not self.is_in_order:
            told = {"opens": self.opens_on, "due": self.due_on, "late": self.late_on, "locked": self.locked_on}
            raise NotOpened(_DAYS.fill(**{name: f"{day:%d/%m/%Y}" for name, day in told.items()}))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which round is to be opened; without ``units`` all that report to the owner at the period's end."""

    form: Form
    owner: str
    period: Period
    days: Days
    title: str = ""
    units: Sequence[str] = ()
    steps: Sequence[Role] = USUAL_STEPS


def open_round(wanted: Wanted, by: str) -> Round:
    """Open a round with an entry for each of its units. Raises ``NotOpened``."""
    layout = read(wanted.form.layout)
    usual = (wanted.owner,) if layout.is_of_units else reporting_to(wanted.owner, wanted.period.end)
    days, units = wanted.days, tuple(dict.fromkeys(wanted.units or usual))
    _refuse_unsound(wanted, units, layout)
    try:
        with transaction.atomic():
            made = Round.objects.create(
                form=wanted.form,
                owner=wanted.owner,
                period=wanted.period.code,
                title=wanted.title or wanted.form.title,
                opens_on=days.opens_on,
                due_on=days.due_on,
                late_on=days.late_on,
                locked_on=days.locked_on,
                steps=[step.value for step in wanted.steps],
                beside_at=now_at(),
            )
            beside = figures_beside(layout, units, wanted.period)
            entries = (Entry(round=made, unit=unit, beside=json.dumps(beside.get(unit, {}))) for unit in units)
            Entry.objects.bulk_create(entries, batch_size=_AT_ONCE)
            told = {"form": wanted.form.pk, "period": wanted.period.code, "units": len(units)}
            append(Done(f"round:{made.pk}", by, "open", wanted.owner, told))
    except IntegrityError as problem:
        raise NotOpened(_TWICE.fill(period=wanted.period.code)) from problem
    forget()
    return made


def _refuse_unsound(wanted: Wanted, units: Sequence[str], layout: Layout) -> None:
    wanted.days.demand_order()
    same = layout.doubled(wanted.period)
    if same is not None:
        one, other = (column.name for column in same)
        vi = _SAME.vi.format(period=wanted.period.code, one=one.vi, other=other.vi)
        raise NotOpened(Text(vi, _SAME.en.format(period=wanted.period.code, one=one.en, other=other.en)))
    if layout.is_of_units and len(units) > 1:
        raise NotOpened(_FOR_ALL.fill(seen=len(units)))
    if not units:
        raise NotOpened(_NO_UNITS.fill(day=f"{wanted.period.end:%d/%m/%Y}"))
    stranger = next((unit for unit in units if not office.is_within(unit, wanted.owner)), None)
    if stranger is not None:
        raise NotOpened(_STRANGE.fill(unit=stranger))
    odd = next((step for step in wanted.steps if step not in DECIDING), None)
    if odd is not None:
        raise NotOpened(_STEPS.fill(role=odd.value))


def reporting_to(owner: str, day: date) -> tuple[str, ...]:
    """The units directly below one that report to it, as they stand on a day; none where it is unknown then."""
    try:
        below = office.geography().children(owner, day)
    except NotOnTheMap:
        return ()
    return tuple(unit.key for unit in below if unit.level in _REPORTING)
