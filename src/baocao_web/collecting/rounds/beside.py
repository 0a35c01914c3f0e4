"""What stands beside the cells of a round: the last period, the same of last year, the plan of the year.

They are written with each form when its round is opened, so that a page need not ask for them, and written anew while
the round is open where such a figure was mended since: what is typed is judged against what holds now.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import F

from baocao.figures import store, store_targets
from baocao.figures.store_rows import exact
from baocao.figures.targets import TargetConflict, plan
from baocao.ledger.annexing import leading_first
from baocao.ledger.rolled import Place, Rolled, View
from baocao.ledger.rolled_engine import SMALL
from baocao.model.observation import Scenario, written
from baocao.model.period import Period
from baocao_web.collecting.forms_kept import Kept, forget, form_of
from baocao_web.collecting.layout import Column, Layout, cell_key
from baocao_web.collecting.models import Entry, Round
from baocao_web.collecting.states import State
from baocao_web.places import office

_AT_ONCE: Final = 500  # rows of one statement


def figures_beside(layout: Layout, units: Sequence[str], period: Period) -> Mapping[str, dict[str, str]]:
    """The figures of other periods that stand beside each unit's cells, told in the units of the period's end.

    So a commune that was merged has the sums of those that it was made of beside it.
    """
    columns = _columns(layout)
    codes = tuple(dict.fromkeys(row.indicator for row in layout.rows if not row.is_heading))
    found: dict[str, dict[str, str]] = defaultdict(dict)
    if not codes:
        return found
    with office.book() as book:
        for unit, cell, target in _planned(book.connection, layout, units, period):
            found[unit][cell] = target
        if not columns:
            return found
        rolled = Rolled(book, View(period.end), indicators=codes)
        for row, column in layout.figures():
            if column not in columns:
                continue
            for unit in units:
                place = Place(row.unit or unit, row.indicator, row.breakdown)
                value = _figure(rolled, place, column.when.of(period), period.end)
                if value is not None:
                    found[unit][cell_key(row, column)] = exact(value, place)
    return found


def _planned(connection: Any, layout: Layout, units: Sequence[str], period: Period) -> Iterator[tuple[str, str, str]]:
    """The targets that hold at the period's end, of the authority that rates: by unit and cell."""
    columns = [column for column in layout.columns if column.scenario is Scenario.TARGET]
    cells = [(row, column) for row, column in layout.figures() if column in columns]
    known: dict[str, Mapping[tuple[Place, Period], Decimal]] = {}
    for unit in units if cells else ():
        for row, column in cells:
            of = row.unit or unit
            if of not in known:
                known[of] = _targets(connection, of, period.end)
            place = Place(of, row.indicator, row.breakdown)
            bound = known[of].get((place, column.when.of(period)))
            if bound is not None:
                yield unit, cell_key(row, column), exact(bound, place)


def _targets(connection: Any, unit: str, on: date) -> Mapping[tuple[Place, Period], Decimal]:
    """The figures of a unit's targets as they hold on a day; those of the leading authority where several ask."""
    try:
        held = plan(store_targets.kept_of_unit(connection, unit), on)
    except TargetConflict:  # told on the page of plans, where it can be put right
        return {}
    order = leading_first(held)
    found: dict[tuple[Place, Period], Decimal] = {}
    for target in sorted(held, key=lambda one: order.index(one.address.authority)):
        bound = target.high if target.low is None else target.low
        if bound is not None:
            at = target.address
            found.setdefault((Place(unit, at.indicator, written(at.breakdown)), at.period), bound)
    return found


def _columns(layout: Layout) -> list[Column]:
    return [column for column in layout.columns if not column.is_entry and column.scenario is Scenario.ACTUAL]


def _figure(rolled: Rolled, place: Place, period: Period, on: date) -> Decimal | None:
    """What a unit stated itself, else what those that it was made of make."""
    stated = rolled.sums(period, on).stated.get(place)
    return rolled.value(place, period, on) if stated is None else stated


def now_at() -> int:
    """The last revision of the store: what is read beside from here on holds it."""
    with office.book() as book:
        return store.last_revision(book.connection)


def renew(*, is_waited_for: bool = False) -> int:
    """Write anew what stands beside in rounds that are open, where it was mended; how many forms that changes.

    Over a large store that may take long: then nobody waits for it, and the clock does it.
    """
    last = now_at()
    if is_waited_for and last > SMALL:
        return 0
    still_open = Round.objects.filter(is_closed=False, locked_on__gt=office.today(), beside_at__lt=last)
    found = dict(still_open.values_list("pk", "beside_at"))
    if not found:
        return 0
    with office.book() as book:
        told = store.told_since(book.connection, min(found.values()))
    changed = sum(_renewed(form_of(pk), told) for pk in found)
    Round.objects.filter(pk__in=found, beside_at__lt=last).update(beside_at=last)
    if changed:
        forget()
    return changed


def _renewed(kept: Kept, told: Mapping[Period, frozenset[str]]) -> int:
    """The forms of a round in which something else stands beside, once units told something anew of some periods."""
    periods = [column.when.of(kept.period) for column in _columns(kept.layout)]
    sources = {unit for at, units in told.items() if any(at.overlaps(period) for period in periods) for unit in units}
    if not sources:
        return 0
    entries = Entry.objects.filter(round_id=kept.id).exclude(state=State.APPROVED.value)
    rows = [row for row in entries.values_list("pk", "unit", "beside") if _is_made_of(row[1], sources)]
    beside = figures_beside(kept.layout, [unit for _, unit, _ in rows], kept.period) if rows else {}
    new = {pk: json.dumps(beside.get(unit, {})) for pk, unit, _ in rows}
    changed = [Entry(pk=pk, beside=new[pk]) for pk, _, before in rows if json.loads(new[pk]) != json.loads(before)]
    if changed:
        Entry.objects.bulk_update(changed, ["beside"], batch_size=_AT_ONCE)
        Round.objects.filter(pk=kept.id).update(beside_times=F("beside_times") + 1)
    return len(changed)


def _is_made_of(unit: str, sources: Iterable[str]) -> bool:
    """Whether one of the units is this one, stands or stood below it, or became a part of it."""
    return any(office.is_within(source, unit) for source in sources)
