"""Who is to be told of which forms that are owed: rows that say so, made once, before anything is sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from baocao_web.collecting import returning
from baocao_web.collecting.forms_kept import Kept, form_of
from baocao_web.collecting.models import Entry, Round
from baocao_web.collecting.returning import Returned
from baocao_web.collecting.rounds import punctuality
from baocao_web.collecting.rounds.punctuality import Owed
from baocao_web.collecting.states import State
from baocao_web.people.models import Grant
from baocao_web.people.recording import Done, append
from baocao_web.people.roles import Role
from baocao_web.places import office
from baocao_web.places.calendar import working_day
from baocao_web.running.channels import Way
from baocao_web.running.models import Notice
from baocao_web.running.schedule import FARTHEST, STALE, Cause, Occasion, is_fresh, is_office_hour, occasions

BY: Final = "tick"  # what the record names as the one who did it
SUPERIORS: Final = (Role.COMPILER, Role.LEADER)
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

    def superiors(self, unit: str) -> list[int]:
        """The compilers and leaders of the nearest unit above that has any; of the unit itself where none is above."""
        nearest_first = sorted(office.above(unit) - {unit}, key=lambda one: (-len(office.above(one)), one))
        found = (self._at((one,), SUPERIORS, "") for one in (*nearest_first, unit))
        return next(filter(None, found), [])


def make_notices(now: datetime) -> int:
    """Write down what is to be told now of all open rounds; how many things that is. Two at once make one."""
    if not (settings.CHANNELS.has_mail or settings.CHANNELS.webhook) or not is_office_hour(now):
        return 0
    reachable = Reachable()
    return sum(_of_round(round_id, now, reachable) for round_id in open_rounds(timezone.localtime(now).date()))


def open_rounds(today: date) -> Iterator[int]:
    """Rounds of which anything may be told yet: what was due long ago, and was not opened anew, is told no more."""
    far = working_day(today, -(FARTHEST + STALE))
    is_near = Q(due_on__gte=far) | Q(entry__extended_to__gte=far) | Q(entry__mend_by__gte=far)
    found = Round.objects.filter(is_near, is_closed=False, opens_on__lte=today).order_by("id")
    yield from found.values_list("id", flat=True).distinct()


def _of_round(round_id: int, now: datetime, reachable: Reachable) -> int:
    kept = form_of(round_id)
    owed = [one for one in punctuality.of_round(round_id) if one.is_owed]
    wanted = [notice for one in owed for notice in _of_entry(one, now, reachable)]
    wanted += _of_returns([one for one in owed if one.state is State.RETURNED], now, reachable)
    if not _new(round_id, wanted):
        return 0
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":  # SQLite has one writer at a time anyway
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(hashtext('baocao notices'))")
            new = _new(round_id, wanted)  # another clock may have been quicker
            if new:
                Notice.objects.bulk_create(new, batch_size=_AT_ONCE)
                _note(kept, new)
            return len(new)
    except IntegrityError:  # another clock made the same ones between our look and our writing
        return 0


def _new(round_id: int, wanted: list[Notice]) -> list[Notice]:
    fields = ("entry_id", "kind", "due_on", "way", "person")
    there = set(Notice.objects.filter(entry__round_id=round_id).values_list(*fields)) if wanted else set()
    return [one for one in wanted if tuple(getattr(one, name) for name in fields) not in there]


def _of_entry(one: Owed, now: datetime, reachable: Reachable) -> Iterator[Notice]:
    today = timezone.localtime(now).date()
    for occasion in occasions(settings.REMINDERS, one.owed_on, today):
        is_escalation = occasion.cause is Cause.ESCALATION
        if not is_escalation and today >= one.kept.locked(one.extended_to, one.mend_by):
            continue  # nothing can be typed any more: only a superior can help
        if today < one.kept.opens_on:
            continue
        people = _people(one, occasion, reachable)
        yield from _notices(one, occasion.kind, people, now)


def _people(one: Owed, occasion: Occasion, reachable: Reachable) -> list[int]:
    if occasion.cause is Cause.ESCALATION:
        return reachable.of(one.kept.owner, SUPERIORS, one.kept.sector)
    roles = (Role.REPORTER,) if occasion.days < 0 else (Role.REPORTER, Role.APPROVER)
    return reachable.of(one.unit, roles, one.kept.sector)


def _of_returns(found: Sequence[Owed], now: datetime, reachable: Reachable) -> Iterator[Notice]:
    """That a form was returned is told to who fills it in, once for each return, while it is not long ago."""
    kept = dict(Entry.objects.filter(pk__in=[one.entry for one in found]).values_list("pk", "returned"))
    for one in found:
        told = returning.read(kept[one.entry])
        if told is not None and is_fresh(told.moment, now) and not one.kept.is_closed:
            people = reachable.of(one.unit, (Role.REPORTER,), one.kept.sector)
            yield from _notices(one, return_kind(told), people, now, told.moment.date())


def return_kind(told: Returned) -> str:
    """The kind of the notices of one return: another return is another thing to be told."""
    return Cause.RETURN.kind(int(told.moment.timestamp()))


def _notices(one: Owed, kind: str, people: Iterable[int], now: datetime, on: date | None = None) -> Iterator[Notice]:
    """One for each who is mailed, and one for the webhook; of the due day, or of the day that it happened ``on``."""
    told = {"entry_id": one.entry, "kind": kind, "due_on": on or one.owed_on, "made_at": now}
    for way, person in receivers(people):
        yield Notice(**told, way=way.value, person=person)


def receivers(people: Iterable[int]) -> Iterator[tuple[Way, int]]:
    """By which ways who is told: people by mail, nought by the webhook; nobody by a way that is not set up."""
    if settings.CHANNELS.has_mail:
        yield from ((Way.MAIL, person) for person in people)
    if settings.CHANNELS.webhook:
        yield Way.WEBHOOK, 0


def _note(kept: Kept, made: list[Notice]) -> None:
    """One line of the record for all notices of a round; those of entries stay free for the people who type."""
    entries: dict[str, list[int]] = defaultdict(list)
    for one in made:
        entries[one.kind].append(one.entry_id)
    told = {kind: sorted(set(numbers)) for kind, numbers in entries.items()}
    append(Done(f"chasing:{kept.id}", BY, "remind", kept.owner, {"entries": told}))
