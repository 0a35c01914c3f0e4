"""The sentence that counts tasks, in the very words of a report, each count with the state that it is a count of."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from baocao.drafting.phrases import Tasks, Told, say
from baocao.model.draft import Form, Number, Reckoning, Source, Words
from baocao.model.task import TaskState

_NOUN = "nhiệm vụ"
_WHOLE = "tasks"
_ORDER = (TaskState.DONE, TaskState.ONGOING, TaskState.LATE, TaskState.WAITING)


class Piece(NamedTuple):
    """A stretch of the sentence; ``state`` where it is a count: "all" of the whole."""

    text: str
    state: str = ""


def sentence(counts: Mapping[TaskState, int]) -> list[Piece]:
    """The sentence in its pieces, as a draft of these tasks would have it; none where there are no tasks."""
    total = sum(counts.values())
    if not total:
        return []
    line = say(Tasks(_told(total, _WHOLE), *(_told(counts[one], f"{_WHOLE}:{one.value}") for one in _ORDER)))
    pieces = []
    for one in line:
        if isinstance(one, Number):
            pieces.append(Piece(one.text, one.source.argument.partition(":")[2] or "all"))
        elif isinstance(one, Words):
            pieces.append(Piece(one.text))
    first = pieces[0]
    return [first._replace(text=first.text[:1].upper() + first.text[1:]), *pieces[1:], Piece(".")]


def _told(count: int, question: str) -> Told:
    return Told(_NOUN, Decimal(count), _NOUN, Form(digits=2), Source(Reckoning.COUNT, (), question))
