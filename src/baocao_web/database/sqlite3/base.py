"""Django's SQLite, but that the threads of one process write by turns.

SQLite has one writer at a time. Who finds it busy sleeps and looks again, longer each time, up to a tenth of a second;
with several threads many sleep while nobody writes. Threads therefore wait for each other here, where the next one is
woken at once, and of each process one looks again every few milliseconds. Django loads this module by its name as the
engine of the database.
"""

from __future__ import annotations

from collections import defaultdict
from threading import Lock
from time import monotonic
from typing import Any, Final

from django.db import OperationalError
from django.db.backends.sqlite3 import base

_LOOK: Final = 5  # milliseconds for which SQLite itself looks again, 1 and 2 apart
_turns: defaultdict[str, Lock] = defaultdict(Lock)


def turn_of(name: str) -> Lock:
    """What the threads of this process hold while they write to a database of this name."""
    return _turns[name]


class DatabaseWrapper(base.DatabaseWrapper):
    """A line to SQLite."""

    _has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        wait = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        until = monotonic() + wait
        self._take_turn(wait)
        try:
            self.connection.execute(f"PRAGMA busy_timeout = {_LOOK}")
            while not self._is_begun(until):
                pass
        except BaseException:
            self._give_turn()
            raise
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {int(wait * 1000)}")

    def _is_begun(self, until: float) -> bool:
        try:
            super()._start_transaction_under_autocommit()
        except OperationalError as problem:
            if "locked" not in str(problem) or monotonic() > until:
                raise
            return False
        return True

    def _commit(self) -> Any:
        super()._commit()  # where it fails Django rolls back, which ends the turn
        self._give_turn()

    def _rollback(self) -> Any:
        try:
            super()._rollback()
        finally:
            self._give_turn()

    def _close(self) -> Any:
        try:
            super()._close()
        finally:
            self._give_turn()

    def _take_turn(self, wait: float) -> None:
        """Raises ``OperationalError`` in SQLite's own words where others write for longer than one waits there."""
        if not self._has_turn and not turn_of(str(self.settings_dict["NAME"])).acquire(timeout=wait):
            raise OperationalError("database is locked")
        self._has_turn = True

    def _give_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            turn_of(str(self.settings_dict["NAME"])).release()
