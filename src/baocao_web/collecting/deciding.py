"""Deciding on many forms at once: each by itself, bound to the figures that were seen, and what moved is left.

Of a form that waits it is told what the rules doubt in it and whether a remark is not settled: one that has neither is
clean. What the rules say of a version changes with the figures beside it alone, so it is kept in memory.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import connection

from baocao.model.text import Text
from baocao_web.collecting import passing_on
from baocao_web.collecting.forms_kept import form_of
from baocao_web.collecting.grids import checks_of
from baocao_web.collecting.keeping import NotTaken
from baocao_web.collecting.passing_on import Act
from baocao_web.collecting.permits import permit_turn
from baocao_web.collecting.typing import cells_of
from baocao_web.people.policies import demand
from baocao_web.people.roles import Action

MOST: Final = 500  # forms of one decision
_MOST_KEPT: Final = 20_000

_NOT_YOURS = Text(
    "không còn chờ ông/bà duyệt: người khác đã duyệt trước, hoặc biểu đã chuyển bước.",
    "does not wait for you any more: somebody else approved it, or it went on.",
)
_MANY = Text(
    "chọn {seen} biểu một lần, nhiều nhất là {limit}; hãy duyệt từng phần.",
    "{seen} forms are chosen, {limit} at most; approve them in parts.",
)


class Pick(NamedTuple):
    """A form as it was when it was chosen."""

    entry: int
    version: int
    digest: str


@dataclass(frozen=True, slots=True)
class Ready:
    """A form that waits to be decided on."""

    entry: int
    version: int
    digest: str
    doubts: int
    unsettled: int

    @property
    def is_clean(self) -> bool:
        return not self.doubts and not self.unsettled

    @property
    def pick(self) -> str:
        """What a page sends back of it."""
        return f"{self.entry}.{self.version}.{self.digest}"


@dataclass(frozen=True, slots=True)
class Left:
    """A form that was not approved, and why."""

    entry: int
    unit: str
    why: Text


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a choice: the units approved, and those left."""

    approved: tuple[tuple[int, str], ...]
    left: tuple[Left, ...]


def read_pick(seen: str) -> Pick | None:
    """What a page sent of a form; None where it is nothing of the kind."""
    entry, _, rest = seen.partition(".")
    version, _, digest = rest.partition(".")
    is_sound = all(each.isascii() and each.isdigit() and len(each) < 16 for each in (entry, version))
    return Pick(int(entry), int(version), digest) if is_sound and len(digest) == 64 else None


_Judged = tuple[int, int]  # a version, and how often the figures beside it were written anew
_doubts: OrderedDict[int, tuple[_Judged, int]] = OrderedDict()


def ready(entries: Iterable[int]) -> dict[int, Ready]:
    """What is to be told of forms that wait."""
    wanted = list(entries)
    found: dict[int, Ready] = {}
    for at in range(0, len(wanted), 500):
        some = wanted[at : at + 500]
        with connection.cursor() as cursor:
            places = ", ".join(["%s"] * len(some))
            cursor.execute(
                f"SELECT id, version, digest, remarks, round_id FROM collecting_entry WHERE id IN ({places})",
                list(some),
            )
            rows = cursor.fetchall()
        _judge([row[0] for row in rows if _doubts.get(row[0], (None,))[0] != _judged(row[1], row[4])])
        for entry, version, digest, remarks, _ in rows:
            unsettled = sum(1 for _, is_open in json.loads(remarks).values() if is_open)
            found[entry] = Ready(entry, version, digest, _doubts[entry][1], unsettled)
    return found


def _judge(entries: Sequence[int]) -> None:
    """Count what the rules doubt in forms."""
    if not entries:
        return
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(entries))
        cursor.execute(
            f"SELECT id, version, round_id, cells, beside FROM collecting_entry WHERE id IN ({places})", list(entries)
        )
        for entry, version, round_id, cells, beside in cursor.fetchall():
            found = checks_of(form_of(round_id)).look(cells_of(json.loads(cells)), json.loads(beside))
            _doubts[entry] = (_judged(version, round_id), sum(len(texts) for texts in found.doubts.values()))
    while len(_doubts) > _MOST_KEPT:
        _doubts.popitem(last=False)


def _judged(version: int, round_id: int) -> _Judged:
    return version, form_of(round_id).beside_times


def approve_many(user: object, by: str, picks: Sequence[Pick], request: str) -> Decided:
    """Approve each form that is still as it was chosen. Raises ``NotTaken`` and ``PermissionDenied`` before anything.

    ``request`` names the whole choice: sent again, it does nothing twice.
    """
    if len(picks) > MOST:
        raise NotTaken(_MANY.fill(seen=len(picks), limit=MOST))
    units = _units(picks)
    for pick in picks:
        unit, round_id = units[pick.entry]
        demand(user, Action.APPROVE, unit, form_of(round_id).sector or None)
    approved, left = [], []
    for pick in dict.fromkeys(picks):
        unit = units[pick.entry][0]
        try:
            act = Act(pick.entry, by, pick.version, request, pick.digest)
            passing_on.approve(act, permit_turn(user, Action.APPROVE))
            approved.append((pick.entry, unit))
        except NotTaken as problem:
            left.append(Left(pick.entry, unit, problem.text))
        except PermissionDenied:  # he may approve for the unit, but it is not his turn any more
            left.append(Left(pick.entry, unit, _NOT_YOURS))
    return Decided(tuple(approved), tuple(left))


def _units(picks: Sequence[Pick]) -> dict[int, tuple[str, int]]:
    """The unit and round of each form. Raises ``PermissionDenied`` where one does not exist: it was forged."""
    found: dict[int, tuple[str, int]] = {}
    entries = [pick.entry for pick in picks]
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(entries)) or "NULL"
        cursor.execute(f"SELECT id, unit, round_id FROM collecting_entry WHERE id IN ({places})", entries)
        for entry, unit, round_id in cursor.fetchall():
            found[entry] = (unit, round_id)
    if len(found) < len(set(entries)):
        raise PermissionDenied
    return found


def forget() -> None:
    """Judge everything again when it is next asked for."""
    _doubts.clear()
