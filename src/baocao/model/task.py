"""Key tasks: what a unit has undertaken to do within a year, by whom and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class TaskState(Enum):
    """How far a task has come."""

    DONE = "done"  # đã hoàn thành
    ONGOING = "ongoing"  # đang thực hiện
    LATE = "late"  # chậm tiến độ
    WAITING = "waiting"  # chưa triển khai


@dataclass(frozen=True, slots=True)
class KeyTask:
    """One key task (nhiệm vụ trọng tâm) as it stands: ``progress`` is what its owner says of it."""

    title: str
    owner: str
    due: date | None
    state: TaskState
    progress: str = ""
