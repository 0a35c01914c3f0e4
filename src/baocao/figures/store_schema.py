"""The tables of figures, written once for SQLite and for PostgreSQL.

``revision``, ``target``, ``target_correction`` and ``load`` are ledgers: the database itself refuses to change or
delete their rows. ``cell`` is derived (the latest revision of each address) and can be made again from the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from typing import Any

from baocao.model.text import Problem, Text

VERSION = 2
LEDGERS = ("revision", "target", "load")  # since version 1
_CORRECTED = "target_correction"  # since version 2

_UNKNOWN_CONNECTION = Text(
    "kết nối thuộc loại {seen}; kho số liệu chỉ làm việc với sqlite3 và psycopg 3. "
    "Hãy đưa chính kết nối của trình điều khiển (trong Django: connection.connection).",
    "the connection is a {seen}; the store works with sqlite3 and psycopg 3 only. "
    "Give the driver's own connection (in Django: connection.connection).",
)
_NO_TRANSACTION = Text(
    "kết nối đang ở chế độ tự ghi (autocommit) và chưa mở giao dịch; hãy mở giao dịch trước khi ghi số liệu.",
    "the connection commits by itself and no transaction is open; begin a transaction before recording.",
)
_NEWER = Text(
    "kho số liệu ở phiên bản {seen}, chương trình này chỉ biết đến phiên bản {known}; hãy nâng cấp baocao.",
    "the store has version {seen}, this program knows versions up to {known}; install a newer baocao.",
)


class StoreUnusable(Problem):
    """The store cannot be worked with as it is given; ``text`` says why and what to do."""


class Dialect(Enum):
    """Which database a connection leads to."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"

    def sql(self, statement: str) -> str:
        """A statement written with ``?``, with the placeholders of this database's driver."""
        return statement if self is Dialect.SQLITE else statement.replace("?", "%s")


def dialect_of(connection: Any) -> Dialect:
    """Whose connection it is. Raises ``StoreUnusable`` for any other driver."""
    for kind in type(connection).__mro__:
        driver = kind.__module__.partition(".")[0]
        if driver in ("sqlite3", "_sqlite3"):
            return Dialect.SQLITE
        if driver == "psycopg":
            return Dialect.POSTGRESQL
    kind = type(connection)
    raise StoreUnusable(_UNKNOWN_CONNECTION.fill(seen=f"{kind.__module__}.{kind.__qualname__}"))


def cursor_of(connection: Any) -> Any:
    """A cursor that gives plain tuples, whatever rows the caller has chosen for itself."""
    if dialect_of(connection) is Dialect.POSTGRESQL:
        from psycopg.rows import tuple_row

        return connection.cursor(row_factory=tuple_row)
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor


def ensure_transaction(connection: Any) -> Dialect:
    """Make sure that what is written now waits for the caller's commit. Raises ``StoreUnusable``."""
    dialect = dialect_of(connection)
    if dialect is Dialect.POSTGRESQL:
        if connection.autocommit and connection.info.transaction_status.name == "IDLE":
            raise StoreUnusable(_NO_TRANSACTION)
    elif not connection.in_transaction:
        if connection.isolation_level is None or getattr(connection, "autocommit", False) is True:
            raise StoreUnusable(_NO_TRANSACTION)
        # at once as a writer: a reader that turns writer later can fail with "database is locked"
        connection.execute("BEGIN IMMEDIATE")
    return dialect


@contextmanager
def all_or_nothing(cursor: Any, name: str) -> Iterator[None]:
    """A block whose writing is undone as a whole when it raises; the caller's transaction goes on."""
    cursor.execute(f"SAVEPOINT {name}")
    try:
        yield
    except BaseException:
        # a lost connection or a full disk has undone everything already: the first error is the one to tell
        with suppress(Exception):
            cursor.execute(f"ROLLBACK TO SAVEPOINT {name}")
            cursor.execute(f"RELEASE SAVEPOINT {name}")
        raise
    cursor.execute(f"RELEASE SAVEPOINT {name}")


_TYPES = {
    Dialect.SQLITE: {
        "id": "INTEGER PRIMARY KEY",
        "words": "TEXT NOT NULL",
        "decimal": "TEXT",  # exact; SQLite's own numbers are binary
        "day": "TEXT NOT NULL",
        "moment": "TEXT NOT NULL",  # UTC to the microsecond, all of one length, so that order is order in time
        "digest": "BLOB NOT NULL",
        "sound": "({0} IS NULL OR ({0} NOT GLOB '*[^0-9.-]*' AND length({0}) BETWEEN 1 AND 20))",
        "tail": " WITHOUT ROWID",
    },
    Dialect.POSTGRESQL: {
        "id": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        "words": 'TEXT COLLATE "C" NOT NULL',  # one order of words on every machine
        "decimal": "NUMERIC",
        "day": "DATE NOT NULL",
        "moment": "TIMESTAMPTZ NOT NULL",
        "digest": "BYTEA NOT NULL",
        "sound": "({0} IS NULL OR (abs({0}) < 1000000000000 AND scale({0}) <= 6))",
        "tail": "",
    },
}


