"""The record as people look through it: the newest lines first, narrowed, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; empty is all. ``before`` is the last line of the page before."""

    stream: str = ""
    by: str = ""
    action: str = ""
    moments: tuple[datetime, datetime] | None = None
    units: tuple[str, ...] | None = None
    before: int | None = None


class Seen(NamedTuple):
    """One line as the page shows it."""

    pk: int
    stream: str
    place: int
    at: datetime
    by: str
    action: str
    unit: str
    details: str


def newest(asked: Asked, count: int) -> list[Seen]:
    """So many lines from the newest on. Lines come in the order of their numbers, as near as clocks can tell."""
    conditions: list[str] = []
    values: list[object] = []
    for column, wanted in (("stream", asked.stream), ("by", asked.by), ("action", asked.action)):
        if wanted:
            conditions.append(f"{column} = %s")
            values.append(wanted)
    if asked.moments is not None:  # as they are kept: the same clock, the same writing
        conditions.append("at >= %s AND at < %s")
        values.extend(moment.astimezone(UTC).isoformat(timespec="microseconds") for moment in asked.moments)
    if asked.units is not None:
        conditions.append(f"unit IN ({', '.join(['%s'] * len(asked.units))})" if asked.units else "1 = 0")
        values.extend(asked.units)
    if asked.before is not None:
        conditions.append("id < %s")
        values.append(asked.before)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, stream, place, at, by, action, unit, details FROM people_record {where} "
            "ORDER BY id DESC LIMIT %s",
            [*values, count],
        )
        return [Seen._make(row)._replace(at=_moment(row[3])) for row in cursor.fetchall()]


def _moment(kept: object) -> datetime:
    return kept if isinstance(kept, datetime) else datetime.fromisoformat(str(kept))
