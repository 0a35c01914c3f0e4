"""The ledger of files that were loaded into the store: which one, how much of it was new, when and by whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from baocao.figures.store_rows import moment, utc
from baocao.figures.store_schema import cursor_of, ensure_transaction


class Load(NamedTuple):
    """One file that was loaded: how many rows it held, how many were new, when and by whom."""

    id: int
    file: str
    sha256: str
    rows: int
    new: int
    recorded_at: datetime
    recorded_by: str


def note_load(connection: Any, file: str, sha256: str, rows: int, new: int, at: datetime, by: str) -> None:
    """Keep in the ledger of loads that a file was loaded."""
    dialect = ensure_transaction(connection)
    cursor = cursor_of(connection)
    statement = (
        "INSERT INTO load (file, sha256, row_count, new_count, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?)"
    )
    cursor.execute(dialect.sql(statement), (file, sha256, rows, new, moment(at), by))
    cursor.close()


def loads(connection: Any) -> tuple[Load, ...]:
    """All loads, the first first."""
    cursor = cursor_of(connection)
    cursor.execute("SELECT id, file, sha256, row_count, new_count, recorded_at, recorded_by FROM load ORDER BY id")
    found = [Load._make(row) for row in cursor.fetchall()]
    cursor.close()
    return tuple(load._replace(recorded_at=utc(load.recorded_at)) for load in found)
