"""Who owes what: each unit's forms as on time, late or missing, in one round and over a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from django.utils import timezone

from baocao.model.period import Period
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

    @property
    def due_on(self) -> date:
        return self.kept.due(self.extended_to)

    @property
    def punctuality(self) -> Punctuality:
        """By the day of the first submission that stands; a returned form is owed again."""
        if self.submitted_at is not None and not self.state.may_be_filled:
            is_late = timezone.localtime(self.submitted_at).date() > self.due_on
            return Punctuality.LATE if is_late else Punctuality.ON_TIME
        return Punctuality.MISSING if office.today() > self.due_on else Punctuality.DUE


def of_round(round_id: int) -> list[Owed]:
    """The units of a round in the order of their names."""
    return _owed(Entry.objects.filter(round_id=round_id))


def of_year(owner: str, year: int) -> dict[str, Counter[Punctuality]]:
    """How often each unit was on time, late or missing with the forms of a year's periods."""
    found: dict[str, Counter[Punctuality]] = {}
    for one in _owed(Entry.objects.filter(round__owner=owner)):
        if Period.parse(one.kept.period.code).year == year:
            found.setdefault(one.unit, Counter())[one.punctuality] += 1
    return found


def counted(owed: Iterable[Owed]) -> Counter[Punctuality]:
    """How many units stand how."""
    return Counter(one.punctuality for one in owed)


def _owed(entries: Iterable[Entry]) -> list[Owed]:
    rows = entries.values_list("id", "unit", "round_id", "state", "step", "submitted_at", "extended_to")  # type: ignore[attr-defined]
    found = [
        Owed(key, unit, form_of(round_id), State(state), step, at, extended)
        for key, unit, round_id, state, step, at, extended in rows
    ]
    return sorted(found, key=lambda one: (office.order(one.unit), one.unit))
