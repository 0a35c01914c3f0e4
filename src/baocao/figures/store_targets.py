"""The ledger of targets in the store: what was asked for is added to, never changed.

A target is its own identity: told twice, it is kept once. What holds on a day is for ``targets`` to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, NamedTuple

from baocao.figures.store_rows import Refused, breakdown_line, exact, moment, only_words
from baocao.figures.store_schema import Dialect, all_or_nothing, cursor_of, dialect_of, ensure_transaction
from baocao.model.observation import Address, Scenario, breakdown_of
from baocao.model.period import Period
from baocao.model.target import Decision, Target, TargetKind
from baocao.model.text import Text

__all__ = ["RecordedTargets", "assured", "kept_of", "kept_of_unit", "record_targets", "targets"]

_ADDRESS = ("unit", "indicator", "period", "authority", "breakdown")
_TERMS = ("kind", "low", "high", "is_strict", "rated_at_year_end")
_DECISION = ("decision_kind", "decision_number", "decision_issuer", "decided_on", "holds_from")
_COLUMNS = (*_ADDRESS, *_TERMS, *_DECISION)
_ADD = (
    f"INSERT INTO target ({', '.join(_COLUMNS)}, recorded_at, recorded_by, identity) "
    f"VALUES ({', '.join('?' * (len(_COLUMNS) + 3))}) ON CONFLICT (identity) DO NOTHING"
)
_NOT_A_TARGET = Text(
    "{address}: địa chỉ của chỉ tiêu giao phải có kịch bản 'giao' (target) chứ không phải {seen}.",
    "{address}: the address of a target has the scenario target, not {seen}.",
)


class RecordedTargets(NamedTuple):
    """How many targets were new, and how many were known before."""

    new: int
    known: int


def record_targets(connection: Any, given: Iterable[Target], recorded_at: datetime, by: str) -> RecordedTargets:
    """Add targets to the ledger, all or nothing. Raises ``Refused`` as the store of revisions does."""
    dialect = ensure_transaction(connection)
    at = moment(recorded_at)
    rows = [(*row, at, by, _identity(row)) for row in map(_row, given)]
    cursor = cursor_of(connection)
    if dialect is Dialect.POSTGRESQL:
        # the lock of all writers, so that nobody who records figures and targets waits for another in a circle
        cursor.execute("LOCK TABLE revision, target IN SHARE ROW EXCLUSIVE MODE")
    before = _count(cursor)
    with all_or_nothing(cursor, "record_targets"):
        cursor.executemany(dialect.sql(_ADD), rows)
    new = _count(cursor) - before
    cursor.close()
    return RecordedTargets(new, len(rows) - new)


def targets(connection: Any, known_at: datetime | None = None) -> Iterator[Target]:
    """All targets of the ledger in the order of address and day, or those recorded by a moment."""
    where, values = ("", ()) if known_at is None else (" WHERE recorded_at <= ?", (moment(known_at),))
    yield from _selected(connection, where, values)


def kept_of(connection: Any, unit: str, indicator: str) -> tuple[Target, ...]:
    """The targets of the ledger for one unit and indicator, of all authorities and periods."""
    return tuple(_selected(connection, " WHERE unit = ? AND indicator = ?", (unit, indicator)))


def kept_of_unit(connection: Any, unit: str) -> tuple[Target, ...]:
    """The targets of the ledger for one unit, of all indicators, authorities and periods."""
    return tuple(_selected(connection, " WHERE unit = ?", (unit,)))


def assured(connection: Any) -> frozenset[str]:
    """The indicators that some unit is asked to assure."""
    cursor = cursor_of(connection)
    statement = "SELECT DISTINCT indicator FROM target WHERE kind = ?"
    cursor.execute(dialect_of(connection).sql(statement), (TargetKind.ASSURED.value,))
    found = frozenset(code for (code,) in cursor.fetchall())
    cursor.close()
    return found


def _selected(connection: Any, where: str, values: tuple[object, ...]) -> Iterator[Target]:
    order = ", ".join((*_ADDRESS, "holds_from", "decided_on", "identity"))
    statement = f"SELECT {', '.join(_COLUMNS)} FROM target{where} ORDER BY {order}"
    cursor = cursor_of(connection)
    try:
        cursor.execute(dialect_of(connection).sql(statement), values)
        for row in cursor.fetchall():
            yield _target(*row)
    finally:
        cursor.close()


def _row(target: Target) -> tuple[object, ...]:
    address, decision = target.address, target.decision
    if address.scenario is not Scenario.TARGET:
        raise Refused(_NOT_A_TARGET.fill(address=address, seen=address.scenario.value))
    bounds = (None if bound is None else exact(bound, address) for bound in (target.low, target.high))
    place = (address.unit, address.indicator, address.period.code, address.authority, breakdown_line(address))
    terms = (target.kind.value, *bounds, int(target.is_strict), int(target.rated_at_year_end))
    days = (decision.issued_on.isoformat(), target.holds_from.isoformat())
    named = (decision.kind, decision.number, decision.issuer)
    only_words(address, *place, *named)
    return (*place, *terms, *named, *days)


def _identity(row: tuple[object, ...]) -> bytes:
    return sha256("\x1f".join("" if part is None else str(part) for part in row).encode()).digest()


def _count(cursor: Any) -> int:
    cursor.execute("SELECT count(*) FROM target")
    (count,) = cursor.fetchone()
    return int(count)


def _target(*row: Any) -> Target:
    unit, indicator, period, authority, breakdown, kind, low, high, strict, year_end, *rest = row
    by_kind, number, issuer, decided_on, holds_from = rest
    address = Address(unit, indicator, Period.parse(period), Scenario.TARGET, authority, breakdown_of(breakdown))
    decision = Decision(number, _day(decided_on), by_kind, issuer)
    bounds = (_figure(low), _figure(high))
    return Target(address, TargetKind(kind), decision, _day(holds_from), *bounds, bool(strict), bool(year_end))


def _figure(value: str | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _day(day: str | date) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day
