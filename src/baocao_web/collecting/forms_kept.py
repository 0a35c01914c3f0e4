"""What does not change while a round lasts, kept in the memory of each process: its form, period and days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from time import monotonic
from typing import Final

from baocao.model.period import Period
from baocao.model.text import Text
from baocao_web.collecting.layout import Layout, read
from baocao_web.collecting.models import Form, Round

_FRESH: Final = 2.0  # seconds for which another process may still see a round's days as they were


@dataclass(frozen=True, slots=True)
class Kept:
    """A round with its form, ready for use."""

    id: int
    form: int
    code: str
    form_version: int
    title: Text
    issued_with: str
    layout: Layout
    owner: str
    sector: str
    period: Period
    opens_on: date
    due_on: date
    late_on: date
    locked_on: date
    steps: tuple[str, ...]
    is_closed: bool
    beside_times: int

    def due(self, extended_to: date | None = None) -> date:
        """The last day on which a unit is on time."""
        return max(self.due_on, extended_to or self.due_on)

    def locked(self, extended_to: date | None = None, mend_by: date | None = None) -> date:
        """The first day on which a unit can type nothing any more; longer days last to their end."""
        longer = (day + timedelta(days=1) for day in (extended_to, mend_by) if day is not None)
        return max(self.locked_on, *longer) if extended_to or mend_by else self.locked_on

    def is_locked(self, today: date, extended_to: date | None = None, mend_by: date | None = None) -> bool:
        """Whether a unit can type nothing on a day. What was returned is open on its days, in a closed round too."""
        if mend_by is not None and today <= mend_by:
            return False
        return self.is_closed or today >= self.locked(extended_to, mend_by)


_rounds: dict[int, tuple[float, Kept]] = {}


def form_of(round_id: int) -> Kept:
    """A round with its form. Raises ``Round.DoesNotExist``."""
    found = _rounds.get(round_id)
    if found is None or monotonic() - found[0] > _FRESH:
        found = _rounds[round_id] = (monotonic(), _kept(Round.objects.get(pk=round_id)))
    return found[1]


def know(rounds: Iterable[Round]) -> None:
    """Keep rounds that were read together: asked for later, they are not read one by one."""
    now = monotonic()
    _rounds.update((one.pk, (now, _kept(one))) for one in rounds)


def _kept(one: Round) -> Kept:
    form, layout = _form(one.form_id)
    return Kept(
        id=one.pk,
        form=form.pk,
        code=form.code,
        form_version=form.version,
        title=Text(form.title, form.title_en or form.title),
        issued_with=form.issued_with,
        layout=layout,
        owner=one.owner,
        sector=form.sector,
        period=Period.parse(one.period),
        opens_on=one.opens_on,
        due_on=one.due_on,
        late_on=one.late_on,
        locked_on=one.locked_on,
        steps=tuple(one.steps),
        is_closed=one.is_closed,
        beside_times=one.beside_times,
    )


@lru_cache(maxsize=256)
def _form(form_id: int) -> tuple[Form, Layout]:
    """A version of a form, which never changes."""
    form = Form.objects.get(pk=form_id)
    return form, read(form.layout)


def forget() -> None:
    """Read everything again when it is next asked for."""
    _rounds.clear()
    _form.cache_clear()
