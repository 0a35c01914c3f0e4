"""Who is to be told of which forms that are owed: rows that say so, made once, before anything is sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from baocao_web.collecting.forms_kept import Kept, form_of
from baocao_web.collecting.models import Round
from baocao_web.collecting.rounds import punctuality
from baocao_web.collecting.rounds.punctuality import Owed, Punctuality
from baocao_web.people.models import Grant
from baocao_web.people.recording import Done, append
from baocao_web.people.roles import Role
from baocao_web.places import office
from baocao_web.running.models import Notice, Way
from baocao_web.running.schedule import Occasion, is_office_hour, occasions

BY: Final = "tick"  # what the record names as the one who did it
_OWED: Final = (Punctuality.DUE, Punctuality.MISSING)
_SUPERIORS: Final = (Role.COMPILER, Role.LEADER)
_AT_ONCE: Final = 500


class Reachable:
    """People with an address, by their unit and role."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[tuple[int, frozenset[str]]]] = defaultdict(list)
        grants = Grant.objects.filter(user__is_active=True).exclude(user__email="")
        for unit, role, user, sectors in grants.values_list("unit", "role", "user_id", "sectors"):
            self._found[unit, role].append((user, frozenset(sectors)))

    def of(self, unit: str, roles: Iterable[Role], sector: str) -> list[int]:
        """Who is one of these for a unit; those who are it for a unit above where the unit has nobody of its own."""
        wanted = tuple(roles)
        own = self._at((unit,), wanted, sector)
        return own or self._at(office.above(unit), wanted, sector)

    def _at(self, units: Iterable[str], roles: tuple[Role, ...], sector: str) -> list[int]:
        found = (one for unit in units for role in roles for one in self._found.get((unit, role.value), ()))
        return sorted({user for user, sectors in found if not sectors or sector in sectors})


def make_notices(now: datetime) -> int:
    """Write down what is to be told now of all open rounds; how many things that is. Two at once make one."""
    if not (settings.CHANNELS.has_mail or settings.CHANNELS.webhook) or not is_office_hour(now):
        return 0
    reachable = Reachable()
    return sum(_of_round(round_id, now, reachable) for round_id in _open_rounds())


def _open_rounds() -> Iterator[int]:
    yield from Round.objects.filter(is_closed=False).order_by("id").values_list("id", flat=True)


def _of_round(round_id: int, now: datetime, reachable: Reachable) -> int:
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":  # SQLite has one writer at a time anyway
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(hashtext('baocao notices'))")
            return _made(round_id, now, reachable)
    except IntegrityError:  # another clock made the same ones between our look and our writing
        return 0


def _made(round_id: int, now: datetime, reachable: Reachable) -> int:
    kept = form_of(round_id)
    wanted = [notice for one in _owed(round_id) for notice in _of_entry(one, now, reachable)]
    fields = ("entry_id", "kind", "due_on", "way", "person")
    there = set(Notice.objects.filter(entry__round_id=round_id).values_list(*fields)) if wanted else set()
    new = [one for one in wanted if tuple(getattr(one, name) for name in fields) not in there]
    if new:
        Notice.objects.bulk_create(new, batch_size=_AT_ONCE)
        _note(kept, new)
    return len(new)


def _owed(round_id: int) -> Iterator[Owed]:
    return (one for one in punctuality.of_round(round_id) if one.punctuality in _OWED)


def _of_entry(one: Owed, now: datetime, reachable: Reachable) -> Iterator[Notice]:
    today = timezone.localtime(now).date()
    for occasion in occasions(settings.REMINDERS, one.due_on, today):
        if not occasion.is_escalation and today >= one.kept.locked(one.extended_to):
            continue  # nothing can be typed any more: only a superior can help
        if today < one.kept.opens_on:
            continue
        if settings.CHANNELS.has_mail:
            for person in _people(one, occasion, reachable):
                yield _notice(one, occasion, Way.MAIL, person, now)
        if settings.CHANNELS.webhook:
            yield _notice(one, occasion, Way.WEBHOOK, 0, now)


def _people(one: Owed, occasion: Occasion, reachable: Reachable) -> list[int]:
    if occasion.is_escalation:
        return reachable.of(one.kept.owner, _SUPERIORS, one.kept.sector)
    roles = (Role.REPORTER,) if occasion.days < 0 else (Role.REPORTER, Role.APPROVER)
    return reachable.of(one.unit, roles, one.kept.sector)


def _notice(one: Owed, occasion: Occasion, way: Way, person: int, now: datetime) -> Notice:
    return Notice(entry_id=one.entry, kind=occasion.kind, due_on=one.due_on, way=way.value, person=person, made_at=now)


def _note(kept: Kept, made: list[Notice]) -> None:
    """One line of the record for all notices of a round; those of entries stay free for the people who type."""
    entries: dict[str, list[int]] = defaultdict(list)
    for one in made:
        entries[one.kind].append(one.entry_id)
    told = {kind: sorted(set(numbers)) for kind, numbers in entries.items()}
    append(Done(f"chasing:{kept.id}", BY, "remind", kept.owner, {"entries": told}))
