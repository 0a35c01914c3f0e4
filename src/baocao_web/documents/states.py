"""How long work stands."""

from __future__ import annotations

from enum import Enum


class State(Enum):
    """How a piece of long work stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        return self in (State.DONE, State.FAILED)
