"""How many units of a round stand how: counted by the database, since a province has thousands of entries."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta

from django.db.models import Case, Count, DateTimeField, Q, Value, When
from django.utils import timezone

from baocao_web.collecting.forms_kept import form_of
from baocao_web.collecting.models import Entry, Round
from baocao_web.collecting.rounds.punctuality import Owed, Punctuality
from baocao_web.collecting.states import State


def counted(one: Round) -> Counter[Punctuality]:
    """The units of a round by how they stand, each as ``Owed`` tells of it."""
    kept = form_of(one.pk)
    over = timezone.make_aware(datetime.combine(kept.due_on + timedelta(days=1), time()))
    is_given_longer = Q(extended_to__gt=kept.due_on)
    entries = Entry.objects.filter(round_id=one.pk)
    # of all who had the same time it matters only whether they submitted before it was over
    when = Case(
        When(submitted_at__lt=over, then=Value(over - timedelta(seconds=1))),
        When(submitted_at__gte=over, then=Value(over)),
        default=None,
        output_field=DateTimeField(),
    )
    groups = entries.exclude(is_given_longer).values_list("state", when).annotate(count=Count("pk")).order_by()
    longer = entries.filter(is_given_longer).values_list("state", "submitted_at", "extended_to")
    found: Counter[Punctuality] = Counter()
    for state, at, count in groups:
        found[Owed(0, "", kept, State(state), 0, at, None).punctuality] += count
    for state, at, extended_to in longer:
        found[Owed(0, "", kept, State(state), 0, at, extended_to).punctuality] += 1
    return found
