"""Real stores to test on: a SQLite file in a new folder, and a schema of its own in a PostgreSQL server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from baocao.figures import store
from baocao.model.observation import Address, Observation, Origin, OriginKind
from baocao.model.period import Period

SERVER = os.environ.get(
    "BAOCAO_TEST_POSTGRESQL", "host=127.0.0.1 port=5432 dbname=test user=postgres connect_timeout=3"
)
KINDS = ("sqlite", "postgresql")
YEAR = Period.part(2024)
START = datetime(2025, 1, 1, tzinfo=UTC)


@contextmanager
def opened(kind: str, folder: Path) -> Iterator[Any]:
    """A store made new, on one of ``KINDS``; skips the test when there is no server."""
    if kind == "sqlite":
        connection = store.open_file(folder / f"{uuid4().hex}.db")
        try:
            yield connection
        finally:
            connection.close()
        return
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: PostgreSQL is not tested")
    try:
        server = psycopg.connect(SERVER)
    except psycopg.OperationalError as problem:
        pytest.skip(f"no PostgreSQL server to test on: {problem}")
    schema = f"s_{uuid4().hex}"
    server.execute(f"CREATE SCHEMA {schema}")
    server.execute(f"SET search_path TO {schema}")
    store.prepare(server)
    server.commit()
    try:
        yield server
    finally:
        server.rollback()
        server.execute(f"DROP SCHEMA {schema} CASCADE")
        server.commit()
        server.close()


def observed(
    value: str | None = "1.5",
    unit: str = "00097",
    at: int = 0,
    origin: str = "file#B2",
    kind: OriginKind = OriginKind.FILE_CELL,
    **more: Any,
) -> Observation:
    """An observation of the year 2024, ``at`` seconds after the start of 2025."""
    address = Address(unit, "dien_tich_lua", YEAR)
    figure = None if value is None else Decimal(value)
    return Observation(address, figure, Origin(kind, origin), START + timedelta(seconds=at), "an", **more)
