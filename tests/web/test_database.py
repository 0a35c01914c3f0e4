"""How the application speaks to PostgreSQL: a line that is gone is seen, statements are planned once."""

from __future__ import annotations

from threading import Thread

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from baocao_web.database.sqlite3 import base as sqlite
from baocao_web.database.statements import ask, tell

_INSERT = "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, %s, %s)"
on_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@on_postgresql
def test_a_line_that_the_server_ended_is_seen_and_opened_anew(database: str) -> None:
    assert ask("SELECT %s::int", [1]) == [(1,)]
    asked = connection.connection.info.backend_pid
    assert connection.is_usable()
    with psycopg.connect(connection.connection.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [asked])
    assert not connection.is_usable()
    connection.health_check_done = False  # as at the beginning of a request
    connection.health_check_enabled = True
    assert ask("SELECT %s::int", [2]) == [(2,)]
    assert connection.connection.info.backend_pid != asked


@on_postgresql
def test_a_line_that_stands_is_not_asked(database: str) -> None:
    def last_asked() -> str:
        with psycopg.connect(connection.connection.info.dsn, autocommit=True) as other:
            pid = connection.connection.info.backend_pid
            return str(other.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [pid]).fetchone())

    ask("SELECT %s::int AS the_last_one", [1])
    assert connection.is_usable()
    assert "the_last_one" in last_asked()


@on_postgresql
def test_what_is_asked_all_day_is_planned_once_a_line(database: str) -> None:
    prepared = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT place%%'"
    for place in range(3):
        ask("SELECT place FROM people_record WHERE stream = %s AND place > %s", ["nothing", place])
    with connection.cursor() as cursor:
        cursor.execute(prepared)
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_statements_are_of_the_transaction_that_they_stand_in(database: str) -> None:
    with pytest.raises(DatabaseError):
        _kept_twice()
    assert ask("SELECT session_key FROM django_session WHERE session_key = %s", ["one"]) == []


@transaction.atomic
def _kept_twice() -> None:
    for _ in range(2):
        tell(_INSERT, ["one", "", "2026-01-01T00:00:00Z"])


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_threads_write_by_turns_and_a_turn_ends_however_its_transaction_does(database: str) -> None:
    place = str(connection.settings_dict["NAME"])
    turn = sqlite.turn_of(place)
    with transaction.atomic():
        assert turn.locked()
        with transaction.atomic():
            assert turn.locked(), "what is within a transaction is of its turn"
    assert not turn.locked()
    with pytest.raises(DatabaseError):
        _kept_twice()
    assert not turn.locked()
    with transaction.atomic():
        connection.close()
    assert not turn.locked()
    written = [Thread(target=_write, args=(number,)) for number in range(12)]
    for thread in written:
        thread.start()
    for thread in written:
        thread.join()
    assert ask("SELECT count(*) FROM django_session", []) == [(12,)]
    assert not turn.locked()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_who_waits_too_long_for_a_turn_hears_what_sqlite_says(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    with sqlite.turn_of(str(connection.settings_dict["NAME"])), pytest.raises(OperationalError, match="locked"):
        _kept_twice()
    assert ask("SELECT 1", []) == [(1,)], "the line is as good as before"


def _write(number: int) -> None:
    try:
        with transaction.atomic():
            tell(_INSERT, [str(number), "", "2026-01-01T00:00:00Z"])
    finally:
        connection.close()
