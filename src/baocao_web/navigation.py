"""The rooms of the application as somebody sees them: only those in which there is something for him to do."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baocao_web.people.policies import units_for
from baocao_web.people.roles import Action


class Room(NamedTuple):
    """One entry of the navigation."""

    name: object
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


def rooms(user: object) -> list[Room]:
    """The rooms that somebody may enter, in their order."""
    found = (Room(name, reverse(url)) for name, url, action in _ROOMS if any(units_for(user, action)))
    return list(dict.fromkeys(found))  # one room may be entered by either of two rights
