"""Who owes what: each unit's forms as on time, late or missing, in one round.

Whether a unit was on time is told by the day on which it handed its form in first. What becomes of it later, that it
is returned to be mended or opened for correction, changes nothing of that: it is told beside it, and so is the day on
which it was handed in again. A form that is being mended is owed until the day that was named with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import reduce
from operator import or_

from django.db.models import Case, Count, Q, Value, When
from django.utils import timezone

from baocao.model.text import Text
from baocao_web.collecting.forms_kept import Kept, form_of
from baocao_web.collecting.models import Entry
from baocao_web.collecting.states import State
from baocao_web.places import office


class Punctuality(Enum):
    """How a unit stands with a form."""

    ON_TIME = "on_time"
    LATE = "late"
    DUE = "due"  # not submitted yet, and there is time
    MISSING = "missing"  # not submitted, and its day is over

    @property
    def name_of(self) -> Text:
        return _NAMES[self]


_NAMES: Mapping[Punctuality, Text] = {
    Punctuality.ON_TIME: Text("đúng hạn", "on time"),
    Punctuality.LATE: Text("nộp muộn", "late"),
    Punctuality.DUE: Text("chưa đến hạn", "not due yet"),
    Punctuality.MISSING: Text("quá hạn, chưa nộp", "overdue"),
}
_MENDING: Mapping[Punctuality, Text] = {
    Punctuality.ON_TIME: Text("đã nộp đúng hạn, đang sửa", "handed in on time, being mended"),
    Punctuality.LATE: Text("đã nộp muộn, đang sửa", "handed in late, being mended"),
}


@dataclass(frozen=True, slots=True)
class Owed:
    """One unit's entry in a round."""

    entry: int
    unit: str
    kept: Kept
    state: State
    step: int
    submitted_at: datetime | None
    extended_to: date | None
    resubmitted_at: datetime | None = None
    mend_by: date | None = None

    @property
    def due_on(self) -> date:
        return self.kept.due(self.extended_to)

    @property
    def punctuality(self) -> Punctuality:
        """By the day of the first submission."""
        if self.submitted_at is not None:
            return Punctuality.LATE if _day(self.submitted_at) > self.due_on else Punctuality.ON_TIME
        return Punctuality.MISSING if office.today() > self.due_on else Punctuality.DUE

    @property
    def name_of(self) -> Text:
        """How the unit stands, in words: that a form was handed in and is being mended too."""
        return _MENDING[self.punctuality] if self.is_mending else self.punctuality.name_of

    @property
    def is_mending(self) -> bool:
        """Whether it was handed in, and is open again."""
        return self.submitted_at is not None and self.state.may_be_filled

    @property
    def is_owed(self) -> bool:
        """Whether the unit is to hand it in: for the first time, or again."""
        return self.submitted_at is None or self.is_mending

    @property
    def owed_on(self) -> date:
        """The last day of what is owed: the due day, or that until which it is to be mended."""
        return max(self.due_on, self.mend_by) if self.is_mending and self.mend_by is not None else self.due_on

    @property
    def is_overdue(self) -> bool:
        return self.is_owed and office.today() > self.owed_on

    @property
    def is_again_late(self) -> bool:
        """Whether it was handed in again behind its due day."""
        return self.resubmitted_at is not None and _day(self.resubmitted_at) > self.due_on

    @property
    def is_locked(self) -> bool:
        """Whether it was not handed in and cannot be any more."""
        return self.state.may_be_filled and self.kept.is_locked(office.today(), self.extended_to, self.mend_by)


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def of_round(round_id: int) -> list[Owed]:
    """The units of a round in the order of their names."""
    return of_rounds([round_id])


def of_rounds(rounds: Sequence[int]) -> list[Owed]:
    """The units of several rounds, asked for at once, in the order of their names."""
    columns = ("id", "unit", "round_id", "state", "step", "submitted_at", "extended_to", "resubmitted_at", "mend_by")
    rows = Entry.objects.filter(round_id__in=rounds).values_list(*columns)
    found = [Owed(key, unit, form_of(at), State(state), *rest) for key, unit, at, state, *rest in rows]
    return sorted(found, key=lambda one: (office.order(one.unit), one.unit))


def of_entry(entry: Entry) -> Owed:
    """One unit's form."""
    kept, state = form_of(entry.round_id), State(entry.state)
    days = (entry.submitted_at, entry.extended_to, entry.resubmitted_at, entry.mend_by)
    return Owed(entry.pk, entry.unit, kept, state, entry.step, *days)


def counted(owed: Iterable[Owed]) -> Counter[Punctuality]:
    """How many units stand how."""
    return Counter(one.punctuality for one in owed)


def counts_of(round_id: int) -> Counter[Punctuality]:
    """The same of all units of a round, counted by the database: a province has thousands of entries."""
    return counts_of_all([round_id])[round_id]


def counts_of_all(rounds: Sequence[int]) -> dict[int, Counter[Punctuality]]:
    """The same of several rounds, asked for at once."""
    kept = {number: form_of(number) for number in rounds}
    found: dict[int, Counter[Punctuality]] = {number: Counter() for number in kept}
    if not kept:
        return found
    entries = Entry.objects.filter(round_id__in=kept)
    longer = reduce(or_, (Q(round_id=number, extended_to__gt=one.due_on) for number, one in kept.items()))
    # of all who had the same time it matters only whether they submitted before it was over
    in_time = [When(round_id=number, submitted_at__lt=_over(one), then=Value(_SOON)) for number, one in kept.items()]
    when = Case(When(submitted_at=None, then=Value(_NEVER)), *in_time, default=Value(_THEN))
    groups = entries.exclude(longer).values_list("round_id", when).annotate(count=Count("pk")).order_by()
    for number, told, count in groups:
        at = {_NEVER: None, _SOON: _over(kept[number]) - timedelta(seconds=1), _THEN: _over(kept[number])}[told]
        found[number][Owed(0, "", kept[number], State.OPEN, 0, at, None).punctuality] += count
    for number, at, extended_to in entries.filter(longer).values_list("round_id", "submitted_at", "extended_to"):
        found[number][Owed(0, "", kept[number], State.OPEN, 0, at, extended_to).punctuality] += 1
    return found


_NEVER, _SOON, _THEN = range(3)


def _over(kept: Kept) -> datetime:
    """The moment at which a form of a round is late."""
    return timezone.make_aware(datetime.combine(kept.due_on + timedelta(days=1), time()))
