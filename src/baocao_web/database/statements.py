"""Statements written out: what everybody asks all day, with as little between us and the database as there can be."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from django.db import connection


def ask(statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """The rows that a statement finds; its words never change, so that PostgreSQL plans them once a line."""
    with _cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def tell(statement: str, values: Sequence[object]) -> None:
    """Write, within the caller's transaction."""
    with _cursor() as cursor:
        cursor.execute(statement, values)


def _cursor() -> AbstractContextManager[Any]:
    preparing = getattr(connection, "preparing", None)  # SQLite keeps statements by itself
    found: AbstractContextManager[Any] = preparing() if preparing is not None else connection.cursor()
    return found
