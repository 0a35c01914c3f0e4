"""Whose hands a form has gone through: nobody approves what he entered himself, nor passes one form on twice.

What he typed, took or submitted counts since the form was opened or opened for correction; what he approved, since it
was submitted last. Where nobody else has the role whose turn it is, he may: an office of one cannot be two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from django.db import connection

from baocao.model.text import Text
from baocao_web.collecting.forms_kept import Kept
from baocao_web.collecting.keeping import NotTaken
from baocao_web.people.models import Grant, User
from baocao_web.people.policies import is_covered

_ENTERING: Final = ("enter", "gather", "submit")
_AT_ONCE: Final = 500

OWN = Text(
    "ông/bà đã nhập, nộp hoặc duyệt biểu này ở bước trước; người khác phải duyệt bước này ({names}).",
    "you entered, submitted or approved this form before; somebody else must approve this step ({names}).",
)


class Turn(NamedTuple):
    """A form at a step of its round."""

    entry: int
    unit: str
    kept: Kept
    step: int


def demand_other(user: object, turn: Turn) -> None:
    """Raises ``NotTaken`` where somebody had the form in his hands before, and others are there to approve it."""
    others = _others(user, [turn]).get(turn.entry, ())
    if others:
        raise NotTaken(OWN.fill(names=", ".join(others)))


def barred(user: object, turns: Iterable[Turn]) -> frozenset[int]:
    """The entries that somebody may not approve, though it is his turn: he had them in his hands before."""
    return frozenset(_others(user, list(turns)))


def _others(user: object, turns: list[Turn]) -> dict[int, tuple[str, ...]]:
    """Who else may approve what has gone through somebody's hands: entries → names."""
    if not isinstance(user, User) or not turns:
        return {}
    hands = _hands(turn.entry for turn in turns)
    found: dict[int, tuple[str, ...]] = {}
    for turn in turns:
        if user.username in hands[turn.entry]:
            others = _having(turn, {*hands[turn.entry], user.username})
            if others:
                found[turn.entry] = others
    return found


def _having(turn: Turn, but: Iterable[str]) -> tuple[str, ...]:
    """The names of people who have the role whose turn it is, without some."""
    role = turn.kept.steps[turn.step]
    grants = Grant.objects.filter(role=role, user__is_active=True).exclude(user__username__in=set(but))
    names = {
        grant.user.full_name or grant.user.username
        for grant in grants.select_related("user")
        if is_covered(grant, turn.unit, turn.kept.sector or None)
    }
    return tuple(sorted(names))


def _hands(entries: Iterable[int]) -> Mapping[int, set[str]]:
    """Through whose hands forms have gone, of what stands in them now."""
    streams = [f"entry:{entry}" for entry in dict.fromkeys(entries)]
    entering: dict[str, set[str]] = defaultdict(set)
    approving: dict[str, set[str]] = defaultdict(set)
    for at in range(0, len(streams), _AT_ONCE):
        some = streams[at : at + _AT_ONCE]
        places = ", ".join(["%s"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT stream, by, action FROM people_record WHERE stream IN ({places}) "
                "AND action IN ('enter', 'gather', 'submit', 'approve', 'correct') ORDER BY stream, place",
                some,
            )
            for stream, by, action in cursor.fetchall():
                if action == "correct":
                    entering[stream].clear()
                if action in ("correct", "submit"):
                    approving[stream].clear()
                if action in _ENTERING:
                    entering[stream].add(by)
                if action == "approve":
                    approving[stream].add(by)
    return {int(stream.removeprefix("entry:")): entering[stream] | approving[stream] for stream in streams}
