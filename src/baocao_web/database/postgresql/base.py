"""Django's PostgreSQL, but for what a line costs: it is not asked whether it stands, and statements are planned once.

Where the server sits on the same machine as the application, a question costs mostly the going there and back. A page
asks three; Django would ask a fourth before each page, whether the server still hears. Django loads this module by its
name as the engine of the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from select import POLLIN, poll
from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A line to PostgreSQL."""

    _is_preparing = False

    def get_connection_params(self) -> dict[str, Any]:
        """What the line is opened with: whatever comes through a preparing cursor is planned the first time."""
        params: dict[str, Any] = super().get_connection_params()
        params["prepare_threshold"] = 0  # Django's own cursors put values into the words and prepare nothing
        return params

    def is_usable(self) -> bool:
        """Whether the server is still there, seen without asking it.

        A server that ends a line says so: its farewell, or the end of the stream, lies in the socket and is read by
        asking after all. Where nothing lies there the line stands, as far as a question would tell.
        """
        if self.connection is None or self.connection.closed:
            return False
        waiting = poll()
        waiting.register(self.connection.fileno(), POLLIN)
        return bool(super().is_usable()) if waiting.poll(0) else True

    @contextmanager
    def preparing(self) -> Iterator[Any]:
        """A cursor whose statements PostgreSQL plans once a line, their values sent apart from the words."""
        self._is_preparing = True
        try:
            cursor = self.cursor()
        finally:
            self._is_preparing = False
        with cursor:
            yield cursor

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor as Django wants it, or one that prepares."""
        if self._is_preparing and name is None:
            return base.ServerBindingCursor(self.connection)
        return super().create_cursor(name)
