"""Forms, the rounds in which they are filled, and what each unit filled in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from baocao_web.collecting.states import State


class Form(models.Model):
    """One version of a form (biểu mẫu); what a round uses is never changed, a change is the next version."""

    code = models.CharField(_("mã biểu"), max_length=40)
    version = models.PositiveIntegerField(_("phiên bản"), default=1)
    title = models.CharField(_("tên biểu"), max_length=300)
    title_en = models.CharField(_("tên tiếng Anh"), max_length=300, blank=True)
    owner = models.CharField(max_length=40)  # the unit whose office made it
    sector = models.CharField(max_length=60, blank=True)
    issued_with = models.CharField(_("ban hành kèm theo"), max_length=300, blank=True, default="")  # the decision
    layout = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["code", "version"], name="a_version_once")]

    def __str__(self) -> str:
        return f"{self.code} ({self.version}) {self.title}"


class Round(models.Model):
    """One time that a form is filled (đợt báo cáo): its period, its days, and who passes the entries on.

    The three days mean three things: until ``due_on`` a form is on time; until ``late_on`` it is late, and chased;
    from ``locked_on`` nothing can be typed any more. An extension of one unit moves all three for it.
    """

    form = models.ForeignKey(Form, on_delete=models.PROTECT)
    owner = models.CharField(max_length=40)
    period = models.CharField(max_length=30)
    title = models.CharField(max_length=300)
    opens_on = models.DateField()
    due_on = models.DateField()
    late_on = models.DateField()
    locked_on = models.DateField()
    steps = models.JSONField(default=list)  # the roles that pass an entry on, in order
    is_closed = models.BooleanField(default=False)
    beside_at = models.BigIntegerField(default=0)  # the revision of the store up to which figures beside are known
    beside_times = models.PositiveIntegerField(default=0)  # how often they were written anew

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["form", "owner", "period"], name="a_period_once")]

    def __str__(self) -> str:
        return self.title


class Entry(models.Model):
    """What one unit fills in in one round. The record of its stream is the truth; this row is its last state.

    ``cells`` is JSON: cell → [figure, mark, version of its last change, what was typed where it is no figure].
    ``step`` counts the roles of the round that have passed it on. ``returned``, ``remarks`` and ``below`` are JSON too:
    what it was returned for until it is approved (``returning``), how many remarks stand at which cell (``remarking``),
    and which cells were taken from the round of the units below (``gathering``). ``stands`` is the version that was
    approved and counts while it is corrected; until the end of ``mend_by`` what was returned may be mended, whatever
    the round's days are.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT)
    unit = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default=State.OPEN.value)
    step = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    cells = models.TextField(default="{}")
    beside = models.TextField(default="{}")  # figures of other periods, shown beside: cell → figure
    digest = models.CharField(max_length=64, blank=True)  # of what was approved
    extended_to = models.DateField(null=True)
    submitted_at = models.DateTimeField(null=True)  # the first time
    resubmitted_at = models.DateTimeField(null=True)  # the last time, where it was returned in between
    stands = models.PositiveIntegerField(null=True)
    mend_by = models.DateField(null=True)
    returned = models.TextField(default="{}")
    remarks = models.TextField(default="{}")
    remarked = models.PositiveIntegerField(default=0)  # the place of the last remark in the stream
    below = models.TextField(default="{}")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "unit"], name="a_unit_once_a_round")]
        indexes: ClassVar = [models.Index(fields=["unit", "state"], name="entries_of_a_unit")]

    def __str__(self) -> str:
        return f"{self.round} {self.unit}"

    @property
    def stream(self) -> str:
        """The stream of the record that this entry's history stands in."""
        return f"entry:{self.pk}"


class Handover(models.Model):
    """Figures of an entry on their way into the store: written with the act that hands them over, fed in afterwards.

    So an act costs one row however many figures there are, and figures can neither be lost nor counted twice. What
    corrects approved figures ``is_held`` until it is approved itself.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    cells = models.TextField()
    is_fed = models.BooleanField(default=False)
    is_held = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "version"], name="a_version_handed_over_once")
        ]
        indexes: ClassVar = [models.Index(fields=["is_fed", "id"], name="handovers_waiting")]

    def __str__(self) -> str:
        return f"{self.entry_id}#{self.version}"
