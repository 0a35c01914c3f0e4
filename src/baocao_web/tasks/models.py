"""Key tasks, what was told of their progress, the evidence for it, and who was reminded of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Task(models.Model):
    """One key task of a unit. ``version`` counts how often it was amended: who amends names the one that he saw.

    ``unit`` is whose people tell of it; ``owner`` is who answers for it as it is printed, a department that has no
    account of its own among them. A periodic task (``every``: "M", "Q", "S", "A") is owed anew each period, on its
    last day; any other one is due on ``due_on``, or on no day that was set.
    """

    unit = models.CharField(max_length=40)
    owner = models.CharField(max_length=200)
    title = models.CharField(max_length=500)
    lead = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=120, blank=True)  # the number of the instrument that set it
    decided_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    every = models.CharField(max_length=1, blank=True)
    deliverable = models.CharField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_by = models.CharField(max_length=150)
    made_on = models.DateField()
    dropped_on = models.DateField(null=True)  # from when it is followed no more
    folded = models.TextField()  # all that is searched, without its marks

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit"], name="tasks_of_a_unit")]

    def __str__(self) -> str:
        return self.title

    @property
    def stream(self) -> str:
        """The stream of the record that this task's history stands in."""
        return f"task:{self.pk}"


class Progress(models.Model):
    """What a unit told of a task as of a day; only ever added to. ``verdict`` is the approver's: none yet, or whose.

    ``turn`` is the code of the period that a periodic task was done, or not, in.
    """

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="progress")
    number = models.PositiveIntegerField()
    turn = models.CharField(max_length=10, blank=True)
    on = models.DateField()
    state = models.CharField(max_length=10)
    done_on = models.DateField(null=True)
    percent = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    verdict = models.CharField(max_length=10, blank=True)
    verdict_by = models.CharField(max_length=150, blank=True)
    verdict_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=2000, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["task", "number"], name="a_progress_once")]
        indexes: ClassVar = [models.Index(fields=["task", "turn", "on", "number"], name="progress_as_of")]

    def __str__(self) -> str:
        return f"{self.task_id}#{self.number} {self.state}"


class Evidence(models.Model):
    """A file that proves what was told, as it was brought in: kept beside, handed out, never opened here."""

    progress = models.ForeignKey(Progress, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name


class TaskNotice(models.Model):
    """One thing to be told of one task to one person (nought: to the webhook); a row is made once and ended once.

    Whoever sends takes it until ``claimed_until``; a sender that died leaves it to the next one.
    """

    task = models.ForeignKey(Task, on_delete=models.PROTECT)
    kind = models.CharField(max_length=20)
    due_on = models.DateField()  # a task that was given longer is reminded of its new day too; of a return its day
    way = models.CharField(max_length=10, default="mail")
    person = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    is_sent = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "kind", "due_on", "way", "person"], name="a_task_notice_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["way", "person"], condition=models.Q(ended_at=None), name="task_notices_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.kind} {self.person}"
