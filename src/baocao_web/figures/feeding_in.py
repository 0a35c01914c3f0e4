"""Figures that units handed over, on their way into the store: counted by whoever asks for figures next.

Handing over costs the unit one row; the work of recording is done here, many at a time, by a reader who needs them or
by ``manage.py tick``. A handover and what it records are one transaction: it is fed in once, or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db import connection, transaction

from baocao.figures import store
from baocao.model.observation import NoValue, Observation, Origin, OriginKind
from baocao_web.collecting.forms_kept import form_of
from baocao_web.collecting.rounds import beside

AT_ONCE: Final = 40  # handovers that a reader waits for; more are left to the next one and to the clock
_MOST: Final = 10_000  # turns; what comes in meanwhile is for the next time

_WAITING = (
    "SELECT h.id, h.version, h.at, h.by, h.cells, e.id, e.unit, e.round_id FROM collecting_handover AS h "
    "JOIN collecting_entry AS e ON e.id = h.entry_id WHERE NOT h.is_fed AND NOT h.is_held ORDER BY h.id LIMIT %s"
)


class _Handed(NamedTuple):
    id: int
    version: int
    at: datetime
    by: str
    cells: str
    entry: int
    unit: str
    round: int


def feed_in(most: int = AT_ONCE) -> int:
    """Record the oldest handovers that wait; how many they were."""
    if not is_waiting():
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('baocao handovers'))")
        cursor.execute(_WAITING, [most])
        handed = [_Handed(*row) for row in cursor.fetchall()]
        store.record(raw(), (one for each in handed for one in _observations(each)))
        cursor.executemany("UPDATE collecting_handover SET is_fed = %s WHERE id = %s", [(True, h.id) for h in handed])
    if handed:  # what was mended stands beside the cells of rounds that are open
        beside.renew(is_waited_for=True)
    return len(handed)


def feed_all() -> int:
    """Record all handovers that wait; how many they were."""
    total = 0
    for _ in range(_MOST):
        count = feed_in()
        total += count
        if not count:
            break
    return total


def is_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM collecting_handover WHERE NOT is_fed AND NOT is_held)")
        return bool(cursor.fetchone()[0])


def raw() -> Any:
    """The database connection as the core knows it."""
    connection.ensure_connection()
    return connection.connection


def _observations(handed: _Handed) -> Iterator[Observation]:
    kept = form_of(handed.round)
    at = handed.at if handed.at.tzinfo else handed.at.replace(tzinfo=UTC)
    for key, (value, mark, version) in json.loads(handed.cells).items():
        if key not in kept.layout.entries:
            continue
        address = kept.layout.address(key, handed.unit, kept.period)
        reference = f"{kept.code}.{kept.form_version}/{handed.entry}/{key}#{version}"
        yield Observation(
            address,
            None if value is None else Decimal(value),
            Origin(OriginKind.FORM_CELL, reference),
            at,
            handed.by,
            _mark(value, mark),
        )


def _mark(value: str | None, mark: str | None) -> NoValue | None:
    """The mark of a cell; one that was emptied withdraws the figure that it told before."""
    if mark is not None:
        return NoValue(mark)
    return NoValue.NOT_AVAILABLE if value is None else None