def statements(dialect: Dialect) -> Iterator[str]:
    """All statements that make the schema of a new store, in order."""
    yield from _tables(dialect)
    for table in LEDGERS:
        yield from _guards(dialect, table)
    yield from _corrections(dialect)


def _corrections(dialect: Dialect) -> Iterator[str]:
    """What a store of version 1 lacks: which target was mistyped, and which stands in its place."""
    kind = _TYPES[dialect]
    words, moment, digest = kind["words"], kind["moment"], kind["digest"]
    yield (
        f"CREATE TABLE IF NOT EXISTS {_CORRECTED} (id {kind['id']}, former {digest}, latter {digest}, "
        f"reason {words}, recorded_at {moment}, recorded_by {words})"
    )
    yield f"CREATE INDEX IF NOT EXISTS {_CORRECTED}_of ON {_CORRECTED} (former)"
    yield f"CREATE INDEX IF NOT EXISTS {_CORRECTED}_by ON {_CORRECTED} (latter)"
    yield from _guards(dialect, _CORRECTED)


def _tables(dialect: Dialect) -> Iterator[str]:
    kind = _TYPES[dialect]
    words, day, moment, digest = kind["words"], kind["day"], kind["moment"], kind["digest"]
    place = f"unit {words}, indicator {words}, period {words}"
    kept = f"recorded_at {moment}, recorded_by {words}, identity {digest} UNIQUE"
    yield (
        f"CREATE TABLE IF NOT EXISTS revision (id {kind['id']}, {place}, scenario {words}, authority {words}, "
        f"breakdown {words}, period_end {day}, value {kind['decimal']}, mark TEXT, origin_kind {words}, "
        f"origin {words}, {kept}, CHECK ((value IS NULL) <> (mark IS NULL)), "
        f"CHECK {kind['sound'].format('value')})"
    )
    yield "CREATE INDEX IF NOT EXISTS revision_by_address ON revision (unit, indicator, period)"
    yield (
        f"CREATE TABLE IF NOT EXISTS cell ({place}, scenario {words}, authority {words}, breakdown {words}, "
        f"revision BIGINT NOT NULL, recorded_at {moment}, identity {digest}, "
        f"PRIMARY KEY (indicator, period, unit, scenario, authority, breakdown)){kind['tail']}"
    )
    yield (
        f"CREATE TABLE IF NOT EXISTS target (id {kind['id']}, {place}, authority {words}, breakdown {words}, "
        f"kind {words}, low {kind['decimal']}, high {kind['decimal']}, is_strict INTEGER NOT NULL, "
        f"rated_at_year_end INTEGER NOT NULL, decision_kind {words}, decision_number {words}, "
        f"decision_issuer {words}, decided_on {day}, holds_from {day}, {kept}, "
        f"CHECK {kind['sound'].format('low')}, CHECK {kind['sound'].format('high')})"
    )
    yield "CREATE INDEX IF NOT EXISTS target_by_address ON target (unit, indicator, period)"
    yield (
        f"CREATE TABLE IF NOT EXISTS load (id {kind['id']}, file {words}, sha256 {words}, row_count BIGINT NOT NULL, "
        f"new_count BIGINT NOT NULL, recorded_at {moment}, recorded_by {words})"
    )


def _guards(dialect: Dialect, table: str) -> Iterator[str]:
    """What makes a table append-only."""
    refusal = f"{table} is append-only: nothing in it is changed or deleted"
    if dialect is Dialect.POSTGRESQL:
        yield (
            f"CREATE OR REPLACE FUNCTION {table}_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
        )
        yield (
            f"CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_kept()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER IF NOT EXISTS {table}_is_kept_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        )
    # REPLACE would delete the older row without asking the trigger above
    yield (
        f"CREATE TRIGGER IF NOT EXISTS {table}_is_kept_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    )
    if table in ("revision", "target"):  # the others have no identity
        yield (
            f"CREATE TRIGGER IF NOT EXISTS {table}_is_known BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE identity = NEW.identity) BEGIN SELECT RAISE(IGNORE); END"
        )


def prepare(connection: Any) -> None:
    """Make the tables where they are missing, inside the caller's transaction; may be called every time.

    Raises ``StoreUnusable`` for a store that a newer program has made.
    """
    dialect = ensure_transaction(connection)
    cursor = cursor_of(connection)
    if dialect is Dialect.POSTGRESQL:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('baocao figures'))")  # two that begin at once
    cursor.execute("CREATE TABLE IF NOT EXISTS figures_version (version INTEGER NOT NULL)")
    cursor.execute("SELECT max(version) FROM figures_version")
    seen = cursor.fetchone()[0]
    if seen is not None and seen > VERSION:
        raise StoreUnusable(_NEWER.fill(seen=seen, known=VERSION))
    if seen != VERSION:
        for statement in statements(dialect) if seen is None else _corrections(dialect):
            cursor.execute(statement)
        cursor.execute(dialect.sql("INSERT INTO figures_version VALUES (?)"), (VERSION,))
    cursor.close()


def is_ready(connection: Any) -> bool:
    """Whether the tables of a SQLite file are there as this program makes them."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'figures_version'").fetchone() is None:
        return False
    return bool(connection.execute("SELECT max(version) FROM figures_version").fetchone()[0] == VERSION)
