"""Sessions in the database, read with one plain statement: every request of everybody begins with it."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from baocao_web.database.statements import ask

_LOAD = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(DatabaseStore):
    """Django's own store but for how a session is looked up."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, under a new key, where it is over or never was."""
        found = ask(_LOAD, [self.session_key, timezone.now()])
        if not found:
            self._session_key = None
            return {}
        kept: dict[str, Any] = self.decode(found[0][0])
        return kept

    @classmethod
    def get_model_class(cls) -> Any:
        return DatabaseStore.get_model_class()
