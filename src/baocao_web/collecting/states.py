"""Where an entry has come to, in the order of its life."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from baocao.model.text import Text


class State(Enum):
    """What may be done with an entry next follows from its state."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"

    @property
    def name_of(self) -> Text:
        return _NAMES[self]

    @property
    def may_be_filled(self) -> bool:
        return self in (State.OPEN, State.RETURNED)


_NAMES: Mapping[State, Text] = MappingProxyType(
    {
        State.OPEN: Text("đang nhập", "being filled in"),
        State.SUBMITTED: Text("đã nộp", "submitted"),
        State.RETURNED: Text("bị trả lại", "returned"),
        State.APPROVED: Text("đã duyệt", "approved"),
    }
)
