"""What the clock tells people of forms that are owed: each thing once to each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from baocao_web.collecting.models import Entry


class Notice(models.Model):
    """One thing to be told of one entry to one person (nought: to the webhook); a row is made once and ended once.

    Whoever sends takes it until ``claimed_until``, so that two clocks at work never send it both; a sender that died
    leaves it to the next one.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)
    kind = models.CharField(max_length=20)
    due_on = models.DateField()  # a unit that was given longer is reminded of its new day too
    way = models.CharField(max_length=10)
    person = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    is_sent = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "kind", "due_on", "way", "person"], name="a_notice_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["way", "person"], condition=models.Q(ended_at=None), name="notices_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.kind} {self.way}"
