"""Reports in work, what people wrote in them, what was issued, what was brought in to be read, and long work."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from baocao_web.documents.states import State


class Report(models.Model):
    """One report of a unit: ``drafted`` is the draft as JSON, written from the store as it was at ``revision``.

    ``settled`` says of each suggestion that was looked at whether it is kept.
    """

    unit = models.CharField(max_length=40)
    outline = models.CharField(max_length=60)
    period = models.CharField(max_length=30)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    drafted = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)  # of the draft
    revision = models.BigIntegerField(default=0)
    drafted_at = models.DateTimeField(null=True)
    settled = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "outline", "period"], name="a_report_once")]

    def __str__(self) -> str:
        return f"{self.outline} {self.unit} {self.period}"

    @property
    def stream(self) -> str:
        """The stream of the record that this report's history stands in."""
        return f"report:{self.pk}"


class Part(models.Model):
    """One version of a part that people write; only ever added to. ``is_beside``: it did not come to stand."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="parts")
    key = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    base = models.PositiveIntegerField()  # the version that it was written over
    text = models.TextField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    is_beside = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "key", "version"], name="a_part_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.key}#{self.version}"


class Hold(models.Model):
    """That somebody writes in a part until a moment: others see it, and wait or write beside."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE)
    key = models.CharField(max_length=100)
    by = models.CharField(max_length=150)
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "key"], name="a_part_held_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.key} {self.by}"


class Edition(models.Model):
    """A report as it was issued: the very bytes, never changed. ``figures`` is what stood behind each number then."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="editions")
    ordinal = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    issued_on = models.DateField()
    issued_by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    revision = models.BigIntegerField()
    drafted = models.TextField()
    figures = models.TextField()
    docx = models.BinaryField()
    annexes = models.BinaryField()
    sha256 = models.JSONField()  # of each of the above, by name
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "ordinal"], name="an_edition_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.number}"


class Upload(models.Model):
    """A file that somebody brought in to be read; with ``report``, that report as it came back, or as it was the year
    before where that was made elsewhere."""

    unit = models.CharField(max_length=40)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, related_name="uploads")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        """The stream of the record that this file's history stands in."""
        return f"upload:{self.pk}"


class Verdict(models.Model):
    """What somebody said of a finding, by its key: that it is accepted, that it is not any more, or a comment."""

    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, null=True, related_name="verdicts")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, related_name="verdicts")
    key = models.CharField(max_length=40)
    is_accepted = models.BooleanField(null=True)  # none: a comment changes nothing
    words = models.TextField(blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.key} {self.by}"


class Job(models.Model):
    """Long work in a process of its own; its files lie in a folder of its number. It outlives the server's restart."""

    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, default=State.WAITING.value)
    digest = models.CharField(max_length=64)  # of what is worked on: the same is not done twice
    report = models.ForeignKey(Report, on_delete=models.CASCADE, null=True)
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, null=True)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, null=True)
    asked = models.JSONField(default=dict)
    by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.JSONField(null=True)  # in both languages
    outcome = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "digest"], name="jobs_of_a_digest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.state}"
