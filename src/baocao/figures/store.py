"""The store of figures: revisions are added and never changed, and the latest of each address is its cell.

The only SQL about figures, together with ``store_targets`` and ``store_loads``. Every function works on a
connection that the caller owns (``sqlite3`` or ``psycopg`` 3) inside the caller's transaction, and leaves the commit to
the caller; only ``committing`` and ``open_file``, for the command line, do more. Writers come one after
another (a lock until the commit), so the order of revision numbers is the order in which they became
visible: whoever has seen revision n misses nothing by asking for what came ``since`` n.

The latest revision is the one with the latest ``recorded_at``, and of two at one moment that with the
greater identity; the order in which they arrive does not matter.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from baocao.figures.store_loads import Load, loads, note_load
from baocao.figures.store_rows import ADDRESS, COLUMNS, LIMIT, Refused, Revision, columns, moment, revisions, utc
from baocao.figures.store_schema import (
    Dialect,
    StoreUnusable,
    all_or_nothing,
    cursor_of,
    dialect_of,
    ensure_transaction,
    is_ready,
    prepare,
)
from baocao.model.observation import Address, Observation, Scenario, written
from baocao.model.period import Period
from baocao.model.text import Text

if TYPE_CHECKING:
    import sqlite3

__all__ = [
    "LIMIT",
    "Load",
    "Recorded",
    "Refused",
    "Revision",
    "StoreUnusable",
    "as_of",
    "changed_since",
    "committing",
    "current",
    "find",
    "history",
    "last_revision",
    "loads",
    "marked",
    "note_load",
    "open_file",
    "prepare",
    "rebuild_cells",
    "record",
    "revisions_of",
    "since",
    "stamp_of",
    "told_by",
    "told_since",
]

_NO_STORE = Text(
    "{path}: không mở được kho số liệu ({problem}); hãy kiểm tra đường dẫn và quyền ghi, "
    "hoặc chọn một tệp khác nếu tệp này không phải là kho số liệu.",
    "{path}: the store cannot be opened ({problem}); check the path and the right to write, "
    "or choose another file if this one is no store of figures.",
)
_BATCH = 5_000
_FETCH = 10_000
_KEY = ", ".join(ADDRESS)
_KEY_ORDER = "indicator, period, unit, scenario, authority, breakdown"  # that of the cells' key
_SELECTED = ", ".join(f"r.{name}" for name in ("id", *COLUMNS))
_PG_TYPES = ("text",) * 6 + ("date", "numeric", "text", "text", "text", "timestamptz", "text", "bytea")
_INTO = f"INSERT INTO revision ({', '.join(COLUMNS)}, identity)"
_ADD = {
    Dialect.SQLITE: f"{_INTO} VALUES ({', '.join('?' * 14)}) ON CONFLICT (identity) DO NOTHING",
    Dialect.POSTGRESQL: f"{_INTO} SELECT * FROM unnest({', '.join(f'%s::{kind}[]' for kind in _PG_TYPES)}) "
    "ON CONFLICT (identity) DO NOTHING",
}
_RENEW = f"""
    INSERT INTO cell ({_KEY}, revision, recorded_at, identity)
    SELECT {_KEY}, id, recorded_at, identity FROM (
        SELECT {_KEY}, id, recorded_at, identity,
               row_number() OVER (PARTITION BY {_KEY_ORDER} ORDER BY recorded_at DESC, identity DESC) AS place
        FROM revision WHERE id > ?) AS latest
    WHERE place = 1
    ON CONFLICT ({_KEY}) DO UPDATE
    SET revision = excluded.revision, recorded_at = excluded.recorded_at, identity = excluded.identity
    WHERE (excluded.recorded_at, excluded.identity) > (cell.recorded_at, cell.identity)"""


class Recorded(NamedTuple):
    """How many observations were new, how many were known before, and the last revision after them."""

    new: int
    known: int
    last: int


def record(connection: Any, observations: Iterable[Observation]) -> Recorded:
    """Add revisions; those with a known identity are passed over. All or nothing.

    Raises ``Refused`` for a figure that cannot be kept exactly, ``StoreUnusable`` without a transaction.
    """
    dialect = ensure_transaction(connection)
    cursor = cursor_of(connection)
    with all_or_nothing(cursor, "record_figures"):
        recorded = _record(cursor, dialect, observations)
    cursor.close()
    return recorded


def _record(cursor: Any, dialect: Dialect, observations: Iterable[Observation]) -> Recorded:
    if dialect is Dialect.POSTGRESQL:
        cursor.execute("LOCK TABLE revision, target IN SHARE ROW EXCLUSIVE MODE")  # writers one by one, readers go on
    before = _last(cursor)
    moments: dict[datetime, str] = {}
    rest, given = iter(observations), 0
    while batch := [columns(observation, moments) for observation in islice(rest, _BATCH)]:
        given += len(batch)
        if dialect is Dialect.SQLITE:
            cursor.executemany(_ADD[dialect], batch)
        else:
            cursor.execute(_ADD[dialect], [list(column) for column in zip(*batch, strict=True)])
    cursor.execute(dialect.sql("SELECT count(*), max(id) FROM revision WHERE id > ?"), (before,))
    new, last = cursor.fetchone()
    if new:
        cursor.execute(dialect.sql(_RENEW), (before,))
    return Recorded(new, given - new, last or before)


def rebuild_cells(connection: Any) -> int:
    """Make all cells again from the revisions; how many there are."""
    dialect = ensure_transaction(connection)
    cursor = cursor_of(connection)
    cursor.execute("DELETE FROM cell")
    cursor.execute(dialect.sql(_RENEW), (-1,))
    cursor.execute("SELECT count(*) FROM cell")
    (count,) = cursor.fetchone()
    cursor.close()
    return int(count)


def last_revision(connection: Any) -> int:
    """The number of the last revision, 0 when there is none."""
    return _last(cursor_of(connection))


def _last(cursor: Any) -> int:
    cursor.execute("SELECT coalesce(max(id), 0) FROM revision")
    (found,) = cursor.fetchone()
    return int(found)


def stamp_of(connection: Any, revision: int) -> str:
    """What tells a revision from that of the same number in another store; nothing said where there is none."""
    cursor = cursor_of(connection)
    cursor.execute(dialect_of(connection).sql("SELECT recorded_at, identity FROM revision WHERE id = ?"), (revision,))
    found = cursor.fetchone()
    cursor.close()
    return f"{moment(utc(found[0]))} {bytes(found[1]).hex()}" if found else ""


class _Filter(NamedTuple):
    """Conditions on addresses: SQL with ``?`` and its values."""

    sql: str
    values: tuple[object, ...]


_CHOICE = {
    Dialect.SQLITE: "r.{name} IN (SELECT value FROM json_each(?))",
    Dialect.POSTGRESQL: "r.{name} = ANY(?)",
}  # one parameter for any number of units


def _filter(
    dialect: Dialect,
    units: Sequence[str] | None,
    indicators: Sequence[str] | None,
    periods: Sequence[Period] | None,
    scenarios: Sequence[Scenario] | None,
) -> _Filter:
    wanted: tuple[tuple[str, Sequence[str] | None], ...] = (
        ("unit", units),
        ("indicator", indicators),
        ("period", None if periods is None else [period.code for period in periods]),
        ("scenario", None if scenarios is None else [scenario.value for scenario in scenarios]),
    )
    parts: list[str] = ["1 = 1"]
    values: list[object] = []
    for name, choice in wanted:
        if choice is not None:
            parts.append(_CHOICE[dialect].format(name=name))
            values.append(json.dumps(list(choice)) if dialect is Dialect.SQLITE else list(choice))
    return _Filter(" AND ".join(parts), tuple(values))


def current(
    connection: Any,
    units: Sequence[str] | None = None,
    indicators: Sequence[str] | None = None,
    periods: Sequence[Period] | None = None,
    scenarios: Sequence[Scenario] | None = None,
) -> Iterator[Revision]:
    """The latest revision of every address, ordered by address; None means any unit, indicator ..."""
    chosen = _filter(dialect_of(connection), units, indicators, periods, scenarios)
    joined = "cell AS c JOIN revision AS r ON r.id = c.revision"
    # the cell has the index by address, so the conditions are put to it
    where = chosen.sql.replace("r.", "c.")
    return _selected(connection, f"SELECT {_SELECTED} FROM {joined} WHERE {where} ORDER BY {_ordered('c')}", chosen)


def told_by(connection: Any, unit: str, indicators: Sequence[str]) -> Iterator[Revision]:
    """The latest revision of every address of one unit, ordered by address: found by what the unit ever told."""
    chosen = _filter(dialect_of(connection), [unit], indicators, None, None)
    same = " AND ".join(f"c.{name} = r.{name}" for name in ADDRESS)
    joined = f"revision AS r JOIN cell AS c ON {same} AND c.revision = r.id"
    return _selected(
        connection, f"SELECT {_SELECTED} FROM {joined} WHERE {chosen.sql} ORDER BY {_ordered('r')}", chosen
    )


def marked(
    connection: Any, indicators: Sequence[str], periods: Sequence[Period], scenarios: Sequence[Scenario]
) -> Iterator[Revision]:
    """The cells that hold a coded mark in place of a figure, ordered by address."""
    chosen = _filter(dialect_of(connection), None, indicators, periods, scenarios)
    joined = "cell AS c JOIN revision AS r ON r.id = c.revision"
    where = chosen.sql.replace("r.", "c.") + " AND r.mark IS NOT NULL"
    return _selected(connection, f"SELECT {_SELECTED} FROM {joined} WHERE {where} ORDER BY {_ordered('c')}", chosen)


def find(connection: Any, address: Address) -> Revision | None:
    """The latest revision of one address."""
    where = " AND ".join(f"c.{name} = ?" for name in ADDRESS)
    statement = f"SELECT {_SELECTED} FROM cell AS c JOIN revision AS r ON r.id = c.revision WHERE {where}"
    return next(_selected(connection, statement, _Filter("", _key(address))), None)


def history(connection: Any, address: Address) -> tuple[Revision, ...]:
    """All revisions of one address, the latest last."""
    where = " AND ".join(f"r.{name} = ?" for name in ADDRESS)
    statement = f"SELECT {_SELECTED} FROM revision AS r WHERE {where} ORDER BY r.recorded_at, r.identity"
    return tuple(_selected(connection, statement, _Filter("", _key(address))))


def revisions_of(
    connection: Any,
    units: Sequence[str] | None = None,
    indicators: Sequence[str] | None = None,
    periods: Sequence[Period] | None = None,
    scenarios: Sequence[Scenario] | None = None,
) -> Iterator[Revision]:
    """All revisions of the addresses, ordered by address, of each the latest last."""
    chosen = _filter(dialect_of(connection), units, indicators, periods, scenarios)
    order = f"{_ordered('r')}, r.recorded_at, r.identity"
    return _selected(connection, f"SELECT {_SELECTED} FROM revision AS r WHERE {chosen.sql} ORDER BY {order}", chosen)


def as_of(
    connection: Any,
    at: datetime,
    units: Sequence[str] | None = None,
    indicators: Sequence[str] | None = None,
    periods: Sequence[Period] | None = None,
    scenarios: Sequence[Scenario] | None = None,
    up_to: int | None = None,
) -> Iterator[Revision]:
    """What was known at a moment: of every address the latest revision recorded by then, ordered by address.

    ``up_to`` leaves out revisions with a greater number, for the very state that a reader of that time saw.
    """
    chosen = _filter(dialect_of(connection), units, indicators, periods, scenarios)
    bound = "" if up_to is None else f" AND r.id <= {int(up_to)}"
    names = ", ".join(("id", *COLUMNS))
    statement = f"""
        SELECT {names} FROM (
            SELECT {_SELECTED}, row_number() OVER (
                PARTITION BY {_ordered("r")} ORDER BY r.recorded_at DESC, r.identity DESC) AS place
            FROM revision AS r WHERE {chosen.sql}{bound} AND r.recorded_at <= ?) AS known
        WHERE place = 1 ORDER BY {_KEY}"""
    return _selected(connection, statement, _Filter("", (*chosen.values, moment(at))))


def since(connection: Any, revision: int) -> Iterator[Revision]:
    """All revisions after a number, in the order of their numbers: what a snapshot does not yet hold."""
    statement = f"SELECT {_SELECTED} FROM revision AS r WHERE r.id > ? ORDER BY r.id"
    return _selected(connection, statement, _Filter("", (revision,)))


def changed_since(connection: Any, revision: int) -> Iterator[Revision]:
    """The cells that a revision after a number is the current one of: what lies over a snapshot."""
    same = " AND ".join(f"c.{name} = r.{name}" for name in ADDRESS)  # the cell's own index finds it
    joined = f"revision AS r JOIN cell AS c ON {same} AND c.revision = r.id"
    statement = f"SELECT {_SELECTED} FROM {joined} WHERE r.id > ? ORDER BY r.id"
    return _selected(connection, statement, _Filter("", (revision,)))


def told_since(connection: Any, revision: int) -> dict[Period, frozenset[str]]:
    """Which units told something after a number, by the periods that it is of; targets and estimates are not meant."""
    cursor = cursor_of(connection)
    statement = "SELECT DISTINCT period, unit FROM revision WHERE id > ? AND scenario = ?"
    cursor.execute(dialect_of(connection).sql(statement), (revision, Scenario.ACTUAL.value))
    found: dict[str, set[str]] = {}
    for period, unit in cursor.fetchall():
        found.setdefault(period, set()).add(unit)
    cursor.close()
    return {Period.parse(period): frozenset(units) for period, units in found.items()}


def _selected(connection: Any, statement: str, chosen: _Filter) -> Iterator[Revision]:
    dialect = dialect_of(connection)
    cursor = cursor_of(connection)
    try:
        cursor.execute(dialect.sql(statement), chosen.values)
        while rows := cursor.fetchmany(_FETCH):
            yield from revisions(rows, dialect)
    finally:
        cursor.close()


def _key(address: Address) -> tuple[object, ...]:
    place = (address.unit, address.indicator, address.period.code, address.scenario.value)
    return (*place, address.authority, written(address.breakdown))


def _ordered(alias: str) -> str:
    return ", ".join(f"{alias}.{name}" for name in ADDRESS)


@contextmanager
def committing(connection: Any) -> Iterator[Any]:
    """For the command line: commit at the end of the block, roll back when it raises."""
    try:
        yield connection
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def open_file(path: Path) -> sqlite3.Connection:
    """A store in one SQLite file, made when it is missing, durable (WAL, every commit on disk), ready for use.

    Raises ``StoreUnusable`` for a newer store, and for a file that is no database or cannot be written.
    """
    import sqlite3

    try:
        return _opened(sqlite3.connect(path, timeout=30))
    except sqlite3.Error as problem:
        raise StoreUnusable(_NO_STORE.fill(path=path, problem=problem)) from problem


def _opened(connection: sqlite3.Connection) -> sqlite3.Connection:
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -65536")  # 64 MB: the tree of identities is written to at random
        if not is_ready(connection):  # who only reads need not wait for who is loading
            with committing(connection):
                prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection
