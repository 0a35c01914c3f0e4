"""The rooms of the application as somebody sees them: only those in which there is something for him to do."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from baocao_web.people.policies import grants_of
from baocao_web.people.roles import MAY, Action, Role


class Room(NamedTuple):
    """One entry of the navigation."""

    name: str
    url: str


_ROOMS: Final = (
    (_("Biểu cần làm"), "entries", Action.SEE),
    (_("Đợt báo cáo"), "rounds", Action.CHASE),
    (_("Tình hình thực hiện"), "dashboard", Action.SEE),
    (_("Tra cứu số liệu"), "pivot", Action.SEE),
    (_("Chỉ tiêu giao"), "plan", Action.SEE),
    (_("Nhiệm vụ trọng tâm"), "tasks", Action.SEE),
    (_("Báo cáo"), "documents", Action.PROOF_READ),
    (_("Báo cáo"), "documents", Action.ISSUE),
    (_("Công khai"), "published", Action.SEE),
    (_("Tài khoản"), "accounts", Action.GRANT),
    (_("Nhật ký"), "record", Action.AUDIT),
)


def rooms(user: object) -> tuple[Room, ...]:
    """The rooms that somebody may enter, in their order."""
    roles = frozenset(grant.role for grant in grants_of(user))
    return _rooms_of(roles, get_language(), get_script_prefix())


@lru_cache(maxsize=1_024)
def _rooms_of(roles: frozenset[str], language: str | None, prefix: str) -> tuple[Room, ...]:
    """The rooms in which one of these roles may do something, as this language names them below this address."""
    del language, prefix  # those of this thread, in which names and addresses are found
    may = {action for role in roles for action in MAY[Role(role)]}
    found = (Room(str(name), reverse(url)) for name, url, action in _ROOMS if action in may)
    return tuple(dict.fromkeys(found))  # one room may be entered by either of two rights
