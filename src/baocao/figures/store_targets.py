"""The ledger of targets in the store: what was asked for is added to, never changed.

A target is its own identity: told twice, it is kept once. What holds on a day is for ``targets`` to say. A target that
was mistyped is superseded by the one that was meant, under the same decision: both stay, and only the latter stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, NamedTuple

from baocao.figures.store_rows import Refused, breakdown_line, exact, moment, only_words, utc
from baocao.figures.store_schema import Dialect, all_or_nothing, cursor_of, dialect_of, ensure_transaction
from baocao.model.observation import Address, Scenario, breakdown_of
from baocao.model.period import Period
from baocao.model.target import Decision, Target, TargetKind
from baocao.model.text import Text

__all__ = [
    "CorrectedTarget",
    "RecordedTargets",
    "assured",
    "corrections_of",
    "identity_of",
    "kept_of",
    "kept_of_unit",
    "kept_of_units",
    "record_correction",
    "record_targets",
    "targets",
]

_ADDRESS = ("unit", "indicator", "period", "authority", "breakdown")
_TERMS = ("kind", "low", "high", "is_strict", "rated_at_year_end")
_DECISION = ("decision_kind", "decision_number", "decision_issuer", "decided_on", "holds_from")
_COLUMNS = (*_ADDRESS, *_TERMS, *_DECISION)
_ADD = (
    f"INSERT INTO target ({', '.join(_COLUMNS)}, recorded_at, recorded_by, identity) "
    f"VALUES ({', '.join('?' * (len(_COLUMNS) + 3))}) ON CONFLICT (identity) DO NOTHING"
)
_CORRECT = "INSERT INTO target_correction (former, latter, reason, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?)"
_STANDS = (
    "NOT EXISTS (SELECT 1 FROM target_correction c WHERE c.former = target.identity{known} AND NOT EXISTS "
    "(SELECT 1 FROM target_correction d WHERE d.latter = target.identity AND d.id > c.id{again}))"
)
_MOST_AT_ONCE = 500  # units in one question
_NOT_A_TARGET = Text(
    "{address}: địa chỉ của chỉ tiêu giao phải có kịch bản 'giao' (target) chứ không phải {seen}.",
    "{address}: the address of a target has the scenario target, not {seen}.",
)


class RecordedTargets(NamedTuple):
    """How many targets were new, and how many were known before."""

    new: int
    known: int


class CorrectedTarget(NamedTuple):
    """A target that was mistyped, and what was put in its place: why, when and by whom."""

    former: Target
    latter: Target
    reason: str
    recorded_at: datetime
    recorded_by: str


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


def record_correction(
    connection: Any, former: Target, latter: Target, reason: str, recorded_at: datetime, by: str
) -> None:
    """Let a target stand in the place of one that was mistyped; of both nothing is changed. Raises ``Refused``."""
    dialect = ensure_transaction(connection)
    only_words(latter.address, reason)
    row = (identity_of(former), identity_of(latter), reason, moment(recorded_at), by)
    cursor = cursor_of(connection)
    with all_or_nothing(cursor, "record_correction"):
        record_targets(connection, [latter], recorded_at, by)
        cursor.execute(dialect.sql(_CORRECT), row)
    cursor.close()


def corrections_of(connection: Any, unit: str, indicator: str) -> list[CorrectedTarget]:
    """What was put right among the targets of one unit and indicator, the earliest first."""
    every = {
        identity_of(one): one for one in _selected(connection, "unit = ? AND indicator = ?", (unit, indicator), "")
    }
    cursor = cursor_of(connection)
    statement = (
        "SELECT c.former, c.latter, c.reason, c.recorded_at, c.recorded_by FROM target_correction c "
        "JOIN target ON target.identity = c.former WHERE target.unit = ? AND target.indicator = ? ORDER BY c.id"
    )
    cursor.execute(dialect_of(connection).sql(statement), (unit, indicator))
    rows = cursor.fetchall()
    cursor.close()
    return [
        CorrectedTarget(every[bytes(one)], every[bytes(other)], why, utc(at), by) for one, other, why, at, by in rows
    ]


def identity_of(target: Target) -> bytes:
    """What a target is known by in the ledger."""
    return _identity(_row(target))


def targets(connection: Any, known_at: datetime | None = None) -> Iterator[Target]:
    """All targets that stand in the order of address and day, or those that stood at a moment."""
    if known_at is None:
        yield from _selected(connection, "", ())
        return
    at = moment(known_at)
    stood = _STANDS.format(known=" AND c.recorded_at <= ?", again=" AND d.recorded_at <= ?")
    yield from _selected(connection, "recorded_at <= ?", (at, at, at), stood)


def kept_of(connection: Any, unit: str, indicator: str) -> tuple[Target, ...]:
    """The targets of the ledger for one unit and indicator, of all authorities and periods."""
    return tuple(_selected(connection, "unit = ? AND indicator = ?", (unit, indicator)))


def kept_of_unit(connection: Any, unit: str) -> tuple[Target, ...]:
    """The targets of the ledger for one unit, of all indicators, authorities and periods."""
    return tuple(_selected(connection, "unit = ?", (unit,)))


def kept_of_units(connection: Any, units: Sequence[str], indicator: str = "") -> tuple[Target, ...]:
    """The targets of the ledger for some units, of one indicator or of all, of all authorities and periods."""
    found: list[Target] = []
    for at in range(0, len(units), _MOST_AT_ONCE):
        some = tuple(units[at : at + _MOST_AT_ONCE])
        where = f"unit IN ({', '.join('?' * len(some))})"
        limits = (f"{where} AND indicator = ?", (*some, indicator)) if indicator else (where, some)
        found += _selected(connection, *limits)
    return tuple(found)


def assured(connection: Any) -> frozenset[str]:
    """The indicators that some unit is asked to assure."""
    cursor = cursor_of(connection)
    statement = "SELECT DISTINCT indicator FROM target WHERE kind = ?"
    cursor.execute(dialect_of(connection).sql(statement), (TargetKind.ASSURED.value,))
    found = frozenset(code for (code,) in cursor.fetchall())
    cursor.close()
    return found


def _selected(
    connection: Any, where: str, values: tuple[object, ...], stands: str = _STANDS.format(known="", again="")
) -> Iterator[Target]:
    order = ", ".join((*_ADDRESS, "holds_from", "decided_on", "identity"))
    limits = " AND ".join(filter(None, (where, stands)))
    statement = f"SELECT {', '.join(_COLUMNS)} FROM target{' WHERE ' if limits else ''}{limits} ORDER BY {order}"
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
